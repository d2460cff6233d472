//! `bonuspay-simulation --seeds N [--from N]`, or `--seed N [--trace]`.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bonuspay_simulation::cast;
use bonuspay_simulation::counts::Counts;
use bonuspay_simulation::keys::Keys;
use bonuspay_simulation::sim::Report;

const USAGE: &str = "usage: bonuspay-simulation --seeds N [--from N] | --seed N [--trace]";
/// Fewer seeds may well do without this or that.
const ENOUGH_FOR_EVERYTHING: u64 = 1000;

fn main() -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn work() -> Result<(), String> {
    let (mut seeds, mut from, mut seed, mut trace) = (None, 0, None, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok()).ok_or(USAGE);
        match name.as_str() {
            "--seeds" => seeds = Some(number()?),
            "--from" => from = number()?,
            "--seed" => seed = Some(number()?),
            "--trace" => trace = true,
            _ => return Err(USAGE.into()),
        }
    }
    let keys = Arc::new(Keys::generate()?);
    match (seeds, seed) {
        (Some(seeds), None) => many(&keys, from, seeds),
        (None, Some(seed)) => one(&keys, seed, trace),
        _ => Err(USAGE.into()),
    }
}

fn one(keys: &Arc<Keys>, seed: u64, trace: bool) -> Result<(), String> {
    let report = cast::run(seed, keys, None, trace);
    report.trace.iter().for_each(|line| print!("{line}"));
    println!("seed {seed}: {}\ntrace {}", report.counts, report.hash);
    report.broken.map_or(Ok(()), |promise| Err(format!("seed {seed}: BROKEN: {promise}")))
}

/// Each seed is one thread's; the seeds are shared among all of the machine's.
fn many(keys: &Arc<Keys>, from: u64, seeds: u64) -> Result<(), String> {
    let started = Instant::now();
    let next = AtomicU64::new(from);
    let failed = AtomicBool::new(false);
    let total = Mutex::new((Counts::default(), None::<Report>));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut counts = Counts::default();
                let mut first: Option<Report> = None;
                while !failed.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + seeds {
                        break;
                    }
                    let report = cast::run(seed, keys, None, false);
                    counts.add(&report.counts);
                    if report.broken.is_some() {
                        failed.store(true, Ordering::Relaxed);
                        first.get_or_insert(report);
                    }
                }
                let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                total.0.add(&counts);
                let earlier =
                    total.1.as_ref().is_none_or(|known| first.as_ref().is_some_and(|new| new.seed < known.seed));
                if first.is_some() && earlier {
                    total.1 = first;
                }
            });
        }
    });
    let (counts, failure) = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(report) = failure {
        let seed = report.seed;
        cast::run(seed, keys, None, true).trace.iter().for_each(|line| print!("{line}"));
        let promise = report.broken.unwrap_or_default();
        return Err(format!("seed {seed}: BROKEN: {promise}\nreplay with --seed {seed} --trace"));
    }
    println!("simulation: {counts}; from seed {from}, in {:.1} s", started.elapsed().as_secs_f32());
    let missing = counts.missing();
    if seeds >= ENOUGH_FOR_EVERYTHING && !missing.is_empty() {
        return Err(format!("nothing of this happened, so nothing is proven: {}", missing.join(", ")));
    }
    Ok(())
}
