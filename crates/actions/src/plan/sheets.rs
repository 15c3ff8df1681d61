//! The plan on paper: one sheet for the person, one for family and household, one for the employer.
//!
//! Each as a PDF to print and as plain text of 80 columns, which every phone shows. The person's sheet also says whom to
//! tell and which dates may run out. None of them holds a word of a post, a name or an address: a sheet may lie on a table.

use case::Case;
use law::{ForWhom, Lang, Phase};
use report::sheet;
use report::{Language, Paper};

use super::{Outcome, Step, marks, today};
use crate::situation::Facts;
use crate::{ActionError, Context};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// For whom.
    pub whom: ForWhom,
    /// The name of its file, without a folder and ending.
    pub name: &'static str,
    /// What it says, as plain text.
    pub text: String,
    /// The same to print.
    pub pdf: Vec<u8>,
}

/// Writes the three sheets of a case.
pub fn sheets(
    case: &Case,
    language: &str,
    paper: Paper,
    context: &Context<'_>,
) -> Result<Vec<Sheet>, ActionError> {
    let lang = Lang::of(language);
    let plan = super::plan(case, language, context)?;
    ForWhom::ALL
        .into_iter()
        .map(|whom| {
            let sheet = to_print(case, &plan, whom, lang, paper, context);
            let pdf = sheet::pdf(&sheet).map_err(|error| ActionError::OurFault(format!("{error}.")))?;
            Ok(Sheet { whom, name: name(whom), text: text(case, whom, lang, context)?, pdf })
        })
        .collect()
}

const fn name(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Person => "plan-for-you",
        ForWhom::Family => "plan-for-family",
        ForWhom::Employer => "plan-for-employer",
    }
}

fn text(case: &Case, whom: ForWhom, lang: Lang, context: &Context<'_>) -> Result<String, ActionError> {
    let library = context.library();
    let facts = Facts::gather(case, true)?;
    let speakers = facts.speaker_states();
    let situation = facts.situation(&speakers);
    let today = today(context.now())?;
    let done = marks::done(&marks::of(case)?);
    let plan = law::plan_since(library, &situation, &facts.known, today).with_done(&done);
    let mut text = format!("{}\n\n", danger(lang));
    text.push_str(&plan.printed(whom, lang));
    if whom == ForWhom::Person {
        let recipients = law::recipients(library, &situation);
        text.push_str(&format!(
            "\n{}\n\n{}",
            tell_heading(lang),
            law::printed_recipients(&recipients, lang, today)
        ));
        if let Some(first) = facts.first {
            let dates = law::deadlines(library, &situation, first, today);
            text.push_str(&format!(
                "\n{}\n\n{}",
                dates_heading(lang),
                law::printed_deadlines(&dates, lang, today)
            ));
        }
    }
    text.push('\n');
    text.push_str(&law::printed_disclaimer(lang));
    Ok(text)
}

fn to_print(
    case: &Case,
    plan: &Outcome,
    whom: ForWhom,
    lang: Lang,
    paper: Paper,
    context: &Context<'_>,
) -> sheet::Sheet {
    let sections = Phase::ALL.into_iter().filter_map(|phase| {
        let here = |step: &&Step| step.for_whom == whom && step.phase == phase;
        let steps: Vec<sheet::Step> =
            plan.steps.iter().filter(here).map(|step| step_to_print(step, lang)).collect();
        let heading = phase.shown().in_lang(lang).to_owned();
        (!steps.is_empty()).then_some(sheet::Section { heading, steps })
    });
    let lead = match lang {
        Lang::En => format!("As of {}. Tick what is done; dates are by when to do it.", plan.today),
        Lang::Es => format!("Al {}. Marque lo hecho; las fechas dicen hasta cuándo hacerlo.", plan.today),
    };
    sheet::Sheet {
        title: whom.shown().in_lang(lang).to_owned(),
        danger: danger(lang).to_owned(),
        lead,
        case: case.settings().name.clone(),
        sections: sections.collect(),
        tables: if whom == ForWhom::Person { tables(plan, lang) } else { Vec::new() },
        disclaimer: plan.disclaimer.clone(),
        language: match lang {
            Lang::En => Language::English,
            Lang::Es => Language::Spanish,
        },
        paper,
        now: context.now(),
        redress: context.redress.to_owned(),
    }
}

fn step_to_print(step: &Step, lang: Lang) -> sheet::Step {
    let (by, late) = match lang {
        Lang::En => ("by", ", overdue"),
        Lang::Es => ("hasta el", ", fuera de plazo"),
    };
    let late = if step.overdue { late } else { "" };
    let note = step.marked.as_ref().map_or_else(String::new, |marked| {
        let note = marked.note.as_deref().map_or_else(String::new, |note| format!(": {note}"));
        format!("{}, {}{note}", marked.by, marked.at)
    });
    sheet::Step {
        done: step.done,
        step: step.step.clone(),
        by: format!("({by} {}{late})", step.due),
        why: step.why.clone(),
        how: step.how.clone(),
        note,
        source: format!("{} · {}", step.source, step.standing).trim_start_matches([' ', '·']).to_owned(),
    }
}

fn tables(plan: &Outcome, lang: Lang) -> Vec<sheet::Table> {
    let channels = plan.channels.iter().map(|channel| {
        let lines = [&channel.contact, &channel.takes, &channel.caution];
        sheet::Row {
            title: channel.name.clone(),
            lines: lines.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
            source: channel.status.clone(),
        }
    });
    let dates = plan.deadlines.iter().map(|date| sheet::Row {
        title: format!("{} {}", date.last_day, date.what),
        lines: vec![date.rule_cited.clone(), date.basis.clone(), date.counsel.clone()],
        source: date.standing.clone(),
    });
    let mut tables = vec![sheet::Table { heading: tell_heading(lang).to_owned(), rows: channels.collect() }];
    if !plan.deadlines.is_empty() {
        tables.push(sheet::Table { heading: dates_heading(lang).to_owned(), rows: dates.collect() });
    }
    tables
}

const fn danger(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "In danger right now? Call 911 first.",
        Lang::Es => "¿Está en peligro ahora? Llame primero al 911.",
    }
}

const fn tell_heading(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Whom to tell",
        Lang::Es => "A quién avisar",
    }
}

const fn dates_heading(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Dates that may run out (shortest first)",
        Lang::Es => "Fechas que pueden vencer (primero la más corta)",
    }
}
