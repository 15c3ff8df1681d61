//! What is printed: text for a person or JSON for a program on standard output, progress on standard error.

use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use actions::context::{Progress, Unit};
use actions::{ActionError, Context};
use indicatif::{ProgressBar, ProgressStyle};
use record::Actor;
use serde::Serialize;

use crate::outside;

/// Where outcomes go.
pub struct Screen {
    json: bool,
    bar: Bar,
}

impl Screen {
    /// Returns a screen that prints JSON where `json`, else text.
    pub fn new(json: bool) -> Self {
        Self { json, bar: Bar::default() }
    }

    /// Returns what an action is handed; `by` is who acts.
    pub fn context(&self, by: Option<&str>) -> Context<'_> {
        let name = by.map(str::to_owned).or_else(|| std::env::var("REDRESS_BY").ok()).unwrap_or_default();
        Context {
            now: &outside::now,
            clock: &outside::clock,
            actor: Actor::person(&name),
            redress: env!("CARGO_PKG_VERSION"),
            progress: &self.bar,
            rows: &outside::rows,
        }
    }

    /// Tells whether results are printed as JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Prints an outcome: as one line of JSON, or as the words `tell` makes of it.
    pub fn outcome<T: Serialize>(
        &self,
        outcome: &T,
        tell: impl FnOnce(&T) -> String,
    ) -> Result<(), ActionError> {
        if self.json {
            // Written as it is made: the map of a large case is hundreds of megabytes.
            let mut stdout = BufWriter::new(std::io::stdout().lock());
            match serde_json::to_writer(&mut stdout, outcome) {
                Err(error) if !error.is_io() => {
                    Err(ActionError::OurFault(format!("The outcome cannot be written: {error}.")))
                }
                written => printed(
                    written
                        .map_err(std::io::Error::from)
                        .and_then(|()| stdout.write_all(b"\n"))
                        .and_then(|()| stdout.flush()),
                ),
            }
        } else {
            self.print(&tell(outcome))
        }
    }

    /// Prints text as it is.
    pub fn print(&self, text: &str) -> Result<(), ActionError> {
        let mut stdout = std::io::stdout().lock();
        printed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
    }

    /// Prints a remark for a person on standard error.
    pub fn remark(&self, text: &str) {
        // Nothing can be told to a terminal that is gone.
        let _gone = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Says what became of writing to standard output.
fn printed(outcome: std::io::Result<()>) -> Result<(), ActionError> {
    outcome.map_err(|error| {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            ActionError::PipeClosed
        } else {
            ActionError::Refused(format!("The output cannot be written: {error}."))
        }
    })
}

/// Makes post text harmless to a terminal: control and direction characters show as their code points.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let directs =
            matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c == '\n' || c == '\t' {
            shown.push(' ');
        } else if c.is_control() || directs {
            shown.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Returns `n word` or `n words`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Returns the number with a comma between thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A progress bar on standard error, where that is a terminal; else silence.
#[derive(Default)]
struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    fn with(&self, act: impl FnOnce(&ProgressBar)) {
        if let Ok(bar) = self.0.lock()
            && let Some(bar) = bar.as_ref()
        {
            act(bar);
        }
    }
}

impl Progress for Bar {
    fn begin(&self, step: &str, total: Option<u64>, unit: Unit) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let numbers = match unit {
            Unit::Bytes => "{bytes} of {total_bytes}",
            Unit::Posts => "{human_pos} of {human_len} posts",
            Unit::Items => "{human_pos} of {human_len}",
        };
        let (bar, template) = match total {
            Some(total) => {
                let template = format!("  {{prefix}}  {{bar:24}}  {numbers}  {{wide_msg}}");
                (ProgressBar::new(total), template)
            }
            None => (ProgressBar::new_spinner(), "  {spinner} {prefix}  {wide_msg}".to_owned()),
        };
        let style = ProgressStyle::with_template(&template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("━╸─");
        bar.set_style(style);
        bar.set_prefix(step.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        if let Ok(mut slot) = self.0.lock() {
            *slot = Some(bar);
        }
    }

    fn advance(&self, by: u64) {
        self.with(|bar| bar.inc(by));
    }

    fn say(&self, words: &str) {
        self.with(|bar| bar.set_message(harmless(words)));
    }

    fn end(&self) {
        self.with(ProgressBar::finish_and_clear);
        if let Ok(mut slot) = self.0.lock() {
            *slot = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn post_text_cannot_steer_a_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\nd"), "a\\u{1b}[2Jb\\u{202e}c d");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(count(1, "post", "posts"), "1 post");
        assert_eq!(count(1_234_567, "post", "posts"), "1,234,567 posts");
    }
}
