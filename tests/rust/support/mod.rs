//! What the tests share: OpenSSL's command line, which is their independent oracle, and keys it made.

#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// A directory of its own, removed when dropped.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bonuspay-test-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a program with `stdin`; gives its whole output and its exit status.
pub fn run(program: &str, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let mut input = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that does not read all of it is no fault of the test.
            let _ = input.write_all(stdin);
        });
        child.wait_with_output().unwrap()
    })
}

/// What `openssl` prints; it must succeed.
pub fn openssl(args: &[&str], stdin: &[u8]) -> Vec<u8> {
    let output = run("openssl", args, stdin);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {}: {errors}", args.join(" "));
    output.stdout
}

/// An RSA key pair made by OpenSSL, as texts and as files.
pub struct TestKey {
    pub bits: u32,
    pub private_pem: String,
    pub public_pem: String,
    pub private_path: PathBuf,
    pub public_path: PathBuf,
}

impl TestKey {
    /// The private key in DER (PKCS#8).
    pub fn private_der(&self) -> Vec<u8> {
        openssl(&["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], self.private_pem.as_bytes())
    }

    /// The public key in DER (SPKI).
    pub fn public_der(&self) -> Vec<u8> {
        openssl(&["pkey", "-pubin", "-outform", "DER"], self.public_pem.as_bytes())
    }
}

/// The merchant's test key of that length.
pub fn key(bits: u32) -> &'static TestKey {
    named_key("merchant", bits)
}

/// A test key of that name and length. It is made once and kept in the target folder, as RSA-4096 takes seconds.
pub fn named_key(name: &str, bits: u32) -> &'static TestKey {
    static KEYS: OnceLock<Mutex<HashMap<(String, u32), &'static TestKey>>> = OnceLock::new();
    let mut keys = KEYS.get_or_init(Mutex::default).lock().unwrap();
    keys.entry((name.to_owned(), bits)).or_insert_with(|| Box::leak(Box::new(stored_key(name, bits))))
}

fn stored_key(name: &str, bits: u32) -> TestKey {
    let stored = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("test-key-{name}-{bits}"));
    if !stored.exists() {
        // Made aside and moved into its place whole, as other test programs may do the same now.
        let made = stored.with_extension(std::process::id().to_string());
        std::fs::create_dir_all(&made).unwrap();
        let private =
            openssl(&["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}")], b"");
        std::fs::write(made.join("public.pem"), openssl(&["pkey", "-pubout"], &private)).unwrap();
        std::fs::write(made.join("private.pem"), private).unwrap();
        if std::fs::rename(&made, &stored).is_err() {
            std::fs::remove_dir_all(&made).unwrap();
        }
    }
    let (private_path, public_path) = (stored.join("private.pem"), stored.join("public.pem"));
    TestKey {
        bits,
        private_pem: std::fs::read_to_string(&private_path).unwrap(),
        public_pem: std::fs::read_to_string(&public_path).unwrap(),
        private_path,
        public_path,
    }
}

/// The signature of `message` as the header `sign` carries it, made without any code of ours.
pub fn sign_with_openssl(private_path: &Path, message: &[u8]) -> String {
    let signature = openssl(&["dgst", "-sha256", "-sign", path(private_path), "-binary"], message);
    base64_with_openssl(&signature)
}

/// Whether OpenSSL finds `sign` to be the signature of `message`.
pub fn verify_with_openssl(public_path: &Path, message: &[u8], sign: &str) -> bool {
    let directory = TempDir::new();
    let signature = directory.file("signature", &openssl(&["base64", "-d", "-A"], sign.as_bytes()));
    let args = ["dgst", "-sha256", "-verify", path(public_path), "-signature", path(&signature)];
    run("openssl", &args, message).status.success()
}

/// Standard Base64 on one line.
pub fn base64_with_openssl(bytes: &[u8]) -> String {
    String::from_utf8(openssl(&["base64", "-A"], bytes)).unwrap()
}

/// Standard Base64 on one line, where thousands are needed and the encoding is not what is tested.
pub fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// The raw signature of each message; one shell runs OpenSSL for all of them.
pub fn sign_all_with_openssl(private_path: &Path, messages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let directory = TempDir::new();
    for (number, message) in messages.iter().enumerate() {
        directory.file(&number.to_string(), message);
    }
    let script = "cd \"$1\" && for f in *; do openssl dgst -sha256 -sign \"$2\" -out \"$f.sig\" \"$f\" || exit 1; done";
    let output = run("sh", &["-c", script, "sh", path(directory.path()), path(private_path)], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let signature = |number: usize| std::fs::read(directory.path().join(format!("{number}.sig"))).unwrap();
    (0..messages.len()).map(signature).collect()
}

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1 << 63)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn bytes_up_to(&mut self, max: usize) -> Vec<u8> {
        (0..self.below(max + 1)).map(|_| (self.next() >> 56) as u8).collect()
    }
}

/// A path as an argument.
pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// DER put together by hand, for keys that OpenSSL does not make.
pub mod der {
    /// `SEQUENCE` of unsigned `INTEGER`s, given as big-endian bytes.
    pub fn integers(numbers: &[&[u8]]) -> Vec<u8> {
        sequence(&numbers.iter().map(|number| integer(number)).collect::<Vec<_>>())
    }

    pub fn integer(number: &[u8]) -> Vec<u8> {
        let significant: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        let sign = significant.first().is_none_or(|byte| *byte >= 0x80);
        element(0x02, &[if sign { &[0][..] } else { &[] }, &significant].concat())
    }

    pub fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
        element(0x30, &elements.concat())
    }

    pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let mut der = vec![tag];
        match length {
            0..=0x7f => der.push(length as u8),
            0x80..=0xff => der.extend([0x81, length as u8]),
            _ => der.extend([0x82, (length >> 8) as u8, length as u8]),
        }
        der.extend(content);
        der
    }

    /// SPKI of an RSA public key.
    pub fn public_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
        let key = [&[0][..], &integers(&[modulus, exponent])].concat();
        sequence(&[algorithm(), element(0x03, &key)])
    }

    /// PKCS#8 around an `RSAPrivateKey`.
    pub fn private_key(pkcs1: &[u8]) -> Vec<u8> {
        sequence(&[integer(&[0]), algorithm(), element(0x04, pkcs1)])
    }

    /// `rsaEncryption`, `NULL`.
    fn algorithm() -> Vec<u8> {
        vec![0x30, 13, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0]
    }

    /// The content of each of the `INTEGER`s of a `SEQUENCE`.
    pub fn read_integers(der: &[u8]) -> Vec<Vec<u8>> {
        let (_, mut rest) = read(der);
        let mut numbers = Vec::new();
        while !rest.is_empty() {
            let (whole, content) = read(rest);
            assert_eq!(rest[0], 0x02);
            numbers.push(content.to_vec());
            rest = &rest[whole..];
        }
        numbers
    }

    /// The length of an element, and its content.
    fn read(der: &[u8]) -> (usize, &[u8]) {
        let (start, length) = match der[1] {
            0x82 => (4, usize::from(der[2]) << 8 | usize::from(der[3])),
            0x81 => (3, usize::from(der[2])),
            length => (2, usize::from(length)),
        };
        (start + length, &der[start..start + length])
    }
}
