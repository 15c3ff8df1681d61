//! A post of X becomes posts: itself, and those that stand inside it (the one it passes on, the one it quotes).
//!
//! Known defects of the shapes are said here, once for every format that carries them.

use record::{
    Account, Community, Fidelity, Item, Media, MediaKind, Observation, Post, PostKey, PostKind, State,
};
use values::{Handle, Link, Moment, Place, Platform, Severity, Trouble};

use super::tweet::{Entities, Legacy, Tweet, User};
use crate::format::{post_item, sighting};
use crate::loose::Text;
use crate::{text, time};

/// What is common to all posts of one record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// When the record was made, by whoever made it.
    pub seen: Option<Moment>,
    pub fidelity: Fidelity,
    /// How deep posts may stand in posts; X itself shows one, rarely two.
    pub depth: u32,
}

/// Pushes the posts of `tweet`, found at `place`; `at` makes the place of something at a JSON pointer inside it.
pub(crate) fn push_tweet(
    tweet: &Tweet<'_>,
    pointer: &str,
    at: &dyn Fn(&str) -> Place,
    set: &Setting,
    items: &mut Vec<Item>,
) {
    let wrapped = tweet.tweet.get().is_some();
    let pointer = if wrapped { format!("{pointer}/tweet") } else { pointer.to_owned() };
    let tweet = tweet.inner();
    let (Some(legacy), Some(id)) = (tweet.legacy.get(), tweet.true_id()) else {
        items.push(Item::Leftover { place: at(&pointer), what: gone_words(tweet) });
        return;
    };
    let place = at(&pointer);
    let user = tweet.core.get().and_then(|core| core.user_results.get()?.result.get()).or(tweet.user.get());
    let author = account(user, legacy, &place, items);
    let (mut post, mut observation) = from_legacy(id, legacy, author, place, set, items);

    if let Some(note) = tweet.note_tweet.get() {
        match note.note_tweet_results.get().and_then(|holder| holder.result.get()) {
            Some(note) if note.text.get().is_some() => {
                post.text = text::unescape_x(note.text.get().unwrap_or_default());
                post.text_cut = false;
                if let Some(entities) = note.entity_set.get() {
                    fill_entities(&mut post, entities);
                }
            }
            _ => post.text_cut = true,
        }
    }
    if post.kind == PostKind::Repost {
        post.text.clear();
        post.text_cut = false;
    }
    if let Some(views) = tweet.views.get() {
        observation.counts.views = views.count.0;
    }
    let community = tweet.author_community_relationship.get().and_then(|found| found.community_results.get());
    if let Some(found) = community.or(tweet.community_results.get()).and_then(|holder| holder.result.get()) {
        post.community = Some(Community {
            id: found.rest_id.owned().or_else(|| found.id_str.owned()),
            name: found.name.owned(),
            members: found.member_count.0,
        });
    }
    if let Some(note) = tweet.birdwatch_pivot.get() {
        post.platform_note = note.subtitle.get().and_then(|subtitle| subtitle.text.owned());
    }
    tell_edits(tweet, id, &mut post, &mut observation, items);

    let mut inside: Vec<(&Tweet<'_>, String)> = Vec::new();
    let reposted = legacy.retweeted_status_result.get().and_then(|holder| holder.result.get());
    if let Some(original) = reposted {
        post.kind = PostKind::Repost;
        post.text.clear();
        post.text_cut = false;
        post.mentions.clear();
        post.hashtags.clear();
        post.links.clear();
        post.media.clear();
        // X repeats the original's numbers on each repost of it.
        observation.counts = record::Counts::default();
        post.repost_of = original.inner().true_id().map(|id| PostKey::new(Platform::X, id));
        inside.push((original, format!("{pointer}/legacy/retweeted_status_result/result")));
    }
    if let Some(quoted) = tweet.quoted_status_result.get().and_then(|holder| holder.result.get()) {
        if let Some(id) = quoted.inner().true_id() {
            post.quote_of = Some(PostKey::new(Platform::X, id));
        }
        inside.push((quoted, format!("{pointer}/quoted_status_result/result")));
    }
    if post.quote_of.is_some() && post.kind == PostKind::Original {
        post.kind = PostKind::Quote;
    }
    tell_cut(&post, &observation.place, items);
    let named = post.quote_of.clone();
    items.push(post_item(post, observation));
    for (tweet, pointer) in inside {
        if tweet.is_shown() && set.depth > 0 {
            push_tweet(tweet, &pointer, at, &Setting { depth: set.depth - 1, ..*set }, items);
        } else if let Some(key) = &named {
            push_missing(key.clone(), at(&pointer), &gone_words(tweet), set, items);
        }
    }
}

/// Pushes a post of the older shape, with those that stand inside it.
pub(crate) fn push_legacy(
    legacy: &Legacy<'_>,
    pointer: &str,
    at: &dyn Fn(&str) -> Place,
    set: &Setting,
    items: &mut Vec<Item>,
) {
    let place = at(pointer);
    let Some(id) = legacy.id_str.id() else {
        items.push(Item::Leftover { place, what: "an entry without the id of a post".to_owned() });
        return;
    };
    let author = account(legacy.user.get(), legacy, &place, items);
    let (mut post, mut observation) = from_legacy(id, legacy, author, place, set, items);
    if let Some(extended) = legacy.extended_tweet.get()
        && let Some(words) = extended.full_text.get()
    {
        post.text = text::unescape_x(words);
        post.text_cut = false;
        if let Some(entities) = extended.entities.get() {
            fill_entities(&mut post, entities);
        }
    }
    let mut inside = Vec::new();
    if let Some(original) = legacy.retweeted_status.get() {
        post.kind = PostKind::Repost;
        post.text.clear();
        post.text_cut = false;
        observation.counts = record::Counts::default();
        post.repost_of = original.id_str.id().map(|id| PostKey::new(Platform::X, id));
        inside.push((original, format!("{pointer}/retweeted_status")));
    }
    if let Some(quoted) = legacy.quoted_status.get() {
        inside.push((quoted, format!("{pointer}/quoted_status")));
    }
    tell_cut(&post, &observation.place, items);
    items.push(post_item(post, observation));
    for (legacy, pointer) in inside {
        if set.depth > 0 {
            push_legacy(legacy, &pointer, at, &Setting { depth: set.depth - 1, ..*set }, items);
        }
    }
}

/// Pushes a post the capture names and does not show.
pub(crate) fn push_missing(key: PostKey, place: Place, why: &str, set: &Setting, items: &mut Vec<Item>) {
    items.push(Item::Trouble(
        Trouble::new(
            "post.missing",
            Severity::Note,
            format!("This capture names the post {key} and does not show it ({why}). That it was gone by then is itself worth knowing."),
            "Look for an older capture, a web archive, or ask the platform to preserve it under this id.",
        )
        .at(place.clone()),
    ));
    let mut post = Post::bare(key, PostKind::Original, Account::unknown(Platform::X));
    post.written = post.key.native_id().and_then(|id| time::of_x_post(id, None).0);
    let observation =
        Observation { state: State::Unavailable, seen: set.seen, ..sighting(place, set.fidelity) };
    items.push(post_item(post, observation));
}

fn gone_words(tweet: &Tweet<'_>) -> String {
    let told = tweet.tombstone.get().and_then(|tomb| tomb.text.get()).and_then(|words| words.text.get());
    match told {
        Some(words) => format!("X says: “{words}”"),
        None => "X shows nothing in its place".to_owned(),
    }
}

fn from_legacy(
    id: &str,
    legacy: &Legacy<'_>,
    author: Account,
    place: Place,
    set: &Setting,
    items: &mut Vec<Item>,
) -> (Post, Observation) {
    let mut post = Post::bare(PostKey::new(Platform::X, id), PostKind::Original, author);
    let words = legacy.full_text.get().or(legacy.text.get()).unwrap_or_default();
    post.text_cut = legacy.truncated.0 == Some(true) && legacy.full_text.get().is_none() || looks_cut(words);
    post.text = text::unescape_x(words);
    let (written, trouble) = time::of_x_post(id, legacy.created_at.get().and_then(time::x_date));
    post.written = written;
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    let (seen, trouble) = time::collected(set.seen, written);
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    post.lang = legacy.lang.owned().filter(|lang| lang != "und" && lang != "zxx");
    post.url = post.author.handle.as_ref().and_then(|handle| address(handle.as_str(), id));
    let key = |id: &Text<'_>| id.id().map(|id| PostKey::new(Platform::X, id));
    post.conversation = key(&legacy.conversation_id_str);
    post.reply_to = key(&legacy.in_reply_to_status_id_str);
    post.quote_of = key(&legacy.quoted_status_id_str);
    post.repost_of = key(&legacy.retweeted_status_id_str);
    post.kind = if post.repost_of.is_some() {
        PostKind::Repost
    } else if post.quote_of.is_some() {
        PostKind::Quote
    } else if post.reply_to.is_some() || legacy.in_reply_to_screen_name.get().is_some() {
        PostKind::Reply
    } else {
        PostKind::Original
    };
    if let Some(entities) = legacy.entities.get() {
        fill_entities(&mut post, entities);
    }
    let media = legacy.extended_entities.get().or(legacy.entities.get()).map(|entities| &entities.media);
    post.media = media.map_or_else(Vec::new, |list| list.iter().map(attached).collect());

    let mut observation = Observation { seen, ..sighting(place, set.fidelity) };
    observation.counts.likes = legacy.favorite_count.0;
    observation.counts.reposts = legacy.retweet_count.0;
    observation.counts.replies = legacy.reply_count.0;
    observation.counts.quotes = legacy.quote_count.0;
    observation.counts.bookmarks = legacy.bookmark_count.0;
    if !legacy.withheld_in_countries.is_empty() || legacy.withheld_scope.get().is_some() {
        observation.state = State::Withheld;
        let countries: Vec<&str> = legacy.withheld_in_countries.iter().filter_map(Text::get).collect();
        items.push(Item::Trouble(
            Trouble::new(
                "post.withheld",
                Severity::Note,
                format!(
                    "X says that it withholds this post in {}.",
                    if countries.is_empty() { "some countries".to_owned() } else { countries.join(", ") }
                ),
                "Nothing needs doing; the words were read from this capture.",
            )
            .at(observation.place.clone()),
        ));
    }
    (post, observation)
}

fn fill_entities(post: &mut Post, entities: &Entities<'_>) {
    for mention in entities.user_mentions.iter() {
        let handle = mention.screen_name.get().and_then(Handle::new);
        push_new(&mut post.mentions, handle);
    }
    for hashtag in entities.hashtags.iter() {
        push_new(&mut post.hashtags, hashtag.text.owned());
    }
    for url in entities.urls.iter() {
        let link = url.expanded_url.get().or(url.url.get()).and_then(Link::new);
        push_new(&mut post.links, link);
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value
        && !list.contains(&value)
    {
        list.push(value);
    }
}

fn attached(media: &super::tweet::MediaShape<'_>) -> Media {
    let kind = match media.r#type.get() {
        Some("video" | "animated_gif") => MediaKind::Video,
        _ => MediaKind::Image,
    };
    let film = media.video_info.get().and_then(|info| {
        info.variants
            .iter()
            .max_by_key(|variant| variant.bitrate.0.unwrap_or(0))
            .and_then(|best| best.url.get())
    });
    Media {
        kind,
        link: film.or(media.media_url_https.get()).and_then(Link::new),
        id: media.id_str.owned(),
        alt: media.ext_alt_text.owned(),
        digest: None,
    }
}

fn account(user: Option<&User<'_>>, legacy: &Legacy<'_>, place: &Place, items: &mut Vec<Item>) -> Account {
    let mut account = Account::unknown(Platform::X);
    account.id = legacy.user_id_str.owned();
    if let Some(user) = user {
        let (core, old) = (user.core.get(), user.legacy.get());
        let field = |of: fn(&super::tweet::UserFields<'_>) -> Option<String>| {
            core.and_then(of).or_else(|| old.and_then(of))
        };
        account.id = user.rest_id.owned().or_else(|| user.id_str.owned()).or(account.id);
        account.handle = field(|f| f.screen_name.owned())
            .or_else(|| user.screen_name.owned())
            .and_then(|h| Handle::new(&h));
        account.name = field(|f| f.name.owned()).or_else(|| user.name.owned());
        account.followers = old.and_then(|f| f.followers_count.0).or(user.followers_count.0);
        account.verified =
            user.is_blue_verified.0.or(user.verified.0).or_else(|| old.and_then(|f| f.verified.0));
        let made = core.and_then(|f| f.created_at.get()).or_else(|| old.and_then(|f| f.created_at.get()));
        account.created = made.or(user.created_at.get()).and_then(time::x_date);
    }
    if account.handle.is_none() {
        let media = legacy.extended_entities.get().or(legacy.entities.get()).and_then(|e| e.media.first());
        let address = media.and_then(|media| media.expanded_url.get());
        account.handle = address.and_then(handle_in);
        if account.handle.is_some() {
            items.push(Item::Trouble(
                Trouble::new(
                    "x.author_recovered",
                    Severity::Note,
                    "The record holds no account; the handle was taken from the address of the post's own picture.",
                    "Compare it with another capture of the post.",
                )
                .at(place.clone()),
            ));
        }
    }
    if account.key().is_none() {
        items.push(Item::Trouble(
            Trouble::new(
                "x.author_missing",
                Severity::Warn,
                "The record does not say which account wrote this post.",
                "Open the post by its id, or look for another capture of it.",
            )
            .at(place.clone()),
        ));
    }
    account
}

/// Returns the handle in an address of a post: `https://x.com/HANDLE/status/…`. `i` stands for any account.
pub(crate) fn handle_in(address: &str) -> Option<Handle> {
    let (before, _) = address.split_once("/status/")?;
    let handle = before.rsplit('/').next()?;
    let fits =
        !handle.is_empty() && handle != "i" && handle.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if fits { Handle::new(handle) } else { None }
}

/// Returns the id in an address of a post.
pub(crate) fn id_in(address: &str) -> Option<&str> {
    let (_, after) = address.split_once("/status/")?;
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0).then(|| &after[..digits])
}

