//! One row of the account matrix at a time: whom an account meets, sorted, counted, given out.

use super::chance::Null;
use super::kernel::Progress;
use super::sorted::{Places, Sorted, near};
use super::{Bill, Edge, Error, Measure, NEARER, Question};

/// Meetings held at once; a busier account is gone through several times, for a part of the others each time. Small in tests,
/// so that they go through parts too.
const HELD: u64 = if cfg!(test) { 300 } else { 1 << 20 };
/// Below this a comparison sort beats counting digits.
const FEW: usize = 192;
/// Bits of a digit of the counting sort.
const DIGIT: u32 = 11;

/// An action of the row's account met one of another's within the window.
#[derive(Clone, Copy, Default)]
struct Meeting {
    /// Rank of the other account.
    other: u32,
    /// Position of the row's action.
    at: u32,
    /// Position of the other's action.
    met: u32,
    /// Time between the two in milliseconds; not used where the window is wider than fits.
    apart: u32,
}

pub(super) struct Rows<'a> {
    pub sorted: &'a Sorted,
    pub places: &'a Places,
    /// ln(N / popularity) of each thing.
    pub rarity: &'a [f32],
    pub question: &'a Question,
    /// For each rank, the pairs its account is in.
    pub strength: &'a [u64],
    pub null: &'a Null,
}

impl Rows<'_> {
    pub fn run(
        &self,
        bill: &mut Bill,
        progress: Progress,
        take: &mut dyn FnMut(&Edge) -> bool,
    ) -> Result<(), Error> {
        let sorted = self.sorted;
        let repeating = sorted.repeating();
        let mut row = Row::new(sorted.accounts);
        let mut told = 0;
        for rank in 0..sorted.accounts {
            let parts = self.strength[rank].div_ceil(HELD).max(1);
            let above = (sorted.accounts - rank) as u64;
            for part in 0..parts {
                let bound = |part: u64| rank as u64 + 1 + above * part / parts;
                self.meet(rank, bound(part) as u32..bound(part + 1) as u32, &mut row.meetings)?;
                row.sort();
                for run in row.meetings.chunk_by_mut(|x, y| x.other == y.other) {
                    let Some(edge) = self.edge(rank, run, &repeating, &mut row.posts) else { continue };
                    bill.edges += 1;
                    bill.weight += edge.weight;
                    if !take(&edge) {
                        return Err(Error::Stopped);
                    }
                }
            }
            let done = self.places.first[rank + 1] as usize;
            if done - told > 1 << 16 {
                told = done;
                if !progress(0.1 + 0.9 * done as f64 / sorted.acts.len() as f64) {
                    return Err(Error::Stopped);
                }
            }
        }
        if progress(1.0) { Ok(()) } else { Err(Error::Stopped) }
    }

    /// Writes down whom the account of `rank` meets among the ranks `others`.
    fn meet(
        &self,
        rank: usize,
        others: std::ops::Range<u32>,
        meetings: &mut Vec<Meeting>,
    ) -> Result<(), Error> {
        let sorted = self.sorted;
        let within = self.question.within_ms;
        meetings.clear();
        for at in self.places.of(rank) {
            let here = *at as usize;
            let act = sorted.acts[here];
            let mut met = *at;
            for other in sorted.acts[..here].iter().rev() {
                met -= 1;
                if !near(other, &act, within) {
                    break;
                }
                if others.contains(&other.account) {
                    let apart = act.time.abs_diff(other.time) as u32;
                    meetings.push(Meeting { other: other.account, at: *at, met, apart });
                }
            }
            for (met, other) in (*at + 1..).zip(&sorted.acts[here + 1..]) {
                if !near(&act, other, within) {
                    break;
                }
                if others.contains(&other.account) {
                    let apart = act.time.abs_diff(other.time) as u32;
                    meetings.push(Meeting { other: other.account, at: *at, met, apart });
                }
            }
            // Only two accounts that both flood one thing can fill more than was foreseen.
            let needed = (meetings.len() * 2 * size_of::<Meeting>()) as u64;
            if needed > self.question.memory_budget {
                return Err(Error::Memory { needed, allowed: self.question.memory_budget });
            }
        }
        Ok(())
    }

    /// Returns the edge of the meetings of `rank` with one other account.
    fn edge(
        &self,
        rank: usize,
        run: &mut [Meeting],
        repeating: &[bool],
        posts: &mut Vec<u64>,
    ) -> Option<Edge> {
        let sorted = self.sorted;
        let object = |meeting: &Meeting| sorted.acts[meeting.at as usize].object;
        let run = match run {
            [_] => run,
            _ if run.iter().any(|meeting| repeating[object(meeting) as usize]) => self.distinct(run),
            _ => run,
        };
        let weight = run.len() as u64;
        let objects = 1 + run.windows(2).filter(|two| object(&two[0]) != object(&two[1])).count() as u32;
        let measured = match self.question.measure {
            Measure::Pairs => weight,
            Measure::Objects => u64::from(objects),
        };
        if measured < self.question.min_weight {
            return None;
        }
        let other = run[0].other as usize;
        let mut edge = Edge {
            a: rank as u32,
            b: run[0].other,
            weight,
            objects,
            posts_a: 1,
            posts_b: 1,
            delta_ms: 0,
            a_first: 0,
            b_first: 0,
            nearer: [0; NEARER],
            rarity: 0.0,
            expected: None,
            chance: None,
        };
        let mut last = None;
        for meeting in run.iter() {
            let apart = self.apart(meeting);
            edge.delta_ms = edge.delta_ms.saturating_add(apart);
            edge.a_first += u64::from(apart > 0 && meeting.at < meeting.met);
            edge.b_first += u64::from(apart > 0 && meeting.at > meeting.met);
            for (count, window) in edge.nearer.iter_mut().zip(&self.question.nearer_ms) {
                *count += u64::from(apart <= window.unsigned_abs() && *window >= 0);
            }
            if last != Some(object(meeting)) {
                last = Some(object(meeting));
                edge.rarity += f64::from(self.rarity[object(meeting) as usize]);
            }
        }
        if run.len() > 1 {
            let mut count = |position: fn(&Meeting) -> u32| {
                posts.clear();
                posts.extend(run.iter().map(|meeting| sorted.content[position(meeting) as usize]));
                posts.sort_unstable();
                posts.dedup();
                posts.len() as u64
            };
            edge.posts_a = count(|meeting| meeting.at);
            edge.posts_b = count(|meeting| meeting.met);
        }
        if let Some((expected, chance)) = self.null.of(rank, other, weight) {
            edge.expected = Some(expected);
            edge.chance = Some(chance);
        }
        Some(edge)
    }

    /// Keeps one meeting, the nearest in time, of each pair of posts in a thing; leaves them by thing.
    fn distinct<'m>(&self, run: &'m mut [Meeting]) -> &'m mut [Meeting] {
        let sorted = self.sorted;
        let pair = |meeting: &Meeting| {
            let (at, met) = (meeting.at as usize, meeting.met as usize);
            (sorted.acts[at].object, sorted.content[at], sorted.content[met])
        };
        run.sort_unstable_by_key(|meeting| (pair(meeting), self.apart(meeting), meeting.at, meeting.met));
        let mut kept = 1;
        for index in 1..run.len() {
            if pair(&run[index]) != pair(&run[kept - 1]) {
                run[kept] = run[index];
                kept += 1;
            }
        }
        &mut run[..kept]
    }

    /// Returns the milliseconds between the two actions.
    fn apart(&self, meeting: &Meeting) -> u64 {
        if self.question.within_ms <= i64::from(u32::MAX) {
            return u64::from(meeting.apart);
        }
        let time = |at: u32| self.sorted.acts[at as usize].time;
        time(meeting.at).abs_diff(time(meeting.met))
    }
}

