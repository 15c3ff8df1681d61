//! What several captures show of one post, as one post.
//!
//! The result depends on the set of sightings and not on their order, so the order of imports never changes the index.

use record::{Fidelity, Post, PostKind};
use values::{Doubt, Moment, SaidBy};

/// Returns one post from what each capture shows, or `None` where there is no sighting.
///
/// The words come whole from one sighting: the best that has any, not cut before cut, nearest to the server first,
/// longest first. Fields that one lacks are filled from the next best. No word is ever stitched together from two.
pub fn merge(mut sightings: Vec<(Fidelity, Post)>) -> Option<Post> {
    sightings.sort_by(|(fa, a), (fb, b)| {
        (b.text.is_empty(), b.text_cut)
            .cmp(&(a.text.is_empty(), a.text_cut))
            .reverse()
            .then(fb.cmp(fa))
            .then(b.text.len().cmp(&a.text.len()))
            .then_with(|| a.cmp(b))
    });
    let mut rest = sightings.into_iter().map(|(_, post)| post);
    let mut best = rest.next()?;
    for other in rest {
        fill(&mut best, other);
    }
    Some(best)
}

fn fill(best: &mut Post, other: Post) {
    if best.kind != other.kind && says_more(other.kind, best.kind) {
        best.kind = other.kind;
    }
    best.written = better_time(best.written, other.written);
    // The latest edit holds; it is a maximum, so the order of captures does not matter.
    best.edited = best.edited.max(other.edited);
    fill_option(&mut best.author.id, other.author.id);
    fill_option(&mut best.author.handle, other.author.handle);
    fill_option(&mut best.author.name, other.author.name);
    fill_option(&mut best.author.followers, other.author.followers);
    fill_option(&mut best.author.verified, other.author.verified);
    fill_option(&mut best.author.created, other.author.created);
    fill_option(&mut best.lang, other.lang);
    fill_option(&mut best.url, other.url);
    fill_option(&mut best.conversation, other.conversation);
    fill_option(&mut best.reply_to, other.reply_to);
    fill_option(&mut best.repost_of, other.repost_of);
    fill_option(&mut best.quote_of, other.quote_of);
    fill_option(&mut best.community, other.community);
    fill_option(&mut best.platform_note, other.platform_note);
    fill_list(&mut best.mentions, other.mentions);
    fill_list(&mut best.links, other.links);
    fill_list(&mut best.hashtags, other.hashtags);
    fill_list(&mut best.media, other.media);
}

/// A source that lacks the field for what a post answers or passes on calls it an original.
fn says_more(a: PostKind, b: PostKind) -> bool {
    let weight = |kind| match kind {
        PostKind::Page => 0,
        PostKind::Original => 1,
        _ => 2,
    };
    weight(a) > weight(b)
}

fn better_time(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    let (Some(first), Some(second)) = (a, b) else { return a.or(b) };
    let weight = |moment: Moment| {
        let source = match moment.said_by() {
            SaidBy::Platform => 0,
            SaidBy::PlatformId => 1,
            _ => 2,
        };
        let doubt = moment.doubt().is_some_and(|doubt| doubt != Doubt::Disagrees);
        (doubt, source, std::cmp::Reverse(moment.precision()), moment)
    };
    Some(if weight(second) < weight(first) { second } else { first })
}

fn fill_option<T>(best: &mut Option<T>, other: Option<T>) {
    if best.is_none() {
        *best = other;
    }
}

fn fill_list<T>(best: &mut Vec<T>, other: Vec<T>) {
    if best.is_empty() {
        *best = other;
    }
}

#[cfg(test)]
mod tests {
    use record::{Account, PostKey};
    use values::Platform;

    use super::*;

    fn post(text: &str, cut: bool) -> Post {
        let author = Account::with_handle(Platform::X, "example_watcher");
        let mut post = Post::bare(PostKey::new(Platform::X, "1"), PostKind::Original, author);
        post.text = text.to_owned();
        post.text_cut = cut;
        post
    }

    #[test]
    fn whole_words_win_over_cut_ones_whatever_the_order() {
        let cut = (Fidelity::Server, post("the first words and th", true));
        let whole = (Fidelity::Derived, post("the first words and the rest", false));
        let empty = (Fidelity::Server, post("", false));
        let expected = merge(vec![cut.clone(), whole.clone(), empty.clone()]).unwrap();
        assert_eq!(expected.text, "the first words and the rest");
        assert_eq!(merge(vec![empty.clone(), whole.clone(), cut.clone()]).unwrap(), expected);
        assert_eq!(merge(vec![whole, empty, cut]).unwrap(), expected);
    }

    #[test]
    fn a_reply_seen_once_as_an_original_is_a_reply() {
        let mut reply = post("words", false);
        reply.kind = PostKind::Reply;
        reply.reply_to = Some(PostKey::new(Platform::X, "0"));
        let merged =
            merge(vec![(Fidelity::Server, post("words", false)), (Fidelity::Derived, reply)]).unwrap();
        assert_eq!(merged.kind, PostKind::Reply);
        assert!(merged.reply_to.is_some());
        assert_eq!(merge(Vec::new()), None);
    }
}
