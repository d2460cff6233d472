//! The gateway of the measurements: `bonuspay-sandbox` over TLS, ended with the program.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub struct Sandbox {
    process: Child,
    data: PathBuf,
    pub base_url: String,
    pub merchant_private_key: String,
    pub gateway_public_key: String,
    pub ca_pem: String,
}

impl Sandbox {
    pub fn start() -> Self {
        let build = std::env::var("BONUSPAY_BUILD").unwrap_or_else(|_| "target/release".into());
        let data = std::env::temp_dir().join(format!("bonuspay-bench-{}", std::process::id()));
        let mut process = Command::new(PathBuf::from(build).join("bonuspay-sandbox"))
            .args(["--listen", "127.0.0.1:0", "--tls", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("bonuspay-sandbox is there: make sandbox");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).expect("the sandbox says that it is ready");
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        let file = |name: &str| std::fs::read_to_string(text(name)).unwrap();
        Self {
            process,
            data,
            base_url: text("base_url"),
            merchant_private_key: file("merchant_private_key"),
            gateway_public_key: file("gateway_public_key"),
            ca_pem: file("ca_pem"),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
