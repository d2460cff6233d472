//! Settings: what they may be, what they are by default, and which of them contradict each other.
//!
//! A [`Config`] is complete: what can be found wrong without asking the gateway is an error of a setter or of
//! [`ConfigBuilder::build`], with the setting's name in [`Error::field`].

use crate::error::{Error, ErrorKind};
use crate::key::{PrivateKey, PublicKey};
use crate::money::Scales;
use crate::transport::{self, LONGEST_TIMEOUT, TransportSettings};
use crate::url::PlainUrl;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How many keys of the gateway a configuration holds (R13): the old and the new one while keys are rotated.
pub const PUBLIC_KEYS_MAX: usize = 5;
/// The shortest time limit that can be set.
pub const SHORTEST_TIMEOUT: Duration = Duration::from_millis(1);

const BASE_URL_MAX: usize = 255;
const PARTNER_ID_MAX: usize = 32;
const USER_AGENT_MAX: usize = 200;
/// `Content-Language` is String(10) (spec 1.2).
const LANGUAGE_MAX: usize = 10;
const CURRENCY_MAX: usize = 20;
const SCALE_MAX: u32 = 18;

/// Which BonusPay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Environment {
    /// Test coins.
    Sandbox = 1,
    /// Real money.
    Production = 2,
}

impl Environment {
    /// The base URL unless another one is set: https for both (spec 1.1, 6.1).
    pub fn default_base_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://api.testbonuspay.network/sgs/api/",
            Self::Production => "https://api.bonuspay.network/sgs/api/",
        }
    }

    /// The domain that the environment's hosts are within.
    pub(crate) fn domain(self) -> &'static str {
        match self {
            Self::Sandbox => "testbonuspay.network",
            Self::Production => "bonuspay.network",
        }
    }

    /// Whose rules a host brings along when no environment is set. A host that is not known to be a sandbox may move
    /// real money, so it gets the rules of production.
    fn of_host(url: &PlainUrl<'_>) -> Self {
        if url.is_loopback() || url.is_within(Self::Sandbox.domain()) { Self::Sandbox } else { Self::Production }
    }
}

/// A complete configuration. Cheap to clone.
#[derive(Clone)]
pub struct Config(Arc<Settings>);

struct Settings {
    environment: Environment,
    base_url: String,
    own_host: bool,
    partner_id: Option<String>,
    private_key: Option<PrivateKey>,
    public_keys: Vec<PublicKey>,
    scales: Scales,
    transport: TransportSettings,
}

/// Collects settings, in any order. A setter that fails changes nothing.
#[derive(Clone, Default)]
pub struct ConfigBuilder {
    environment: Option<Environment>,
    base_url: Option<String>,
    partner_id: Option<String>,
    private_key: Option<PrivateKey>,
    public_keys: Vec<PublicKey>,
    scales: Scales,
    transport: TransportSettings,
}

impl Config {
    /// A builder without any setting.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// The environment whose rules hold.
    pub fn environment(&self) -> Environment {
        self.0.environment
    }

    /// What endpoints' paths are appended to; ends in `/`.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The merchant's id.
    pub fn partner_id(&self) -> Option<&str> {
        self.0.partner_id.as_deref()
    }

    /// The time limit of building a connection: name, TCP, proxy and TLS together. 5 s by default.
    pub fn connect_timeout(&self) -> Duration {
        self.0.transport.connect_timeout
    }

    /// The time limit of a whole call, retries included. 15 s by default.
    pub fn total_timeout(&self) -> Duration {
        self.0.transport.total_timeout
    }

    /// The `User-Agent` header; the library's name and version by default.
    pub fn user_agent(&self) -> &str {
        &self.0.transport.user_agent
    }

    /// The `Content-Language` header; `en` by default.
    pub fn language(&self) -> &str {
        &self.0.transport.language
    }

    /// Whether plain http to a sandbox host was allowed.
    pub fn allow_http(&self) -> bool {
        self.0.transport.allow_http
    }

    /// The decimal places that were set for a currency.
    pub fn scale(&self, currency: &str) -> Option<u32> {
        self.0.scales.set_by_merchant(currency)
    }

    /// Whether requests can be signed.
    pub fn can_sign(&self) -> bool {
        self.0.private_key.is_some()
    }

    /// Whether answers and notifications can be verified.
    pub fn can_verify(&self) -> bool {
        !self.0.public_keys.is_empty()
    }

