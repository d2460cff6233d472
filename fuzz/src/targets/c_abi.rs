//! The C ABI as a machine: the input is a program of calls with good and odd arguments, on objects that are alive, of
//! another kind, or NULL. Freed objects are not used, which the header forbids. Whatever the program, the header's
//! conventions hold, and everything can be freed in the end.
#![expect(
    clippy::undocumented_unsafe_blocks,
    reason = "each call keeps the header's conventions, this file's point: objects are alive or NULL, lengths fit"
)]

use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::LazyLock;

use bonuspay::fuzzing::abi::*;

use super::gateway::{BASE_URL, NUMBERS};
use crate::bytes::Bytes;
use crate::keys::{GATEWAY, MERCHANT};

const SLOTS: usize = 3;
/// Calls a program at most: connections take time.
const STEPS: usize = 64;
const STATUSES: [i32; 17] = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 20, 21, 22, 30, 40, 98, 99];

#[derive(Clone, Copy)]
struct Config {
    object: *mut bonuspay_config,
    /// Whether a client made of it calls nobody but the gateway of this process.
    local: bool,
}

#[derive(Clone, Copy)]
struct Client {
    object: *mut bonuspay_client,
    local: bool,
}

struct Machine<'a> {
    input: Bytes<'a>,
    configs: [Config; SLOTS],
    clients: [Client; SLOTS],
    responses: [*mut bonuspay_response; SLOTS],
    notifications: [*mut bonuspay_notification; SLOTS],
    keypairs: [*mut bonuspay_keypair; SLOTS],
    errors: [*mut bonuspay_error; SLOTS],
}

pub(crate) fn run(input: &[u8]) {
    let mut machine = Machine {
        input: Bytes::new(input),
        configs: [Config { object: ptr::null_mut(), local: false }; SLOTS],
        clients: [Client { object: ptr::null_mut(), local: false }; SLOTS],
        responses: [ptr::null_mut(); SLOTS],
        notifications: [ptr::null_mut(); SLOTS],
        keypairs: [ptr::null_mut(); SLOTS],
        errors: [ptr::null_mut(); SLOTS],
    };
    for _ in 0..STEPS {
        if machine.input.is_empty() {
            break;
        }
        machine.step();
    }
    machine.free_all();
}

/// A text as the header takes it, in memory of exactly its size.
struct Text {
    bytes: Option<Box<[u8]>>,
    odd: (*const c_char, usize),
}

impl Text {
    fn given(bytes: &[u8]) -> Self {
        Self { bytes: Some(bytes.into()), odd: (ptr::null(), 0) }
    }

    fn odd(start: *const c_char, length: usize) -> Self {
        Self { bytes: None, odd: (start, length) }
    }

    fn start(&self) -> *const c_char {
        self.bytes.as_ref().map_or(self.odd.0, |bytes| bytes.as_ptr().cast())
    }

    fn length(&self) -> usize {
        self.bytes.as_ref().map_or(self.odd.1, |bytes| bytes.len())
    }
}

/// Where a function may write a pointer: NULL, aligned, or not.
struct Place<T> {
    memory: Box<[u8; 17]>,
    at: Option<usize>,
    _of: std::marker::PhantomData<T>,
}

impl<T> Place<T> {
    const UNWRITTEN: u8 = 0xa5;

    fn new(choice: usize) -> Self {
        let at = [Some(0), Some(0), Some(3), None][choice];
        Self { memory: Box::new([Self::UNWRITTEN; 17]), at, _of: std::marker::PhantomData }
    }

    fn pointer(&mut self) -> *mut T {
        self.at.map_or(ptr::null_mut(), |at| self.memory[at..].as_mut_ptr().cast())
    }

    fn is_null(&self) -> bool {
        self.at.is_none()
    }

    fn value(&mut self) -> Option<T> {
        // SAFETY: within the memory; whatever is there is a pointer or a number.
        self.at.map(|at| unsafe { self.memory[at..].as_ptr().cast::<T>().read_unaligned() })
    }
}

fn status_number(status: bonuspay_status) -> i32 {
    let status = status as i32;
    assert!(STATUSES.contains(&status), "{status}");
    assert!(status < 98, "a fault in the library: {status}");
    status
}

