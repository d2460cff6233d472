//! Genuine messages for tests of one's own code: signed with a test's key, so that the code under test verifies them
//! as it verifies BonusPay's.
//!
//! For `[dev-dependencies]`, behind the feature `testing`. `bonuspay-sandbox sign` does the same from the command line.
//!
//! ```ignore
//! use bonuspay::testing::TestGateway;
//! use bonuspay::{Client, Config, Environment, State};
//!
//! # fn main() -> Result<(), bonuspay::Error> {
//! let gateway = TestGateway::generate()?;
//! let config = Config::builder()
//!     .environment(Environment::Sandbox)?
//!     .partner_id("200000000888")?
//!     .public_key(gateway.public_pem())?
//!     .build()?;
//! let paid = gateway.message(r#"{"notify_id":"1","acquireOrder":{"merchantOrderNo":"a-1","status":"SUCCESS"}}"#)?;
//! let notification = Client::new(config)?.verify_notification(&paid.body, paid.sign.as_bytes(), None)?;
//! assert_eq!(notification.state(), State::Succeeded);
//! # Ok(())
//! # }
//! ```

use std::sync::Arc;

use crate::error::Error;
use crate::key::KeyPair;
use crate::protocol::json::Value;
use crate::transport::HttpResponse;

const BITS: u32 = 2048;

/// A BonusPay with a key of its own. It keeps no orders; what it says is what a test gives it to say.
#[derive(Debug, Clone)]
pub struct TestGateway(Arc<KeyPair>);

/// A body, and the value of the header `Sign` that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedMessage {
    /// The bytes that the signature is over; one more or less, and it does not verify.
    pub body: Vec<u8>,
    /// In Base64, as the header has it.
    pub sign: String,
}

impl TestGateway {
    /// One with a new key.
    ///
    /// # Errors
    ///
    /// As [`KeyPair::generate`].
    pub fn generate() -> Result<Self, Error> {
        KeyPair::generate(BITS).map(Self::new)
    }

    /// One with this key, such as the sandbox's.
    pub fn new(key: KeyPair) -> Self {
        Self(Arc::new(key))
    }

    /// What the code under test gets as BonusPay's public key.
    pub fn public_pem(&self) -> &str {
        self.0.public_pem()
    }

    /// A message of this body: a notification, or whatever else, well-formed or not.
    ///
    /// # Errors
    ///
    /// As [`PrivateKey::sign`](crate::key::PrivateKey::sign).
    pub fn message(&self, body: impl Into<Vec<u8>>) -> Result<SignedMessage, Error> {
        let body = body.into();
        let sign = self.0.private_key().sign(&body)?;
        Ok(SignedMessage { body, sign })
    }

    /// The answer to a call that succeeded: for a [`Transport`](crate::transport::Transport) of the test's own.
    ///
    /// # Errors
    ///
    /// As [`message`](Self::message).
    pub fn answer(&self, body: &str) -> Result<HttpResponse, Error> {
        self.http(format!(r#"{{"head":{{"applyStatus":"SUCCESS","code":"0"}},"body":{body}}}"#))
    }

    /// The answer to a call that BonusPay refused, with a code and its words.
    ///
    /// # Errors
    ///
    /// As [`message`](Self::message).
    pub fn refusal(&self, code: &str, message: &str) -> Result<HttpResponse, Error> {
        let text = |text: &str| Value::Text(text.to_owned()).to_json();
        self.http(format!(r#"{{"head":{{"applyStatus":"FAIL","code":{},"msg":{}}}}}"#, text(code), text(message)))
    }

    fn http(&self, body: String) -> Result<HttpResponse, Error> {
        let SignedMessage { body, sign } = self.message(body)?;
        Ok(HttpResponse { http_status: 200, sign: vec![sign.into()], date: None, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::SystemClock;
    use crate::order::OrderIndex;
    use crate::transport::{Exchange, Failure, Transport};
    use crate::{Client, Config, Environment, ErrorKind, State};

    struct Scripted(TestGateway);

    impl Transport for Scripted {
        fn post(&self, request: &Exchange<'_>) -> Result<HttpResponse, Failure> {
            Ok(if request.url.ends_with("getOrder") {
                self.0.answer(r#"{"acquireOrder":{"merchantOrderNo":"a-1","status":"SUCCESS"}}"#)?
            } else {
                self.0.refusal("62011", "no \"such\" order")?
            })
        }
    }

    fn client(gateway: &TestGateway, trusted: &TestGateway) -> Client {
        let mut builder = Config::builder();
        builder.environment(Environment::Sandbox).unwrap().partner_id("200000000888").unwrap();
        builder.private_key(KeyPair::generate(BITS).unwrap().private_pem()).unwrap();
        let config = builder.public_key(trusted.public_pem()).unwrap().build().unwrap();
        Client::with_parts(config, Arc::new(Scripted(gateway.clone())), Arc::new(SystemClock::default()))
    }

    #[test]
    fn what_a_test_gateway_says_is_believed_with_its_key_alone() {
        let (gateway, other) = (TestGateway::generate().unwrap(), TestGateway::generate().unwrap());
        let index = OrderIndex::Merchant("a-1".into());
        let paid = gateway.message(r#"{"acquireOrder":{"merchantOrderNo":"a-1","status":"SUCCESS"}}"#).unwrap();
        let its = client(&gateway, &gateway);
        assert_eq!(its.verify_notification(&paid.body, paid.sign.as_bytes(), None).unwrap().state(), State::Succeeded);
        assert_eq!(its.get_order(&index).unwrap().response().state(), State::Succeeded);
        let refused = its.cancel_order(&index).unwrap_err();
        assert_eq!((refused.kind(), refused.api_code()), (ErrorKind::Api, Some("62011")));
        assert_eq!(refused.api_message(), Some("no \"such\" order"));

        let foreign = client(&gateway, &other);
        let error = foreign.verify_notification(&paid.body, paid.sign.as_bytes(), None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadSignature);
        assert_eq!(foreign.get_order(&index).unwrap_err().kind(), ErrorKind::BadSignature);
        let error = its.verify_notification(&[&paid.body[..], b" "].concat(), paid.sign.as_bytes(), None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadSignature);
    }
}
