//! Account: the merchant's balances (spec 3.7).

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::schema::{Rule, optional};

/// Spec 3.7. The page names the answer's list as the request's, surely by mistake; it is the documented name.
pub(crate) const BALANCES: Call = Call {
    path: "account/getAccountList",
    idempotency: Idempotency::Idempotent,
    fields: &[optional("assetCodeList", Rule::Codes(32))],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer::list(&["assetCodeList", "accountList", "accounts", "assetList"]),
};

/// Asks for balances.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetBalances {
    /// Of these coins; of all when it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset_code_list: Option<Vec<String>>,
}

/// The balance of a coin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Account {
    /// All of it.
    pub balance: Option<Money>,
    /// What is not reserved.
    pub available_balance: Option<Money>,
    /// What can be withdrawn.
    pub withdraw_balance: Option<Money>,
    /// The coin.
    pub currency_code: Option<String>,
}

/// The answer to getAccountList.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BalancesAnswer {
    /// The accounts, under the name that the page prints for them.
    #[serde(default)]
    pub asset_code_list: Vec<Account>,
}
