//! Comparable cases: what evidence carried them, what failed.

use std::cmp::Reverse;

use crate::library::Library;
use crate::rows::Precedent;
use crate::situation::Situation;

/// Returns the cases that share a finding with this one: those of the same role first, then those that share more
/// findings; within that in the order of the library.
pub fn precedents<'a>(library: &'a Library, situation: &Situation<'_>) -> Vec<&'a Precedent> {
    let mut found: Vec<&Precedent> =
        library.precedents.iter().filter(|row| !situation.shared_kinds(&row.kinds).is_empty()).collect();
    found.sort_by_key(|row| {
        let same_role = row.roles.contains(&situation.role);
        (Reverse(same_role), Reverse(situation.shared_kinds(&row.kinds).len()))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;
    use record::{Kind, Role};

    #[test]
    fn the_same_role_comes_first() {
        let check = |role, kinds: &[Kind], first: &str| {
            let situation = Situation {
                role,
                state: "PA",
                speaker_states: &[],
                kinds,
                exposures: &[],
                platforms: &[],
                urgent: false,
                first_publication: None,
                learned: None,
            };
            assert_eq!(precedents(Library::shipped(), &situation)[0].id(), first);
        };
        check(Role::Postal, &[Kind::FalseClaim], "weisenbach-v-pv");
        check(Role::Voter, &[Kind::FalseClaim, Kind::Intimidation], "andrews-v-dsouza");
        check(Role::ElectionWorker, &[Kind::FalseClaim, Kind::Harassment], "freeman-v-giuliani");
    }
}
