//! “Download an archive of your data” of X: what its owner wrote, and the messages they sent and got.
//!
//! Each file opens with a line of JavaScript; numbers are texts. What others posted about the owner is not in it.
//! Messages name accounts by id only: threats in them are the valuable part.

use record::{Account, Fidelity, Item, Media, MediaKind, Post, PostKey, PostKind, Sink, State};
use serde::Deserialize;
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::{self, Dig};
use crate::x::post::{Setting, address, push_legacy};
use crate::x::tweet::Legacy;
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "x-archive",
    version: 4,
    description: "A person's own data archive from X (.zip, or data/*.js from it)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| {
        head.squeezed.starts_with("window.YTD.") || head.squeezed.starts_with("window.__THAR_CONFIG=")
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let (opening, list) = text.split_once('=').unwrap_or((&text, ""));
    let part =
        opening.trim().trim_start_matches("window.YTD.").split('.').next().unwrap_or_default().to_owned();
    let is_posts = matches!(
        part.as_str(),
        "tweets" | "tweet" | "community_tweet" | "community_tweets" | "deleted_tweets"
    );
    let is_messages = matches!(
        part.as_str(),
        "direct_messages" | "direct_messages_group" | "direct_message" | "direct_message_group"
    );
    let is_notes = matches!(part.as_str(), "note_tweet" | "note_tweets");
    if !is_posts && !is_messages && !is_notes {
        let part = if part.starts_with("window.__THAR_CONFIG") { "manifest" } else { &part };
        out.describes(format!("the part “{part}” of a data archive, which holds no posts or messages"));
        return Ok(());
    }
    let text = input.json_of(list.to_owned(), out)?;
    let list: Value = serde_json::from_str(&text).map_err(|error| json::broken(&error))?;
    let entries = list.as_array().map_or(&[][..], Vec::as_slice);
    if is_notes {
        notes(entries, input, out);
    } else if is_posts {
        posts(entries, part == "deleted_tweets", input, out)
    } else {
        messages(entries, input, out)
    }
    Ok(())
}

/// Reads the whole words of long posts, of which `tweets.js` holds the first 280 characters. Their number here is not
/// that of the post.
fn notes(entries: &[Value], input: &Input<'_>, out: &mut Out<'_>) {
    let owner = owner(input).unwrap_or_else(|| Account::unknown(Platform::X));
    if !entries.is_empty() {
        out.trouble(Trouble::new(
            "x.note_apart",
            Severity::Note,
            "The whole words of long posts stand apart from the posts in this archive, without the posts' own numbers.",
            "The post with the same beginning and time in tweets.js is the one; its number is there.",
        ));
    }
    for (index, entry) in entries.iter().enumerate() {
        let note = entry.get("noteTweet").unwrap_or(entry);
        let place = Place::new(At::Pointer(format!("/{index}/noteTweet")));
        let Some(words) = note.text("core.text") else {
            out.take(Item::Leftover { place, what: "an entry without words".to_owned() });
            continue;
        };
        let mut post = Post::bare(input.key_at(Platform::X, &place), PostKind::Original, owner.clone());
        post.text = words.to_owned();
        post.written = note.moment("createdAt", SaidBy::Platform);
        let observation = input.sighting(place);
        out.take(post_item(post, observation));
    }
}

/// Reads the owner of the archive from the file that names them.
fn owner(input: &Input<'_>) -> Option<Account> {
    let bytes = input.beside?.bytes("account.js")?;
    let text = String::from_utf8(bytes).ok()?;
    let value: Value = serde_json::from_str(text.split_once('=')?.1).ok()?;
    let found = value.get(0)?.get("account")?;
    let mut account = Account::unknown(Platform::X);
    account.id = found.id("accountId");
    account.handle = found.text("username").and_then(Handle::new);
    account.name = found.text("accountDisplayName").map(str::to_owned);
    account.created = found.moment("createdAt", SaidBy::Platform);
    Some(account)
}

