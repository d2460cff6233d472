//! Certificates.

use super::*;

pub(crate) fn https(server: &FaultServer, host: &str, ca_pem: Option<&[u8]>) -> Result<HttpResponse, Failure> {
    let mut settings = TransportSettings::default();
    settings.ca_pem = ca_pem.map(<[u8]>::to_vec);
    post(&transport(settings), &server.https_url(host), ConnectionPolicy::Fresh, LONG)
}

#[test]
fn only_a_proven_certificate_gets_the_request() {
    let authority = Authority::new();
    let stranger = Authority::new();
    let own = Some(authority.pem.as_slice());
    let serve = |config| FaultServer::start_tls(config, |_, talk| talk.echo());

    let good = serve(authority.server(&Wanted::default()));
    assert_eq!(https(&good, "localhost", own).unwrap().body, BODY);
    let both = [stranger.pem.as_slice(), authority.pem.as_slice()].concat();
    assert_eq!(https(&good, "localhost", Some(&both)).unwrap().body, BODY);
    let address = serve(authority.server(&Wanted { names: "IP:127.0.0.1", ..Wanted::default() }));
    assert_eq!(https(&address, "127.0.0.1", own).unwrap().body, BODY);

    let no_tls = FaultServer::start(|_, talk| {
        talk.send(answer(400, &[], "this is a plain HTTP port"));
    });
    let expired = Wanted { until: "20210101000000Z", ..Wanted::default() };
    let future = Wanted { from: "20980101000000Z", ..Wanted::default() };
    let other_name = Wanted { names: "DNS:other.example", ..Wanted::default() };
    let name_in_subject_only = Wanted { names: "", ..Wanted::default() };
    let nul_in_subject = Wanted { names: "", common_name: "localhost#.evil.example", ..Wanted::default() };
    // SEQUENCE { dNSName "localhost\0.evil" }
    let nul_in_name =
        Wanted { names: "DER:30:11:82:0f:6c:6f:63:61:6c:68:6f:73:74:00:2e:65:76:69:6c", ..Wanted::default() };
    let cases = [
        ("unknown authority", good, None),
        ("unknown authority", serve(stranger.server(&Wanted::default())), own),
        ("expired", serve(authority.server(&expired)), own),
        ("not valid yet", serve(authority.server(&future)), own),
        ("another host name", serve(authority.server(&other_name)), own),
        ("another host name", serve(authority.server(&name_in_subject_only)), own),
        ("another host name", serve(authority.server(&nul_in_subject)), own),
        ("another host name", serve(authority.server(&nul_in_name)), own),
        ("another host name", address, own),
        ("self-signed", serve(Authority::self_signed()), own),
        ("does not speak TLS", no_tls, own),
    ];
    for (reason, server, ca_pem) in cases {
        let before = server.requests().len();
        let failure = failed(https(&server, "localhost", ca_pem), ErrorKind::Tls, Outcome::NotSent);
        let text = failure.error.message();
        assert!(text.contains("localhost") && text.contains(reason), "{reason}: {text}");
        assert_eq!(server.requests().len(), before, "{reason}");
    }
}

/// A bundle is taken in the states in which a key is.
#[test]
fn a_bundle_of_certificates_as_it_was_pasted() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| talk.echo());
    let pem = String::from_utf8(authority.pem.clone()).unwrap();
    let other = String::from_utf8(stranger.pem.clone()).unwrap();
    let both = format!("Root 1\r\n======\r\n{other}\r\n\r\nRoot 2 (50 %2B 50)\n{pem}");
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let forms = [
        ("two with text around", both.clone()),
        ("no-break spaces", both.replace(' ', "\u{a0}").replace('\n', "\u{a0}\n")),
        ("literal line ends", both.replace('\n', "\\n")),
        ("one line", pem.replace('\n', " ")),
        ("plus signs became blanks", pem.replace('+', " ")),
        ("Base64 of it", support::base64(both.as_bytes())),
        ("bare", body),
        ("an older label", pem.replace("CERTIFICATE", "X509 CERTIFICATE")),
        ("other blocks between", format!("{}{pem}", other.replace("CERTIFICATE", "DH PARAMETERS"))),
    ];
    for (what, form) in forms {
        let answer =
            https(&server, "localhost", Some(form.as_bytes())).unwrap_or_else(|failure| panic!("{what}: {failure:?}"));
        assert_eq!(answer.body, BODY, "{what}");
    }
    let mut settings = TransportSettings::default();
    settings.ca_pem = Some(pem.replacen("MII", "M¶I", 1).into_bytes());
    let error = HttpTransport::new(settings).expect_err("a stray character");
    assert!(error.message().contains("not well-formed PEM (U+00B6 in line 2)"), "{}", error.message());
}

/// What OpenSSL's own server says to a client that trusts its authority.
fn https_to_openssl(authority: &Authority, wanted: &Wanted<'_>, options: &[&str]) -> Result<HttpResponse, Failure> {
    let server = OldServer::start(authority, wanted, options);
    let mut settings = TransportSettings::default();
    settings.ca_pem = Some(authority.pem.clone());
    let url = format!("https://localhost:{}/", server.port);
    post(&transport(settings), &url, ConnectionPolicy::Fresh, Duration::from_secs(2))
}

