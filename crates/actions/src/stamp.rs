//! `redress stamp`: a proof of time over the ledger's checkpoint, by somebody outside this computer.
//!
//! What is stamped is the signed checkpoint as it lies in `ledger/checkpoint`; it covers every event before it, and with
//! their digests every capture. An answer is kept only after it was verified to the end: asked-for number, bytes, signer,
//! purpose, chain to a trusted root. What goes out is one digest; the ledger names the address before anything is sent.

use std::path::{Path, PathBuf};

use case::Case;
use case::stamps::{self, NewStamp};
use record::StampKind;
use seal::keys::Hash;
use seal::note::Note;
use seal::timestamp::{self, Checks, Covered, Ended};
use seal::x509::Certificate;
use seal::{ots, roots};
use serde::Serialize;
use values::{Digest, Moment};

use crate::{ActionError, Context};

/// Sends bytes to an address and returns the answer, or what went wrong as a sentence.
pub type Send<'a> = &'a dyn Fn(&str, &[u8]) -> Result<Vec<u8>, String>;

/// Where the proof comes from.
pub enum Source<'a> {
    /// A time-stamping authority is asked now.
    Authority {
        /// Its address, `http://…` or `https://…`.
        address: &'a str,
        /// How to reach it.
        send: Send<'a>,
    },
    /// A response or token (RFC 3161) that was obtained elsewhere, in a file.
    Response(&'a Path),
    /// An OpenTimestamps proof that was obtained elsewhere, in a file.
    OpenTimestamps(&'a Path),
}

/// What stamping came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// What sort of proof.
    pub kind: StampKind,
    /// How many events of the ledger it covers.
    pub events: u64,
    /// When, by the authority's clock; `null` where the proof shows no time by itself.
    pub at: Option<Moment>,
    /// The authority.
    pub authority: Option<String>,
    /// The root its chain ends in.
    pub root: Option<String>,
    /// SHA-256 of the proof as kept, in `ledger/stamps`.
    pub proof: Digest,
    /// What the proof shows and what it does not.
    pub said: String,
}

/// The most bytes that are read of a proof.
pub const LARGEST: usize = 1 << 20;

/// Takes in a proof of time. `trusted` are certificate roots beside those shipped.
pub fn stamp(
    case: &mut Case,
    source: &Source<'_>,
    trusted: &[Certificate],
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let mut known = roots::shipped();
    known.extend_from_slice(trusted);
    match source {
        Source::Authority { address, send } => ask(case, address, *send, &known, context),
        Source::Response(path) => {
            let token = read(path)?;
            let note = find(case, &token)?;
            keep_token(case, &token, &note, None, &known, context)
        }
        Source::OpenTimestamps(path) => take_ots(case, path, context),
    }
}

/// Writes a request over the present checkpoint, to be sent by other means. The answer comes back with `--tsr`.
pub fn query(case: &Case, out: &Path) -> Result<PathBuf, ActionError> {
    let note = case.ledger().checkpoint().to_string();
    let request = timestamp::request(Hash::Sha256, &Hash::Sha256.of(note.as_bytes()), Some(case::number()?));
    if out.exists() {
        return Err(ActionError::Request(format!(
            "“{}” already exists. Choose another name; nothing was changed.",
            out.display()
        )));
    }
    std::fs::write(out, request).map_err(ActionError::file("written", out))?;
    Ok(out.to_owned())
}

fn ask(
    case: &mut Case,
    address: &str,
    send: Send<'_>,
    known: &[Certificate],
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    if !(address.starts_with("https://") || address.starts_with("http://")) {
        return Err(ActionError::Request(format!(
            "“{address}” is no address of a time-stamping authority. It begins with https:// or http://."
        )));
    }
    let number = case::number()?;
    let note = case.ledger().checkpoint().clone();
    let digest = Hash::Sha256.of(note.to_string().as_bytes());
    let request = timestamp::request(Hash::Sha256, &digest, Some(number));
    // Before it is sent: whatever becomes of the call, the ledger knows of it.
    case.calling("stamp", address, &request, context.now())?;
    let answer = send(address, &request).map_err(|what| {
        case.failed("stamp", "network.failed", context.now());
        ActionError::Refused(format!(
            "The authority did not answer: {what}. Check the address and the connection, then try again; nothing was stamped."
        ))
    })?;
    keep_token(case, &answer, &note, Some(&timestamp::positive(number)), known, context)
}

