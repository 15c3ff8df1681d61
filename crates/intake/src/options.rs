//! What a person may say about a capture that the capture does not say itself. Asked, never guessed.

use crate::Limits;

/// The options of one call of [`crate::read`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `--as FORMAT`: read the capture as this format, by name, instead of looking at its content.
    pub force: Option<String>,
    /// `--map text=body,id=…`: which column of a table is which field.
    pub mapping: Option<Mapping>,
    /// Whether `4/11/25` is the 4th of November (`true`) or the 11th of April (`false`).
    pub day_first: Option<bool>,
    /// The minutes by which local time was ahead of UTC where the capture was made (New York in winter: -300).
    pub zone_minutes: Option<i32>,
    /// What the capture may ask of this computer.
    pub limits: Limits,
}

impl Options {
    /// Returns options in which nothing is said, within `limits`.
    pub fn plain(limits: Limits) -> Self {
        Self { force: None, mapping: None, day_first: None, zone_minutes: None, limits }
    }
}

/// The fields a table can give a post, as written in `--map`.
pub const MAP_FIELDS: [&str; 17] = [
    "text",
    "id",
    "time",
    "handle",
    "name",
    "author_id",
    "url",
    "platform",
    "reply_to",
    "repost_of",
    "quote_of",
    "conversation",
    "lang",
    "views",
    "likes",
    "reposts",
    "replies",
];

/// Which column of a table is which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(String, String)>,
}

impl Mapping {
    /// Reads `field=column` pairs with commas between them. Errors with a sentence on an unknown field or a missing text.
    pub fn parse(given: &str) -> Result<Self, String> {
        let mut pairs = Vec::new();
        for pair in given.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((field, column)) = pair.split_once('=') else {
                return Err(format!("“{pair}” is not FIELD=COLUMN. Write it like text=body,id=post_id."));
            };
            let (field, column) = (field.trim(), column.trim());
            if !MAP_FIELDS.contains(&field) {
                return Err(format!("“{field}” is no field. The fields are {}.", MAP_FIELDS.join(", ")));
            }
            pairs.push((field.to_owned(), column.to_owned()));
        }
        if !pairs.iter().any(|(field, _)| field == "text") {
            return Err("The mapping names no column for the words. Add text=COLUMN.".to_owned());
        }
        Ok(Self { pairs })
    }

    /// Returns the column of `field`.
    pub fn column(&self, field: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == field).map(|(_, column)| column.as_str())
    }

    /// Returns the columns named.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(_, column)| column.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_needs_words_and_known_fields() {
        let mapping = Mapping::parse("text=body, id=post id").unwrap();
        assert_eq!(mapping.column("id"), Some("post id"));
        assert!(Mapping::parse("id=a").unwrap_err().contains("text=COLUMN"));
        assert!(Mapping::parse("text=a,party=b").unwrap_err().contains("no field"));
        assert!(Mapping::parse("text").unwrap_err().contains("FIELD=COLUMN"));
    }
}
