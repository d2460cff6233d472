//! A gateway on loopback, so that the C ABI gets answers. What it answers depends on the first letter of the order's
//! number.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{LazyLock, Mutex};

use crate::keys::GATEWAY;

/// The numbers that it knows.
pub(super) const NUMBERS: [&str; 8] =
    ["paid-1", "checkout-1", "nul-1", "refused-1", "unsigned-1", "forged-1", "html-1", "other-1"];

static SIGNATURES: Mutex<Option<HashMap<String, String>>> = Mutex::new(None);

/// Its base URL; it runs as long as the process.
pub(super) static BASE_URL: LazyLock<String> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            std::thread::spawn(move || serve(connection));
        }
    });
    format!("http://127.0.0.1:{port}/sgs/api/")
});

fn serve(connection: TcpStream) -> Option<()> {
    connection.set_nodelay(true).ok()?;
    let mut writer = connection.try_clone().ok()?;
    let mut reader = BufReader::new(connection);
    loop {
        let request = read_request(&mut reader)?;
        let (status, body) = answer(&request);
        let sign = match request.contains("unsigned-1") {
            true => String::new(),
            false => format!("sign: {}\r\n", signature(if request.contains("forged-1") { "forged" } else { &body })),
        };
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{sign}");
        write!(writer, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok()?;
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}

fn answer(request: &str) -> (u16, String) {
    let number = NUMBERS.into_iter().find(|number| request.contains(number)).unwrap_or("refused-1");
    let refused = r#"{"head":{"applyStatus":"FAIL","code":"77004","msg":"MERCHANT_ORDER_NO_NOT_EXIST"}}"#;
    let params = match number {
        "checkout-1" => r#"{"cashierUrl":"https://127.0.0.1/x"}"#,
        _ => r#"{"address":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb","network":"TRON"}"#,
    };
    let subject = if number == "nul-1" { r"a\u0000b" } else { "Tea" };
    let named = if number == "other-1" { "another-1" } else { number };
    match number {
        "html-1" => (502, "<html>".to_owned()),
        "refused-1" => (200, refused.to_owned()),
        _ => {
            let order = format!(
                r#"{{"merchantOrderNo":"{named}","orderNo":131710904557001559,"status":"SUCCESS","subject":"{subject}",
                "totalAmount":{{"amount":12.810,"currency":"USDT"}}}}"#
            );
            let refund = format!(r#"{{"refundMerchantOrderNo":"{named}","status":"CREATED"}}"#);
            let body = format!(r#"{{"acquireOrder":{order},"refundOrder":{refund},"interactionParams":{params}}}"#);
            (200, format!(r#"{{"head":{{"applyStatus":"SUCCESS","code":"0"}},"body":{body}}}"#))
        }
    }
}

/// Made once for each of the few bodies.
fn signature(body: &str) -> String {
    let mut signatures = SIGNATURES.lock().unwrap();
    let signatures = signatures.get_or_insert_default();
    signatures.entry(body.to_owned()).or_insert_with(|| GATEWAY.private.sign(body.as_bytes()).unwrap()).clone()
}
