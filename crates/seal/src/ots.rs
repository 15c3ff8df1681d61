//! OpenTimestamps proofs, read and stated honestly.
//!
//! A proof is a tree of hash steps that leads from a file's digest to attestations. A *pending* attestation is only a
//! calendar's promise and shows nothing. A *Bitcoin* attestation says that the last digest is the Merkle root of a
//! certain block; whether it is can only be told with that block's header, which is not in the proof: see
//! [`Attested::check_header`]. Format: python-opentimestamps, `opentimestamps/core` (no other specification exists).

use values::{Moment, SaidBy};

const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
const LONGEST_MESSAGE: usize = 4096;
const LONGEST_PAYLOAD: u64 = 8192;
const DEPTH: usize = 256;
const MOST_ATTESTATIONS: usize = 1000;

/// A digest function of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileHash {
    /// SHA-1; collisions are known, so two files can share the proof.
    Sha1,
    /// RIPEMD-160.
    Ripemd160,
    /// SHA-256.
    Sha256,
    /// Keccak-256, as Ethereum uses it.
    Keccak256,
}

impl FileHash {
    const fn length(self) -> usize {
        match self {
            Self::Sha1 | Self::Ripemd160 => 20,
            Self::Sha256 | Self::Keccak256 => 32,
        }
    }

    const fn of_tag(tag: u8) -> Option<Self> {
        match tag {
            0x02 => Some(Self::Sha1),
            0x03 => Some(Self::Ripemd160),
            0x08 => Some(Self::Sha256),
            0x67 => Some(Self::Keccak256),
            _ => None,
        }
    }
}

/// Who attests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A calendar promises to have it attested later; its address. Shows nothing by itself.
    Pending(String),
    /// The Merkle root of this Bitcoin block.
    Bitcoin(u64),
    /// The Merkle root of this Litecoin block.
    Litecoin(u64),
    /// A kind not known here: its tag.
    Unknown([u8; 8]),
}

/// One attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// Who.
    pub by: By,
    /// What is attested; `None` where a step on the way there is one that is not computed here.
    pub message: Option<Vec<u8>>,
}

impl Attested {
    /// Holds a Bitcoin attestation against the 80 bytes of the header of its block, obtained elsewhere. Returns the
    /// block's time when the header bears the attested Merkle root; its miner's clock may be two hours off.
    ///
    /// That the header belongs to the block of that height in the chain is for whoever obtained it to know.
    pub fn check_header(&self, header: &[u8; 80]) -> Option<Moment> {
        let By::Bitcoin(_) = self.by else { return None };
        let seconds = u32::from_le_bytes([header[68], header[69], header[70], header[71]]);
        let root = &header[36..68];
        (self.message.as_deref() == Some(root))
            .then(|| Moment::from_seconds(i64::from(seconds), SaidBy::Authority))
    }
}

/// How far a proof goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A Bitcoin block is named: to be checked against its header.
    Claimed,
    /// Only promises: not timestamped.
    Pending,
    /// Nothing that can be told here.
    Unknown,
}

/// A proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The digest function of the file.
    pub hash: FileHash,
    /// The digest of the file.
    pub digest: Vec<u8>,
    /// Every attestation, in the order of the proof; never empty.
    pub attested: Vec<Attested>,
}

/// Why bytes are not a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAProof {
    /// Other first bytes.
    #[error("the file does not begin as an OpenTimestamps proof does")]
    Magic,
    /// Not version 1.
    #[error("the proof is of version {0}, and only version 1 is known")]
    Version(u64),
    /// The file's digest function or a step is not known.
    #[error("the proof uses the step {0:#04x}, which is not known")]
    Step(u8),
    /// The bytes end inside the proof.
    #[error("the proof is cut")]
    Cut,
    /// Something in it is longer or deeper than the format allows.
    #[error("something in the proof is larger than the format allows")]
    TooLong,
    /// Bytes follow the proof.
    #[error("bytes follow the proof that belong to nothing")]
    Trailing,
    /// A number or address is not written as it must be.
    #[error("the proof is malformed")]
    Malformed,
}

