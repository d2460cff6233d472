//! The real program, a client of raw sockets, and a shop that takes notifications. `openssl` signs and verifies, so
//! that no code of the sandbox vouches for itself.

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub const PARTNER_ID: &str = "200000000888";

pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

/// A folder that goes when its owner goes.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("bonuspay-sandbox-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub struct Sandbox {
    child: Child,
    pub ready: Value,
    folder: Option<Folder>,
    client: RefCell<Option<Client>>,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sandbox {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// A sandbox over a folder that has its keys already: making them takes longer than most tests.
    pub fn start_with(flags: &[&str]) -> Self {
        static KEYS: OnceLock<[String; 2]> = OnceLock::new();
        let folder = Folder::new();
        let keys = KEYS.get_or_init(|| [private_key(), private_key()]);
        for (name, key) in ["merchant_private.pem", "gateway_private.pem"].iter().zip(keys) {
            fs::write(folder.0.join(name), key).unwrap();
        }
        Self::start_in(folder, flags)
    }

    pub fn start_in(folder: Folder, flags: &[&str]) -> Self {
        let mut child = command(&folder.0, flags).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap();
        Self { child, ready, folder: Some(folder), client: RefCell::new(None) }
    }

    /// `kill -9`, then a new start over the same folder.
    pub fn kill_and_restart(mut self, flags: &[&str]) -> Self {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        Self::start_in(self.folder.take().unwrap(), flags)
    }

    pub fn kill(mut self) -> Folder {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.folder.take().unwrap()
    }

    pub fn folder(&self) -> &Path {
        &self.folder.as_ref().unwrap().0
    }

    pub fn listening(&self) -> &str {
        self.ready["listening"].as_str().unwrap()
    }

    pub fn file(&self, field: &str) -> PathBuf {
        PathBuf::from(self.ready[field].as_str().unwrap())
    }

    /// The signed request of a merchant: headers and body.
    pub fn request(&self, biz: &Value, request_time: i64) -> (Vec<(String, String)>, Vec<u8>) {
        let body = json!({"requestTime": request_time, "bizContent": biz}).to_string().into_bytes();
        let sign = sign(&self.file("merchant_private_key"), &body);
        let headers = [("Content-Type", "application/json"), ("Partner-Id", PARTNER_ID), ("sign", &sign)];
        (headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), body)
    }

    /// A merchant's call on a connection of its own, whatever comes back.
    pub fn call_raw(&self, path: &str, biz: &Value) -> io::Result<Reply> {
        self.call_at(path, biz, now_ms())
    }

    pub fn call_at(&self, path: &str, biz: &Value, request_time: i64) -> io::Result<Reply> {
        let (headers, body) = self.request(biz, request_time);
        Client::connect(self.listening()).send("POST", &format!("/sgs/api/{path}"), &headers, &body)
    }

    /// A merchant's call whose answer must be signed by the gateway.
    pub fn call(&self, path: &str, biz: &Value) -> Value {
        self.verified(&self.call_raw(path, biz).unwrap())
    }

    /// The document of an answer, after openssl has verified it.
    pub fn verified(&self, reply: &Reply) -> Value {
        assert_eq!(reply.status, 200);
        assert!(self.is_signed(reply), "not signed by the gateway: {}", reply.text());
        reply.json()
    }

    pub fn is_signed(&self, reply: &Reply) -> bool {
        let sign = reply.header("sign").unwrap_or_default();
        verify(&self.file("gateway_public_key"), &reply.body, sign, self.folder())
    }

    /// The code and msg of a refusal, which must be signed.
    pub fn refusal(&self, path: &str, biz: &Value) -> (String, String) {
        code_and_msg(&self.call(path, biz))
    }

    /// A control call that succeeds.
    pub fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let reply = self.control_raw(method, path, body);
        assert_eq!(reply.status, 200, "{method} {path}: {}", reply.text());
        reply.json()
    }

    pub fn control_raw(&self, method: &str, path: &str, body: Value) -> Reply {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let mut client = self.client.borrow_mut();
        let client = client.get_or_insert_with(|| Client::connect(self.listening()));
        client.send(method, &format!("/sandbox/api/{path}"), &[], &body).unwrap()
    }

    pub fn get(&self, path: &str) -> Value {
        self.control("GET", path, Value::Null)
    }

    pub fn deposit(&self, order: &str, amount: &str) -> Value {
        self.control("POST", &format!("orders/{order}/deposits"), json!({"amount": amount}))
    }

    pub fn fault(&self, path: &str, fault: &str) {
        self.control("POST", "faults", json!({"path": path, "fault": fault}));
    }

    /// Places an order of 12.81 USDT on TRON and gives its AcquireOrder.
    pub fn place(&self, number: &str, notify_url: Option<&str>) -> Value {
        let answer = self.call("crypto/placeOrder", &order(number, notify_url));
        assert_eq!(answer["head"]["code"], "0", "{answer}");
        answer["body"]["acquireOrder"].clone()
    }

    pub fn order_status(&self, number: &str) -> String {
        let answer = self.call("crypto/getOrder", &json!({"merchantOrderNo": number}));
        answer["body"]["acquireOrder"]["status"].as_str().unwrap().to_owned()
    }
}