impl Machine<'_> {
    fn step(&mut self) {
        match self.input.below(21) {
            0 => self.new_config(),
            1 => self.good_config(),
            2 | 3 => self.set(),
            4 | 5 => self.new_client(),
            6..=8 => self.call(),
            9 | 10 => self.read_response(),
            11 | 12 => self.verify_notification(),
            13 => self.read_notification(),
            14 => self.sign(),
            15 => self.key_pair(),
            16 => self.without_objects(),
            17 => self.read_error(),
            18 => self.free_another_kind(),
            20 => self.ask_many(),
            _ => self.free_one(),
        }
    }

    fn slot(&mut self) -> usize {
        self.input.below(SLOTS)
    }

    fn place<T>(&mut self) -> Place<T> {
        let choice = self.input.below(4);
        Place::new(choice)
    }

    /// A good text, or anything else that a program could pass.
    fn text(&mut self, good: &[&[u8]]) -> Text {
        match self.input.below(8) {
            0 => Text::odd(ptr::null(), 0),
            1 => Text::odd(ptr::null(), 1 + self.input.below(9)),
            2 => Text::odd(c"x".as_ptr(), usize::MAX - self.input.below(9)),
            3 => Text::odd(ptr::without_provenance(1), 0),
            4 => {
                let length = self.input.below(64);
                Text::given(self.input.take(length))
            }
            5 => {
                let mut text = self.input.one_of(good).to_vec();
                self.input.edit(&mut text);
                Text::given(&text)
            }
            _ => Text::given(self.input.one_of(good)),
        }
    }

    /// An object of the kind that is wanted, or now and then of another one.
    fn kind<T>(&mut self, object: *mut T) -> *mut T {
        let slot = self.slot();
        match self.input.below(24) {
            0 => self.errors[slot].cast(),
            1 => self.keypairs[slot].cast(),
            2 => self.configs[slot].object.cast(),
            _ => object,
        }
    }

    fn new_config(&mut self) {
        let slot = self.slot();
        if self.configs[slot].object.is_null() {
            self.configs[slot] = Config { object: unsafe { bonuspay_config_new() }, local: false };
            assert!(!self.configs[slot].object.is_null());
        }
    }

    /// Settings that lead to the gateway of this process.
    fn good_config(&mut self) {
        let slot = self.slot();
        unsafe { bonuspay_config_free(self.configs[slot].object) };
        let url = BASE_URL.as_str();
        let texts = [
            (bonuspay_config_set_base_url as unsafe extern "C" fn(_, _, _, _) -> _, url),
            (bonuspay_config_set_partner_id, "200000000888"),
            (bonuspay_config_set_private_key, &MERCHANT.private_pem),
            (bonuspay_config_set_public_key, &GATEWAY.public_pem),
        ];
        unsafe {
            let config = bonuspay_config_new();
            for (set, text) in texts {
                let status = set(config, text.as_ptr().cast::<c_char>(), text.len(), ptr::null_mut());
                assert!(status == bonuspay_status::BONUSPAY_OK);
            }
            assert!(bonuspay_config_set_allow_http(config, true, ptr::null_mut()) == bonuspay_status::BONUSPAY_OK);
            self.configs[slot] = Config { object: config, local: true };
        }
    }

    fn set(&mut self) {
        let slot = self.slot();
        let config = self.configs[slot].object;
        let object = self.kind(config);
        let mut err = self.place();
        let which = self.input.below(13);
        let status = match which {
            0 => {
                let environment = self.input.one_of(&[0, 1, 2, -1, 3, i32::MIN, i32::MAX]);
                unsafe { bonuspay_config_set_environment(object, environment, err.pointer()) }
            }
            1 | 2 => {
                let milliseconds = self.input.one_of(&[0, 1, 30, 5000, 600_000, 600_001, u32::MAX]);
                let set = [bonuspay_config_set_connect_timeout_ms, bonuspay_config_set_total_timeout_ms][which - 1];
                unsafe { set(object, milliseconds, err.pointer()) }
            }
            3 => unsafe { bonuspay_config_set_allow_http(object, self.input.below(2) == 0, err.pointer()) },
            4 => {
                let (text, digits) = (self.text(&[b"USDT", b"EUR"]), self.input.one_of(&[0, 8, 18, 19, u32::MAX]));
                unsafe { bonuspay_config_set_scale(object, text.start(), text.length(), digits, err.pointer()) }
            }
            _ => {
                type Setter = unsafe extern "C" fn(
                    *mut bonuspay_config,
                    *const c_char,
                    usize,
                    *mut *mut bonuspay_error,
                ) -> bonuspay_status;
                let url = BASE_URL.clone();
                let setters: [(Setter, &[&[u8]]); 8] = [
                    (bonuspay_config_set_base_url, &[url.as_bytes(), b"https://pay.example/", b"http://127.0.0.1:9/"]),
                    (bonuspay_config_set_partner_id, &[b"200000000888"]),
                    (
                        bonuspay_config_set_private_key,
                        &[MERCHANT.private_pem.as_bytes(), GATEWAY.private_pem.as_bytes(), b"/etc/key.pem"],
                    ),
                    (bonuspay_config_set_public_key, &[GATEWAY.public_pem.as_bytes(), MERCHANT.public_pem.as_bytes()]),
                    (bonuspay_config_set_proxy, &[b"http://user:password@127.0.0.1:9", b"http://proxy.example:3128"]),
                    (bonuspay_config_set_ca_pem, &[GATEWAY.public_pem.as_bytes(), b"-----BEGIN CERTIFICATE-----"]),
                    (bonuspay_config_set_user_agent, &[b"shop/1.0"]),
                    (bonuspay_config_set_language, &[b"en", b"de-CH"]),
                ];
                let (set, good) = setters[which - 5];
                let text = self.text(good);
                let status = unsafe { set(object, text.start(), text.length(), err.pointer()) };
                if object == config && status as i32 == 0 && matches!(which, 5 | 9) {
                    self.configs[slot].local = which == 5 && text.bytes.as_deref() == Some(url.as_bytes());
                }
                status
            }
        };
        self.finish(status_number(status), err, 1);
    }

    fn new_client(&mut self) {
        let slot = self.slot();
        let config = self.configs[self.input.below(SLOTS)];
        if config.local {
            // No repeats, which would wait for seconds.
            unsafe { bonuspay_config_set_total_timeout_ms(config.object, 100, ptr::null_mut()) };
        }
        let object = self.kind(config.object);
        let (mut out, mut err) = (self.place(), self.place());
        let status = unsafe { bonuspay_client_new(object, out.pointer(), err.pointer()) };
        if let Some(made) = self.made(status, &mut out, err, 1) {
            unsafe { bonuspay_client_free(self.clients[slot].object) };
            self.clients[slot] = Client { object: made, local: config.local };
        }
    }

    fn call(&mut self) {
        let (slot, place) = (self.slot(), self.slot());
        let client = self.clients[slot];
        let number = self.input.one_of(&NUMBERS);
        let index = format!(r#"{{"merchantOrderNo":"{number}"}}"#);
        let order = format!(
            r#"{{"merchantOrderNo":"{number}","subject":"Tea","totalAmount":{{"amount":"12.81","currency":"USDT"}},
            "paySceneCode":"API","paySceneParams":{{"chainCode":"TRON","payChannelCode":"CHAIN"}}}}"#
        );
        let refund = format!(
            r#"{{"refundMerchantOrderNo":"{number}","originMerchantOrderNo":"o-1",
            "amount":{{"amount":"1","currency":"USDT"}}}}"#
        );
        let refund_index = format!(r#"{{"refundMerchantOrderNo":"{number}"}}"#);
        let refused: &[&[u8]] = &[b"", b"[]", b"{", b"{\"a\":1}", b"{\"merchantOrderNo\":null}", b"\xff"];
        type Call = unsafe extern "C" fn(
            *const bonuspay_client,
            *const c_char,
            usize,
            *mut *mut bonuspay_response,
            *mut *mut bonuspay_error,
        ) -> bonuspay_status;
        let calls: [(Call, &str); 7] = [
            (bonuspay_order_place, &order),
            (bonuspay_order_cancel, &index),
            (bonuspay_order_accept, &index),
            (bonuspay_order_get, &index),
            (bonuspay_order_payment_events, &index),
            (bonuspay_refund_place, &refund),
            (bonuspay_refund_get, &refund_index),
        ];
        let which = self.input.below(8);
        // Nobody but the gateway of this process is called, so others get what is refused before it is sent.
        let biz = match client.local {
            true => self.text(&[calls.get(which).map_or(index.as_bytes(), |(_, biz)| biz.as_bytes()), refused[3]]),
            false => Text::given(self.input.one_of(refused)),
        };
        let object = self.kind(client.object);
        let (mut out, mut err) = (self.place(), self.place());
        let status = match calls.get(which) {
            Some((call, _)) => unsafe { call(object, biz.start(), biz.length(), out.pointer(), err.pointer()) },
            None => {
                let path: &[&[u8]] = if client.local { &[b"crypto/getOrder", b"crypto/new"] } else { &[b"/", b"a//b"] };
                let path = if client.local { self.text(path) } else { Text::given(self.input.one_of(path)) };
                let (start, length) = (path.start(), path.length());
                unsafe { bonuspay_call(object, start, length, biz.start(), biz.length(), out.pointer(), err.pointer()) }
            }
        };
        if let Some(made) = self.made(status, &mut out, err, 3) {
            unsafe { bonuspay_response_free(self.responses[place]) };
            self.responses[place] = made;
        }
    }

    /// Several questions at once: one place of each is written, or none of any.
    fn ask_many(&mut self) {
        let slot = self.slot();
        let client = self.clients[slot];
        let number = self.input.one_of(&NUMBERS);
        let index = format!(r#"{{"merchantOrderNo":"{number}"}}"#);
        let names: [&[u8]; 3] = [b"order_get", b"order_payment_events", b"account_balances"];
        let refused: [&[u8]; 4] = [b"", b"[]", b"{\"a\":1}", b"\xff"];
        let count = self.input.below(6);
        let mut texts = Vec::new();
        for _ in 0..count {
            let call = match self.input.below(8) {
                0 => self.text(&[b"order_place", b"none"]),
                _ => Text::given(self.input.one_of(&names)),
            };
            // As with single calls, nobody but the gateway of this process is called.
            let biz = match (client.local, self.input.below(8)) {
                (true, 0) => self.text(&[index.as_bytes()]),
                (true, _) => Text::given(index.as_bytes()),
                (false, _) => Text::given(self.input.one_of(&refused)),
            };
            texts.push((call, biz));
        }
        let question = |(call, biz): &(Text, Text)| bonuspay_question {
            call: call.start(),
            call_len: call.length(),
            biz: biz.start(),
            biz_len: biz.length(),
        };
        let questions: Vec<_> = texts.iter().map(question).collect();
        let deadline = self.input.one_of(&[0, 1, 100, 600_000, 600_001]);
        let object = self.kind(client.object);
        let mut err = self.place();
        let mut out = vec![ptr::dangling_mut::<bonuspay_response>(); count];
        let mut errs = vec![ptr::dangling_mut::<bonuspay_error>(); count];
        let (calls, out_places, err_places) = (questions.as_ptr(), out.as_mut_ptr(), errs.as_mut_ptr());
        let status = status_number(unsafe {
            bonuspay_call_many(object, calls, count, deadline, out_places, err_places, err.pointer())
        });
        for (response, error) in out.into_iter().zip(errs) {
            match status {
                0 => assert!(response.is_null() != error.is_null()),
                _ => assert!(response.is_null() && error.is_null()),
            }
            assert!((0..98).contains(&unsafe { bonuspay_error_status(error) }));
            unsafe {
                bonuspay_response_free(response);
                bonuspay_error_free(error);
            }
        }
        self.finish(status, err, 1);
    }

    fn read_response(&mut self) {
        let slot = self.slot();
        let response = self.responses[slot];
        let object = self.kind(response);
        let pointer = self.text(&[b"/acquireOrder/orderNo", b"/acquireOrder/subject", b"/acquireOrder", b"", b"/"]);
        let mut len = self.place();
        let text = unsafe {
            match self.input.below(4) {
                0 => bonuspay_response_json(object, len.pointer()),
                1 => bonuspay_response_raw(object, len.pointer()),
                2 => bonuspay_response_checkout_url(object, len.pointer()),
                _ => bonuspay_response_get(object, pointer.start(), pointer.length(), len.pointer()),
            }
        };
        check_text(text, len);
        assert!((0..=5).contains(&unsafe { bonuspay_response_state(object) }));
        assert!((0..=1).contains(&unsafe { bonuspay_response_matches_request(object) }));
    }

    fn verify_notification(&mut self) {
        static GENUINE: LazyLock<[(&str, String); 4]> = LazyLock::new(|| {
            [
                r#"{"notify_id":"n1","acquireOrder":{"merchantOrderNo":"paid-1","status":"SUCCESS","subject":"a\u0000b"}}"#,
                r#"{"header":{},"body":{"refundOrder":{"refundAmount":{"amount":0E-8,"currency":"ETH"}}}}"#,
                r#"{"withdrawOrder":{"txHash":"x"}}"#,
                "not JSON",
            ]
            .map(|body| (body, GATEWAY.private.sign(body.as_bytes()).unwrap()))
        });
        let (slot, place) = (self.slot(), self.slot());
        let genuine = self.input.below(GENUINE.len());
        let (body, sign) = &GENUINE[genuine];
        let (body, sign) = (self.text(&[body.as_bytes()]), self.text(&[sign.as_bytes()]));
        let partner = self.text(&[b"200000000888", b"200000000001"]);
        let client = self.clients[slot].object;
        let object = self.kind(client);
        let (mut out, mut err) = (self.place(), self.place());
        let status = unsafe {
            bonuspay_notification_verify(
                object,
                body.start(),
                body.length(),
                sign.start(),
                sign.length(),
                partner.start(),
                partner.length(),
                out.pointer(),
                err.pointer(),
            )
        };
        if let Some(made) = self.made(status, &mut out, err, 2) {
            assert_eq!(body.bytes.as_deref(), Some(GENUINE[genuine].0.as_bytes()), "another body is accepted");
            unsafe { bonuspay_notification_free(self.notifications[place]) };
            self.notifications[place] = made;
        }
    }

    fn read_notification(&mut self) {
        let slot = self.slot();
        let notification = self.notifications[slot];
        let object = self.kind(notification);
        let pointer = self.text(&[b"/notify_id", b"/acquireOrder/subject", b"/refundOrder/refundAmount/amount", b"/"]);
        let mut len = self.place();
        let text = unsafe {
            match self.input.below(4) {
                0 => bonuspay_notification_json(object, len.pointer()),
                1 => bonuspay_notification_raw(object, len.pointer()),
                2 => bonuspay_notification_id(object, len.pointer()),
                _ => bonuspay_notification_get(object, pointer.start(), pointer.length(), len.pointer()),
            }
        };
        check_text(text, len);
        assert!((0..=5).contains(&unsafe { bonuspay_notification_kind(object) }));
        assert!((0..=5).contains(&unsafe { bonuspay_notification_state(object) }));
    }

    fn sign(&mut self) {
        let slot = self.slot();
        let client = self.clients[slot].object;
        let object = self.kind(client);
        let message = self.text(&[b"", b"message", b"\0"]);
        let (start, length) = (message.start(), message.length());
        let (status, sign) =
            self.buffer(|out, cap, len, err| unsafe { bonuspay_sign(object, start, length, out, cap, len, err) });
        if status == 0 {
            assert_eq!(sign.len(), 344);
        }
        let sign = self.text(&[&sign]);
        let mut err = self.place();
        let status = unsafe { bonuspay_verify(object, start, length, sign.start(), sign.length(), err.pointer()) };
        self.finish(status_number(status), err, 1);
    }

    fn key_pair(&mut self) {
        let place = self.slot();
        let (mut out, mut err) = (self.place(), self.place());
        let status = match self.input.below(4) {
            0 => {
                let bits = self.input.one_of(&[0, 1024, 2047, 8192, u32::MAX]);
                unsafe { bonuspay_keypair_generate(bits, out.pointer(), err.pointer()) }
            }
            _ => {
                let key = self.text(&[MERCHANT.private_pem.as_bytes(), MERCHANT.public_pem.as_bytes()]);
                unsafe { bonuspay_keypair_from_private(key.start(), key.length(), out.pointer(), err.pointer()) }
            }
        };
        if let Some(made) = self.made(status, &mut out, err, 1) {
            unsafe { bonuspay_keypair_free(self.keypairs[place]) };
            self.keypairs[place] = made;
        }
        let object = self.keypairs[place];
        let object = self.kind(object);
        let get =
            [bonuspay_keypair_private_pem, bonuspay_keypair_public_pem, bonuspay_keypair_fingerprint][self.slot()];
        let mut len = self.place();
        check_text(unsafe { get(object, len.pointer()) }, len);
    }

    fn without_objects(&mut self) {
        match self.input.below(6) {
            0 => {
                let (a, b) = (self.text(&[b"12.81", b"0E-8"]), self.text(&[b"12.810", b"-1"]));
                let mut out = self.place::<i32>();
                let status =
                    unsafe { bonuspay_amount_cmp(a.start(), a.length(), b.start(), b.length(), out.pointer()) };
                let status = status_number(status);
                assert!(!out.is_null() || status != 0);
                let order = out.value().unwrap_or(0);
                assert!(if status == 0 { (-1..=1).contains(&order) } else { order == 0 });
            }
            1 => {
                let (currency, network) =
                    (self.text(&[b"BTC", b"ETH", b"USDT"]), self.text(&[b"BTC", b"ETH", b"TRON"]));
                let address = self.text(&[
                    b"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                    b"0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16",
                    b"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb",
                ]);
                let amount = self.text(&[b"0.00123", b"1E-18", b"12.81"]);
                self.buffer(|out, cap, len, err| unsafe {
                    bonuspay_payment_uri(
                        currency.start(),
                        currency.length(),
                        network.start(),
                        network.length(),
                        address.start(),
                        address.length(),
                        amount.start(),
                        amount.length(),
                        out,
                        cap,
                        len,
                        err,
                    )
                });
            }
            4 => {
                let network = self.text(&[b"BTC", b"BTC_TESTNET", b"ETH", b"POLYGON", b"TRON"]);
                let address = self.text(&[
                    b"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                    b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                    b"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                    b"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb",
                ]);
                let (network_len, address_len, mut err) = (network.length(), address.length(), self.place());
                let status = unsafe {
                    bonuspay_address_check(network.start(), network_len, address.start(), address_len, err.pointer())
                };
                self.finish(status_number(status), err, 1);
            }
            which @ (2 | 3) => {
                let text = self.text(&[b"bitcoin:bc1q", "ü".as_bytes()]);
                let draw = [bonuspay_qr_svg, bonuspay_qr_text][which - 2];
                self.buffer(|out, cap, len, err| unsafe { draw(text.start(), text.length(), out, cap, len, err) });
            }
            _ => unsafe {
                let status = self.input.one_of(&[0, 1, 99, -1, 1000, i32::MIN]);
                for text in [bonuspay_version(), bonuspay_build_info(), bonuspay_status_name(status)] {
                    assert!(!CStr::from_ptr(text).is_empty());
                }
                assert_eq!(bonuspay_abi_version(), BONUSPAY_ABI_VERSION);
            },
        }
    }

    fn read_error(&mut self) {
        let slot = self.slot();
        let error = self.errors[slot];
        let object = self.kind(error);
        let get = self.input.one_of(&[
            bonuspay_error_message as unsafe extern "C" fn(_, _) -> _,
            bonuspay_error_field,
            bonuspay_error_api_code,
            bonuspay_error_api_message,
            bonuspay_error_trace_code,
        ]);
        let mut len = self.place();
        check_text(unsafe { get(object.cast_const(), len.pointer()) }, len);
        let get = self.input.one_of(&[
            bonuspay_error_status as unsafe extern "C" fn(_) -> _,
            bonuspay_error_outcome,
            bonuspay_error_retryable,
            bonuspay_error_authenticated,
            bonuspay_error_http_status,
        ]);
        assert!((0..=999).contains(&unsafe { get(object.cast_const()) }));
    }

    /// Refused without a word, and the object lives on.
    fn free_another_kind(&mut self) {
        let slot = self.slot();
        let (error, pair) = (self.errors[slot], self.keypairs[slot]);
        unsafe {
            bonuspay_client_free(error.cast());
            bonuspay_response_free(pair.cast());
            bonuspay_error_free(pair.cast());
            bonuspay_keypair_free(error.cast());
            bonuspay_config_free(self.clients[slot].object.cast());
        }
    }

    fn free_one(&mut self) {
        let slot = self.slot();
        unsafe {
            match self.input.below(6) {
                0 => bonuspay_config_free(std::mem::replace(&mut self.configs[slot].object, ptr::null_mut())),
                1 => bonuspay_client_free(std::mem::replace(&mut self.clients[slot].object, ptr::null_mut())),
                2 => bonuspay_response_free(std::mem::replace(&mut self.responses[slot], ptr::null_mut())),
                3 => bonuspay_notification_free(std::mem::replace(&mut self.notifications[slot], ptr::null_mut())),
                4 => bonuspay_keypair_free(std::mem::replace(&mut self.keypairs[slot], ptr::null_mut())),
                _ => bonuspay_error_free(std::mem::replace(&mut self.errors[slot], ptr::null_mut())),
            }
        }
    }

    fn free_all(&mut self) {
        unsafe {
            self.configs.iter().for_each(|config| bonuspay_config_free(config.object));
            self.clients.iter().for_each(|client| bonuspay_client_free(client.object));
            self.responses.iter().for_each(|response| bonuspay_response_free(*response));
            self.notifications.iter().for_each(|notification| bonuspay_notification_free(*notification));
            self.keypairs.iter().for_each(|pair| bonuspay_keypair_free(*pair));
            self.errors.iter().for_each(|error| bonuspay_error_free(*error));
        }
    }

    /// A text in a buffer of exactly the capacity.
    fn buffer(
        &mut self,
        write: impl Fn(*mut c_char, usize, *mut usize, *mut *mut bonuspay_error) -> bonuspay_status,
    ) -> (i32, Vec<u8>) {
        const GUARD: u8 = 0xa5;
        let (mut needed, mut err) = (0, self.place());
        let status = status_number(write(ptr::null_mut(), 0, &mut needed, err.pointer()));
        self.finish(status, err, 1);
        let cap = match self.input.below(6) {
            0 => 0,
            1 => needed.saturating_sub(1),
            2 => needed,
            3 => self.input.below(256),
            _ => needed + 1,
        };
        let mut buffer = vec![GUARD; cap].into_boxed_slice();
        let (mut len, mut err) = (self.place::<usize>(), self.place());
        let odd = self.input.below(8) == 0;
        let out = if odd { ptr::null_mut() } else { buffer.as_mut_ptr().cast() };
        let status = status_number(write(out, cap, len.pointer(), err.pointer()));
        self.finish(status, err, 1);
        if status != 0 {
            return (status, Vec::new());
        }
        let len = len.value().expect("len must not be NULL");
        assert!(len == needed && len <= cap && (!odd || cap == 0));
        assert!(buffer.get(len).is_none_or(|end| *end == 0), "no NUL behind the text");
        assert!(buffer.iter().skip(len + 1).all(|byte| *byte == GUARD), "more is written than said");
        (status, buffer[..len].to_vec())
    }

    /// A function that makes an object: `*out` and `*err` are written, one of them with an object.
    fn made<T>(
        &mut self,
        status: bonuspay_status,
        out: &mut Place<*mut T>,
        err: Place<*mut bonuspay_error>,
        outcomes: i32,
    ) -> Option<*mut T> {
        let status = status_number(status);
        self.finish(status, err, outcomes);
        match out.value() {
            None => assert_ne!(status, 0, "out was NULL"),
            Some(made) => assert_eq!(made.is_null(), status != 0, "*out after {status}"),
        }
        out.value().filter(|made| !made.is_null())
    }

    /// Looks at the error of a call, and keeps it sometimes. `outcomes`: the largest one that it may have.
    fn finish(&mut self, status: i32, mut err: Place<*mut bonuspay_error>, outcomes: i32) {
        let Some(error) = err.value() else {
            return;
        };
        assert_eq!(error.is_null(), status == 0, "*err after {status}");
        if error.is_null() {
            return;
        }
        unsafe {
            assert_eq!(bonuspay_error_status(error), status);
            let outcome = bonuspay_error_outcome(error);
            // Verifying is REJECTED, wherever it happens.
            assert!((1..=outcomes.max(2)).contains(&outcome), "outcome {outcome} of {status}");
            let mut len = Place::new(0);
            let message = bonuspay_error_message(error, len.pointer());
            assert!(!message.is_null() && len.value() > Some(0));
            check_text(message, len);
            if self.input.below(2) == 0 {
                bonuspay_error_free(error);
            } else {
                let slot = self.slot();
                bonuspay_error_free(std::mem::replace(&mut self.errors[slot], error));
            }
        }
    }
}

/// A text that an object gives: with its length, a NUL behind it, and none inside that nobody was told of.
fn check_text(text: *const c_char, mut len: Place<usize>) {
    if text.is_null() {
        assert!(len.value().is_none_or(|len| len == 0));
        return;
    }
    // SAFETY: a NUL stands behind every text.
    let whole = unsafe { CStr::from_ptr(text) }.to_bytes().len();
    if let Some(len) = len.value() {
        // SAFETY: so many bytes are there, and the NUL.
        let bytes = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), len + 1) };
        assert!(bytes[len] == 0 && whole <= len);
        assert!(whole == len || bytes[whole] == 0);
    }
}
