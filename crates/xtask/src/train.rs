//! `cargo xtask train`: makes the weights of the learned part, the same bytes each time.
//!
//! Logistic regression by stochastic gradient descent with per-weight rates (AdaGrad), over the features that the detectors
//! themselves compute. Trained only on our own invented posts and on sets whose licence allows the weights to ship (CC0,
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
    [("edos", 1.0), ("hatecheck", 1.0), ("hatemoji_build", 1.0), ("openai_moderation", 1.5)];
const ROUNDS: usize = 5;
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
    bias: f32,
    weights: Vec<f32>,
}

impl Model {
    fn ask(&self, features: &[(u32, f32)]) -> f32 {
        let sum: f32 = features.iter().map(|(index, value)| self.weights[*index as usize] * value).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

fn fit(examples: &[&Example]) -> Model {
    let mut model = Model { bias: -2.0, weights: vec![0.0; 1 << BITS] };
    let mut squares = vec![1e-3_f32; 1 << BITS];
    let mut bias_square = 1e-3_f32;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            order.swap(at, (state >> 33) as usize % (at + 1));
        }
        let rate = 0.25 / (1.0 + round as f32 * 0.5);
        for &at in &order {
            let e = examples[at];
            // Positives are rare; they weigh more, so that what speaks for harm is learned at all.
            let weight = e.weight * if e.label { 3.0 } else { 1.0 };
            let slope = (model.ask(&e.features) - f32::from(u8::from(e.label))) * weight;
            for (index, value) in &e.features {
                let index = *index as usize;
                let gradient = slope * value + 2e-5 * model.weights[index];
                squares[index] += gradient * gradient;
                model.weights[index] -= rate * gradient / squares[index].sqrt();
            }
            bias_square += slope * slope;
            model.bias -= rate * slope / bias_square.sqrt();
        }
    }
    model
}

/// Rounds weights to a byte each. The step is set by the largest but a few, so that one odd weight costs the others nothing.
fn quantised(model: &Model) -> Weights {
    let mut sizes: Vec<f32> = model.weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let step = (sizes[sizes.len() - 1 - sizes.len() / 20_000] / 127.0).max(1e-9);
    let weights =
        model.weights.iter().map(|weight| (weight / step).round().clamp(-127.0, 127.0) as i8).collect();
    Weights { bias: model.bias, step, weights }
}
