//! A recipient's questions, answered from the case as far as the case can answer them.
//!
//! What only the person can say (their name, their fear, who lives with them) stays blank with its question. The text
//! form keeps to the recipient's limit by leaving out the end of the longest lists and saying how much is left out:
//! nothing is dropped silently.

use std::collections::BTreeMap;

use crate::rows::{Channel, Fill};
use crate::text::{Lang, Text};

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledField<'a> {
    /// The question.
    pub ask: &'a Text,
    /// Answers from the case, one line each; empty where only the person can answer.
    pub answers: Vec<String>,
    /// How many answers were left out at the end to keep to the limit.
    pub left_out: usize,
}

/// A form with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form<'a> {
    /// Whose form.
    pub channel: &'a Channel,
    /// Its questions, in order.
    pub fields: Vec<FilledField<'a>>,
}

/// Answers the questions of `channel` from `facts`: for each sort of fact its lines, most important first.
///
/// The caller decides what the recipient may see: facts are taken as they are.
pub fn fill<'a>(channel: &'a Channel, facts: &BTreeMap<Fill, Vec<String>>) -> Form<'a> {
    let fields = channel
        .fields
        .iter()
        .map(|field| FilledField {
            ask: &field.ask,
            answers: field.fill.and_then(|fill| facts.get(&fill)).cloned().unwrap_or_default(),
            left_out: 0,
        })
        .collect();
    Form { channel, fields }
}

impl Form<'_> {
    /// Returns how many questions the case answered, and how many there are.
    pub fn answered(&self) -> (usize, usize) {
        (self.fields.iter().filter(|field| !field.answers.is_empty()).count(), self.fields.len())
    }

    /// Returns the form as text to paste, at most `channel.form_limit` characters where the channel has a limit.
    ///
    /// Over the limit, the last answer of the longest list goes first. A form whose questions alone are longer than the
    /// limit is returned as it is: the caller has to show that it does not fit.
    pub fn text(&self, lang: Lang) -> String {
        let mut form = self.clone();
        if let Some(limit) = self.channel.form_limit {
            // No list of more answers than characters can fit: a large case is not rendered over and over.
            for field in form.fields.iter_mut().filter(|field| field.answers.len() > limit / 4) {
                field.left_out += field.answers.len() - limit / 4;
                field.answers.truncate(limit / 4);
            }
        }
        loop {
            let text = form.written(lang);
            let fits = self.channel.form_limit.is_none_or(|limit| text.chars().count() <= limit);
            let longest = form
                .fields
                .iter_mut()
                .filter(|field| !field.answers.is_empty())
                .max_by_key(|field| size(field));
            match longest {
                Some(field) if !fits => {
                    field.answers.pop();
                    field.left_out += 1;
                }
                _ => return text,
            }
        }
    }

    fn written(&self, lang: Lang) -> String {
        let mut out = String::new();
        for field in &self.fields {
            out.push_str(field.ask.in_lang(lang));
            out.push_str(":\n");
            for answer in &field.answers {
                out.push_str("- ");
                out.push_str(answer);
                out.push('\n');
            }
            match (field.left_out, lang) {
                (0, _) if field.answers.is_empty() => out.push_str("____\n"),
                (0, _) => {}
                (left, Lang::En) => out.push_str(&format!("({left} more in the attached report)\n")),
                (left, Lang::Es) => out.push_str(&format!("({left} más en el informe adjunto)\n")),
            }
        }
        out
    }
}

fn size(field: &FilledField<'_>) -> usize {
    field.answers.iter().map(|answer| answer.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::rows::Row;

    fn tip(lines: usize) -> String {
        let channel = Library::shipped().channels.iter().find(|row| row.id() == "fbi-tips").unwrap();
        let words = (0..lines).map(|n| format!("EX-{n:04}: “we know where you park” (invented)")).collect();
        let facts = BTreeMap::from([
            (Fill::Words, words),
            (Fill::Accounts, vec!["X @example_watcher, id 1000000001".to_owned()]),
        ]);
        let form = fill(channel, &facts);
        assert!(form.answered().0 >= 1 && form.answered().0 < form.answered().1);
        form.text(Lang::En)
    }

    #[test]
    fn what_only_the_person_can_say_stays_blank() {
        let text = tip(2);
        assert!(text.contains("exact words of the threat:\n- EX-0000"), "{text}");
        assert!(text.contains("where the target lives and works:\n____"), "{text}");
        assert!(text.contains("id 1000000001"), "{text}");
    }

    #[test]
    fn a_text_form_keeps_to_its_limit_and_says_what_it_left_out() {
        let text = tip(200);
        assert!(text.chars().count() <= 2000, "{}", text.chars().count());
        assert!(text.contains("more in the attached report)"), "{text}");
        assert!(text.contains("id 1000000001"), "short answers stay: {text}");
    }
}
