//! The program: reads its flags, opens its data folder, tells that it is ready, and serves.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::{fs, io::Read, io::Write};

use bonuspay_sandbox::clock::SystemClock;
use bonuspay_sandbox::gateway::merchant::DEFAULT_PARTNER_ID;
use bonuspay_sandbox::gateway::{Gateway, Settings};
use bonuspay_sandbox::http::{delivery, server, tls};
use bonuspay_sandbox::key::{GatewayKey, KeyFiles};

use bonuspay_sandbox::network::hex;
use bonuspay_sandbox::routes::router;
use bonuspay_sandbox::sandbox::{Ready, Sandbox};
use bonuspay_sandbox::store::Store;
use rand_core::{OsRng, RngCore};
use serde_json::json;
use tokio::net::TcpListener;

const HELP: &str = "\
bonuspay-sandbox: a BonusPay payment gateway on loopback, to develop and test against

Usage: bonuspay-sandbox --listen ADDRESS --data DIR [options]
       bonuspay-sandbox sign --key FILE [DOCUMENT]

  --listen ADDRESS        loopback address and port, e.g. 127.0.0.1:8790; port 0 picks one
  --data DIR              keeps keys and state; made if it is not there
  --time-scale N          notification retries and refunds go N times faster (default 1)
  --tls                   serves https with a certificate of its own authority
  --allow-remote-notify   lets notifications go to other machines
  --version, --help

When it is ready it prints one line of JSON: listening, base_url, partner_id, merchant_private_key,
gateway_public_key, ca_pem.

sign makes a notification as genuine as the key: it prints what belongs into the header Sign, a line break, and
the document, byte for byte as it is in the file DOCUMENT or comes in.

  --key FILE              an RSA private key in PEM: gateway_private.pem of a sandbox's --data, or one of your own
";

struct Options {
    listen: SocketAddr,
    data: PathBuf,
    time_scale: i64,
    tls: bool,
    allow_remote_notify: bool,
}

enum Wanted {
    Text(String),
    Run(Options),
    Sign { key: PathBuf, document: Option<PathBuf> },
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let wanted = match arguments.next_if_eq("sign") {
        Some(_) => read_sign(arguments),
        None => read_options(arguments),
    };
    let done = match wanted {
        Ok(Wanted::Text(text)) => std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string()),
        Ok(Wanted::Run(options)) => run(options),
        Ok(Wanted::Sign { key, document }) => sign(&key, document.as_deref()),
        Err(error) => {
            eprintln!("bonuspay-sandbox: {error} (see --help)");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bonuspay-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read_options(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let (mut listen, mut data, mut time_scale) = (None, None, 1);
    let (mut tls, mut allow_remote_notify) = (false, false);
    while let Some(argument) = arguments.next() {
        let (flag, attached) = match argument.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if let Some(value) = attached.as_ref().filter(|_| matches!(flag.as_str(), "--tls" | "--allow-remote-notify")) {
            return Err(format!("{flag} takes no value, not {value:?}"));
        }
        let mut value = || attached.clone().or_else(|| arguments.next()).ok_or(format!("{flag} wants a value"));
        match flag.as_str() {
            "--listen" => listen = Some(read_listen(&value()?)?),
            "--data" => data = Some(PathBuf::from(value()?)),
            "--time-scale" => time_scale = read_time_scale(&value()?)?,
            "--tls" => tls = true,
            "--allow-remote-notify" => allow_remote_notify = true,
            "--help" | "-h" => return Ok(Wanted::Text(HELP.to_owned())),
            "--version" | "-V" => {
                return Ok(Wanted::Text(format!("bonuspay-sandbox {}\n", env!("CARGO_PKG_VERSION"))));
            }
            _ => return Err(format!("there is no option {flag:?}")),
        }
    }
    let listen = listen.ok_or("--listen is missing")?;
    let data = data.ok_or("--data is missing")?;
    Ok(Wanted::Run(Options { listen, data, time_scale, tls, allow_remote_notify }))
}

fn read_sign(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let (mut key, mut document) = (None, None);
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--key") {
            Some("") => key = Some(PathBuf::from(arguments.next().ok_or("--key wants a value")?)),
            Some(value) if value.starts_with('=') => key = Some(PathBuf::from(value.trim_start_matches('='))),
            _ if argument == "--help" || argument == "-h" => return Ok(Wanted::Text(HELP.to_owned())),
            _ if argument.starts_with('-') => return Err(format!("sign has no option {argument:?}")),
            _ if document.is_some() => return Err("sign takes one document".to_owned()),
            _ => document = Some(PathBuf::from(argument)),
        }
    }
    let key = key.ok_or("--key is missing: the key that signs")?;
    Ok(Wanted::Sign { key, document })
}

