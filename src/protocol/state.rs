//! What a status text means for whoever waits for the money: one table for every kind of order.

/// The meaning of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum State {
    /// The document has no status (a balance, a list).
    None = 0,
    /// Not final.
    Pending = 1,
    /// Paid, paid out, or refunded as asked.
    Succeeded = 2,
    /// Failed, expired or cancelled.
    Failed = 3,
    /// The order was paid and given back.
    Refunded = 4,
    /// A status that this library does not know: treat it as pending, never as paid.
    Unknown = 5,
}

/// The key of an order object in an answer or a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderKey {
    Acquire,
    Refund,
    CustomerDeposit,
    Withdraw,
    OtcFundout,
}

impl OrderKey {
    pub(crate) const ALL: [Self; 5] =
        [Self::Acquire, Self::Refund, Self::CustomerDeposit, Self::Withdraw, Self::OtcFundout];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Acquire => "acquireOrder",
            Self::Refund => "refundOrder",
            Self::CustomerDeposit => "customerDepositOrder",
            Self::Withdraw => "withdrawOrder",
            Self::OtcFundout => "otcFundoutOrder",
        }
    }

    /// Compared letter by letter: `success` is not `SUCCESS`. `SETTLED` and its like come from the platform that
    /// BonusPay grew out of (spec 6.14); they say that the money has also been passed on.
    pub(crate) fn state(self, status: Option<&str>) -> State {
        let Some(status) = status else {
            return State::Unknown;
        };
        match (self, status) {
            (Self::Acquire | Self::Refund | Self::CustomerDeposit, "CREATED") => State::Pending,
            (Self::Acquire | Self::Refund | Self::CustomerDeposit, "SUCCESS") => State::Succeeded,
            (Self::Acquire, "PAID_SUCCESS" | "SETTLED") | (Self::Refund, "REFUNDED_SETTLED") => State::Succeeded,
            (Self::Acquire | Self::Refund, "FAILURE") => State::Failed,
            (Self::Acquire, "REFUNDED") => State::Refunded,
            (Self::Withdraw | Self::OtcFundout, "PENDING") => State::Pending,
            (Self::Withdraw | Self::OtcFundout, "COMPLETED") => State::Succeeded,
            (Self::Withdraw | Self::OtcFundout, "FAILED") => State::Failed,
            _ => State::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documented_statuses_mean_anything() {
        let order = |status| OrderKey::Acquire.state(Some(status));
        assert_eq!(order("SUCCESS"), State::Succeeded);
        assert_eq!(order("CREATED"), State::Pending);
        assert_eq!(order("FAILURE"), State::Failed);
        assert_eq!(order("REFUNDED"), State::Refunded);
        for unknown in ["success", "SUCCESS ", "PAID", "", "COMPLETED", "PENDING", "SUCCESS\0"] {
            assert_eq!(order(unknown), State::Unknown, "{unknown:?}");
        }
        assert_eq!(OrderKey::Acquire.state(None), State::Unknown);
        assert_eq!(OrderKey::Withdraw.state(Some("COMPLETED")), State::Succeeded);
        assert_eq!(OrderKey::Withdraw.state(Some("SUCCESS")), State::Unknown);
        assert_eq!(OrderKey::Refund.state(Some("REFUNDED")), State::Unknown);
    }
}
