//! Saving what somebody has: files and folders, one request for each file, written to the disk as they come.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actions::files::Found;
use actions::import::{self, Became, asks};
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use maud::html;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;
use values::Severity;

use super::{Answer, Asked, Problem, Who, by, framed, html as answer, kind_say, lang, number, off, show, to};
use crate::desk::{self, DeskError};
use crate::frame::{Here, form_token};
use crate::words::{self as w, Lang};
use crate::{App, pages};

/// The most bytes of one file sent here. Larger ones are taken in with `redress import`.
const FILE_BYTES: u64 = 8 << 30;
/// How long a file may stop coming.
const PAUSE: Duration = Duration::from_secs(30);
/// Troubles told for one file.
const TOLD: usize = 4;

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let counts = off(&app, |app| app.desk.read(|reader| Ok(reader.view().counts()?))).await?;
    let body = html! {
        h1 { (t.say(w::SAVE_TITLE)) }
        p { (t.say(w::SAVE_WORDS)) }
        div.drop #drop data-form=(who.form(pages::UPLOAD)) data-left=(t.say(w::SAVE_LEFT)) data-sending=(t.say(w::SAVE_SENDING))
            data-reading=(t.say(w::SAVE_READING)) data-failed=(t.say(w::SAVE_FAILED)) data-answer=(t.say(w::DATES_ANSWER)) {
            p.big #drop-words { (t.say(w::SAVE_DROP)) }
            p.pick {
                label.button.main for="files" { (t.say(w::SAVE_FILES)) }
                input.unseen #files type="file" multiple;
                label.button for="folder" { (t.say(w::SAVE_FOLDER)) }
                input.unseen #folder type="file" webkitdirectory multiple;
            }
        }
        p #progress role="status" {}
        ul.files #list {}
        noscript { p { (t.say(w::SAVE_NO_SCRIPT)) } }
        form.go #after method="post" action="/look" hidden[counts.posts == 0] {
            (form_token(&who, "/look"))
            button.main data-key="n" { (t.say(w::SAVE_LOOK)) }
            p.quiet { (t.say(w::SAVE_LOOK_ABOUT)) }
        }
        section {
            h2 { (t.say(w::SAVE_SEVEN)) }
            p { (t.say(w::SAVE_SEVEN_WORDS)) }
            ol.seven {
                li { (t.say(w::SAVE_SEVEN_1)) }
                li { (t.say(w::SAVE_SEVEN_2)) }
                li { (t.say(w::SAVE_SEVEN_3)) }
            }
            p.quiet { (t.say(w::SAVE_SEVEN_HOW)) }
        }
        p { a href="/private" { (t.say(w::SAVE_PRIVATE)) } }
        @if counts.captures > 0 {
            p { a href="/kept" { (t.fill(w::SAVE_KEPT, &[("n", &number(counts.captures))])) } }
        }
    };
    Ok(answer(framed(&app, &who, Here::Save, t.say(w::SAVE_TITLE), &["/a/save.js"], &body)))
}

#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    name: String,
}

/// What became of one file, as the page tells it.
#[derive(Serialize)]
struct Told {
    became: &'static str,
    words: String,
    troubles: Vec<String>,
    /// What the file leaves open and a person can say.
    asks: Option<&'static str>,
}

/// Takes one file. Its name is only ever a name: the bytes are written to a file of our own naming.
pub async fn file(
    State(app): Asked,
    axum::Extension(who): Who,
    Query(sent): Query<Sent>,
    request: Request,
) -> Answer {
    let t = lang(&who);
    let name = plain_name(&sent.name);
    let root = off(&app, |app| app.desk.read(|reader| Ok(reader.root().to_owned()))).await?;
    let draft = Draft::at(root.join("incoming"))?;
    let told = match receive(request.into_body(), &draft.path).await {
        Err(words) => {
            Told { became: "refused", words: t.say(words).to_owned(), troubles: Vec::new(), asks: None }
        }
        Ok(()) => {
            let (path, name) = (draft.path.clone(), name.clone());
            let by = by(&app, &who);
            let outcome = off(&app, move |app| take(app, path, name, &by)).await?;
            outcome.files.first().map_or_else(
                || Told {
                    became: "refused",
                    words: t.say(w::OUR_FAULT).to_owned(),
                    troubles: Vec::new(),
                    asks: None,
                },
                |file| told(file, t),
            )
        }
    };
    drop(draft);
    Ok(Json(told).into_response())
}

fn take(app: &Arc<App>, path: PathBuf, name: String, by: &str) -> Result<import::Outcome, DeskError> {
    let options = intake::Options::plain(intake::Limits::ordinary());
    app.desk.write(|case| import::import_found(case, &[Found { path, name }], &options, &app.context(by)))
}

/// A file on its way in; gone when dropped.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn at(folder: PathBuf) -> Result<Self, Problem> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| Problem::told(error.to_string()))?;
        std::fs::create_dir_all(&folder).map_err(|error| Problem::told(error.to_string()))?;
        let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { path: folder.join(name) })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // The case keeps its own copy; where this one cannot be removed it is only in the way.
        let _gone = std::fs::remove_file(&self.path);
        if let Some(folder) = self.path.parent() {
            let _others_are_coming = std::fs::remove_dir(folder);
        }
    }
}

