//! A capture that is read while it is still being kept.
//!
//! One thread writes the bytes into a draft, hashing them; others follow the draft's file and are given only bytes that
//! already stand in it, so that nothing is interpreted before it was kept. A third pushes what was written to the disk
//! early, so that the sync that must come before the commit finds little left to do.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use values::Digest;

use crate::CaseError;
use crate::objects::Draft;

/// So many new bytes are pushed to the disk at once.
const PUSHED: u64 = 32 << 20;

/// What is known of a draft that grows. Clones are the same one: whoever writes it and those who follow it share it.
#[derive(Debug, Clone)]
pub struct Growing(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// For reading: the place in the file is set and used under the lock, so that readers do not move each other.
    file: Mutex<File>,
    /// The same file, for syncing.
    handle: File,
}

#[derive(Debug, Default)]
struct State {
    written: u64,
    end: Option<End>,
}

#[derive(Debug, Clone, Copy)]
enum End {
    Whole(Digest),
    Broken,
}

/// The writing end. Dropped without [`Writer::finish`], it tells everyone who follows that the bytes broke off.
#[derive(Debug)]
pub struct Writer {
    growing: Growing,
    draft: Option<Draft>,
}

impl Growing {
    /// Returns what others may follow of `draft`, and the end it is written through from now on.
    pub fn of(draft: Draft) -> Result<(Self, Writer), CaseError> {
        let state = Mutex::new(State { written: draft.size(), end: None });
        let (file, handle) = (Mutex::new(draft.reopen()?), draft.reopen()?);
        let growing = Self(Arc::new(Shared { state, changed: Condvar::new(), file, handle }));
        Ok((growing.clone(), Writer { growing, draft: Some(draft) }))
    }

    /// Returns a reader from the first byte on, which waits for bytes that are not there yet.
    pub fn follow(&self) -> Follower {
        Follower { growing: self.clone(), at: 0 }
    }

    /// Waits for the end and returns the digest of all bytes, or `None` where they broke off.
    pub fn digest(&self) -> Option<Digest> {
        let mut state = self.lock();
        loop {
            match state.end {
                Some(End::Whole(digest)) => return Some(digest),
                Some(End::Broken) => return None,
                None => state = self.wait(state),
            }
        }
    }

    /// Pushes the bytes to the disk as they come; returns once all of them are there, or the writing broke off.
    pub fn sync(&self) -> io::Result<()> {
        let mut synced = 0;
        loop {
            let (written, ended) = {
                let mut state = self.lock();
                while state.end.is_none() && state.written < synced + PUSHED {
                    state = self.wait(state);
                }
                (state.written, state.end.is_some())
            };
            self.0.handle.sync_data()?;
            synced = written;
            if ended {
                return Ok(());
            }
        }
    }

    /// Says that nobody wants the bytes any more: the writer is told so with an error.
    pub fn give_up(&self) {
        self.end(End::Broken);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is plain numbers, whole at every moment: a thread that panicked cannot have left half of one.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, end: End) {
        self.lock().end.get_or_insert(end);
        self.0.changed.notify_all();
    }
}

impl Writer {
    /// Tells whether nobody wants the rest.
    pub fn given_up(&self) -> bool {
        self.growing.lock().end.is_some()
    }

    /// Says that all bytes were written, and gives the draft back; `None` where nobody wanted them to the end.
    pub fn finish(mut self) -> Option<Draft> {
        let draft = self.draft.take()?;
        self.growing.end(End::Whole(draft.digest()));
        matches!(self.growing.lock().end, Some(End::Whole(_))).then_some(draft)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.growing.lock().end.is_some() {
            return Err(io::Error::other("nobody wants the rest of the bytes"));
        }
        let Some(draft) = &mut self.draft else { return Ok(0) };
        let count = draft.write(bytes)?;
        self.growing.lock().written = draft.size();
        self.growing.0.changed.notify_all();
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.growing.end(End::Broken);
    }
}

/// Reads a growing draft.
#[derive(Debug)]
pub struct Follower {
    growing: Growing,
    at: u64,
}

impl Follower {
    /// Waits until there are bytes behind `at`, or the end; returns how many there are.
    fn ready(&self) -> io::Result<u64> {
        let mut state = self.growing.lock();
        loop {
            match (state.written.saturating_sub(self.at), state.end) {
                (_, Some(End::Broken)) => {
                    return Err(io::Error::other("the file could not be read to its end"));
                }
                (0, None) => state = self.growing.wait(state),
                (ready, _) => return Ok(ready),
            }
        }
    }
}

impl Read for Follower {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = usize::try_from(self.ready()?).unwrap_or(usize::MAX);
        let most = into.len().min(ready);
        let mut file = self.growing.0.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(&mut into[..most])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Follower {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            // Where the end is, is known at the end.
            SeekFrom::End(by) => {
                self.growing.digest();
                self.growing.lock().written.checked_add_signed(by)
            }
        };
        self.at = to.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the first byte"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::Objects;

    #[test]
    fn a_reader_is_given_what_was_written_and_waits_for_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Objects::at(folder.path().to_owned()).draft().unwrap();
        let (growing, mut writer) = Growing::of(draft).unwrap();
        let bytes: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        let (read, digest) = std::thread::scope(|scope| {
            let following = scope.spawn(|| {
                let mut read = Vec::new();
                growing.follow().read_to_end(&mut read).unwrap();
                (read, growing.digest())
            });
            let syncing = scope.spawn(|| growing.sync());
            for piece in bytes.chunks(7919) {
                writer.write_all(piece).unwrap();
                std::thread::yield_now();
            }
            writer.finish().unwrap();
            syncing.join().unwrap().unwrap();
            following.join().unwrap()
        });
        assert_eq!(read, bytes);
        assert_eq!(digest, Some(Digest::of(&bytes)));
        let mut follower = growing.follow();
        assert_eq!(follower.seek(SeekFrom::End(-4)).unwrap(), bytes.len() as u64 - 4);
        let mut last = Vec::new();
        follower.read_to_end(&mut last).unwrap();
        assert_eq!(last, 299_999_u32.to_le_bytes());
    }

    #[test]
    fn bytes_that_break_off_are_an_error_and_no_end() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Objects::at(folder.path().to_owned()).draft().unwrap();
        let (growing, mut writer) = Growing::of(draft).unwrap();
        writer.write_all(b"half").unwrap();
        drop(writer);
        let mut read = Vec::new();
        assert!(growing.follow().read_to_end(&mut read).is_err());
        assert_eq!(growing.digest(), None);
        growing.sync().unwrap();
    }

    #[test]
    fn a_writer_is_told_that_nobody_wants_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Objects::at(folder.path().to_owned()).draft().unwrap();
        let (growing, mut writer) = Growing::of(draft).unwrap();
        writer.write_all(b"refused after this").unwrap();
        growing.give_up();
        assert!(writer.write_all(b"more").is_err());
        assert!(writer.finish().is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
