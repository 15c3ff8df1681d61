//! `redress together`: actions in, edges out, no case.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, stdin, stdout};
use std::path::Path;

use actions::ActionError;
use actions::filters::{self, Form, Input, Makers, Output, Together, Window};
use network::together::{Bill, Chance, Columns, Kind, Measure, NEARER};
use values::{Moment, Precision, SaidBy, Severity, Trouble};

use super::engine;
use super::filters::{BUFFER, open};
use crate::cli::{self, By, EngineKind, NullModel};
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";

pub fn run(args: &cli::Together, screen: &Screen) -> Result<Done, ActionError> {
    if args.engine != EngineKind::Local {
        return engine::run(args);
    }
    let columns = match &args.columns {
        Some(pairs) => Columns::renamed(pairs).map_err(ActionError::Request)?,
        None => Columns::coortweet(),
    };
    let windows = windows(&args.within)?;
    let kinds: Vec<Kind> = args.by.iter().filter_map(|by| kind(*by)).collect();
    for (share, name) in [(Some(args.alike), "alike"), (args.rate, "rate")] {
        if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(ActionError::Request(format!("--{name} is a share: write a number from 0 to 1.")));
        }
    }
    if args.rate.is_some() && args.null == NullModel::None {
        return Err(ActionError::Request(
            "--rate needs a chance level. Leave out --null none, or leave out --rate.".into(),
        ));
    }
    let request = Together {
        windows: &windows,
        min_weight: args.min_weight,
        measure: if args.by.contains(&By::Objects) { Measure::Objects } else { Measure::Pairs },
        columns: &columns,
        kinds: &kinds,
        alike: args.alike,
        chance: match args.null {
            NullModel::Strength => Chance::Strength,
            NullModel::Times => Chance::Times { draws: args.draws, seed: args.seed },
            NullModel::None => Chance::None,
        },
        rate: args.rate,
        more: args.more,
        only: &args.thing,
        memory_budget: args.memory.saturating_mul(1 << 20),
        max_pairs_per_object: args.cap,
    };
    let input = input(&args.actions, request.memory_budget)?;
    if let Some([one, other]) = args.pair.as_deref() {
        return pair(input, &request, one, other, screen);
    }
    let widest = windows.iter().max_by_key(|window| window.ms).map_or("", |window| window.name.as_str());
    let mut told = |bill: &Bill, hottest: Option<&str>| screen.remark(&bill_words(bill, hottest, widest));
    let outcome = match &args.out {
        None => {
            let to = BufWriter::with_capacity(BUFFER, stdout());
            filters::together(input, Output { to, form: Form::Csv }, &request, &mut told)?
        }
        Some(path) => {
            let form = form(path)?;
            // Written beside its place and moved there: what lay there stays as it was where something goes wrong.
            let mut beside = path.as_os_str().to_owned();
            beside.push(".part");
            let beside = Path::new(&beside);
            let file = File::create(beside).map_err(ActionError::file("written", beside))?;
            let to = BufWriter::with_capacity(BUFFER, file);
            match filters::together(input, Output { to, form }, &request, &mut told) {
                Ok(outcome) => {
                    std::fs::rename(beside, path).map_err(ActionError::file("written", path))?;
                    outcome
                }
                Err(error) => {
                    // What is half written helps nobody; that it cannot be removed changes nothing about the error.
                    let _removed = std::fs::remove_file(beside);
                    return Err(error);
                }
            }
        }
    };
    let weakened = tell(&outcome.troubles, screen);
    if outcome.written < outcome.bill.edges {
        screen.remark(&format!(
            "redress: {} of {} written.",
            outcome.written,
            count(outcome.bill.edges, "edge", "edges")
        ));
    }
    let left_out: Vec<_> = outcome.hot.iter().filter(|(.., capped)| *capped).collect();
    for (name, actions, pairs, _) in &left_out {
        screen.remark(&format!(
            "redress: “{}” was left out: {actions} actions make {pairs} pairs. Run it alone with --thing, or raise --cap.",
            harmless(name)
        ));
    }
    Ok(if weakened || !left_out.is_empty() { Done::WithTroubles } else { Done::Well })
}

fn bill_words(bill: &Bill, hottest: Option<&str>, widest: &str) -> String {
    let mut words = format!(
        "redress: {} of {} on {} make exactly {} within {widest}.",
        count(bill.rows - bill.empty, "action", "actions"),
        count(bill.accounts, "account", "accounts"),
        count(bill.objects, "thing", "things"),
        count(bill.pairs, "pair", "pairs"),
    );
    if bill.repeated > 0 {
        words += &format!(
            " {} another exactly and count once.",
            count(bill.repeated, "row repeats", "rows repeat")
        );
    }
    if let Some((hot, name)) = bill.hot.first().zip(hottest)
        && hot.pairs > 0
        && !hot.capped
    {
        let share = 100.0 * hot.pairs as f64 / bill.pairs.max(1) as f64;
        words += &format!(" The thing that makes most, “{}”, makes {share:.1} % of them.", harmless(name));
    }
    words
}

