//! TLS 1.2 and 1.3 by rustls over aws-lc-rs. Nothing here can switch a check off.

use super::connection::Timed;
use crate::error::{Error, ErrorKind};
use crate::key;
use crate::system::os;
use rustls::client::Resumption;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{AlertDescription, CertificateError, ClientConfig, ClientConnection, RootCertStore};
use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

const CA_PEM_MAX: usize = 1024 * 1024;
const SESSIONS_MAX: usize = 8;

/// Refuses a bundle that holds no certificate, or anything that cannot be read.
pub(crate) fn check_ca_pem(pem: &[u8]) -> Result<(), Error> {
    add_roots(&mut RootCertStore::empty(), pem)
}

pub(super) fn config(ca_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>, Error> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = ca_pem {
        add_roots(&mut roots, pem)?;
    }
    // The provider is named, so that one which the host installed for the whole process changes nothing.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|_| Error::local(ErrorKind::Internal, "TLS could not be set up"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = Resumption::in_memory_sessions(SESSIONS_MAX);
    Ok(Arc::new(config))
}

fn add_roots(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), Error> {
    let refused = |what: &str| {
        Error::local(
            ErrorKind::InvalidArgument,
            format!("the bundle of certificates {what}; give PEM blocks that begin with BEGIN CERTIFICATE"),
        )
        .with_field("ca_pem")
    };
    if pem.len() > CA_PEM_MAX {
        return Err(refused("is longer than 1 MiB"));
    }
    let certificates = key::certificates(pem).map_err(|stray| match stray {
        Some(stray) => refused(&format!("is not well-formed PEM ({stray})")),
        None => refused("is not well-formed PEM"),
    })?;
    if certificates.is_empty() {
        return Err(refused("holds no certificate"));
    }
    for der in &certificates {
        let certificate = CertificateDer::from_slice(der);
        roots.add(certificate).map_err(|_| refused("holds a certificate that cannot be read"))?;
    }
    Ok(())
}

/// Why a handshake failed.
pub(super) enum Unsecured {
    Timeout,
    Refused(String),
}

/// Runs the whole handshake, so that everything after it happens to a connection that is proven.
pub(super) fn handshake(
    config: &Arc<ClientConfig>,
    host: &str,
    socket: &TcpStream,
    deadline: Instant,
) -> Result<ClientConnection, Unsecured> {
    if !os::gives_random_numbers() {
        return Err(Unsecured::Refused(os::NO_RANDOM_NUMBERS.to_owned()));
    }
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| Unsecured::Refused("this host name cannot be in a certificate".to_owned()))?;
    let mut tls =
        ClientConnection::new(Arc::clone(config), name).map_err(|error| Unsecured::Refused(reason(&error)))?;
    let mut timed = Timed { socket, deadline };
    loop {
        while tls.wants_write() {
            tls.write_tls(&mut timed).map_err(|error| broken(&error))?;
        }
        if !tls.is_handshaking() {
            return Ok(tls);
        }
        match tls.read_tls(&mut timed) {
            Ok(0) => {
                return Err(Unsecured::Refused("the other side closed the connection during the handshake".into()));
            }
            Ok(_) => {}
            Err(error) => return Err(broken(&error)),
        }
        if let Err(error) = tls.process_new_packets() {
            // Tells the other side why; whether it hears that does not matter.
            let _ = tls.write_tls(&mut timed);
            return Err(Unsecured::Refused(reason(&error)));
        }
    }
}

fn broken(error: &io::Error) -> Unsecured {
    if error.kind() == io::ErrorKind::TimedOut {
        Unsecured::Timeout
    } else {
        Unsecured::Refused("the connection broke during the handshake".to_owned())
    }
}

fn reason(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(certificate) => certificate_reason(certificate).to_owned(),
        rustls::Error::NoCertificatesPresented => "the server showed no certificate".to_owned(),
        rustls::Error::InvalidMessage(_) => {
            "what answers there does not speak TLS; check the port and the scheme".to_owned()
        }
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) => {
            "the server knows neither TLS 1.2 nor 1.3".to_owned()
        }
        rustls::Error::AlertReceived(alert) => format!("the server refused the handshake ({alert:?})"),
        rustls::Error::PeerIncompatible(_) => {
            "the server knows neither TLS 1.2 nor 1.3 with a cipher that is still safe".to_owned()
        }
        _ => "the handshake broke the rules of TLS".to_owned(),
    }
}

fn certificate_reason(error: &CertificateError) -> &'static str {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the server's certificate has expired (or this machine's clock is wrong)"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the server's certificate is not valid yet (or this machine's clock is wrong)"
        }
        CertificateError::UnknownIssuer => {
            "the server's certificate is from an unknown authority; if it is one of your own, set ca_pem"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the server's certificate is for another host name"
        }
        CertificateError::Revoked => "the server's certificate was revoked",
        // Of the certificate, by its authority, or of the handshake, by the certificate's key.
        CertificateError::BadSignature => {
            "the server's certificate was not signed by the authority that it names, or one of the keys is an RSA key \
             shorter than 2048 bits"
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "the server's certificate is not meant for servers"
        }
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "the server's certificate is signed in a way that is too weak or unknown"
        }
        CertificateError::BadEncoding => "the server's certificate is malformed",
        _ => "the server's certificate is not acceptable (self-signed, or not made for servers)",
    }
}
