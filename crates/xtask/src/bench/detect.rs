//! Speed of `redress detect` on one core, beside Presidio's pattern recognisers on the same posts in the same run.
//!
//! The filter itself is run, posts in and findings out as JSON lines, with the claims that ship, in a pool of one thread.
//! Presidio (PyPI `presidio-analyzer`) is asked three times. Its pattern recognisers for English that are on as it comes, each
//! by itself, its leanest way; the same through `AnalyzerEngine` with context words, as its users ask, on a tokenizer of
//! spaCy without a language model (which takes most of the time where one is loaded); and every pattern recogniser of the
//! package, each by itself. It reads no JSON, and finds numbers and e-mail addresses only, while our figure is for every
//! detector. It is installed into `target/presidio` when the machine can; where it cannot be
//! run, that is said and only our figure is printed.
//!
//! Both are timed by the processor's time of their own process, so that other work on the machine counts less.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::posts::ordinary;

/// How often the flood is run through.
const ROUNDS: usize = 3;

/// Posts of a flood, at least: the posts again and again, so that starting counts as little as it does in one.
const FLOOD: usize = 100_000;

/// Runs the bench.
pub fn run() -> Result<()> {
    let (posts, which) = ordinary()?;
    let claims = law::claims();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()?;
    let once = read(&pool, &claims, &posts, 1)?;
    let times = FLOOD.div_ceil(posts.len().max(1));
    let mut best = once.rate;
    for _ in 0..ROUNDS {
        best = best.max(read(&pool, &claims, &posts, times)?.rate);
    }
    println!(
        "detect: {best:.0} posts/s on one core, JSON in and out, of a flood of {} posts; {:.0} the first {} alone, when rules are compiled ({which}, {} bytes of JSON each, {} claims, {} findings, {} bytes written)",
        posts.len() * times,
        once.rate,
        posts.len(),
        once.read / posts.len().max(1),
        claims.len(),
        once.findings,
        once.written,
    );
    match presidio(&posts) {
        Ok([bare, engine, every, on, all]) => {
            println!(
                "presidio-analyzer, its {on:.0} pattern recognisers that are on, alone: {bare:.0} posts/s; ratio {:.0}",
                best / bare
            );
            println!(
                "presidio-analyzer AnalyzerEngine with these, context words, no language model: {engine:.0} posts/s; ratio {:.0}",
                best / engine
            );
            println!(
                "presidio-analyzer, all {all:.0} pattern recognisers of the package, alone: {every:.0} posts/s; ratio {:.0}",
                best / every
            );
        }
        Err(error) => println!("presidio-analyzer: not measured, because {error:#}"),
    }
    Ok(())
}

/// What reading posts came to.
struct Run {
    /// Posts a second.
    rate: f64,
    /// Bytes read and written, and findings among these.
    read: usize,
    written: usize,
    findings: usize,
}

/// Runs the filter over `posts`, so many `times`, as one flood.
fn read(pool: &rayon::ThreadPool, claims: &[record::Claim], posts: &[String], times: usize) -> Result<Run> {
    let mut lines = Vec::new();
    for (number, text) in std::iter::repeat_n(posts, times).flatten().enumerate() {
        serde_json::to_writer(&mut lines, &serde_json::json!({ "id": number, "text": text }))?;
        lines.push(b'\n');
    }
    let (count, mut written) = (posts.len() * times, Vec::new());
    let start = processor()?;
    let outcome = pool.install(|| actions::filters::detect(&mut lines.as_slice(), &mut written, claims));
    let outcome = outcome.context("the filter")?;
    let seconds = processor()? - start;
    if outcome.lines != count as u64 || outcome.wrong_count > 0 {
        bail!("the filter read {} of {count} posts", outcome.lines);
    }
    let findings = written.windows(8).filter(|part| part == b"\"kind\":\"").count();
    Ok(Run { rate: count as f64 / seconds, read: lines.len(), written: written.len(), findings })
}

/// Returns the seconds that this thread has run on a processor; seconds of the clock where the system does not tell.
fn processor() -> Result<f64> {
    static BEGIN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    match std::fs::read_to_string("/proc/thread-self/schedstat") {
        Ok(told) => {
            let run = told.split_whitespace().next().context("schedstat is empty")?;
            Ok(run.parse::<f64>()? / 1e9)
        }
        Err(_) => Ok(BEGIN.elapsed().as_secs_f64()),
    }
}

const SCRIPT: &str = r#"
import inspect, json, logging, sys, time
logging.disable(logging.CRITICAL)
import spacy
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry, predefined_recognizers
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

class Tokens(SpacyNlpEngine):
    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}
    def load(self):
        pass

posts = json.load(sys.stdin)
registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"])
recognisers = [r for r in registry.recognizers if isinstance(r, (PatternRecognizer, PhoneRecognizer))]
engine = AnalyzerEngine(
    registry=RecognizerRegistry(recognizers=recognisers), nlp_engine=Tokens(), supported_languages=["en"]
)

kinds = [kind for kind in vars(predefined_recognizers).values() if inspect.isclass(kind)]
kinds = [kind for kind in kinds if issubclass(kind, (PatternRecognizer, PhoneRecognizer))]
every = [kind() for kind in kinds if kind is not PatternRecognizer]

def alone(post, recognisers):
    for r in recognisers:
        r.analyze(post, r.supported_entities, None)

def rate(ask):
    best = 1e9
    for _ in range(2):
        start = time.process_time()
        for post in posts:
            ask(post)
        best = min(best, time.process_time() - start)
    return len(posts) / best

print(
    rate(lambda post: alone(post, recognisers)),
    rate(lambda post: engine.analyze(post, language="en")),
    rate(lambda post: alone(post, every)),
    len(recognisers),
    len(every),
)
"#;

/// Returns how many posts a second Presidio looks at: with the recognisers that are on alone, its engine with them, every
/// recogniser alone; then how many are on, and how many there are.
fn presidio(posts: &[String]) -> Result<[f64; 5]> {
    let python = python()?;
    let mut child = Command::new(python)
        .args(["-W", "ignore", "-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        serde_json::to_writer(&mut input, posts)?;
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let rates: Option<Vec<f64>> = said.split_whitespace().map(|rate| rate.parse().ok()).collect();
    match rates.as_deref() {
        Some(&[bare, engine, every, on, all]) if output.status.success() => {
            Ok([bare, engine, every, on, all])
        }
        _ => {
            let errors = String::from_utf8_lossy(&output.stderr);
            bail!("it ended with: {}", errors.lines().last().unwrap_or("nothing"))
        }
    }
}

/// Returns a Python that has presidio-analyzer, installing it into `target/presidio` once.
fn python() -> Result<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/presidio");
    let python = home.join("bin/python");
    let works = |python: &Path| {
        Command::new(python)
            .args(["-W", "ignore", "-c", "import presidio_analyzer"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if works(&python) {
        return Ok(python);
    }
    let made = Command::new("python3").arg("-m").arg("venv").arg(&home).output();
    if !made.is_ok_and(|output| output.status.success()) {
        bail!("no Python environment could be made in target/presidio");
    }
    let installed =
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "presidio-analyzer"]).output()?;
    if !installed.status.success() || !works(&python) {
        bail!("presidio-analyzer could not be installed from PyPI");
    }
    Ok(python)
}
