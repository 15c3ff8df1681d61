//! What the library says in sixty-odd situations: who can be told, which laws' elements may be touched, by when.
//!
//! One line is one case. The first publication is on the evening of 29 October 2024, the plan is made on 23 November
//! 2026. `!id` must not be there. Expectations follow from the rows' own sources (whom a statute names, what a hotline
//! takes, how many months a limit has), counted by hand, not from what the program printed.
//!
//! ```text
//! role state[+speaker's state] | kinds | exposures | places | recipients | provisions | deadlines
//! ```

use std::collections::BTreeMap;

use law::{Library, Row, STATES, Situation};
use record::{Exposure, Kind, Role};
use values::{Moment, Platform, SaidBy};

const CASES: &str = "
postal PA            | false-claim threat dox | plate | x | local-911 local-police-report uspis usps-oig usps-supervisor pa-dos fbi-tips law-for-truth bar-referral crisis-988 !eoldn !doj-ettf !county-employer | !us-18-119 us-18-875c us-18-115 pa-18-2709 !pa-25-3547 !us-18-594 | def-pa=2025-10-29 us-1985-pa=2026-10-29 iied-pa=2026-10-29 notice-pa=2025-04-29 notice-us=2026-10-29 records-911=2024-11-28 x-legal-retention=2027-02-21 foia=2026-12-21 rtkl-pa=2026-11-30 !defamation-elsewhere
postal PA+RI         | false-claim | | x | usps-oig !fbi-tips | !us-18-119 | def-pa=2025-10-29 def-ri=2025-10-29 us-1985-pa=2026-10-29
postal RI            | threat | | facebook | uspis state-ag | ri-11-52-4.2 us-18-875c us-18-115 | def-ri=2025-10-29 us-1985-ri=2027-10-29 meta-legal-retention=2027-02-21 !x-legal-retention defamation-elsewhere=2025-10-29
postal GA            | threat | | letter | uspis !platforms | us-18-876c us-18-875c !ga-21-2-566 !us-47-223 | def-ga=2025-10-29
postal CT            | dox | address | x | uspis address-confidentiality police-swatting-flag | us-18-119 !ct-9-364a | def-ct=2026-10-29 defamation-elsewhere=2025-10-29
postal OR            | dox | phone | x | data-brokers !address-confidentiality | or-30.835 us-18-119 !or-hb4144 | def-or=2025-10-29 or-doxing=2026-10-29 def-or-retraction=2024-11-18
postal TX            | harassment intimidation | | x | uspis fbi-tips | us-18-1701 us-42-1985-1 !us-18-594 | def-tx=2025-10-29
voter GA             | false-claim intimidation | | x | law-for-truth doj-crt !eoldn !uspis !doj-ettf | us-52-10307b us-42-1985-3 us-18-594 !ga-21-2-566 !us-42-1985-1 | def-ga=2025-10-29 iied-ga=2026-10-29 def-ga-retraction=2025-10-22
voter AZ             | intimidation call-to-identify dox | plate | truthsocial | doj-crt local-police-report !data-brokers | us-52-10307b az-13-2916 | def-az=2025-10-29 def-az-retraction=2024-11-18 notice-az=2025-04-27 iied-az=2026-10-29
voter WA             | dox | address | x | address-confidentiality data-brokers | wa-4.24.792 !wa-40.24 | def-wa=2026-10-29
voter CA             | dox | address | x | address-confidentiality | ca-civ-1708.89 ca-pen-653.2 | def-ca=2025-10-29 def-ca-retraction=2024-11-18 notice-ca=2025-04-29 iied-ca=2026-10-29
voter NV             | dox | address | x | state-ag | nv-41.1347 !nv-293.705 | def-nv=2026-10-29 def-nv-retraction=2024-11-18 iied-nv=2026-10-29
voter VA             | swatting | | x | police-swatting-flag fbi-ic3 local-911 | va-18.2-461.1 us-18-1038 | def-va=2025-10-29
voter VA             | false-claim | | x | law-for-truth !fbi-tips !local-police-report | va-8.01-407.1 us-42-1985-3 | def-va=2025-10-29
voter KY             | dox | workplace | facebook | data-brokers | ky-525.085 | def-ky=2025-10-29 def-ky-retraction=2025-10-19 us-1985-ky=2025-10-29
voter IL             | dox | address | x | address-confidentiality | il-740-195 | def-il=2025-10-29 us-1985-il=2026-10-29
voter TX             | dox | address | x | local-police-report | tx-42.074 | def-tx=2025-10-29 def-tx-retraction=2025-01-27 notice-tx=2025-04-29 iied-tx=2026-10-29
voter FL             | dox | address | x | local-police-report | fl-836.115 | def-fl=2026-10-29 def-fl-retraction=2026-10-24
voter MO             | dox threat | address | x | fbi-tips | mo-565.240 us-18-875c | def-mo=2026-10-29 us-1985-mo=2029-10-29
voter VT             | threat | | x | fbi-tips | vt-13-1702 | def-vt=2027-10-29
voter WI             | threat | | x | fbi-tips | wi-12.09 | def-wi=2027-10-29 def-wi-retraction=2027-10-22 notice-wi=2025-02-26 iied-wi=2027-10-29
voter UT             | dox harassment | address | x | state-ag | ut-76-12-203 ut-20A-1-608.1 | def-ut=2025-10-29 us-1985-ut=2028-10-29
voter DC             | threat | | x | fbi-tips | dc-22-407 | def-dc=2025-10-29 notice-dc=2025-04-29
voter NJ             | harassment | | x | local-police-report | nj-2C-33-4.1 us-18-2261A | def-nj=2025-10-29 notice-nj=2025-01-27
voter NY             | threat | | x | fbi-tips | ny-240.30 | def-ny=2025-10-29 iied-ny=2025-10-29 notice-ny=2025-01-27
voter KS             | dox | address | x | state-ag | !ks-sb372 | def-ks=2025-10-29
voter MS             | impersonation | | x | ccri fbi-ic3 ftc-tida | ms-97-45-33 | def-ms=2025-10-29 def-ms-retraction=2025-10-19
voter HI             | impersonation dox | phone | facebook | fbi-ic3 | hi-711-1106.6 hi-11-14.5 | def-hi=2026-10-29
voter OK             | dox | address | x | state-ag | !ok-21-1176 | def-ok=2025-10-29
voter WY             | intimidation | | x | doj-crt | wy-22-26-111 us-18-594 | def-wy=2025-10-29 us-1985-wy=2028-10-29
voter IA             | intimidation | | x | doj-crt | ia-39A.2 us-52-20511 | def-ia=2026-10-29
voter ID             | threat | | phone | !platforms fbi-tips | id-18-6710 us-47-223 | def-id=2026-10-29 def-id-retraction=2024-11-18
voter SD             | harassment | | x | local-police-report | sd-22-19A-1 | def-sd=2026-10-29 def-sd-retraction=2026-10-26
voter SC             | intimidation | | x | doj-crt | sc-7-25-80 | def-sc=2026-10-29
voter TN             | false-claim | | x | law-for-truth bar-referral | us-42-1985-3 | def-tn=2025-04-29 def-tn-retraction=2025-04-24 iied-tn=2025-10-29
voter LA             | false-claim | | x | bar-referral | la-14-40.3 us-42-1985-3 | def-la=2025-10-29 us-1985-la=2025-10-29
voter MA             | false-claim | | x | bar-referral | us-42-1985-3 | def-ma=2027-10-29 defamation-elsewhere=2025-10-29
voter AR             | false-claim | | x | bar-referral | us-42-1985-3 | def-ar=2025-10-29
voter ND             | false-claim | | x | bar-referral | nd-12.1-17-07 us-42-1985-3 | def-nd=2026-10-29 def-nd-retraction=2025-01-27 us-1985-nd=2030-10-29
voter MT             | call-to-identify | | x | doj-crt local-police-report | mt-45-5-220 us-52-10307b | def-mt=2026-10-29
voter AK             | threat | ssn | x | ftc-identitytheft fbi-ic3 | ak-11.61.120 us-18-875c | def-ak=2026-10-29
voter TN             | threat | | x | fbi-tips | tn-39-17-308 us-18-875c | def-tn=2025-04-29
voter MA             | harassment | | x | local-police-report | ma-265-43A !nd-12.1-17-07 | def-ma=2027-10-29
voter AR             | threat | | x | fbi-tips | ar-5-13-301 us-18-875c | def-ar=2025-10-29
voter ND             | dox | address | x | state-ag | nd-12.1-17-07 | def-nd=2026-10-29
election-worker GA   | threat false-claim dox | address | x | eoldn doj-ettf county-employer address-confidentiality police-swatting-flag data-brokers csse !uspis !usps-oig | ga-21-2-566 us-18-875c !us-18-119 !us-18-115 | def-ga=2025-10-29
election-worker CT   | dox | address | x | eoldn address-confidentiality | ct-9-364a !us-18-119 | def-ct=2026-10-29
election-worker CA   | intimidation | | x | eoldn !doj-crt | ca-elec-18502 us-52-10307b | def-ca=2025-10-29
election-worker MN   | threat dox | address | x | doj-ettf | mn-211B.076 | def-mn=2026-10-29 def-mn-retraction=2026-10-26 us-1985-mn=2026-10-29
election-worker NV   | threat dox | address | x | doj-ettf | nv-293.705 nv-41.1347 | def-nv=2026-10-29
election-worker AL   | harassment | | x | county-employer | al-13A-5-14 !al-hb287 | def-al=2026-10-29 def-al-retraction=2026-10-24
election-worker MD   | threat | | x | doj-ettf | md-el-16-904 | def-md=2025-10-29 notice-md=2025-10-29
election-worker IN   | threat | | x | doj-ettf | in-3-14-3-18 | def-in=2026-10-29 def-in-retraction=2026-10-18
election-worker NC   | intimidation | | x | eoldn | nc-163-274 | def-nc=2025-10-29 def-nc-retraction=2025-10-24
election-worker OH   | harassment | | x | county-employer | oh-2917.21 | def-oh=2025-10-29
election-worker OR   | harassment dox | address | x | eoldn | or-hb4144 or-30.835 | def-or=2025-10-29
election-worker NM   | threat | | x | doj-ettf | nm-1-20-14 | def-nm=2027-10-29
election-worker NE   | dox | address | x | eoldn | ne-32-241 | def-ne=2025-10-29 def-ne-retraction=2024-11-18 us-1985-ne=2028-10-29
election-worker SC   | intimidation | | x | eoldn | !sc-7-25-80 us-52-10307b | def-sc=2026-10-29
election-official MI | threat | | x | eoldn securingelections doj-ettf eac | mi-168.931b | def-mi=2025-10-29 iied-mi=2027-10-29
election-official WA | dox threat | address | x | address-confidentiality eoldn | wa-40.24 wa-4.24.792 wa-9A.90.120 | def-wa=2026-10-29
election-official CO | threat dox | address | x | eoldn | co-hb22-1273 | def-co=2025-10-29 notice-co=2025-04-29 iied-co=2026-10-29
election-official VA | threat | | x | eoldn | va-24.2-1000 va-18.2-60.3 | def-va=2025-10-29 notice-va=2025-04-29
election-official NH | threat | | x | eoldn | nh-659-40b | def-nh=2027-10-29
election-official ME | threat | | x | state-election-office | me-21A-674 | def-me=2026-10-29 us-1985-me=2030-10-29
election-official OK | dox | address | x | eoldn | ok-21-1176 | def-ok=2025-10-29
election-official DE | intimidation | | x | eoldn | de-15-2305 | def-de=2026-10-29
election-official WV | intimidation | | x | eoldn | wv-3-9-10 | def-wv=2025-10-29
contractor CO        | threat dox | | x | county-employer doj-ettf !eoldn | co-hb22-1273 | def-co=2025-10-29
contractor MN        | dox | | x | county-employer | mn-211B.076 | def-mn=2026-10-29
contractor NM        | threat | | x | doj-ettf !eoldn | nm-1-20-14 | def-nm=2027-10-29
volunteer AZ         | call-to-identify harassment | | x | doj-crt access-now local-police-report !eoldn | us-52-10307b us-18-2261A | def-az=2025-10-29
volunteer WY         | threat | | letter | uspis fbi-tips | us-18-876c !wy-22-26-111 | def-wy=2025-10-29
candidate AL         | dox | address | x | state-ag !eoldn !county-employer | al-hb287 !al-13A-5-14 | def-al=2026-10-29
candidate TX         | threat | | x | fbi-tips !doj-ettf | us-18-875c us-18-245b1A | def-tx=2025-10-29
relative CO          | dox | address family | x | police-swatting-flag address-confidentiality | co-hb22-1273 | def-co=2025-10-29
relative MD          | threat | | x | fbi-tips !doj-ettf | md-el-16-904 us-18-875c | def-md=2025-10-29
";

