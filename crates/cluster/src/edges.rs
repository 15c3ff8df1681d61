//! The answer of `together` as `redress together` writes it: names, mean time between, chance.

use std::io::Write;
use std::time::Duration;

use anyhow::Result;
use network::together::{Actions, Builder, CsvEdges, Edge, NEARER, Strengths};

use crate::{Question, Session};

/// Asks `session` who acted together and writes the edges to `to`: the header, then a line an edge, by names.
///
/// `names` are those of the accounts by number. Returns the number of edges.
pub async fn write(
    session: &Session,
    names: &[String],
    within: Duration,
    least: u64,
    chance: bool,
    to: &mut (impl Write + Send),
) -> Result<u64> {
    let strengths = if chance {
        let mut pairs = vec![0u64; names.len()];
        session
            .each(Question::Strength { within }, &mut |row| {
                if let Some(place) = usize::try_from(row[0]).ok().and_then(|account| pairs.get_mut(account)) {
                    *place = row[1].unsigned_abs();
                }
                Ok(())
            })
            .await?;
        Some(Strengths::new(&pairs))
    } else {
        None
    };
    // The same writer as `redress together`, so that the same edges are the same bytes.
    let named = named(names)?;
    let mut out = CsvEdges::new(&named, None, to)?;
    let edges = session
        .each(Question::Together { within, least }, &mut |row| {
            let (a, b) = (u32::try_from(row[0])?, u32::try_from(row[1])?);
            let weight = row[2].unsigned_abs();
            Ok(out.write(&Edge {
                a,
                b,
                weight,
                objects: u32::try_from(row[3])?,
                // Not asked for, and not written.
                posts_a: 0,
                posts_b: 0,
                delta_ms: row[4].unsigned_abs(),
                a_first: 0,
                b_first: 0,
                nearer: [0; NEARER],
                rarity: 0.0,
                expected: None,
                chance: strengths.as_ref().map(|strengths| strengths.chance(a as usize, b as usize, weight)),
            })?)
        })
        .await?;
    out.flush()?;
    Ok(edges)
}

/// A table that holds nothing but the names, in their order.
fn named(names: &[String]) -> Result<Actions> {
    let mut builder = Builder::new();
    for name in names {
        builder.push(name, "-", "-", 0)?;
    }
    Ok(builder.finish())
}

/// Asks `session` any question but `together` and its strengths, and writes the answer to `to`: a header, then a line a row;
/// numbers of accounts and things become their names.
pub async fn write_named(
    session: &Session,
    question: Question,
    accounts: &[String],
    objects: &[String],
    to: &mut (impl Write + Send),
) -> Result<u64> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(question.columns())?;
    let rows = session
        .each(question, &mut |row| Ok(out.write_record(cells(question, row, accounts, objects))?))
        .await?;
    out.flush()?;
    Ok(rows)
}

/// Returns a row with names in place of the numbers of accounts and things.
pub fn cells(question: Question, row: &[i64], accounts: &[String], objects: &[String]) -> Vec<String> {
    let cell = |(column, value): (&&str, &i64)| {
        let names = match *column {
            "account" | "account_a" | "account_b" => accounts,
            "object" => objects,
            _ => return value.to_string(),
        };
        usize::try_from(*value).ok().and_then(|at| names.get(at)).cloned().unwrap_or_default()
    };
    question.columns().iter().zip(row).map(cell).collect()
}
