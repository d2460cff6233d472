//! A certificate authority of the test's own, made by OpenSSL's command line.
#![allow(dead_code)]

use super::support::{TempDir, openssl, path};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::fs;
use std::sync::Arc;

pub struct Authority {
    directory: TempDir,
    pub pem: Vec<u8>,
}

/// What a certificate says.
pub struct Wanted<'a> {
    pub names: &'a str,
    pub from: &'a str,
    pub until: &'a str,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self { names: "DNS:localhost", from: "20200101000000Z", until: "20991231235959Z" }
    }
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
        let directory = TempDir::new();
        let settings = SETTINGS.replace("$ENV::AUTHORITY", path(directory.path()));
        let settings = directory.file("settings", settings.as_bytes());
        directory.file("index.txt", b"");
        directory.file("serial", b"01\n");
        let (key, pem) = (directory.path().join("ca.key"), directory.path().join("ca.pem"));
        let name = format!("/CN=Test authority in {}", path(directory.path()).rsplit('/').next().unwrap());
        openssl(
            &[
                "req", "-config", path(&settings), "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", path(&key), "-out", path(&pem), "-subj", &name, "-days", "3650",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
            ],
            b"",
        );
        let pem = fs::read(pem).unwrap();
        Self { directory, pem }
    }

    /// A server with a certificate of this authority.
    pub fn server(&self, wanted: &Wanted<'_>) -> Arc<ServerConfig> {
        let file = |name: &str| self.directory.path().join(name);
        let extensions = if wanted.names.is_empty() {
            "basicConstraints=CA:FALSE\n".to_owned()
        } else {
            format!("basicConstraints=CA:FALSE\nsubjectAltName={}\n", wanted.names)
        };
        let extensions = self.directory.file("extensions", extensions.as_bytes());
        let settings = file("settings");
        openssl(
            &[
                "req", "-config", path(&settings), "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", path(&file("server.key")), "-out", path(&file("server.csr")), "-subj",
                "/CN=localhost",
            ],
            b"",
        );
        openssl(
            &[
                "ca", "-batch", "-notext", "-config", path(&settings), "-in", path(&file("server.csr")), "-out",
                path(&file("server.pem")), "-cert", path(&file("ca.pem")), "-keyfile", path(&file("ca.key")),
                "-startdate", wanted.from, "-enddate", wanted.until, "-extfile", path(&extensions),
            ],
            b"",
        );
        server(&fs::read(file("server.pem")).unwrap(), &fs::read(file("server.key")).unwrap())
    }

    /// A server that vouches for itself; with its certificate.
    pub fn self_signed() -> Arc<ServerConfig> {
        let directory = TempDir::new();
        let (key, pem) = (directory.path().join("key"), directory.path().join("pem"));
        openssl(
            &[
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                path(&key), "-out", path(&pem), "-subj", "/CN=localhost", "-days", "3650", "-addext",
                "subjectAltName=DNS:localhost",
            ],
            b"",
        );
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
    _directory: TempDir,
}

impl OldServer {
    /// `key` and `digest` are those of a self-signed certificate, which is given back too; `options` are the server's.
    pub fn start(key: &str, digest: &str, options: &[&str]) -> (Self, Vec<u8>) {
        use std::io::{BufRead, BufReader};
        use std::process::{Command, Stdio};
        let directory = TempDir::new();
        let (key_path, pem_path) = (directory.path().join("key"), directory.path().join("pem"));
        openssl(
            &[
                "req", "-x509", "-newkey", key, "-nodes", digest, "-keyout", path(&key_path), "-out", path(&pem_path),
                "-subj", "/CN=localhost", "-days", "3650", "-addext", "subjectAltName=DNS:localhost", "-addext",
                "basicConstraints=critical,CA:FALSE",
            ],
            b"",
        );
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-cipher", "ALL:@SECLEVEL=0", "-key", path(&key_path)])
            .args(["-cert", path(&pem_path), "-www"])
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
        (Self { child, port, _directory: directory }, fs::read(pem_path).unwrap())
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
