//! What a connection depends on.

use super::proxy::without_credentials;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

/// The longest time limit that can be set.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);
/// The time limit of building a connection, unless another one is set.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The time limit of a whole call, unless another one is set.
pub const DEFAULT_TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a connection is kept without a call.
///
/// Kept for the calls of one checkout, which come within seconds of each other. Well below the time after which the
/// other side drops an idle one (nginx 75 s, many load balancers 60 s, a NAT in between without a word to either end):
/// a connection that is dead already costs more than a new one. And a new one is not much: the handshake resumes the
/// TLS session, which takes no certificate and no signature of the server's.
pub const KEPT_IDLE_MAX: Duration = Duration::from_secs(15);
/// What the library calls itself, unless told otherwise.
pub const DEFAULT_USER_AGENT: &str = concat!("bonuspay/", env!("CARGO_PKG_VERSION"));
/// The only language that BonusPay knows (spec 1.2).
pub const DEFAULT_LANGUAGE: &str = "en";

/// What a connection depends on. Equal settings share their kept connections.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TransportSettings {
    /// The limit of name lookup, TCP, proxy and TLS together.
    pub connect_timeout: Duration,
    /// The limit of everything, also when an exchange asks for more.
    pub total_timeout: Duration,
    /// `http://host:port` or `http://user:password@host:port`.
    pub proxy: Option<String>,
    /// Certificates to trust besides the public authorities, as PEM.
    pub ca_pem: Option<Vec<u8>>,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The `Content-Language` header.
    pub language: String,
    /// Whether `http://` may be spoken.
    pub allow_http: bool,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            total_timeout: DEFAULT_TOTAL_TIMEOUT,
            proxy: None,
            ca_pem: None,
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            language: DEFAULT_LANGUAGE.to_owned(),
            allow_http: false,
        }
    }
}

impl fmt::Debug for TransportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportSettings")
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("proxy", &self.proxy.as_deref().map(without_credentials))
            .field("ca_pem_bytes", &self.ca_pem.as_ref().map(Vec::len))
            .field("user_agent", &self.user_agent)
            .field("language", &self.language)
            .field("allow_http", &self.allow_http)
            .finish()
    }
}

/// Settings with their hash, so that a call does not hash a bundle of certificates.
#[derive(Debug)]
pub(super) struct HashedSettings {
    pub(super) given: TransportSettings,
    pub(super) hash: u64,
}

impl HashedSettings {
    pub(super) fn new(given: TransportSettings) -> Self {
        let mut hasher = DefaultHasher::new();
        given.hash(&mut hasher);
        Self { hash: hasher.finish(), given }
    }
}
