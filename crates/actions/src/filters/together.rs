//! `redress together`: actions in, edges out.

use std::io::{Read, Write};

use network::together::{
    Actions, Bill, Chance, Columns, CsvEdges, Edge, Error, Kind, Measure, More, ParquetEdges, Plan, Question,
    Rates, ReadError, Table, Wanted, read_csv, read_parquet, read_parquet_bytes, rows_of,
};
use network::write::{Graph, Page, gexf, graphml, svg};
use values::Trouble;

use super::gone;
use crate::ActionError;

/// Where the actions come from.
pub enum Input {
    /// CSV, streamed.
    Csv(Box<dyn Read>),
    /// A Parquet file.
    ParquetFile(std::fs::File),
    /// A Parquet file that came through a pipe.
    Parquet(Vec<u8>),
}

/// A window with the name its column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// As it was asked for: `60s`.
    pub name: String,
    /// In milliseconds.
    pub ms: i64,
}

/// In what form the edges are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV.
    Csv,
    /// Parquet.
    Parquet,
    /// GEXF 1.2.
    Gexf,
    /// GraphML.
    Graphml,
    /// A drawing for paper.
    Svg,
}

/// Where the edges go.
pub struct Output<W> {
    /// The place.
    pub to: W,
    /// The form.
    pub form: Form,
}

/// What a person asks of `redress together`.
#[derive(Debug)]
pub struct Together<'a> {
    /// The windows, at most five; edges are those of the widest.
    pub windows: &'a [Window],
    /// The least weight of an edge.
    pub min_weight: u64,
    /// What weighs: pairs of actions, or distinct things.
    pub measure: Measure,
    /// Names of the columns.
    pub columns: &'a Columns,
    /// The kinds of action to take; empty for all rows.
    pub kinds: &'a [Kind],
    /// The share of shingles from which words are nearly the same, where [`Kind::Text`] is asked for.
    pub alike: f64,
    /// The chance level.
    pub chance: Chance,
    /// The false discovery rate up to which edges are written; `None` for all.
    pub rate: Option<f64>,
    /// Whether all columns are written; they are, too, where several windows are asked for.
    pub more: bool,
    /// Only these things; empty for all.
    pub only: &'a [String],
    /// Bytes of memory allowed.
    pub memory_budget: u64,
    /// Things that would make more pairs than this are listed and left out.
    pub max_pairs_per_object: Option<u64>,
}

/// What `redress together` came to, beside the edges it wrote.
#[derive(Debug)]
pub struct TogetherOutcome {
    /// Rows that could not be read.
    pub troubles: Vec<Trouble>,
    /// What was counted.
    pub bill: Bill,
    /// Edges written.
    pub written: u64,
    /// The things that make most pairs: name, actions, pairs, whether it was left out.
    pub hot: Vec<(String, u64, u64, bool)>,
}

/// Writes the edges of the actions, sorted by both accounts. `told` is called with the bill, and the name of the thing that
/// makes most pairs, before anything is written.
pub fn together<W: Write + Send>(
    input: Input,
    output: Output<W>,
    request: &Together<'_>,
    told: &mut dyn FnMut(&Bill, Option<&str>),
) -> Result<TogetherOutcome, ActionError> {
    let Table { mut actions, troubles } = read(input, request)?;
    if !request.only.is_empty() {
        let only: Vec<&str> = request.only.iter().map(String::as_str).collect();
        actions = actions.only(&only);
    }
    let mut windows: Vec<&Window> = request.windows.iter().collect();
    windows.sort_by_key(|window| window.ms);
    windows.dedup_by_key(|window| window.ms);
    let widest = windows.last().map_or(0, |window| window.ms);
    // Where a rate is asked for, every edge is looked at: leaving out the weak ones first would flatter the rest.
    let question = Question {
        within_ms: widest,
        min_weight: if request.rate.is_some() { 1 } else { request.min_weight },
        measure: request.measure,
        chance: request.chance,
        nearer_ms: windows.iter().map(|window| window.ms).collect(),
        max_pairs_per_object: request.max_pairs_per_object,
        memory_budget: request.memory_budget,
    };
    let plan = Plan::of(&actions, &question).map_err(refused)?;
    let hottest = plan.bill().hot.first().map(|hot| actions.object_name(hot.object));
    told(plan.bill(), hottest);
    let more = request.more || windows.len() > 1;
    let rates = if request.chance != Chance::None && (request.rate.is_some() || more) {
        Some(rates(&plan, request.memory_budget)?)
    } else {
        None
    };
    let kept = |edge: &Edge| {
        let weight = match request.measure {
            Measure::Pairs => edge.weight,
            Measure::Objects => u64::from(edge.objects),
        };
        let rate = rates.as_ref().zip(edge.chance).map_or(0.0, |(rates, chance)| rates.of_chance(chance));
        weight >= request.min_weight && request.rate.is_none_or(|most| rate <= most)
    };
    let (bill, written) = {
        let more = more.then(|| More {
            nearer: windows.iter().map(|window| window.name.clone()).collect(),
            rates: rates.clone(),
        });
        write(&plan, &actions, output, more.as_ref(), &kept, request.memory_budget)?
    };
    let hot = bill
        .hot
        .iter()
        .map(|hot| (actions.object_name(hot.object).to_owned(), hot.actions, hot.pairs, hot.capped))
        .collect();
    Ok(TogetherOutcome { troubles, bill, written, hot })
}

/// Which rows of the input make an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The thing.
    pub object: String,
    /// Row of the one account, counted from 1 without the header.
    pub row_a: u64,
    /// When, in milliseconds since the Unix epoch.
    pub millis_a: i64,
    /// Row of the other account.
    pub row_b: u64,
    /// When, in milliseconds since the Unix epoch.
    pub millis_b: i64,
}

