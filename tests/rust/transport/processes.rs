//! One process, many threads, many processes.

use super::not_sent::closed_port;
use super::*;

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

/// A child that ends well if `holds` does, and is ended if it hangs.
pub fn fork(holds: impl FnOnce() -> bool) -> libc::pid_t {
    // SAFETY: the child calls the library, and leaves by `_exit`, without running what the parent has to clean up.
    #[allow(unsafe_code)]
    let child = unsafe { libc::fork() };
    if child == 0 {
        // SAFETY: as above.
        #[allow(unsafe_code)]
        unsafe {
            libc::alarm(60);
            libc::_exit(i32::from(!holds()))
        }
    }
    assert!(child > 0);
    child
}

pub fn join(child: libc::pid_t) {
    let mut status = -1;
    // SAFETY: `status` is this function's own.
    #[allow(unsafe_code)]
    unsafe {
        assert_eq!(libc::waitpid(child, &mut status, 0), child);
    }
    assert_eq!(status, 0, "a child hung or failed");
}

#[test]
fn a_fork_shares_nothing_and_disturbs_nobody() {
    let authority = Authority::new();
    let ca = support::TempDir::new();
    let pem = ca.file("ca.pem", &authority.pem);
    let plain = FaultServer::start(|_, talk| talk.echo());
    let secure = FaultServer::start_tls(authority.server(&Wanted::default()), |_, talk| talk.echo());
    for (server, url) in [(&plain, plain.url()), (&secure, secure.https_url("localhost"))] {
        in_a_process("processes::child_forks", |command| {
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
    let children: Vec<_> =
        (0..4).map(|number| fork(|| (0..20).all(|turn| echo(format!("child {number} turn {turn}"))))).collect();
    for turn in 0..20 {
        assert!(echo(format!("parent turn {turn}")));
    }
    children.into_iter().for_each(join);
    assert!(echo("after".to_owned()));
}

#[test]
fn a_fork_while_other_threads_call_does_not_hang() {
    let server = FaultServer::start(|_, talk| talk.echo());
    in_a_process("processes::child_forks_amid_threads", |command| {
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
            join(fork(|| post(&transport, &url, ConnectionPolicy::MayReuse, LONG).is_ok()));
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn lookups_leave_no_threads() {
    in_a_process("processes::child_looks_up", |_| ());
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
    in_a_process("processes::child_calls_an_address", |command| {
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
        in_a_process("processes::child_measures_memory", |command| {
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
        in_a_process("processes::child_writes_to_a_broken_pipe", |command| {
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
