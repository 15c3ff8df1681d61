//! Deadlines and steps as an iCalendar file (RFC 5545) that any calendar opens.
//!
//! Each date is an all-day event with two warnings for deadlines, thirty and seven days before. Only the words of the
//! library and the dates go in: nothing that identifies the person or the case. The same input gives the same bytes.

use values::Moment;

use crate::day::{Day, days_after};
use crate::deadlines::Deadline;
use crate::plan::Plan;
use crate::rows::Row;
use crate::text::Lang;

/// Lines may hold at most this many bytes, without the line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// Returns the calendar: every deadline, passed ones included, then every step that is not done.
///
/// `now` is stamped on each event. A UID is made of the row's id and the date it was counted from, so that a calendar
/// that is imported again replaces events instead of doubling them.
pub fn icalendar(deadlines: &[Deadline], plan: &Plan<'_>, lang: Lang, now: Moment) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Redress//Redress//EN", "CALSCALE:GREGORIAN"] {
        line(&mut out, text);
    }
    let stamp = stamp(now);
    for deadline in deadlines {
        let description =
            [&deadline.rule, &deadline.basis, &deadline.counsel].map(|text| text.in_lang(lang)).join(" ");
        let event = Event {
            uid: format!("deadline-{}-{}", deadline.id, deadline.counted_from),
            day: deadline.last_day,
            summary: deadline.shown(lang),
            description: format!("{description} {}", deadline.source).trim().to_owned(),
            repeat_days: None,
            warn: !deadline.passed,
        };
        event.write(&mut out, &stamp);
    }
    for step in plan.steps.iter().filter(|step| !step.done) {
        let row = step.step;
        let event = Event {
            uid: format!("step-{}-{}", row.id(), step.counted_from),
            day: step.due,
            summary: row.step.in_lang(lang).to_owned(),
            description: format!("{} {}", row.why.in_lang(lang), row.how.in_lang(lang)),
            repeat_days: row.repeat_days,
            warn: false,
        };
        event.write(&mut out, &stamp);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

struct Event {
    uid: String,
    day: Day,
    summary: String,
    description: String,
    repeat_days: Option<u32>,
    warn: bool,
}

impl Event {
    fn write(&self, out: &mut String, stamp: &str) {
        line(out, "BEGIN:VEVENT");
        line(out, &format!("UID:{}@redress.invalid", self.uid));
        line(out, &format!("DTSTAMP:{stamp}"));
        line(out, &format!("DTSTART;VALUE=DATE:{}", compact(self.day)));
        line(out, &format!("DTEND;VALUE=DATE:{}", compact(days_after(self.day, 1))));
        if let Some(days) = self.repeat_days {
            line(out, &format!("RRULE:FREQ=DAILY;INTERVAL={days};COUNT=12"));
        }
        line(out, &format!("SUMMARY:{}", escaped(&self.summary)));
        line(out, &format!("DESCRIPTION:{}", escaped(&self.description)));
        line(out, "TRANSP:TRANSPARENT");
        line(out, "CLASS:PRIVATE");
        if self.warn {
            for days in [30, 7] {
                line(out, "BEGIN:VALARM");
                line(out, "ACTION:DISPLAY");
                line(out, &format!("TRIGGER:-P{days}D"));
                line(out, &format!("DESCRIPTION:{}", escaped(&self.summary)));
                line(out, "END:VALARM");
            }
        }
        line(out, "END:VEVENT");
    }
}

fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn stamp(now: Moment) -> String {
    let exact = Moment::from_seconds(now.seconds(), now.said_by());
    exact.to_rfc3339().replace(['-', ':'], "")
}

/// Escapes a TEXT value (RFC 5545, 3.3.11). Control characters, which no calendar shows, become spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes one content line, folded between characters so that no piece is longer than 75 bytes.
fn line(out: &mut String, text: &str) {
    let mut width = 0;
    for c in text.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Library, Situation, deadlines, plan};
    use record::{Kind, Role};
    use values::{Platform, SaidBy};

    fn calendar(lang: Lang) -> String {
        let first = Moment::parse("2026-10-29T22:00:00Z", SaidBy::Platform).unwrap();
        let situation = Situation {
            role: Role::Postal,
            state: "PA",
            speaker_states: &["RI"],
            kinds: &[Kind::FalseClaim, Kind::Dox],
            exposures: &[],
            platforms: &[Platform::X],
            urgent: false,
            first_publication: Some(first),
            learned: None,
        };
        let today = "2026-11-23".parse().unwrap();
        let library = Library::shipped();
        let now = Moment::parse("2026-11-23T12:00:00Z", SaidBy::Redress).unwrap();
        let list = deadlines(library, &situation, first, today);
        icalendar(&list, &plan(library, &situation, today), lang, now)
    }

    #[test]
    fn lines_are_folded_and_end_as_the_standard_says() {
        for lang in [Lang::En, Lang::Es] {
            let text = calendar(lang);
            assert!(text.ends_with("END:VCALENDAR\r\n"));
            for line in text.split_terminator("\r\n") {
                assert!(line.len() <= LINE, "{line}");
                assert!(!line.contains('\n') && !line.contains('\r'), "{line}");
            }
            assert_eq!(text.matches("BEGIN:VEVENT").count(), text.matches("END:VEVENT").count());
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes_and_no_uid_twice() {
        let text = calendar(Lang::En);
        assert_eq!(text, calendar(Lang::En));
        let unfolded = text.replace("\r\n ", "");
        let mut uids: Vec<&str> = unfolded.lines().filter(|line| line.starts_with("UID:")).collect();
        let all = uids.len();
        uids.sort_unstable();
        uids.dedup();
        assert_eq!(uids.len(), all);
        assert!(unfolded.contains("UID:deadline-def-pa-2026-10-29@redress.invalid"));
        assert!(unfolded.contains("DTSTART;VALUE=DATE:20271029"));
        assert!(unfolded.contains("DTSTAMP:20261123T120000Z"));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a; b, c\\d\ne\u{7}f"), "a\\; b\\, c\\\\d\\ne f");
    }
}
