//! The products besides orders and refunds: top-ups, payouts, rates, accounts, settlements, sub-merchants.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Answer, Call, Changed, Due, Endpoint, Gateway, REFUND_TAKES_MS, Record, Rejection, check_request_time, uuid,
};
use crate::fields::Fields;
use crate::money::{Amount, Currency, Money, SMALLEST, Style};
use crate::network::Network;
use crate::notification::{Kind, Subject};
use crate::order::Order;
use crate::refund::RefundStatus;
use crate::refusal::{Code, Refusal};
use crate::settlement::{PlaceSettlement, Settlement};
use crate::submerchant::SubMerchant;
use crate::topup::{Topup, Wallet, WalletKey};
use crate::withdrawal::{PayoutStatus, PlaceWithdrawal, Withdrawal};

/// What a merchant sets in BonusPay's portal, and here by the control API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Profile {
    pub partner_id: String,
    /// Where top-ups are told; no call names it.
    pub topup_notify_url: Option<String>,
    /// Where withdrawals may go: network and address. Anywhere, as long as no book is set.
    pub address_book: Option<Vec<(Network, String)>>,
}

impl Profile {
    /// The profile as the control API shows it.
    pub fn view(&self) -> Value {
        let entry = |(network, address): &(Network, String)| json!({"network": network.code(), "address": address});
        json!({
            "partnerId": self.partner_id,
            "topupNotifyUrl": self.topup_notify_url,
            "addresses": self.address_book.as_ref().map(|book| book.iter().map(entry).collect::<Vec<_>>()),
        })
    }
}

/// A transaction to a customer's address.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewTopup {
    pub partner_id: String,
    pub customer_id: String,
    pub money: Money,
    pub network: Network,
    pub tx_hash: Option<String>,
    /// Seen, but not yet confirmed.
    pub unconfirmed: bool,
}

/// What a merchant has of a coin. It is not kept but added up from the books, so it cannot differ from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The coin.
    pub currency: Currency,
    /// What came in, less what went out.
    pub balance: Amount,
    /// What refunds, payouts and settlements will take that have not come to their end.
    pub reserved: Amount,
}

impl Account {
    /// What can be paid out.
    pub fn available(&self) -> Amount {
        self.balance - self.reserved
    }

    /// The account of the wire. What is too little to tell is not told: see [`SMALLEST`].
    pub fn document(&self) -> Value {
        let money = |amount: Amount| {
            let told = if amount > Amount::ZERO && amount < SMALLEST { Amount::ZERO } else { amount };
            Money::new(told, self.currency).document(Style::Answer)
        };
        json!({
            "availableBalance": money(self.available()),
            "balance": money(self.balance),
            "withdrawBalance": money(self.available()),
            "currencyCode": self.currency.code(),
        })
    }
}

/// The books of these products.
#[derive(Default)]
pub(super) struct Products {
    profiles: BTreeMap<String, Profile>,
    wallets: BTreeMap<WalletKey, Wallet>,
    topups: BTreeMap<String, Topup>,
    withdrawals: BTreeMap<String, Withdrawal>,
    settlements: BTreeMap<String, Settlement>,
    sub_merchants: BTreeMap<String, SubMerchant>,
    // What follows is derived from the books above.
    withdrawal_numbers: HashMap<(String, String), String>,
    settlement_numbers: HashMap<(String, String), String>,
}

impl Products {
    pub(super) fn file_profile(&mut self, profile: Profile) {
        self.profiles.insert(profile.partner_id.clone(), profile);
    }

    pub(super) fn file_wallet(&mut self, wallet: Wallet) {
        self.wallets.insert(wallet.key(), wallet);
    }

    pub(super) fn file_sub_merchant(&mut self, merchant: SubMerchant) {
        self.sub_merchants.insert(merchant.merchant_id.clone(), merchant);
    }

