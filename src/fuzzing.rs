//! What the fuzz targets reach beside the public interface. No part of any promise: it is compiled for them alone.
#![allow(missing_docs)]

use crate::checkout_url;
use crate::client::read_biz_content;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::protocol::envelope;
use crate::response::Response;
use crate::transport::HttpResponse;
use crate::url;

/// The C ABI, with its types checked by the compiler.
#[allow(unsafe_code)]
pub mod abi {
    pub use crate::ffi::exported::*;
}

/// Whether a shopper may be sent to this URL.
pub fn leads_to_bonuspay(config: &Config, url: &str) -> bool {
    checkout_url::leads_to_bonuspay(config, url)
}

/// What keeps a text from being a URL for notifications.
pub fn check_web_url(text: &str) -> Result<(), &'static str> {
    url::check_web_url(text)
}

/// What a client makes of an answer to a request, without the request's own signature, which costs most of a call.
pub fn answer(
    config: &Config,
    endpoint: Endpoint,
    biz_content: &[u8],
    answer: HttpResponse,
    now_ms: u64,
) -> Result<Response, Error> {
    let call = endpoint.call();
    let asked = call.check(&read_biz_content(biz_content)?, config, now_ms)?;
    let body = envelope::open(&answer, config.public_keys(), now_ms)?;
    Response::new(Some(&call.answer), &asked, body, answer.body, config)
}
