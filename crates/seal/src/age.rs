//! Files under a key or a passphrase, in the age format (`age-encryption.org/v1`, C2SP/age).
//!
//! ```text
//! age-encryption.org/v1
//! -> X25519 <share>                     or   -> scrypt <salt> <log2 of the work>
//! <the file key, wrapped>
//! --- <MAC of all above>
//! <nonce><chunks of 64 KiB, each sealed with ChaCha20-Poly1305>
//! ```
//!
//! By hand, because the crate of that name brings eighty others (translations, post-quantum keys) for what is two pages
//! here; every primitive is a library's. The `age` program reads what is written here, and the reverse: a vector it
//! made is among the tests. One recipient a file, and only these two kinds, which is all redress writes.

mod bech32;

use std::io::{self, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use curve25519_dalek::MontgomeryPoint;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, hmac};

const VERSION: &str = "age-encryption.org/v1\n";
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// The longest header that is read: ours have two hundred bytes.
const LONGEST_HEADER: usize = 4096;

/// Fills bytes with randomness.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]) -> io::Result<()>;

/// Why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgeError {
    /// Another format, another kind of recipient, or cut.
    #[error("it is not a file in the age format as redress writes it: {0}")]
    Form(&'static str),
    /// The key or passphrase is not the one.
    #[error("it is under another key or passphrase")]
    WrongKey,
    /// More work is asked for than is done here.
    #[error("it asks for 2^{0} rounds of scrypt, more than any lock redress makes")]
    TooMuchWork(u8),
    /// The bytes were changed, or some are missing.
    #[error("its bytes were changed or cut")]
    Changed,
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The public half of a key pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

impl Recipient {
    /// Reads `age1…`; `None` where it is not one.
    pub fn read(text: &str) -> Option<Self> {
        bech32::decode("age", text.trim()).map(Self)
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&bech32::encode("age", &self.0))
    }
}

/// The secret half of a key pair. Prints nothing of itself.
#[derive(Clone)]
pub struct Identity([u8; 32]);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

impl Identity {
    /// Makes a key pair from 32 random bytes.
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Reads `AGE-SECRET-KEY-1…`; `None` where it is not one.
    pub fn read(text: &str) -> Option<Self> {
        bech32::decode("age-secret-key-", &text.trim().to_ascii_lowercase()).map(Self)
    }

    /// Writes `AGE-SECRET-KEY-1…`, as the `age` program reads it.
    pub fn secret(&self) -> String {
        bech32::encode("age-secret-key-", &self.0).to_ascii_uppercase()
    }

    /// Returns the public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(MontgomeryPoint::mul_base_clamped(self.0).to_bytes())
    }
}

/// What a file is put under.
#[derive(Debug, Clone, Copy)]
pub enum Under<'a> {
    /// The holder of this key pair.
    Recipient(&'a Recipient),
    /// Whoever knows the words; `work` is the power of two of scrypt's rounds.
    Passphrase {
        /// The words.
        words: &'a str,
        /// 18 takes about a second.
        work: u8,
    },
}

/// What a file is opened with.
#[derive(Debug, Clone, Copy)]
pub enum With<'a> {
    /// The secret half of the key pair.
    Identity(&'a Identity),
    /// The words; a file that asks for more than 2^`most_work` rounds is refused.
    Passphrase {
        /// The words.
        words: &'a str,
        /// The most work that is done.
        most_work: u8,
    },
}

/// Reads all of `source` and writes it, encrypted, to `target`.
pub fn encrypt(
    source: &mut dyn Read,
    target: &mut dyn Write,
    under: Under<'_>,
    random: Random<'_>,
) -> io::Result<()> {
    let mut file_key = [0; 16];
    random(&mut file_key)?;
    let (kind, wrapping) = match under {
        Under::Recipient(recipient) => {
            let mut secret = [0; 32];
            random(&mut secret)?;
            let share = MontgomeryPoint::mul_base_clamped(secret).to_bytes();
            let shared = MontgomeryPoint(recipient.0).mul_clamped(secret).to_bytes();
            let key = wrap_key(&shared, &share, recipient);
            (format!("X25519 {}", STANDARD_NO_PAD.encode(share)), key)
        }
        Under::Passphrase { words, work } => {
            let mut salt = [0; 16];
            random(&mut salt)?;
            let key =
                stretch(words, &salt, work).ok_or_else(|| io::Error::other("scrypt refused this work"))?;
            (format!("scrypt {} {work}", STANDARD_NO_PAD.encode(salt)), key)
        }
    };
    let mut wrapped = file_key.to_vec();
    seal(&wrapping, [0; 12], &mut wrapped)?;
    let header = format!("{VERSION}-> {kind}\n{}\n---", STANDARD_NO_PAD.encode(wrapped));
    let mac = hmac::sign(&mac_key(&file_key), header.as_bytes());
    writeln!(target, "{header} {}", STANDARD_NO_PAD.encode(mac))?;
    let mut nonce = [0; 16];
    random(&mut nonce)?;
    target.write_all(&nonce)?;
    let key = derive(&file_key, &nonce, b"payload");
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    let mut next = Vec::with_capacity(CHUNK);
    fill(source, &mut chunk)?;
    for counter in 0u64.. {
        next.clear();
        if chunk.len() == CHUNK {
            fill(source, &mut next)?;
        }
        let last = next.is_empty();
        seal(&key, chunk_nonce(counter, last), &mut chunk)?;
        target.write_all(&chunk)?;
        if last {
            break;
        }
        std::mem::swap(&mut chunk, &mut next);
    }
    Ok(())
}

