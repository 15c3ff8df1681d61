//! Who is at the screen: one-time tokens, sessions, and a token for each form.
//!
//! A token from a link opens one session and is spent. A session lives in a cookie that no script can read and no other
//! site can send. What the server keeps of both is their SHA-256, so that comparing takes the same time for every guess.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actions::screens::twins::Wanted;
use record::Kind;
use values::Digest;

use crate::words::Lang;

/// Tokens that may wait to be used; older ones are forgotten.
const TOKENS: usize = 16;
/// Sessions at once.
const SESSIONS: usize = 64;
/// Pictures to search by that are held for one person.
const GIVEN: usize = 4;
/// Findings a person looks at before the app suggests a rest.
pub const BUDGET: u32 = 20;

/// What a person may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Owner,
    /// Review findings of these kinds, nothing else.
    Reviewer {
        /// The name they gave, as the ledger writes it.
        name: String,
        /// The kinds handed to them.
        kinds: Vec<Kind>,
    },
    /// Read what a lawyer needs; decide and change nothing.
    Counsel {
        /// Their name, as the ledger writes it.
        name: String,
    },
}

impl Role {
    /// Returns the name of whoever helps; `None` for the owner.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Owner => None,
            Self::Reviewer { name, .. } | Self::Counsel { name } => Some(name),
        }
    }
}

/// One person at a screen.
pub struct Session {
    secret: [u8; 32],
    /// What they may do.
    pub role: Role,
    /// Whether they came through the door for helpers: a session holds for the door it was opened at.
    pub network: bool,
    /// The address they came from, where that is another computer.
    pub from: Option<IpAddr>,
    state: Mutex<State>,
}

/// What changes while a person works.
#[derive(Debug, Clone)]
pub struct State {
    /// When the last request came.
    pub seen: Instant,
    /// The language, where they chose one.
    pub language: Option<Lang>,
    /// Colours off.
    pub grey: bool,
    /// Single keys on.
    pub keys: bool,
    /// Words of the next finding are shown at once.
    pub reveal: bool,
    /// The finding whose words are shown now.
    pub shown: Option<String>,
    /// Pictures uncovered.
    pub uncovered: HashSet<String>,
    /// Pictures given to search by, with their name in an address; the latest last. Only fingerprints.
    pub given: Vec<(String, Wanted)>,
    /// Findings looked at since the last rest.
    pub viewed: u32,
    /// How many before a rest is suggested.
    pub budget: u32,
    /// Findings passed over for now.
    pub passed: Vec<String>,
    /// What was decided, latest last, for taking back.
    pub decided: Vec<Vec<String>>,
    /// A sentence for the next page.
    pub said: Option<String>,
}

impl Session {
    fn new(role: Role, from: Option<IpAddr>, secret: [u8; 32]) -> Self {
        let state = State {
            seen: Instant::now(),
            language: None,
            grey: false,
            keys: true,
            reveal: false,
            shown: None,
            uncovered: HashSet::new(),
            given: Vec::new(),
            viewed: 0,
            budget: BUDGET,
            passed: Vec::new(),
            decided: Vec::new(),
            said: None,
        };
        Self { secret, role, network: from.is_some(), from, state: Mutex::new(state) }
    }

    /// Returns what changes.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the token that a form for `path` must carry.
    pub fn form(&self, path: &str) -> String {
        let mut bytes = self.secret.to_vec();
        bytes.extend_from_slice(path.as_bytes());
        Digest::of(&bytes).to_string()
    }

    /// Tells whether `given` is the token of a form for `path`.
    pub fn is_form(&self, path: &str, given: &str) -> bool {
        same(&self.form(path), given)
    }

    /// Tells whether they may do everything.
    pub fn is_owner(&self) -> bool {
        self.role == Role::Owner
    }

    /// Keeps the fingerprints of a picture to search by. Returns their name in an address.
    pub fn give(&self, wanted: Wanted) -> String {
        let mut state = self.state();
        let number =
            state.given.last().and_then(|(name, _)| name.strip_prefix("given-")?.parse::<u32>().ok());
        let name = format!("given-{}", number.unwrap_or(0).wrapping_add(1));
        state.given.push((name.clone(), wanted));
        if state.given.len() > GIVEN {
            state.given.remove(0);
        }
        name
    }

    /// Says something on the next page.
    pub fn say(&self, words: impl Into<String>) {
        self.state().said = Some(words.into());
    }
}

