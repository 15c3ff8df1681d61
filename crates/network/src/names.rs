//! Names as numbers: every distinct name once, in one block of bytes, numbered from 0 in order of arrival.
//!
//! A map of owned strings would cost three allocations and some 100 bytes a name; the graph needs the number alone.

/// A set of distinct names, each with a number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    /// Where each name ends in `bytes`; it begins where the one before ends.
    ends: Vec<u64>,
    /// Open addressing: upper half of a hash, then the number plus one; 0 is an empty slot. Length is a power of two. A name's
    /// place follows the half that is held, so that a table grows in the order it stands in, without looking names up.
    slots: Vec<u64>,
}

impl Names {
    /// Returns how many distinct names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the name `number`, which must have been handed out by this set.
    pub fn bytes_of(&self, number: u32) -> &[u8] {
        &self.bytes[self.place_of(number)..self.ends[number as usize] as usize]
    }

    /// Returns where the name `number` begins.
    pub fn place_of(&self, number: u32) -> usize {
        if number == 0 { 0 } else { self.ends[number as usize - 1] as usize }
    }

    /// Returns the byte at a place; 0 beyond the last.
    pub fn byte(&self, place: usize) -> u8 {
        self.bytes.get(place).copied().unwrap_or(0)
    }

    /// Returns the name `number` as text. Names are only ever added as text.
    pub fn text_of(&self, number: u32) -> &str {
        std::str::from_utf8(self.bytes_of(number)).unwrap_or_default()
    }

    /// Returns the number of `name`, or `None` where it was never added.
    pub fn find(&self, name: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.look(name.as_bytes(), hash(name.as_bytes())).ok()
    }

    /// Returns the number of `name`, adding it where it is new; `None` where there are 2^32 - 2 names already.
    pub fn add(&mut self, name: &str) -> Option<u32> {
        let name = name.as_bytes();
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = hash(name);
        match self.look(name, hash) {
            Ok(number) => Some(number),
            Err(slot) => {
                let number = u32::try_from(self.ends.len()).ok().filter(|number| *number < u32::MAX - 1)?;
                self.bytes.extend_from_slice(name);
                self.ends.push(self.bytes.len() as u64);
                self.slots[slot] = (hash & HIGH) | (u64::from(number) + 1);
                Some(number)
            }
        }
    }

