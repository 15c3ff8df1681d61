//! Time: a file that takes too long is stopped, and the others are read.
//!
//! This crate has no clock. The caller gives one, and it is asked where bytes are read and where items are handed out: what
//! is read then comes to an end, and what would still come out of the reader is not taken, since it may be cut.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use values::{Digest, Severity, Trouble};

use crate::source::Bytes;
use crate::{Limits, Source};

/// A clock that never stops: for callers that set no limit of time.
pub(crate) fn no_clock() -> Duration {
    Duration::ZERO
}

/// How long the whole capture and the file read now may still take.
pub(crate) struct Watch<'a> {
    clock: &'a (dyn Fn() -> Duration + Sync),
    seconds_a_file: u64,
    /// When the whole capture has to be read, in milliseconds of the clock.
    whole: u64,
    /// When the file read now has to be read.
    file: AtomicU64,
    /// Whether the file read now was stopped.
    stopped: AtomicBool,
}

impl<'a> Watch<'a> {
    /// Returns a watch over a capture of `size` bytes that begins now.
    pub(crate) fn new(clock: &'a (dyn Fn() -> Duration + Sync), limits: &Limits, size: u64) -> Self {
        let whole = Self::after(clock(), limits.max_archive_seconds, size);
        let file = AtomicU64::new(u64::MAX);
        Self { clock, seconds_a_file: limits.max_file_seconds, whole, file, stopped: AtomicBool::new(false) }
    }

    fn after(now: Duration, seconds: u64, size: u64) -> u64 {
        let gib = (size >> 30).saturating_add(1);
        millis(now).saturating_add(seconds.saturating_mul(gib).saturating_mul(1000))
    }

    /// A file of `size` bytes begins.
    pub(crate) fn begin(&self, size: u64) {
        let until = Self::after((self.clock)(), self.seconds_a_file, size);
        self.file.store(until.min(self.whole), Ordering::Relaxed);
        self.stopped.store(false, Ordering::Relaxed);
    }

    /// The file has ended. Returns whether it was stopped.
    pub(crate) fn end(&self) -> bool {
        self.file.store(u64::MAX, Ordering::Relaxed);
        self.stopped.swap(false, Ordering::Relaxed)
    }

    /// Tells whether the file read now was stopped, without a look at the clock.
    pub(crate) fn has_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Looks at the clock, and tells whether the file read now is stopped.
    pub(crate) fn stops(&self) -> bool {
        if self.has_stopped() {
            return true;
        }
        let file = self.file.load(Ordering::Relaxed);
        let over = file != u64::MAX && millis((self.clock)()) > file;
        if over {
            self.stopped.store(true, Ordering::Relaxed);
        }
        over
    }

    /// Tells whether the time of the whole capture is up.
    pub(crate) fn whole_is_over(&self) -> bool {
        millis((self.clock)()) > self.whole
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A source whose bytes come to an end when its time is up.
pub(crate) struct Timed<'a> {
    pub source: &'a dyn Source,
    pub watch: &'a Watch<'a>,
}

impl Source for Timed<'_> {
    fn name(&self) -> &str {
        self.source.name()
    }

    fn digest(&self) -> Digest {
        self.source.digest()
    }

    fn size(&self) -> u64 {
        self.source.size()
    }

    fn open(&self) -> io::Result<Box<dyn Bytes + '_>> {
        Ok(Box::new(Reader { inner: self.source.open()?, watch: self.watch }))
    }

    fn slice(&self) -> Option<&[u8]> {
        self.source.slice()
    }

    fn goes_back(&self) -> bool {
        self.source.goes_back()
    }
}

struct Reader<'a> {
    inner: Box<dyn Bytes + 'a>,
    watch: &'a Watch<'a>,
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.watch.stops() { Ok(0) } else { self.inner.read(into) }
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Tells that one file was stopped.
pub(crate) fn stopped(seconds: u64, size: u64) -> Trouble {
    let minutes = seconds.saturating_mul((size >> 30).saturating_add(1)).div_ceil(60);
    Trouble::new(
        "file.time_limit",
        Severity::Invalid,
        format!(
            "Reading this file took longer than {} and was stopped. It is kept whole; what was read until then is in the case, and what follows in it is not.",
            values::counted(minutes, "minute", "minutes")
        ),
        "Import it again with --max-minutes and a larger number, or split it and import the parts.",
    )
}

/// Tells that an archive was stopped before `left` of its files.
pub(crate) fn archive_stopped(left: usize) -> Trouble {
    Trouble::new(
        "archive.time_limit",
        Severity::Invalid,
        format!(
            "Reading this archive took longer than redress gives to one, and {} of it {} not read. The archive is kept whole.",
            values::counted(left, "file", "files"),
            if left == 1 { "was" } else { "were" }
        ),
        "Import it again with --max-minutes and a larger number, or unpack it and import what is inside.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn a_file_has_its_time_and_a_large_one_more() {
        let seconds = AtomicU64::new(100);
        let clock = || Duration::from_secs(seconds.load(Ordering::Relaxed));
        let limits = Limits { max_file_seconds: 60, max_archive_seconds: 300, ..Limits::ordinary() };
        let watch = Watch::new(&clock, &limits, 5);
        assert!(!watch.stops(), "no file has begun");
        watch.begin(5);
        for (now, stops) in [(160, false), (161, true), (100, true)] {
            seconds.store(now, Ordering::Relaxed);
            assert_eq!(watch.stops(), stops, "{now}");
        }
        assert!(watch.end() && !watch.end() && !watch.stops());
        watch.begin(2 << 30);
        for (now, stops) in [(280, false), (281, true)] {
            seconds.store(now, Ordering::Relaxed);
            assert_eq!(watch.stops(), stops, "{now}");
        }
        // No file outlasts the capture it lies in.
        watch.begin(2 << 30);
        seconds.store(401, Ordering::Relaxed);
        assert!(watch.stops() && watch.whole_is_over());
    }
}
