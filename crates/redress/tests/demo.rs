//! `redress demo`, looked at from outside: what it leaves on disk, what its packages show and what they must not.

mod common;

use std::path::Path;
use std::process::Command;

use common::{files, holds, run};

/// What identifies the invented person of the demo, in every form a package could show it.
const PRIVATE: [&str; 6] =
    ["RDR-0000", "RDR 0000", "14 Sample Lane", "555-0143", "Sam Sample", "Elm Hollow Elementary"];

fn judge(program: &str, words: &[&str], folder: &Path) -> (bool, String) {
    let output = Command::new(program)
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{program} does not run ({error}); scripts/test installs it"));
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// One demo for all questions: it runs the whole program.
#[test]
fn the_demo_makes_packages_that_judges_accept_and_that_leak_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    let dir_text = dir.to_str().unwrap();
    let (code, out, error) = run(&["demo", dir_text]);
    assert_eq!(code, 0, "{out}{error}");
    assert!(out.contains("Everybody in this demo is invented"), "{out}");
    for word in [
        "threat",
        "dox",
        "call-to-identify",
        "false-claim",
        "2 accounts went on after a correction",
        "redress verify",
    ] {
        assert!(out.contains(word), "{word} is not in:\n{out}");
    }

    // The session cookie of the network log is nowhere but in the file the person had.
    let secret = actions::demo::SECRET;
    assert!(holds(&std::fs::read(dir.join("captures/thread-next-morning.har")).unwrap(), secret));
    for part in ["case", "packages"] {
        for (name, bytes) in files(&dir.join(part)) {
            assert!(!holds(&bytes, secret), "{part}/{name} holds a session secret");
        }
    }

    for kind in ["police", "counsel", "public"] {
        let package = dir.join("packages").join(kind);
        let (code, out, error) = run(&["verify", package.to_str().unwrap()]);
        assert_eq!(code, 0, "{kind}: {out}{error}");
        let (fine, said) = judge("bagit.py", &["--validate", "."], &package);
        assert!(fine, "bagit.py on {kind}: {said}");
        let (fine, said) = judge("sha256sum", &["--check", "--quiet", "manifest-sha256.txt"], &package);
        assert!(fine, "sha256sum on {kind}: {said}");
        let (fine, said) = judge("qpdf", &["--check", "data/report.pdf"], &package);
        assert!(fine, "qpdf on {kind}: {said}");
        let (fine, said) = judge("pdftotext", &["-layout", "data/report.pdf", "-"], &package);
        assert!(fine && said.contains("EX-0001"), "pdftotext on {kind}: {said}");
    }

    // The public package shows none of the private set, in no file and not in the words of its PDF.
    let public = dir.join("packages/public");
    let (_, words) = judge("pdftotext", &["data/report.pdf", "-"], &public);
    let (_, about) = judge("pdfinfo", &["data/report.pdf"], &public);
    for private in PRIVATE {
        assert!(!words.contains(private) && !about.contains(private), "the public PDF shows {private}");
        for (name, bytes) in files(&public) {
            assert!(!holds(&bytes, private), "{name} of the public package holds {private}");
            assert!(!name.contains(private));
        }
    }

    // Everything the demo claims is also true of the case: it verifies, and its index is made again equal.
    let case = dir.join("case");
    let (code, out, _) = run(&["verify", case.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = run(&["--json", "rebuild", case.to_str().unwrap()]);
    assert!(code == 0 && out.contains("\"unchanged\":true"), "{out}");

    // Only confirmed findings are in packages: with all of them rejected, nothing is handed over.
    let (code, ..) = run(&["review", case.to_str().unwrap(), "list", "--show"]);
    assert_eq!(code, 0);

    // A package changed by one byte is noticed.
    let report = public.join("data/report.pdf");
    let mut bytes = std::fs::read(&report).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&report, bytes).unwrap();
    let (code, out, _) = run(&["verify", public.to_str().unwrap()]);
    assert!(code == 1 && out.contains("FAILED"), "{out}");

    let before = files(&dir);
    let (code, _, error) = run(&["demo", dir_text]);
    assert_eq!(code, 2);
    assert!(error.contains("already exists"), "{error}");
    assert_eq!(files(&dir), before);
}
