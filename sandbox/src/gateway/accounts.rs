//! What merchants have.

use serde_json::{Value, json};

use super::Gateway;
use super::endpoint::Call;
use super::fields::Fields;
use super::order::Order;
use super::refund::RefundStatus;
use super::refusal::{Code, Refusal};
use super::withdrawal::PayoutStatus;
use crate::money::{Amount, Currency, Money, SMALLEST, Style};

/// What a merchant has of a coin. It is not kept but added up from what the gateway keeps, so it cannot differ.
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

/// What a refund takes from the merchant: the fee, and the amount unless it is money of an order that is not paid,
/// which never became the merchant's.
pub(super) fn refund_cost(order: &Order, amount: Money) -> Money {
    let taken = if order.paid_time.is_some() { amount.amount } else { Amount::ZERO };
    Money::new(taken + amount.currency.refund_fee(), amount.currency)
}

impl Gateway {
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
}
