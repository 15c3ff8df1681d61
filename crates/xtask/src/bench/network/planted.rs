//! Planted coordination: 40 groups of 8 accounts that act on 3 things together, among generated actions. How well does each
//! order of edges bring the planted ones to the top?

use std::collections::BTreeSet;

use anyhow::Result;
use network::together::{Builder, Chance, Edge, together};

use super::generate::{self, Draw};

const GROUPS: u32 = 40;
const MEMBERS: u32 = 8;
const THINGS: u32 = 3;

/// An action: account, thing, post, milliseconds.
type Row = (String, String, String, i64);

/// An order of edges: its name, its score.
type Order = (&'static str, fn(&Edge) -> f64);

/// Prints the average precision of each order, among generated actions and among measured ones where they are there.
pub fn run() -> Result<()> {
    let mut csv = Vec::new();
    generate::write_csv(20_000, &mut csv)?;
    among("generated", 60, parsed(&String::from_utf8(csv)?)?)?;
    for (name, within_s) in [("german_url_id", 3600), ("german_url_id", 60), ("russian_dedup", 300)] {
        let path = format!("../shared/network/{name}.csv");
        if let Ok(text) = std::fs::read_to_string(path) {
            among(name, within_s, parsed(&text)?)?;
        }
    }
    Ok(())
}

fn parsed(csv: &str) -> Result<Vec<Row>> {
    let row = |line: &str| -> Result<Row> {
        let field: Vec<&str> = line.split(',').collect();
        let seconds: f64 = field[3].parse()?;
        Ok((field[1].into(), field[0].into(), field[2].into(), seconds as i64 * 1000))
    };
    csv.lines().skip(1).map(row).collect()
}

fn among(name: &str, within_s: i64, mut rows: Vec<Row>) -> Result<()> {
    // Members are accounts that also act on their own, and the things are ones that others act on as well.
    let mut draw = Draw::seeded(7);
    let mut pick = |end: usize| draw.word() as usize % end;
    let mut planted: BTreeSet<(String, String)> = BTreeSet::new();
    let background = rows.len();
    for group in 0..GROUPS {
        let members: Vec<String> = (0..MEMBERS).map(|_| rows[pick(background)].0.clone()).collect();
        for thing in 0..THINGS {
            let (_, object, _, time) = rows[pick(background)].clone();
            for (number, member) in members.iter().enumerate() {
                let content = format!("planted-{group}-{thing}-{number}");
                rows.push((member.clone(), object.clone(), content, time + pick(30_000) as i64));
            }
        }
        for one in &members {
            planted.extend(
                members.iter().filter(|other| one < *other).map(|other| (one.clone(), other.clone())),
            );
        }
    }
    let mut builder = Builder::new();
    for (account, object, content, time) in &rows {
        builder.push(account, object, content, *time)?;
    }
    let actions = builder.finish();
    let asked = network::together::Question {
        chance: Chance::Strength,
        nearer_ms: vec![30_000],
        ..super::question(within_s)
    };
    let edges = together(&actions, &asked, &mut |_| true)?.edges;
    let met = edges.len();
    println!(
        "\n| {name}, {within_s} s: order of {met} edges, {} planted | average precision |",
        planted.len()
    );
    println!("| --- | --- |");
    let is_planted = |edge: &Edge| {
        let (a, b) = (actions.account_name(edge.a), actions.account_name(edge.b));
        planted.contains(&(a.to_owned(), b.to_owned()))
    };
    // What was there before and looks the same: no order can tell it from the planted ones.
    let alike = edges.iter().filter(|edge| !is_planted(edge) && edge.nearer[0] >= u64::from(THINGS)).count();
    println!("| not planted, and {THINGS} pairs or more within 30 s | {alike} edges |");
    let orders: [Order; 6] = [
        ("weight", |edge| edge.weight as f64),
        ("distinct things", |edge| f64::from(edge.objects)),
        ("rarity", |edge| edge.rarity),
        ("rarity, times the share within 30 s", |edge| {
            edge.rarity * edge.nearer[0] as f64 / edge.weight as f64
        }),
        ("chance (strength)", |edge| -edge.chance.unwrap_or(1.0).max(1e-300).ln()),
        ("surprise", |edge| edge.surprise()),
    ];
    for (name, score) in orders {
        let mut scored: Vec<(f64, bool)> = edges.iter().map(|edge| (score(edge), is_planted(edge))).collect();
        println!("| {name} | {:.3} |", average_precision(&mut scored, planted.len()));
    }
    Ok(())
}

/// Returns the mean over planted edges of the precision down to each; ties count as if in the worst order.
fn average_precision(scored: &mut [(f64, bool)], planted: usize) -> f64 {
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let (mut found, mut sum) = (0, 0.0);
    for (index, (_, hit)) in scored.iter().enumerate() {
        if *hit {
            found += 1;
            sum += f64::from(found) / (index + 1) as f64;
        }
    }
    sum / planted as f64
}
