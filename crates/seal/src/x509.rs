//! X.509 certificates (RFC 5280) as far as timestamps and signatures by a domain need them, and chains of them.
//!
//! A chain is good at a given moment when each certificate signed the next, was in force, was allowed to, and the last
//! is one of the roots that the caller pinned. Revocation is not looked at: that needs the network, and a list of the
//! day of signing is rarely kept. Names other than equality, and policies, are not interpreted; a certificate with a
//! critical extension not understood here is refused.

use crate::der::{self, Element, Malformed, Reader};
use crate::keys::{PublicKey, Scheme, Unfit};

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The whole certificate, DER.
    pub whole: Vec<u8>,
    /// Serial number, as the content bytes of the INTEGER.
    pub serial: Vec<u8>,
    /// Issuer, a Name in DER.
    pub issuer: Vec<u8>,
    /// Subject, a Name in DER.
    pub subject: Vec<u8>,
    /// First second in force, Unix time.
    pub not_before: i64,
    /// Last second in force, Unix time.
    pub not_after: i64,
    /// SubjectPublicKeyInfo, DER.
    pub spki: Vec<u8>,
    /// The extensions that are understood.
    pub extensions: Extensions,
    signed: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
}

/// Extensions of a certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Whether it may issue certificates, and how many issuers may stand below it.
    pub authority: Option<(bool, Option<u64>)>,
    /// The bits of keyUsage, bit 0 first.
    pub key_usage: Option<[bool; 9]>,
    /// The purposes of extKeyUsage, as object identifiers, and whether it is critical.
    pub purposes: Option<(Vec<Vec<u8>>, bool)>,
    /// DNS names, lower case.
    pub dns_names: Vec<String>,
    /// directoryNames of the subject alternative name, DER.
    pub directory_names: Vec<Vec<u8>>,
    /// Subject key identifier.
    pub key_id: Option<Vec<u8>>,
    /// A critical extension that is not understood, dotted.
    pub unknown_critical: Option<String>,
}

/// What a key is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing timestamps.
    Timestamping,
    /// Speaking for a domain.
    Server,
}

impl Purpose {
    /// Returns the object identifier.
    pub const fn oid(self) -> &'static [u8] {
        match self {
            Self::Timestamping => &[0x2b, 6, 1, 5, 5, 7, 3, 8],
            Self::Server => &[0x2b, 6, 1, 5, 5, 7, 3, 1],
        }
    }
}

const ANY_PURPOSE: &[u8] = &[0x55, 0x1d, 0x25, 0];

impl Certificate {
    /// Reads a DER certificate. Errors where it is not exactly one.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut outer = Reader::new(der::single(bytes, der::SEQUENCE)?.content);
        let signed = outer.take(der::SEQUENCE)?;
        let algorithm = outer.take(der::SEQUENCE)?.whole;
        let signature = bits(outer.take(der::BIT_STRING)?)?;
        outer.end()?;
        let mut inner = Reader::new(signed.content);
        let version = match inner.optional(der::context(0))? {
            Some(version) => der::single(version.content, der::INTEGER)?.content.to_vec(),
            None => vec![0],
        };
        let serial = inner.take(der::INTEGER)?.content.to_vec();
        // The algorithm stands inside too; a difference would leave open which of them was meant.
        if inner.take(der::SEQUENCE)?.whole != algorithm || serial.is_empty() {
            return Err(Malformed);
        }
        let issuer = inner.take(der::SEQUENCE)?.whole.to_vec();
        let mut validity = inner.inside(der::SEQUENCE)?;
        let (not_before, not_after) = (time(validity.any()?)?.0, time(validity.any()?)?.0);
        let subject = inner.take(der::SEQUENCE)?.whole.to_vec();
        let spki = inner.take(der::SEQUENCE)?.whole.to_vec();
        inner.optional(0x81)?;
        inner.optional(0x82)?;
        let extensions = match inner.optional(der::context(3))? {
            Some(list) if version == [2] => Extensions::read(list.content)?,
            Some(_) => return Err(Malformed),
            None => Extensions::default(),
        };
        inner.end()?;
        Ok(Self {
            whole: bytes.to_vec(),
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            spki,
            extensions,
            signed: signed.whole.to_vec(),
            algorithm: algorithm.to_vec(),
            signature: signature.to_vec(),
        })
    }

    /// Returns the public key. Errors with why it cannot be used.
    pub fn key(&self) -> Result<PublicKey, Unfit> {
        PublicKey::from_spki(&self.spki)
    }

    /// Returns whether `issuer`'s key made this certificate's signature. Errors with why that cannot be told.
    pub fn signed_by(&self, issuer: &Self) -> Result<bool, Unfit> {
        let scheme = Scheme::read(&self.algorithm, None)?;
        issuer.key()?.verify(scheme, &self.signed, &self.signature)
    }

    /// Returns the subject for people: its common name, or else all of it.
    pub fn name(&self) -> String {
        shown_name(&self.subject)
    }
}

