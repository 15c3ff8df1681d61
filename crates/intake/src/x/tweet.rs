//! The shape of a post of X as its web pages receive it (GraphQL), as its older interface gave it (v1.1, “adaptive”),
//! and as its data download writes it. One shape serves all three: each fills a part of it.
//!
//! Field names: zeeschuimer `modules/twitter.js`, 4cat `search_twitter.py`, gallery-dl `extractor/twitter.py`.

use serde::Deserialize;

use crate::loose::{Flag, List, Num, Obj, Text};

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        pub(crate) struct $name<'a> {
            $(pub $field: $type,)*
            #[serde(skip)]
            _lifetime: std::marker::PhantomData<&'a ()>,
        }
    )*};
}

shapes! {
    /// What stands behind a `result`: a post, a wrapper around one, or the mark of one that is gone.
    Tweet {
        __typename: Text<'a>,
        rest_id: Text<'a>,
        id: Text<'a>,
        r#type: Text<'a>,
        promoted: Flag,
        tweet: Obj<Tweet<'a>>,
        tombstone: Obj<Tombstone<'a>>,
        core: Obj<Core<'a>>,
        user: Obj<User<'a>>,
        edit_control: Obj<EditControl<'a>>,
        views: Obj<Views<'a>>,
        note_tweet: Obj<Note<'a>>,
        legacy: Obj<Legacy<'a>>,
        quoted_status_result: Obj<Holder<'a>>,
        author_community_relationship: Obj<InCommunity<'a>>,
        community_results: Obj<CommunityHolder<'a>>,
        birdwatch_pivot: Obj<Birdwatch<'a>>,
    }
    Holder { result: Obj<Tweet<'a>> }
    Tombstone { text: Obj<Tombtext<'a>> }
    Tombtext { text: Text<'a> }
    Core { user_results: Obj<UserHolder<'a>> }
    UserHolder { result: Obj<User<'a>> }
    /// An account. Its fields move between the top, `core` and `legacy` from one month to the next.
    User {
        rest_id: Text<'a>,
        id_str: Text<'a>,
        screen_name: Text<'a>,
        name: Text<'a>,
        created_at: Text<'a>,
        followers_count: Num,
        verified: Flag,
        is_blue_verified: Flag,
        core: Obj<UserFields<'a>>,
        legacy: Obj<UserFields<'a>>,
    }
    UserFields {
        screen_name: Text<'a>,
        name: Text<'a>,
        created_at: Text<'a>,
        followers_count: Num,
        verified: Flag,
    }
    EditControl {
        edit_tweet_ids: List<Text<'a>>,
        edit_control_initial: Obj<EditControl<'a>>,
    }
    Views { count: Num }
    Note { note_tweet_results: Obj<NoteHolder<'a>> }
    NoteHolder { result: Obj<NoteText<'a>> }
    NoteText { text: Text<'a>, entity_set: Obj<Entities<'a>> }
    InCommunity { community_results: Obj<CommunityHolder<'a>> }
    CommunityHolder { result: Obj<CommunityShape<'a>> }
    CommunityShape { rest_id: Text<'a>, id_str: Text<'a>, name: Text<'a>, member_count: Num }
    Birdwatch { subtitle: Obj<Tombtext<'a>>, title: Text<'a> }
    /// The part that has hardly changed since 2013.
    Legacy {
        id_str: Text<'a>,
        created_at: Text<'a>,
        full_text: Text<'a>,
        text: Text<'a>,
        truncated: Flag,
        lang: Text<'a>,
        conversation_id_str: Text<'a>,
        favorite_count: Num,
        retweet_count: Num,
        reply_count: Num,
        quote_count: Num,
        bookmark_count: Num,
        user_id_str: Text<'a>,
        user: Obj<User<'a>>,
        in_reply_to_status_id_str: Text<'a>,
        in_reply_to_screen_name: Text<'a>,
        quoted_status_id_str: Text<'a>,
        retweeted_status_id_str: Text<'a>,
        retweeted_status_result: Obj<Holder<'a>>,
        retweeted_status: Obj<Legacy<'a>>,
        quoted_status: Obj<Legacy<'a>>,
        extended_tweet: Obj<Extended<'a>>,
        entities: Obj<Entities<'a>>,
        extended_entities: Obj<Entities<'a>>,
        withheld_in_countries: List<Text<'a>>,
        withheld_scope: Text<'a>,
    }
    Extended { full_text: Text<'a>, entities: Obj<Entities<'a>> }
    Entities {
        hashtags: List<Hashtag<'a>>,
        urls: List<Url<'a>>,
        user_mentions: List<Mention<'a>>,
        media: List<MediaShape<'a>>,
    }
    Hashtag { text: Text<'a> }
    Url { expanded_url: Text<'a>, url: Text<'a> }
    Mention { screen_name: Text<'a> }
    MediaShape {
        id_str: Text<'a>,
        r#type: Text<'a>,
        media_url_https: Text<'a>,
        expanded_url: Text<'a>,
        ext_alt_text: Text<'a>,
        video_info: Obj<VideoInfo<'a>>,
    }
    VideoInfo { variants: List<Variant<'a>> }
    Variant { url: Text<'a>, bitrate: Num }
}

impl<'a> Tweet<'a> {
    /// Returns the post itself where this is a wrapper around it (`TweetWithVisibilityResults`).
    pub(crate) fn inner(&self) -> &Self {
        self.tweet.get().unwrap_or(self)
    }

    /// Returns the id from a field that is a text; `id` is a number that has lost its last digits.
    pub(crate) fn true_id(&self) -> Option<&str> {
        self.rest_id.id().or_else(|| self.legacy.get()?.id_str.id())
    }

    /// Tells whether there is a post to show.
    pub(crate) fn is_shown(&self) -> bool {
        let tweet = self.inner();
        tweet.legacy.get().is_some() && tweet.true_id().is_some()
    }
}
