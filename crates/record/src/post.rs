//! A post: what a reader makes of a capture.

use std::fmt;

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};
use values::{Digest, Handle, Link, Moment, Place, Platform};

use crate::{Account, Tie, TieKind};

/// What identifies a post in a case: `platform:id`, with the platform's own id (`x:1985724259103670395`).
///
/// A message or page without an id gets `platform:~` and the first 32 hex digits of the SHA-256 of capture digest and
/// place, so the key is the same at every import of the same bytes. Keys up to 24 bytes, which are nearly all,
/// lie in the value itself: a large case holds millions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostKey(CompactString);

impl PostKey {
    /// Returns the key of the post the platform calls `id`.
    pub fn new(platform: Platform, id: &str) -> Self {
        Self(format_compact!("{platform}:{id}"))
    }

    /// Returns the key of something without an id of its own, found at `place` in the capture `digest`.
    pub fn of_place(platform: Platform, digest: &Digest, place: &Place) -> Self {
        let name = Digest::of(format!("{digest} {place}").as_bytes()).to_string();
        Self(format_compact!("{platform}:~{}", &name[..32]))
    }

    /// Takes a text that a [`PostKey`] wrote earlier.
    pub fn from_stored(text: impl Into<CompactString>) -> Self {
        Self(text.into())
    }

    /// Returns the key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the platform's own id, or `None` where the post has none.
    pub fn native_id(&self) -> Option<&str> {
        let (_, id) = self.0.split_once(':')?;
        (!id.starts_with('~')).then_some(id)
    }
}

impl fmt::Display for PostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of thing a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostKind {
    /// A post of its own.
    Original,
    /// An answer to another post.
    Reply,
    /// Another's post passed on without a word.
    Repost,
    /// Another's post passed on with words added.
    Quote,
    /// A comment under a page, a video or an article.
    Comment,
    /// A private or group message.
    Message,
    /// An e-mail.
    Email,
    /// A telephone call, voicemail, letter or visit written down by a person: see [`crate::Incident`].
    Incident,
    /// A page or picture in which no single post was found.
    Page,
}

/// A page, group or community in which a post stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Community {
    /// The platform's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name at the time of capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Members at the time of capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u64>,
}

/// What sort of media is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// A moving picture.
    Video,
    /// Sound alone.
    Audio,
    /// Any other file.
    File,
}

/// A picture, film, sound or file attached to a post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Media {
    /// What sort.
    pub kind: MediaKind,
    /// Where the platform served it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The platform's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The description its author gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The bytes, where the case holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// A post as one capture shows it.
///
/// The same post in several captures is one post with several observations; the case merges what each capture shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Post {
    /// What identifies it.
    pub key: PostKey,
    /// Where it was said.
    pub platform: Platform,
    /// What sort of thing it is.
    pub kind: PostKind,
    /// The account that said it.
    pub author: Account,
    /// The words, exactly as the capture holds them. Empty for a plain repost, whose words are the original's.
    pub text: String,
    /// Whether the capture is known to hold only the beginning of the words.
    #[serde(default, skip_serializing_if = "is_false")]
    pub text_cut: bool,
    /// When it was written, by the best source in this capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Moment>,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Moment>,
    /// The language the platform or its author stated (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Its own address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Link>,
    /// The post that opened the conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<PostKey>,
    /// The post it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<PostKey>,
    /// The post it passes on without a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost_of: Option<PostKey>,
    /// The post it passes on with words added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote_of: Option<PostKey>,
    /// Accounts it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Handle>,
    /// Addresses it names, expanded where the capture says how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Hashtags, without `#`, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hashtags: Vec<String>,
    /// What is attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// The page or group it stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<Community>,
    /// Words of a note or correction the platform showed on it, such as a community note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_note: Option<String>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Post {
    /// Returns a post with nothing but its key, platform, kind and author: a reader fills in what its format has.
    pub fn bare(key: PostKey, kind: PostKind, author: Account) -> Self {
        Self {
            key,
            platform: author.platform,
            kind,
            author,
            text: String::new(),
            text_cut: false,
            written: None,
            edited: None,
            lang: None,
            url: None,
            conversation: None,
            reply_to: None,
            repost_of: None,
            quote_of: None,
            mentions: Vec::new(),
            links: Vec::new(),
            hashtags: Vec::new(),
            media: Vec::new(),
            community: None,
            platform_note: None,
        }
    }

    /// Returns the ties this post states itself, in the order reply, repost, quote.
    pub fn ties(&self) -> impl Iterator<Item = Tie> + '_ {
        [
            (TieKind::Reply, &self.reply_to),
            (TieKind::Repost, &self.repost_of),
            (TieKind::Quote, &self.quote_of),
        ]
        .into_iter()
        .filter_map(|(kind, to)| Some(Tie { from: self.key.clone(), to: to.clone()?, kind }))
    }
}
