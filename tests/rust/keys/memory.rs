//! R70: when the last owner of a key is gone, no copy of ours of it is left in the process's memory.
//!
//! A child process (this program again) reads a key from a pipe, uses it, wipes the buffer it read it into, and
//! waits; the parent, which knows the numbers, searches all of the child's writable memory for them.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::FileExt;
use std::process::{Child, Command, Stdio};

use crate::support;
use bonuspay::key::{KeyPair, PrivateKey, PublicKey};
use rsa::BigUint;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroize;

const ACTION: &str = "BONUSPAY_TEST_MEMORY_ACTION";
/// Pieces this long, taken every half of it: whatever is left of at least 1.5 times this is found.
const PIECE: usize = 16;

#[test]
fn the_search_finds_what_is_there() {
    let pem = &support::key(2048).private_pem;
    let secrets = Secrets::of(pem);

    let found = search_child("keep-text", pem, &secrets);
    assert!(found.contains(&"PEM text".to_owned()), "{found:?}");

    let found = search_child("keep-key", pem, &secrets);
    assert!(!found.contains(&"PEM text".to_owned()), "{found:?}");
    for number in ["d", "p", "q"] {
        assert!(found.iter().any(|name| name == number), "{number} not in {found:?}");
    }
}

#[test]
fn nothing_is_left_of_a_key_that_was_used() {
    let pem = &support::key(2048).private_pem;
    let secrets = Secrets::of(pem);
    for action in ["load", "sign", "pair", "wrong-field"] {
        for (form, text) in forms(pem) {
            let found = search_child(action, &text, &secrets);
            assert!(found.is_empty(), "{action} of {form} leaves {found:?}");
        }
    }
}

#[test]
fn nothing_is_left_of_a_key_that_was_refused() {
    let pem = &support::key(2048).private_pem;
    let secrets = Secrets::of(pem);
    let two = format!("{pem}{pem}");
    let cut = pem.replace("-----END PRIVATE KEY-----", "");
    let not_base64 = pem.replace("\n-----END", "!\n-----END");
    for text in [two, cut, not_base64, damaged(pem)] {
        let found = search_child("refused", &text, &secrets);
        assert!(found.is_empty(), "a refused key leaves {found:?}");
    }
}

/// The rsa crate leaves primes in freed memory; the library wipes it after each use of that crate's arithmetic.
#[test]
fn nothing_is_left_of_a_key_that_was_made_or_completed() {
    let (mut child, mut output) = start("generate", "");
    let printed = until_ready(&mut output);
    let pem = &printed[printed.find("-----BEGIN").unwrap()..printed.find("\nready").unwrap()];
    let found = search(child.id(), &Secrets::of(pem));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(found.is_empty(), "making a key leaves {found:?}");

    let pem = &support::key(2048).private_pem;
    let found = search_child("load", &without_crt_parts(pem), &Secrets::of(pem));
    assert!(found.is_empty(), "completing a key leaves {found:?}");
}

#[test]
fn child() {
    let Ok(action) = std::env::var(ACTION) else {
        return;
    };
    let mut pipe = File::open("/dev/stdin").unwrap();
    let mut length = [0; 4];
    pipe.read_exact(&mut length).unwrap();
    let mut text = vec![0; u32::from_le_bytes(length) as usize];
    pipe.read_exact(&mut text).unwrap();
    let mut kept = None;
    match action.as_str() {
        "keep-text" => {
            ready_and_wait(&mut pipe);
            assert!(!text.is_empty());
        }
        "keep-key" => kept = Some(PrivateKey::from_text(&text).unwrap()),
        "load" => drop(PrivateKey::from_text(&text).unwrap()),
        "sign" => {
            let key = PrivateKey::from_text(&text).unwrap();
            let shared = key.clone();
            for message in [&b"a"[..], b"b", b"c"] {
                shared.sign(message).unwrap();
            }
            drop(key);
            std::thread::spawn(move || shared.sign(b"d").unwrap()).join().unwrap();
        }
        "pair" => {
            let pair = KeyPair::from_private_text(&text).unwrap();
            assert!(pair.private_pem().len() > 1000);
        }
        "wrong-field" => assert!(PublicKey::from_text(&text).is_err()),
        "refused" => assert!(PrivateKey::from_text(&text).is_err()),
        "generate" => {
            let pair = KeyPair::generate(2048).unwrap();
            File::create("/dev/stdout").unwrap().write_all(pair.private_pem().as_bytes()).unwrap();
        }
        other => panic!("{other}"),
    }
    text.zeroize();
    ready_and_wait(&mut pipe);
    drop(kept);
}

fn ready_and_wait(pipe: &mut File) {
    println!("\nready");
    let _ = pipe.read(&mut [0]);
}