/// Reads the file in `source` and writes what was encrypted to `target`. What was written before an error is worth
/// nothing.
pub fn decrypt(source: &mut dyn Read, target: &mut dyn Write, with: With<'_>) -> Result<(), AgeError> {
    let (header, mac) = read_header(source)?;
    let file_key = unwrap_file_key(&header, with)?;
    hmac::verify(&mac_key(&file_key), header.as_bytes(), &mac).map_err(|_| AgeError::Changed)?;
    let mut nonce = [0; 16];
    source.read_exact(&mut nonce).map_err(cut)?;
    let key = derive(&file_key, &nonce, b"payload");
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).map_err(|_| AgeError::Changed)?);
    let (mut chunk, mut next) = (Vec::with_capacity(CHUNK + TAG), Vec::with_capacity(CHUNK + TAG));
    fill_to(source, &mut chunk, CHUNK + TAG)?;
    for counter in 0u64.. {
        next.clear();
        if chunk.len() == CHUNK + TAG {
            fill_to(source, &mut next, CHUNK + TAG)?;
        }
        let last = next.is_empty();
        let nonce = Nonce::assume_unique_for_key(chunk_nonce(counter, last));
        let plain = key.open_in_place(nonce, Aad::empty(), &mut chunk).map_err(|_| AgeError::Changed)?;
        // Only an empty file has an empty last chunk.
        if plain.is_empty() && counter > 0 {
            return Err(AgeError::Changed);
        }
        target.write_all(plain)?;
        if last {
            break;
        }
        std::mem::swap(&mut chunk, &mut next);
    }
    Ok(())
}

fn cut(error: io::Error) -> AgeError {
    if error.kind() == io::ErrorKind::UnexpectedEof { AgeError::Changed } else { AgeError::Io(error) }
}

