use std::fmt;

use crate::error::{Error, ErrorKind};

/// Which half of a key pair a setting wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Private,
    Public,
}

/// What a text turned out to be when it is not a usable key, in fixed words: nothing of the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusable {
    what: &'static str,
    pub(super) stray: Option<Stray>,
    for_private: &'static str,
    for_public: &'static str,
}

/// What does not belong into a key, and in which line of the text it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stray {
    Character(char, usize),
    /// Of no UTF-8.
    Byte(u8, usize),
}

impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character, line) => write!(f, "U+{:04X} in line {line}", u32::from(*character)),
            Self::Byte(byte, line) => write!(f, "the byte 0x{byte:02X}, which is no UTF-8, in line {line}"),
        }
    }
}

const PRIVATE: &str = "wanted is your RSA private key, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----";
const PUBLIC: &str = "wanted is BonusPay's RSA public key, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----";
const NEW_PRIVATE: &str =
    "make one with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem";
const PORTAL: &str = "copy it from the BonusPay merchant portal";
const COPY_AGAIN: &str = "copy the whole text again from its source";

impl Unusable {
    pub(super) fn error(self, wanted: Wanted) -> Error {
        let (wanted, how) = match wanted {
            Wanted::Private => (PRIVATE, self.for_private),
            Wanted::Public => (PUBLIC, self.for_public),
        };
        let stray = self.stray.map(|stray| format!(" ({stray})")).unwrap_or_default();
        Error::local(ErrorKind::Key, format!("{}{stray}; {wanted}; {how}", self.what))
    }

    pub(super) const fn with(self, stray: Stray) -> Self {
        Self { stray: Some(stray), ..self }
    }
}

const fn other_algorithm(what: &'static str) -> Unusable {
    Unusable { what, stray: None, for_private: NEW_PRIVATE, for_public: PORTAL }
}

const fn unreadable(what: &'static str) -> Unusable {
    Unusable { what, stray: None, for_private: COPY_AGAIN, for_public: COPY_AGAIN }
}

pub(super) const EC: Unusable = other_algorithm("this is an EC (elliptic curve) key");
pub(super) const ED25519: Unusable = other_algorithm("this is an Ed25519 key");
pub(super) const ED448: Unusable = other_algorithm("this is an Ed448 key");
pub(super) const X25519: Unusable = other_algorithm("this is an X25519 key");
pub(super) const X448: Unusable = other_algorithm("this is an X448 key");
pub(super) const DSA: Unusable = other_algorithm("this is a DSA key");
pub(super) const RSA_PSS: Unusable =
    other_algorithm("this is an RSA-PSS key, which may not make BonusPay's signatures (RSA PKCS#1 v1.5)");
pub(super) const RSA_OAEP: Unusable = other_algorithm("this is an RSA-OAEP key, which is for encryption only");
pub(super) const OTHER_ALGORITHM: Unusable = other_algorithm("this is a key of another algorithm than RSA");
pub(super) const MULTI_PRIME: Unusable = other_algorithm("this is an RSA key of more than two primes");
pub(super) const MISLABELLED: Unusable =
    other_algorithm("this is an RSA key under the name of another algorithm, so the program that wrote it is at fault");
pub(super) const PGP: Unusable = other_algorithm("this is a PGP key or message");
pub(super) const JWK: Unusable = other_algorithm("this is a JSON Web Key");
pub(super) const XML: Unusable = other_algorithm("this is a .NET XML key");