/// R79. What is not weak about them is good: the server of the test below differs by nothing else.
#[test]
fn old_protocols_and_weak_certificates_are_refused() {
    let good = Wanted { key: Key::Rsa(2048), ..Wanted::default() };
    let (authority, weak_authority) = (Authority::new(), Authority::with_key(Key::Rsa(1024)));
    let cases: [(&str, &Authority, Wanted<'_>, &[&str], &str); 5] = [
        ("TLS 1.0", &authority, good, &["-tls1"], "neither TLS 1.2 nor 1.3"),
        ("TLS 1.1", &authority, good, &["-tls1_1"], "neither TLS 1.2 nor 1.3"),
        ("1024 bits", &authority, Wanted { key: Key::Rsa(1024), ..good }, &[], "shorter than 2048 bits"),
        ("an authority of 1024 bits", &weak_authority, good, &[], "shorter than 2048 bits"),
        ("SHA-1", &authority, Wanted { digest: "sha1", ..good }, &[], "too weak or unknown"),
    ];
    for (name, authority, wanted, options, reason) in cases {
        let failure = failed(https_to_openssl(authority, &wanted, options), ErrorKind::Tls, Outcome::NotSent);
        assert!(failure.error.message().contains(reason), "{name}: {failure:?}");
    }
}

#[test]
fn tls_1_2_and_an_rsa_key_of_2048_bits_will_do() {
    // What the server answers there is none of BonusPay's, but it gets the request.
    let wanted = Wanted { key: Key::Rsa(2048), ..Wanted::default() };
    for options in [&["-tls1_2"][..], &[]] {
        let result = https_to_openssl(&Authority::new(), &wanted, options);
        assert_ne!(result.unwrap_err().error.outcome(), Outcome::NotSent);
    }
}

/// R79: nothing in the library can switch the checks off, so there is nothing to switch.
#[test]
fn no_source_names_a_way_around_the_checks() {
    fn look(folder: &std::path::Path, seen: &mut usize) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, seen);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["dangerous", "danger_accept", "ServerCertVerifier", "disable_verification"] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
            *seen += 1;
        }
    }
    let mut seen = 0;
    look(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut seen);
    assert!(seen > 30);
}

#[test]
fn tls_connections_are_kept_too() {
    let authority = Authority::new();
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| talk.echo());
    let mut settings = own_settings("tls-kept");
    settings.ca_pem = Some(authority.pem);
    let transport = transport(settings);
    for _ in 0..5 {
        let answer = post(&transport, &server.https_url("localhost"), ConnectionPolicy::MayReuse, LONG).unwrap();
        assert_eq!(answer.body, BODY);
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_tls_session_outlives_its_connection() {
    let authority = Authority::new();
    static RESUMED: Mutex<Vec<bool>> = Mutex::new(Vec::new());
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| {
        RESUMED.lock().unwrap().push(talk.is_resumed());
        talk.request();
        talk.send(answer(200, &[], "{}"));
        talk.close();
        talk.stall();
    });
    let mut settings = own_settings("tls-resumed");
    settings.ca_pem = Some(authority.pem);
    // The last ones must have a connection of their own, and of another transport.
    for connection in [ConnectionPolicy::MayReuse, ConnectionPolicy::MayReuse, ConnectionPolicy::Fresh] {
        let transport = transport(settings.clone());
        post(&transport, &server.https_url("localhost"), connection, LONG).unwrap();
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!((server.connections(), RESUMED.lock().unwrap().as_slice()), (3, &[false, true, true][..]));
}

#[test]
fn a_kept_connection_whose_tls_has_ended_is_not_used() {
    let authority = Authority::new();
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| {
        talk.request();
        talk.send(answer(200, &[], "{}"));
        talk.close_tls_only();
        while talk.request().is_some() {}
    });
    let mut settings = own_settings("tls-ended");
    settings.ca_pem = Some(authority.pem);
    let transport = transport(settings);
    for number in 1..4 {
        post(&transport, &server.https_url("localhost"), ConnectionPolicy::MayReuse, LONG).unwrap();
        assert_eq!(server.connections(), number);
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_answer_that_tls_does_not_end_is_cut() {
    let authority = Authority::new();
    let ended = FaultServer::start_tls(authority.server(&Wanted::default()), |number, talk| {
        talk.request();
        talk.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhole");
        if number == 0 {
            talk.close()
        } else {
            talk.cut()
        }
        talk.stall();
    });
    assert_eq!(https(&ended, "localhost", Some(&authority.pem)).unwrap().body, b"whole");
    failed(https(&ended, "localhost", Some(&authority.pem)), ErrorKind::Io, Outcome::Unknown);
}

#[test]
fn tls_that_is_damaged_after_the_request_is_unknown() {
    let authority = Authority::new();
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |number, talk| {
        talk.request();
        match number {
            0 => talk.send_raw([23, 3, 3, 0, 40].iter().chain(&[7; 40]).copied().collect::<Vec<_>>()),
            1 => talk.reset(),
            _ => talk.stall(),
        }
        talk.stall();
    });
    failed(https(&server, "localhost", Some(&authority.pem)), ErrorKind::Io, Outcome::Unknown);
    failed(https(&server, "localhost", Some(&authority.pem)), ErrorKind::Io, Outcome::Unknown);
    let mut settings = TransportSettings::default();
    settings.ca_pem = Some(authority.pem);
    let result = post(&transport(settings), &server.https_url("localhost"), ConnectionPolicy::Fresh, SHORT);
    failed(result, ErrorKind::Timeout, Outcome::Unknown);
}

#[test]
fn a_bundle_without_certificates_is_refused() {
    for pem in [&b""[..], b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let mut settings = settings();
        settings.ca_pem = Some(pem.to_vec());
        let error = HttpTransport::new(settings).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidArgument, Some("ca_pem")));
    }
}
