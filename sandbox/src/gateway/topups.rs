//! What becomes of deposits to customers' addresses.

use serde_json::{Value, json};

use super::endpoint::Call;
use super::event::{NewTopup, Rejection, Reply};
use super::fields::Fields;
use super::notification::Kind;
use super::products::topup_answer;
use super::record::{Changed, Due};
use super::refusal::{Code, Refusal};
use super::topup::{Topup, Wallet, WalletKey};
use super::{Gateway, uuid};
use crate::money::Style;

impl Gateway {
    pub(super) fn file_topup(&mut self, topup: Topup) {
        if topup.confirmed_at.is_none() {
            self.agenda.insert((topup.confirms_at, Due::Topup(topup.order_no.clone())));
        }
        self.products.topups.insert(topup.order_no.clone(), topup);
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

    pub(super) fn top_up(&mut self, now: i64, new: NewTopup) -> Reply {
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

    pub(super) fn confirm_topup(&mut self, now: i64, order_no: &str) -> Reply {
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

    /// A deposit by its number.
    pub fn find_topup(&self, order_no: &str) -> Result<&Topup, Rejection> {
        let found = self.products.topups.get(order_no);
        found.ok_or_else(|| Rejection::NotFound(format!("no top-up {order_no:?}")))
    }
}
