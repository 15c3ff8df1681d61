//! Lists of numbers written one behind the other: how the build script hands over what it worked out.

/// Writes lists.
#[derive(Debug, Default)]
#[allow(dead_code, reason = "only the build script and tests write")]
pub(crate) struct Writer(pub Vec<u8>);

#[allow(dead_code, reason = "only the build script and tests write")]
impl Writer {
    /// Writes a list.
    pub fn list(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let start = self.0.len();
        self.0.extend([0; 4]);
        numbers.into_iter().for_each(|number| self.0.extend(number.to_le_bytes()));
        let count = (self.0.len() - start - 4) / 4;
        self.0[start..start + 4].copy_from_slice(&(count as u32).to_le_bytes());
    }
}

/// Reads lists in the order they were written.
#[derive(Debug)]
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Reads the next list; `None` at the end and where it is cut.
    pub fn list(&mut self) -> Option<impl ExactSizeIterator<Item = u32> + use<'a>> {
        let (count, rest) = self.0.split_first_chunk()?;
        let (list, rest) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 4)?;
        self.0 = rest;
        Some(list.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)))
    }
}
