use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use bonuspay_sandbox::key::verify;
use serde_json::{Value, json};

use crate::support::{Folder, Sandbox, Shop, command, order, wait_until};

#[test]
fn what_was_answered_survives_a_kill() {
    let sandbox = Sandbox::start();
    let silent = Shop::open(&["200 FAIL"]);
    sandbox.control("POST", "clock", json!({"advance_ms": 5000}));
    let answer = sandbox.call("crypto/placeOrder", &order("k-1", Some(&silent.url)));
    sandbox.place("k-2", None);
    sandbox.deposit("k-2", "12.81");
    let refund = json!({
        "refundMerchantOrderNo": "r-1",
        "originMerchantOrderNo": "k-2",
        "amount": {"amount": 1, "currency": "USDT"},
        "chainCode": "TRON",
        "refundAddress": "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD",
    });
    let refunded = sandbox.call("crypto/refund/placeOrder", &refund)["body"].clone();
    sandbox.deposit("k-1", "12.81");
    let attempts = |sandbox: &Sandbox| {
        let notification = sandbox.get("notifications")["notifications"][0].clone();
        notification["attempts"].as_array().map_or(0, Vec::len)
    };
    wait_until("one attempt", || attempts(&sandbox) == 1);

    let sandbox = sandbox.kill_and_restart(&[]);
    let after = sandbox.call("crypto/placeOrder", &order("k-1", Some(&silent.url)));
    assert_eq!(after["body"]["acquireOrder"]["orderNo"], answer["body"]["acquireOrder"]["orderNo"]);
    assert_eq!(after["body"]["acquireOrder"]["status"], "SUCCESS");
    assert_eq!(sandbox.call("crypto/refund/placeOrder", &refund)["body"], refunded);
    assert_eq!(sandbox.get("state")["advanced_ms"].to_string(), "5000");
    assert_eq!(attempts(&sandbox), 1);
    sandbox.control("POST", "clock", json!({"advance_ms": 120_000}));
    assert_eq!(silent.wait_for(2)[1].body, silent.received()[0].body);
}

#[test]
fn a_torn_last_line_is_cut_off_and_a_damaged_one_is_not_overlooked() {
    let sandbox = Sandbox::start();
    sandbox.place("t-1", None);
    let folder = sandbox.kill();
    let books = folder.0.join("books.jsonl");
    let whole = fs::read(&books).unwrap();
    let torn = [whole.as_slice(), b"{\"at_ms\":1,\"records\":[{\"ord"].concat();
    fs::write(&books, torn).unwrap();
    let sandbox = Sandbox::start_in(folder, &[]);
    assert_eq!(sandbox.order_status("t-1"), "CREATED");
    sandbox.place("t-2", None);
    let sandbox = sandbox.kill_and_restart(&[]);
    assert_eq!(sandbox.order_status("t-2"), "CREATED");

    let folder = sandbox.kill();
    fs::write(&books, [b"{}\n".as_slice(), &whole].concat()).unwrap();
    let refused = command(&folder.0, &[]).output().unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("line 1 is damaged"));
}

