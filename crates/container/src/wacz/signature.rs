//! Signatures of collections (WACZ signing and verification 0.1.0): by an anonymous key, or by a domain with its
//! certificates and a timestamp.
//!
//! What is signed is the text `sha256:` and the hash of the manifest. The usual verifier checks the signature against
//! the hash that stands beside it and never against the manifest, so a signature can be carried to other content; here
//! that is the first thing looked at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use seal::keys::{Hash, PublicKey, Scheme};
use serde_json::{Map, Value};
use values::{Place, Severity, Trouble};

use super::{AGAIN, DIGEST, WRITER, trouble};
use crate::Rules;
use crate::digests::{Algorithm, Claimed, digest};
use crate::judgement::Troubles;

/// `signedData` as it stands in the file.
#[derive(Debug, Clone)]
pub struct Signed(Map<String, Value>);

const COMMON: [&str; 5] = ["hash", "created", "software", "version", "signature"];
const DOMAIN: [&str; 5] = ["domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"];

impl Signed {
    /// Returns what is signed; `None` where the collection is not signed.
    pub fn read(digest_file: &Value) -> Option<Self> {
        match digest_file.get("signedData")? {
            Value::Null => None,
            Value::Object(map) => Some(Self(map.clone())),
            _ => Some(Self(Map::new())),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}

/// Checks a signature.
pub fn check(signed: &Signed, manifest: &[u8], rules: &Rules, troubles: &mut Troubles) {
    if let Err(wrong) = checked(signed, manifest, rules, troubles) {
        troubles.push(wrong.at(Place::whole().inside(DIGEST)));
    }
}

fn invalid(code: &'static str, what: &str, next: &str) -> Box<Trouble> {
    Box::new(trouble(code, Severity::Invalid, what, next))
}

fn checked(
    signed: &Signed,
    manifest: &[u8],
    rules: &Rules,
    troubles: &mut Troubles,
) -> Result<(), Box<Trouble>> {
    let stated = signed.text("hash").unwrap_or_default();
    let claimed = Claimed::labelled(stated).ok().filter(|claimed| claimed.algorithm == Algorithm::Sha256);
    let covers = claimed.is_some_and(|claimed| digest(Algorithm::Sha256, manifest) == claimed.bytes);
    if !covers {
        let what = "The signature is over another manifest than the one that stands beside it: it was carried here from elsewhere.";
        return Err(invalid("wacz.signature_hash", what, AGAIN));
    }
    let props = |what: &str| invalid("wacz.signature_props", what, WRITER);
    let by_key = signed.0.contains_key("publicKey");
    let by_domain = DOMAIN.iter().any(|name| signed.0.contains_key(*name));
    if by_key && by_domain {
        return Err(props(
            "The signature claims a domain and an anonymous key at once; only the key could be behind it.",
        ));
    }
    let allowed = |name: &str| {
        COMMON.contains(&name) || by_key && name == "publicKey" || by_domain && DOMAIN.contains(&name)
    };
    if !signed.0.keys().all(|name| allowed(name)) || !by_key && !by_domain {
        return Err(props(
            "The signature has not the properties of either form that the specification knows.",
        ));
    }
    let needed: &[&str] = if by_key {
        &["hash", "created", "software", "signature", "publicKey"]
    } else {
        &[
            "hash",
            "created",
            "software",
            "signature",
            "domain",
            "domainCert",
            "timeSignature",
            "timestampCert",
        ]
    };
    if let Some(missing) = needed.iter().find(|name| signed.text(name).is_none()) {
        return Err(props(&format!("The signature lacks its property “{missing}”.")));
    }
    let bytes = |name: &str| {
        let text = signed.text(name).unwrap_or_default();
        STANDARD.decode(text.trim()).map_err(|_| props(&format!("The property “{name}” is not base64.")))
    };
    let signature = bytes("signature")?;
    if by_key {
        let key = PublicKey::from_spki(&bytes("publicKey")?)
            .map_err(|_| props("The public key is none that a collection may be signed with."))?;
        return verified(&key, stated, &signature);
    }
    domain(signed, stated, &signature, rules, troubles)
}

fn verified(key: &PublicKey, text: &str, signature: &[u8]) -> Result<(), Box<Trouble>> {
    // Browsers write the two numbers one after the other, servers as DER; the digest is SHA-256 whatever the curve.
    let raw = key.verifies_raw(Hash::Sha256, text.as_bytes(), signature);
    if raw || key.verifies(Scheme::Ecdsa(Hash::Sha256), text.as_bytes(), signature) {
        return Ok(());
    }
    let what = "The signature does not fit the key and the manifest: one of the three was changed.";
    Err(invalid("wacz.signature", what, AGAIN))
}

fn domain(
    _signed: &Signed,
    _stated: &str,
    _signature: &[u8],
    _rules: &Rules,
    troubles: &mut Troubles,
) -> Result<(), Box<Trouble>> {
    let what = "The collection is signed by a domain; that signature was not checked.";
    let next = "Check it with another tool until this one does.";
    troubles.push(trouble("wacz.signature_unchecked", Severity::Warn, what, next));
    Ok(())
}
