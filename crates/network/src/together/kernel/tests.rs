//! What the kernel must answer, case by case and against a plain reading of the definitions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Actions, Builder, Chance, Error, Measure, Question};
use super::together;

/// Weight and number of things of each edge, by names.
type Found = BTreeMap<(String, String), (usize, usize)>;
/// A pair: thing, one post, the other.
type Pair = (u32, u32, u32);

fn question(within_s: i64) -> Question {
    Question {
        within_ms: within_s * 1000,
        min_weight: 1,
        measure: Measure::Pairs,
        chance: Chance::None,
        nearer_ms: Vec::new(),
        max_pairs_per_object: None,
        memory_budget: u64::MAX,
    }
}

/// Rows `account object content seconds`, one a line; `-` is empty.
fn table(rows: &str) -> Actions {
    let mut builder = Builder::new();
    for row in rows.lines().filter(|row| !row.trim().is_empty()) {
        let field: Vec<&str> = row.split_whitespace().map(|f| if f == "-" { "" } else { f }).collect();
        builder.push(field[0], field[1], field[2], field[3].parse::<i64>().unwrap() * 1000).unwrap();
    }
    builder.finish()
}

/// Checks the edges within 60 s, written `a b weight objects mean_delta_s`.
fn check(rows: &str, expected: &[&str]) {
    let actions = table(rows);
    let answer = together(&actions, &question(60), &mut |_| true).unwrap();
    let found: Vec<String> = answer
        .edges
        .iter()
        .map(|edge| {
            format!(
                "{} {} {} {} {}",
                actions.account_name(edge.a),
                actions.account_name(edge.b),
                edge.weight,
                edge.objects,
                edge.mean_delta_s()
            )
        })
        .collect();
    assert_eq!(found, expected, "{rows}");
    assert_eq!(answer.bill.weight, answer.edges.iter().map(|edge| edge.weight).sum::<u64>());
}

#[test]
fn both_ends_of_the_window_count() {
    check("a o 1 0\nb o 2 60", &["a b 1 1 60"]);
    check("a o 1 0\nb o 2 61", &[]);
    check("a o 1 0\nb o 2 0", &["a b 1 1 0"]);
}

#[test]
fn an_account_never_meets_itself() {
    check("a o 1 0\na o 2 5", &[]);
}

#[test]
fn edges_are_sorted_by_name_whatever_the_order_of_rows() {
    check("z o 1 0\nb o 2 1\na o 3 2", &["a b 1 1 1", "a z 1 1 2", "b z 1 1 1"]);
}

#[test]
fn an_empty_thing_is_no_thing() {
    check("a - 1 0\nb - 2 0", &[]);
}

#[test]
fn rows_repeated_by_a_damaged_export_are_one() {
    check("a o 1 0\na o 1 0\nb o 2 0\nb o 2 0\nb o 2 0", &["a b 1 1 0"]);
}

#[test]
fn a_pair_of_posts_counts_once_in_a_thing_and_again_in_another() {
    check("a o 1 0\na o 1 10\nb o 2 0\nb o 2 20", &["a b 1 1 0"]);
    check("a o 1 0\nb o 2 0\na p 1 0\nb p 2 0", &["a b 2 2 0"]);
}

#[test]
fn each_account_keeps_its_own_posts() {
    // Three posts by one and one by the other are three pairs, not one and not six.
    check("a o 1 0\na o 2 1\na o 3 2\nb o 9 1", &["a b 3 1 0.6666666666666666"]);
}

#[test]
fn posts_are_counted_for_each_account_over_all_things() {
    // One post of a with two things, met by two posts of b; then one more of a.
    let actions = table("a o 1 0\na p 1 0\nb o 7 1\nb p 8 1\na o 2 2");
    let edge = together(&actions, &question(60), &mut |_| true).unwrap().edges[0];
    assert_eq!((edge.weight, edge.objects, edge.posts_a, edge.posts_b), (3, 2, 2, 2));
}

