//! How often chance alone would bring two accounts together as often as they were.
//!
//! Two nulls. Under permuted times (see [`super::times`]) who did what on which day is kept and only the time of day is
//! chance. Under the strength null each account keeps the number of pairs it is in and meets others in proportion to theirs, so that two
//! busy accounts are expected to meet often. The weight of an edge is then Poisson with mean `s_a s_b / 2P`, P the number of
//! pairs; nothing is drawn and the tail is exact.

use super::Edge;
use super::times::Times;

/// What an edge is held against.
pub(crate) enum Null {
    None,
    Strength(Strengths),
    Times(Times),
}

impl Null {
    /// Returns the weight expected between the accounts of two ranks and the probability of at least `weight`.
    ///
    /// `strength` is what [`Strengths::short`] gives for `b`, at hand so that it need not be looked up.
    pub fn of(&self, a: usize, b: usize, strength: u32, weight: u64) -> Option<(f64, f64)> {
        match self {
            Self::None => None,
            Self::Strength(strengths) => {
                let expected = strengths.expected(a, b, strength);
                Some((expected, at_least(weight, expected)))
            }
            Self::Times(times) => Some(times.of(a, b, weight)),
        }
    }
}

/// False discovery rates of a set of probabilities (Benjamini and Hochberg 1995, step up).
#[derive(Debug, Clone)]
pub struct Rates {
    /// The probabilities, ascending, as bits: those of numbers that are not negative sort as the numbers do.
    chances: Vec<u64>,
    /// The smallest rate at which each is kept.
    rates: Vec<f64>,
}

impl Rates {
    /// Returns the rates of `chances` among `all` that were looked at; those not given are taken as higher than all given.
    ///
    /// Count everything that was looked at: leaving out the weak ones flatters the rest.
    pub fn of(chances: Vec<f64>, all: u64) -> Self {
        let mut chances: Vec<u64> =
            chances.into_iter().map(|chance| chance.clamp(0.0, 1.0).abs().to_bits()).collect();
        chances.sort_unstable();
        let mut rates = vec![1.0; chances.len()];
        let mut least: f64 = 1.0;
        for (rank, (rate, bits)) in rates.iter_mut().zip(&chances).enumerate().rev() {
            least = least.min(f64::from_bits(*bits) * all as f64 / (rank + 1) as f64);
            *rate = least;
        }
        Self { chances, rates }
    }

    /// Returns the smallest rate at which something of this probability is kept; 1 where it is higher than all given.
    pub fn of_chance(&self, chance: f64) -> f64 {
        let bits = chance.clamp(0.0, 1.0).abs().to_bits();
        // Equal probabilities are kept together: the rate of the last of them.
        let after = self.chances.partition_point(|known| *known <= bits);
        if after == 0 || self.chances[after - 1] != bits { 1.0 } else { self.rates[after - 1] }
    }
}

/// Returns, for each edge, the smallest false discovery rate at which it would be kept among `edges`. Give it every edge that
/// was looked at: leaving out the weak ones first flatters the rest.
pub fn discovery_rates(edges: &[Edge]) -> Vec<f64> {
    let chance = |edge: &Edge| edge.chance.unwrap_or(1.0);
    let rates = Rates::of(edges.iter().map(chance).collect(), edges.len() as u64);
    edges.iter().map(|edge| rates.of_chance(chance(edge))).collect()
}

/// Each account's number of pairs: what the strength null rests on.
#[derive(Debug, Clone)]
pub struct Strengths {
    pub(crate) strength: Vec<u64>,
    twice_pairs: f64,
}

impl Strengths {
    /// Takes, for each account by number, the pairs it is in.
    pub fn new(strength: &[u64]) -> Self {
        Self { strength: strength.to_vec(), twice_pairs: strength.iter().map(|s| *s as f64).sum() }
    }

    /// Returns the probability that chance alone gives the accounts `a` and `b` at least `weight` pairs.
    pub fn chance(&self, a: usize, b: usize, weight: u64) -> f64 {
        at_least(weight, self.expected(a, b, Self::short(&self.strength, b)))
    }

    /// Returns the pairs the account of a rank is in, or `u32::MAX` for as many or more.
    pub(crate) fn short(strength: &[u64], rank: usize) -> u32 {
        u32::try_from(strength[rank]).unwrap_or(u32::MAX)
    }

    /// Returns the weight expected between the accounts of ranks `a` and `b`; `short` is what [`Self::short`] gives for `b`.
    pub(crate) fn expected(&self, a: usize, b: usize, short: u32) -> f64 {
        if self.twice_pairs == 0.0 {
            return 0.0;
        }
        let other = if short == u32::MAX { self.strength[b] } else { u64::from(short) };
        self.strength[a] as f64 * other as f64 / self.twice_pairs
    }
}

/// Returns the probability that a Poisson variable of mean `mean` is at least `count`.
///
/// Sums the shorter side term by term, so small probabilities keep their digits.
pub(crate) fn at_least(count: u64, mean: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    if count == 1 {
        // Most edges are one pair, and most means are small: 1 - e^-m by its series there, which needs no exponential.
        let m = mean;
        return if m < 1e-2 {
            m * (1.0 - m / 2.0 * (1.0 - m / 3.0 * (1.0 - m / 4.0 * (1.0 - m / 5.0 * (1.0 - m / 6.0)))))
        } else {
            -(-m).exp_m1()
        };
    }
    let term = (count as f64 * mean.ln() - mean - ln_factorial(count)).exp();
    if count as f64 > mean {
        let (mut sum, mut next, mut n) = (0.0, term, count as f64);
        while next > sum * 1e-17 && next > 0.0 {
            sum += next;
            n += 1.0;
            next *= mean / n;
        }
        return sum.min(1.0);
    }
    // P(X < count), from count - 1 downwards.
    let (mut sum, mut n) = (0.0, count as f64);
    let mut next = term * n / mean;
    while next > sum * 1e-17 && next > 0.0 {
        sum += next;
        n -= 1.0;
        next *= n / mean;
    }
    (1.0 - sum).clamp(0.0, 1.0)
}

/// Returns ln(n!), by Stirling's series beyond 30 (error below 1e-12).
pub(crate) fn ln_factorial(n: u64) -> f64 {
    if n <= 30 {
        return (2..=n).map(|k| (k as f64).ln()).sum();
    }
    let n = n as f64;
    n * n.ln() - n + 0.5 * (2.0 * std::f64::consts::PI * n).ln() + 1.0 / (12.0 * n)
        - 1.0 / (360.0 * n.powi(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_agrees_with_long_sums() {
        // Summed with 40 decimal digits.
        for (count, mean, expected) in [
            (1, 0.01, 0.009_950_166_250_831_947),
            (1, 0.005, 0.004_987_520_807_317_687),
            (1, 0.5, 0.393_469_340_287_366_6),
            (3, 1.0, 0.080_301_397_071_394_2),
            (10, 1.0, 1.114_254_783_387_206e-7),
            (90, 100.0, 0.853_653_825_301_267_2),
            (0, 3.0, 1.0),
            (5, 0.0, 0.0),
        ] {
            let found = at_least(count, mean);
            assert!((found - expected).abs() <= 1e-9 * f64::max(expected, 1e-3), "{count} {mean}: {found}");
        }
    }

    #[test]
    fn strengths_sum_to_the_pairs() {
        let strengths = Strengths::new(&[2, 1, 1]);
        assert!((strengths.expected(0, 1, 1) - 0.5).abs() < 1e-12);
    }
}
