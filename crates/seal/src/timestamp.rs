//! Timestamps of public authorities (RFC 3161, with RFC 5816), checked to the end.
//!
//! A timestamp says that certain bytes existed at a time; it says nothing about where they came from. It counts here
//! when the signature, the signer's certificate, the purpose of that certificate and its chain to a pinned root all
//! hold *at the time stamped*. Each step is a [`Check`] of its own, so that a report can say which one fails.

mod info;

use values::Moment;

use self::info::{authority_name, stamp};
use crate::der::{self, Malformed, Reader};
use crate::keys::{Hash, Scheme, Unfit};
use crate::x509::{self, Certificate, Purpose};

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It holds.
    Passed,
    /// It does not; what was found.
    Failed(String),
    /// It could not be made; why.
    NotChecked(String),
}

/// One step of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A stable name: one of [`STEPS`].
    pub name: &'static str,
    /// How it ended.
    pub ended: Ended,
}

/// The steps in the order in which they are made.
///
/// `encoding`: one well-formed response or token and nothing after it. `status`: the authority granted it. `signer`:
/// the signer's certificate is there. `signature`: it holds, over the content. `certificate-id`: the signed attribute
/// (ESSCertID) names this very certificate. `purpose`: the certificate is for timestamps and nothing else.
/// `chain`: to a trusted root, at the time stamped. `authority`: the name of the authority in the token is the
/// signer's. `imprint`: it is over these bytes. `nonce`: it answers this request.
pub const STEPS: [&str; 10] = [
    "encoding",
    "status",
    "signer",
    "signature",
    "certificate-id",
    "purpose",
    "chain",
    "authority",
    "imprint",
    "nonce",
];

/// What a timestamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When, by the authority's clock.
    pub at: Moment,
    /// How far off the authority says it may be at most, in milliseconds.
    pub accuracy: Option<u64>,
    /// The authority's policy, dotted.
    pub policy: String,
    /// Its serial number, as the content bytes of the INTEGER.
    pub serial: Vec<u8>,
    /// The digest function of the imprint; `None` for a weak or unknown one.
    pub hash: Option<Hash>,
    /// The digest stamped.
    pub imprint: Vec<u8>,
    /// The nonce of the request, as the content bytes of the INTEGER.
    pub nonce: Option<Vec<u8>>,
    /// The signer's name, when its certificate was there.
    pub signer: Option<String>,
    /// The root that the chain ends in, when there is one.
    pub root: Option<String>,
    /// The chain from the signer to that root, each DER; empty where there is none.
    pub chain: Vec<Vec<u8>>,
}

/// A verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// Every step of [`STEPS`], in that order.
    pub checks: Vec<Check>,
    /// What the timestamp says, where it could be read. Worth something only when [`Checks::holds`].
    pub stamp: Option<Stamp>,
}

impl Checks {
    /// Returns whether every step passed, or was not asked for: the nonce without a request, the authority's name
    /// where the token has none.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| match check.ended {
            Ended::Passed => true,
            Ended::Failed(_) => false,
            Ended::NotChecked(_) => matches!(check.name, "nonce" | "authority" | "status"),
        })
    }

    /// Returns the first step that failed, or else the first that keeps it from holding.
    pub fn first_fault(&self) -> Option<&Check> {
        let failed = self.checks.iter().find(|check| matches!(check.ended, Ended::Failed(_)));
        let open = || {
            self.checks.iter().find(|check| {
                matches!(check.ended, Ended::NotChecked(_))
                    && !matches!(check.name, "nonce" | "authority" | "status")
            })
        };
        failed.or_else(open)
    }
}

