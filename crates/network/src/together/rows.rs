//! One row of the account matrix at a time: whom an account meets, sorted, counted, given out.
//!
//! What is sorted is a number of eight bytes a meeting: the other account above, the meeting's place in a list below. Most
//! pairs of accounts meet once, so most of the work is finding, sorting and giving out single meetings, and most of that
//! was waiting for memory: so what is needed of the others lies side by side in [`Near`] and is taken along while the window
//! is gone through from front to back.

use super::chance::Null;
use super::kernel::Progress;
use super::sorted::{Places, Sorted};
use super::{Bill, Edge, Error, Measure, Question};

/// Meetings held at once; a busier account is gone through several times, for a part of the others each time. Small in tests,
/// so that they go through parts too.
const HELD: u64 = if cfg!(test) { 300 } else { 1 << 20 };
/// Actions whose surroundings are looked at together.
const WARMED: usize = 128;
/// Below this a comparison sort beats counting digits.
const FEW: usize = 192;
/// Bits of a digit of the counting sort.
const DIGIT: u32 = 11;

/// What is looked at of every action in a window.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub account: u32,
    /// The lower half of the time: differences of up to 24 days are exact.
    pub time: u32,
    /// The pairs its account is in; not used where a number is larger than fits.
    pub strength: u32,
}

/// An action of the row's account met one of another's within the window.
#[derive(Clone, Copy, Default)]
struct Meeting {
    /// Position of the row's action.
    at: u32,
    /// Position of the other's action.
    met: u32,
    /// Milliseconds between the two; not used where the window is wider than fits.
    apart: u32,
    /// The pairs the other's account is in.
    strength: u32,
}

