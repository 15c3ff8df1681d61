//! Public keys and signatures of the AT Protocol: ECDSA over SHA-256 with secp256k1 or P-256, 64 bytes, and only the one
//! of the two valid forms whose second half is low (atproto.com/specs/cryptography).

use k256::ecdsa::signature::hazmat::PrehashVerifier as _;
use values::Digest;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Secp256k1(k256::ecdsa::VerifyingKey),
    P256(p256::ecdsa::VerifyingKey),
}

impl Key {
    /// Reads a key written as multibase (`z…`) or `did:key:z…`. `None` for any other sort of key.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let raw = base58(text.strip_prefix("did:key:").unwrap_or(text).strip_prefix('z')?)?;
        match raw.as_slice() {
            [0xE7, 0x01, point @ ..] => {
                k256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok().map(Self::Secp256k1)
            }
            [0x80, 0x24, point @ ..] => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok().map(Self::P256)
            }
            _ => None,
        }
    }

    /// Tells whether `signature` over `message` was made with this key.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        if !is_low(signature) {
            return false;
        }
        let hash = Digest::of(message);
        match self {
            Self::Secp256k1(key) => k256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_prehash(hash.as_bytes(), &signature).is_ok()),
            Self::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_prehash(hash.as_bytes(), &signature).is_ok()),
        }
    }
}

/// Half the order of each curve: SEC 2, section 2.4.1, and FIPS 186-4, D.1.2.3.
const HALF: [[u8; 32]; 2] = [
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x5D,
        0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA0,
    ],
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xDE,
        0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ],
];

/// Tells whether the bytes could be a signature under any key: both halves above zero, the second one low.
pub(crate) fn is_low(signature: &[u8]) -> bool {
    let Some((r, s)) = signature.split_at_checked(32) else { return false };
    let zero = [0_u8; 32];
    s.len() == 32 && r != zero && s != zero && HALF.iter().any(|half| s <= half.as_slice())
}

fn base58(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    if text.len() > 128 {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::new();
    for byte in text.bytes() {
        let mut carry = ALPHABET.iter().position(|known| *known == byte)?;
        for digit in bytes.iter_mut().rev() {
            carry += usize::from(*digit) * 58;
            *digit = (carry & 0xFF) as u8;
            carry >>= 8;
        }
        while carry > 0 {
            bytes.insert(0, (carry & 0xFF) as u8);
            carry >>= 8;
        }
    }
    Some(bytes)
}

#[cfg(test)]
pub(crate) mod made {
    //! Invented keys for tests.

    use k256::ecdsa::signature::hazmat::PrehashSigner as _;
    use values::Digest;

    /// A secret key of which every byte is `seed`.
    pub(crate) struct Secret(k256::ecdsa::SigningKey);

    impl Secret {
        pub(crate) fn of(seed: u8) -> Self {
            Self(k256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap())
        }

        pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
            let signature: k256::ecdsa::Signature =
                self.0.sign_prehash(Digest::of(message).as_bytes()).unwrap();
            signature.normalize_s().to_bytes().to_vec()
        }

        /// Returns the public key as `did:key:z…`.
        pub(crate) fn public(&self) -> String {
            const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
            let mut raw = vec![0xE7, 0x01];
            raw.extend_from_slice(self.0.verifying_key().to_sec1_point(true).as_bytes());
            let mut digits: Vec<u8> = Vec::new();
            for byte in raw {
                let mut carry = u32::from(byte);
                for digit in digits.iter_mut().rev() {
                    carry += u32::from(*digit) << 8;
                    *digit = (carry % 58) as u8;
                    carry /= 58;
                }
                while carry > 0 {
                    digits.insert(0, (carry % 58) as u8);
                    carry /= 58;
                }
            }
            let text: String = digits.iter().map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect();
            format!("did:key:z{text}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_key_is_read() {
        // The examples of atproto.com/specs/cryptography.
        assert!(matches!(
            Key::parse("did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc"),
            Some(Key::Secp256k1(_))
        ));
        assert!(matches!(
            Key::parse("did:key:zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo"),
            Some(Key::P256(_))
        ));
        for wrong in ["", "z", "did:key:z0", "did:key:zQ3sh", "did:web:a.example"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_signature_holds_for_its_message_alone() {
        let secret = made::Secret::of(7);
        let key = Key::parse(&secret.public()).unwrap();
        let signature = secret.sign(b"words");
        assert!(key.verifies(b"words", &signature));
        assert!(!key.verifies(b"other", &signature));
        for at in 0..64 {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            assert!(!key.verifies(b"words", &changed));
        }
        assert!(!is_low(&[0; 64]) && !is_low(&[0xFF; 64]) && !is_low(&[1; 63]));
    }
}
