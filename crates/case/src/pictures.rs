//! What was read in kept pictures, and what a person says of it.
//!
//! A picture's words are kept beside it, as one more reading of the capture: the page becomes a post whose text can be
//! searched like any other, and the pixels of each word stay with it. Who read it, and how what was read is laid out, is
//! not this room's business: it keeps the detail as the JSON it was given.

use std::io::Write as _;

use record::{Item, Transcription, What};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use values::{Digest, Moment, Trouble};

use crate::{Case, CaseError, disk};

/// What was read in one kept picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PictureReading {
    /// SHA-256 of the picture, a capture of the case.
    pub picture: Digest,
    /// The page it shows, as a post and this sighting of it; `None` where no words were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// What could not be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<Trouble>,
    /// Words with their pixels, what is proposed, fingerprints: as whoever read it writes them.
    pub detail: Box<RawValue>,
}

/// A picture of the case, read or not.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureRow {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// The file's name as given.
    pub name: String,
    /// When the picture was taken, where the capture or its name said so.
    pub seen: Option<i64>,
    /// Who read it; `None` where nobody did.
    pub reader: Option<String>,
    /// The sighting that holds now: what was read, or what a person said.
    pub item: Option<Item>,
    /// What a person said last.
    pub said: Option<Transcription>,
    /// The detail as it was kept; empty where the picture was not read.
    pub detail: String,
}

impl Case {
    /// Keeps what was read in pictures. When this returns, it survives a power cut.
    pub fn pictures_read(
        &mut self,
        reader: &str,
        readings: &[PictureReading],
        now: Moment,
    ) -> Result<(), CaseError> {
        let wrong = || disk::failed("Writing", self.root());
        let mut lines = zstd::Encoder::new(self.objects().draft()?, 3).map_err(wrong())?;
        let mut troubles = 0;
        for reading in readings {
            troubles += reading.troubles.len() as u64;
            let mut line = serde_json::to_vec(reading).map_err(|error| CaseError::ObjectForm {
                digest: reading.picture,
                expected: "JSON",
                what: error.to_string(),
            })?;
            line.push(b'\n');
            lines.write_all(&line).map_err(wrong())?;
        }
        let (reading, ..) = lines.finish().map_err(wrong())?.keep()?;
        let pictures = readings.len() as u64;
        self.append(now, vec![What::PicturesRead { reader: reader.to_owned(), reading, pictures, troubles }])
    }

    /// Keeps what a person says a picture shows.
    pub fn transcribe(&mut self, said: &Transcription, now: Moment) -> Result<(), CaseError> {
        let transcription = self.objects().put_json(said)?;
        self.append(now, vec![What::Transcribed { transcription }])
    }
}
