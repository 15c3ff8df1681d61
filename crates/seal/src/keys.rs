//! Public keys and signatures as certificates carry them: RSA (PKCS #1 v1.5 and PSS) and ECDSA on three curves.
//!
//! The arithmetic is `ring`'s, and for P-521, which `ring` lacks, RustCrypto's. Weak digests (MD5, SHA-1) are refused
//! here, once, for everything above.

use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

use crate::der::{self, Malformed, Reader};

/// A digest that may stand under a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// Returns the digest of `bytes`.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        ring::digest::digest(self.ring(), bytes).as_ref().to_vec()
    }

    const fn ring(self) -> &'static ring::digest::Algorithm {
        match self {
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        }
    }

    /// Returns the length of a digest in bytes.
    pub const fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Reads the algorithm's object identifier. Errors with [`Unfit`] for a weak or unknown one.
    pub fn of_oid(oid: &[u8]) -> Result<Self, Unfit> {
        match oid {
            oids::SHA256 => Ok(Self::Sha256),
            oids::SHA384 => Ok(Self::Sha384),
            oids::SHA512 => Ok(Self::Sha512),
            oids::SHA1 | oids::MD5 => Err(Unfit::Weak),
            _ => Err(Unfit::Unknown),
        }
    }

    /// Returns the algorithm's object identifier.
    pub const fn oid(self) -> &'static [u8] {
        match self {
            Self::Sha256 => oids::SHA256,
            Self::Sha384 => oids::SHA384,
            Self::Sha512 => oids::SHA512,
        }
    }
}

/// Why an algorithm is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Collisions are known.
    #[error("the digest is MD5 or SHA-1, of which collisions are known")]
    Weak,
    /// Not one that is known here.
    #[error("the algorithm is not one that can be checked here")]
    Unknown,
    /// The bytes are not what the structure demands.
    #[error("the algorithm or key is not well-formed")]
    Malformed,
}

impl From<Malformed> for Unfit {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RSA, PKCS #1 v1.5.
    RsaPkcs1(Hash),
    /// RSA-PSS with a salt as long as the digest.
    RsaPss(Hash),
    /// ECDSA, signature as a SEQUENCE of two INTEGERs.
    Ecdsa(Hash),
}

impl Scheme {
    /// Reads an AlgorithmIdentifier (whole element). For identifiers that name no digest, as CMS allows, `digest` is
    /// used.
    pub fn read(identifier: &[u8], digest: Option<Hash>) -> Result<Self, Unfit> {
        let mut inner = Reader::new(der::single(identifier, der::SEQUENCE)?.content);
        let oid = inner.take(der::OID)?.content;
        let digest = digest.ok_or(Unfit::Unknown);
        Ok(match oid {
            oids::RSA => Self::RsaPkcs1(digest?),
            oids::RSA_SHA256 => Self::RsaPkcs1(Hash::Sha256),
            oids::RSA_SHA384 => Self::RsaPkcs1(Hash::Sha384),
            oids::RSA_SHA512 => Self::RsaPkcs1(Hash::Sha512),
            oids::RSA_PSS => Self::RsaPss(pss(inner)?),
            oids::EC_KEY => Self::Ecdsa(digest?),
            oids::ECDSA_SHA256 => Self::Ecdsa(Hash::Sha256),
            oids::ECDSA_SHA384 => Self::Ecdsa(Hash::Sha384),
            oids::ECDSA_SHA512 => Self::Ecdsa(Hash::Sha512),
            oids::RSA_SHA1 | oids::RSA_MD5 | oids::ECDSA_SHA1 => return Err(Unfit::Weak),
            _ => return Err(Unfit::Unknown),
        })
    }
}