pub(super) struct Rows<'a> {
    pub sorted: &'a Sorted,
    pub near: &'a [Near],
    /// For each action, from where to where its window reaches.
    pub windows: &'a [(u32, u32)],
    pub places: &'a Places,
    /// ln(N / popularity) of each thing.
    pub rarity: &'a [f32],
    pub question: &'a Question,
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
        let (mut told, mut warmed) = (0, 0);
        for rank in 0..sorted.accounts {
            if self.places.first[rank + 1] as usize > warmed {
                warmed = self.warm(self.places.first[rank] as usize);
            }
            let here = self.places.of(rank);
            let seen: u64 = here.iter().map(|at| self.seen(*at)).sum();
            let parts = seen.div_ceil(HELD);
            let above = (sorted.accounts - rank) as u64;
            for part in 0..parts {
                let bound = |part: u64| (rank as u64 + 1 + above * part / parts) as u32;
                self.meet(here, bound(part)..bound(part + 1), &mut row)?;
                row.sort();
                if !self.give(rank, &repeating, &mut row, bill, take) {
                    return Err(Error::Stopped);
                }
            }
            let done = self.places.first[rank + 1] as usize;
            if done - told > 1 << 16 {
                told = done;
                if !progress(done as f64 / self.places.position.len() as f64) {
                    return Err(Error::Stopped);
                }
            }
        }
        if progress(1.0) { Ok(()) } else { Err(Error::Stopped) }
    }

    /// Looks at what the next actions will need, which lies all over memory, so that the waits for it overlap. Changes nothing.
    /// Returns up to where it looked.
    fn warm(&self, from: usize) -> usize {
        let to = self.places.position.len().min(from + WARMED);
        let next = &self.places.position[from..to];
        let (mut lows, mut objects) = ([0; WARMED], [0; WARMED]);
        for ((low, object), at) in lows.iter_mut().zip(&mut objects).zip(next) {
            *low = self.windows[*at as usize].0;
            *object = self.sorted.acts[*at as usize].object;
        }
        let mut seen = 0;
        for (low, object) in lows[..next.len()].iter().zip(&objects) {
            seen ^= self.near[*low as usize].account ^ self.rarity[*object as usize].to_bits();
        }
        std::hint::black_box(seen);
        to
    }

    /// Returns how many actions lie in the window of an action, itself among them.
    fn seen(&self, at: u32) -> u64 {
        let (low, high) = self.windows[at as usize];
        u64::from(high - low)
    }

    /// Writes down whom the account with actions at `places` meets among the ranks `others`.
    fn meet(&self, places: &[u32], others: std::ops::Range<u32>, row: &mut Row) -> Result<(), Error> {
        let Row { keys, meetings, count, .. } = row;
        let wide = others.end - others.start;
        *count = 0;
        for at in places {
            let (low, high) = self.windows[*at as usize];
            // Room for all of the window, so that writing is not decided on: what is not wanted is written over.
            let most = *count + (high - low) as usize;
            if most > keys.len() {
                // Only two accounts that both flood one thing can fill more than was foreseen.
                let needed = most as u64 * 4 * (size_of::<Meeting>() + size_of::<u64>()) as u64;
                if needed > self.question.memory_budget.max(64 * HELD) {
                    return Err(Error::Memory { needed, allowed: self.question.memory_budget });
                }
                keys.resize(most.next_power_of_two(), 0);
                meetings.resize(keys.len(), Meeting::default());
            }
            let window = &self.near[low as usize..high as usize];
            let time = self.near[*at as usize].time;
            let mut next = *count;
            for (met, other) in (low..high).zip(window) {
                keys[next] = u64::from(other.account) << 32 | next as u64;
                let apart = (other.time.wrapping_sub(time) as i32).unsigned_abs();
                meetings[next] = Meeting { at: *at, met, apart, strength: other.strength };
                // An account's own actions are below every other rank asked for.
                next += usize::from(other.account.wrapping_sub(others.start) < wide);
            }
            *count = next;
        }
        Ok(())
    }

    /// Gives out the edges of the sorted meetings of `rank`; returns whether to go on.
    fn give(
        &self,
        rank: usize,
        repeating: &[bool],
        row: &mut Row,
        bill: &mut Bill,
        take: &mut dyn FnMut(&Edge) -> bool,
    ) -> bool {
        let Row { keys, meetings, count, run, posts, .. } = row;
        let keys = &keys[..*count];
        let singles = self.question.min_weight <= 1;
        let mut edge = Edge::between(0, 0);
        let mut next = 0;
        while next < keys.len() {
            let begin = next;
            let other = keys[begin] >> 32;
            next += 1;
            while next < keys.len() && keys[next] >> 32 == other {
                next += 1;
            }
            let met = meetings[keys[begin] as u32 as usize];
            if next - begin == 1 {
                if !singles {
                    continue;
                }
                self.single(rank, other as u32, met, &mut edge);
            } else {
                run.clear();
                run.extend(keys[begin..next].iter().map(|key| meetings[*key as u32 as usize]));
                edge = Edge::between(rank as u32, other as u32);
                if !self.several(run, repeating, posts, &mut edge) {
                    continue;
                }
            }
            if let Some((expected, chance)) = self.null.of(rank, other as usize, met.strength, edge.weight) {
                edge.expected = Some(expected);
                edge.chance = Some(chance);
            }
            bill.edges += 1;
            bill.weight += edge.weight;
            if !take(&edge) {
                return false;
            }
        }
        true
    }

    /// Fills the edge of two accounts that met once.
    fn single(&self, rank: usize, other: u32, meeting: Meeting, edge: &mut Edge) {
        let apart = self.apart(&meeting);
        (edge.a, edge.b, edge.delta_ms) = (rank as u32, other, apart);
        (edge.weight, edge.objects, edge.posts_a, edge.posts_b) = (1, 1, 1, 1);
        edge.a_first = u64::from(apart > 0 && meeting.at < meeting.met);
        edge.b_first = u64::from(apart > 0 && meeting.at > meeting.met);
        for (count, window) in edge.nearer.iter_mut().zip(&self.question.nearer_ms) {
            *count = u64::from(apart <= window.unsigned_abs() && *window >= 0);
        }
        let object = self.sorted.acts[meeting.at as usize].object;
        edge.rarity = f64::from(self.rarity[object as usize]);
    }

    /// Fills the edge of two accounts that met more than once; returns whether it weighs enough.
    fn several(
        &self,
        run: &mut [Meeting],
        repeating: &[bool],
        posts: &mut Vec<u64>,
        edge: &mut Edge,
    ) -> bool {
        let acts = &self.sorted.acts;
        let object = |meeting: &Meeting| acts[meeting.at as usize].object;
        let run = if run.iter().any(|meeting| repeating[object(meeting) as usize]) {
            self.distinct(run)
        } else {
            run
        };
        let weight = run.len() as u64;
        let objects = 1 + run.windows(2).filter(|two| object(&two[0]) != object(&two[1])).count() as u32;
        let measured = match self.question.measure {
            Measure::Pairs => weight,
            Measure::Objects => u64::from(objects),
        };
        if measured < self.question.min_weight {
            return false;
        }
        (edge.weight, edge.objects) = (weight, objects);
        let mut last = None;
        for meeting in run.iter() {
            self.count(*meeting, edge);
            if last != Some(object(meeting)) {
                last = Some(object(meeting));
                edge.rarity += f64::from(self.rarity[object(meeting) as usize]);
            }
        }
        let mut count = |position: fn(&Meeting) -> u32| {
            posts.clear();
            posts.extend(run.iter().map(|meeting| acts[position(meeting) as usize].content));
            posts.sort_unstable();
            posts.dedup();
            posts.len() as u64
        };
        edge.posts_a = count(|meeting| meeting.at);
        edge.posts_b = count(|meeting| meeting.met);
        true
    }

    /// Adds the time between the two actions of a meeting to an edge.
    fn count(&self, meeting: Meeting, edge: &mut Edge) {
        let apart = self.apart(&meeting);
        edge.delta_ms = edge.delta_ms.saturating_add(apart);
        edge.a_first += u64::from(apart > 0 && meeting.at < meeting.met);
        edge.b_first += u64::from(apart > 0 && meeting.at > meeting.met);
        for (count, window) in edge.nearer.iter_mut().zip(&self.question.nearer_ms) {
            *count += u64::from(apart <= window.unsigned_abs() && *window >= 0);
        }
    }

    /// Keeps one meeting, the nearest in time, of each pair of posts in a thing; leaves them by thing.
    fn distinct<'m>(&self, run: &'m mut [Meeting]) -> &'m mut [Meeting] {
        let acts = &self.sorted.acts;
        let pair = |meeting: &Meeting| {
            let (one, other) = (&acts[meeting.at as usize], &acts[meeting.met as usize]);
            (one.object, one.content, other.content)
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
        if self.question.within_ms < i64::from(i32::MAX) {
            return u64::from(meeting.apart);
        }
        let acts = &self.sorted.acts;
        acts[meeting.at as usize].time.abs_diff(acts[meeting.met as usize].time)
    }
}

