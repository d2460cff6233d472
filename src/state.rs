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
    AcquireOrder,
    RefundOrder,
    CustomerDepositOrder,
    WithdrawOrder,
    OtcFundoutOrder,
}

impl OrderKey {
    pub(crate) const ALL: [Self; 5] =
        [Self::AcquireOrder, Self::RefundOrder, Self::CustomerDepositOrder, Self::WithdrawOrder, Self::OtcFundoutOrder];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AcquireOrder => "acquireOrder",
            Self::RefundOrder => "refundOrder",
            Self::CustomerDepositOrder => "customerDepositOrder",
            Self::WithdrawOrder => "withdrawOrder",
            Self::OtcFundoutOrder => "otcFundoutOrder",
        }
    }

    /// Compared letter by letter: `success` is not `SUCCESS`. `SETTLED` and its like come from the platform that
    /// BonusPay grew out of (spec 6.14); they say that the money has also been passed on.
    pub(crate) fn state(self, status: Option<&str>) -> State {
        let Some(status) = status else {
            return State::Unknown;
        };
        match (self, status) {
            (Self::AcquireOrder | Self::RefundOrder | Self::CustomerDepositOrder, "CREATED") => State::Pending,
            (Self::AcquireOrder | Self::RefundOrder | Self::CustomerDepositOrder, "SUCCESS") => State::Succeeded,
            (Self::AcquireOrder, "PAID_SUCCESS" | "SETTLED") | (Self::RefundOrder, "REFUNDED_SETTLED") => State::Succeeded,
            (Self::AcquireOrder | Self::RefundOrder, "FAILURE") => State::Failed,
            (Self::AcquireOrder, "REFUNDED") => State::Refunded,
            (Self::WithdrawOrder | Self::OtcFundoutOrder, "PENDING") => State::Pending,
            (Self::WithdrawOrder | Self::OtcFundoutOrder, "COMPLETED") => State::Succeeded,
            (Self::WithdrawOrder | Self::OtcFundoutOrder, "FAILED") => State::Failed,
            _ => State::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documented_statuses_mean_anything() {
        let order = |status| OrderKey::AcquireOrder.state(Some(status));
        assert_eq!(order("SUCCESS"), State::Succeeded);
        assert_eq!(order("CREATED"), State::Pending);
        assert_eq!(order("FAILURE"), State::Failed);
        assert_eq!(order("REFUNDED"), State::Refunded);
        for unknown in ["success", "SUCCESS ", "PAID", "", "COMPLETED", "PENDING", "SUCCESS\0"] {
            assert_eq!(order(unknown), State::Unknown, "{unknown:?}");
        }
        assert_eq!(OrderKey::AcquireOrder.state(None), State::Unknown);
        assert_eq!(OrderKey::WithdrawOrder.state(Some("COMPLETED")), State::Succeeded);
        assert_eq!(OrderKey::WithdrawOrder.state(Some("SUCCESS")), State::Unknown);
        assert_eq!(OrderKey::RefundOrder.state(Some("REFUNDED")), State::Unknown);
    }
}
