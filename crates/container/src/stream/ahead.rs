//! A gzipped stream inflated ahead: one thread inflates while the other reads records and takes their digests.
//!
//! What the reader sees is, step for step, what [`Stream`] would have shown it: bytes, the end of a member, a fault.
//! After a fault the other thread waits to be told how to go on, because that is for the reader to say.

use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, Scope};

use super::{BUFFER, Begin, Fault, Stream};
use crate::Limits;

/// How many parts may wait. Memory is four buffers of 256 KiB, whatever the size of the stream.
const WAITING: usize = 2;

/// How many steps a part may have: of members that are almost empty, many fit into its bytes.
const STEPS: usize = 1024;

/// Bytes as they come, inflated by a thread of its own where there is something to inflate.
pub enum Input<'a> {
    /// Plain bytes.
    Here(Stream<'a>),
    /// Gzipped ones.
    Ahead(Ahead),
}

impl<'a> Input<'a> {
    /// Starts to read. The thread that inflates ends with `scope` at the latest.
    pub fn new(
        scope: &'a Scope<'a, '_>,
        source: &'a mut (dyn Read + Send),
        limits: &Limits,
    ) -> Result<Self, Fault> {
        let stream = Stream::new(source, limits)?;
        if stream.gzipped() { Ahead::start(scope, stream).map(Self::Ahead) } else { Ok(Self::Here(stream)) }
    }

    /// Returns whether the stream is gzipped.
    pub const fn gzipped(&self) -> bool {
        matches!(self, Self::Ahead(_))
    }

    /// Returns the place in the file up to which bytes were used.
    pub const fn offset(&self) -> u64 {
        match self {
            Self::Here(stream) => stream.offset(),
            Self::Ahead(ahead) => ahead.offset,
        }
    }

    /// Returns how many gzip members were begun.
    pub const fn members(&self) -> u64 {
        match self {
            Self::Here(_) => 0,
            Self::Ahead(ahead) => ahead.members,
        }
    }

    /// Goes to the next byte that could begin a record, opening the next gzip member where one ended.
    pub fn begin(&mut self) -> Result<Begin, Fault> {
        match self {
            Self::Here(stream) => stream.begin(),
            Self::Ahead(ahead) => ahead.begin(),
        }
    }

    /// Makes bytes available where it can. Returns how many there are: 0 at the end of the file or of a member.
    pub fn fill(&mut self) -> Result<usize, Fault> {
        match self {
            Self::Here(stream) => stream.fill(),
            Self::Ahead(ahead) => ahead.fill(),
        }
    }

    /// Returns the bytes that [`Input::fill`] made available.
    pub fn buffer(&self) -> &[u8] {
        match self {
            Self::Here(stream) => stream.buffer(),
            Self::Ahead(ahead) => &ahead.part.bytes[ahead.start..ahead.end],
        }
    }

    /// Uses up `count` of the available bytes.
    pub fn consume(&mut self, count: usize) {
        match self {
            Self::Here(stream) => stream.consume(count),
            Self::Ahead(ahead) => ahead.start = (ahead.start + count).min(ahead.end),
        }
    }

    /// Leaves the member it is in and looks for the next one that holds a record. Returns whether there is one.
    pub fn skip_damage(&mut self) -> Result<bool, Fault> {
        match self {
            Self::Here(stream) => stream.skip_damage(),
            Self::Ahead(ahead) => ahead.skip_damage(),
        }
    }

    /// Reads the member it is in to its end, checking its checksum.
    pub fn skip_member(&mut self) -> Result<(), Fault> {
        while self.gzipped() {
            let there = self.fill()?;
            if there == 0 {
                break;
            }
            self.consume(there);
        }
        Ok(())
    }
}

/// Inflated bytes and what happened in between, in order.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    steps: Vec<Step>,
}

struct Step {
    what: What,
    /// Where the stream stood after it, and how many members it had begun.
    offset: u64,
    members: u64,
}

enum What {
    /// Bytes of the part, from and up to.
    Bytes(usize, usize),
    MemberEnd,
    /// The end of the file, or bytes that are no member.
    Begin(Begin),
    Fault(Fault),
    /// What [`Stream::skip_damage`] returned.
    Skipped(Result<bool, Fault>),
}

/// What the reader wants after a fault.
enum Order {
    Begin,
    SkipDamage,
}

/// The end of the reader.
pub struct Ahead {
    parts: Receiver<Part>,
    /// Buffers go back to be filled again.
    spare: Sender<Vec<u8>>,
    orders: Sender<Order>,
    part: Part,
    next: usize,
    start: usize,
    end: usize,
    offset: u64,
    members: u64,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Inside,
    Between,
    /// The other thread waits for an order.
    Faulted,
    Ended,
}

