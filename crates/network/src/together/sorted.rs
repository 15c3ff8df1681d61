//! Actions sorted by thing and time, and what can be counted of them with two pointers before anything is put together.
//!
//! Every pass here goes through memory once, front to back. Passes in the order of accounts were tried and cost a cache miss
//! an action each: beyond a few million actions they were most of the time.

use super::actions::{Actions, NOTHING};
use super::{Hot, Question};

/// An action: 24 bytes, so that what lies around it in its thing lies around it in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Act {
    /// Milliseconds since the Unix epoch.
    pub time: i64,
    /// The post, as a fingerprint.
    pub content: u64,
    /// The account's number, which is its rank in the order of names.
    pub account: u32,
    pub object: u32,
}

/// Actions sorted by thing, then time, account and post, without repeated rows.
pub(super) struct Sorted {
    pub acts: Vec<Act>,
    /// Rows that repeat another exactly.
    pub repeated: u64,
    /// For each thing, how many accounts acted on it.
    pub popularity: Vec<u32>,
    /// How many accounts there are.
    pub accounts: usize,
    /// For each thing, whether some account acted on it more than once.
    again: Vec<bool>,
}

impl Sorted {
    pub fn of(actions: &Actions) -> Self {
        let objects = actions.objects();
        let mut start = vec![0u32; objects + 1];
        for object in actions.object.iter().filter(|object| **object != NOTHING) {
            start[*object as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let counted = start.last().copied().unwrap_or(0) as usize;
        let mut sorted = Self {
            acts: vec![Act { time: 0, content: 0, account: 0, object: 0 }; counted],
            repeated: 0,
            popularity: vec![0; objects],
            accounts: actions.accounts(),
            again: vec![false; objects],
        };
        for (row, object) in actions.object.iter().enumerate() {
            if *object != NOTHING {
                // Until the loop below, `start` of a thing moves on to its end, which is where the next begins.
                let slot = &mut start[*object as usize];
                sorted.acts[*slot as usize] = Act {
                    time: actions.time[row],
                    content: actions.content[row],
                    account: actions.account[row],
                    object: *object,
                };
                *slot += 1;
            }
        }
        // Each thing is sorted where it is and moved down over repeated rows.
        let mut accounts: Vec<u32> = Vec::new();
        let (mut begin, mut to) = (0, 0);
        for (object, end) in start.iter().take(objects).enumerate() {
            let thing = begin..*end as usize;
            begin = thing.end;
            let before = to;
            if thing.len() > 1 {
                sorted.acts[thing.clone()].sort_unstable_by_key(|act| (act.time, act.account, act.content));
            }
            for at in thing.clone() {
                if at == thing.start || sorted.acts[at] != sorted.acts[to - 1] {
                    sorted.acts[to] = sorted.acts[at];
                    to += 1;
                }
            }
            let rows = to - before;
            sorted.repeated += (thing.len() - rows) as u64;
            if rows < 2 {
                sorted.popularity[object] = rows as u32;
                continue;
            }
            accounts.clear();
            accounts.extend(sorted.acts[before..to].iter().map(|act| act.account));
            accounts.sort_unstable();
            accounts.dedup();
            sorted.popularity[object] = accounts.len() as u32;
            sorted.again[object] = accounts.len() < rows;
        }
        sorted.acts.truncate(to);
        sorted
    }

    /// Keeps the actions at the positions `wanted` says.
    pub fn keep(&mut self, wanted: impl Fn(usize, &Act) -> bool) {
        let mut to = 0;
        for at in 0..self.acts.len() {
            if wanted(at, &self.acts[at]) {
                self.acts[to] = self.acts[at];
                to += 1;
            }
        }
        self.acts.truncate(to);
    }

    /// Counts the pairs of each thing: all within the window, less those of an account with itself.
    pub fn count_pairs(&self, question: &Question) -> Counted {
        let within = question.within_ms;
        let mut pairs = vec![0u64; self.popularity.len()];
        let mut rows = vec![0u32; self.popularity.len()];
        let mut low = 0;
        for (at, act) in self.acts.iter().enumerate() {
            while !near(&self.acts[low], act, within) {
                low += 1;
            }
            pairs[act.object as usize] += (at - low) as u64;
            rows[act.object as usize] += 1;
        }
        self.own_pairs(within, |act, own| pairs[act.object as usize] -= own);
        let mut hot: Vec<Hot> = (0..pairs.len())
            .filter(|object| pairs[*object] > 0)
            .map(|object| Hot {
                object: object as u32,
                actions: u64::from(rows[object]),
                pairs: pairs[object],
                capped: question.max_pairs_per_object.is_some_and(|most| pairs[object] > most),
            })
            .collect();
        let total = hot.iter().filter(|hot| !hot.capped).map(|hot| hot.pairs).sum();
        hot.sort_unstable_by_key(|hot| (std::cmp::Reverse(hot.pairs), hot.object));
        let mut rank = 0;
        hot.retain(|hot| {
            rank += 1;
            rank <= 20 || hot.capped
        });
        Counted { pairs: total, hot }
    }

    /// Returns, for each action, from where to where the actions of its thing within the window lie, itself among them.
    pub fn windows(&self, within: i64) -> Vec<(u32, u32)> {
        let mut windows = Vec::with_capacity(self.acts.len());
        let (mut low, mut high) = (0, 0);
        for (at, act) in self.acts.iter().enumerate() {
            while !near(&self.acts[low], act, within) {
                low += 1;
            }
            high = high.max(at + 1);
            while high < self.acts.len() && near(act, &self.acts[high], within) {
                high += 1;
            }
            windows.push((low as u32, high as u32));
        }
        windows
    }

    /// Returns, for each account, in how many pairs it is.
    pub fn strengths(&self, windows: &[(u32, u32)], within: i64) -> Vec<u64> {
        let mut strength = vec![0u64; self.accounts];
        for (act, (low, high)) in self.acts.iter().zip(windows) {
            strength[act.account as usize] += u64::from(high - low - 1);
        }
        self.own_pairs(within, |act, own| strength[act.account as usize] -= 2 * own);
        strength
    }

    /// Tells for actions how many earlier ones of the same account and thing lie within the window, where there are any.
    fn own_pairs(&self, within: i64, mut tell: impl FnMut(&Act, u64)) {
        let mut own: Vec<Act> = Vec::new();
        for acts in self.things().filter(|acts| self.again[acts[0].object as usize]) {
            own.clear();
            own.extend_from_slice(acts);
            own.sort_by_key(|act| (act.account, act.time));
            let mut low = 0;
            for (at, act) in own.iter().enumerate() {
                while own[low].account != act.account || !near(&own[low], act, within) {
                    low += 1;
                }
                if at > low {
                    tell(act, (at - low) as u64);
                }
            }
        }
    }

    /// Returns, for each thing, whether some account acted on it with one post at two times.
    pub fn repeating(&self) -> Vec<bool> {
        let mut repeating = vec![false; self.popularity.len()];
        let mut seen: Vec<(u32, u64)> = Vec::new();
        for acts in self.things() {
            if self.again[acts[0].object as usize] {
                seen.clear();
                seen.extend(acts.iter().map(|act| (act.account, act.content)));
                seen.sort_unstable();
                repeating[acts[0].object as usize] = seen.windows(2).any(|two| two[0] == two[1]);
            }
        }
        repeating
    }

    /// Returns the actions of each thing that has any.
    pub fn things(&self) -> impl Iterator<Item = &[Act]> {
        self.acts.chunk_by(|one, other| one.object == other.object)
    }

    /// Returns, for each account, where its actions are.
    pub fn places(&self) -> Places {
        self.places_of(|_| true)
    }

    /// Returns, for each account, where those of its actions are that meet any other.
    pub fn meeting_places(&self, windows: &[(u32, u32)]) -> Places {
        self.places_of(|at| windows[at].1 - windows[at].0 > 1)
    }

    fn places_of(&self, wanted: impl Fn(usize) -> bool) -> Places {
        let mut first = vec![0u32; self.accounts + 1];
        for (_, act) in self.acts.iter().enumerate().filter(|(at, _)| wanted(*at)) {
            first[act.account as usize + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut position = vec![0u32; first.last().copied().unwrap_or(0) as usize];
        // `first` of an account moves on to its end, which is where the next begins, and is set back after.
        for (at, act) in self.acts.iter().enumerate().filter(|(at, _)| wanted(*at)) {
            let slot = &mut first[act.account as usize];
            position[*slot as usize] = at as u32;
            *slot += 1;
        }
        first.rotate_right(1);
        first[0] = 0;
        Places { first, position }
    }
}

/// Tells whether `later`, which does not lie before `earlier`, is of the same thing and within the window.
pub(super) fn near(earlier: &Act, later: &Act, within: i64) -> bool {
    earlier.object == later.object && later.time.saturating_sub(earlier.time) <= within
}

/// Where the actions of each account are.
pub(super) struct Places {
    /// For each account, where it begins in `position`; one more at the end.
    pub first: Vec<u32>,
    /// Positions of each account's actions, ascending: by thing, then time.
    pub position: Vec<u32>,
}

impl Places {
    pub fn of(&self, account: usize) -> &[u32] {
        &self.position[self.first[account] as usize..self.first[account + 1] as usize]
    }
}

pub(super) struct Counted {
    pub pairs: u64,
    pub hot: Vec<Hot>,
}
