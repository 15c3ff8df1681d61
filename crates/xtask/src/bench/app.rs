//! `cargo xtask bench app`: a case of `REDRESS_BENCH_POSTS` posts (a million where nothing is said) behind the local app,
//! and twenty people who look at its pages at once, then twenty who decide at once.
//!
//! The app runs in a child process of this bench, so that its memory is its own. The case is made once and kept in
//! `target/bench`, without a trace where `REDRESS_BENCH_TRACE` is `no`. Each person asks for a page, waits half a second, asks for the next.
//! The first time a case that was just made is opened is said apart: what the app makes for its pages is made then.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use actions::library::Rows;
use actions::{Context as Given, Quiet, files, import, new, scan, trace};
use anyhow::{Context, Result, bail, ensure};
use record::{Actor, Role};
use values::{Moment, Precision, SaidBy};

/// What a child of this bench is asked to run: the case's folder.
const CHILD: &str = "REDRESS_BENCH_APP";
/// People at once.
const PEOPLE: usize = 20;
/// How long each of them looks.
const LONG: Duration = Duration::from_secs(40);
/// How long each waits between two pages.
const THINKS: Duration = Duration::from_millis(500);

/// The pages, each asked for about as often as a person would.
const FIXED: &[&str] = &[
    "/case",
    "/review",
    "/review/next",
    "/review/list?kind=threat",
    "/review/next",
    "/timeline",
    "/timeline?from=1730419200000&to=1730505600000",
    "/search?q=plate",
    "/search?q=the+man&kind=threat",
    "/search?account=user_77",
    "/statements",
    "/statements/account?key=x:%23500000077",
    "/map",
    "/plan",
    "/letters",
    "/packages",
    "/kept",
    "/custody",
    "/settings",
    "/safe",
];

/// Runs the bench.
pub fn run() -> Result<()> {
    if let Ok(case) = std::env::var(CHILD) {
        return child(Path::new(&case));
    }
    let posts: u64 =
        std::env::var("REDRESS_BENCH_POSTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let folder = PathBuf::from(format!("target/bench/app-{posts}"));
    let case = folder.join("case");
    if !case.join("done").exists() {
        make(&folder, &case, posts)?;
    }
    let first_time = !case.join("opened").exists();
    let started = Instant::now();
    let mut app = Command::new(std::env::current_exe()?)
        .args(["bench", "app"])
        .env(CHILD, &case)
        .stdout(Stdio::piped())
        .spawn()?;
    let outcome = measure(&mut app, posts, started, first_time);
    if outcome.is_ok() {
        fs::write(case.join("opened"), b"")?;
    }
    let _ended = app.kill();
    app.wait()?;
    outcome
}

fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment::from_millis(
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Precision::Millisecond,
        SaidBy::Redress,
    )
}

/// How the app is started on a case.
pub(super) fn setup(case: &Path) -> web::Setup {
    web::Setup {
        case: Some(case.to_owned()),
        home: PathBuf::from("."),
        port: 0,
        now,
        clock: || std::time::Duration::ZERO,
        rows: Rows::shipped,
        by: "bench".to_owned(),
        redress: "bench",
        idle: Duration::from_secs(3600),
        work: None,
        helpers: None,
        tell: Box::new(|_| {}),
    }
}

/// What an action of a bench is handed.
pub(super) fn given() -> Given<'static> {
    Given {
        clock: &|| std::time::Duration::ZERO,
        now: &now,
        actor: Actor::person("bench"),
        redress: "bench",
        progress: &Quiet,
        rows: &Rows::shipped,
    }
}

/// The app: prints a link for each person, then stays.
fn child(case: &Path) -> Result<()> {
    let server = web::Server::start(setup(case))?;
    for _ in 0..PEOPLE / 2 {
        println!("{}", server.link());
    }
    std::io::stdout().flush()?;
    // Tokens wait in a short line, so the second half is given out once the first is used.
    let mut word = String::new();
    std::thread::sleep(Duration::from_secs(2));
    for _ in 0..PEOPLE / 2 {
        word.push_str(&format!("{}\n", server.link()));
    }
    print!("{word}");
    std::io::stdout().flush()?;
    server.wait();
    Ok(())
}