    pub(super) fn snapshot(&self) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        records.extend(self.profiles.values().cloned().map(Box::new).map(Record::Profile));
        records.extend(self.wallets.values().cloned().map(Box::new).map(Record::Wallet));
        records.extend(self.topups.values().cloned().map(Box::new).map(Record::Topup));
        records.extend(self.withdrawals.values().cloned().map(Box::new).map(Record::Withdrawal));
        records.extend(self.settlements.values().cloned().map(Box::new).map(Record::Settlement));
        records.extend(self.sub_merchants.values().cloned().map(Box::new).map(Record::SubMerchant));
        records
    }

    pub(super) fn record(&self, changed: &Changed) -> Option<Record> {
        match changed {
            Changed::Wallet(key) => self.wallets.get(key).cloned().map(Box::new).map(Record::Wallet),
            Changed::Topup(no) => self.topups.get(no).cloned().map(Box::new).map(Record::Topup),
            Changed::Withdrawal(no) => self.withdrawals.get(no).cloned().map(Box::new).map(Record::Withdrawal),
            Changed::Settlement(no) => self.settlements.get(no).cloned().map(Box::new).map(Record::Settlement),
            Changed::SubMerchant(id) => self.sub_merchants.get(id).cloned().map(Box::new).map(Record::SubMerchant),
            _ => None,
        }
    }

    /// The answer about another object of the same merchant; see [`Gateway::other_answer`].
    pub(super) fn other_answer(&self, endpoint: Endpoint, partner_id: &str, not: &str, origin: &str) -> Option<Value> {
        match endpoint {
            Endpoint::TopupAddress => {
                let mut own = self.wallets.values().filter(|wallet| wallet.partner_id == partner_id);
                let other = own.find(|wallet| wallet.customer_id != not)?;
                Some(json!({"wallet": other.document(origin)}))
            }
            Endpoint::TopupDeposit => {
                let own = self.topups.values().filter(|topup| topup.partner_id == partner_id);
                own.rev().find(|topup| topup.order_no != not).map(topup_answer)
            }
            Endpoint::WithdrawPlace | Endpoint::TransferPlace | Endpoint::WithdrawGet => {
                let own = self.withdrawals.values().filter(|withdrawal| withdrawal.partner_id == partner_id);
                own.rev().find(|withdrawal| withdrawal.order_no != not).map(withdrawal_answer)
            }
            Endpoint::SettlementPlace | Endpoint::SettlementGet => {
                let own = self.settlements.values().filter(|settlement| settlement.partner_id == partner_id);
                own.rev().find(|settlement| settlement.order_no != not).map(settlement_answer)
            }
            Endpoint::SubMerchantCreate | Endpoint::SubMerchantGet => {
                let own = self.sub_merchants.values().filter(|merchant| merchant.partner_id == partner_id);
                own.rev().find(|merchant| merchant.merchant_id != not).map(SubMerchant::document)
            }
            _ => None,
        }
    }
}

fn topup_answer(topup: &Topup) -> Value {
    json!({"customerDepositOrder": topup.document(Style::Answer)})
}

fn withdrawal_answer(withdrawal: &Withdrawal) -> Value {
    json!({"withdrawOrder": withdrawal.document(Style::Answer)})
}

fn settlement_answer(settlement: &Settlement) -> Value {
    json!({"otcFundoutOrder": settlement.document(Style::Answer)})
}

/// What a refund takes from the merchant: the fee, and the amount unless it is money of an order that is not paid,
/// which never became the merchant's.
pub(super) fn refund_cost(order: &Order, amount: Money) -> Money {
    let taken = if order.paid_time.is_some() { amount.amount } else { Amount::ZERO };
    Money::new(taken + amount.currency.refund_fee(), amount.currency)
}

/// getNetworks.
pub(super) fn networks(biz: &Fields<'_>) -> Result<Value, Refusal> {
    let coin = biz.coin("assetCode")?;
    let network = |network: Network| {
        json!({
            "network": network.code(),
            "name": network.name(),
            "addressRegex": network.address_regex(),
            "digit": coin.scale(),
            "withdrawMin": Style::Answer.number(coin.smallest_transfer()),
            "fee": Money::new(coin.withdrawal_fee(), coin).document(Style::Answer),
        })
    };
    let networks: Vec<Value> = Network::of_coin(coin).into_iter().map(network).collect();
    Ok(json!({"networks": networks}))
}

