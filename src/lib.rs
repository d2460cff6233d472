//! BonusPay client (front page to be written with the first working call).
mod checkout_url;
pub mod client;
pub mod config;
pub mod endpoint;
pub mod error;
mod ffi;
pub mod json;
pub mod key;
pub mod money;
pub mod notification;
mod os;
pub mod payment_uri;
pub mod qr;
pub mod response;
pub mod signature;
pub mod state;
pub mod transport;

pub use client::Client;
pub use config::{Config, Environment};
pub use error::{Error, ErrorKind, Outcome};
pub use money::Amount;
pub use notification::{Notification, NotificationKind};
pub use response::Response;
pub use state::State;