/// Reads up to the MAC. Returns the header as it is signed, up to and with `---`, and the MAC.
fn read_header(source: &mut dyn Read) -> Result<(String, Vec<u8>), AgeError> {
    let mut bytes = Vec::new();
    let mut lines = 0;
    let mut start = 0;
    while lines < 4 {
        let mut byte = [0];
        source.read_exact(&mut byte).map_err(|_| AgeError::Form("it is cut"))?;
        bytes.push(byte[0]);
        if byte[0] == b'\n' {
            lines += 1;
            if lines < 4 {
                start = bytes.len();
            }
        }
        if bytes.len() > LONGEST_HEADER {
            return Err(AgeError::Form("its header is too long"));
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| AgeError::Form("its header is not text"))?;
    if !text.starts_with(VERSION) {
        return Err(AgeError::Form("it does not begin as one"));
    }
    let mac = text[start..].strip_prefix("--- ").map(str::trim_end);
    let mac = mac.and_then(|mac| STANDARD_NO_PAD.decode(mac).ok());
    let mac = mac.filter(|mac| mac.len() == 32).ok_or(AgeError::Form("its header does not end as one"))?;
    Ok((format!("{}---", &text[..start]), mac))
}

fn unwrap_file_key(header: &str, with: With<'_>) -> Result<[u8; 16], AgeError> {
    let mut lines = header.lines().skip(1);
    let stanza = lines.next().and_then(|line| line.strip_prefix("-> "));
    let mut words = stanza.ok_or(AgeError::Form("it names no recipient"))?.split(' ');
    let wrapped = lines.next().and_then(|line| STANDARD_NO_PAD.decode(line).ok());
    let mut wrapped = wrapped
        .filter(|wrapped| wrapped.len() == 16 + TAG)
        .ok_or(AgeError::Form("its file key is not one"))?;
    let (kind, first, second, more) = (words.next(), words.next(), words.next(), words.next());
    let first = first.and_then(|word| STANDARD_NO_PAD.decode(word).ok()).unwrap_or_default();
    let key = match (kind, with, second, more) {
        (Some("X25519"), With::Identity(identity), None, None) => {
            let share: [u8; 32] = first.try_into().map_err(|_| AgeError::Form("its share is not one"))?;
            let shared = MontgomeryPoint(share).mul_clamped(identity.0).to_bytes();
            // A share of low order would make the key known to everybody.
            if shared == [0; 32] {
                return Err(AgeError::Form("its share is not one"));
            }
            wrap_key(&shared, &share, &identity.recipient())
        }
        (Some("scrypt"), With::Passphrase { words, most_work }, Some(work), None) => {
            let salt: [u8; 16] = first.try_into().map_err(|_| AgeError::Form("its salt is not one"))?;
            let work: u8 = work.parse().map_err(|_| AgeError::Form("its work is no number"))?;
            // Asked before anything is done: a swapped file must not stop this computer for a day.
            if work > most_work {
                return Err(AgeError::TooMuchWork(work));
            }
            stretch(words, &salt, work).ok_or(AgeError::Form("its work is no number"))?
        }
        _ => return Err(AgeError::Form("it is for another kind of recipient")),
    };
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).map_err(|_| AgeError::Changed)?);
    let plain = key
        .open_in_place(Nonce::assume_unique_for_key([0; 12]), Aad::empty(), &mut wrapped)
        .map_err(|_| AgeError::WrongKey)?;
    (*plain).try_into().map_err(|_| AgeError::WrongKey)
}

fn wrap_key(shared: &[u8; 32], share: &[u8; 32], recipient: &Recipient) -> [u8; 32] {
    derive(shared, &[&share[..], &recipient.0].concat(), b"age-encryption.org/v1/X25519")
}

fn stretch(words: &str, salt: &[u8; 16], work: u8) -> Option<[u8; 32]> {
    let params = scrypt::Params::new(work, 8, 1).ok()?;
    let salt = [&b"age-encryption.org/v1/scrypt"[..], salt].concat();
    let mut key = [0; 32];
    scrypt::scrypt(words.as_bytes(), &salt, &params, &mut key).ok()?;
    Some(key)
}

fn mac_key(file_key: &[u8; 16]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &derive(file_key, b"", b"header"))
}

/// HKDF-SHA256 (RFC 5869) to 32 bytes.
fn derive(secret: &[u8], salt: &[u8], info: &[u8]) -> [u8; 32] {
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
    let info = [info];
    let mut key = [0; 32];
    let expanded = extracted.expand(&info, hkdf::HKDF_SHA256);
    // Fails only for more than 255 times 32 bytes.
    if let Ok(okm) = expanded {
        let _always_fits = okm.fill(&mut key);
    }
    key
}

fn seal(key: &[u8; 32], nonce: [u8; 12], chunk: &mut Vec<u8>) -> io::Result<()> {
    let refused = |_| io::Error::other("the cipher refused");
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).map_err(refused)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), chunk).map_err(refused)
}

