//! Several questions at once, without a network: what each comes to, on which threads, and by which deadline.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use bonuspay::client::{CONNECTIONS_AT_ONCE, QUESTIONS_MAX, SystemClock};
use bonuspay::transport::{ConnectionPolicy, Exchange, Failure, HttpResponse, Transport};
use bonuspay::{Client, Config, Endpoint, Error, ErrorKind, Outcome, Question, Response};

use crate::gateway::{refusal, settings, signed, success};

type Reply = Result<HttpResponse, Failure>;

/// Does with each request what a test wants; gets the number that it asks for.
struct Script<F>(F);

impl<F: Fn(&str, &Exchange<'_>) -> Reply + Send + Sync> Transport for Script<F> {
    fn post(&self, exchange: &Exchange<'_>) -> Reply {
        let request: serde_json::Value = serde_json::from_slice(exchange.body).unwrap();
        (self.0)(request["bizContent"]["merchantOrderNo"].as_str().unwrap_or_default(), exchange)
    }
}

fn client(script: impl Fn(&str, &Exchange<'_>) -> Reply + Send + Sync + 'static) -> Client {
    client_of(settings().build().unwrap(), script)
}

fn client_of(config: Config, script: impl Fn(&str, &Exchange<'_>) -> Reply + Send + Sync + 'static) -> Client {
    Client::with_parts(config, Arc::new(Script(script)), Arc::new(SystemClock::default()))
}

/// The answer to Get Order.
fn order(number: &str) -> HttpResponse {
    signed(&success(&format!(r#"{{"acquireOrder":{{"merchantOrderNo":"{number}","status":"CREATED"}}}}"#)))
}

fn index(number: &str) -> String {
    format!(r#"{{"merchantOrderNo":"{number}"}}"#)
}

fn ask(client: &Client, numbers: &[String], deadline: Option<Duration>) -> Vec<Result<Response, Error>> {
    let requests: Vec<_> = numbers.iter().map(|number| index(number)).collect();
    let questions: Vec<_> = requests.iter().map(|request| Question::new(Endpoint::GetOrder, request)).collect();
    client.call_many(&questions, deadline).unwrap()
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("n-{at}")).collect()
}

#[track_caller]
fn is_order(answer: &Result<Response, Error>, number: &str) {
    let answer = answer.as_ref().unwrap();
    assert_eq!(answer.get("/acquireOrder/merchantOrderNo"), Some(number));
    assert!(answer.matches_request());
}

/// Where threads wait for one another, though not for ever.
#[derive(Default)]
struct Meeting(Mutex<usize>, Condvar);

impl Meeting {
    /// Comes, and waits until so many have come.
    fn wait_for(&self, count: usize) {
        let mut there = self.0.lock().unwrap();
        *there += 1;
        self.1.notify_all();
        drop(self.1.wait_timeout_while(there, Duration::from_secs(10), |there| *there < count).unwrap());
    }
}

#[test]
fn answers_go_to_their_questions_in_whatever_order_they_come() {
    let all_there = Meeting::default();
    let client = client(move |number, exchange| {
        assert_eq!(exchange.connection, ConnectionPolicy::MayReuse);
        all_there.wait_for(CONNECTIONS_AT_ONCE);
        // The last one is answered first.
        let at: u64 = number.trim_start_matches("n-").parse().unwrap();
        thread::sleep(Duration::from_millis(10 * (8 - at)));
        Ok(order(number))
    });
    let numbers = numbers(CONNECTIONS_AT_ONCE);
    for (answer, number) in ask(&client, &numbers, None).iter().zip(&numbers) {
        is_order(answer, number);
    }
}

#[test]
fn no_more_are_under_way_than_there_are_connections() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, seen) = (Arc::clone(&running), Arc::clone(&most));
    let first_wave = Meeting::default();
    let client = client(move |number, _| {
        seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        first_wave.wait_for(CONNECTIONS_AT_ONCE);
        let answer = order(number);
        now.fetch_sub(1, Ordering::SeqCst);
        Ok(answer)
    });
    // Some of them twice: equal questions are questions all the same.
    let numbers: Vec<_> = numbers(QUESTIONS_MAX).into_iter().map(|number| number.replace('7', "3")).collect();
    let answers = ask(&client, &numbers, None);
    assert_eq!(answers.len(), QUESTIONS_MAX);
    for (answer, number) in answers.iter().zip(&numbers) {
        is_order(answer, number);
    }
    assert_eq!((running.load(Ordering::SeqCst), most.load(Ordering::SeqCst)), (0, CONNECTIONS_AT_ONCE));
}

/// What a call came to, as far as a caller can tell.
fn verdict(result: &Result<Response, Error>) -> String {
    match result {
        Ok(response) => response.json().to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn each_comes_to_what_a_call_of_its_own_comes_to() {
    let client = client(|number, _| match number {
        "refused" => Ok(signed(&refusal("77004", "MERCHANT_ORDER_NO_NOT_EXIST"))),
        "unsigned" => Ok(HttpResponse { sign: Vec::new(), ..order(number) }),
        "another" => Ok(order("somebody")),
        "broken" => Err(Failure::unknown(ErrorKind::Protocol, "broken")),
        "unsecured" => Err(Failure::not_sent(ErrorKind::Tls, "unsecured")),
        _ => Ok(order(number)),
    });
    let asked = [
        (Endpoint::GetOrder, index("one")),
        (Endpoint::GetOrder, index("refused")),
        (Endpoint::GetOrder, index("unsigned")),
        (Endpoint::GetOrder, index("another")),
        (Endpoint::GetOrder, index("broken")),
        (Endpoint::GetOrder, index("unsecured")),
        (Endpoint::GetOrder, index("a b")),
        (Endpoint::GetOrder, "{".into()),
        (Endpoint::GetOrder, String::new()),
        (Endpoint::GetOrder, r#"{"mistake":1}"#.into()),
        (Endpoint::GetPaymentEvents, index("two")),
        (Endpoint::GetSubMerchant, "{}".into()),
    ];
    let questions: Vec<_> = asked.iter().map(|(endpoint, biz)| Question::new(*endpoint, biz)).collect();
    let together = client.call_many(&questions, None).unwrap();
    for (answer, (endpoint, biz)) in together.iter().zip(&asked) {
        assert_eq!(verdict(answer), verdict(&client.call(*endpoint, biz.as_bytes())), "{biz}");
    }
    let outcomes = together.iter().filter_map(|answer| Some(answer.as_ref().err()?.outcome()));
    assert_eq!(outcomes.filter(|outcome| *outcome == Outcome::Unknown).count(), 3);
}

#[test]
fn a_panic_is_the_error_of_its_question() {
    let client = client(|number, _| match number {
        "n-3" => panic!("secret"),
        _ => Ok(order(number)),
    });
    let numbers = numbers(12);
    for (answer, number) in ask(&client, &numbers, None).iter().zip(&numbers) {
        if number != "n-3" {
            is_order(answer, number);
            continue;
        }
        let error = answer.as_ref().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Panic, Outcome::Unknown));
        assert!(!error.message().contains("secret"), "{error}");
    }
    // A single one is asked by the caller's own thread.
    assert_eq!(ask(&client, &["n-3".into()], None)[0].as_ref().unwrap_err().kind(), ErrorKind::Panic);
}

#[test]
fn whatever_does_more_than_ask_is_refused_and_nothing_is_sent() {
    let client = client(|_, _| panic!("sent"));
    let question = Question::new(Endpoint::GetOrder, r#"{"merchantOrderNo":"n"}"#);
    let refused = |questions: &[Question<'_>], deadline| {
        let error = client.call_many(questions, deadline).map(drop).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
        assert!(error.message().ends_with("; nothing was sent"), "{error}");
        (error.field().unwrap().to_owned(), error.message().to_owned())
    };
    let mut count = 0;
    for endpoint in Endpoint::ALL.into_iter().filter(|endpoint| !endpoint.is_read()) {
        let (field, message) = refused(&[question, question, Question::new(endpoint, "{}"), question], None);
        assert_eq!(field, "calls[2]");
        assert!(message.contains("calls[2]") && message.contains(endpoint.name()), "{message}");
        count += 1;
    }
    assert_eq!(count, 8);
    assert_eq!(refused(&[], None).0, "calls");
    assert_eq!(refused(&[question; QUESTIONS_MAX + 1], None).0, "calls");
    assert_eq!(refused(&[question], Some(Duration::from_millis(600_001))).0, "deadline_ms");
}

#[test]
fn one_whose_turn_does_not_come_in_time_is_not_sent() {
    let posts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&posts);
    let deadline = Duration::from_millis(500);
    let first_wave = Meeting::default();
    let client = client(move |number, exchange| {
        counted.fetch_add(1, Ordering::SeqCst);
        assert!(exchange.timeout <= deadline, "{:?}", exchange.timeout);
        first_wave.wait_for(CONNECTIONS_AT_ONCE);
        // Late, as no transport should be.
        thread::sleep(deadline);
        Ok(order(number))
    });
    let answers = ask(&client, &numbers(20), Some(deadline));
    let answered = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!((answered, posts.load(Ordering::SeqCst)), (CONNECTIONS_AT_ONCE, CONNECTIONS_AT_ONCE));
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
        assert!(error.is_retryable() && error.message().ends_with("nothing was sent"), "{error}");
    }
    // Nor is any when there is no time at all; what is ill-formed is told all the same.
    let none = ask(&client, &["n".into(), "a b".into()], Some(Duration::ZERO));
    let kinds: Vec<_> = none.iter().map(|answer| answer.as_ref().unwrap_err().kind()).collect();
    assert_eq!(kinds, [ErrorKind::Timeout, ErrorKind::InvalidArgument]);
    assert_eq!(posts.load(Ordering::SeqCst), CONNECTIONS_AT_ONCE);
}

/// What was left of the time limit when each of nine questions was sent; eight take 300 ms.
fn time_left(deadline: Option<Duration>) -> Vec<Duration> {
    let left: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let seen = Arc::clone(&left);
    let mut builder = settings();
    builder.total_timeout(Duration::from_secs(2)).unwrap();
    let client = client_of(builder.build().unwrap(), move |number, exchange| {
        seen.lock().unwrap().push(exchange.timeout);
        thread::sleep(Duration::from_millis(300));
        Ok(order(number))
    });
    for answer in ask(&client, &numbers(CONNECTIONS_AT_ONCE + 1), deadline) {
        answer.unwrap();
    }
    let mut left = left.lock().unwrap().clone();
    left.sort();
    left
}

#[test]
fn the_clients_limit_bounds_each_and_is_the_deadline_when_there_is_none() {
    let (late, most) = (Duration::from_millis(1700), Duration::from_secs(2));
    let without = time_left(None);
    assert!(without[0] <= late && without[1] > late, "{without:?}");
    let with = time_left(Some(Duration::from_secs(60)));
    assert!(with[0] > late && with[CONNECTIONS_AT_ONCE] <= most, "{with:?}");
}

/// The signals that a thread of this process holds back.
fn blocked_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigBlk:")).unwrap().trim();
    u64::from_str_radix(mask, 16).unwrap()
}

#[test]
fn the_threads_take_no_signal() {
    let masks: Arc<Mutex<BTreeMap<String, u64>>> = Arc::default();
    let seen = Arc::clone(&masks);
    let all_there = Meeting::default();
    let client = client(move |number, _| {
        let id = format!("{:?}", thread::current().id());
        seen.lock().unwrap().insert(id, blocked_signals());
        all_there.wait_for(CONNECTIONS_AT_ONCE);
        Ok(order(number))
    });
    let before = blocked_signals();
    ask(&client, &numbers(CONNECTIONS_AT_ONCE), None);
    assert_eq!(blocked_signals(), before, "the caller's mask is as before");
    let mut masks = masks.lock().unwrap().clone();
    let own = masks.remove(&format!("{:?}", thread::current().id()));
    assert_eq!(own, Some(before), "the caller asks too");
    assert_eq!(masks.len(), CONNECTIONS_AT_ONCE - 1);
    for mask in masks.into_values() {
        // HUP, INT, USR1, ALRM, TERM, CHLD, PROF.
        assert!([1, 2, 10, 14, 15, 17, 27].iter().all(|signal| mask & (1 << (signal - 1)) != 0), "{mask:x}");
    }
}
