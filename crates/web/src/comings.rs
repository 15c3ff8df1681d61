//! Who comes to the case, is refused and leaves, as lines of the ledger: one for each time a helper comes in, each
//! passphrase that was wrong and each session that ended.
//!
//! Nobody gets in before the line is written. What cannot be written at once, because the case is locked or taken by
//! something long, waits and is written with the time it happened. A flood of wrong passphrases does not fill the ledger:
//! past [`REFUSED`] an hour they are counted, and the next line says how many there were.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use record::{Sign, Signing, What};

use crate::App;
use crate::desk::DeskError;
use crate::session::{Role, Why};

/// Wrong passphrases with a line of their own within [`HOUR`].
const REFUSED: usize = 60;
const HOUR: Duration = Duration::from_secs(3600);
/// Lines that may wait.
const WAITING: usize = 1000;

/// What waits to be written.
#[derive(Debug, Default)]
pub struct Comings(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    waiting: VecDeque<(Sign, Signing)>,
    refused: VecDeque<Instant>,
    more: u64,
}

impl Held {
    /// Tells whether one more refusal gets a line; where not, it is counted.
    fn is_room(&mut self, now: Instant) -> bool {
        while self.refused.front().is_some_and(|first| now.duration_since(*first) > HOUR) {
            self.refused.pop_front();
        }
        let room = self.refused.len() < REFUSED && self.waiting.len() < WAITING;
        if room {
            self.refused.push_back(now);
        } else {
            self.more += 1;
        }
        room
    }
}

fn role(role: &Role) -> Option<String> {
    match role {
        Role::Owner => None,
        Role::Reviewer { .. } => Some("reviewer".to_owned()),
        Role::Counsel { .. } => Some("counsel".to_owned()),
    }
}

fn place(from: Option<IpAddr>) -> String {
    from.map_or_else(|| "this computer".to_owned(), |from| from.to_string())
}

impl App {
    fn comings(&self) -> std::sync::MutexGuard<'_, Held> {
        self.comings.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down that a helper comes in. Errors where that cannot be written: then they do not.
    pub fn comes(&self, who: &Role, from: Option<IpAddr>) -> Result<(), DeskError> {
        let person = who.name().map(str::to_owned);
        let at = (self.setup.now)();
        let signing = Signing { at, person, role: role(who), from: place(from), why: None, more: 0 };
        self.write_down(Sign::In, &signing)
    }

    /// Writes down that a passphrase was wrong. `person` is who of the list was named.
    pub fn refused(&self, person: Option<&Role>, from: IpAddr) {
        {
            let mut held = self.comings();
            if !held.is_room(Instant::now()) {
                return;
            }
            let more = std::mem::take(&mut held.more);
            let name = person.and_then(Role::name).map(str::to_owned);
            let (at, from) = ((self.setup.now)(), from.to_string());
            held.waiting.push_back((
                Sign::Refused,
                Signing { at, person: name, role: person.and_then(role), from, why: None, more },
            ));
        }
        self.write_waiting();
    }

    /// Writes down the sessions of helpers that ended, and whatever else waits. What cannot be written now waits on.
    pub fn write_waiting(&self) {
        let at = (self.setup.now)();
        let ended = self.sessions.ended().into_iter().map(|(session, why): (_, Why)| {
            let (person, role) = (session.role.name().map(str::to_owned), role(&session.role));
            let why = Some(why.word().to_owned());
            (Sign::Out, Signing { at, person, role, from: place(session.from), why, more: 0 })
        });
        let mut held = self.comings();
        held.waiting.extend(ended);
        // Held while they are written: each is written once, and in order.
        while let Some((sign, signing)) = held.waiting.front() {
            if self.write_down(*sign, signing).is_err() {
                break;
            }
            held.waiting.pop_front();
        }
    }

    fn write_down(&self, sign: Sign, signing: &Signing) -> Result<(), DeskError> {
        self.desk.write(|case| {
            let detail = case.objects().put_json(signing)?;
            Ok(case.append((self.setup.now)(), vec![What::Signed { sign, detail }])?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_wrong_passphrases_is_counted_and_not_written_one_by_one() {
        let (mut held, now) = (Held::default(), Instant::now());
        let written = (0..500).filter(|_| held.is_room(now)).count();
        assert_eq!((written, held.more), (REFUSED, 500 - REFUSED as u64));
        assert!(held.is_room(now + HOUR + Duration::from_secs(1)));
    }
}
