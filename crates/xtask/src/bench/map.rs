//! `cargo xtask bench map`: a map of 10,000 accounts in a real Chromium without a graphics card: time to the first drawing,
//! and frame times while it is moved, zoomed and pointed at.
//!
//! The case is made in `target/bench/map`: each account answers or quotes earlier ones, early ones more often. Chromium and
//! its driver are those the tests use.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Duration;

use actions::{files, import, new, trace};
use anyhow::{Result, ensure};
use record::Role;
use serde_json::{Value, json};
use values::{Moment, SaidBy};

use super::app::{given, setup};
use super::browser::Browser;

/// Accounts on the map.
const ACCOUNTS: u64 = 10_000;

/// Moves, zooms and points for sixty frames each; returns median, 95th percentile and longest in milliseconds.
const MEASURE: &str = "
const done = arguments[arguments.length - 1], canvas = document.querySelector('#map'), box = canvas.getBoundingClientRect();
const at = (k) => ({ clientX: box.left + box.width / 2 + 120 * Math.sin(k / 9), clientY: box.top + box.height / 2, bubbles: true, cancelable: true, pointerId: 1 });
canvas.setPointerCapture = () => {};
const run = (act) => new Promise((resolve) => {
  const frames = [];
  let k = 0, last = performance.now();
  const step = () => {
    const now = performance.now();
    if (k > 0) frames.push(now - last);
    last = now;
    if (k++ >= 60) { frames.sort((a, b) => a - b); resolve([frames[30], frames[57], frames[59]]); return; }
    act(k); requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
});
const rest = () => new Promise((resolve) => setTimeout(resolve, 2000));
(async () => {
  canvas.dispatchEvent(new PointerEvent('pointerdown', at(0)));
  const moved = await run((k) => canvas.dispatchEvent(new PointerEvent('pointermove', at(k))));
  const crisp = await run(() => {});
  await rest();
  const zoomed = await run((k) => canvas.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: k < 30 ? -60 : 60 })));
  await rest();
  const pointed = await run((k) => canvas.dispatchEvent(new PointerEvent('pointermove', at(k))));
  done({ moved, crisp, zoomed, pointed });
})();";

/// Runs the bench.
pub fn run() -> Result<()> {
    let folder = Path::new("target/bench/map");
    let case = folder.join("case");
    if !case.join("done").exists() {
        make(folder, &case)?;
    }
    let server = web::Server::start(setup(&case))?;
    let browser = Browser::start("en-US", false);
    browser.size(1200, 900);
    browser.go(&server.link());
    let map = format!("http://{}/map", server.address());
    println!("| | first time | again |\n| --- | --- | --- |");
    let mut first = Vec::new();
    for _ in 0..2 {
        browser.go(&map);
        browser.wait("canvas[data-first]");
        let seen = browser.run(
            "const c = document.querySelector('#map').dataset; return [Number(c.first), Number(c.drawn)]",
            json!([]),
        );
        first.push(seen[0].as_f64().unwrap_or(f64::NAN));
        ensure!(seen[1] == json!(ACCOUNTS), "{} accounts are drawn", seen[1]);
    }
    // The first time the server also works out where each account is drawn.
    println!(
        "| page asked for to map drawn, {ACCOUNTS} accounts | {:.0} ms | {:.0} ms |",
        first[0], first[1]
    );
    std::thread::sleep(Duration::from_secs(1));
    let frames = browser.run_async(MEASURE, json!([]));
    println!("\n| frames while | median | 95th percentile | longest |\n| --- | --- | --- | --- |");
    for (name, words) in [
        ("moved", "it is moved"),
        ("crisp", "it is drawn crisp again"),
        ("zoomed", "it is zoomed"),
        ("pointed", "accounts are pointed at"),
    ] {
        let of = |n: usize| frames[name][n].as_f64().unwrap_or(f64::NAN);
        println!("| {words} | {:.1} ms | {:.1} ms | {:.1} ms |", of(0), of(1), of(2));
    }
    Ok(())
}

/// Makes the case: every account is there once, and a second time with a tie of another kind.
fn make(folder: &Path, case: &Path) -> Result<()> {
    let _none_there = fs::remove_dir_all(case);
    fs::create_dir_all(folder)?;
    let file = folder.join("posts.jsonl");
    write_posts(&file)?;
    let request = new::Request {
        root: case,
        name: None,
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: None,
        keep_until: None,
    };
    let (mut open, _) = new::new(&request, &given())?;
    let options = intake::Options::plain(intake::Limits::ordinary());
    import::import_found(&mut open, &files::find(std::slice::from_ref(&file))?, &options, &given())?;
    trace::trace(&mut open, &trace::Request::default(), &given())?;
    fs::write(case.join("done"), b"")?;
    Ok(())
}

fn write_posts(file: &Path) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(file)?);
    let id = |n: u64| 1_850_000_000_000_000_000 + n * 1000;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for n in 0..2 * ACCOUNTS {
        let account = n % ACCOUNTS;
        let at = Moment::from_seconds(i64::try_from(1_730_000_000 + n * 30)?, SaidBy::Platform).to_rfc3339();
        let user = |account: u64| {
            json!({"_type": "snscrape.modules.twitter.User", "username": format!("user_{account}"),
                   "id": 500_000_000 + account, "displayname": format!("User {account}")})
        };
        let mut post = json!({
            "_type": "snscrape.modules.twitter.Tweet", "url": format!("https://twitter.com/user_{account}/status/{}", id(n)),
            "date": at, "rawContent": format!("one more about the drop box, number {n}"), "id": id(n), "user": user(account),
            "replyCount": 0, "retweetCount": 0, "likeCount": 1, "quoteCount": 0, "lang": "en",
        });
        if n > 0 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let share = (state >> 40) as f64 / (1_u64 << 24) as f64;
            // Early posts are answered and quoted most; the second round answers what the first one said.
            let target = (share.powi(3) * n.min(ACCOUNTS) as f64) as u64;
            let tie = if n < ACCOUNTS { "inReplyToTweetId" } else { "quotedTweet" };
            post[tie] =
                if n < ACCOUNTS { json!(id(target)) } else { quoted(id(target), &user(target), target) };
        }
        writeln!(out, "{post}")?;
    }
    out.flush()?;
    Ok(())
}

fn quoted(id: u64, user: &Value, target: u64) -> Value {
    json!({"_type": "snscrape.modules.twitter.Tweet", "url": format!("https://twitter.com/user_{target}/status/{id}"),
           "date": "2024-10-27T03:33:20Z", "rawContent": format!("one more about the drop box, number {target}"),
           "id": id, "user": user})
}
