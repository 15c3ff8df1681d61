//! How much of a container is read before it is refused.
//!
//! A capture comes from a stranger. Each number here is the answer to one way of making a reader run out of memory or
//! of time; none of them is a global, so a caller who trusts a file more can pass larger ones.

/// What a reader may spend. All sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest head of a record or of an HTTP message, all lines together.
    pub head: usize,
    /// Most bytes one HTTP body may decode to; what comes after is not looked at.
    pub decoded: u64,
    /// Most bytes all HTTP bodies of one file may decode to before the ratio is watched as well.
    pub decoded_free: u64,
    /// Most bytes they may decode to for each byte of the file, beyond [`Limits::decoded_free`].
    pub decoded_ratio: u64,
    /// A compressed stream that has grown beyond this much is watched for its ratio.
    pub inflated_free: u64,
    /// Largest ratio of a stream beyond [`Limits::inflated_free`]; deflate itself can reach 1032.
    pub inflated_ratio: u64,
    /// Most entries of an archive, or files of a folder.
    pub entries: usize,
    /// Largest archive directory, in bytes.
    pub directory: u64,
    /// Largest manifest, tag file or other small text that is held in memory whole.
    pub text: u64,
    /// Deepest nesting of a JSON text.
    pub json_depth: usize,
    /// Most troubles reported for one file; the rest are counted in one more.
    pub troubles: usize,
    /// Most record ids remembered in the search for repeated ones.
    pub record_ids: usize,
}

impl Limits {
    /// Returns the limits that `redress` ships: any input is judged in under 100 MB of memory, and any small one in
    /// under two seconds.
    pub const fn shipped() -> Self {
        Self {
            head: 1 << 20,
            decoded: 64 << 20,
            decoded_free: 512 << 20,
            decoded_ratio: 50,
            inflated_free: 1 << 30,
            inflated_ratio: 200,
            entries: 50_000,
            directory: 16 << 20,
            text: 16 << 20,
            json_depth: 64,
            troubles: 1_000,
            record_ids: 1_800_000,
        }
    }
}