/// getFxrate. Buying and selling cost the same.
pub(super) fn rate(biz: &Fields<'_>) -> Result<Value, Refusal> {
    let pair = biz.required_text("currencyPair", 32)?;
    let direction = biz.required_text("direction", 32)?;
    if !matches!(direction.as_str(), "BUY" | "SELL") {
        return Err(Refusal::parameter("direction: must be BUY or SELL"));
    }
    let (one, other) = pair.split_once('_').ok_or_else(|| Refusal::parameter("currencyPair: must be like USDT_INR"))?;
    let rate = Currency::from_code(one).zip(Currency::from_code(other)).map(|(one, other)| one.rate_in(other));
    let rate = rate.filter(|rate| *rate >= SMALLEST);
    let rate = rate.ok_or_else(|| Refusal::new(Code::CurrencyCodeNotSupported, format!("currencyPair: no {pair}")))?;
    Ok(json!({"currencyPair": pair, "direction": direction, "fxrate": Style::Answer.number(rate)}))
}

impl Gateway {
    // Accounts.

    /// What a merchant has, a coin at a time.
    pub fn accounts(&self, partner_id: &str) -> Vec<Account> {
        let opening =
            |currency: Currency| Account { currency, balance: currency.opening_balance(), reserved: Amount::ZERO };
        let mut accounts: Vec<Account> = Currency::COINS.into_iter().map(opening).collect();
        let mut account = |currency: Currency, book: &dyn Fn(&mut Account)| {
            if let Some(account) = accounts.iter_mut().find(|account| account.currency == currency) {
                book(account);
            }
        };
        let payout = |status: PayoutStatus, cost: Money| {
            move |account: &mut Account| match status {
                PayoutStatus::Pending => account.reserved = account.reserved + cost.amount,
                PayoutStatus::Completed => account.balance = account.balance - cost.amount,
                PayoutStatus::Failed => {}
            }
        };
        for order in self.orders.values().filter(|order| order.payee_mid == partner_id && order.paid_time.is_some()) {
            account(order.due.currency, &|account| account.balance = account.balance + order.settlement().amount);
        }
        for refund in self.refunds.values() {
            let Some(order) = self.orders.get(&refund.origin_order_no).filter(|order| order.payee_mid == partner_id)
            else {
                continue;
            };
            let cost = refund_cost(order, refund.request.amount);
            let status = match refund.status {
                RefundStatus::Created => PayoutStatus::Pending,
                RefundStatus::Success => PayoutStatus::Completed,
                RefundStatus::Failure => PayoutStatus::Failed,
            };
            account(cost.currency, &payout(status, cost));
        }
        for topup in self.topups().filter(|topup| topup.partner_id == partner_id && topup.confirmed_at.is_some()) {
            let settled = topup.settled();
            account(settled.currency, &|account| account.balance = account.balance + settled.amount);
        }
        for withdrawal in self.withdrawals().filter(|withdrawal| withdrawal.partner_id == partner_id) {
            account(withdrawal.receives.currency, &payout(withdrawal.status, withdrawal.cost()));
        }
        for settlement in self.settlements().filter(|settlement| settlement.partner_id == partner_id) {
            let cost = settlement.request.crypto;
            account(cost.currency, &payout(settlement.status, cost));
        }
        accounts
    }

    /// Refuses what the merchant cannot pay.
    pub(super) fn check_funds(&self, partner_id: &str, cost: Money) -> Result<(), Refusal> {
        let account = self.accounts(partner_id).into_iter().find(|account| account.currency == cost.currency);
        let available = account.map_or(Amount::ZERO, |account| account.available());
        if cost.amount > available {
            let what = format!("{} {} are wanted, {available} are there", cost.amount, cost.currency.code());
            return Err(Refusal::new(Code::InsufficientFunds, what));
        }
        Ok(())
    }

    pub(super) fn account_list(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let wanted = biz.texts("assetCodeList")?;
        for code in &wanted {
            if Currency::coin_from_code(code).is_none() {
                return Err(Refusal::new(Code::CurrencyCodeNotSupported, format!("assetCodeList: no coin {code:?}")));
            }
        }
        let accounts = self.accounts(&call.partner_id).into_iter();
        let told = accounts.filter(|account| wanted.is_empty() || wanted.contains(&account.currency.code()));
        Ok(json!({"assetCodeList": told.map(|account| account.document()).collect::<Vec<_>>()}))
    }

    // Top-ups.

    pub(super) fn file_topup(&mut self, topup: Topup) {
        if topup.confirmed_at.is_none() {
            self.agenda.insert((topup.confirms_at, Due::Topup(topup.order_no.clone())));
        }
        self.products.topups.insert(topup.order_no.clone(), topup);
    }

