//! `bonuspay-sandbox`: a BonusPay gateway on loopback, to develop and test against.
//!
//! [`gateway::Gateway`] is the gateway itself, a state machine without I/O. Everything else lets it be talked to:
//! [`server`] listens, [`api`] speaks the wire protocol, [`control`] the control API, [`delivery`] sends notifications,
//! [`store`] keeps the books on disk.

pub mod api;
pub mod cashier;
pub mod clock;
pub mod connection;
pub mod control;
pub mod delivery;
pub mod envelope;
pub mod fault;
pub mod fields;
pub mod gateway;
pub mod journal;
pub mod key;
pub mod merchant;
pub mod money;
pub mod network;
pub mod notification;
pub mod order;
pub mod page;
pub mod refund;
pub mod refusal;
pub mod sandbox;
pub mod server;
pub mod settlement;
pub mod store;
pub mod submerchant;
pub mod tls;
pub mod topup;
pub mod withdrawal;
