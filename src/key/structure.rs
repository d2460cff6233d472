use rsa::pkcs8::ObjectIdentifier;
use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, ErrorKind, Reader, SliceReader, Tag, TagNumber, Tagged};

use super::unusable::{self, Unusable};

/// What DER holds, told by its structure alone. All slices point into the caller's buffer.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// A two-prime `RSAPrivateKey` (RFC 8017, A.1.2).
    RsaPrivate(&'a [u8]),
    /// An `RSAPublicKey` (RFC 8017, A.1.1).
    RsaPublic(&'a [u8]),
    /// The `RSAPublicKey` of an X.509 certificate.
    RsaCertificate(&'a [u8]),
    Unusable(Unusable),
}

use Content::{RsaCertificate, RsaPrivate, RsaPublic};

/// `pkcs-7`, the arc of what a PKCS#12 file holds.
const PKCS7: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// No certificate or key has more elements at one level.
const ELEMENTS_MAX: usize = 16;

const OTHER_ALGORITHMS: [(ObjectIdentifier, Unusable); 8] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.7"), unusable::RSA_OAEP),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10"), unusable::RSA_PSS),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.2.1"), unusable::EC),
    (ObjectIdentifier::new_unwrap("1.2.840.10040.4.1"), unusable::DSA),
    (ObjectIdentifier::new_unwrap("1.3.101.110"), unusable::X25519),
    (ObjectIdentifier::new_unwrap("1.3.101.111"), unusable::X448),
    (ObjectIdentifier::new_unwrap("1.3.101.112"), unusable::ED25519),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), unusable::ED448),
];

pub(super) fn content(der: &[u8]) -> Content<'_> {
    read(der).unwrap_or_else(Content::Unusable)
}

fn read(der: &[u8]) -> Result<Content<'_>, Unusable> {
    if der.starts_with(b"openssh-key-v1\0") {
        return Err(unusable::OPENSSH_PRIVATE);
    }
    if der.starts_with(b"\0\0\0\x07ssh-") || der.starts_with(b"\0\0\0\x0bssh-") || der.starts_with(b"\0\0\0\x13ecdsa-")
    {
        return Err(unusable::SSH_PUBLIC);
    }
    if der.first() != Some(&0x30) {
        return Err(unusable::NOT_A_KEY);
    }
    let whole = AnyRef::from_der(der).map_err(|error| match error.kind() {
        ErrorKind::Incomplete { .. } => unusable::TRUNCATED,
        _ => unusable::DAMAGED,
    })?;
    let elements = elements(whole)?;
    let tags: Vec<Tag> = elements.iter().map(Tagged::tag).collect();
    match (tags.as_slice(), elements.as_slice()) {
        ([Tag::Integer, Tag::Integer], _) => Ok(RsaPublic(der)),
        ([Tag::Sequence, Tag::BitString], [algorithm, key]) => public_key_info(*algorithm, *key),
        ([Tag::Sequence, Tag::OctetString], _) => Err(unusable::ENCRYPTED_PKCS8),
        ([Tag::Sequence, Tag::Sequence, Tag::BitString], [signed, ..]) => certificate(*signed),
        ([Tag::Integer, Tag::Sequence, Tag::OctetString, ..], [_, algorithm, key, ..]) => {
            private_key_info(*algorithm, *key)
        }
        ([Tag::Integer, Tag::OctetString, ..], _) => Err(unusable::EC),
        ([Tag::Integer, Tag::Sequence, ..], [_, content, ..]) if is_pkcs7(*content) => Err(unusable::PKCS12),
        ([Tag::Integer, Tag::Sequence, ..], [_, algorithm, ..]) => {
            check_algorithm(*algorithm).and(Err(unusable::DAMAGED))
        }
        ([Tag::ObjectIdentifier, ..], _) => Err(unusable::PKCS7),
        (tags, _) if tags.len() == 6 && all_integers(tags) => Err(unusable::DSA),
        _ => rsa_private(der),
    }
}

