//! The products besides orders under a clock of the test's own: whatever happens in whatever order, no merchant pays
//! out what he has not, and the books tell the same after a kill.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use bonuspay_sandbox::gateway::merchant::Merchant;
use bonuspay_sandbox::gateway::{Call, Endpoint, Event, Gateway, NewDeposit, NewTopup, Record, Settings};
use bonuspay_sandbox::money::{Amount, Currency, Money};
use bonuspay_sandbox::network::Network;
use serde_json::{Map, Value, json};

mod rng;
use rng::Rng;

const PARTNER_ID: &str = "200000000888";
const ADDRESS: &str = "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD";

fn gateway() -> Gateway {
    Gateway::new(Settings { time_scale: 1, origin: "http://127.0.0.1:8790".into() }, "seed".into())
}

struct Day {
    gateway: Gateway,
    books: Vec<Record>,
    now: i64,
    done: [u32; 12],
}

impl Day {
    fn step(&mut self, event: Event) -> bool {
        let (answer, records) = self.gateway.step(self.now, event);
        self.books.extend(records);
        answer.is_ok()
    }

    fn call(&mut self, endpoint: Endpoint, biz: Value) -> bool {
        let biz_content: Map<String, Value> = biz.as_object().unwrap().clone();
        let (partner_id, request_time) = (PARTNER_ID.to_owned(), self.now);
        self.step(Event::Call(Call { endpoint, partner_id, request_time, biz_content, clock_error_ms: 0 }))
    }

    fn anything(&mut self, rng: &mut Rng) {
        let number = format!("n-{}", rng.below(12));
        let cents = i128::from(rng.below(400_000)) + 1;
        let amount = Amount::from_units(cents * 1_000_000);
        let money =
            || json!({"amount": serde_json::from_str::<Value>(&amount.to_string()).unwrap(), "currency": "USDT"});
        let failure = (rng.below(3) == 0).then(|| "why".to_owned());
        let what = rng.below(12);
        let done = match what {
            0 | 1 => {
                let endpoint = if what == 0 { Endpoint::WithdrawPlace } else { Endpoint::TransferPlace };
                let biz = json!({
                    "merchantOrderNo": number, "address": ADDRESS, "network": "TRON", "expectedReceivedAmount": money(),
                    "notifyUrl": "http://127.0.0.1/notify",
                });
                self.call(endpoint, biz)
            }
            2 => self.step(Event::EndWithdrawal { order_no: number, failure }),
            3 => {
                let biz = json!({"merchantOrderNo": number, "fiatCurrency": "EUR", "cryptoAmount": money()});
                self.call(Endpoint::SettlementPlace, biz)
            }
            4 => self.step(Event::EndSettlement { order_no: number, failure }),
            5 => {
                let biz = json!({"customerId": "c", "assetCode": "USDT", "network": "TRON"});
                self.call(Endpoint::TopupAddress, biz)
            }
            6 => self.step(Event::Topup(NewTopup {
                partner_id: PARTNER_ID.into(),
                customer_id: "c".into(),
                money: Money::new(amount, Currency::Usdt),
                network: Network::Tron,
                tx_hash: None,
                unconfirmed: rng.below(2) == 0,
            })),
            7 => {
                let biz = json!({
                    "merchantOrderNo": number, "subject": "x", "totalAmount": money(), "paySceneCode": "CHECK_OUT",
                });
                self.call(Endpoint::OrderPlace, biz)
            }
            8 => {
                let deposit = NewDeposit { amount, currency: None, network: None, payer_address: None, tx_hash: None };
                self.step(Event::Deposit { order_no: number, deposit })
            }
            9 => {
                let biz = json!({
                    "refundMerchantOrderNo": format!("r-{}", rng.below(8)), "originMerchantOrderNo": number,
                    "amount": money(), "chainCode": "TRON", "refundAddress": ADDRESS,
                });
                self.call(Endpoint::RefundPlace, biz)
            }
            10 => self.step(Event::FailRefund {
                order_no: format!("r-{}", rng.below(8)),
                fail_code: "X".into(),
                fail_des: "why".into(),
            }),
            _ => {
                self.now += i64::try_from(rng.below(60_000)).unwrap();
                self.step(Event::PassTime)
            }
        };
        self.done[usize::try_from(what).unwrap()] += u32::from(done);
    }
}

#[test]
fn nobody_pays_out_what_he_has_not() {
    let mut done = [0; 12];
    for seed in 0..150 {
        let mut rng = Rng(seed);
        let mut day = Day { gateway: gateway(), books: Vec::new(), now: 1_795_166_439_000, done };
        day.step(Event::AddMerchant(Merchant { partner_id: PARTNER_ID.into(), public_key: String::new() }));
        for _ in 0..150 {
            day.anything(&mut rng);
            for account in day.gateway.accounts(PARTNER_ID) {
                assert!(account.available() >= Amount::ZERO, "seed {seed}: {account:?}");
                assert!(account.reserved >= Amount::ZERO, "seed {seed}: {account:?}");
            }
        }
        let mut after = gateway();
        let lines: Vec<Record> = serde_json::from_str(&serde_json::to_string(&day.books).unwrap()).unwrap();
        lines.into_iter().for_each(|record| after.replay(record));
        let text = |gateway: &Gateway| serde_json::to_string(&gateway.snapshot()).unwrap();
        assert_eq!(text(&after), text(&day.gateway), "seed {seed}");
        assert_eq!(after.accounts(PARTNER_ID), day.gateway.accounts(PARTNER_ID));
        done = day.done;
    }
    assert!(done.iter().all(|count| *count > 0), "something never succeeds: {done:?}");
}
