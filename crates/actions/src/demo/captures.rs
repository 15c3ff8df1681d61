//! The invented feed as two captures, in the shapes that collecting tools write: the page as a browser extension kept
//! it that afternoon, and a browser's network log of the next morning, with the session cookie such logs carry.

use serde_json::{Value, json};

use super::feed::{ACCOUNTS, FeedPost, POSTS, START, Tie, id};

/// A secret that a real network log would hold; after the import it must be nowhere.
pub const SECRET: &str = "DEMO-SESSION-COOKIE-MUST-BE-STRIPPED";

const ENVELOPE_AT: i64 = START + 600 * 60_000;
const LOG_AT: i64 = START + 1_080 * 60_000;

/// Returns the browser extension's export: a line a post.
pub fn extension_export() -> Vec<u8> {
    let mut lines = Vec::new();
    for at in 0..POSTS.len() {
        let id = id(at).to_string();
        let line = json!({
            "nav_index": "3:17:2", "item_id": id, "timestamp_collected": ENVELOPE_AT + at as i64 * 41,
            "last_updated": ENVELOPE_AT + at as i64 * 41, "source_platform": "twitter.com",
            "source_platform_url": "https://x.com/i/communities/1800000000000000007",
            "source_url": "https://x.com/i/api/graphql/EXAMPLEQUERYID/TweetDetail?variables=%7B%7D",
            "user_agent": "Mozilla/5.0 (demo)", "data": tweet(at, 1), "id": at + 1,
        });
        lines.extend(line.to_string().into_bytes());
        lines.push(b'\n');
    }
    lines
}

/// Returns the browser's network log of the next morning: the same thread, counted again.
pub fn network_log() -> Vec<u8> {
    let entries: Vec<Value> = (0..POSTS.len())
        .filter(|at| POSTS[*at].counts.0 > 0 && *at != 20)
        .map(|at| {
            json!({
                "entryId": format!("tweet-{}", id(at)), "sortIndex": id(at).to_string(),
                "content": {
                    "entryType": "TimelineTimelineItem", "__typename": "TimelineTimelineItem",
                    "itemContent": {
                        "itemType": "TimelineTweet", "__typename": "TimelineTweet",
                        "tweet_results": { "result": tweet(at, 2) },
                    },
                },
            })
        })
        .collect();
    let body = json!({ "data": { "threaded_conversation_with_injections_v2": {
        "instructions": [{ "type": "TimelineAddEntries", "entries": entries }] } } });
    let log = json!({ "log": {
        "version": "1.2", "creator": { "name": "WebInspector", "version": "537.36" },
        "pages": [{ "startedDateTime": stamp(LOG_AT), "id": "page_1", "title": "https://x.com/example_watcher/status/1",
            "pageTimings": {} }],
        "entries": [{
            "startedDateTime": stamp(LOG_AT), "time": 212.5,
            "request": {
                "method": "GET",
                "url": "https://x.com/i/api/graphql/EXAMPLEQUERYID/TweetDetail?variables=%7B%7D",
                "httpVersion": "h2",
                "cookies": [{ "name": "auth_token", "value": SECRET }],
                "headers": [
                    { "name": "authorization", "value": format!("Bearer {SECRET}") },
                    { "name": "cookie", "value": format!("auth_token={SECRET}") },
                ],
                "queryString": [], "headersSize": -1, "bodySize": 0,
            },
            "response": {
                "status": 200, "statusText": "", "httpVersion": "h2", "cookies": [],
                "headers": [{ "name": "content-type", "value": "application/json; charset=utf-8" }],
                "content": { "size": 0, "mimeType": "application/json; charset=utf-8", "text": body.to_string() },
                "redirectURL": "", "headersSize": -1, "bodySize": -1,
            },
            "cache": {}, "timings": { "send": 0, "wait": 1, "receive": 1 },
        }],
    } });
    log.to_string().into_bytes()
}

