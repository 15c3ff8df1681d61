//! A rule made ready to be searched for: the places where it may begin, and an automaton that tells where it ends.
//!
//! Making one takes a thousand times as long as asking it, and a few hundred are asked in the first seconds. So the build
//! script makes the slow part for every rule, and what is left is to read it.

use regex_automata::nfa::thompson::{self, Builder, NFA, State, Transition, WhichCaptures};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::Hir;

use crate::begins::Begins;
use crate::pattern;

/// A rule, ready to be searched for.
#[derive(Debug)]
pub(crate) struct Automaton {
    /// Where it may begin.
    pub begins: Begins,
    /// What it matches from there.
    pub nfa: NFA,
}

/// An automaton has at most so many bytes.
const ROOM: usize = 24 << 20;

impl Automaton {
    /// Makes it from a pattern that is written out; `None` where that is no pattern, or one that matches nothing at all.
    pub fn of(written: &str) -> Option<Self> {
        let hir = pattern::parse(written).filter(|hir| hir.properties().minimum_len() > Some(0))?;
        let nfa = compiled(&hir)?;
        Some(Self { begins: Begins::of(&hir, &nfa), nfa })
    }

    /// Writes it down.
    #[allow(dead_code, reason = "only the build script and tests write")]
    pub fn write(&self, out: &mut Vec<u8>) {
        self.begins.write(out);
        number(self.nfa.states().len() as u32, out);
        number(self.nfa.start_anchored().as_u32(), out);
        number(self.nfa.start_unanchored().as_u32(), out);
        for (at, state) in self.nfa.states().iter().enumerate() {
            let next = |id: StateID, out: &mut Vec<u8>| {
                // Mostly a state near by: its distance, the sign in the lowest bit.
                let far = i64::from(id.as_u32()) - at as i64;
                number(((far << 1) ^ (far >> 63)) as u32, out);
            };
            let step = |step: &Transition, out: &mut Vec<u8>| {
                out.extend([step.start, step.end]);
                next(step.next, out);
            };
            match state {
                State::ByteRange { trans } => {
                    out.push(RANGE);
                    step(trans, out);
                }
                State::Sparse(all) => {
                    out.push(SPARSE);
                    number(all.transitions.len() as u32, out);
                    all.transitions.iter().for_each(|trans| step(trans, out));
                }
                State::Dense(all) => {
                    let all = (0..=u8::MAX).filter_map(|byte| {
                        Some(Transition { start: byte, end: byte, next: all.matches_byte(byte)? })
                    });
                    let all: Vec<Transition> = all.collect();
                    out.push(SPARSE);
                    number(all.len() as u32, out);
                    all.iter().for_each(|trans| step(trans, out));
                }
                State::Look { look, next: behind } => {
                    out.push(LOOK);
                    number(look.as_repr(), out);
                    next(*behind, out);
                }
                State::Union { alternates } => {
                    out.push(UNION);
                    number(alternates.len() as u32, out);
                    alternates.iter().for_each(|other| next(*other, out));
                }
                State::BinaryUnion { alt1, alt2 } => {
                    out.push(UNION);
                    number(2, out);
                    next(*alt1, out);
                    next(*alt2, out);
                }
                // Captures are left out when it is compiled.
                State::Capture { .. } | State::Fail => out.push(FAIL),
                State::Match { .. } => out.push(MATCH),
            }
        }
    }

    /// Reads what [`Automaton::write`] wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut bytes = bytes;
        let begins = Begins::read(&mut bytes)?;
        let (count, anchored, unanchored) =
            (take(&mut bytes)?, take(&mut bytes)? as usize, take(&mut bytes)? as usize);
        let mut builder = Builder::new();
        builder.set_utf8(false);
        builder.start_pattern().ok()?;
        for at in 0..count {
            let next = |bytes: &mut &[u8]| {
                let far = take(bytes)?;
                let far = (far >> 1) as i32 ^ -((far & 1) as i32);
                StateID::new(at.checked_add_signed(far)? as usize).ok()
            };
            let step = |bytes: &mut &[u8]| {
                let (start, end) = (byte(bytes)?, byte(bytes)?);
                Some(Transition { start, end, next: next(bytes)? })
            };
            match byte(&mut bytes)? {
                RANGE => builder.add_range(step(&mut bytes)?),
                SPARSE => {
                    let count = take(&mut bytes)?;
                    builder.add_sparse((0..count).map(|_| step(&mut bytes)).collect::<Option<_>>()?)
                }
                LOOK => {
                    let look = Look::from_repr(take(&mut bytes)?)?;
                    builder.add_look(next(&mut bytes)?, look)
                }
                UNION => {
                    let count = take(&mut bytes)?;
                    builder.add_union((0..count).map(|_| next(&mut bytes)).collect::<Option<_>>()?)
                }
                FAIL => builder.add_fail(),
                MATCH => builder.add_match(),
                _ => return None,
            }
            .ok()?;
        }
        let start = StateID::new(anchored).ok()?;
        builder.finish_pattern(start).ok()?;
        let nfa = builder.build(start, StateID::new(unanchored).ok()?).ok()?;
        Some(Self { begins, nfa })
    }
}

/// The kinds of states.
const RANGE: u8 = 0;
const SPARSE: u8 = 1;
const LOOK: u8 = 2;
const UNION: u8 = 3;
const FAIL: u8 = 4;
const MATCH: u8 = 5;

/// Compiles a pattern that is parsed; `None` where it takes too much room.
pub(crate) fn compiled(hir: &Hir) -> Option<NFA> {
    let config =
        thompson::Config::new().utf8(false).nfa_size_limit(Some(ROOM)).which_captures(WhichCaptures::None);
    thompson::Compiler::new().configure(config).build_from_hir(hir).ok()
}

/// Writes a number, seven bits a byte, the lowest first (LEB128).
#[allow(dead_code, reason = "only the build script and tests write")]
pub(crate) fn number(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads what [`number`] wrote.
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let next = byte(bytes)?;
        value |= u32::from(next & 0x7F).checked_shl(shift)?;
        if next < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

fn byte(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}
