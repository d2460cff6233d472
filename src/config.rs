//! Settings.

/// Which BonusPay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Environment {
    /// Test coins.
    Sandbox = 1,
    /// Real money.
    Production = 2,
}
/// A complete configuration.
#[derive(Debug, Clone)]
pub struct Config;
/// Collects settings.
#[derive(Debug, Clone, Default)]
pub struct ConfigBuilder;
impl Config {
    /// A builder without any setting.
    pub fn builder() -> ConfigBuilder { ConfigBuilder }
}
