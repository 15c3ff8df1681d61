//! How fast captures become posts: each sample repeated to a size worth measuring, read from memory.

use std::time::Instant;

use anyhow::{Result, anyhow};
use intake::{Limits, Options, Slice};
use record::{Item, Sink};
use values::Digest;

/// How many bytes a format is given at least.
const BYTES: usize = 64 << 20;

/// Counts posts, messages and calls, and drops them, as the fastest sink there is.
#[derive(Default)]
struct Count {
    posts: u64,
}

impl Sink for Count {
    fn take(&mut self, item: Item) {
        self.posts += u64::from(matches!(item, Item::Post { .. } | Item::Incident { .. }));
    }
}

/// How a large capture is made of a sample.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// Its lines are repeated to one file.
    Lines,
    /// The same behind the header of a table.
    Rows,
    /// It is one document: it is read again and again, so that what opening a file costs is in the figure.
    Again,
}

use How::{Again, Lines, Rows};

/// One or more samples of every folder.
const FORMATS: [(&str, How); 33] = [
    ("zeeschuimer-x-ndjson/sample.ndjson", Lines),
    ("zeeschuimer-tiktok-ndjson/posts.ndjson", Lines),
    ("zeeschuimer-tiktok-ndjson/comments.ndjson", Lines),
    ("zeeschuimer-threads-ndjson/sample.ndjson", Lines),
    ("zeeschuimer-truthsocial-ndjson/sample.ndjson", Lines),
    ("twarc-jsonl/pages.jsonl", Lines),
    ("twarc-jsonl/flattened.jsonl", Lines),
    ("snscrape-jsonl/sample.jsonl", Lines),
    ("bluesky-jetstream-jsonl/events.jsonl", Lines),
    ("4cat-csv/x_zeeschuimer.csv", Rows),
    ("research-csv-usc/sample.csv", Rows),
    ("whatsapp-txt/ios_en_us/_chat.txt", Lines),
    ("har/x_community_and_thread.har", Again),
    ("wacz/capture.wacz", Again),
    ("x-api-v2-json/search_page.json", Again),
    ("x-data-archive/data/tweets.js", Again),
    ("x-data-archive/data/direct-messages.js", Again),
    ("telegram-desktop-json/result.json", Again),
    (
        "facebook-dyi-json/your_facebook_activity/messages/message_requests/examplethreat_5550002/message_1.json",
        Again,
    ),
    ("facebook-dyi-json/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", Again),
    ("mastodon-status-json/statuses.json", Again),
    ("mastodon-outbox-archive/outbox.json", Again),
    ("bluesky-getposts-json/posts.json", Again),
    ("bluesky-car/repo.car", Again),
    ("reddit-json/thread.json", Again),
    ("gallery-dl-json/example_watcher_sample.jpg.json", Again),
    ("yt-dlp-info-json/clip.info.json", Again),
    ("singlefile-html/page.html", Again),
    ("mhtml/page.mhtml", Again),
    ("email-eml/threat.eml", Again),
    ("sms-backup-xml/sms.xml", Again),
    ("sms-backup-xml/calls.xml", Again),
    ("screenshots/IMG_0412.PNG", Again),
];

/// Prints posts/s and MB/s for each format, on all cores and on one, as a table for docs/figures.md, and the slowest.
pub fn run() -> Result<()> {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    println!("| sample | read as | posts/s | MB/s | MB/s, one core | made large by |");
    println!("| --- | --- | ---: | ---: | ---: | --- |");
    let mut rates = Vec::new();
    for (path, how) in FORMATS {
        let sample = samples::bytes(path);
        let bytes = if how == Again { sample.to_vec() } else { repeated(sample, how == Rows) };
        let calls = if how == Again { BYTES / 8 / sample.len() } else { 1 };
        let (rate, posts, format) = measure(path, &bytes, calls)?;
        let (rate_of_one, ..) = one.install(|| measure(path, &bytes, calls))?;
        let made = if how == Again {
            format!("{} B read again", sample.len())
        } else {
            "its lines repeated".to_owned()
        };
        let name = path.split('/').next().unwrap_or(path);
        let file = path.rsplit('/').next().unwrap_or(path);
        println!("| {name}, {file} | {format} | {posts:.0} | {rate:.0} | {rate_of_one:.0} | {made} |");
        rates.push((rate, format!("{name}, {file}")));
    }
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let slowest: Vec<String> =
        rates.iter().take(3).map(|(rate, name)| format!("{name} ({rate:.1} MB/s)")).collect();
    println!("\nThe slowest by bytes: {}.", slowest.join("; "));
    Ok(())
}

fn measure(path: &str, bytes: &[u8], calls: usize) -> Result<(f64, f64, &'static str)> {
    let options = Options::plain(Limits::ordinary());
    let source = Slice::with_digest(path, Digest::of(b"bench"), bytes);
    let mut best = (0.0_f64, 0.0_f64, "");
    for _ in 0..3 {
        let mut count = Count::default();
        let start = Instant::now();
        let mut format = "";
        for _ in 0..calls {
            let summary = intake::read(&source, &options, &mut count)
                .map_err(|refused| anyhow!("{path}: {refused}"))?;
            format = summary.format;
        }
        let seconds = start.elapsed().as_secs_f64();
        let rate = (bytes.len() * calls) as f64 / 1e6 / seconds;
        if rate > best.0 {
            best = (rate, count.posts as f64 / seconds, format);
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

#[cfg(test)]
mod tests {
    use super::FORMATS;

    #[test]
    fn every_folder_of_samples_is_measured() {
        for (path, _) in samples::all() {
            let folder = path.split('/').next().unwrap_or_default();
            let measured = FORMATS.iter().any(|(known, _)| known.starts_with(&format!("{folder}/")));
            assert!(measured, "{folder} is in no row of the bench");
        }
    }
}
