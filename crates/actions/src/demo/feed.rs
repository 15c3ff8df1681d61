//! The invented feed of the demo: who says what, when, in answer to what.
//!
//! Everybody and everything here is invented: handles begin with `example_`, the plate is RDR-0000, the number is from
//! the range kept for fiction, the street exists nowhere.

/// How a post of the feed hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    None,
    Reply(usize),
    Repost(usize),
    Quote(usize),
}

/// A post of the feed. Ties name earlier posts by their place in the list.
#[derive(Debug, Clone, Copy)]
pub struct FeedPost {
    /// Index into [`ACCOUNTS`].
    pub by: usize,
    /// Minutes after [`START`].
    pub minute: i64,
    pub tie: Tie,
    pub text: &'static str,
    /// Views, likes, reposts at the first capture.
    pub counts: (u64, u64, u64),
}

/// An account of the feed: handle, display name, followers.
pub const ACCOUNTS: [(&str, &str, u64); 14] = [
    ("example_watcher", "Example Watcher", 812),
    ("example_threat", "Example Threat", 14),
    ("example_amplifier", "Example Amplifier", 250_431),
    ("example_loud", "Example Loud", 96),
    ("example_county", "Example County Elections", 5_204),
    ("example_neighbor", "Example Neighbor", 61),
    ("example_news", "Example Valley News", 18_330),
    ("example_patriot_a", "Example Patriot A", 402),
    ("example_patriot_b", "Example Patriot B", 377),
    ("example_patriot_c", "Example Patriot C", 391),
    ("example_digger", "Example Digger", 1_204),
    ("example_asker", "Example Asker", 33),
    ("example_joker", "Example Joker", 208),
    ("example_mover", "Example Mover", 75),
];

/// 2025-11-04T15:02:11Z, in milliseconds.
pub const START: i64 = 1_762_268_531_000;

const fn post(by: usize, minute: i64, tie: Tie, text: &'static str, counts: (u64, u64, u64)) -> FeedPost {
    FeedPost { by, minute, tie, text, counts }
}

