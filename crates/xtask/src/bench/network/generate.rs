//! Invented actions with the skew of real ones, of any size, the same for the same size.
//!
//! Sizes of things follow a truncated power law (a few things take most actions), times a burst with a long tail after the
//! thing appears, activity of accounts a power law. Constants are set so that, as in measured reposts, some 15 pairs an
//! action lie within 60 s and about 1 % of things make about 99 % of pairs. Nothing in it is taken from anyone's data.

use std::io::{self, Write};

/// A linear congruential generator with an output permutation (PCG-XSH-RR); seeds are given, never drawn.
pub struct Draw(u64);

impl Draw {
    pub fn seeded(seed: u64) -> Self {
        let mut draw = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xda3e_39cb_94b9_5bdb);
        for _ in 0..4 {
            draw.word();
        }
        draw
    }

    pub fn word(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (((old >> 18) ^ old) >> 27) as u32;
        mixed.rotate_right((old >> 59) as u32)
    }

    /// Returns a number above 0 and at most 1.
    pub fn unit(&mut self) -> f64 {
        (f64::from(self.word()) + 1.0) / 4_294_967_296.0
    }
}

/// The largest thing.
const LARGEST: f64 = 12_000.0;

/// Writes `rows` actions as CSV.
pub fn write_csv(rows: u64, to: &mut impl Write) -> io::Result<()> {
    let mut draw = Draw::seeded(rows);
    let accounts = rows as f64 * 0.5 + 10.0;
    writeln!(to, "object_id,account_id,content_id,timestamp_share")?;
    let (mut written, mut object) = (0, 0u64);
    while written < rows {
        object += 1;
        // Sizes: a power law with exponent 1.85 for the density, cut at the largest; its quantiles are taken in the order
        // of the golden ratio, so that tables of any size hold large things in the same share.
        let quantile = (object as f64 * 0.618_033_988_749_894_9).fract().max(1e-9);
        let size = quantile.powf(-1.0 / 0.85).min(LARGEST) as u64;
        let size = size.min(rows - written);
        let start = 1_600_000_000.0 + draw.unit() * 30.0 * 86_400.0;
        let pace = 900.0 + 18_000.0 * draw.unit();
        for _ in 0..size {
            let time = start + pace * (draw.unit().powf(-0.7) - 1.0).min(500.0);
            let account = (accounts * draw.unit().powf(1.6)) as u64;
            writeln!(to, "o{object:07},u{account:08},c{written:09},{}", time as i64)?;
            written += 1;
        }
    }
    Ok(())
}
