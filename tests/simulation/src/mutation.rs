//! What someone does wrong on purpose, to prove that the invariants bite.

/// A mistake. For tests only: no run that means anything has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// The shop believes a notification without Get Order, and asks not whose it is.
    NotificationTrusted,
    /// The library does not compare an answer's identity with the request's, nor does the shop.
    IdentityIgnored,
    /// The shop takes any SUCCESS as paid, whatever the amount.
    AmountIgnored,
    /// The library calls a lost answer "not sent".
    LostAnswerIsNotSent,
    /// The library believes a refusal that is not signed.
    UnsignedRefusalBelieved,
    /// The library sends again what must be sent once.
    LibraryResends,
    /// The shop sends a refund again under a new number when its outcome is unknown.
    RefundAgainUnderNewNumber,
    /// The shop takes a new order number when the outcome of Place Order is unknown.
    NewNumberAfterUnknown,
    /// The shop takes "does not exist" for dead, and opens another attempt.
    NotExistIsDead,
    /// The shop saves its number after it has sent it.
    SavedAfterSending,
    /// The shop decides by what it read before the call.
    DecidedByOldState,
    /// The shop asks by itself about nothing.
    NoReconciliation,
    /// The shop answers SUCCESS before it has done anything.
    AnsweredFirst,
    /// The shop opens a new attempt without cancelling the earlier one.
    EarlierAttemptLeftOpen,
    /// The shop never looks at an attempt again that it takes for dead.
    DeadIsForgotten,
}

impl Mutation {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NotificationTrusted,
        Self::IdentityIgnored,
        Self::AmountIgnored,
        Self::LostAnswerIsNotSent,
        Self::UnsignedRefusalBelieved,
        Self::LibraryResends,
        Self::RefundAgainUnderNewNumber,
        Self::NewNumberAfterUnknown,
        Self::NotExistIsDead,
        Self::SavedAfterSending,
        Self::DecidedByOldState,
        Self::NoReconciliation,
        Self::AnsweredFirst,
        Self::EarlierAttemptLeftOpen,
        Self::DeadIsForgotten,
    ];

    /// A run of so many seeds from 0 finds it.
    pub const fn found_within(self) -> u64 {
        2000
    }

    /// Where to look before that: a seed that finds a mistake which few of them do.
    pub const fn look_first_in(self) -> u64 {
        match self {
            Self::IdentityIgnored => 321,
            Self::AmountIgnored => 348,
            Self::NotExistIsDead => 274,
            Self::SavedAfterSending => 91,
            Self::EarlierAttemptLeftOpen => 33,
            Self::UnsignedRefusalBelieved => 31,
            _ => 0,
        }
    }
}
