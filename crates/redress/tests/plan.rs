//! The plan, the elements and the log of reports from the command line: what is marked, answered and reported is kept in
//! the ledger, and the calendar is read by an independent reader.

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use common::{files, new_case, run};
use serde_json::Value;

/// A small case: a threat by telephone and a posted plate, confirmed by a person.
fn case(folder: &std::path::Path) -> String {
    let case = new_case(folder);
    let calls = [
        ("2026-10-29 19:40", "We know where you live. I will kill you if you carry ballots again."),
        ("2026-11-02 08:05", "I will shoot you next time, mule. You stuffed the drop box."),
    ];
    for (when, words) in calls {
        let (code, _, error) = run(&["log", &case, "call", "--when", when, "--words", words]);
        assert_eq!(code, 0, "{error}");
    }
    for words in [&["scan", &case][..], &["review", &case, "confirm", "--all-open", "--by", "A. Helper"][..]]
    {
        let (code, out, error) = run(words);
        assert_eq!(code, 0, "{out}{error}");
    }
    case
}

fn json(words: &[&str]) -> Value {
    let mut all = vec!["--json"];
    all.extend(words);
    let (code, out, error) = run(&all);
    assert_eq!(code, 0, "{words:?}: {out}{error}");
    serde_json::from_str(&out).expect("one JSON object")
}

fn ids(list: &Value) -> BTreeSet<String> {
    let rows = list.as_array().expect("a list");
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_step_is_marked_as_done_and_open_again() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let before = json(&["plan", &case]);
    assert_eq!(before["progress"][0], 0);
    assert!(before["urgent"].as_bool().unwrap());
    let (code, out, _) = run(&[
        "plan",
        &case,
        "done",
        "safe-now",
        "tell-one",
        "--note",
        "with my sister",
        "--by",
        "A. Helper",
    ]);
    assert!(code == 0 && out.contains("safe-now") && out.contains("A. Helper"), "{out}");
    let after = json(&["plan", &case]);
    assert_eq!(after["progress"][0], 2);
    let step = |plan: &Value| {
        let steps = plan["steps"].as_array().unwrap();
        steps.iter().find(|step| step["id"] == "safe-now").unwrap().clone()
    };
    assert_eq!(step(&after)["done"], true);
    assert_eq!(step(&after)["marked"]["note"], "with my sister");
    let (code, out, _) = run(&["plan", &case, "undo", "safe-now", "--language", "es"]);
    assert!(code == 0 && out.starts_with("Abierto de nuevo: safe-now"), "{out}");
    assert_eq!(step(&json(&["plan", &case]))["done"], false);

    // An id that is no step's marks nothing, not even the right one beside it.
    let ledger = files(&std::path::Path::new(&case).join("ledger"));
    let (code, _, error) = run(&["plan", &case, "done", "safe-now", "no-such-step"]);
    assert!(code == 2 && error.contains("no step of the plan"), "{error}");
    assert_eq!(files(&std::path::Path::new(&case).join("ledger")), ledger);
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn the_plan_tells_every_row_with_its_age_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    for (language, read, unverified, headings) in [
        (
            "en",
            "Source read on",
            "Unverified:",
            ["WHOM TO TELL", "DATES THAT MAY RUN OUT", "COMPARABLE CASES"],
        ),
        (
            "es",
            "Fuente leída el",
            "Sin verificar:",
            ["A QUIÉN AVISAR", "FECHAS QUE PUEDEN VENCER", "CASOS COMPARABLES"],
        ),
    ] {
        let (code, out, error) = run(&["plan", &case, "--all", "--language", language]);
        assert_eq!(code, 0, "{error}");
        for heading in headings {
            assert!(out.contains(heading), "{heading} is not in:\n{out}");
        }
        let plan = json(&["plan", &case, "--language", language]);
        for table in ["steps", "deadlines", "precedents"] {
            for row in plan[table].as_array().unwrap() {
                let standing = row["standing"].as_str().unwrap();
                assert!(standing.starts_with(read) || standing.starts_with(unverified), "{table}: {row}");
            }
        }
        for row in plan["channels"].as_array().unwrap() {
            let status = row["status"].as_str().unwrap();
            assert!(status.contains(read) || status.contains(unverified), "{row}");
        }
    }
    let plan = json(&["plan", &case]);
    assert!(ids(&plan["channels"]).contains("uspis"), "a carrier is sent to the inspectors");
    assert_eq!(plan["channels"][0]["id"], "local-911");
    let later = plan["later"].as_array().unwrap();
    assert!(later.iter().any(|row| row["day"] == "2026-11-02" && row["passed"] == false), "{later:?}");
}

