//! By how much the lines of a photographed screen fall to one side.
//!
//! The edges above and below letters are summed along lines of every angle: along the true one the sums jump most from
//! row to row (the projection profile of Postl, 1986). A screenshot stands upright and is left alone.

use image::GrayImage;
use image::imageops::{FilterType, resize};

/// The largest angle looked for, in tenths of a degree. A person who holds a phone askew by more takes another photo.
const LARGEST: i32 = 80;
/// How much better than upright an angle must be.
const BETTER: f64 = 1.10;

/// Returns the angle in tenths of a degree by which the lines fall to the right, 0 where they stand upright.
pub(super) fn angle(luma: &GrayImage) -> i32 {
    let edges = edges(luma);
    let upright = jumps(&edges, 0);
    let coarse = best(&edges, (-LARGEST..=LARGEST).step_by(5));
    let fine = best(&edges, coarse - 4..=coarse + 4);
    if fine.abs() >= 3 && jumps(&edges, fine) > upright * BETTER { fine } else { 0 }
}

/// Returns tenths of a degree in radians.
pub(super) fn radians(tenths: i32) -> f32 {
    (tenths as f32 / 10.0).to_radians()
}

struct Edges {
    /// Column and row of each edge pixel.
    points: Vec<(u16, u16)>,
    width: u32,
    height: u32,
}

fn edges(luma: &GrayImage) -> Edges {
    let (width, height) = luma.dimensions();
    let small = if width > 700 {
        let rows = (u64::from(height) * 700 / u64::from(width)).clamp(1, 4000) as u32;
        resize(luma, 700, rows, FilterType::Triangle)
    } else {
        resize(luma, width, height.min(4000), FilterType::Triangle)
    };
    let (width, height) = small.dimensions();
    let mut points = Vec::new();
    for y in 1..height.saturating_sub(1) {
        for x in 0..width {
            if small.get_pixel(x, y - 1)[0].abs_diff(small.get_pixel(x, y + 1)[0]) > 50 {
                points.push((x as u16, y as u16));
            }
        }
    }
    Edges { points, width, height }
}

fn best(edges: &Edges, angles: impl Iterator<Item = i32>) -> i32 {
    // The first of equals, counted from upright, so that an empty picture stands upright.
    let mut angles: Vec<i32> = angles.collect();
    angles.sort_by_key(|angle| angle.abs());
    let mut best = (0, f64::MIN);
    for angle in angles {
        let score = jumps(edges, angle);
        if score > best.1 {
            best = (angle, score);
        }
    }
    best.0
}

/// Returns the sum of squared jumps between neighbouring rows, summed along lines of that angle.
fn jumps(edges: &Edges, tenths: i32) -> f64 {
    let slope = radians(tenths).tan();
    let margin = (edges.width as f32 * slope.abs()).ceil() as i64 + 1;
    let mut sums = vec![0i64; (i64::from(edges.height) + 2 * margin) as usize];
    for &(x, y) in &edges.points {
        let row = f32::from(y) - f32::from(x) * slope;
        if let Some(sum) = sums.get_mut((row.round() as i64 + margin).max(0) as usize) {
            *sum += 1;
        }
    }
    sums.windows(2).map(|pair| ((pair[0] - pair[1]) as f64).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Twelve lines of short strokes, falling by `degrees`.
    fn lines(degrees: f32) -> GrayImage {
        let slope = degrees.to_radians().tan();
        GrayImage::from_fn(600, 400, |x, y| {
            let row = y as f32 - x as f32 * slope;
            let ink = row > 20.0 && (row as u32) % 30 < 9 && x > 30 && x < 560 && x % 11 < 7;
            Luma([if ink { 30 } else { 240 }])
        })
    }

    #[test]
    fn the_angle_of_lines_is_found() {
        let check = |degrees: f32, expected: i32| {
            let found = angle(&lines(degrees));
            assert!((found - expected).abs() <= 2, "{degrees}: {found}");
        };
        check(2.0, 20);
        check(-3.3, -33);
        check(5.0, 50);
        assert_eq!(angle(&lines(0.0)), 0);
        assert_eq!(angle(&GrayImage::from_pixel(300, 200, Luma([128]))), 0);
        assert_eq!(angle(&GrayImage::from_pixel(1, 1, Luma([0]))), 0);
    }
}
