//! Texts for web forms, beside the PDF: to copy and paste, none longer than the form takes.

use std::collections::BTreeMap;

use crate::document::shown;
use crate::dossier::{Dossier, Exhibit, Form};
use crate::recipient::{Desk, Language, Options, Recipient};
use crate::view::{brief, fill, platform_name};
use crate::words::say;
use values::Platform;

/// The most characters a text form takes where its owner states no other limit: the FBI's, the shortest known.
const MOST: usize = 2_000;
/// The least room a text is cut to: a limit below it is a mistake in the row.
const LEAST: usize = 400;

/// Writes `data/forms/*.txt`: one a post for a platform; for a police desk its questions with answers, and the exact words
/// of the exhibits in as many texts as they need.
pub(super) fn all(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    match recipient {
        Recipient::Platform | Recipient::Host => {
            for exhibit in &dossier.exhibits {
                let text = cut(&post(exhibit, options.language), MOST, options.language);
                files.insert(format!("data/forms/{}.txt", exhibit.name()), text.into_bytes());
            }
        }
        Recipient::Police => {
            let desk = options.desk;
            let form = dossier.forms.iter().find(|form| form.recipient == desk.word());
            let limit = form.and_then(|form| form.limit).map_or(MOST, |limit| (limit as usize).max(LEAST));
            if let Some(form) = form {
                let text = answers(
                    form,
                    options,
                    if desk == Desk::Fbi { Some(limit) } else { form.limit.map(|_| limit) },
                );
                files.insert(format!("data/forms/{}-questions.txt", desk.word()), text.into_bytes());
            }
            words(dossier, limit, options.language, files);
        }
        Recipient::Prosecutor => words(dossier, MOST, options.language, files),
        // Every office that can be told, for the person and their lawyer: they decide to whom it goes.
        Recipient::Counsel | Recipient::Archive => {
            let platform = |form: &&Form| form.recipient.parse::<Platform>().is_ok();
            for form in dossier.forms.iter().filter(|form| !platform(form)) {
                let (name, contact) = (form.name.say(options.language), form.contact.say(options.language));
                let head = format!("{name}\n{contact}\n\n");
                let room = |limit: u64| (limit as usize).saturating_sub(head.chars().count()).max(LEAST);
                let text = format!("{head}{}", answers(form, options, form.limit.map(room)));
                files.insert(format!("data/forms/{}-questions.txt", form.recipient), text.into_bytes());
            }
        }
        Recipient::Employer | Recipient::Public | Recipient::Household => {}
    }
}

/// Writes `data/forms/words-1-of-2.txt` …: every exhibit, gravest first, none split unless it is alone too long.
fn words(dossier: &Dossier, limit: usize, language: Language, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut exhibits: Vec<&Exhibit> = dossier.exhibits.iter().collect();
    exhibits.sort_by_key(|exhibit| (exhibit.gravity(), exhibit.number));
    let role = say(language, &format!("role.{}", dossier.subject.role));
    let about = fill(
        say(language, "form_about"),
        &[
            ("role", role),
            ("state", &dossier.subject.state),
            ("count", &exhibits.len().to_string()),
            ("now", &brief(dossier.now)),
        ],
    ) + "\n";
    let room = limit - 80;
    let mut texts = vec![about];
    for exhibit in exhibits {
        let next = format!("\n{}", post(exhibit, language));
        let last = texts.len() - 1;
        if texts[last].chars().count() + next.chars().count() <= room {
            texts[last].push_str(&next);
        } else {
            texts.push(cut(next.trim_start(), room, language));
        }
    }
    let count = texts.len();
    for (index, text) in texts.iter().enumerate() {
        let number = index + 1;
        let part = [("number", number.to_string()), ("count", count.to_string())];
        let part =
            fill(say(language, "form_part"), &part.each_ref().map(|(name, value)| (*name, value.as_str())));
        let whole = format!("{text}\n{part}\n");
        files.insert(format!("data/forms/words-{number}-of-{count}.txt"), whole.into_bytes());
    }
}