fn bits<'a>(element: Element<'a>) -> Result<&'a [u8], Malformed> {
    match element.content.split_first() {
        Some((0, bits)) => Ok(bits),
        _ => Err(Malformed),
    }
}

impl Extensions {
    fn read(list: &[u8]) -> Result<Self, Malformed> {
        let mut extensions = Self::default();
        let mut list = Reader::new(der::single(list, der::SEQUENCE)?.content);
        let mut seen: Vec<&[u8]> = Vec::new();
        while !list.is_empty() {
            let mut item = list.inside(der::SEQUENCE)?;
            let oid = item.take(der::OID)?.content;
            let critical = item.optional(der::BOOLEAN)?.is_some_and(|value| value.content == [0xff]);
            let value = item.take(der::OCTET_STRING)?.content;
            item.end()?;
            if seen.contains(&oid) {
                return Err(Malformed);
            }
            seen.push(oid);
            extensions.one(oid, critical, value)?;
        }
        Ok(extensions)
    }

    fn one(&mut self, oid: &[u8], critical: bool, value: &[u8]) -> Result<(), Malformed> {
        match oid {
            [0x55, 0x1d, 0x13] => {
                let mut inner = Reader::new(der::single(value, der::SEQUENCE)?.content);
                let authority = inner.optional(der::BOOLEAN)?.is_some_and(|flag| flag.content == [0xff]);
                let below = match inner.optional(der::INTEGER)? {
                    Some(number) => Some(small_number(number.content).ok_or(Malformed)?),
                    None => None,
                };
                self.authority = Some((authority, below));
            }
            [0x55, 0x1d, 0x0f] => {
                let content = der::single(value, der::BIT_STRING)?.content;
                let bytes = content.get(1..).ok_or(Malformed)?;
                let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
                self.key_usage = Some(std::array::from_fn(bit));
            }
            [0x55, 0x1d, 0x25] => {
                let mut inner = Reader::new(der::single(value, der::SEQUENCE)?.content);
                let mut purposes = Vec::new();
                while !inner.is_empty() {
                    purposes.push(inner.take(der::OID)?.content.to_vec());
                }
                self.purposes = Some((purposes, critical));
            }
            [0x55, 0x1d, 0x11] => {
                let mut inner = Reader::new(der::single(value, der::SEQUENCE)?.content);
                while !inner.is_empty() {
                    let name = inner.any()?;
                    match name.tag {
                        0x82 => {
                            self.dns_names.push(String::from_utf8_lossy(name.content).to_ascii_lowercase());
                        }
                        0xa4 => self.directory_names.push(name.content.to_vec()),
                        _ => {}
                    }
                }
            }
            [0x55, 0x1d, 0x0e] => {
                self.key_id = Some(der::single(value, der::OCTET_STRING)?.content.to_vec());
            }
            // Policies are not interpreted, which is lawful while no policy is demanded.
            [0x55, 0x1d, 0x20] => {}
            other if critical => self.unknown_critical = Some(der::dotted(other)),
            _ => {}
        }
        Ok(())
    }

    /// Whether keyUsage, where there is one, sets the bit.
    fn may(&self, bit: usize) -> bool {
        self.key_usage.is_none_or(|bits| bits[bit])
    }
}