/// Reads RSASSA-PSS-params (RFC 4055, section 3.1); its defaults are SHA-1 and therefore refused.
fn pss(mut inner: Reader<'_>) -> Result<Hash, Unfit> {
    let mut fields = inner.inside(der::SEQUENCE)?;
    let Some(hash) = fields.optional(der::context(0))? else { return Err(Unfit::Weak) };
    let hash = Hash::of_oid(first_oid(hash.content)?)?;
    let Some(mask) = fields.optional(der::context(1))? else { return Err(Unfit::Weak) };
    let mut mask = Reader::new(der::single(mask.content, der::SEQUENCE)?.content);
    let function = mask.take(der::OID)?.content;
    let mask_hash = Hash::of_oid(first_oid(mask.any()?.whole)?)?;
    let salt = match fields.optional(der::context(2))? {
        Some(salt) => der::single(salt.content, der::INTEGER)?.content.to_vec(),
        None => vec![20],
    };
    if function != oids::MGF1 || mask_hash != hash || salt != [hash.length() as u8] {
        return Err(Unfit::Unknown);
    }
    Ok(hash)
}

fn first_oid(sequence: &[u8]) -> Result<&[u8], Malformed> {
    Ok(Reader::new(der::single(sequence, der::SEQUENCE)?.content).take(der::OID)?.content)
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: Kind,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    P521,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo.
    pub fn from_spki(spki: &[u8]) -> Result<Self, Unfit> {
        let mut outer = Reader::new(der::single(spki, der::SEQUENCE)?.content);
        let mut algorithm = outer.inside(der::SEQUENCE)?;
        let bits = outer.take(der::BIT_STRING)?.content;
        outer.end()?;
        let (&unused, bytes) = bits.split_first().ok_or(Unfit::Malformed)?;
        if unused != 0 {
            return Err(Unfit::Malformed);
        }
        let kind = match algorithm.take(der::OID)?.content {
            oids::RSA | oids::RSA_PSS => Kind::Rsa,
            oids::EC_KEY => match algorithm.take(der::OID)?.content {
                oids::P256 => Kind::P256,
                oids::P384 => Kind::P384,
                oids::P521 => Kind::P521,
                _ => return Err(Unfit::Unknown),
            },
            _ => return Err(Unfit::Unknown),
        };
        Ok(Self { kind, bytes: bytes.to_vec() })
    }

    /// Returns whether `signature` is this key's over `message`. Errors where the pair of key and scheme is none that
    /// can be checked here: an RSA scheme with a curve, or SHA-512 on the smaller curves, which no issuer uses.
    pub fn verify(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> Result<bool, Unfit> {
        if let (Kind::P521, Scheme::Ecdsa(hash)) = (self.kind, scheme) {
            return Ok(p521_verifies(&self.bytes, &hash.of(message), signature));
        }
        let algorithm = ring_algorithm(self.kind, scheme).ok_or(Unfit::Unknown)?;
        Ok(UnparsedPublicKey::new(algorithm, &self.bytes).verify(message, signature).is_ok())
    }

    /// Returns whether `signature` (two numbers of fixed length, one after the other) is this key's over `message`.
    pub fn verify_raw(&self, hash: Hash, message: &[u8], signature: &[u8]) -> Result<bool, Unfit> {
        let length = match self.kind {
            Kind::Rsa => return Err(Unfit::Unknown),
            Kind::P256 => 32,
            Kind::P384 => 48,
            Kind::P521 => 66,
        };
        if signature.len() != 2 * length {
            return Ok(false);
        }
        let (r, s) = signature.split_at(length);
        let mut numbers = Vec::new();
        for number in [r, s] {
            let short = &number[number.iter().take_while(|byte| **byte == 0).count()..];
            let padded = match short.first() {
                Some(byte) if *byte < 0x80 => short.to_vec(),
                _ => [&[0], short].concat(),
            };
            der::write(der::INTEGER, &padded, &mut numbers);
        }
        let mut sequence = Vec::new();
        der::write(der::SEQUENCE, &numbers, &mut sequence);
        self.verify(Scheme::Ecdsa(hash), message, &sequence)
    }
}

fn ring_algorithm(kind: Kind, scheme: Scheme) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (kind, scheme) {
        (Kind::Rsa, Scheme::RsaPkcs1(Hash::Sha256)) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (Kind::Rsa, Scheme::RsaPkcs1(Hash::Sha384)) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (Kind::Rsa, Scheme::RsaPkcs1(Hash::Sha512)) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (Kind::Rsa, Scheme::RsaPss(Hash::Sha256)) => &signature::RSA_PSS_2048_8192_SHA256,
        (Kind::Rsa, Scheme::RsaPss(Hash::Sha384)) => &signature::RSA_PSS_2048_8192_SHA384,
        (Kind::Rsa, Scheme::RsaPss(Hash::Sha512)) => &signature::RSA_PSS_2048_8192_SHA512,
        (Kind::P256, Scheme::Ecdsa(Hash::Sha256)) => &signature::ECDSA_P256_SHA256_ASN1,
        (Kind::P256, Scheme::Ecdsa(Hash::Sha384)) => &signature::ECDSA_P256_SHA384_ASN1,
        (Kind::P384, Scheme::Ecdsa(Hash::Sha256)) => &signature::ECDSA_P384_SHA256_ASN1,
        (Kind::P384, Scheme::Ecdsa(Hash::Sha384)) => &signature::ECDSA_P384_SHA384_ASN1,
        _ => return None,
    })
}