fn words<T: std::str::FromStr>(list: &str) -> Vec<T> {
    list.split_whitespace()
        .map(|word| word.parse().unwrap_or_else(|_| panic!("“{word}” in the table")))
        .collect()
}

/// Holds a list of ids against what is expected of it, and returns what does not fit.
fn missing(found: &[&str], expected: &str) -> Vec<String> {
    let wrong = |word: &&str| match word.strip_prefix('!') {
        Some(id) => found.contains(&id),
        None => !found.contains(word),
    };
    expected.split_whitespace().filter(wrong).map(str::to_owned).collect()
}

fn check(line: &str, wrong: &mut Vec<String>) {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[who, kinds, exposures, places, recipients, provisions, dates] = columns.as_slice() else {
        panic!("seven columns: {line}");
    };
    let (role, states) = who.split_once(' ').unwrap();
    let (state, speakers) = states.trim().split_once('+').unwrap_or((states.trim(), ""));
    let speakers: Vec<&str> = speakers.split('+').filter(|state| !state.is_empty()).collect();
    let (kinds, exposures, places) =
        (words::<Kind>(kinds), words::<Exposure>(exposures), words::<Platform>(places));
    let first = Moment::parse("2024-10-29T22:00:00Z", SaidBy::Platform).unwrap();
    let situation = Situation {
        role: role.parse::<Role>().unwrap(),
        state,
        speaker_states: &speakers,
        kinds: &kinds,
        exposures: &exposures,
        platforms: &places,
        urgent: false,
        first_publication: Some(first),
        learned: None,
    };
    let library = Library::shipped();
    let today = "2026-11-23".parse().unwrap();

    let told = law::recipients(library, &situation);
    let ids: Vec<&str> = told.iter().map(|found| found.channel.id()).collect();
    let mut problems = missing(&ids, recipients);
    assert!(ids.len() >= 5, "always several: {line}");
    assert_eq!(ids[0], "local-911", "{line}");

    let found = law::provisions(library, &situation);
    let ids: Vec<&str> = found.iter().map(|found| found.row.id()).collect();
    problems.extend(missing(&ids, provisions));

    let list = law::deadlines(library, &situation, first, today);
    assert!(list.windows(2).all(|pair| pair[0].last_day <= pair[1].last_day), "earliest first: {line}");
    let dates_found: BTreeMap<&str, String> =
        list.iter().map(|d| (d.id.as_str(), d.last_day.to_string())).collect();
    assert_eq!(dates_found.len(), list.len(), "no id twice: {line}");
    for expected in dates.split_whitespace() {
        let fits = match expected.split_once('=') {
            Some((id, day)) => dates_found.get(id).is_some_and(|found| found == day),
            None => !dates_found.contains_key(expected.trim_start_matches('!')),
        };
        if !fits {
            let id = expected.split('=').next().unwrap_or_default();
            problems.push(format!("{expected} (is {:?})", dates_found.get(id)));
        }
    }
    for deadline in &list {
        assert_eq!(deadline.passed, deadline.last_day < today, "{line}: {}", deadline.id);
    }
    if !problems.is_empty() {
        wrong.push(format!("{who}: {}", problems.join(", ")));
    }
}

