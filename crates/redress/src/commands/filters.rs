//! `redress detect`, `redress match`, `redress together`: streams in, streams out, no case.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, stdin, stdout};
use std::path::Path;

use actions::ActionError;
use actions::filters::{self, Outcome, Together};
use network::together::{Columns, Measure};

use crate::cli::{self, By};
use crate::exit::Done;
use crate::screen::Screen;

const BUFFER: usize = 1 << 18;

pub fn detect(claims: Option<&Path>, screen: &Screen) -> Result<Done, ActionError> {
    let claims = match claims {
        Some(path) => filters::read_claims(&mut BufReader::new(open(path)?))?,
        None => screen.context(None).library().claims_in(law::Lang::En),
    };
    let mut input = BufReader::with_capacity(BUFFER, stdin().lock());
    let mut output = BufWriter::with_capacity(BUFFER, stdout().lock());
    Ok(told(&filters::detect(&mut input, &mut output, &claims)?, screen))
}

pub fn match_claims(claims: &Path, top: usize) -> Result<Done, ActionError> {
    let mut claims = BufReader::new(open(claims)?);
    let mut input = BufReader::with_capacity(BUFFER, stdin().lock());
    let mut output = BufWriter::with_capacity(BUFFER, stdout().lock());
    Ok(told(&filters::match_claims(&mut claims, top, &mut input, &mut output)?, &Screen::new(false)))
}

pub fn together(args: &cli::Together, screen: &Screen) -> Result<Done, ActionError> {
    let columns = match &args.columns {
        Some(pairs) => Columns::renamed(pairs).map_err(ActionError::Request)?,
        None => Columns::coortweet(),
    };
    let request = Together {
        within_ms: duration_ms(&args.within)?,
        min_weight: args.min_weight,
        measure: match args.by {
            By::Pairs => Measure::Pairs,
            By::Objects => Measure::Objects,
        },
        columns: &columns,
        memory_budget: args.memory.saturating_mul(1 << 20),
        max_pairs_per_object: args.cap,
    };
    let input: Box<dyn Read> = if args.actions.as_os_str() == "-" {
        Box::new(stdin().lock())
    } else {
        Box::new(BufReader::with_capacity(BUFFER, open(&args.actions)?))
    };
    let output = BufWriter::with_capacity(BUFFER, stdout().lock());
    let outcome = filters::together(input, output, &request)?;
    for trouble in &outcome.troubles {
        screen.remark(&format!("redress: {trouble}"));
    }
    let left_out: Vec<_> = outcome.hot.iter().filter(|(.., capped)| *capped).collect();
    for (name, actions, pairs, _) in &left_out {
        screen.remark(&format!(
            "redress: “{name}” was left out: {actions} actions make {pairs} pairs. Run it alone, or raise --cap."
        ));
    }
    let weakened = outcome.troubles.iter().any(|trouble| trouble.severity > values::Severity::Note);
    let troubled = weakened || !left_out.is_empty();
    Ok(if troubled { Done::WithTroubles } else { Done::Well })
}

fn told(outcome: &Outcome, screen: &Screen) -> Done {
    for words in &outcome.wrong {
        screen.remark(&format!("redress: {words}"));
    }
    let untold = outcome.wrong_count - outcome.wrong.len() as u64;
    if untold > 0 {
        screen.remark(&format!("redress: and {untold} more lines like these."));
    }
    if outcome.wrong_count > 0 { Done::WithTroubles } else { Done::Well }
}

fn open(path: &Path) -> Result<File, ActionError> {
    File::open(path).map_err(ActionError::file("read", path))
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
    }
}
