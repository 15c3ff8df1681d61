//! A plan on paper: what to do, by when, with boxes to tick; whom to tell; which dates may run out.
//!
//! It belongs to no package and to nobody but the person it is printed for. The caller gives sentences in one language and
//! no word of a post: a sheet may lie on a table.

use serde::Serialize;
use serde_json::{Value, json};
use values::Moment;

use crate::document::{self, Stock, Unwritten, shown};
use crate::recipient::{Language, Paper};
use crate::words;

/// A sheet to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its heading.
    pub title: String,
    /// What stands above everything, in a frame: call 911 first.
    pub danger: String,
    /// A sentence below the heading.
    pub lead: String,
    /// The name of the case, as its owner gave it.
    pub case: String,
    /// The steps, by when they are due.
    pub sections: Vec<Section>,
    /// Whom to tell, dates.
    pub tables: Vec<Table>,
    /// What has to stand below: no legal advice.
    pub disclaimer: String,
    /// The language of all of it.
    pub language: Language,
    /// The paper.
    pub paper: Paper,
    /// The moment it is made: printed on it, and the time inside the PDF.
    pub now: Moment,
    /// The version of redress.
    pub redress: String,
}

/// Steps under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Whether its box is ticked.
    pub done: bool,
    /// What to do.
    pub step: String,
    /// By when, as a phrase.
    pub by: String,
    /// Why.
    pub why: String,
    /// How.
    pub how: String,
    /// A remark, who did it; often empty.
    pub note: String,
    /// Where it was read and how far it can be relied on.
    pub source: String,
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The heading.
    pub heading: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What stands first.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<String>,
    /// Where it was read and how far it can be relied on.
    pub source: String,
}

/// Sets the sheet and returns the PDF (PDF/A-2a, PDF/UA-1). The same sheet gives the same bytes.
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>, Unwritten> {
    let mut data = json!({
        "title": sheet.title,
        "danger": sheet.danger,
        "lead": sheet.lead,
        "case": sheet.case,
        "sections": sheet.sections,
        "tables": sheet.tables,
        "disclaimer": sheet.disclaimer,
        "language": sheet.language.code(),
        "paper": sheet.paper.name(),
        "now": crate::view::brief(sheet.now),
        "redress": sheet.redress,
        "recipient_name": sheet.title,
        "subject_line": sheet.title,
        "demo": false,
    });
    show(&mut data);
    let words = words::all(sheet.language, &sheet.redress);
    let identity = format!("{} sheet {} {}", sheet.case, sheet.title, sheet.now);
    document::pdf(document::SHEET, &data, &Stock::new(&words), &identity, sheet.now)
}

/// Makes every text fit for paper.
fn show(value: &mut Value) {
    match value {
        Value::String(text) => *text = shown(text),
        Value::Array(items) => items.iter_mut().for_each(show),
        Value::Object(fields) => fields.values_mut().for_each(show),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
