//! One payment through BonusPay; examples/README.md says what the variables and the standard input hold.
use std::{env, error::Error, fs, io, io::Read, thread, time::Duration};

use bonuspay::order::{OrderIndex, PayScene, PlaceOrder, Price};
use bonuspay::{Client, Config, Environment, ErrorKind, Money, State};

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new(
        Config::builder()
            .environment(Environment::Sandbox)?
            .base_url(&env::var("BONUSPAY_BASE_URL")?)?
            .allow_http(true)?
            .partner_id(&env::var("BONUSPAY_PARTNER_ID")?)?
            .private_key(fs::read(env::var("BONUSPAY_PRIVATE_KEY")?)?)?
            .public_key(fs::read(env::var("BONUSPAY_PUBLIC_KEY")?)?)?
            .build()?,
    )?;

    let number = env::var("ORDER_NUMBER")?;
    let due = Money::new("12.81", "USDT")?;
    let mut order = PlaceOrder::new(&number, "Tea", Price::Total(due.clone()), PayScene::chain("TRON"));
    order.notify_url = Some("http://localhost/bonuspay".into());
    let placed = client.place_order(&order)?;
    let address = placed.interaction_params.as_ref().and_then(|params| params.address.as_deref());
    println!("Pay 12.81 USDT on TRON to {}", address.ok_or("BonusPay gave no address")?);

    // The notification says when to ask; what counts is the answer.
    let mut message = Vec::new();
    io::stdin().read_to_end(&mut message)?;
    let end = message.iter().position(|byte| *byte == b'\n').ok_or("no notification")?;
    let (sign, body) = (&message[..end], &message[end + 1..]);
    client.verify_notification(body, sign, None)?;
    let order = loop {
        let answer = client.get_order(&OrderIndex::Merchant(number.clone()))?;
        match answer.response().state() {
            State::Pending | State::Unknown => thread::sleep(Duration::from_secs(1)),
            _ => break answer,
        }
    };
    let paid = order.acquire_order.as_ref().and_then(|order| order.payment_info.as_ref()?.paid_amount.as_ref());
    let is_paid = order.response().state() == State::Succeeded && order.response().matches_request();
    match paid {
        Some(paid) if is_paid && paid.currency == due.currency && paid.amount >= due.amount => {
            println!("Paid {} {}", paid.amount, paid.currency);
        }
        _ => return Err("not paid".into()),
    }

    match client.verify_notification(&[body, b" "].concat(), sign, None) {
        Err(error) if error.kind() == ErrorKind::BadSignature => {
            println!("Forged notification refused: {:?}", error.kind());
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("a forged notification was accepted".into()),
    }
}
