//! The history of a `did:plc` account (`https://plc.directory/DID/log`, or `…/log/audit`): the account's lasting id is
//! the hash of its first entry, and each further entry is signed with a key the entry before it named. So the history
//! proves by itself, without trusting whoever sent it, which keys the account signs with (web.plc.directory/spec).

use serde_json::Value;

use super::key::Key;
use super::{cbor, cid_of};
use crate::base64;
use crate::json::Dig;

/// Returns the keys the account signed with, latest last. Errors with what is wrong, in words.
pub(crate) fn keys(did: &str, log: &Value) -> Result<Vec<Key>, &'static str> {
    let entries = log.as_array().ok_or("it is no list of entries")?;
    let (mut keys, mut previous): (Vec<Key>, Option<(String, Vec<Key>)>) = (Vec::new(), None);
    for entry in entries.iter().take(1_000).filter(|entry| entry.flag("nullified") != Some(true)) {
        let operation = entry.dig("operation").unwrap_or(entry);
        let Some(map) = operation.as_object() else { return Err("an entry is none") };
        let signature = operation.text("sig").and_then(base64::decode).ok_or("an entry is not signed")?;
        let mut unsigned = map.clone();
        unsigned.remove("sig");
        let message = cbor::from_json(&Value::Object(unsigned))
            .map(|value| cbor::encode(&value))
            .ok_or("an entry cannot be written")?;
        let whole = cbor::from_json(operation)
            .map(|value| cbor::encode(&value))
            .ok_or("an entry cannot be written")?;
        let rotation = rotation_keys(operation);
        let signers = match &previous {
            None => {
                if did != did_of(&whole) {
                    return Err("its first entry is that of another account");
                }
                rotation.clone()
            }
            Some((cid, signers)) => {
                if operation.text("prev") != Some(cid) {
                    return Err("an entry does not follow the one before it");
                }
                signers.clone()
            }
        };
        if !signers.iter().any(|key| key.verifies(&message, &signature)) {
            return Err("the signature of an entry does not hold");
        }
        let signing = operation.text("verificationMethods.atproto").or_else(|| operation.text("signingKey"));
        keys.extend(signing.and_then(Key::parse));
        previous = Some((cid_of(&whole), rotation));
    }
    if keys.is_empty() { Err("it names no key") } else { Ok(keys) }
}

fn rotation_keys(operation: &Value) -> Vec<Key> {
    let listed = operation.list("rotationKeys").iter().filter_map(Value::as_str);
    // The first form of an entry (`create`) names two keys by their use.
    let old = [operation.text("recoveryKey"), operation.text("signingKey")].into_iter().flatten();
    listed.chain(old).filter_map(Key::parse).collect()
}

/// Returns the lasting id of the account whose first entry this is: the first 24 signs of its hash.
fn did_of(first: &[u8]) -> String {
    // A CID is the hash behind four bytes; in base 32 the hash alone reads otherwise.
    let text = super::cid_text(values::Digest::of(first).as_bytes());
    format!("did:plc:{}", text.get(1..25).unwrap_or_default())
}

/// Returns the keys a DID document names. It proves nothing by itself.
pub(crate) fn keys_of_document(document: &Value) -> Vec<Key> {
    let methods = document.list("verificationMethod").iter();
    methods
        .filter(|method| method.text("id").is_some_and(|id| id.ends_with("#atproto")))
        .filter_map(|m| Key::parse(m.text("publicKeyMultibase")?))
        .collect()
}

#[cfg(test)]
pub(crate) mod made {
    //! An invented account for tests.

    use serde_json::{Value, json};

    use super::super::key::made::Secret;
    use super::super::{cbor, cid_of};

    fn signed(mut operation: Value, secret: &Secret) -> (Value, Vec<u8>) {
        let message = cbor::encode(&cbor::from_json(&operation).unwrap());
        let signature = crate::base64::encode(&secret.sign(&message)).replace('+', "-").replace('/', "_");
        operation["sig"] = json!(signature.trim_end_matches('='));
        let whole = cbor::encode(&cbor::from_json(&operation).unwrap());
        (operation, whole)
    }

    /// Returns the lasting id of an account that signs with the key of seed 2, and its history of two entries.
    pub(crate) fn account() -> (String, Value) {
        let (rotation, first_key, key) = (Secret::of(1), Secret::of(3), Secret::of(2));
        let entry = |prev: Value, signing: &Secret| {
            json!({"type": "plc_operation", "rotationKeys": [rotation.public()], "verificationMethods": {"atproto": signing.public()},
                "alsoKnownAs": ["at://example-watcher.bsky.example"], "services": {}, "prev": prev})
        };
        let (first, whole) = signed(entry(Value::Null, &first_key), &rotation);
        let (second, _) = signed(entry(json!(cid_of(&whole)), &key), &rotation);
        (super::did_of(&whole), json!([first, second]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_proves_itself() {
        let (did, log) = made::account();
        assert_eq!(keys(&did, &log).unwrap().len(), 2);
        assert!(did.starts_with("did:plc:") && did.len() == 32);
        assert!(keys("did:plc:another2222222222222222", &log).is_err());
        let mut changed = log.clone();
        changed[1]["alsoKnownAs"][0] = "at://other.example".into();
        assert_eq!(keys(&did, &changed), Err("the signature of an entry does not hold"));
        let mut forged = log.clone();
        forged[1]["prev"] = Value::Null;
        assert!(keys(&did, &forged).is_err());
        assert!(keys(&did, &Value::Null).is_err());
    }
}
