//! False claim: a post that states a claim of the library, told from one that asks about it, denies it or reports it.
//!
//! The library says what was checked and how it stands; this only says “matches claim X”.

use record::{Finding, Kind, Stance};

use super::{Detector, finding, reason};
use crate::THRESHOLD;
use crate::claims::Library;
use crate::post::Post;

pub(super) const ABOUT: Detector = Detector {
    name: "false-claim",
    version: 4,
    what: "states a claim of the library, told from asking, denying, reporting",
};

/// Where the best claim scores less, the post shares a word or two with it and nothing more; half of that is asked of
/// those behind it.
const LEAST: f32 = 0.12;

/// Looks for claims of `library` in `post`.
pub(super) fn find(post: &Post, library: &Library, out: &mut Vec<Finding>) {
    // Whoever does not state the claim that fits best does not state those behind it.
    let mut front: Option<(Stance, Option<std::ops::Range<usize>>)> = None;
    for matched in library.match_likely(post.original, post.reading, 3, LEAST) {
        if matched.score < LEAST / 2.0 {
            continue;
        }
        let own = matched.stance(post.marks(), library);
        let (stance, shown) = match &front {
            Some(front) if keeps(front.0) < keeps(own.0) => front.clone(),
            _ => own,
        };
        if front.is_none() {
            front = Some((stance, shown.clone()));
        }
        let keeps = keeps(stance);
        let score = matched.score * keeps;
        let mut found = finding(post, &ABOUT, Kind::FalseClaim, &matched.range, score);
        found.claim = Some(library.claims()[matched.claim].id.clone());
        found.stance = Some(stance);
        for word in &matched.words {
            found.reasons.push(reason(post, "claim.words", word));
        }
        if let Some(shown) = shown {
            let code = match stance {
                Stance::Asked => "claim.asked",
                Stance::Denied => "claim.denied",
                _ => "claim.reported",
            };
            found.reasons.push(reason(post, code, &shown));
        }
        // Two claims that share one phrase are not both stated by it.
        found.counts = matched.adds && score >= THRESHOLD && stance == Stance::Asserted;
        out.push(found);
    }
}

/// Returns what is left of the score of a claim that is not simply stated.
fn keeps(stance: Stance) -> f32 {
    match stance {
        Stance::Asserted => 1.0,
        Stance::Asked => 0.4,
        Stance::Reported => 0.5,
        Stance::Denied => 0.25,
    }
}
