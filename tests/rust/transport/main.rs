//! The transport against a server that misbehaves in every way a test could think of (R36, R39, R78–R93).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/authority.rs"]
mod authority;
#[path = "../support/fault_server.rs"]
mod fault_server;
#[path = "../support/mod.rs"]
mod support;

use authority::{Authority, Key, OldServer, Wanted};
use bonuspay::key::{KeyPair, PrivateKey};
use bonuspay::transport::{
    ConnectionPolicy, Exchange, Failure, HttpResponse, HttpTransport, Transport, TransportSettings,
};
use bonuspay::{ErrorKind, Outcome};
use fault_server::{FaultServer, Talk, answer, body_of, head_of};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SIGN: &str = "c2lnbmF0dXJlLWNhbmFyeQ==";
const BODY: &[u8] = br#"{"requestTime":1,"bizContent":{"canary":"body-canary"}}"#;
/// Far above what a test waits for, far below what a stalling server would take.
const LONG: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(250);

fn settings() -> TransportSettings {
    let mut settings = TransportSettings::default();
    settings.allow_http = true;
    settings
}

/// Settings that no other test has, for a pool that no other test touches.
fn own_settings(name: &str) -> TransportSettings {
    let mut settings = settings();
    settings.user_agent = format!("bonuspay-test/{name}");
    settings
}

fn transport(settings: TransportSettings) -> HttpTransport {
    HttpTransport::new(settings).unwrap()
}

fn post(
    transport: &HttpTransport,
    url: &str,
    connection: ConnectionPolicy,
    timeout: Duration,
) -> Result<HttpResponse, Failure> {
    transport.post(&Exchange { url, partner_id: "200000000888", sign: SIGN, body: BODY, connection, timeout })
}

fn fresh(url: &str, timeout: Duration) -> Result<HttpResponse, Failure> {
    post(&transport(settings()), url, ConnectionPolicy::Fresh, timeout)
}

#[track_caller]
fn failed(result: Result<HttpResponse, Failure>, kind: ErrorKind, outcome: Outcome) -> Failure {
    let failure = result.expect_err("the exchange should have failed");
    assert_eq!((failure.error.kind(), failure.error.outcome()), (kind, outcome), "{:?}", failure.error);
    assert!(!failure.error.message().contains("canary"), "{}", failure.error);
    failure
}

/// One exchange with a server that reads the request, then does as told.
#[track_caller]
fn after_reading(then: impl Fn(&mut Talk) + Send + Sync + 'static) -> Result<HttpResponse, Failure> {
    let server = FaultServer::start(move |_, talk| {
        if talk.request().is_some() {
            then(talk);
        }
    });
    let started = Instant::now();
    let result = fresh(&server.url(), Duration::from_millis(900));
    assert!(started.elapsed() < Duration::from_secs(4));
    assert_eq!(server.requests().len(), 1, "the transport never retries");
    result
}

fn answered(bytes: &[u8]) -> Result<HttpResponse, Failure> {
    let bytes = bytes.to_vec();
    after_reading(move |talk| {
        talk.send(&bytes);
        talk.close();
        talk.stall();
    })
}

type Script = fn(&mut Talk);

const ALONE: &str = "BONUSPAY_TEST_ALONE";

/// Whether this process was started by [`in_a_process`], and not by someone who runs the ignored tests too.
fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs a test of this file in a process of its own.
fn in_a_process(test: &str, prepare: impl FnOnce(&mut Command)) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    prepare(&mut command);
    run_alone(command, test);
}

fn run_alone(mut command: Command, test: &str) {
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(ALONE, "1");
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "{text}");
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

// ---- the request

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

// ---- nothing was sent

