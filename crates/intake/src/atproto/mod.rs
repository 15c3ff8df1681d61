//! The AT Protocol, on which Bluesky stands: records, their content ids, and what a post says.
//!
//! A content id (CID) is the SHA-256 of a record in one fixed form (DAG-CBOR): a record that fits its CID is unchanged
//! since whoever computed the CID saw it.

pub(crate) mod car;
pub(crate) mod cbor;
pub(crate) mod key;
pub(crate) mod plc;
pub(crate) mod post;

use values::Digest;

/// Returns the CID (version 1, DAG-CBOR, SHA-256) of `bytes`, in base 32 as it is written.
pub(crate) fn cid_of(bytes: &[u8]) -> String {
    let mut raw = vec![1, 0x71, 0x12, 32];
    raw.extend_from_slice(Digest::of(bytes).as_bytes());
    cid_text(&raw)
}

/// Writes a raw CID in base 32 (RFC 4648, lower case, no padding) behind a `b`.
pub(crate) fn cid_text(raw: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::from("b");
    let (mut bits, mut count) = (0_u32, 0);
    for byte in raw {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(char::from(ALPHABET[(bits >> count & 31) as usize]));
        }
    }
    if count > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - count) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_fits_the_cid_the_platform_gave_it() {
        let page: serde_json::Value =
            serde_json::from_slice(samples::bytes("bluesky-getposts-json/posts.json")).unwrap();
        let record = &page["posts"][0]["record"];
        let value = cbor::from_json(record).unwrap();
        assert_eq!(cid_of(&cbor::encode(&value)), page["posts"][0]["cid"].as_str().unwrap());
    }
}
