//! The network between them: what it loses, doubles, delays and alters, and who sits on it.

use std::sync::{Arc, Weak};
use std::time::Duration;

use bonuspay::client::Clock;
use bonuspay::transport::{ConnectionPolicy, Exchange, Failure, HttpResponse, Transport};
use bonuspay::{Client, ErrorKind};
use bonuspay_sandbox::gateway::Endpoint;
use serde_json::{Value, json};

use crate::event::{Delivery, Event, HOUR, MINUTE, Origin, SECOND, ShopTask};
use crate::fate::{Fate, Heard, Tamper};
use crate::gateway::Dies;
use crate::keys::{BASE_URL, Keys, RIVAL, SHOP};
use crate::mutation::Mutation;
use crate::sim::Sim;
use crate::world::{START, World};

/// The shop's library, over the network and the clock of a world.
pub fn client(keys: &Keys, sim: &Weak<Sim>) -> Client {
    let net = Arc::new(Net(Weak::clone(sim)));
    Client::with_parts(keys.config(), Arc::clone(&net) as _, net)
}

/// The transport and the clock of the shop's library.
struct Net(Weak<Sim>);

impl Clock for Net {
    fn unix_ms(&self) -> u64 {
        self.0.upgrade().map_or(0, |sim| sim.with(|w| w.shop_now().unsigned_abs()))
    }

    fn elapsed(&self) -> Duration {
        self.0
            .upgrade()
            .map_or(Duration::ZERO, |sim| sim.with(|w| Duration::from_millis((w.now - START).unsigned_abs())))
    }

    fn sleep(&self, duration: Duration) {
        if let Some(sim) = self.0.upgrade() {
            let until = sim.with(|w| w.now + i64::try_from(duration.as_millis()).unwrap_or(0));
            sim.advance(until);
        }
    }

    fn chance(&self, from: Duration, to: Duration) -> Duration {
        let span = u64::try_from(to.saturating_sub(from).as_millis()).unwrap_or(0);
        self.0.upgrade().map_or(from, |sim| from + Duration::from_millis(sim.with(|w| w.rng.below(span + 1))))
    }
}

