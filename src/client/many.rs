//! Several questions at once, each with its own answer or its own error.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{Client, read_biz_content};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Outcome};
use crate::response::Response;
use crate::system::os;
use crate::transport::{IDLE_PER_POOL, LONGEST_TIMEOUT};

/// How many questions are asked together at most.
pub const QUESTIONS_MAX: usize = 64;
/// How many of them are under way at once, each on a connection of its own. As many connections are kept, so that the
/// next round opens none.
pub const CONNECTIONS_AT_ONCE: usize = IDLE_PER_POOL;

/// A TLS handshake takes 40 KiB, in an unoptimised build some times as much.
const STACK_SIZE: usize = 512 * 1024;

/// One of several questions that are asked at once: see [`Client::call_many`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Question<'a> {
    /// The call, which must be one that only asks ([`Endpoint::is_read`]).
    pub endpoint: Endpoint,
    /// `bizContent` as JSON text, as [`Client::call`] takes it.
    pub biz_content: &'a [u8],
}

impl<'a> Question<'a> {
    /// Asks this of an endpoint.
    pub fn new(endpoint: Endpoint, biz_content: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { endpoint, biz_content: biz_content.as_ref() }
    }
}

/// Without the question itself, which may name a customer.
impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question")
            .field("endpoint", &self.endpoint)
            .field("biz_content_bytes", &self.biz_content.len())
            .finish()
    }
}

type Answer = Result<Response, Error>;

impl Client {
    /// Asks several questions at once, [`CONNECTIONS_AT_ONCE`] at a time, and gives what each came to, in their order.
    ///
    /// Each is a call of its own: it comes to what [`call`](Self::call) would have come to, repeats included, and no
    /// other question changes that. All have ended by the deadline, and each within the client's total time limit from
    /// when its turn came; without a deadline that limit is the one for all of them together. A question whose turn
    /// does not come in time ends as [`ErrorKind::Timeout`], [`Outcome::NotSent`].
    ///
    /// The calling thread asks too. The threads beside it take no signals, and have ended when this returns. Where the
    /// system gives no thread, those that there are ask one question after the other. A panic in a question is that
    /// question's error ([`ErrorKind::Panic`]).
    ///
    /// # Errors
    /// Before anything is sent: [`ErrorKind::InvalidArgument`] for no question and for more than [`QUESTIONS_MAX`], for
    /// a call that does more than ask (the field, `calls[2]`, says which), and for a deadline above 10 minutes.
    pub fn call_many(
        &self,
        questions: &[Question<'_>],
        deadline: Option<Duration>,
    ) -> Result<Vec<Result<Response, Error>>, Error> {
        self.ask_many(questions, deadline, |ask| catch_unwind(AssertUnwindSafe(ask)).ok())
    }

    /// `guard` asks a question; it gives nothing when that panicked.
    pub(crate) fn ask_many(
        &self,
        questions: &[Question<'_>],
        deadline: Option<Duration>,
        guard: impl Fn(&dyn Fn() -> Answer) -> Option<Answer> + Sync,
    ) -> Result<Vec<Answer>, Error> {
        check(questions, deadline)?;
        let round = Round::new(self, deadline);
        let asked: Vec<_> = questions.iter().map(|question| (question, OnceLock::new())).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some((question, answer)) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                let given = guard(&|| round.ask(question)).unwrap_or_else(|| Err(panicked()));
                // Each number is given out once, so there is no answer yet.
                let _ = answer.set(given);
            }
        };
        on_threads(questions.len().min(CONNECTIONS_AT_ONCE), STACK_SIZE, work);
        Ok(asked.into_iter().map(|(_, answer)| answer.into_inner().unwrap_or_else(|| Err(panicked()))).collect())
    }
}

/// What all questions have in common.
struct Round<'a> {
    client: &'a Client,
    /// On the client's clock.
    end: Duration,
    deadline: Option<Duration>,
}

impl<'a> Round<'a> {
    fn new(client: &'a Client, deadline: Option<Duration>) -> Self {
        let end = client.clock.elapsed() + deadline.unwrap_or(client.config.total_timeout());
        Self { client, end, deadline }
    }

    fn ask(&self, question: &Question<'_>) -> Answer {
        let end = self.end.min(self.client.own_end());
        let answer = self.client.call_until(question.endpoint, &read_biz_content(question.biz_content)?, end);
        answer.map_err(|error| match self.deadline {
            Some(deadline) if end == self.end => name_deadline(error, deadline),
            _ => error,
        })
    }
}

/// A call that was sent and not answered names the client's own limit, which was not the one that ended it.
fn name_deadline(error: Error, deadline: Duration) -> Error {
    if error.kind() != ErrorKind::Timeout || error.outcome() == Outcome::NotSent {
        return error;
    }
    let text = format!("no complete answer within the deadline of all questions, {} ms", deadline.as_millis());
    error.with_message(text)
}

fn panicked() -> Error {
    let text = "a question: a fault in this library was caught (a panic); please report it with this line";
    Error::new(ErrorKind::Panic, Outcome::Unknown, text)
}

/// Does the work on this thread and on others beside it, `count` in all or as many as the system gives. All have ended
/// when this returns.
fn on_threads(count: usize, stack_size: usize, work: impl Fn() + Sync) {
    thread::scope(|scope| {
        let start = |_| os::spawn_scoped_without_signals(scope, "bonuspay-ask", stack_size, &work).ok();
        let others: Vec<_> = (1..count).map_while(start).collect();
        work();
        for other in others {
            // The work has no panic of its own.
            let _ = other.join();
        }
    });
}

fn check(questions: &[Question<'_>], deadline: Option<Duration>) -> Result<(), Error> {
    check_count(questions.len())?;
    if deadline.is_some_and(|deadline| deadline > LONGEST_TIMEOUT) {
        return Err(refused("deadline_ms", &format!("must be at most {} ms", LONGEST_TIMEOUT.as_millis())));
    }
    match questions.iter().enumerate().find(|(_, question)| !question.endpoint.is_read()) {
        Some((at, question)) => {
            let text = format!("is {}, which does more than ask: call it by itself", question.endpoint.name());
            Err(refused(&format!("calls[{at}]"), &text))
        }
        None => Ok(()),
    }
}

/// Whether so many questions may be asked at once.
pub(crate) fn check_count(count: usize) -> Result<(), Error> {
    if (1..=QUESTIONS_MAX).contains(&count) {
        return Ok(());
    }
    Err(refused("calls", &format!("must be 1 to {QUESTIONS_MAX} questions, not {count}")))
}

fn refused(field: &str, what: &str) -> Error {
    Error::local(ErrorKind::InvalidArgument, format!("{field} {what}; nothing was sent")).with_field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_threads_the_caller_does_all_the_work() {
        let own = thread::current().id();
        let runs = AtomicUsize::new(0);
        // No system has room for such a stack.
        on_threads(CONNECTIONS_AT_ONCE, usize::MAX / 4, || {
            assert_eq!(thread::current().id(), own);
            runs.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(runs.into_inner(), 1);
    }

    #[test]
    fn the_work_is_done_by_as_many_threads_at_once() {
        let all_there = std::sync::Barrier::new(CONNECTIONS_AT_ONCE);
        on_threads(CONNECTIONS_AT_ONCE, STACK_SIZE, || {
            all_there.wait();
        });
    }
}