#[test]
fn a_window_of_months_is_exact() {
    check("a o 1 0\nb o 2 0", &["a b 1 1 0"]);
    let actions = table("a o 1 0\nb o 2 8000000\nb p 3 0\na p 4 7000000");
    let edge = together(&actions, &question(8_000_000), &mut |_| true).unwrap().edges[0];
    assert_eq!((edge.weight, edge.mean_delta_s(), edge.a_first, edge.b_first), (2, 7_500_000.0, 1, 1));
}

#[test]
fn a_busy_row_is_sorted_the_other_way_to_the_same_end() {
    let rows: String = (0..800).map(|n| format!("u{:05} hot {n} {}\n", (n * 7919) % 800, n % 7)).collect();
    let actions = table(&rows);
    let answer = together(&actions, &question(60), &mut |_| true).unwrap();
    assert_eq!(answer.edges.len(), 800 * 799 / 2);
    let name = |account| actions.account_name(account);
    assert!(answer.edges.is_sorted_by(|x, y| (name(x.a), name(x.b)) < (name(y.a), name(y.b))));
}

#[test]
fn posts_without_an_id_are_told_apart_by_time() {
    check("a o - 0\na o - 1\nb o - 0", &["a b 2 1 0.5"]);
}

#[test]
fn fixed_bins_would_lose_this_pair() {
    check("a o 1 59\nb o 2 61", &["a b 1 1 2"]);
}

#[test]
fn who_acted_first_is_counted() {
    let actions = table("a o 1 0\nb o 2 5\na p 3 9\nb p 4 2\na q 5 7\nb q 6 7");
    let edge = together(&actions, &question(60), &mut |_| true).unwrap().edges[0];
    assert_eq!((edge.weight, edge.a_first, edge.b_first), (3, 1, 1));
}

#[test]
fn nearer_windows_are_counted_in_the_same_pass() {
    let actions = table("a o 1 0\nb o 2 10\na p 3 0\nb p 4 11\na q 5 0\nb q 6 60");
    let asked = Question { nearer_ms: vec![10_000, 30_000], ..question(60) };
    let edge = together(&actions, &asked, &mut |_| true).unwrap().edges[0];
    assert_eq!((edge.weight, edge.nearer), (3, [1, 2, 0, 0]));
}

#[test]
fn the_rows_behind_an_edge_are_given_on_demand() {
    let actions = table("a o 1 0\nc o 9 0\nb o 2 5\na o 3 90\nb p 4 0\na o 1 0");
    assert_eq!(super::super::rows_of(&actions, 60_000, "b", "a"), [(2, 0)]);
    assert_eq!(super::super::rows_of(&actions, 90_000, "a", "b"), [(0, 2), (3, 2)]);
    assert_eq!(super::super::rows_of(&actions, 90_000, "a", "nobody"), []);
}

/// Checks the chance of the first edge under permuted times.
fn check_times(rows: &str, expected: f64, chance: f64) {
    let actions = table(rows);
    let asked = Question { chance: Chance::Times { draws: 20_000, seed: 1 }, ..question(60) };
    let edge = together(&actions, &asked, &mut |_| true).unwrap().edges[0];
    assert!((edge.expected.unwrap() - expected).abs() < 1e-9, "{rows}: {edge:?}");
    assert!((edge.chance.unwrap() - chance).abs() < 0.01, "{rows}: {edge:?}");
}

#[test]
fn permuted_times_give_the_chance_one_can_count_by_hand() {
    // Four times, of which one pair of six lies within a minute: any two actions get it with 1/6.
    let thing = |o: &str, first: &str, second: &str| {
        format!("{first} {o} 1{o} 0\n{second} {o} 2{o} 30\nx{o} {o} 3{o} 4000\ny{o} {o} 4{o} 8000\n")
    };
    check_times(&thing("o", "a", "b"), 1.0 / 6.0, 1.0 / 6.0);
    check_times(&(thing("o", "a", "b") + &thing("p", "b", "a")), 2.0 / 6.0, 1.0 / 36.0);
    // Both share a second thing in which they did not meet: one meeting or more in two tries.
    check_times(
        &(thing("o", "a", "b") + &thing("p", "a", "z") + "b p 9 20000"),
        1.0 / 6.0 + 1.0 / 10.0,
        1.0 - 5.0 / 6.0 * 0.9,
    );
    // The day after is another stratum, which nothing reaches.
    check_times(&(thing("o", "a", "b") + "a o 8 90000\nb o 9 99000"), 1.0 / 6.0, 1.0 / 6.0);
    // Two actions of one account in a stratum hang together, so their times are drawn: of the 6 ways to give two of four
    // times to a, and 2 ways to give one of the others to b, 4 in 12 put them within a minute.
    check_times("a o 1 0\nb o 2 30\na o 3 4000\nx o 4 8000", 2.0 / 6.0, 4.0 / 12.0);
}

