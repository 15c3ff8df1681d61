//! A number from 0 to 1.

use serde::{Deserialize, Deserializer, Serialize};

/// A score from 0 to 1, comparable within one kind of finding; not a probability unless a page says so.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Default)]
pub struct Score(f32);

impl Score {
    /// No strength at all.
    pub const ZERO: Self = Self(0.0);

    /// Returns `value` held between 0 and 1; what is not a number becomes 0.
    pub fn new(value: f32) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// Returns the number.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f32::deserialize(deserializer).map(Self::new)
    }
}
