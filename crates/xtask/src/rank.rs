//! Trains the ranker of claims: what order they come in, and whether the first is meant.
//!
//! Only our own posts about the library that ships are used (`crates/detect/data/claims.jsonl` and `talk.jsonl`, and
//! every own post that speaks of no claim). Order is learned by softmax over the candidates of a post, held near the mixture
//! that ranking starts from, for a few hundred posts say little; being meant by logistic regression over the first of them.
//! CheckThat is for research only: nothing is learned from it, it is only measured.

use std::path::Path;

use anyhow::Result;
use detect::claims::{FEATURES, Features, Library, Weights};

use crate::posts::lines;

/// How strongly the order is held near what it starts from.
const HOLD: f32 = 0.03;
const HOLD_MEANT: f32 = 0.002;
const ROUNDS: usize = 600;
const WEARY: f32 = 2.2;

/// Kinds of hard negatives that may speak of a claim without stating it.
const SPEAKS: [&str; 8] =
    ["denial", "question", "counter-speech", "satire", "report", "quotation", "court report", "parallel"];

/// A post and its candidates, the nearest first.
struct Asked {
    near: Vec<(usize, Features)>,
    /// Which claims are right; none where it speaks of none.
    right: Vec<usize>,
}

/// Trains, prints what it comes to when every fifth post is held out, and writes the weights.
pub fn train() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/data");
    let mut asked = Vec::new();
    for claims in [law::claims(), crate::evaluate::claims(&folder.join("general.jsonl"), "variants")?] {
        asked.extend(posts_about(&Library::with(claims, Weights::plain()))?);
    }
    let (mut first, mut three, mut count) = (0, 0, 0);
    let mut rows: Vec<(f32, bool)> = Vec::new();
    for part in 0..5 {
        let learn: Vec<&Asked> =
            asked.iter().enumerate().filter(|(at, _)| at % 5 != part).map(|(_, a)| a).collect();
        let weights = fit(&learn);
        for post in asked.iter().enumerate().filter(|(at, _)| at % 5 == part).map(|(_, a)| a) {
            let ranked = ranked(post, &weights);
            if !post.right.is_empty() {
                count += 1;
                first += usize::from(ranked.first().is_some_and(|best| post.right.contains(&best.0)));
                three += usize::from(ranked.iter().take(3).any(|best| post.right.contains(&best.0)));
            }
            rows.push((meant(&ranked, post, &weights), !post.right.is_empty()));
        }
    }
    let share = |n: usize| n as f64 / f64::from(count.max(1));
    println!(
        "claims: {count} posts about a claim, right one first {:.3}, among three {:.3}; about any claim: AP {:.3} of {} posts (held out in turn)",
        share(first),
        share(three),
        crate::evaluate::average_precision(&rows),
        rows.len()
    );
    let weights = fit(&asked.iter().collect::<Vec<_>>());
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/model/claims.txt");
    let text = weights.write();
    std::fs::write(out, &text)?;
    println!("wrote claims.txt, sha256 {}", values::Digest::of(text.as_bytes()));
    Ok(())
}

fn posts_about(library: &Library) -> Result<Vec<Asked>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/data");
    let mut out = Vec::new();
    for file in ["claims.jsonl", "talk.jsonl", "posts.jsonl", "more.jsonl"] {
        for post in lines(&folder.join(file))? {
            let text = post["text"].as_str().unwrap_or_default();
            let ids: Vec<&str> =
                post["claims"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
            // A post that states some claim without saying which teaches neither; nor does one that may well speak of a
            // claim to deny it, to ask about it or to rage over it.
            let hard = post["hard_negative"].as_str().unwrap_or_default();
            let speaks = SPEAKS.contains(&hard) || post["labels"]["threat"].as_i64() == Some(1);
            if ids.is_empty() && (speaks || post["labels"]["false_claim"].as_i64() != Some(0)) {
                continue;
            }
            let right: Vec<usize> = (0..library.claims().len())
                .filter(|at| ids.contains(&library.claims()[*at].id.as_str()))
                .collect();
            // A post about a claim of the other library may speak of one here too.
            if right.is_empty() && !ids.is_empty() {
                continue;
            }
            let near = library.features(text);
            if !near.is_empty() {
                out.push(Asked { near, right });
            }
        }
    }
    Ok(out)
}

