//! R84 from end to end: a gateway that signs well, and frames its answers badly.

use super::fault_server::{FaultServer, answer};
use crate::support::{named_key, sign_with_openssl};
use bonuspay::{Client, Config, Endpoint, Environment, ErrorKind, Outcome};
use std::time::Duration;

const CANCELLED: &str = r#"{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{"acquireOrder":{"merchantOrderNo":"wp_1001-1","status":"FAILURE"}}}"#;

fn client(url: &str) -> Client {
    let mut builder = Config::builder();
    builder.environment(Environment::Sandbox).unwrap().base_url(url).unwrap().allow_http(true).unwrap();
    builder.partner_id("200000000888").unwrap().total_timeout(Duration::from_secs(5)).unwrap();
    builder.private_key(&named_key("merchant", 2048).private_pem).unwrap();
    builder.public_key(&named_key("gateway", 2048).public_pem).unwrap();
    Client::new(builder.build().unwrap()).unwrap()
}

/// What a call that is sent once comes to, when the gateway sends these bytes and hangs up.
fn cancel(bytes: Vec<u8>) -> Result<(), (ErrorKind, Outcome)> {
    let server = FaultServer::start(move |_, talk| {
        talk.request();
        talk.send(&bytes);
        talk.close();
        talk.stall();
    });
    let result = client(&server.url()).call(Endpoint::CancelOrder, br#"{"merchantOrderNo":"wp_1001-1"}"#);
    assert_eq!((server.requests().len(), server.connections()), (1, 1));
    result.map(drop).map_err(|error| (error.kind(), error.outcome()))
}

fn sign(body: &str) -> String {
    sign_with_openssl(&named_key("gateway", 2048).private_path, body.as_bytes())
}

#[test]
fn a_good_signature_does_not_excuse_bad_framing() {
    let (body, good) = (CANCELLED, sign(CANCELLED));
    let length = body.len();
    let head = |more: &str| format!("HTTP/1.1 200 OK\r\nsign: {good}\r\n{more}\r\n");
    let chunks = format!("{length:x}\r\n{body}\r\n0\r\n\r\n");
    let long = format!("{body}{}", " ".repeat(1024 * 1024));
    assert_eq!(cancel(answer(200, &[("sign", &good)], body)), Ok(()));
    assert_eq!(cancel((head("Transfer-Encoding: chunked\r\n") + &chunks).into()), Ok(()));

    let (forged, broken, refused) = (ErrorKind::BadSignature, ErrorKind::Io, ErrorKind::Protocol);
    let cases: Vec<(&str, ErrorKind, Vec<u8>)> = vec![
        ("two sign headers", forged, answer(200, &[("sign", &good), ("Sign", &good)], body)),
        ("two sign headers, one good", forged, answer(200, &[("sign", &good), ("sign", "AAAA")], body)),
        ("two signatures in one header", forged, answer(200, &[("sign", &format!("{good}, {good}"))], body)),
        ("an empty sign header beside", forged, answer(200, &[("sign", &good), ("sign", "")], body)),
        ("a short body, well framed", forged, answer(200, &[("sign", &good)], &body[..length - 1])),
        ("a short length", refused, (head(&format!("Content-Length: {}\r\n", length - 1)) + body).into()),
        ("a long length", broken, (head(&format!("Content-Length: {}\r\n", length + 1)) + body).into()),
        ("two lengths", refused, (head(&format!("Content-Length: {length}\r\n").repeat(2)) + body).into()),
        (
            "length and chunks",
            refused,
            (head(&format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n")) + &chunks).into(),
        ),
        ("no length", refused, (head("") + body).into()),
        ("a cut chunk", broken, (head("Transfer-Encoding: chunked\r\n") + &chunks[..chunks.len() - 20]).into()),
        ("no last chunk", broken, (head("Transfer-Encoding: chunked\r\n") + &chunks[..chunks.len() - 5]).into()),
        ("nothing", broken, Vec::new()),
        ("HTTP/0.9", refused, body.into()),
        ("a header section of 65 KiB", refused, (head(&format!("X: {}\r\n", "y".repeat(65 * 1024))) + body).into()),
        (
            "50 interim answers",
            refused,
            [b"HTTP/1.1 100 Continue\r\n\r\n".repeat(50), answer(200, &[("sign", &good)], body)].concat(),
        ),
        ("a signed answer over the cap", refused, answer(200, &[("sign", &sign(&long))], &long)),
        ("an encoding", refused, answer(200, &[("sign", &good), ("Content-Encoding", "gzip")], body)),
    ];
    for (name, kind, bytes) in cases {
        assert_eq!(cancel(bytes), Err((kind, Outcome::Unknown)), "{name}");
    }
}