    fn payout_ends(&self, now: i64) -> i64 {
        now + REFUND_TAKES_MS / self.settings.time_scale.max(1)
    }

    pub(super) fn topup_address(&mut self, now: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (customer_id, asset, network) = Wallet::read(biz)?;
        // A chain's address serves all coins of the chain.
        let seed = self.derive(&format!("wallet:{}:{customer_id}", call.partner_id));
        let page = self.derive(&format!("page:{}:{customer_id}:{}:{}", call.partner_id, asset.code(), network.code()));
        let wallet = Wallet {
            partner_id: call.partner_id.clone(),
            customer_id,
            asset,
            network,
            address: network.address(&seed),
            token: uuid(&page),
            created_at: now,
        };
        let key = wallet.key();
        let wallet = match self.products.wallets.get(&key) {
            Some(known) => known.clone(),
            None => {
                // The address comes of the seed, so the seed must be on disk with it.
                self.changed.extend([Changed::Meta, Changed::Wallet(key)]);
                self.products.file_wallet(wallet.clone());
                wallet
            }
        };
        Ok(json!({"wallet": wallet.document(&self.settings.origin)}))
    }

    pub(super) fn top_up(&mut self, now: i64, new: NewTopup) -> Answer {
        let key = WalletKey {
            partner_id: new.partner_id.clone(),
            customer_id: new.customer_id.clone(),
            asset_code: new.money.currency.code().into(),
            network: new.network.code().into(),
        };
        let wallet = self.products.wallets.get(&key).cloned();
        let wallet = wallet.ok_or_else(|| {
            let (coin, network) = (&key.asset_code, &key.network);
            Rejection::NotFound(format!("{:?} never asked for an address for {coin} on {network}", new.customer_id))
        })?;
        let least = new.money.currency.smallest_transfer();
        if new.money.amount < least {
            return Err(Rejection::BadInput(format!("amount: below minDeposit ({least}), such deposits fail")));
        }
        if new.money.amount.whole_digits() > 12 {
            return Err(Rejection::BadInput("amount: more than 12 digits before the point".into()));
        }
        let order_no = self.number_for("20", now);
        let topup = Topup {
            order_no: order_no.clone(),
            partner_id: new.partner_id,
            customer_id: new.customer_id,
            money: new.money,
            network: new.network,
            address: wallet.address,
            tx_hash: new.tx_hash.unwrap_or_else(|| new.network.transaction_hash(&order_no)),
            created_at: now,
            confirms_at: self.payout_ends(now),
            confirmed_at: None,
        };
        self.file_topup(topup);
        self.changed.push(Changed::Topup(order_no.clone()));
        if !new.unconfirmed {
            self.finish_topup(now, &order_no);
        }
        Ok(json!({"topup": self.find_topup(&order_no)?.view()}))
    }

    pub(super) fn finish_topup(&mut self, now: i64, order_no: &str) {
        let topup = self.products.topups.get_mut(order_no).filter(|topup| topup.confirmed_at.is_none());
        let Some(topup) = topup else {
            return;
        };
        topup.confirmed_at = Some(now);
        let topup = topup.clone();
        self.changed.push(Changed::Topup(order_no.to_owned()));
        let url = self.products.profiles.get(&topup.partner_id).and_then(|profile| profile.topup_notify_url.clone());
        let document = topup.document(Style::Notification);
        self.notify_if(now, Kind::Topup, url, [topup.partner_id, topup.order_no, topup.customer_id], document);
    }

    pub(super) fn confirm_topup(&mut self, now: i64, order_no: &str) -> Answer {
        if self.find_topup(order_no)?.confirmed_at.is_some() {
            return Err(Rejection::Conflict("the deposit was confirmed before".into()));
        }
        self.finish_topup(now, order_no);
        Ok(json!({"topup": self.find_topup(order_no)?.view()}))
    }

