//! The request.

use super::*;

#[test]
fn a_request_has_these_headers_and_no_other() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let answer = fresh(&server.url(), LONG).unwrap();
    assert_eq!((answer.http_status, answer.body.as_slice()), (200, BODY));
    let requests = server.requests();
    let head = head_of(&requests[0]);
    let mut lines: Vec<_> = head.lines().map(str::to_ascii_lowercase).collect();
    assert_eq!(lines.remove(0), "post /sgs/api/crypto/getorder http/1.1");
    lines.sort();
    let mut wanted = vec![
        format!("host: {}", server.address()),
        format!("content-length: {}", BODY.len()),
        "content-type: application/json".to_owned(),
        "content-language: en".to_owned(),
        "partner-id: 200000000888".to_owned(),
        format!("sign: {SIGN}").to_ascii_lowercase(),
        format!("user-agent: bonuspay/{}", env!("CARGO_PKG_VERSION")),
    ];
    wanted.sort();
    assert_eq!(lines, wanted);
    assert!(head.contains(SIGN));
    assert_eq!(body_of(&requests[0]), BODY);
}

#[test]
fn bodies_are_sent_as_they_are() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let transport = transport(own_settings("bodies"));
    for body in [Vec::new(), b"\r\n\r\n\0\xff".to_vec(), vec![b'x'; 300_000]] {
        let exchange = Exchange {
            url: &server.url(),
            partner_id: "1",
            sign: "AAAA",
            body: &body,
            connection: ConnectionPolicy::MayReuse,
            timeout: LONG,
        };
        assert_eq!(transport.post(&exchange).unwrap().body, body);
    }
}

#[test]
fn nothing_can_be_smuggled_into_a_header() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let url = server.url();
    let transport = transport(settings());
    for value in ["", "a\r\nX-Evil: 1", "a\nb", "a\0", "é", " a"] {
        for (partner_id, sign) in [(value, "AAAA"), ("1", value)] {
            let connection = ConnectionPolicy::Fresh;
            let exchange = Exchange { url: &url, partner_id, sign, body: b"{}", connection, timeout: LONG };
            failed(transport.post(&exchange), ErrorKind::InvalidArgument, Outcome::NotSent);
        }
        let mut settings = settings();
        settings.user_agent = value.to_owned();
        assert_eq!(HttpTransport::new(settings.clone()).unwrap_err().field(), Some("user_agent"));
        settings.user_agent = "a".to_owned();
        settings.language = value.to_owned();
        assert_eq!(HttpTransport::new(settings).unwrap_err().field(), Some("language"));
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn http_is_spoken_only_when_allowed() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let result = post(&transport(TransportSettings::default()), &server.url(), ConnectionPolicy::Fresh, LONG);
    failed(result, ErrorKind::InvalidArgument, Outcome::NotSent);
    assert_eq!(server.connections(), 0);
}
