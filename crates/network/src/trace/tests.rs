//! What the trace must say, on feeds written in one string.
//!
//! A line is `key account seconds words…`, where a word is `reply=KEY`, `repost=KEY`, `quote=KEY`, `says=CLAIM`,
//! `corrects=CLAIM`, `noted=CLAIM@SECONDS`, `names=ACCOUNT`, `link=…`, `tag=…`, `views=N@SECONDS`, `deleted`, `doubt=SECONDS`,
//! `harmful`, `text=…`. A time of `-` is unknown.

use record::{AccountKey, PostKey, PostKind, State};
use values::Digest;

use super::*;

pub(super) fn feed(text: &str) -> Vec<PostNode> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(node).collect()
}

fn node(line: &str) -> PostNode {
    let mut words = line.split_whitespace();
    let mut word = || words.next().unwrap();
    let key = PostKey::from_stored(word());
    let account = AccountKey::from_stored(word());
    let mut post = PostNode::bare(key, Some(account), PostKind::Original);
    post.written = word().parse::<i64>().ok().map(|seconds| seconds * 1000);
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let (value, at) = value.split_once('@').unwrap_or((value, "0"));
        let seen = at.parse::<i64>().ok().map(|seconds| seconds * 1000);
        let sighting = |views, state, note_shown| Sighting {
            seen,
            views,
            state,
            note_shown,
            capture: Digest::of(word.as_bytes()),
        };
        let other = || Some(PostKey::from_stored(value));
        match name {
            "reply" => post.reply_to = other(),
            "repost" => post.repost_of = other(),
            "quote" => post.quote_of = other(),
            "says" => post.asserts.push(value.to_owned()),
            "corrects" => post.corrects.push(value.to_owned()),
            "names" => post.mentions.push(AccountKey::from_stored(value)),
            "link" => post.links.push(value.to_owned()),
            "tag" => post.hashtags.push(value.into()),
            "text" => post.text_key = value.as_bytes().to_vec(),
            "doubt" => post.doubt_ms = value.parse::<i64>().unwrap() * 1000,
            "harmful" => post.harmful = true,
            "deleted" => post.sightings.push(sighting(None, State::Deleted, false)),
            "views" => post.sightings.push(sighting(value.parse().ok(), State::Visible, false)),
            "noted" => {
                post.noted.push(value.to_owned());
                post.sightings.push(sighting(None, State::Visible, true));
            }
            other => panic!("no such word: {other}"),
        }
    }
    post
}

pub(super) fn parameters() -> Parameters {
    Parameters {
        windows_s: vec![60],
        rate: 0.05,
        alike: 0.6,
        served: Vec::new(),
        surge_hours: 24,
        seed: 1,
        memory_budget: 1 << 30,
    }
}

pub(crate) fn map(text: &str) -> Map {
    trace(&feed(text), &parameters()).unwrap()
}

