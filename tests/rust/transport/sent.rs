//! Something was sent.

use super::*;

#[test]
fn deadlines_end_whatever_drips_or_stalls() {
    let scripts: [(&str, Script); 5] = [
        ("no answer", |talk| talk.stall()),
        ("half a head", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nContent-");
            talk.stall();
        }),
        ("a dripped head", |talk| {
            talk.drip(&answer(200, &[("X", &"y".repeat(5000))], "{}"), Duration::from_millis(20))
        }),
        ("a dripped body", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
            talk.drip(&[b'x'; 5000], Duration::from_millis(20));
        }),
        ("dripped interim answers", |talk| {
            talk.drip(&b"HTTP/1.1 102 Processing\r\n\r\n".repeat(100), Duration::from_millis(20));
        }),
    ];
    for (name, script) in scripts {
        let server = FaultServer::start(move |_, talk| {
            talk.request();
            script(talk);
        });
        let started = Instant::now();
        let failure = fresh(&server.url(), SHORT).expect_err(name);
        assert_eq!(failure.error.kind(), ErrorKind::Timeout, "{name}: {failure:?}");
        assert_eq!(failure.error.outcome(), Outcome::Unknown, "{name}");
        assert!(started.elapsed() < Duration::from_secs(4), "{name}");
    }
}

#[test]
fn a_request_that_is_not_read_ends_with_the_deadline() {
    let server = FaultServer::start(|_, _| thread::sleep(Duration::from_secs(4)));
    let body = vec![b'x'; 32 * 1024 * 1024];
    let (url, timeout, connection) = (server.url(), SHORT, ConnectionPolicy::Fresh);
    let exchange = Exchange { url: &url, partner_id: "1", sign: "AAAA", body: &body, connection, timeout };
    let started = Instant::now();
    failed(transport(settings()).post(&exchange), ErrorKind::Timeout, Outcome::Unknown);
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_connection_that_breaks_after_sending_is_unknown() {
    let cases: [(&str, Script); 6] = [
        ("reset after reading", |talk| talk.reset()),
        ("closed without an answer", |talk| talk.close()),
        ("closed in the head", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nContent-Le");
            talk.close();
            talk.stall();
        }),
        ("closed in the body", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"head\":");
            talk.close();
            talk.stall();
        }),
        ("closed in a chunk", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc");
            talk.close();
            talk.stall();
        }),
        ("closed before the last chunk ends", |talk| {
            talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n");
            talk.close();
            talk.stall();
        }),
    ];
    for (name, then) in cases {
        let failure = after_reading(then).expect_err(name);
        assert_eq!(
            (failure.error.kind(), failure.error.outcome()),
            (ErrorKind::Io, Outcome::Unknown),
            "{name}: {failure:?}"
        );
        assert!(!failure.stale, "{name}: the connection was new");
    }
}