    /// The newest first. They are ordered by when they were seen, so that none moves when it is confirmed.
    pub(super) fn topup_page(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (start, end) = (biz.required_timestamp("startTime")?, biz.required_timestamp("endTime")?);
        let page = biz.object("pageParam")?.ok_or_else(|| Refusal::parameter("pageParam: is missing"))?;
        let (number, size) = (page.count("number", 0)?, page.count("size", 1)?);
        let own = self.products.topups.values().rev().filter(|topup| topup.partner_id == call.partner_id);
        let found: Vec<&Topup> = own.filter(|topup| (start..=end).contains(&topup.created_at)).collect();
        let (total, size_of_page) = (found.len(), size as usize);
        let items = found.iter().skip((number as usize).saturating_mul(size_of_page)).take(size_of_page);
        let items: Vec<Value> = items.map(|topup| topup.document(Style::Answer)).collect();
        Ok(json!({"customerDepositOrderPage": {
            "items": items,
            "sortPageParam": {
                "number": number,
                "size": size,
                "sortParamList": [{"direction": "DESC", "property": "createdTime"}],
            },
            "totalElements": total,
            "totalPages": total.div_ceil(size_of_page),
        }}))
    }

    pub(super) fn get_topup(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let order_no = biz.required_text("orderNo", 32)?;
        let own = self.products.topups.get(&order_no).filter(|topup| topup.partner_id == call.partner_id);
        own.map(topup_answer)
            .ok_or_else(|| Refusal::new(Code::OrderNoNotExist, "no such deposit to this merchant's customers"))
    }

    // Withdrawals and transfers.

    pub(super) fn file_withdrawal(&mut self, withdrawal: Withdrawal) {
        let order_no = withdrawal.order_no.clone();
        let number = (withdrawal.partner_id.clone(), withdrawal.request.merchant_order_no.clone());
        self.products.withdrawal_numbers.insert(number, order_no.clone());
        if withdrawal.status == PayoutStatus::Pending {
            self.agenda.insert((withdrawal.settles_at, Due::Withdrawal(order_no.clone())));
        }
        self.products.withdrawals.insert(order_no, withdrawal);
    }

