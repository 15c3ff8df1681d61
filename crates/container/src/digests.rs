//! Labelled digests as web archives and bags write them: `sha1:` with base32, `sha256:` with hex or base32, and so on.
//!
//! Hashing is done by `ring` where it can, because its SHA-2 is the fastest there is on processors without SHA
//! instructions; MD5, SHA-1 and SHA-224 exist only to check what others wrote.

use sha1::Digest as _;

/// A hash function that captures are found with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// Broken: anyone can make two files with the same digest.
    Md5,
    /// Broken for files chosen by an attacker; still what most web archives carry.
    Sha1,
    /// SHA-2 with 224 bits.
    Sha224,
    /// SHA-2 with 256 bits.
    Sha256,
    /// SHA-2 with 384 bits.
    Sha384,
    /// SHA-2 with 512 bits.
    Sha512,
}

impl Algorithm {
    /// Reads a name such as `sha256` or `SHA-256`; `None` for one that is not known here.
    pub fn named(name: &str) -> Option<Self> {
        let folded: String =
            name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
        Some(match folded.as_str() {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha224" => Self::Sha224,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    /// Returns the length of a digest in bytes.
    pub const fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Returns whether collisions are known.
    pub const fn weak(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }

    /// Returns the name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }
}

/// A digest that a file claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// With which function.
    pub algorithm: Algorithm,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why a claimed digest cannot be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No function of that name.
    Algorithm,
    /// Neither hex nor base32 of the right length.
    Value,
}

impl Claimed {
    /// Reads `algorithm:value`, the value in hex or base32 of either case, padded or not.
    pub fn labelled(text: &str) -> Result<Self, Unreadable> {
        let (name, value) = text.trim().split_once(':').ok_or(Unreadable::Algorithm)?;
        let algorithm = Algorithm::named(name).ok_or(Unreadable::Algorithm)?;
        Self::of(algorithm, value)
    }

    /// Reads the value alone.
    pub fn of(algorithm: Algorithm, value: &str) -> Result<Self, Unreadable> {
        let length = algorithm.length();
        let bytes = if value.len() == length * 2 { unhex(value) } else { unbase32(value) };
        match bytes {
            Some(bytes) if bytes.len() == length => Ok(Self { algorithm, bytes }),
            _ => Err(Unreadable::Value),
        }
    }
}

/// Reads hex of either case; `None` where it is not.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let nibble = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    text.as_bytes().chunks_exact(2).map(|pair| Some(nibble(pair[0])? << 4 | nibble(pair[1])?)).collect()
}

/// Writes lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads RFC 4648 base32 of either case, padding allowed; `None` where it is not or where left-over bits are set.
fn unbase32(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let (mut bits, mut held, mut bytes) = (0u32, 0u32, Vec::with_capacity(text.len() * 5 / 8));
    for byte in text.bytes() {
        let value = match byte.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bits < 5).then_some(bytes)
}

/// A digest in the making.
#[derive(Clone)]
pub enum Running {
    /// Through `ring`.
    Ring(ring::digest::Context),
    /// SHA-1.
    Sha1(sha1::Sha1),
    /// SHA-224.
    Sha224(sha2::Sha224),
    /// MD5.
    Md5(md5::Md5),
}

impl Running {
    /// Starts one.
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Md5 => Self::Md5(md5::Md5::new()),
            Algorithm::Sha1 => Self::Sha1(sha1::Sha1::new()),
            Algorithm::Sha224 => Self::Sha224(sha2::Sha224::new()),
            Algorithm::Sha256 => Self::Ring(ring::digest::Context::new(&ring::digest::SHA256)),
            Algorithm::Sha384 => Self::Ring(ring::digest::Context::new(&ring::digest::SHA384)),
            Algorithm::Sha512 => Self::Ring(ring::digest::Context::new(&ring::digest::SHA512)),
        }
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Ring(running) => running.update(bytes),
            Self::Sha1(running) => running.update(bytes),
            Self::Sha224(running) => running.update(bytes),
            Self::Md5(running) => running.update(bytes),
        }
    }

    /// Returns the digest.
    pub fn finish(self) -> Vec<u8> {
        match self {
            Self::Ring(running) => running.finish().as_ref().to_vec(),
            Self::Sha1(running) => running.finalize().to_vec(),
            Self::Sha224(running) => running.finalize().to_vec(),
            Self::Md5(running) => running.finalize().to_vec(),
        }
    }
}

