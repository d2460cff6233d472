//! Nothing was sent.

use super::*;

pub(crate) fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn no_connection_means_not_sent() {
    let url = format!("http://127.0.0.1:{}/", closed_port());
    let failure = failed(fresh(&url, LONG), ErrorKind::Connect, Outcome::NotSent);
    assert!(failure.error.message().contains("127.0.0.1") && !failure.stale);
    let started = Instant::now();
    let failure = fresh("https://api.bonuspay.invalid/", Duration::from_secs(3)).unwrap_err();
    assert_eq!(failure.error.outcome(), Outcome::NotSent);
    assert!(matches!(failure.error.kind(), ErrorKind::Connect | ErrorKind::Timeout), "{:?}", failure.error);
    assert!(started.elapsed() < Duration::from_secs(6));
    failed(fresh(&url, Duration::ZERO), ErrorKind::Timeout, Outcome::NotSent);
}

#[test]
fn a_full_queue_ends_with_the_connect_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(socket) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queue.push(socket);
    }
    let mut settings = settings();
    settings.connect_timeout = SHORT;
    let started = Instant::now();
    let result = post(&transport(settings), &format!("http://{address}/"), ConnectionPolicy::Fresh, LONG);
    failed(result, ErrorKind::Timeout, Outcome::NotSent);
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[test]
fn a_handshake_that_fails_means_not_sent() {
    let cases: [(&str, ErrorKind, Script); 7] = [
        ("silence", ErrorKind::Timeout, |talk| talk.stall()),
        ("half a handshake", ErrorKind::Timeout, |talk| {
            talk.send([22, 3, 3, 0, 100, 2, 0]);
            talk.stall();
        }),
        ("a dripped handshake", ErrorKind::Timeout, |talk| {
            talk.send([22, 3, 3, 64, 0]);
            talk.drip(&[2; 10_000], Duration::from_millis(30));
        }),
        ("plain text", ErrorKind::Tls, |talk| {
            talk.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            talk.stall();
        }),
        ("another protocol", ErrorKind::Tls, |talk| {
            talk.send("220 mail.example ESMTP\r\n");
            talk.stall();
        }),
        ("an end", ErrorKind::Tls, |talk| talk.close()),
        ("a reset", ErrorKind::Tls, |talk| {
            talk.some_bytes();
            talk.reset();
        }),
    ];
    for (name, kind, script) in cases {
        let server = FaultServer::start(move |_, talk| script(talk));
        let mut settings = settings();
        settings.connect_timeout = SHORT;
        let started = Instant::now();
        let result = post(&transport(settings), &server.https_url("127.0.0.1"), ConnectionPolicy::Fresh, LONG);
        let failure = result.expect_err(name);
        assert_eq!((failure.error.kind(), failure.error.outcome()), (kind, Outcome::NotSent), "{name}: {failure:?}");
        assert!(failure.error.message().contains("127.0.0.1"), "{name}: {failure:?}");
        assert!(started.elapsed() < Duration::from_secs(4), "{name}");
    }
}

#[test]
fn the_total_deadline_ends_the_connecting_too() {
    let server = FaultServer::start(|_, talk| talk.stall());
    let started = Instant::now();
    let result = fresh(&server.https_url("127.0.0.1"), SHORT);
    failed(result, ErrorKind::Timeout, Outcome::NotSent);
    assert!(started.elapsed() < Duration::from_secs(4));
}

/// Runs a test of this file in a process that sees other files in the places of the system's. Not everywhere may one
/// make such a process.
fn in_a_process_with(files: &[(&str, &str)], test: &str) {
    let allowed = Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|status| status.success());
    if !allowed {
        eprintln!("NOT TRIED: {test}, as unshare makes no namespace here");
        return;
    }
    let directory = support::TempDir::new();
    let mut script = String::new();
    for (number, (place, content)) in files.iter().enumerate() {
        let file = directory.file(&number.to_string(), content.as_bytes());
        script.push_str(&format!("mount --bind '{}' '{place}' && ", support::path(&file)));
    }
    script.push_str("exec \"$@\"");
    let own = std::env::current_exe().unwrap();
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script, "sh", support::path(&own)]);
    run_alone(command, test);
}