/// Returns the address of a post.
pub(crate) fn address(handle: &str, id: &str) -> Option<Link> {
    Link::new(&format!("https://x.com/{handle}/status/{id}"))
}

/// X cuts at 280 characters and ends with `…`; a post may end so by itself, but rarely at that length.
pub(crate) fn looks_cut(words: &str) -> bool {
    let bare = words.rfind(" https://t.co/").map_or(words, |at| &words[..at]);
    bare.ends_with('…') && bare.len() >= 200 && bare.chars().count() >= 255
}

fn tell_cut(post: &Post, place: &Place, items: &mut Vec<Item>) {
    if post.text_cut {
        items.push(Item::Trouble(cut().at(place.clone())));
    }
}

/// Returns the trouble of a text that ends at 280 characters.
pub(crate) fn cut() -> Trouble {
    Trouble::new(
        "x.text_cut",
        Severity::Warn,
        "The capture holds only the beginning of these words; what was said further on is not in evidence.",
        "Capture the post again with “Show more” opened, or from the page of the post itself.",
    )
}

fn tell_edits(
    tweet: &Tweet<'_>,
    id: &str,
    post: &mut Post,
    observation: &mut Observation,
    items: &mut Vec<Item>,
) {
    let Some(control) = tweet.edit_control.get() else { return };
    let control = control.edit_control_initial.get().unwrap_or(control);
    let versions: Vec<&str> = control.edit_tweet_ids.iter().filter_map(Text::id).collect();
    let Some(at) = versions.iter().position(|version| *version == id) else { return };
    if at > 0 {
        if observation.state == State::Visible {
            observation.state = State::Edited;
        }
        post.edited = post.written;
    }
    if versions.len() > 1 {
        items.push(Item::Trouble(
            Trouble::new(
                "post.versions",
                Severity::Note,
                format!(
                    "X keeps {} versions of this post under ids of their own ({}); this capture shows version {}.",
                    versions.len(),
                    versions.join(", "),
                    at + 1
                ),
                "Capture the other versions under “View post history”.",
            )
            .at(observation.place.clone()),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_id_and_handle() {
        let address = "https://twitter.com/example_watcher/status/1985724259103670395/photo/1?s=20";
        assert_eq!(id_in(address), Some("1985724259103670395"));
        assert_eq!(handle_in(address).unwrap().as_str(), "example_watcher");
        assert_eq!(handle_in("https://x.com/i/status/1"), None);
        assert_eq!(id_in("https://x.com/example_watcher"), None);
    }

    #[test]
    fn only_long_texts_look_cut() {
        assert!(!looks_cut("They always…"));
        assert!(looks_cut(&format!("{}…", "a ".repeat(139))));
        assert!(looks_cut(&format!("{}… https://t.co/EXAMPLE", "a ".repeat(139))));
    }
}
