//! What a key field takes, what it refuses and how it says so (R62 to R71).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{self, der};
use bonuspay::key::{KeyPair, PrivateKey, PublicKey};
use bonuspay::{Error, ErrorKind, Outcome, signature};
use rsa::BigUint;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = text(support::openssl(&["base64"], der));
    format!("-----BEGIN {label}-----\n{base64}-----END {label}-----\n")
}

/// The fingerprint as its documentation says that OpenSSL makes it.
fn fingerprint(public_pem: &str) -> String {
    let der = support::openssl(&["pkey", "-pubin", "-outform", "DER"], public_pem.as_bytes());
    let line = text(support::openssl(&["dgst", "-sha256", "-r"], &der));
    format!("SHA256:{}", line.split(' ').next().unwrap())
}

fn pkcs1(pem: &str) -> String {
    text(support::openssl(&["rsa", "-traditional"], pem.as_bytes()))
}

fn public_pkcs1(pem: &str) -> String {
    text(support::openssl(&["rsa", "-pubin", "-RSAPublicKey_out"], pem.as_bytes()))
}

fn certificate(private: &Path) -> String {
    let args = ["req", "-x509", "-key", support::path(private), "-subj", "/CN=test", "-days", "1"];
    text(support::openssl(&args, b""))
}

/// The states that people and programs leave a PEM text in.
fn pasted(pem: &str) -> Vec<(&'static str, String)> {
    let body = body(pem);
    let lines: Vec<&str> = pem.lines().collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    let label = first.trim_matches('-').trim_start_matches("BEGIN ");
    vec![
        ("as it is", pem.to_owned()),
        ("no last line end", pem.trim_end().to_owned()),
        ("CRLF", pem.replace('\n', "\r\n")),
        ("CR", pem.replace('\n', "\r")),
        ("blanks at line ends", pem.replace('\n', "  \t\n")),
        ("blanks at line starts", lines.iter().map(|line| format!("    {line}\n")).collect()),
        ("empty lines", pem.replace('\n', "\n\n")),
        (
            "text around",
            format!("Bag Attributes\n    friendlyName: Schlüssel\nKey Attributes: <No Attributes>\n{pem}Ende.\n"),
        ),
        ("body on one line", format!("{first}\n{body}\n{last}\n")),
        ("BOM", format!("\u{feff}{pem}")),
        ("BOM and CRLF", format!("\u{feff}{}", pem.replace('\n', "\r\n"))),
        ("one line with blanks", pem.trim_end().replace('\n', " ")),
        ("literal line ends", pem.replace('\n', "\\n")),
        ("literal CRLF", pem.replace('\n', "\\r\\n")),
        ("quoted, literal line ends", format!("\"{}\"", pem.replace('\n', "\\n"))),
        ("a line of a .env file", format!("KEY='{}'\n", pem.replace('\n', "\\n"))),
        ("no line ends at all", pem.replace('\n', "")),
        ("another label", pem.replace(label, "ANYTHING")),
        ("two labels", pem.replace(&format!("END {label}"), "END KEY")),
        ("bare", body.clone()),
        ("bare, in lines", lines[1..lines.len() - 1].join("\n")),
        ("bare, in CRLF lines", format!("\r\n{}\r\n", lines[1..lines.len() - 1].join("\r\n"))),
        ("bare, literal line ends", lines[1..lines.len() - 1].join("\\n")),
        ("bare, BOM", format!("\u{feff} {body} ")),
        ("bare, quoted", format!("'{body}'")),
        ("no-break spaces", pem.replace(' ', "\u{a0}").replace('\n', "\u{a0}\n\u{3000}")),
        ("zero-width spaces", each(pem, 10, "\u{200b}")),
        ("soft hyphens", each(pem, 7, "\u{ad}")),
        ("marks of direction", format!("\u{202a}{}\u{202c}", pem.replace('\n', "\n\u{200e}"))),
        ("line separators", pem.replace('\n', "\u{2028}")),
        ("typographic quotes", format!("“{}”", body)),
        ("code marks", format!("`{body}`")),
        ("a form", percent(pem, false).replace("%20", "+")),
        ("a form, bare", percent(&body, false)),
        ("an address's component", percent(pem, false)),
        ("an address", percent(pem, true)),
        ("plus signs became blanks", pem.replace('+', " ")),
        ("plus signs became blanks, one line", format!("{first}\n{}\n{last}", body.replace('+', " "))),
        ("plus signs became blanks, bare", lines[1..lines.len() - 1].join("\r\n").replace('+', " ")),
        ("a page's source", format!("<pre class=\"key\">{}</pre>", pem.replace('\n', "<br />"))),
        ("entities", pem.replace('+', "&#43;").replace('/', "&#x2F;").replace('=', "&equals;").replace(' ', "&nbsp;")),
        ("JSON", format!("\"{}\"", pem.replace('\n', "\\n").replace('/', "\\/").replace('+', "\\u002b"))),
        ("JSON in JSON", format!("\\\"{}\\\"", pem.replace('\n', "\\\\n").replace('/', "\\\\\\/"))),
        ("a shell's lines", pem.trim_end().replace('\n', "\\\n")),
        ("quoted-printable", each(&pem.replace('=', "=3D"), 61, "=\n")),
        ("quoted-printable, CRLF", each(&pem.replace('=', "=3D").replace('\n', "\r\n"), 61, "=\r\n")),
        ("Base64 of it", support::base64(pem.as_bytes())),
        ("Base64 of it, in lines", text(support::openssl(&["base64"], pem.as_bytes()))),
        ("Base64 of text around", support::base64(format!("Bag Attributes\n{pem}Ende.\n").as_bytes())),
        ("Base64 of the bare key", support::base64(body.as_bytes())),
        ("the other alphabet", body.replace('+', "-").replace('/', "_")),
        ("the other alphabet, no padding", body.replace('+', "-").replace('/', "_").replace('=', "")),
        ("the other alphabet, PEM", format!("{first}\n{}\n{last}", body.replace('+', "-").replace('/', "_"))),
    ]
}