/// Returns a form's questions with answers. Over the limit, the last answer of the longest list goes first, and the text
/// says how many went.
fn answers(form: &Form, options: &Options, limit: Option<usize>) -> String {
    let mut kept: Vec<usize> = form.fields.iter().map(|field| field.answers.len()).collect();
    loop {
        let mut text = String::new();
        for (field, kept) in form.fields.iter().zip(&kept) {
            text.push_str(&format!("{}:\n", field.ask.say(options.language)));
            for answer in &field.answers[..*kept] {
                text.push_str(&format!("- {}\n", shown(answer.say(options.language))));
            }
            match field.answers.len() - kept {
                0 if field.answers.is_empty() => text.push_str("____\n"),
                0 => {}
                more => {
                    let more = fill(say(options.language, "form_more"), &[("count", &more.to_string())]);
                    text.push_str(&format!("({more})\n"));
                }
            }
        }
        let Some(limit) = limit.filter(|limit| text.chars().count() > *limit) else { return text };
        let size = |index: usize| -> usize {
            form.fields[index].answers[..kept[index]]
                .iter()
                .map(|answer| answer.say(options.language).chars().count())
                .sum()
        };
        match (0..kept.len()).filter(|index| kept[*index] > 0).max_by_key(|index| size(*index)) {
            Some(longest) => kept[longest] -= 1,
            None => return cut(&text, limit, options.language),
        }
    }
}

fn post(exhibit: &Exhibit, language: Language) -> String {
    let kinds: Vec<&str> = exhibit
        .findings
        .iter()
        .map(|finding| say(language, &format!("kind.{}", finding.kind.word())))
        .collect();
    let post = &exhibit.post;
    format!(
        "{} ({}) · {}, {} {} {}\n{}: {}\n{}\n{}: “{}”\n",
        exhibit.name(),
        kinds.join(", "),
        platform_name(language, post.platform),
        say(language, "form_account"),
        shown(&post.author.shown()),
        post.author.id.as_deref().map_or_else(String::new, |id| format!("(id {})", shown(id))),
        say(language, "form_written"),
        post.written.map_or_else(|| say(language, "not_stated").to_owned(), brief),
        post.url.as_ref().map_or_else(String::new, |link| shown(link.as_str())),
        say(language, "form_words"),
        shown(&post.text),
    )
}

/// Returns `text` in at most `most` characters, saying so where it is cut.
fn cut(text: &str, most: usize, language: Language) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = format!(" … ({})", say(language, "form_cut"));
    text.chars().take(most.saturating_sub(end.chars().count())).chain(end.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{FormField, Sentence};
    use crate::recipient::Paper;

    #[test]
    fn a_form_is_never_too_long() {
        for length in [0, 1_999, 2_000, 2_001, 9_000] {
            let text = cut(&"ñ".repeat(length), MOST, Language::Spanish);
            assert!(text.chars().count() <= MOST);
            assert_eq!(text.ends_with("PDF)"), length > MOST);
        }
    }

    #[test]
    fn answers_keep_to_the_limit_and_say_what_went() {
        let field = |ask: &str, count: usize| FormField {
            ask: Sentence::same(ask),
            answers: (0..count).map(|n| Sentence::same(format!("answer {n:03} of many words"))).collect(),
        };
        let form = Form {
            recipient: "fbi".into(),
            name: Sentence::default(),
            contact: Sentence::default(),
            takes: Sentence::default(),
            status: Sentence::default(),
            limit: Some(2_000),
            fields: vec![field("who", 0), field("what", 200), field("where", 2)],
        };
        let text = answers(&form, &Options::new(Language::English, Paper::Letter), Some(2_000));
        assert!(text.chars().count() <= 2_000 && text.chars().count() > 1_800, "{}", text.chars().count());
        assert!(text.starts_with("who:\n____\n") && text.contains("more: see the PDF)"), "{text}");
        assert!(text.ends_with("where:\n- answer 000 of many words\n- answer 001 of many words\n"), "{text}");
    }
}
