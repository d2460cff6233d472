//! URLs that a shopper could be sent to, and base URLs: what is accepted leads, by the reading that browsers share
//! (the `url` crate), where it may lead.

use std::sync::LazyLock;

use bonuspay::config::{Config, ConfigBuilder, Environment};
use bonuspay::fuzzing;
use url::{Host, ParseError, Url};

use crate::bytes::Bytes;
use crate::keys::GATEWAY;

static EMPTY: LazyLock<ConfigBuilder> = LazyLock::new(|| {
    let mut builder = Config::builder();
    builder.public_key(&GATEWAY.public_pem).unwrap().allow_http(true).unwrap();
    builder
});

static CONFIGS: LazyLock<Vec<Config>> = LazyLock::new(|| {
    let environment = |environment| EMPTY.clone().environment(environment).unwrap().build().unwrap();
    let own = |url| EMPTY.clone().base_url(url).unwrap().build().unwrap();
    vec![
        environment(Environment::Production),
        environment(Environment::Sandbox),
        own("https://pay.shop.example/sgs/api/"),
        own("http://127.0.0.1:8790/sgs/api/"),
        own("https://[::1]:8443/sgs/api/"),
        own("http://localhost/"),
    ]
});

pub(crate) fn run(input: &[u8]) {
    let mut input = Bytes::new(input);
    let which = input.below(CONFIGS.len() + 1);
    let Ok(text) = std::str::from_utf8(input.rest()) else {
        return;
    };
    match CONFIGS.get(which) {
        Some(config) => {
            if fuzzing::leads_to_bonuspay(config, text) {
                assert!(is_allowed(config, text), "{text} must not be accepted");
            }
        }
        None => check_base_url(text),
    }
    if fuzzing::check_web_url(text).is_ok() {
        // Names in Punycode are not read.
        let refused = Url::parse(text).err().filter(|error| *error != ParseError::IdnaError);
        assert_eq!(refused, None, "no browser takes {text}, which a notification may be sent to");
    }
    // Not so strict that nothing passes.
    if !text.is_empty() && text.len() < 1000 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let url = format!("https://checkout.bonuspay.network/?token={text}");
        assert!(fuzzing::leads_to_bonuspay(&CONFIGS[0], &url), "{url}");
    }
}

/// Also for the answer's own check of its URL.
pub(crate) fn is_allowed(config: &Config, text: &str) -> bool {
    let url = match Url::parse(text) {
        Ok(url) => url,
        // A name that is no name in Punycode: no browser looks it up, so it leads nowhere.
        Err(error) => return error == ParseError::IdnaError && text.contains("xn--"),
    };
    // As a link in a page of the shop it leads to the same place.
    let page = Url::parse("http://shop.example/cart/").unwrap();
    let plain = url.username().is_empty() && url.password().is_none() && page.join(text) == Ok(url.clone());
    let base = Url::parse(config.base_url()).unwrap();
    let domain = match base.host_str() {
        Some("api.bonuspay.network") => "bonuspay.network",
        Some("api.testbonuspay.network") => "testbonuspay.network",
        _ => return plain && url.origin() == base.origin(),
    };
    let within = match url.host() {
        Some(Host::Domain(host)) => host == domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.')),
        _ => false,
    };
    plain && within && url.scheme() == "https" && url.port_or_known_default() == Some(443)
}

fn check_base_url(text: &str) {
    let mut builder = EMPTY.clone();
    if let Err(error) = builder.base_url(text) {
        return super::check_error(&error);
    }
    let config = match builder.build() {
        Ok(config) => config,
        Err(error) => return super::check_error(&error),
    };
    let theirs = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return assert!(error == ParseError::IdnaError && text.contains("xn--"), "{error}: {text}"),
    };
    let ours = Url::parse(config.base_url()).unwrap();
    assert!(config.base_url().ends_with('/') && ours.path().ends_with('/'), "{}", config.base_url());
    assert_eq!(theirs.origin(), ours.origin());
    assert_eq!(theirs.path().trim_end_matches('/'), ours.path().trim_end_matches('/'));
    assert!(theirs.username().is_empty() && theirs.password().is_none() && theirs.query().is_none());
    let loopback = match theirs.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        Some(Host::Domain(host)) => host == "localhost" || host.ends_with(".localhost"),
        None => false,
    };
    let sandbox = loopback || theirs.host_str().is_some_and(|host| host.ends_with("testbonuspay.network"));
    assert!(theirs.scheme() == "https" || sandbox, "http to {text}");
    assert!(config.environment() == Environment::Production || sandbox, "the sandbox's rules for {text}");
}
