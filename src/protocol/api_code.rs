//! BonusPay's codes (spec 2.5): what each means for whoever called, and what to do.

use crate::error::Outcome;

/// A documented code.
pub(crate) struct ApiCode {
    code: &'static str,
    /// One code has several messages; the message decides.
    message: &'static str,
    /// What a signed refusal with this code says of the call.
    pub(crate) outcome: Outcome,
    pub(crate) remedy: &'static str,
}

const fn refusal(code: &'static str, message: &'static str, remedy: &'static str) -> ApiCode {
    ApiCode { code, message, outcome: Outcome::Rejected, remedy }
}

static TABLE: [ApiCode; 25] = [
    refusal("400", "INVALID_PARAMETER", "correct the request"),
    refusal("400", "REQUESTTIME_TOO_EARLY", "set this server's clock: it is behind BonusPay's"),
    refusal("400", "REQUESTTIME_TOO_LATER", "set this server's clock: it is ahead of BonusPay's"),
    refusal("402", "RATE_LIMIT_REJECT", "call less often"),
    refusal("403", "UNAUTHORIZED", "ask BonusPay to enable this call for your account, and check the Partner-Id"),
    refusal("404", "SERVICE_NOT_AVAILABLE", "try later, or contact BonusPay"),
    ApiCode {
        outcome: Outcome::Unknown,
        ..refusal("500", "SYSTEM_ERROR", "the result is not known: query the order before anything else")
    },
    ApiCode {
        outcome: Outcome::Unknown,
        ..refusal("504", "SERVICE_TIMEOUT", "the result is not known: query the order before anything else")
    },
    refusal("601", "RISK_FAIL", "BonusPay's risk check refused it; contact BonusPay"),
    refusal("77001", "ORDER_PAID", "the order is paid already: query it"),
    refusal("77002", "ORDER_FAILURE", "the order has failed or was cancelled: use a new order number"),
    refusal("77003", "ORDER_SETTLED", "the order is paid and settled already: query it"),
    refusal(
        "77004",
        "MERCHANT_ORDER_NO_NOT_EXIST",
        "check the merchant's order number; right after an unknown outcome, ask again",
    ),
    refusal("77007", "EXPIREDTIME_LESS_THAN_REQUESTTIME", "choose an expiry in the future"),
    refusal("77008", "EXPIREDTIME_TOO_LATER", "choose an expiry within 48 hours"),
    refusal("77011", "PAYSCENECODE_ILLEGAL", "check paySceneCode"),
    refusal("77012", "MERCHANT_ORDER_NO_EXIST", "the number is taken by an order with other parameters: use a new one"),
    refusal("77016", "ORDER_NO_NOT_EXIST", "check BonusPay's order number"),
    refusal("77021", "CURRENCY_CODE_NOT_SUPPORTED", "choose a supported currency"),
    refusal("77022", "INVALID_CURRENCY_PRECISION", "use fewer decimals"),
    refusal("80002", "CURRENCY_CODE_NOT_SUPPORTED", "choose another coin"),
    refusal("80003", "INVALID_CURRENCY_PRECISION", "use fewer decimals"),
    refusal("80004", "CRYPTO_AMOUNT_TOO_LOW", "raise the amount"),
    refusal("80005", "INSUFFICIENT_FUNDS", "the balance does not cover the amount and its fee"),
    refusal("77023", "PAYEEMID_NOT_EXIST", "check payeeMid"),
];

impl ApiCode {
    pub(crate) fn is_documented(&self) -> bool {
        !self.code.is_empty()
    }
}

static UNDOCUMENTED: ApiCode = refusal("", "", "see the message; BonusPay's support asks for the trace code");

/// What is known of a code with its message; an undocumented one is a plain refusal.
pub(crate) fn look_up(code: &str, message: Option<&str>) -> &'static ApiCode {
    let of_code = || TABLE.iter().filter(|entry| entry.code == code);
    of_code()
        .find(|entry| Some(entry.message) == message)
        .or_else(|| of_code().next())
        .or_else(|| TABLE.iter().find(|entry| Some(entry.message) == message))
        .unwrap_or(&UNDOCUMENTED)
}

/// Whether BonusPay said that our clock is off, and which way.
pub(crate) fn clock_is_off(message: Option<&str>) -> bool {
    matches!(message, Some("REQUESTTIME_TOO_EARLY" | "REQUESTTIME_TOO_LATER"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_decides_where_a_code_has_several() {
        assert!(look_up("400", Some("REQUESTTIME_TOO_EARLY")).remedy.contains("behind"));
        assert!(look_up("400", Some("REQUESTTIME_TOO_LATER")).remedy.contains("ahead"));
        assert_eq!(look_up("400", None).message, "INVALID_PARAMETER");
        assert_eq!(look_up("504", Some("odd")).outcome, Outcome::Unknown);
        assert_eq!(look_up("99999", Some("NEW_ONE")).outcome, Outcome::Rejected);
    }
}