fn small_number(content: &[u8]) -> Option<u64> {
    match content {
        [first, ..] if *first >= 0x80 => None,
        [] => None,
        bytes if bytes.len() <= 8 => Some(bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte))),
        _ => None,
    }
}

/// Reads UTCTime or GeneralizedTime in UTC. Returns seconds of Unix time, and milliseconds within the second.
pub(crate) fn time(element: Element<'_>) -> Result<(i64, i64), Malformed> {
    let text = std::str::from_utf8(element.content).map_err(|_| Malformed)?;
    let text = text.strip_suffix('Z').ok_or(Malformed)?;
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(Malformed);
    }
    let (year, rest) = match (element.tag, whole.len()) {
        (der::UTC_TIME, 12) => {
            let year: i64 = whole[..2].parse().map_err(|_| Malformed)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, &whole[2..])
        }
        (der::GENERALIZED_TIME, 14) => (whole[..4].parse().map_err(|_| Malformed)?, &whole[4..]),
        _ => return Err(Malformed),
    };
    let number = |at: usize| rest[at..at + 2].parse::<i64>().map_err(|_| Malformed);
    let (month, day, hour, minute, second) = (number(0)?, number(2)?, number(4)?, number(6)?, number(8)?);
    let lawful =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    if !lawful {
        return Err(Malformed);
    }
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    let millis = padded.parse().map_err(|_| Malformed)?;
    Ok((days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second, millis))
}

/// Returns the days from 1970-01-01 to a day of the Gregorian calendar.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns a Name for people: its common name, or else the last part of it.
pub fn shown_name(name: &[u8]) -> String {
    let mut last = String::new();
    let Ok(mut parts) = Reader::new(name).inside(der::SEQUENCE) else { return last };
    while let Ok(mut set) = parts.inside(der::SET) {
        let Ok(mut pair) = set.inside(der::SEQUENCE) else { continue };
        let (Ok(kind), Ok(value)) = (pair.take(der::OID), pair.any()) else { continue };
        last = String::from_utf8_lossy(value.content).into_owned();
        if kind.content == [0x55, 4, 3] {
            break;
        }
    }
    last
}

/// Why there is no chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoChain {
    /// None of the certificates at hand issued it.
    #[error("the certificate that issued “{0}” is neither among those sent nor among the trusted roots")]
    Untrusted(String),
    /// Not in force at the moment asked about.
    #[error("the certificate of “{0}” was not in force at that time")]
    NotInForce(String),
    /// It was issued by one that may not issue.
    #[error("“{0}” issued a certificate and was not allowed to")]
    NotAnAuthority(String),
    /// A certificate may not be used for this.
    #[error("the certificate of “{0}” is not meant for this purpose")]
    Purpose(String),
    /// The signature under a certificate is not its issuer's, or cannot be checked.
    #[error("the signature under the certificate of “{0}” does not hold or cannot be checked")]
    Signature(String),
    /// A critical extension is not understood.
    #[error("the certificate of “{0}” demands that the extension {1} be understood, which it is not here")]
    Extension(String, String),
}

const MOST_ISSUERS: usize = 8;
const MOST_CHECKS: usize = 64;

/// Looks for a chain from `leaf` to one of `roots` that held at `at` (Unix time). Returns the chain, leaf first.
///
/// # Errors
/// Says what was wrong with the most promising of the chains tried.
pub fn chain<'a>(
    leaf: &'a Certificate,
    others: &'a [Certificate],
    roots: &'a [Certificate],
    at: i64,
    purpose: Purpose,
) -> Result<Vec<&'a Certificate>, NoChain> {
    let mut search = Search { others, roots, at, purpose, checks: 0 };
    search.usable(leaf)?;
    let mut chain = vec![leaf];
    search.extend(&mut chain)?;
    Ok(chain)
}

struct Search<'a> {
    others: &'a [Certificate],
    roots: &'a [Certificate],
    at: i64,
    purpose: Purpose,
    checks: usize,
}

