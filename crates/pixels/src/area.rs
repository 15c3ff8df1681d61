//! A box of pixels, in whole pixels of a picture as a person sees it.
//!
//! Every field read from a screenshot and every redaction is said in areas. The counting starts at the upper left
//! corner of the picture *after* it was turned upright by its EXIF orientation: see [`crate::picture`].

use serde::{Deserialize, Serialize};
use values::{At, Place};

/// A rectangle: left, top, width, height in pixels. An area without width or height holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// First column.
    pub left: u32,
    /// First row.
    pub top: u32,
    /// Number of columns.
    pub width: u32,
    /// Number of rows.
    pub height: u32,
}

impl Area {
    /// Returns the area of that place and size.
    pub const fn new(left: u32, top: u32, width: u32, height: u32) -> Self {
        Self { left, top, width, height }
    }

    /// Returns the column behind the last one.
    pub const fn right(self) -> u32 {
        self.left.saturating_add(self.width)
    }

    /// Returns the row behind the last one.
    pub const fn bottom(self) -> u32 {
        self.top.saturating_add(self.height)
    }

    /// Tells whether no pixel lies in it.
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Returns the smallest area that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self::new(left, top, right - left, bottom - top)
    }

    /// Tells whether the two share at least one pixel.
    pub fn overlaps(self, other: Self) -> bool {
        !self.is_empty()
            && !other.is_empty()
            && self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// Tells whether every pixel of `other` lies in it.
    pub fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Returns the part of it that lies in a picture of that size, or `None` where none does.
    pub fn within(self, width: u32, height: u32) -> Option<Self> {
        let (right, bottom) = (self.right().min(width), self.bottom().min(height));
        (self.left < right && self.top < bottom)
            .then(|| Self::new(self.left, self.top, right - self.left, bottom - self.top))
    }

    /// Returns the area grown by `by` pixels on each side, held at the left and upper edge.
    #[must_use]
    pub fn grown(self, by: u32) -> Self {
        let (left, top) = (self.left.saturating_sub(by), self.top.saturating_sub(by));
        let (right, bottom) = (self.right().saturating_add(by), self.bottom().saturating_add(by));
        Self::new(left, top, right - left, bottom - top)
    }

    /// Returns the area as a place in a capture, `box:left,top,width,height`.
    pub const fn place(self) -> Place {
        Place::new(At::Box(self.left, self.top, self.width, self.height))
    }

    /// Returns the area a place names, or `None` where the place is no box.
    pub const fn of_place(place: &Place) -> Option<Self> {
        match place.at {
            At::Box(left, top, width, height) => Some(Self::new(left, top, width, height)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_held_in_the_picture() {
        let check = |area: Area, expected: Option<Area>| assert_eq!(area.within(100, 50), expected);
        check(Area::new(10, 10, 20, 20), Some(Area::new(10, 10, 20, 20)));
        check(Area::new(90, 40, 20, 20), Some(Area::new(90, 40, 10, 10)));
        check(Area::new(100, 0, 5, 5), None);
        check(Area::new(0, 0, 0, 5), None);
        check(Area::new(1, 1, u32::MAX, u32::MAX), Some(Area::new(1, 1, 99, 49)));
    }

    #[test]
    fn an_area_reads_back_from_its_place() {
        let area = Area::new(1, 2, 3, 4);
        let place: Place = area.place().to_string().parse().unwrap();
        assert_eq!(place.to_string(), "box:1,2,3,4");
        assert_eq!(Area::of_place(&place), Some(area));
        assert_eq!(Area::of_place(&Place::whole()), None);
    }

    #[test]
    fn touching_is_not_overlapping() {
        assert!(!Area::new(0, 0, 5, 5).overlaps(Area::new(5, 0, 5, 5)));
        assert!(Area::new(0, 0, 5, 5).overlaps(Area::new(4, 4, 5, 5)));
        assert_eq!(Area::new(0, 0, 5, 5).join(Area::new(8, 1, 2, 9)), Area::new(0, 0, 10, 10));
        assert_eq!(Area::new(1, 9, 4, 4).grown(3), Area::new(0, 6, 8, 10));
    }
}
