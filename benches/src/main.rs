//! Prints what the library costs as a table; see README.md for what its rows mean.

mod library;
mod sandbox;

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use library::{Client, Settings};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private, Public};
use openssl::rsa::Rsa;
use openssl::sign::{Signer, Verifier};
use sandbox::Sandbox;

const ROUNDS: usize = 41;
const NOTIFICATION_BYTES: usize = 1024;
const MEMORY_CALLS: [usize; 2] = [100, 10_000];
/// How much resident memory may differ and still be called flat.
const FLAT_KIB: i64 = 512;
const SIZE_AIM: u64 = 5 * 1024 * 1024;

static NUMBER: AtomicU32 = AtomicU32::new(0);

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("memory") => return memory(),
        // For a profiler: one thing, so many times.
        Some(one) => return only(one, std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(100)),
    }
    let mut table = Table::default();
    let keys = Keys::new();
    let client = keys.client();
    let message = vec![b'm'; 512];
    let body = notification();
    let (message_sign, body_sign) = (text(&client.sign(&message)), text(&client.sign(&body)));
    let (message_bytes, body_bytes) = (keys.sign(&message), keys.sign(&body));

    let sign = compare(
        20,
        || {
            black_box(client.sign(&message));
        },
        || drop(black_box(keys.sign(&message))),
    );
    table.ratio("sign 512 bytes (RSA-2048)", "OpenSSL", &sign, 1.1);
    let verify = compare(200, || client.verify(&message, &message_sign), || keys.verify(&message, &message_bytes));
    table.ratio("verify 512 bytes", "OpenSSL", &verify, 1.2);
    let notification =
        compare(200, || client.verify_notification(&body, &body_sign), || keys.verify(&body, &body_bytes));
    table.ratio("`notification_verify`, 1 KiB", "OpenSSL's bare verification", &notification, 1.5);

    let sandbox = Sandbox::start();
    let warm = sandbox.client();
    sandbox.place(&warm);
    let order = compare(
        10,
        || drop(sandbox.place(&warm)),
        || {
            black_box(warm.sign(&message));
        },
    );
    table.ratio("warm `order_place` over TLS", "`bonuspay_sign` alone", &order, 1.5);

    let cold_sign = after_a_pause(|| {
        black_box(warm.sign(&message));
    });
    table.row("`bonuspay_sign` after a pause of 2 ms", &format!("{cold_sign:.1} µs"), "", "");
    let cold_notification = after_a_pause(|| client.verify_notification(&body, &body_sign));
    table.row("`notification_verify`, 1 KiB, after a pause of 2 ms", &format!("{cold_notification:.1} µs"), "", "");

    let known = sandbox.place(&warm);
    for threads in [1, 2, 8] {
        let rate = calls_per_second(threads, 200 / threads, || warm.get_order(&known));
        table.row(
            &format!("`order_get` over TLS, one client, threads: {threads}"),
            &format!("{rate:.0} calls/s"),
            "",
            "",
        );
    }
    for threads in [1, 2, 8] {
        let rate = calls_per_second(threads, 1600 / threads, || {
            black_box(warm.sign(&message));
        });
        table.row(&format!("`bonuspay_sign`, one client, threads: {threads}"), &format!("{rate:.0} calls/s"), "", "");
    }
    drop((warm, sandbox));
    table.size();
    table.memory();
    table.print();
    ExitCode::SUCCESS
}

/// OpenSSL's side: keys loaded, as in a process that signs all day.
struct Keys {
    private: PKey<Private>,
    public: PKey<Public>,
}

impl Keys {
    fn new() -> Self {
        let private = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let public = PKey::public_key_from_pem(&private.public_key_to_pem().unwrap()).unwrap();
        Self { private, public }
    }

    fn client(&self) -> Client {
        let private_key = String::from_utf8(self.private.private_key_to_pem_pkcs8().unwrap()).unwrap();
        let public_key = String::from_utf8(self.public.public_key_to_pem().unwrap()).unwrap();
        Client::new(&Settings {
            base_url: "https://127.0.0.1/",
            private_key: &private_key,
            public_key: &public_key,
            ca_pem: "",
        })
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        Signer::new(MessageDigest::sha256(), &self.private).unwrap().sign_oneshot_to_vec(message).unwrap()
    }

