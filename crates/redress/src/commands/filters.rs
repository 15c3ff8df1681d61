//! `redress detect`, `redress match`: streams in, streams out, no case.

use std::fs::File;
use std::io::{BufReader, BufWriter, stdin, stdout};
use std::path::Path;

use actions::ActionError;
use actions::filters::{self, Outcome};

use crate::exit::Done;
use crate::screen::Screen;

pub(super) const BUFFER: usize = 1 << 18;

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

pub(super) fn open(path: &Path) -> Result<File, ActionError> {
    File::open(path).map_err(ActionError::file("read", path))
}
