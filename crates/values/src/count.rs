//! A number with its noun, so that nobody reads “1 posts”.

/// Returns `1 post`, `2 posts`.
///
/// ```
/// assert_eq!(values::counted(1, "post", "posts"), "1 post");
/// assert_eq!(values::counted(0, "post", "posts"), "0 posts");
/// ```
pub fn counted(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{number} {}", if number == 1 { one } else { many })
}
