//! Drives the targets by seeded mutations of their corpora, on any toolchain.
//!
//! usage: mutate [--seconds N] [--seed N] [TARGET…]
//!        mutate --replay TARGET FILE…
//!
//! Fails when a target panics, when it was not run at all, and when running the corpus again and again takes more and
//! more memory.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime};

use bonuspay_fuzz::{TARGETS, Target};

/// How often the corpus is run to see whether memory grows, and by how much it may for all of that. What leaks grows in
/// each round; connections, of which questions at once keep as many as happened to be needed, do not.
const AGAIN: usize = 10;
const ROUNDS: usize = 3;
const GROWTH_MOST: isize = 64 * 1024;
/// Bytes that grammars care about.
const TELLING: &[u8] = b"0123456789+-.eE\"\\{}[],:/@ \0\n";

struct Counting;

static LIVE: AtomicIsize = AtomicIsize::new(0);

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size() as isize, Relaxed);
        // SAFETY: the caller's promise about the layout, handed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Relaxed);
        // SAFETY: what `alloc` gave came from the system's allocator, with this layout.
        unsafe { System.dealloc(start, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut seconds, mut seed, mut chosen) = (1, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--replay" => return replay(&arguments.collect::<Vec<_>>()),
            "--seconds" => seconds = number(arguments.next()),
            "--seed" => seed = Some(number(arguments.next())),
            name => chosen.push(find(name)),
        }
    }
    if chosen.is_empty() {
        chosen.extend(&TARGETS);
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seed = seed.unwrap_or(now.as_secs());
    println!("fuzz: seed {seed}, {seconds} s a target (mutations of the corpus, not guided by coverage)");
    let failed = chosen.into_iter().filter(|target| !run(target, Duration::from_secs(seconds), seed)).count();
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage(wrong: &str) -> ! {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    eprintln!("{wrong}\nusage: mutate [--seconds N] [--seed N] [TARGET…] | mutate --replay TARGET FILE…");
    eprintln!("targets: {}", names.join(", "));
    std::process::exit(2)
}

fn number(argument: Option<String>) -> u64 {
    argument.and_then(|text| text.parse().ok()).unwrap_or_else(|| usage("a number is missing"))
}

fn find(name: &str) -> &'static Target {
    bonuspay_fuzz::target(name).unwrap_or_else(|| usage(&format!("no target is called {name}")))
}

fn replay(arguments: &[String]) -> ExitCode {
    let [name, files @ ..] = arguments else { usage("which target?") };
    for file in files {
        (find(name).run)(&std::fs::read(file).unwrap());
    }
    println!("{name}: {} inputs, nothing found", files.len());
    if files.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run(target: &Target, time: Duration, seed: u64) -> bool {
    let corpus = corpus(target.name);
    if corpus.is_empty() {
        eprintln!("{}: its corpus is missing", target.name);
        return false;
    }
    let mut mutator = Mutator { state: seed, corpus: &corpus, tokens: dictionary(), longest: target.longest };
    // Keys are made at the first run.
    let mut executions = 0_u64;
    for input in &corpus {
        executions += 1;
        if !try_one(target, input) {
            return false;
        }
    }
    let start = Instant::now();
    let mut slowest = Duration::ZERO;
    while start.elapsed() < time {
        let input = mutator.next_input();
        let before = Instant::now();
        executions += 1;
        if !try_one(target, &input) {
            return false;
        }
        slowest = slowest.max(before.elapsed());
    }
    let leaks = (0..ROUNDS).all(|_| growth(target, &corpus) > GROWTH_MOST);
    let rate = executions as u128 * 1000 / start.elapsed().as_millis().max(1);
    println!("{:13} {executions} executions, {rate}/s, slowest {} ms", target.name, slowest.as_millis());
    if leaks {
        eprintln!("{}: {GROWTH_MOST} bytes more with each {AGAIN} runs of the corpus: something leaks", target.name);
    }
    executions > 0 && !leaks
}

fn growth(target: &Target, corpus: &[Vec<u8>]) -> isize {
    let before = LIVE.load(Relaxed);
    for input in corpus.iter().cycle().take(corpus.len() * AGAIN) {
        (target.run)(input);
    }
    LIVE.load(Relaxed) - before
}

fn try_one(target: &Target, input: &[u8]) -> bool {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok() {
        return true;
    }
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let file = root().join("found").join(format!("{}-{:016x}", target.name, hasher.finish()));
    let _ = std::fs::create_dir_all(root().join("found")).and_then(|()| std::fs::write(&file, input));
    eprintln!("{}: FOUND, kept as {}", target.name, file.display());
    eprintln!(
        "again: cargo run --manifest-path fuzz/Cargo.toml --target-dir target -- --replay {} {}",
        target.name,
        file.display()
    );
    false
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// In the order of their names, so that a seed means the same everywhere.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(root().join("corpus").join(name)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// The dictionary that libFuzzer reads too: a token in quotes a line, with `\xNN` for odd bytes.
fn dictionary() -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(root().join("dictionary")).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    lines.map(token).collect()
}

fn token(quoted: &str) -> Vec<u8> {
    let mut bytes = quoted.bytes();
    let mut token = Vec::new();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.clone().next()) {
            (b'\\', Some(b'x')) => {
                let digits: String = bytes.by_ref().skip(1).take(2).map(char::from).collect();
                token.push(u8::from_str_radix(&digits, 16).unwrap());
            }
            (b'\\', Some(_)) => token.extend(bytes.next()),
            _ => token.push(byte),
        }
    }
    token
}

struct Mutator<'a> {
    state: u64,
    corpus: &'a [Vec<u8>],
    tokens: Vec<Vec<u8>>,
    longest: usize,
}

impl Mutator<'_> {
    /// SplitMix64.
    fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.corpus[self.below(self.corpus.len())].clone();
        for _ in 0..=self.below(6) {
            self.mutate(&mut input);
        }
        input.truncate(self.longest);
        input
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let to = (at + 1 + self.below(16)).min(input.len());
        match self.below(10) {
            0 => input.insert(at, self.below(256) as u8),
            1 if at < input.len() => input[at] = self.below(256) as u8,
            2 if at < input.len() => input[at] ^= 1 << self.below(8),
            3 => drop(input.drain(at..to)),
            4 => {
                let piece = input[at..to].to_vec();
                let place = self.below(input.len() + 1);
                input.splice(place..place, piece);
            }
            5 => {
                let other = &self.corpus[self.below(self.corpus.len())];
                let from = self.below(other.len() + 1);
                input.splice(at.., other[from..].iter().copied());
            }
            6 if at < input.len() => input[at] = TELLING[self.below(TELLING.len())],
            7 if at < input.len() => input[at] = input[at].wrapping_add([1, 255][self.below(2)]),
            _ => {
                let which = self.below(self.tokens.len());
                let token = self.tokens[which].clone();
                let end = if self.below(2) == 0 { at } else { to };
                input.splice(at..end, token);
            }
        }
    }
}