#[test]
fn keys_are_made_once_and_are_their_owners() {
    let sandbox = Sandbox::start_in(Folder::new(), &[]);
    sandbox.place("k-1", None);
    let private = sandbox.file("merchant_private_key");
    assert!(private.is_absolute());
    assert!(fs::read_to_string(&private).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    let public = fs::read_to_string(sandbox.file("gateway_public_key")).unwrap();
    assert!(public.starts_with("-----BEGIN PUBLIC KEY-----"));
    for name in ["merchant_private.pem", "gateway_private.pem"] {
        let mode = fs::metadata(sandbox.folder().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(sandbox.ready["ca_pem"], Value::Null);
    assert_eq!(sandbox.ready["partner_id"], "200000000888");
    assert!(sandbox.ready["base_url"].as_str().unwrap().ends_with("/sgs/api/"));
    let before = fs::read(&private).unwrap();
    let sandbox = sandbox.kill_and_restart(&[]);
    assert_eq!(fs::read(sandbox.file("merchant_private_key")).unwrap(), before);
}

#[test]
fn it_starts_on_loopback_and_on_its_own_folder_only() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bonuspay-sandbox")).args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    };
    let folder = Folder::new();
    let data = folder.0.to_str().unwrap();
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let (started, text) = run(&["--listen", address, "--data", data]);
        assert!(!started && text.contains("loopback"), "{address}: {text}");
    }
    for arguments in [
        vec!["--data", data],
        vec!["--listen", "127.0.0.1:0"],
        vec!["--listen", "nowhere", "--data", data],
        vec!["--listen", "127.0.0.1:0", "--data", data, "--time-scale", "0"],
        vec!["--listen", "127.0.0.1:0", "--data", data, "--no-such-flag"],
    ] {
        let (started, text) = run(&arguments);
        assert!(!started && text.starts_with("bonuspay-sandbox: "), "{arguments:?}: {text}");
    }
    assert!(run(&["--help"]).1.contains("--time-scale"));
    assert!(run(&["--version"]).1.starts_with("bonuspay-sandbox "));

    let sandbox = Sandbox::start();
    let second = command(sandbox.folder(), &[]).output().unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another sandbox"));
}

#[test]
fn sign_makes_a_genuine_notification_of_any_document() {
    let sandbox = Sandbox::start();
    let key = sandbox.folder().join("gateway_private.pem");
    let public = fs::read_to_string(sandbox.file("gateway_public_key")).unwrap();
    let sign = |arguments: &[&str], input: &[u8]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bonuspay-sandbox"));
        command.arg("sign").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        // It may have ended already, where something is wrong.
        let _ = program.stdin.take().unwrap().write_all(input);
        let output = program.wait_with_output().unwrap();
        (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
    };
    let genuine = |printed: &[u8]| {
        let end = printed.iter().position(|byte| *byte == b'\n').unwrap();
        let (sign, body) = (std::str::from_utf8(&printed[..end]).unwrap(), &printed[end + 1..]);
        verify(&public, body, sign).unwrap();
        body.to_vec()
    };
    let key = key.to_str().unwrap();
    let document = br#"{"notify_id":"1", "acquireOrder":{"status":"SUCCESS","reserved":"\u00e9 \xc3\xa9"}}"#;
    for body in [&document[..], b"{}\n", b"two\r\nlines\n\n", b"", b"\xff\x00"] {
        let (code, printed, said) = sign(&["--key", key], body);
        assert_eq!((code, said.as_str()), (Some(0), ""));
        assert_eq!(genuine(&printed), body);
        let file = sandbox.folder().join("document.json");
        fs::write(&file, body).unwrap();
        assert_eq!(sign(&[&format!("--key={key}"), file.to_str().unwrap()], b"").1, printed);
    }

    let old = sandbox.folder().join("pkcs1.pem");
    let made = Command::new("openssl").args(["rsa", "-traditional", "-in", key, "-out"]).arg(&old).output().unwrap();
    assert!(made.status.success());
    assert_eq!(genuine(&sign(&["--key", old.to_str().unwrap()], document).1), document);

    let public = sandbox.file("gateway_public_key");
    for (arguments, wrong) in [
        (&["--key", public.to_str().unwrap()][..], "gateway_public.pem: not an RSA private key"),
        (&["--key", "/nowhere/key.pem"], "/nowhere/key.pem: No such file"),
        (&["--key", key, "/nowhere/order.json"], "/nowhere/order.json: No such file"),
        (&[], "--key is missing"),
        (&["--key"], "--key wants a value"),
        (&["--keys", key], "no option \"--keys\""),
        (&["--key", key, "one", "two"], "one document"),
    ] {
        let (code, printed, said) = sign(arguments, document);
        assert!(code != Some(0) && printed.is_empty() && said.contains(wrong), "{arguments:?}: {said}");
    }
}

#[test]
fn tls_has_a_certificate_of_its_own_authority() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    assert!(sandbox.ready["base_url"].as_str().unwrap().starts_with("https://127.0.0.1:"));
    let get = |verify: &[&str]| {
        let mut client = Command::new("openssl");
        client.args(["s_client", "-quiet", "-verify_return_error", "-connect", sandbox.listening()]);
        client.arg("-CAfile").arg(sandbox.file("ca_pem")).args(verify);
        client.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut client = client.spawn().unwrap();
        let request = b"GET /sandbox/api/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        // It may have hung up already if the certificate did not please.
        let mut stdin = client.stdin.take().unwrap();
        let _ = stdin.write_all(request);
        let mut answer = String::new();
        client.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        drop(stdin);
        client.wait().unwrap();
        answer
    };
    for name in [["-verify_ip", "127.0.0.1"], ["-verify_hostname", "localhost"], ["-verify_ip", "::1"]] {
        assert!(get(&name).starts_with("HTTP/1.1 200 OK"), "{name:?}");
    }
    assert_eq!(get(&["-verify_hostname", "shop.example"]), "");
    let ca = fs::read(sandbox.file("ca_pem")).unwrap();
    let sandbox = sandbox.kill_and_restart(&["--tls"]);
    assert_eq!(fs::read(sandbox.file("ca_pem")).unwrap(), ca);
}
