//! The network between them: what it loses, doubles, delays and alters, and who sits on it.

use std::sync::Weak;

use bonuspay::ErrorKind;
use bonuspay::transport::{Answer, Connection, Exchange, Failure, Transport};
use bonuspay_sandbox::gateway::Endpoint;
use serde_json::{Value, json};

use crate::bank::Dies;
use crate::dice::Dice;
use crate::keys::{BASE_URL, RIVAL, SHOP};
use crate::mutation::Mutation;
use crate::shopper::Plan;
use crate::world::{Event, HOUR, Letter, MINUTE, Origin, SECOND, ShopTask, Sim, World};

/// The transport and the clock of the shop's library.
#[derive(Clone)]
pub struct Net(pub Weak<Sim>);

/// What the network remembers.
pub struct Network {
    /// From 0, a good day, to 3.
    weather: u64,
    /// Whether someone sits on the line and alters what passes.
    hostile: bool,
    /// Whether notifications are lost more often than not.
    deaf: bool,
    /// Whether a connection of the shop's is kept alive.
    pub kept: bool,
    /// Answers of the gateway's that were heard: what was asked, the text, the signature, whether a refusal.
    heard: Vec<Heard>,
    /// Notifications of the gateway's that were heard.
    letters: Vec<Letter>,
    /// One genuine refusal may be told again in another's place: two of them in a row deceive any shop.
    refusals_left: u32,
    /// What the shoppers have in mind.
    pub plans: Vec<Plan>,
    /// The last answer's body.
    pub last_raw: Vec<u8>,
}

#[derive(Clone)]
struct Heard {
    asked: String,
    text: String,
    sign: String,
    refusal: bool,
}

/// What happens to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
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
enum Tamper {
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
    pub fn new(dice: &mut Dice) -> Self {
        let weather = dice.pick(&[(4, 0), (4, 1), (1, 2), (1, 3)]);
        Self {
            weather,
            hostile: dice.hit(1, 4),
            deaf: dice.hit(1, 5),
            kept: false,
            heard: Vec::new(),
            letters: Vec::new(),
            refusals_left: 1,
            plans: Vec::new(),
            last_raw: Vec::new(),
        }
    }

