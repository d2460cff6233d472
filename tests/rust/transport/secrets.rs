//! Secrets.

use super::certificates::https;
use super::*;

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
    in_a_process("secrets::child_logs_everything", |_| ());
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
