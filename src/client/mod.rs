//! The client: one method an endpoint.

mod clock;
mod deposits;
mod many;
mod reply;
mod retry;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Outcome};
use crate::key::PrivateKey;
use crate::notification::Notification;
use crate::product::account::{BalancesAnswer, GetBalances};
use crate::product::fx::{FxRate, GetFxRate};
use crate::product::order::{OrderAnswer, OrderIndex, PaymentEvents, PlaceOrder, PlacedOrder};
use crate::product::refund::{PlaceRefund, RefundAnswer, RefundIndex};
use crate::product::settlement::{PlaceSettlement, SettlementAnswer};
use crate::product::submerchant::{CreateSubMerchant, GetSubMerchant, SubMerchant};
use crate::product::topup::{AddressAnswer, DepositAnswer, DepositsAnswer, GetAddress, QueryDeposits};
use crate::product::withdraw::{GetNetworks, NetworksAnswer, PlaceWithdrawal, WithdrawAnswer};
use crate::protocol::call::{ExpectedAnswer, Idempotency};
use crate::protocol::json::Value;
use crate::protocol::{document, envelope, schema, signature};
use crate::response::Response;
use crate::transport::{ConnectionPolicy, Exchange, Failure, HttpResponse, HttpTransport, Transport};

pub use clock::{Clock, SystemClock};
pub use deposits::Deposits;
pub use many::{CONNECTIONS_AT_ONCE, QUESTIONS_MAX, Question};
pub use reply::Reply;

pub(crate) use many::check_count;

/// Talks to one BonusPay with one merchant's keys.
///
/// Cheap to make: settings, keys and connections are shared. It may be used by many threads at once, and after a
/// fork, where each process opens connections of its own.
#[derive(Clone)]
pub struct Client {
    config: Config,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Client {
    /// A client over HTTPS. It opens nothing: the first call does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidConfig`] when the settings do not make a transport, such as a CA bundle without
    /// certificates.
    pub fn new(config: Config) -> Result<Self, Error> {
        let transport = HttpTransport::new(config.transport_settings().clone())?;
        Ok(Self::with_parts(config, Arc::new(transport), Arc::new(SystemClock::default())))
    }

    /// A client over another transport or clock, for tests and simulations.
    pub fn with_parts(config: Config, transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Self {
        Self { config, transport, clock }
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Place Order (spec 3.2.1), for both scenes. Idempotent by `merchant_order_no`.
    ///
    /// # Errors
    /// See [`call`](Self::call). [`ErrorKind::Mismatch`] also when the answer's amount, currency or scene is not
    /// what was asked, as when an earlier order stands under the number.
    pub fn place_order(&self, order: &PlaceOrder) -> Result<Reply<PlacedOrder>, Error> {
        self.typed(Endpoint::PlaceOrder, order)
    }

    /// Cancel Order (spec 3.2.2): only an unpaid one. Never repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn cancel_order(&self, order: &OrderIndex) -> Result<Reply<OrderAnswer>, Error> {
        self.typed(Endpoint::CancelOrder, order)
    }

    /// Accept Order (spec 3.2.3): takes an under- or overpaid order as it stands. Never repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn accept_order(&self, order: &OrderIndex) -> Result<Reply<OrderAnswer>, Error> {
        self.typed(Endpoint::AcceptOrder, order)
    }

    /// Get Order (spec 3.2.4): the proof of a payment.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_order(&self, order: &OrderIndex) -> Result<Reply<OrderAnswer>, Error> {
        self.typed(Endpoint::GetOrder, order)
    }