/// Checks who went on: `account claim basis after: posts`, kept on first, then `|` and what was passed on.
fn went_on(text: &str, expected: &[&str]) {
    let rows = map(text).notice.went_on;
    let keys = |posts: &[PostKey]| posts.iter().map(PostKey::as_str).collect::<Vec<_>>().join(" ");
    let found: Vec<String> = rows
        .iter()
        .map(|row| {
            let basis = serde_json::to_value(row.basis).unwrap();
            let basis = basis.as_str().unwrap();
            format!(
                "{} {} {basis}: {} | {}",
                row.account,
                row.claim,
                keys(&row.kept_on),
                keys(&row.passed_on)
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

const CORRECTION: &str = "c county 100 corrects=mule\n";

#[test]
fn who_answered_a_correction_and_went_on_is_listed() {
    went_on(
        &format!(
            "{CORRECTION} 1 ann 50 says=mule\n 2 ann 120 reply=c\n 3 ann 130 says=mule\n 4 ann 140 repost=1"
        ),
        &["ann mule answered: 3 | 4"],
    );
}

#[test]
fn who_shared_only_before_is_never_listed() {
    went_on(&format!("{CORRECTION} 1 ann 50 says=mule\n 2 ann 120 reply=c"), &[]);
    went_on(&format!("{CORRECTION} 1 ann 50 says=mule\n 2 ann 130 says=mule"), &[]);
    went_on(&format!("{CORRECTION} 1 ann 50 says=mule\n 2 ann 120 reply=c\n 3 ann 130 says=other"), &[]);
}

#[test]
fn every_basis_of_notice_counts() {
    went_on(&format!("{CORRECTION} 2 ann 120 quote=c says=mule"), &["ann mule quoted: 2 | "]);
    went_on(&format!("{CORRECTION} 2 ann 120 repost=c\n 3 ann 130 says=mule"), &["ann mule passed-on: 3 | "]);
    went_on("1 ann 50 says=mule noted=mule@90\n 3 ann 130 says=mule", &["ann mule note-shown: 3 | "]);
    went_on(
        "1 ann 50 says=mule\n c county 100 corrects=mule reply=1\n 3 ann 130 says=mule",
        &["ann mule addressed: 3 | "],
    );
    went_on("c county 100 corrects=mule names=ann\n 3 ann 130 says=mule", &["ann mule mentioned: 3 | "]);
    let served = Served {
        account: AccountKey::from_stored("ann"),
        at: 100_000,
        claims: vec!["mule".into()],
        proof: Digest::of(b"letter"),
    };
    let asked = Parameters { served: vec![served], ..parameters() };
    let found = trace(&feed("1 ann 50 says=mule\n3 ann 130 says=mule"), &asked).unwrap();
    assert_eq!(found.notice.went_on[0].basis, Basis::Served);
}

#[test]
fn the_corrector_is_not_put_on_notice_by_their_own_correction() {
    went_on(&format!("{CORRECTION} d county 120 reply=c\n e county 130 says=mule"), &[]);
}

#[test]
fn a_time_too_doubtful_to_say_is_set_aside() {
    let text = format!(
        "{CORRECTION} 2 ann 120 reply=c\n 3 ann 130 says=mule doubt=60\n 4 ann 300 says=mule\n 5 ann - says=mule"
    );
    let row = &map(&text).notice.went_on[0];
    assert_eq!(row.kept_on, [PostKey::from_stored("4")]);
    assert_eq!(row.undated, [PostKey::from_stored("3"), PostKey::from_stored("5")]);
}

#[test]
fn who_corrected_deleted_or_stopped_is_credited() {
    let text = format!("{CORRECTION} 1 ann 50 says=mule deleted\n 2 ann 120 reply=c\n 3 bob 130 repost=c");
    let found: Vec<String> = map(&text)
        .notice
        .credited
        .iter()
        .map(|row| format!("{} {}", row.account, serde_json::to_value(row.credit).unwrap().as_str().unwrap()))
        .collect();
    assert_eq!(found, ["ann deleted", "ann stopped", "bob passed-correction-on", "county corrected"]);
}

/// Checks trees, written `root[?]: post<tie depth`, `?` for a root outside the collection, `~` for inferred.
fn trees(text: &str, expected: &[&str]) {
    let found: Vec<String> = map(text)
        .cascades
        .iter()
        .map(|tree| {
            let outside = if tree.root_captured { "" } else { "?" };
            let branches: Vec<String> = tree
                .branches
                .iter()
                .map(|branch| {
                    let mark = if branch.how == How::Inferred { "~" } else { "" };
                    format!("{mark}{}<{} {}", branch.post, branch.parent, branch.depth)
                })
                .collect();
            format!("{}{outside}: {}", tree.root, branches.join(", "))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn trees_hold_stated_and_inferred_parents_apart() {
    trees("1 a 0\n2 b 5 repost=1\n3 c 9 reply=2", &["1: 2<1 1, 3<2 2"]);
    trees("2 b 5 repost=9\n3 c 9 repost=9", &["9?: 2<9 1, 3<9 1"]);
    trees("1 a 0 link=example.org/x\n2 b 5 link=example.org/x\n3 a 9", &["1: ~2<1 1"]);
    trees(
        "1 a 0 text=abcdefghijkl\n2 b 5 text=abcdefghijkl\n3 c 9 text=abcdefghijkl",
        &["1: ~2<1 1, ~3<1 1"],
    );
}

#[test]
fn a_ring_does_not_vanish() {
    trees("1 a 0 reply=2\n2 b 5 reply=1", &["1: 2<1 1"]);
    trees("1 a 0 reply=1", &[]);
    // The clocks of two sources disagree: the answer seems older than what it answers, and the words are the same.
    trees("2 b 5 text=abcdefghijkl\n1 a 0 reply=2 text=abcdefghijkl", &["2: 1<2 1"]);
}

#[test]
fn reach_adds_no_repost_and_keeps_both_ends_of_a_range() {
    let text = "1 a 0 says=mule views=100@10 views=250@20\n2 b 5 repost=1 views=250@20\n3 c 9 says=mule";
    let reach = &map(text).reach[0];
    assert_eq!((reach.total, reach.unknown, reach.not_added), ((100, 250), 1, 1));
    assert_eq!(reach.curve, [(10_000, 100), (20_000, 250)]);
    assert_eq!(reach.rows[1].shown[0].capture, Digest::of(b"views=250@20"));
}

/// Checks the first post on a claim and how sure it is.
fn first(text: &str, post: &str, sure: Sure) {
    let rows = map(text).first_seen;
    let row = rows.iter().find(|row| matches!(row.subject, Subject::Claim(_))).unwrap();
    assert_eq!((row.first.post.as_str(), row.sure), (post, sure), "{text}");
}

#[test]
fn first_seen_says_how_sure() {
    first("2 b 9 says=mule\n1 a 5 says=mule", "1", Sure::Clear);
    first("2 b 9 says=mule\n1 a 5 says=mule doubt=10", "1", Sure::Close);
    first("1 a 5 says=mule quote=99\n2 b 9 says=mule", "1", Sure::PointsOutside);
    first("1 a 5 says=mule\n3 a 6 says=mule\n2 b 9 repost=1", "1", Sure::Alone);
}

#[test]
fn coordination_is_said_of_what_chance_does_not_explain() {
    // A pair that posts the same five links within seconds, among forty accounts that post one link each at random.
    let mut text = String::new();
    for n in 0..5 {
        text += &format!("p{n} ann {} link=example.org/{n}\n", n * 10_000);
        text += &format!("q{n} bob {} link=example.org/{n}\n", n * 10_000 + 7);
    }
    for n in 0..40 {
        text += &format!("r{n} user{n} {} link=example.org/popular\n", 90_000 + n);
    }
    let found = map(&text).coordination;
    assert_eq!(found.clusters, [vec![AccountKey::from_stored("ann"), AccountKey::from_stored("bob")]]);
    let row = &found.rows[0];
    assert_eq!((row.weight, row.a_first, row.mean_delta_s), (5, 5, 7.0));
    assert_eq!(row.posts.len(), 5);
    assert!(row.rate < 0.05);
}

#[test]
fn what_activity_and_popularity_explain_is_not_called_coordination() {
    // Thirty accounts use one popular tag all day, some of them ten times as often as others: busy ones meet often.
    let mut draw = crate::together::Draw(5);
    let mut text = String::new();
    for account in 0..30 {
        for post in 0..10 + 3 * account {
            text += &format!("p{account}-{post} user{account} {} tag=popular\n", draw.below(86_400));
        }
    }
    let found = map(&text).coordination;
    assert!(found.looked[0].pairs > 1000, "{:?}", found.looked);
    assert_eq!(found.rows, []);
}

#[test]
fn what_everybody_does_at_once_is_left_out_and_listed() {
    let mut text = String::from("a ann 0 link=example.org/x\nb bob 5 link=example.org/x\n");
    for n in 0..400 {
        text += &format!("p{n} user{n} {} tag=now\n", n % 60);
    }
    let looked = map(&text).coordination.looked;
    let tags = looked.iter().find(|looked| looked.by == By::Hashtag).unwrap();
    let expected = LeftOut { thing: "now".into(), actions: 400, pairs: 400 * 399 / 2 };
    assert_eq!((tags.pairs, &tags.left_out[..]), (0, &[expected][..]));
    let links = looked.iter().find(|looked| looked.by == By::Link).unwrap();
    assert_eq!((links.pairs, links.left_out.len()), (1, 0));
}

#[test]
fn the_map_reads_back_and_does_not_depend_on_the_order_of_posts() {
    let text =
        "1 a 0 says=mule views=100@10\n2 b 5 repost=1\n3 c 9 reply=2 says=mule\nc d 10 corrects=mule reply=3";
    let one = map(text);
    let written = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Map>(&written).unwrap(), one);
    let mut posts = feed(text);
    posts.reverse();
    assert_eq!(trace(&posts, &parameters()).unwrap(), one);
}

#[test]
fn words_are_what_json_holds() {
    for basis in [
        Basis::Served,
        Basis::Answered,
        Basis::Quoted,
        Basis::PassedOn,
        Basis::NoteShown,
        Basis::Addressed,
        Basis::Mentioned,
    ] {
        assert_eq!(serde_json::to_value(basis).unwrap(), basis.word());
    }
    for by in By::ALL {
        assert_eq!(serde_json::to_value(by).unwrap(), by.word());
    }
    for how in [How::Captured, How::ParentMissing, How::Inferred] {
        assert_eq!(serde_json::to_value(how).unwrap(), how.word());
    }
    for sure in [Sure::Clear, Sure::Close, Sure::PointsOutside, Sure::Alone] {
        assert_eq!(serde_json::to_value(sure).unwrap(), sure.word());
    }
}
