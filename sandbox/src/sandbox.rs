//! The running sandbox: the gateway with its store, its key and its clock, shared by all connections.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::fault::Faults;
use crate::gateway::merchant::{DEFAULT_PARTNER_ID, Merchant};
use crate::gateway::notification::Notification;
use crate::gateway::{Event, Gateway, Rejection};
use crate::journal::Journal;
use crate::key::GatewayKey;
use crate::store::Store;

/// What the program tells when it is ready.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Ready {
    pub listening: String,
    pub base_url: String,
    pub partner_id: &'static str,
    pub merchant_private_key: PathBuf,
    pub gateway_public_key: PathBuf,
    /// With TLS: the authority to trust.
    pub ca_pem: Option<PathBuf>,
}

/// Everything that the connections share.
pub struct Sandbox {
    state: Mutex<(Gateway, Store)>,
    clock: Box<dyn Clock>,
    key: GatewayKey,
    merchant_public_pem: String,
    journal: Mutex<Journal>,
    faults: Mutex<Faults>,
    signatures: Mutex<HashMap<String, String>>,
    trace: AtomicU64,
    /// Rung when a notification may have become due.
    pub deliveries: Notify,
    /// Whether notifications may leave this machine.
    pub allow_remote_notify: bool,
    /// Where it is to be found.
    pub ready: Ready,
}

/// A lock whose holder panicked guards data that is still whole: each change is one assignment or one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sandbox {
    /// A sandbox over an opened store. The default merchant is registered with the key under the data folder if it is
    /// not yet.
    pub fn new(
        state: (Gateway, Store),
        clock: Box<dyn Clock>,
        key: GatewayKey,
        merchant_public_pem: String,
        allow_remote_notify: bool,
        ready: Ready,
    ) -> Self {
        let sandbox = Self {
            state: Mutex::new(state),
            clock,
            key,
            merchant_public_pem,
            journal: Mutex::default(),
            faults: Mutex::default(),
            signatures: Mutex::default(),
            trace: AtomicU64::new(0),
            deliveries: Notify::new(),
            allow_remote_notify,
            ready,
        };
        sandbox.register_default_merchant();
        sandbox
    }

    /// A key that was registered for it by hand stays.
    fn register_default_merchant(&self) {
        if self.look(|gateway, _| gateway.merchant(DEFAULT_PARTNER_ID).is_some()) {
            return;
        }
        let public_key = self.merchant_public_pem.clone();
        let merchant = Merchant { partner_id: DEFAULT_PARTNER_ID.to_owned(), public_key };
        // Adding a merchant is never rejected.
        let _ = self.step(Event::AddMerchant(merchant));
    }

    /// The machine's time.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Lets something happen, and writes it down before it tells the answer. It waits for the disk: call it where
    /// that blocks nobody.
    pub fn step(&self, event: Event) -> Result<Value, Rejection> {
        let mut state = lock(&self.state);
        let (gateway, store) = &mut *state;
        let now = self.clock.now_ms();
        let (answer, records) = gateway.step(now, event);
        if !records.is_empty() {
            if let Err(error) = store.append(now, records) {
                // The state in memory is ahead of the store: whoever goes on from here tells what may be forgotten.
                eprintln!("bonuspay-sandbox: cannot write to the store: {error}");
                std::process::exit(1);
            }
            self.deliveries.notify_one();
        }
        answer
    }

    /// Looks at the state; the function gets the gateway and the machine's time.
    pub fn look<T>(&self, see: impl FnOnce(&Gateway, i64) -> T) -> T {
        see(&lock(&self.state).0, self.clock.now_ms())
    }

    /// Notifications that are due, each with whether it was asked for by hand, and when to look again.
    pub fn take_due(&self) -> (Vec<(Notification, bool)>, Option<i64>) {
        // Passing time is never rejected.
        let _ = self.step(Event::PassTime);
        let mut state = lock(&self.state);
        let due = state.0.take_due(self.clock.now_ms());
        (due, state.0.next_wakeup())
    }

    /// Back to the first start, but for the keys and the numbering.
    pub fn reset(&self) -> Result<Value, Rejection> {
        let answer = self.step(Event::Reset);
        self.register_default_merchant();
        self.journal().clear();
        self.faults().clear();
        lock(&self.signatures).clear();
        answer
    }

    /// The journal.
    pub fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    /// The faults.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    /// The gateway's signature.
    pub fn sign(&self, bytes: &[u8]) -> String {
        self.key.sign(bytes)
    }

    /// The signature of a notification, made once.
    pub fn sign_notification(&self, notification: &Notification) -> String {
        if let Some(sign) = lock(&self.signatures).get(&notification.id) {
            return sign.clone();
        }
        let sign = self.sign(notification.body.as_bytes());
        lock(&self.signatures).insert(notification.id.clone(), sign.clone());
        sign
    }

    /// The next `traceCode`.
    pub fn trace_code(&self) -> String {
        format!("{:06}", self.trace.fetch_add(1, Ordering::Relaxed) % 1_000_000)
    }
}
