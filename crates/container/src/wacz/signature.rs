//! Signatures of collections (WACZ signing and verification 0.1.0): by an anonymous key, or by a domain with its
//! certificates and a timestamp.
//!
//! What is signed is the text `sha256:` and the hash of the manifest. The usual verifier checks the signature against
//! the hash that stands beside it and never against the manifest, so a signature can be carried to other content; here
//! that is the first thing looked at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use seal::keys::{Hash, PublicKey, Scheme};
use seal::timestamp::{self, Covered, Ended};
use seal::x509::{self, Purpose};
use serde_json::{Map, Value};
use values::{Moment, Place, SaidBy, Severity, Trouble};

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
        verified(&key, stated, &signature)?;
        let what = "Signed by a key that anyone could have made.";
        let next =
            "This shows that the manifest is unchanged since that key signed it, not who did nor when.";
        troubles.push(trouble("wacz.signed", Severity::Note, what, next).at(Place::whole().inside(DIGEST)));
        return Ok(());
    }
    domain(signed, stated, &signature, rules, troubles)
}

fn verified(key: &PublicKey, text: &str, signature: &[u8]) -> Result<(), Box<Trouble>> {
    // Browsers write the two numbers one after the other, servers as DER; the digest is SHA-256 whatever the curve.
    let raw = key.verify_raw(Hash::Sha256, text.as_bytes(), signature);
    let scheme = Scheme::Ecdsa(Hash::Sha256);
    if raw == Ok(true) || key.verify(scheme, text.as_bytes(), signature) == Ok(true) {
        return Ok(());
    }
    let what = "The signature does not fit the key and the manifest: one of the three was changed.";
    Err(invalid("wacz.signature", what, AGAIN))
}

/// A domain's signature: its certificate chain held when a timestamp authority saw the signature.
fn domain(
    signed: &Signed,
    stated: &str,
    signature: &[u8],
    rules: &Rules,
    troubles: &mut Troubles,
) -> Result<(), Box<Trouble>> {
    let wrong = |code, what: &str| invalid(code, what, AGAIN);
    let text = |name: &str| signed.text(name).unwrap_or_default();
    let mut certificates = x509::from_pem(text("domainCert"));
    if certificates.is_empty() {
        return Err(wrong("wacz.signature_certificate", "The domain's certificate cannot be read."));
    }
    let leaf = certificates.remove(0);
    certificates.extend(x509::from_pem(text("crossSignedCert")));
    let domain = text("domain").to_ascii_lowercase();
    if !leaf.extensions.dns_names.iter().any(|name| covers(name, &domain)) {
        return Err(wrong(
            "wacz.signature_domain",
            "The certificate is not one of the domain that is said to have signed.",
        ));
    }
    let Ok(key) = leaf.key() else {
        return Err(wrong(
            "wacz.signature_certificate",
            "The domain's certificate has a key that cannot be used here.",
        ));
    };
    verified(&key, stated, signature)?;

    let Ok(token) = STANDARD.decode(text("timeSignature").trim()) else {
        return Err(invalid("wacz.signature_props", "The timestamp of the signature is not base64.", WRITER));
    };
    // What the authority stamped is the signature as text, in base64 as it stands in the file.
    let covered = Covered::Data(text("signature").as_bytes());
    let others = x509::from_pem(text("timestampCert"));
    let checks = timestamp::verify(&token, covered, None, &others, &rules.roots);
    let untrusted = |name: &str| {
        let what =
            format!("The chain of certificates of {name} does not end in a root that is trusted here.");
        let next =
            "The signature fits the manifest. Name the root with --trust if you have reason to trust it.";
        trouble("wacz.signature_untrusted", Severity::Warn, what, next).at(Place::whole().inside(DIGEST))
    };
    match checks.first_fault() {
        None => {}
        Some(fault) if fault.name == "chain" => troubles.push(untrusted("the timestamp")),
        Some(fault) => {
            let what =
                format!("The timestamp of the signature fails at “{}”: {}.", fault.name, why(&fault.ended));
            return Err(wrong("wacz.timestamp", &what));
        }
    }
    let Some(stamp) = checks.stamp else {
        return Err(wrong("wacz.timestamp", "The timestamp of the signature cannot be read."));
    };
    let at = stamp.at.seconds();
    match x509::chain(&leaf, &certificates, &rules.roots, at, Purpose::Server) {
        Ok(_) => {}
        Err(x509::NoChain::Untrusted(_)) => troubles.push(untrusted("the domain")),
        Err(why) => {
            let what = format!(
                "The domain's chain of certificates does not hold at the time of its timestamp: {why}."
            );
            return Err(wrong("wacz.signature_certificate", &what));
        }
    }
    let created = Moment::parse(text("created"), SaidBy::Collector).ok();
    if created.is_none_or(|created| (created.seconds() - at).abs() > MOST_APART) {
        let what = "The time at which the signature says it was made and its timestamp are more than ten minutes apart.";
        let next = "Go by the timestamp; it is the one a third party vouches for.";
        troubles.push(
            trouble("wacz.signature_time", Severity::Warn, what, next).at(Place::whole().inside(DIGEST)),
        );
    }
    let what = format!("Signed for the domain {domain}, timestamped {}.", stamp.at.to_rfc3339());
    let next =
        "This shows who vouches for the manifest and since when, not that a platform served what is in it.";
    troubles.push(trouble("wacz.signed", Severity::Note, what, next).at(Place::whole().inside(DIGEST)));
    Ok(())
}

/// How far apart signing and stamping may lie, in seconds; authsign refuses more, too.
const MOST_APART: i64 = 600;

fn why(ended: &Ended) -> &str {
    match ended {
        Ended::Passed => "",
        Ended::Failed(why) | Ended::NotChecked(why) => why,
    }
}

/// Whether a name of a certificate covers a domain (RFC 6125: a star stands for one first label).
fn covers(name: &str, domain: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(rest) => {
            domain.split_once('.').is_some_and(|(first, parent)| !first.is_empty() && parent == rest)
        }
        None => name == domain,
    }
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_star_is_one_label() {
        for (name, domain, expected) in [
            ("a.example", "a.example", true),
            ("*.example", "a.example", true),
            ("*.example", "b.a.example", false),
            ("*.example", "example", false),
            ("*.example", ".example", false),
            ("a.example", "b.example", false),
        ] {
            assert_eq!(covers(name, domain), expected, "{name} {domain}");
        }
    }
}
