//! The case at a glance: how much there is, how urgent it is and why, what is exposed and where it is still up.

use case::Reader;
use case::view::{Common, Counts, Decided, FindingsAsked, View};
use record::{Exposure, Kind, Level, Role, State, Whose};
use values::Moment;

use crate::ActionError;

/// The case at a glance.
#[derive(Debug, Clone)]
pub struct Glance {
    /// The case's name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The state they live in.
    pub state: String,
    /// How much there is.
    pub counts: Counts,
    /// What the findings have in common.
    pub common: Vec<Common>,
    /// Why it is urgent; empty where it is not.
    pub urgent: Vec<Urgent>,
    /// Exposures by what they show, most first.
    pub exposed: Vec<Exposed>,
    /// Whether `private.toml` holds nothing yet, so that exposures of exactly the person's data cannot be told.
    pub private_empty: bool,
}

/// One reason why a case is urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgent {
    /// This many explicit threats.
    ExplicitThreats(u64),
    /// This many threats, and this many posts that show the home or where the person is.
    ThreatsAndHome(u64, u64),
    /// This many calls to send police on a false alarm, or talk of it.
    Swatting(u64),
}

/// How often something is exposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// What.
    pub what: Exposure,
    /// How many findings.
    pub count: u64,
    /// On which platforms (their words), sorted.
    pub platforms: Vec<String>,
}

/// An exposing post and whether it was still up when last captured.
#[derive(Debug, Clone)]
pub struct StillUp {
    /// The finding's id.
    pub finding: String,
    /// What it exposes.
    pub what: Option<Exposure>,
    /// The platform.
    pub platform: values::Platform,
    /// Its address on the platform, where the capture holds it.
    pub url: Option<String>,
    /// The state in the latest sighting.
    pub state: State,
    /// When that was.
    pub seen: Option<Moment>,
}

/// Looks at the whole case once.
pub fn glance(reader: &Reader) -> Result<Glance, ActionError> {
    let view = reader.view();
    let settings = reader.settings();
    let common = view.common()?;
    Ok(Glance {
        name: settings.name.clone(),
        role: settings.role,
        state: settings.state.clone(),
        counts: view.counts()?,
        urgent: urgent(&common),
        exposed: exposed(&common),
        common,
        private_empty: reader.private()?.is_empty(),
    })
}

fn urgent(common: &[Common]) -> Vec<Urgent> {
    let count = |is: &dyn Fn(&Common) -> bool| common.iter().filter(|c| is(c)).map(|c| c.count).sum::<u64>();
    let explicit = count(&|c| c.kind == Kind::Threat && c.level == Some(Level::Explicit));
    let threats = count(&|c| c.kind == Kind::Threat);
    let swatting = count(&|c| c.kind == Kind::Swatting);
    let home = count(&|c| {
        c.kind == Kind::Dox
            && matches!(c.what, Some(Exposure::Address | Exposure::Location))
            && is_private(c.whose)
    });
    let mut reasons = Vec::new();
    if explicit > 0 {
        reasons.push(Urgent::ExplicitThreats(explicit));
    }
    if threats > 0 && home > 0 {
        reasons.push(Urgent::ThreatsAndHome(threats, home));
    }
    if swatting > 0 {
        reasons.push(Urgent::Swatting(swatting));
    }
    reasons
}

fn is_private(whose: Option<Whose>) -> bool {
    matches!(whose, Some(Whose::Private | Whose::Unknown) | None)
}

fn exposed(common: &[Common]) -> Vec<Exposed> {
    let mut found: Vec<Exposed> = Vec::new();
    for row in common.iter().filter(|row| row.kind == Kind::Dox && is_private(row.whose)) {
        let Some(what) = row.what else { continue };
        match found.iter_mut().find(|exposed| exposed.what == what) {
            Some(exposed) => {
                exposed.count += row.count;
                if !exposed.platforms.contains(&row.platform) {
                    exposed.platforms.push(row.platform.clone());
                }
            }
            None => found.push(Exposed { what, count: row.count, platforms: vec![row.platform.clone()] }),
        }
    }
    for exposed in &mut found {
        exposed.platforms.sort();
    }
    found.sort_by_key(|exposed| (std::cmp::Reverse(exposed.count), exposed.what));
    found
}

/// Returns the strongest exposing posts that nobody rejected, with their state when last captured; at most `most`.
pub fn still_up(view: View<'_>, most: u32) -> Result<Vec<StillUp>, ActionError> {
    let asked = FindingsAsked {
        kind: Some(Kind::Dox),
        decided: Decided::Either,
        all: false,
        after: None,
        most: most * 2,
    };
    let mut rows = Vec::new();
    let mut posts = Vec::new();
    for row in view.findings_asked(&asked)? {
        let rejected = row.decision.as_ref().is_some_and(|d| d.choice == record::Choice::Reject);
        if rejected
            || !is_private(row.finding.whose)
            || posts.contains(&row.post)
            || rows.len() >= most as usize
        {
            continue;
        }
        let Some(seen) = view.seen(&row.post)? else { continue };
        posts.push(row.post.clone());
        let last = seen.sightings.iter().max_by_key(|sighting| sighting.observation.seen);
        rows.push(StillUp {
            finding: row.id.to_string(),
            what: row.finding.what,
            platform: seen.post.platform,
            url: seen.post.url.as_ref().map(|url| url.as_str().to_owned()),
            state: last.map_or(State::Visible, |sighting| sighting.observation.state),
            seen: last.and_then(|sighting| sighting.observation.seen),
        });
    }
    Ok(rows)
}
