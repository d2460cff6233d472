//! What shoppers have in mind.
#![allow(missing_docs)]

/// How a shopper pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Exactly,
    InParts,
    TooLittle,
    TooMuch,
    Late,
    LatePart,
    /// In two tabs, in each of them.
    Twice,
    WrongCoin,
    WrongChain,
    /// To the address that the first page showed, after the cart has changed.
    OldAddress,
    /// After he gave the order up.
    AfterCancelling,
    Never,
}

/// What a shopper has in mind.
#[derive(Debug, Clone)]
pub struct Plan {
    pub way: Way,
    pub visits: u32,
    pub paid: bool,
    pub first: Option<String>,
}