fn ranked<'a>(post: &'a Asked, weights: &Weights) -> Vec<(usize, f32, &'a Features)> {
    let mut all: Vec<(usize, f32, &Features)> =
        post.near.iter().map(|(claim, features)| (*claim, weights.order(features), features)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}

fn meant(ranked: &[(usize, f32, &Features)], _: &Asked, weights: &Weights) -> f32 {
    let Some(best) = ranked.first() else { return 0.0 };
    weights.meant(best.2, best.1 - ranked.get(1).map_or(0.0, |next| next.1))
}

fn fit(posts: &[&Asked]) -> Weights {
    let mut weights = Weights::plain();
    // What the order is multiplied by in the softmax: a difference of a tenth of the best is a clear one.
    const SHARP: f32 = 12.0;
    let taught: Vec<&&Asked> =
        posts.iter().filter(|post| post.near.iter().any(|(claim, _)| post.right.contains(claim))).collect();
    let mut steps = [1e-6_f32; FEATURES.len()];
    for _ in 0..ROUNDS {
        let mut slope = [0.0_f32; FEATURES.len()];
        for post in &taught {
            let scores: Vec<f32> = post.near.iter().map(|(_, f)| weights.order(f) * SHARP).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let powers: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f32 = powers.iter().sum();
            let right = post.near.iter().filter(|(claim, _)| post.right.contains(claim)).count() as f32;
            for ((claim, features), power) in post.near.iter().zip(&powers) {
                let wanted = if post.right.contains(claim) { 1.0 / right } else { 0.0 };
                for (s, value) in slope.iter_mut().zip(features) {
                    *s += (power / all - wanted) * value / taught.len() as f32;
                }
            }
        }
        for (at, (_, start)) in FEATURES.iter().enumerate() {
            let gradient = slope[at] + HOLD * (weights.order[at] - start) * SHARP;
            steps[at] += gradient * gradient;
            weights.order[at] -= 0.02 * gradient / steps[at].sqrt();
        }
    }
    let rows: Vec<(&Features, f32, f32)> = posts
        .iter()
        .filter_map(|post| {
            let ranked = ranked(post, &weights);
            let best = ranked.first()?;
            let margin = best.1 - ranked.get(1).map_or(0.0, |next| next.1);
            Some((best.2, margin, f32::from(u8::from(post.right.contains(&best.0)))))
        })
        .collect();
    let mut steps = [1e-6_f32; FEATURES.len() + 2];
    weights.bias = -2.0;
    for _ in 0..ROUNDS * 3 {
        let mut slope = [0.0_f32; FEATURES.len() + 2];
        for (features, margin, label) in &rows {
            // An alarm that is none costs a reader more than a claim passed over.
            let cost = if *label > 0.5 { 1.0 } else { WEARY };
            let off = cost * (weights.meant(features, *margin) - label) / rows.len() as f32;
            for (s, value) in slope.iter_mut().zip(features.iter().chain([margin, &1.0])) {
                *s += off * value;
            }
        }
        for (at, s) in slope.iter().enumerate() {
            let weight = match at {
                at if at < FEATURES.len() => &mut weights.meant[at],
                at if at == FEATURES.len() => &mut weights.margin,
                _ => &mut weights.bias,
            };
            let gradient = s + if at <= FEATURES.len() { HOLD_MEANT * *weight } else { 0.0 };
            steps[at] += gradient * gradient;
            *weight -= 0.1 * gradient / steps[at].sqrt();
        }
    }
    weights
}