fn sign(key: &Path, document: Option<&Path>) -> Result<(), String> {
    let problem = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let pem = fs::read_to_string(key).map_err(|error| problem(key, &error))?;
    let key = GatewayKey::from_pem(&pem).map_err(|error| problem(key, &error))?;
    let body = match document {
        Some(path) => fs::read(path).map_err(|error| problem(path, &error))?,
        None => std::io::stdin()
            .lock()
            .bytes()
            .collect::<Result<_, _>>()
            .map_err(|error| format!("standard input: {error}"))?,
    };
    let mut stdout = std::io::stdout();
    let written = writeln!(stdout, "{}", key.sign(&body)).and_then(|()| stdout.write_all(&body));
    written.and_then(|()| stdout.flush()).map_err(|error| format!("standard output: {error}"))
}

fn read_listen(text: &str) -> Result<SocketAddr, String> {
    let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    let address: SocketAddr =
        text.parse().map_err(|_| format!("--listen {text:?}: an address and a port like 127.0.0.1:8790 are wanted"))?;
    if !address.ip().is_loopback() {
        return Err(format!("--listen {text:?}: the sandbox listens on loopback only"));
    }
    Ok(address)
}

fn read_time_scale(text: &str) -> Result<i64, String> {
    let scale = text.parse().ok().filter(|scale| (1..=1_000_000).contains(scale));
    scale.ok_or_else(|| format!("--time-scale {text:?}: a whole number from 1 to 1000000 is wanted"))
}

fn run(options: Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(serve(options))
}

async fn serve(options: Options) -> Result<(), String> {
    let folder = open_folder(&options.data)?;
    let listener = TcpListener::bind(options.listen).await;
    let listener = listener.map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    let listening = listener.local_addr().map_err(|error| error.to_string())?;
    let origin = format!("{}://{listening}", if options.tls { "https" } else { "http" });

    let mut seed = [0; 16];
    OsRng.fill_bytes(&mut seed);
    let settings = Settings { time_scale: options.time_scale, origin: origin.clone() };
    let mut gateway = Gateway::new(settings, hex(&seed));
    // The store locks the folder: keys come after it.
    let store = Store::open(&folder, &mut gateway)?;
    let merchant = KeyFiles::open(&folder, "merchant")?;
    let gateway_key = KeyFiles::open(&folder, "gateway")?;
    let served = options.tls.then(|| tls::open(&folder)).transpose()?;
    let ready = Ready {
        listening: listening.to_string(),
        base_url: format!("{origin}/sgs/api/"),
        partner_id: DEFAULT_PARTNER_ID,
        merchant_private_key: merchant.private.clone(),
        gateway_public_key: gateway_key.public.clone(),
        ca_pem: served.as_ref().map(|served| served.ca_pem.clone()),
    };
    let line = json!(ready);
    let sandbox = Arc::new(Sandbox::new(
        (gateway, store),
        Box::new(SystemClock),
        gateway_key.signer(),
        merchant.public_pem().to_owned(),
        options.allow_remote_notify,
        ready,
    ));
    let mut stdout = std::io::stdout();
    // Whoever started it may not read along; that is no reason not to serve.
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());

    tokio::spawn(delivery::run(Arc::clone(&sandbox)));
    server::run(listener, served.map(|served| served.acceptor), router(sandbox)).await;
    Ok(())
}

fn open_folder(path: &Path) -> Result<PathBuf, String> {
    let opened = fs::create_dir_all(path).and_then(|()| path.canonicalize());
    opened.map_err(|error| format!("--data {}: {error}", path.display()))
}
