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
    table: Vec<u32>,
    entries: Vec<Entry>,
    letters: Vec<u8>,
    answers: Vec<T>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u32,
    letters: (u32, u32),
    answers: (u32, u32),
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
        let place = self.place(word, make);
        &self.answers[place]
    }

    /// As [`Memo::get`], but returns where the answer stands: to be asked for with [`Memo::answers`] while there was room.
    #[inline]
    pub fn place(&mut self, word: &[u8], make: impl FnOnce(&[u8], &mut Vec<T>)) -> Range<usize> {
        let hash = hash(word);
        let mut at = hash as usize & (WORDS * 2 - 1);
        while self.table[at] > 0 {
            let entry = self.entries[self.table[at] as usize - 1];
            if entry.hash == hash && self.letters[span(entry.letters)] == *word {
                return span(entry.answers);
            }
            at = (at + 1) & (WORDS * 2 - 1);
        }
        if self.entries.len() >= WORDS || self.letters.len() > ROOM || self.answers.len() > ROOM {
            self.clear();
            at = hash as usize & (WORDS * 2 - 1);
        }
        let (letters, answers) = (self.letters.len(), self.answers.len());
        self.letters.extend_from_slice(word);
        make(word, &mut self.answers);
        let span_of = |from: usize, to: usize| (from as u32, to as u32);
        self.entries.push(Entry {
            hash,
            letters: span_of(letters, self.letters.len()),
            answers: span_of(answers, self.answers.len()),
        });
        self.table[at] = self.entries.len() as u32;
        answers..self.answers.len()
    }

    /// Returns answers by their place.
    #[inline]
    pub fn answers(&self, place: Range<usize>) -> &[T] {
        &self.answers[place]
    }

    /// Forgets everything now where so many `words` of so many `letters` together, with so many answers `each`, might make it
    /// forget while they are read: places stay good until they are.
    pub fn make_room(&mut self, words: usize, letters: usize, each: usize) {
        if self.entries.len() + words >= WORDS
            || self.letters.len() + letters > ROOM
            || self.answers.len() + words * each > ROOM
        {
            self.clear();
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.table.fill(0);
        self.entries.clear();
        self.letters.clear();
        self.answers.clear();
    }
}

fn span((from, to): (u32, u32)) -> Range<usize> {
    from as usize..to as usize
}

/// FNV-1a, mixed.
#[inline]
fn hash(word: &[u8]) -> u32 {
    let state =
        word.iter().fold(0x811C_9DC5_u32, |state, byte| (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    state ^ (state >> 15)
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
}
