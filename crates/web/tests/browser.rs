//! The whole story in a real browser, in English and in Spanish: from an empty folder to a package for the police; every
//! page without a violation of WCAG 2.2 AA; with the keyboard alone; at 200 %; on a telephone; on paper.
//!
//! Pictures of every page go to `target/app-pictures`; those in docs/img were taken here.

#[path = "common/browser.rs"]
mod browser;
mod common;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use actions::demo;
use browser::{Browser, axe};
use common::{App, case_of, demo_case};
use pixels::drawn::{Words, photo, screen};
use serde_json::{Value, json};
use values::Platform;

const LONG: Duration = Duration::from_secs(3600);
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Ambiguous until somebody says which number is the day.
const CHAT: &str =
    "[11/4/25, 10:02:11 AM] Ana Example: good morning\n[12/1/25, 9:15:00 PM] Ben Example: <image omitted>\n";

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/app-pictures")
}

fn link(app: &App) -> String {
    app.links.lock().unwrap().last().cloned().unwrap()
}

fn address(app: &App, path: &str) -> String {
    format!("http://{}{path}", app.server.address())
}

/// Returns lines of a Spanish page that are English: those with several of its commonest words, outside what other people
/// wrote, sources' own titles, and codes.
fn english(browser: &Browser) -> Vec<String> {
    let lines = browser.run(
        "const text = [];
         const walk = (node) => {
            // Addresses, and the English name of an office behind its Spanish one, are what they are.
            if (node.nodeType === 3) { const words = node.textContent.replace(/https?:\\S+|\\([^)]*\\)/g, '').trim(); if (words) text.push(words); return; }
            if (node.nodeType !== 1 || node.matches('blockquote, code, textarea, script, style, [lang=en], .theirs, kbd')) return;
            node.childNodes.forEach(walk);
         };
         walk(document.querySelector('main'));
         return text",
        json!([]),
    );
    const COMMON: [&str; 14] =
        ["the", "and", "of", "is", "was", "that", "with", "this", "not", "are", "for", "it", "you", "your"];
    let lines = lines.as_array().cloned().unwrap_or_default();
    // Addresses, and the English name of an office behind its Spanish one, are what they are.
    let of = |line: &str| {
        line.split(|c: char| !c.is_alphabetic())
            .filter(|word| COMMON.contains(&word.to_lowercase().as_str()))
            .count()
    };
    lines.iter().filter_map(Value::as_str).filter(|line| of(line) >= 2).map(str::to_owned).collect()
}

/// Says what axe-core finds on the page, and what the browser complained about.
fn judge(browser: &Browser, axe: &str, name: &str) -> Vec<String> {
    // The driver runs scripts as itself: the page's policy forbids the page to, not the judge.
    browser.run(&format!("{axe}; return 1"), json!([]));
    let found = browser.run_async(
        "const done = arguments[0];
         axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']}})
            .then((r) => done(r.violations.map((v) => v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map((n) => n.html).join(' | '))))
            .catch((e) => done(['axe: ' + e]));",
        json!([]),
    );
    let mut problems: Vec<String> = found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|words| format!("{name}: {words}"))
        .collect();
    // Nothing on a page is wider than the page.
    let wide = browser.run(
        "return document.documentElement.scrollWidth > innerWidth + 1 ? document.documentElement.scrollWidth : 0",
        json!([]),
    );
    if wide != json!(0) {
        problems.push(format!("{name}: the page is {wide} wide"));
    }
    problems
        .extend(browser.complaints().into_iter().map(|words| format!("{name}: the browser says: {words}")));
    problems
}

/// What differs between the languages in the story.
struct Tongue {
    code: &'static str,
    asks: &'static str,
    safe: &'static str,
    found: &'static str,
    written: &'static str,
}

const TONGUES: [Tongue; 2] = [
    Tongue {
        code: "en",
        asks: "en-US",
        safe: "Are you in danger right now?",
        found: "It is read",
        written: "The package is written",
    },
    Tongue {
        code: "es",
        asks: "es-US",
        safe: "¿Está en peligro ahora mismo?",
        found: "Ya está leído",
        written: "El paquete está escrito",
    },
];