    /// The merchant's key. `None` is a configuration that can only verify.
    pub(crate) fn private_key(&self) -> Option<&PrivateKey> {
        self.0.private_key.as_ref()
    }

    /// The gateway's keys. None is a configuration that can only sign.
    pub(crate) fn public_keys(&self) -> &[PublicKey] {
        &self.0.public_keys
    }

    pub(crate) fn scales(&self) -> &Scales {
        &self.0.scales
    }

    /// Whether the base URL leads somewhere else than the environment's own.
    pub(crate) fn has_own_host(&self) -> bool {
        self.0.own_host
    }

    pub(crate) fn transport_settings(&self) -> &TransportSettings {
        &self.0.transport
    }
}

impl ConfigBuilder {
    /// Which BonusPay. There is no default: set this, or a base URL of your own.
    pub fn environment(&mut self, environment: Environment) -> Result<&mut Self, Error> {
        self.environment = Some(environment);
        Ok(self)
    }

    /// Where the gateway is, when not at the environment's own address.
    ///
    /// It counts as the environment chosen: a loopback host and the hosts of BonusPay's sandbox get the sandbox's
    /// rules, any other host those of production, unless [`Self::environment`] says otherwise. Plain `http://` needs
    /// [`Self::allow_http`] and a loopback or sandbox host, and is never taken in production. A slash is added at the
    /// end where it is missing.
    pub fn base_url(&mut self, url: &str) -> Result<&mut Self, Error> {
        self.base_url = Some(normal_base_url(url)?);
        Ok(self)
    }

    /// The merchant's id, 12 digits (spec 1.2); up to 32 letters and digits are taken.
    pub fn partner_id(&mut self, id: &str) -> Result<&mut Self, Error> {
        let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.is_empty() || id.len() > PARTNER_ID_MAX || !plain {
            let message = "the partner id must be 1 to 32 letters and digits, as BonusPay's portal shows it";
            return Err(ill_formed("partner_id", message));
        }
        self.partner_id = Some(id.to_owned());
        Ok(self)
    }

    /// The merchant's private key, in any form that [`PrivateKey::from_text`] reads.
    pub fn private_key(&mut self, text: impl AsRef<[u8]>) -> Result<&mut Self, Error> {
        let key = PrivateKey::from_text(text.as_ref()).map_err(|error| error.with_field("private_key"))?;
        self.private_key = Some(key);
        Ok(self)
    }

    /// A public key of the gateway, in any form that [`PublicKey::from_text`] reads. Up to five times: a signature
    /// counts when any of them verifies it.
    pub fn public_key(&mut self, text: impl AsRef<[u8]>) -> Result<&mut Self, Error> {
        let key = PublicKey::from_text(text.as_ref()).map_err(|error| error.with_field("public_key"))?;
        if self.public_keys.len() >= PUBLIC_KEYS_MAX {
            let message = "no more than 5 public keys can be set; leave out those that BonusPay no longer uses";
            return Err(Error::local(ErrorKind::InvalidConfig, message).with_field("public_key"));
        }
        self.public_keys.push(key);
        Ok(self)
    }

    /// The time limit of building a connection, 1 ms to 600 s; never more than the total one. 5 s by default.
    pub fn connect_timeout(&mut self, limit: Duration) -> Result<&mut Self, Error> {
        self.transport.connect_timeout = checked_timeout(limit, "connect_timeout")?;
        Ok(self)
    }

    /// The time limit of a whole call, 1 ms to 600 s. 15 s by default.
    pub fn total_timeout(&mut self, limit: Duration) -> Result<&mut Self, Error> {
        self.transport.total_timeout = checked_timeout(limit, "total_timeout")?;
        Ok(self)
    }

    /// A proxy that tunnels by CONNECT: `http://host:port` or `http://user:password@host:port`. None is taken from
    /// the environment.
    pub fn proxy(&mut self, url: &str) -> Result<&mut Self, Error> {
        transport::check_proxy(url)?;
        self.transport.proxy = Some(url.to_owned());
        Ok(self)
    }

    /// Certificates of authorities to trust besides the public ones, as PEM.
    pub fn ca_pem(&mut self, pem: impl AsRef<[u8]>) -> Result<&mut Self, Error> {
        transport::check_ca_pem(pem.as_ref())?;
        self.transport.ca_pem = Some(pem.as_ref().to_vec());
        Ok(self)
    }

