//! `cargo xtask train`: makes the weights of the learned part, the same bytes each time.
//!
//! Logistic regression with a penalty on the sum of squared weights, over the features that the detectors themselves
//! compute, solved by L-BFGS (Liu and Nocedal 1989) until it hardly changes. Trained only on our own invented posts and on sets whose licence allows the weights to ship (CC0,
//! CC-BY, MIT). Before the weights are made from all of it, each set is measured on posts that were held out in turn, by
//! groups, so that a template or pair never stands on both sides.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use detect::learned::{BITS, Feature, Head, Weights, write};
use detect::{Detectors, Options};
use record::PrivateSet;
use serde_json::Value;

use crate::evaluate::average_precision;
use crate::posts::{lines, shared};

/// Sets by head: name, field of the label, weight of one post.
const THREAT: [(&str, f32); 4] =
    [("edos", 1.0), ("hatecheck", 1.0), ("hatemoji_build", 1.0), ("openai_moderation", 3.0)];
const PARTS: u64 = 5;

struct Example {
    set: &'static str,
    part: u64,
    label: bool,
    weight: f32,
    features: Vec<(u32, f32)>,
}

/// Runs the chore; `claims` makes only the weights of the ranker of claims.
pub fn run(arguments: &[String]) -> Result<()> {
    crate::rank::train()?;
    if arguments.first().is_some_and(|word| word == "claims") {
        return Ok(());
    }
    let private = PrivateSet::default();
    let detectors = Detectors::new(&Options { private: &private, claims: &[] });
    let mut heads = Vec::new();
    for head in Head::ALL {
        let examples = examples(&detectors, head)?;
        if examples.is_empty() {
            bail!(
                "There is nothing to train on. Put the labelled sets beside the repository, in ../shared/detection."
            );
        }
        println!(
            "## {head:?}: {} posts, {} positive",
            examples.len(),
            examples.iter().filter(|e| e.label).count()
        );
        held_out(&examples);
        let all: Vec<&Example> = examples.iter().collect();
        heads.push(quantised(&fit(&all)));
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/model/weights.bin");
    let bytes = write(&heads);
    std::fs::write(&out, &bytes)?;
    println!("wrote {} bytes, sha256 {}", bytes.len(), values::Digest::of(&bytes));
    Ok(())
}

fn examples(detectors: &Detectors, head: Head) -> Result<Vec<Example>> {
    let mut out = Vec::new();
    let mut add = |set: &'static str, post: &Value, label: bool, weight: f32| {
        let text = post["text"].as_str().unwrap_or_default();
        let group = ["templ", "pair", "id"].iter().find_map(|field| match &post[*field] {
            Value::String(word) => Some(word.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
        let part = group
            .unwrap_or_default()
            .bytes()
            .fold(7u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
            >> 20;
        let features =
            detectors.features(text).iter().map(|Feature { index, value, .. }| (*index, *value)).collect();
        out.push(Example { set, part: part % PARTS, label, weight, features });
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/data");
    for file in ["posts.jsonl", "more.jsonl", "claims.jsonl"] {
        for post in lines(&own.join(file))? {
            let field = if head == Head::Threat { "threat" } else { "harassment" };
            if let Some(label) = post["labels"][field].as_i64() {
                add("own", &post, label == 1, 3.0);
            }
        }
    }
    let folder = shared().join("detection");
    for (set, weight) in THREAT {
        let path = folder.join(set).join("dev.jsonl");
        if !path.exists() {
            println!("{set}: absent, not trained on.");
            continue;
        }
        for post in lines(&path)? {
            let kind = post["kind"].as_str().unwrap_or_default();
            let label = match (head, set) {
                // Individuals and groups outside protected classes are threatened in these too; only the hate label is 0.
                (Head::Threat, "hatecheck")
                    if kind.starts_with("target_indiv") || kind.starts_with("target_group") =>
                {
                    None
                }
                (Head::Threat, _) => post["threat"].as_i64(),
                (Head::Harassment, "openai_moderation") => post["harassment"].as_i64(),
                (Head::Harassment, "hatecheck") => match kind {
                    "target_indiv_nh" => Some(1),
                    "target_group_nh" => None,
                    _ if kind.ends_with("_nh") => Some(0),
                    _ => None,
                },
                (Head::Harassment, _) => None,
            };
            if let Some(label) = label {
                add(set, &post, label == 1, weight);
            }
        }
    }
    Ok(out)
}

fn held_out(examples: &[Example]) {
    let mut scores: BTreeMap<&str, Vec<(f32, bool)>> = BTreeMap::new();
    for part in 0..PARTS {
        let train: Vec<&Example> = examples.iter().filter(|e| e.part != part).collect();
        let model = fit(&train);
        for e in examples.iter().filter(|e| e.part == part) {
            scores.entry(e.set).or_default().push((model.ask(&e.features), e.label));
        }
    }
    for (set, rows) in scores {
        let positive = rows.iter().filter(|row| row.1).count();
        println!(
            "{set}: {} posts, {positive} positive, AP held out {:.3}",
            rows.len(),
            average_precision(&rows)
        );
    }
}

struct Model {
    /// One per index, then the bias.
    weights: Vec<f64>,
}

/// Where the bias stands.
const BIAS: usize = 1 << BITS;
/// Errors weigh so much beside the squared weights; by cross-validation, where .3 to 1 are alike.
const ERRORS: f64 = 0.5;
/// Positives are rare; they weigh more, so that what speaks for harm is learned at all.
const POSITIVE: f64 = 3.0;

impl Model {
    fn sum(&self, features: &[(u32, f32)]) -> f64 {
        let sum = features.iter().map(|(index, value)| self.weights[*index as usize] * f64::from(*value));
        sum.sum::<f64>() + self.weights[BIAS]
    }

    fn ask(&self, features: &[(u32, f32)]) -> f32 {
        (1.0 / (1.0 + (-self.sum(features)).exp())) as f32
    }
}

/// Returns what is to be made small, and the slope of it into `slope`.
fn loss(model: &Model, examples: &[&Example], slope: &mut [f64]) -> f64 {
    slope.copy_from_slice(&model.weights);
    slope[BIAS] = 0.0;
    let mut loss = model.weights[..BIAS].iter().map(|weight| weight * weight).sum::<f64>() / 2.0;
    for e in examples {
        let side = if e.label { 1.0 } else { -1.0 };
        let margin = side * model.sum(&e.features);
        let weight = f64::from(e.weight) * ERRORS * if e.label { POSITIVE } else { 1.0 };
        // ln(1 + exp(-margin)), which is never more than it can hold.
        loss += weight * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0));
        let pull = -side * weight / (1.0 + margin.exp());
        e.features.iter().for_each(|(index, value)| slope[*index as usize] += pull * f64::from(*value));
        slope[BIAS] += pull;
    }
    loss
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds `times` `other` to `to`.
fn add(to: &mut [f64], times: f64, other: &[f64]) {
    to.iter_mut().zip(other).for_each(|(to, other)| *to += times * other);
}

/// L-BFGS remembers so many steps, and goes on until the slope is that small a part of the first, at most so often.
const STEPS: usize = 8;
const FLAT: f64 = 1e-3;
const ROUNDS: usize = 300;

fn fit(examples: &[&Example]) -> Model {
    let mut model = Model { weights: vec![0.0; BIAS + 1] };
    let mut slope = vec![0.0; BIAS + 1];
    let mut now = loss(&model, examples, &mut slope);
    let flat = FLAT * dot(&slope, &slope).sqrt();
    // What was gone, and how the slope changed by it; the latest last.
    let mut past: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..ROUNDS {
        if dot(&slope, &slope).sqrt() <= flat {
            break;
        }
        // The way downhill, as steep as the steps gone so far tell.
        let mut way = slope.clone();
        let mut parts = Vec::new();
        for (gone, change) in past.iter().rev() {
            let part = dot(gone, &way) / dot(gone, change);
            add(&mut way, -part, change);
            parts.push(part);
        }
        let scale = past.last().map_or(1.0 / dot(&slope, &slope).sqrt(), |(gone, change)| {
            dot(gone, change) / dot(change, change)
        });
        way.iter_mut().for_each(|part| *part *= scale);
        for ((gone, change), part) in past.iter().zip(parts.iter().rev()) {
            let back = dot(change, &way) / dot(gone, change);
            add(&mut way, part - back, gone);
        }
        let steep = -dot(&slope, &way);
        let (start, before) = (model.weights.clone(), slope.clone());
        let mut far = 1.0;
        let next = loop {
            model.weights.copy_from_slice(&start);
            add(&mut model.weights, -far, &way);
            let next = loss(&model, examples, &mut slope);
            if next <= now + 1e-4 * far * steep || far < 1e-9 {
                break next;
            }
            far /= 2.0;
        };
        now = next;
        way.iter_mut().for_each(|part| *part *= -far);
        let mut change = slope.clone();
        add(&mut change, -1.0, &before);
        if dot(&way, &change) > 0.0 {
            past.push((way, change));
        }
        if past.len() > STEPS {
            past.remove(0);
        }
    }
    model
}

/// Real posts hold far fewer threats than labelled sets, and positives weighed more in training: so much is taken off the bias.
/// It moves what counts, and little of the order where rules speak too. Chosen, with how [`detect`] blends the two, by what counts
/// then among real posts, ours (held out), `mission` and the paraphrases of rounds 1 and 2.
const PRIOR: f32 = 0.5;

/// Rounds weights to a byte each. The step is set by the largest but a few, so that one odd weight costs the others nothing.
fn quantised(model: &Model) -> Weights {
    let (all, bias) = (&model.weights[..BIAS], model.weights[BIAS] as f32 - PRIOR);
    let mut sizes: Vec<f64> = all.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let step = (sizes[sizes.len() - 1 - sizes.len() / 20_000] / 127.0).max(1e-9);
    let weights = all.iter().map(|weight| (weight / step).round().clamp(-127.0, 127.0) as i8).collect();
    Weights { bias, step: step as f32, weights }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(label: bool, features: &[(u32, f32)]) -> Example {
        Example { set: "own", part: 0, label, weight: 1.0, features: features.to_vec() }
    }

    #[test]
    fn what_is_solved_is_where_the_loss_is_flat_and_lowest() {
        let all: Vec<Example> = (0..60u8)
            .map(|at| {
                let (own, word) = (u32::from(at), u32::from(at % 7) + 100);
                // The third feature says the label but for each fifth example.
                let label = at % 3 == 0;
                example(label, &[(own, 0.3), (word, 0.7), (200 + u32::from(label ^ (at % 5 == 0)), 1.0)])
            })
            .collect();
        let examples: Vec<&Example> = all.iter().collect();
        let (mut first, mut last) = (vec![0.0; BIAS + 1], vec![0.0; BIAS + 1]);
        let start = loss(&Model { weights: vec![0.0; BIAS + 1] }, &examples, &mut first);
        let mut model = fit(&examples);
        let lowest = loss(&model, &examples, &mut last);
        assert!(lowest < start);
        assert!(dot(&last, &last).sqrt() <= FLAT * dot(&first, &first).sqrt());
        assert!(model.weights[201] > 0.0 && model.weights[200] < 0.0, "the telling feature tells");
        for index in [0, 100, 200, 201, BIAS] {
            for step in [0.2, -0.2] {
                model.weights[index] += step;
                assert!(loss(&model, &examples, &mut last) > lowest, "{index} {step}");
                model.weights[index] -= step;
            }
        }
    }
}
