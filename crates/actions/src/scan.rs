//! `redress scan`: the text in pictures is read, then detectors propose findings on posts they have not looked at yet.

use std::collections::BTreeMap;

use case::Case;
use case::folder::{Looked, Proposal};
use detect::{Detectors, Options};
use rayon::prelude::*;
use record::{Claim, PostKey};
use serde::Serialize;
use values::Digest;

use crate::context::Unit;
use crate::{ActionError, Context, pictures};

/// Posts looked at at once. What is found in them is held in memory, then kept; from then on it survives a kill, and the next
/// scan goes on behind it.
const BATCH: usize = 16_384;

/// What a scan came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// What reading the text in pictures came to.
    pub pictures: pictures::Outcome,
    /// Posts looked at now.
    pub posts: u64,
    /// Findings proposed now, also those that do not count.
    pub proposed: u64,
    /// Findings that count, in the whole case, by kind.
    pub counting: BTreeMap<&'static str, u64>,
    /// Findings in the whole case that were seen and do not count (quotation, denial, a public office …).
    pub not_counting: u64,
}

/// Looks at every post that these detectors, with this private set and these claims, have not looked at yet.
pub fn scan(case: &mut Case, context: &Context<'_>) -> Result<Outcome, ActionError> {
    // First the words in pictures: detectors then look at them like at any others.
    let pictures = pictures::read(case, context)?;
    let claims = claims(case, context)?;
    let detectors = Detectors::new(&Options { private: case.private(), claims: &claims });
    let versions: BTreeMap<String, u32> =
        detectors.roster().iter().map(|detector| (detector.name.to_owned(), detector.version)).collect();
    let fingerprint = fingerprint(case, &versions, &claims)?;
    let total = case.view().counts()?.posts;
    context.progress.begin("Looking for threats, exposures and claims", Some(total), Unit::Posts);
    let (mut posts, mut proposed) = (0, 0);
    let mut after: Option<PostKey> = None;
    loop {
        let batch = case.view().unscanned(&fingerprint, after.as_ref(), BATCH)?;
        let Some((last, _)) = batch.last() else { break };
        // A batch that is not full is the last one, and takes in what has no words.
        let through = (batch.len() == BATCH).then(|| last.clone());
        let looked = Looked { after: after.take(), through: through.clone(), posts: batch.len() as u64 };
        let found: Vec<Vec<Proposal>> = batch
            .par_iter()
            .map(|(post, text)| {
                let findings = detectors.detect(text);
                findings.into_iter().map(|finding| Proposal { post: post.clone(), finding }).collect()
            })
            .collect();
        posts += looked.posts;
        proposed += found.iter().map(Vec::len).sum::<usize>() as u64;
        let proposals = found.into_iter().flatten();
        case.propose(&fingerprint, versions.clone(), &looked, proposals, context.now())?;
        context.progress.advance(looked.posts);
        after = through;
        if after.is_none() {
            break;
        }
    }
    context.progress.end();
    let mut counting: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut not_counting = 0;
    for (kind, counts, others) in case.view().findings_by_kind()? {
        if counts > 0 {
            counting.insert(kind.word(), counts);
        }
        not_counting += others;
    }
    Ok(Outcome { pictures, posts, proposed, counting, not_counting })
}

/// Adds findings that a person made. Everything is looked at first, so that adding them drops no proposal.
pub(crate) fn add(
    case: &mut Case,
    found: Vec<(record::PostKey, record::Finding)>,
    context: &Context<'_>,
) -> Result<(), ActionError> {
    scan(case, context)?;
    let claims = claims(case, context)?;
    let versions: BTreeMap<String, u32> =
        detect::roster().iter().map(|detector| (detector.name.to_owned(), detector.version)).collect();
    let fingerprint = fingerprint(case, &versions, &claims)?;
    let by = BTreeMap::from([("person".to_owned(), 1)]);
    let proposals = found.into_iter().map(|(post, finding)| Proposal { post, finding });
    Ok(case.propose(&fingerprint, by, &Looked::default(), proposals, context.now())?)
}

/// The claims this case is held against: those in use on this computer, and the case's own.
pub fn claims(case: &Case, context: &Context<'_>) -> Result<Vec<Claim>, ActionError> {
    Ok(with_own(context.library().claims_in(law::Lang::En), &statements(case)?))
}

/// Returns the case's own claims (`claims.toml`), as the file stands now.
pub fn statements(case: &Case) -> Result<Vec<Claim>, ActionError> {
    Ok(case::statements::load(case.root())?)
}

/// Returns the claims of a library with a case's own, which hold where an id is the same.
pub fn with_own(library: Vec<Claim>, own: &[Claim]) -> Vec<Claim> {
    let mut all = own.to_vec();
    all.extend(library.into_iter().filter(|claim| !own.iter().any(|own| own.id == claim.id)));
    all
}

/// Names detectors, private set and claims, so that a change of any of them makes every post new.
fn fingerprint(
    case: &Case,
    versions: &BTreeMap<String, u32>,
    claims: &[Claim],
) -> Result<String, ActionError> {
    let all = serde_json::to_vec(&(versions, case.private(), claims))
        .map_err(|error| ActionError::OurFault(format!("The detectors could not be named: {error}.")))?;
    Ok(Digest::of(&all).to_string())
}