/// Tells whether two texts are equal, by their digests: how long it takes says nothing of where they differ.
pub fn same(a: &str, b: &str) -> bool {
    Digest::of(a.as_bytes()) == Digest::of(b.as_bytes())
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The person left.
    Left,
    /// Nobody was there for too long.
    Idle,
    /// The owner ended the help.
    Ended,
    /// The case was locked.
    Locked,
    /// The same person came in anew, or too many others did.
    Replaced,
    /// The app was closed.
    Closed,
}

impl Why {
    /// Returns the word the ledger uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Idle => "idle",
            Self::Ended => "ended",
            Self::Locked => "locked",
            Self::Replaced => "replaced",
            Self::Closed => "closed",
        }
    }
}

/// All tokens and sessions.
pub struct Sessions {
    idle: Duration,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    tokens: Vec<(Digest, Role)>,
    sessions: HashMap<Digest, Arc<Session>>,
    /// Sessions of helpers that ended, and that nobody wrote down yet.
    ended: Vec<(Arc<Session>, Why)>,
}

impl Held {
    /// Ends the sessions that `which` names.
    fn end(&mut self, why: Why, which: impl Fn(&Digest, &Session) -> bool) -> usize {
        let gone: Vec<Digest> = self
            .sessions
            .iter()
            .filter(|(name, session)| which(name, session))
            .map(|(name, _)| *name)
            .collect();
        let mut count = 0;
        for session in gone.iter().filter_map(|name| self.sessions.remove(name)) {
            count += 1;
            if !session.is_owner() {
                self.ended.push((session, why));
            }
        }
        count
    }
}

impl Sessions {
    /// Begins without any. Errors where the system gives no random bytes.
    pub fn new(idle: Duration) -> Result<Self, String> {
        random()?;
        Ok(Self { idle, held: Mutex::new(Held::default()) })
    }

    /// Returns after how long without a request a session ends.
    pub fn idle(&self) -> Duration {
        self.idle
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a one-time token for the owner.
    pub fn owner_token(&self) -> String {
        self.token(Role::Owner)
    }

    /// Makes a one-time token.
    pub fn token(&self, role: Role) -> String {
        // Randomness was there when the app started; without it no door opens, so the token is one nobody can guess or use.
        let Ok(bytes) = random() else { return String::new() };
        let token = hex(&bytes);
        let mut held = self.held();
        held.tokens.push((Digest::of(token.as_bytes()), role));
        if held.tokens.len() > TOKENS {
            held.tokens.remove(0);
        }
        token
    }

    /// Spends a token. Returns the cookie's value for the session it opens.
    pub fn open(&self, token: &str) -> Option<(String, Role)> {
        let mut held = self.held();
        let name = Digest::of(token.as_bytes());
        let at = held.tokens.iter().position(|(known, _)| *known == name)?;
        let (_, role) = held.tokens.remove(at);
        Some((Self::begin(&mut held, role.clone(), None)?, role))
    }

    /// Opens a session for a helper who proved who they are. The owner comes through no network. Returns the cookie's value.
    pub fn sign_in(&self, role: Role, from: IpAddr) -> Option<String> {
        if role == Role::Owner { None } else { Self::begin(&mut self.held(), role, Some(from)) }
    }

    fn begin(held: &mut Held, role: Role, from: Option<IpAddr>) -> Option<String> {
        let (cookie, secret) = (hex(&random().ok()?), random().ok()?);
        if held.sessions.len() >= SESSIONS {
            let oldest = held.sessions.iter().min_by_key(|(_, s)| s.state().seen).map(|(name, _)| *name);
            held.end(Why::Replaced, |name, _| Some(*name) == oldest);
        }
        held.sessions.insert(Digest::of(cookie.as_bytes()), Arc::new(Session::new(role, from, secret)));
        Some(cookie)
    }

    /// Returns the session of a cookie, and notes that somebody is there.
    pub fn find(&self, cookie: &str) -> Option<Arc<Session>> {
        let name = Digest::of(cookie.as_bytes());
        let mut held = self.held();
        let session = Arc::clone(held.sessions.get(&name)?);
        let now = Instant::now();
        if now.duration_since(session.state().seen) > self.idle {
            held.end(Why::Idle, |known, _| *known == name);
            return None;
        }
        session.state().seen = now;
        Some(session)
    }

    /// Ends a session.
    pub fn close(&self, cookie: &str, why: Why) -> bool {
        let name = Digest::of(cookie.as_bytes());
        self.held().end(why, |known, _| *known == name) > 0
    }

    /// Ends every session.
    pub fn close_all(&self) {
        self.held().end(Why::Closed, |_, _| true);
    }

    /// Returns the sessions of helpers that ended since the last call.
    pub fn ended(&self) -> Vec<(Arc<Session>, Why)> {
        std::mem::take(&mut self.held().ended)
    }

    /// Ends every session at which nobody has been for too long. Returns how many of them were the owner's.
    pub fn close_idle(&self) -> usize {
        let mut held = self.held();
        let now = Instant::now();
        let idle = |session: &Session| now.duration_since(session.state().seen) > self.idle;
        let owners = held.sessions.values().filter(|s| s.is_owner() && idle(s)).count();
        held.end(Why::Idle, |_, session| idle(session));
        owners
    }

    /// Ends every session of a helper, and spends the links made for them.
    pub fn revoke(&self, name: &str) {
        let mut held = self.held();
        held.tokens.retain(|(_, role)| role.name() != Some(name));
        held.end(Why::Ended, |_, session| session.role.name() == Some(name));
    }

    /// Tells whether there is no session at all.
    pub fn is_nobody_here(&self) -> bool {
        self.held().sessions.is_empty()
    }

    /// Ends every session but the owner's, and covers what was shown there.
    pub fn cover(&self) {
        let mut held = self.held();
        held.tokens.retain(|(_, role)| *role == Role::Owner);
        held.end(Why::Locked, |_, session| !session.is_owner());
        for session in held.sessions.values() {
            let mut state = session.state();
            state.shown = None;
            state.uncovered.clear();
            state.given.clear();
            state.passed.clear();
            state.decided.clear();
        }
    }

    /// Tells whether a token waits that opens an owner's session.
    pub fn owner_may_come(&self) -> bool {
        self.held().tokens.iter().any(|(_, role)| *role == Role::Owner)
    }
}

/// Returns 32 random bytes of the system.
pub fn random() -> Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_one_session_and_is_spent() {
        let sessions = Sessions::new(Duration::from_secs(60)).unwrap();
        let token = sessions.owner_token();
        assert!(sessions.open("0").is_none());
        let (cookie, role) = sessions.open(&token).unwrap();
        assert_eq!(role, Role::Owner);
        assert!(sessions.open(&token).is_none());
        assert!(sessions.find(&cookie).unwrap().is_owner());
        assert!(sessions.find(&token).is_none());
        assert!(sessions.close(&cookie, Why::Left));
        assert!(sessions.find(&cookie).is_none());
    }

