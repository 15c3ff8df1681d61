//! Edges as CSV. The first six columns are the contract of `redress together`:
//! `account_a,account_b,weight,objects,mean_delta_s,chance`; the others are written where asked for.
//!
//! Millions of lines are written, so numbers are set digit by digit and not by the general formatter.

use std::io::{self, Write};

use super::{Actions, Edge, Rates};

/// The header of the contract, without line end.
pub const HEADER: &str = "account_a,account_b,weight,objects,mean_delta_s,chance";

/// What is written of an edge beside the contract.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// Names of the shorter windows, in the order of [`super::Question::nearer_ms`]: a column `within_NAME` each.
    pub nearer: Vec<String>,
    /// False discovery rates of the chances; without them the column `rate` is empty.
    pub rates: Option<Rates>,
}

/// Writes edges as CSV, one by one.
pub struct CsvEdges<'a, W: Write> {
    actions: &'a Actions,
    more: Option<&'a More>,
    to: W,
    /// Edges not yet set: names of second accounts lie anywhere in memory, and the waits for those of several edges overlap.
    waiting: Vec<Edge>,
    line: Vec<u8>,
    /// The first account of the line before, and how much of `line` its name takes: a row of edges shares it.
    first: Option<(u32, usize)>,
    powers: Vec<f64>,
}

/// Edges set at once.
const TOGETHER: usize = 64;

impl<'a, W: Write> CsvEdges<'a, W> {
    /// Writes the header. `more` asks for the further columns.
    pub fn new(actions: &'a Actions, more: Option<&'a More>, mut to: W) -> io::Result<Self> {
        write!(to, "{HEADER}")?;
        if let Some(more) = more {
            write!(to, ",expected,rate,posts_a,posts_b,a_first,b_first,rarity,surprise")?;
            for name in &more.nearer {
                write!(to, ",within_{name}")?;
            }
        }
        writeln!(to)?;
        let powers = (0..=308).map(|exponent| 10f64.powi(exponent)).collect();
        Ok(Self {
            actions,
            more,
            to,
            waiting: Vec::with_capacity(TOGETHER),
            line: Vec::new(),
            first: None,
            powers,
        })
    }

    /// Writes one edge as a line.
    pub fn write(&mut self, edge: &Edge) -> io::Result<()> {
        self.waiting.push(*edge);
        if self.waiting.len() == TOGETHER { self.set() } else { Ok(()) }
    }

    /// Sets the edges that wait.
    fn set(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut places = [0; TOGETHER];
        for (place, edge) in places.iter_mut().zip(&waiting) {
            *place = self.actions.account_place(edge.b);
        }
        let seen = places.iter().fold(0, |seen, place| seen ^ self.actions.account_byte(*place));
        std::hint::black_box(seen);
        for edge in &waiting {
            self.line(edge)?;
        }
        self.waiting = waiting;
        self.waiting.clear();
        Ok(())
    }

    fn line(&mut self, edge: &Edge) -> io::Result<()> {
        let line = &mut self.line;
        match self.first {
            Some((account, end)) if account == edge.a => line.truncate(end),
            _ => {
                line.clear();
                quoted(self.actions.account_bytes(edge.a), line);
                line.push(b',');
                self.first = Some((edge.a, line.len()));
            }
        }
        quoted(self.actions.account_bytes(edge.b), line);
        line.push(b',');
        whole(edge.weight, line);
        line.push(b',');
        whole(u64::from(edge.objects), line);
        line.push(b',');
        seconds(edge, line);
        line.push(b',');
        if let Some(chance) = edge.chance {
            scientific(chance, &self.powers, line);
        }
        if let Some(more) = self.more {
            line.push(b',');
            if let Some(expected) = edge.expected {
                scientific(expected, &self.powers, line);
            }
            line.push(b',');
            if let Some((rates, chance)) = more.rates.as_ref().zip(edge.chance) {
                scientific(rates.of_chance(chance), &self.powers, line);
            }
            for count in [edge.posts_a, edge.posts_b, edge.a_first, edge.b_first] {
                line.push(b',');
                whole(count, line);
            }
            // Writing to a vector cannot fail.
            let _ = write!(line, ",{:.4},{:.4}", edge.rarity, edge.surprise());
            for (_, count) in more.nearer.iter().zip(edge.nearer) {
                line.push(b',');
                whole(count, line);
            }
        }
        line.push(b'\n');
        self.to.write_all(line)
    }

    /// Sends on what was written; without this the last edges are lost.
    pub fn flush(&mut self) -> io::Result<()> {
        self.set()?;
        self.to.flush()
    }
}

/// Writes the contract's header and `edges`. `chance` is empty where none was asked for.
pub fn write_csv<'a>(
    actions: &Actions,
    edges: impl IntoIterator<Item = &'a Edge>,
    to: &mut impl Write,
) -> io::Result<()> {
    let mut out = CsvEdges::new(actions, None, to)?;
    for edge in edges {
        out.write(edge)?;
    }
    out.flush()
}

/// Writes a field as RFC 4180 asks: quoted where it holds a comma, a quote or a line end.
fn quoted(field: &[u8], to: &mut Vec<u8>) {
    if !field.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        return to.extend_from_slice(field);
    }
    to.push(b'"');
    for part in field.split_inclusive(|byte| *byte == b'"') {
        to.extend_from_slice(part);
        if part.ends_with(b"\"") {
            to.push(b'"');
        }
    }
    to.push(b'"');
}

fn whole(mut number: u64, to: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    to.extend_from_slice(&digits[at..]);
}

