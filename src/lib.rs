//! Takes crypto payments through [BonusPay](https://docs.bonuspay.network): a shop places an order, the shopper pays
//! on chain, BonusPay tells the shop by a signed notification, and the shop asks for proof before it delivers.
//!
//! | module | what it is for |
//! | --- | --- |
//! | [`config`] | the settings: environment, merchant, keys, deadlines |
//! | [`client`] | one method an endpoint |
//! | [`order`], [`refund`] | what is asked, and typed views of what is answered |
//! | [`notification`] | what BonusPay sends of its own accord |
//! | [`error`] | what went wrong, and whether money may have moved |
//! | [`money`] | exact amounts |
//! | [`key`] | keys as merchants paste them |
//! | `testing` | genuine messages for tests of one's own, behind the feature of that name |
//!
//! "spec 3.2.1" in a comment is a section of the protocol's page, `docs/reference/bonuspay-api.md`.
//!
//! Three things are worth knowing before the first payment:
//!
//! * **An error says whether the gateway may have acted.** After [`Outcome::NotSent`] repeat freely; after
//!   [`Outcome::Rejected`] correct the request; after [`Outcome::Unknown`] ask for the order by the same number, and do
//!   nothing else before that is answered.
//! * **A notification is a hint, Get Order is the proof.** Only [`Client::get_order`] for an order of one's own, bound
//!   to it ([`Response::matches_request`]) and with the amount that was asked for, pays.
//! * **Amounts are exact.** There is no floating point number in this crate.
//!
//! BonusPay adds fields and kinds, so requests, answers and kinds are `#[non_exhaustive]`: make a request with its
//! `new` and set its other fields. What a program must tell apart is not: an [`Outcome`] is one of three, a [`State`]
//! one of six, and a status of later days is [`State::Unknown`].
//!
//! # A whole payment
//!
//! This program runs as a test. The gateway in it is a few lines in memory; a shop would leave them out and call
//! [`Client::new`].
//!
//! ```
//! use std::sync::Arc;
//!
//! use bonuspay::client::SystemClock;
//! use bonuspay::key::KeyPair;
//! use bonuspay::order::{OrderIndex, PayScene, PlaceOrder, Price};
//! use bonuspay::transport::{Exchange, Failure, HttpResponse, Transport};
//! use bonuspay::{Client, Config, Environment, Money, NotificationKind, State};
//!
//! /// A BonusPay of one order, which is paid as soon as it is placed.
//! struct Gateway(KeyPair);
//!
//! impl Gateway {
//!     fn order(status: &str) -> String {
//!         format!(
//!             r#"{{"acquireOrder":{{"merchantOrderNo":"wp_1001-1","orderNo":"131710904557001559","status":"{status}",
//!                "totalAmount":{{"amount":12.81,"currency":"USDT"}},
//!                "paymentInfo":{{"paidAmount":{{"amount":12.81000000,"currency":"USDT"}}}}}},
//!                "interactionParams":{{"address":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb","network":"TRON"}}}}"#
//!         )
//!     }
//! }
//!
//! impl Transport for Gateway {
//!     fn post(&self, request: &Exchange<'_>) -> Result<HttpResponse, Failure> {
//!         let status = if request.url.ends_with("placeOrder") { "CREATED" } else { "SUCCESS" };
//!         let body = format!(r#"{{"head":{{"applyStatus":"SUCCESS","code":"0"}},"body":{}}}"#, Self::order(status));
//!         let sign = self.0.private_key().sign(body.as_bytes())?;
//!         Ok(HttpResponse { http_status: 200, sign: vec![sign.into()], date: None, body: body.into() })
//!     }
//! }
//!
//! # fn main() -> Result<(), bonuspay::Error> {
//! let (merchant, gateway) = (KeyPair::generate(2048)?, KeyPair::generate(2048)?);
//! let config = Config::builder()
//!     .environment(Environment::Sandbox)?
//!     .partner_id("200000000888")?
//!     .private_key(merchant.private_pem())?
//!     .public_key(gateway.public_pem())?
//!     .build()?;
//! # let message = Gateway::order("SUCCESS");
//! # let sign = gateway.private_key().sign(message.as_bytes())?;
//! let client = Client::with_parts(config, Arc::new(Gateway(gateway)), Arc::new(SystemClock::default()));
//!
//! // 1. The order. Its number was saved before: whatever happens now, it can be asked for.
//! let due = Money::new("12.81", "USDT")?;
//! let order = PlaceOrder::new("wp_1001-1", "Order 1001", Price::Total(due.clone()), PayScene::chain("TRON"));
//! let placed = client.place_order(&order)?;
//! let address = placed.interaction_params.as_ref().and_then(|params| params.address.as_deref());
//! assert_eq!(address, Some("TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"));
//!
//! // 2. A notification arrives: the raw body and the header `Sign`.
//! let notification = client.verify_notification(message.as_bytes(), sign.as_bytes(), None)?;
//! assert_eq!(notification.kind(), NotificationKind::Order);
//!
//! // 3. The proof, for the order of one's own.
//! let proof = client.get_order(&OrderIndex::Merchant("wp_1001-1".into()))?;
//! let paid = proof.acquire_order.as_ref().and_then(|order| order.payment_info.as_ref()?.paid_amount.as_ref());
//! assert!(proof.response().matches_request() && proof.response().state() == State::Succeeded);
//! assert_eq!(paid, Some(&due));
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs, unsafe_code, clippy::float_arithmetic)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod checkout_url;
pub mod client;
pub mod config;
pub mod endpoint;
pub mod error;
mod ffi;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod key;
pub mod money;
pub mod notification;
mod product;
mod protocol;
pub mod response;
mod system;
#[cfg(any(feature = "testing", test))]
pub mod testing;
pub mod transport;
mod url;
mod wallet;

pub use client::{Client, Question};
pub use config::{Config, Environment};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind, Outcome};
pub use money::{Amount, Money};
pub use notification::{Notification, NotificationKind};
pub use product::{account, fx, order, refund, settlement, submerchant, withdraw};
pub use protocol::state::State;
pub use protocol::{json, signature};
pub use response::Response;
pub use wallet::address::check_address;
pub use wallet::payment_uri::payment_uri;
pub use wallet::qr;

pub mod topup {
    //! Crypto TOPUP: a permanent deposit address for each customer (spec 3.1).
    pub use crate::client::Deposits;
    pub use crate::product::topup::*;
}
