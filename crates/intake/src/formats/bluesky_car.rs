//! An account's repository (CAR, `com.atproto.sync.getRepo`): the only format whose author can be proven.
//!
//! Every block is checked against its content id, and the commit against its signature. The signing key is not in the
//! file: it is in the account's history (`https://plc.directory/DID/log`), which proves itself, or in its DID document,
//! which does not. Either is looked for beside the file, in the same archive, as `plc-log.json` or `did.json`.

use record::{Account, Fidelity, Item, Sink};
use serde_json::Value as Json;
use values::{At, Handle, Place, Platform, Severity, Trouble};

use crate::Refused;
use crate::atproto::cbor::{self, Value};
use crate::atproto::{car, cid_text, key, plc, post};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::Dig;

pub(super) const FORMAT: Format = Format {
    name: "bluesky-car",
    version: 1,
    description: "A Bluesky account's repository, signed by the account (.car; with plc-log.json beside it in a .zip)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let start = &head.bytes[..head.bytes.len().min(200)];
    memchr::memmem::find(start, b"eroots").is_some() && memchr::memmem::find(start, b"gversion\x01").is_some()
}

/// What the signature of a commit proves here.
enum Proof {
    Authored,
    ByDocument,
    Unchecked(&'static str),
    Broken,
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let bytes = input.whole()?;
    let Some(car) = car::read(&bytes) else {
        return Err(Refused::new(
            "car.broken",
            "The file should be a repository (CAR) and its header cannot be read.",
            "Fetch it again with com.atproto.sync.getRepo.",
        ));
    };
    for number in &car.broken {
        out.trouble(
            Trouble::new(
                "car.block",
                Severity::Invalid,
                "This block does not fit its content id: its bytes were changed or damaged. It was not read.",
                "Fetch the repository again.",
            )
            .at(Place::new(At::Record(*number))),
        );
    }
    if car.cut {
        out.trouble(Trouble::new(
            "car.cut_off",
            Severity::Invalid,
            "The file breaks off; the blocks before were read.",
            "Fetch the repository again.",
        ));
    }
    let commit = car.roots.first().and_then(|root| car.blocks.get(root));
    let Some((number, commit)) = commit.filter(|(_, commit)| commit.get("did").is_some()) else {
        out.trouble(Trouble::new(
            "car.no_commit",
            Severity::Invalid,
            "The file holds no commit: nothing in it says whose records these are.",
            "Fetch the whole repository with com.atproto.sync.getRepo.",
        ));
        out.take(Item::Leftover {
            place: Place::whole(),
            what: format!("{} blocks of no known account", car.blocks.len()),
        });
        return Ok(());
    };
    let place = Place::new(At::Record(*number));
    let did = commit.get("did").and_then(Value::text).unwrap_or_default().to_owned();
    let proof = check(commit, &did, input);
    tell(&proof, &place, out);
    let fidelity = if matches!(proof, Proof::Authored) { Fidelity::Authored } else { FORMAT.fidelity };
    let tree = commit.get("data").and_then(Value::link).map(|data| car::tree(&car, data)).unwrap_or_default();
    let mut others = 0_u64;
    let mut missing = tree.missing;
    let handle = handle(input, &did);
    for (path, cid) in &tree.records {
        let Some((collection, rkey)) = path.split_once('/') else { continue };
        if !matches!(collection, "app.bsky.feed.post" | "app.bsky.feed.repost") {
            others += 1;
            continue;
        }
        let Some((number, record)) = car.blocks.get(cid) else {
            missing += 1;
            continue;
        };
        let place = Place::new(At::Record(*number));
        let mut author = Account::unknown(Platform::Bluesky);
        author.id = Some(did.clone());
        author.handle = handle.clone();
        let mut items = Vec::new();
        match post::read(&cbor::to_json(record), &did, rkey, author, &place, &mut items) {
            Some(post) => {
                items.into_iter().for_each(|item| out.take(item));
                let mut observation = input.sighting(place);
                observation.fidelity = fidelity;
                out.take(post_item(post, observation));
            }
            None => out.take(Item::Leftover {
                place,
                what: format!("the record {}, which is no post", cid_text(cid)),
            }),
        }
    }
    if missing > 0 {
        out.trouble(Trouble::new(
            "car.missing",
            Severity::Warn,
            format!("{missing} parts of the repository are named and not in the file."),
            "Fetch the whole repository, without “since”.",
        ));
    }
    if others > 0 {
        out.take(Item::Leftover {
            place: Place::whole(),
            what: format!("{others} records that are no posts (likes, follows and the like)"),
        });
    }
    Ok(())
}

fn beside(input: &Input<'_>, name: &str) -> Option<Json> {
    serde_json::from_slice(&input.beside?.bytes(name)?).ok()
}

fn check(commit: &Value, did: &str, input: &Input<'_>) -> Proof {
    let Value::Map(pairs) = commit else { return Proof::Broken };
    let signature = commit.get("sig").and_then(Value::bytes).unwrap_or_default();
    // Whatever the key: zeros, or a second half that is not low, are no signature.
    if !key::is_low(signature) {
        return Proof::Broken;
    }
    let unsigned = Value::Map(pairs.iter().filter(|(key, _)| key != "sig").cloned().collect());
    let message = cbor::encode(&unsigned);
    if let Some(log) = beside(input, "plc-log.json") {
        return match plc::keys(did, &log) {
            Ok(keys) if keys.iter().any(|key| key.verifies(&message, signature)) => Proof::Authored,
            Ok(_) => Proof::Broken,
            Err(why) => Proof::Unchecked(why),
        };
    }
    match beside(input, "did.json") {
        Some(document) if document.text("id") == Some(did) => {
            let keys = plc::keys_of_document(&document);
            if keys.iter().any(|key| key.verifies(&message, signature)) {
                Proof::ByDocument
            } else {
                Proof::Broken
            }
        }
        _ => Proof::Unchecked("the account's history is not beside it"),
    }
}

/// Returns the handle the account's history or document names, where it is of this account.
fn handle(input: &Input<'_>, did: &str) -> Option<Handle> {
    let log = beside(input, "plc-log.json").filter(|log| plc::keys(did, log).is_ok());
    let last = log
        .as_ref()
        .and_then(|log| log.as_array()?.last())
        .map(|entry| entry.dig("operation").unwrap_or(entry).clone());
    let named =
        last.or_else(|| beside(input, "did.json").filter(|document| document.text("id") == Some(did)))?;
    Handle::new(named.list("alsoKnownAs").first()?.as_str()?.strip_prefix("at://")?)
}

fn tell(proof: &Proof, place: &Place, out: &mut Out<'_>) {
    let trouble = match proof {
        Proof::Authored => return,
        Proof::Broken => Trouble::new(
            "bluesky.signature",
            Severity::Invalid,
            "The signature over this repository does not hold: nothing shows that the account wrote these records.",
            "Fetch the repository again from the account's own server, and compare.",
        ),
        Proof::ByDocument => Trouble::new(
            "bluesky.key_claimed",
            Severity::Note,
            "The signature holds under the key of the document beside it; whoever made the archive could have made both.",
            "Put the account's history beside it (plc-log.json, from https://plc.directory/DID/log): it proves itself.",
        ),
        Proof::Unchecked(why) => Trouble::new(
            "bluesky.signature_unchecked",
            Severity::Warn,
            format!("The signature over this repository was not checked, because {why}."),
            "Save https://plc.directory/DID/log as plc-log.json, put both into a .zip, and import that: the author is then proven.",
        ),
    };
    out.trouble(trouble.at(place.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive;
    use crate::atproto::key::made::Secret;
    use crate::{Limits, Options, Slice};
    use serde_json::json;

    fn section(value: &Json, bytes: &mut Vec<u8>) -> Json {
        let block = cbor::encode(&cbor::from_json(value).unwrap());
        let mut cid = vec![1, 0x71, 0x12, 32];
        cid.extend_from_slice(values::Digest::of(&block).as_bytes());
        let mut length = cid.len() + block.len();
        while length > 0x7F {
            bytes.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        bytes.push(length as u8);
        bytes.extend_from_slice(&cid);
        bytes.extend_from_slice(&block);
        json!({ "$link": cid_text(&cid) })
    }

    /// Builds a repository of one post, signed with the key of a seed.
    fn repository(did: &str, seed: u8) -> Vec<u8> {
        let mut blocks = Vec::new();
        let record = json!({"$type": "app.bsky.feed.post", "text": "Who is he?", "createdAt": "2025-11-04T09:42:11.000Z"});
        let record = section(&record, &mut blocks);
        let path = crate::base64::encode(b"app.bsky.feed.post/3m4sampl3k22a");
        let node = section(
            &json!({"l": null, "e": [{"p": 0, "k": {"$bytes": path}, "v": record, "t": null}]}),
            &mut blocks,
        );
        let mut commit =
            json!({"did": did, "version": 3, "data": node, "rev": "3m4sampl3rev2", "prev": null});
        let message = cbor::encode(&cbor::from_json(&commit).unwrap());
        commit["sig"] = json!({"$bytes": crate::base64::encode(&Secret::of(seed).sign(&message))});
        let root = section(&commit, &mut blocks);
        let header = cbor::encode(&cbor::from_json(&json!({"roots": [root], "version": 1})).unwrap());
        let mut car = vec![header.len() as u8];
        car.extend_from_slice(&header);
        car.extend_from_slice(&blocks);
        car
    }

    fn read(members: &[(&str, &[u8])]) -> (Vec<Fidelity>, Vec<String>) {
        let bytes = archive::stored(members);
        let mut items: Vec<Item> = Vec::new();
        crate::read(&Slice::new("a.zip", &bytes), &Options::plain(Limits::ordinary()), &mut items).unwrap();
        let mut found = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Post { observation, .. } => found.0.push(observation.fidelity),
                Item::Trouble(trouble)
                    if trouble.code.starts_with("bluesky.") || trouble.code.starts_with("car.") =>
                {
                    found.1.push(trouble.code.into_owned());
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn an_author_is_proven_by_the_account_s_history() {
        let (did, log) = plc::made::account();
        let log = serde_json::to_vec(&log).unwrap();
        let good = repository(&did, 2);
        assert_eq!(read(&[("repo.car", &good), ("plc-log.json", &log)]), (vec![Fidelity::Authored], vec![]));
        let forged = repository(&did, 9);
        assert_eq!(
            read(&[("repo.car", &forged), ("plc-log.json", &log)]),
            (vec![Fidelity::Server], vec!["bluesky.signature".to_owned()])
        );
        assert_eq!(read(&[("repo.car", &good)]).1, ["bluesky.signature_unchecked"]);
        let document = json!({"id": did, "verificationMethod": [{"id": format!("{did}#atproto"), "publicKeyMultibase": Secret::of(2).public().trim_start_matches("did:key:")}]});
        let document = serde_json::to_vec(&document).unwrap();
        assert_eq!(
            read(&[("repo.car", &good), ("did.json", &document)]),
            (vec![Fidelity::Server], vec!["bluesky.key_claimed".to_owned()])
        );
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let (did, log) = plc::made::account();
        let log = serde_json::to_vec(&log).unwrap();
        let good = repository(&did, 2);
        for at in (good.len() - 400..good.len()).step_by(3) {
            let mut changed = good.clone();
            changed[at] ^= 1;
            let (fidelities, codes) = read(&[("repo.car", &changed), ("plc-log.json", &log)]);
            assert!(!codes.is_empty() || !fidelities.contains(&Fidelity::Authored), "byte {at}");
        }
    }
}
