//! Threats and harassment received, hour by hour, around the posts that spread a claim: an association with its
//! uncertainty, which is where a damages expert starts, and no more than that.
//!
//! Two readings. *Around each post*: messages in the hours before and after it, and the ratio of the two rates with its exact
//! 95 % interval (conditional binomial, Clopper and Pearson 1934). *Attribution*: a self-exciting process (Hawkes 1971) in
//! which messages come at a constant rate, from posts that spread the claim, and from earlier messages, each dying away
//! exponentially; fitted by expectation and maximisation (Veen and Schoenberg 2008). It gives each message the probability
//! of having come from each earlier post, if the model holds.

use record::PostKey;
use serde::{Deserialize, Serialize};

use super::limits::CannotShow;
use super::node::Posts;
use crate::together::ln_factorial;

const HOUR_MS: f64 = 3_600_000.0;
/// Fewer messages than this support no model.
const LEAST: usize = 20;
const ROUNDS: usize = 300;

/// An hour in which something was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// When it begins, in milliseconds since the Unix epoch.
    pub start: i64,
    /// Posts that assert a claim, plain reposts included.
    pub spreading: u64,
    /// Threatening or harassing messages.
    pub harmful: u64,
}

/// Messages before and after a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// The post.
    pub post: PostKey,
    /// Hours looked at on either side.
    pub hours: u32,
    /// Messages in the hours before.
    pub before: u64,
    /// Messages in the hours after.
    pub after: u64,
    /// The rate after over the rate before; `None` where there were none before.
    pub ratio: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end; `None` where it has none.
    pub high: Option<f64>,
}

/// A message with where the model says it may have come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attributed {
    /// The message.
    pub message: PostKey,
    /// The probability that it came of itself.
    pub of_itself: f64,
    /// The probability that it came from all earlier messages together.
    pub from_messages: f64,
    /// The posts it most probably came from, at most three, likeliest first.
    pub from: Vec<(PostKey, f64)>,
}

/// The fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Messages an hour that come of themselves.
    pub of_itself_per_hour: f64,
    /// Messages that come from one spreading post, on average.
    pub per_post: f64,
    /// Messages that come from one message, on average.
    pub per_message: f64,
    /// Hours in which half of what comes has come.
    pub half_hours: f64,
    /// How much better it fits than a constant rate: difference of the logarithms of the likelihoods. It has three numbers
    /// more; below about 4 it is no better (chi-square, 95 %).
    pub gain: f64,
}

/// The surge of one trace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surge {
    /// Hours with posts or messages, by time.
    pub hours: Vec<Hour>,
    /// Before and after each spreading post that is not a plain repost, by time of the post.
    pub around: Vec<Around>,
    /// The model; `None` where there are fewer than 20 dated messages or no spreading post.
    pub model: Option<Model>,
    /// Each message's probabilities, by time; empty without a model.
    pub attributed: Vec<Attributed>,
    /// What this cannot show.
    pub cannot_show: CannotShow,
}

/// Returns the surge; `hours` are looked at on either side of each post.
pub(crate) fn surge(posts: &Posts, hours: u32) -> Surge {
    let dated = || posts.list.iter().enumerate().filter_map(|(at, post)| Some((at, post.written?)));
    let messages: Vec<(usize, i64)> = dated().filter(|(at, _)| posts.list[*at].harmful).collect();
    let spreading: Vec<(usize, i64)> =
        dated().filter(|(at, _)| !posts.asserts[*at].is_empty() && !posts.list[*at].harmful).collect();
    let around = spreading
        .iter()
        .filter(|(at, _)| !posts.plain_repost(*at))
        .map(|(at, written)| around(posts.list[*at].key.clone(), *written, &messages, hours))
        .collect();
    let span = dated().map(|(_, written)| written).min().zip(dated().map(|(_, written)| written).max());
    let fitted = span
        .filter(|_| messages.len() >= LEAST && !spreading.is_empty())
        .and_then(|(from, to)| Fit::of(&messages, &spreading, from, to));
    let attributed = fitted.as_ref().map_or_else(Vec::new, |fit| fit.attribute(posts, &messages, &spreading));
    Surge {
        hours: by_hour(&messages, &spreading),
        around,
        model: fitted.map(|fit| fit.model()),
        attributed,
        cannot_show: CannotShow::NotCause,
    }
}