/// How many bytes one of two digests takes before it is the other's turn: whole blocks of every function here.
const TURN: usize = 128;

/// Adds the same bytes to two digests, `fed` bytes of which each has seen before, in turns of a few blocks.
///
/// A digest is one chain of steps that each wait for the one before. Two chains in turn fill that waiting: with the
/// SHA instructions of processors, both then take about as long as one. Each begins its turns at a block of its own,
/// so that no block is copied together from two turns.
pub fn update_both(first: (&mut Running, u64), second: (&mut Running, u64), bytes: &[u8]) {
    let begin = |fed: u64| {
        let over = (fed % TURN as u64) as usize;
        bytes.len().min(if over == 0 { 0 } else { TURN - over })
    };
    let ((first, first_fed), (second, second_fed)) = (first, second);
    let (first_at, second_at) = (begin(first_fed), begin(second_fed));
    first.update(&bytes[..first_at]);
    second.update(&bytes[..second_at]);
    let (mut firsts, mut seconds) = (bytes[first_at..].chunks(TURN), bytes[second_at..].chunks(TURN));
    loop {
        let (for_first, for_second) = (firsts.next(), seconds.next());
        if for_first.is_none() && for_second.is_none() {
            return;
        }
        if let Some(part) = for_first {
            first.update(part);
        }
        if let Some(part) = for_second {
            second.update(part);
        }
    }
}

/// Returns the digest of bytes in memory.
pub fn digest(algorithm: Algorithm, bytes: &[u8]) -> Vec<u8> {
    let mut running = Running::new(algorithm);
    running.update(bytes);
    running.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str) {
        let claimed = Claimed::labelled(label).unwrap_or_else(|why| panic!("{label}: {why:?}"));
        assert_eq!(claimed.bytes, digest(claimed.algorithm, b""), "{label}");
    }

    #[test]
    fn the_published_digests_of_nothing_are_read_in_every_form() {
        check("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
        check("sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709");
        check("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check("SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
        check("sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====");
        check("sha256:4oymiquy7qobjgx36tejs35zeqt24qpemsnzgtfeswmrw6csxbkq");
        check("md5:d41d8cd98f00b204e9800998ecf8427e");
        check("sha224:d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f");
    }

    #[test]
    fn two_digests_in_turns_are_those_of_each_alone() {
        let bytes: Vec<u8> = (0..5_000u32).map(|n| (n * 31 % 251) as u8).collect();
        let algorithms =
            [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha224, Algorithm::Sha256, Algorithm::Sha512];
        for head in [0, 1, 63, 64, 255, 256, 257, 700] {
            for cut in [0, 1, 100, 256, 1_000, 4_999, 5_000] {
                for (first, second) in algorithms.iter().zip(algorithms.iter().rev()) {
                    let (mut one, mut two) = (Running::new(*first), Running::new(*second));
                    one.update(&bytes[..head]);
                    let cut = cut.max(head);
                    update_both((&mut one, head as u64), (&mut two, 0), &bytes[head..cut]);
                    update_both((&mut one, cut as u64), (&mut two, (cut - head) as u64), &bytes[cut..]);
                    assert_eq!(one.finish(), digest(*first, &bytes), "{head} {cut} {first:?}");
                    assert_eq!(two.finish(), digest(*second, &bytes[head..]), "{head} {cut} {second:?}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_checked_says_which_part_is_wrong() {
        assert_eq!(Claimed::labelled("foo256:00"), Err(Unreadable::Algorithm));
        assert_eq!(Claimed::labelled("abc"), Err(Unreadable::Algorithm));
        assert_eq!(Claimed::labelled("sha256:00"), Err(Unreadable::Value));
        assert_eq!(Claimed::labelled("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY1"), Err(Unreadable::Value));
    }
}
