//! Actions sorted by thing and time, and what can be counted of them with two pointers before anything is put together.

use super::actions::{Actions, NOTHING};
use super::{Hot, Question};

/// Actions sorted by thing, then time, without repeated rows; accounts by their number, which is their rank in the order of names.
pub(super) struct Sorted {
    pub account: Vec<u32>,
    pub object: Vec<u32>,
    pub time: Vec<i64>,
    pub content: Vec<u64>,
    /// For each thing, where its actions begin; one more at the end.
    pub start: Vec<u32>,
    /// For each rank, where its actions begin in `position`; one more at the end.
    pub first: Vec<u32>,
    /// Positions of each account's actions, ascending: by thing, then time.
    pub position: Vec<u32>,
    /// How many accounts there are.
    pub accounts: usize,
    pub repeated: u64,
    objects: usize,
}

impl Sorted {
    pub fn of(actions: &Actions) -> Self {
        let mut start = vec![0u32; actions.objects() + 1];
        for object in actions.object.iter().filter(|object| **object != NOTHING) {
            start[*object as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let counted = start.last().copied().unwrap_or(0) as usize;
        let mut order = vec![0u32; counted];
        let mut next = start.clone();
        for (row, object) in actions.object.iter().enumerate() {
            if *object != NOTHING {
                let slot = &mut next[*object as usize];
                order[*slot as usize] = row as u32;
                *slot += 1;
            }
        }
        drop(next);
        let mut sorted = Self {
            account: Vec::with_capacity(counted),
            object: Vec::with_capacity(counted),
            time: Vec::with_capacity(counted),
            content: Vec::with_capacity(counted),
            start: Vec::new(),
            first: Vec::new(),
            position: Vec::new(),
            accounts: actions.accounts(),
            repeated: 0,
            objects: actions.objects(),
        };
        for object in 0..actions.objects() {
            let rows = &mut order[start[object] as usize..start[object + 1] as usize];
            let key = |row: &u32| {
                let row = *row as usize;
                (actions.time[row], actions.account[row], actions.content[row])
            };
            rows.sort_unstable_by_key(key);
            let mut before = None;
            for row in rows {
                let this = key(row);
                if before == Some(this) {
                    sorted.repeated += 1;
                    continue;
                }
                before = Some(this);
                sorted.time.push(this.0);
                sorted.account.push(this.1);
                sorted.content.push(this.2);
                sorted.object.push(object as u32);
            }
        }
        sorted.place();
        sorted
    }

    /// Makes `start`, `first` and `position` anew.
    fn place(&mut self) {
        self.start.clear();
        self.start.resize(self.objects + 1, 0);
        for object in &self.object {
            self.start[*object as usize + 1] += 1;
        }
        for at in 1..self.start.len() {
            self.start[at] += self.start[at - 1];
        }
        self.first.clear();
        self.first.resize(self.accounts + 1, 0);
        for rank in &self.account {
            self.first[*rank as usize + 1] += 1;
        }
        for at in 1..self.first.len() {
            self.first[at] += self.first[at - 1];
        }
        let mut next = self.first.clone();
        self.position.clear();
        self.position.resize(self.account.len(), 0);
        for (at, rank) in self.account.iter().enumerate() {
            let slot = &mut next[*rank as usize];
            self.position[*slot as usize] = at as u32;
            *slot += 1;
        }
    }

    /// Keeps the actions at the positions `wanted` says.
    pub fn keep(&mut self, wanted: impl Fn(usize, &Self) -> bool) {
        let mut to = 0;
        for at in 0..self.account.len() {
            if wanted(at, self) {
                self.account[to] = self.account[at];
                self.object[to] = self.object[at];
                self.time[to] = self.time[at];
                self.content[to] = self.content[at];
                to += 1;
            }
        }
        if to < self.account.len() {
            self.account.truncate(to);
            self.object.truncate(to);
            self.time.truncate(to);
            self.content.truncate(to);
            self.place();
        }
    }

    /// Returns the positions of the account of `rank`.
    pub fn positions(&self, rank: usize) -> &[u32] {
        &self.position[self.first[rank] as usize..self.first[rank + 1] as usize]
    }

    /// Returns, for each thing, how many accounts acted on it.
    pub fn popularity(&self, objects: usize) -> Vec<u32> {
        let mut popularity = vec![0; objects];
        for rank in 0..self.accounts {
            let mut last = NOTHING;
            for at in self.positions(rank) {
                let object = self.object[*at as usize];
                if object != last {
                    popularity[object as usize] += 1;
                    last = object;
                }
            }
        }
        popularity
    }

    /// Counts the pairs of each thing with two pointers: all within the window, less those of an account with itself.
    pub fn count_pairs(&self, question: &Question, objects: usize) -> Counted {
        let within = question.within_ms;
        let mut pairs = vec![0u64; objects];
        let mut rows = vec![0u32; objects];
        let mut low = 0;
        for at in 0..self.account.len() {
            while self.object[low] != self.object[at] || self.time[at].saturating_sub(self.time[low]) > within
            {
                low += 1;
            }
            pairs[self.object[at] as usize] += (at - low) as u64;
            rows[self.object[at] as usize] += 1;
        }
        self.own_pairs(within, |_, at, own| pairs[self.object[at] as usize] -= own);
        let mut hot: Vec<Hot> = (0..objects)
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

    /// Returns, for each rank, in how many pairs its account is.
    pub fn strengths(&self, within: i64) -> Vec<u64> {
        let mut strength = vec![0u64; self.accounts];
        let (mut low, mut high) = (0, 0);
        for at in 0..self.account.len() {
            let (object, time) = (self.object[at], self.time[at]);
            while self.object[low] != object || time.saturating_sub(self.time[low]) > within {
                low += 1;
            }
            high = high.max(at + 1);
            while high < self.account.len()
                && self.object[high] == object
                && self.time[high].saturating_sub(time) <= within
            {
                high += 1;
            }
            strength[self.account[at] as usize] += (high - low - 1) as u64;
        }
        self.own_pairs(within, |rank, _, own| strength[rank] -= 2 * own);
        strength
    }

    /// Tells for each action how many earlier ones of the same account and thing lie within the window.
    fn own_pairs(&self, within: i64, mut tell: impl FnMut(usize, usize, u64)) {
        for rank in 0..self.accounts {
            let positions = self.positions(rank);
            let mut low = 0;
            for (index, at) in positions.iter().enumerate() {
                let at = *at as usize;
                loop {
                    let other = positions[low] as usize;
                    if self.object[other] == self.object[at]
                        && self.time[at].saturating_sub(self.time[other]) <= within
                    {
                        break;
                    }
                    low += 1;
                }
                if index > low {
                    tell(rank, at, (index - low) as u64);
                }
            }
        }
    }

    /// Returns, for each thing, whether some account acted on it with one post at two times.
    pub fn repeating(&self, objects: usize) -> Vec<bool> {
        let mut repeating = vec![false; objects];
        let mut seen: Vec<u64> = Vec::new();
        for rank in 0..self.accounts {
            for run in
                self.positions(rank).chunk_by(|a, b| self.object[*a as usize] == self.object[*b as usize])
            {
                if run.len() > 1 {
                    seen.clear();
                    seen.extend(run.iter().map(|at| self.content[*at as usize]));
                    seen.sort_unstable();
                    if seen.windows(2).any(|two| two[0] == two[1]) {
                        repeating[self.object[run[0] as usize] as usize] = true;
                    }
                }
            }
        }
        repeating
    }
}

pub(super) struct Counted {
    pub pairs: u64,
    pub hot: Vec<Hot>,
}
