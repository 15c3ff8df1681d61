//! What gallery-dl writes beside a picture or film of Instagram (`--write-metadata`, `--write-info-json`).
//!
//! A post with several pictures has a file for each, all with the same words: they are sightings of one post. Times are
//! UTC without saying so. The lasting id is the short code in the address; the number is kept by few other formats.

use record::{Account, Counts, Fidelity, MediaKind, Observation, Post, PostKey, PostKind, Sink};
use values::{Handle, Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use crate::Refused;
use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::json::Dig;

pub(super) const FORMAT: Format = Format {
    name: "instagram-gallery-dl",
    version: 1,
    description: "Instagram, written by gallery-dl beside a picture (.json)",
    fidelity: Fidelity::Derived,
    looks: |head: &Head<'_>| {
        head.opens_with(&['{'])
            && head.has(&["\"category\":\"instagram\""])
            && (head.has(&["\"post_shortcode\":"]) || head.has(&["\"shortcode\":", "\"media_id\":"]))
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let place = Place::whole();
    let code = ["post_shortcode", "sidecar_shortcode", "shortcode"].iter().find_map(|key| value.text(key));
    let Some(code) = code else {
        return Err(Refused::new(
            "gallery-dl.no_id",
            "The file names no post.",
            "Save it again with gallery-dl.",
        ));
    };
    let mut author = Account::unknown(Platform::Instagram);
    author.id = value.id("owner_id");
    author.handle = value.text("username").and_then(Handle::new);
    author.name = value.text("fullname").map(str::to_owned);
    let mut post = Post::bare(PostKey::new(Platform::Instagram, code), PostKind::Original, author);
    post.text = value.text("description").unwrap_or_default().to_owned();
    let utc = |local: Moment| Moment::from_millis(local.millis(), Precision::Second, SaidBy::Platform);
    let stated = value.text("post_date").or_else(|| value.text("date"));
    post.written = stated.and_then(|given| Moment::parse_local(given, SaidBy::Platform).ok()).map(utc);
    post.url =
        value.link("post_url").or_else(|| values::Link::new(&format!("https://www.instagram.com/p/{code}/")));
    let tag = |tag: &serde_json::Value| tag.as_str().map(|tag| tag.trim_start_matches('#').to_owned());
    post.hashtags = value.list("tags").iter().filter_map(tag).collect();
    post.mentions =
        value.list("tagged_users").iter().filter_map(|user| Handle::new(user.text("username")?)).collect();
    let kind = match value.text("video_url") {
        Some(_) => MediaKind::Video,
        None => MediaKind::Image,
    };
    let mut attached = media(kind, value.link("video_url").or_else(|| value.link("display_url")));
    attached.id = value.id("media_id");
    let name = input.source.name();
    let beside = name.rsplit('/').next().unwrap_or_default().strip_suffix(".json").map(str::to_owned);
    attached.digest = beside.and_then(|name| input.digest_beside(&name));
    post.media.push(attached);
    let files = value.count("count").unwrap_or(1);
    if files > 1 {
        out.trouble(
            Trouble::new(
                "gallery-dl.one_of_several",
                Severity::Note,
                format!("The post has {files} pictures or films, and this file is about one of them."),
                "Import the files of the others as well, with the pictures beside them.",
            )
            .at(place.clone()),
        );
    }
    out.trouble(
        Trouble::new(
            "gallery-dl.no_comments",
            Severity::Note,
            "The comments under the post are not in this file, and the program noted no time at which it saved it.",
            "Save the page of the post as well; on Instagram the threats mostly stand in the comments.",
        )
        .at(place.clone()),
    );
    let counts = Counts { likes: value.count("likes"), ..Counts::default() };
    out.take(post_item(post, Observation { counts, ..input.sighting(place) }));
    Ok(())
}

#[cfg(test)]
mod tests {
    use record::Item;

    use crate::{Limits, Options, Slice, read};

    #[test]
    fn a_picture_of_several_is_a_sighting_of_its_post() {
        let json = r##"{"category": "instagram", "count": 3, "date": "2025-11-04 15:02:11", "description": "Who is this man? #ballots", "display_url": "https://cdn.example/a.jpg", "extension": "jpg", "filename": "a", "fullname": "Example Watcher", "likes": 12, "media_id": "3758", "num": 2, "owner_id": "5550001", "post_date": "2025-11-04 15:02:11", "post_id": "3757", "post_shortcode": "DQexample01", "post_url": "https://www.instagram.com/p/DQexample01/", "shortcode": "DQexample02", "subcategory": "post", "tagged_users": [{"id": "7", "username": "example_two", "full_name": "T"}], "tags": ["#ballots"], "username": "example_watcher", "video_url": null}"##;
        let mut items: Vec<Item> = Vec::new();
        let options = Options::plain(Limits::ordinary());
        let summary = read(&Slice::new("a.jpg.json", json.as_bytes()), &options, &mut items).unwrap();
        assert_eq!((summary.format, summary.posts), ("instagram-gallery-dl", 1));
        let post = items.iter().find_map(|item| match item {
            Item::Post { post, .. } => Some(post),
            _ => None,
        });
        let post = post.unwrap();
        assert_eq!(post.key.as_str(), "instagram:DQexample01");
        assert_eq!(post.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11Z");
        assert_eq!(
            (post.author.shown().as_str(), post.hashtags.as_slice()),
            ("@example_watcher", &["ballots".to_owned()][..])
        );
        let has = |code: &str| items.iter().any(|item| matches!(item, Item::Trouble(t) if t.code == code));
        assert!(has("gallery-dl.one_of_several") && has("gallery-dl.no_comments"));
    }
}
