//! Making or opening a case, and what must never leak.

use std::path::{Path, PathBuf};

use axum::extract::{Form, State};
use maud::{Markup, html};
use record::{PrivateSet, Role};
use serde::Deserialize;
use values::{Email, Handle, Phone, Plate};

use super::{Answer, Asked, Problem, Who, lang, off, show, to};
use crate::desk::{self, DeskError};
use crate::frame::{Here, form_token};
use crate::words::{self as w, Lang};

/// Case folders offered to open.
const OFFERED: usize = 20;

fn role_say(role: Role) -> w::Say {
    match role {
        Role::ElectionOfficial => w::ROLE_OFFICIAL,
        Role::ElectionWorker => w::ROLE_WORKER,
        Role::Postal => w::ROLE_POSTAL,
        Role::Contractor => w::ROLE_CONTRACTOR,
        Role::Volunteer => w::ROLE_VOLUNTEER,
        Role::Voter => w::ROLE_VOTER,
        Role::Candidate => w::ROLE_CANDIDATE,
        Role::Relative => w::ROLE_RELATIVE,
    }
}

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let found = cases(&app.setup.home);
    show(
        &app,
        &who,
        Here::Elsewhere,
        t.say(w::BEGIN_TITLE),
        &html! {
            h1 { (t.say(w::BEGIN_TITLE)) }
            p { (t.say(w::BEGIN_WORDS)) }
            @if !found.is_empty() {
                section {
                    h2 { (t.say(w::BEGIN_OPEN)) }
                    ul.rows {
                        @for case in &found {
                            li {
                                form method="post" action="/begin/open" {
                                    (form_token(&who, "/begin/open"))
                                    input type="hidden" name="folder" value=(case);
                                    button { (case) }
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { (t.say(w::BEGIN_NEW)) }
                form.tall method="post" action="/begin" {
                    (form_token(&who, "/begin"))
                    fieldset.roles {
                        legend { (t.say(w::BEGIN_ROLE)) }
                        @for role in Role::ALL {
                            label.choice {
                                input type="radio" name="role" value=(role.word()) required;
                                span { (t.say(role_say(role))) }
                            }
                        }
                    }
                    label for="state" { (t.say(w::BEGIN_STATE)) }
                    select #state name="state" required {
                        option value="" { "–" }
                        @for state in actions::new::STATES { option value=(state) { (state) } }
                    }
                    label for="folder" { (t.say(w::BEGIN_FOLDER)) }
                    p.quiet #folder-about { (t.say(w::BEGIN_FOLDER_ABOUT)) " " code { (app.setup.home.display()) } }
                    input #folder name="folder" value="my-case" required maxlength="80" pattern="[A-Za-z0-9 ._\\-]+" aria-describedby="folder-about" autocomplete="off";
                    p.go { button.main { (t.say(w::BEGIN_MAKE)) } }
                }
            }
        },
    )
}

/// Returns the folders in `home` that are cases, by name.
fn cases(home: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(home) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("case.toml").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    found.sort();
    found.truncate(OFFERED);
    found
}

/// Returns the folder in `home` that somebody named: one step down, never elsewhere.
fn folder(home: &Path, given: &str) -> Result<PathBuf, Problem> {
    let given = given.trim();
    let plain = given.chars().all(|c| c.is_alphanumeric() || " ._-".contains(c));
    if given.is_empty() || !plain || given.starts_with('.') || given.len() > 120 {
        return Err(Problem::say(w::BEGIN_BAD_FOLDER));
    }
    Ok(home.join(given))
}

#[derive(Deserialize)]
pub struct Made {
    role: String,
    state: String,
    folder: String,
}

pub async fn make(State(app): Asked, axum::Extension(who): Who, Form(made): Form<Made>) -> Answer {
    let root = folder(&app.setup.home, &made.folder)?;
    let role: Role = made.role.parse().map_err(Problem::told)?;
    let t = lang(&who);
    off(&app, move |app| {
        let request = actions::new::Request {
            root: &root,
            name: None,
            role,
            state: &made.state,
            language: t.code(),
            private: None,
            keep_until: None,
        };
        let (case, _) = actions::new::new(&request, &app.context(&app.setup.by))?;
        app.desk.take_new(case)?;
        desk::prepare(app);
        Ok(())
    })
    .await?;
    Ok(to("/save"))
}

#[derive(Deserialize)]
pub struct Opened {
    folder: String,
}

pub async fn open(State(app): Asked, Form(opened): Form<Opened>) -> Answer {
    let root = folder(&app.setup.home, &opened.folder)?;
    off(&app, move |app| {
        app.desk.open(&root, app.setup.redress)?;
        desk::prepare(app);
        Ok(())
    })
    .await?;
    Ok(to("/"))
}

/// The fields of the form, with what each is for.
const FIELDS: &[(&str, w::Say, w::Say)] = &[
    ("names", w::PRIVATE_NAMES, w::PRIVATE_NAMES_LIKE),
    ("addresses", w::PRIVATE_ADDRESSES, w::PRIVATE_ADDRESSES_LIKE),
    ("phones", w::PRIVATE_PHONES, w::PRIVATE_PHONES_LIKE),
    ("emails", w::PRIVATE_EMAILS, w::PRIVATE_EMAILS_LIKE),
    ("plates", w::PRIVATE_PLATES, w::PRIVATE_PLATES_LIKE),
    ("family", w::PRIVATE_FAMILY, w::PRIVATE_FAMILY_LIKE),
    ("schools", w::PRIVATE_SCHOOLS, w::PRIVATE_NONE),
    ("workplaces", w::PRIVATE_WORKPLACES, w::PRIVATE_NONE),
    ("handles", w::PRIVATE_HANDLES, w::PRIVATE_NONE),
    ("other", w::PRIVATE_OTHER, w::PRIVATE_NONE),
];

fn lines(set: &PrivateSet, field: &str) -> String {
    let lines: Vec<String> = match field {
        "names" => set.names.clone(),
        "addresses" => set.addresses.clone(),
        "phones" => set.phones.iter().map(|phone| phone.as_str().to_owned()).collect(),
        "emails" => set.emails.iter().map(|email| email.as_str().to_owned()).collect(),
        "plates" => set.plates.iter().map(|plate| plate.as_str().to_owned()).collect(),
        "family" => set.family.clone(),
        "schools" => set.schools.clone(),
        "workplaces" => set.workplaces.clone(),
        "handles" => set.handles.iter().map(|handle| handle.as_str().to_owned()).collect(),
        _ => set.other.clone(),
    };
    lines.join("\n")
}

pub async fn private(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let set = off(&app, |app| app.desk.read(|reader| Ok(reader.private()?))).await?;
    show(&app, &who, Here::Settings, t.say(w::PRIVATE_TITLE), &form(t, &who, &set))
}

fn form(t: Lang, who: &crate::session::Session, set: &PrivateSet) -> Markup {
    html! {
        h1 { (t.say(w::PRIVATE_TITLE)) }
        p { (t.say(w::PRIVATE_WORDS)) }
        form.tall method="post" action="/private" autocomplete="off" {
            (form_token(who, "/private"))
            @for (name, label, like) in FIELDS {
                label for=(name) { (t.say(*label)) @if !t.say(*like).is_empty() { span.quiet { " " (t.say(*like)) } } }
                textarea #(name) name=(name) rows="2" spellcheck="false" maxlength="4000" { (lines(set, name)) }
            }
            p.go { button.main { (t.say(w::PRIVATE_KEEP)) } }
        }
    }
}

#[derive(Deserialize)]
pub struct Kept {
    #[serde(default)]
    names: String,
    #[serde(default)]
    addresses: String,
    #[serde(default)]
    phones: String,
    #[serde(default)]
    emails: String,
    #[serde(default)]
    plates: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    schools: String,
    #[serde(default)]
    workplaces: String,
    #[serde(default)]
    handles: String,
    #[serde(default)]
    other: String,
}

fn each(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Reads each line, or says which of them cannot be read: nothing is dropped in silence.
fn read<T>(text: &str, new: impl Fn(&str) -> Option<T>, t: Lang) -> Result<Vec<T>, Problem> {
    each(text)
        .iter()
        .map(|line| new(line).ok_or_else(|| Problem::told(t.fill(w::PRIVATE_BAD, &[("line", line)]))))
        .collect()
}

pub async fn keep_private(State(app): Asked, axum::Extension(who): Who, Form(kept): Form<Kept>) -> Answer {
    let t = lang(&who);
    let set = PrivateSet {
        names: each(&kept.names),
        addresses: each(&kept.addresses),
        phones: read(&kept.phones, Phone::new, t)?,
        emails: read(&kept.emails, Email::new, t)?,
        plates: read(&kept.plates, Plate::new, t)?,
        family: each(&kept.family),
        schools: each(&kept.schools),
        workplaces: each(&kept.workplaces),
        handles: read(&kept.handles, Handle::new, t)?,
        other: each(&kept.other),
    };
    off(&app, move |app| {
        app.desk.write(|case| Ok(case.set_private(&set)?))?;
        // No line of the ledger says so, and yet pages show it.
        app.desk.known.stirred();
        Ok::<_, DeskError>(())
    })
    .await?;
    who.say(t.say(w::PRIVATE_KEPT));
    // What was found before is looked through again, now that exposures of exactly these can be told.
    let posts = off(&app, |app| app.desk.read(|reader| Ok(reader.view().counts()?.posts))).await?;
    if posts > 0 {
        desk::look_through(&app, super::by(&app, &who));
        return Ok(to("/working"));
    }
    Ok(to("/save"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_one_step_down_and_never_elsewhere() {
        let home = Path::new("/home/example");
        for bad in ["", "..", ".", "../x", "a/b", "/etc", ".ssh", "a\\b", "a\u{0}b"] {
            assert!(folder(home, bad).is_err(), "{bad:?}");
        }
        assert_eq!(folder(home, " my case ").unwrap(), home.join("my case"));
    }
}
