//! The plan on paper: one sheet for the person, one for family and household, one for the employer.
//!
//! Plain text of 80 columns, which every printer and every phone shows. The person's sheet also says whom to tell and
//! which dates may run out. None of them holds a word of a post, a name or an address: a sheet may lie on a table.

use case::Case;
use law::{ForWhom, Lang};

use super::{marks, today};
use crate::situation::Facts;
use crate::{ActionError, Context};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// For whom.
    pub whom: ForWhom,
    /// The name of its file, without a folder.
    pub file: &'static str,
    /// What it says.
    pub text: String,
}

/// Writes the three sheets of a case.
pub fn sheets(case: &Case, language: &str, context: &Context<'_>) -> Result<Vec<Sheet>, ActionError> {
    let lang = Lang::of(language);
    let library = context.library();
    let facts = Facts::gather(case, true)?;
    let speakers = facts.speaker_states();
    let situation = facts.situation(&speakers);
    let today = today(context.now())?;
    let done = marks::done(&marks::of(case)?);
    let plan = law::plan_since(library, &situation, &facts.known, today).with_done(&done);
    let deadlines = match facts.first {
        Some(first) => law::deadlines(library, &situation, first, today),
        None => Vec::new(),
    };
    let recipients = law::recipients(library, &situation);
    let sheets = ForWhom::ALL.map(|whom| {
        let mut text = match lang {
            Lang::En => "In danger right now? Call 911 first.\n\n".to_owned(),
            Lang::Es => "¿Está en peligro ahora? Llame primero al 911.\n\n".to_owned(),
        };
        text.push_str(&plan.printed(whom, lang));
        if whom == ForWhom::Person {
            let (tell, dates) = match lang {
                Lang::En => ("Whom to tell", "Dates that may run out (shortest first)"),
                Lang::Es => ("A quién avisar", "Fechas que pueden vencer (primero la más corta)"),
            };
            text.push_str(&format!("\n{tell}\n\n{}", law::printed_recipients(&recipients, lang, today)));
            if !deadlines.is_empty() {
                text.push_str(&format!("\n{dates}\n\n{}", law::printed_deadlines(&deadlines, lang, today)));
            }
        }
        text.push('\n');
        text.push_str(&law::printed_disclaimer(lang));
        Sheet { whom, file: file(whom), text }
    });
    Ok(sheets.into())
}

const fn file(whom: ForWhom) -> &'static str {
    match whom {
        ForWhom::Person => "plan-for-you.txt",
        ForWhom::Family => "plan-for-family.txt",
        ForWhom::Employer => "plan-for-employer.txt",
    }
}
