//! The help teaches: every command says what it does, and what it lists is what there is.

mod common;

use common::run;

#[test]
fn the_help_of_import_lists_the_fields_a_table_can_give() {
    let (code, out, _) = run(&["import", "--help"]);
    assert_eq!(code, 0);
    let words: Vec<&str> = out.split([' ', ',', '\n', '=']).collect();
    for field in intake::MAP_FIELDS {
        assert!(words.contains(&field), "{field} is not in the help of --map");
    }
}

#[test]
fn every_command_of_the_contract_has_help_that_ends_in_a_line() {
    let contract = [
        "demo", "new", "import", "lint", "log", "scan", "trace", "review", "plan", "export", "verify",
        "rebuild", "detect", "match", "together",
    ];
    for command in contract {
        let (code, out, error) = run(&[command, "--help"]);
        assert_eq!(code, 0, "{command}: {error}");
        assert!(out.contains(&format!("Usage: redress {command}")), "{command}: {out}");
        let first = out.lines().next().unwrap_or_default();
        assert!(first.len() > 20, "{command} does not say what it is for: {first}");
    }
}