/// A frightened person reads the top of the screen: what to do now stands there, in few lines, and why on asking.
#[test]
fn the_plan_is_short_and_what_comes_first_stands_first() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    for (language, headings, doubt) in [
        (
            "en",
            [
                "IN THE FIRST HOUR",
                "ON THE FIRST DAY",
                "WHOM TO TELL",
                "DATES THAT MAY RUN OUT",
                "IN THE FIRST WEEK",
            ],
            "unverified",
        ),
        (
            "es",
            [
                "EN LA PRIMERA HORA",
                "EL PRIMER DÍA",
                "A QUIÉN AVISAR",
                "FECHAS QUE PUEDEN VENCER",
                "EN LA PRIMERA SEMANA",
            ],
            "sin verificar",
        ),
    ] {
        let (code, out, error) = run(&["plan", &case, "--language", language]);
        assert_eq!(code, 0, "{error}");
        let places: Vec<usize> = headings.iter().map(|heading| out.find(heading).expect(heading)).collect();
        assert!(places.is_sorted(), "{places:?}:\n{out}");
        assert!(out.starts_with(['I', '¿']) && out.lines().next().unwrap().contains("911"), "{out}");
        assert!(out.lines().count() < 190, "{} lines:\n{out}", out.lines().count());
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
        let (_, whole, _) = run(&["plan", &case, "--all", "--language", language]);
        assert!(whole.lines().count() > 3 * out.lines().count(), "the rest is there on asking");

        // Every open step of the person and the family is there, with its id and by when; a row nobody read says so.
        let plan = json(&["plan", &case, "--language", language]);
        let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
        for step in plan["steps"].as_array().unwrap().iter().filter(|step| step["for_whom"] != "employer") {
            let (id, due) = (step["id"].as_str().unwrap(), step["due"].as_str().unwrap());
            let doubt = if step["unverified"] == true { format!(", {doubt}") } else { String::new() };
            assert!(flat.contains(&format!("{due}{doubt}) [{id}]")), "{id} in:\n{out}");
        }
        for date in plan["deadlines"].as_array().unwrap() {
            let doubt = if date["unverified"] == true { format!(", {doubt}") } else { String::new() };
            let line =
                format!("{}{doubt} [{}]", date["what"].as_str().unwrap(), date["id"].as_str().unwrap());
            assert!(flat.contains(&line), "{line} in:\n{out}");
        }
    }

    let (code, out, error) = run(&["plan", &case, "show", "police-report", "uspis", "def-pa"]);
    assert_eq!(code, 0, "{error}");
    for words in [
        "[police-report]",
        "[uspis]",
        "Have ready:",
        "[def-pa]",
        "42 Pa.C.S. § 5523(1)",
        "check with counsel",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains("[safe-now]"), "only what was asked for: {out}");
    let shown = json(&["plan", &case, "show", "police-report"]);
    assert_eq!((ids(&shown["steps"]).len(), ids(&shown["channels"]).len()), (1, 0));
    let (code, _, error) = run(&["plan", &case, "show", "no-such-row"]);
    assert!(code == 2 && error.contains("no row of this plan"), "{error}");
}

/// What runs out within three days stands above the first hour.
#[test]
fn a_date_that_is_near_stands_on_top() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    // The recordings of 911 and dispatch are overwritten after 30 days: 29 ago, one is left.
    let output =
        Command::new("date").args(["-u", "-d", "-29 days", "+%Y-%m-%d"]).output().expect("date runs");
    let when = format!("{} 20:00", String::from_utf8_lossy(&output.stdout).trim());
    let words = "We know where you live. I will kill you if you carry ballots again.";
    let (code, _, error) = run(&["log", &case, "call", "--when", &when, "--words", words]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = run(&["scan", &case]);
    assert_eq!(code, 0, "{error}");
    let (_, out, _) = run(&["plan", &case]);
    let (soon, hour) =
        (out.find("RUNS OUT WITHIN THREE DAYS").expect("a near date"), out.find("IN THE FIRST HOUR"));
    assert!(soon < hour.unwrap() && out[soon..hour.unwrap()].contains("[records-911]"), "{out}");
    assert!(!out[hour.unwrap()..].contains("[records-911]"), "said once: {out}");
}