pub fn command(folder: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bonuspay-sandbox"));
    command.args(["--listen", "127.0.0.1:0", "--data"]).arg(folder).args(flags);
    command
}

/// The bizContent of an order of 12.81 USDT on TRON.
pub fn order(number: &str, notify_url: Option<&str>) -> Value {
    let mut biz = json!({
        "merchantOrderNo": number,
        "subject": "Ipad",
        "totalAmount": {"amount": 12.81, "currency": "USDT"},
        "paySceneCode": "API",
        "paySceneParams": {"chainCode": "TRON", "payChannelCode": "CHAIN"},
        "reserved": "token-1",
    });
    if let Some(url) = notify_url {
        biz["notifyUrl"] = json!(url);
    }
    biz
}

pub fn code_and_msg(answer: &Value) -> (String, String) {
    let head = &answer["head"];
    (head["code"].as_str().unwrap().to_owned(), head["msg"].as_str().unwrap().to_owned())
}

fn private_key() -> String {
    let mut openssl = Command::new("openssl");
    openssl.args(["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
    String::from_utf8(openssl.output().unwrap().stdout).unwrap()
}

fn sign(private_key: &Path, bytes: &[u8]) -> String {
    let mut openssl = Command::new("openssl");
    openssl.args(["dgst", "-sha256", "-sign"]).arg(private_key);
    let mut openssl = openssl.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    openssl.stdin.take().unwrap().write_all(bytes).unwrap();
    STANDARD.encode(openssl.wait_with_output().unwrap().stdout)
}

pub fn verify(public_key: &Path, bytes: &[u8], sign: &str, folder: &Path) -> bool {
    let Ok(signature) = STANDARD.decode(sign) else {
        return false;
    };
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let file = folder.join(format!("signature-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    fs::write(&file, signature).unwrap();
    let mut openssl = Command::new("openssl");
    openssl.args(["dgst", "-sha256", "-verify"]).arg(public_key).arg("-signature").arg(&file);
    let openssl = openssl.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut openssl = openssl.unwrap();
    // An empty signature makes it leave before it has read.
    let _ = openssl.stdin.take().unwrap().write_all(bytes);
    let verified = openssl.wait().unwrap().success();
    fs::remove_file(&file).unwrap();
    verified
}

/// One connection, kept alive.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Client {
    pub fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream), host: address.to_owned() }
    }

    pub fn read_timeout(&mut self, timeout: Duration) {
        self.stream.get_ref().set_read_timeout(Some(timeout)).unwrap();
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> io::Result<Reply> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.host));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        self.stream.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        read_message(&mut self.stream).map(|(line, headers, body)| {
            let status = line.split(' ').nth(1).unwrap().parse().unwrap();
            Reply { status, headers, body }
        })
    }
}

type Message = (String, Vec<(String, String)>, Vec<u8>);

fn read_message(stream: &mut impl BufRead) -> io::Result<Message> {
    let line = read_line(stream)?;
    let mut headers = Vec::new();
    loop {
        let header = read_line(stream)?;
        let Some((name, value)) = header.split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    stream.read_exact(&mut body)?;
    Ok((line, headers, body))
}

fn read_line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

/// A notification as the shop received it.
#[derive(Clone, Debug)]
pub struct Received {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        &self.headers.iter().find(|(known, _)| known == name).unwrap().1
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A shop's notify endpoint. It answers with what it was told, then with `SUCCESS` for ever.
pub struct Shop {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Shop {
    pub fn open(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/notify?shop=1", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let shop = Self { url, received: Arc::clone(&received) };
        let mut answers: Vec<String> = answers.iter().rev().map(|answer| answer.to_string()).collect();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let Ok((line, headers, body)) = read_message(&mut stream) else {
                    continue;
                };
                received.lock().unwrap().push(Received { line, headers, body });
                let answer = answers.pop().unwrap_or_else(|| "200 SUCCESS".to_owned());
                let (status, text) = answer.split_once(' ').unwrap();
                let reply = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{text}", text.len());
                let _ = stream.get_mut().write_all(reply.as_bytes());
            }
        });
        shop
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// What was received, once it is that many.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        wait_until(&format!("{count} notifications"), || self.received().len() >= count);
        self.received()
    }
}

pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Time in which what must not happen would have happened.
pub fn settle() {
    thread::sleep(Duration::from_millis(150));
}
