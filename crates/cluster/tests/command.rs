//! From a table as people keep it to an answer: `redress-cluster write`, and `redress together --engine …` on top.
//!
//! `redress` is looked for beside `redress-cluster`, where a build of the workspace puts both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CLUSTER: &str = env!("CARGO_BIN_EXE_redress-cluster");

/// Two share a link within 60 s; one is corrected and goes on; one row has no account, one no time that can be read.
const ACTIONS: &str = "account_id,action,object_id,content_id,timestamp_share,views\n\
    zoe,link,https://example.org/a,11,1000,50\n\
    abe,link,https://example.org/a,12,1030,\n\
    ,link,https://example.org/a,13,1031,9\n\
    abe,notice,https://example.org/a,14,1040,\n\
    cyd,link,https://example.org/a,15,no time,700\n\
    abe,link,https://example.org/a,16,5000,7\n\
    abe,link,https://example.org/a,16,5000,9\n\
    zoe,link,\"https://example.org/b,c\",17,5001,many\n";

fn ran(program: &Path, words: &[&str]) -> Output {
    Command::new(program).args(words).env("NO_COLOR", "1").output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// Writes the table and returns the folder it lies in and its path.
fn table() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("actions.csv");
    fs::write(&path, ACTIONS).expect("it is written");
    let path = path.to_str().expect("a path of text").to_owned();
    (folder, path)
}

fn redress() -> PathBuf {
    let path = Path::new(CLUSTER).with_file_name("redress");
    assert!(path.is_file(), "{} is not there; build it: cargo build -p redress", path.display());
    path
}

#[test]
fn a_table_becomes_a_store_that_answers_each_question() {
    let (folder, actions) = table();
    let store = folder.path().join("store");
    let store = store.to_str().expect("a path of text");
    let cluster = Path::new(CLUSTER);
    let out = ran(cluster, &["write", &actions, "--out", store]);
    let told = text(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{told}");
    assert!(told.contains("Wrote 6 actions of 2 accounts on 2 things"), "{told}");
    assert!(told.contains("no time"), "the row that cannot be read is told: {told}");
    let answer = |words: &[&str]| {
        let out = ran(cluster, words);
        assert!(out.status.success(), "{}", text(&out.stderr));
        text(&out.stdout)
    };
    assert_eq!(
        answer(&["first-seen", store]),
        "object,account,first_ms,tied,accounts,actions\n\
         https://example.org/a,zoe,1000000,1,2,3\n\
         \"https://example.org/b,c\",zoe,5001000,1,1,1\n"
    );
    assert_eq!(
        answer(&["notice", store]),
        "object,account,noticed_ms,went_on,first_after_ms\nhttps://example.org/a,abe,1040000,1,5000000\n"
    );
    assert_eq!(
        answer(&["reach", store]),
        "object,fewest,most,shown,unknown\nhttps://example.org/a,57,59,2,1\n\"https://example.org/b,c\",0,0,0,1\n"
    );
    let edges = answer(&["together", store, "--within", "60s"]);
    let edge = "abe,zoe,1,1,30,";
    assert!(edges.lines().count() == 2 && edges.contains(edge), "{edges}");
    // A folder that is there is never written over.
    let out = ran(cluster, &["write", &actions, "--out", store]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("is there already"));
}

#[test]
fn redress_gives_the_same_bytes_whoever_counts() {
    let (folder, _) = table();
    let redress = redress();
    // Without a notice: that is no action, and the local engine knows no other rows.
    let actions = folder.path().join("plain.csv");
    let rows: Vec<&str> =
        ACTIONS.lines().filter(|line| !line.contains("notice") && !line.contains("no time")).collect();
    fs::write(&actions, rows.join("\n")).expect("it is written");
    let actions = actions.to_str().expect("a path of text");
    let local = ran(&redress, &["together", "--within", "2h", actions]);
    assert_eq!(local.status.code(), Some(0), "{}", text(&local.stderr));
    assert!(text(&local.stdout).lines().count() > 1);
    let other = ran(&redress, &["together", "--within", "2h", "--engine", "datafusion", actions]);
    assert_eq!(other.status.code(), Some(0), "{}", text(&other.stderr));
    assert_eq!(text(&other.stdout), text(&local.stdout));
    let out =
        ran(&redress, &["together", "--engine", "ballista", "--scheduler", "df://127.0.0.1:1", actions]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("does not answer. Start one"), "{}", text(&out.stderr));
    let store = folder.path().join("store");
    let store = store.to_str().expect("a path of text");
    let out = ran(&redress, &["together", "--within", "5m", "--engine", "sql", "--out", store, actions]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let sql = fs::read_to_string(Path::new(store).join("sql/together.sql")).expect("the question");
    assert!(sql.contains("<= 300000"), "{sql}");
}