fn posts(entries: &[Value], deleted: bool, input: &Input<'_>, out: &mut Out<'_>) {
    let owner = owner(input);
    if owner.is_none() {
        out.alone = true;
        out.trouble(Trouble::new(
            "x.archive_owner",
            Severity::Warn,
            "These are the posts of the archive's owner, and the file that names the owner (data/account.js) is not beside it.",
            "Import the archive whole: the .zip it came in, or the folder it was unpacked to.",
        ));
    }
    own_only(out);
    let set = Setting { seen: None, fidelity: FORMAT.fidelity, depth: 2 };
    let at = |pointer: &str| Place::new(At::Pointer(pointer.to_owned()));
    for (index, entry) in entries.iter().enumerate() {
        let (entry, pointer) = match entry.get("tweet") {
            Some(tweet) => (tweet, format!("/{index}/tweet")),
            None => (entry, format!("/{index}")),
        };
        let Ok(legacy) = Legacy::deserialize(entry) else { continue };
        let mut items = Vec::new();
        push_legacy(&legacy, &pointer, &at, &set, &mut items);
        for mut item in items {
            match &mut item {
                // The record never names its author: the archive does.
                Item::Trouble(trouble) if trouble.code == "x.author_missing" => continue,
                Item::Post { post, observation } => {
                    if post.author.key().is_none()
                        && let Some(owner) = &owner
                    {
                        post.author = owner.clone();
                        let id = post.key.native_id().unwrap_or_default();
                        post.url = owner.handle.as_ref().and_then(|handle| address(handle.as_str(), id));
                    }
                    if deleted {
                        observation.state = State::Deleted;
                    }
                }
                _ => {}
            }
            out.take(item);
        }
    }
}

/// That a post is not in the archive says nothing of whether others posted it.
fn own_only(out: &mut Out<'_>) {
    out.trouble(Trouble::new(
        "x.archive_own_only",
        Severity::Note,
        "A data archive holds what its owner posted and the messages they sent and got, and not what others posted about them.",
        "Capture posts of others from their pages.",
    ));
}

fn messages(entries: &[Value], input: &Input<'_>, out: &mut Out<'_>) {
    let owner = owner(input);
    out.trouble(Trouble::new(
        "x.messages_by_id",
        Severity::Note,
        "X names the accounts in messages by number only.",
        "Write down who they are while the conversation can still be opened; the number fits a request to X.",
    ));
    for (index, entry) in entries.iter().enumerate() {
        let talk = entry.text("dmConversation.conversationId").unwrap_or_default();
        for (inner, message) in entry.list("dmConversation.messages").iter().enumerate() {
            let place =
                Place::new(At::Pointer(format!("/{index}/dmConversation/messages/{inner}/messageCreate")));
            let Some((create, id)) =
                message.get("messageCreate").and_then(|create| Some((create, create.id("id")?)))
            else {
                out.take(Item::Leftover {
                    place,
                    what: "an entry of a conversation that is no message".to_owned(),
                });
                continue;
            };
            let mut author = Account::unknown(Platform::X);
            author.id = create.id("senderId");
            if let Some(owner) = owner.as_ref().filter(|owner| owner.id == author.id) {
                author = owner.clone();
            }
            let mut post = Post::bare(PostKey::new(Platform::X, &id), PostKind::Message, author);
            post.text = crate::text::unescape_x(create.text("text").unwrap_or_default());
            let (written, trouble) = time::of_x_post(&id, create.moment("createdAt", SaidBy::Platform));
            post.written = written;
            if let Some(trouble) = trouble {
                out.trouble(trouble.at(place.clone()));
            }
            post.conversation = Some(PostKey::new(Platform::X, &format!("conversation-{talk}")));
            post.links = create
                .list("urls")
                .iter()
                .filter_map(|url| Link::new(url.text("expanded").or_else(|| url.text("url"))?))
                .collect();
            for media in create.list("mediaUrls") {
                let link = media.as_str().and_then(Link::new);
                post.media.push(Media { kind: MediaKind::Image, link, id: None, alt: None, digest: None });
            }
            let mut observation = input.sighting(place);
            if !create.list("editHistory").is_empty() {
                observation.state = State::Edited;
            }
            out.take(post_item(post, observation));
        }
    }
}