    #[test]
    fn a_form_token_holds_for_one_session_and_one_path() {
        let sessions = Sessions::new(Duration::from_secs(60)).unwrap();
        let [a, b] = [0, 1].map(|_| {
            let (cookie, _) = sessions.open(&sessions.owner_token()).unwrap();
            sessions.find(&cookie).unwrap()
        });
        assert!(a.is_form("/review", &a.form("/review")));
        assert!(!a.is_form("/review", &b.form("/review")));
        assert!(!a.is_form("/settings", &a.form("/review")));
        assert!(!a.is_form("/review", ""));
    }

    #[test]
    fn a_session_ends_when_nobody_is_there() {
        let sessions = Sessions::new(Duration::ZERO).unwrap();
        let (cookie, _) = sessions.open(&sessions.owner_token()).unwrap();
        std::thread::sleep(Duration::from_millis(2));
        assert_eq!(sessions.close_idle(), 1);
        assert!(sessions.find(&cookie).is_none());
    }

    #[test]
    fn each_end_of_a_helpers_session_is_told_once_with_its_reason_and_the_owners_never() {
        let sessions = Sessions::new(Duration::from_secs(60)).unwrap();
        let role = |name: &str| Role::Counsel { name: name.to_owned() };
        let from: IpAddr = "192.0.2.7".parse().unwrap();
        let (owner, _) = sessions.open(&sessions.owner_token()).unwrap();
        let ana = sessions.sign_in(role("Ana"), from).unwrap();
        for name in ["Ben", "Cleo"] {
            sessions.sign_in(role(name), from).unwrap();
        }
        assert!(sessions.close(&ana, Why::Left) && !sessions.close(&ana, Why::Left));
        sessions.revoke("Ben");
        sessions.cover();
        sessions.close(&owner, Why::Left);
        let told: Vec<_> = sessions
            .ended()
            .into_iter()
            .map(|(session, why)| (session.role.name().unwrap().to_owned(), why.word()))
            .collect();
        let expected = [("Ana", "left"), ("Ben", "ended"), ("Cleo", "locked")];
        assert_eq!(told, expected.map(|(name, why)| (name.to_owned(), why)));
        assert!(sessions.ended().is_empty());
    }
}
