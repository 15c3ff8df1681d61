//! The library: every row, read once from the data that is part of the program, with packs laid over it.
//!
//! A file of data holds `[[table]]` rows in English; the file `*.es.toml` beside it holds the Spanish by row id. The two
//! are laid together before the rows are read, so that inside the house a text always has both.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::rows::{
    Channel, ClaimRow, Limit, Origin, PlatformRule, Precedent, Provision, Row, StateDefamation, Step,
};

/// Why data could not be read as rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// A file is no TOML.
    #[error("{file} is not readable as TOML: {why}")]
    Toml {
        /// The file.
        file: String,
        /// What the reader said.
        why: String,
    },
    /// A row is not as the documentation of the data says.
    #[error("{file}, row “{id}”: {why}")]
    Row {
        /// The file.
        file: String,
        /// The row's id, or its number.
        id: String,
        /// What is wrong.
        why: String,
    },
}

/// Everything redress knows of rules, law, recipients, deadlines and steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Laws and doctrines.
    pub provisions: Vec<Provision>,
    /// Time to sue over a statement, by state.
    pub defamation: Vec<StateDefamation>,
    /// Other time limits.
    pub limits: Vec<Limit>,
    /// Platform rules.
    pub rules: Vec<PlatformRule>,
    /// Recipients, by rank.
    pub channels: Vec<Channel>,
    /// Comparable cases.
    pub precedents: Vec<Precedent>,
    /// Steps, in order.
    pub steps: Vec<Step>,
    /// Claims.
    pub claims: Vec<ClaimRow>,
}

/// The files of data: name, English, Spanish.
const FILES: [(&str, &str, &str); 8] = [
    ("laws.toml", include_str!("../data/laws.toml"), include_str!("../data/laws.es.toml")),
    ("defamation.toml", include_str!("../data/defamation.toml"), include_str!("../data/defamation.es.toml")),
    ("limits.toml", include_str!("../data/limits.toml"), include_str!("../data/limits.es.toml")),
    ("platforms.toml", include_str!("../data/platforms.toml"), include_str!("../data/platforms.es.toml")),
    ("channels.toml", include_str!("../data/channels.toml"), include_str!("../data/channels.es.toml")),
    ("precedents.toml", include_str!("../data/precedents.toml"), include_str!("../data/precedents.es.toml")),
    ("steps.toml", include_str!("../data/steps.toml"), include_str!("../data/steps.es.toml")),
    ("claims.toml", include_str!("../data/claims.toml"), include_str!("../data/claims.es.toml")),
];

impl Library {
    /// Returns the library that is part of the program. Read at the first call, then kept.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Library> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            // The text is fixed at build time and the tests of this file read all of it.
            Self::read(&FILES).expect("the shipped data is read by a test")
        })
    }

    /// Returns a library of the shipped claims and nothing else: whoever reads posts needs no law, and five sixths of the
    /// data are law.
    pub(crate) fn shipped_claims() -> &'static Self {
        static CLAIMS: OnceLock<Library> = OnceLock::new();
        CLAIMS.get_or_init(|| {
            let files: Vec<_> = FILES.into_iter().filter(|(name, ..)| *name == "claims.toml").collect();
            Self::read(&files).expect("the shipped data is read by a test")
        })
    }

    /// Returns the names of the files of data, without those of the Spanish beside them.
    pub fn file_names() -> [&'static str; FILES.len()] {
        FILES.map(|(name, ..)| name)
    }

    /// Reads files of data: name, rows, Spanish by row id (may be empty).
    ///
    /// Errors at the first row that is not as `data/README.md` says.
    pub fn read(files: &[(&str, &str, &str)]) -> Result<Self, LibraryError> {
        let mut library = Self {
            provisions: Vec::new(),
            defamation: Vec::new(),
            limits: Vec::new(),
            rules: Vec::new(),
            channels: Vec::new(),
            precedents: Vec::new(),
            steps: Vec::new(),
            claims: Vec::new(),
        };
        for (file, rows, spanish) in files {
            library.lay(file, rows, spanish)?;
        }
        Ok(library)
    }

    /// Lays the rows of one file over what is there: a row with a known id replaces that row, another is added.
    pub(crate) fn lay(&mut self, file: &str, rows: &str, spanish: &str) -> Result<(), LibraryError> {
        for (name, rows) in joined(file, rows, spanish)? {
            let Value::Array(rows) = rows else {
                return Err(wrong(file, &name, "only [[tables]] of rows may stand here"));
            };
            match name.as_str() {
                Provision::TABLE => put(&mut self.provisions, file, rows)?,
                StateDefamation::TABLE => put(&mut self.defamation, file, rows)?,
                Limit::TABLE => put(&mut self.limits, file, rows)?,
                PlatformRule::TABLE => put(&mut self.rules, file, rows)?,
                Channel::TABLE => put(&mut self.channels, file, rows)?,
                Precedent::TABLE => put(&mut self.precedents, file, rows)?,
                Step::TABLE => put(&mut self.steps, file, rows)?,
                ClaimRow::TABLE => put(&mut self.claims, file, rows)?,
                _ => return Err(wrong(file, &name, "redress knows no table of this name")),
            }
        }
        self.defamation.iter_mut().for_each(StateDefamation::gather_sources);
        self.channels.sort_by_key(|row| row.rank);
        self.steps.sort_by_key(|row| row.order);
        Ok(())
    }

    /// Returns the row of a state's defamation law.
    pub fn defamation_of(&self, state: &str) -> Option<&StateDefamation> {
        self.defamation.iter().find(|row| row.jurisdiction == state)
    }

    /// Returns a claim of the library.
    pub fn claim(&self, id: &str) -> Option<&ClaimRow> {
        self.claims.iter().find(|row| row.id() == id)
    }

    /// Returns the claims as the record knows them, with their texts in `lang`; the paraphrases are the same in both.
    pub fn claims_in(&self, lang: crate::text::Lang) -> Vec<record::Claim> {
        self.claims.iter().map(|row| row.as_claim(lang)).collect()
    }

    /// Calls `each` with every row of every table, as what all rows have in common.
    pub fn each_row<'a>(&'a self, each: &mut dyn FnMut(RowView<'a>)) {
        fn all<'a, R: Row>(rows: &'a [R], each: &mut dyn FnMut(RowView<'a>)) {
            for row in rows {
                each(RowView { table: R::TABLE, origin: row.origin(), shown: row.shown() });
            }
        }
        all(&self.provisions, each);
        all(&self.defamation, each);
        all(&self.limits, each);
        all(&self.rules, each);
        all(&self.channels, each);
        all(&self.precedents, each);
        all(&self.steps, each);
        all(&self.claims, each);
    }
}