    fn verify(&self, message: &[u8], sign: &[u8]) {
        let mut verifier = Verifier::new(MessageDigest::sha256(), &self.public).unwrap();
        assert!(verifier.verify_oneshot(sign, message).unwrap());
    }
}

impl Sandbox {
    fn client(&self) -> Client {
        Client::new(&Settings {
            base_url: &self.base_url,
            private_key: &self.merchant_private_key,
            public_key: &self.gateway_public_key,
            ca_pem: &self.ca_pem,
        })
    }

    /// Gives the order's number as `bizContent`.
    fn place(&self, client: &Client) -> String {
        let number = format!("bench-{}", NUMBER.fetch_add(1, Relaxed));
        client.place_order(&format!(
            r#"{{"merchantOrderNo":"{number}","subject":"Tea","totalAmount":{{"amount":"12.81","currency":"USDT"}},"paySceneCode":"API","paySceneParams":{{"chainCode":"TRON","payChannelCode":"CHAIN"}}}}"#
        ));
        format!(r#"{{"merchantOrderNo":"{number}"}}"#)
    }
}

/// An order notification with the fields of spec 4.2, filled up to its size.
fn notification() -> Vec<u8> {
    let order = |subject: &str| {
        format!(
            r#"{{"notify_id":"20240320123456","notify_type":"acquireOrder","notify_timestamp":1710904639805,"acquireOrder":{{"requestTime":1710904557001,"merchantOrderNo":"wp_1001-1","orderNo":"131710904557001559","status":"SUCCESS","product":"ACQUIRING","totalAmount":{{"amount":12.81,"currency":"USDT"}},"actualTotalAmount":{{"amount":12.81,"currency":"USDT"}},"payeeMid":"200000000888","expiredTime":1710911757001,"notifyUrl":"https://shop.example/wc-api/bonuspay","subject":"{subject}","paySceneCode":"API","reserved":"5f2b7c","paymentInfo":{{"paidAmount":{{"amount":12.81000000,"currency":"USDT"}},"paidTime":1710904639000,"payerFeeAmount":{{"amount":0E-8,"currency":"USDT"}},"payChannelCode":"CHAIN","txHash":"0x1f0e7a5c2f3b","payeeAddress":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"}},"settlementInfo":{{"settledTime":1710904639000,"payeeFeeAmount":{{"amount":0.13000000,"currency":"USDT"}},"settlementAmount":{{"amount":12.68000000,"currency":"USDT"}}}}}}}}"#
        )
    };
    let missing = NOTIFICATION_BYTES.saturating_sub(order("").len());
    order(&"x".repeat(missing)).into_bytes()
}

fn text(sign: &[u8]) -> String {
    String::from_utf8(sign[..sign.len() - 1].to_vec()).unwrap()
}

/// Medians in microseconds of CPU time, and the median of each round's ratio.
struct Compared {
    ours: f64,
    theirs: f64,
    ratio: f64,
}

/// In turns, batch by batch, so that whatever else the machine does hits both alike.
fn compare(batch: u32, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Compared {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let times = if round % 2 == 0 {
            let ours = cpu_time(batch, &mut ours);
            (ours, cpu_time(batch, &mut theirs))
        } else {
            let theirs = cpu_time(batch, &mut theirs);
            (cpu_time(batch, &mut ours), theirs)
        };
        // The first round warms up.
        if round > 0 {
            rounds.push(times);
        }
    }
    Compared {
        ours: median(rounds.iter().map(|(ours, _)| *ours)),
        theirs: median(rounds.iter().map(|(_, theirs)| *theirs)),
        ratio: median(rounds.iter().map(|(ours, theirs)| ours / theirs)),
    }
}

/// As a shop makes its calls: one now and then, when the processor has done other things meanwhile.
fn after_a_pause(mut work: impl FnMut()) -> f64 {
    median((0..200).map(|_| {
        std::thread::sleep(Duration::from_millis(2));
        cpu_time(1, &mut work)
    }))
}

/// Microseconds of this thread's own CPU time, user and system, for one of so many.
fn cpu_time(batch: u32, work: &mut impl FnMut()) -> f64 {
    let before = thread_cpu_us();
    for _ in 0..batch {
        work();
    }
    (thread_cpu_us() - before) / f64::from(batch)
}

/// The clock behind `getrusage(RUSAGE_THREAD)`, in nanoseconds instead of ticks.
fn thread_cpu_us() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock writes the time.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The median of five runs on the wall's clock.
fn calls_per_second(threads: u32, each: u32, call: impl Fn() + Sync) -> f64 {
    let run = || {
        let barrier = Barrier::new(threads as usize + 1);
        let start = std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    barrier.wait();
                    (0..each).for_each(|_| call());
                });
            }
            barrier.wait();
            Instant::now()
        });
        f64::from(threads * each) / start.elapsed().as_secs_f64()
    };
    median((0..5).map(|_| run()))
}

