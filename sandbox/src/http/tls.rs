//! TLS: the sandbox's own authority and certificate, and connections to shops that have certificates of their own.

use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme, SupportedProtocolVersion,
};
use tokio_rustls::{TlsAcceptor, TlsConnector, rustls};

use crate::key::write_file;

const VERSIONS: [&SupportedProtocolVersion; 2] = [&rustls::version::TLS13, &rustls::version::TLS12];

/// The authority's certificate, for clients to trust, and what serves with a certificate of it.
pub struct Served {
    /// PEM of the authority.
    pub ca_pem: PathBuf,
    /// Takes connections.
    pub acceptor: TlsAcceptor,
}

/// Opens the certificates under a folder, or makes them. The authority's key is not kept: it signs once.
pub fn open(folder: &Path) -> Result<Served, String> {
    let (ca, certificate, key) = (folder.join("ca.pem"), folder.join("tls.pem"), folder.join("tls_private.pem"));
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", certificate.display());
    // The key is written last: with it everything is there.
    if !key.exists() {
        let made = make().map_err(|error| problem(&error))?;
        write_file(&ca, made.ca.as_bytes(), 0o644).map_err(|error| problem(&error))?;
        write_file(&certificate, made.certificate.as_bytes(), 0o644).map_err(|error| problem(&error))?;
        write_file(&key, made.key.as_bytes(), 0o600).map_err(|error| problem(&error))?;
    }
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let chain = CertificateDer::from_pem_slice(&read(&certificate)?).map_err(|error| problem(&error))?;
    let private = PrivateKeyDer::from_pem_slice(&read(&key)?).map_err(|error| problem(&error))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&VERSIONS)
        .and_then(|config| config.with_no_client_auth().with_single_cert(vec![chain], private));
    let mut config = config.map_err(|error| problem(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Served { ca_pem: ca, acceptor: TlsAcceptor::from(Arc::new(config)) })
}

struct Made {
    ca: String,
    certificate: String,
    key: String,
}

fn make() -> Result<Made, rcgen::Error> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::default();
    ca.distinguished_name.push(DnType::CommonName, "BonusPay sandbox authority");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (ca.not_before, ca.not_after) = (rcgen::date_time_ymd(2024, 1, 1), rcgen::date_time_ymd(2044, 1, 1));
    let ca_pem = ca.self_signed(&ca_key)?.pem();

    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(vec!["localhost".to_owned()])?;
    for address in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        leaf.subject_alt_names.push(rcgen::SanType::IpAddress(address));
    }
    leaf.distinguished_name.push(DnType::CommonName, "BonusPay sandbox");
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    (leaf.not_before, leaf.not_after) = (ca.not_before, ca.not_after);
    let certificate = leaf.signed_by(&key, &Issuer::from_params(&ca, &ca_key))?.pem();
    Ok(Made { ca: ca_pem, certificate, key: key.serialize_pem() })
}

/// TLS to a shop. Any certificate will do: a shop under development has one of its own making, and what is sent is
/// signed and holds nothing secret.
pub async fn connect(tcp: TcpStream, host: &str) -> io::Result<TlsStream<TcpStream>> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&VERSIONS)
        .map_err(io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        .with_no_client_auth();
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(bare).map_err(io::Error::other)?;
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await
}

#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
