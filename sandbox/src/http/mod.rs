//! HTTP: the gateway's own protocol, and the connections that carry it and go wrong on order.

pub mod api;
pub mod connection;
pub mod delivery;
pub mod envelope;
pub mod loopback;
pub mod server;
pub mod tls;
