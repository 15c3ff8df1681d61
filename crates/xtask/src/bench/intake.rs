//! How fast captures become posts: each sample repeated to a size worth measuring, read from memory.

use std::time::Instant;

use anyhow::{Result, anyhow};
use intake::{Limits, Options, Slice};
use record::{Item, Sink};
use values::Digest;

/// How many bytes a format is given at least.
const BYTES: usize = 64 << 20;

/// Counts items and drops them, as the fastest sink there is.
#[derive(Default)]
struct Count {
    posts: u64,
}

impl Sink for Count {
    fn take(&mut self, item: Item) {
        self.posts += u64::from(matches!(item, Item::Post { .. }));
    }
}

/// A sample and how to make a large file of it: repeat its lines, or repeat the call.
const FORMATS: [(&str, bool); 25] = [
    ("zeeschuimer-x-ndjson/sample.ndjson", true),
    ("zeeschuimer-tiktok-ndjson/posts.ndjson", true),
    ("zeeschuimer-threads-ndjson/sample.ndjson", true),
    ("zeeschuimer-truthsocial-ndjson/sample.ndjson", true),
    ("twarc-jsonl/pages.jsonl", true),
    ("twarc-jsonl/flattened.jsonl", true),
    ("snscrape-jsonl/sample.jsonl", true),
    ("bluesky-jetstream-jsonl/events.jsonl", true),
    ("4cat-csv/x_zeeschuimer.csv", true),
    ("research-csv-usc/sample.csv", true),
    ("whatsapp-txt/ios_en_us/_chat.txt", true),
    ("har/x_community_and_thread.har", false),
    ("wacz/capture.wacz", false),
    ("x-api-v2-json/search_page.json", false),
    ("x-data-archive/data/tweets.js", false),
    ("telegram-desktop-json/result.json", false),
    ("mastodon-status-json/statuses.json", false),
    ("bluesky-getposts-json/posts.json", false),
    ("bluesky-car/repo.car", false),
    ("reddit-json/thread.json", false),
    ("singlefile-html/page.html", false),
    ("mhtml/page.mhtml", false),
    ("email-eml/threat.eml", false),
    ("sms-backup-xml/sms.xml", false),
    ("screenshots/IMG_0412.PNG", false),
];

/// Prints MB/s and posts/s for each format, on all cores and on one.
pub fn run() -> Result<()> {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    println!("{:<40} {:>9} {:>12} {:>12}", "format", "MB/s", "posts/s", "MB/s, 1 core");
    for (path, by_line) in FORMATS {
        let sample = samples::bytes(path);
        let bytes = if by_line { repeated(sample, path.ends_with(".csv")) } else { sample.to_vec() };
        let calls = if by_line { 1 } else { BYTES / 8 / sample.len() };
        let (rate, posts) = measure(path, &bytes, calls)?;
        let (rate_of_one, _) = one.install(|| measure(path, &bytes, calls))?;
        println!("{path:<40} {rate:>9.0} {posts:>12.0} {rate_of_one:>12.0}");
    }
    Ok(())
}

fn measure(path: &str, bytes: &[u8], calls: usize) -> Result<(f64, f64)> {
    let options = Options::plain(Limits::ordinary());
    let source = Slice::with_digest(path, Digest::of(b"bench"), bytes);
    let mut best = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        let mut count = Count::default();
        let start = Instant::now();
        for _ in 0..calls {
            intake::read(&source, &options, &mut count).map_err(|refused| anyhow!("{path}: {refused}"))?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let rate = (bytes.len() * calls) as f64 / 1e6 / seconds;
        if rate > best.0 {
            best = (rate, count.posts as f64 / seconds);
        }
    }
    Ok(best)
}

fn repeated(sample: &[u8], has_header: bool) -> Vec<u8> {
    let header_end =
        if has_header { sample.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1) } else { 0 };
    let (header, body) = sample.split_at(header_end);
    let mut bytes = header.to_vec();
    while bytes.len() < BYTES {
        bytes.extend_from_slice(body);
        if !body.ends_with(b"\n") {
            bytes.push(b'\n');
        }
    }
    bytes
}