impl Transport for Net {
    fn post(&self, exchange: &Exchange<'_>) -> Result<HttpResponse, Failure> {
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
            w.network.kept = answer.http_status == 200;
            if w.is(Mutation::IdentityIgnored) {
                w.network.last_raw.clone_from(&answer.body);
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
        log.fresh += u32::from(exchange.connection == ConnectionPolicy::Fresh);
        log.tampered = false;
        log.replayed_refusal = false;
        let call = log.id;
        let mut fate = self.network.fate(&mut self.rng, exchange.connection);
        if fate == Fate::Tampered(Tamper::Replayed) && path == Endpoint::OrderPaymentEvents.path() {
            // This answer names nobody: an empty list of another order's would deceive any shop.
            fate = Fate::Clean;
        }
        if self.gateway.down_until.is_some() {
            fate = Fate::Refused;
        }
        self.network.kept &= !matches!(fate, Fate::Stale(_));
        let slow = i64::try_from(self.network.weather).unwrap_or(0) * 300;
        let (there, back) = (self.rng.between(5, 150 + slow), self.rng.between(5, 150 + slow));
        let body = String::from_utf8_lossy(exchange.body);
        self.note(format_args!("→ call {call} {path} {fate:?} {body}"));
        if matches!(fate, Fate::Late | Fate::Doubled) {
            let most = self.rng.pick(&[(3, MINUTE), (3, 14 * MINUTE), (2, 25 * HOUR)]);
            let at = now + self.rng.between(SECOND, most);
            self.replay(at, call, path, exchange);
        }
        if fate == Fate::Redirected && path == Endpoint::OrderGet.path() {
            let other = self.rng.pick(&[(1, Endpoint::OrderCancel), (2, Endpoint::OrderAccept)]);
            let at = now + self.rng.between(SECOND, 10 * MINUTE);
            self.replay(at, 0, other.path(), exchange);
        }
        if matches!(fate, Fate::Stale(_)) {
            self.counts.stale += 1;
        }
        Some((fate, there, back))
    }

    fn replay(&mut self, at: i64, call: u64, path: &str, exchange: &Exchange<'_>) {
        let (sign, body) = (exchange.sign.to_owned(), exchange.body.to_vec());
        self.at(at, Event::Replay { call, path: path.to_owned(), sign, body });
    }

    /// A copy of an earlier request arrives.
    pub fn deliver_replay(&mut self, call: u64, path: &str, sign: &str, body: &[u8]) {
        let handled = self.gateway.handle(self.now, path, SHOP, sign, body, Dies::Never);
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
            && self.rng.hit(1, 6)
        {
            let number = number.to_owned();
            let after = self.rng.between(SECOND, 29 * SECOND);
            self.after(after, Event::RefundFails { number });
        }
    }

    /// The request reaches the gateway; the answer, if one leaves it.
    fn arrive(&mut self, exchange: &Exchange<'_>, path: &str, fate: Fate) -> Option<HttpResponse> {
        if self.gateway.down_until.is_some() {
            // It went down while the request was on its way.
            return None;
        }
        let answer = |status: u16, sign: Vec<String>, text: String| HttpResponse {
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
        let fails = fate == Fate::SystemError && self.rng.hit(1, 2);
        let handled = if before || fails {
            None
        } else {
            let handled = self.gateway.handle(self.now, path, exchange.partner_id, exchange.sign, &body, dies);
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
                let which = self.rng.pick(&[(1, ("500", "SYSTEM_ERROR")), (1, ("504", "SERVICE_TIMEOUT"))]);
                return Some(self.refusal_of_its_own(which));
            }
            Fate::UnsignedRefusal(_) => {
                let code = self.rng.pick(&[
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
        let mut text = self.gateway.text(&outcome);
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
        let mut sign = self.gateway.sign(&text).into_bytes();
        let mut bytes = text.into_bytes();
        match tamper {
            Tamper::Body => self.flip(&mut bytes),
            Tamper::Sign => self.flip(&mut sign),
            _ => {}
        }
        let signs = if tamper == Tamper::TwoSigns { vec![sign.clone(), sign] } else { vec![sign] };
        Some(HttpResponse { http_status: 200, sign: signs, date: None, body: bytes })
    }

    fn tampered(&mut self) {
        if let Some(log) = self.calls.last_mut() {
            log.tampered = true;
        }
    }

    /// Another letter or digit in one place.
    fn flip(&mut self, bytes: &mut [u8]) {
        let at = self.rng.below(bytes.len() as u64) as usize;
        if let Some(byte) = bytes.get_mut(at) {
            *byte = if *byte == b'7' { b'3' } else { b'7' };
        }
    }

    fn refusal_of_its_own(&mut self, code: (&str, &str)) -> HttpResponse {
        let text = refusal_text(code);
        let sign = self.gateway.sign(&text);
        HttpResponse { http_status: 200, sign: vec![sign.into_bytes()], date: None, body: text.into_bytes() }
    }

    fn hear(&mut self, path: &str, body: &[u8], text: &str, refusal: bool) -> String {
        let sign = self.gateway.sign(text);
        if self.network.hostile && path != Endpoint::OrderPaymentEvents.path() {
            let heard = Heard { asked: subject(body), text: text.to_owned(), sign: sign.clone(), refusal };
            self.network.heard.push(heard);
        }
        sign
    }

    /// A genuine answer to another question. An old answer to the same one would be a true word out of date: nothing
    /// in the protocol tells its age.
    fn something_heard(&mut self, body: &[u8]) -> Option<Heard> {
        let asked = subject(body);
        let left = self.network.refusals_left > 0;
        let fits = |heard: &&Heard| if heard.refusal { left } else { heard.asked != asked };
        let fitting: Vec<Heard> = self.network.heard.iter().filter(fits).cloned().collect();
        let index = self.rng.below(fitting.len() as u64) as usize;
        let heard = fitting.into_iter().nth(index)?;
        self.network.refusals_left -= u32::from(heard.refusal);
        Some(heard)
    }

    /// The gateway sends what is due.
    pub fn send_notifications(&mut self) {
        for (notification, by_hand) in self.gateway.take_due(self.now) {
            let id = notification.id.clone();
            let sign = self.gateway.sign(&notification.body);
            let ours = notification.partner_id == SHOP;
            let mut delivery = Delivery {
                partner_id: SHOP.into(),
                sign,
                body: notification.body,
                id: Some((id.clone(), by_hand)),
                origin: if ours { Origin::Gateway } else { Origin::Foreign },
            };
            if !ours {
                // The other merchant got it, and sends it on to the shop: now, and perhaps once more.
                self.gateway.attempted(self.now, &id, by_hand, Some(200), true);
                delivery.id = None;
                self.network.deliveries.push(delivery.clone());
                let after = self.rng.between(SECOND, 5 * MINUTE);
                self.after(after, Event::Shop(ShopTask::Notified(delivery)));
                continue;
            }
            self.network.deliveries.push(Delivery { id: None, ..delivery.clone() });
            let fate =
                if self.network.deaf { self.rng.below(10) + 2 } else { self.rng.below(12 - 2 * self.network.weather) };
            self.note(format_args!("the gateway sends {id}: {fate}"));
            let soon = self.rng.between(20, 900);
            if self.network.deaf && fate > 3 || fate == 0 {
                self.after(10 * SECOND, Event::Lost { id, by_hand });
                continue;
            }
            if fate == 1 {
                let copy = Delivery { id: None, ..delivery.clone() };
                let after = self.rng.between(20, 2 * SECOND);
                self.after(after, Event::Shop(ShopTask::Notified(copy)));
            }
            if fate == 2 {
                // It arrives when the gateway has long given this attempt up.
                delivery.id = None;
                self.after(10 * SECOND, Event::Lost { id, by_hand });
                let late = self.rng.between(10 * SECOND, 25 * HOUR);
                self.after(late, Event::Shop(ShopTask::Notified(delivery)));
                continue;
            }
            self.after(soon, Event::Shop(ShopTask::Notified(delivery)));
        }
    }

    /// Someone sends the shop an old notification again, or one of his own making.
    pub fn forge(&mut self) {
        let index = self.rng.below(self.network.deliveries.len() as u64) as usize;
        let old = self.network.deliveries.get(index).cloned();
        let delivery = match (old, self.rng.below(4)) {
            (Some(old), 0 | 1) => old,
            (Some(mut old), 2) => {
                let mut body = old.body.into_bytes();
                self.flip(&mut body);
                old.body = String::from_utf8_lossy(&body).into_owned();
                Delivery { origin: Origin::Forged, ..old }
            }
            _ => {
                let Some((number, order_no, cents)) = self.shop.any_attempt() else { return };
                let amount = json!({"amount": cents / 100 + 1, "currency": "USDT"});
                let body = json!({"acquireOrder": {"merchantOrderNo": number, "orderNo": order_no, "status": "SUCCESS",
                    "totalAmount": amount, "paymentInfo": {"paidAmount": amount}, "payeeMid": SHOP}});
                let body = body.to_string();
                let sign = self.keys.forger_sign(&body);
                Delivery { partner_id: SHOP.into(), sign, body, id: None, origin: Origin::Forged }
            }
        };
        self.at(self.now, Event::Shop(ShopTask::Notified(delivery)));
    }

    /// The other merchant places an order under the shop's number and pays it to himself. What the gateway then says
    /// of it is signed with the same key as what it says of the shop's.
    pub fn rival(&mut self) {
        let Some((number, _, cents)) = self.shop.any_attempt() else { return };
        let token = self.shop.token_of(&number).filter(|_| self.rng.hit(1, 2));
        let amount: Value = serde_json::from_str(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or(Value::Null);
        let mut biz = json!({"merchantOrderNo": number, "subject": "Order", "paySceneCode": "API",
            "paySceneParams": {"chainCode": "TRON", "payChannelCode": "CHAIN"},
            "totalAmount": {"amount": amount, "currency": "USDT"}, "notifyUrl": "https://rival.example/notify"});
        if let (Some(token), Some(biz)) = (token, biz.as_object_mut()) {
            biz.insert("reserved".into(), json!(token));
        }
        let now = self.now;
        let Some(placed) = self.gateway.rival_call(now, Endpoint::OrderPlace, &biz) else { return };
        let order_no = placed.pointer("/acquireOrder/orderNo").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.note(format_args!("the other merchant places and pays {order_no} as {number}"));
        let (coin, chain) = (bonuspay_sandbox::money::Currency::Usdt, bonuspay_sandbox::network::Network::Tron);
        self.gateway.deposit(now, &order_no, cents, coin, chain);
        let got = self.gateway.rival_call(now, Endpoint::OrderGet, &json!({"orderNo": order_no}));
        for body in [Some(placed), got].into_iter().flatten() {
            let text = self.gateway.text(&Ok(body));
            let sign = self.gateway.sign(&text);
            if self.network.hostile {
                self.network.heard.push(Heard { asked: RIVAL.into(), text, sign, refusal: false });
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
