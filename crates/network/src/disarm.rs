//! Names of patterns of behaviour in the DISARM Red Framework, where one fits: what investigators of platforms and task
//! forces sort their cases by.
//!
//! A technique names what was done, never why, nor that anyone planned it. Those whose definition says that accounts are
//! false, automated or paid are not given here, because a collection of posts does not show it. Source: DISARM Foundation,
//! DISARM Red Framework (CC BY-SA 4.0), <https://github.com/DISARMFoundation/DISARMframeworks>.

use crate::trace::By;

/// A technique of the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Technique {
    /// Such as `T0084.001`.
    pub id: &'static str,
    /// Its name in the framework.
    pub name: &'static str,
}

/// The same words again and again.
pub const COPYPASTA: Technique = Technique { id: "T0084.001", name: "Use Copypasta" };
/// Many accounts on one post or account at about the same time.
pub const SWARMING: Technique = Technique { id: "T0049.005", name: "Conduct Swarming" };
/// Passing on what others posted.
pub const AMPLIFYING: Technique = Technique { id: "T0118", name: "Amplify Existing Narrative" };
/// Going on after it was corrected.
pub const GOING_ON: Technique = Technique { id: "T0060", name: "Continue to Amplify" };

/// Returns the technique that fits accounts acting together on a kind of thing more often than chance explains; `None` where
/// none does: the framework knows a hashtag only as one that is flooded or invented for an operation.
pub const fn of_together(by: By) -> Option<Technique> {
    match by {
        By::Text => Some(COPYPASTA),
        By::Reply => Some(SWARMING),
        By::Repost | By::Link | By::Media => Some(AMPLIFYING),
        By::Hashtag => None,
    }
}