/// What could not be read, and the rows behind an edge.
#[derive(Debug)]
pub struct Makers {
    /// Rows that could not be read.
    pub troubles: Vec<Trouble>,
    /// The rows, by the first.
    pub rows: Vec<Made>,
}

/// Returns the rows that put two accounts together within the widest window.
pub fn makers(input: Input, request: &Together<'_>, one: &str, other: &str) -> Result<Makers, ActionError> {
    let Table { actions, troubles } = read(input, request)?;
    let widest = request.windows.iter().map(|window| window.ms).max().unwrap_or(0);
    let rows = rows_of(&actions, widest, one, other)
        .into_iter()
        .map(|(a, b)| Made {
            object: actions.object_of(a).unwrap_or_default().to_owned(),
            row_a: a as u64 + 1,
            millis_a: actions.millis_of(a),
            row_b: b as u64 + 1,
            millis_b: actions.millis_of(b),
        })
        .collect();
    Ok(Makers { troubles, rows })
}

fn read(input: Input, request: &Together<'_>) -> Result<Table, ActionError> {
    let wanted = Wanted { columns: request.columns, kinds: request.kinds };
    let mut table = match input {
        Input::Csv(input) => read_csv(input, &wanted),
        Input::ParquetFile(file) => read_parquet(file, &wanted),
        Input::Parquet(bytes) => read_parquet_bytes(bytes, &wanted),
    }
    .map_err(|error| {
        let cause = match &error {
            ReadError::Input(cause) => format!(" ({cause})"),
            _ => String::new(),
        };
        ActionError::Request(format!("{error}{cause}"))
    })?;
    if request.kinds.contains(&Kind::Text) {
        let alone = request.kinds.len() == 1;
        table.actions.join_alike(request.alike, |name| {
            let words = if alone { Some(name) } else { name.strip_prefix("text:") };
            words.map(crate::trace::text_key)
        });
    }
    Ok(table)
}

/// Returns the false discovery rate of every chance there is.
fn rates(plan: &Plan, memory_budget: u64) -> Result<Rates, ActionError> {
    let mut chances = Vec::new();
    let most = memory_budget / 32;
    let bill = plan
        .each(&mut |_| true, &mut |edge| {
            chances.push(edge.chance.unwrap_or(1.0));
            (chances.len() as u64) < most
        })
        .map_err(|error| match error {
            Error::Stopped => refused(Error::Memory { needed: most * 64, allowed: memory_budget }),
            other => refused(other),
        })?;
    Ok(Rates::of(chances, bill.edges))
}

fn write<W: Write + Send>(
    plan: &Plan,
    actions: &Actions,
    output: Output<W>,
    more: Option<&More>,
    kept: &dyn Fn(&Edge) -> bool,
    memory_budget: u64,
) -> Result<(Bill, u64), ActionError> {
    let mut failed = None;
    let mut written = 0;
    let mut give = |send: &mut dyn FnMut(&Edge) -> std::io::Result<()>| {
        plan.each(&mut |_| true, &mut |edge| {
            if !kept(edge) {
                return true;
            }
            written += 1;
            match send(edge) {
                Ok(()) => true,
                Err(error) => {
                    failed = Some(error);
                    false
                }
            }
        })
    };
    let bill = match output.form {
        Form::Csv => {
            let mut out = CsvEdges::new(actions, more, output.to).map_err(gone)?;
            let bill = give(&mut |edge| out.write(edge));
            if bill.is_ok() {
                out.flush().map_err(gone)?;
            }
            bill
        }
        Form::Parquet => {
            let nearer = more.map_or(&[][..], |more| &more.nearer);
            let mut out = ParquetEdges::new(actions, nearer, output.to).map_err(gone)?;
            let bill = give(&mut |edge| out.write(edge));
            if bill.is_ok() {
                out.finish().map_err(gone)?;
            }
            bill
        }
        Form::Gexf | Form::Graphml | Form::Svg => {
            let mut edges = Vec::new();
            // A node or line of a graph takes about four times its edge.
            let most = memory_budget / (5 * size_of::<Edge>() as u64);
            let bill = give(&mut |edge| {
                edges.push(*edge);
                if (edges.len() as u64) < most { Ok(()) } else { Err(std::io::ErrorKind::OutOfMemory.into()) }
            });
            if bill.is_ok() {
                draw(&Graph::of_edges(actions, &edges), output)?;
            }
            bill
        }
    };
    match (bill, failed) {
        (Ok(bill), _) => Ok((bill, written)),
        (Err(_), Some(error)) if error.kind() == std::io::ErrorKind::OutOfMemory => {
            Err(ActionError::Request(format!(
                "{written} edges are more than a graph holds in the memory allowed. Raise --memory or --min-weight, or write CSV or Parquet, which need none."
            )))
        }
        (Err(_), Some(error)) => Err(gone(error)),
        (Err(error), None) => Err(refused(error)),
    }
}

fn draw<W: Write>(graph: &Graph, mut output: Output<W>) -> Result<(), ActionError> {
    let to = &mut output.to;
    match output.form {
        Form::Gexf => gexf(graph, to).map_err(gone)?,
        Form::Graphml => graphml(graph, to).map_err(gone)?,
        _ => {
            let page = Page {
                title: "Accounts that acted on the same things within the window".into(),
                below: "Acting on the same thing at nearly the same time does not show an agreement, or one person behind two accounts."
                    .into(),
                groups: 12,
                accounts: 24,
                left_out: "Not drawn: {groups} more groups, {accounts} accounts in all.".into(),
            };
            to.write_all(svg(graph, &page).as_bytes()).map_err(gone)?;
        }
    }
    to.flush().map_err(gone)
}

fn refused(error: Error) -> ActionError {
    ActionError::Request(error.to_string())
}
