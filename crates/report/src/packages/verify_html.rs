//! `data/verify.html`: one page that checks the package in any browser, offline, with nothing installed.
//!
//! Its policy lets it run exactly the one script and the one style inside it, named by their digests, and load or send
//! nothing. It computes SHA-256 itself; for the Ed25519 signature it asks the browser, and says so where that cannot.

use sha2::{Digest as _, Sha256};

use super::proofs::to_base64;

const PAGE: &str = include_str!("../../templates/verify.html");
const STYLE: &str = include_str!("../../templates/verify.css");
const SCRIPT: &str = include_str!("../../templates/verify.js");

/// Returns the page. It holds nothing of the case, so it is the same in every package of one version.
pub(super) fn page() -> String {
    let digest = |text: &str| to_base64(&Sha256::digest(text.as_bytes()));
    PAGE.replacen("{script}", &digest(SCRIPT), 1)
        .replacen("{style}", &digest(STYLE), 1)
        .replacen("{css}", STYLE, 1)
        .replacen("{js}", SCRIPT, 1)
}
