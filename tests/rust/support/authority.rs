//! A certificate authority of the test's own, made by OpenSSL's command line.
#![allow(dead_code)]

use super::support::{TempDir, der, openssl, path};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Authority {
    directory: TempDir,
    pub pem: Vec<u8>,
}

/// What a certificate says, and how it is made.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub names: &'a str,
    pub from: &'a str,
    pub until: &'a str,
    /// The CN. A `#` in it becomes a NUL.
    pub common_name: &'a str,
    pub key: Key,
    /// Of the authority's signature.
    pub digest: &'a str,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self {
            names: "DNS:localhost",
            from: "20200101000000Z",
            until: "20991231235959Z",
            common_name: "localhost",
            key: Key::P256,
            digest: "sha256",
        }
    }
}

#[derive(Clone, Copy)]
pub enum Key {
    P256,
    Rsa(u32),
}

impl Key {
    fn options(self) -> Vec<String> {
        match self {
            Key::P256 => ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"].map(str::to_owned).into(),
            Key::Rsa(bits) => vec!["-newkey".into(), format!("rsa:{bits}")],
        }
    }
}

/// `openssl req` with a new key.
fn req(key: Key, args: &[&str]) {
    let options = key.options();
    let all: Vec<_> =
        ["req"].into_iter().chain(options.iter().map(String::as_str)).chain(args.iter().copied()).collect();
    openssl(&all, b"");
}

const SETTINGS: &str = "
[ca]
default_ca = own
[own]
database = $ENV::AUTHORITY/index.txt
new_certs_dir = $ENV::AUTHORITY
serial = $ENV::AUTHORITY/serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
";

impl Authority {
    pub fn new() -> Self {
        Self::with_key(Key::P256)
    }

    pub fn with_key(kind: Key) -> Self {
        let directory = TempDir::new();
        let settings = SETTINGS.replace("$ENV::AUTHORITY", path(directory.path()));
        let settings = directory.file("settings", settings.as_bytes());
        directory.file("index.txt", b"");
        directory.file("serial", b"01\n");
        let (key, pem) = (directory.path().join("ca.key"), directory.path().join("ca.pem"));
        let name = format!("/CN=Test authority in {}", path(directory.path()).rsplit('/').next().unwrap());
        let files = ["-config", path(&settings), "-x509", "-nodes", "-keyout", path(&key), "-out", path(&pem)];
        let says = ["-subj", &name, "-days", "3650", "-addext", "basicConstraints=critical,CA:TRUE"];
        req(kind, &[&files[..], &says, &["-addext", "keyUsage=critical,keyCertSign"]].concat());
        let pem = fs::read(pem).unwrap();
        Self { directory, pem }
    }

    /// A server with a certificate of this authority.
    pub fn server(&self, wanted: &Wanted<'_>) -> Arc<ServerConfig> {
        let (key, certificate) = self.certify(wanted);
        server(&fs::read(certificate).unwrap(), &fs::read(key).unwrap())
    }

    /// A key and its certificate. They stay until the next ones are made.
    pub fn certify(&self, wanted: &Wanted<'_>) -> (PathBuf, PathBuf) {
        let file = |name: &str| self.directory.path().join(name);
        let extensions = if wanted.names.is_empty() {
            "basicConstraints=CA:FALSE\n".to_owned()
        } else {
            format!("basicConstraints=CA:FALSE\nsubjectAltName={}\n", wanted.names)
        };
        let extensions = self.directory.file("extensions", extensions.as_bytes());
        let (settings, key, csr, pem) = (file("settings"), file("server.key"), file("server.csr"), file("server.pem"));
        let (name, settings) = (format!("/CN={}", wanted.common_name), path(&settings));
        let files = ["-config", settings, "-new", "-nodes", "-keyout", path(&key), "-out", path(&csr)];
        req(wanted.key, &[&files[..], &["-subj", &name]].concat());
        let files = ["ca", "-batch", "-notext", "-config", settings, "-in", path(&csr), "-out", path(&pem)];
        let (ca, ca_key) = (file("ca.pem"), file("ca.key"));
        let issuer = ["-cert", path(&ca), "-keyfile", path(&ca_key), "-md", wanted.digest];
        let says = ["-startdate", wanted.from, "-enddate", wanted.until, "-extfile", path(&extensions)];
        openssl(&[&files[..], &issuer, &says].concat(), b"");
        if wanted.common_name.contains('#') {
            self.put_nul(&pem, wanted.common_name);
        }
        (key, pem)
    }

    /// No tool writes a NUL into a name: it is put there afterwards, and signed anew.
    fn put_nul(&self, pem: &Path, name: &str) {
        let der = openssl(&["x509", "-in", path(pem), "-outform", "DER"], b"");
        let end = |at: usize| {
            assert_eq!(der[at..at + 2], [0x30, 0x82], "a SEQUENCE of some hundred bytes");
            at + 4 + usize::from(der[at + 2]) * 256 + usize::from(der[at + 3])
        };
        let (start, signed_end) = (4, end(4));
        let mut signed = der[start..signed_end].to_vec();
        // In the name alone: keys and numbers may hold the same byte.
        let at = signed.windows(name.len()).position(|part| part == name.as_bytes()).unwrap();
        signed[at..at + name.len()].iter_mut().filter(|byte| **byte == b'#').for_each(|byte| *byte = 0);
        let algorithm_end = signed_end + 2 + usize::from(der[signed_end + 1]);
        let key = self.directory.path().join("ca.key");
        let signature = openssl(&["dgst", "-sha256", "-sign", path(&key)], &signed);
        let signature = der::element(0x03, &[&[0], &signature[..]].concat());
        let whole = der::sequence(&[signed, der[signed_end..algorithm_end].to_vec(), signature]);
        fs::write(pem, openssl(&["x509", "-inform", "DER"], &whole)).unwrap();
    }

    /// A server that vouches for itself; with its certificate.
    pub fn self_signed() -> Arc<ServerConfig> {
        let directory = TempDir::new();
        let (key, pem) = (directory.path().join("key"), directory.path().join("pem"));
        let files = ["-x509", "-nodes", "-keyout", path(&key), "-out", path(&pem), "-subj", "/CN=localhost"];
        req(Key::P256, &[&files[..], &["-days", "3650", "-addext", "subjectAltName=DNS:localhost"]].concat());
        server(&fs::read(pem).unwrap(), &fs::read(key).unwrap())
    }
}

fn server(certificate: &[u8], key: &[u8]) -> Arc<ServerConfig> {
    let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(key).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

/// OpenSSL's own server, for what rustls does not speak. Killed when dropped.
pub struct OldServer {
    child: std::process::Child,
    pub port: u16,
}

impl OldServer {
    /// A server with a certificate of this authority; `options` are those of `openssl s_server`.
    pub fn start(authority: &Authority, wanted: &Wanted<'_>, options: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        use std::process::{Command, Stdio};
        let (key, certificate) = authority.certify(wanted);
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-cipher", "ALL:@SECLEVEL=0", "-key", path(&key)])
            .args(["-cert", path(&certificate), "-www"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("ACCEPT ")?.rsplit(':').next()?.parse().ok())
            .unwrap();
        Self { child, port }
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