/// PKCS#8 (RFC 5208).
fn private_key_info<'a>(algorithm: AnyRef<'a>, key: AnyRef<'a>) -> Result<Content<'a>, Unusable> {
    match (check_algorithm(algorithm), rsa_private(key.value())) {
        (Ok(()), content) => content,
        // An RSA key whose use is restricted has its numbers like any other.
        (Err(restricted @ (unusable::RSA_PSS | unusable::RSA_OAEP)), _) => Err(restricted),
        (Err(_), Ok(_)) => Err(unusable::MISLABELLED),
        (Err(other), Err(_)) => Err(other),
    }
}

/// A `ContentInfo` (RFC 2315).
fn is_pkcs7(content: AnyRef<'_>) -> bool {
    let kind = elements(content).ok().and_then(|elements| ObjectIdentifier::try_from(*elements.first()?).ok());
    kind.and_then(|kind| kind.parent()) == Some(PKCS7)
}

fn rsa_private(der: &[u8]) -> Result<Content<'_>, Unusable> {
    let elements = elements(AnyRef::from_der(der).map_err(|_| unusable::DAMAGED)?)?;
    let tags: Vec<Tag> = elements.iter().map(Tagged::tag).collect();
    match tags.split_at_checked(9) {
        Some((integers, [])) if all_integers(integers) => Ok(RsaPrivate(der)),
        Some((integers, [Tag::Sequence])) if all_integers(integers) => Err(unusable::MULTI_PRIME),
        _ => Err(unusable::DAMAGED),
    }
}

fn public_key_info<'a>(algorithm: AnyRef<'a>, key: AnyRef<'a>) -> Result<Content<'a>, Unusable> {
    check_algorithm(algorithm)?;
    match key.value().split_first() {
        Some((0, key)) => Ok(RsaPublic(key)),
        _ => Err(unusable::DAMAGED),
    }
}

/// The key of a certificate (RFC 5280, 4.1), or of a request (RFC 2986), which has far fewer elements.
fn certificate(signed: AnyRef<'_>) -> Result<Content<'_>, Unusable> {
    const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };
    let signed = elements(signed)?;
    let fields = match signed.split_first() {
        Some((version, rest)) if version.tag() == VERSION => rest,
        _ => signed.as_slice(),
    };
    match fields {
        [_serial, _algorithm, _issuer, _validity, _subject, key, ..] => match elements(*key)?.as_slice() {
            [algorithm, key] => match public_key_info(*algorithm, *key) {
                Ok(RsaPublic(key)) => Ok(RsaCertificate(key)),
                _ => Err(unusable::CERTIFICATE_NOT_RSA),
            },
            _ => Err(unusable::DAMAGED),
        },
        [_version, _subject, _key, ..] => Err(unusable::CSR),
        _ => Err(unusable::DAMAGED),
    }
}

fn check_algorithm(algorithm: AnyRef<'_>) -> Result<(), Unusable> {
    let elements = elements(algorithm)?;
    let (oid, parameters) = elements.split_first().ok_or(unusable::DAMAGED)?;
    let oid = ObjectIdentifier::try_from(*oid).map_err(|_| unusable::DAMAGED)?;
    if oid != RSA_ENCRYPTION {
        let known = OTHER_ALGORITHMS.iter().find(|(other, _)| *other == oid);
        return Err(known.map_or(unusable::OTHER_ALGORITHM, |(_, name)| *name));
    }
    match parameters {
        [] => Ok(()),
        [null] if null.is_null() => Ok(()),
        _ => Err(unusable::DAMAGED),
    }
}

fn all_integers(tags: &[Tag]) -> bool {
    tags.iter().all(|tag| *tag == Tag::Integer)
}

fn elements(sequence: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>, Unusable> {
    if sequence.tag() != Tag::Sequence {
        return Err(unusable::DAMAGED);
    }
    let mut elements = Vec::new();
    let mut reader = SliceReader::new(sequence.value()).map_err(|_| unusable::DAMAGED)?;
    while !reader.is_finished() && elements.len() < ELEMENTS_MAX {
        elements.push(AnyRef::decode(&mut reader).map_err(|_| unusable::DAMAGED)?);
    }
    Ok(elements)
}
