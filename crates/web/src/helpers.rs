//! Helpers on the same network: who they are, how they prove it, and the second door, which speaks TLS alone.
//!
//! The door is there only when it was asked for, on one address. Its certificate is made anew at each start and signed by
//! nobody: the owner's screen shows its fingerprint, and the helper compares it once in their browser. The owner never
//! comes through this door: who may do everything sits at the computer the case is on.
//!
//! Each person has a name, a role and a passphrase. The passphrase is made here (100 bits), shown once, and kept as
//! Argon2id; a wrong one makes the next try under that name from that address wait, twice as long each time.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use record::Kind;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use values::Digest;

use crate::session::{Role, random, same};

/// The file in the case's folder that keeps them.
pub const NOTE: &str = "helpers";
/// The most people.
pub const MOST: usize = 50;
/// Letters of a passphrase: no two that look alike.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
/// The longest anybody waits between two tries.
const LONGEST: Duration = Duration::from_secs(900);
/// Names and addresses whose tries are remembered.
const REMEMBERED: usize = 4096;

/// Which door a request came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// On this computer.
    Here,
    /// The door for helpers, from this address.
    Network(IpAddr),
}

/// A person who may help.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    /// The name, as the ledger writes it.
    pub name: String,
    /// Whether they are the person's lawyer: they read what a lawyer needs and decide nothing.
    pub counsel: bool,
    /// The kinds of findings handed to them; none for counsel.
    pub kinds: Vec<Kind>,
    /// Findings handed to them one by one, by id.
    #[serde(default)]
    pub items: Vec<String>,
    /// Sixteen bytes, hexadecimal.
    salt: String,
    /// Argon2id of the passphrase with this salt, hexadecimal.
    hash: String,
}

impl Person {
    /// Makes a person and their passphrase, which is kept nowhere. Errors where the system gives no randomness.
    pub fn new(name: String, counsel: bool, kinds: Vec<Kind>) -> Result<(Self, String), String> {
        let drawn = random()?;
        let letters: Vec<char> =
            drawn[..20].iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
        let passphrase = groups.join("-");
        let salt = hex(&random()?[..16]);
        let hash = hashed(&passphrase, &salt)?;
        Ok((Self { name, counsel, kinds, items: Vec::new(), salt, hash }, passphrase))
    }

    /// Returns what they may do.
    pub fn role(&self) -> Role {
        match self.counsel {
            true => Role::Counsel { name: self.name.clone() },
            false => Role::Reviewer { name: self.name.clone(), kinds: self.kinds.clone() },
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet, 2024).
fn hashed(passphrase: &str, salt: &str) -> Result<String, String> {
    let parameters = Params::new(19 * 1024, 2, 1, Some(32)).map_err(|error| error.to_string())?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.as_bytes(), salt.as_bytes(), &mut out)
        .map_err(|error| error.to_string())?;
    Ok(hex(&out))
}

/// Returns the form under which names are compared.
pub fn compared(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What a try to sign in came to.
#[derive(Debug)]
pub enum Signed {
    /// It is them.
    In(Role),
    /// Another passphrase, or nobody of that name: the next may be tried after this time. Who was named, where there is
    /// such a person.
    Wrong(Duration, Option<Role>),
    /// It was not looked at: the last wrong one is too short ago.
    TooSoon(Duration),
}

/// The second door.
pub struct Helpers {
    /// Its address.
    pub address: SocketAddr,
    /// SHA-256 of its certificate, in pairs of digits as browsers show it.
    pub fingerprint: String,
    acceptor: TlsAcceptor,
    tries: Mutex<HashMap<(String, IpAddr), Tries>>,
    /// One try at a time, and whoever comes meanwhile is sent away at once: a flood of tries must not hold the threads
    /// that the owner's pages need.
    one: Mutex<()>,
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    wrong: u32,
    next: Instant,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Helpers {
    /// Makes the certificate for a door that listens already.
    pub fn new(listener: &TcpListener) -> Result<Self, String> {
        let said = |error: &dyn std::fmt::Display| error.to_string();
        let address = listener.local_addr().map_err(|error| said(&error))?;
        let made = rcgen::generate_simple_self_signed(vec![address.ip().to_string()])
            .map_err(|error| said(&error))?;
        let certificate = made.cert.der().clone();
        let digest = Digest::of(&certificate).to_string().to_uppercase();
        let pairs: Vec<&str> = (0..digest.len()).step_by(2).filter_map(|at| digest.get(at..at + 2)).collect();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| said(&error))?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .map_err(|error| said(&error))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            address,
            fingerprint: pairs.join(":"),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            tries: Mutex::default(),
            one: Mutex::default(),
        })
    }

    /// Returns what speaks TLS.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// Tries a name and a passphrase from an address. `people` is asked only where the try is looked at. Whether there is anybody of that name does not show: the same is
    /// worked out and answered either way.
    pub fn sign_in<E: From<String>>(
        &self,
        people: impl FnOnce() -> Result<Vec<Person>, E>,
        name: &str,
        typed: &str,
        from: IpAddr,
    ) -> Result<Signed, E> {
        let key = (compared(name), from);
        let Ok(_one) = self.one.try_lock() else { return Ok(Signed::TooSoon(Duration::from_secs(1))) };
        let now = Instant::now();
        if let Some(tries) = held(&self.tries).get(&key)
            && tries.next > now
        {
            return Ok(Signed::TooSoon(tries.next - now));
        }
        let people = people()?;
        let person = people.iter().find(|person| compared(&person.name) == key.0);
        let nobody = ("00000000000000000000000000000000", "");
        let (salt, hash) = person.map_or(nobody, |person| (person.salt.as_str(), person.hash.as_str()));
        let worked_out = hashed(typed.trim(), salt)?;
        if let Some(person) = person.filter(|_| same(&worked_out, hash)) {
            held(&self.tries).remove(&key);
            return Ok(Signed::In(person.role()));
        }
        let mut tries = held(&self.tries);
        if tries.len() >= REMEMBERED {
            // The oldest go: whoever fills this with names has tried each of them once.
            tries.retain(|_, tries| tries.next > now);
        }
        let wrong = tries.get(&key).map_or(0, |tries| tries.wrong);
        let wait = Duration::from_secs(1 << wrong.min(16)).min(LONGEST);
        // From the time the answer is there, not from when it was asked for.
        tries.insert(key, Tries { wrong: wrong + 1, next: Instant::now() + wait });
        Ok(Signed::Wrong(wait, person.map(Person::role)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_opens_for_its_person_alone_and_is_not_kept() {
        let (ana, words) = Person::new("Ana".into(), false, vec![Kind::Threat]).unwrap();
        let (ben, others) = Person::new("Ben".into(), true, Vec::new()).unwrap();
        assert_eq!(words.len(), 23, "{words}");
        assert_ne!(words, others);
        let kept = serde_json::to_string(&[&ana, &ben]).unwrap();
        assert!(!kept.contains(&words) && !kept.contains(&others));
        assert_eq!(hashed(&words, &ana.salt).unwrap(), ana.hash);
        assert_ne!(hashed(&words, &ben.salt).unwrap(), ben.hash);
        assert_eq!(ana.role(), Role::Reviewer { name: "Ana".into(), kinds: vec![Kind::Threat] });
    }
}