/// The feed, in the order of time.
pub const POSTS: [FeedPost; 30] = [
    post(
        0,
        0,
        Tie::None,
        "Need help identifying this man dropping off a whole crate of ballots at the Example County annex. Who is this guy? Ballot mule caught on camera?",
        (581_234, 4_100, 1_900),
    ),
    post(
        1,
        9,
        Tie::Reply(0),
        "@example_watcher Gray hatchback, plate RDR-0000. Somebody knows him. Pay him a visit.",
        (40_120, 211, 36),
    ),
    post(7, 14, Tie::Repost(0), "", (0, 0, 0)),
    post(8, 14, Tie::Repost(0), "", (0, 0, 0)),
    post(9, 15, Tie::Repost(0), "", (0, 0, 0)),
    post(2, 31, Tie::Repost(0), "", (0, 0, 0)),
    post(
        2,
        44,
        Tie::Quote(0),
        "2000 Mules was right. Paid mules stuffing drop boxes with ballots in broad daylight. Drop his name, patriots.",
        (2_310_077, 18_020, 7_411),
    ),
    post(
        7,
        51,
        Tie::None,
        "Paid mules are stuffing drop boxes in Example County right now and nobody does a thing. Find him!",
        (8_020, 77, 41),
    ),
    post(
        8,
        51,
        Tie::None,
        "Paid mules are stuffing drop boxes in Example County right now and nobody does a thing. Find him!!",
        (7_911, 70, 39),
    ),
    post(
        9,
        52,
        Tie::None,
        "paid mules are stuffing drop boxes in Example County right now and nobody does a thing. find him",
        (7_804, 69, 40),
    ),
    post(
        10,
        63,
        Tie::Reply(0),
        "@example_watcher Found him. His name is Sam Sample, he lives at 14 Sample Lane, Exampleville. His wife teaches at Elm Hollow Elementary.",
        (61_003, 530, 212),
    ),
    post(
        3,
        70,
        Tie::Reply(10),
        "@example_digger call him and tell him what you think: (202) 555-0143. He gets off work at 5 every day.",
        (20_544, 118, 44),
    ),
    post(
        1,
        124,
        Tie::Reply(10),
        "@example_digger We know where you live Sam. You won't make it to certification day. We are going to hang every last mule.",
        (33_870, 402, 97),
    ),
    post(
        11,
        131,
        Tie::Reply(6),
        "@example_amplifier Is it true that they get paid for this? Does anyone have a source that paid mules stuffed the drop boxes?",
        (902, 4, 0),
    ),
    post(
        5,
        140,
        Tie::Reply(12),
        "@example_threat Stop this. Nobody should be threatened for delivering the mail. Report this account.",
        (1_220, 88, 6),
    ),
    post(
        12,
        150,
        Tie::Reply(6),
        "@example_amplifier my cat stuffed the litter box again, somebody call 2000 Mules (satire)",
        (700, 31, 1),
    ),
    post(
        4,
        180,
        Tie::Reply(0),
        "CORRECTION: The man in this video is a postal employee delivering mail ballots as part of his job. It is false that paid mules stuffed drop boxes here. Please do not share his picture or plate.",
        (44_610, 950, 610),
    ),
    post(
        6,
        195,
        Tie::None,
        "Police are looking into threats against a postal employee after a video was shared online. One user wrote \"we know where you live\". The county says the claim about mules is false.",
        (90_431, 404, 233),
    ),
    post(
        0,
        201,
        Tie::Reply(16),
        "@example_county Sure, that is what they all say. Paid mules stuffed the drop boxes and you are covering it up. RDR-0000, everybody. Keep sharing.",
        (71_002, 802, 390),
    ),
    post(
        2,
        243,
        Tie::Quote(16),
        "Not buying it. 2000 Mules proved it: paid mules stuffing ballot drop boxes. Who is he really? Somebody knows this guy.",
        (1_204_118, 9_022, 4_130),
    ),
    post(
        13,
        250,
        Tie::Reply(16),
        "@example_county Thank you for clearing this up. I deleted my repost and I am sorry.",
        (2_010, 140, 3),
    ),
    post(7, 262, Tie::Repost(19), "", (0, 0, 0)),
    post(8, 262, Tie::Repost(19), "", (0, 0, 0)),
    post(9, 263, Tie::Repost(19), "", (0, 0, 0)),
    post(
        3,
        290,
        Tie::Reply(19),
        "@example_amplifier worthless lying scum, that Sam Sample. Rot in hell you traitor.",
        (5_120, 61, 9),
    ),
    post(
        1,
        312,
        Tie::Reply(19),
        "@example_amplifier tonight 8pm, 14 Sample Lane. Bring friends. Bring rope.",
        (18_207, 204, 55),
    ),
    post(
        3,
        330,
        Tie::Reply(25),
        "@example_threat p l a t e  R D R - 0 0 0 0 if you see it on the road run him 0ff it",
        (6_004, 40, 12),
    ),
    post(
        5,
        344,
        Tie::Reply(25),
        "@example_threat I have reported this to the sheriff. Leave this man alone.",
        (3_907, 300, 21),
    ),
    post(
        10,
        401,
        Tie::Reply(19),
        "@example_amplifier number still works: two oh two five five five oh one four three",
        (9_114, 77, 30),
    ),
    post(
        6,
        520,
        Tie::None,
        "The sheriff says a patrol was sent to a home in Exampleville on Tuesday night after an online threat. No one was hurt.",
        (51_220, 310, 140),
    ),
];

/// Returns the id the platform would have given: the time in its upper bits (see `values::Moment::of_snowflake`).
pub fn id(at: usize) -> u64 {
    let millis = START + POSTS[at].minute * 60_000;
    let ticks = u64::try_from(millis - 1_288_834_974_657).unwrap_or(0);
    (ticks << 22) | (at as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feed_runs_forward_and_ties_point_back() {
        for (at, post) in POSTS.iter().enumerate() {
            assert!(post.by < ACCOUNTS.len());
            assert!(at == 0 || POSTS[at - 1].minute <= post.minute, "{at}");
            match post.tie {
                Tie::Reply(to) | Tie::Repost(to) | Tie::Quote(to) => assert!(to < at),
                Tie::None => {}
            }
            let written = values::Moment::of_snowflake(id(at)).unwrap();
            assert_eq!(written.millis(), START + post.minute * 60_000);
        }
    }
}