/// A chat export writes 5/11/25: until a person says which is the day, dates are counted from the earlier reading, and say so.
#[test]
fn dates_count_from_the_earlier_reading_until_day_and_month_are_settled() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let chat = folder.path().join("WhatsApp Chat with Example Group.txt");
    let lines = "5/11/25, 10:02 - Example One: I will kill you if you carry ballots again.\n\
                 6/11/25, 11:15 - Example Two: We know where you live. You stuffed the drop box.\n";
    std::fs::write(&chat, lines).unwrap();
    let chat = chat.to_str().unwrap();
    let import = |words: &[&str]| {
        let all: Vec<&str> = ["import", &case, chat].iter().chain(words).copied().collect();
        let (code, out, error) = run(&all);
        assert!(code <= 1, "{out}{error}");
        let (code, said, error) = run(&["scan", &case]);
        assert_eq!(code, 0, "{said}{error}");
        out
    };
    let suit = |plan: &Value| {
        let dates = plan["deadlines"].as_array().unwrap();
        dates.iter().find(|date| date["id"] == "def-pa").expect("the time to sue").clone()
    };
    let asked = import(&[]);
    assert!(asked.contains("A question is open") && asked.contains("--first day"), "{asked}");
    let calendar = folder.path().join("dates.ics");
    let calendar = calendar.to_str().unwrap();
    let open = json(&["plan", &case, "--calendar", calendar]);
    assert_eq!(suit(&open)["counted_from"], "2025-05-11", "11 May is before 5 November: {open}");
    assert!(suit(&open)["basis"].as_str().unwrap().contains("may be the other way round"), "{open}");
    let unfolded = std::fs::read_to_string(calendar).unwrap().replace("\r\n ", "");
    assert!(
        unfolded.contains("DTSTART;VALUE=DATE:20260511") && unfolded.contains("may be the other way round")
    );
    assert_eq!(open["dates_open"], serde_json::json!(["WhatsApp Chat with Example Group.txt"]));
    for more in [&[][..], &["--all"]] {
        let (_, out, _) = run(&[&["plan", case.as_str()], more].concat());
        assert!(out.contains("Dates not settled in: WhatsApp Chat with Example Group.txt"), "{out}");
    }
    let (_, out, _) = run(&["plan", &case, "--language", "es"]);
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("2026-05-11") && flat.contains("pueden estar invertidos"), "{out}");

    let asked = import(&["--first", "day"]);
    assert!(!asked.contains("A question is open"), "{asked}");
    let settled = json(&["plan", &case]);
    assert_eq!(suit(&settled)["counted_from"], "2025-11-05", "{settled}");
    assert!(settled.get("dates_open").is_none(), "{settled}");
    // The answer stays with the file: the same bytes again, without it, change nothing.
    let again = import(&[]);
    assert!(again.contains("had it") && !again.contains("A question is open"), "{again}");
    assert_eq!(suit(&json(&["plan", &case]))["counted_from"], "2025-11-05");
    let ledger = std::fs::read_to_string(Path::new(&case).join("ledger/log")).unwrap();
    assert!(ledger.contains("whatsapp/2 first=day"), "{ledger}");
    assert!(
        !suit(&settled)["basis"].as_str().unwrap().contains("other way round")
            && settled["dates_unsettled"].is_null()
    );
}

