//! The gate: one pass over a post decides which rules are worth asking.
//!
//! A rule cannot match without certain words; which ones is read off the rule itself ([`need`]), so that a new rule is gated
//! rightly without anybody keeping a list. The pass looks for all these words at once ([`trie`]) and comes to the set of
//! rules whose needs are all met. It errs on the side of asking; that it never errs on the other is held by a test that
//! asks gated and ungated rules the same.

mod need;
mod pairs;
mod trie;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use need::{Need, Piece};
use pairs::{Pair, Pairs};
pub(crate) use trie::Trie;

use crate::tape::{Reader, Writer};

/// Needs that one gate can hold, in words of 64. A rule beyond them is always asked.
const WORDS: usize = 24;

/// Needs that a rule is held against, the rarest ones; those that nearly every post meets hardly help.
const NEEDS: usize = 6;
const OFTEN: f32 = 0.65;

/// A set of needs, a bit each.
pub(crate) type Mask = [u64; WORDS];

/// The needs of many rules, ready to be looked for.
pub(crate) struct Gate {
    /// Pieces that begin where a word begins.
    starts: Trie,
    /// Pieces that may begin inside a word.
    inner: Trie,
    /// Pairs of bytes that a piece of `inner` begins with: by the first, a bit for the low six bits of the second.
    pairs: [u64; 128],
    /// Pieces of two neighbouring words.
    beside: Pairs,
    /// What is met where a piece is found, and where it is found and its word ends with it.
    met: Vec<(u16, u16)>,
    /// Sets of needs, each as the words of a mask that are not empty; and where each set begins.
    sets: Vec<(u16, u64)>,
    begins: Vec<u32>,
    /// Needs of rules that have none.
    always: Mask,
    /// For each rule, which needs it has besides the one that bears its number.
    further: Vec<Vec<u16>>,
}

/// Which rules are worth asking about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen(Mask);

impl Seen {
    /// Every rule.
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    /// Returns the numbers in `range` of the rules that are worth asking, in order.
    pub fn rules(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let (mask, mut word, mut left) = (self.0, range.start / 64, 0);
        let mut beyond = range.start.max(WORDS * 64)..range.end;
        if let Some(first) = mask.get(word) {
            left = first >> (range.start % 64) << (range.start % 64);
        }
        std::iter::from_fn(move || {
            while left == 0 {
                word += 1;
                if word >= WORDS || word * 64 >= range.end {
                    return beyond.next();
                }
                left = mask[word];
            }
            let rule = word * 64 + left.trailing_zeros() as usize;
            left &= left - 1;
            if rule < range.end {
                return Some(rule);
            }
            left = 0;
            word = WORDS;
            beyond.next()
        })
    }
}

