//! BonusPay's products: of each its calls, typed requests, and typed views of the answers.

pub mod account;
pub mod fx;
pub mod order;
pub mod refund;
pub mod settlement;
pub mod submerchant;
pub mod topup;
pub mod withdraw;
