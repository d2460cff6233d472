//! Kept connections.

use super::*;

#[test]
fn connections_outlive_their_transport_and_fresh_ones_are_fresh() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let url = server.url();
    let one = |connection| post(&transport(own_settings("outlive")), &url, connection, LONG).unwrap();
    for _ in 0..3 {
        one(ConnectionPolicy::MayReuse);
    }
    assert_eq!(server.connections(), 1);
    for number in 2..4 {
        one(ConnectionPolicy::Fresh);
        assert_eq!(server.connections(), number);
    }
    one(ConnectionPolicy::MayReuse);
    assert_eq!(server.connections(), 3);
    post(&transport(own_settings("outlive-2")), &url, ConnectionPolicy::MayReuse, LONG).unwrap();
    assert_eq!(server.connections(), 4, "other settings share nothing");
}

#[test]
fn a_kept_connection_that_was_closed_is_not_used() {
    let server = FaultServer::start(|_, talk| {
        talk.request();
        talk.send(answer(200, &[], "{}"));
        talk.close();
        talk.stall();
    });
    let transport = transport(own_settings("closed"));
    for number in 1..4 {
        post(&transport, &server.url(), ConnectionPolicy::MayReuse, LONG).unwrap();
        assert_eq!(server.connections(), number);
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_kept_connection_that_says_more_is_not_used() {
    let server = FaultServer::start(|_, talk| {
        talk.request();
        talk.send(answer(200, &[], "{}"));
        thread::sleep(Duration::from_millis(50));
        talk.send(answer(200, &[], "forged"));
        talk.stall();
    });
    let transport = transport(own_settings("more"));
    for number in 1..4 {
        let answer = post(&transport, &server.url(), ConnectionPolicy::MayReuse, LONG).unwrap();
        assert_eq!((answer.body.as_slice(), server.connections()), (&b"{}"[..], number));
        thread::sleep(Duration::from_millis(150));
    }
}

#[test]
fn answers_that_end_the_connection_end_it() {
    for head in ["HTTP/1.1 200 OK\r\nConnection: close", "HTTP/1.1 200 OK\r\nConnection: x, Close", "HTTP/1.0 200 OK"] {
        let server = FaultServer::start(move |_, talk| {
            while talk.request().is_some() {
                talk.send(format!("{head}\r\nContent-Length: 2\r\n\r\n{{}}"));
            }
        });
        let transport = transport(own_settings("ending"));
        for number in 1..3 {
            post(&transport, &server.url(), ConnectionPolicy::MayReuse, LONG).unwrap();
            assert_eq!(server.connections(), number, "{head}");
        }
    }
}

/// A server that answers the first request of the first connection well, and does as told with the second.
fn second_request(then: impl Fn(&mut Talk) + Send + Sync + 'static) -> (FaultServer, Failure) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let server = FaultServer::start(move |number, talk| {
        talk.request();
        talk.send(answer(200, &[], "{}"));
        if number == 0 && talk.request().is_some() {
            then(talk);
        }
        talk.stall();
    });
    let name = format!("second-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let transport = transport(own_settings(&name));
    post(&transport, &server.url(), ConnectionPolicy::MayReuse, LONG).unwrap();
    let failure = post(&transport, &server.url(), ConnectionPolicy::MayReuse, SHORT).unwrap_err();
    assert_eq!(failure.error.outcome(), Outcome::Unknown);
    assert_eq!(server.connections(), 1);
    post(&transport, &server.url(), ConnectionPolicy::MayReuse, LONG).unwrap();
    assert_eq!(server.connections(), 2, "what failed is not kept");
    (server, failure)
}

#[test]
fn only_a_kept_connection_that_died_silently_is_stale() {
    let (_server, failure) = second_request(|talk| talk.close());
    assert!(failure.stale && failure.error.kind() == ErrorKind::Io, "{failure:?}");
    let (_server, failure) = second_request(|talk| talk.reset());
    assert!(failure.stale && failure.error.kind() == ErrorKind::Io, "{failure:?}");
    let (_server, failure) = second_request(|talk| talk.stall());
    assert!(!failure.stale && failure.error.kind() == ErrorKind::Timeout, "{failure:?}");
    let (_server, failure) = second_request(|talk| {
        talk.send("H");
        talk.close();
    });
    assert!(!failure.stale, "{failure:?}");
    let (_server, failure) = second_request(|talk| {
        talk.send("HTTP/1.1 100 Continue\r\n\r\n");
        talk.reset();
    });
    assert!(!failure.stale, "{failure:?}");
}