/// Run as a process of its own, so that nothing but the calls is in its memory.
fn memory() -> ExitCode {
    let sandbox = Sandbox::start();
    let client = sandbox.client();
    let order = sandbox.place(&client);
    let mut made = 0;
    for calls in MEMORY_CALLS {
        while made < calls {
            client.get_order(&order);
            made += 1;
        }
        println!("{}", resident_kib());
    }
    ExitCode::SUCCESS
}

fn resident_kib() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn only(what: &str, times: u32) -> ExitCode {
    let keys = Keys::new();
    let client = keys.client();
    let body = notification();
    let (sign, bytes) = (text(&client.sign(&body)), keys.sign(&body));
    let sandbox = (what == "order").then(Sandbox::start);
    let warm = sandbox.as_ref().map(Sandbox::client);
    for _ in 0..times {
        match (what, &sandbox, &warm) {
            ("sign", ..) => {
                black_box(client.sign(&body));
            }
            ("verify", ..) => client.verify(&body, &sign),
            ("notification", ..) => client.verify_notification(&body, &sign),
            ("openssl-verify", ..) => keys.verify(&body, &bytes),
            ("order", Some(sandbox), Some(warm)) => drop(sandbox.place(warm)),
            _ => {
                eprintln!(
                    "usage: bonuspay-bench [memory | sign N | verify N | notification N | openssl-verify N | order N]"
                );
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn row(&mut self, what: &str, measured: &str, ratio: &str, aim: &str) {
        self.0.push(format!("| {what} | {measured} | {ratio} | {aim} |"));
    }

    fn ratio(&mut self, what: &str, against: &str, measured: &Compared, aim: f64) {
        let Compared { ours, theirs, ratio } = measured;
        let met = if *ratio <= aim { "" } else { ", missed" };
        self.row(
            what,
            &format!("{ours:.1} µs; {against}: {theirs:.1} µs"),
            &format!("{ratio:.2}"),
            &format!("≤ {aim}{met}"),
        );
    }

    fn size(&mut self) {
        let build = std::env::var("BONUSPAY_BUILD").unwrap_or_else(|_| "target/release".into());
        let bytes = std::fs::metadata(format!("{build}/libbonuspay.so")).unwrap().len();
        let met = if bytes <= SIZE_AIM { "" } else { ", missed" };
        self.row(
            "size of `libbonuspay.so`, stripped",
            &format!("{:.2} MiB", mebibytes(bytes)),
            "",
            &format!("≤ 5 MiB{met}"),
        );
    }

    fn memory(&mut self) {
        let output = Command::new(std::env::current_exe().unwrap()).arg("memory").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let kib: Vec<i64> = text.lines().map(|line| line.parse().unwrap()).collect();
        let [few, many] = kib[..] else { panic!("{}", String::from_utf8_lossy(&output.stderr)) };
        let met = if many - few <= FLAT_KIB { "" } else { ", missed" };
        let [few_calls, many_calls] = MEMORY_CALLS;
        self.row(
            &format!("resident memory after {few_calls} and {many_calls} calls"),
            &format!("{few} KiB, {many} KiB"),
            &format!("{:+} KiB", many - few),
            &format!("flat{met}"),
        );
    }

    fn print(&self) {
        println!("| what | median | ratio | aim |\n| --- | --- | --- | --- |");
        self.0.iter().for_each(|row| println!("{row}"));
        println!("\n{}; against {}.", library::build_info(), openssl::version::version());
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1024 * 1024)
}
