//! Edges as CSV: `account_a,account_b,weight,objects,mean_delta_s,chance`, the contract of `redress together`.

use std::io::{self, Write};

use super::{Actions, Edge};

/// The header, without line end.
pub const HEADER: &str = "account_a,account_b,weight,objects,mean_delta_s,chance";

/// Writes the header and `edges`. `chance` is empty where none was asked for.
pub fn write_csv<'a>(
    actions: &Actions,
    edges: impl IntoIterator<Item = &'a Edge>,
    to: &mut impl Write,
) -> io::Result<()> {
    writeln!(to, "{HEADER}")?;
    for edge in edges {
        write_edge(actions, edge, to)?;
    }
    Ok(())
}

/// Writes one edge as a line.
pub fn write_edge(actions: &Actions, edge: &Edge, to: &mut impl Write) -> io::Result<()> {
    quoted(actions.account_name(edge.a), to)?;
    to.write_all(b",")?;
    quoted(actions.account_name(edge.b), to)?;
    write!(to, ",{},{},{},", edge.weight, edge.objects, edge.mean_delta_s())?;
    match edge.chance {
        Some(chance) => writeln!(to, "{chance:.4e}"),
        None => writeln!(to),
    }
}

/// Writes a field as RFC 4180 asks: quoted where it holds a comma, a quote or a line end.
fn quoted(field: &str, to: &mut impl Write) -> io::Result<()> {
    if field.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        write!(to, "\"{}\"", field.replace('"', "\"\""))
    } else {
        to.write_all(field.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Builder, Chance, Measure, Question, together};
    use super::*;

    #[test]
    fn the_columns_are_the_contract() {
        let mut builder = Builder::new();
        builder.push("b,\"1\"", "o", "1", 0).unwrap();
        builder.push("a", "o", "2", 1500).unwrap();
        let actions = builder.finish();
        let question = Question {
            within_ms: 60_000,
            min_weight: 1,
            measure: Measure::Pairs,
            chance: Chance::Strength,
            nearer_ms: Vec::new(),
            max_pairs_per_object: None,
            memory_budget: u64::MAX,
        };
        let answer = together(&actions, &question, &mut |_| true).unwrap();
        let mut text = Vec::new();
        write_csv(&actions, &answer.edges, &mut text).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "account_a,account_b,weight,objects,mean_delta_s,chance\na,\"b,\"\"1\"\"\",1,1,1.5,3.9347e-1\n"
        );
    }
}