    /// Get PaymentEventList (spec 3.2.5): the deposits to an order's address, the way to see an underpayment.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_payment_events(&self, order: &OrderIndex) -> Result<Reply<PaymentEvents>, Error> {
        self.typed(Endpoint::GetPaymentEvents, order)
    }

    /// Refund (spec 3.2.6). It moves money out: sent once, on a connection of its own, never repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call). After [`Outcome::Unknown`] ask with [`get_refund`](Self::get_refund).
    pub fn refund(&self, refund: &PlaceRefund) -> Result<Reply<RefundAnswer>, Error> {
        self.typed(Endpoint::PlaceRefund, refund)
    }

    /// Get Refund Order (spec 3.2.7).
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_refund(&self, refund: &RefundIndex) -> Result<Reply<RefundAnswer>, Error> {
        self.typed(Endpoint::GetRefund, refund)
    }

    /// getAddress (spec 3.1.1): a customer's deposit address. The same question gets the same address.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_topup_address(&self, request: &GetAddress) -> Result<Reply<AddressAnswer>, Error> {
        self.typed(Endpoint::GetTopupAddress, request)
    }

    /// queryCustomerDepositOrderPage (spec 3.1.2): one page of deposits, the newest first.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_topup_deposits(&self, query: &QueryDeposits) -> Result<Reply<DepositsAnswer>, Error> {
        self.typed(Endpoint::GetTopupDeposits, query)
    }

    /// getCustomerDepositOrder (spec 3.1.3), by BonusPay's number.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_topup_deposit(&self, order_no: impl Into<String>) -> Result<Reply<DepositAnswer>, Error> {
        self.typed(Endpoint::GetTopupDeposit, &OrderIndex::BonusPay(order_no.into()))
    }

    /// Withdraw, Place Order (spec 3.4.1): to an address of the merchant's address book. It moves money out: sent
    /// once, on a connection of its own, never repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call). After [`Outcome::Unknown`] ask with [`get_withdrawal`](Self::get_withdrawal).
    pub fn withdraw(&self, request: &PlaceWithdrawal) -> Result<Reply<WithdrawAnswer>, Error> {
        self.typed(Endpoint::PlaceWithdrawal, request)
    }

    /// Transfer, Place Order (spec 3.5.1): to any address. As [`withdraw`](Self::withdraw).
    ///
    /// # Errors
    /// See [`call`](Self::call). After [`Outcome::Unknown`] ask with [`get_withdrawal`](Self::get_withdrawal).
    pub fn transfer(&self, request: &PlaceWithdrawal) -> Result<Reply<WithdrawAnswer>, Error> {
        self.typed(Endpoint::PlaceTransfer, request)
    }

    /// Get Order of withdrawals and transfers (spec 3.5.2).
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_withdrawal(&self, order: &OrderIndex) -> Result<Reply<WithdrawAnswer>, Error> {
        self.typed(Endpoint::GetWithdrawal, order)
    }

    /// getNetworks (spec 3.5.3): where a coin can be withdrawn or transferred to.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_withdraw_networks(&self, asset_code: impl Into<String>) -> Result<Reply<NetworksAnswer>, Error> {
        self.typed(Endpoint::GetWithdrawNetworks, &GetNetworks { asset_code: asset_code.into() })
    }

    /// getFxrate (spec 3.6): indicative.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_fx_rate(&self, request: &GetFxRate) -> Result<Reply<FxRate>, Error> {
        self.typed(Endpoint::GetFxRate, request)
    }

    /// getAccountList (spec 3.7): the merchant's balances.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_balances(&self, request: &GetBalances) -> Result<Reply<BalancesAnswer>, Error> {
        self.typed(Endpoint::GetBalances, request)
    }

    /// Fiat Settlement, Place Order (spec 3.8.1). It moves money out: sent once, on a connection of its own, never
    /// repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call). After [`Outcome::Unknown`] ask with [`get_settlement`](Self::get_settlement).
    pub fn settle(&self, request: &PlaceSettlement) -> Result<Reply<SettlementAnswer>, Error> {
        self.typed(Endpoint::PlaceSettlement, request)
    }

    /// Fiat Settlement, Get Order (spec 3.8.2).
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_settlement(&self, order: &OrderIndex) -> Result<Reply<SettlementAnswer>, Error> {
        self.typed(Endpoint::GetSettlement, order)
    }

    /// Creates a sub-merchant (spec 3.9). Never repeated by the library.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn create_sub_merchant(&self, request: &CreateSubMerchant) -> Result<Reply<SubMerchant>, Error> {
        self.typed(Endpoint::CreateSubMerchant, request)
    }

    /// A sub-merchant's details (spec 3.9).
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn get_sub_merchant(&self, merchant_id: impl Into<String>) -> Result<Reply<SubMerchant>, Error> {
        self.typed(Endpoint::GetSubMerchant, &GetSubMerchant { merchant_id: merchant_id.into() })
    }

    /// Calls an endpoint with `bizContent` as JSON text, amounts as decimal strings.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] before anything is sent, with the field's path. After that [`Error::outcome`]
    /// says whether BonusPay may have done what was asked.
    pub fn call(&self, endpoint: Endpoint, biz_content: &[u8]) -> Result<Response, Error> {
        self.call_value(endpoint, &read_biz_content(biz_content)?)
    }

    /// Calls an endpoint by its path below the base URL, also one that this library does not know: that one is sent
    /// once, its fields are not checked, and its answer is not compared with the request.
    ///
    /// # Errors
    /// See [`call`](Self::call).
    pub fn call_path(&self, path: &str, biz_content: &[u8]) -> Result<Response, Error> {
        let steps =
            |step: &str| !step.is_empty() && step.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if path.len() > 200 || !path.split('/').all(steps) {
            let text = "path must be like crypto/getOrder: letters, digits, - and _ between slashes, none at the ends";
            return Err(Error::local(ErrorKind::InvalidArgument, text).with_field("path"));
        }
        if let Some(endpoint) = Endpoint::from_path(path) {
            return self.call(endpoint, biz_content);
        }
        let wire = document::decimals_as_numbers(read_biz_content(biz_content)?)
            .map_err(|flaw| schema::invalid(&flaw.pointer, flaw.reason))?;
        if !matches!(wire, Value::Object(_)) {
            return Err(schema::invalid("", "must be an object"));
        }
        self.exchange(path, Idempotency::SendOnce, None, &wire, self.own_end())
    }

    /// Verifies a notification over the HTTP body as it came, and reads it. `sign` is the `Sign` header's value;
    /// `partner_id` the `Partner-Id` header's, where there is one.
    ///
    /// # Errors
    /// [`ErrorKind::BadSignature`]; [`ErrorKind::Protocol`] for a genuine signature over something that is not an
    /// unambiguous notification; [`ErrorKind::Mismatch`] when the header names another merchant. Its outcome is always
    /// [`Outcome::Rejected`]: answer anything but `SUCCESS`, and change nothing.
    pub fn verify_notification(
        &self,
        body: &[u8],
        sign: &[u8],
        partner_id: Option<&[u8]>,
    ) -> Result<Notification, Error> {
        self.gateway_keys()?;
        Notification::verify(self.config.public_keys(), self.config.partner_id(), body, sign, partner_id)
    }

    /// Signs raw bytes with the merchant's key: Base64 of RSA PKCS#1 v1.5 with SHA-256.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidConfig`] without a private key.
    pub fn sign(&self, message: &[u8]) -> Result<String, Error> {
        self.merchant_key()?.sign(message)
    }

    /// Verifies raw bytes with the gateway's keys.
    ///
    /// # Errors
    /// [`ErrorKind::BadSignature`] when none of the keys verifies it.
    pub fn verify(&self, message: &[u8], sign: &[u8]) -> Result<(), Error> {
        self.gateway_keys()?;
        signature::verify(self.config.public_keys(), message, sign).map(drop)
    }

    fn typed<T: DeserializeOwned>(&self, endpoint: Endpoint, request: &impl Serialize) -> Result<Reply<T>, Error> {
        let response = self.call_value(endpoint, &biz_content(request)?)?;
        Ok(Reply { view: response.view()?, response })
    }

    fn call_value(&self, endpoint: Endpoint, biz_content: &Value) -> Result<Response, Error> {
        self.call_until(endpoint, biz_content, self.own_end())
    }

    /// When a call that begins now has to end.
    fn own_end(&self) -> Duration {
        self.clock.elapsed() + self.config.total_timeout()
    }

    fn call_until(&self, endpoint: Endpoint, biz_content: &Value, end: Duration) -> Result<Response, Error> {
        let call = endpoint.call();
        let wire = call.check(biz_content, &self.config, self.clock.unix_ms())?;
        self.exchange(call.path, call.idempotency, Some(&call.answer), &wire, end)
    }

    /// All attempts of one call, until its end.
    fn exchange(
        &self,
        path: &str,
        idempotency: Idempotency,
        expected: Option<&ExpectedAnswer>,
        wire: &Value,
        end: Duration,
    ) -> Result<Response, Error> {
        let merchant = (self.partner_id()?, self.merchant_key()?);
        self.gateway_keys()?;
        if self.clock.elapsed() >= end {
            return Err(retry::conclude(idempotency, never_begun(), false));
        }
        let url = format!("{}{path}", self.config.base_url());
        let mut repeats_made = 0;
        let mut some_attempt_was_unknown = false;
        let mut refusal = None;
        let mut connection = match idempotency {
            Idempotency::Idempotent => ConnectionPolicy::MayReuse,
            Idempotency::SendOnce => ConnectionPolicy::Fresh,
        };
        loop {
            let error = match self.attempt(expected, &url, &mut connection, wire, merchant, end) {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            some_attempt_was_unknown |= error.outcome() == Outcome::Unknown;
            let left = end.saturating_sub(self.clock.elapsed());
            let chance = |from, to| self.clock.chance(from, to);
            match retry::pause_before_repeat(idempotency, &error, repeats_made, left, &chance) {
                Some(pause) => self.clock.sleep(pause),
                None => {
                    // After a refusal "not sent" would be true of the last attempt only.
                    let earlier = refusal.filter(|_| error.outcome() == Outcome::NotSent);
                    return Err(retry::conclude(idempotency, earlier.unwrap_or(error), some_attempt_was_unknown));
                }
            }
            if error.outcome() == Outcome::Rejected {
                refusal = Some(error);
            }
            repeats_made += 1;
        }
    }

    /// One attempt: a request time, a signature, an answer.
    fn attempt(
        &self,
        expected: Option<&ExpectedAnswer>,
        url: &str,
        connection: &mut ConnectionPolicy,
        wire: &Value,
        (partner_id, key): (&str, &PrivateKey),
        end: Duration,
    ) -> Result<Response, Error> {
        let sealed = envelope::seal(wire, self.clock.unix_ms(), key)?;
        let post = |connection| -> Result<HttpResponse, Failure> {
            self.transport.post(&Exchange {
                url,
                partner_id,
                sign: &sealed.sign,
                body: sealed.body.as_bytes(),
                connection,
                timeout: end.saturating_sub(self.clock.elapsed()),
            })
        };
        let mut may_have_arrived = false;
        let answer = match post(*connection) {
            // A kept connection that the gateway had closed meanwhile: the same bytes once more, on a new one. The
            // others that are kept may be as dead, and one replay a call is all there is (R39).
            Err(failure) if failure.stale && *connection == ConnectionPolicy::MayReuse => {
                may_have_arrived = failure.error.outcome() == Outcome::Unknown;
                *connection = ConnectionPolicy::Fresh;
                post(*connection)
            }
            answer => answer,
        };
        let read = |answer: HttpResponse| {
            let body = envelope::open(&answer, self.config.public_keys(), self.clock.unix_ms())?;
            Response::new(expected, wire, body, answer.body, &self.config)
        };
        let result = answer.map_err(|failure| failure.error).and_then(read);
        // The gateway may have read it before the connection died: no failure of the second try undoes that.
        result.map_err(|error| if may_have_arrived { error.with_outcome(Outcome::Unknown) } else { error })
    }

    fn partner_id(&self) -> Result<&str, Error> {
        self.config.partner_id().ok_or_else(|| {
            Error::local(
                ErrorKind::InvalidConfig,
                "partner_id is not set: it is your merchant id at BonusPay, 12 digits",
            )
            .with_field("partner_id")
        })
    }

    fn merchant_key(&self) -> Result<&PrivateKey, Error> {
        self.config.private_key().ok_or_else(|| {
            Error::local(ErrorKind::InvalidConfig, "private_key is not set: without it this client can only verify")
                .with_field("private_key")
        })
    }

    fn gateway_keys(&self) -> Result<(), Error> {
        if self.config.public_keys().is_empty() {
            let text = "public_key is not set: without BonusPay's key no answer and no notification can be believed";
            return Err(Error::local(ErrorKind::InvalidConfig, text).with_field("public_key"));
        }
        Ok(())
    }
}

/// One of several questions may wait for its turn too long.
fn never_begun() -> Error {
    Error::local(ErrorKind::Timeout, "the time limit was over before the call began; nothing was sent")
}

fn biz_content(request: &impl Serialize) -> Result<Value, Error> {
    let json = serde_json::to_vec(request)
        .map_err(|_| Error::local(ErrorKind::InvalidArgument, "the request cannot be written as JSON"))?;
    read_biz_content(&json)
}

pub(crate) fn read_biz_content(json: &[u8]) -> Result<Value, Error> {
    Value::parse(json).map_err(|error| error.into_error(ErrorKind::InvalidArgument, Outcome::NotSent, "bizContent"))
}
