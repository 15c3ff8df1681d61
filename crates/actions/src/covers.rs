//! The pictures that belong to exhibits: attached to a post, or the screenshot it was read from.

// A trouble is moved once for each picture, which takes tenths of a second to decode: boxing it would save nothing.
#![allow(clippy::result_large_err)]

use std::collections::BTreeMap;
use std::io::Read as _;

use case::Case;
use case::view::Seen;
use pixels::cover::{Looked, cover_within};
use pixels::picture::{Limits, Picture};
use record::MediaKind;
use report::dossier::{self, Sentence};
use report::redaction::Saved;
use report::{Cover, Recipient, RedactionMap};
use values::{Digest, Severity, Trouble, counted};

use crate::ActionError;

/// The most pixels of a picture in a package: two to a point on the page's width.
const MOST: (u32, u32) = (1_240, 2_400);
/// The most bytes of a picture as PNG; heavier ones are JPEG.
const HEAVY: usize = 200_000;

/// Returns the pictures of all exhibits by digest, each with the exhibits it belongs to.
pub(crate) fn of_exhibits(case: &Case) -> Result<BTreeMap<Digest, Vec<u32>>, ActionError> {
    let mut found: BTreeMap<Digest, Vec<u32>> = BTreeMap::new();
    for row in case.view().exhibits()? {
        let Some(seen) = case.view().seen(&row.post)? else { continue };
        for digest in of(case, &seen) {
            found.entry(digest).or_default().push(row.number);
        }
    }
    Ok(found)
}

/// Returns the digests of a post's pictures that the case holds, in the order they are met, each once.
pub(crate) fn of(case: &Case, seen: &Seen) -> Vec<Digest> {
    let attached = |post: &record::Post| -> Vec<Digest> {
        let pictures = post.media.iter().filter(|media| media.kind == MediaKind::Image);
        pictures.filter_map(|media| media.digest).collect()
    };
    let mut found = Vec::new();
    let all = attached(&seen.post)
        .into_iter()
        .chain(seen.sightings.iter().flat_map(|sighting| attached(&sighting.post)))
        .chain(seen.sightings.iter().map(|sighting| sighting.capture.digest));
    for digest in all {
        if !found.contains(&digest) && is_picture(case, &digest) {
            found.push(digest);
        }
    }
    found
}

/// Tells by its first bytes whether an object is a picture in a format that can be opened.
fn is_picture(case: &Case, digest: &Digest) -> bool {
    let mut head = [0_u8; 12];
    let read = case.objects().open(digest).and_then(|mut file| {
        file.read_exact(&mut head).map_err(|_| case::CaseError::NoSuch("a shorter file".to_owned()))
    });
    read.is_ok()
        && (head.starts_with(b"\x89PNG\r\n\x1a\n")
            || head.starts_with(&[0xff, 0xd8, 0xff])
            || head.starts_with(b"GIF8")
            || head.starts_with(b"RIFF") && head.ends_with(b"WEBP"))
}

/// Opens a picture of the case.
pub(crate) fn open(case: &Case, digest: &Digest) -> Result<Picture, Trouble> {
    let bytes = case.objects().get(digest).map_err(|error| {
        Trouble::new(
            "picture.gone",
            Severity::Warn,
            format!("A picture could not be read from the case: {error}"),
            "Run `redress verify` on the case.",
        )
    })?;
    pixels::picture::open(&bytes, &Limits::phone()).map_err(|refused| refused.trouble())
}

/// Returns a picture with the boxes covered solid and nothing but pixels kept; `plain` where no band shall say that
/// nobody looked.
pub(crate) fn covered(picture: &Picture, covers: &[Cover], plain: bool) -> Vec<u8> {
    let areas: Vec<pixels::Area> =
        covers.iter().map(|one| pixels::Area::new(one.left, one.top, one.width, one.height)).collect();
    let looked = if plain { Looked::ByAPerson } else { Looked::NotYet };
    cover_within(picture, &areas, looked, MOST, HEAVY).bytes
}

/// Returns an exhibit's pictures as `recipient` may get them. One that must not leave has no bytes.
pub(crate) fn for_recipient(
    case: &Case,
    seen: &Seen,
    recipient: Recipient,
    map: &RedactionMap,
    saved: &Saved,
) -> Vec<dossier::Picture> {
    let mut pictures = Vec::new();
    for digest in of(case, seen) {
        let known = saved.pictures.get(&digest);
        let looked_at = known.is_some_and(|picture| picture.looked.is_some());
        let covers = map.covers(recipient, &digest);
        let may = looked_at || recipient.sees_private();
        let opened = if may { open(case, &digest).ok() } else { None };
        let said = seen.post.media.iter().find(|media| media.digest == Some(digest));
        let said = said.and_then(|media| media.alt.as_deref()).unwrap_or_default();
        pictures.push(dossier::Picture {
            digest,
            looked_at,
            covered: opened.as_ref().map(|picture| covered(picture, &covers, true).into()),
            alt: alt(opened.as_ref(), covers.len(), said),
            boxes: covers.len() as u32,
        });
    }
    pictures
}

/// Says what a picture is, for those who cannot see it.
fn alt(picture: Option<&Picture>, boxes: usize, said: &str) -> Sentence {
    let (width, height) = picture.map_or((0, 0), |picture| (picture.width(), picture.height()));
    let (mut en, mut es) = (
        format!(
            "Picture as captured, {width} by {height} pixels, {} covered.",
            counted(boxes, "place", "places")
        ),
        format!(
            "Imagen tal como se capturó, {width} por {height} píxeles, {}.",
            counted(boxes, "lugar cubierto", "lugares cubiertos")
        ),
    );
    if !said.trim().is_empty() {
        en.push_str(&format!(" Its author described it as: “{}”", said.trim()));
        es.push_str(&format!(" Su autor la describió así: «{}»", said.trim()));
    }
    Sentence::new(en, es)
}
