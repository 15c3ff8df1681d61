//! `VERIFY.txt`: how to check the package without redress, and what that proves.

use super::{LeftOut, proofs};
use crate::dossier::Dossier;
use crate::recipient::Recipient;

/// Returns the text. Every command works when pasted in the folder the file lies in.
pub(super) fn text(dossier: &Dossier, recipient: Recipient, left_out: &[LeftOut]) -> String {
    let mut out = format!(
        "HOW TO CHECK THIS PACKAGE\n\
         \n\
         Made by redress {} for: {recipient}. Nothing of redress is needed to check it.\n\
         Without a terminal: open data/verify.html in any browser and choose this folder. It needs no internet.\n\
         With one: open it in the folder this file lies in and paste the commands.\n\
         \n\
         1. Is every file unchanged since the package was made?\n\
         \n\
         \x20   sha256sum -c --quiet manifest-sha256.txt && echo unchanged\n\
         \n\
         On a Mac: shasum -a 256 -c manifest-sha256.txt\n\
         \n\
         2. Are the files listed in the manifests themselves unchanged?\n\
         \n\
         \x20   sha256sum -c --quiet tagmanifest-sha256.txt && echo unchanged\n\
         \n\
         Compare this one value with the one you were given by another way (by telephone, on paper):\n\
         \n\
         \x20   openssl dgst -sha256 tagmanifest-sha256.txt\n\
         \n",
        dossier.redress
    );
    let mut step = 3;
    if let Some(proof) = &dossier.proof {
        if proofs::parts(proof).is_some() {
            out.push_str(&format!(
                "{step}. Did the case's own key sign the checkpoint of its ledger? (OpenSSL 3)\n\
                 \n\
                 \x20   openssl pkeyutl -verify -pubin -inkey data/proofs/key.pem -rawin \\\n\
                 \x20     -in data/proofs/checkpoint-body.txt -sigfile data/proofs/checkpoint.sig\n\
                 \n"
            ));
            step += 1;
        }
        for (index, stamp) in proof.stamps.iter().enumerate() {
            let n = index + 1;
            out.push_str(&format!(
                "{step}. Did a time-stamping authority see the checkpoint on {}?\n\
                 \n\
                 \x20   openssl ts -verify -in data/proofs/stamp-{n}.tsr -data data/proofs/stamp-{n}-of.txt \\\n\
                 \x20     -CAfile data/proofs/stamp-{n}-roots.pem\n\
                 \n",
                stamp.at.shown()
            ));
            step += 1;
        }
    }
    if dossier.exhibits.iter().any(|exhibit| exhibit.proof.is_some()) {
        out.push_str(&format!(
            "{step}. Does an exhibit stand in the ledger?\n\
             \n\
             data/exhibits/EX-…/inclusion-proof.txt is a C2SP tlog proof: it shows that ledger-line.json beside it is a\n\
             leaf of the tree whose root the checkpoint states. “redress verify” checks it.\n\
             \n"
        ));
    }
    out.push_str(
        "WHAT THIS PROVES\n\
         \n\
         The digests, the signed checkpoint and any timestamp show that the bytes in this package are the bytes that were\n\
         kept, unchanged since the time stated.\n\
         \n\
         WHAT IT DOES NOT PROVE\n\
         \n\
         It does not show that a platform served those bytes, who wrote a post, or that what it says is so. Each exhibit\n\
         states how near its capture is to what the platform sent.\n\
         \n\
         WHAT WAS LEFT OUT, AND WHY\n\
         \n",
    );
    if left_out.is_empty() {
        out.push_str("Nothing.\n");
    }
    for item in left_out {
        out.push_str(&format!("- {}: {}\n", item.what, item.why));
    }
    out
}