/// What should have been stamped.
#[derive(Debug, Clone, Copy)]
pub enum Covered<'a> {
    /// These bytes.
    Data(&'a [u8]),
    /// Bytes with these digests, of which the one in the stamp's function is taken.
    Digests(&'a [(Hash, Vec<u8>)]),
}

/// Returns a request (RFC 3161, section 2.4.1) for a timestamp over `digest`, asking for the signer's certificate.
pub fn request(hash: Hash, digest: &[u8], nonce: Option<u64>) -> Vec<u8> {
    let mut algorithm = Vec::new();
    der::write(der::OID, hash.oid(), &mut algorithm);
    der::write(der::NULL, &[], &mut algorithm);
    let mut imprint = Vec::new();
    der::write(der::SEQUENCE, &algorithm, &mut imprint);
    der::write(der::OCTET_STRING, digest, &mut imprint);
    let mut body = Vec::new();
    der::write(der::INTEGER, &[1], &mut body);
    der::write(der::SEQUENCE, &imprint, &mut body);
    if let Some(nonce) = nonce {
        der::write(der::INTEGER, &positive(nonce), &mut body);
    }
    der::write(der::BOOLEAN, &[0xff], &mut body);
    let mut whole = Vec::new();
    der::write(der::SEQUENCE, &body, &mut whole);
    whole
}

/// Returns a number as the content of a DER INTEGER, to compare with [`Stamp::nonce`].
pub fn positive(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let short = &bytes[bytes.iter().position(|byte| *byte != 0).unwrap_or(7)..];
    if short[0] >= 0x80 { [&[0], short].concat() } else { short.to_vec() }
}

/// Verifies a timestamp response or a bare token.
///
/// `nonce` is that of the request, as DER content (see [`positive`]); without it that step is not checked. `others`
/// are certificates to build the chain from, beside those in the token; `roots` are the ones trusted.
pub fn verify(
    token: &[u8],
    covered: Covered<'_>,
    nonce: Option<&[u8]>,
    others: &[Certificate],
    roots: &[Certificate],
) -> Checks {
    let mut run = Run { ended: std::array::from_fn(|_| None), stamp: None };
    run.all(token, covered, nonce, others, roots);
    let reason = "an earlier step failed";
    let checks = STEPS
        .iter()
        .zip(run.ended)
        .map(|(name, ended)| Check { name, ended: ended.unwrap_or_else(|| Ended::NotChecked(reason.into())) })
        .collect();
    Checks { checks, stamp: run.stamp }
}

/// Tells whether the bytes are a token without the response around it, which `openssl ts` must be told.
pub fn is_bare(token: &[u8]) -> bool {
    let read = || {
        let (bytes, _) = der::normalize(token)?;
        envelope(&bytes).map(|envelope| envelope.status.is_none())
    };
    read().unwrap_or(false)
}

/// Reads what a response or token says without checking anything. Errors where it is not well-formed.
pub fn read(token: &[u8]) -> Result<Stamp, Malformed> {
    let (bytes, _) = der::normalize(token)?;
    let content = envelope(&bytes)?.content.ok_or(Malformed)?;
    stamp(Signed::read(content)?.content)
}

struct Run {
    ended: [Option<Ended>; 10],
    stamp: Option<Stamp>,
}

impl Run {
    fn end(&mut self, step: &str, ended: Ended) {
        if let Some(at) = STEPS.iter().position(|name| *name == step) {
            self.ended[at] = Some(ended);
        }
    }

    fn pass_if(&mut self, step: &str, holds: bool, otherwise: &str) {
        self.end(step, if holds { Ended::Passed } else { Ended::Failed(otherwise.into()) });
    }

    fn all(
        &mut self,
        token: &[u8],
        covered: Covered<'_>,
        nonce: Option<&[u8]>,
        others: &[Certificate],
        roots: &[Certificate],
    ) {
        let malformed = || Ended::Failed("it is cut or not a timestamp".into());
        let Ok((bytes, used)) = der::normalize(token) else { return self.end("encoding", malformed()) };
        let Ok(envelope) = envelope(&bytes) else { return self.end("encoding", malformed()) };
        let trailing = token.len() - used;
        self.pass_if("encoding", trailing == 0, &format!("{trailing} bytes follow it that nobody signed"));
        self.end("status", envelope.status());
        let Some(content) = envelope.content else { return };
        let Ok(signed) = Signed::read(content) else { return self.end("encoding", malformed()) };
        let Ok(stamp) = stamp(signed.content) else { return self.end("encoding", malformed()) };
        self.imprint(&stamp, covered);
        self.nonce(&stamp, nonce);
        let at = stamp.at.seconds();
        self.stamp = Some(stamp);

        let Some(signer) = signed.signer(others) else {
            let why = "the certificate of the signer is neither in the token nor at hand";
            return self.end("signer", Ended::NotChecked(why.into()));
        };
        self.end("signer", Ended::Passed);
        if let Some(stamp) = &mut self.stamp {
            stamp.signer = Some(signer.name());
        }
        self.end("signature", signed.signature_holds(&signer));
        self.end("certificate-id", signed.names_certificate(&signer));
        self.end("purpose", purpose(&signer));
        self.authority(signed.content, &signer);
        let mut pool = signed.certificates;
        pool.extend_from_slice(others);
        match x509::chain(&signer, &pool, roots, at, Purpose::Timestamping) {
            Ok(chain) => {
                self.end("chain", Ended::Passed);
                if let (Some(stamp), Some(root)) = (&mut self.stamp, chain.last()) {
                    stamp.root = Some(root.name());
                    stamp.chain = chain.iter().map(|certificate| certificate.whole.clone()).collect();
                }
            }
            Err(why) => self.end("chain", Ended::Failed(why.to_string())),
        }
    }

    fn imprint(&mut self, stamp: &Stamp, covered: Covered<'_>) {
        let Some(hash) = stamp.hash else {
            let why = "the digest stamped is MD5, SHA-1 or unknown: other bytes can have the same";
            return self.end("imprint", Ended::Failed(why.into()));
        };
        let digest = match covered {
            Covered::Data(data) => Some(hash.of(data)),
            Covered::Digests(known) => {
                known.iter().find(|(of, _)| *of == hash).map(|(_, digest)| digest.clone())
            }
        };
        match digest {
            Some(digest) => {
                self.pass_if("imprint", digest == stamp.imprint, "it is over other bytes than these")
            }
            None => {
                let why = "the digest of the bytes in the function stamped is not at hand";
                self.end("imprint", Ended::NotChecked(why.into()));
            }
        }
    }

    fn nonce(&mut self, stamp: &Stamp, asked: Option<&[u8]>) {
        match asked {
            None => self.end("nonce", Ended::NotChecked("the request is not at hand".into())),
            Some(asked) => {
                let same = stamp.nonce.as_deref() == Some(asked);
                self.pass_if(
                    "nonce",
                    same,
                    "it does not repeat the number of the request, so it answers another one",
                );
            }
        }
    }

    fn authority(&mut self, content: &[u8], signer: &Certificate) {
        let stated = authority_name(content).unwrap_or_default();
        let ended = match stated {
            None => Ended::NotChecked("the token names no authority".into()),
            Some(name) if name == signer.subject || signer.extensions.directory_names.contains(&name) => {
                Ended::Passed
            }
            Some(name) => Ended::Failed(format!(
                "the token names “{}”, and “{}” signed it",
                x509::shown_name(&name),
                signer.name()
            )),
        };
        self.end("authority", ended);
    }
}

/// A response, or a token taken for a granted one.
struct Envelope<'a> {
    status: Option<u8>,
    content: Option<&'a [u8]>,
}