fn by_hour(messages: &[(usize, i64)], spreading: &[(usize, i64)]) -> Vec<Hour> {
    let mut hours: std::collections::BTreeMap<i64, (u64, u64)> = std::collections::BTreeMap::new();
    let hour = |written: i64| written.div_euclid(HOUR_MS as i64) * HOUR_MS as i64;
    for (_, written) in spreading {
        hours.entry(hour(*written)).or_default().0 += 1;
    }
    for (_, written) in messages {
        hours.entry(hour(*written)).or_default().1 += 1;
    }
    hours.into_iter().map(|(start, (spreading, harmful))| Hour { start, spreading, harmful }).collect()
}

fn around(post: PostKey, written: i64, messages: &[(usize, i64)], hours: u32) -> Around {
    let side = i64::from(hours) * HOUR_MS as i64;
    // Messages are sorted by time.
    let until = |time: i64| messages.partition_point(|(_, at)| *at < time);
    let before = (until(written) - until(written.saturating_sub(side))) as u64;
    let after = (until(written.saturating_add(side)) - until(written)) as u64;
    let (low, high) = ratio_interval(after, before);
    let ratio = (before > 0).then(|| after as f64 / before as f64);
    Around { post, hours, before, after, ratio, low, high }
}

/// Returns the exact 95 % interval of the ratio of two Poisson rates over equal times.
fn ratio_interval(after: u64, before: u64) -> (f64, Option<f64>) {
    let all = after + before;
    // The share of `after` among all is binomial; its interval's ends solve tail = 2.5 %.
    let solve = |wanted: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if wanted(middle) { high = middle } else { low = middle }
        }
        (low + high) / 2.0
    };
    let low = if after == 0 { 0.0 } else { solve(&|share| at_least(after, all, share) >= 0.025) };
    let high = (before > 0).then(|| solve(&|share| at_least(after + 1, all, share) >= 0.975));
    (low / (1.0 - low), high.map(|high| high / (1.0 - high)))
}

/// Returns the probability of at least `count` of `all` successes: the regularised incomplete beta function, by its continued
/// fraction (Numerical Recipes 6.4, modified Lentz), so that the cost does not grow with the counts.
fn at_least(count: u64, all: u64, share: f64) -> f64 {
    if count == 0 || share >= 1.0 {
        return 1.0;
    }
    if share <= 0.0 || count > all {
        return 0.0;
    }
    let (a, b) = (count as f64, (all - count + 1) as f64);
    let choose = ln_factorial(all) - ln_factorial(count - 1) - ln_factorial(all - count);
    let front = (choose + a * share.ln() + b * (1.0 - share).ln()).exp();
    if share < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, share) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - share) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for m in 1..2000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        product *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        product *= d * c;
        if (d * c - 1.0).abs() < 1e-12 {
            break;
        }
    }
    product
}

/// Rates an hour, and the sums the fit needs.
struct Fit {
    base: f64,
    per_post: f64,
    per_message: f64,
    decay: f64,
    gain: f64,
}

