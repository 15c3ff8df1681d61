//! TSTInfo: what a timestamp says, read without checking anything.

use values::{Moment, Precision, SaidBy};

use super::Stamp;
use crate::der::{self, Malformed, Reader};
use crate::keys::Hash;
use crate::x509;

/// Reads TSTInfo (RFC 3161, section 2.4.2).
pub(super) fn stamp(content: &[u8]) -> Result<Stamp, Malformed> {
    let mut info = Reader::new(der::single(content, der::SEQUENCE)?.content);
    if info.take(der::INTEGER)?.content != [1] {
        return Err(Malformed);
    }
    let policy = der::dotted(info.take(der::OID)?.content);
    let mut imprint = info.inside(der::SEQUENCE)?;
    let hash = Hash::of_oid(imprint.inside(der::SEQUENCE)?.take(der::OID)?.content).ok();
    let digest = imprint.take(der::OCTET_STRING)?.content.to_vec();
    imprint.end()?;
    let serial = info.take(der::INTEGER)?.content.to_vec();
    let (seconds, millis) = x509::time(info.take(der::GENERALIZED_TIME)?)?;
    let accuracy = match info.optional(der::SEQUENCE)? {
        Some(accuracy) => Some(accuracy_millis(accuracy.content)?),
        None => None,
    };
    info.optional(der::BOOLEAN)?;
    let nonce = info.optional(der::INTEGER)?.map(|nonce| nonce.content.to_vec());
    info.optional(der::context(0))?;
    info.optional(der::context(1))?;
    info.end()?;
    let precision = if millis == 0 { Precision::Second } else { Precision::Millisecond };
    let at = Moment::from_millis(seconds * 1000 + millis, precision, SaidBy::Authority);
    Ok(Stamp {
        at,
        accuracy,
        policy,
        serial,
        hash,
        imprint: digest,
        nonce,
        signer: None,
        root: None,
        chain: Vec::new(),
    })
}

fn accuracy_millis(content: &[u8]) -> Result<u64, Malformed> {
    let mut fields = Reader::new(content);
    let number = |bytes: &[u8]| {
        if bytes.len() > 5 {
            Err(Malformed)
        } else {
            Ok(bytes.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte)))
        }
    };
    let mut total = 0;
    if let Some(seconds) = fields.optional(der::INTEGER)? {
        total += number(seconds.content)? * 1000;
    }
    if let Some(millis) = fields.optional(0x80)? {
        total += number(millis.content)?;
    }
    if let Some(micros) = fields.optional(0x81)? {
        total += number(micros.content)?.div_ceil(1000);
    }
    fields.end()?;
    Ok(total)
}

/// Returns the directoryName in the `tsa` field, where there is one.
pub(super) fn authority_name(content: &[u8]) -> Result<Option<Vec<u8>>, Malformed> {
    let mut info = Reader::new(der::single(content, der::SEQUENCE)?.content);
    while !info.is_empty() {
        let field = info.any()?;
        if field.tag == der::context(0) {
            return Ok(der::single(field.content, der::context(4)).ok().map(|name| name.content.to_vec()));
        }
    }
    Ok(None)
}
