//! The state machine alone, under a clock of the test's own: many random days, each checked after every step.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use bonuspay_sandbox::gateway::merchant::Merchant;
use bonuspay_sandbox::gateway::notification::Attempt;
use bonuspay_sandbox::gateway::order::OrderStatus;
use bonuspay_sandbox::gateway::refund::RefundStatus;
use bonuspay_sandbox::gateway::{Call, Endpoint, Event, Gateway, NewDeposit, Record, Settings};
use bonuspay_sandbox::money::Amount;
use serde_json::{Map, Value, json};

mod rng;
use rng::Rng;

const PARTNER_ID: &str = "200000000888";
const DUE: &str = "12.81";

struct Day {
    gateway: Gateway,
    books: Vec<Record>,
    now: i64,
    accepted: Vec<String>,
}

fn gateway() -> Gateway {
    let settings = Settings { time_scale: 1, origin: "http://127.0.0.1:8790".into() };
    Gateway::new(settings, "seed".into())
}

impl Day {
    fn new() -> Self {
        let mut day = Self { gateway: gateway(), books: Vec::new(), now: 1_795_166_439_000, accepted: Vec::new() };
        let merchant = Merchant { partner_id: PARTNER_ID.into(), public_key: String::new() };
        day.step(Event::AddMerchant(merchant)).unwrap();
        day
    }

    fn step(&mut self, event: Event) -> Result<Value, String> {
        let (answer, records) = self.gateway.step(self.now, event);
        self.books.extend(records);
        answer.map_err(|rejection| format!("{rejection:?}"))
    }

    fn call(&mut self, endpoint: Endpoint, biz: Value) -> Result<Value, String> {
        let biz_content: Map<String, Value> = biz.as_object().unwrap().clone();
        self.step(Event::Call(Call {
            endpoint,
            partner_id: PARTNER_ID.into(),
            request_time: self.now,
            biz_content,
            clock_error_ms: 0,
        }))
    }

    fn anything(&mut self, rng: &mut Rng) {
        let order = format!("o-{}", rng.below(4));
        let refund = format!("r-{}", rng.below(8));
        let cents = i128::from(rng.below(1500)) + 1;
        let amount = Amount::from_units(cents * 1_000_000);
        let number = || serde_json::from_str::<Value>(&amount.to_string()).unwrap();
        // Most of these are refused most of the time; that is the point.
        let _ = match rng.below(10) {
            0 | 1 => self.call(
                Endpoint::OrderPlace,
                json!({
                    "merchantOrderNo": order,
                    "subject": "Ipad",
                    "totalAmount": {"amount": serde_json::from_str::<Value>(DUE).unwrap(), "currency": "USDT"},
                    "paySceneCode": "CHECK_OUT",
                    "notifyUrl": "http://127.0.0.1/notify",
                }),
            ),
            2 | 3 => {
                let deposit = NewDeposit { amount, currency: None, network: None, payer_address: None, tx_hash: None };
                self.step(Event::Deposit { order_no: order, deposit })
            }
            4 => self.call(
                Endpoint::RefundPlace,
                json!({
                    "refundMerchantOrderNo": refund,
                    "originMerchantOrderNo": order,
                    "amount": {"amount": number(), "currency": "USDT"},
                    "chainCode": "TRON",
                    "refundAddress": "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD",
                    "notifyUrl": "http://127.0.0.1/notify",
                }),
            ),
            5 => {
                let failure = (String::from("X"), String::from("why"));
                self.step(Event::FailRefund { order_no: refund, fail_code: failure.0, fail_des: failure.1 })
            }
            6 if rng.below(4) == 0 => self.call(Endpoint::OrderCancel, json!({"merchantOrderNo": order})),
            7 => {
                let accepted = self.call(Endpoint::OrderAccept, json!({"merchantOrderNo": order}));
                if accepted.is_ok() {
                    self.accepted.push(order);
                }
                accepted
            }
            8 => self.step(Event::AdvanceClock { by_ms: rng.below(3_600_000) as i64 }),
            _ => {
                self.now += rng.below(3_600_000) as i64;
                self.step(Event::PassTime)
            }
        };
        self.deliver(rng);
    }

    fn deliver(&mut self, rng: &mut Rng) {
        for (notification, by_hand) in self.gateway.take_due(self.now) {
            let delivered = rng.below(2) == 0;
            let attempt = Attempt { at_ms: self.now, status: Some(200), answer: None, error: None, delivered };
            self.step(Event::Attempted { id: notification.id, by_hand, attempt }).unwrap();
        }
    }

    fn check(&self) {
        let due = Amount::parse(DUE).unwrap();
        let mut reserved: BTreeMap<&str, Amount> = BTreeMap::new();
        for refund in self.gateway.refunds().filter(|refund| refund.status != RefundStatus::Failure) {
            let sum = reserved.entry(refund.origin_order_no.as_str()).or_default();
            *sum = *sum + refund.request.amount.amount;
        }
        for order in self.gateway.orders() {
            let taken = reserved.get(order.order_no.as_str()).copied().unwrap_or_default();
            assert!(taken <= order.received(), "refunds beyond what was received: {order:?}");
            assert_eq!(taken, order.refunding);
            let accepted = self.accepted.contains(&order.request.merchant_order_no);
            match order.status {
                OrderStatus::Success => assert!(accepted || order.received() >= due, "paid too little: {order:?}"),
                OrderStatus::Refunded => assert!(order.refunded > Amount::ZERO),
                OrderStatus::Created => {
                    assert!(order.paid_time.is_none() && order.refundable() < due)
                }
                OrderStatus::Failure => {
                    assert!(order.paid_time.is_none() && order.failure.is_some())
                }
            }
        }
        for notification in self.gateway.notifications() {
            assert!(notification.scheduled_attempts <= 8);
        }
    }

    /// What the books say after a kill is what the gateway knew.
    fn check_books(&self) {
        let mut after = gateway();
        self.books.iter().cloned().for_each(|record| after.replay(record));
        let text = |gateway: &Gateway| serde_json::to_string(&gateway.snapshot()).unwrap();
        assert_eq!(text(&after), text(&self.gateway));
        // Through their form on disk, too.
        let lines: Vec<Record> = serde_json::from_str(&serde_json::to_string(&self.books).unwrap()).unwrap();
        let mut read = gateway();
        lines.into_iter().for_each(|record| read.replay(record));
        assert_eq!(text(&read), text(&self.gateway));
    }
}

#[test]
fn random_days_keep_the_books_right() {
    for seed in 0..60 {
        let mut rng = Rng(seed);
        let mut day = Day::new();
        for _ in 0..120 {
            day.anything(&mut rng);
            day.check();
        }
        day.check_books();
    }
}

#[test]
fn the_same_events_give_the_same_books() {
    let books = || {
        let (mut rng, mut day) = (Rng(7), Day::new());
        (0..200).for_each(|_| day.anything(&mut rng));
        serde_json::to_string(&day.books).unwrap()
    };
    assert_eq!(books(), books());
}