#[test]
fn what_is_capped_is_listed() {
    let rows: String = (0..9).map(|n| format!("u{n} hot {n} 0\n")).collect();
    let actions = table(&format!("{rows}u1 mild 100 0\nu2 mild 101 0"));
    let capped = Question { max_pairs_per_object: Some(10), ..question(60) };
    let answer = together(&actions, &capped, &mut |_| true).unwrap();
    assert_eq!(answer.edges.len(), 1);
    assert_eq!(answer.bill.pairs, 1);
    assert_eq!((answer.bill.hot[0].pairs, answer.bill.hot[0].capped), (36, true));
    assert_eq!(together(&actions, &question(60), &mut |_| true).unwrap().bill.pairs, 37);
    let alone = together(&actions.only(&["hot"]), &question(60), &mut |_| true).unwrap();
    assert_eq!(alone.edges.len(), 36);
}

#[test]
fn what_does_not_fit_is_refused_and_stopping_stops() {
    let actions = table("a o 1 0\nb o 2 5");
    let small = Question { memory_budget: 10, ..question(60) };
    assert!(matches!(together(&actions, &small, &mut |_| true), Err(Error::Memory { .. })));
    assert_eq!(together(&actions, &question(60), &mut |_| false).unwrap_err(), Error::Stopped);
    assert_eq!(together(&actions, &question(-1), &mut |_| true).unwrap_err(), Error::Window(-1000));
}

/// The definitions, written as plainly as possible.
fn plainly(rows: &[(u32, u32, u32, i64)], within: i64) -> Found {
    let rows: BTreeSet<_> = rows.iter().copied().collect();
    let mut pairs: BTreeMap<(String, String), BTreeSet<Pair>> = BTreeMap::new();
    for one in &rows {
        for other in &rows {
            let (a, b) = (format!("u{}", one.0), format!("u{}", other.0));
            if one.1 == other.1 && a < b && (one.3 - other.3).abs() <= within {
                pairs.entry((a, b)).or_default().insert((one.1, one.2, other.2));
            }
        }
    }
    pairs
        .into_iter()
        .map(|(edge, pairs)| {
            let objects: BTreeSet<u32> = pairs.iter().map(|pair| pair.0).collect();
            (edge, (pairs.len(), objects.len()))
        })
        .collect()
}

#[test]
fn the_kernel_agrees_with_the_definitions() {
    let mut state = 7u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..200 {
        let rows: Vec<(u32, u32, u32, i64)> =
            (0..60).map(|_| (draw(12) as u32, draw(5) as u32, draw(40) as u32, draw(100) as i64)).collect();
        let mut builder = Builder::new();
        for (account, object, content, time) in &rows {
            builder
                .push(&format!("u{account}"), &format!("o{object}"), &content.to_string(), time * 1000)
                .unwrap();
        }
        let actions = builder.finish();
        for (within, least, measure) in [
            (0, 1, Measure::Pairs),
            (10, 1, Measure::Pairs),
            (10, 3, Measure::Pairs),
            (30, 2, Measure::Objects),
        ] {
            let asked = Question { min_weight: least, measure, ..question(within) };
            let found: Found = together(&actions, &asked, &mut |_| true)
                .unwrap()
                .edges
                .iter()
                .map(|edge| {
                    let name = |account| actions.account_name(account).to_owned();
                    ((name(edge.a), name(edge.b)), (edge.weight as usize, edge.objects as usize))
                })
                .collect();
            let mut expected = plainly(&rows, within);
            expected.retain(|_, (weight, objects)| match measure {
                Measure::Pairs => *weight as u64 >= least,
                Measure::Objects => *objects as u64 >= least,
            });
            assert_eq!(found, expected, "round {round}, within {within}");
        }
    }
}
