//! Several questions at once: over which connections, and what they leave behind.

use super::processes::{fork, join};
use super::*;
use bonuspay::client::CONNECTIONS_AT_ONCE;
use bonuspay::{Client, Config, Endpoint, Environment, Error, Question, Response};
use std::sync::{Arc, Condvar};

/// A gateway that answers Get Order once a test has let it; `false` ends the connection as it is then.
fn gateway(before: impl Fn(&str, &mut Talk) -> bool + Send + Sync + 'static) -> FaultServer {
    let key = PrivateKey::from_text(support::named_key("gateway", 2048).private_pem.as_bytes()).unwrap();
    FaultServer::start(move |_, talk| {
        while let Some(request) = talk.request() {
            let request: serde_json::Value = serde_json::from_slice(body_of(&request)).unwrap();
            let number = request["bizContent"]["merchantOrderNo"].as_str().unwrap();
            if !before(number, talk) {
                return;
            }
            let order = format!(r#"{{"acquireOrder":{{"merchantOrderNo":"{number}","status":"CREATED"}}}}"#);
            let body = format!(r#"{{"head":{{"applyStatus":"SUCCESS","code":"0"}},"body":{order}}}"#);
            let sign = key.sign(body.as_bytes()).unwrap();
            talk.send(answer(200, &[("sign", sign.as_str())], body));
        }
    })
}

/// Where the connections of a gateway wait for one another, though not for ever.
#[derive(Clone, Default)]
struct Meeting(Arc<(Mutex<usize>, Condvar)>);

impl Meeting {
    fn wait_for(&self, count: usize) {
        let (there, came) = &*self.0;
        let mut there = there.lock().unwrap();
        *there += 1;
        came.notify_all();
        drop(came.wait_timeout_while(there, LONG, |there| *there < count).unwrap());
    }
}

/// A client that shares its connections with no other test.
fn client(address: &str, name: &str) -> Client {
    let mut builder = Config::builder();
    builder.environment(Environment::Sandbox).unwrap().allow_http(true).unwrap();
    builder.base_url(&format!("http://{address}/sgs/api/")).unwrap().partner_id("200000000888").unwrap();
    builder.user_agent(&format!("bonuspay-test/{name}")).unwrap();
    builder.private_key(&support::named_key("merchant", 2048).private_pem).unwrap();
    builder.public_key(&support::named_key("gateway", 2048).public_pem).unwrap();
    Client::new(builder.build().unwrap()).unwrap()
}

fn ask(client: &Client, numbers: &[String], deadline: Option<Duration>) -> Vec<Result<Response, Error>> {
    let requests: Vec<_> = numbers.iter().map(|number| format!(r#"{{"merchantOrderNo":"{number}"}}"#)).collect();
    let questions: Vec<_> = requests.iter().map(|request| Question::new(Endpoint::GetOrder, request)).collect();
    client.call_many(&questions, deadline).unwrap()
}

fn numbers(round: &str, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{round}-{at}")).collect()
}

/// Whether the answer is to this question.
fn is_order(answer: &Result<Response, Error>, number: &str) -> bool {
    answer.as_ref().is_ok_and(|answer| answer.get("/acquireOrder/merchantOrderNo") == Some(number))
}

fn all_answered(client: &Client, numbers: &[String]) -> bool {
    ask(client, numbers, None).iter().zip(numbers).all(|(answer, number)| is_order(answer, number))
}

#[test]
fn each_question_takes_a_connection_and_leaves_it_for_the_next_round() {
    for count in [3, CONNECTIONS_AT_ONCE, 3 * CONNECTIONS_AT_ONCE] {
        let wanted = count.min(CONNECTIONS_AT_ONCE);
        let cold = Meeting::default();
        let there = cold.clone();
        let server = gateway(move |_, _| {
            there.wait_for(wanted);
            true
        });
        let client = client(&server.address().to_string(), &format!("round-{count}"));
        assert!(all_answered(&client, &numbers("cold", count)));
        assert_eq!(server.connections(), wanted, "{count} questions");
        *cold.0.0.lock().unwrap() = 0;
        assert!(all_answered(&client, &numbers("warm", count)));
        assert_eq!(server.connections(), wanted, "a second round opens none");
        assert_eq!(server.requests().len(), 2 * count, "each is asked once");
    }
}

#[test]
fn a_question_that_is_not_answered_costs_the_others_nothing() {
    let server = gateway(|number, talk| {
        match number {
            "round-1" => talk.stall(),
            "round-2" => talk.reset(),
            _ => return true,
        }
        false
    });
    let client = client(&server.address().to_string(), "one-stalls");
    let numbers = numbers("round", 6);
    let deadline = Duration::from_millis(1500);
    let started = Instant::now();
    let answers = ask(&client, &numbers, Some(deadline));
    assert!(started.elapsed() < deadline + Duration::from_secs(2));
    let stalled = answers[1].as_ref().unwrap_err();
    assert_eq!((stalled.kind(), stalled.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{stalled}");
    assert!(stalled.message().contains("1500 ms"), "{stalled}");
    let broken = answers[2].as_ref().unwrap_err();
    assert_eq!((broken.kind(), broken.outcome()), (ErrorKind::Io, Outcome::Unknown), "{broken}");
    for at in [0, 3, 4, 5] {
        assert!(is_order(&answers[at], &numbers[at]), "{:?}", answers[at]);
    }
}

#[test]
fn a_kept_connection_that_died_is_replaced_for_its_question_alone() {
    let cold = Meeting::default();
    let died = AtomicUsize::new(0);
    let server = gateway(move |number, talk| {
        cold.wait_for(4);
        // Closed without an answer, once.
        let dies = number == "warm-1" && died.fetch_add(1, Ordering::Relaxed) == 0;
        if dies {
            talk.close();
        }
        !dies
    });
    let client = client(&server.address().to_string(), "one-dies");
    assert!(all_answered(&client, &numbers("cold", 4)));
    assert!(all_answered(&client, &numbers("warm", 4)));
    assert_eq!((server.connections(), server.requests().len()), (5, 9));
}

#[test]
fn questions_leave_no_thread_and_both_sides_of_a_fork_go_on() {
    let first_round = Meeting::default();
    let server = gateway(move |_, _| {
        first_round.wait_for(4);
        true
    });
    in_a_process("questions::child_asks_and_forks", |command| {
        command.env("TEST_ADDRESS", server.address().to_string());
    });
    // The parent's four, kept across the fork, and as many of the child's at most.
    assert!((5..=8).contains(&server.connections()), "{} connections", server.connections());
    assert_eq!(server.requests().len(), 3 * 4);
}

#[test]
#[ignore = "run by another test in a process of its own"]
fn child_asks_and_forks() {
    if !is_alone() {
        return;
    }
    let client = client(&std::env::var("TEST_ADDRESS").unwrap(), "fork");
    let before = threads();
    assert!(all_answered(&client, &numbers("before", 4)));
    // The kernel takes a thread off its list a moment after it has ended.
    let patience = Instant::now() + LONG;
    while threads() > before && Instant::now() < patience {
        thread::yield_now();
    }
    assert_eq!(threads(), before);
    let child = fork(|| all_answered(&client, &numbers("child", 4)));
    assert!(all_answered(&client, &numbers("parent", 4)));
    join(child);
}
