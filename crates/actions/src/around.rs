//! What posts around a post add to it: an answer under an exposure, a call to identify that was answered with a plate, a
//! thread of such posts, one account that writes again and again.
//!
//! Detectors see one post; this sees the case. Each sign is a sentence with a count, never a score, and it says only what
//! the case holds: whoever answered may not have seen the other posts.

use std::collections::BTreeMap;

use case::view::{Hanging, View};
use detect::reasons::Language;
use record::{AccountKey, Kind, PostKey};
use report::dossier::Sentence;

use crate::ActionError;

/// What stands around a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The post answers or quotes one that exposes private data.
    UnderExposure,
    /// The post answers or quotes one that asks to identify a person.
    UnderCall,
    /// The post asks to identify a person, and another one of its thread exposes private data.
    Answered,
    /// So many other posts of its thread hold findings too.
    Thread(usize),
    /// So many posts of its account hold findings, with this one.
    Account(usize),
}

impl Sign {
    /// Returns the sentence for it, in both languages.
    pub fn sentence(self) -> Sentence {
        match self {
            Self::UnderExposure => Sentence::new(
                "answers a post that exposes private data",
                "responde a una publicación que expone datos privados",
            ),
            Self::UnderCall => Sentence::new(
                "answers a call to identify a person",
                "responde a un llamado a identificar a una persona",
            ),
            Self::Answered => Sentence::new(
                "private data was posted in this thread",
                "en este hilo se publicaron datos privados",
            ),
            Self::Thread(1) => Sentence::new(
                "one other post of this thread was found",
                "se halló otra publicación de este hilo",
            ),
            Self::Thread(n) => Sentence::new(
                format!("{n} other posts of this thread were found"),
                format!("se hallaron otras {n} publicaciones de este hilo"),
            ),
            Self::Account(n) => Sentence::new(
                format!("this account wrote {n} of the posts found"),
                format!("esta cuenta escribió {n} de las publicaciones halladas"),
            ),
        }
    }

    /// Returns the sentence in one language.
    pub fn words(self, language: Language) -> String {
        let Sentence { en, es } = self.sentence();
        match language {
            Language::En => en,
            Language::Es => es,
        }
    }
}

/// The posts of a case that hold findings.
pub struct Around {
    posts: BTreeMap<PostKey, Hanging>,
    by_account: BTreeMap<AccountKey, usize>,
    /// For each post, the thread it stands in, named by one of its posts.
    threads: BTreeMap<PostKey, PostKey>,
    by_thread: BTreeMap<PostKey, Vec<PostKey>>,
}

impl Around {
    /// Reads a case. Findings that count and were not rejected are taken; with `confirmed` only those a person confirmed,
    /// since nothing else may leave in a package.
    pub fn read(view: View<'_>, confirmed: bool) -> Result<Self, ActionError> {
        Ok(Self::of(view.hanging(confirmed)?))
    }

    fn of(posts: Vec<Hanging>) -> Self {
        let mut threads: BTreeMap<PostKey, PostKey> = BTreeMap::new();
        let mut by_account: BTreeMap<AccountKey, usize> = BTreeMap::new();
        for post in &posts {
            if let Some(account) = &post.account {
                *by_account.entry(account.clone()).or_default() += 1;
            }
            // Whoever answers the same post stands in one thread with it, whether or not that post is in the case.
            for answered in &post.answers {
                let (mine, theirs) = (root(&threads, &post.post), root(&threads, answered));
                if mine != theirs {
                    threads.insert(mine, theirs);
                }
            }
        }
        let mut by_thread: BTreeMap<PostKey, Vec<PostKey>> = BTreeMap::new();
        for post in &posts {
            by_thread.entry(root(&threads, &post.post)).or_default().push(post.post.clone());
        }
        let posts = posts.into_iter().map(|post| (post.post.clone(), post)).collect();
        Self { posts, by_account, threads, by_thread }
    }

    /// Returns what stands around a finding of `kind` on `post`.
    pub fn signs(&self, post: &PostKey, kind: Kind) -> Vec<Sign> {
        let Some(here) = self.posts.get(post) else { return Vec::new() };
        let holds =
            |key: &PostKey, kind: Kind| self.posts.get(key).is_some_and(|post| post.kinds.contains(&kind));
        let under = |above: Kind| kind != above && here.answers.iter().any(|key| holds(key, above));
        let thread = self.by_thread.get(&root(&self.threads, post)).map_or(&[][..], Vec::as_slice);
        let mut signs = Vec::new();
        if under(Kind::Dox) {
            signs.push(Sign::UnderExposure);
        }
        if under(Kind::CallToIdentify) {
            signs.push(Sign::UnderCall);
        }
        let exposes = |key: &PostKey| key != post && holds(key, Kind::Dox);
        if kind == Kind::CallToIdentify && thread.iter().any(exposes) {
            signs.push(Sign::Answered);
        }
        // The post itself stands in its thread: a long one is not gone through again for each of its findings.
        match thread.len().saturating_sub(1) {
            0 => {}
            count => signs.push(Sign::Thread(count)),
        }
        if let Some(count) = here.account.as_ref().and_then(|account| self.by_account.get(account))
            && *count > 1
        {
            signs.push(Sign::Account(*count));
        }
        signs
    }
}

/// Follows a thread to the post it is named by.
fn root(threads: &BTreeMap<PostKey, PostKey>, post: &PostKey) -> PostKey {
    let mut at = post;
    while let Some(next) = threads.get(at) {
        at = next;
    }
    at.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str) -> PostKey {
        PostKey::from_stored(format!("x:{id}"))
    }

    fn post(id: &str, account: &str, kind: Kind, answers: &[&str]) -> Hanging {
        Hanging {
            post: key(id),
            account: Some(AccountKey::from_stored(format!("x:{account}"))),
            kinds: [kind].into(),
            answers: answers.iter().map(|answer| key(answer)).collect(),
        }
    }

    #[test]
    fn what_stands_around_a_finding_is_told() {
        let around = Around::of(vec![
            post("1", "ann", Kind::CallToIdentify, &[]),
            post("2", "bob", Kind::Dox, &["1"]),
            post("3", "cem", Kind::Threat, &["2"]),
            post("4", "cem", Kind::Harassment, &["gone"]),
            post("5", "dee", Kind::Harassment, &["gone"]),
            post("6", "eve", Kind::Threat, &[]),
        ]);
        let signs = |id: &str, kind| around.signs(&key(id), kind);
        assert_eq!(signs("1", Kind::CallToIdentify), [Sign::Answered, Sign::Thread(2)]);
        assert_eq!(signs("2", Kind::Dox), [Sign::UnderCall, Sign::Thread(2)]);
        assert_eq!(signs("3", Kind::Threat), [Sign::UnderExposure, Sign::Thread(2), Sign::Account(2)]);
        // A post that is not in the case still makes a thread of those who answer it.
        assert_eq!(signs("5", Kind::Harassment), [Sign::Thread(1)]);
        assert_eq!(signs("6", Kind::Threat), []);
        assert_eq!(signs("7", Kind::Threat), []);
    }

    #[test]
    fn posts_that_answer_each_other_make_one_thread() {
        let around =
            Around::of(vec![post("1", "ann", Kind::Threat, &["2"]), post("2", "bob", Kind::Threat, &["1"])]);
        assert_eq!(around.signs(&key("1"), Kind::Threat), [Sign::Thread(1)]);
        assert_eq!(Sign::Thread(1).words(Language::Es), "se halló otra publicación de este hilo");
    }
}