impl Fit {
    /// Fits the model to messages between `from` and `to`; `None` where all times are one.
    fn of(messages: &[(usize, i64)], spreading: &[(usize, i64)], from: i64, to: i64) -> Option<Self> {
        let hours = |written: i64| (written - from) as f64 / HOUR_MS;
        let span = hours(to);
        if span <= 0.0 {
            return None;
        }
        let times: Vec<f64> = messages.iter().map(|(_, written)| hours(*written)).collect();
        let posts: Vec<f64> = spreading.iter().map(|(_, written)| hours(*written)).collect();
        let count = times.len() as f64;
        let constant = count * (count / span).ln() - count;
        let mut fit =
            Self { base: count / span / 2.0, per_post: 0.5, per_message: 0.2, decay: 0.5, gain: 0.0 };
        for _ in 0..ROUNDS {
            let decay = fit.decay;
            let of_posts = sums(&times, &posts, decay);
            let of_messages = sums(&times, &times, decay);
            let (mut own, mut posted, mut followed, mut waited, mut likelihood) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (post, message) in of_posts.iter().zip(&of_messages) {
                let (a, b) = (fit.per_post * decay, fit.per_message * decay);
                let rate = (fit.base + a * post.0 + b * message.0).max(f64::MIN_POSITIVE);
                own += fit.base / rate;
                posted += a * post.0 / rate;
                followed += b * message.0 / rate;
                waited += (a * post.1 + b * message.1) / rate;
                likelihood += rate.ln();
            }
            let seen = |times: &[f64]| times.iter().map(|at| 1.0 - (-decay * (span - at)).exp()).sum::<f64>();
            let (posts_seen, messages_seen) = (seen(&posts), seen(&times));
            likelihood -= fit.base * span + fit.per_post * posts_seen + fit.per_message * messages_seen;
            fit.gain = likelihood - constant;
            fit.base = own / span;
            fit.per_post = posted / posts_seen.max(1e-9);
            fit.per_message = (followed / messages_seen.max(1e-9)).min(0.99);
            // Between a minute and a month: outside it the data cannot tell it from the constant rate or from repeats.
            fit.decay = ((posted + followed) / waited.max(1e-12)).clamp(1.0 / 720.0, 60.0);
        }
        Some(fit)
    }

    fn model(&self) -> Model {
        Model {
            of_itself_per_hour: self.base,
            per_post: self.per_post,
            per_message: self.per_message,
            half_hours: std::f64::consts::LN_2 / self.decay,
            gain: self.gain,
        }
    }

    fn attribute(
        &self,
        posts: &Posts,
        messages: &[(usize, i64)],
        spreading: &[(usize, i64)],
    ) -> Vec<Attributed> {
        const SHOWN: usize = 3;
        let start =
            messages.first().map_or(0, |first| first.1).min(spreading.first().map_or(0, |first| first.1));
        let hours = |list: &[(usize, i64)]| -> Vec<f64> {
            list.iter().map(|(_, written)| (written - start) as f64 / HOUR_MS).collect()
        };
        let (times, sources) = (hours(messages), hours(spreading));
        let of_posts = sums(&times, &sources, self.decay);
        let of_messages = sums(&times, &times, self.decay);
        let mut attributed = Vec::with_capacity(messages.len());
        for (index, time) in times.iter().enumerate() {
            let (a, b) = (self.per_post * self.decay, self.per_message * self.decay);
            let rate = (self.base + a * of_posts[index].0 + b * of_messages[index].0).max(f64::MIN_POSITIVE);
            let until = sources.partition_point(|source| source < time);
            // The nearest earlier posts are the likeliest, because every post fades alike.
            let from = (until.saturating_sub(SHOWN)..until)
                .rev()
                .map(|at| {
                    let share = a * (-self.decay * (time - sources[at])).exp() / rate;
                    (posts.list[spreading[at].0].key.clone(), share)
                })
                .filter(|(_, share)| *share >= 0.01)
                .collect();
            attributed.push(Attributed {
                message: posts.list[messages[index].0].key.clone(),
                of_itself: self.base / rate,
                from_messages: b * of_messages[index].0 / rate,
                from,
            });
        }
        attributed
    }
}