/// What is used again for every row.
struct Row {
    meetings: Vec<Meeting>,
    spare: Vec<Meeting>,
    posts: Vec<u64>,
    /// Digits a rank has.
    digits: u32,
}

impl Row {
    fn new(accounts: usize) -> Self {
        let bits = usize::BITS - accounts.leading_zeros();
        Self { meetings: Vec::new(), spare: Vec::new(), posts: Vec::new(), digits: bits.div_ceil(DIGIT) }
    }

    /// Sorts the meetings by other account, then by position: so those of one thing stand together.
    fn sort(&mut self) {
        if self.meetings.len() < FEW {
            self.meetings
                .sort_unstable_by_key(|meeting| u64::from(meeting.other) << 32 | u64::from(meeting.at));
            return;
        }
        // Least digit first; each pass keeps the order of equals, and positions were written down ascending.
        self.spare.resize(self.meetings.len(), Meeting::default());
        for digit in 0..self.digits {
            let place = |meeting: &Meeting| (meeting.other >> (digit * DIGIT)) as usize & ((1 << DIGIT) - 1);
            let mut next = [0u32; 1 << DIGIT];
            for meeting in &self.meetings {
                next[place(meeting)] += 1;
            }
            let mut sum = 0;
            for count in &mut next {
                sum += std::mem::replace(count, sum);
            }
            for meeting in &self.meetings {
                let slot = &mut next[place(meeting)];
                self.spare[*slot as usize] = *meeting;
                *slot += 1;
            }
            std::mem::swap(&mut self.meetings, &mut self.spare);
        }
    }
}