/// Returns the sentence on how old the library is: when its rows were last read, and what “unverified” means beside one.
pub fn ages_shown(library: &Library, today: crate::Day) -> crate::Text {
    let (mut oldest, mut newest): (Option<crate::Day>, Option<crate::Day>) = (None, None);
    library.each_row(&mut |row| {
        if let Some(on) = row.origin.verified_on.filter(|_| !row.origin.unverified()) {
            oldest = Some(oldest.map_or(on, |day| day.min(on)));
            newest = Some(newest.map_or(on, |day| day.max(on)));
        }
    });
    let (Some(oldest), Some(newest)) = (oldest, newest) else {
        return crate::Text::new("No row's source was read.", "No se leyó la fuente de ninguna fila.");
    };
    let days = crate::days_between(oldest, today).max(0);
    let (between, entre) = match oldest == newest {
        true => (format!("on {oldest}"), format!("el {oldest}")),
        false => (format!("between {oldest} and {newest}"), format!("entre el {oldest} y el {newest}")),
    };
    let (old, viejas) = match days > crate::STALE_AFTER_DAYS {
        true => (" That is old: check each before use.", " Es antiguo: compruebe cada una antes de usarla."),
        false => ("", ""),
    };
    crate::Text::new(
        format!(
            "The sources were read {between}, the oldest {days} days ago.{old} “Unverified” means that nobody read it: check it first."
        ),
        format!(
            "Las fuentes se leyeron {entre}, la más antigua hace {days} días.{viejas} «Sin verificar» quiere decir que nadie la leyó: compruébela antes."
        ),
    )
}

/// A row of any table, seen as what all have in common.
#[derive(Debug)]
pub struct RowView<'a> {
    /// Its table.
    pub table: &'static str,
    /// Where it comes from.
    pub origin: &'a Origin,
    /// Its texts.
    pub shown: Vec<(&'static str, &'a crate::text::Text)>,
}

fn wrong(file: &str, id: &str, why: impl Into<String>) -> LibraryError {
    LibraryError::Row { file: file.to_owned(), id: id.to_owned(), why: why.into() }
}

/// Returns the tables of one file with both languages in each row.
pub(crate) fn joined(file: &str, rows: &str, spanish: &str) -> Result<Table, LibraryError> {
    let mut english = table(file, rows)?;
    let spanish = table(&file.replace(".toml", ".es.toml"), spanish)?;
    lay_spanish(file, &mut english, spanish)?;
    Ok(english)
}

fn table(file: &str, text: &str) -> Result<Table, LibraryError> {
    text.parse::<Table>().map_err(|error| LibraryError::Toml {
        file: file.to_owned(),
        why: {
            let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
            let number = before.matches('\n').count() + 1;
            let line = text.lines().nth(number - 1).unwrap_or_default();
            format!("line {number}: {} (“{}”)", error.message().trim_end().replace('\n', " "), line.trim())
        },
    })
}