impl<'a> Search<'a> {
    fn usable(&self, certificate: &Certificate) -> Result<(), NoChain> {
        let name = || certificate.name();
        if !(certificate.not_before..=certificate.not_after).contains(&self.at) {
            return Err(NoChain::NotInForce(name()));
        }
        if let Some(extension) = &certificate.extensions.unknown_critical {
            return Err(NoChain::Extension(name(), extension.clone()));
        }
        match &certificate.extensions.purposes {
            Some((purposes, _))
                if !purposes.iter().any(|oid| oid == self.purpose.oid() || oid == ANY_PURPOSE) =>
            {
                Err(NoChain::Purpose(name()))
            }
            _ => Ok(()),
        }
    }

    /// Makes the chain reach a root, or says why it does not.
    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) -> Result<(), NoChain> {
        let last = chain[chain.len() - 1];
        if self.roots.iter().any(|root| root.whole == last.whole) {
            return Ok(());
        }
        let mut worst = NoChain::Untrusted(last.name());
        if chain.len() > MOST_ISSUERS {
            return Err(worst);
        }
        let issued = |other: &&Certificate| other.subject == last.issuer;
        let candidates: Vec<&'a Certificate> =
            self.roots.iter().filter(issued).chain(self.others.iter().filter(issued)).collect();
        for issuer in candidates {
            if chain.iter().any(|one| one.whole == issuer.whole) {
                continue;
            }
            match self.issues(issuer, last, chain.len()) {
                Ok(()) => {
                    chain.push(issuer);
                    match self.extend(chain) {
                        Ok(()) => return Ok(()),
                        Err(why) => worst = why,
                    }
                    chain.pop();
                }
                Err(why) => worst = why,
            }
        }
        Err(worst)
    }

    fn issues(&mut self, issuer: &Certificate, issued: &Certificate, below: usize) -> Result<(), NoChain> {
        // Certificates with one name and many keys could make this search endless.
        self.checks += 1;
        if self.checks > MOST_CHECKS {
            return Err(NoChain::Untrusted(issued.name()));
        }
        self.usable(issuer)?;
        let (authority, most_below) = issuer.extensions.authority.unwrap_or((false, None));
        // The leaf does not count; `below` is the number of certificates under the issuer.
        let too_many = most_below.is_some_and(|most| below as u64 - 1 > most);
        if !authority || too_many || !issuer.extensions.may(5) {
            return Err(NoChain::NotAnAuthority(issuer.name()));
        }
        match issued.signed_by(issuer) {
            Ok(true) => Ok(()),
            _ => Err(NoChain::Signature(issued.name())),
        }
    }
}

/// Reads the certificates in a PEM text; what is not one is passed over.
pub fn from_pem(text: &str) -> Vec<Certificate> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN CERTIFICATE-----") {
        let Some((body, after)) = after.split_once("-----END CERTIFICATE-----") else { break };
        rest = after;
        let read = base64(body).and_then(|bytes| Certificate::read(&bytes).ok());
        found.extend(read);
    }
    found
}

/// Writes a DER certificate as PEM (RFC 7468).
pub fn to_pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

/// Reads base64 with its padding; blanks and line ends are passed over.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut padding, mut bytes) = (0u32, 0, 0, Vec::with_capacity(text.len() * 3 / 4));
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        held = (held << 6 | u32::from(value)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    (padding < 3).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_both_forms() {
        let check = |tag, text: &str, expected| {
            let element = Element { tag, content: text.as_bytes(), whole: &[] };
            assert_eq!(time(element).ok(), expected, "{text}");
        };
        check(der::UTC_TIME, "700101000000Z", Some((0, 0)));
        check(der::UTC_TIME, "491231235959Z", Some((2_524_607_999, 0)));
        check(der::GENERALIZED_TIME, "20250324111747Z", Some((1_742_815_067, 0)));
        check(der::GENERALIZED_TIME, "20250324111747.5Z", Some((1_742_815_067, 500)));
        check(der::GENERALIZED_TIME, "20250324111747", None);
        check(der::GENERALIZED_TIME, "20251324111747Z", None);
        check(der::UTC_TIME, "2503241117Z", None);
    }
}
