//! Deadlines and recipients as plain text, for a terminal or a printer: 80 columns where words allow.
//!
//! The steps print themselves: [`crate::Plan::printed`]. Documents with a layout are `report`'s.

use crate::day::Day;
use crate::deadlines::Deadline;
use crate::recipients::ChannelMatch;
use crate::text::{Lang, Text};

/// Columns of a printed page.
const WIDTH: usize = 80;

/// Writes deadlines, the earliest first as they come, each with its rule, source, basis and what to do.
pub fn printed_deadlines(deadlines: &[Deadline], lang: Lang, today: Day) -> String {
    let mut out = String::new();
    let source = Text::new("Source", "Fuente");
    let memory = Text::new("from memory", "de memoria");
    for deadline in deadlines {
        wrap(&mut out, &deadline.shown(lang), "    ");
        for text in [&deadline.rule, &deadline.basis, &deadline.counsel] {
            wrap(&mut out, &format!("    {}", text.in_lang(lang)), "    ");
        }
        wrap(&mut out, &format!("    {}", deadline.standing_shown(today).in_lang(lang)), "    ");
        let from = if deadline.source.is_empty() { memory.in_lang(lang) } else { &deadline.source };
        if !deadline.citation.is_empty() {
            wrap(&mut out, &format!("    {}", deadline.citation), "    ");
        }
        out.push_str(&format!("    {}: {from}\n\n", source.in_lang(lang)));
    }
    out
}

/// Writes recipients in order, each with how to reach it, what it takes, what it needs and what it does not do.
pub fn printed_recipients(recipients: &[ChannelMatch<'_>], lang: Lang, today: Day) -> String {
    let mut out = String::new();
    let [how, takes, when, needs, not] = match lang {
        Lang::En => ["Contact", "Takes", "When", "Have ready", "Does not do"],
        Lang::Es => ["Contacto", "Atiende", "Cuándo", "Tenga listo", "No hace"],
    };
    for found in recipients {
        let row = found.channel;
        wrap(&mut out, row.name.in_lang(lang), "    ");
        for (label, text) in
            [(how, &row.contact), (takes, &row.takes), (when, &row.when_to_use), (not, &row.not_for)]
        {
            if !text.is_empty() {
                wrap(&mut out, &format!("    {label}: {}", text.in_lang(lang)), "    ");
            }
        }
        if !row.fields.is_empty() {
            let fields: Vec<&str> = row.fields.iter().map(|field| field.ask.in_lang(lang)).collect();
            wrap(&mut out, &format!("    {needs}: {}.", fields.join("; ")), "    ");
        }
        if !row.caution.is_empty() {
            wrap(&mut out, &format!("    {}", row.caution.in_lang(lang)), "    ");
        }
        wrap(&mut out, &format!("    {}", found.status_shown(today).in_lang(lang)), "    ");
        out.push('\n');
    }
    out
}

/// Returns `text` with its own leading blanks, broken at blanks to lines of 80 columns where words allow, following lines
/// behind `indent`, with a line feed at the end.
pub fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    wrap(&mut out, text, indent);
    out
}

/// Writes what has to stand on every sheet: that this is no legal advice.
pub fn printed_disclaimer(lang: Lang) -> String {
    let mut out = String::new();
    wrap(&mut out, crate::disclaimer().in_lang(lang), "");
    out
}

/// Writes `text` with its own leading blanks, broken at blanks, following lines behind `indent`.
pub(crate) fn wrap(out: &mut String, text: &str, indent: &str) {
    let mut width = 0;
    let lead = text.len() - text.trim_start().len();
    out.push_str(&text[..lead]);
    width += lead;
    for (number, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if number > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else if number > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Library, Situation, deadlines, recipients};
    use record::{Exposure, Kind, Role};
    use values::{Moment, Platform, SaidBy};

    #[test]
    fn words_are_broken_at_blanks() {
        let mut out = String::new();
        wrap(&mut out, &format!("    {}", "word ".repeat(30)), "    ");
        assert!(out.lines().all(|line| line.len() <= WIDTH && line.starts_with("    word")), "{out}");
        assert_eq!(out.split_whitespace().count(), 30);
    }

    #[test]
    fn both_pages_fit_on_paper_and_conclude_nothing() {
        let first = Moment::parse("2024-10-29T22:00:00Z", SaidBy::Platform).unwrap();
        let situation = Situation {
            role: Role::Postal,
            state: "PA",
            speaker_states: &["RI"],
            kinds: Kind::ALL,
            exposures: Exposure::ALL,
            platforms: &[Platform::X, Platform::Letter],
            urgent: true,
            first_publication: Some(first),
            learned: None,
        };
        let (library, today) = (Library::shipped(), "2026-11-23".parse().unwrap());
        for (lang, passed, first_line) in [
            (Lang::En, "has passed", "911 / local emergency"),
            (Lang::Es, "ya pasó", "911 / emergencia local"),
        ] {
            let dates = printed_deadlines(&deadlines(library, &situation, first, today), lang, today);
            let people = printed_recipients(&recipients(library, &situation), lang, today);
            assert!(dates.contains(passed) && dates.contains("42 Pa.C.S. § 5523(1)"), "{dates}");
            assert!(people.starts_with(first_line), "{people}");
            for page in [dates, people] {
                assert_eq!(crate::honest::overclaims(&page), []);
                for line in page.lines().filter(|line| !line.contains("://")) {
                    assert!(line.chars().count() <= WIDTH, "{line}");
                }
            }
        }
    }
}
