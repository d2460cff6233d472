//! RSA keys: PEM files under the data folder, signatures over raw bytes (PKCS#1 v1.5, SHA-256, Base64).
//!
//! The `rsa` crate signs without blinding. That is fit for a sandbox on loopback and for nothing else.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand_core::OsRng;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer, Verifier};
use rsa::{RsaPrivateKey, RsaPublicKey};

const BITS: usize = 2048;

/// A key pair as two PEM files, made on the first start.
pub struct KeyFiles {
    /// PKCS#8, for its owner's eyes only.
    pub private: PathBuf,
    /// SubjectPublicKeyInfo.
    pub public: PathBuf,
    key: RsaPrivateKey,
    public_pem: String,
}

impl KeyFiles {
    /// Reads `NAME_private.pem` under `folder`, or makes it, and writes `NAME_public.pem` beside it.
    pub fn open(folder: &Path, name: &str) -> Result<Self, String> {
        let private = folder.join(format!("{name}_private.pem"));
        let public = folder.join(format!("{name}_public.pem"));
        let problem = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let key = if private.exists() {
            let pem = fs::read_to_string(&private).map_err(|error| problem(&private, &error))?;
            RsaPrivateKey::from_pkcs8_pem(&pem).map_err(|error| problem(&private, &error))?
        } else {
            let key = RsaPrivateKey::new(&mut OsRng, BITS).map_err(|error| problem(&private, &error))?;
            let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| problem(&private, &error))?;
            write_file(&private, pem.as_bytes(), 0o600).map_err(|error| problem(&private, &error))?;
            key
        };
        let public_pem = key.to_public_key().to_public_key_pem(LineEnding::LF);
        let public_pem = public_pem.map_err(|error| problem(&public, &error))?;
        write_file(&public, public_pem.as_bytes(), 0o644).map_err(|error| problem(&public, &error))?;
        Ok(Self { private, public, key, public_pem })
    }

    /// The public half as PEM.
    pub fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// The signer of this key.
    pub fn signer(&self) -> GatewayKey {
        GatewayKey(SigningKey::new(self.key.clone()))
    }
}

/// Writes a whole file or none: a kill in between leaves no half of it.
pub fn write_file(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let draft = path.with_extension("draft");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

/// What the gateway signs with.
pub struct GatewayKey(SigningKey<Sha256>);

impl GatewayKey {
    /// Of a private key in PEM (PKCS#8, or PKCS#1); a simulation keeps no files.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_pem(pem: &str) -> Result<Self, String> {
        let key = RsaPrivateKey::from_pkcs8_pem(pem).or_else(|_| RsaPrivateKey::from_pkcs1_pem(pem));
        let key = key.map_err(|_| "not an RSA private key in PEM without a passphrase")?;
        Ok(Self(SigningKey::new(key)))
    }

    /// The Base64 signature over these very bytes.
    pub fn sign(&self, bytes: &[u8]) -> String {
        let signature = self.0.try_sign(bytes).map(|signature| signature.to_vec());
        // An RSA key of 2048 bits can sign any hash.
        STANDARD.encode(signature.unwrap_or_default())
    }
}

/// Reads a merchant's public key, or says what is wrong with it.
pub fn check_public_key(pem: &str) -> Result<(), String> {
    RsaPublicKey::from_public_key_pem(pem.trim()).map(drop).map_err(|error| format!("not an RSA public key: {error}"))
}

/// Whether `sign` is the signature of these very bytes under that key; if not, why.
pub fn verify(public_pem: &str, bytes: &[u8], sign: &str) -> Result<(), String> {
    let key = RsaPublicKey::from_public_key_pem(public_pem.trim()).map_err(|error| error.to_string())?;
    let signature = STANDARD.decode(sign).map_err(|_| "sign: not Base64")?;
    let signature = Signature::try_from(signature.as_slice()).map_err(|_| "sign: not a signature")?;
    let verified = VerifyingKey::<Sha256>::new(key).verify(bytes, &signature);
    verified.map_err(|_| "sign: does not verify over the body under the merchant's public key".into())
}
