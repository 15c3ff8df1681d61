//! The redaction map as it lies in the case: what a person decided about what may leave, beyond the private set.
//!
//! It is one object of the case, named by the latest `redacted` event of the ledger; each change writes the whole map
//! anew, so every earlier one can still be read. Boxes come from text that a program read in a picture and from a
//! person's hand; whoever finds plates or faces one day adds boxes in the same way. A picture that nobody looked at does
//! not leave for those who must not see private data, however many boxes it has.
//!
//! ```text
//! {"pictures":{"9f…64 hex digits":{"boxes":[{"left":40,"top":300,"width":210,"height":36,"category":"plate","from":"text"}],
//!   "searched":true,"looked":{"by":"A. Helper","at":{…}}}},
//!  "texts":[{"category":"name","text":"Bystander Example"}],
//!  "revealed":[["police","plate"]],"withheld":[],"privileged":{"3":"letter to counsel"}}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use values::{Digest, Moment};

use super::{Category, Cover, RedactionMap};
use crate::recipient::Recipient;

/// What a person decided about what may leave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Saved {
    /// Pictures, by the SHA-256 of their bytes as captured.
    pub pictures: BTreeMap<Digest, SavedPicture>,
    /// Texts to cover beside the private set, such as a bystander's name.
    pub texts: Vec<SavedText>,
    /// Categories that a recipient may see though its kind does not.
    pub revealed: BTreeSet<(Recipient, Category)>,
    /// Categories that a recipient must not see though its kind does.
    pub withheld: BTreeSet<(Recipient, Category)>,
    /// Exhibits a person marked as privileged, by number, with the reason.
    pub privileged: BTreeMap<u32, String>,
}

/// What is decided about one picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SavedPicture {
    /// What must be covered, sorted, each box once.
    pub boxes: Vec<SavedBox>,
    /// Whether a program searched the text in it.
    pub searched: bool,
    /// The person who looked at it and found that nothing more must be covered. `None` while nobody has.
    pub looked: Option<Looked>,
}

/// A box to cover, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SavedBox {
    /// The box.
    #[serde(flatten)]
    pub cover: Cover,
    /// Where it comes from.
    pub from: BoxFrom,
}

/// Where a box comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoxFrom {
    /// Private text that a program read in the picture.
    Text,
    /// A person's hand.
    Person,
}

/// Who looked at a picture, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The person.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A text to cover.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SavedText {
    /// What sort.
    pub category: Category,
    /// The text.
    pub text: String,
}

impl Saved {
    /// Returns how many boxes there are in all pictures.
    pub fn boxes(&self) -> u64 {
        self.pictures.values().map(|picture| picture.boxes.len() as u64).sum()
    }

    /// Adds a box to a picture; one that is there already stays as it is. Tells whether it was new.
    ///
    /// More cover never needs a second look, so the picture stays looked at.
    pub fn cover(&mut self, picture: Digest, cover: Cover, from: BoxFrom) -> bool {
        let boxes = &mut self.pictures.entry(picture).or_default().boxes;
        if boxes.iter().any(|known| known.cover == cover) {
            return false;
        }
        boxes.push(SavedBox { cover, from });
        boxes.sort_unstable();
        true
    }

    /// Takes a box away by its place. Tells whether it was there. The picture must then be looked at again.
    pub fn uncover(&mut self, picture: &Digest, left: u32, top: u32) -> bool {
        let Some(saved) = self.pictures.get_mut(picture) else { return false };
        let before = saved.boxes.len();
        saved.boxes.retain(|known| (known.cover.left, known.cover.top) != (left, top));
        let taken = saved.boxes.len() < before;
        if taken {
            saved.looked = None;
        }
        taken
    }

    /// Lets `recipient` see a category, or not.
    pub fn show(&mut self, recipient: Recipient, category: Category, shown: bool) {
        let entry = (recipient, category);
        let (to, from) = if shown {
            (&mut self.revealed, &mut self.withheld)
        } else {
            (&mut self.withheld, &mut self.revealed)
        };
        from.remove(&entry);
        to.insert(entry);
    }
}

impl RedactionMap {
    /// Returns the map with what a person decided in the case.
    #[must_use]
    pub fn with(mut self, saved: &Saved) -> Self {
        for text in &saved.texts {
            self.add(text.category, &text.text);
        }
        for (recipient, category) in &saved.revealed {
            self.reveal(*recipient, *category);
        }
        for (recipient, category) in &saved.withheld {
            self.withhold(*recipient, *category);
        }
        for (picture, boxes) in &saved.pictures {
            self.cover(*picture, boxes.boxes.iter().map(|one| one.cover));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Language;

    fn plate(left: u32) -> Cover {
        Cover { left, top: 2, width: 3, height: 4, category: Category::Plate }
    }

    #[test]
    fn the_form_on_disk_is_pinned() {
        let mut saved = Saved::default();
        saved.cover(Digest::of(b"picture"), plate(1), BoxFrom::Text);
        saved.texts.push(SavedText { category: Category::Name, text: "Bystander Example".into() });
        saved.show(Recipient::Police, Category::Plate, true);
        saved.privileged.insert(3, "letter to counsel".into());
        let text = serde_json::to_string(&saved).unwrap();
        let digest = Digest::of(b"picture");
        assert_eq!(
            text,
            format!(
                r#"{{"pictures":{{"{digest}":{{"boxes":[{{"left":1,"top":2,"width":3,"height":4,"category":"plate","from":"text"}}],"searched":false,"looked":null}}}},"texts":[{{"category":"name","text":"Bystander Example"}}],"revealed":[["police","plate"]],"withheld":[],"privileged":{{"3":"letter to counsel"}}}}"#
            )
        );
        assert_eq!(serde_json::from_str::<Saved>(&text).unwrap(), saved);
        assert!(serde_json::from_str::<Saved>(r#"{"picture":{}}"#).is_err(), "a misspelt field is refused");
    }

    #[test]
    fn less_cover_asks_for_a_second_look() {
        let picture = Digest::of(b"picture");
        let looked =
            Looked { by: "A. Helper".into(), at: Moment::of_snowflake(1_985_724_259_103_670_395).unwrap() };
        let mut saved = Saved::default();
        assert!(saved.cover(picture, plate(1), BoxFrom::Person));
        saved.pictures.get_mut(&picture).unwrap().looked = Some(looked);
        assert!(
            saved.cover(picture, plate(9), BoxFrom::Person) && !saved.cover(picture, plate(9), BoxFrom::Text)
        );
        assert!(saved.pictures[&picture].looked.is_some());
        assert!(!saved.uncover(&picture, 5, 2) && saved.uncover(&picture, 1, 2));
        assert!(saved.pictures[&picture].looked.is_none());
    }

    #[test]
    fn what_is_decided_holds_for_texts_pictures_and_recipients() {
        let picture = Digest::of(b"picture");
        let mut saved = Saved::default();
        saved.cover(picture, plate(1), BoxFrom::Person);
        saved.texts.push(SavedText { category: Category::Name, text: "Bystander Example".into() });
        saved.show(Recipient::Police, Category::Plate, true);
        saved.show(Recipient::Counsel, Category::Name, false);
        let map = RedactionMap::default().with(&saved);
        assert_eq!(map.covers(Recipient::Public, &picture), [plate(1)]);
        assert!(map.covers(Recipient::Police, &picture).is_empty());
        let seen = |recipient| map.text(recipient, Language::English, "Bystander Example").0;
        assert_eq!(seen(Recipient::Counsel), "[name withheld]");
        assert_eq!(seen(Recipient::Prosecutor), "Bystander Example");
    }
}
