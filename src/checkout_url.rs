//! Which URL a shopper may be sent to (R34).

use crate::config::Config;
use crate::url::PlainUrl;

/// Whether a checkout URL leads to BonusPay.
///
/// With the environment's own base URL: https, at the environment's domain or within it, port 443. With a base URL of
/// one's own: that URL's origin and nothing else.
pub(crate) fn leads_to_bonuspay(config: &Config, url: &str) -> bool {
    let (Ok(plain), Ok(base)) = (PlainUrl::parse(url), PlainUrl::parse(config.base_url())) else {
        return false;
    };
    if config.has_own_host() {
        plain.same_origin(&base)
    } else {
        plain.https && plain.port == 443 && plain.is_within(config.environment().domain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, TEST_PUBLIC_KEY};

    fn config(environment: Option<Environment>, base_url: Option<&str>, allow_http: bool) -> Config {
        let mut builder = Config::builder();
        builder
            .partner_id("200000000888")
            .unwrap()
            .public_key(TEST_PUBLIC_KEY)
            .unwrap()
            .allow_http(allow_http)
            .unwrap();
        if let Some(environment) = environment {
            builder.environment(environment).unwrap();
        }
        if let Some(base_url) = base_url {
            builder.base_url(base_url).unwrap();
        }
        builder.build().unwrap()
    }

    #[test]
    fn the_environments_own_pages_are_allowed() {
        let sandbox = config(Some(Environment::Sandbox), None, false);
        let production = config(Some(Environment::Production), None, false);
        for url in [
            "https://checkout.bonuspay.network/?token=1f0e7a5c-2f3b&type=ctopup",
            "https://bonuspay.network/pay",
            "https://bonuspay.network",
            "https://a.b.bonuspay.network:443/#/pay?x=%20",
        ] {
            assert!(leads_to_bonuspay(&production, url), "{url}");
            assert!(!leads_to_bonuspay(&sandbox, url), "{url}");
        }
        let url = "https://checkout.testbonuspay.network/?token=1";
        assert!(leads_to_bonuspay(&sandbox, url));
        assert!(!leads_to_bonuspay(&production, url));
        // Spelling out the environment's own base URL changes nothing.
        let spelt = config(None, Some("https://api.bonuspay.network/sgs/api"), false);
        assert!(leads_to_bonuspay(&spelt, "https://checkout.bonuspay.network/?token=1"));
    }

    #[test]
    fn hostile_urls_are_refused() {
        let production = config(Some(Environment::Production), None, false);
        let long = format!("https://bonuspay.network/{}", "a".repeat(3000));
        let long_label = format!("https://{}.bonuspay.network/", "a".repeat(64));
        let long_host = format!("https://{}bonuspay.network/", "a.".repeat(130));
        let hostile = [
            "",
            "/",
            "//evil.com",
            "evil.com",
            "javascript:1",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://checkout.bonuspay.network/",
            "http://checkout.bonuspay.network:443/",
            "HTTPS://checkout.bonuspay.network/",
            "https:checkout.bonuspay.network/",
            "https:/checkout.bonuspay.network/",
            "https:///checkout.bonuspay.network/",
            "https://",
            "https://checkout.bonuspay.network@evil.com/",
            "https://evil.com@checkout.bonuspay.network/",
            "https://a:b@checkout.bonuspay.network/",
            "https://@checkout.bonuspay.network/",
            "https://bonuspay.network.evil.com/",
            "https://evilbonuspay.network/",
            "https://evil-bonuspay.network/",
            "https://bonuspay.network.",
            "https://.bonuspay.network/",
            "https://a..bonuspay.network/",
            "https://-a.bonuspay.network/",
            "https://a-.bonuspay.network/",
            "https://a_b.bonuspay.network/",
            "https://bonuspay.network:8443/",
            "https://bonuspay.network:/",
            "https://bonuspay.network:0443/",
            "https://bonuspay.network:+443/",
            "https://bonuspay.network:443:443/",
            "https://bonuspay.network:65979/",
            "https://bonuspay.network:443@evil.com/",
            "https://bonuspay.network:80/",
            "https://evil.com\\.bonuspay.network/",
            "https://evil.com\\@bonuspay.network/",
            "https:\\\\bonuspay.network/",
            "https://evil.com#.bonuspay.network/",
            "https://evil.com?.bonuspay.network/",
            "https://bonuspay.network?x",
            "https://bonuspay.network#x",
            "https://evil.com/.bonuspay.network/",
            "https://evil.com/https://bonuspay.network/",
            "https://evil.com%2f.bonuspay.network/",
            "https://evil.com%00.bonuspay.network/",
            "https://CHECKOUT.bonuspay.network/",
            "https://bonuspay.networK/",
            "https://bonuspay\u{3002}network/",
            "https://bonusp\u{430}y.network/",
            "https://bonuspay.network/\u{202e}",
            "https://xn--bonuspy-6fg.network/",
            " https://bonuspay.network/",
            "https://bonuspay.network/ ",
            "https://bonuspay.network/\n",
            "https://bonuspay.network/\r\nX: y",
            "https://bonuspay.network/\0",
            "https://bonus\tpay.network/",
            "ht\ntps://bonuspay.network/",
            "https://bonuspay.network/%",
            "https://bonuspay.network/%4",
            "https://bonuspay.network/%zz",
            "https://bonuspay.network/%0d%0a",
            "https://bonuspay.network/%00",
            "https://bonuspay.network/\"onload=",
            "https://bonuspay.network/'",
            "https://bonuspay.network/<script>",
            "https://bonuspay.network/a|b",
            "https://bonuspay.network/`",
            "https://bonuspay.network/{x}",
            "https://[::1]/",
            "https://[bonuspay.network]/",
            "https://[::1].bonuspay.network/",
            "https://[::1/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://01.2.3.4/",
            "https://localhost/",
            "https://network/",
            "wss://bonuspay.network/",
            "https+x://bonuspay.network/",
            long.as_str(),
            long_label.as_str(),
            long_host.as_str(),
        ];
        for url in hostile {
            assert!(!leads_to_bonuspay(&production, url), "{url}");
        }
    }

    #[test]
    fn a_base_url_of_ones_own_allows_its_origin_only() {
        let local = config(None, Some("http://127.0.0.1:8790/sgs/api/"), true);
        assert!(leads_to_bonuspay(&local, "http://127.0.0.1:8790/checkout?token=1"));
        for url in [
            "http://127.0.0.1:8791/",
            "http://127.0.0.1/",
            "https://127.0.0.1:8790/",
            "http://localhost:8790/",
            "http://127.1:8790/",
            "http://2130706433:8790/",
            "https://checkout.testbonuspay.network/",
            "https://checkout.bonuspay.network/",
            "http://127.0.0.1:8790.evil.com/",
        ] {
            assert!(!leads_to_bonuspay(&local, url), "{url}");
        }
        let own = config(None, Some("https://pay.example/sgs/api/"), true);
        assert!(leads_to_bonuspay(&own, "https://pay.example:443/x"));
        assert!(!leads_to_bonuspay(&own, "http://pay.example/x"));
        assert!(!leads_to_bonuspay(&own, "https://sub.pay.example/x"));
    }

    #[test]
    fn no_input_is_a_panic() {
        let production = config(Some(Environment::Production), None, false);
        let pieces =
            ["https://", "http://", "[", "]", ":", "@", "/", "%", "é", "::1", "bonuspay.network", "", ".", "-", "0"];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for d in pieces {
                        let _ = leads_to_bonuspay(&production, &format!("{a}{b}{c}{d}"));
                    }
                }
            }
        }
    }
}
