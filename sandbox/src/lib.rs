//! `bonuspay-sandbox`: a BonusPay gateway on loopback, to develop and test against.
//!
//! [`gateway::Gateway`] is the gateway itself, a state machine without I/O. Everything else lets it be talked to:
//! [`http`] listens, speaks the wire protocol and sends notifications, [`control`] is the control API, [`page`] what
//! people see, [`store`] keeps the state on disk.

pub mod clock;
pub mod control;
pub mod fault;
pub mod gateway;
pub mod http;
pub mod journal;
pub mod key;
pub mod money;
pub mod network;
pub mod page;
pub mod routes;
pub mod sandbox;
pub mod store;
