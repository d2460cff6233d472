//! One method an endpoint.
use crate::{config::Config, endpoint::Endpoint, error::Error, notification::Notification, response::Response};

/// Talks to one BonusPay with one merchant's keys.
pub struct Client;
impl Client {
    /// Opens nothing: connections are made by the first call.
    pub fn new(config: Config) -> Result<Self, Error> { todo!("{config:?}") }
    /// Calls an endpoint with `bizContent` as JSON text.
    pub fn call(&self, endpoint: Endpoint, biz_content: &[u8]) -> Result<Response, Error> { todo!("{endpoint:?}{biz_content:?}") }
    /// Calls an endpoint by its path, also one that this library does not know.
    pub fn call_path(&self, path: &str, biz_content: &[u8]) -> Result<Response, Error> { todo!("{path:?}{biz_content:?}") }
    /// Verifies and reads a notification.
    pub fn verify_notification(&self, body: &[u8], sign: &[u8], partner_id: Option<&[u8]>) -> Result<Notification, Error> { todo!("{body:?}{sign:?}{partner_id:?}") }
    /// Signs raw bytes; Base64.
    pub fn sign(&self, message: &[u8]) -> Result<String, Error> { todo!("{message:?}") }
    /// Verifies raw bytes with the gateway's keys.
    pub fn verify(&self, message: &[u8], sign: &[u8]) -> Result<(), Error> { todo!("{message:?}{sign:?}") }
}