/// Returns, for each time, the sums over strictly earlier sources of e^(-decay d) and d e^(-decay d), d the hours between.
fn sums(times: &[f64], sources: &[f64], decay: f64) -> Vec<(f64, f64)> {
    let (mut sum, mut waited, mut last, mut next) = (0.0, 0.0, 0.0, 0);
    let mut out = Vec::with_capacity(times.len());
    for time in times {
        while next < sources.len() && sources[next] < *time {
            let gone = sources[next] - last;
            let fade = (-decay * gone).exp();
            waited = (waited + gone * sum) * fade;
            sum = sum * fade + 1.0;
            last = sources[next];
            next += 1;
        }
        let gone = time - last;
        let fade = (-decay * gone).exp();
        out.push((sum * fade, (waited + gone * sum) * fade));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{feed, parameters};
    use super::super::trace;
    use super::*;
    use crate::together::Draw;

    #[test]
    fn the_interval_is_the_published_one() {
        // Clopper and Pearson for 8 of 10: 0.4439 to 0.9748; for 0 of 10: 0 to 0.3085.
        let (low, high) = ratio_interval(8, 2);
        assert!((low - 0.4439 / 0.5561).abs() < 2e-3 && (high.unwrap() - 0.9748 / 0.0252).abs() < 0.1);
        let (low, high) = ratio_interval(0, 10);
        assert!(low == 0.0 && (high.unwrap() - 0.3085 / 0.6915).abs() < 1e-3);
        assert_eq!(ratio_interval(5, 0).1, None);
    }

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        for (count, all, share) in
            [(1u64, 10u64, 0.3), (8, 10, 0.5), (10, 10, 0.9), (40, 60, 0.61), (2, 90, 0.01)]
        {
            let term = |n: u64| {
                let choose = ln_factorial(all) - ln_factorial(n) - ln_factorial(all - n);
                (choose + n as f64 * f64::ln(share) + (all - n) as f64 * f64::ln(1.0 - share)).exp()
            };
            let sum: f64 = (count..=all).map(term).sum();
            assert!((at_least(count, all, share) - sum).abs() < 1e-9, "{count} of {all} at {share}");
        }
    }

    #[test]
    fn recursive_sums_are_the_plain_ones() {
        let (times, sources) = ([0.5, 1.0, 4.0], [0.0, 0.5, 1.0, 2.0]);
        for (time, found) in times.iter().zip(sums(&times, &sources, 0.7)) {
            let earlier = sources.iter().filter(|source| *source < time).map(|source| time - source);
            let plain = earlier.fold((0.0, 0.0), |sum: (f64, f64), d| {
                (sum.0 + (-0.7 * d).exp(), sum.1 + d * (-0.7 * d).exp())
            });
            assert!((found.0 - plain.0).abs() < 1e-12 && (found.1 - plain.1).abs() < 1e-12);
        }
    }

    /// A month with ten posts, `per_post` messages after each at a mean distance of two hours, and one message in five hours.
    fn month(per_post: usize) -> String {
        let mut draw = Draw(11);
        let mut unit = || (draw.below(1 << 30) as f64 + 1.0) / (1 << 30) as f64;
        let mut text = String::new();
        for post in 0..10 {
            let start = 20.0 + 70.0 * f64::from(post);
            text += &format!("s{post} ann {} says=mule\n", (start * 3600.0) as i64);
            for message in 0..per_post {
                let at = start - 2.0 * f64::ln(unit());
                text += &format!("m{post}-{message} u{post}{message} {} harmful\n", (at * 3600.0) as i64);
            }
        }
        for message in 0..144 {
            text += &format!("b{message} v{message} {} harmful\n", (unit() * 720.0 * 3600.0) as i64);
        }
        text
    }

    #[test]
    fn a_surge_is_found_where_there_is_one() {
        let surge = trace(&feed(&month(40)), &parameters()).unwrap().surge;
        let model = surge.model.unwrap();
        assert!((30.0..45.0).contains(&model.per_post), "{model:?}");
        assert!((0.8..2.2).contains(&model.half_hours), "{model:?}");
        assert!((0.12..0.28).contains(&model.of_itself_per_hour) && model.gain > 50.0, "{model:?}");
        assert!(surge.around.iter().all(|around| around.low > 1.0));
        let first = surge.attributed.iter().find(|row| row.message.as_str() == "m3-0").unwrap();
        assert_eq!(first.from[0].0.as_str(), "s3");
        for row in &surge.attributed {
            let sum = row.of_itself + row.from_messages + row.from.iter().map(|from| from.1).sum::<f64>();
            assert!(sum <= 1.0 + 1e-9, "{row:?}");
        }
    }

    #[test]
    fn no_surge_is_found_where_there_is_none() {
        let surge = trace(&feed(&month(0)), &parameters()).unwrap().surge;
        assert!(surge.model.unwrap().gain < 6.0);
        assert!(surge.around.iter().filter(|around| around.low > 1.0).count() <= 1);
        assert!(trace(&feed("1 a 0 says=mule\n2 b 5 harmful"), &parameters()).unwrap().surge.model.is_none());
    }
}