/// The calendar is read by PyPI's `icalendar`, which knows nothing of redress.
#[test]
fn another_program_reads_the_calendar() {
    const READ: &str = "
import sys, json, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
events = [e for e in calendar.walk('VEVENT')]
assert not calendar.errors and all(not e.errors for e in events), 'errors'
print(json.dumps([{
  'uid': str(e['UID']), 'start': e.decoded('DTSTART').isoformat(), 'end': e.decoded('DTEND').isoformat(),
  'summary': str(e['SUMMARY']), 'alarms': [str(a['TRIGGER'].dt) for a in e.walk('VALARM')],
} for e in events]))
";
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    for language in ["en", "es"] {
        let path = folder.path().join(format!("dates-{language}.ics"));
        let path = path.to_str().unwrap();
        let plan = json(&["plan", &case, "--calendar", path, "--language", language]);
        let output = Command::new("python3")
            .args(["-c", READ, path])
            .output()
            .unwrap_or_else(|error| panic!("python3 does not run ({error}); scripts/test installs it"));
        assert!(
            output.status.success(),
            "icalendar does not read it (scripts/test installs it): {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let events: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let uids: BTreeSet<&str> = events.iter().map(|event| event["uid"].as_str().unwrap()).collect();
        assert_eq!(uids.len(), events.len(), "no uid twice");
        for deadline in plan["deadlines"].as_array().unwrap() {
            let id = format!("deadline-{}-", deadline["id"].as_str().unwrap());
            let event = events.iter().find(|event| event["uid"].as_str().unwrap().starts_with(&id));
            let event = event.unwrap_or_else(|| panic!("no event for {id}"));
            assert_eq!(event["start"], deadline["last_day"], "{event}");
            let alarms = event["alarms"].as_array().unwrap().len();
            assert_eq!(alarms, if deadline["passed"] == true { 0 } else { 2 }, "{event}");
            assert!(
                event["summary"].as_str().unwrap().contains(deadline["what"].as_str().unwrap()),
                "{event}"
            );
        }
        for step in plan["steps"].as_array().unwrap() {
            let id = format!("step-{}-", step["id"].as_str().unwrap());
            let event = events.iter().find(|event| event["uid"].as_str().unwrap().starts_with(&id));
            assert_eq!(event.expect("every open step")["start"], step["due"]);
        }
    }
}

#[test]
fn three_sheets_are_written_to_print() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    for (language, expected) in [("en", "Call 911 first"), ("es", "Llame primero al 911")] {
        let sheets = folder.path().join(language);
        let (code, _, error) =
            run(&["plan", &case, "--language", language, "--sheets", sheets.to_str().unwrap()]);
        assert_eq!(code, 0, "{error}");
        let written = files(&sheets);
        let names: Vec<&str> = written.keys().map(String::as_str).collect();
        for name in ["plan-for-employer.pdf", "plan-for-family.pdf", "plan-for-you.pdf"] {
            let path = sheets.join(name);
            let check = Command::new("qpdf").arg("--check").arg(&path).output();
            let check =
                check.unwrap_or_else(|error| panic!("qpdf does not run ({error}); scripts/test installs it"));
            assert!(check.status.success(), "{name}: {}", String::from_utf8_lossy(&check.stdout));
            let words = Command::new("pdftotext").arg(&path).arg("-").output().expect("pdftotext runs");
            let words = String::from_utf8_lossy(&words.stdout).into_owned();
            assert!(words.contains(expected) && !words.contains("We know where you live"), "{name}: {words}");
        }
        for name in ["plan-for-employer.txt", "plan-for-family.txt", "plan-for-you.txt"] {
            assert!(names.contains(&name), "{names:?}");
            let text = String::from_utf8(written[name].clone()).unwrap();
            assert!(text.contains(expected), "{name}");
            assert!(!text.contains("We know where you live"), "a sheet may lie on a table: {name}");
            for line in text.lines().filter(|line| !line.contains("://")) {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        }
    }
}

#[test]
fn an_element_is_answered_by_a_person_and_never_by_redress() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let find = |table: &Value| {
        let rows = table["provisions"].as_array().unwrap();
        rows.iter().find(|row| row["id"] == "us-18-875c").expect("interstate threats").clone()
    };
    let before = find(&json(&["elements", &case]));
    assert_eq!(before["answered"][0], 0);
    assert!(!before["doctrine"].as_array().unwrap().is_empty(), "doctrine stands beside it");
    let elements = before["elements"].as_array().unwrap();
    assert!(elements[0]["proposed"].as_array().unwrap().contains(&"EX-0001".into()), "{before}");
    for element in elements {
        assert!(element["missing"].is_string(), "what nobody answered is missing: {element}");
        if element["person_only"] == true {
            assert!(element["proposed"].as_array().unwrap().is_empty(), "{element}");
        }
    }
    let answer =
        ["elements", &case, "answer", "us-18-875c", "1", "--exhibit", "EX-0001", "--why", "a telephone call"];
    let (code, out, error) = run(&answer);
    assert!(code == 0 && out.contains("[x]"), "{out}{error}");
    let after = find(&json(&["elements", &case]));
    assert_eq!(
        (&after["answered"][0], &after["elements"][0]["answer"]["why"]),
        (&1.into(), &"a telephone call".into())
    );
    assert!(after["elements"][0]["missing"].is_null());
    for (words, expected) in [
        (vec!["answer", "us-18-875c", "99", "--exhibit", "1"], "is none of them"),
        (vec!["answer", "us-18-875c", "1", "--exhibit", "EX-0099"], "no exhibit EX-0099"),
        (vec!["answer", "us-18-875c", "1"], "needs an exhibit or words"),
        (vec!["answer", "no-law", "1", "--why", "x"], "no law redress knows"),
        (vec!["answer"], "Name the law"),
    ] {
        let words: Vec<&str> = ["elements", &case].into_iter().chain(words).collect();
        let (code, _, error) = run(&words);
        assert!(code == 2 && error.contains(expected), "{error}");
    }
    let (code, ..) = run(&["elements", &case, "undo", "us-18-875c", "1"]);
    assert_eq!(code, 0);
    assert_eq!(find(&json(&["elements", &case]))["answered"][0], 0);
    let (code, out, _) = run(&["elements", &case, "--language", "es"]);
    assert!(code == 0 && out.contains("Lo que la limita") && out.contains("Sin respuesta"), "{out}");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn silence_is_counted_and_a_mistake_counts_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let add = |to: &str, when: &str| {
        json(&[
            "report",
            &case,
            "add",
            "--to",
            to,
            "--when",
            when,
            "--exhibit",
            "EX-0001",
            "--ticket",
            "0000-0001",
        ])
    };
    let first = add("x", "2026-10-30");
    let wrong = add("facebook", "2026-10-31");
    let police = add("local-police-report", "2026-11-01 09:30");
    assert!(first["silent_days"].as_i64().unwrap() >= 20, "{first}");
    assert_eq!(police["to_name"], "Local police, non-emergency: incident report");
    let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
    let answered = json(&[
        "report",
        &case,
        "answer",
        &id(&first),
        "--when",
        "2026-11-02",
        "--outcome",
        "declined",
        "--words",
        "We found no violation.",
    ]);
    assert!(answered["silent_days"].is_null(), "{answered}");
    json(&["report", &case, "answer", &id(&wrong), "--outcome", "mistaken"]);
    let log = json(&["report", &case]);
    assert_eq!((&log["silent"], &log["mistakes"]), (&1.into(), &1.into()));
    assert_eq!(log["rows"].as_array().unwrap().len(), 2);
    let (code, out, _) = run(&["report", &case, "list", "--language", "es"]);
    assert!(
        code == 0
            && out.contains("sin respuesta sobre el fondo")
            && out.contains("rechazado “We found no violation.”"),
        "{out}"
    );
    assert_eq!(json(&["plan", &case])["reports"].as_array().unwrap().len(), 2);

    for (words, expected) in [
        (vec!["add", "--to", "nobody", "--when", "2026-11-01"], "no recipient redress knows"),
        (vec!["add", "--to", "x"], "Add --when"),
        (vec!["add", "--to", "x", "--when", "2126-11-01"], "lies in the future"),
        (vec!["add", "--to", "x", "--when", "2026-11-01", "--rule", "no-rule"], "no rule redress knows"),
        (vec!["add", "--to", "x", "--when", "2026-11-01", "--exhibit", "EX-0099"], "no exhibit EX-0099"),
        (vec!["answer", "ffffffff", "--when", "2026-11-01", "--outcome", "removed"], "There is no report"),
        (vec!["answer", "ffffffff", "--when", "2026-11-01"], "What came back?"),
    ] {
        let words: Vec<&str> = ["report", &case].into_iter().chain(words).collect();
        let (code, _, error) = run(&words);
        assert!(code == 2 && error.contains(expected), "{expected}: {error}");
    }
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn what_a_person_adds_to_the_case_changes_dates() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let settings = format!("{case}/case.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    assert!(!ids(&json(&["plan", &case])["deadlines"]).contains("def-ri"));
    std::fs::write(&settings, format!("{text}speaker_states = [\"ri\"]\nlearned = \"2026-11-03\"\n"))
        .unwrap();
    assert!(ids(&json(&["plan", &case])["deadlines"]).contains("def-ri"));
    for (line, expected) in
        [("speaker_states = [\"Ohio\"]\n", "is no state"), ("learned = \"lately\"\n", "is no day")]
    {
        std::fs::write(&settings, format!("{text}{line}")).unwrap();
        let (code, _, error) = run(&["plan", &case]);
        assert!(code == 2 && error.contains(expected), "{error}");
    }
}