/// What is used again for every row.
struct Row {
    /// The other account in the upper half, the meeting's place in `meetings` in the lower.
    keys: Vec<u64>,
    meetings: Vec<Meeting>,
    /// How many of both are in use.
    count: usize,
    spare: Vec<u64>,
    run: Vec<Meeting>,
    posts: Vec<u64>,
    /// Digits a rank has.
    digits: u32,
}

impl Row {
    fn new(accounts: usize) -> Self {
        let bits = usize::BITS - accounts.leading_zeros();
        Self {
            keys: Vec::new(),
            meetings: Vec::new(),
            count: 0,
            spare: Vec::new(),
            run: Vec::new(),
            posts: Vec::new(),
            digits: bits.div_ceil(DIGIT),
        }
    }

    /// Sorts the meetings by other account, then by position: so those of one thing stand together.
    fn sort(&mut self) {
        if self.count < FEW {
            self.keys[..self.count].sort_unstable();
            return;
        }
        // Least digit first; each pass keeps the order of equals, and positions were written down ascending.
        self.spare.resize(self.keys.len(), 0);
        for digit in 0..self.digits {
            let place = |key: u64| (key >> (32 + digit * DIGIT)) as usize & ((1 << DIGIT) - 1);
            let keys = &self.keys[..self.count];
            let mut next = [0u32; 1 << DIGIT];
            for key in keys {
                next[place(*key)] += 1;
            }
            let mut sum = 0;
            for count in &mut next {
                sum += std::mem::replace(count, sum);
            }
            for key in keys {
                let slot = &mut next[place(*key)];
                self.spare[*slot as usize] = *key;
                *slot += 1;
            }
            std::mem::swap(&mut self.keys, &mut self.spare);
        }
    }
}
