//! Pictures in the index: what was read in them takes part in the posts as one more sighting.

use record::{Item, Transcription};
use rusqlite::{OptionalExtension as _, Row, params};
use values::{Digest, Trouble};

use super::{Index, View};
use crate::CaseError;
use crate::pictures::{PictureReading, PictureRow};

impl Index {
    /// Takes what was read in one picture, in place of what an earlier reader read there.
    ///
    /// What a person said of the picture stays: a better reader does not overrule a person.
    pub(crate) fn picture_read(&mut self, reader: &str, reading: &PictureReading) -> Result<(), CaseError> {
        let picture = &reading.picture;
        let capture = self.capture_row(picture)?.ok_or_else(|| unknown(picture))?;
        let (before, said) = self.picture_state(picture)?;
        self.exchange_troubles(capture, picture, &reading.troubles)?;
        let item = match (&said, &reading.item) {
            (Some(_), _) => before,
            (None, item) => self.exchange_sighting(capture, before, item.as_ref())?,
        };
        let mut statement = self.db.prepare_cached(
            "INSERT INTO pictures (digest, reader, item, said, troubles, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (digest) DO UPDATE SET reader = ?2, item = ?3, troubles = ?5, detail = ?6",
        )?;
        let troubles = super::write::json(&reading.troubles)?;
        statement.execute(params![
            picture.to_string(),
            reader,
            item,
            said,
            troubles,
            reading.detail.get()
        ])?;
        Ok(())
    }

    /// Takes what a person says a picture shows, in place of what was read or said before.
    pub(crate) fn transcribed(&mut self, said: &Transcription) -> Result<(), CaseError> {
        let picture = &said.picture;
        let capture = self.capture_row(picture)?.ok_or_else(|| unknown(picture))?;
        let (before, _) = self.picture_state(picture)?;
        let item = said
            .shows
            .as_ref()
            .map(|shows| Item::Post { post: Box::new(shows.0.clone()), observation: shows.1.clone() });
        let item = self.exchange_sighting(capture, before, item.as_ref())?;
        let mut statement = self.db.prepare_cached(
            "INSERT INTO pictures (digest, reader, item, said, troubles, detail) VALUES (?1, '', ?2, ?3, '[]', '')
             ON CONFLICT (digest) DO UPDATE SET item = ?2, said = ?3",
        )?;
        statement.execute(params![picture.to_string(), item, super::write::json(said)?])?;
        Ok(())
    }

    /// Adds the sighting of a picture's page again, after the other sightings of its capture were forgotten.
    pub(super) fn see_picture_again(&mut self, capture: i64) -> Result<(), CaseError> {
        let item: Option<Vec<u8>> = self
            .db
            .prepare_cached(
                "SELECT item FROM pictures JOIN captures ON captures.digest = pictures.digest
                 WHERE captures.id = ?1 AND item IS NOT NULL",
            )?
            .query_row([capture], |row| row.get(0))
            .optional()?;
        let Some(line) = item else { return Ok(()) };
        let (post, observation) = super::write::parse_post_line(&line)?;
        self.sighting(capture, &post, &observation, &line)
    }