fn keep_token(
    case: &mut Case,
    token: &[u8],
    note: &Note,
    nonce: Option<&[u8]>,
    known: &[Certificate],
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let text = note.to_string();
    let checks = timestamp::verify(token, Covered::Data(text.as_bytes()), nonce, &[], known);
    if let Some(refused) = refusal(&checks) {
        let step = checks.first_fault().map_or("form", |fault| fault.name);
        case.failed("stamp", &format!("stamp.{step}"), context.now());
        return Err(refused);
    }
    let stamp =
        checks.stamp.ok_or_else(|| ActionError::OurFault("A stamp that holds says nothing.".into()))?;
    let new = NewStamp { kind: StampKind::Rfc3161, token, checkpoint: note, chain: &stamp.chain };
    let proof = case.stamped(&new, context.now())?;
    Ok(Outcome {
        kind: StampKind::Rfc3161,
        events: case.ledger().was(note)?.size,
        at: Some(stamp.at),
        authority: stamp.signer,
        root: stamp.root,
        proof,
        said: "It shows that this ledger, and with it every capture it names, existed at that time. It does not show where they came from."
            .to_owned(),
    })
}

fn refusal(checks: &Checks) -> Option<ActionError> {
    let fault = checks.first_fault()?;
    let why = match &fault.ended {
        Ended::Failed(why) | Ended::NotChecked(why) => why.as_str(),
        Ended::Passed => "",
    };
    let next = match fault.name {
        "chain" => "Where you trust its root, name it with --trust ROOT.pem.",
        "imprint" => "Take a response to a request over this case's ledger/checkpoint.",
        "status" => "Ask again, or ask another authority.",
        _ => "Do not use this one; ask again, or ask another authority.",
    };
    Some(ActionError::Refused(format!(
        "The stamp does not hold ({}): {why}. {next} It was not kept.",
        fault.name
    )))
}

/// Finds which of the case's checkpoints, present or past, a token is over.
fn find(case: &Case, token: &[u8]) -> Result<Note, ActionError> {
    let read = timestamp::read(token).map_err(|_| {
        ActionError::Request(
            "The file is neither a response nor a token of a time-stamping authority (RFC 3161). It was not kept."
                .to_owned(),
        )
    })?;
    let present = case.ledger().checkpoint().clone();
    let Some(hash) = read.hash else { return Ok(present) };
    let covers = |note: &Note| hash.of(note.to_string().as_bytes()) == read.imprint;
    if covers(&present) {
        return Ok(present);
    }
    // Where none fits, verifying against the present one says so.
    Ok(case.ledger().past_checkpoints().find(covers).unwrap_or(present))
}

fn take_ots(case: &mut Case, path: &Path, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let bytes = read(path)?;
    let proof = ots::Proof::read(&bytes).map_err(|what| {
        ActionError::Request(format!(
            "“{}” is no OpenTimestamps proof that can be used: {what}. It was not kept.",
            path.display()
        ))
    })?;
    let present = case.ledger().checkpoint().clone();
    let over = |note: &Note| stamps::is_over(&proof, note.to_string().as_bytes());
    let note = if over(&present) { Some(present) } else { case.ledger().past_checkpoints().find(over) };
    let Some(note) = note else {
        case.failed("stamp", "stamp.imprint", context.now());
        return Err(ActionError::Refused(
            "The proof is over other bytes than any checkpoint of this case, or over a digest weaker than SHA-256. Make one of ledger/checkpoint; it was not kept."
                .to_owned(),
        ));
    };
    let new = NewStamp { kind: StampKind::OpenTimestamps, token: &bytes, checkpoint: &note, chain: &[] };
    let digest = case.stamped(&new, context.now())?;
    Ok(Outcome {
        kind: StampKind::OpenTimestamps,
        events: case.ledger().was(&note)?.size,
        at: None,
        authority: None,
        root: None,
        proof: digest,
        said: proof.said(),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, ActionError> {
    use std::io::Read as _;
    let wrong = ActionError::file("read", path);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(ActionError::file("read", path))?;
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(wrong)?;
    if bytes.len() > LARGEST {
        return Err(ActionError::Request(format!(
            "“{}” is larger than a proof of time can be. Give the response or proof itself.",
            path.display()
        )));
    }
    Ok(bytes)
}
