//! One answer, whoever gives it: the kernel, a few plain lines, DataFusion in this process, DuckDB.

mod common;

use std::time::Duration;

use cluster::{Engine, Question, Row, Session, edges, plain};
use common::{duckdb, names, rows, store};
use network::together::{self, Builder, Chance, Measure};

/// The kernel's edges of `rows`, as the bytes that `redress together` writes.
fn kernel(rows: &[Row], within: Duration, least: u64) -> Vec<u8> {
    let mut actions = Builder::new();
    for row in rows.iter().filter(|row| row.kind == plain::ACTED) {
        let name = |prefix: &str, number: i64| format!("{prefix}{number:09}");
        actions
            .push(&name("a", row.account), &name("o", row.object), &format!("c{}", row.content), row.time_ms)
            .expect("few names");
    }
    let actions = actions.finish();
    let question = together::Question {
        within_ms: within.as_millis() as i64,
        min_weight: least,
        measure: Measure::Pairs,
        chance: Chance::Strength,
        nearer_ms: Vec::new(),
        max_pairs_per_object: None,
        memory_budget: 1 << 30,
    };
    let answer = together::together(&actions, &question, &mut |_| true).expect("it fits");
    let mut bytes = Vec::new();
    together::write_csv(&actions, &answer.edges, &mut bytes).expect("memory takes it");
    bytes
}

async fn check(rows: &[Row], accounts: u64, objects: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder.path().join("store"), rows, accounts, objects);
    let engine = Engine::InProcess { memory: 256 << 20, parts: 3 };
    let address = format!("{}/", store.actions().display());
    let session = Session::open(&engine, &address).await.expect("the table opens");
    let mut questions = vec![Question::FirstSeen, Question::Notice, Question::Reach];
    for within in [0, 500, 10_000, 60_000, 3_600_000].map(Duration::from_millis) {
        questions.push(Question::Strength { within });
        questions.push(Question::Together { within, least: 1 });
        questions.push(Question::Together { within, least: 3 });
    }
    let judged = duckdb(&store, &questions);
    assert_eq!(judged.len(), questions.len());
    for (question, judged) in questions.into_iter().zip(judged) {
        let right = plain::answer(question, rows);
        assert_eq!(
            session.ask(question).await.expect("DataFusion answers"),
            right,
            "DataFusion: {question:?}"
        );
        assert_eq!(judged, right, "DuckDB: {question:?}");
        if let Question::Together { within, least } = question {
            let mut bytes = Vec::new();
            edges::write(&session, &names("a", accounts), within, least, true, &mut bytes)
                .await
                .expect("edges");
            assert_eq!(
                String::from_utf8(bytes).expect("names are text"),
                String::from_utf8(kernel(rows, within, least)).expect("names are text"),
                "the kernel: {question:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn engines_and_kernel_agree_on_skewed_actions() {
    for (seed, count, accounts, objects) in [(1, 60, 6, 3), (2, 400, 40, 25), (3, 900, 15, 400)] {
        check(&rows(seed, count, accounts, objects), accounts, objects).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn engines_and_kernel_agree_on_the_edges_of_a_window() {
    let act = |account, content, time_ms| Row { account, object: 0, content, time_ms, kind: 0, views: -1 };
    // Exactly at the window, one millisecond beyond, across the zero of time, the same moment, the same post twice.
    let rows = [
        act(0, 1, -1),
        act(1, 2, 499),
        act(2, 3, 500),
        act(3, 4, -501),
        act(4, 5, -1),
        act(0, 1, 10_000),
        act(1, 2, 10_400),
        act(1, 2, 10_400),
        act(0, 6, 10_000),
    ];
    check(&rows, 5, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_gives_nothing() {
    check(&[], 0, 0).await;
}