/// Turns `"words"` of an English row into `{ en = "words", es = "palabras" }` for every field its Spanish row names.
fn lay_spanish(file: &str, english: &mut Table, mut spanish: Table) -> Result<(), LibraryError> {
    for (_, rows) in english.iter_mut() {
        let Value::Array(rows) = rows else { continue };
        for row in rows {
            let Value::Table(row) = row else { continue };
            let Some(id) = row.get("id").and_then(Value::as_str).map(str::to_owned) else { continue };
            let Some(Value::Table(words)) = spanish.remove(&id) else { continue };
            for (field, words) in words {
                let Some(slot) = row.get_mut(&field) else {
                    return Err(wrong(file, &id, format!("the Spanish has “{field}”, the row does not")));
                };
                *slot = together(slot.clone(), words)
                    .map_err(|why| wrong(file, &id, format!("the Spanish of “{field}” {why}")))?;
            }
        }
    }
    match spanish.keys().next() {
        Some(id) => Err(wrong(file, id, "the Spanish file has a row that the English one does not")),
        None => Ok(()),
    }
}

fn together(english: Value, spanish: Value) -> Result<Value, String> {
    match (english, spanish) {
        (Value::String(en), Value::String(es)) => {
            Ok(Value::Table(Table::from_iter([("en".into(), en.into()), ("es".into(), es.into())])))
        }
        (Value::Array(en), Value::Array(es)) if en.len() == es.len() => en
            .into_iter()
            .zip(es)
            .map(|(en, es)| together(en, es))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        (Value::Array(en), Value::Array(es)) => {
            Err(format!("has {} entries, the English {}", es.len(), en.len()))
        }
        // An element or a defendant: a table with one text in it.
        (Value::Table(mut row), es @ Value::String(_)) => {
            let name = ["ask", "role"].into_iter().find(|name| row.contains_key(*name));
            let name = name.ok_or("belongs to a table without a text")?;
            let en = row.remove(name).ok_or("belongs to a table without a text")?;
            row.insert(name.into(), together(en, es)?);
            Ok(Value::Table(row))
        }
        _ => Err("is not of the same shape as the English".to_owned()),
    }
}

fn put<R: Row + DeserializeOwned>(
    into: &mut Vec<R>,
    file: &str,
    rows: Vec<Value>,
) -> Result<(), LibraryError> {
    let mut here = BTreeSet::new();
    for (number, row) in rows.into_iter().enumerate() {
        let Value::Table(mut row) = row else {
            return Err(wrong(file, &format!("number {}", number + 1), "is not a table"));
        };
        let named = row.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
        let named = named.unwrap_or_else(|| format!("number {}", number + 1));
        let origin = origin_of(&mut row).map_err(|why| wrong(file, &named, why))?;
        let id = origin.id.clone();
        if !here.insert(id.clone()) {
            return Err(wrong(file, &id, "this id is used twice"));
        }
        let read: R = Value::Table(row.clone())
            .try_into()
            .map_err(|error| wrong(file, &id, in_field::<R>(&row, &error)))?;
        let read = read.with_origin(origin);
        match into.iter().position(|row| row.id() == id) {
            Some(place) => into[place] = read,
            None => into.push(read),
        }
    }
    Ok(())
}

/// Returns what is wrong with a row, with the field it is about: the one without which the reader complains of something else.
fn in_field<R: DeserializeOwned>(row: &Table, error: &toml::de::Error) -> String {
    let message = error.message().trim_end().to_owned();
    let other = |name: &&String| {
        let mut rest = row.clone();
        rest.remove(*name);
        let read: Result<R, toml::de::Error> = Value::Table(rest).try_into();
        read.map_or_else(|error| error.message().trim_end() != message, |_| true)
    };
    match row.keys().find(other) {
        Some(name) if !message.contains(&format!("`{name}`")) => format!("“{name}”: {message}"),
        _ => message,
    }
}

/// Takes what all rows have in common out of a row.
fn origin_of(row: &mut Table) -> Result<Origin, String> {
    let mut text = |name: &str| match row.remove(name) {
        Some(Value::String(text)) => Ok(text),
        None => Ok(String::new()),
        Some(_) => Err(format!("“{name}” must be a text in quotes")),
    };
    let id = text("id")?;
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)) {
        return Err(format!("“{id}” is no id: use letters, digits, dash and dot"));
    }
    let (source, check_at, note) = (text("source")?, text("check_at")?, text("note")?);
    let verified_on = match text("verified_on")? {
        day if day.is_empty() => None,
        day => Some(day.parse().map_err(|_| format!("verified_on “{day}” is not a day like 2026-11-23"))?),
    };
    let mut list = |name: &str| match row.remove(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(values)) => values
            .into_iter()
            .map(|value| value.as_str().map(str::to_owned).ok_or(format!("“{name}” must be a list of texts")))
            .collect(),
        Some(_) => Err(format!("“{name}” must be a list of texts")),
    };
    let (mut sources, mut also) = (list("sources")?, list("also_seen")?);
    let weak = list("replace_before_shipping")?;
    let seen = match row.remove("seen") {
        Some(Value::Boolean(seen)) => seen,
        _ => return Err("“seen” must be true or false".to_owned()),
    };
    if !source.is_empty() {
        sources.insert(0, source);
    }
    if !check_at.is_empty() {
        also.push(check_at);
    }
    Ok(Origin { id, sources, also, seen, verified_on, weak, note })
}
