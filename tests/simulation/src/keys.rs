//! Keys and signatures. All are real: RSA 2048, SHA-256, PKCS#1 v1.5.
//!
//! Most seeds sign and verify the gateway's side with aws-lc (0.2 ms a signature); one seed in [`THOROUGH`] does it
//! with the sandbox's own `rsa` crate (over 1 ms), so that two implementations check each other.

use bonuspay::key::{KeyPair, PublicKey};
use bonuspay::{Config, Environment, signature};
use bonuspay_sandbox::key::{self, GatewayKey};

/// One seed in so many signs and verifies the gateway's side with the sandbox's own code.
pub const THOROUGH: u64 = 100;

/// The shop's merchant.
pub const SHOP: &str = "200000000888";
/// Another merchant of the same gateway, and no friend.
pub const RIVAL: &str = "200000000999";
/// Where the gateway is.
pub const ORIGIN: &str = "https://gateway.example";
/// Where its API is.
pub const BASE_URL: &str = "https://gateway.example/sgs/api/";

/// The keys of a run, made anew each time: nothing that a seed does depends on them.
pub struct Keys {
    merchant: KeyPair,
    merchant_public: [PublicKey; 1],
    gateway: KeyPair,
    gateway_slow: GatewayKey,
    forger: KeyPair,
    config: Config,
}

impl Keys {
    /// Makes them.
    ///
    /// # Errors
    /// When the library refuses its own keys.
    pub fn generate() -> Result<Self, String> {
        let pair = || KeyPair::generate(2048).map_err(|error| error.to_string());
        let (merchant, gateway, forger) = (pair()?, pair()?, pair()?);
        let config = Self::config_of(&merchant, &gateway).map_err(|error| error.to_string())?;
        Ok(Self {
            merchant_public: [merchant.private_key().public_key().clone()],
            gateway_slow: GatewayKey::from_pem(gateway.private_pem())?,
            config,
            merchant,
            gateway,
            forger,
        })
    }

    fn config_of(merchant: &KeyPair, gateway: &KeyPair) -> Result<Config, bonuspay::Error> {
        let mut builder = Config::builder();
        builder.environment(Environment::Sandbox)?.base_url(BASE_URL)?.partner_id(SHOP)?;
        builder.private_key(merchant.private_pem())?.public_key(gateway.public_pem())?.build()
    }

    /// The shop's settings.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// The merchant's public key as the gateway keeps it.
    pub fn merchant_pem(&self) -> &str {
        self.merchant.public_pem()
    }

    /// Whether the merchant signed these bytes, as the gateway finds.
    pub fn merchant_signed(&self, body: &[u8], sign: &str, thorough: bool) -> bool {
        if thorough {
            return key::verify(self.merchant.public_pem(), body, sign).is_ok();
        }
        signature::verify(&self.merchant_public, body, sign.as_bytes()).is_ok()
    }

    /// The gateway's signature.
    pub fn gateway_sign(&self, text: &str, thorough: bool) -> String {
        if thorough {
            return self.gateway_slow.sign(text.as_bytes());
        }
        self.gateway.private_key().sign(text.as_bytes()).unwrap_or_default()
    }

    /// The signature of someone whom nobody should believe.
    pub fn forger_sign(&self, text: &str) -> String {
        self.forger.private_key().sign(text.as_bytes()).unwrap_or_default()
    }
}