    fn picture_state(&self, picture: &Digest) -> Result<(Option<Vec<u8>>, Option<String>), CaseError> {
        let mut statement = self.db.prepare_cached("SELECT item, said FROM pictures WHERE digest = ?1")?;
        let row =
            statement.query_row([picture.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        Ok(row.unwrap_or((None, None)))
    }

    /// Takes the sighting `before` out and puts `item` in; returns the line of the latter.
    fn exchange_sighting(
        &mut self,
        capture: i64,
        before: Option<Vec<u8>>,
        item: Option<&Item>,
    ) -> Result<Option<Vec<u8>>, CaseError> {
        let line = item.map(super::write::json).transpose()?.map(String::into_bytes);
        if let (Some(Item::Post { post, observation }), Some(line)) = (item, &line) {
            self.sighting(capture, post, observation, line)?;
        }
        if let Some(before) = before {
            let (post, _) = super::write::parse_post_line(&before)?;
            let mut find = self.db.prepare_cached("SELECT id FROM posts WHERE key = ?1")?;
            let id: Option<i64> = find.query_row([post.key.as_str()], |row| row.get(0)).optional()?;
            drop(find);
            if let Some(id) = id {
                // The same line may have been seen twice: one of the two goes.
                self.db.execute(
                    "DELETE FROM sightings WHERE rowid = (SELECT min(rowid) FROM sightings
                     WHERE post = ?1 AND capture = ?2 AND item = ?3)",
                    params![id, capture, before],
                )?;
                self.merge_again(id)?;
            }
        }
        Ok(line)
    }

    fn exchange_troubles(
        &self,
        capture: i64,
        picture: &Digest,
        troubles: &[Trouble],
    ) -> Result<(), CaseError> {
        let mut statement = self.db.prepare_cached("SELECT troubles FROM pictures WHERE digest = ?1")?;
        let before: Option<String> =
            statement.query_row([picture.to_string()], |row| row.get(0)).optional()?;
        let before: Vec<Trouble> =
            before.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        for trouble in &before {
            self.db.execute(
                "DELETE FROM troubles WHERE capture = ?1 AND code = ?2 AND what = ?3",
                params![capture, trouble.code, trouble.what],
            )?;
        }
        troubles.iter().try_for_each(|trouble| self.trouble(capture, trouble))
    }
}

impl View<'_> {
    /// Returns the captures that may be pictures and that `reader` did not read; with `None`, those that nobody read.
    ///
    /// A file kept out of an archive has no reader of its own: whether it is a picture, its bytes tell.
    pub fn pictures_unread(&self, reader: Option<&str>) -> Result<Vec<PictureRow>, CaseError> {
        self.picture_rows(
            "(captures.reader LIKE 'screenshot/%' OR captures.reader IS NULL)
             AND (pictures.reader IS NULL OR pictures.reader <> coalesce(?1, pictures.reader))",
            reader,
        )
    }

    /// Returns every picture in which something was read, or of which a person said something, by name.
    pub fn pictures(&self) -> Result<Vec<PictureRow>, CaseError> {
        self.picture_rows("pictures.digest IS NOT NULL AND ?1 IS NULL", None)
    }

    /// Returns what is known of one picture, or `None` where it was not read and nobody said anything of it.
    pub fn picture(&self, picture: &Digest) -> Result<Option<PictureRow>, CaseError> {
        Ok(self.picture_rows("pictures.digest = ?1", Some(&picture.to_string()))?.pop())
    }

    fn picture_rows(&self, condition: &str, value: Option<&str>) -> Result<Vec<PictureRow>, CaseError> {
        let mut statement = self.index.db.prepare_cached(&format!(
            "SELECT captures.digest, captures.name, pictures.reader, pictures.item, pictures.said, pictures.detail,
             (SELECT min(seen) FROM sightings WHERE capture = captures.id)
             FROM captures LEFT JOIN pictures ON pictures.digest = captures.digest
             WHERE {condition} ORDER BY captures.name, captures.digest"
        ))?;
        let mut rows = statement.query(params![value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(picture_row(row)?);
        }
        Ok(found)
    }
}

fn picture_row(row: &Row<'_>) -> Result<PictureRow, CaseError> {
    let damaged = |what: &str| CaseError::NoSuch(format!("The index holds {what} that cannot be read."));
    let item: Option<Vec<u8>> = row.get(3)?;
    let said: Option<String> = row.get(4)?;
    Ok(PictureRow {
        picture: row.get::<_, String>(0)?.parse().map_err(|_| damaged("a picture's digest"))?,
        name: row.get(1)?,
        reader: row.get(2)?,
        item: item
            .map(|line| serde_json::from_slice(&line))
            .transpose()
            .map_err(|_| damaged("a picture's post"))?,
        said: said
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| damaged("a transcription"))?,
        detail: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        seen: row.get(6)?,
    })
}

fn unknown(picture: &Digest) -> CaseError {
    CaseError::LedgerBroken(format!("a picture was read that was never kept: {picture}"))
}
