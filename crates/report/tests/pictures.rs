//! Pages as pictures, held against reference pictures: a table that falls apart or a line that runs over another is seen
//! here, where words alone would pass.
//!
//! The pictures are small and grey (36 points an inch): what is written cannot be read in them, how it stands can. What
//! this test drew lies in `target/tmp/report/pictures`; where a change is meant, look at it there and copy it to
//! `tests/pictures`.

mod common;

use std::path::Path;

use common::*;
use pixels::picture::{Limits, open};
use report::{Language, Options, Paper, Recipient};

/// The share of pixels that may differ by more than a fourth of the range: fonts are drawn a little differently by other
/// versions of poppler.
const MOST: f64 = 0.015;

/// Holds pages of a document against their reference pictures.
#[track_caller]
fn check(name: &str, recipient: Recipient, options: &Options, pages: &[u32]) {
    let folder = written(&format!("pictures/{name}"), &made(&dossier(), recipient, options).files);
    for page in pages {
        let number = page.to_string();
        let drawn = format!("{name}-{page}");
        let arguments = [
            "-r",
            "36",
            "-gray",
            "-png",
            "-singlefile",
            "-f",
            &number,
            "-l",
            &number,
            "data/report.pdf",
            &drawn,
        ];
        assert!(judge(&folder, "pdftoppm", &arguments).status.success());
        let now = std::fs::read(folder.join(format!("{drawn}.png"))).unwrap();
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{drawn}.png"));
        let before = std::fs::read(&place).unwrap_or_default();
        let hint = format!(
            "look at {}/{drawn}.png and copy it to {} if it is right",
            folder.display(),
            place.display()
        );
        assert!(!before.is_empty(), "{drawn} has no reference picture: {hint}");
        let luma = |bytes: &[u8]| open(bytes, &Limits::phone()).unwrap().luma();
        let (now, before) = (luma(&now), luma(&before));
        assert_eq!(now.dimensions(), before.dimensions(), "{drawn}: {hint}");
        let pairs = now.as_raw().iter().zip(before.as_raw());
        let differ = pairs.filter(|(a, b)| a.abs_diff(**b) > 64).count() as f64 / now.as_raw().len() as f64;
        assert!(differ <= MOST, "{drawn}: {:.1} % of the page stands differently; {hint}", differ * 100.0);
    }
}

#[test]
fn the_police_sheet_stands_as_it_was_looked_at() {
    check("police", Recipient::Police, &english(), &[1, 2]);
    check("police-es-a4", Recipient::Police, &Options::new(Language::Spanish, Paper::A4), &[1]);
}

#[test]
fn counsels_binder_stands_as_it_was_looked_at() {
    check("counsel", Recipient::Counsel, &english(), &[1, 2, 3]);
}

#[test]
fn the_household_sheet_and_the_brief_stand_as_they_were_looked_at() {
    check("household", Recipient::Household, &english(), &[1]);
    check("household-es-a4", Recipient::Household, &Options::new(Language::Spanish, Paper::A4), &[1]);
    check("public", Recipient::Public, &english(), &[1]);
}
