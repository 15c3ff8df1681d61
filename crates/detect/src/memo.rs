//! What was worked out for a word, kept for the next time it is met: most words of a flood of posts were there before.
//!
//! It holds answers and no state: with or without it the result is the same. When it is full it is emptied.

use std::ops::Range;

/// Words that are kept, and bytes and answers of theirs.
const WORDS: usize = 1 << 15;
const ROOM: usize = 1 << 21;

/// Answers by word: each a list of numbers.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    /// Open addressing: one more than the place in `entries`; 0 is free. Twice as many places as words.
    table: Vec<u16>,
    entries: Vec<Entry>,
    /// The letters of words that their keys do not hold.
    letters: Vec<u8>,
    answers: Vec<T>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    /// Where the letters begin, if they are kept.
    letters: u32,
    answers: (u32, u32),
}

/// A word as numbers, which are quicker to compare than letters: most words are short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    /// The first and the last letters; of a word longer than both hold, a hash and the last ones.
    first: u64,
    last: u64,
    length: u32,
}

/// Words up to so long are told apart by their keys.
const WHOLE: usize = 16;

impl Key {
    #[inline]
    fn of(word: &[u8]) -> Self {
        let length = word.len() as u32;
        let (first, last) = match (word.first_chunk(), word.last_chunk()) {
            (Some(first), Some(last)) => {
                let last = u64::from_le_bytes(*last);
                let first = if word.len() <= WHOLE { u64::from_le_bytes(*first) } else { folded(word) };
                (first, last)
            }
            _ => match (word.first_chunk(), word.last_chunk()) {
                (Some(first), Some(last)) => {
                    (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
                }
                _ => (word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
            },
        };
        Self { first, last, length }
    }

    /// Returns where in the table the word is to be looked for first.
    #[inline]
    fn place(self) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(29) ^ u64::from(self.length)).wrapping_mul(MIX);
        (mixed >> 40) as usize & (WORDS * 2 - 1)
    }
}

/// An odd number without a pattern.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Returns a hash of the letters of a long word.
fn folded(word: &[u8]) -> u64 {
    word.chunks(8).fold(0, |hash: u64, part| {
        let part = part.iter().fold(0, |all: u64, byte| all << 8 | u64::from(*byte));
        (hash.rotate_left(5) ^ part).wrapping_mul(MIX)
    })
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { table: vec![0; WORDS * 2], entries: Vec::new(), letters: Vec::new(), answers: Vec::new() }
    }
}

impl<T> Memo<T> {
    /// Returns the answer for `word`, asking `make` for it where it is not known. The borrow ends with the next call.
    #[inline]
    pub fn get(&mut self, word: &[u8], make: impl FnOnce(&[u8], &mut Vec<T>)) -> &[T] {
        let key = Key::of(word);
        let mut at = key.place();
        while self.table[at] > 0 {
            let entry = &self.entries[usize::from(self.table[at]) - 1];
            if entry.key == key && (word.len() <= WHOLE || self.letters(entry) == word) {
                return &self.answers[entry.answers.0 as usize..entry.answers.1 as usize];
            }
            at = (at + 1) & (WORDS * 2 - 1);
        }
        let place = self.add(key, word, make);
        &self.answers[place]
    }

    /// Returns the letters of a word that is longer than its key holds.
    fn letters(&self, entry: &Entry) -> &[u8] {
        &self.letters[entry.letters as usize..][..entry.key.length as usize]
    }

    #[cold]
    fn add(&mut self, key: Key, word: &[u8], make: impl FnOnce(&[u8], &mut Vec<T>)) -> Range<usize> {
        if self.entries.len() >= WORDS || self.letters.len() > ROOM || self.answers.len() > ROOM {
            self.clear();
        }
        let mut at = key.place();
        while self.table[at] > 0 {
            at = (at + 1) & (WORDS * 2 - 1);
        }
        let (letters, answers) = (self.letters.len() as u32, self.answers.len());
        if word.len() > WHOLE {
            self.letters.extend_from_slice(word);
        }
        make(word, &mut self.answers);
        self.entries.push(Entry { key, letters, answers: (answers as u32, self.answers.len() as u32) });
        self.table[at] = self.entries.len() as u16;
        answers..self.answers.len()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.table.fill(0);
        self.entries.clear();
        self.letters.clear();
        self.answers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_the_same_the_second_time_and_after_it_was_forgotten() {
        let mut memo: Memo<u32> = Memo::default();
        let mut made = 0;
        for round in 0..2 {
            for number in 0..WORDS + 10 {
                let word = format!("w{number}");
                let answer = memo.get(word.as_bytes(), |word, out| {
                    made += 1;
                    out.extend([word.len() as u32, number as u32]);
                });
                assert_eq!(answer, [word.len() as u32, number as u32], "{round}");
            }
        }
        assert!(made > WORDS + 10, "more words than there is room for");
        let before = made;
        memo.get(b"w3", |_, out| out.push(1));
        memo.get(b"w3", |_, _| made += 1);
        assert_eq!(made, before);
        assert_eq!(memo.get(b"", |_, _| ()), [] as [u32; 0]);
    }

    #[test]
    fn words_of_every_length_are_told_apart() {
        let mut memo: Memo<u32> = Memo::default();
        let mut words: Vec<Vec<u8>> = vec![Vec::new()];
        for length in 1..40 {
            // Words that differ in one letter alone, and one that begins with a letter that counts for nothing as a number.
            words.extend((0..length).map(|at| {
                let mut word = vec![b'a'; length];
                word[at] = b'b';
                word
            }));
            words.extend([vec![b'a'; length], vec![0; length]]);
        }
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!(memo.get(word, |_, out| out.push(number as u32)), [number as u32], "{word:?}");
            }
        }
    }
}