#[test]
fn every_situation_gets_its_recipients_provisions_and_dates() {
    let lines: Vec<&str> = CASES.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(lines.len() >= 60, "{}", lines.len());
    let mut wrong = Vec::new();
    for line in &lines {
        check(line, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

#[test]
fn the_table_covers_every_role() {
    for role in Role::ALL {
        assert!(CASES.lines().any(|line| line.starts_with(role.word())), "{role}");
    }
}

/// Every role in every state with everything found: there is always a person to tell, a step, a date, and nothing
/// panics.
#[test]
fn no_role_in_no_state_stays_without_help() {
    let library = Library::shipped();
    let today = "2026-11-23".parse().unwrap();
    let first = Moment::parse("2026-11-20T22:00:00Z", SaidBy::Platform).unwrap();
    for state in STATES.into_iter().chain(["", "ZZ"]) {
        for role in Role::ALL {
            let situation = Situation {
                role,
                state,
                speaker_states: &[],
                kinds: Kind::ALL,
                exposures: Exposure::ALL,
                platforms: Platform::ALL,
                urgent: true,
                first_publication: Some(first),
                learned: Some(first),
            };
            assert!(law::recipients(library, &situation).len() > 10);
            assert!(law::provisions(library, &situation).len() > 3);
            assert!(!law::precedents(library, &situation).is_empty());
            let list = law::deadlines(library, &situation, first, today);
            let own = list.iter().any(|d| d.id == format!("def-{}", state.to_lowercase()));
            assert_eq!(own, law::is_state(state), "{state}");
            assert!(
                list.iter().any(|d| d.id.starts_with("def")),
                "{state}: at least the shortest of any state"
            );
            let plan = law::plan(library, &situation, today);
            assert!(plan.steps.len() > 20);
        }
    }
}

/// What the law of one state is must not leak into the case of another.
#[test]
fn rows_of_other_states_stay_out() {
    let library = Library::shipped();
    for state in STATES {
        let situation = Situation {
            role: Role::ElectionWorker,
            state,
            speaker_states: &[],
            kinds: Kind::ALL,
            exposures: &[],
            platforms: &[],
            urgent: false,
            first_publication: None,
            learned: None,
        };
        for found in law::provisions(library, &situation) {
            assert!([state, "US"].contains(&found.row.jurisdiction.as_str()), "{state}: {}", found.row.id());
        }
    }
}

#[test]
fn claims_read_alone_are_those_of_the_whole_library() {
    for lang in [law::Lang::En, law::Lang::Es] {
        let alone = law::claims_in(lang);
        assert_eq!(alone, law::Library::shipped().claims_in(lang));
        assert!(alone.len() > 90, "{}", alone.len());
    }
}
