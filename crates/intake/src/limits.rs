//! How much a capture may ask of this computer before it is refused or cut short. Limits are always passed in.

/// The limits of one call of [`crate::read`]. Every field may be set by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The most members an archive may list.
    pub max_entries: u64,
    /// The most bytes one member of an archive may unpack to.
    pub max_member_bytes: u64,
    /// The most bytes all members together may unpack to.
    pub max_total_bytes: u64,
    /// How deep archives may lie in archives.
    pub max_depth: u32,
    /// The most an archive may grow when unpacked, as a factor of its own size.
    pub max_ratio: u64,
    /// The most bytes of a file that has to be held whole (a HAR, a saved page); lists of lines have no such limit.
    pub max_document_bytes: u64,
    /// How deep JSON may nest.
    pub max_json_depth: u32,
    /// The most bytes of one line.
    pub max_line_bytes: u64,
    /// How many seconds a file, or one file of an archive, may be read for each GiB it has begun; the caller has the clock.
    pub max_file_seconds: u64,
    /// The same for an archive as a whole.
    pub max_archive_seconds: u64,
    /// How many troubles of one code are told one by one before the rest is told as a number.
    pub max_troubles_of_a_code: u64,
}

impl Limits {
    /// Returns limits that fit what people really bring and a laptop of 8 GB.
    pub const fn ordinary() -> Self {
        Self {
            max_entries: 50_000,
            max_member_bytes: 512 << 20,
            max_total_bytes: 4 << 30,
            max_depth: 3,
            max_ratio: 1_000,
            max_document_bytes: 1 << 30,
            max_json_depth: 120,
            max_line_bytes: 64 << 20,
            max_file_seconds: 600,
            max_archive_seconds: 3600,
            max_troubles_of_a_code: 100,
        }
    }
}