    /// The `User-Agent` header: up to 200 printable ASCII characters.
    pub fn user_agent(&mut self, text: &str) -> Result<&mut Self, Error> {
        let plain = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) && text.trim_ascii() == text;
        if text.is_empty() || text.len() > USER_AGENT_MAX || !plain {
            return Err(ill_formed("user_agent", "the user agent must be 1 to 200 printable ASCII characters"));
        }
        self.transport.user_agent = text.to_owned();
        Ok(self)
    }

    /// The `Content-Language` header: up to 10 letters, digits and hyphens. `en` by default.
    pub fn language(&mut self, tag: &str) -> Result<&mut Self, Error> {
        let plain = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if tag.is_empty() || tag.len() > LANGUAGE_MAX || !plain {
            return Err(ill_formed("language", "the language must be a tag such as en, of up to 10 letters"));
        }
        self.transport.language = tag.to_owned();
        Ok(self)
    }

    /// Whether plain http may be spoken to a sandbox host. No by default.
    pub fn allow_http(&mut self, allow: bool) -> Result<&mut Self, Error> {
        self.transport.allow_http = allow;
        Ok(self)
    }

    /// How many decimal places amounts of a currency may have, 0 to 18; overrides what the library knows.
    pub fn scale(&mut self, currency: &str, digits: u32) -> Result<&mut Self, Error> {
        let plain = currency.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if currency.is_empty() || currency.len() > CURRENCY_MAX || !plain {
            return Err(ill_formed("scale", "the currency of a scale must be a code in capitals, such as USDT"));
        }
        if digits > SCALE_MAX {
            return Err(ill_formed("scale", "a scale must be 0 to 18 decimal places"));
        }
        self.scales.set(currency, digits);
        Ok(self)
    }

    /// Checks how the settings go together.
    pub fn build(&self) -> Result<Config, Error> {
        let (environment, base_url, own_host) = self.place()?;
        if self.private_key.is_none() && self.public_keys.is_empty() {
            let message = "no key is set: the merchant's private key signs requests, the gateway's public key verifies \
                           answers; set at least one";
            return Err(contradiction("private_key", message));
        }
        let mut transport = self.transport.clone();
        transport.connect_timeout = transport.connect_timeout.min(transport.total_timeout);
        Ok(Config(Arc::new(Settings {
            environment,
            base_url,
            own_host,
            partner_id: self.partner_id.clone(),
            private_key: self.private_key.clone(),
            public_keys: self.public_keys.clone(),
            scales: self.scales.clone(),
            transport,
        })))
    }

    /// The environment, the base URL, and whether that is not the environment's own.
    fn place(&self) -> Result<(Environment, String, bool), Error> {
        let Some(base_url) = &self.base_url else {
            let message = "no environment is set; choose sandbox or production, there is no default";
            let environment = self.environment.ok_or_else(|| contradiction("environment", message))?;
            return Ok((environment, environment.default_base_url().to_owned(), false));
        };
        let url = PlainUrl::parse(base_url).map_err(odd_base_url)?;
        let environment = self.environment.unwrap_or_else(|| Environment::of_host(&url));
        check_host(environment, &url)?;
        check_scheme(environment, &url, self.transport.allow_http)?;
        let own = PlainUrl::parse(environment.default_base_url()).is_ok_and(|own| !own.same_origin(&url));
        Ok((environment, base_url.clone(), own))
    }
}

fn check_host(environment: Environment, url: &PlainUrl<'_>) -> Result<(), Error> {
    match environment {
        Environment::Sandbox if url.is_within(Environment::Production.domain()) => Err(contradiction(
            "base_url",
            "the environment is the sandbox, but the base URL is production's; change one of them",
        )),
        Environment::Production if url.is_within(Environment::Sandbox.domain()) => Err(contradiction(
            "base_url",
            "the environment is production, but the base URL is the sandbox's; change one of them",
        )),
        Environment::Production if is_inner(url) => Err(contradiction(
            "base_url",
            "production is never on this machine or in a private network; check the base URL, or set the environment \
             to sandbox",
        )),
        _ => Ok(()),
    }
}

fn check_scheme(environment: Environment, url: &PlainUrl<'_>, allow_http: bool) -> Result<(), Error> {
    if url.https {
        return Ok(());
    }
    let message = match environment {
        Environment::Production => "production takes https only; write https:// in the base URL",
        Environment::Sandbox if !(url.is_loopback() || url.is_within(Environment::Sandbox.domain())) => {
            "plain http is for this machine and BonusPay's sandbox only; write https:// in the base URL"
        }
        Environment::Sandbox if !allow_http => "plain http to a sandbox must be allowed by allow_http",
        Environment::Sandbox => return Ok(()),
    };
    Err(contradiction("base_url", message))
}