impl Ahead {
    fn start<'scope>(scope: &'scope Scope<'scope, '_>, stream: Stream<'scope>) -> Result<Self, Fault> {
        let (to_reader, parts) = sync_channel(WAITING);
        let (spare, emptied) = channel();
        let (orders, to_obey) = channel();
        let ahead = Self {
            parts,
            spare,
            orders,
            part: Part::default(),
            next: 0,
            start: 0,
            end: 0,
            offset: stream.offset(),
            members: 0,
            state: State::Between,
        };
        let inflater = Inflater { stream, steps: Vec::new(), parts: to_reader, emptied, orders: to_obey };
        // Where the reader stops early, the other end of a channel is gone, which is how this thread learns of it.
        Builder::new()
            .name("inflate".to_owned())
            .spawn_scoped(scope, || inflater.run().unwrap_or_default())
            .map_err(|error| Fault::Unreadable(error.to_string()))?;
        Ok(ahead)
    }

    fn step(&mut self) -> What {
        while self.next == self.part.steps.len() {
            let Ok(part) = self.parts.recv() else {
                return What::Fault(Fault::Unreadable("the thread that inflates it broke off".to_owned()));
            };
            let before = std::mem::replace(&mut self.part, part);
            // Nobody may be there to take it any more.
            let _ = self.spare.send(before.bytes);
            self.next = 0;
        }
        let step = &mut self.part.steps[self.next];
        self.next += 1;
        (self.offset, self.members) = (step.offset, step.members);
        std::mem::replace(&mut step.what, What::MemberEnd)
    }

    fn begin(&mut self) -> Result<Begin, Fault> {
        if self.fill()? > 0 {
            return Ok(Begin::Bytes);
        }
        match self.state {
            State::Ended => return Ok(Begin::End),
            // A thread that is gone is noticed by the next step.
            State::Faulted => drop(self.orders.send(Order::Begin)),
            State::Inside | State::Between => {}
        }
        self.state = State::Inside;
        match self.step() {
            What::Begin(begin) => {
                self.state = if begin == Begin::End { State::Ended } else { State::Between };
                Ok(begin)
            }
            what => self.inside(what).map(|_| Begin::Bytes),
        }
    }

    fn fill(&mut self) -> Result<usize, Fault> {
        if self.start < self.end {
            return Ok(self.end - self.start);
        }
        if self.state != State::Inside {
            return Ok(0);
        }
        let what = self.step();
        self.inside(what)
    }

    fn inside(&mut self, what: What) -> Result<usize, Fault> {
        match what {
            What::Bytes(start, end) => {
                (self.start, self.end) = (start, end);
                Ok(end - start)
            }
            What::Fault(fault) => {
                self.state = State::Faulted;
                Err(fault)
            }
            What::MemberEnd | What::Begin(_) | What::Skipped(_) => {
                self.state = State::Between;
                Ok(0)
            }
        }
    }

    fn skip_damage(&mut self) -> Result<bool, Fault> {
        (self.start, self.end) = (0, 0);
        let _ = self.orders.send(Order::SkipDamage);
        match self.step() {
            What::Skipped(skipped) => skipped,
            What::Fault(fault) => Err(fault),
            What::Bytes(..) | What::MemberEnd | What::Begin(_) => Ok(false),
        }
    }
}

/// The end of the thread that inflates.
struct Inflater<'a> {
    stream: Stream<'a>,
    steps: Vec<Step>,
    parts: SyncSender<Part>,
    emptied: Receiver<Vec<u8>>,
    orders: Receiver<Order>,
}

