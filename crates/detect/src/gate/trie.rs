//! A trie in one array: words to look for from a place on, a step a byte.

use std::collections::BTreeMap;

use crate::tape::{Reader, Writer};

/// Words, each with a number; walked from a place of a text.
#[derive(Debug)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// What each byte is called in the nodes; 0 for bytes that no word has.
    class: [u8; 256],
}

/// A node: its children stand at `base` plus the class of their byte, and each names its parent in `parent`.
#[derive(Debug, Clone, Copy)]
struct Node {
    base: u32,
    parent: u32,
    /// One more than the number of the word that ends here; 0 for none.
    word: u32,
}

const FREE: u32 = u32::MAX;
/// The base of a node without children: far behind the last node.
const LEAF: u32 = u32::MAX / 2;

impl Trie {
    /// Builds it from words and their numbers. A word given twice keeps the last number; empty words are left out.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a [u8], u32)>) -> Self {
        let mut class = [0u8; 256];
        let words: BTreeMap<&[u8], u32> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        let mut classes = 0u8;
        for byte in words.keys().flat_map(|word| word.iter()) {
            let known = &mut class[usize::from(*byte)];
            if *known == 0 {
                // Words are ASCII: there are fewer than 256 different bytes.
                classes = classes.saturating_add(1);
                *known = classes;
            }
        }
        let mut trie = Self { nodes: vec![Node { base: LEAF, parent: FREE, word: 0 }], class };
        let sorted: Vec<(&[u8], u32)> = words.into_iter().collect();
        let mut lowest = 1;
        let mut open: Vec<(usize, usize, std::ops::Range<usize>)> = vec![(0, 0, 0..sorted.len())];
        while let Some((node, depth, range)) = open.pop() {
            let mut children: Vec<(u8, std::ops::Range<usize>)> = Vec::new();
            for at in range {
                let (word, number) = sorted[at];
                match word.get(depth) {
                    None => trie.nodes[node].word = number + 1,
                    Some(byte) => match children.last_mut() {
                        Some((last, span)) if *last == *byte => span.end = at + 1,
                        _ => children.push((*byte, at..at + 1)),
                    },
                }
            }
            if children.is_empty() {
                continue;
            }
            let base = trie.place(&children, &mut lowest);
            trie.nodes[node].base = base as u32;
            for (byte, span) in children {
                let child = base + usize::from(trie.class[usize::from(byte)]);
                trie.nodes[child].parent = node as u32;
                open.push((child, depth + 1, span));
            }
        }
        // A step never leaves the array.
        let room = trie.nodes.len() + usize::from(classes) + 1;
        trie.nodes.resize(room, Node { base: LEAF, parent: FREE, word: 0 });
        trie
    }

    /// Finds the lowest base at which all children fall on free nodes, and makes room for them.
    fn place(&mut self, children: &[(u8, std::ops::Range<usize>)], lowest: &mut usize) -> usize {
        let class = |byte: u8| usize::from(self.class[usize::from(byte)]);
        let free = |nodes: &[Node], at: usize| nodes.get(at).is_none_or(|node| node.parent == FREE);
        while self.nodes.get(*lowest).is_some_and(|node| node.parent != FREE) {
            *lowest += 1;
        }
        let first = children.iter().map(|(byte, _)| class(*byte)).min().unwrap_or(0);
        let mut base = lowest.saturating_sub(first);
        while !children
            .iter()
            .all(|(byte, _)| base + class(*byte) > 0 && free(&self.nodes, base + class(*byte)))
        {
            base += 1;
        }
        let last = children.iter().map(|(byte, _)| base + class(*byte)).max().unwrap_or(0);
        if last >= self.nodes.len() {
            self.nodes.resize(last + 1, Node { base: LEAF, parent: FREE, word: 0 });
        }
        base
    }

    /// Writes it down.
    #[allow(dead_code, reason = "only the build script and tests write")]
    pub fn write(&self, out: &mut Writer) {
        out.list(self.nodes.iter().flat_map(|node| [node.base, node.parent, node.word]));
        out.list(self.class.map(u32::from));
    }

    /// Reads what [`Trie::write`] wrote.
    pub fn read(tape: &mut Reader) -> Option<Self> {
        let mut numbers = tape.list()?;
        let mut nodes = Vec::with_capacity(numbers.len() / 3);
        while let Some(base) = numbers.next() {
            nodes.push(Node { base, parent: numbers.next()?, word: numbers.next()? });
        }
        let mut class = [0; 256];
        class.iter_mut().zip(tape.list()?).for_each(|(class, number)| *class = number as u8);
        Some(Self { nodes, class })
    }

    /// Calls `each` with the number of every word that stands at `start` of `text`, and where it ends. Returns the place to go
    /// on from, see [`Trie::go_on`], where the text ended within a word.
    #[inline]
    pub fn walk(&self, text: &[u8], start: usize, each: impl FnMut(u32, usize)) -> Option<u32> {
        self.go_on(0, text, start, each)
    }

    /// As [`Trie::walk`], for a text that goes on at `start` with what an earlier walk ended within.
    #[inline]
    pub fn go_on(
        &self,
        place: u32,
        text: &[u8],
        start: usize,
        mut each: impl FnMut(u32, usize),
    ) -> Option<u32> {
        let (mut at, mut base) = (place as usize, self.nodes[place as usize].base as usize);
        for (offset, byte) in text[start..].iter().enumerate() {
            let class = usize::from(self.class[usize::from(*byte)]);
            let next = base + class;
            let node = self.nodes.get(next)?;
            if class == 0 || node.parent as usize != at {
                return None;
            }
            (at, base) = (next, node.base as usize);
            if node.word > 0 {
                each(node.word - 1, start + offset + 1);
            }
        }
        (base != LEAF as usize).then_some(at as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], text: &str, expected: &[(&str, usize)]) {
        let trie = Trie::new(words.iter().enumerate().map(|(number, word)| (word.as_bytes(), number as u32)));
        let mut found = Vec::new();
        trie.walk(text.as_bytes(), 0, |number, end| found.push((words[number as usize], end)));
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_found_from_a_place_on() {
        let words = ["kill", "killer", "kit", "a", "take out", "z"];
        check(&words, "killers", &[("kill", 4), ("killer", 6)]);
        check(&words, "kil", &[]);
        check(&words, "take out", &[("take out", 8)]);
        check(&words, "", &[]);
        check(&words, "zé", &[("z", 1)]);
        check(&[], "a", &[]);
    }

    #[test]
    fn a_walk_goes_on_where_another_ended() {
        let trie = Trie::new([(b"take out".as_slice(), 7), (b"take", 3)]);
        let mut found = Vec::new();
        let place = trie.walk(b"take", 0, |number, end| found.push((number, end)));
        let place = trie.go_on(place.unwrap(), b"take ou", 4, |number, end| found.push((number, end)));
        assert_eq!(trie.go_on(place.unwrap(), b"take out", 7, |number, end| found.push((number, end))), None);
        assert_eq!(found, [(3, 4), (7, 8)]);
        assert_eq!(trie.walk(b"tale", 0, |_, _| ()), None);
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        let words: Vec<String> =
            (0..2000u32).map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761))).collect();
        let trie = Trie::new(words.iter().enumerate().map(|(number, word)| (word.as_bytes(), number as u32)));
        for word in &words {
            let mut found = Vec::new();
            trie.walk(word.as_bytes(), 0, |number, end| found.push((number as usize, end)));
            for (number, end) in &found {
                assert_eq!(words[*number], word[..*end]);
            }
            assert!(found.iter().any(|(number, end)| *end == word.len() && &words[*number] == word));
        }
    }
}
