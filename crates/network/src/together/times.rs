//! Chance by permuted times: who acted on which thing on which day is kept, the times within a thing and day are dealt out
//! anew among its actions.
//!
//! Two actions of one stratum (thing and day) then fall within the window with the share of its pairs of times that do. An
//! edge's expected weight is the sum of these shares over all its pairs of actions, met or not. Strata are dealt out
//! independently, so where both accounts acted at most once in each, the weight is a sum of independent trials and its tail
//! is computed exactly; no number of draws reaches the small probabilities that a false discovery rate over many edges needs.
//! Where an account acted several times in a stratum its trials hang together and times are drawn. Pairs across midnight are
//! taken as trials of their own.

use super::sorted::Sorted;

const DAY_MS: i64 = 86_400_000;
/// Beyond so many steps the tail is taken as Poisson's, which is never smaller beyond the mean (Hoeffding 1956).
const STEPS: usize = 1 << 20;
/// An account with more actions in a stratum is taken as independent trials: drawing them would never end.
const TOGETHER: usize = 64;

pub(crate) struct Times {
    within_ms: i64,
    draws: u32,
    seed: u64,
    /// Times of all actions, by stratum.
    time: Vec<i64>,
    /// For each stratum, where it begins in `time`; one more at the end.
    start: Vec<u32>,
    /// For each stratum, the share of its pairs of times within the window.
    own: Vec<f64>,
    /// For each stratum, the share of pairs with the next stratum of the same thing that are within the window.
    next: Vec<f64>,
    /// For each rank, where its strata begin in `strata`; one more at the end.
    first: Vec<u32>,
    /// The stratum of each action of a rank, ascending.
    strata: Vec<u32>,
}

impl Times {
    pub fn new(sorted: &Sorted, within_ms: i64, draws: u32, seed: u64) -> Self {
        // A window of a day or more sees across strata of a day: then the whole thing is one stratum.
        let day = |at: usize| if within_ms < DAY_MS { sorted.acts[at].time.div_euclid(DAY_MS) } else { 0 };
        let mut start: Vec<u32> = Vec::new();
        let mut stratum_of = Vec::with_capacity(sorted.acts.len());
        for at in 0..sorted.acts.len() {
            let new =
                at == 0 || sorted.acts[at].object != sorted.acts[at - 1].object || day(at) != day(at - 1);
            if new {
                start.push(at as u32);
            }
            stratum_of.push(start.len() as u32 - 1);
        }
        start.push(sorted.acts.len() as u32);
        let places = sorted.places();
        let strata = places.position.iter().map(|at| stratum_of[*at as usize]).collect();
        let mut times = Self {
            within_ms,
            draws,
            seed,
            time: sorted.acts.iter().map(|act| act.time).collect(),
            own: Vec::with_capacity(start.len() - 1),
            next: Vec::with_capacity(start.len() - 1),
            start,
            first: places.first,
            strata,
        };
        for stratum in 0..times.start.len() - 1 {
            let here = times.of_stratum(stratum);
            let pairs = here.len() as f64 * (here.len() as f64 - 1.0) / 2.0;
            let own = if pairs > 0.0 { within(here, here, within_ms, true) / pairs } else { 0.0 };
            let last = times.start[stratum + 1] as usize;
            let follows = stratum + 2 < times.start.len()
                && sorted.acts[last - 1].object == sorted.acts[last].object
                && day(last) == day(last - 1) + 1;
            let next = if follows {
                let there = times.of_stratum(stratum + 1);
                within(here, there, within_ms, false) / (here.len() as f64 * there.len() as f64)
            } else {
                0.0
            };
            times.own.push(own);
            times.next.push(next);
        }
        times
    }

    fn of_stratum(&self, stratum: usize) -> &[i64] {
        &self.time[self.start[stratum] as usize..self.start[stratum + 1] as usize]
    }

    fn strata(&self, rank: usize) -> &[u32] {
        &self.strata[self.first[rank] as usize..self.first[rank + 1] as usize]
    }

