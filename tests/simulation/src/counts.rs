//! What happened, so that a run in which nothing happened is seen.

use std::fmt;

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $text:literal),* $(,)?) => {
        /// Counts of what happened.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Counts { $($(#[$doc])* pub $name: u64),* }

        impl Counts {
            /// Adds those of another seed.
            pub fn add(&mut self, other: &Self) { $(self.$name += other.$name;)* }

            /// The names of those that are 0.
            pub fn missing(&self) -> Vec<&'static str> {
                [$((self.$name, $text)),*].into_iter().filter(|(count, _)| *count == 0).map(|(_, text)| text).collect()
            }
        }

        impl fmt::Display for Counts {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let all = [$((self.$name, $text)),*].map(|(count, text)| format!("{count} {text}"));
                f.write_str(&all.join(", "))
            }
        }
    };
}

counts! {
    /// Worlds.
    seeds: "seeds",
    /// Events.
    steps: "steps",
    /// Calls of the library.
    calls: "calls",
    /// Orders that the shop took as paid.
    paid: "orders paid",
    /// Orders that got some of their money only.
    partly: "partly paid",
    /// Orders that a person must look at.
    flagged: "flagged",
    /// Refunds that the gateway made.
    refunds: "refunds",
    /// Calls that ended with an unknown outcome.
    unknown: "unknown outcomes",
    /// Calls of which nothing was sent.
    not_sent: "not sent",
    /// Calls refused under signature.
    rejected: "rejected",
    /// Connections found stale.
    stale: "stale connections",
    /// Crashes of the shop.
    shop_crashes: "shop crashes",
    /// Crashes of the gateway.
    gateway_crashes: "gateway crashes",
    /// Jumps of the shop's clock.
    jumps: "clock jumps",
    /// Answers and notifications that were forged or altered, and refused for it.
    forged: "forged messages refused",
    /// Genuine messages that were none of the shop's business, and refused for it.
    foreign: "foreign messages refused",
    /// Tasks of the shop that ran while another waited for an answer.
    nested: "concurrent tasks",
    /// Seeds whose gateway signed and verified by the sandbox's own code.
    thorough: "seeds with the sandbox's own signatures",
}
