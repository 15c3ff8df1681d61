//! The posts of a trace as a table of actions: what `redress together`, and engines for more than one machine, count.

use std::io::{self, Write};

use super::coordination::{By, acts};
use super::node::{PostNode, Posts};
use crate::alike;
use crate::together::{ActionRow, ActionsFile, Kind};

/// Writes `posts` as Parquet in the layout of `docs/formats/actions.md`, in one order whatever the order of `posts`.
///
/// Posts without a time or an account are left out: nothing can be counted on them. The thing of words is the key of the
/// earliest post with these or nearly these words (`alike`: the least similarity, 0 to 1), if more than one has them.
pub fn actions(posts: &[PostNode], alike: f64, to: impl Write + Send) -> io::Result<()> {
    let posts = Posts::new(posts);
    let texts: Vec<&[u8]> = posts.list.iter().map(|post| post.text_key.as_slice()).collect();
    let texts = alike::groups(&texts, alike);
    let mut file = ActionsFile::new(to)?;
    for by in By::ALL {
        for (account, thing, at) in acts(&posts, &texts, by) {
            let group = || thing.parse::<usize>().ok().and_then(|number| texts.get(number));
            let words = (by == By::Text).then(group).flatten().map(|group| posts.list[group[0]].key.as_str());
            file.push(&ActionRow {
                account: account.as_str(),
                action: kind(by),
                object: words.unwrap_or(&thing),
                content: posts.list[at].key.as_str(),
                millis: posts.list[at].written.unwrap_or_default(),
            })?;
        }
    }
    // What coordination does not look at, and other programs may.
    for post in &posts.list {
        let (Some(account), Some(millis)) = (&post.account, post.written) else { continue };
        let quoted = post.quote_of.iter().map(|key| (Kind::Quote, key.as_str()));
        let named = post.mentions.iter().map(|key| (Kind::Mention, key.as_str()));
        for (action, object) in quoted.chain(named) {
            let account = account.as_str();
            file.push(&ActionRow { account, action, object, content: post.key.as_str(), millis })?;
        }
    }
    file.finish()
}

const fn kind(by: By) -> Kind {
    match by {
        By::Repost => Kind::Repost,
        By::Reply => Kind::Reply,
        By::Link => Kind::Link,
        By::Hashtag => Kind::Hashtag,
        By::Text => Kind::Text,
        By::Media => Kind::Image,
    }
}

#[cfg(test)]
mod tests {
    use record::{AccountKey, PostKey, PostKind};

    use super::*;
    use crate::together::{Columns, Wanted, read_parquet};

    fn post(key: &str, account: &str, seconds: i64) -> PostNode {
        let (key, account) = (PostKey::from_stored(key), AccountKey::from_stored(account));
        PostNode { written: Some(seconds * 1000), ..PostNode::bare(key, Some(account), PostKind::Original) }
    }

    #[test]
    fn every_kind_of_action_is_written_and_read_back() {
        let key = |key: &str| Some(PostKey::from_stored(key));
        let words = || b"who is this man with the bag of ballots at the drop box".to_vec();
        let posts = [
            PostNode {
                text_key: words(),
                links: vec!["https://example.org/".into()],
                ..post("1", "ann", 10)
            },
            PostNode { text_key: words(), hashtags: vec!["mule".into()], ..post("2", "bob", 20) },
            PostNode { repost_of: key("1"), ..post("3", "cid", 30) },
            PostNode { reply_to: key("1"), media: vec!["m".into()], ..post("4", "dee", 40) },
            PostNode {
                quote_of: key("1"),
                mentions: vec![AccountKey::from_stored("ann")],
                ..post("5", "eve", 50)
            },
            PostNode { written: None, reply_to: key("1"), ..post("6", "fay", 0) },
        ];
        let mut bytes = Vec::new();
        actions(&posts, 0.6, &mut bytes).unwrap();
        let mut again = Vec::new();
        let turned: Vec<PostNode> = posts.iter().rev().cloned().collect();
        actions(&turned, 0.6, &mut again).unwrap();
        assert!(bytes == again, "the order of posts changes nothing");
        let rows = |kinds: &[Kind]| {
            let wanted = Wanted { columns: &Columns::coortweet(), kinds };
            let table = read_parquet(bytes::Bytes::from(bytes.clone()), &wanted).unwrap().actions;
            let mut rows: Vec<(String, String, i64)> = (0..table.rows())
                .filter_map(|row| {
                    let numbers = table.numbers(row)?;
                    let (account, object) =
                        (table.account_name(numbers.account), table.object_name(numbers.object));
                    Some((account.to_owned(), object.to_owned(), numbers.millis / 1000))
                })
                .collect();
            rows.sort();
            rows
        };
        let row = |account: &str, object: &str, seconds| (account.to_owned(), object.to_owned(), seconds);
        assert_eq!(rows(&[Kind::Text]), [row("ann", "1", 10), row("bob", "1", 20)]);
        assert_eq!(rows(&[Kind::Link]), [row("ann", "https://example.org/", 10)]);
        assert_eq!(rows(&[Kind::Hashtag]), [row("bob", "mule", 20)]);
        assert_eq!(rows(&[Kind::Repost]), [row("cid", "1", 30)]);
        assert_eq!(rows(&[Kind::Reply]), [row("dee", "1", 40)]);
        assert_eq!(rows(&[Kind::Image]), [row("dee", "m", 40)]);
        assert_eq!(rows(&[Kind::Quote]), [row("eve", "1", 50)]);
        assert_eq!(rows(&[Kind::Mention]), [row("eve", "ann", 50)]);
        assert_eq!(rows(&[]).len(), 9);
    }
}
