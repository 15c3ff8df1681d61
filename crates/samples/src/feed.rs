//! A feed of posts as one string, for tests that need many posts and no file format.
//!
//! ```text
//! 15:02 @example_watcher a: Who is this man? #sample
//! 15:11 @example_threat b > a: plate RDR-0000
//! 15:33 @example_amplifier c rt a
//! 16:00 @example_amplifier d qt a: They always delete it.
//! +1 09:00 @clerk_example e > a: He delivers the mail. {views=12 likes=3}
//! ```
//!
//! A line is a time (UTC, on 2025-11-04; `+1` is the day after), an account, a name for the post, then `>` (reply),
//! `rt` (repost) or `qt` (quote) with the name of another post, then the words behind `: `. Numbers in braces at the end
//! are counts. Empty lines and lines that open with `//` are passed over. A name that no earlier line has stands for a
//! post that is not in the feed.

use record::{Account, Fidelity, Observation, Post, PostKey, PostKind, State};
use values::{Moment, Place, Platform, Precision, SaidBy};

/// 2025-11-04T00:00:00Z in milliseconds.
const DAY: i64 = 1_762_214_400_000;
/// The epoch of X ids.
const SNOWFLAKE_EPOCH: i64 = 1_288_834_974_657;

/// Returns the posts of a feed on X, each with a sighting, in the order of the lines. Ids agree with the times.
///
/// # Panics
///
/// On a line that is not of the language: a test that holds one is wrong.
pub fn feed(text: &str) -> Vec<(Post, Observation)> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with("//"));
    let lines: Vec<Line<'_>> = lines
        .map(|(index, line)| {
            Line::parse(line.trim(), index).unwrap_or_else(|| panic!("line {} is no post: {line}", index + 1))
        })
        .collect();
    let key = |name: &str| {
        let id = lines.iter().find(|line| line.name == name).map_or_else(|| format!("gone-{name}"), Line::id);
        PostKey::new(Platform::X, &id)
    };
    lines.iter().map(|line| line.post(&key)).collect()
}

struct Line<'a> {
    index: usize,
    millis: i64,
    handle: &'a str,
    name: &'a str,
    tie: Option<(&'a str, &'a str)>,
    words: &'a str,
    counts: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str, index: usize) -> Option<Self> {
        let (line, counts) = match line.strip_suffix('}').and_then(|line| line.rsplit_once('{')) {
            Some((line, counts)) => (line.trim_end(), counts),
            None => (line, ""),
        };
        let (head, words) =
            line.split_once(": ").or_else(|| Some((line.strip_suffix(':').unwrap_or(line), "")))?;
        let mut parts = head.split_ascii_whitespace();
        let mut first = parts.next()?;
        let mut days = 0;
        if let Some(later) = first.strip_prefix('+') {
            days = later.parse().ok()?;
            first = parts.next()?;
        }
        let mut clock = first.split(':').map(str::parse::<i64>);
        let (hour, minute) = (clock.next()?.ok()?, clock.next()?.ok()?);
        let second = clock.next().unwrap_or(Ok(0)).ok()?;
        let handle = parts.next()?.strip_prefix('@')?;
        let name = parts.next()?;
        let tie = match parts.next() {
            Some(sign @ (">" | "rt" | "qt")) => Some((sign, parts.next()?)),
            Some(_) => return None,
            None => None,
        };
        let millis = DAY + ((days * 24 + hour) * 3600 + minute * 60 + second) * 1000;
        parts.next().is_none().then_some(Self { index, millis, handle, name, tie, words, counts })
    }

    /// Returns the id: the time as X packs it, and the line below it.
    fn id(&self) -> String {
        (((self.millis - SNOWFLAKE_EPOCH) << 22) + self.index as i64).to_string()
    }

    fn post(&self, key: &dyn Fn(&str) -> PostKey) -> (Post, Observation) {
        let author = Account::with_handle(Platform::X, self.handle);
        let mut post = Post::bare(key(self.name), PostKind::Original, author);
        post.text = self.words.to_owned();
        post.written = Some(Moment::from_millis(self.millis, Precision::Millisecond, SaidBy::PlatformId));
        post.hashtags =
            self.words.split_whitespace().filter_map(|w| w.strip_prefix('#')).map(str::to_owned).collect();
        match self.tie {
            Some((">", to)) => (post.kind, post.reply_to) = (PostKind::Reply, Some(key(to))),
            Some(("rt", to)) => (post.kind, post.repost_of) = (PostKind::Repost, Some(key(to))),
            Some((_, to)) => (post.kind, post.quote_of) = (PostKind::Quote, Some(key(to))),
            None => {}
        }
        let mut observation = Observation {
            place: Place::line(self.index as u64 + 1),
            seen: Some(Moment::from_millis(self.millis + 3_600_000, Precision::Second, SaidBy::Collector)),
            counts: record::Counts::default(),
            state: State::Visible,
            fidelity: Fidelity::Collected,
        };
        for pair in self.counts.split_whitespace() {
            let (name, count) = pair.split_once('=').unwrap_or((pair, ""));
            let count = count.parse().ok();
            match name {
                "views" => observation.counts.views = count,
                "likes" => observation.counts.likes = count,
                "reposts" => observation.counts.reposts = count,
                "replies" => observation.counts.replies = count,
                other => panic!("line {}: “{other}” is no count", self.index + 1),
            }
        }
        (post, observation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_one_string() {
        let posts = feed(
            "15:02:11 @example_watcher a: Who is this man? #sample {views=12}
             // a comment

             15:11 @example_threat b > a: plate RDR-0000: seen
             15:33 @example_amplifier c rt a
             +1 16:00 @example_amplifier d qt gone: They always delete it.",
        );
        assert_eq!(posts.len(), 4);
        let (first, seen) = &posts[0];
        assert_eq!(first.key.as_str(), "x:1985724259103670272");
        assert_eq!(first.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11.000Z");
        assert_eq!(
            Moment::of_snowflake(first.key.native_id().unwrap().parse().unwrap()).unwrap().millis(),
            first.written.unwrap().millis()
        );
        assert_eq!((seen.counts.views, first.hashtags.len()), (Some(12), 1));
        assert_eq!(posts[1].0.reply_to.as_ref(), Some(&first.key));
        assert_eq!(posts[1].0.text, "plate RDR-0000: seen");
        assert_eq!((posts[2].0.kind, posts[2].0.text.as_str()), (PostKind::Repost, ""));
        assert_eq!(posts[3].0.quote_of.as_ref().unwrap().as_str(), "x:gone-gone");
        assert_eq!(posts[3].0.written.unwrap().to_rfc3339(), "2025-11-05T16:00:00.000Z");
    }

    #[test]
    #[should_panic(expected = "line 1 is no post")]
    fn a_line_of_no_sense_fails_the_test_that_holds_it() {
        feed("somebody said something");
    }
}
