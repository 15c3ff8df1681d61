//! `redress redact`: what of the case is covered, for whom, and who looked. One redaction map for the whole case.
//!
//! The map is an object that the latest `redacted` event of the ledger names; each change writes it anew. Boxes in pictures
//! come from private text that a program reads in them and from a person's hand. A picture nobody looked at does not
//! leave for those who must not see private data.

use case::Case;
use detect::Detectors;
use pixels::ocr::{Bounds, Reader};
use record::{Exposure, PrivateSet, What, Whose};
use report::redaction::{BoxFrom, Looked, SavedText};
use report::{Category, Cover, Recipient, RedactionMap, Saved};
use serde::Serialize;
use values::{Digest, Span, Trouble};

use crate::context::Unit;
use crate::{ActionError, Context, covers};

/// Something to change in the map.
#[derive(Debug, Clone)]
pub enum Change {
    /// Cover a box of a picture.
    Cover {
        /// The beginning of the picture's digest.
        picture: String,
        /// The box.
        cover: Cover,
    },
    /// Take a box away, by its left upper corner. The picture must then be looked at again.
    Uncover {
        /// The beginning of the picture's digest.
        picture: String,
        /// Pixels from the left.
        left: u32,
        /// Pixels from the top.
        top: u32,
    },
    /// A person looked at the picture as covered, and nothing more in it must be covered.
    Looked {
        /// The beginning of the picture's digest.
        picture: String,
    },
    /// Cover a text beside the private set, such as a bystander's name.
    Text {
        /// What sort.
        category: Category,
        /// The text.
        text: String,
    },
    /// Show a category to a recipient, or withhold it.
    Show {
        /// To whom.
        recipient: Recipient,
        /// What.
        category: Category,
        /// Whether it is shown.
        shown: bool,
    },
    /// Mark an exhibit as privileged, with the reason; or take the mark away.
    Privilege {
        /// The exhibit's number.
        exhibit: u32,
        /// The reason; `None` takes the mark away.
        why: Option<String>,
    },
}

/// A picture of an exhibit, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureState {
    /// Its SHA-256.
    pub picture: Digest,
    /// The exhibits it belongs to.
    pub exhibits: Vec<u32>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What is covered in it.
    pub boxes: Vec<Boxed>,
    /// Whether the text in it was searched.
    pub searched: bool,
    /// Who looked at it. Nothing while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_by: Option<String>,
}

/// A box, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Boxed {
    /// The box.
    #[serde(flatten)]
    pub cover: Cover,
    /// Where it comes from.
    pub from: BoxFrom,
}

/// The map as it stands, without any private text.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The pictures of the exhibits.
    pub pictures: Vec<PictureState>,
    /// How many texts beside the private set are covered.
    pub texts: u64,
    /// What is shown to a recipient though its kind does not see it: recipient, category.
    pub revealed: Vec<(Recipient, Category)>,
    /// What is withheld from a recipient though its kind sees it.
    pub withheld: Vec<(Recipient, Category)>,
    /// Exhibits marked as privileged, with the reason.
    pub privileged: Vec<(u32, String)>,
    /// Boxes that this call added.
    pub added: u64,
    /// What could not be read, and what to do.
    pub troubles: Vec<Trouble>,
}

/// Returns the map as the case holds it; an empty one where nothing was decided yet.
pub fn saved(case: &Case) -> Result<Saved, ActionError> {
    let mut latest = None;
    for event in case.ledger().events(0) {
        if let What::Redacted { map, .. } = event?.1.what {
            latest = Some(map);
        }
    }
    match latest {
        Some(map) => Ok(case.objects().get_json(&map, "a redaction map")?),
        None => Ok(Saved::default()),
    }
}

/// Returns the case's whole map: the private set, and what a person decided.
pub fn map(case: &Case) -> Result<RedactionMap, ActionError> {
    Ok(RedactionMap::of(case.private()).with(&saved(case)?))
}