/// `part` after each so many characters of each line.
fn each(text: &str, count: usize, part: &str) -> String {
    let chunks = |line: &str| {
        let characters: Vec<char> = line.chars().collect();
        let is_marker = line.starts_with('-') && part.starts_with('=');
        let chunks = characters.chunks(if is_marker { usize::MAX } else { count });
        chunks.map(String::from_iter).collect::<Vec<_>>().join(part)
    };
    text.split('\n').map(chunks).collect::<Vec<_>>().join("\n")
}

/// As `encodeURIComponent` writes it, or, if `whole`, `encodeURI`.
fn percent(text: &str, whole: bool) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || c == '-' || whole && "+/=".contains(c);
    text.chars().map(|c| if kept(c) { c.to_string() } else { format!("%{:02X}", u32::from(c)) }).collect()
}

/// R67.
#[test]
fn a_private_key_in_every_form() {
    let key = support::key(2048);
    let wanted = fingerprint(&key.public_pem);
    let message = b"in every form";
    let sign = support::sign_with_openssl(&key.private_path, message);
    let pkcs1 = pkcs1(&key.private_pem);
    assert!(pkcs1.starts_with("-----BEGIN RSA PRIVATE KEY-----"));
    for (what, form) in pasted(&key.private_pem).into_iter().chain(pasted(&pkcs1)) {
        let read = PrivateKey::from_text(form.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((read.bits(), read.fingerprint()), (2048, wanted.as_str()), "{what}");
        assert_eq!(read.sign(message).unwrap(), sign, "{what}");
        let pair = KeyPair::from_private_text(form.as_bytes()).unwrap();
        assert_eq!(pair.private_pem(), key.private_pem, "{what}");
    }
    let swapped = [
        key.private_pem.replace("PRIVATE KEY", "RSA PRIVATE KEY"),
        key.private_pem.replace("PRIVATE KEY", "PUBLIC KEY"),
        key.private_pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
        pkcs1.replace("RSA PRIVATE KEY", "PRIVATE KEY"),
    ];
    for form in swapped {
        assert_eq!(PrivateKey::from_text(form.as_bytes()).unwrap().fingerprint(), wanted);
    }
}

/// R67.
#[test]
fn a_public_key_in_every_form() {
    let key = support::key(2048);
    let wanted = fingerprint(&key.public_pem);
    let sign = support::sign_with_openssl(&key.private_path, b"m");
    let forms = [key.public_pem.clone(), public_pkcs1(&key.public_pem), certificate(&key.private_path)];
    for (what, form) in forms.iter().flat_map(|form| pasted(form)) {
        let read = PublicKey::from_text(form.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((read.bits(), read.fingerprint()), (2048, wanted.as_str()), "{what}");
        assert_eq!(read.to_pem().unwrap(), key.public_pem, "{what}");
        assert_eq!(signature::verify(&[read], b"m", sign.as_bytes()).unwrap(), 0, "{what}");
    }
    let no_parameters = {
        let der = key.public_der();
        // SEQUENCE { SEQUENCE { OID, NULL }, BIT STRING }: without its NULL the inner one is two bytes shorter.
        let bit_string = der[4 + 15..].to_vec();
        der::sequence(&[der::element(0x30, &der[4 + 2..4 + 13]), bit_string])
    };
    assert_eq!(PublicKey::from_text(support::base64(&no_parameters).as_bytes()).unwrap().fingerprint(), wanted);
}

/// R67. Characters that nobody sees, anywhere in any form.
#[test]
fn invisible_characters_anywhere() {
    let key = support::key(2048);
    let wanted = fingerprint(&key.public_pem);
    let mut random = support::Random::new(67);
    let forms = pasted(&key.public_pem);
    let invisible = ['\u{200b}', '\u{ad}', '\u{feff}', '\u{2060}', '\u{200d}', '\u{fe0f}', '\u{e0020}'];
    for _ in 0..2_000 {
        let (what, form) = &forms[random.below(forms.len())];
        // What is encoded as a whole has none inside.
        if what.starts_with("Base64 of") || form.contains(['%', '&', '<', '\\']) || form.contains("=3D") {
            continue;
        }
        let mut characters: Vec<char> = form.chars().collect();
        for _ in 0..=random.below(5) {
            characters.insert(random.below(characters.len() + 1), invisible[random.below(invisible.len())]);
        }
        let form: String = characters.into_iter().collect();
        let read = PublicKey::from_text(form.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}: {form:?}"));
        assert_eq!(read.fingerprint(), wanted, "{what}");
    }
}

/// R67. What cannot be decoration is named, with its line; nothing is guessed.
#[test]
fn what_does_not_belong_into_a_key_is_named() {
    let pem = support::key(2048).private_pem.clone();
    let body = body(&pem);
    let lines: Vec<&str> = pem.lines().collect();
    let in_line = |line: usize, part: &[u8]| {
        let mut changed: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        changed[line - 1].splice(30..31, part.iter().copied());
        changed.join(&b"\n"[..])
    };
    for (line, part, named) in [
        (2, "\u{410}".as_bytes(), "(U+0410 in line 2)"),
        (3, "“".as_bytes(), "(U+201C in line 3)"),
        (9, "\u{ff0b}".as_bytes(), "(U+FF0B in line 9)"),
        (5, b"!", "(U+0021 in line 5)"),
        (5, b">", "(U+003E in line 5)"),
        (4, b"\x07", "(U+0007 in line 4)"),
        (4, b"\xa0", "(the byte 0xA0, which is no UTF-8, in line 4)"),
        (6, b"&copy;", "(U+0026 in line 6)"),
    ] {
        let message = refused_as_private(named, &in_line(line, part), named);
        assert!(message.contains("not correct Base64"), "{message}");
    }
    let after = format!("Bag Attributes\r\n\r\n{}", String::from_utf8(in_line(2, "¶".as_bytes())).unwrap());
    refused_as_private("text before", after.as_bytes(), "(U+00B6 in line 4)");
    refused_as_private("bare", format!("\n{}¶{}", &body[..100], &body[101..]).as_bytes(), "(U+00B6 in line 2)");
    refused_as_private(
        "both alphabets",
        format!("{}-_{}", &body[..100], &body[102..]).as_bytes(),
        "(U+002D in line 1)",
    );

    // A form whose blanks at the ends of lines were taken away as well has lost how many there were.
    let mut form: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    form[3].replace_range(10..11, " ");
    form[4].replace_range(63..64, "");
    refused_as_private("a form", form.join("\n").as_bytes(), "blanks of its plus signs");
}

/// PKCS#8 as Windows exports it, with attributes.
#[test]
fn pkcs8_with_attributes() {
    let key = support::key(2048);
    let der = key.private_der();
    let attributes = der::element(0xa0, &[0x30, 13, 0x06, 3, 0x55, 0x1d, 0x0f, 0x31, 6, 0x03, 4, 0, 0x80, 0, 0]);
    let with = der::element(0x30, &[&der[4..], &attributes].concat());
    let pair = KeyPair::from_private_text(support::base64(&with).as_bytes()).unwrap();
    assert_eq!(pair.private_pem(), key.private_pem);
}

/// Both halves of a refusal: what the text is, and what it says to do for the field it stood in.
fn refusals(text: &[u8]) -> [Error; 3] {
    let private = PrivateKey::from_text(text).expect_err("not a private key");
    let pair = KeyPair::from_private_text(text).expect_err("not a private key");
    let public = PublicKey::from_text(text).expect_err("not a public key");
    [private, pair, public]
}

fn refused_in_both(what: &str, text: &[u8], named: &str) {
    for error in refusals(text) {
        check_refusal(what, &error, named);
    }
}

fn refused_as_private(what: &str, text: &[u8], named: &str) -> String {
    let error = PrivateKey::from_text(text).expect_err(what);
    check_refusal(what, &error, named);
    error.message().to_owned()
}

fn refused_as_public(what: &str, text: &[u8], named: &str) -> String {
    let error = PublicKey::from_text(text).expect_err(what);
    check_refusal(what, &error, named);
    error.message().to_owned()
}

fn check_refusal(what: &str, error: &Error, named: &str) {
    let message = error.message();
    assert_eq!(error.kind(), ErrorKind::Key, "{what}: {message}");
    assert_eq!(error.outcome(), Outcome::NotSent, "{what}");
    assert!(message.contains(named), "{what}: {message}");
    assert!(!message.contains("[hidden]") && !message.contains('…'), "{what}: {message}");
}

fn generate(options: &[&str]) -> String {
    text(support::openssl(&[&["genpkey", "-quiet"], options].concat(), b""))
}

fn public_of(private: &str) -> String {
    text(support::openssl(&["pkey", "-pubout"], private.as_bytes()))
}

/// R68.
#[test]
fn keys_of_other_kinds() {
    let ec = generate(&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]);
    let directory = support::TempDir::new();
    for (private, named) in [
        (ec.clone(), "EC (elliptic curve)"),
        (generate(&["-algorithm", "ED25519"]), "Ed25519"),
        (generate(&["-algorithm", "ED448"]), "Ed448"),
        (generate(&["-algorithm", "X25519"]), "X25519"),
        (generate(&["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]), "RSA-PSS"),
    ] {
        let message = refused_as_private(named, private.as_bytes(), named);
        assert!(message.contains("wanted is your RSA private key"), "{message}");
        assert!(message.contains("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"), "{message}");
        refused_in_both(named, private.as_bytes(), named);
        refused_in_both(named, body(&private).as_bytes(), named);
        let public = public_of(&private);
        let message = refused_as_public(named, public.as_bytes(), named);
        assert!(message.contains("merchant portal"), "{message}");
        refused_in_both(named, public.as_bytes(), named);
    }
    let with_parameters = text(support::openssl(&["ecparam", "-name", "prime256v1", "-genkey"], b""));
    assert_eq!(with_parameters.matches("BEGIN").count(), 2);
    refused_in_both("EC with parameters", with_parameters.as_bytes(), "EC (elliptic curve)");
    let sec1 = text(support::openssl(&["ec"], ec.as_bytes()));
    refused_in_both("SEC1", body(&sec1).as_bytes(), "EC (elliptic curve)");

    let path = directory.file("ec.pem", ec.as_bytes());
    refused_as_public("EC certificate", certificate(&path).as_bytes(), "not plain RSA");

    let three = text(support::openssl(&["genrsa", "-primes", "3", "2048"], b""));
    refused_as_private("three primes", three.as_bytes(), "more than two primes");
    refused_as_private("three primes", pkcs1(&three).as_bytes(), "more than two primes");

    let dsa = der::integers(&[&[0], &[7], &[5], &[3], &[2], &[1]]);
    refused_in_both("DSA", support::base64(&dsa).as_bytes(), "DSA");
}

/// R68.
#[test]
fn texts_of_other_kinds() {
    let key = support::key(2048);
    let path = support::path(&key.private_path);

    let message = refused_as_private("public key", key.public_pem.as_bytes(), "this is a public key");
    assert!(message.contains("wanted is your RSA private key"), "{message}");
    refused_as_private("public PKCS#1", public_pkcs1(&key.public_pem).as_bytes(), "this is a public key");
    refused_as_private("bare public key", body(&key.public_pem).as_bytes(), "this is a public key");
    let relabelled = key.public_pem.replace("PUBLIC", "PRIVATE");
    refused_as_private("relabelled public key", relabelled.as_bytes(), "this is a public key");
    for private in [key.private_pem.clone(), pkcs1(&key.private_pem), body(&key.private_pem)] {
        let message = refused_as_public("private key", private.as_bytes(), "this is a private key");
        assert!(message.contains("wanted is BonusPay's RSA public key"), "{message}");
    }
    refused_as_private("certificate", certificate(&key.private_path).as_bytes(), "this is a certificate");

    let request = text(support::openssl(&["req", "-new", "-key", path, "-subj", "/CN=test"], b""));
    refused_in_both("CSR", request.as_bytes(), "certificate request (CSR)");

    let directory = support::TempDir::new();
    let authority = directory.file("certificate.pem", certificate(&key.private_path).as_bytes());
    let authority = support::path(&authority);
    let p12 = ["pkcs12", "-export", "-inkey", path, "-in", authority, "-passout", "pass:x"];
    let p12 = support::base64(&support::openssl(&p12, b""));
    refused_in_both("PKCS#12", p12.as_bytes(), "PKCS#12");
    // What begins like one, with a number and a sequence, is none because of that.
    let ec = der::sequence(&[der::element(0x06, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1])]);
    let rsa = support::openssl(&["rsa", "-traditional", "-in", path, "-outform", "DER"], b"");
    let labelled = |key: Vec<u8>| support::base64(&der::sequence(&[der::integer(&[0]), ec.clone(), key]));
    refused_in_both(
        "RSA named EC",
        labelled(der::element(0x04, &rsa)).as_bytes(),
        "under the name of another algorithm",
    );
    refused_in_both("RSA named EC", labelled(rsa.clone()).as_bytes(), "EC (elliptic curve)");
    refused_in_both("EC", labelled(der::element(0x04, &[1, 2, 3])).as_bytes(), "EC (elliptic curve)");
    let p7 = text(support::openssl(&["crl2pkcs7", "-nocrl", "-certfile", authority], b""));
    refused_in_both("PKCS#7", p7.as_bytes(), "PKCS#7");

    let named = [
        ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@host", "SSH public key"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBx me@host", "SSH public key"),
        ("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= me@host", "SSH public key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3Nz\n---- END SSH2 PUBLIC KEY ----", "SSH public key"),
        ("AAAAB3NzaC1yc2EAAAADAQAB", "SSH public key"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5v\n-----END OPENSSH PRIVATE KEY-----",
            "OpenSSH private key",
        ),
        ("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "PuTTY key"),
        ("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----", "PGP"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQ\n-----END PGP PRIVATE KEY BLOCK-----", "PGP"),
        ("<RSAKeyValue><Modulus>sLsO</Modulus></RSAKeyValue>", ".NET XML key"),
        (r#"{"kty":"RSA","n":"sLsO","e":"AQAB"}"#, "JSON Web Key"),
        ("", "empty"),
        (" \t\r\n", "empty"),
        ("\u{feff}", "empty"),
        ("''", "empty"),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "empty"),
        ("****", "placeholder"),
        ("********************************", "placeholder"),
        ("••••••••", "placeholder"),
        ("-----BEGIN PRIVATE KEY-----\n****\n-----END PRIVATE KEY-----", "placeholder"),
        ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----", "placeholder"),
        ("MIIEvQIBADANBg…", "placeholder"),
        ("YOUR_PRIVATE_KEY", "not a key"),
        ("<your key here>", "not a key"),
        ("xxxxxxxxxxxxxxxx", "not a key"),
        ("none", "not a key"),
        ("200000000888", "not a key"),
        ("—–—BEGIN PRIVATE KEY—–—\nMIIE\n—–—END PRIVATE KEY—–—", "five plain hyphens"),
        ("-----BEGIN PRIVATE KEY\nMIIE", "five plain hyphens"),
    ];
    for (text, what) in named {
        refused_in_both(text, text.as_bytes(), what);
    }
    let utf16: Vec<u8> = key.private_pem.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused_in_both("UTF-16", &utf16, "UTF-16");
    refused_in_both("UTF-16 with BOM", &[&[0xff, 0xfe], &utf16[..]].concat(), "UTF-16");
    refused_in_both("DER", &key.private_der(), "binary data");
    refused_in_both("NUL", &[key.private_pem.as_bytes(), b"\0"].concat(), "binary data");
}

/// R67. The commands in the errors do what they say.
#[test]
fn encrypted_keys() {
    let key = support::key(2048);
    let pem = key.private_pem.as_bytes();
    let pkcs8 = support::openssl(&["pkcs8", "-topk8", "-passout", "pass:secret"], pem);
    let pkcs1 = support::openssl(&["rsa", "-aes256", "-traditional", "-passout", "pass:secret"], pem);
    assert!(text(pkcs1.clone()).contains("Proc-Type: 4,ENCRYPTED"));
    let directory = support::TempDir::new();
    for (encrypted, command) in [(pkcs8, "pkcs8"), (pkcs1, "pkey")] {
        let told = format!("decrypt it with: openssl {command} -in encrypted.pem -out private.pem");
        let message = refused_as_private("encrypted", &encrypted, "this is an encrypted private key");
        assert!(message.ends_with(&told), "{message}");
        refused_as_public("encrypted", &encrypted, "this is an encrypted private key");
        let one_line = text(encrypted.clone()).replace('\n', "\\n");
        refused_as_private("encrypted", one_line.as_bytes(), "this is an encrypted private key");

        let (from, to) = (directory.file("encrypted.pem", &encrypted), directory.path().join("private.pem"));
        let args = [command, "-in", support::path(&from), "-out", support::path(&to), "-passin", "pass:secret"];
        support::openssl(&args, b"");
        let pair = KeyPair::from_private_text(&std::fs::read(to).unwrap()).unwrap();
        assert_eq!(pair.private_pem(), key.private_pem);
    }
}

/// R67: today's readers silently take the first.
#[test]
fn several_keys() {
    let (key, other) = (support::key(2048), support::named_key("other", 2048));
    let private = &key.private_pem;
    let texts = [
        format!("{private}{private}"),
        format!("{private}{}", other.private_pem),
        format!("{private}{}", key.public_pem),
        format!("{}{private}", key.public_pem),
        format!("{private}{}", certificate(&key.private_path)),
        format!("{}{}", key.public_pem, other.public_pem),
        format!("{private}{}", key.public_pem).replace('\n', "\\n"),
        format!("{private}-----BEGIN"),
    ];
    for text in texts {
        refused_in_both("several", text.as_bytes(), "more than one key or certificate");
    }
    let two_bare = format!("{}\n{}", body(&key.public_pem), body(&other.public_pem));
    PublicKey::from_text(two_bare.as_bytes()).unwrap_err();
    let der = [key.public_der(), other.public_der()].concat();
    PublicKey::from_text(support::base64(&der).as_bytes()).unwrap_err();
}

/// R67, R68.
#[test]
fn truncated_and_damaged_texts() {
    let key = support::key(2048);
    for pem in [&key.private_pem, &pkcs1(&key.private_pem)] {
        for at in (60..pem.len() - 1).step_by(101).chain([pem.len() - 2, pem.len() - 4, pem.len() - 30]) {
            refused_as_private("cut", &pem.as_bytes()[..at], "incomplete");
        }
        let body = body(pem);
        for at in [4, 8, 64, 100, body.len() / 2, body.len() - 5, body.len() - 4, body.len() - 1] {
            refused_as_private("bare, cut", &body.as_bytes()[..at], "");
        }
        for from in [1, 2, 4, 64] {
            refused_as_private("bare, beginning cut", &body.as_bytes()[from..], "");
        }
        let lines: Vec<&str> = pem.lines().collect();
        for missing in 1..lines.len() - 1 {
            let rest = [&lines[..missing], &lines[missing + 1..]].concat().join("\n");
            refused_as_private("a line is missing", rest.as_bytes(), "");
        }
    }
    for (from, to) in [("\n-----END", "!\n-----END"), ("\nMII", "\n>MII"), ("\nMII", "\nMII=="), ("MII", "M_-")] {
        let wrong = key.private_pem.replacen(from, to, 1);
        assert_ne!(wrong, key.private_pem);
        refused_as_private("wrong Base64", wrong.as_bytes(), "");
    }
    let longer = [key.private_der(), vec![0]].concat();
    refused_as_private("a byte too many", pem("PRIVATE KEY", &longer).as_bytes(), "damaged");
}

/// R67.
#[test]
fn huge_texts_are_refused_at_once() {
    let blocks = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
    let nested = [0x30, 0x82, 0x7f, 0xff].repeat(8_000);
    let texts = [
        "A".repeat(1_000_000),
        "M".repeat(65_536),
        "A".repeat(65_536),
        blocks.repeat(10_000),
        blocks.repeat(1_000),
        "-----BEGIN".repeat(6_500),
        "-----BEGIN -----".repeat(4_000),
        format!("-----BEGIN A-----{}", "-----EN".repeat(9_000)),
        "-".repeat(65_536),
        "\\n".repeat(32_768),
        support::base64(&nested),
        support::base64(&der::element(0x30, &[0x02, 1, 1].repeat(12_000))),
        "\u{feff}".repeat(20_000),
        format!("{}{}", support::key(2048).private_pem, " ".repeat(65_536)),
    ];
    for text in texts {
        let start = Instant::now();
        let errors = refusals(text.as_bytes());
        // A release takes some milliseconds; what this finds is work that grows with the square of the text.
        assert!(start.elapsed() < Duration::from_secs(5), "{:?} {}", start.elapsed(), errors[0]);
    }
}

/// R65.
#[test]
fn sizes() {
    for bits in [1024, 1536, 2047] {
        let key = support::key(bits);
        let named = format!("key too small ({bits} bits, need 2048)");
        refused_as_private(&named, key.private_pem.as_bytes(), &named);
        refused_as_public(&named, key.public_pem.as_bytes(), &named);
    }
    for bits in [2048, 3072, 4096] {
        let key = support::key(bits);
        let private = PrivateKey::from_text(key.private_pem.as_bytes()).unwrap();
        assert_eq!((private.bits(), private.public_key().bits()), (bits, bits));
        assert_eq!(private.public_key(), &PublicKey::from_text(key.public_pem.as_bytes()).unwrap());
        assert!(support::verify_with_openssl(&key.public_path, b"m", &private.sign(b"m").unwrap()));
    }
    let exponent = [1, 0, 1];
    // No such key is made here, which would take minutes: only its length is looked at.
    let modulus = |bits: usize| [&[0x80][..], &vec![0x5b; bits / 8 - 2], &[1]].concat();
    let public = |bits: usize| support::base64(&der::public_key(&modulus(bits), &exponent));
    assert_eq!(PublicKey::from_text(public(8192).as_bytes()).unwrap().bits(), 8192);
    let start = Instant::now();
    refused_as_public("8200", public(8200).as_bytes(), "key too large (8200 bits, at most 8192");
    refused_as_public("16384", public(16384).as_bytes(), "key too large (16384 bits, at most 8192");
    refused_as_public("200000", public(200_000).as_bytes(), "key too large (200000 bits, at most 8192");
    let n = modulus(8192);
    let private = der::integers(&[&[0], &n, &exponent, &n, &n, &n, &n, &n, &n]);
    refused_as_private("8192", support::base64(&private).as_bytes(), "key too large (8192 bits, at most 4096");
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// R66. OpenSSL takes an exponent of 1, so it is no judge here.
#[test]
fn public_exponents_and_moduli() {
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(&support::key(2048).private_pem).unwrap();
    let n = key.n().to_bytes_be();
    let public = |n: &[u8], e: &[u8]| support::base64(&der::public_key(n, e));
    let read = |e: &[u8]| PublicKey::from_text(public(&n, e).as_bytes());

    for e in [0_u64, 1, 2, 4, 65536] {
        let named = format!("public exponent is {e},");
        refused_as_public(&named, public(&n, &e.to_be_bytes()).as_bytes(), &named);
        let pkcs1 = der::integers(&[&n, &e.to_be_bytes()]);
        refused_as_public(&named, support::base64(&pkcs1).as_bytes(), &named);
    }
    for e in [3_u64, 5, 17, 65535] {
        let warning = read(&e.to_be_bytes()).unwrap().exponent_warning().unwrap();
        assert!(warning.contains(&format!("is {e};")), "{warning}");
    }
    for e in [65537_u64, 65539, (1 << 33) - 1] {
        assert_eq!(read(&e.to_be_bytes()).unwrap().exponent_warning(), None);
    }
    for e in [&(1_u64 << 33 | 1).to_be_bytes()[..], &[0xff; 16], &n] {
        refused_as_public("long exponent", public(&n, e).as_bytes(), "longer than 33 bits");
    }

    let mut even = n.clone();
    *even.last_mut().unwrap() &= 0xfe;
    refused_as_public("even modulus", public(&even, &[1, 0, 1]).as_bytes(), "modulus is even");
    refused_as_public("modulus 1", public(&[1], &[1, 0, 1]).as_bytes(), "key too small (1 bits");
    refused_as_public("modulus 0", public(&[0], &[1, 0, 1]).as_bytes(), "key too small (0 bits");
    let negative = der::sequence(&[der::element(0x02, &n), der::integer(&[1, 0, 1])]);
    refused_as_public("negative modulus", support::base64(&negative).as_bytes(), "damaged");

    let three = generate(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_pubexp:3"]);
    let private = PrivateKey::from_text(three.as_bytes()).unwrap();
    assert!(private.public_key().exponent_warning().is_some());
    let sign = private.sign(b"m").unwrap();
    let public = PublicKey::from_text(public_of(&three).as_bytes()).unwrap();
    assert_eq!(signature::verify(&[public], b"m", sign.as_bytes()).unwrap(), 0);
}

/// R64. Every number of the key, a bit at its beginning, inside and at its end.
#[test]
fn a_changed_bit_anywhere_is_found() {
    let key = support::key(2048);
    let pkcs1 = support::openssl(&["rsa", "-traditional", "-outform", "DER"], key.private_pem.as_bytes());
    let numbers = der::read_integers(&pkcs1);
    assert_eq!(numbers.len(), 9);
    let load = |numbers: &[Vec<u8>]| {
        let numbers: Vec<&[u8]> = numbers.iter().map(Vec::as_slice).collect();
        let der = der::private_key(&der::integers(&numbers));
        PrivateKey::from_text(support::base64(&der).as_bytes())
    };
    load(&numbers).unwrap();
    let mut tried = 0;
    for which in 0..numbers.len() {
        let bits = numbers[which].len() * 8;
        for bit in (0..bits).step_by(61).chain([bits - 1, bits - 2, bits - 8]) {
            let mut changed = numbers.clone();
            changed[which][bit / 8] ^= 0x80 >> (bit % 8);
            let error = load(&changed).expect_err("a changed bit");
            assert_eq!(error.kind(), ErrorKind::Key, "number {which}, bit {bit}");
            tried += 1;
        }
    }
    assert!(tried > 150, "only {tried} bits");

    // Numbers that are each right, in each other's places.
    for (a, b) in [(4, 5), (6, 7), (1, 3), (3, 4)] {
        let mut swapped = numbers.clone();
        swapped.swap(a, b);
        load(&swapped).unwrap_err();
    }
    // The factors swapped together with all that hangs on them but the coefficient.
    let mut swapped = numbers.clone();
    swapped.swap(4, 5);
    swapped.swap(6, 7);
    load(&swapped).unwrap_err();
    // A private exponent that is right and far too long.
    let rsa = rsa::RsaPrivateKey::from_pkcs8_pem(&key.private_pem).unwrap();
    let mut long = numbers;
    let order = (&rsa.primes()[0] - 1_u8) * (&rsa.primes()[1] - 1_u8);
    long[3] = (rsa.d() + order * BigUint::from(16_u8)).to_bytes_be();
    load(&long).unwrap_err();
}

/// The numbers of a key with a factor that is no prime belong together; its signatures are wrong.
#[test]
fn a_factor_that_is_not_prime_is_found() {
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(&support::key(2048).private_pem).unwrap();
    let q = &key.primes()[1];
    let one = BigUint::from(1_u8);
    let e = BigUint::from(65537_u32);
    let mut p = (&one << 1023_usize) | (&one << 1022_usize) | BigUint::from(0x1234_5677_u32);
    let n = loop {
        let n = &p * q;
        if n.bits() == 2048 {
            break n;
        }
        p += 2_u8;
    };
    let order = (&p - &one) * (q - &one);
    let inverse_of_order = power(&(&order % &e), &(&e - 2_u8), &e);
    let d = (&order * ((&e - inverse_of_order) % &e) + &one) / &e;
    assert_eq!((&d * &e) % &order, one);
    // q is prime, so that p's inverse is found by Fermat; the factors' places follow from that.
    let coefficient = power(&(&p % q), &(q - 2_u8), q);
    let (d_q, d_p) = (&d % (q - &one), &d % (&p - &one));
    let numbers: Vec<Vec<u8>> = [&n, &e, &d, q, &p, &d_q, &d_p, &coefficient].map(BigUint::to_bytes_be).into();
    let mut all: Vec<&[u8]> = vec![&[0]];
    all.extend(numbers.iter().map(Vec::as_slice));
    let text = support::base64(&der::integers(&all));
    let consistent = support::run("openssl", &["rsa", "-inform", "DER", "-check", "-noout"], &der::integers(&all));
    assert!(String::from_utf8_lossy(&consistent.stderr).contains("not prime"), "{consistent:?}");
    refused_as_private("not prime", text.as_bytes(), "do not belong together");
}

fn power(base: &BigUint, exponent: &BigUint, modulus: &BigUint) -> BigUint {
    base.modpow(exponent, modulus)
}

/// Keys without the parts that make signing fast, as some stores write them.
#[test]
fn an_incomplete_key_is_completed() {
    let key = support::key(2048);
    let pkcs1 = support::openssl(&["rsa", "-traditional", "-outform", "DER"], key.private_pem.as_bytes());
    let whole = der::read_integers(&pkcs1);
    let without = |missing: &[usize]| {
        let mut numbers = whole.clone();
        for which in missing {
            numbers[*which] = vec![0];
        }
        let numbers: Vec<&[u8]> = numbers.iter().map(Vec::as_slice).collect();
        support::base64(&der::integers(&numbers))
    };
    let message = b"complete";
    let sign = support::sign_with_openssl(&key.private_path, message);
    for missing in [&[4, 5, 6, 7, 8][..], &[6, 7, 8], &[8]] {
        let pair = KeyPair::from_private_text(without(missing).as_bytes()).unwrap();
        assert_eq!(pair.private_key().sign(message).unwrap(), sign);
        support::openssl(&["pkey", "-check", "-noout"], pair.private_pem().as_bytes());
    }
    refused_as_private("no d", without(&[3, 4, 5, 6, 7, 8]).as_bytes(), "do not belong together");
    refused_as_private("one factor", without(&[5, 6, 7, 8]).as_bytes(), "do not belong together");
    refused_as_private("n and d alone", without(&[2, 4, 5, 6, 7, 8]).as_bytes(), "public exponent is 0,");
    let mut wrong = whole.clone();
    wrong[3][100] ^= 1;
    wrong[4..9].fill(vec![0]);
    let wrong: Vec<&[u8]> = wrong.iter().map(Vec::as_slice).collect();
    refused_as_private("wrong d", support::base64(&der::integers(&wrong)).as_bytes(), "do not belong together");
}

/// R69. Neither is any of them opened: the source of the key reader knows no files.
#[test]
fn paths_and_urls() {
    let key = support::key(2048);
    let texts = [
        support::path(&key.private_path),
        "file:///etc/passwd",
        "/etc/passwd",
        "php://filter/read=convert.base64-encode/resource=/etc/passwd",
        "http://example.com/key.pem",
        "https://example.com/key",
        "./private.pem",
        "../keys/private.key",
        "~/.ssh/id_rsa",
        "private.pem",
        "keys/MERCHANT.PEM",
        r"C:\keys\private.pem",
        "C:/keys/private",
        r"\\server\share\key",
        "\"/etc/ssl/private/key\"",
        " /dev/stdin\n",
        "\u{feff}/etc/passwd",
        "\u{a0}/etc/passwd\u{200b}",
        "%2Fetc%2Fpasswd",
    ];
    for text in texts {
        refused_in_both(text, text.as_bytes(), "a path or a URL");
    }
    for (path, source) in sources("src/key") {
        for word in ["std::fs", "fs::", "File::", "std::net", "std::env", "Command"] {
            assert!(!source.contains(word), "{path} has {word}");
        }
    }
}

/// R62.
#[test]
fn the_rsa_crate_never_makes_a_private_key_operation() {
    let sources = sources("src");
    assert!(sources.len() > 10);
    let forbidden = [
        "pkcs1v15",
        "Pkcs1v15",
        "rsa::pss",
        "rsa::Pss",
        "rsa::oaep",
        "rsa::Oaep",
        "rsa::hazmat",
        "rsa::signature",
        "RandomizedSigner",
        "SigningKey",
        "DecryptingKey",
        "PaddingScheme",
        "SignatureScheme",
        "sign_with_rng",
        "decrypt",
    ];
    for (path, source) in &sources {
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let told = line.contains("decrypt it with");
            for word in forbidden {
                assert!(told || !line.contains(word), "{path}: {line}");
            }
        }
        let uses_rsa = source.contains("rsa::RsaPrivateKey") || source.contains("RsaPrivateKey::");
        let may = path.ends_with("key/pair.rs") || path.ends_with("key/private.rs");
        assert!(!uses_rsa || may, "{path}");
    }
}

fn sources(directory: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn the_pair_of_a_key_is_what_openssl_writes() {
    let key = support::key(3072);
    let pair = KeyPair::from_private_text(key.private_pem.as_bytes()).unwrap();
    assert_eq!(pair.private_pem(), text(support::openssl(&["pkey"], key.private_pem.as_bytes())));
    assert_eq!(pair.public_pem(), key.public_pem);
    assert_eq!(pair.fingerprint(), fingerprint(&key.public_pem));
    assert!(pair.fingerprint().starts_with(pair.private_key().public_key().short_fingerprint()));
    assert_eq!(pair.private_key().public_key().short_fingerprint().len(), "SHA256:".len() + 16);
}

#[test]
fn a_made_pair_is_good_to_openssl() {
    let pair = KeyPair::generate(2048).unwrap();
    support::openssl(&["pkey", "-check", "-noout"], pair.private_pem().as_bytes());
    assert_eq!(public_of(pair.private_pem()), pair.public_pem());
    let text = text(support::openssl(&["pkey", "-text", "-noout"], pair.private_pem().as_bytes()));
    assert!(text.contains("2048 bit, 2 primes") && text.contains("publicExponent: 65537"), "{text}");
    let directory = support::TempDir::new();
    let public = directory.file("public.pem", pair.public_pem().as_bytes());
    assert!(support::verify_with_openssl(&public, b"m", &pair.private_key().sign(b"m").unwrap()));
    assert_ne!(pair.fingerprint(), KeyPair::generate(2048).unwrap().fingerprint());

    for bits in [0, 1, 1024, 2047, 2049, 8192, u32::MAX] {
        let error = KeyPair::generate(bits).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.message().contains("choose 2048, 3072 or 4096"));
    }
}

/// R71. No 16 characters of a secret in anything that can be printed.
#[test]
fn nothing_printable_shows_a_secret() {
    let key = support::key(2048);
    let secret = body(&key.private_pem);
    let private = PrivateKey::from_text(key.private_pem.as_bytes()).unwrap();
    let public = PublicKey::from_text(key.public_pem.as_bytes()).unwrap();
    let pair = KeyPair::from_private_text(key.private_pem.as_bytes()).unwrap();
    let fingerprint = pair.fingerprint();
    let shown = |name: &str| format!("{name} {{ bits: 2048, fingerprint: \"{fingerprint}\" }}");
    assert_eq!(format!("{private:?}"), shown("PrivateKey"));
    assert_eq!(format!("{public:?}"), shown("PublicKey"));
    assert_eq!(format!("{pair:?}"), shown("KeyPair"));

    let mut random = support::Random::new(71);
    let mut printed = Vec::new();
    for _ in 0..300 {
        let mut text = key.private_pem.clone().into_bytes();
        for _ in 0..=random.below(3) {
            let at = random.below(text.len());
            match random.below(4) {
                0 => text[at] = random.next() as u8,
                1 => text.truncate(at.max(1)),
                2 => drop(text.remove(at)),
                _ => text.insert(at, b"A=-\n\\*:\0"[random.below(8)]),
            }
        }
        let errors = [PrivateKey::from_text(&text).err(), PublicKey::from_text(&text).err()];
        printed.extend(errors.into_iter().flatten().flat_map(|error| [format!("{error}"), format!("{error:?}")]));
    }
    assert!(printed.len() > 900, "{}", printed.len());
    for text in &printed {
        for piece in secret.as_bytes().windows(16) {
            assert!(!text.contains(std::str::from_utf8(piece).unwrap()), "{text}");
        }
    }
}

#[test]
fn keys_are_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let key = PrivateKey::from_text(support::key(2048).private_pem.as_bytes()).unwrap();
    shared(&key);
    shared(key.public_key());
    let sign = key.sign(b"m").unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let key = key.clone();
            std::thread::spawn(move || (0..25).map(|_| key.sign(b"m").unwrap()).collect::<Vec<_>>())
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap().iter().all(|other| *other == sign));
    }
}