impl Envelope<'_> {
    fn status(&self) -> Ended {
        match (self.status, self.content) {
            (None, _) => Ended::NotChecked("it is a bare token, which has no status".into()),
            (Some(0 | 1), Some(_)) => Ended::Passed,
            (Some(0 | 1), None) => Ended::Failed("the authority granted it and sent none".into()),
            (Some(status), _) => Ended::Failed(format!("the authority refused it (status {status})")),
        }
    }
}

/// Splits TimeStampResp (RFC 3161, section 2.4.2), or takes a ContentInfo.
fn envelope(bytes: &[u8]) -> Result<Envelope<'_>, Malformed> {
    let outer = der::single(bytes, der::SEQUENCE)?;
    let mut inner = Reader::new(outer.content);
    if inner.peek() == Some(der::OID) {
        return Ok(Envelope { status: None, content: Some(outer.whole) });
    }
    let mut info = inner.inside(der::SEQUENCE)?;
    let status = match info.take(der::INTEGER)?.content {
        [status] => *status,
        _ => return Err(Malformed),
    };
    let token = inner.optional(der::SEQUENCE)?.map(|token| token.whole);
    inner.end()?;
    Ok(Envelope { status: Some(status), content: token.filter(|_| status < 2) })
}

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 12];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 47];

