//! Takes a payment of 12.81 USDT: quickstart BASE_URL PARTNER_ID PRIVATE_KEY_FILE PUBLIC_KEY_FILE
use bonuspay::order::{OrderIndex, PayScene, PlaceOrder, Price};
use bonuspay::{Client, Config, Environment, Money, State};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, base_url, partner_id, private_key, public_key] = arguments.as_slice() else {
        return Err("usage: quickstart BASE_URL PARTNER_ID PRIVATE_KEY_FILE PUBLIC_KEY_FILE".into());
    };
    let client = Client::new(
        Config::builder()
            .environment(Environment::Sandbox)?
            .base_url(base_url)?
            .allow_http(true)?
            .partner_id(partner_id)?
            .private_key(std::fs::read(private_key)?)?
            .public_key(std::fs::read(public_key)?)?
            .build()?,
    )?;

    let due = Money::new("12.81", "USDT")?;
    let order = PlaceOrder::new("tea-2", "Tea", Price::Total(due.clone()), PayScene::chain("TRON"));
    let placed = client.place_order(&order)?;
    let address = placed.interaction_params.as_ref().and_then(|params| params.address.as_deref());
    println!("Pay 12.81 USDT on TRON to {}", address.unwrap_or("(no address)"));

    loop {
        let answer = client.get_order(&OrderIndex::Merchant("tea-2".into()))?;
        let paid = answer.acquire_order.as_ref().and_then(|order| order.payment_info.as_ref()?.paid_amount.as_ref());
        match answer.response().state() {
            State::Pending | State::Unknown => std::thread::sleep(std::time::Duration::from_secs(1)),
            State::Succeeded if answer.response().matches_request() && paid == Some(&due) => break,
            state => return Err(format!("not paid: {state:?}").into()),
        }
    }
    println!("Paid");
    Ok(())
}