fn closed_port() -> u16 {
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
    in_a_process_with(&[("/etc/hosts", hosts), ("/etc/nsswitch.conf", "hosts: files\n")], "child_meets_a_dead_address");
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
    in_a_process_with(&files, "child_asks_nobody");
    in_a_process_with(&[("/etc/nsswitch.conf", "hosts: files\n")], "child_asks_for_an_unknown_name");
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
    in_a_process("child_has_no_descriptor_left", |command| {
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
    in_a_process("child_gets_no_random_numbers", |_| ());
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

// ---- certificates

fn https(server: &FaultServer, host: &str, ca_pem: Option<&[u8]>) -> Result<HttpResponse, Failure> {
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

// ---- something was sent

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

// ---- proxies

#[test]
fn proxies_of_the_environment_are_ignored() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let proxy = FaultServer::start(|_, talk| talk.stall());
    in_a_process("child_posts_to_a_url", |command| {
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

// ---- kept connections

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

// ---- one process, many threads, many processes

#[test]
fn eight_threads_get_their_own_answers() {
    let server = FaultServer::start(|_, talk| talk.echo());
    let transport = transport(own_settings("eight"));
    thread::scope(|scope| {
        for number in 0..8 {
            let (transport, url) = (&transport, server.url());
            scope.spawn(move || {
                for turn in 0..200 {
                    let body = format!("{number}:{turn}");
                    let exchange = Exchange {
                        url: &url,
                        partner_id: "1",
                        sign: "AAAA",
                        body: body.as_bytes(),
                        connection: ConnectionPolicy::MayReuse,
                        timeout: LONG,
                    };
                    assert_eq!(transport.post(&exchange).unwrap().body, body.as_bytes());
                }
            });
        }
    });
    assert!(server.connections() <= 8, "{} connections", server.connections());
}

#[test]
fn a_fork_shares_nothing_and_disturbs_nobody() {
    let authority = Authority::new();
    let ca = support::TempDir::new();
    let pem = ca.file("ca.pem", &authority.pem);
    let plain = FaultServer::start(|_, talk| talk.echo());
    let secure = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| talk.echo());
    for (server, url) in [(&plain, plain.url()), (&secure, secure.https_url("localhost"))] {
        in_a_process("child_forks", |command| {
            command.env("TEST_URL", url).env("TEST_CA", &pem);
        });
        // The parent's one connection, kept across the forks, and one of each child.
        assert_eq!(server.connections(), 1 + 4);
        assert_eq!(server.requests().len(), 1 + 4 * 20 + 20 + 1);
    }
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_forks() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    let mut settings = settings();
    settings.ca_pem = Some(std::fs::read(std::env::var("TEST_CA").unwrap()).unwrap());
    let transport = transport(settings);
    let echo = |body: String| {
        let exchange = Exchange {
            url: &url,
            partner_id: "1",
            sign: "AAAA",
            body: body.as_bytes(),
            connection: ConnectionPolicy::MayReuse,
            timeout: LONG,
        };
        transport.post(&exchange).is_ok_and(|answer| answer.body == body.as_bytes())
    };
    assert!(echo("before".to_owned()));
    let children: Vec<_> = (0..4)
        .map(|number| {
            // SAFETY: the child calls the library, whose state no other thread holds, and leaves by `_exit`.
            #[allow(unsafe_code)]
            let id = unsafe { libc::fork() };
            if id == 0 {
                let good = (0..20).all(|turn| echo(format!("child {number} turn {turn}")));
                // SAFETY: ends the child without running what the parent has to clean up.
                #[allow(unsafe_code)]
                unsafe {
                    libc::_exit(i32::from(!good))
                }
            }
            assert!(id > 0);
            id
        })
        .collect();
    for turn in 0..20 {
        assert!(echo(format!("parent turn {turn}")));
    }
    for id in children {
        let mut status = -1;
        // SAFETY: `status` is this function's own.
        #[allow(unsafe_code)]
        unsafe {
            assert_eq!(libc::waitpid(id, &mut status, 0), id);
        }
        assert_eq!(status, 0, "a child failed");
    }
    assert!(echo("after".to_owned()));
}

#[test]
fn a_fork_while_other_threads_call_does_not_hang() {
    let server = FaultServer::start(|_, talk| talk.echo());
    in_a_process("child_forks_amid_threads", |command| {
        command.env("TEST_URL", server.url());
    });
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_forks_amid_threads() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    let transport = transport(settings());
    let stop = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    post(&transport, &url, ConnectionPolicy::MayReuse, LONG).unwrap();
                }
            });
        }
        for _ in 0..60 {
            thread::sleep(Duration::from_millis(2));
            // SAFETY: the child calls the library and leaves by `_exit`; the alarm ends it if it hangs.
            #[allow(unsafe_code)]
            let id = unsafe { libc::fork() };
            if id == 0 {
                // SAFETY: as above.
                #[allow(unsafe_code)]
                unsafe {
                    libc::alarm(5);
                    let good = post(&transport, &url, ConnectionPolicy::MayReuse, LONG).is_ok();
                    libc::_exit(i32::from(!good))
                }
            }
            let mut status = -1;
            // SAFETY: `status` is this loop's own.
            #[allow(unsafe_code)]
            unsafe {
                assert_eq!(libc::waitpid(id, &mut status, 0), id);
            }
            assert_eq!(status, 0, "a child hung or failed");
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn lookups_leave_no_threads() {
    in_a_process("child_looks_up", |_| ());
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_looks_up() {
    if !is_alone() {
        return;
    }
    let url = format!("http://localhost:{}/", closed_port());
    let before = threads();
    for _ in 0..100 {
        failed(fresh(&url, LONG), ErrorKind::Connect, Outcome::NotSent);
    }
    assert!(threads() <= before + 2, "{} threads, {before} before", threads());
}

#[test]
fn calls_to_an_address_start_no_thread() {
    let server = FaultServer::start(|_, talk| talk.echo());
    in_a_process("child_calls_an_address", |command| {
        command.env("TEST_URL", server.url());
    });
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_calls_an_address() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    let before = threads();
    let transport = transport(settings());
    for connection in [ConnectionPolicy::Fresh, ConnectionPolicy::MayReuse] {
        post(&transport, &url, connection, LONG).unwrap();
        assert_eq!(threads(), before);
    }
}

#[test]
fn no_answer_takes_much_memory() {
    let piece = vec![b'x'; 64 * 1024];
    let scripts: Vec<Vec<u8>> = vec![
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;".to_vec(),
    ];
    for start in scripts {
        let piece = piece.clone();
        let server = FaultServer::start(move |_, talk| {
            talk.request();
            talk.send(&start);
            talk.flood(&piece);
        });
        in_a_process("child_measures_memory", |command| {
            command.env("TEST_URL", server.url());
        });
    }
}

/// The highest resident size so far, in KiB.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_measures_memory() {
    if !is_alone() {
        return;
    }
    let url = std::env::var("TEST_URL").unwrap();
    let _ = fresh(&format!("http://127.0.0.1:{}/", closed_port()), LONG);
    let before = peak_memory();
    let failure = fresh(&url, LONG).unwrap_err();
    assert_eq!(failure.error.kind(), ErrorKind::Protocol, "{failure:?}");
    assert!(peak_memory() - before < 4 * 1024, "{} KiB more", peak_memory() - before);
}

#[test]
fn a_broken_pipe_does_not_kill_the_host() {
    let authority = Authority::new();
    let ca = support::TempDir::new();
    let pem = ca.file("ca.pem", &authority.pem);
    let plain = FaultServer::start(|_, talk| talk.reset());
    let secure = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| talk.reset());
    for url in [plain.url(), secure.https_url("localhost")] {
        in_a_process("child_writes_to_a_broken_pipe", |command| {
            command.env("TEST_URL", url).env("TEST_CA", &pem);
        });
    }
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_writes_to_a_broken_pipe() {
    if !is_alone() {
        return;
    }
    // SAFETY: C programs start with this disposition; the Rust runtime changes it.
    #[allow(unsafe_code)]
    unsafe {
        libc::signal(libc::SIGPIPE, libc::SIG_DFL);
    }
    let mut settings = settings();
    settings.ca_pem = Some(std::fs::read(std::env::var("TEST_CA").unwrap()).unwrap());
    let (url, transport) = (std::env::var("TEST_URL").unwrap(), transport(settings));
    let body = vec![b'x'; 8 * 1024 * 1024];
    for _ in 0..5 {
        let connection = ConnectionPolicy::Fresh;
        let exchange = Exchange { url: &url, partner_id: "1", sign: "AAAA", body: &body, connection, timeout: LONG };
        let failure = transport.post(&exchange).unwrap_err();
        assert!(matches!(failure.error.kind(), ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Io), "{failure:?}");
    }
}

// ---- secrets

struct Captured(Mutex<String>);

impl log::Log for Captured {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        use std::fmt::Write;
        writeln!(self.0.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

#[test]
fn the_hosts_logger_sees_no_signature_and_no_body() {
    in_a_process("child_logs_everything", |_| ());
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_logs_everything() {
    if !is_alone() {
        return;
    }
    static CAPTURED: Captured = Captured(Mutex::new(String::new()));
    log::set_logger(&CAPTURED).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let authority = Authority::new();
    let server = FaultServer::start_tls(authority.server(&Wanted::default()), |number, talk| {
        talk.request();
        talk.send(answer(200, &[("sign", "answer-canary")], "answer-body-canary"));
        if number == 0 {
            talk.close()
        } else {
            talk.reset()
        }
        talk.stall();
    });
    for _ in 0..2 {
        https(&server, "localhost", Some(&authority.pem)).unwrap();
    }
    let _ = https(&server, "localhost", None);
    let text = CAPTURED.0.lock().unwrap().clone();
    assert!(text.contains("ureq"), "the logger was in use");
    for secret in [SIGN, "canary", "200000000888"] {
        let lines: Vec<_> = text.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "{secret} in {lines:#?}");
    }
}