impl Gate {
    /// Reads the needs off `patterns`, one a rule; rules are numbered in this order.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let needs: Vec<Vec<Need>> = patterns.into_iter().map(need::needs).collect();
        let room = WORDS * 64;
        let mut always: Mask = [0; WORDS];
        let mut further: Vec<Vec<u16>> = vec![Vec::new(); needs.len()];
        // What a piece meets: the needs it is one of.
        let mut pieces: BTreeMap<&Piece, Mask> = BTreeMap::new();
        for (rule, own) in needs.iter().enumerate().take(room) {
            match own.first() {
                Some(need) => note(&mut pieces, need, rule),
                None => set(&mut always, rule),
            }
        }
        let mut next = needs.len();
        let mut known: Vec<(&Need, u16)> = Vec::new();
        for nth in 1..NEEDS {
            for (rule, own) in needs.iter().enumerate() {
                let Some(need) = own.get(nth).filter(|need| need.often < OFTEN) else { continue };
                let bit = match known.iter().find(|(other, _)| other.pieces == need.pieces) {
                    Some((_, bit)) => *bit,
                    None if next < room => {
                        let bit = next as u16;
                        note(&mut pieces, need, next);
                        known.push((need, bit));
                        next += 1;
                        bit
                    }
                    None => continue,
                };
                further[rule].push(bit);
            }
        }
        let mut gate = Self {
            starts: Trie::new([]),
            inner: Trie::new([]),
            pairs: [0; 128],
            beside: Pairs::new(&BTreeMap::new()),
            met: Vec::new(),
            sets: Vec::new(),
            begins: vec![0],
            always,
            further,
        };
        gate.index(&pieces);
        gate
    }

    /// Writes it down.
    #[allow(dead_code, reason = "only the build script and tests write")]
    pub fn write(&self, out: &mut Writer) {
        self.starts.write(out);
        self.inner.write(out);
        self.beside.write(out);
        let both = |number: &u64| [*number as u32, (*number >> 32) as u32];
        out.list(self.pairs.iter().flat_map(both));
        out.list(self.always.iter().flat_map(both));
        out.list(self.met.iter().map(|(pass, end)| u32::from(*pass) | u32::from(*end) << 16));
        out.list(self.sets.iter().flat_map(|(word, bits)| {
            let [low, high] = both(bits);
            [u32::from(*word), low, high]
        }));
        out.list(self.begins.iter().copied());
        out.list(self.further.iter().map(|further| further.len() as u32));
        out.list(self.further.iter().flatten().map(|need| u32::from(*need)));
    }

    /// Reads what [`Gate::write`] wrote.
    pub fn read(tape: &mut Reader) -> Option<Self> {
        let (starts, inner, beside) = (Trie::read(tape)?, Trie::read(tape)?, Pairs::read(tape)?);
        let mut both = |out: &mut [u64]| {
            let mut halves = tape.list()?;
            for number in out {
                *number = u64::from(halves.next()?) | u64::from(halves.next()?) << 32;
            }
            Some(())
        };
        let (mut pairs, mut always) = ([0; 128], [0; WORDS]);
        both(&mut pairs)?;
        both(&mut always)?;
        let met = tape.list()?.map(|both| (both as u16, (both >> 16) as u16)).collect();
        let mut numbers = tape.list()?;
        let mut sets = Vec::with_capacity(numbers.len() / 3);
        while let Some(word) = numbers.next() {
            let bits = u64::from(numbers.next()?) | u64::from(numbers.next()?) << 32;
            sets.push((word as u16, bits));
        }
        let begins = tape.list()?.collect();
        let counts = tape.list()?;
        let mut needs = tape.list()?;
        let further = counts
            .map(|count| needs.by_ref().take(count as usize).map(|need| need as u16).collect())
            .collect();
        Some(Self { starts, inner, pairs, beside, met, sets, begins, always, further })
    }

    /// Builds the tries from pieces and what they meet.
    fn index(&mut self, pieces: &BTreeMap<&Piece, Mask>) {
        let mut numbers: HashMap<Mask, u16> = HashMap::from([([0; WORDS], 0)]);
        // The empty set.
        self.begins.push(0);
        let mut number = |gate: &mut Self, mask: Mask| {
            *numbers.entry(mask).or_insert_with(|| {
                gate.sets.extend((0..).zip(mask).filter(|(_, bits)| *bits > 0));
                gate.begins.push(gate.sets.len() as u32);
                (gate.begins.len() - 2) as u16
            })
        };
        let mut beside: BTreeMap<Pair, u16> = BTreeMap::new();
        let mut tries: [BTreeMap<&[u8], (Mask, Mask)>; 2] = [BTreeMap::new(), BTreeMap::new()];
        for (piece, mask) in pieces {
            if let Some((left, right)) = piece.pair() {
                beside.insert((left, right, piece.ends), number(self, *mask));
                continue;
            }
            let found = tries[usize::from(!piece.starts)].entry(&piece.text).or_default();
            let side = if piece.ends { &mut found.1 } else { &mut found.0 };
            side.iter_mut().zip(mask).for_each(|(all, new)| *all |= new);
        }
        let [starts, inner] = tries.map(|words| {
            let number_of = |(text, (pass, end)): (_, (Mask, Mask))| {
                let both = (number(self, pass), number(self, end));
                self.met.push(both);
                (text, self.met.len() as u32 - 1)
            };
            words.into_iter().map(number_of).collect::<Vec<(&[u8], u32)>>()
        });
        for (text, _) in &inner {
            let first = usize::from(text[0] & 127);
            self.pairs[first] |= text.get(1).map_or(u64::MAX, |second| 1 << (second & 63));
        }
        self.beside = Pairs::new(&beside);
        self.starts = Trie::new(starts);
        self.inner = Trie::new(inner);
    }

    /// Returns which rules are worth asking about `text`, a plain reading.
    pub fn look(&self, text: &str) -> Seen {
        let mut found = self.needs(text.as_bytes());
        let mut left = 0;
        for word in
            text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
        {
            let (next, rights) = self.neighbours(word);
            for right in rights {
                self.side_by_side(left, right, &mut found);
            }
            left = next;
        }
        self.met(found)
    }

    /// Returns what a word is beside others: the number of what it is on the left of another word, 0 for nothing, and the
    /// numbers of what it is on the right of one.
    pub fn neighbours(&self, word: &[u8]) -> (u16, Vec<u16>) {
        let mut rights = Vec::new();
        self.beside.rights(word, |right| rights.push(right));
        (self.beside.left(word), rights)
    }

    /// Adds the needs that `left` and `right` meet side by side.
    #[inline]
    pub fn side_by_side(&self, left: u16, right: u16, found: &mut Mask) {
        if let Some(set) = self.beside.set(left, right) {
            self.add(set, found);
        }
    }

    fn add(&self, set: u16, found: &mut Mask) {
        let set = usize::from(set);
        let range = self.begins[set] as usize..self.begins[set + 1] as usize;
        self.sets[range].iter().for_each(|(word, bits)| found[usize::from(*word)] |= bits);
    }

    /// Returns the needs that `text` meets by single words, which are those that its words meet one by one.
    pub fn needs(&self, bytes: &[u8]) -> Mask {
        let mut found = [0; WORDS];
        let mut meet = |number: u32, end: usize| {
            let (pass, whole) = self.met[number as usize];
            if pass > 0 {
                self.add(pass, &mut found);
            }
            if whole > 0 && bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric()) {
                self.add(whole, &mut found);
            }
        };
        let mut inside = false;
        for (at, byte) in bytes.iter().enumerate() {
            let word = byte.is_ascii_alphanumeric();
            if word {
                if !inside {
                    self.starts.walk(bytes, at, &mut meet);
                }
                let second = bytes.get(at + 1).map_or(0, |second| second & 63);
                if self.pairs[usize::from(byte & 127)] >> second & 1 == 1 {
                    self.inner.walk(bytes, at, &mut meet);
                }
            }
            inside = word;
        }
        found
    }

    /// Returns the rules all of whose needs are among `found`.
    pub fn met(&self, mut found: Mask) -> Seen {
        found.iter_mut().zip(self.always).for_each(|(all, always)| *all |= always);
        let mut seen = found;
        for (word, bits) in seen.iter_mut().enumerate().take(self.further.len().div_ceil(64)) {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                let Some(further) = self.further.get(word * 64 + bit) else { continue };
                if !further.iter().all(|need| found[usize::from(*need) / 64] >> (need % 64) & 1 == 1) {
                    *bits &= !(1 << bit);
                }
            }
        }
        Seen(seen)
    }
}

