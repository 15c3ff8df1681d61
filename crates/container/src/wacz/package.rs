//! The manifest of a collection, and its list of pages.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use serde_json::Value;
use values::{Place, Severity, Trouble};

use super::{AGAIN, MANIFEST, WRITER, trouble};
use crate::judgement::Troubles;
use crate::{Limits, json};

/// What `datapackage.json` says.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Whether it is a collection of collections.
    pub multi: bool,
    /// The files it lists.
    pub resources: Vec<Resource>,
}

/// A file as the manifest lists it.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// Where it lies in the archive.
    pub path: String,
    /// Its digest as written.
    pub hash: Option<String>,
    /// Its size.
    pub bytes: Option<u64>,
}

impl Package {
    /// Reads the manifest; what is missing or wrong in it is said.
    pub fn read(value: &Value, troubles: &mut Troubles) -> Self {
        let mut push = |code, severity, what: String, next: &str| {
            troubles.push(trouble(code, severity, what, next).at(Place::whole().inside(MANIFEST)));
        };
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let profile = text("profile");
        let version = text("wacz_version");
        let shown = |text: &str| text.chars().take(40).collect::<String>();
        match (profile, version) {
            // 1.2.0 names its profile and no longer its version.
            (Some("wacz" | "multi-wacz-package"), None)
            | (_, Some("1.0.0" | "1.1.0" | "1.1.1" | "1.2.0")) => {}
            (_, Some(other)) => {
                let what = format!(
                    "There is no WACZ version “{}” that is known here; it was read as 1.2.0.",
                    shown(other)
                );
                push("wacz.version", Severity::Warn, what, "Check it with the tool that wrote it, too.");
            }
            (_, None) => {
                let what =
                    "The manifest does not say which version of WACZ it follows; it was read as 1.1.1.";
                push("wacz.version", Severity::Warn, what.into(), WRITER);
            }
        }
        if let Some(other) = profile
            && !matches!(other, "data-package" | "wacz" | "multi-wacz-package" | "tabular-data-package")
        {
            let what = format!("The manifest names the unknown profile “{}”.", shown(other));
            push("wacz.profile", Severity::Warn, what, "Check it with the tool that wrote it, too.");
        }
        let mut package = Self { multi: profile == Some("multi-wacz-package"), resources: Vec::new() };
        let Some(list) = value.get("resources").and_then(Value::as_array) else {
            let what = "The manifest lists no files, so nothing in the collection is protected by it.";
            push("wacz.no_resources", Severity::Invalid, what.into(), AGAIN);
            return package;
        };
        let mut seen = BTreeSet::new();
        for item in list {
            let field = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            let Some(path) = field("path").or_else(|| field("url").filter(|_| package.multi)) else {
                let what = "An entry of the manifest does not say which file it means.";
                push("wacz.resource_path", Severity::Invalid, what.into(), WRITER);
                continue;
            };
            if !seen.insert(path.clone()) {
                let what =
                    format!("The manifest lists “{}” twice; readers disagree which counts.", shown(&path));
                push("wacz.resource_repeated", Severity::Invalid, what, AGAIN);
            }
            let bytes = item.get("bytes").and_then(Value::as_u64);
            if bytes.is_none() && !package.multi {
                let what = format!("The manifest does not state the size of “{}”.", shown(&path));
                push("wacz.no_bytes", Severity::Warn, what, WRITER);
            }
            package.resources.push(Resource { path, hash: field("hash"), bytes });
        }
        package
    }
}

/// Checks the list of pages (WACZ 1.1.1, section 5.3.1): a head, then a page on each line. What is wrong is said once.
pub fn pages(source: &mut dyn Read, limits: &Limits, troubles: &mut Troubles) {
    let mut source = BufReader::new(source);
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        match (&mut source).take(limits.text).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(trouble) = page(&line, number, limits) {
            troubles.push(trouble.at(Place::line(number)));
            break;
        }
    }
    // The rest is read for the digest of the file.
    let _ = std::io::copy(&mut source, &mut std::io::sink());
    if number == 0 {
        let what = "The list of pages is empty, so the collection does not say which pages it shows.";
        troubles.push(trouble("wacz.pages", Severity::Invalid, what, WRITER));
    }
}

fn page(line: &[u8], number: u64, limits: &Limits) -> Option<Trouble> {
    let value = match json::read(line, limits.json_depth) {
        Ok(value) => value,
        Err(json::Refused::Syntax(_)) => {
            let what = "A line of the list of pages is not JSON.";
            return Some(trouble("wacz.pages", Severity::Invalid, what, WRITER));
        }
        Err(refused) => return Some(super::refusal(&refused)),
    };
    let has = |name: &str| value.get(name).is_some_and(Value::is_string);
    if number == 1 {
        let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
        return (!format.starts_with("json-pages-")).then(|| {
            let what = "The list of pages does not begin with its head.";
            trouble("wacz.pages", Severity::Invalid, what, WRITER)
        });
    }
    (!has("url") || !has("ts")).then(|| {
        let what = "A page in the list of pages has no address or no time.";
        trouble("wacz.pages", Severity::Invalid, what, WRITER)
    })
}
