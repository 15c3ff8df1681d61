//! Invented actions of the skew that real ones have, and the judge's answers.

#![allow(dead_code, reason = "each test file uses its part")]

use std::path::Path;
use std::process::Command;

use cluster::{Question, Row, Store};

/// Draws numbers; the same seed gives the same ones (SplitMix64).
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }
}

/// Returns `count` rows by `accounts` accounts on `objects` things: few things get most of it, some rows repeat exactly, some
/// posts appear at two times, times lie before and after 1970, and every tenth row is a notice.
pub fn rows(seed: u64, count: u64, accounts: u64, objects: u64) -> Vec<Row> {
    let mut draw = Draw(seed);
    let mut rows = Vec::new();
    for _ in 0..count {
        let hot = draw.below(3) == 0;
        let object = if hot { 0 } else { draw.below(objects) as i64 };
        let account = draw.below(accounts) as i64;
        let content = draw.below(count / 2 + 1) as i64 - 5;
        // Times share seconds, so that both ends of a window are met exactly.
        let time_ms = draw.below(400) as i64 * 500 - 100_000;
        let kind = i64::from(draw.below(10) == 0);
        let views = if draw.below(3) == 0 { -1 } else { draw.below(5000) as i64 };
        let row = Row { account, object, content, time_ms, kind, views };
        rows.push(row);
        if draw.below(8) == 0 {
            rows.push(row);
        }
    }
    rows
}

/// The names `names(prefix, count)`: in byte order, as a store numbers them.
pub fn names(prefix: &str, count: u64) -> Vec<String> {
    (0..count).map(|number| format!("{prefix}{number:09}")).collect()
}

/// Writes `rows` as a store below `folder`.
pub fn store(folder: &Path, rows: &[Row], accounts: u64, objects: u64) -> Store {
    let (accounts, objects) = (names("a", accounts), names("o", objects));
    let accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    Store::create(folder, rows.iter().copied(), &accounts, &objects).expect("the store is written")
}

/// DuckDB's answers, from the same Parquet and the same SQL.
pub fn duckdb(store: &Store, questions: &[Question]) -> Vec<Vec<Vec<i64>>> {
    let judges =
        std::env::var("REDRESS_JUDGES").expect("REDRESS_JUDGES names the folder that scripts/test installs");
    let program = "import duckdb, json, sys\n\
        d = duckdb.connect()\n\
        d.execute(f\"CREATE VIEW actions AS SELECT * FROM read_parquet('{sys.argv[1]}/*.parquet')\")\n\
        print(json.dumps([d.execute(sql).fetchall() for sql in sys.argv[2:]]))";
    let out = Command::new(Path::new(&judges).join("python"))
        .args(["-c", program])
        .arg(store.actions())
        .args(questions.iter().map(Question::sql))
        .output()
        .expect("python starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("rows of integers")
}