/// Writes the rows behind one edge as CSV.
fn pair(
    input: Input,
    request: &Together<'_>,
    one: &str,
    other: &str,
    screen: &Screen,
) -> Result<Done, ActionError> {
    let Makers { troubles, rows } = filters::makers(input, request, one, other)?;
    let utc = |millis| Moment::from_millis(millis, Precision::Millisecond, SaidBy::Platform).to_rfc3339();
    let mut text = String::from("object_id,row_a,time_a,row_b,time_b,delta_s\n");
    for row in &rows {
        let object = if row.object.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", row.object.replace('"', "\"\""))
        } else {
            row.object.clone()
        };
        let delta = (row.millis_b - row.millis_a) as f64 / 1000.0;
        text += &format!(
            "{object},{},{},{},{},{delta}\n",
            row.row_a,
            utc(row.millis_a),
            row.row_b,
            utc(row.millis_b)
        );
    }
    screen.print(&text)?;
    Ok(if tell(&troubles, screen) { Done::WithTroubles } else { Done::Well })
}

/// Tells troubles; returns whether one weighs more than a note.
fn tell(troubles: &[Trouble], screen: &Screen) -> bool {
    for trouble in troubles {
        screen.remark(&format!("redress: {trouble}"));
    }
    troubles.iter().any(|trouble| trouble.severity > Severity::Note)
}

/// Opens the actions and looks at the first bytes for what they are; the name does not matter.
fn input(path: &Path, memory: u64) -> Result<Input, ActionError> {
    let piped = path.as_os_str() == "-";
    let mut input: Box<dyn BufRead> = if piped {
        Box::new(BufReader::with_capacity(BUFFER, stdin()))
    } else {
        Box::new(BufReader::with_capacity(BUFFER, open(path)?))
    };
    let begins = input.fill_buf().map_err(ActionError::file("read", path))?.starts_with(PARQUET);
    if !begins {
        return Ok(Input::Csv(Box::new(input)));
    }
    if !piped {
        return Ok(Input::ParquetFile(open(path)?));
    }
    let mut bytes = Vec::new();
    input.take(memory).read_to_end(&mut bytes).map_err(ActionError::file("read", path))?;
    if bytes.len() as u64 == memory {
        return Err(ActionError::Request(
            "This Parquet file is larger than the memory allowed and cannot be read through a pipe. Name the file instead, or raise --memory."
                .into(),
        ));
    }
    Ok(Input::Parquet(bytes))
}

fn kind(by: By) -> Option<Kind> {
    Some(match by {
        By::Pairs | By::Objects => return None,
        By::Repost => Kind::Repost,
        By::Quote => Kind::Quote,
        By::Reply => Kind::Reply,
        By::Mention => Kind::Mention,
        By::Link => Kind::Link,
        By::Hashtag => Kind::Hashtag,
        By::Text => Kind::Text,
        By::Image => Kind::Image,
    })
}

fn form(path: &Path) -> Result<Form, ActionError> {
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Form::Csv),
        Some("parquet") => Ok(Form::Parquet),
        Some("gexf") => Ok(Form::Gexf),
        Some("graphml") => Ok(Form::Graphml),
        Some("svg") => Ok(Form::Svg),
        _ => Err(ActionError::Request(format!(
            "“{}” does not say its form. End the name in .csv, .parquet, .gexf, .graphml or .svg.",
            path.display()
        ))),
    }
}

/// Reads `60s` or `10s,60s,5m,1h`.
fn windows(given: &str) -> Result<Vec<Window>, ActionError> {
    let windows: Vec<Window> = given
        .split(',')
        .map(|one| Ok(Window { name: one.trim().to_owned(), ms: duration_ms(one.trim())? }))
        .collect::<Result<_, ActionError>>()?;
    if windows.len() > NEARER {
        return Err(ActionError::Request(format!(
            "{} windows are more than the {NEARER} that one pass counts. Ask for fewer, or run it twice.",
            windows.len()
        )));
    }
    Ok(windows)
}

/// Reads `60`, `60s`, `5m`, `1h`, `250ms` as milliseconds.
fn duration_ms(given: &str) -> Result<i64, ActionError> {
    let wrong = || {
        ActionError::Request(format!("“{given}” is no length of time. Write it like 10s, 5m, 1h or 250ms."))
    };
    let digits = given.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: i64 = digits.parse().map_err(|_| wrong())?;
    let unit = match &given[digits.len()..] {
        "ms" => 1,
        "" | "s" => 1000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(wrong()),
    };
    if number < 0 {
        return Err(wrong());
    }
    number.checked_mul(unit).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (given, expected) in
            [("60s", 60_000), ("10", 10_000), ("5m", 300_000), ("1h", 3_600_000), ("250ms", 250), ("0s", 0)]
        {
            assert_eq!(duration_ms(given).unwrap(), expected, "{given}");
        }
        for given in ["", "s", "-1s", "1w", "99999999999999999999s", "9223372036854775807h", "1.5h"] {
            assert!(duration_ms(given).is_err(), "{given}");
        }
        assert_eq!(windows("10s, 1h").unwrap()[1], Window { name: "1h".into(), ms: 3_600_000 });
        assert!(windows("1s,2s,3s,4s,5s,6s,7s").is_err());
        assert!(windows("1s,").is_err());
    }
}