/// What is measured: the pages of [`FIXED`], single posts and findings, and pages far from the first.
fn pages(host: &str, cookie: &str, posts: u64) -> Result<Vec<String>> {
    let mut pages: Vec<String> = FIXED.iter().map(|page| (*page).to_owned()).collect();
    let key = |n: u64| format!("x%3A{}", 1_850_000_000_000_000_000 + n * 1000);
    pages.push(format!("/timeline?after={}", key(posts.saturating_sub(300))));
    pages.push(format!("/search?q=plate&after={}", key(300)));
    pages.push(format!("/search?kind=threat&after={}", key(posts.saturating_sub(300))));
    // The list of findings is walked to its end, as a person would with “More”.
    let mut list = "/review/list?kind=dox".to_owned();
    let mut walked = Vec::new();
    let (_, _, mut body) = get(host, &list, cookie)?;
    pages.push(format!("/review/item?id={}", ids(&body).first().context("a finding")?));
    while let Some(more) =
        body.split("href=\"").find(|part| part.starts_with("/review/list") && part.contains("after="))
    {
        list = more.split('"').next().unwrap_or_default().replace("&amp;", "&");
        let began = Instant::now();
        body = get(host, &list, cookie)?.2;
        walked.push(began.elapsed());
    }
    println!(
        "all {} further pages of one list, one after another: {} in the median, {} at the 95th percentile, the last {}",
        walked.len(),
        at(&walked, 50),
        at(&walked, 95),
        walked.last().map_or_else(String::new, |took| ms(*took))
    );
    pages.push(list);
    Ok(pages)
}

fn ids(list: &str) -> Vec<String> {
    list.split("/review/item?id=").skip(1).filter_map(|rest| rest.get(..64)).map(str::to_owned).collect()
}

fn measure(app: &mut std::process::Child, posts: u64, started: Instant, first_time: bool) -> Result<()> {
    let mut lines = BufReader::new(app.stdout.take().context("the app writes")?).lines();
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        // The bench says its name first, also in the child.
        let link = lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("http://"));
        let link = link.context("a link for each person")?;
        if n == 0 {
            let which = if first_time { "for the first time" } else { "again" };
            println!("opened {which}: the link is there after {:.1} s", started.elapsed().as_secs_f64());
        }
        let (host, path) = link.trim_start_matches("http://").split_once('/').context("a link")?;
        let (_, cookie, _) = get(host, &format!("/{path}"), "")?;
        ensure!(!cookie.is_empty(), "link {n} opens no session");
        people.push((host.to_owned(), cookie));
    }
    let (host, cookie) = people[0].clone();
    // What a person sees first, at once after the start.
    for page in ["/", "/case", "/safe"] {
        let began = Instant::now();
        let (status, _, body) = get(&host, page, &cookie)?;
        let soon = if body.contains("data-soon") { ", being worked out" } else { "" };
        println!("just started: `{page}` {} ({status}{soon})", ms(began.elapsed()));
    }
    let began = Instant::now();
    for page in FIXED {
        while get(&host, page, &cookie)?.2.contains("data-soon") {
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    println!("every page was there after {:.1} s", began.elapsed().as_secs_f64());
    // The words are taken in and every page was worked out once before anybody is measured.
    let began = Instant::now();
    // The last post's number is its last word.
    while get(&host, &format!("/search?q={}", posts - 1), &cookie)?.2.contains(">0 posts")
        && began.elapsed() < Duration::from_secs(600)
    {
        std::thread::sleep(Duration::from_millis(500));
    }
    println!("the words are there after {:.1} s", began.elapsed().as_secs_f64());
    // A few exhibits, so that a package has something to show.
    let list = get(&host, "/review/list?kind=threat", &cookie)?.2;
    for id in ids(&list).iter().take(8) {
        decide(&host, &cookie, id, &mut Vec::new())?;
    }
    let mut wanted = pages(&host, &cookie, posts)?;
    wanted.push("/packages?for=police".to_owned());
    looking(&people, &wanted, posts)?;
    deciding(&people)?;
    let status = fs::read_to_string(format!("/proc/{}/status", app.id()))?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: not known");
    println!("\nmemory of the app at its peak: {}", peak.trim_start_matches("VmHWM:").trim());
    Ok(())
}

/// Twenty people look at pages.
fn looking(people: &[(String, String)], pages: &[String], posts: u64) -> Result<()> {
    let (host, cookie) = &people[0];
    let mut first = BTreeMap::new();
    for page in pages {
        let began = Instant::now();
        let mut answer = get(host, page, cookie)?;
        while answer.2.contains("data-soon") {
            std::thread::sleep(Duration::from_millis(50));
            answer = get(host, page, cookie)?;
        }
        ensure!(answer.0 == 200 || answer.0 == 303, "{page}: {}", answer.0);
        first.insert(page.clone(), began.elapsed());
    }
    let began = Instant::now();
    let looked: Vec<Result<Vec<(usize, Duration)>>> = std::thread::scope(|scope| {
        let people: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(n, (host, cookie))| {
                scope.spawn(move || {
                    let mut looked = Vec::new();
                    let mut next = n * 7;
                    while began.elapsed() < LONG {
                        let page = next % pages.len();
                        let asked = Instant::now();
                        let (status, ..) = get(host, &pages[page], cookie)?;
                        looked.push((page, asked.elapsed()));
                        if status != 200 && status != 303 {
                            bail!("{}: {status}", pages[page]);
                        }
                        next += 1;
                        std::thread::sleep(THINKS);
                    }
                    Ok(looked)
                })
            })
            .collect();
        people.into_iter().map(|person| person.join().expect("a person does not panic")).collect()
    });
    let mut all = Vec::new();
    for person in looked {
        all.extend(person?);
    }
    println!(
        "\n{posts} posts, {PEOPLE} people, {} pages in {:.0} s",
        all.len(),
        began.elapsed().as_secs_f64()
    );
    println!("\n| page | first | median | 95th percentile | longest |\n| --- | --- | --- | --- | --- |");
    for (n, page) in pages.iter().enumerate() {
        let took: Vec<Duration> =
            all.iter().filter(|(asked, _)| *asked == n).map(|(_, took)| *took).collect();
        let short: String = page.chars().take(60).collect();
        println!(
            "| `{short}` | {} | {} | {} | {} |",
            ms(first[page]),
            at(&took, 50),
            at(&took, 95),
            at(&took, 100)
        );
    }
    let took: Vec<Duration> = all.iter().map(|(_, took)| *took).collect();
    println!("| all | | {} | {} | {} |", at(&took, 50), at(&took, 95), at(&took, 100));
    Ok(())
}

