//! HTTP, hardened: one POST, one answer, and an exact word on whether anything was sent.
//!
//! ureq writes the request and reads the answer. Everything around that is done here, because it decides what an
//! error means: the connection is complete, TLS handshake included, before ureq sees it, so that whatever fails
//! before is [`Outcome::NotSent`](crate::Outcome::NotSent) and whatever fails after the first byte of the request is
//! [`Outcome::Unknown`](crate::Outcome::Unknown).
//!
//! - No redirect is followed, no proxy is taken from the environment, nothing is retried.
//! - Both deadlines are hard: name lookup, TLS and a dripping answer count.
//! - Connections are kept per process and per [`TransportSettings`] for [`KEPT_IDLE_MAX`], and never cross a fork.
//! - The addresses of a name are tried beside one another; only the one that answered first is written to.
//! - No thread is started except for the lookup of a name.

mod connect;
mod connection;
mod contract;
mod framing;
mod happy_eyeballs;
mod http;
mod origin;
mod pool;
mod proxy;
mod resolver;
mod settings;
mod tls;

pub use contract::{ConnectionPolicy, Exchange, Failure, HttpResponse, Transport};
pub use http::HttpTransport;
pub use settings::{
    DEFAULT_CONNECT_TIMEOUT, DEFAULT_LANGUAGE, DEFAULT_TOTAL_TIMEOUT, DEFAULT_USER_AGENT, KEPT_IDLE_MAX,
    LONGEST_TIMEOUT, TransportSettings,
};

pub(crate) use pool::IDLE_PER_POOL;
pub(crate) use proxy::check_proxy;
pub(crate) use tls::check_ca_pem;