/// A post as the platform's server writes it. `round` is which capture: the counts grow from one to the next.
fn tweet(at: usize, round: u64) -> Value {
    let post = &POSTS[at];
    let (handle, name, followers) = ACCOUNTS[post.by];
    let own = id(at).to_string();
    let (views, likes, reposts) = post.counts;
    let grown = |n: u64| n + (n / 10) * (round - 1);
    let text = match post.tie {
        Tie::Repost(of) => format!("RT @{}: {}", ACCOUNTS[POSTS[of].by].0, POSTS[of].text),
        _ => post.text.to_owned(),
    };
    let mut legacy = json!({
        "created_at": rfc822(START + post.minute * 60_000), "full_text": text, "id_str": own,
        "user_id_str": user_id(post.by), "conversation_id_str": id(root(at)).to_string(), "lang": "en",
        "favorite_count": grown(likes), "retweet_count": grown(reposts), "reply_count": 0, "quote_count": 0,
        "bookmark_count": 0, "is_quote_status": matches!(post.tie, Tie::Quote(_)),
        "entities": { "hashtags": [], "symbols": [], "urls": [], "user_mentions": mentions(post) },
    });
    let mut data = json!({
        "__typename": "Tweet", "rest_id": own, "id": own, "promoted": false,
        "core": { "user_results": { "result": {
            "__typename": "User", "rest_id": user_id(post.by), "is_blue_verified": followers > 100_000,
            "legacy": { "description": "", "followers_count": followers, "friends_count": 10 },
            "core": { "created_at": "Mon Jan 09 12:00:00 +0000 2023", "name": name, "screen_name": handle },
        } } },
        "edit_control": { "edit_tweet_ids": [own], "is_edit_eligible": false, "edits_remaining": "5" },
        "views": { "count": grown(views).to_string(), "state": "EnabledWithCount" },
        "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
    });
    match post.tie {
        Tie::Reply(to) => {
            legacy["in_reply_to_status_id_str"] = json!(id(to).to_string());
            legacy["in_reply_to_user_id_str"] = json!(user_id(POSTS[to].by));
            legacy["in_reply_to_screen_name"] = json!(ACCOUNTS[POSTS[to].by].0);
        }
        Tie::Repost(of) => {
            legacy["retweeted_status_result"] = json!({ "result": tweet(of, round) });
        }
        Tie::Quote(of) => {
            legacy["quoted_status_id_str"] = json!(id(of).to_string());
            data["quoted_status_result"] = json!({ "result": tweet(of, round) });
        }
        Tie::None => {}
    }
    if at == 0 {
        data["author_community_relationship"] = json!({ "community_results": { "result": {
            "__typename": "Community", "id_str": "1800000000000000007", "rest_id": "1800000000000000007",
            "name": "Election Watch (demo)", "member_count": 61_234,
        } } });
    }
    data["legacy"] = legacy;
    data
}

fn mentions(post: &FeedPost) -> Vec<Value> {
    let Tie::Reply(to) = post.tie else { return Vec::new() };
    let by = POSTS[to].by;
    let (handle, name, _) = ACCOUNTS[by];
    vec![
        json!({ "id_str": user_id(by), "name": name, "screen_name": handle, "indices": [0, handle.len() + 1] }),
    ]
}

fn root(at: usize) -> usize {
    match POSTS[at].tie {
        Tie::Reply(to) => root(to),
        _ => at,
    }
}

fn user_id(by: usize) -> String {
    format!("{}", 1_690_000_000_000_000_001_u64 + by as u64)
}

fn stamp(millis: i64) -> String {
    values::Moment::from_millis(millis, values::Precision::Millisecond, values::SaidBy::Collector)
        .to_rfc3339()
}

/// The platform's own way to write a time: `Tue Nov 04 15:02:11 +0000 2025`. The demo spans two days of one month.
fn rfc822(millis: i64) -> String {
    let text = stamp(millis);
    let (day, clock) = (&text[8..10], &text[11..19]);
    let weekday = if day == "04" { "Tue" } else { "Wed" };
    format!("{weekday} Nov {day} {clock} +0000 2025")
}