    pub(super) fn place_withdrawal(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceWithdrawal::read(biz, call.endpoint == Endpoint::TransferPlace)?;
        let number = (call.partner_id.clone(), request.merchant_order_no.clone());
        let known = self.products.withdrawal_numbers.get(&number);
        if let Some(known) = known.and_then(|order_no| self.products.withdrawals.get(order_no)) {
            if known.request != request {
                return Err(Refusal::new(Code::MerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(withdrawal_answer(known));
        }
        check_request_time(wall_ms, call)?;
        let profile = self.products.profiles.get(&call.partner_id);
        let book = profile.and_then(|profile| profile.address_book.as_ref()).filter(|_| !request.transfer);
        let entry = (request.network, request.address.clone());
        if book.is_some_and(|book| !book.contains(&entry)) {
            return Err(Refusal::parameter("address: not in the merchant's address book"));
        }
        let receives = request.price.in_coin();
        let fee = receives.currency.withdrawal_fee();
        self.check_funds(&call.partner_id, Money::new(receives.amount + fee, receives.currency))?;
        let now = self.time(wall_ms);
        let withdrawal = Withdrawal {
            order_no: self.number_for("21", now),
            partner_id: call.partner_id.clone(),
            receives,
            fee,
            status: PayoutStatus::Pending,
            fail_des: None,
            txid: None,
            created_at: now,
            settles_at: self.payout_ends(now),
            request,
        };
        let answer = withdrawal_answer(&withdrawal);
        self.changed.push(Changed::Withdrawal(withdrawal.order_no.clone()));
        self.file_withdrawal(withdrawal);
        Ok(answer)
    }

    pub(super) fn get_withdrawal(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (order_no, unknown) = index(call, biz, &self.products.withdrawal_numbers)?;
        let found = order_no.and_then(|order_no| self.products.withdrawals.get(&order_no));
        let own = found.filter(|withdrawal| withdrawal.partner_id == call.partner_id);
        own.map(withdrawal_answer).ok_or_else(|| Refusal::new(unknown, "no such withdrawal of this merchant"))
    }

    pub(super) fn finish_withdrawal(&mut self, now: i64, order_no: &str, failure: Option<String>) {
        let found = self.products.withdrawals.get_mut(order_no);
        let Some(withdrawal) = found.filter(|withdrawal| withdrawal.status == PayoutStatus::Pending) else {
            return;
        };
        match failure {
            Some(reason) => {
                withdrawal.status = PayoutStatus::Failed;
                withdrawal.fail_des = Some(reason);
            }
            None => {
                withdrawal.status = PayoutStatus::Completed;
                withdrawal.txid = Some(withdrawal.request.network.transaction_hash(order_no));
            }
        }
        let withdrawal = withdrawal.clone();
        self.changed.push(Changed::Withdrawal(order_no.to_owned()));
        let document = withdrawal.document(Style::Notification);
        let PlaceWithdrawal { merchant_order_no, notify_url, .. } = withdrawal.request;
        let names = [withdrawal.partner_id, withdrawal.order_no, merchant_order_no];
        self.notify_if(now, Kind::Withdraw, notify_url, names, document);
    }

    pub(super) fn end_withdrawal(&mut self, now: i64, number: &str, failure: Option<String>) -> Answer {
        let withdrawal = self.find_withdrawal(number)?;
        if withdrawal.status != PayoutStatus::Pending {
            return Err(Rejection::Conflict("the withdrawal has come to its end before".into()));
        }
        let order_no = withdrawal.order_no.clone();
        self.finish_withdrawal(now, &order_no, failure);
        Ok(json!({"withdrawal": self.find_withdrawal(&order_no)?.view()}))
    }

    // Settlements.

    pub(super) fn file_settlement(&mut self, settlement: Settlement) {
        let order_no = settlement.order_no.clone();
        let number = (settlement.partner_id.clone(), settlement.request.merchant_order_no.clone());
        self.products.settlement_numbers.insert(number, order_no.clone());
        if settlement.status == PayoutStatus::Pending {
            self.agenda.insert((settlement.settles_at, Due::Settlement(order_no.clone())));
        }
        self.products.settlements.insert(order_no, settlement);
    }

    pub(super) fn place_settlement(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceSettlement::read(biz)?;
        let number = (call.partner_id.clone(), request.merchant_order_no.clone());
        let known = self.products.settlement_numbers.get(&number);
        if let Some(known) = known.and_then(|order_no| self.products.settlements.get(order_no)) {
            if known.request != request {
                return Err(Refusal::new(Code::MerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(settlement_answer(known));
        }
        check_request_time(wall_ms, call)?;
        self.check_funds(&call.partner_id, request.crypto)?;
        let now = self.time(wall_ms);
        let settlement = Settlement {
            order_no: self.number_for("22", now),
            partner_id: call.partner_id.clone(),
            status: PayoutStatus::Pending,
            fail_des: None,
            created_at: now,
            settles_at: self.payout_ends(now),
            request,
        };
        let answer = settlement_answer(&settlement);
        self.changed.push(Changed::Settlement(settlement.order_no.clone()));
        self.file_settlement(settlement);
        Ok(answer)
    }

    pub(super) fn get_settlement(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (order_no, unknown) = index(call, biz, &self.products.settlement_numbers)?;
        let found = order_no.and_then(|order_no| self.products.settlements.get(&order_no));
        let own = found.filter(|settlement| settlement.partner_id == call.partner_id);
        own.map(settlement_answer).ok_or_else(|| Refusal::new(unknown, "no such settlement of this merchant"))
    }

    pub(super) fn finish_settlement(&mut self, now: i64, order_no: &str, failure: Option<String>) {
        let found = self.products.settlements.get_mut(order_no);
        let Some(settlement) = found.filter(|settlement| settlement.status == PayoutStatus::Pending) else {
            return;
        };
        settlement.status = if failure.is_none() { PayoutStatus::Completed } else { PayoutStatus::Failed };
        settlement.fail_des = failure;
        let settlement = settlement.clone();
        self.changed.push(Changed::Settlement(order_no.to_owned()));
        let document = settlement.document(Style::Notification);
        let PlaceSettlement { merchant_order_no, notify_url, .. } = settlement.request;
        let names = [settlement.partner_id, settlement.order_no, merchant_order_no];
        self.notify_if(now, Kind::Settlement, notify_url, names, document);
    }

    pub(super) fn end_settlement(&mut self, now: i64, number: &str, failure: Option<String>) -> Answer {
        let settlement = self.find_settlement(number)?;
        if settlement.status != PayoutStatus::Pending {
            return Err(Rejection::Conflict("the settlement has come to its end before".into()));
        }
        let order_no = settlement.order_no.clone();
        self.finish_settlement(now, &order_no, failure);
        Ok(json!({"settlement": self.find_settlement(&order_no)?.view()}))
    }

    // Sub-merchants.

    pub(super) fn create_sub_merchant(&mut self, now: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let mut merchant = SubMerchant::read(biz)?;
        merchant.merchant_id = format!("201{:09}", self.next_number() % 1_000_000_000);
        merchant.partner_id = call.partner_id.clone();
        merchant.created_at = now;
        let answer = merchant.document();
        self.changed.push(Changed::SubMerchant(merchant.merchant_id.clone()));
        self.products.file_sub_merchant(merchant);
        Ok(answer)
    }

    pub(super) fn get_sub_merchant(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let id = biz.required_text("merchantId", 20)?;
        let own = self.products.sub_merchants.get(&id).filter(|merchant| merchant.partner_id == call.partner_id);
        own.map(SubMerchant::document)
            .ok_or_else(|| Refusal::new(Code::MerchantIdNotExist, "merchantId: no such sub-merchant of this agent"))
    }

    fn notify_if(&mut self, now: i64, kind: Kind, url: Option<String>, names: [String; 3], document: Value) {
        if let Some(url) = url {
            let [partner_id, order_no, merchant_order_no] = names;
            self.notify(now, Subject { kind, partner_id, order_no, merchant_order_no, url, document });
        }
    }

    // What follows only looks.

    /// What a merchant has set.
    pub fn profile(&self, partner_id: &str) -> Profile {
        let known = self.products.profiles.get(partner_id).cloned();
        known.unwrap_or_else(|| Profile { partner_id: partner_id.to_owned(), ..Profile::default() })
    }

    /// All customers' wallets.
    pub fn wallets(&self) -> impl Iterator<Item = &Wallet> {
        self.products.wallets.values()
    }

    /// The wallet whose page has this token.
    pub fn wallet_by_token(&self, token: &str) -> Option<&Wallet> {
        self.wallets().find(|wallet| wallet.token == token)
    }

    /// All deposits to customers' addresses, the oldest first.
    pub fn topups(&self) -> impl Iterator<Item = &Topup> {
        self.products.topups.values()
    }

    /// All withdrawals and transfers, the oldest first.
    pub fn withdrawals(&self) -> impl Iterator<Item = &Withdrawal> {
        self.products.withdrawals.values()
    }

    /// All settlements, the oldest first.
    pub fn settlements(&self) -> impl Iterator<Item = &Settlement> {
        self.products.settlements.values()
    }

    /// All sub-merchants.
    pub fn sub_merchants(&self) -> impl Iterator<Item = &SubMerchant> {
        self.products.sub_merchants.values()
    }

    /// A deposit by its number.
    pub fn find_topup(&self, order_no: &str) -> Result<&Topup, Rejection> {
        let found = self.products.topups.get(order_no);
        found.ok_or_else(|| Rejection::NotFound(format!("no top-up {order_no:?}")))
    }

    /// A withdrawal or transfer by the gateway's number, or else by a merchant's.
    pub fn find_withdrawal(&self, number: &str) -> Result<&Withdrawal, Rejection> {
        let by_merchant = || self.withdrawals().find(|withdrawal| withdrawal.request.merchant_order_no == number);
        let found = self.products.withdrawals.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no withdrawal {number:?}")))
    }

    /// A settlement by the gateway's number, or else by a merchant's.
    pub fn find_settlement(&self, number: &str) -> Result<&Settlement, Rejection> {
        let by_merchant = || self.settlements().find(|settlement| settlement.request.merchant_order_no == number);
        let found = self.products.settlements.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no settlement {number:?}")))
    }
}

type Numbers = HashMap<(String, String), String>;

/// The gateway's number that an OrderIndexRequest names, and the refusal if there is no such order.
fn index(call: &Call, biz: &Fields<'_>, numbers: &Numbers) -> Result<(Option<String>, Code), Refusal> {
    Ok(match biz.one_of(("merchantOrderNo", 64), ("orderNo", 32))? {
        (true, number) => (numbers.get(&(call.partner_id.clone(), number)).cloned(), Code::MerchantOrderNoNotExist),
        (false, number) => (Some(number), Code::OrderNoNotExist),
    })
}