    /// Returns the expected weight between two ranks and the probability of at least `weight`.
    pub fn of(&self, a: usize, b: usize, weight: u64) -> (f64, f64) {
        let (ones, others) = (self.strata(a), self.strata(b));
        let mut trials: Vec<f64> = Vec::new();
        let mut shared: Vec<(u32, usize, usize)> = Vec::new();
        let mut crossing = false;
        let mut low = 0;
        for run in ones.chunk_by(|x, y| x == y) {
            let stratum = run[0];
            while low < others.len() && others[low] + 1 < stratum {
                low += 1;
            }
            let near = others[low..].iter().take_while(|other| **other <= stratum + 1);
            let mut here = 0;
            for other in near {
                let share = match *other {
                    other if other == stratum => {
                        here += 1;
                        self.own[stratum as usize]
                    }
                    other if other > stratum => self.next[stratum as usize],
                    other => self.next[other as usize],
                };
                if share > 0.0 {
                    crossing |= *other != stratum;
                    trials.extend(std::iter::repeat_n(share, run.len()));
                }
            }
            if here > 0 {
                shared.push((stratum, run.len(), here));
            }
        }
        let expected: f64 = trials.iter().sum();
        let hanging = shared.iter().any(|(_, ones, others)| ones + others > 2);
        let few = shared.iter().all(|(_, ones, others)| ones + others <= TOGETHER);
        let chance = if hanging && few && !crossing && self.draws > 0 {
            self.drawn(a, b, weight, &shared)
        } else {
            tail(&trials, weight, expected)
        };
        (expected, chance)
    }

    /// Returns the share of draws, the observed one counted among them, with at least `weight` pairs.
    fn drawn(&self, a: usize, b: usize, weight: u64, shared: &[(u32, usize, usize)]) -> f64 {
        let mut draw = Draw(self.seed ^ ((a as u64) << 32 | b as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut reached = 0u64;
        let mut taken: Vec<usize> = Vec::new();
        for _ in 0..self.draws {
            let mut pairs = 0;
            for (stratum, ones, others) in shared {
                let times = self.of_stratum(*stratum as usize);
                taken.clear();
                // Distinct slots for all actions of both, one by one.
                while taken.len() < ones + others {
                    let slot = draw.below(times.len());
                    if !taken.contains(&slot) {
                        taken.push(slot);
                    }
                }
                for x in &taken[..*ones] {
                    for y in &taken[*ones..] {
                        pairs += u64::from(times[*x].abs_diff(times[*y]) <= self.within_ms.unsigned_abs());
                    }
                }
            }
            reached += u64::from(pairs >= weight);
        }
        (reached + 1) as f64 / (f64::from(self.draws) + 1.0)
    }
}

/// Counts pairs within the window between two ascending lists of times; each pair once where both are the same list.
fn within(one: &[i64], other: &[i64], within_ms: i64, same: bool) -> f64 {
    let (mut low, mut high, mut pairs) = (0, 0, 0u64);
    for (at, time) in one.iter().enumerate() {
        while low < other.len() && time.saturating_sub(other[low]) > within_ms {
            low += 1;
        }
        high = high.max(low);
        while high < other.len() && other[high].saturating_sub(*time) <= within_ms {
            high += 1;
        }
        pairs += if same { (high - at - 1) as u64 } else { (high - low) as u64 };
    }
    pairs as f64
}

/// Returns the probability that independent trials succeed at least `weight` times.
fn tail(trials: &[f64], weight: u64, mean: f64) -> f64 {
    let weight = usize::try_from(weight).unwrap_or(usize::MAX);
    if weight > trials.len() {
        // More pairs than trials: a repeated post made the difference; the most there can be is held against chance.
        return tail(trials, trials.len() as u64, mean);
    }
    if weight == 0 {
        return 1.0;
    }
    if weight == 1 {
        return 1.0 - trials.iter().map(|share| 1.0 - share).product::<f64>();
    }
    if weight.saturating_mul(trials.len()) > STEPS {
        return super::chance::at_least(weight as u64, mean);
    }
    // `have[n]`: the probability of n successes so far; the last cell gathers `weight` and more.
    let mut have = vec![0.0; weight + 1];
    have[0] = 1.0;
    for share in trials {
        have[weight] += have[weight - 1] * share;
        for n in (1..weight).rev() {
            have[n] = have[n] * (1.0 - share) + have[n - 1] * share;
        }
        have[0] *= 1.0 - share;
    }
    have[weight].clamp(0.0, 1.0)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Draw(pub u64);

impl Draw {
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Returns a number below `end`, which is above 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.word()) * end as u128) >> 64) as usize
    }
}