/// Whether a host is not on the internet: a server that is made to call such a one calls its own network (R90).
fn is_inner(url: &PlainUrl<'_>) -> bool {
    match url.literal.map(|address| address.to_canonical()) {
        None => url.is_loopback(),
        Some(IpAddr::V4(address)) => {
            let [first, second, ..] = address.octets();
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_multicast()
                || first == 0
                || first >= 240
                || (first == 100 && (64..128).contains(&second))
        }
        Some(IpAddr::V6(address)) => {
            let [first, ..] = address.segments();
            // Global unicast, without the ranges that wrap IPv4 addresses: 2002::/16, and 64:ff9b::/96 outside of it.
            !(0x2000..0x4000).contains(&first) || first == 0x2002
        }
    }
}

/// The base URL in its one form: without a default port, with a slash at the end.
fn normal_base_url(url: &str) -> Result<String, Error> {
    if url.len() > BASE_URL_MAX {
        return Err(odd_base_url("is longer than 255 characters"));
    }
    let plain = PlainUrl::parse(url).map_err(odd_base_url)?;
    if plain.rest.contains(['?', '#']) {
        return Err(odd_base_url("has a query or a fragment"));
    }
    let path = plain.rest.strip_suffix('/').unwrap_or(plain.rest);
    let odd_segment = |segment: &str| matches!(segment, "" | "." | "..") || segment.contains(['%', ';']);
    if path.strip_prefix('/').is_some_and(|path| path.split('/').any(odd_segment)) {
        return Err(odd_base_url("has a path with empty, dotted or escaped segments"));
    }
    let scheme = if plain.https { "https" } else { "http" };
    let host = match plain.literal {
        Some(IpAddr::V6(address)) => format!("[{address}]"),
        _ => plain.host.to_owned(),
    };
    let port = match (plain.https, plain.port) {
        (true, 443) | (false, 80) => String::new(),
        (_, port) => format!(":{port}"),
    };
    Ok(format!("{scheme}://{host}{port}{path}/"))
}

fn odd_base_url(what: &str) -> Error {
    ill_formed("base_url", &format!("the base URL {what}; write it like https://api.bonuspay.network/sgs/api/"))
}

fn checked_timeout(limit: Duration, field: &str) -> Result<Duration, Error> {
    if (SHORTEST_TIMEOUT..=LONGEST_TIMEOUT).contains(&limit) {
        Ok(limit)
    } else {
        Err(ill_formed(field, "a time limit must be 1 to 600000 ms; it cannot be switched off"))
    }
}

fn ill_formed(field: &str, message: &str) -> Error {
    Error::local(ErrorKind::InvalidArgument, message).with_field(field)
}

fn contradiction(field: &str, message: &str) -> Error {
    Error::local(ErrorKind::InvalidConfig, message).with_field(field)
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("environment", &self.0.environment)
            .field("base_url", &self.0.base_url)
            .field("partner_id", &self.0.partner_id)
            .field("can_sign", &self.can_sign())
            .field("public_keys", &self.0.public_keys.len())
            .field("scales", &self.0.scales)
            .field("transport", &self.0.transport)
            .finish()
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigBuilder")
            .field("environment", &self.environment)
            .field("base_url", &self.base_url)
            .field("partner_id", &self.partner_id)
            .field("private_key", &self.private_key.is_some())
            .field("public_keys", &self.public_keys.len())
            .field("scales", &self.scales)
            .field("transport", &self.transport)
            .finish()
    }
}

/// Made by `openssl genrsa 2048 | openssl rsa -pubout`; the private half was thrown away.
#[cfg(test)]
pub(crate) const TEST_PUBLIC_KEY: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtMB4eyNrfZuaQ4UChsId
9GKtJ773uD4GQ1DPz0X4l5x6benESHuYH25Of7H8h5GFvkhH1yHeOdPimJHZ7efY
Uw3L8iQu0dflgLVsl8DXzmeM6wsblNmaITAxW7t4zIe/2risFZjILM9kUPYy9pTq
zGH0O8RZ/8Bzhn0grRrL4nnaN3+Nf7p+BbN5yj05iYpTZ0fIk4PQSD3NWh8kestK
oE9kkrux5t1sfmNnUHB9717XKVux+Yp6Hbw3TEeQW9AJh3PKAuNlFViR1Wzpobla
Dx+SMBWP6ghdkrIHpGdZIUtwGZshqa7SE+kO9CcJOqaA5Llrmzw10LT9+0Qt3iO5
jwIDAQAB
-----END PUBLIC KEY-----
";