    /// Looks at the places in memory that adding these names will need, so that the waits for them overlap. Changes nothing;
    /// without it a table of millions of names waits for three cache misses a name, one after the other.
    pub fn warm<'a>(&self, names: impl Iterator<Item = &'a [u8]>) {
        if self.slots.is_empty() {
            return;
        }
        let mut slots = [0; WARMED];
        for (slot, name) in slots.iter_mut().zip(names) {
            *slot = home(hash(name), self.slots.len());
        }
        let mut numbers = [0; WARMED];
        for (number, slot) in numbers.iter_mut().zip(slots) {
            *number = (self.slots[slot] & !HIGH) as usize;
        }
        let mut ends = [0; WARMED];
        for (end, number) in ends.iter_mut().zip(numbers) {
            *end = self.ends.get(number.wrapping_sub(1)).copied().unwrap_or_default() as usize;
        }
        let seen =
            ends.iter().fold(0, |seen, end| seen ^ self.bytes.get(end.wrapping_sub(1)).copied().unwrap_or(0));
        std::hint::black_box(seen);
    }

    /// Lets go of what finds the number of a name: no name is found after, and none may be added.
    pub fn forget_numbers(&mut self) {
        self.slots = Vec::new();
    }

    /// Returns the bytes of memory held.
    pub fn memory(&self) -> u64 {
        (self.bytes.capacity() + (self.ends.capacity() + self.slots.capacity()) * 8) as u64
    }

    /// Numbers the names anew in their order byte by byte. Returns the new number of each old one.
    pub fn sort(&mut self) -> Vec<u32> {
        // Eight bytes behind what all names begin with decide nearly every comparison without looking the names up.
        let shared = self.shared_start();
        let mut order: Vec<(u64, u32)> = (0..self.len() as u32)
            .map(|number| {
                let mut lead = [0; 8];
                let rest = &self.bytes_of(number)[shared..];
                let taken = rest.len().min(8);
                lead[..taken].copy_from_slice(&rest[..taken]);
                (u64::from_be_bytes(lead), number)
            })
            .collect();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| self.bytes_of(a.1)[shared..].cmp(&self.bytes_of(b.1)[shared..]))
        });
        let mut ranks = vec![0; order.len()];
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut ends = Vec::with_capacity(self.ends.len());
        for (rank, (_, number)) in order.iter().enumerate() {
            ranks[*number as usize] = rank as u32;
            bytes.extend_from_slice(self.bytes_of(*number));
            ends.push(bytes.len() as u64);
        }
        (self.bytes, self.ends) = (bytes, ends);
        for slot in self.slots.iter_mut().filter(|slot| **slot != 0) {
            *slot = (*slot & HIGH) | (u64::from(ranks[(*slot & !HIGH) as usize - 1]) + 1);
        }
        ranks
    }

    /// Returns how many bytes all names begin with alike.
    fn shared_start(&self) -> usize {
        if self.ends.is_empty() {
            return 0;
        }
        let first = self.bytes_of(0);
        (1..self.len() as u32).fold(first.len(), |shared, number| {
            first[..shared].iter().zip(self.bytes_of(number)).take_while(|(a, b)| a == b).count()
        })
    }

    /// Returns the name's number, or the free slot where it belongs.
    fn look(&self, name: &[u8], hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = home(hash, self.slots.len());
        loop {
            let held = self.slots[slot];
            if held == 0 {
                return Err(slot);
            }
            if held & HIGH == hash & HIGH {
                let number = (held & !HIGH) as u32 - 1;
                if self.bytes_of(number) == name {
                    return Ok(number);
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let before = std::mem::replace(&mut self.slots, vec![0; size]);
        for held in before.into_iter().filter(|held| *held != 0) {
            let mut slot = home(held, size);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = held;
        }
    }
}

/// Returns where in a table of `size` slots, a power of two, a name with this hash would stand.
fn home(hash: u64, size: usize) -> usize {
    // The upper half spread over the slots. Beyond 2^32 of them only every other is a home, which still is a place for all.
    ((u128::from(hash >> 32) * size as u128) >> 32) as usize
}

/// Names looked at together.
pub(crate) const WARMED: usize = 64;

const HIGH: u64 = 0xffff_ffff_0000_0000;

/// Returns a hash of `bytes`: eight at a time, each folded in with a 128-bit product. Not for secrets.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        state = fold(state ^ word, 0xa076_1d64_78bd_642f);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state = fold(state ^ u64::from_le_bytes(last), 0xe703_7ed1_a0b4_28db);
    }
    fold(state, 0x8ebc_6af0_9c88_c6e3)
}

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_arrival_until_sorted_by_the_bytes() {
        let mut names = Names::default();
        let numbers: Vec<_> = ["pear", "apple", "pear", "", "fig"].map(|name| names.add(name)).to_vec();
        assert_eq!(numbers, [Some(0), Some(1), Some(0), Some(2), Some(3)]);
        assert_eq!(names.text_of(3), "fig");
        assert_eq!(names.find("fig"), Some(3));
        assert_eq!(names.find("plum"), None);
        assert_eq!(names.sort(), [3, 1, 0, 2]);
        assert_eq!(
            ["pear", "apple", "", "fig"].map(|name| names.find(name)),
            [Some(3), Some(1), Some(0), Some(2)]
        );
        assert_eq!(names.text_of(2), "fig");
        let mut names = Names::default();
        for name in ["user:0123456789b", "user:0123456789", "user:0123456789a", "user:01"] {
            names.add(name);
        }
        assert_eq!(names.sort(), [3, 1, 2, 0]);
    }

    #[test]
    fn growing_loses_nothing() {
        let mut names = Names::default();
        for n in 0..5000 {
            assert_eq!(names.add(&format!("account-{n}")), Some(n));
        }
        for n in 0..5000 {
            assert_eq!(names.find(&format!("account-{n}")), Some(n));
        }
    }
}