/// SignedData (RFC 5652, section 5) with its one signer.
struct Signed<'a> {
    content: &'a [u8],
    certificates: Vec<Certificate>,
    /// Issuer and serial number, or else a key identifier.
    id: Result<(&'a [u8], &'a [u8]), &'a [u8]>,
    digest: &'a [u8],
    attributes: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    fn read(content_info: &'a [u8]) -> Result<Self, Malformed> {
        let mut outer = Reader::new(der::single(content_info, der::SEQUENCE)?.content);
        if outer.take(der::OID)?.content != SIGNED_DATA {
            return Err(Malformed);
        }
        let data = outer.take(der::context(0))?.content;
        outer.end()?;
        let mut data = Reader::new(der::single(data, der::SEQUENCE)?.content);
        data.take(der::INTEGER)?;
        data.take(der::SET)?;
        let mut encapsulated = data.inside(der::SEQUENCE)?;
        if encapsulated.take(der::OID)?.content != TST_INFO {
            return Err(Malformed);
        }
        let content = der::single(encapsulated.take(der::context(0))?.content, der::OCTET_STRING)?.content;
        encapsulated.end()?;
        let mut certificates = Vec::new();
        if let Some(set) = data.optional(der::context(0))? {
            let mut set = Reader::new(set.content);
            while !set.is_empty() {
                // Other kinds of certificate may stand here; only X.509 ones are of use.
                certificates.extend(Certificate::read(set.any()?.whole).ok());
            }
        }
        data.optional(der::context(1))?;
        let mut signers = data.inside(der::SET)?;
        data.end()?;
        let signer = signers.inside(der::SEQUENCE)?;
        // RFC 3161, section 2.4.2: the authority's signature and no other.
        signers.end()?;
        Self::signer_info(signer, content, certificates)
    }

    fn signer_info(
        mut signer: Reader<'a>,
        content: &'a [u8],
        certificates: Vec<Certificate>,
    ) -> Result<Self, Malformed> {
        signer.take(der::INTEGER)?;
        let id = signer.any()?;
        let id = match id.tag {
            der::SEQUENCE => {
                let mut pair = Reader::new(id.content);
                Ok((pair.take(der::SEQUENCE)?.whole, pair.take(der::INTEGER)?.content))
            }
            0x80 => Err(id.content),
            _ => return Err(Malformed),
        };
        let digest = signer.inside(der::SEQUENCE)?.take(der::OID)?.content;
        let attributes = signer.take(der::context(0))?.content;
        let algorithm = signer.take(der::SEQUENCE)?.whole;
        let signature = signer.take(der::OCTET_STRING)?.content;
        signer.optional(der::context(1))?;
        signer.end()?;
        Ok(Self { content, certificates, id, digest, attributes, algorithm, signature })
    }

    /// Returns the certificate that the signer's identifier names, wherever in the list it stands.
    fn signer(&self, others: &[Certificate]) -> Option<Certificate> {
        let named = |certificate: &&Certificate| match self.id {
            Ok((issuer, serial)) => certificate.issuer == issuer && certificate.serial == serial,
            Err(key) => certificate.extensions.key_id.as_deref() == Some(key),
        };
        let mut named = self.certificates.iter().chain(others).filter(named).peekable();
        let first = named.peek().copied();
        // Somebody may put another certificate of that name and number in front; the signed attribute tells them apart.
        named.find(|certificate| self.names_certificate(certificate) == Ended::Passed).or(first).cloned()
    }

    /// Returns the value of a signed attribute that stands once and has one value.
    fn attribute(&self, wanted: &[u8]) -> Result<Option<&'a [u8]>, Malformed> {
        let mut list = Reader::new(self.attributes);
        let mut found = None;
        while !list.is_empty() {
            let mut attribute = list.inside(der::SEQUENCE)?;
            let (kind, mut values) = (attribute.take(der::OID)?.content, attribute.inside(der::SET)?);
            if kind == wanted {
                let value = values.any()?.whole;
                values.end()?;
                if found.replace(value).is_some() {
                    return Err(Malformed);
                }
            }
        }
        Ok(found)
    }

    fn signature_holds(&self, signer: &Certificate) -> Ended {
        let failed = |why: &str| Ended::Failed(why.into());
        let content_type = self.attribute(CONTENT_TYPE).ok().flatten();
        if content_type.and_then(|value| der::single(value, der::OID).ok()).map(|oid| oid.content)
            != Some(TST_INFO)
        {
            return failed("the signed attributes do not say that a timestamp was signed");
        }
        let hash = match Hash::of_oid(self.digest) {
            Ok(hash) => hash,
            Err(Unfit::Weak) => return failed("the signature is over an MD5 or SHA-1 digest"),
            Err(why) => return Ended::NotChecked(why.to_string()),
        };
        let digest = self.attribute(MESSAGE_DIGEST).ok().flatten();
        let digest =
            digest.and_then(|value| der::single(value, der::OCTET_STRING).ok()).map(|value| value.content);
        if digest != Some(&hash.of(self.content)[..]) {
            return failed("the content was changed after it was signed");
        }
        let (scheme, key) = match (Scheme::read(self.algorithm, Some(hash)), signer.key()) {
            (Ok(scheme), Ok(key)) => (scheme, key),
            (Err(Unfit::Weak), _) => return failed("the signature is made with MD5 or SHA-1"),
            (Err(why), _) | (_, Err(why)) => return Ended::NotChecked(why.to_string()),
        };
        // What is signed is the attributes as a SET, not under the tag they are sent with (RFC 5652, section 5.4).
        let mut attributes = Vec::with_capacity(self.attributes.len() + 4);
        der::write(der::SET, self.attributes, &mut attributes);
        match key.verify(scheme, &attributes, self.signature) {
            Ok(true) => Ended::Passed,
            Ok(false) => failed("the signature is not that of the signer's key over this content"),
            Err(why) => Ended::NotChecked(why.to_string()),
        }
    }

    /// Whether ESSCertID or ESSCertIDv2 (RFC 2634, RFC 5035) is of this certificate: without it, another certificate
    /// of the same key could be put in its place.
    fn names_certificate(&self, signer: &Certificate) -> Ended {
        let failed = |why: &str| Ended::Failed(why.into());
        let (first, second) = (self.attribute(SIGNING_CERTIFICATE), self.attribute(SIGNING_CERTIFICATE_V2));
        let (Ok(first), Ok(second)) = (first, second) else {
            return failed("the attribute that names the certificate is not well-formed");
        };
        if first.is_none() && second.is_none() {
            return failed("no signed attribute names the signer's certificate");
        }
        for (value, newer) in [(first, false), (second, true)] {
            if let Some(value) = value
                && !certificate_id(value, newer, signer).unwrap_or(false)
            {
                return failed("the signed attribute names another certificate");
            }
        }
        Ended::Passed
    }
}