/// Goes through the story as a person would, looking at each page on the way.
fn story(tongue: &Tongue) {
    let folder = tempfile::tempdir().unwrap();
    let captures = demo::captures(&folder.path().join("captures")).unwrap();
    let home = folder.path().join("home");
    std::fs::create_dir(&home).unwrap();
    let app = App::start(None, &home, LONG);
    let axe = axe();
    let browser = Browser::start(tongue.asks, false);
    browser.size(1200, 900);
    let mut problems = Vec::new();
    let mut look = |name: &str| {
        problems.extend(judge(&browser, &axe, &format!("{} {name}", tongue.code)));
        if tongue.code == "es" {
            problems.extend(english(&browser).into_iter().map(|line| format!("es {name}: English: {line}")));
        }
        browser.picture(&pictures().join(format!("{}-{name}.png", tongue.code)));
    };

    let began = Instant::now();
    browser.go(&link(&app));
    browser.wait("input[name=role]");
    look("begin");
    browser.go(&address(&app, "/safe"));
    assert!(browser.text().contains(tongue.safe), "{}", browser.text());
    look("safe-first");
    browser.click("a.main");
    browser.click("input[value=postal]");
    browser.run("document.querySelector('#state').value = 'PA'", json!([]));
    browser.click("form[action='/begin'] button.main");
    browser.wait("#drop");
    look("save-empty");
    let files: Vec<String> = ["community-page.ndjson", "thread-next-morning.har"]
        .iter()
        .map(|name| captures.join(name).display().to_string())
        .collect();
    browser.write("#files", &files.join("\n"));
    browser.wait("#list[data-done='2']");
    let first_kept = began.elapsed();
    assert!(first_kept < Duration::from_secs(300), "the first item was kept after {first_kept:?}");
    println!("{}: first sight to two files kept: {:.1} s", tongue.code, first_kept.as_secs_f64());
    assert_eq!(
        browser.run("return document.querySelectorAll('#list [data-became=kept]').length", json!([])),
        json!(2)
    );
    look("save");
    // A chat whose dates read both ways: the app asks, with both readings and where the clock was.
    let chat = folder.path().join("_chat.txt");
    std::fs::write(&chat, CHAT).unwrap();
    browser.write("#files", &chat.display().to_string());
    browser.wait("#list[data-done='3']");
    look("save-asks");
    browser.click("#list .asks a");
    browser.wait("form[action='/dates/order']");
    look("dates");
    browser.run("document.querySelector('form[action=\"/dates/order\"] select').value = '1'", json!([]));
    browser.click("form[action='/dates/order'] button[value=month]");
    browser.wait("p.said");
    browser.go(&address(&app, "/kept"));
    browser.click("a[href^='/kept/file']");
    browser.wait("main h2");
    look("kept-file");
    browser.go(&address(&app, "/private"));
    browser.write("#names", "Sam Sample");
    browser.write("#addresses", "14 Sample Lane, Exampleville");
    browser.write("#phones", "(202) 555-0143");
    browser.write("#plates", "RDR-0000");
    look("private");
    browser.click("form[action='/private'] button.main");
    browser.wait("ul.tally");
    assert!(browser.text().contains(tongue.found), "{}", browser.text());
    look("found");
    browser.click("a.main");
    browser.wait("ul.numbers");
    // What was found a moment ago counts at once: an earlier plan would say that no date can be counted.
    assert!(browser.text().contains("2025-11-12"), "{}", browser.text());
    look("case");

    // The review, with single keys: show, confirm, show, reject, pass.
    browser.go(&address(&app, "/review"));
    look("review");
    browser.press(&["n"]);
    browser.wait(".hidden");
    look("item-hidden");
    browser.press(&["s"]);
    browser.wait("blockquote.post mark");
    look("item-shown");
    browser.press(&["y"]);
    browser.wait("p.said");
    browser.wait(".hidden");
    browser.press(&["s"]);
    browser.wait("blockquote.post");
    browser.press(&["n"]);
    browser.wait(".hidden");
    browser.press(&["u"]);
    browser.wait(".hidden");
    for _ in 0..4 {
        browser.press(&["s"]);
        browser.wait("blockquote.post");
        browser.press(&["y"]);
        browser.wait(".hidden, form[action='/review']");
    }
    browser.go(&address(&app, "/review/list?kind=dox"));
    look("list");
    browser.go(&address(&app, "/log"));
    look("log");
    for name in [
        "timeline",
        "map",
        "statements",
        "search?q=plate",
        "plan",
        "packages",
        "custody",
        "settings",
        "kept",
        "review/rest",
    ] {
        browser.go(&address(&app, &format!("/{name}")));
        if name == "map" {
            browser.wait("canvas[data-drawn]");
        }
        look(&name.replace(['/', '?', '='], "-"));
    }
    browser.go(&address(&app, "/statements"));
    browser.click("tbody th a");
    browser.wait("table.statements");
    look("account");
    browser.go(&address(&app, "/packages?for=police"));
    look("preview");
    browser.click("form[action='/packages'] button.main");
    browser.wait("p.big code");
    assert!(browser.text().contains(tongue.written), "{}", browser.text());
    look("written");
    let package = browser.run("return document.querySelector('p.big code').textContent", json!([]));
    let package = PathBuf::from(package.as_str().unwrap());
    let report = std::fs::read(package.join("data/report.pdf")).expect("the package holds a report");
    assert!(report.starts_with(b"%PDF"));
    browser.go(&address(&app, "/packages/nowhere"));
    look("sorry");

    browser.go(&address(&app, "/letters"));
    look("letters");
    browser.click("form[action='/letters/open'] button");
    browser.wait("textarea.letter");
    look("letter");
    // On paper stands the letter as it is in its box, and nothing else.
    browser.run("document.querySelector('textarea.letter').value = 'Sample letter.'; dispatchEvent(new Event('beforeprint'))", json!([]));
    browser.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert_eq!(browser.text().trim(), "Sample letter.");
    browser.cdp("Emulation.setEmulatedMedia", json!({"media": ""}));

    // Twice Escape leaves at once, and nothing is left to come back to.
    browser.go(&address(&app, "/case"));
    browser.complaints();
    browser.press(&[ESCAPE, ESCAPE]);
    let deadline = Instant::now() + Duration::from_secs(20);
    while !browser.at().ends_with("/out") {
        assert!(Instant::now() < deadline, "still at {}", browser.at());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(browser.text().trim(), "");
    browser.run("history.back()", json!([]));
    std::thread::sleep(Duration::from_millis(500));
    browser.go(&address(&app, "/case"));
    browser.complaints();
    let mut locked = judge(&browser, &axe, &format!("{} locked", tongue.code));
    locked.retain(|words| !words.contains("401"));
    browser.picture(&pictures().join(format!("{}-locked.png", tongue.code)));
    problems.extend(locked);
    problems.retain(|words| !(words.contains("sorry") && words.contains("404")));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn from_an_empty_folder_to_a_police_package_in_english() {
    story(&TONGUES[0]);
}

#[test]
fn from_an_empty_folder_to_a_police_package_in_spanish() {
    story(&TONGUES[1]);
}

/// A screenshot with its frames, posts by a picture, the lock: what the story does not pass by.
fn pictures_and_lock(asks: &str, code: &str) {
    let folder = tempfile::tempdir().unwrap();
    let captures = folder.path().join("captures");
    std::fs::create_dir(&captures).unwrap();
    let words = Words {
        name: "Example Watcher",
        handle: "example_watcher",
        time: "10:11 AM · Nov 4, 2025",
        text: "Who is the man with the gray hatchback? Plate RDR-0000. Somebody at the drop box on Example Street must know him.",
        counts: &["12", "3", "1,245", "6"],
    };
    let screenshot = captures.join("Screenshot_20251104_101111_com.twitter.android.png");
    screen(Platform::X, false, &words).rgb().save(&screenshot).unwrap();
    photo(3, 900, 700).save(captures.join("photo.png")).unwrap();
    let given = folder.path().join("given.jpg");
    image::imageops::resize(&photo(3, 900, 700), 450, 350, image::imageops::FilterType::Triangle)
        .save(&given)
        .unwrap();
    let root = case_of(folder.path(), &captures);
    let helpers = "127.0.0.1:0".parse().unwrap();
    let app = App::with_helpers(Some(root), folder.path(), LONG, Some(helpers));
    let axe = axe();
    let browser = Browser::start(asks, false);
    browser.size(1200, 900);
    let mut problems = Vec::new();
    let mut look = |name: &str| {
        problems.extend(judge(&browser, &axe, &format!("{code} {name}")));
        browser.picture(&pictures().join(format!("{code}-{name}.png")));
    };
    browser.go(&link(&app));
    browser.wait("ul.numbers");
    browser.go(&address(&app, "/review/list?kind=dox"));
    browser.click("tbody td a");
    browser.wait(".hidden");
    browser.press(&["s"]);
    browser.click("form[action='/review/uncover'] button");
    browser.wait(".boxed rect.frame");
    look("item-picture");
    // The frame lies on the picture where the words are, in whatever size the picture is shown.
    let lies = browser.run(
        "const img = document.querySelector('.boxed img'), box = img.getBoundingClientRect(), rect = document.querySelector('.boxed rect.frame');
         const seen = rect.getBoundingClientRect(), k = box.width / Number(img.getAttribute('width'));
         return img.complete && img.naturalWidth === Number(img.getAttribute('width'))
            && Math.abs(seen.left - box.left - rect.x.baseVal.value * k) < 5 && Math.abs(seen.top - box.top - rect.y.baseVal.value * k) < 5
            && document.activeElement.id.startsWith('picture-')",
        json!([]),
    );
    assert_eq!(lies, json!(true));
    browser.go(&address(&app, "/search"));
    look("search-empty");
    browser.write("input[data-picture]", &given.display().to_string());
    browser.wait("ol.line li");
    look("search-picture");
    assert_eq!(browser.run("return document.querySelectorAll('ol.line li').length", json!([])), json!(1));

    // A helper is made, and comes through the other door.
    browser.go(&address(&app, "/helpers"));
    browser.write("#name", "Ana");
    browser.click("input[value=reviewer]");
    browser.click("input[name=dox]");
    look("helpers");
    browser.click("form[action='/helpers'] button.main");
    browser.wait("p.big.link code");
    look("helper-made");
    let words = browser.run("return document.querySelector('p.big.link code').textContent", json!([]));
    browser.go(&format!("https://{}/", app.server.helpers().unwrap().0));
    browser.write("#name", "Ana");
    browser.write("#passphrase", words.as_str().unwrap());
    look("sign");
    browser.click("form[action='/sign'] button");
    browser.wait("ul.tally");
    look("helper-review");
    assert_eq!(browser.run("return document.querySelectorAll('nav.around a').length", json!([])), json!(0));

    browser.go(&address(&app, "/lock"));
    look("lock");
    for field in ["#passphrase", "#repeated"] {
        browser.write(field, "correct horse sample staple");
    }
    browser.click("form[action='/lock'] button");
    browser.wait("form[action='/unlock']");
    look("unlock");
    browser.write("#passphrase", "wrong");
    browser.click("form[action='/unlock'] button");
    browser.wait("p.note[role=alert]");
    let mut wrong = judge(&browser, &axe, &format!("{code} unlock-wrong"));
    browser.picture(&pictures().join(format!("{code}-unlock-wrong.png")));
    wrong.retain(|words| !words.contains("422"));
    std::thread::sleep(Duration::from_millis(1100));
    browser.write("#passphrase", "correct horse sample staple");
    browser.click("form[action='/unlock'] button");
    browser.wait("ul.numbers");
    problems.extend(wrong);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_picture_is_framed_found_and_the_case_locked_in_english() {
    pictures_and_lock("en-US", "en");
}

#[test]
fn a_picture_is_framed_found_and_the_case_locked_in_spanish() {
    pictures_and_lock("es-US", "es");
}

const PAGES: [&str; 20] = [
    "safe",
    "begin",
    "private",
    "save",
    "kept",
    "dates",
    "lock",
    "case",
    "review",
    "review/list?kind=dox",
    "log",
    "timeline",
    "map",
    "statements",
    "search?q=plate",
    "plan",
    "letters",
    "packages",
    "custody",
    "settings",
];

#[test]
fn on_a_telephone_at_two_hundred_percent_and_in_the_dark() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let axe = axe();
    let browser = Browser::start("en-US", true);
    browser.size(390, 844);
    browser.go(&link(&app));
    browser.wait("ul.numbers");
    let dark = browser.run("return matchMedia('(prefers-color-scheme: dark)').matches", json!([]));
    if dark != json!(true) {
        browser.cdp(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
        );
    }
    let mut problems = Vec::new();
    for (name, width, height) in [("phone", 390, 844), ("zoomed", 640, 480), ("narrow", 320, 640)] {
        browser.size(width, height);
        for page in PAGES {
            browser.go(&address(&app, &format!("/{page}")));
            if page == "map" {
                browser.wait("canvas[data-drawn]");
            }
            problems.extend(judge(&browser, &axe, &format!("{name} {page}")));
            if name == "phone" {
                browser.picture(
                    &pictures().join(format!("dark-{name}-{}.png", page.replace(['/', '?', '='], "-"))),
                );
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Everything that can be done is reached with Tab, and the place of the focus is always seen.
#[test]
fn with_the_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let browser = Browser::start("en-US", false);
    browser.size(1200, 900);
    browser.go(&link(&app));
    browser.wait("ul.numbers");
    let mut short = Vec::new();
    for page in PAGES {
        browser.go(&address(&app, &format!("/{page}")));
        // What lies in a closed <details> is reached after its summary was opened, and not counted here.
        let wanted = browser.run(
            "return [...document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary, canvas')]
                .filter((e) => e.getClientRects().length && e.checkVisibility() && e.tabIndex >= 0 && !(e.type === 'radio')).length",
            json!([]),
        ).as_u64().unwrap();
        browser.run("window.reached = new Set(); window.unseen = [];
            document.addEventListener('focusin', (event) => {
                window.reached.add(event.target);
                const style = getComputedStyle(event.target);
                const near = getComputedStyle(event.target.parentElement.querySelector('label') || event.target);
                if (event.target.matches(':focus-visible') && style.outlineStyle === 'none' && near.outlineStyle === 'none')
                    window.unseen.push(event.target.outerHTML.slice(0, 120));
            });", json!([]));
        // A field for day and time has a stop for each of its parts.
        let parts = browser.run(
            "return document.querySelectorAll('input[type=date], input[type=datetime-local]').length * 8",
            json!([]),
        );
        for _ in 0..wanted.min(400) + 3 + parts.as_u64().unwrap() {
            browser.press(&[TAB]);
        }
        let reached = browser
            .run("return [...window.reached].filter((e) => e.type !== 'radio').length", json!([]))
            .as_u64()
            .unwrap();
        if reached + 1 < wanted.min(400) {
            short.push(page);
        }
        assert_eq!(browser.run("return window.unseen", json!([])), json!([]), "{page}");
    }
    assert!(short.is_empty(), "pages on which not everything is reached with Tab: {short:?}");
    // From the list to a decision without a pointer: the skip link first, then a link in the table, then single keys.
    browser.go(&address(&app, "/review"));
    browser.press(&[TAB]);
    let skip = browser.run("return document.activeElement.className", json!([]));
    assert_eq!(skip, json!("skip"));
    browser.press(&[ENTER]);
    assert_eq!(browser.run("return document.activeElement.id", json!([])), json!("main"));
    browser.run("document.querySelector('form[action=\"/review\"] button').focus()", json!([]));
    browser.press(&[ENTER]);
    browser.wait(".hidden");
    browser.press(&["s"]);
    browser.wait("blockquote.post");
    browser.press(&["y"]);
    browser.wait("p.said");
}

#[test]
fn on_paper_stands_what_the_page_says_and_nothing_to_press() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let browser = Browser::start("en-US", false);
    browser.go(&link(&app));
    browser.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    for page in ["plan", "statements", "case"] {
        browser.go(&address(&app, &format!("/{page}")));
        let shown = browser.run(
            "return [...document.querySelectorAll('button, .button, nav, header, footer')].filter((e) => e.getClientRects().length && !e.closest('main p')).map((e) => e.outerHTML.slice(0, 100))",
            json!([]),
        );
        assert_eq!(shown, json!([]), "{page}");
        assert!(browser.text().len() > 200, "{page}");
    }
}
