//! The store on disk: a file of JSON lines, each line one step of the gateway, whole or not at all.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::gateway::{Gateway, Record};

/// A file is written anew at the start if it has more lines than this, and twice as many as it needs.
const LINES_KEPT: usize = 500;

#[derive(Serialize, Deserialize)]
struct Line {
    at_ms: i64,
    records: Vec<Record>,
}

/// The open file.
pub struct Store {
    file: File,
    // Held for its lock: two gateways must not keep the same store.
    _lock: File,
}

impl Store {
    /// Opens the store under a folder and reads them into the gateway.
    pub fn open(folder: &Path, gateway: &mut Gateway) -> Result<Self, String> {
        let path = folder.join("books.jsonl");
        let problem = |error: io::Error| format!("{}: {error}", path.display());
        let lock = File::create(folder.join("lock")).map_err(problem)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                format!("{}: another sandbox uses this folder", folder.display())
            }
            TryLockError::Error(error) => problem(error),
        })?;
        let lines = replay(&path, gateway)?;
        let records = gateway.snapshot();
        if lines > LINES_KEPT && lines > records.len() * 2 {
            rewrite(folder, &path, records).map_err(problem)?;
        }
        let file = OpenOptions::new().append(true).create(true).open(&path).map_err(problem)?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(problem)?;
        Ok(Self { file, _lock: lock })
    }

    /// Writes one step down; when this returns, it survives.
    pub fn append(&mut self, at_ms: i64, records: Vec<Record>) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Line { at_ms, records })?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }
}

/// Reads the lines; a torn last one, whose answer was never told, is cut off.
fn replay(path: &PathBuf, gateway: &mut Gateway) -> Result<usize, String> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    let mut lines = 0;
    let mut whole = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let is_last = whole + line.len() == bytes.len();
        let parsed = serde_json::from_slice::<Line>(line).ok().filter(|_| line.ends_with(b"\n"));
        match parsed {
            Some(parsed) => parsed.records.into_iter().for_each(|record| gateway.replay(record)),
            None if is_last => break,
            None => return Err(format!("{}: line {} is damaged", path.display(), lines + 1)),
        }
        lines += 1;
        whole += line.len();
    }
    if whole < bytes.len() {
        let cut = OpenOptions::new().write(true).open(path).and_then(|file| {
            file.set_len(whole as u64)?;
            file.sync_all()
        });
        cut.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(lines)
}

fn rewrite(folder: &Path, path: &Path, records: Vec<Record>) -> io::Result<()> {
    let draft = folder.join("books.draft");
    let mut file = File::create(&draft)?;
    for record in records {
        serde_json::to_writer(&mut file, &Line { at_ms: 0, records: vec![record] })?;
        file.write_all(b"\n")?;
    }
    file.sync_all()?;
    fs::rename(&draft, path)
}
