//! A change that makes the detectors worse on our own posts than the interval measured before must not pass unseen.

use std::process::Command;

#[test]
fn the_detectors_are_no_worse_than_measured() {
    let out = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["evaluate", "--check"]).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stdout).contains("| threat |"));
}