/// Writes the mean time between the actions of an edge: exact where it is whole milliseconds, else the nearest number.
fn seconds(edge: &Edge, to: &mut Vec<u8>) {
    let weight = edge.weight.max(1);
    if !edge.delta_ms.is_multiple_of(weight) {
        let _ = write!(to, "{}", edge.mean_delta_s());
        return;
    }
    let millis = edge.delta_ms / weight;
    whole(millis / 1000, to);
    let rest = millis % 1000;
    if rest > 0 {
        let digits =
            [b'.', b'0' + (rest / 100) as u8, b'0' + (rest / 10 % 10) as u8, b'0' + (rest % 10) as u8];
        let end = if rest.is_multiple_of(100) {
            2
        } else if rest.is_multiple_of(10) {
            3
        } else {
            4
        };
        to.extend_from_slice(&digits[..end]);
    }
}

/// Writes a number that is not negative with five digits, as `{:.4e}` does: `3.9347e-1`.
fn scientific(number: f64, powers: &[f64], to: &mut Vec<u8>) {
    if !(1e-290..1e15).contains(&number) {
        let _ = write!(to, "{number:.4e}");
        return;
    }
    // The exponent of two gives that of ten but for one.
    let two = (number.to_bits() >> 52) as i32 - 1023;
    let mut ten = (f64::from(two) * std::f64::consts::LOG10_2).floor() as i32;
    let scaled = |ten: i32| {
        let shift = 4 - ten;
        if shift >= 0 { number * powers[shift as usize] } else { number / powers[-shift as usize] }
    };
    let mut digits = scaled(ten).round_ties_even() as u64;
    if digits >= 100_000 {
        ten += 1;
        digits = scaled(ten).round_ties_even() as u64;
    }
    if digits >= 100_000 {
        (digits, ten) = (10_000, ten + 1);
    }
    to.push(b'0' + (digits / 10_000) as u8);
    to.push(b'.');
    for unit in [1000, 100, 10, 1] {
        to.push(b'0' + (digits / unit % 10) as u8);
    }
    to.push(b'e');
    if ten < 0 {
        to.push(b'-');
    }
    whole(u64::from(ten.unsigned_abs()), to);
}

#[cfg(test)]
mod tests {
    use super::super::{Builder, Chance, Measure, Question, together};
    use super::*;

    fn question() -> Question {
        Question {
            within_ms: 60_000,
            min_weight: 1,
            measure: Measure::Pairs,
            chance: Chance::Strength,
            nearer_ms: Vec::new(),
            max_pairs_per_object: None,
            memory_budget: u64::MAX,
        }
    }

    fn two() -> Actions {
        let mut builder = Builder::new();
        builder.push("b,\"1\"", "o", "1", 0).unwrap();
        builder.push("a", "o", "2", 1500).unwrap();
        builder.finish()
    }

    #[test]
    fn the_columns_are_the_contract() {
        let actions = two();
        let answer = together(&actions, &question(), &mut |_| true).unwrap();
        let mut text = Vec::new();
        write_csv(&actions, &answer.edges, &mut text).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "account_a,account_b,weight,objects,mean_delta_s,chance\na,\"b,\"\"1\"\"\",1,1,1.5,3.9347e-1\n"
        );
    }

    #[test]
    fn further_columns_follow_the_contract() {
        let actions = two();
        let asked = Question { nearer_ms: vec![1000, 60_000], ..question() };
        let answer = together(&actions, &asked, &mut |_| true).unwrap();
        let more = More {
            nearer: vec!["1s".into(), "60s".into()],
            rates: Some(Rates::of(answer.edges.iter().filter_map(|edge| edge.chance).collect(), 1)),
        };
        let mut text = Vec::new();
        let mut out = CsvEdges::new(&actions, Some(&more), &mut text).unwrap();
        out.write(&answer.edges[0]).unwrap();
        out.flush().unwrap();
        drop(out);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "account_a,account_b,weight,objects,mean_delta_s,chance,expected,rate,posts_a,posts_b,a_first,b_first,rarity,\
             surprise,within_1s,within_60s\n\
             a,\"b,\"\"1\"\"\",1,1,1.5,3.9347e-1,5.0000e-1,3.9347e-1,1,1,0,1,0.0000,0.9328,0,1\n"
        );
    }

    #[test]
    fn numbers_are_set_as_the_general_formatter_sets_them() {
        let powers: Vec<f64> = (0..=308).map(|exponent| 10f64.powi(exponent)).collect();
        let mut numbers =
            vec![0.0, 1.0, 0.1, 9.99995e-5, 9.999949e-5, 1e-300, 1e-10, 123_456.789, 0.5, 2e-14, 99_999.5];
        let mut draw = crate::together::Draw(3);
        for _ in 0..20_000 {
            numbers.push((draw.below(1 << 40) as f64 / (1u64 << 40) as f64).powi(1 + draw.below(20) as i32));
        }
        for number in numbers {
            let mut found = Vec::new();
            scientific(number, &powers, &mut found);
            let (found, expected) = (String::from_utf8(found).unwrap(), format!("{number:.4e}"));
            let apart = (found.parse::<f64>().unwrap() - expected.parse::<f64>().unwrap()).abs();
            // One in the last digit where the number lies half way between two.
            assert!(found == expected || apart <= number * 1.1e-4, "{found} for {expected}");
        }
        for (delta_ms, weight, expected) in [
            (40_000, 1, "40"),
            (1500, 1, "1.5"),
            (1, 1, "0.001"),
            (20, 2, "0.01"),
            (3120, 3, "1.04"),
            (2000, 3, "0.6666666666666666"),
            (0, 5, "0"),
        ] {
            let mut found = Vec::new();
            seconds(&Edge { delta_ms, weight, ..Edge::between(0, 1) }, &mut found);
            assert_eq!(String::from_utf8(found).unwrap(), expected);
        }
    }
}