/// The same key in the forms that take different ways through the reader.
fn forms(pem: &str) -> Vec<(&'static str, String)> {
    let pkcs1 = support::openssl(&["rsa", "-traditional"], pem.as_bytes());
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    vec![
        ("PKCS#8", pem.to_owned()),
        ("PKCS#1", String::from_utf8(pkcs1).unwrap()),
        ("bare Base64", body),
        ("literal line ends", pem.replace('\n', "\\n")),
    ]
}

/// The key with one bit of its last number changed.
fn damaged(pem: &str) -> String {
    let mut der = support::openssl(&["pkey", "-outform", "DER"], pem.as_bytes());
    *der.last_mut().unwrap() ^= 1;
    support::base64_with_openssl(&der)
}

/// The key as stores write it that keep n, e and d alone: zeros in the other places.
fn without_crt_parts(pem: &str) -> String {
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(pem).unwrap();
    let (n, e, d) = (key.n().to_bytes_be(), key.e().to_bytes_be(), key.d().to_bytes_be());
    let zero: &[u8] = &[0];
    support::base64_with_openssl(&support::der::integers(&[zero, &n, &e, &d, zero, zero, zero, zero, zero]))
}

struct Secrets(Vec<(&'static str, Vec<u8>)>);

impl Secrets {
    fn of(pem: &str) -> Self {
        let key = rsa::RsaPrivateKey::from_pkcs8_pem(pem).unwrap();
        let (d, p, q) = (key.d(), &key.primes()[0], &key.primes()[1]);
        let one = BigUint::from(1_u8);
        let numbers = [
            ("d", d.clone()),
            ("p", p.clone()),
            ("q", q.clone()),
            ("dP", d % (p - &one)),
            ("dQ", d % (q - &one)),
            ("qInv", key.crt_coefficient().unwrap()),
        ];
        let mut secrets = Vec::new();
        for (name, number) in numbers {
            secrets.push((name, number.to_bytes_be()));
            secrets.push((name, number.to_bytes_le()));
        }
        for line in pem.lines().filter(|line| !line.starts_with('-')) {
            secrets.push(("PEM text", line.as_bytes().to_vec()));
        }
        Self(secrets)
    }

    fn pieces(&self) -> Vec<(&'static str, &[u8])> {
        self.0
            .iter()
            .flat_map(|(name, bytes)| bytes.windows(PIECE).step_by(PIECE / 2).map(move |piece| (*name, piece)))
            .collect()
    }
}

fn start(action: &str, text: &str) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["memory::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(ACTION, action)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let input = child.stdin.as_mut().unwrap();
    input.write_all(&u32::try_from(text.len()).unwrap().to_le_bytes()).unwrap();
    input.write_all(text.as_bytes()).unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    (child, output)
}

/// What the child printed before it was ready.
fn until_ready(output: &mut impl BufRead) -> String {
    let mut printed = String::new();
    loop {
        let before = printed.len();
        assert!(output.read_line(&mut printed).unwrap() > 0, "the child ended early: {printed}");
        if &printed[before..] == "ready\n" {
            return printed;
        }
    }
}

fn search_child(action: &str, text: &str, secrets: &Secrets) -> Vec<String> {
    let (mut child, mut output) = start(action, text);
    until_ready(&mut output);
    let found = search(child.id(), secrets);
    child.kill().unwrap();
    child.wait().unwrap();
    found
}

fn search(process: u32, secrets: &Secrets) -> Vec<String> {
    let pieces = secrets.pieces();
    // Few positions pass this filter on a piece's first two bytes.
    let mut first = vec![false; 1 << 16];
    for (_, piece) in &pieces {
        first[usize::from(u16::from_le_bytes([piece[0], piece[1]]))] = true;
    }
    let mut found = Vec::new();
    let mut searched = 0;
    for memory in writable_memory(process) {
        searched += memory.len();
        for (at, pair) in memory.windows(2).enumerate() {
            if !first[usize::from(u16::from_le_bytes([pair[0], pair[1]]))] {
                continue;
            }
            let rest = &memory[at..];
            found
                .extend(pieces.iter().filter(|(_, piece)| rest.starts_with(piece)).map(|(name, _)| (*name).to_owned()));
        }
    }
    assert!(searched > 100_000, "only {searched} bytes could be read");
    found.sort();
    found.dedup();
    found
}

fn writable_memory(process: u32) -> Vec<Vec<u8>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut parts = Vec::new();
    for map in maps.lines().filter(|map| map.contains(" rw")) {
        let (range, _) = map.split_once(' ').unwrap();
        let (start, end) = range.split_once('-').unwrap();
        let start = u64::from_str_radix(start, 16).unwrap();
        let end = u64::from_str_radix(end, 16).unwrap();
        let mut part = vec![0; usize::try_from(end - start).unwrap()];
        if memory.read_exact_at(&mut part, start).is_ok() {
            parts.push(part);
        }
    }
    parts
}
