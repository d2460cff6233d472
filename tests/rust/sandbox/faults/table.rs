//! docs/reference/outcomes.md.

use super::{Call, Cell, Seen, Trouble};
use crate::native::root;
use std::{env, fs};

const PREFACE: &str = "\
# What each fault comes to

Every fault that the sandbox can make, and those on the way to it, for each order and refund call: what the caller
gets, and how many requests the gateway saw. `tests/rust/sandbox/faults/mod.rs` makes each of them through Rust and
through C, counts requests and connections by the sandbox's journal, and compares this page (`make outcomes` writes it).

- **calls**: *repeatable* are the reads (`order_get`, `order_payment_events`, `refund_get`) and `order_place`, which
  is idempotent by its number; *once only* are `order_cancel`, `order_accept` and `refund_place`, which always get a
  connection of their own and are sent once, whatever happens.
- **requests**: what the gateway saw when each attempt met the fault; with *once*, when only the first one did.
- **status**, **outcome**, **again** and **signed** are `bonuspay_error_status`, `_outcome`, `_retryable` and
  `_authenticated`. *NotSent*: nothing left this machine. *Rejected*: the gateway said no, and signed it. *Unknown*:
  it may have happened; ask with the same number before anything else.
- **text**: `PORT`, `NUMBER`, `OTHER` and `KEY` stand for what differs from run to run. Successes tell their state and
  whether they name what was asked for (`bonuspay_response_matches_request`).

";

const HEAD: &str = "| fault | calls | requests | status | outcome | again | signed | text |\n\
                    | --- | --- | --- | --- | --- | --- | --- | --- |\n";

/// Calls that behave alike, in one row.
fn render(cells: &[(Cell, Seen)]) -> String {
    let mut page = format!("{PREFACE}{HEAD}");
    let mut rest = cells;
    while let Some((first, _)) = rest.first() {
        let end = rest.iter().position(|(cell, _)| cell.trouble != first.trouble).unwrap_or(rest.len());
        let (of_fault, others) = rest.split_at(end);
        let mut kinds: Vec<(&Seen, Vec<Call>)> = Vec::new();
        for (cell, seen) in of_fault {
            match kinds.iter_mut().find(|(kind, _)| *kind == seen) {
                Some((_, calls)) => calls.push(cell.call),
                None => kinds.push((seen, vec![cell.call])),
            }
        }
        for (seen, calls) in kinds {
            let verdict = &seen.verdict;
            let yes = |is: bool| if is { "yes" } else { "no" };
            let (again, signed) = match verdict.status.as_str() {
                "OK" => ("", ""),
                _ => (yes(verdict.retryable), yes(verdict.authenticated)),
            };
            page.push_str(&format!(
                "| {} | {} | {} | {} | {} | {again} | {signed} | {} |\n",
                first.trouble.title(),
                names(&calls),
                seen.requests,
                verdict.status,
                verdict.outcome,
                verdict.text
            ));
        }
        rest = others;
    }
    page
}

fn names(calls: &[Call]) -> String {
    let all = |wanted: fn(&Call) -> bool| Call::ALL.into_iter().filter(wanted).collect::<Vec<_>>() == calls;
    if all(|_| true) {
        "all".into()
    } else if all(|call| call.may_repeat()) {
        "repeatable".into()
    } else if all(|call| !call.may_repeat()) {
        "once only".into()
    } else {
        calls.iter().map(|call| call.name()).collect::<Vec<_>>().join(", ")
    }
}

/// Without the rows of a trouble that could not be made here.
pub fn compare(cells: &[(Cell, Seen)], without: Option<Trouble>) {
    let path = root().join("docs/reference/outcomes.md");
    let page = render(cells);
    let whole = without.is_none();
    if whole && env::var_os("BONUSPAY_WRITE_OUTCOMES").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let missing = without.map(|trouble| format!("| {} |", trouble.title()));
    let expected = |line: &&str| !missing.as_ref().is_some_and(|missing| line.starts_with(missing));
    let written = fs::read_to_string(&path).unwrap_or_default();
    let written: Vec<_> = written.lines().filter(expected).collect();
    let page: Vec<_> = page.lines().collect();
    let lines = |of: &[&str], others: &[&str], sign: char| -> String {
        of.iter().filter(|line| !others.contains(line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    let differences = lines(&written, &page, '-') + &lines(&page, &written, '+');
    assert!(written == page, "docs/reference/outcomes.md differs (`make outcomes` writes it):\n{differences}");
}
