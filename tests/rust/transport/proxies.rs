//! Proxies.

use super::not_sent::closed_port;
use super::*;

#[test]
fn proxies_of_the_environment_are_ignored() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let proxy = FaultServer::start(|_, talk| talk.stall());
    in_a_process("proxies::child_posts_to_a_url", |command| {
        command.env("TEST_URL", server.url()).env("REQUEST_METHOD", "GET");
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
            command.env(name, format!("http://{}", proxy.address()));
        }
    });
    assert_eq!((server.requests().len(), proxy.connections()), (1, 0));
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_posts_to_a_url() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    assert_eq!(fresh(&url, LONG).unwrap().body, BODY);
}

/// Tunnels to `target`, whatever it is asked for.
fn tunnel_to(target: std::net::SocketAddr) -> FaultServer {
    FaultServer::start(move |_, talk| {
        if talk.request().is_some() {
            talk.send("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n");
            talk.join(TcpStream::connect(target).unwrap());
        }
    })
}

#[test]
fn a_proxy_that_is_set_is_used() {
    let authority = Authority::new();
    let secure = FaultServer::start_tls(
        authority.server(&Wanted { names: "DNS:api.bonuspay.invalid", ..Wanted::default() }),
        |_, talk| talk.echo(),
    );
    let plain = FaultServer::start(|_, talk| talk.echo());
    for (server, url) in
        [(&secure, "https://api.bonuspay.invalid/sgs/api/x"), (&plain, "http://api.testbonuspay.invalid/sgs/api/x")]
    {
        let proxy = tunnel_to(server.address());
        let mut settings = settings();
        settings.ca_pem = Some(authority.pem.clone());
        settings.proxy = Some(format!("http://me:s%40cret@{}", proxy.address()));
        let transport = transport(settings);
        for _ in 0..2 {
            assert_eq!(post(&transport, url, ConnectionPolicy::MayReuse, LONG).unwrap().body, BODY);
        }
        assert_eq!((server.requests().len(), proxy.connections()), (2, 1));
        let asked = head_of(&proxy.requests()[0]);
        let port = if url.starts_with("https") { 443 } else { 80 };
        let host = url.split('/').nth(2).unwrap();
        assert!(asked.starts_with(&format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n")), "{asked}");
        assert!(asked.contains("Proxy-Authorization: Basic bWU6c0BjcmV0"), "{asked}");
        assert!(!asked.contains(SIGN));
    }
}

/// A proxy that begins with these words, and tunnels then.
fn tunnel_after(words: &'static str, target: std::net::SocketAddr) -> Result<HttpResponse, Failure> {
    let proxy = FaultServer::start(move |_, talk| {
        talk.request();
        talk.send(words);
        talk.join(TcpStream::connect(target).unwrap());
    });
    let mut settings = settings();
    settings.connect_timeout = Duration::from_secs(2);
    settings.proxy = Some(format!("http://{}", proxy.address()));
    post(&transport(settings), "http://api.testbonuspay.invalid/sgs/api/x", ConnectionPolicy::Fresh, LONG)
}

#[test]
fn a_proxys_answer_is_read_as_it_may_come() {
    let server = FaultServer::start(|_, talk| talk.echo());
    for words in [
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200 Connection established\r\n\r\n",
        "HTTP/1.1 200 OK\nVia: x\n\n",
        "HTTP/1.1 200\r\n\r\n",
    ] {
        assert_eq!(tunnel_after(words, server.address()).expect(words).body, BODY);
    }
    let before = server.requests().len();
    for words in ["HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 200OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n"] {
        let failure = failed(tunnel_after(words, server.address()), ErrorKind::Connect, Outcome::NotSent);
        assert!(failure.error.message().contains("does not speak HTTP"), "{words}: {failure:?}");
    }
    assert_eq!(server.requests().len(), before);
}

#[test]
fn a_proxy_that_fails_means_not_sent() {
    let cases: [(&str, ErrorKind, &[u8]); 9] = [
        ("refused", ErrorKind::Connect, b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
        ("credentials", ErrorKind::Connect, b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
        ("no way", ErrorKind::Connect, b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
        ("redirect", ErrorKind::Connect, b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n"),
        ("no HTTP", ErrorKind::Connect, b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
        ("no end", ErrorKind::Connect, &[b'x'; 20_000]),
        ("nothing", ErrorKind::Timeout, b""),
        ("half a head", ErrorKind::Timeout, b"HTTP/1.1 200 OK\r\n"),
        ("silence behind it", ErrorKind::Timeout, b"HTTP/1.1 200 OK\r\n\r\n"),
    ];
    for (name, kind, reply) in cases {
        let proxy = FaultServer::start(move |_, talk| {
            talk.request();
            talk.send(reply);
            talk.stall();
        });
        let mut settings = settings();
        settings.connect_timeout = SHORT;
        settings.proxy = Some(format!("http://user-canary:canary@{}", proxy.address()));
        let result = post(&transport(settings), "https://api.bonuspay.invalid/", ConnectionPolicy::Fresh, LONG);
        let failure = result.expect_err(name);
        assert_eq!((failure.error.kind(), failure.error.outcome()), (kind, Outcome::NotSent), "{name}: {failure:?}");
        assert!(!failure.error.message().contains("canary"));
    }
    let mut settings = settings();
    settings.proxy = Some(format!("http://127.0.0.1:{}", closed_port()));
    let result = post(&transport(settings), "https://api.bonuspay.invalid/", ConnectionPolicy::Fresh, LONG);
    failed(result, ErrorKind::Connect, Outcome::NotSent);
}
