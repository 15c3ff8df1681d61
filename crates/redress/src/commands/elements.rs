//! `redress elements`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use actions::ActionError;
use actions::elements::{self, Element, Provision, Table};
use law::wrapped;

use crate::cli::{self, ElementsWhat};
use crate::commands::{exhibits, language, open};
use crate::exit::Done;
use crate::screen::{Screen, harmless};

pub fn run(args: &cli::Elements, screen: &Screen) -> Result<Done, ActionError> {
    let context = screen.context(args.by.as_deref());
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    if args.what != ElementsWhat::List {
        let (Some(provision), Some(number)) = (args.provision.as_deref(), args.number) else {
            return Err(ActionError::Request(
                "Name the law and the number of the question, like: redress elements CASE answer us-18-875c 1 --exhibit EX-0001"
                    .to_owned(),
            ));
        };
        let numbers = exhibits(&args.exhibit)?;
        let undo = args.what == ElementsWhat::Undo;
        if !undo && numbers.is_empty() && args.why.is_none() {
            return Err(ActionError::Request(
                "An answer needs an exhibit or words. Add --exhibit EX-0001, or --why.".to_owned(),
            ));
        }
        let (numbers, why) = if undo { (&[][..], None) } else { (numbers.as_slice(), args.why.as_deref()) };
        elements::answer(&mut case, provision, number, numbers, why, &context)?;
    }
    let table = elements::table(&case, &language, &context)?;
    let only = args.provision.as_deref();
    screen.outcome(&table, |table| tell(table, only, language == "es"))?;
    Ok(Done::Well)
}

fn tell(table: &Table, only: Option<&str>, spanish: bool) -> String {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mut text = wrapped(&table.disclaimer, "");
    text.push('\n');
    if table.provisions.is_empty() {
        text.push_str(say(
            "No law of the rows fits what is confirmed so far. Confirm findings first: redress review CASE\n",
            "Ninguna ley de las filas encaja con lo confirmado hasta ahora. Confirme hallazgos primero: redress review CASO\n",
        ));
    }
    let wanted = |row: &&Provision| match only {
        Some(only) => only == row.id,
        None => !row.weak,
    };
    for provision in table.provisions.iter().filter(wanted) {
        tell_provision(&mut text, provision, spanish);
    }
    let weak: Vec<&Provision> = table.provisions.iter().filter(|row| only.is_none() && row.weak).collect();
    if !weak.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}",
            say(
                "LOOK WEAK SO FAR (nothing here speaks to what they ask about; `redress elements CASE list ID` shows the questions)",
                "PARECEN DÉBILES POR AHORA (nada aquí habla de lo que preguntan; `redress elements CASO list ID` muestra las preguntas)"
            )
        );
        for row in weak {
            let if_only = if row.only_if.is_empty() { String::new() } else { format!(". {}", row.only_if) };
            let if_only = if_only.trim_end_matches('.');
            text.push_str(&wrapped(
                &format!("  {} · {}{if_only}. [{}]", row.citation, row.name, row.id),
                "      ",
            ));
        }
        text.push('\n');
    }
    limits(&mut text, table, only, spanish);
    if only.is_none() && !table.not_covering.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}",
            say(
                "LAWS THAT DO NOT COVER THIS PERSON (do not rely on them)",
                "LEYES QUE NO CUBREN A ESTA PERSONA (no se apoye en ellas)"
            )
        );
        for row in &table.not_covering {
            text.push_str(&wrapped(
                format!("  {} {}: {} {}", row.citation, row.name, row.about, row.caution).trim_end(),
                "      ",
            ));
        }
    }
    for (provision, question, exhibits) in &table.older_answers {
        let _ = writeln!(
            text,
            "{} [{provision}] “{question}” {}",
            say(
                "Answered earlier, to a question the rows no longer ask so:",
                "Respondido antes, a una pregunta que las filas ya no hacen así:"
            ),
            exhibits.join(" ")
        );
    }
    text
}

fn tell_provision(text: &mut String, row: &Provision, spanish: bool) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let (done, all) = row.answered;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "[{}] {} · {} ({done}/{all})", row.id, row.citation, row.name);
    let weight = say(
        "{all} questions: exhibits are proposed for {some}, a person answered {done}.",
        "{all} preguntas: se proponen pruebas para {some}, una persona respondió {done}.",
    );
    let weight = weight
        .replace("{all}", &all.to_string())
        .replace("{some}", &row.proposed.to_string())
        .replace("{done}", &done.to_string());
    for line in
        [&row.covers, &row.only_if, &row.caution, &format!("{} {}", row.source, row.standing), &weight]
    {
        if !line.is_empty() {
            text.push_str(&wrapped(&format!("    {line}"), "    "));
        }
    }
    for element in &row.elements {
        tell_element(text, element, spanish);
    }
    if !row.doctrine.is_empty() {
        let limits: Vec<String> =
            row.doctrine.iter().map(|rule| format!("{} ({})", rule.name, rule.citation)).collect();
        let limits = format!("    {} {}.", say("What limits it:", "Lo que la limita:"), limits.join("; "));
        text.push_str(&wrapped(&limits, "      "));
    }
    text.push('\n');
}

/// Writes what limits the laws shown, each once: the same ruling limits many.
fn limits(text: &mut String, table: &Table, only: Option<&str>, spanish: bool) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let shown = table.provisions.iter().filter(|row| only.map_or(!row.weak, |only| only == row.id));
    let mut seen = BTreeSet::new();
    let rules: Vec<_> = shown.flat_map(|row| &row.doctrine).filter(|rule| seen.insert(&rule.id)).collect();
    if rules.is_empty() && table.anti_slapp.is_none() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", say("WHAT LIMITS THEM", "LO QUE LAS LIMITA"));
    for rule in rules {
        text.push_str(&wrapped(
            &format!("  · {} {}: {} {}", rule.citation, rule.name, rule.about, rule.standing),
            "    ",
        ));
    }
    if let Some(law) = &table.anti_slapp {
        text.push_str(&wrapped(&format!("  · {law}"), "    "));
    }
    text.push('\n');
}

fn tell_element(text: &mut String, element: &Element, spanish: bool) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mark = if element.answer.is_some() { "x" } else { " " };
    text.push_str(&wrapped(&format!("  {}. [{mark}] {}", element.number, element.question), "         "));
    if let Some(answer) = &element.answer {
        let why = answer.why.as_deref().map_or_else(String::new, |why| format!(" “{}”", harmless(why)));
        let by = harmless(&answer.by);
        text.push_str(&wrapped(
            &format!("         {}{why} ({by}, {})", answer.exhibits.join(" "), answer.at),
            "         ",
        ));
    }
    if element.answer.is_none() && !element.proposed.is_empty() {
        let proposed = format!(
            "         {} {}",
            say("proposed by redress:", "propuesto por redress:"),
            element.proposed.join(" ")
        );
        text.push_str(&wrapped(&proposed, "         "));
    }
    if let Some(missing) = &element.missing {
        text.push_str(&wrapped(&format!("         {missing}"), "         "));
    }
}
