//! A camera roll: the pictures that wait to be read, in the order taken, those of one scrolled page together.

use std::collections::VecDeque;
use std::io::Read as _;

use case::{Case, CaseError, Objects};
use pixels::names;
use pixels::picture::{Limits, Picture, Refused, open};
use pixels::stitch::{order, stitch};
use values::{Digest, Doubt, Moment, Precision, SaidBy, Severity, Trouble};

/// The most screenshots put together to one page: bounds the memory of a worker.
const LONGEST: usize = 8;

/// One picture of the roll.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub picture: Digest,
    pub name: String,
    pub taken: Option<Moment>,
}

/// What one worker reads at once: one picture, or the screenshots of one scrolled page from top to bottom.
pub(super) struct Job {
    /// Never empty.
    pub pictures: Vec<Entry>,
    /// The pixels of each; or why the one picture cannot be opened.
    pub opened: Result<Vec<Picture>, Trouble>,
}

/// The pictures still to be read.
pub(super) struct Roll {
    waiting: VecDeque<Entry>,
    /// A picture opened to see whether it goes on where the one before ends.
    ahead: Option<(Entry, Result<Picture, Trouble>)>,
    objects: Objects,
}

impl Roll {
    /// Returns the pictures that `reader` did not read; with `None`, those that nobody read.
    pub(super) fn of(case: &Case, reader: Option<&str>) -> Result<Self, CaseError> {
        let objects = case.objects().clone();
        let mut entries = Vec::new();
        for row in case.view().pictures_unread(reader)? {
            let mut head = Vec::new();
            let opened = objects.open(&row.picture)?;
            // What cannot be read now is told when the picture is opened.
            let _told_later = opened.take(64).read_to_end(&mut head);
            if intake::is_picture(&head) {
                let by_capture = row.seen.map(|seen| {
                    Moment::from_millis(seen, Precision::Second, SaidBy::File).with_doubt(Doubt::ZoneUnknown)
                });
                let taken = names::time(&row.name).or(by_capture);
                entries.push(Entry { picture: row.picture, name: row.name, taken });
            }
        }
        let roll: Vec<(&str, Option<Moment>)> =
            entries.iter().map(|entry| (entry.name.as_str(), entry.taken)).collect();
        let waiting = order(&roll).into_iter().filter_map(|at| entries.get(at).cloned()).collect();
        Ok(Self { waiting, ahead: None, objects })
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Returns what to read next, opened.
    pub(super) fn next(&mut self) -> Option<Job> {
        let (entry, opened) = self.ahead.take().or_else(|| self.open_next())?;
        let first = match opened {
            Ok(picture) => picture,
            Err(trouble) => return Some(Job { pictures: vec![entry], opened: Err(trouble) }),
        };
        let (mut pictures, mut open) = (vec![entry], vec![first]);
        while pictures.len() < LONGEST {
            let Some((entry, opened)) = self.open_next() else { break };
            match (opened, open.last()) {
                (Ok(picture), Some(last)) if goes_on(last, &picture) => {
                    pictures.push(entry);
                    open.push(picture);
                }
                (opened, _) => {
                    self.ahead = Some((entry, opened));
                    break;
                }
            }
        }
        Some(Job { pictures, opened: Ok(open) })
    }

    fn open_next(&mut self) -> Option<(Entry, Result<Picture, Trouble>)> {
        let entry = self.waiting.pop_front()?;
        let opened = match self.objects.get(&entry.picture) {
            Ok(bytes) => open(&bytes, &Limits::phone()).map_err(|refused| trouble(&refused)),
            Err(error) => Err(Trouble::new(
                "picture.unreadable",
                Severity::Warn,
                error.to_string(),
                "Run `redress verify CASE`, and import the picture again.",
            )),
        };
        Some((entry, opened))
    }
}

fn trouble(refused: &Refused) -> Trouble {
    refused.trouble()
}

/// Tells whether two screenshots taken one after the other show one page, scrolled.
fn goes_on(last: &Picture, next: &Picture) -> bool {
    (last.width(), last.height()) == (next.width(), next.height()) && stitch(&[last, next]).len() == 1
}