impl Inflater<'_> {
    /// Inflates to the end. `None` where the reader is gone.
    fn run(mut self) -> Option<()> {
        loop {
            match self.stream.begin() {
                Ok(Begin::Bytes) => self.member()?,
                Ok(begin) => {
                    self.push(What::Begin(begin));
                    self.send()?;
                    if begin == Begin::End {
                        return Some(());
                    }
                }
                Err(fault) => self.fault(fault)?,
            }
        }
    }

    fn member(&mut self) -> Option<()> {
        loop {
            match self.stream.fill() {
                Ok(0) => {
                    self.push(What::MemberEnd);
                    return Some(());
                }
                Ok(there) => {
                    let end = self.stream.buffer_end();
                    self.push(What::Bytes(end - there, end));
                    self.stream.consume(there);
                    if self.stream.room() < BUFFER || self.steps.len() >= STEPS {
                        self.send()?;
                    }
                }
                Err(fault) => return self.fault(fault),
            }
        }
    }

    /// Tells of a fault and does as the reader says until it wants to go on.
    fn fault(&mut self, fault: Fault) -> Option<()> {
        self.push(What::Fault(fault));
        self.send()?;
        while let Order::SkipDamage = self.orders.recv().ok()? {
            let skipped = self.stream.skip_damage();
            self.push(What::Skipped(skipped));
            self.send()?;
        }
        Some(())
    }

    fn push(&mut self, what: What) {
        self.steps.push(Step { what, offset: self.stream.offset(), members: self.stream.members() });
    }

    fn send(&mut self) -> Option<()> {
        let empty = self.emptied.try_recv().unwrap_or_default();
        let part = Part { bytes: self.stream.exchange(empty), steps: std::mem::take(&mut self.steps) };
        self.parts.send(part).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// Reads to the end, looking for the next member after each fault, and returns all that a reader can see.
    macro_rules! seen {
        ($input:expr) => {{
            let (mut seen, mut content) = (Vec::new(), Vec::new());
            for _ in 0..500 {
                let mut fault = None;
                match $input.begin() {
                    Ok(Begin::Bytes) => loop {
                        match $input.fill() {
                            Ok(0) => break,
                            Ok(there) => {
                                content.extend_from_slice($input.buffer());
                                $input.consume(there);
                            }
                            Err(wrong) => {
                                fault = Some(wrong);
                                break;
                            }
                        }
                    },
                    Ok(begin) => {
                        seen.push(format!("{begin:?}"));
                        if begin == Begin::End {
                            break;
                        }
                    }
                    Err(wrong) => fault = Some(wrong),
                }
                seen.push(format!(
                    "{} bytes, at {}, {} members",
                    content.len(),
                    $input.offset(),
                    $input.members()
                ));
                if let Some(fault) = fault {
                    let after = if fault == Fault::Checksum { Ok(true) } else { $input.skip_damage() };
                    seen.push(format!("{fault:?}, then {after:?}, at {}", $input.offset()));
                    if after != Ok(true) {
                        break;
                    }
                }
            }
            (seen, content)
        }};
    }

    fn both(bytes: &[u8], limits: &Limits, what: &str) -> Vec<String> {
        let mut plain = bytes;
        let mut stream = Stream::new(&mut plain, limits).expect("memory can be read");
        let here = seen!(stream);
        let mut source = bytes;
        let ahead = std::thread::scope(|scope| {
            let mut input = Input::new(scope, &mut source, limits).expect("memory can be read");
            seen!(input)
        });
        assert_eq!(ahead, here, "{what}");
        here.0
    }

    fn member(length: usize) -> Vec<u8> {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        let content: Vec<u8> =
            (0..length as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 27) as u8).collect();
        member.write_all(b"WARC/1.1\r\n").and_then(|()| member.write_all(&content)).expect("to memory");
        member.finish().expect("to memory")
    }

    #[test]
    fn what_is_inflated_ahead_is_seen_as_if_it_were_inflated_here() {
        let limits = Limits::shipped();
        let members: Vec<Vec<u8>> =
            [0, 1, 300, 70_000, 20, 600_000, 5, 0, 1_000].iter().map(|length| member(*length)).collect();
        let whole = members.concat();
        let seen = both(&whole, &limits, "whole");
        assert!(seen.iter().any(|line| line.contains("9 members")), "{seen:?}");
        for at in (0..whole.len()).step_by(whole.len() / 97) {
            both(&whole[..at.max(2)], &limits, &format!("cut at {at}"));
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            both(&changed, &limits, &format!("changed at {at}"));
            let between = [&whole[..at], b"\0\0\0 put in \x1f\x8b\x08", &whole[at..]].concat();
            both(&between, &limits, &format!("more at {at}"));
        }
    }

    #[test]
    fn a_bomb_is_a_bomb_and_a_reader_may_stop_at_any_time() {
        let limits = Limits { inflated_free: 1_000, inflated_ratio: 3, ..Limits::shipped() };
        let seen = both(&[member(10), member(600_000)].concat(), &limits, "bomb");
        assert!(seen.iter().any(|line| line.starts_with("Bomb")), "{seen:?}");
        let many = member(400_000).repeat(20);
        let mut source = many.as_slice();
        std::thread::scope(|scope| {
            let mut input = Input::new(scope, &mut source, &Limits::shipped()).expect("memory can be read");
            assert_eq!(input.begin(), Ok(Begin::Bytes));
        });
    }
}
