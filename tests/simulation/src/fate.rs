//! What may happen to an exchange, and what the network remembers.

use bonuspay::transport::ConnectionPolicy;

use crate::event::Delivery;
use crate::gateway::Dies;
use crate::rng::Rng;

/// What the network remembers.
pub struct Network {
    /// From 0, a good day, to 3.
    pub(crate) weather: u64,
    /// Whether someone sits on the line and alters what passes.
    pub(crate) hostile: bool,
    /// Whether notifications are lost more often than not.
    pub(crate) deaf: bool,
    /// Whether a connection of the shop's is kept alive.
    pub kept: bool,
    /// Answers of the gateway's that were heard: what was asked, the text, the signature, whether a refusal.
    pub(crate) heard: Vec<Heard>,
    /// Notifications of the gateway's that were heard.
    pub(crate) deliveries: Vec<Delivery>,
    /// One genuine refusal may be told again in another's place: two of them in a row deceive any shop.
    pub(crate) refusals_left: u32,
    /// The last answer's body.
    pub last_raw: Vec<u8>,
}

#[derive(Clone)]
pub(crate) struct Heard {
    pub(crate) asked: String,
    pub(crate) text: String,
    pub(crate) sign: String,
    pub(crate) refusal: bool,
}

/// What happens to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Clean,
    Refused,
    LostBefore,
    LostAfter,
    ResetBefore,
    ResetAfter,
    Late,
    Doubled,
    /// A kept connection dies; the request was read before or not.
    Stale(bool),
    RequestAltered,
    /// A copy goes to another endpoint: the path is not signed.
    Redirected,
    Busy,
    SystemError,
    GatewayDies(Dies),
    Tampered(Tamper),
    UnsignedRefusal(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tamper {
    Body,
    Sign,
    Unsigned,
    Forged,
    TwoSigns,
    Html,
    Cut,
    Replayed,
}

impl Network {
    /// Its weather is the seed's.
    pub fn new(rng: &mut Rng) -> Self {
        let weather = rng.pick(&[(4, 0), (4, 1), (1, 2), (1, 3)]);
        Self {
            weather,
            hostile: rng.hit(1, 4),
            deaf: rng.hit(1, 5),
            kept: false,
            heard: Vec::new(),
            deliveries: Vec::new(),
            refusals_left: 1,
            last_raw: Vec::new(),
        }
    }

    pub(crate) fn fate(&self, rng: &mut Rng, connection: ConnectionPolicy) -> Fate {
        if connection == ConnectionPolicy::MayReuse && self.kept && rng.hit(1, 12) {
            return Fate::Stale(rng.hit(1, 2));
        }
        if !rng.hit(1 + 3 * self.weather, 30) {
            let hostile = self.hostile && rng.hit(1, 5);
            return if hostile { self.hostile_fate(rng) } else { Fate::Clean };
        }
        rng.pick(&[
            (4, Fate::Refused),
            (3, Fate::LostBefore),
            (3, Fate::LostAfter),
            (3, Fate::ResetBefore),
            (3, Fate::ResetAfter),
            (4, Fate::Late),
            (2, Fate::Doubled),
            (1, Fate::RequestAltered),
            (1, Fate::Busy),
            (1, Fate::SystemError),
            (1, Fate::GatewayDies(Dies::BeforeSync)),
            (1, Fate::GatewayDies(Dies::AfterSync)),
            (1, Fate::Tampered(Tamper::Html)),
            (1, Fate::Tampered(Tamper::Cut)),
        ])
    }

    fn hostile_fate(&self, rng: &mut Rng) -> Fate {
        rng.pick(&[
            (2, Fate::Tampered(Tamper::Body)),
            (2, Fate::Tampered(Tamper::Sign)),
            (2, Fate::Tampered(Tamper::Unsigned)),
            (2, Fate::Tampered(Tamper::Forged)),
            (1, Fate::Tampered(Tamper::TwoSigns)),
            (6, Fate::Tampered(Tamper::Replayed)),
            (1, Fate::UnsignedRefusal(false)),
            (2, Fate::UnsignedRefusal(true)),
            (3, Fate::Redirected),
            (2, Fate::Doubled),
        ])
    }
}
