//! What the build script worked out of the rules, so that starting does not.
//!
//! It reads the same sources, and what it made is taken only for exactly the patterns it was made of; for any other pattern
//! the same is worked out when it is asked for. So no result rests on it, and a test tells where it goes unused.

use crate::automaton::Automaton;
use crate::gate::Gate;
use crate::pattern::key;
use crate::tape::Reader;

/// The keys of all patterns in their order, and the gate before them.
static GATE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gate.bin"));

/// How many automata there are; the key of each rule, sorted, with where its automaton begins and ends; the automata.
static AUTOMATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/automata.bin"));

/// Returns the gate before the patterns that have these keys in this order, lower half first, if it was made.
pub(crate) fn gate(keys: &[u32]) -> Option<Gate> {
    let mut tape = Reader(GATE);
    let same = tape.list()?.eq(keys.iter().copied());
    same.then(|| Gate::read(&mut tape)).flatten()
}

/// Returns the automaton of a rule, if it was made.
pub(crate) fn automaton(pattern: &str) -> Option<Automaton> {
    let (count, rest) = AUTOMATA.split_first_chunk()?;
    let (entries, all) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 16)?;
    let (entries, _) = entries.as_chunks::<16>();
    let wanted = key(pattern);
    let found = entries.binary_search_by_key(&wanted, |entry| u128::from_le_bytes(*entry) as u64).ok()?;
    let places = (u128::from_le_bytes(entries[found]) >> 64) as u64;
    Automaton::read(all.get(places as u32 as usize..(places >> 32) as usize)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern;

    #[test]
    fn nothing_is_left_to_be_worked_out_at_the_start() {
        assert!(gate(&crate::rules::keys()).is_some(), "the build script reads the rules in another order");
        assert!(gate(&[1, 2]).is_none());
        for rule in crate::rules::books().flat_map(|book| book.as_written()) {
            let made = automaton(rule).unwrap_or_else(|| panic!("the build script did not find {rule}"));
            let (mut here, mut there) = (Vec::new(), Vec::new());
            made.write(&mut there);
            Automaton::of(&pattern::expand(rule)).unwrap().write(&mut here);
            assert_eq!(here, there, "{rule}");
        }
        assert!(automaton("no rule").is_none());
    }
}