fn set(mask: &mut Mask, bit: usize) {
    mask[bit / 64] |= 1 << (bit % 64);
}

/// Notes that each piece of `need` meets the need `bit`.
fn note<'a>(pieces: &mut BTreeMap<&'a Piece, Mask>, need: &'a Need, bit: usize) {
    for piece in &need.pieces {
        set(pieces.entry(piece).or_insert([0; WORDS]), bit);
    }
}

#[cfg(test)]
mod tests {
    use regex_syntax::ParserBuilder;
    use regex_syntax::hir::{Class, Hir, HirKind};
    use values::Folded;

    use super::*;
    use crate::rules::Text;

    /// Numbers that look drawn by chance and are the same each time.
    struct Draw(u64);

    impl Draw {
        fn below(&mut self, count: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % count.max(1)
        }
    }

    /// Writes a text that the parts of a pattern, taken one by one, allow.
    fn write(hir: &Hir, draw: &mut Draw, out: &mut String) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(Class::Bytes(class)) => {
                let range = class.ranges()[draw.below(class.ranges().len())];
                let byte = range.start() + draw.below(usize::from(range.end() - range.start()) + 1) as u8;
                out.push(char::from(byte.min(127)));
            }
            // What is none of bytes holds no letter that a reading has.
            HirKind::Class(Class::Unicode(class)) => out.extend(class.ranges().first().map(|r| r.start())),
            HirKind::Repetition(repeated) => {
                let most = repeated.max.unwrap_or(repeated.min + 3).min(repeated.min + 6);
                for _ in 0..repeated.min as usize + draw.below((most - repeated.min) as usize + 1) {
                    write(&repeated.sub, draw, out);
                }
            }
            HirKind::Capture(group) => write(&group.sub, draw, out),
            HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, draw, out)),
            HirKind::Alternation(branches) => write(&branches[draw.below(branches.len())], draw, out),
        }
    }

    #[test]
    fn a_gated_rule_finds_what_an_ungated_one_finds() {
        let mut draw = Draw(7);
        let mut texts: Vec<String> = include_str!("../data/posts.jsonl").lines().map(str::to_owned).collect();
        let searches = || crate::detectors::searches().into_iter();
        let of_searches = searches().map(|search| search.pattern().to_owned());
        for pattern in crate::rules::books().flat_map(|book| book.patterns()).chain(of_searches) {
            let parser = ParserBuilder::new().unicode(false).utf8(false).build().parse(&pattern);
            let hir = parser.expect("every pattern compiles");
            for around in ["{}", "so, {}.", "we {} them all", "x{}y", "_{}_", "the \"{}\" \n{}", "{}ing"] {
                let mut text = String::new();
                write(&hir, &mut draw, &mut text);
                texts.push(around.replace("{}", &text));
            }
        }
        let mut hit = 0;
        for text in &texts {
            let folded = Folded::of(text);
            let (text, seen) = (folded.as_str(), crate::rules::look(folded.as_str()));
            for book in crate::rules::books() {
                let all = book.everywhere(text);
                assert_eq!(book.hits(&Text::new(text, Seen::ALL)), all, "{text:?}");
                assert_eq!(book.hits(&Text::new(text, seen)), all, "{text:?}");
                hit += all.len();
            }
            for search in searches() {
                let found = search.regex().is_match(text.as_bytes());
                assert!(!found || search.worth(&seen), "{} in {text:?}", search.pattern());
                hit += usize::from(found);
            }
        }
        assert!(hit > 1000, "the texts are such as rules match: {hit}");
    }

    #[test]
    fn most_rules_are_not_asked_about_ordinary_words() {
        let rules: usize = crate::rules::books().map(|book| book.patterns().len()).sum();
        let seen = crate::rules::look("lovely weather at the lake today, the ferry was late again");
        let asked = seen.rules(0..rules).count();
        assert!(asked * 10 < rules, "{asked} of {rules} rules would be asked");
    }
}