/// Twenty people decide, each about findings of their own: the card, its words, yes or no.
fn deciding(people: &[(String, String)]) -> Result<()> {
    let (host, cookie) = &people[0];
    let mut open = Vec::new();
    let mut list = "/review/list?kind=threat".to_owned();
    while open.len() < PEOPLE * 20 {
        let body = get(host, &list, cookie)?.2;
        open.extend(ids(&body));
        let Some(more) =
            body.split("href=\"").find(|part| part.starts_with("/review/list") && part.contains("after="))
        else {
            break;
        };
        list = more.split('"').next().unwrap_or_default().replace("&amp;", "&");
    }
    ensure!(!open.is_empty(), "nothing is open");
    let open = &open;
    let began = Instant::now();
    let took: Vec<Result<Vec<(usize, Duration)>>> = std::thread::scope(|scope| {
        let people: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(n, (host, cookie))| {
                scope.spawn(move || {
                    let mut took = Vec::new();
                    for id in open.iter().skip(n).step_by(PEOPLE) {
                        decide(host, cookie, id, &mut took)?;
                        std::thread::sleep(THINKS);
                    }
                    Ok(took)
                })
            })
            .collect();
        people.into_iter().map(|person| person.join().expect("a person does not panic")).collect()
    });
    let mut all = Vec::new();
    for person in took {
        all.extend(person?);
    }
    println!("\n{PEOPLE} people, {} decisions in {:.0} s", open.len(), began.elapsed().as_secs_f64());
    println!("\n| step | median | 95th percentile | longest |\n| --- | --- | --- | --- |");
    for (n, step) in ["the card", "asking for its words", "the words", "the decision"].iter().enumerate() {
        let took: Vec<Duration> = all.iter().filter(|(of, _)| *of == n).map(|(_, took)| *took).collect();
        println!("| {step} | {} | {} | {} |", at(&took, 50), at(&took, 95), at(&took, 100));
    }
    Ok(())
}

/// Shows a finding's words and confirms it, as the page does. Adds how long each step took.
fn decide(host: &str, cookie: &str, id: &str, took: &mut Vec<(usize, Duration)>) -> Result<()> {
    let card = format!("/review/item?id={id}");
    let token = |body: &str, action: &str| -> Result<String> {
        let form = body.split(&format!("action=\"{action}\"")).nth(1).context("the page has the form")?;
        let value = form.split("name=\"form\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(value.context("the form has a token")?.to_owned())
    };
    let mut timed = |step: usize, began: Instant| took.push((step, began.elapsed()));
    let began = Instant::now();
    let (_, _, body) = get(host, &card, cookie)?;
    timed(0, began);
    let form = format!("form={}&id={id}", token(&body, "/review/show")?);
    let began = Instant::now();
    let shown = post(host, "/review/show", cookie, &form)?;
    timed(1, began);
    let began = Instant::now();
    let (_, _, body) = get(host, &card, cookie)?;
    timed(2, began);
    let form = format!("form={}&id={id}&choice=confirm", token(&body, "/review/decide")?);
    let began = Instant::now();
    let decided = post(host, "/review/decide", cookie, &form)?;
    timed(3, began);
    ensure!(shown == 303 && decided == 303, "{id}: shown {shown}, decided {decided}");
    Ok(())
}

/// Sends a form as a browser does. Returns the status.
fn post(host: &str, path: &str, cookie: &str, form: &str) -> Result<u16> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(300)))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0))
}