#[test]
fn a_dead_address_costs_a_quarter_of_a_second_and_the_next_connection_nothing() {
    // Not 127.0.0.1, which the C library would put first.
    let hosts = "127.0.0.2 api.bonuspay.test\n127.0.0.3 api.bonuspay.test\n";
    in_a_process_with(
        &[("/etc/hosts", hosts), ("/etc/nsswitch.conf", "hosts: files\n")],
        "not_sent::child_meets_a_dead_address",
    );
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_meets_a_dead_address() {
    if !is_alone() {
        return;
    }
    let server = FaultServer::start_at("127.0.0.3", |_, talk| talk.echo());
    let hole = TcpListener::bind(("127.0.0.2", server.port())).unwrap();
    let mut queue = Vec::new();
    while let Ok(socket) = TcpStream::connect_timeout(&hole.local_addr().unwrap(), Duration::from_millis(100)) {
        queue.push(socket);
    }
    let url = format!("http://api.bonuspay.test:{}/sgs/api/x", server.port());
    let took = |_| {
        let begun = Instant::now();
        assert_eq!(fresh(&url, LONG).unwrap().body, BODY);
        begun.elapsed()
    };
    let times: Vec<_> = (0..4).map(took).collect();
    let delay = Duration::from_millis(250);
    assert!(times[0] >= delay && times[0] < 8 * delay, "{times:?}");
    assert!(*times[1..].iter().min().unwrap() < delay, "none would be, if each waited for the dead one: {times:?}");
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_name_that_nobody_can_tell_now_is_no_unknown_name() {
    // Nothing listens there: the answer to the question is at once that there is none.
    let silent = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n";
    let files = [("/etc/resolv.conf", silent), ("/etc/nsswitch.conf", "hosts: files dns\n")];
    in_a_process_with(&files, "not_sent::child_asks_nobody");
    in_a_process_with(&[("/etc/nsswitch.conf", "hosts: files\n")], "not_sent::child_asks_for_an_unknown_name");
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_asks_nobody() {
    if !is_alone() {
        return;
    }
    let failure = failed(fresh("https://api.bonuspay.test/", LONG), ErrorKind::Connect, Outcome::NotSent);
    assert!(failure.error.message().contains("no name server answered"), "{failure:?}");
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_asks_for_an_unknown_name() {
    if !is_alone() {
        return;
    }
    let failure = failed(fresh("https://api.bonuspay.test/", LONG), ErrorKind::Connect, Outcome::NotSent);
    assert!(failure.error.message().contains("is unknown; check the spelling"), "{failure:?}");
}

#[test]
fn a_process_that_may_open_no_more_files_is_told_so() {
    let server = FaultServer::start(|_, talk| talk.echo());
    in_a_process("not_sent::child_has_no_descriptor_left", |command| {
        command.env("TEST_URL", server.url());
    });
    assert_eq!(server.connections(), 0);
}

#[test]
#[ignore = "run by another test in a process of its own"]
#[allow(unsafe_code)]
fn child_has_no_descriptor_left() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    let limit = libc::rlimit { rlim_cur: 64, rlim_max: 64 };
    // SAFETY: the pointer leads to `limit`, which the call only reads.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &limit) }, 0);
    let mut all: Vec<_> = (0..64).map_while(|_| std::fs::File::open("/dev/null").ok()).collect();
    for url in [url.as_str(), "http://localhost:1/", "https://api.bonuspay.invalid/"] {
        let failure = failed(fresh(url, LONG), ErrorKind::Connect, Outcome::NotSent);
        assert!(failure.error.message().contains("no more files may be opened"), "{url}: {failure:?}");
    }
    all.truncate(all.len() - 8);
    let failure = fresh(&format!("http://127.0.0.1:{}/", closed_port()), LONG).unwrap_err();
    assert!(failure.error.message().contains("nothing listens there"), "{failure:?}");
}

#[test]
fn without_random_numbers_there_is_an_error_and_the_process_goes_on() {
    in_a_process("not_sent::child_gets_no_random_numbers", |_| ());
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_gets_no_random_numbers() {
    if !is_alone() {
        return;
    }
    let key = &support::key(2048).private_pem;
    let server = FaultServer::start(|_, talk| talk.stall());
    let transport = transport(settings());
    deny_getrandom();
    let error = PrivateKey::from_text(key.as_bytes()).unwrap_err();
    assert!(error.kind() == ErrorKind::Sign && error.message().contains("getrandom"), "{error:?}");
    let error = KeyPair::generate(2048).unwrap_err();
    assert!(error.kind() == ErrorKind::Sign && error.message().contains("getrandom"), "{error:?}");
    let result = post(&transport, &server.https_url("127.0.0.1"), ConnectionPolicy::Fresh, LONG);
    let failure = failed(result, ErrorKind::Tls, Outcome::NotSent);
    assert!(failure.error.message().contains("getrandom"), "{failure:?}");
}

/// As a seccomp filter of the host's might, for this thread and those that it starts.
#[allow(unsafe_code)]
fn deny_getrandom() {
    let step = |code, jt, jf, k| libc::sock_filter { code, jt, jf, k };
    let number = u32::try_from(libc::SYS_getrandom).unwrap();
    let refuse = libc::SECCOMP_RET_ERRNO | u32::try_from(libc::EPERM).unwrap();
    let word = u16::try_from(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS).unwrap();
    let equal = u16::try_from(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K).unwrap();
    let end = u16::try_from(libc::BPF_RET | libc::BPF_K).unwrap();
    let mut steps = [
        // The call's number is what `seccomp_data` begins with.
        step(word, 0, 0, 0),
        step(equal, 0, 1, number),
        step(end, 0, 0, refuse),
        step(end, 0, 0, libc::SECCOMP_RET_ALLOW),
    ];
    let program = libc::sock_fprog { len: 4, filter: steps.as_mut_ptr() };
    let (one, zero): (libc::c_ulong, libc::c_ulong) = (1, 0);
    // SAFETY: the program and its steps outlive the call, which copies them.
    unsafe {
        assert_eq!(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, one, zero, zero, zero), 0);
        assert_eq!(libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program), 0);
        let mut byte = 0_u8;
        assert_eq!(libc::syscall(libc::SYS_getrandom, &raw mut byte, 1_usize, 0_u32), -1, "the filter is in force");
    }
}
