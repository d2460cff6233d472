//! Keys: what merchants paste, checked.
//!
//! A key is taken by its content, never by its label: PEM in every state that forms, web pages, e-mails and `.env`
//! files leave it in, or the bare Base64, also when it was encoded once more. What can only be decoration, such as a
//! no-break space, is passed over; any other character is named. Whatever is not the RSA key that is wanted is
//! refused by name, with the way to get the right one. A text that looks like a path or a URL is refused and never
//! opened.
//!
//! The checks happen once, when a key is read; [`PrivateKey`] and [`PublicKey`] are then cheap to clone, may be
//! shared between threads, and cost no more per call than the RSA operation itself.
//!
//! Division of labour: the `rsa` crate reads, converts and generates keys. It never makes a private-key
//! operation (RUSTSEC-2023-0071: its timing depends on the key); signing and verifying is aws-lc's.

mod pair;
mod plain;
mod private;
mod public;
mod scrub;
mod structure;
mod text;
mod unusable;

pub use pair::KeyPair;
pub use private::PrivateKey;
pub use public::PublicKey;
pub(crate) use text::certificates;
