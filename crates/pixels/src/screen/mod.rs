//! Which app a screenshot shows, and the post inside it, proposed for a person to confirm or correct.
//!
//! Read from the words on the page, where they stand, and the file's name; no pixel but those of words is looked at.
//! Each field carries the pixels it was read from and how sure it is. A screenshot can be forged in a minute: what is
//! proposed here ranks lowest as evidence, and its first use is to find the stronger capture of the same post.

mod app;
mod clock;
mod number;
mod parts;

use serde::{Deserialize, Serialize};
use values::{Handle, Moment, Platform, Score, Span};

use crate::ocr::Page;
use crate::picture::Picture;
use crate::{Area, names};

pub use app::guess;

/// Something read from a screenshot: its value, its pixels, its bytes in the page's text, and how sure it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// What was read.
    pub value: T,
    /// Its pixels, one area a line; empty for what the file's name says.
    pub areas: Vec<Area>,
    /// Its bytes in the text of the page; `None` for what the file's name says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// How sure the reading of the letters and of the layout is, the lower of the two.
    pub confidence: Score,
}

/// A time as a screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The words.
    pub words: String,
    /// The time they say, local to the phone and of unknown zone; `None` where they say none without knowing when the
    /// screenshot was made, such as `3h`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Views.
    Views,
    /// Likes, reactions.
    Likes,
    /// Reposts, retruths, shares.
    Reposts,
    /// Quotes.
    Quotes,
    /// Replies, comments.
    Replies,
    /// Bookmarks.
    Bookmarks,
}

/// A post proposed from a screenshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    /// The app.
    pub app: Field<Platform>,
    /// The name shown: of the author, of the channel, or the number of a text message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Field<String>>,
    /// The author's handle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<Field<Handle>>,
    /// The time shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Field<Shown>>,
    /// The text of the post; lines are joined as they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Field<String>>,
    /// The numbers, in reading order, each kind at most once. A rounded one (`1.2K`) is given as the number it rounds to.
    pub counts: Vec<(Counted, Field<u64>)>,
    /// When the screenshot was made, by EXIF or else by the file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Moment>,
}

/// Proposes the post a screenshot shows, or `None` where its words and name speak of no known app.
///
/// `name` is the file's name, which may be empty.
pub fn propose(page: &Page, picture: &Picture, name: &str) -> Option<Proposed> {
    let app = guess(page, name)?;
    let taken = picture.taken().or_else(|| names::time(name));
    let mut proposed =
        Proposed { app, name: None, handle: None, time: None, text: None, counts: Vec::new(), taken };
    parts::read(page, &mut proposed);
    Some(proposed)
}

/// Returns a field of a stretch of the page's text.
fn field<T>(page: &Page, span: Span, value: T, layout: f32) -> Field<T> {
    let touched: Vec<f32> =
        page.words.iter().filter(|word| word.span.overlaps(span)).map(|word| word.confidence.get()).collect();
    let read = touched.iter().sum::<f32>() / touched.len().max(1) as f32;
    Field { value, areas: page.boxes(span), span: Some(span), confidence: Score::new(read.min(layout)) }
}

#[cfg(test)]
mod tests;
