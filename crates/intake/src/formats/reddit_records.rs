//! Posts and comments of Reddit as single records: one a line in the collections of Pushshift and Arctic Shift, one a file
//! where gallery-dl saved a picture or somebody saved one comment.
//!
//! A record of a collection is what Reddit answered on the day it was fetched (`retrieved_on`), often seconds after it was
//! written: words that were removed since stand in it. Older ones have no `name`; it is made of the sort and the id.

use std::io::Read;

use record::{Fidelity, Item, Observation, Sink, State};
use serde_json::Value;
use values::{At, Place, SaidBy, Severity, Trouble};

use super::reddit;
use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;
use crate::{Refused, lines, time};

pub(super) const FORMAT: Format = Format {
    name: "reddit-records",
    version: 1,
    description: "Single posts or comments of Reddit: Pushshift or Arctic Shift (.ndjson), gallery-dl (.json), one comment",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let is_comment = head.has(&["\"body\":", "\"link_id\":\"t3_"]);
    let is_post = head.has(&["\"title\":", "\"selftext\":"]);
    head.opens_with(&['{', '['])
        && head.has(&["\"subreddit\":\"", "\"created_utc\":", "\"author\":"])
        && (is_comment || is_post)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    if is_a_line_each(input)? {
        return lines::each_value(input, out, |value, line, items| {
            let number = line.number;
            one(value, "", &|at| Place::new(At::LinePointer(number, at.to_owned())), items);
        });
    }
    let value = input.json(out)?;
    // An answer of the interface of Arctic Shift or Pushshift is a list under `data`.
    let (list, above) = match &value {
        Value::Array(list) => (list.as_slice(), ""),
        _ => (value.list("data"), "/data"),
    };
    let at = |pointer: &str| Place::new(At::Pointer(pointer.to_owned()));
    let mut items = Vec::new();
    if list.is_empty() {
        one(&value, "", &at, &mut items);
    }
    for (index, entry) in list.iter().enumerate() {
        one(entry, &format!("{above}/{index}"), &at, &mut items);
    }
    items.into_iter().for_each(|item| out.take(item));
    Ok(())
}

/// Tells whether the first line is a record of its own.
fn is_a_line_each(input: &Input<'_>) -> Result<bool, Refused> {
    let mut start = Vec::new();
    let reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    reader.take(1 << 20).read_to_end(&mut start).map_err(|error| Refused::unreadable(&error))?;
    let text = crate::text::decode(&start);
    let first = text.trim_start().lines().next().unwrap_or_default();
    let Ok(value) = serde_json::from_str::<Value>(first) else { return Ok(false) };
    Ok(value.is_object() && value.list("data").is_empty())
}

fn one(entry: &Value, pointer: &str, at: &dyn Fn(&str) -> Place, items: &mut Vec<Item>) {
    // Reddit itself wraps a thing in its kind.
    let wrapped = entry.text("kind").zip(entry.get("data").filter(|data| data.is_object()));
    let (data, pointer) = match wrapped {
        Some((_, data)) => (data, format!("{pointer}/data")),
        None => (entry, pointer.to_owned()),
    };
    let is_comment = data.get("body").is_some() && data.get("link_id").is_some();
    let place = if pointer.is_empty() { whole(at) } else { at(&pointer) };
    let Some((post, counts, mut state)) = reddit::post(data, is_comment) else {
        items.push(Item::Leftover { place, what: "an entry without the id of a post".to_owned() });
        return;
    };
    let clock = ["retrieved_utc", "retrieved_on"].iter().find_map(|key| data.epoch(key, SaidBy::Collector));
    let (seen, trouble) = time::collected(clock, post.written);
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    if data.flag("_meta.was_deleted_later") == Some(true) {
        state = State::Deleted;
        items.push(Item::Trouble(
            Trouble::new(
                "reddit.deleted_later",
                Severity::Note,
                "The collection says that this was deleted after it was first fetched; the words are those of the first time.",
                "Keep the file: Reddit shows these words to nobody any more.",
            )
            .at(place.clone()),
        ));
    }
    items.push(post_item(post, Observation { seen, counts, state, ..sighting(place, FORMAT.fidelity) }));
}

/// Returns the place of a record that is all of its line or file.
fn whole(at: &dyn Fn(&str) -> Place) -> Place {
    match at("").at {
        At::LinePointer(number, _) => Place::line(number),
        _ => Place::whole(),
    }
}

#[cfg(test)]
mod tests {
    use record::Item;

    use super::*;
    use crate::{Limits, Options, Slice, read};

