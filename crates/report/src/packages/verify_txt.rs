//! `VERIFY.txt`: how to check the package without redress, and what that proves.

use record::StampKind;

use super::{LeftOut, proofs};
use crate::dossier::{Dossier, Stamp};
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
            out.push_str(&stamp_step(step, index + 1, stamp));
            step += 1;
        }
    }
    if dossier.exhibits.iter().any(|exhibit| exhibit.proof.is_some()) {
        out.push_str(&format!(
            "{step}. Does an exhibit stand in the ledger?\n\
             \n\
             data/exhibits/EX-…/inclusion.tlog-proof is a C2SP tlog proof (c2sp.org/tlog-proof@v1): it shows that\n\
             ledger-line.json beside it is a leaf of the tree whose root the signed checkpoint in it states.\n\
             Where a time stamp covers the exhibit, that checkpoint is the stamped one.\n\
             “redress verify” and data/verify.html check it.\n\
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

/// How to check the proof of time number `n`.
fn stamp_step(step: usize, n: usize, stamp: &Stamp) -> String {
    match (stamp.kind, stamp.at) {
        (StampKind::Rfc3161, Some(at)) => format!(
            "{step}. Did a time-stamping authority see the checkpoint on {}?\n\
             \n\
             \x20   openssl ts -verify -in data/proofs/stamp-{n}.tsr{} -data data/proofs/stamp-{n}-of.txt \\\n\
             \x20     -CAfile data/proofs/stamp-{n}-roots.pem -untrusted data/proofs/stamp-{n}-others.pem \\\n\
             \x20     -attime {}\n\
             \n\
             -attime judges the certificates at the time stamped. The root is the one the case was told to trust: get the\n\
             authority's own and compare. stamp-{n}-of.txt is the signed checkpoint it saw; its second line says how many\n\
             lines of the ledger it covers.\n\
             \n",
            at.shown(),
            if stamp.bare { " -token_in" } else { "" },
            at.seconds(),
        ),
        _ => format!(
            "{step}. Does a Bitcoin block cover the checkpoint? (OpenTimestamps; needs the network or your own node)\n\
             \n\
             \x20   ots verify -f data/proofs/stamp-{n}-of.txt data/proofs/stamp-{n}.ots\n\
             \n\
             Until that says so this is a promise and no time stamp; redress did not check it.\n\
             \n",
        ),
    }
}