impl Proof {
    /// Reads a proof.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAProof> {
        let mut input = Input(bytes.strip_prefix(MAGIC).ok_or(NotAProof::Magic)?);
        match input.number()? {
            1 => {}
            version => return Err(NotAProof::Version(version)),
        }
        let tag = input.byte()?;
        let hash = FileHash::of_tag(tag).ok_or(NotAProof::Step(tag))?;
        let digest = input.take(hash.length())?.to_vec();
        let mut attested = Vec::new();
        input.timestamp(Some(digest.clone()), &mut attested, DEPTH)?;
        if input.0.is_empty() { Ok(Self { hash, digest, attested }) } else { Err(NotAProof::Trailing) }
    }

    /// Returns how far the proof goes.
    pub fn standing(&self) -> Standing {
        let any = |wanted: fn(&By) -> bool| self.attested.iter().any(|attested| wanted(&attested.by));
        if any(|by| matches!(by, By::Bitcoin(_))) {
            Standing::Claimed
        } else if any(|by| matches!(by, By::Pending(_))) {
            Standing::Pending
        } else {
            Standing::Unknown
        }
    }

    /// Returns the standing as two sentences for people.
    pub fn said(&self) -> String {
        let blocks: Vec<String> = self
            .attested
            .iter()
            .filter_map(|attested| match attested.by {
                By::Bitcoin(height) => Some(height.to_string()),
                _ => None,
            })
            .collect();
        match self.standing() {
            Standing::Claimed => format!(
                "The proof leads to Bitcoin block {}. Compare with the header of that block to know the time; it was not checked here.",
                blocks.join(", ")
            ),
            Standing::Pending => "This is a calendar's promise and no timestamp yet. Have it completed with an OpenTimestamps client, which needs the network.".into(),
            Standing::Unknown => "The proof names no attestation that is known here. It shows nothing until one is found that can be checked.".into(),
        }
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], NotAProof> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(NotAProof::Cut)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, NotAProof> {
        Ok(self.take(1)?[0])
    }

    /// Reads a number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Result<u64, NotAProof> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(NotAProof::Malformed)
    }

    fn bytes(&mut self, most: u64) -> Result<&'a [u8], NotAProof> {
        let length = self.number()?;
        if length > most {
            return Err(NotAProof::TooLong);
        }
        self.take(length as usize)
    }

    fn timestamp(
        &mut self,
        message: Option<Vec<u8>>,
        attested: &mut Vec<Attested>,
        depth: usize,
    ) -> Result<(), NotAProof> {
        let depth = depth.checked_sub(1).ok_or(NotAProof::TooLong)?;
        loop {
            let tag = self.byte()?;
            let (tag, more) = if tag == 0xff { (self.byte()?, true) } else { (tag, false) };
            if tag == 0 {
                if attested.len() == MOST_ATTESTATIONS {
                    return Err(NotAProof::TooLong);
                }
                attested.push(Attested { by: self.attestation()?, message: message.clone() });
            } else {
                let next = self.step(tag, message.as_deref())?;
                self.timestamp(next, attested, depth)?;
            }
            if !more {
                return Ok(());
            }
        }
    }

    /// Reads one step and applies it.
    fn step(&mut self, tag: u8, message: Option<&[u8]>) -> Result<Option<Vec<u8>>, NotAProof> {
        let next = match tag {
            0x02 => message
                .map(|m| ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, m).as_ref().to_vec()),
            0x08 => message.map(|m| ring::digest::digest(&ring::digest::SHA256, m).as_ref().to_vec()),
            // Neither occurs between a calendar and a block; without them the message is unknown from here on.
            0x03 | 0x67 => None,
            0xf0 | 0xf1 => {
                let operand = self.bytes(LONGEST_MESSAGE as u64)?;
                if operand.is_empty() {
                    return Err(NotAProof::Malformed);
                }
                message.map(|m| if tag == 0xf0 { [m, operand].concat() } else { [operand, m].concat() })
            }
            0xf2 => message.map(|m| m.iter().rev().copied().collect()),
            0xf3 => message.map(|m| m.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()),
            _ => return Err(NotAProof::Step(tag)),
        };
        if next.as_ref().is_some_and(|next| next.len() > LONGEST_MESSAGE) {
            return Err(NotAProof::TooLong);
        }
        Ok(next)
    }

    fn attestation(&mut self) -> Result<By, NotAProof> {
        let tag = <[u8; 8]>::try_from(self.take(8)?).map_err(|_| NotAProof::Cut)?;
        let mut payload = Input(self.bytes(LONGEST_PAYLOAD)?);
        let by = match tag {
            [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e] => {
                let address = payload.bytes(1000)?;
                // The format allows only these, so that an address cannot carry anything else to a screen.
                let lawful = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(byte);
                if !address.iter().all(lawful) {
                    return Err(NotAProof::Malformed);
                }
                By::Pending(String::from_utf8_lossy(address).into_owned())
            }
            [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01] => By::Bitcoin(payload.number()?),
            [0x06, 0x86, 0x9a, 0x0d, 0x73, 0xd7, 0x1b, 0x45] => By::Litecoin(payload.number()?),
            other => return Ok(By::Unknown(other)),
        };
        if payload.0.is_empty() { Ok(by) } else { Err(NotAProof::Trailing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PENDING: &[u8] = b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x12\x11https://x.example";

    fn proof(tail: &[u8]) -> Vec<u8> {
        [MAGIC, &[1, 8], &[7; 32], tail].concat()
    }

    fn bitcoin(height: u8) -> Vec<u8> {
        [&[0, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, 1][..], &[height]].concat()
    }

    fn check(bytes: &[u8], expected: Result<Standing, NotAProof>) {
        assert_eq!(Proof::read(bytes).map(|proof| proof.standing()), expected);
    }

    #[test]
    fn pending_is_not_timestamped() {
        check(&proof(PENDING), Ok(Standing::Pending));
        check(&proof(&bitcoin(9)), Ok(Standing::Claimed));
        check(&proof(&[&[0xff], PENDING, &[8], &bitcoin(9)].concat()), Ok(Standing::Claimed));
        check(&proof(b"\x00abcdefgh\x00"), Ok(Standing::Unknown));
        assert!(Proof::read(&proof(PENDING)).unwrap().said().contains("no timestamp yet"));
    }

    #[test]
    fn a_block_header_decides() {
        let read = Proof::read(&proof(&[&[0xf0, 1, 5, 8, 8][..], &bitcoin(9)].concat())).unwrap();
        let mut header = [0; 80];
        header[36..68].copy_from_slice(read.attested[0].message.as_ref().unwrap());
        header[68..72].copy_from_slice(&1_231_006_505u32.to_le_bytes());
        let time = read.attested[0].check_header(&header).unwrap();
        assert_eq!(time.to_rfc3339(), "2009-01-03T18:15:05Z");
        header[40] ^= 1;
        assert_eq!(read.attested[0].check_header(&header), None);
    }

    #[test]
    fn what_is_no_proof_says_why() {
        check(b"", Err(NotAProof::Magic));
        check(&[MAGIC, &[2]].concat(), Err(NotAProof::Version(2)));
        check(&[MAGIC, &[1, 9]].concat(), Err(NotAProof::Step(9)));
        check(&proof(b""), Err(NotAProof::Cut));
        check(&proof(&[0x42]), Err(NotAProof::Step(0x42)));
        check(&proof(&[PENDING, b"x"].concat()), Err(NotAProof::Trailing));
        check(&proof(&[8; 300]), Err(NotAProof::TooLong));
        check(&proof(&[0xf0, 0xff, 0xff, 0x7f]), Err(NotAProof::TooLong));
        check(&proof(&[0xf3; 12]), Err(NotAProof::TooLong));
        check(&proof(b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x03\x02<>"), Err(NotAProof::Malformed));
    }
}