    fn posts(name: &str, text: &str) -> (&'static str, Vec<(record::Post, Observation)>, Vec<String>) {
        let mut items: Vec<Item> = Vec::new();
        let options = Options::plain(Limits::ordinary());
        let summary = read(&Slice::new(name, text.as_bytes()), &options, &mut items).unwrap();
        let (mut posts, mut codes) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Post { post, observation } => posts.push((*post, observation)),
                Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
                _ => {}
            }
        }
        (summary.format, posts, codes)
    }

    #[test]
    fn collections_of_comments_and_posts_are_read_line_by_line() {
        let lines = concat!(
            r#"{"author":"example_watcher","author_fullname":"t2_abc","body":"Who is this man? &amp; why","created_utc":1762268531,"id":"nb1","link_id":"t3_1ab2","parent_id":"t1_na9","permalink":"/r/example/comments/1ab2/x/nb1/","retrieved_on":1762268600,"score":4,"subreddit":"example","subreddit_id":"t5_2x"}"#,
            "\n",
            r#"{"author":"[deleted]","body":"his plate is RDR-0000","created_utc":"1762268532","id":"nb2","link_id":"t3_1ab2","parent_id":"t3_1ab2","subreddit":"example","_meta":{"was_deleted_later":true},"retrieved_on":1762268700}"#,
            "\n",
            r#"{"author":"example_two","created_utc":1762268500,"id":"1ab2","is_self":true,"num_comments":2,"selftext":"Seen at the box","subreddit":"example","title":"A man","score":9}"#,
            "\n"
        );
        let (format, posts, codes) = posts("RC_2025-11.ndjson", lines);
        assert_eq!(format, "reddit-records");
        let keys: Vec<&str> = posts.iter().map(|(post, _)| post.key.as_str()).collect();
        assert_eq!(keys, ["reddit:t1_nb1", "reddit:t1_nb2", "reddit:t3_1ab2"]);
        let (first, seen) = &posts[0];
        assert_eq!(first.text, "Who is this man? & why");
        assert_eq!(first.reply_to.as_ref().unwrap().as_str(), "reddit:t1_na9");
        assert_eq!(seen.seen.unwrap().to_rfc3339(), "2025-11-04T15:03:20Z");
        assert_eq!((seen.place.to_string().as_str(), seen.counts.likes), ("line:1", Some(4)));
        assert_eq!((posts[1].1.state, posts[1].0.text.as_str()), (State::Deleted, "his plate is RDR-0000"));
        assert_eq!(posts[1].0.written.unwrap().to_rfc3339(), "2025-11-04T15:02:12Z");
        assert_eq!(posts[2].0.text, "A man\n\nSeen at the box");
        assert_eq!(codes, ["reddit.deleted_later"]);
    }

    #[test]
    fn one_comment_one_file_of_gallery_dl_and_an_answer_are_read() {
        let comment = r#"{"kind": "t1", "data": {"subreddit": "example", "author": "example_watcher", "body": "Find him", "name": "t1_nb1", "id": "nb1", "link_id": "t3_1ab2", "parent_id": "t3_1ab2", "created_utc": 1762268531.0, "ups": 3}}"#;
        let (format, posts_of, _) = posts("comment.json", comment);
        assert_eq!((format, posts_of[0].0.key.as_str()), ("reddit-records", "reddit:t1_nb1"));
        let saved = "{\n    \"author\": \"example_watcher\",\n    \"category\": \"reddit\",\n    \"created_utc\": 1762268531.0,\n    \"date\": \"2025-11-04 15:02:11\",\n    \"extension\": \"jpg\",\n    \"filename\": \"abc\",\n    \"id\": \"1ab2\",\n    \"name\": \"t3_1ab2\",\n    \"selftext\": \"\",\n    \"subcategory\": \"submission\",\n    \"subreddit\": \"example\",\n    \"title\": \"Who is he?\",\n    \"is_self\": false,\n    \"post_hint\": \"image\",\n    \"url\": \"https://i.example/abc.jpg\"\n}\n";
        let (format, posts_of, _) = posts("1ab2 Who is he.jpg.json", saved);
        assert_eq!((format, posts_of[0].0.text.as_str()), ("reddit-records", "Who is he?"));
        assert_eq!(posts_of[0].1.place, Place::whole());
        let answer = format!(
            "{{\"data\":[{}]}}",
            r#"{"author":"a","body":"x","created_utc":1762268531,"id":"nb1","link_id":"t3_1ab2","parent_id":"t3_1ab2","subreddit":"example"}"#
        );
        let (_, posts_of, _) = posts("answer.json", &answer);
        assert_eq!(posts_of[0].1.place.to_string(), "pointer:/data/0");
    }
}
