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
        openssl(&["pkey", "-outform", "DER"], self.private_pem.as_bytes())
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
        let private = openssl(
            &["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}")],
            b"",
        );
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

/// A path as an argument.
pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