/// Says how the map stands.
pub fn list(case: &Case) -> Result<Outcome, ActionError> {
    told(case, &saved(case)?, 0, Vec::new())
}

/// Changes the map.
pub fn change(case: &mut Case, changes: &[Change], context: &Context<'_>) -> Result<Outcome, ActionError> {
    let mut saved = saved(case)?;
    let mut added = 0;
    for change in changes {
        match change {
            Change::Cover { picture, cover } => {
                let state = picture_named(case, picture)?;
                let inside = cover.left < state.width && cover.top < state.height;
                if cover.width == 0 || cover.height == 0 || !inside {
                    return Err(ActionError::Request(format!(
                        "This box covers nothing of the picture, which is {} by {} pixels. Write LEFT,TOP,WIDTH,HEIGHT in pixels.",
                        state.width, state.height
                    )));
                }
                added += u64::from(saved.cover(state.picture, *cover, BoxFrom::Person));
            }
            Change::Uncover { picture, left, top } => {
                let state = picture_named(case, picture)?;
                if !saved.uncover(&state.picture, *left, *top) {
                    return Err(ActionError::Request(format!(
                        "This picture has no box whose corner is {left},{top}. See `redress redact CASE`."
                    )));
                }
            }
            Change::Looked { picture } => {
                let state = picture_named(case, picture)?;
                let looked = Looked { by: context.actor.to_string(), at: context.now() };
                saved.pictures.entry(state.picture).or_default().looked = Some(looked);
            }
            Change::Text { category, text } => {
                let text = SavedText { category: *category, text: text.trim().to_owned() };
                if text.text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
                    return Err(ActionError::Request(
                        "A text to cover needs at least two letters or digits. Nothing was changed."
                            .to_owned(),
                    ));
                }
                if !saved.texts.contains(&text) {
                    saved.texts.push(text);
                    saved.texts.sort();
                }
            }
            Change::Show { recipient, category, shown } => saved.show(*recipient, *category, *shown),
            Change::Privilege { exhibit, why } => {
                if case.view().exhibits()?.iter().all(|row| row.number != *exhibit) {
                    return Err(ActionError::Request(format!(
                        "There is no exhibit EX-{exhibit:04} in this case. Nothing was changed."
                    )));
                }
                match why {
                    Some(why) => saved.privileged.insert(*exhibit, why.trim().to_owned()),
                    None => saved.privileged.remove(exhibit),
                };
            }
        }
    }
    keep(case, &saved, context)?;
    told(case, &saved, added, Vec::new())
}

/// Reads the text in every picture of the exhibits that was not searched yet, and covers what is private in it: texts of
/// the private set, and addresses, telephone numbers, e-mail addresses and plates of anyone.
pub fn search(case: &mut Case, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let mut saved = saved(case)?;
    let map = map(case)?;
    let none = PrivateSet::default();
    let detectors = Detectors::new(&detect::Options { private: &none, claims: &[] });
    let mut troubles = Vec::new();
    let mut added = 0;
    let known = covers::of_exhibits(case)?;
    let waiting: Vec<Digest> = known
        .keys()
        .copied()
        .filter(|digest| !saved.pictures.get(digest).is_some_and(|picture| picture.searched))
        .collect();
    if !waiting.is_empty() {
        context.progress.begin("Reading the text in pictures", Some(waiting.len() as u64), Unit::Items);
        match Reader::find(Bounds::laptop()) {
            Err(trouble) => troubles.push(trouble),
            Ok(reader) => {
                for digest in waiting {
                    let picture = match covers::open(case, &digest) {
                        Ok(picture) => picture,
                        Err(trouble) => {
                            troubles.push(trouble);
                            continue;
                        }
                    };
                    context.progress.advance(1);
                    match reader.read(&picture) {
                        Ok(page) => {
                            for (span, category) in private_in(&page.text, &map, &detectors) {
                                for area in page.boxes_to_cover(span) {
                                    added +=
                                        u64::from(saved.cover(digest, cover(area, category), BoxFrom::Text));
                                }
                            }
                            saved.pictures.entry(digest).or_default().searched = true;
                        }
                        Err(trouble) => troubles.push(trouble),
                    }
                }
            }
        }
        context.progress.end();
        keep(case, &saved, context)?;
    }
    told(case, &saved, added, troubles)
}

