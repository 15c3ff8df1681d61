//! The posts in a saved page.

use record::{Account, Item, Media, MediaKind, Observation, Post, PostKey, PostKind, Sink};
use values::{At, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use super::super::answer;
use crate::format::{Input, Out, post_item};
use crate::html;
use crate::time;
use crate::x::post::{cut, handle_in, id_in};

/// Reads the posts of a page of X; of any other page, its words as one page.
pub(super) fn push(
    page: &str,
    url: Option<&str>,
    saved: Option<Moment>,
    input: &Input<'_>,
    out: &mut Out<'_>,
) {
    push_at(page, url, saved, None, true, input, out);
}

/// Does the same for a page that stands at `within`; without `as_page`, a page without posts is passed over. Returns
/// whether anything was made of it.
pub(super) fn push_at(
    page: &str,
    url: Option<&str>,
    saved: Option<Moment>,
    within: Option<&Place>,
    as_page: bool,
    input: &Input<'_>,
    out: &mut Out<'_>,
) -> bool {
    let platform = url.map_or(Platform::Web, platform_of);
    let observed = |place: Place| Observation { seen: saved, ..input.sighting(place) };
    let mut found = 0;
    if platform == Platform::X {
        for (index, (start, article)) in articles(page).into_iter().enumerate() {
            let bytes = || Place::new(At::Bytes(start as u64, (start + article.len()) as u64));
            let place = within.cloned().unwrap_or_else(bytes);
            // The page of a post shows that post first, and its own address may stand nowhere in it.
            let of_page = url.filter(|_| index == 0);
            let Some(address) = status_link(article).or_else(|| of_page.map(str::to_owned)) else { continue };
            let Some(id) = id_in(&address).map(str::to_owned) else { continue };
            found += 1;
            let mut author = Account::unknown(Platform::X);
            author.handle = handle_in(&address);
            let mut post = Post::bare(PostKey::new(Platform::X, &id), PostKind::Original, author);
            let (text, cut_short) = words_of(article);
            post.text = text;
            post.text_cut = cut_short;
            post.url = Link::new(address.split("/photo").next().unwrap_or(&address));
            let stated = tag_with(article, "<time")
                .and_then(|tag| html::attribute(tag, "datetime"))
                .and_then(|at| Moment::parse(&at, SaidBy::Platform).ok());
            let (written, trouble) = time::of_x_post(&id, stated);
            post.written = written;
            for trouble in
                trouble.into_iter().chain(time::collected(saved, written).1).chain(cut_short.then(cut))
            {
                out.trouble(trouble.at(place.clone()));
            }
            out.take(post_item(post, observed(place)));
        }
    }
    if found == 0 && embedded(page, url.unwrap_or_default(), saved, within, input, out) {
        return true;
    }
    if found > 0 || !as_page {
        return found > 0;
    }
    let place = within.cloned().unwrap_or_else(Place::whole);
    let mut post = Post::bare(input.key_at(platform, &place), PostKind::Page, Account::unknown(platform));
    post.text = html::words(page);
    if platform == Platform::X {
        out.trouble(no_posts().at(place.clone()));
    }
    if post.text.trim().is_empty() && !page.contains("<img") {
        out.take(Item::Leftover { place, what: "a page without words or pictures".to_owned() });
        return true;
    }
    post.url = url.and_then(Link::new);
    let stated = tag_with(page, "<time").and_then(|tag| html::attribute(tag, "datetime"));
    post.written = stated.and_then(|at| Moment::parse(&at, SaidBy::Platform).ok());
    post.media = pictures(page);
    out.take(post_item(post, observed(place)));
    true
}

/// Reads the data that pages of TikTok, Threads and others carry for their own programs, as JSON in scripts. Returns
/// whether a post was found in it.
fn embedded(
    page: &str,
    url: &str,
    saved: Option<Moment>,
    within: Option<&Place>,
    input: &Input<'_>,
    out: &mut Out<'_>,
) -> bool {
    let mut found = false;
    let mut at = 0;
    while let Some(start) = page[at..].find("<script").map(|start| at + start) {
        let Some(open) = html::end_of_tag(&page[start..]).map(|end| start + end + 1) else { break };
        let end = page[open..].find("</script").map_or(page.len(), |end| open + end);
        at = end;
        let kind = html::attribute(&page[start + 1..open - 1], "type");
        if kind.as_deref() == Some("application/json") {
            let bytes = || Place::new(At::Bytes(open as u64, end as u64));
            let place = |_: &str| within.cloned().unwrap_or_else(bytes);
            found |= answer::read(&place, url, &page[open..end], saved, input, out);
        }
    }
    found
}

/// The words of such a page are mostly those of its frame, or of the wall X shows to who is not logged in.
fn no_posts() -> Trouble {
    Trouble::new(
        "page.no_posts",
        Severity::Warn,
        "This is a page of X, and no post was found in it; its words, if there are any, stand as one page.",
        "Open the address, log in, wait until the posts are shown, and save the page again.",
    )
}

fn platform_of(url: &str) -> Platform {
    let host = url.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
    let is = |name: &str| host == name || host.ends_with(&format!(".{name}"));
    let known = [
        ("x.com", Platform::X),
        ("twitter.com", Platform::X),
        ("truthsocial.com", Platform::TruthSocial),
        ("threads.net", Platform::Threads),
        ("threads.com", Platform::Threads),
        ("tiktok.com", Platform::TikTok),
        ("bsky.app", Platform::Bluesky),
        ("reddit.com", Platform::Reddit),
        ("t.me", Platform::Telegram),
        ("facebook.com", Platform::Facebook),
        ("instagram.com", Platform::Instagram),
        ("youtube.com", Platform::YouTube),
        ("rumble.com", Platform::Rumble),
    ];
    known.iter().find(|(name, _)| is(name)).map_or(Platform::Web, |(_, platform)| *platform)
}

/// Returns each `<article>` with its offset.
fn articles(page: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = page[at..].find("<article").map(|start| at + start) {
        let end = page[start..].find("</article>").map_or(page.len(), |end| start + end + "</article>".len());
        found.push((start, &page[start..end]));
        at = end;
    }
    found
}

/// Returns the address of the post an article shows: that of the link around its time, else of its first link to a post.
fn status_link(article: &str) -> Option<String> {
    let link = |part: &str| -> Option<String> {
        let at = part.rfind("<a ")?;
        let href = html::attribute(part[at..].split('>').next()?, "href")?;
        id_in(&href)?;
        Some(if href.starts_with('/') { format!("https://x.com{href}") } else { href })
    };
    if let Some(at) = article.find("<time")
        && let Some(found) = link(&article[..at])
    {
        return Some(found);
    }
    article
        .match_indices("<a ")
        .find_map(|(at, _)| link(article.get(..at + 3 + article[at + 3..].find('>')? + 1)?))
}

/// Returns the words of a post, and whether the page shows only their beginning.
fn words_of(article: &str) -> (String, bool) {
    let cut = article.contains("tweet-text-show-more-link");
    for mark in ["data-testid=\"tweetText\"", "data-testid=tweetText"] {
        if let Some(at) = article.find(mark) {
            let start = article[at..].find('>').map_or(article.len(), |end| at + end + 1);
            return (html::words(element(&article[start..], "div")), cut);
        }
    }
    let paragraphs: Vec<String> = article
        .split("<p")
        .skip(1)
        .filter(|part| part.starts_with(['>', ' ']))
        .filter_map(|part| part.split_once('>'))
        .map(|(_, rest)| html::words(rest.split("</p").next().unwrap_or(rest)))
        .collect();
    if paragraphs.is_empty() { (html::words(article), cut) } else { (paragraphs.join("\n"), cut) }
}

/// Returns the content of an element that was just opened, elements of the same name inside it included.
fn element<'a>(rest: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let (mut depth, mut at) = (1, 0);
    while let Some(found) = rest[at..].find('<').map(|found| at + found) {
        if rest[found..].starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return &rest[..found];
            }
        } else if rest[found..].starts_with(&open) {
            depth += 1;
        }
        at = found + 1;
    }
    rest
}