#[cfg(test)]
mod tests {
    use super::*;
    use Environment::{Production, Sandbox};

    fn keyed() -> ConfigBuilder {
        let mut builder = Config::builder();
        builder.public_key(TEST_PUBLIC_KEY).unwrap().partner_id("200000000888").unwrap();
        builder
    }

    fn place(environment: Option<Environment>, url: Option<&str>, allow_http: bool) -> Result<Config, Error> {
        let mut builder = keyed();
        builder.allow_http(allow_http)?;
        if let Some(url) = url {
            builder.base_url(url)?;
        }
        if let Some(environment) = environment {
            builder.environment(environment)?;
        }
        builder.build()
    }

    #[test]
    fn an_environment_is_chosen_or_a_host() {
        assert_eq!(place(None, None, false).unwrap_err().field(), Some("environment"));
        for (environment, url, base_url, rules) in [
            (Some(Sandbox), None, "https://api.testbonuspay.network/sgs/api/", Sandbox),
            (Some(Production), None, "https://api.bonuspay.network/sgs/api/", Production),
            (None, Some("https://127.0.0.1:8790/sgs/api"), "https://127.0.0.1:8790/sgs/api/", Sandbox),
            (None, Some("http://127.0.0.1:8790"), "http://127.0.0.1:8790/", Sandbox),
            (None, Some("http://[::1]:80/a/"), "http://[::1]/a/", Sandbox),
            (None, Some("http://localhost:81/"), "http://localhost:81/", Sandbox),
            (
                Some(Sandbox),
                Some("http://api.testbonuspay.network/sgs/api/"),
                "http://api.testbonuspay.network/sgs/api/",
                Sandbox,
            ),
            (
                None,
                Some("http://api.testbonuspay.network/sgs/api/"),
                "http://api.testbonuspay.network/sgs/api/",
                Sandbox,
            ),
            (
                None,
                Some("https://api.bonuspay.network:443/sgs/api"),
                "https://api.bonuspay.network/sgs/api/",
                Production,
            ),
            (None, Some("https://pay.example/x"), "https://pay.example/x/", Production),
            (Some(Sandbox), Some("https://10.0.0.7/x"), "https://10.0.0.7/x/", Sandbox),
            (Some(Production), Some("https://8.8.8.8/"), "https://8.8.8.8/", Production),
        ] {
            let config = place(environment, url, true).unwrap();
            assert_eq!((config.base_url(), config.environment()), (base_url, rules));
        }
    }

