//! Texts with planted variants: how many pairs `network::alike` finds, beside datasketch.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use network::alike;

use super::generate::Draw;

/// Variants of one text, the text itself included.
const VARIANTS: usize = 5;

/// Prints found planted pairs and CPU seconds for 10,000 and 100,000 texts.
pub fn run() -> Result<()> {
    println!(
        "\n| texts | program | planted pairs found | strangers joined | CPU s |\n| --- | --- | --- | --- | --- |"
    );
    for count in [10_000, 100_000] {
        let texts = planted(count);
        let bytes: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        let before = super::cpu_seconds()?;
        let groups = alike::groups(&bytes, 0.5);
        let used = super::cpu_seconds()? - before;
        let (mut found, mut strangers) = (0, 0);
        for group in &groups {
            for (index, one) in group.iter().enumerate() {
                for other in &group[index + 1..] {
                    let same = one / VARIANTS == other / VARIANTS;
                    found += u64::from(same);
                    strangers += u64::from(!same);
                }
            }
        }
        let planted = (count / VARIANTS * VARIANTS * (VARIANTS - 1) / 2) as f64;
        println!("| {count} | redress | {:.1} % | {strangers} | {used:.2} |", 100.0 * found as f64 / planted);
        let python = Path::new("target/peers/bin/python");
        if python.exists() && count == 10_000 {
            fs::create_dir_all("target/bench")?;
            fs::write("target/bench/texts.txt", texts.join("\n"))?;
            let out = Command::new(python)
                .args(["-c", include_str!("texts.py"), "target/bench/texts.txt", &VARIANTS.to_string()])
                .output()?;
            println!("| {count} | datasketch | {} |", String::from_utf8_lossy(&out.stdout).trim());
        }
    }
    Ok(())
}

/// Returns `count` texts; every five in a row are one text and four variants with words changed, dropped, added or cut off.
fn planted(count: usize) -> Vec<String> {
    let mut draw = Draw::seeded(count as u64);
    let syllables =
        ["ba", "lo", "ter", "mi", "con", "der", "sha", "ren", "vo", "til", "gra", "pe", "sun", "dro", "el"];
    let words: Vec<String> = (0..4000)
        .map(|_| {
            (0..1 + draw.word() % 4).map(|_| syllables[draw.word() as usize % syllables.len()]).collect()
        })
        .collect();
    let word = |draw: &mut Draw| words[(4000.0 * draw.unit().powf(2.5)) as usize % 4000].clone();
    let mut texts = Vec::with_capacity(count);
    while texts.len() < count {
        let length = 12 + draw.word() as usize % 30;
        let base: Vec<String> = (0..length).map(|_| word(&mut draw)).collect();
        texts.push(base.join(" "));
        for _ in 1..VARIANTS {
            let mut variant = base.clone();
            for _ in 0..1 + draw.word() % 3 {
                let at = draw.word() as usize % variant.len();
                match draw.word() % 4 {
                    0 => variant[at] = word(&mut draw),
                    1 => drop(variant.remove(at)),
                    2 => variant.insert(at, word(&mut draw)),
                    _ => variant.push(format!("#{}", word(&mut draw))),
                }
            }
            texts.push(variant.join(" "));
        }
    }
    texts.truncate(count);
    texts
}