/// Eleven bytes of counter and one that says whether it is the last chunk.
fn chunk_nonce(counter: u64, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&counter.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

fn fill(source: &mut dyn Read, chunk: &mut Vec<u8>) -> io::Result<()> {
    fill_to(source, chunk, CHUNK)
}

/// Makes `chunk` the next `size` bytes, fewer only at the end.
fn fill_to(source: &mut dyn Read, chunk: &mut Vec<u8>, size: usize) -> io::Result<()> {
    chunk.clear();
    source.take(size as u64).read_to_end(chunk).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source of bytes that differ each time and are the same on every run.
    fn random(bytes: &mut [u8]) -> io::Result<()> {
        use std::sync::atomic::{AtomicU8, Ordering};
        static NEXT: AtomicU8 = AtomicU8::new(1);
        bytes.fill_with(|| NEXT.fetch_add(37, Ordering::Relaxed));
        Ok(())
    }

    fn sealed(plain: &[u8], under: Under<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        encrypt(&mut &plain[..], &mut out, under, &mut random).unwrap();
        out
    }

    fn opened(bytes: &[u8], with: With<'_>) -> Result<Vec<u8>, AgeError> {
        let mut out = Vec::new();
        decrypt(&mut &bytes[..], &mut out, with).map(|()| out)
    }

    #[test]
    fn what_was_encrypted_reads_back_at_every_size_where_a_chunk_could_end() {
        let identity = Identity::new([7; 32]);
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
            let plain: Vec<u8> = (0..size).map(|n| n as u8).collect();
            let bytes = sealed(&plain, Under::Recipient(&identity.recipient()));
            assert_eq!(opened(&bytes, With::Identity(&identity)).unwrap(), plain, "{size}");
            let other = Identity::new([8; 32]);
            assert!(matches!(opened(&bytes, With::Identity(&other)), Err(AgeError::WrongKey)));
            // A cut at a chunk's end is the cut that a careless reader misses.
            for cut in [1, TAG, CHUNK + TAG] {
                if let Some(left) = bytes.len().checked_sub(cut) {
                    assert!(
                        opened(&bytes[..left], With::Identity(&identity)).is_err(),
                        "{size} cut by {cut}"
                    );
                }
            }
            let longer = [&bytes[..], b"x"].concat();
            assert!(opened(&longer, With::Identity(&identity)).is_err());
        }
    }

    #[test]
    fn any_one_byte_changed_is_noticed() {
        let identity = Identity::new([9; 32]);
        let bytes = sealed(b"RDR-0000", Under::Recipient(&identity.recipient()));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(opened(&changed, With::Identity(&identity)).is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_passphrase_opens_what_it_closed_and_absurd_work_is_refused() {
        let bytes = sealed(b"words", Under::Passphrase { words: "four quiet words here", work: 8 });
        let with = |words, most_work| opened(&bytes, With::Passphrase { words, most_work });
        assert_eq!(with("four quiet words here", 22).unwrap(), b"words");
        assert!(matches!(with("four quiet words", 22), Err(AgeError::WrongKey)));
        assert!(matches!(with("four quiet words here", 7), Err(AgeError::TooMuchWork(8))));
        let identity = Identity::new([1; 32]);
        assert!(matches!(opened(&bytes, With::Identity(&identity)), Err(AgeError::Form(_))));
        let swapped = String::from_utf8_lossy(&bytes).replacen(" 8\n", " 64\n", 1);
        let with = With::Passphrase { words: "x", most_work: 22 };
        assert!(matches!(opened(swapped.as_bytes(), with), Err(AgeError::TooMuchWork(64))));
    }

    #[test]
    fn keys_are_written_as_the_age_program_writes_them() {
        let identity = Identity::read(AGE_KEY).unwrap();
        assert_eq!(identity.secret(), AGE_KEY);
        assert_eq!(identity.recipient().to_string(), AGE_RECIPIENT);
        assert_eq!(Recipient::read(AGE_RECIPIENT), Some(identity.recipient()));
        for place in 0..AGE_RECIPIENT.len() {
            let mut changed = AGE_RECIPIENT.as_bytes().to_vec();
            changed[place] = if changed[place] == b'q' { b'p' } else { b'q' };
            assert_eq!(Recipient::read(std::str::from_utf8(&changed).unwrap()), None, "character {place}");
        }
    }

    #[test]
    fn a_file_of_the_age_program_is_opened() {
        use base64::engine::general_purpose::STANDARD;
        let bytes = STANDARD.decode(AGE_FILE).unwrap();
        let identity = Identity::read(AGE_KEY).unwrap();
        assert_eq!(opened(&bytes, With::Identity(&identity)).unwrap(), b"made by age 1.1.1\n");
    }

    /// Made with `age-keygen` and `age -r` of age 1.1.1 for this test; the key is of no other use.
    const AGE_KEY: &str = "AGE-SECRET-KEY-1S0D99H8LHHL75KTHSQR4LL82V2SMV873FGMYTEHU9N99KEC6JTDQG84K0P";
    const AGE_RECIPIENT: &str = "age1dr7q0wg64e9vzldnycl2nyktqcxmn6vun70ckk8xvlm564qka5nqcm5hm0";
    const AGE_FILE: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBMNitTQXpBcTZreFI2cy84eEhIbm5NOTJRMXhxUllQbERHWHR5a0VU\
        WVRNCnRUcGk4M0JsalRCVEZXYi8vei8rZ1pwR2U2U3hRYUt1WC9QSFZsQ2VFb28KLS0tIGxQNU5hcXpndk1HUGxZQkpRZE41\
        NVFJM1V3Ylg5dEpQZUFXaXBOS1g5NkEKuu6jo9BdR0OprbtCvFmLvaqjzq0Jaoy5vigTwnX1/Nv4hcH8IXng34plbkrDDYCc\
        3R8=";
}