fn ms(took: Duration) -> String {
    format!("{:.0} ms", took.as_secs_f64() * 1000.0)
}

fn at(took: &[Duration], percent: usize) -> String {
    let mut sorted = took.to_vec();
    sorted.sort();
    match sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))) {
        Some(took) => ms(*took),
        None => "–".to_owned(),
    }
}

/// Returns status, cookie set and body.
fn get(host: &str, path: &str, cookie: &str) -> Result<(u16, String, String)> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(300)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let set = text
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .and_then(|line| line.split(';').next());
    Ok((status, set.unwrap_or_default().to_owned(), text.into_owned()))
}

/// Makes the case: posts of a few thousand accounts over two weeks, one in eight of them threatening or exposing.
fn make(folder: &Path, case: &Path, posts: u64) -> Result<()> {
    let _none_there = fs::remove_dir_all(case);
    fs::create_dir_all(folder)?;
    let file = folder.join("posts.jsonl");
    let began = Instant::now();
    write_posts(&file, posts)?;
    let request = new::Request {
        root: case,
        name: None,
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: None,
        keep_until: None,
    };
    let (mut case_open, _) = new::new(&request, &given())?;
    let options = intake::Options::plain(intake::Limits::ordinary());
    let outcome =
        import::import_found(&mut case_open, &files::find(std::slice::from_ref(&file))?, &options, &given())?;
    ensure!(
        outcome.posts_in_case > posts / 2,
        "the posts were not read: {} in the case",
        outcome.posts_in_case
    );
    println!("imported {} posts after {:.0} s", outcome.posts_in_case, began.elapsed().as_secs_f64());
    let found = scan::scan(&mut case_open, &given())?;
    println!("{:?} after {:.0} s", found.counting, began.elapsed().as_secs_f64());
    if std::env::var("REDRESS_BENCH_TRACE").as_deref() == Ok("no") {
        println!("not traced");
    } else {
        trace::trace(&mut case_open, &trace::Request::default(), &given())?;
        println!("traced after {:.0} s", began.elapsed().as_secs_f64());
    }
    fs::write(case.join("done"), b"")?;
    Ok(())
}

fn write_posts(file: &Path, posts: u64) -> Result<()> {
    const SAYS: [&str; 16] = [
        "counted again this morning, nothing new",
        "who is the man at the box, anyone",
        "the county says it was a courier",
        "I will kill you if you come here again",
        "the weather is fine for voting",
        "long lines at the library",
        "his plate is RDR-0000",
        "please stop sharing this, he delivers mail",
        "watch the drop box tonight",
        "results come on friday",
        "thank you to the poll workers",
        "what does the law say about it",
        "saw the van near the school",
        "my ballot was counted",
        "they should look at the video",
        "coffee before the shift",
    ];
    let mut out = BufWriter::new(fs::File::create(file)?);
    // What people write differs, save for what is passed around: one post in ten is one of a thousand texts said again.
    let words = |n: u64| {
        let of = if n.is_multiple_of(10) { n / 10 % 1000 } else { n };
        let mut state = of.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bf0_3635;
        (0..6).fold(String::new(), |mut said, _| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = state >> 33;
            for letter in [word % 19, word / 19 % 5, word / 95 % 19, word / 1805 % 5] {
                said.push(char::from(b"bcdfghjklmnprstvwyz"[(letter % 19) as usize]));
                said.push(char::from(b"aeiou"[(letter % 5) as usize]));
            }
            said.push(' ');
            said
        })
    };
    for n in 0..posts {
        let account = n * 7919 % 5000;
        let second = 1_730_000_000 + n * 1_209_600 / posts.max(1);
        let at = Moment::from_seconds(i64::try_from(second)?, SaidBy::Platform).to_rfc3339();
        let id = 1_850_000_000_000_000_000 + n * 1000;
        writeln!(
            out,
            "{{\"_type\":\"snscrape.modules.twitter.Tweet\",\"url\":\"https://twitter.com/user_{account}/status/{id}\",\"date\":\"{at}\",\
             \"rawContent\":\"{} {}{n}\",\"id\":{id},\"user\":{{\"_type\":\"snscrape.modules.twitter.User\",\"username\":\"user_{account}\",\
             \"id\":{},\"displayname\":\"User {account}\"}},\"replyCount\":0,\"retweetCount\":0,\"likeCount\":1,\"quoteCount\":0,\"lang\":\"en\"}}",
            SAYS[(n * 31 % 16) as usize],
            words(n),
            500_000_000 + account,
        )?;
    }
    out.flush()?;
    Ok(())
}