fn certificate_id(value: &[u8], newer: bool, signer: &Certificate) -> Result<bool, Malformed> {
    let mut certificates = Reader::new(der::single(value, der::SEQUENCE)?.content).inside(der::SEQUENCE)?;
    let mut first = certificates.inside(der::SEQUENCE)?;
    let algorithm = if newer { first.optional(der::SEQUENCE)? } else { None };
    let expected = match algorithm {
        Some(algorithm) => match Hash::of_oid(Reader::new(algorithm.content).take(der::OID)?.content) {
            Ok(hash) => hash.of(&signer.whole),
            Err(_) => return Ok(false),
        },
        None if newer => Hash::Sha256.of(&signer.whole),
        // The older attribute has SHA-1 built in. It only repeats what the signature's key already binds.
        None => {
            let sha1 = &ring::digest::SHA1_FOR_LEGACY_USE_ONLY;
            ring::digest::digest(sha1, &signer.whole).as_ref().to_vec()
        }
    };
    if first.take(der::OCTET_STRING)?.content != expected {
        return Ok(false);
    }
    let Some(issuer_serial) = first.optional(der::SEQUENCE)? else { return Ok(true) };
    let mut pair = Reader::new(issuer_serial.content);
    let names = pair.take(der::SEQUENCE)?.content;
    let serial = pair.take(der::INTEGER)?.content;
    let directory = der::single(names, der::context(4)).map(|name| name.content);
    Ok(serial == signer.serial && directory.is_ok_and(|name| name == signer.issuer))
}

/// RFC 3161, section 2.3: critical, and only timeStamping.
fn purpose(signer: &Certificate) -> Ended {
    let only = |purposes: &[Vec<u8>]| purposes.len() == 1 && purposes[0] == Purpose::Timestamping.oid();
    match &signer.extensions.purposes {
        Some((purposes, true)) if only(purposes) => {}
        Some((purposes, false)) if only(purposes) => {
            return Ended::Failed("the certificate's purpose is not marked critical".into());
        }
        _ => return Ended::Failed("the certificate is not one for timestamps and nothing else".into()),
    }
    // Of the key's uses only signing is lawful (RFC 3161, section 2.3, and ETSI EN 319 421).
    let usage =
        signer.extensions.key_usage.unwrap_or([true, true, false, false, false, false, false, false, false]);
    if !(usage[0] || usage[1]) || usage[2..].iter().any(|bit| *bit) {
        return Ended::Failed("the certificate's key is for other uses than signing".into());
    }
    Ended::Passed
}