    #[test]
    fn contradictions_are_refused() {
        for (environment, url, allow_http) in [
            (Some(Production), "http://api.bonuspay.network/sgs/api/", true),
            (None, "http://api.bonuspay.network/sgs/api/", true),
            (None, "http://pay.example/", true),
            (Some(Sandbox), "http://pay.example/", true),
            (Some(Sandbox), "http://10.0.0.1/", true),
            (None, "http://127.0.0.1/", false),
            (Some(Sandbox), "http://api.testbonuspay.network/sgs/api/", false),
            (Some(Sandbox), "https://api.bonuspay.network/sgs/api/", false),
            (Some(Production), "https://api.testbonuspay.network/sgs/api/", false),
            (Some(Production), "https://127.0.0.1/", true),
            (Some(Production), "http://127.0.0.1/", true),
            (Some(Production), "https://localhost/", true),
            (Some(Production), "https://a.localhost/", true),
            (Some(Production), "http://169.254.169.254/", true),
            (Some(Production), "https://169.254.169.254/", true),
            (Some(Production), "https://10.1.2.3/", true),
            (Some(Production), "https://172.16.0.1/", true),
            (Some(Production), "https://192.168.0.1/", true),
            (Some(Production), "https://100.64.0.1/", true),
            (Some(Production), "https://0.0.0.0/", true),
            (Some(Production), "https://[::1]/", true),
            (Some(Production), "https://[fd00::1]/", true),
            (Some(Production), "https://[fe80::1]/", true),
            (Some(Production), "https://[::ffff:10.0.0.1]/", true),
            (Some(Production), "https://[64:ff9b::a00:1]/", true),
            (Some(Production), "https://[2002:a00:1::]/", true),
            (None, "https://10.0.0.1/", true),
        ] {
            let error = place(environment, Some(url), allow_http).unwrap_err();
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::InvalidConfig, Some("base_url")),
                "{environment:?} {url}"
            );
        }
    }

    #[test]
    fn ill_formed_values_are_refused_by_name() {
        let refused = |field: &str, set: &dyn Fn(&mut ConfigBuilder) -> Result<(), Error>| {
            let error = set(&mut keyed()).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidArgument, Some(field)));
        };
        for url in [
            "",
            "file:///etc/passwd",
            "ftp://a.example/",
            "api.bonuspay.network",
            "https://",
            "https://u:p@a.example/",
            "https://a.example/?x",
            "https://a.example/#x",
            "https://a.example/a//b",
            "https://a.example/../",
            "https://a.example/%2e%2e/",
            "https://2130706433/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://a.example:0/",
            "https://a.example:99999/",
            "https://a.example\\",
            "https://a.example/\r\n",
            "https://\u{e9}.example/",
            "HTTPS://a.example/",
        ] {
            refused("base_url", &|builder| builder.base_url(url).map(drop));
        }
        for id in ["", "2000 0000", "200000000888\r\nX: y", "2000\0", "é", "2-0", &"2".repeat(33)] {
            refused("partner_id", &|builder| builder.partner_id(id).map(drop));
        }
        for text in ["", "a\r\nb", "a\0", "é", " a", "a ", &"a".repeat(201)] {
            refused("user_agent", &|builder| builder.user_agent(text).map(drop));
        }
        for tag in ["", "e n", "en\r\n", "en\0", "én", "abcdefghijk"] {
            refused("language", &|builder| builder.language(tag).map(drop));
        }
        for limit in [Duration::ZERO, Duration::from_micros(999), Duration::from_millis(600_001), Duration::MAX] {
            refused("connect_timeout", &|builder| builder.connect_timeout(limit).map(drop));
            refused("total_timeout", &|builder| builder.total_timeout(limit).map(drop));
        }
        refused("proxy", &|builder| builder.proxy("socks5://a:1").map(drop));
        for pem in
            ["", "no certificate", TEST_PUBLIC_KEY, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
        {
            refused("ca_pem", &|builder| builder.ca_pem(pem).map(drop));
        }
        for (currency, digits) in [("", 2), ("usdt", 2), ("US DT", 2), ("USDT", 19)] {
            refused("scale", &|builder| builder.scale(currency, digits).map(drop));
        }
    }

    #[test]
    fn keys_are_checked_and_counted() {
        let mut builder = Config::builder();
        builder.environment(Sandbox).unwrap();
        assert_eq!(builder.build().unwrap_err().kind(), ErrorKind::InvalidConfig);
        for text in ["", "/etc/passwd", "****"] {
            let error = builder.private_key(text).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::Key, Some("private_key")));
            let error = builder.public_key(text).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::Key, Some("public_key")));
        }
        for _ in 0..PUBLIC_KEYS_MAX {
            builder.public_key(TEST_PUBLIC_KEY).unwrap();
        }
        assert_eq!(builder.public_key(TEST_PUBLIC_KEY).unwrap_err().field(), Some("public_key"));
        let config = builder.build().unwrap();
        assert!(config.can_verify() && !config.can_sign() && config.private_key().is_none());
        assert_eq!(config.public_keys().len(), PUBLIC_KEYS_MAX);
    }

    #[test]
    fn time_limits_go_together_in_any_order() {
        let mut builder = keyed();
        builder.environment(Sandbox).unwrap();
        let config = builder.build().unwrap();
        assert_eq!(
            (config.connect_timeout(), config.total_timeout()),
            (Duration::from_secs(5), Duration::from_secs(15))
        );
        builder.total_timeout(Duration::from_secs(2)).unwrap();
        assert_eq!(builder.build().unwrap().connect_timeout(), Duration::from_secs(2));
        builder.total_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(builder.build().unwrap().connect_timeout(), Duration::from_secs(5));
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let mut builder = keyed();
        builder.environment(Sandbox).unwrap().proxy("http://me:canary@proxy.example:3128").unwrap();
        builder.scale("USDT", 6).unwrap().user_agent("shop/1.0").unwrap().language("en-GB").unwrap();
        let config = builder.build().unwrap();
        for text in [format!("{builder:?}"), format!("{config:?}"), format!("{:#?}", config.transport_settings())] {
            assert!(!text.contains("canary") && !text.contains("BEGIN"), "{text}");
            assert!(text.contains("proxy.example"), "{text}");
        }
        assert_eq!((config.scale("USDT"), config.scale("BTC")), (Some(6), None));
    }
}