    fn fate(&self, dice: &mut Dice, connection: Connection) -> Fate {
        if connection == Connection::MayReuse && self.kept && dice.hit(1, 12) {
            return Fate::Stale(dice.hit(1, 2));
        }
        if !dice.hit(1 + 3 * self.weather, 30) {
            let hostile = self.hostile && dice.hit(1, 5);
            return if hostile { self.hostile_fate(dice) } else { Fate::Clean };
        }
        dice.pick(&[
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

    fn hostile_fate(&self, dice: &mut Dice) -> Fate {
        dice.pick(&[
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

impl Transport for Net {
    fn post(&self, exchange: &Exchange<'_>) -> Result<Answer, Failure> {
        let Some(sim) = self.0.upgrade() else {
            return Err(Failure::not_sent(ErrorKind::Internal, "the world is over"));
        };
        let path = exchange.url.strip_prefix(BASE_URL).unwrap_or_default();
        let planned = sim.with(|w| w.begin_post(exchange, path));
        let Some((fate, there, back)) = planned else {
            return Err(Failure::not_sent(ErrorKind::Internal, "this machine is dead"));
        };
        let (start, timeout) = sim.with(|w| (w.now, i64::try_from(exchange.timeout.as_millis()).unwrap_or(0)));
        let wait = |until: i64| sim.advance(until);
        let lost = || -> Failure {
            wait(start + timeout);
            Failure::unknown(ErrorKind::Timeout, "no answer within the time limit")
        };
        let reset = || Failure::unknown(ErrorKind::Io, "the connection was reset");
        match fate {
            Fate::Refused => {
                wait(start + 5);
                return Err(Failure::not_sent(ErrorKind::Connect, "refused"));
            }
            Fate::LostBefore | Fate::Late => return Err(lost()),
            Fate::Stale(false) => {
                wait(start + 1);
                return Err(Failure::stale(ErrorKind::Io, "it was closed without an answer"));
            }
            _ => wait(start + there),
        }
        if fate == Fate::ResetBefore {
            return Err(reset());
        }
        let Some(answer) = sim.with(|w| w.arrive(exchange, path, fate)) else {
            return match fate {
                Fate::LostAfter => Err(lost()),
                Fate::Stale(_) => Err(Failure::stale(ErrorKind::Io, "it was closed without an answer")),
                _ => Err(reset()),
            };
        };
        wait(start + there + back);
        sim.with(|w| {
            if w.now > start + timeout {
                return Err(Failure::unknown(ErrorKind::Timeout, "no answer within the time limit"));
            }
            w.wires.kept = answer.http_status == 200;
            if w.is(Mutation::IdentityIgnored) {
                w.wires.last_raw.clone_from(&answer.body);
            }
            Ok(answer)
        })
    }
}

impl World {
    /// A request leaves the shop: what will happen to it, and how long it takes there and back.
    fn begin_post(&mut self, exchange: &Exchange<'_>, path: &str) -> Option<(Fate, i64, i64)> {
        let (up, epoch, now) = (self.shop.up, self.shop.epoch, self.now);
        let log = self.calls.last_mut()?;
        if !up || log.epoch != epoch {
            return None;
        }
        log.posts += 1;
        log.fresh += u32::from(exchange.connection == Connection::Fresh);
        log.tampered = false;
        log.replayed_refusal = false;
        let call = log.id;
        let mut fate = self.wires.fate(&mut self.dice, exchange.connection);
        if fate == Fate::Tampered(Tamper::Replayed) && path == Endpoint::OrderPaymentEvents.path() {
            // This answer names nobody: an empty list of another order's would deceive any shop.
            fate = Fate::Clean;
        }
        if self.bank.down_until.is_some() {
            fate = Fate::Refused;
        }
        self.wires.kept &= !matches!(fate, Fate::Stale(_));
        let slow = i64::try_from(self.wires.weather).unwrap_or(0) * 300;
        let (there, back) = (self.dice.between(5, 150 + slow), self.dice.between(5, 150 + slow));
        let body = String::from_utf8_lossy(exchange.body);
        self.note(format_args!("→ call {call} {path} {fate:?} {body}"));
        if matches!(fate, Fate::Late | Fate::Doubled) {
            let most = self.dice.pick(&[(3, MINUTE), (3, 14 * MINUTE), (2, 25 * HOUR)]);
            let at = now + self.dice.between(SECOND, most);
            self.copy(at, call, path, exchange);
        }
        if fate == Fate::Redirected && path == Endpoint::OrderGet.path() {
            let other = self.dice.pick(&[(1, Endpoint::OrderCancel), (2, Endpoint::OrderAccept)]);
            let at = now + self.dice.between(SECOND, 10 * MINUTE);
            self.copy(at, 0, other.path(), exchange);
        }
        if matches!(fate, Fate::Stale(_)) {
            self.counts.stale += 1;
        }
        Some((fate, there, back))
    }

    fn copy(&mut self, at: i64, call: u64, path: &str, exchange: &Exchange<'_>) {
        let (sign, body) = (exchange.sign.to_owned(), exchange.body.to_vec());
        self.at(at, Event::Copy { call, path: path.to_owned(), sign, body });
    }

    /// A copy of an earlier request arrives.
    pub fn deliver_copy(&mut self, call: u64, path: &str, sign: &str, body: &[u8]) {
        let handled = self.bank.handle(self.now, path, SHOP, sign, body, Dies::Never);
        self.note(format_args!("a copy of call {call} arrives at {path}: done {}", handled.acted));
        if self.not_sent.contains(&call) {
            self.broke(format!("call {call} was told as not sent, and arrived later"));
        }
        self.refund_placed(path, &handled.outcome);
        self.wake_gateway();
    }

    fn refund_placed(&mut self, path: &str, outcome: &Result<Value, bonuspay_sandbox::gateway::refusal::Refusal>) {
        let Ok(body) = outcome else { return };
        if path == Endpoint::RefundPlace.path()
            && let Some(number) = body.pointer("/refundOrder/orderNo").and_then(Value::as_str)
            && self.dice.hit(1, 6)
        {
            let number = number.to_owned();
            let after = self.dice.between(SECOND, 29 * SECOND);
            self.after(after, Event::RefundFails { number });
        }
    }

    /// The request reaches the gateway; the answer, if one leaves it.
    fn arrive(&mut self, exchange: &Exchange<'_>, path: &str, fate: Fate) -> Option<Answer> {
        if self.bank.down_until.is_some() {
            // It went down while the request was on its way.
            return None;
        }
        let answer = |status: u16, sign: Vec<String>, text: String| Answer {
            http_status: status,
            sign: sign.into_iter().map(String::into_bytes).collect(),
            date: None,
            body: text.into_bytes(),
        };
        let mut body = exchange.body.to_vec();
        if fate == Fate::RequestAltered {
            self.flip(&mut body);
        }
        let dies = if let Fate::GatewayDies(dies) = fate { dies } else { Dies::Never };
        if let Some(log) = self.calls.last_mut() {
            log.delivered += 1;
        }
        let before = [Fate::Busy, Fate::UnsignedRefusal(false)].contains(&fate);
        let fails = fate == Fate::SystemError && self.dice.hit(1, 2);
        let handled = if before || fails {
            None
        } else {
            let handled = self.bank.handle(self.now, path, exchange.partner_id, exchange.sign, &body, dies);
            if let Some(log) = self.calls.last_mut() {
                log.acted += u32::from(handled.acted);
            }
            self.refund_placed(path, &handled.outcome);
            Some(handled)
        };
        self.wake_gateway();
        match fate {
            Fate::LostAfter | Fate::ResetAfter | Fate::Stale(_) => return None,
            Fate::GatewayDies(_) => {
                self.gateway_dies();
                return None;
            }
            Fate::Busy => return Some(self.refusal_of_its_own(("402", "RATE_LIMIT_REJECT"))),
            Fate::SystemError => {
                let which = self.dice.pick(&[(1, ("500", "SYSTEM_ERROR")), (1, ("504", "SERVICE_TIMEOUT"))]);
                return Some(self.refusal_of_its_own(which));
            }
            Fate::UnsignedRefusal(_) => {
                let code = self.dice.pick(&[
                    (2, ("77004", "MERCHANT_ORDER_NO_NOT_EXIST")),
                    (2, ("77002", "ORDER_FAILURE")),
                    (1, ("400", "INVALID_PARAMETER")),
                    (1, ("402", "RATE_LIMIT_REJECT")),
                    (1, ("500", "SYSTEM_ERROR")),
                ]);
                self.tampered();
                return Some(answer(200, Vec::new(), refusal_text(code)));
            }
            _ => {}
        }
        let outcome = handled?.outcome;
        let mut text = self.bank.text(&outcome);
        // PayBy answers a request that it could not verify without a signature of its own, and so does the sandbox.
        let unsigned = outcome.as_ref().is_err_and(|refusal| refusal.apply_status == "ERROR");
        let Fate::Tampered(tamper) = fate else {
            let sign = if unsigned { Vec::new() } else { vec![self.hear(path, &body, &text, outcome.is_err())] };
            return Some(answer(200, sign, text));
        };
        match tamper {
            Tamper::Html => return Some(answer(502, Vec::new(), "<html>502 Bad Gateway</html>".into())),
            Tamper::Cut => return None,
            Tamper::Replayed => {
                let Some(heard) = self.something_heard(&body) else {
                    let sign = self.hear(path, &body, &text, outcome.is_err());
                    return Some(answer(200, vec![sign], text));
                };
                self.note(format_args!("replayed: {}", heard.text));
                if let Some(log) = self.calls.last_mut() {
                    log.replayed_refusal = heard.refusal;
                }
                return Some(answer(200, vec![heard.sign], heard.text));
            }
            Tamper::Unsigned => {
                self.tampered();
                return Some(answer(200, Vec::new(), text));
            }
            Tamper::Forged => {
                self.tampered();
                text = text.replace("CREATED", "SUCCESS");
                let sign = self.keys.forger_sign(&text);
                return Some(answer(200, vec![sign], text));
            }
            Tamper::Body | Tamper::Sign | Tamper::TwoSigns => self.tampered(),
        }
        let mut sign = self.bank.sign(&text).into_bytes();
        let mut bytes = text.into_bytes();
        match tamper {
            Tamper::Body => self.flip(&mut bytes),
            Tamper::Sign => self.flip(&mut sign),
            _ => {}
        }
        let signs = if tamper == Tamper::TwoSigns { vec![sign.clone(), sign] } else { vec![sign] };
        Some(Answer { http_status: 200, sign: signs, date: None, body: bytes })
    }

    fn tampered(&mut self) {
        if let Some(log) = self.calls.last_mut() {
            log.tampered = true;
        }
    }

    /// Another letter or digit in one place.
    fn flip(&mut self, bytes: &mut [u8]) {
        let at = self.dice.below(bytes.len() as u64) as usize;
        if let Some(byte) = bytes.get_mut(at) {
            *byte = if *byte == b'7' { b'3' } else { b'7' };
        }
    }

    fn refusal_of_its_own(&mut self, code: (&str, &str)) -> Answer {
        let text = refusal_text(code);
        let sign = self.bank.sign(&text);
        Answer { http_status: 200, sign: vec![sign.into_bytes()], date: None, body: text.into_bytes() }
    }

    fn hear(&mut self, path: &str, body: &[u8], text: &str, refusal: bool) -> String {
        let sign = self.bank.sign(text);
        if self.wires.hostile && path != Endpoint::OrderPaymentEvents.path() {
            let heard = Heard { asked: subject(body), text: text.to_owned(), sign: sign.clone(), refusal };
            self.wires.heard.push(heard);
        }
        sign
    }

    /// A genuine answer to another question. An old answer to the same one would be a true word out of date: nothing
    /// in the protocol tells its age.
    fn something_heard(&mut self, body: &[u8]) -> Option<Heard> {
        let asked = subject(body);
        let left = self.wires.refusals_left > 0;
        let fits = |heard: &&Heard| if heard.refusal { left } else { heard.asked != asked };
        let fitting: Vec<Heard> = self.wires.heard.iter().filter(fits).cloned().collect();
        let index = self.dice.below(fitting.len() as u64) as usize;
        let heard = fitting.into_iter().nth(index)?;
        self.wires.refusals_left -= u32::from(heard.refusal);
        Some(heard)
    }

    /// The gateway sends what is due.
    pub fn send_notifications(&mut self) {
        for (notification, by_hand) in self.bank.take_due(self.now) {
            let id = notification.id.clone();
            let sign = self.bank.sign(&notification.body);
            let ours = notification.partner_id == SHOP;
            let mut letter = Letter {
                partner_id: SHOP.into(),
                sign,
                body: notification.body,
                id: Some((id.clone(), by_hand)),
                origin: if ours { Origin::Gateway } else { Origin::Foreign },
            };
            if !ours {
                // The other merchant got it, and sends it on to the shop: now, and perhaps once more.
                self.bank.attempted(self.now, &id, by_hand, Some(200), true);
                letter.id = None;
                self.wires.letters.push(letter.clone());
                let after = self.dice.between(SECOND, 5 * MINUTE);
                self.after(after, Event::Shop(ShopTask::Notified(letter)));
                continue;
            }
            self.wires.letters.push(Letter { id: None, ..letter.clone() });
            let fate =
                if self.wires.deaf { self.dice.below(10) + 2 } else { self.dice.below(12 - 2 * self.wires.weather) };
            self.note(format_args!("the gateway sends {id}: {fate}"));
            let soon = self.dice.between(20, 900);
            if self.wires.deaf && fate > 3 || fate == 0 {
                self.after(10 * SECOND, Event::Lost { id, by_hand });
                continue;
            }
            if fate == 1 {
                let copy = Letter { id: None, ..letter.clone() };
                let after = self.dice.between(20, 2 * SECOND);
                self.after(after, Event::Shop(ShopTask::Notified(copy)));
            }
            if fate == 2 {
                // It arrives when the gateway has long given this attempt up.
                letter.id = None;
                self.after(10 * SECOND, Event::Lost { id, by_hand });
                let late = self.dice.between(10 * SECOND, 25 * HOUR);
                self.after(late, Event::Shop(ShopTask::Notified(letter)));
                continue;
            }
            self.after(soon, Event::Shop(ShopTask::Notified(letter)));
        }
    }

    /// Someone sends the shop an old notification again, or one of his own making.
    pub fn forge(&mut self) {
        let index = self.dice.below(self.wires.letters.len() as u64) as usize;
        let old = self.wires.letters.get(index).cloned();
        let letter = match (old, self.dice.below(4)) {
            (Some(old), 0 | 1) => old,
            (Some(mut old), 2) => {
                let mut body = old.body.into_bytes();
                self.flip(&mut body);
                old.body = String::from_utf8_lossy(&body).into_owned();
                Letter { origin: Origin::Forged, ..old }
            }
            _ => {
                let Some((number, order_no, cents)) = self.shop.any_attempt() else { return };
                let amount = json!({"amount": cents / 100 + 1, "currency": "USDT"});
                let body = json!({"acquireOrder": {"merchantOrderNo": number, "orderNo": order_no, "status": "SUCCESS",
                    "totalAmount": amount, "paymentInfo": {"paidAmount": amount}, "payeeMid": SHOP}});
                let body = body.to_string();
                let sign = self.keys.forger_sign(&body);
                Letter { partner_id: SHOP.into(), sign, body, id: None, origin: Origin::Forged }
            }
        };
        self.at(self.now, Event::Shop(ShopTask::Notified(letter)));
    }

    /// The other merchant places an order under the shop's number and pays it to himself. What the gateway then says
    /// of it is signed with the same key as what it says of the shop's.
    pub fn rival(&mut self) {
        let Some((number, _, cents)) = self.shop.any_attempt() else { return };
        let token = self.shop.token_of(&number).filter(|_| self.dice.hit(1, 2));
        let amount: Value = serde_json::from_str(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or(Value::Null);
        let mut biz = json!({"merchantOrderNo": number, "subject": "Order", "paySceneCode": "API",
            "paySceneParams": {"chainCode": "TRON", "payChannelCode": "CHAIN"},
            "totalAmount": {"amount": amount, "currency": "USDT"}, "notifyUrl": "https://rival.example/notify"});
        if let (Some(token), Some(biz)) = (token, biz.as_object_mut()) {
            biz.insert("reserved".into(), json!(token));
        }
        let now = self.now;
        let Some(placed) = self.bank.rival_call(now, Endpoint::OrderPlace, &biz) else { return };
        let order_no = placed.pointer("/acquireOrder/orderNo").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.note(format_args!("the other merchant places and pays {order_no} as {number}"));
        let (coin, chain) = (bonuspay_sandbox::money::Currency::Usdt, bonuspay_sandbox::network::Network::Tron);
        self.bank.deposit(now, &order_no, cents, coin, chain);
        let got = self.bank.rival_call(now, Endpoint::OrderGet, &json!({"orderNo": order_no}));
        for body in [Some(placed), got].into_iter().flatten() {
            let text = self.bank.text(&Ok(body));
            let sign = self.bank.sign(&text);
            if self.wires.hostile {
                self.wires.heard.push(Heard { asked: RIVAL.into(), text, sign, refusal: false });
            }
        }
        self.wake_gateway();
    }
}

fn refusal_text((code, msg): (&str, &str)) -> String {
    json!({"head": {"applyStatus": "FAIL", "code": code, "msg": msg, "traceCode": "000001"}}).to_string()
}

/// What a request is about: its `bizContent` without the amounts would do, and its number is enough.
fn subject(body: &[u8]) -> String {
    let request: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let number = |name: &str| request.pointer(&format!("/bizContent/{name}")).and_then(Value::as_str);
    number("refundMerchantOrderNo").or_else(|| number("merchantOrderNo")).unwrap_or_default().to_owned()
}