/// Returns a picture as `recipient` would get it, to look at before saying that it may leave.
pub fn show(case: &Case, picture: &str, recipient: Recipient) -> Result<Vec<u8>, ActionError> {
    let state = picture_named(case, picture)?;
    let picture = covers::open(case, &state.picture)
        .map_err(|trouble| ActionError::Request(format!("{} {}", trouble.what, trouble.next)))?;
    Ok(covers::covered(&picture, &map(case)?.covers(recipient, &state.picture), true))
}

/// Returns where private texts stand in what was read from a picture.
fn private_in(text: &str, map: &RedactionMap, detectors: &Detectors) -> Vec<(Span, Category)> {
    let known = map.find(Recipient::Public, text, true);
    let mut found: Vec<(Span, Category)> =
        known.into_iter().map(|(range, category)| (Span::new(range.start, range.end), category)).collect();
    for finding in detectors.detect(text) {
        let private = matches!(finding.whose, None | Some(Whose::Private | Whose::Own | Whose::Unknown));
        let category = match finding.what {
            Some(Exposure::Address | Exposure::Location) => Category::Address,
            Some(Exposure::Phone) => Category::Phone,
            Some(Exposure::Email) => Category::Email,
            Some(Exposure::Plate) => Category::Plate,
            Some(Exposure::Ssn) => Category::Other,
            _ => continue,
        };
        // Below the threshold too: a box too many costs less than an address in public, and a person takes it away.
        if private {
            found.push((finding.span, category));
        }
    }
    found
}

fn cover(area: pixels::Area, category: Category) -> Cover {
    Cover { left: area.left, top: area.top, width: area.width, height: area.height, category }
}

/// Returns the picture of an exhibit whose digest begins with `prefix`.
fn picture_named(case: &Case, prefix: &str) -> Result<PictureState, ActionError> {
    let prefix = prefix.trim().to_lowercase();
    let outcome = list(case)?;
    let mut named =
        outcome.pictures.into_iter().filter(|state| state.picture.to_string().starts_with(&prefix));
    match (prefix.len() >= 4, named.next(), named.next()) {
        (true, Some(state), None) => Ok(state),
        _ => Err(ActionError::Request(format!(
            "“{prefix}” names no one picture of this case's exhibits. Copy the beginning of a digest from `redress redact CASE`."
        ))),
    }
}

fn keep(case: &mut Case, saved: &Saved, context: &Context<'_>) -> Result<(), ActionError> {
    let map = case.objects().put_json(saved)?;
    let event = What::Redacted { map, pictures: saved.pictures.len() as u64, boxes: saved.boxes() };
    Ok(case.append(context.now(), vec![event])?)
}

fn told(case: &Case, saved: &Saved, added: u64, troubles: Vec<Trouble>) -> Result<Outcome, ActionError> {
    let mut states = Vec::new();
    for (digest, exhibits) in covers::of_exhibits(case)? {
        let (width, height) = match covers::open(case, &digest) {
            Ok(picture) => (picture.width(), picture.height()),
            Err(_) => (0, 0),
        };
        let known = saved.pictures.get(&digest).cloned().unwrap_or_default();
        states.push(PictureState {
            picture: digest,
            exhibits,
            width,
            height,
            boxes: known.boxes.iter().map(|one| Boxed { cover: one.cover, from: one.from }).collect(),
            searched: known.searched,
            looked_by: known.looked.map(|looked| looked.by),
        });
    }
    Ok(Outcome {
        pictures: states,
        texts: saved.texts.len() as u64,
        revealed: saved.revealed.iter().copied().collect(),
        withheld: saved.withheld.iter().copied().collect(),
        privileged: saved.privileged.iter().map(|(number, why)| (*number, why.clone())).collect(),
        added,
        troubles,
    })
}