#[test]
fn answers_with_doubtful_framing_are_refused() {
    let ok = "HTTP/1.1 200 OK\r\n";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "length and chunks",
            format!("{ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n").into(),
        ),
        ("two lengths", format!("{ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}x").into()),
        ("a list of two lengths", format!("{ok}Content-Length: 2, 3\r\n\r\n{{}}").into()),
        ("half a list of lengths", format!("{ok}Content-Length: 2,\r\n\r\n{{}}").into()),
        ("a signed length", format!("{ok}Content-Length: +2\r\n\r\n{{}}").into()),
        ("a negative length", format!("{ok}Content-Length: -2\r\n\r\n{{}}").into()),
        ("an endless length", format!("{ok}Content-Length: 99999999999999999999\r\n\r\n{{}}").into()),
        ("a length of 2 MiB", format!("{ok}Content-Length: 2097152\r\n\r\n{{}}").into()),
        ("a longer body", format!("{ok}Content-Length: 2\r\n\r\n{{}} ").into()),
        ("a second answer", [answer(200, &[], "{}"), answer(200, &[], "{}")].concat()),
        ("gzip", answer(200, &[("Content-Encoding", "gzip")], b"\x1f\x8b\x08")),
        ("brotli", answer(200, &[("Content-Encoding", "br")], b"\x0b")),
        ("zstd", answer(200, &[("Content-Encoding", "ZStd")], b"\x28")),
        ("an older name of gzip", answer(200, &[("Content-Encoding", "X-GZip")], b"\x1f")),
        ("two encodings", answer(200, &[("Content-Encoding", "identity"), ("Content-Encoding", "gzip")], b"\x0b")),
        ("a list of encodings", answer(200, &[("Content-Encoding", "UTF-8 ,Deflate")], b"\x0b")),
        ("another coding", format!("{ok}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n").into()),
        (
            "two codings",
            format!("{ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").into(),
        ),
        ("chunks in 1.0", b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_vec()),
        ("a chunk of no number", format!("{ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n").into()),
        (
            "a chunk too big",
            format!("{ok}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{{}}\r\n0\r\n\r\n").into(),
        ),
        ("a chunk that is longer", format!("{ok}Transfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n").into()),
        ("HTTP/0.9", b"{\"head\":{}}\r\n\r\n".to_vec()),
        ("HTTP/2", b"HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()),
        ("HTTP/1.7", b"HTTP/1.7 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()),
        ("a status of 2 digits", b"HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()),
        ("status 000", b"HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()),
        ("a folded header", format!("{ok}X: a\r\n b\r\nContent-Length: 2\r\n\r\n{{}}").into()),
        ("a space before the colon", format!("{ok}Content-Length : 2\r\n\r\n{{}}").into()),
        ("a header without a colon", format!("{ok}Content-Length\r\n\r\n{{}}").into()),
        ("a NUL in a header", format!("{ok}X: a\0b\r\nContent-Length: 2\r\n\r\n{{}}").into()),
        ("a folded length", format!("{ok}Content-Length:\r\n 2\r\n\r\n{{}}").into()),
        ("another protocol", b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n".to_vec()),
        ("50 interim answers", [b"HTTP/1.1 100 Continue\r\n\r\n".repeat(50), answer(200, &[], "{}")].concat()),
        ("a head of 70 KiB", answer(200, &[("X", &"y".repeat(70 * 1024))], "{}")),
        ("a head of 1 MiB", answer(200, &[("X", &"y".repeat(1024 * 1024))], "{}")),
        ("5000 headers", answer(200, &vec![("X", "y"); 5000], "{}")),
        (
            "a body of 1 MiB and 1",
            format!("{ok}Transfer-Encoding: chunked\r\n\r\n100001\r\n{}\r\n0\r\n\r\n", "x".repeat(1_048_577)).into(),
        ),
        ("an unmarked body of 1 MiB and 1", format!("{ok}Connection: close\r\n\r\n{}", "x".repeat(1_048_577)).into()),
    ];
    for (name, bytes) in cases {
        let failure = answered(&bytes).map(|_| ()).expect_err(name);
        let error = &failure.error;
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Protocol, Outcome::Unknown), "{name}: {error:?}");
        assert!(!failure.stale, "{name}");
    }
}

#[test]
fn what_was_wrong_with_an_answer_is_said_as_it_was() {
    let text = |bytes: &[u8]| answered(bytes).unwrap_err().error.message().to_owned();
    let many = text(&answer(200, &vec![("X", "y"); 200], "{}"));
    assert!(many.contains("too many header fields"), "{many}");
    // No length, and a connection that stays open: nothing but the limit ends that.
    let failure = after_reading(|talk| {
        talk.send("HTTP/1.1 200 OK\r\n\r\n{}");
        talk.stall();
    });
    let failure = failed(failure, ErrorKind::Timeout, Outcome::Unknown);
    let open = failure.error.message();
    assert!(open.contains("does not say how long it is, and the connection stayed open"), "{open}");
}

#[test]
fn interim_answers_are_counted_as_they_come() {
    // Slowly enough that each is read alone, so that no buffer's size ends it.
    let interim = format!("HTTP/1.1 102 Processing\r\nX: {}\r\n\r\n", "y".repeat(2000));
    let result = after_reading(move |talk| {
        while talk.send(&interim) {
            thread::sleep(Duration::from_millis(1));
        }
    });
    failed(result, ErrorKind::Protocol, Outcome::Unknown);
}

#[test]
fn other_answers_are_taken_as_they_are() {
    let ok = "HTTP/1.1 200 OK\r\n";
    let mib = "x".repeat(1024 * 1024);
    let html = "<html><h1>502 Bad Gateway</h1></html>";
    let cases: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("502", answer(502, &[("Content-Type", "text/html")], html), 502, html),
        ("400", answer(400, &[], "{\"head\":{}}"), 400, "{\"head\":{}}"),
        ("503 without a body", answer(503, &[], ""), 503, ""),
        ("204", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), 204, ""),
        (
            "three interim answers",
            [b"HTTP/1.1 100 Continue\r\n\r\n".repeat(3), answer(200, &[], "{}")].concat(),
            200,
            "{}",
        ),
        (
            "chunks",
            format!("{ok}Transfer-Encoding: chunked\r\n\r\n1;x=y\r\n{{\r\n1\r\n}}\r\n0\r\nX: y\r\n\r\n").into(),
            200,
            "{}",
        ),
        (
            "interim answers with headers",
            [
                &b"HTTP/1.1 100 Continue\r\nDate: x\r\n\r\nHTTP/1.1 103 Early Hints\nLink: y\n\n"[..],
                &answer(200, &[], "{}"),
            ]
            .concat(),
            200,
            "{}",
        ),
        ("the same length twice", format!("{ok}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{{}}").into(), 200, "{}"),
        ("a list of one length", format!("{ok}Content-Length: 2, 02\r\n\r\n{{}}").into(), 200, "{}"),
        ("no coding", format!("{ok}Transfer-Encoding: Identity\r\nContent-Length: 2\r\n\r\n{{}}").into(), 200, "{}"),
        ("no length, and closed", format!("{ok}\r\n{{}}").into(), 200, "{}"),
        ("no length, no coding, and closed", format!("{ok}Transfer-Encoding: identity\r\n\r\n{{}}").into(), 200, "{}"),
        ("line feeds alone", b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}".to_vec(), 200, "{}"),
        ("a charset for a coding", answer(200, &[("Content-Encoding", "UTF-8")], "{}"), 200, "{}"),
        ("a coding that nobody knows", answer(200, &[("Content-Encoding", "x-nothing, ")], "{}"), 200, "{}"),
        ("no coding's name", answer(200, &[("Content-Encoding", "")], "{}"), 200, "{}"),
        ("IDENTITY", answer(200, &[("Content-Encoding", "IDENTITY")], "{}"), 200, "{}"),
        ("until the end", format!("{ok}Connection: close\r\n\r\n{{}}").into(), 200, "{}"),
        ("HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\n{}".to_vec(), 200, "{}"),
        ("identity", answer(200, &[("Content-Encoding", "identity")], "{}"), 200, "{}"),
        ("1 MiB", answer(200, &[], &mib), 200, &mib),
        ("a head of 60 KiB", answer(200, &[("X", &"y".repeat(60 * 1024))], "{}"), 200, "{}"),
    ];
    for (name, bytes, status, body) in cases {
        let answer = answered(&bytes).expect(name);
        assert_eq!(answer.http_status, status, "{name}");
        assert!(answer.body == body.as_bytes(), "{name}");
    }
}

#[test]
fn every_sign_header_is_passed_on() {
    let headers =
        [("Sign", "one"), ("sIGN", "two, three"), ("sign", "\u{e9}"), ("Date", "Fri, 20 Nov 2026 09:00:00 GMT")];
    let taken = answered(&answer(200, &headers, "{}")).unwrap();
    assert_eq!(taken.sign, [b"one".to_vec(), b"two, three".to_vec(), "\u{e9}".as_bytes().to_vec()]);
    assert_eq!(taken.date.as_deref(), Some("Fri, 20 Nov 2026 09:00:00 GMT"));
    assert!(!format!("{taken:?}").contains("one"));
    assert!(answered(&answer(200, &[], "{}")).unwrap().sign.is_empty());
}

#[test]
fn redirects_are_never_followed() {
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let target = FaultServer::start(|_, talk| talk.echo());
        let url = target.url();
        for body in ["", "moved"] {
            let failure = answered(&answer(status, &[("Location", &url)], body)).unwrap_err();
            assert_eq!((failure.error.kind(), failure.error.outcome()), (ErrorKind::HttpStatus, Outcome::Unknown));
            assert_eq!(failure.error.http_status(), Some(status));
        }
        assert_eq!(target.connections(), 0);
    }
}
