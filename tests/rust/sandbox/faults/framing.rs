//! R84 from end to end: a gateway that signs well, and frames its answers badly.

use super::fault_server::{FaultServer, answer};
use crate::support::{Random, named_key, sign_with_openssl};
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
        ("two lengths", refused, (head(&format!("Content-Length: {length}\r\nContent-Length: 9\r\n")) + body).into()),
        (
            "length and chunks",
            refused,
            (head(&format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n")) + &chunks).into(),
        ),
        ("no length, and cut", forged, (head("") + &body[..length - 1]).into()),
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

/// What may differ from server to server, from proxy to proxy, and says nothing of where the body ends.
fn any_form(random: &mut Random, sign: &str, body: &str) -> Vec<u8> {
    let mut one_of = |of: &[&str]| of[random.below(of.len())].to_owned();
    let end = one_of(&["\r\n", "\r\n", "\n"]);
    let interim = one_of(&[
        "",
        "",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nDate: x\r\n\r\n",
        "HTTP/1.1 102 Processing\n\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
    ]);
    let version = one_of(&["1.1", "1.1", "1.0"]);
    let status = one_of(&["200", "201", "202", "400", "403", "500", "503"]);
    let reason = one_of(&[" OK", "", " ", " \u{e9}\u{4e2d}", " Whatever : it, is", " 200"]);
    let mut lines = vec![
        one_of(&["sign", "Sign", "SIGN", "sIgN"]) + &one_of(&[": ", ":", ":  \t"]) + sign + &one_of(&["", " ", "\t "]),
        one_of(&[
            "",
            "Content-Encoding: UTF-8",
            "content-encoding: Identity",
            "Content-Encoding:",
            "Content-Encoding: none, ",
        ]),
        one_of(&[
            "",
            "Content-Type: text/html; charset=iso-8859-1",
            "Content-Type: ?",
            "Content-Type: application/json",
        ]),
        one_of(&["", "Connection: close", "Connection: Keep-Alive", "connection: x, CLOSE"]),
        one_of(&[
            "",
            "Date: yesterday",
            "Server: \u{e9}",
            "X:",
            "Content-Language: x\r\nContent-Language: y",
            "Trailer: X",
        ]),
    ];
    let length = body.len();
    let lengths =
        ["Content-Length: #", "CONTENT-LENGTH:000#", "Content-Length: #\r\nContent-Length: #", "Content-Length: # , #"];
    let (framing, body) = match random.below(if version == "1.1" { 4 } else { 2 }) {
        0 => (String::new(), body.to_owned()),
        1 => (lengths[random.below(lengths.len())].replace('#', &length.to_string()), body.to_owned()),
        2 => (format!("Transfer-Encoding: identity\r\nContent-Length: {length}"), body.to_owned()),
        _ => {
            let (left, right) = body.split_at(1 + random.below(length - 1));
            let chunk = |part: &str, more: &str| format!("{:x}{more}\r\n{part}\r\n", part.len());
            let last = ["0\r\n\r\n", "0000\r\nX: y\r\n\r\n"][random.below(2)];
            let coding = ["chunked", "Chunked", "identity, chunked"][random.below(3)];
            (format!("Transfer-Encoding: {coding}"), chunk(left, ";a=b") + &chunk(right, " ") + last)
        }
    };
    lines.push(framing);
    // In any order.
    for at in (1..lines.len()).rev() {
        lines.swap(at, random.below(at + 1));
    }
    let head: String = lines.iter().filter(|line| !line.is_empty()).map(|line| format!("{line}{end}")).collect();
    format!("{interim}HTTP/{version} {status}{reason}{end}{head}{end}{body}").into()
}

#[test]
fn no_answer_that_verifies_is_refused_for_its_form() {
    const ANSWERS: usize = 400;
    let sign = sign(CANCELLED);
    let mut random = Random::new(84);
    let answers: Vec<_> = (0..ANSWERS).map(|_| any_form(&mut random, &sign, CANCELLED)).collect();
    let shown: Vec<_> = answers.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    let server = FaultServer::start(move |number, talk| {
        talk.request();
        talk.send(&answers[number]);
        talk.close();
        talk.stall();
    });
    let client = client(&server.url());
    for (number, shown) in shown.iter().enumerate() {
        let result = client.call(Endpoint::CancelOrder, br#"{"merchantOrderNo":"wp_1001-1"}"#);
        assert!(result.is_ok(), "{number}: {}\n{shown:?}", result.unwrap_err());
    }
    assert_eq!((server.requests().len(), server.connections()), (ANSWERS, ANSWERS));
}
