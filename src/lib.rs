//! BonusPay client (front page to be written with the first working call).

mod api_code;
mod checkout_url;
pub mod client;
pub mod config;
mod document;
pub mod endpoint;
mod envelope;
pub mod error;
mod ffi;
pub mod json;
pub mod key;
pub mod money;
pub mod notification;
pub mod order;
mod os;
mod payment_uri;
pub mod qr;
pub mod refund;
pub mod response;
mod retry;
mod schema;
mod signature;
mod state;
pub mod transport;

pub use client::Client;
pub use config::{Config, Environment};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind, Outcome};
pub use money::{Amount, Money};
pub use notification::{Notification, NotificationKind};
pub use payment_uri::payment_uri;
pub use response::Response;
pub use state::State;