fn tag_with<'a>(page: &'a str, opening: &str) -> Option<&'a str> {
    let at = page.find(opening)?;
    page[at + 1..].split('>').next()
}

fn pictures(page: &str) -> Vec<Media> {
    let tags = page.match_indices("<img").filter_map(|(at, _)| page[at + 1..].split('>').next());
    let links = tags.filter_map(|tag| html::attribute(tag, "src")).filter(|src| src.starts_with("http"));
    links
        .take(100)
        .map(|src| Media { kind: MediaKind::Image, link: Link::new(&src), id: None, alt: None, digest: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_names_itself_by_the_link_around_its_time() {
        let article = r#"<article><a href="/someone/status/1">x</a><a href="/example_threat/status/1985726524027830284"><time datetime="2025-11-04T15:11:11.000Z">Nov 4</time></a>
            <div data-testid="tweetText"><span>Gray hatchback</span><div>inner</div> <img alt="🚗"></div><div>4 likes</div></article>"#;
        assert_eq!(
            status_link(article).as_deref(),
            Some("https://x.com/example_threat/status/1985726524027830284")
        );
        assert_eq!(words_of(article).0, "Gray hatchbackinner\n 🚗");
        let plain = "<article><h1>A</h1><p>one</p><pre>no</pre><p class=b>two</p></article>";
        assert_eq!(words_of(plain).0, "one\ntwo");
    }
}