pub(super) const ENCRYPTED_PKCS8: Unusable = Unusable {
    what: "this is an encrypted private key (PKCS#8)",
    stray: None,
    for_private: "decrypt it with: openssl pkcs8 -in encrypted.pem -out private.pem",
    for_public: PORTAL,
};
pub(super) const ENCRYPTED_PKCS1: Unusable = Unusable {
    what: "this is an encrypted private key (PKCS#1 with Proc-Type)",
    stray: None,
    for_private: "decrypt it with: openssl pkey -in encrypted.pem -out private.pem",
    for_public: PORTAL,
};
pub(super) const PUBLIC_KEY: Unusable = Unusable {
    what: "this is a public key",
    stray: None,
    for_private: "it stands in the file that the public key was made from",
    for_public: PORTAL,
};
pub(super) const PRIVATE_KEY: Unusable = Unusable {
    what: "this is a private key",
    stray: None,
    for_private: NEW_PRIVATE,
    for_public: "copy it from the BonusPay merchant portal, and never show a private key to anybody",
};
pub(super) const CERTIFICATE: Unusable = Unusable {
    what: "this is a certificate, which holds only a public key",
    stray: None,
    for_private: "it stands in the key file that the certificate was made with",
    for_public: PORTAL,
};
pub(super) const CERTIFICATE_NOT_RSA: Unusable = Unusable {
    what: "this is a certificate of a key that is not plain RSA",
    stray: None,
    for_private: "it stands in the key file that the certificate was made with",
    for_public: PORTAL,
};
pub(super) const CSR: Unusable = Unusable {
    what: "this is a certificate request (CSR)",
    stray: None,
    for_private: "it stands in the key file that the request was made with",
    for_public: PORTAL,
};
pub(super) const PKCS7: Unusable = Unusable {
    what: "this is a PKCS#7 bundle of certificates",
    stray: None,
    for_private: "it stands in the key file that the certificates were made with",
    for_public: PORTAL,
};
pub(super) const PKCS12: Unusable = Unusable {
    what: "this is a PKCS#12 file (.p12, .pfx)",
    stray: None,
    for_private: "take it out with: openssl pkcs12 -in file.p12 -nocerts -nodes -out private.pem",
    for_public: PORTAL,
};
pub(super) const SSH_PUBLIC: Unusable = Unusable {
    what: "this is an SSH public key",
    stray: None,
    for_private: NEW_PRIVATE,
    for_public: "an RSA one is converted with: ssh-keygen -e -m PKCS8 -f key.pub",
};
pub(super) const OPENSSH_PRIVATE: Unusable = Unusable {
    what: "this is an OpenSSH private key",
    stray: None,
    for_private: "an RSA one is converted, in a copy of the file, with: ssh-keygen -p -N '' -m PKCS8 -f copy-of-key",
    for_public: PORTAL,
};
pub(super) const PUTTY: Unusable = Unusable {
    what: "this is a PuTTY key",
    stray: None,
    for_private: "an RSA one is converted with: puttygen key.ppk -O private-openssh -o private.pem",
    for_public: PORTAL,
};

pub(super) const EMPTY: Unusable =
    Unusable { what: "the text is empty", stray: None, for_private: NEW_PRIVATE, for_public: PORTAL };
pub(super) const TOO_LONG: Unusable = unreadable("the text is longer than 64 KiB, which no key is");
pub(super) const BINARY: Unusable = Unusable {
    what: "this is binary data or UTF-16 text, not PEM text",
    stray: None,
    for_private: "save the text as UTF-8, or convert a binary key with: \
                  openssl pkey -inform DER -in key.der -out private.pem",
    for_public: "save the text as UTF-8, or convert a binary key with: \
                 openssl pkey -pubin -inform DER -in key.der -out public.pem",
};
pub(super) const PLACEHOLDER: Unusable = unreadable("this is a placeholder (*** or ...), not a key");
pub(super) const PATH_OR_URL: Unusable = Unusable {
    what: "this is a path or a URL, not a key; it was not opened",
    stray: None,
    for_private: "paste the file's text itself",
    for_public: "paste the file's text itself",
};
pub(super) const SEVERAL: Unusable = Unusable {
    what: "the text holds more than one key or certificate, and which one is meant is not clear",
    stray: None,
    for_private: "paste that block alone",
    for_public: "paste that block alone",
};
pub(super) const MARKERS: Unusable =
    unreadable("the BEGIN or END line is damaged: it needs five plain hyphens on each side");
pub(super) const TRUNCATED: Unusable = unreadable("the key is incomplete: its end is missing");
pub(super) const BAD_BASE64: Unusable = unreadable("the key is damaged: its text is not correct Base64");
pub(super) const FORM: Unusable = Unusable {
    what: "the key went through a form or an address that made blanks of its plus signs",
    stray: None,
    for_private: "paste the file's own text",
    for_public: PORTAL,
};
pub(super) const DAMAGED: Unusable = unreadable("the key is damaged: its content is not a well-formed key");
pub(super) const INCONSISTENT: Unusable = unreadable("the key is damaged: its numbers do not belong together");
pub(super) const NOT_A_KEY: Unusable = unreadable("this is not a key");
