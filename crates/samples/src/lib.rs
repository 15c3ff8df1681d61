//! Invented captures for tests, benches and the demo.
//!
//! Twenty-eight formats hold the same six posts: an accusation with a picture, a reply with a plate, a repost, a quote of
//! a vanished post, a threat longer than 280 characters, and the county's correction. Handles are `example_*`, the plate
//! is `RDR-0000`, hosts end in `.invalid` or `.example`.
//!
//! ```
//! assert!(samples::bytes("har/x_community_and_thread.har").starts_with(b"{"));
//! assert!(samples::all().len() > 30);
//! ```

mod captures;
mod feed;

pub use feed::feed;

/// The ids of the six posts on X.
pub const SIX: [&str; 6] = [
    "1985724259103670395",
    "1985726524027830284",
    "1985732060509110279",
    "1985738855281590281",
    "1985755464725430273",
    "1985769557586870274",
];

/// Returns every capture: its path and its bytes, sorted by path.
pub fn all() -> &'static [(&'static str, &'static [u8])] {
    captures::CAPTURES
}

/// Returns the bytes of the capture at `path`.
///
/// # Panics
///
/// Where there is no such capture: a test that names one is wrong.
pub fn bytes(path: &str) -> &'static [u8] {
    let found = all().iter().find(|(known, _)| *known == path);
    found.unwrap_or_else(|| panic!("there is no sample “{path}”")).1
}

/// Returns the capture at `path` as text.
///
/// # Panics
///
/// Where there is no such capture, or it is no text.
pub fn text(path: &str) -> &'static str {
    std::str::from_utf8(bytes(path)).unwrap_or_else(|_| panic!("the sample “{path}” is no text"))
}