async fn receive(mut body: Body, path: &PathBuf) -> Result<(), w::Say> {
    let mut file = tokio::fs::File::create(path).await.map_err(|_| w::SAVE_DISK)?;
    let mut size = 0_u64;
    loop {
        let frame = tokio::time::timeout(PAUSE, body.frame()).await.map_err(|_| w::SAVE_STOPPED)?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| w::SAVE_STOPPED)?;
        let Ok(bytes) = frame.into_data() else { continue };
        size += bytes.len() as u64;
        if size > FILE_BYTES {
            return Err(w::SAVE_TOO_LARGE);
        }
        file.write_all(&bytes).await.map_err(|_| w::SAVE_DISK)?;
    }
    file.flush().await.map_err(|_| w::SAVE_DISK)
}

/// The name as it is shown and kept: the path below what was dropped, without steps out of it and signs that steer.
fn plain_name(given: &str) -> String {
    let parts: Vec<String> = given
        .split(['/', '\\'])
        .map(|part| {
            part.chars().filter(|c| !c.is_control() && !is_steering(*c)).take(160).collect::<String>()
        })
        .filter(|part: &String| !part.is_empty() && part != "." && part != "..")
        .collect();
    let name = parts[parts.len().saturating_sub(8)..].join("/");
    if name.is_empty() { "capture".to_owned() } else { name }
}

fn is_steering(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn told(file: &import::FileOutcome, t: Lang) -> Told {
    let asked = |trouble: &values::Trouble| asks::ORDER.contains(&trouble.code.as_ref());
    // What a person can answer is asked, and not told as something wrong.
    let mut troubles: Vec<String> = file
        .troubles
        .iter()
        .filter(|trouble| trouble.severity > Severity::Note && !asked(trouble) && trouble.code != asks::ZONE)
        .take(TOLD)
        .map(|trouble| w::trouble(trouble, t))
        .filter(|words| !actions::screens::gentle::is_harsh(words))
        .collect();
    let asks = if file.troubles.iter().any(asked) {
        Some(t.say(w::DATES_ASKED))
    } else {
        file.troubles.iter().any(|trouble| trouble.code == asks::ZONE).then(|| t.say(w::DATES_ZONE_ASKED))
    };
    let posts = number(file.posts);
    let (became, words) = match &file.became {
        Became::Imported if file.posts > 0 => ("kept", t.fill(w::SAVE_IS_READ, &[("n", &posts)])),
        Became::Imported => ("kept", t.say(w::SAVE_IS_KEPT).to_owned()),
        Became::AlreadyThere => ("there", t.say(w::SAVE_IS_THERE).to_owned()),
        Became::Refused { code, what, next } => ("refused", w::refusal(code, what, next, t)),
    };
    if file.stripped_from.is_some() {
        troubles.insert(0, t.say(w::SAVE_STRIPPED).to_owned());
    }
    Told { became, words, troubles, asks }
}

pub async fn look(State(app): Asked, axum::Extension(who): Who) -> Answer {
    desk::look_through(&app, by(&app, &who));
    Ok(to("/working"))
}

pub async fn working(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let job = app.desk.job();
    if job.running {
        return show(
            &app,
            &who,
            Here::Save,
            t.say(w::WORKING_TITLE),
            &html! {
                h1 { (t.say(w::WORKING_TITLE)) }
                p { (t.say(w::WORKING_WORDS)) }
                div #working data-working="/working.json" {
                    progress #bar max="100" aria-label=(t.say(w::WORKING_TITLE)) {}
                }
                noscript { p { a href="/working" { (t.say(w::WORKING_AGAIN)) } } }
            },
        );
    }
    let found = match &job.outcome {
        None => return Ok(to("/case")),
        Some(Err(words)) => return Err(Problem::told(words.clone())),
        Some(Ok(found)) => found.clone(),
    };
    show(
        &app,
        &who,
        Here::Save,
        t.say(w::FOUND_TITLE),
        &html! {
            h1 { (t.say(w::FOUND_TITLE)) }
            p { (t.fill(w::FOUND_WORDS, &[("n", &number(found.posts))])) }
            @if found.counting.is_empty() { p { (t.say(w::FOUND_NOTHING)) } }
            @else {
                ul.tally {
                    @for (kind, count) in &found.counting {
                        li { span.count { (number(*count)) } " " @if let Ok(kind) = kind.parse() { (t.say(kind_say(kind))) } }
                    }
                }
                p { (t.say(w::FOUND_HIDDEN)) }
            }
            p.go { a.button.main href="/case" data-key="n" { (t.say(w::FOUND_GO)) } }
        },
    )
}

#[derive(Serialize)]
struct Progress {
    running: bool,
    done: u64,
    total: Option<u64>,
}

pub async fn working_json(State(app): Asked) -> Answer {
    Ok(told_progress(&app.desk.job()))
}

/// Answers with how far something is, for a page's script.
pub fn told_progress(job: &desk::Job) -> Response {
    Json(Progress { running: job.running, done: job.done, total: job.total }).into_response()
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(plain_name("../../etc/passwd"), "etc/passwd");
        assert_eq!(plain_name("C:\\Users\\a\\shot.png"), "C:/Users/a/shot.png");
        assert_eq!(plain_name("a\u{202e}gnp.exe"), "agnp.exe");
        assert_eq!(plain_name("/.././"), "capture");
        assert_eq!(plain_name("saved/day 1/IMG_0412.PNG"), "saved/day 1/IMG_0412.PNG");
        assert!(plain_name(&"x".repeat(10_000)).len() <= 160);
    }
}
