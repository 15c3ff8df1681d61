//! Posts written to break a document, a table, a terminal or a load file are shown as the characters they are.

mod common;

use common::*;
use proptest::prelude::*;
use report::{Category, Language, Options, Paper, Recipient, RedactionMap, Refused, package};

/// Each would do something if it were taken for code by what it is aimed at.
const HOSTILE: [&str; 12] = [
    "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\": * $x^2$ *bold* = Heading \\ #panic() ] } )",
    "#set page(width: 1pt)\n= A heading of theirs\n- a list of theirs",
    "</blockquote><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u{202e}txet sdrawkcab\u{202c} \u{2066}iso\u{2069} \u{200f}",
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "\u{1b}]0;title\u{7}\u{1b}[31mred\u{1b}[0m",
    "þ\u{14}þ another field ®",
    "{\"a\":1}\u{0}\u{1}\u{7f}",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a} 你好 שלום مرحبا \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u{fdd0}\u{ffff}\u{e000}\u{10fffd}",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

#[test]
fn hostile_words_are_inert_everywhere() {
    let mut dossier = dossier();
    for (index, text) in HOSTILE.iter().enumerate() {
        let exhibit = &mut dossier.exhibits[index % 6];
        exhibit.post.text.push_str(&format!("\n{text}"));
        exhibit.findings[0].quote = (*text).to_owned();
        exhibit.post.author.name = Some((*text).to_owned());
        exhibit.sightings[0].file = (*text).to_owned();
        dossier.case = (*text).to_owned();
    }
    for recipient in [Recipient::Police, Recipient::Counsel, Recipient::Public] {
        let package = made(&dossier, recipient, &english());
        let folder = written(&format!("hostile-{recipient}"), &bagged(&package));
        let words = words_of(&folder, "data/report.pdf");
        for wanted in [
            "#read(\"/etc/passwd\")",
            "= A heading of theirs",
            "<script>alert(1)</script>",
            "⟨U+202E⟩txet",
            "⟨U+001B⟩]0;title",
        ] {
            assert!(words.contains(wanted), "{recipient} lacks {wanted}");
        }
        assert!(!words.contains('\u{202e}') && !words.contains('\u{1b}'));
        let output = judge(&folder, "qpdf", &["--check", "data/report.pdf"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        for (name, bytes) in &package.files {
            if name.ends_with(".csv") {
                let table = String::from_utf8(bytes.clone()).unwrap();
                for start in ["\"=", "\"@S", "\"+", "\"-"] {
                    assert!(!table.contains(start), "{name} holds a cell that starts with {start}");
                }
                assert!(!table.contains('\u{1b}') && !table.contains('\u{0}'), "{name}");
            }
            if name.ends_with(".html") {
                let page = String::from_utf8(bytes.clone()).unwrap();
                assert!(!page.contains("<script>alert") && !page.contains("<img"), "{name}");
                assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "{name}");
            }
        }
    }
    let package = made(&dossier, Recipient::Counsel, &english());
    assert_eq!(dat_rows(&package).len(), dossier.exhibits.len() + 1, "the exhibits and the log of reports");
}

#[test]
fn a_leak_past_the_map_is_refused_by_place() {
    let map = RedactionMap::of(&private());
    let mut leaky = dossier();
    // A ledger line is never covered, since covering it would break its proof: the check must stop it.
    leaky.exhibits[1].ledger_line = Some("{\"note\":\"r d r 0000\"}".into());
    let refused = package(&leaky, Recipient::Public, &english(), &map, &mut originals).unwrap_err();
    let said = refused.to_string();
    assert!(matches!(refused, Refused::Leak(_)));
    assert!(
        said.starts_with(
            "data/exhibits/EX-0002/ledger-line.json, line 1, would show a private licence plate"
        ),
        "{said}"
    );
}

/// Ways a stranger writes a private text so that a simple search does not find it.
fn dressed(plain: &str, way: usize) -> String {
    let each = |f: &dyn Fn(char) -> String| plain.chars().map(f).collect::<String>();
    match way % 10 {
        0 => plain.to_owned(),
        1 => plain.to_uppercase(),
        2 => each(&|c| format!("{c} ")),
        3 => each(&|c| format!("{c}\u{200b}")),
        4 => each(&|c| format!("{c}.")),
        5 => each(&|c| {
            if c.is_ascii_graphic() {
                char::from_u32(c as u32 + 0xfee0).unwrap().to_string()
            } else {
                c.to_string()
            }
        }),
        6 => plain.replace('o', "0").replace('e', "3").replace('O', "0"),
        7 => plain.replace('a', "а").replace('e', "е").replace('o', "о"),
        8 => plain.replace(' ', "\n"),
        _ => each(&|c| format!("{c}\u{301}")),
    }
}

const SECRETS: [&str; 7] = [
    "Jordan Tamsin-Quill",
    "12 Elmgrove Street",
    "(202) 555-0143",
    "jordan.quill@example.org",
    "RDR-0000",
    "Casey",
    "Elmgrove St",
];

/// Folds by other means than the map does: what a careful reader would still read.
fn read(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'а' => Some('a'),
            'е' => Some('e'),
            'о' | '0' => Some('o'),
            '3' => Some('e'),
            c if ('\u{ff01}'..='\u{ff5e}').contains(&c) => char::from_u32(c as u32 - 0xfee0).map(|c| {
                if c == '0' {
                    'o'
                } else if c == '3' {
                    'e'
                } else {
                    c.to_ascii_lowercase()
                }
            }),
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_map_covers_what_it_knows_in_any_dress(
        before in "[ -~é你]{0,20}", after in "[ -~é你]{0,20}", secret in 0..SECRETS.len(), way in 0..10_usize,
    ) {
        let map = RedactionMap::of(&private());
        let text = format!("{before} {} {after}", dressed(SECRETS[secret], way));
        let (covered, what) = map.text(Recipient::Public, Language::English, &text);
        prop_assert!(!what.is_empty(), "nothing was covered in {text:?}");
        prop_assert!(!read(&covered).contains(&read(SECRETS[secret])), "{text:?} became {covered:?}");
        // Covering again changes nothing, so what left is what the check will pass.
        prop_assert_eq!(map.text(Recipient::Public, Language::English, &covered).0, covered);
    }

    #[test]
    fn any_text_can_be_covered_without_panic(text in any::<String>(), secret in "\\PC{0,12}") {
        let mut map = RedactionMap::of(&private());
        map.add(Category::Other, &secret);
        let (covered, _) = map.text(Recipient::Public, Language::Spanish, &text);
        prop_assert!(map.find(Recipient::Public, &covered, true).is_empty(), "{covered:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// Puts a private text anywhere a stranger's words can come in, makes the whole package, and searches every file.
    #[test]
    fn no_file_of_a_public_package_shows_it(secret in 0..SECRETS.len(), way in 0..10_usize, place in 0..9_usize, recipient in 0..4_usize) {
        let recipient = [Recipient::Public, Recipient::Police, Recipient::Platform, Recipient::Employer][recipient];
        let text = format!("see {} there", dressed(SECRETS[secret], way));
        let mut dossier = dossier();
        dossier.exhibits.truncate(2);
        dossier.exhibits[1].post.text = "nothing".into();
        dossier.exhibits[1].findings[0].quote = "nothing".into();
        let exhibit = &mut dossier.exhibits[0];
        match place {
            0 => exhibit.post.text = text,
            1 => exhibit.findings[0].quote = text,
            2 => exhibit.sightings[0].file = text,
            3 => exhibit.post.author.name = Some(text),
            4 => exhibit.post.community.as_mut().unwrap().name = Some(text),
            5 => dossier.case = text,
            6 => dossier.custody[0].by = text,
            7 => exhibit.findings[0].why = Some(text),
            _ => exhibit.post.platform_note = Some(text),
        }
        let options = Options::new(Language::English, Paper::A4);
        let package = package(&dossier, recipient, &options, &RedactionMap::of(&private()), &mut originals).unwrap();
        let folder = written("leak-property", &package.files);
        let wanted = read(SECRETS[secret]);
        let pdf = words_of(&folder, "data/report.pdf");
        prop_assert!(!read(&pdf).contains(&wanted), "the PDF shows it:\n{pdf}");
        for (name, bytes) in &package.files {
            prop_assert!(!read(name).contains(&wanted));
            if !name.ends_with(".pdf") {
                prop_assert!(!read(&String::from_utf8_lossy(bytes)).contains(&wanted), "{name} shows it");
            }
        }
    }
}
