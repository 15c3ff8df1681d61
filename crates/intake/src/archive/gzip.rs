//! gzip (RFC 1952), one or more members that are one file. A large file is unpacked for each pass over it and never held.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use values::Trouble;

use super::inside::{Content, Inside, Unpack};
use super::{HELD, Member, bomb, broken, cut, file_of};
use crate::{Limits, Refused, Source};

pub(crate) struct Gzip<'a> {
    source: &'a dyn Source,
    members: [Member; 1],
    /// All bytes, where they are few.
    held: Option<Vec<u8>>,
    size: u64,
    troubles: Vec<Trouble>,
    cut: bool,
}

impl<'a> Gzip<'a> {
    /// Unpacks the file once, to know how large it is and whether it is whole.
    pub(crate) fn open(source: &'a dyn Source, limits: &Limits) -> Result<Self, Refused> {
        let reader = source.open().map_err(|error| Refused::unreadable(&error))?;
        // Text packs to a tenth, seldom to a fiftieth; what grows more is held to what memory it may take.
        let ratio = limits.max_ratio.min(200);
        let most = limits.max_total_bytes.min(source.size().saturating_mul(ratio).max(HELD));
        let mut decoder = MultiGzDecoder::new(reader);
        let mut bytes = Vec::new();
        let (mut size, mut fault) = (0, decoder.by_ref().take(HELD + 1).read_to_end(&mut bytes).err());
        size += bytes.len() as u64;
        let held = (size <= HELD).then_some(bytes);
        if held.is_none() && fault.is_none() {
            let mut piece = vec![0; 64 << 10];
            while size <= most {
                match decoder.read(&mut piece) {
                    Ok(0) => break,
                    Ok(read) => size += read as u64,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => {
                        fault = Some(error);
                        break;
                    }
                }
            }
        }
        if size > most {
            return Err(bomb(most));
        }
        let mut troubles = Vec::new();
        if let Some(error) = &fault {
            if size == 0 {
                return Err(broken(&error.to_string()));
            }
            troubles.push(cut(&error.to_string()));
        }
        let given = file_of(source.name()).rsplit('\\').next().unwrap_or_default();
        let name = given.strip_suffix(".gz").unwrap_or(given).replace(".tgz", ".tar");
        Ok(Self { source, members: [Member { name }], held, size, troubles, cut: fault.is_some() })
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    pub(crate) fn inside<'s>(&'s self, capture: &'s dyn Source) -> Inside<'s> {
        let content = match &self.held {
            Some(bytes) => Content::Lent(bytes),
            None => {
                let source = self.source;
                let unpack: Unpack<'s> = Box::new(move || Ok(Box::new(MultiGzDecoder::new(source.open()?))));
                Content::Anew { unpack, cut: self.cut }
            }
        };
        Inside::new(&self.members[0].name, capture, self.size, content)
    }
}