fn p521_verifies(key: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    use p521::ecdsa::signature::hazmat::PrehashVerifier as _;
    let Ok(key) = p521::ecdsa::VerifyingKey::from_sec1_bytes(key) else { return false };
    let Some(signature) = p521_signature(signature) else { return false };
    key.verify_prehash(digest, &signature).is_ok()
}

/// Reads the two INTEGERs of an ECDSA signature into P-521's fixed form.
fn p521_signature(signature: &[u8]) -> Option<p521::ecdsa::Signature> {
    let mut inner = Reader::new(der::single(signature, der::SEQUENCE).ok()?.content);
    let mut fixed = [0; 132];
    for half in fixed.chunks_exact_mut(66) {
        let number = inner.take(der::INTEGER).ok()?.content;
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        let start = 66usize.checked_sub(number.len())?;
        half[start..].copy_from_slice(number);
    }
    inner.end().ok()?;
    p521::ecdsa::Signature::from_slice(&fixed).ok()
}

/// Object identifiers, as their content bytes.
pub mod oids {
    /// rsaEncryption, 1.2.840.113549.1.1.1.
    pub const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    /// md5WithRSAEncryption.
    pub const RSA_MD5: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4];
    /// sha1WithRSAEncryption.
    pub const RSA_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5];
    /// mgf1.
    pub const MGF1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8];
    /// RSASSA-PSS.
    pub const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
    /// sha256WithRSAEncryption.
    pub const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
    /// sha384WithRSAEncryption.
    pub const RSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12];
    /// sha512WithRSAEncryption.
    pub const RSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13];
    /// id-ecPublicKey, 1.2.840.10045.2.1.
    pub const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    /// secp256r1.
    pub const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
    /// secp384r1, 1.3.132.0.34.
    pub const P384: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];
    /// secp521r1, 1.3.132.0.35.
    pub const P521: &[u8] = &[0x2b, 0x81, 4, 0, 0x23];
    /// ecdsa-with-SHA1.
    pub const ECDSA_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];
    /// ecdsa-with-SHA256.
    pub const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    /// ecdsa-with-SHA384.
    pub const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
    /// ecdsa-with-SHA512.
    pub const ECDSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];
    /// md5.
    pub const MD5: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 2, 5];
    /// sha1.
    pub const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 0x1a];
    /// sha256, 2.16.840.1.101.3.4.2.1.
    pub const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
    /// sha384.
    pub const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
    /// sha512.
    pub const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
}
