//! A disk that is full: nothing that was acknowledged is lost, reading and checking go on, and with room all goes on.

mod common;

use std::process::Command;

/// Some lines of a browser extension's export, different for every `number`; each holds words that detectors find.
fn capture(number: u64) -> String {
    let line = std::fs::read_to_string(common::sample("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    let first = line.lines().nth(1).unwrap();
    assert!(first.contains("plate RDR-0000"), "{first}");
    let id = 1_985_726_524_027_830_284 + number * 4_194_304;
    let mut text = String::new();
    for copy in 0..POSTS {
        text.push_str(&first.replace("1985726524027830284", &(id + copy).to_string()));
        text.push('\n');
    }
    text
}

const POSTS: u64 = 12;

/// Imports until one is refused by the file system, in a place that `enter` makes small; then makes room and checks.
///
/// The script prints `kept N` for each acknowledged import, and what the refusal and `verify` said.
fn fill(enter: &[&str], script_head: &str, script_room: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("small");
    std::fs::create_dir(&place).unwrap();
    for number in 0..400 {
        std::fs::write(folder.path().join(format!("{number}.ndjson")), capture(number)).unwrap();
    }
    let script = format!(
        "set -u\n{script_head}\n\
         \"$R\" new small/case --role postal --state PA >/dev/null || exit 91\n\
         n=0\n\
         while [ $n -lt 400 ]; do\n\
           said=$(\"$R\" import small/case $n.ndjson 2>&1); code=$?\n\
           [ $code -le 1 ] && case \"$said\" in *kept*) echo \"kept $n\" ;; *) break ;; esac || break\n\
           n=$((n+1))\n\
         done\n\
         echo \"refused with $code: $said\"\n\
         \"$R\" verify small/case; echo \"verified full with $?\"\n\
         {script_room}\n\
         \"$R\" verify small/case; echo \"verified with $?\"\n\
         \"$R\" --json rebuild small/case; echo \"rebuilt with $?\"\n\
         for k in $(seq 0 $((n-1))); do \"$R\" import small/case $k.ndjson; done\n\
         \"$R\" import small/case $n.ndjson; echo \"imported with $?\"\n"
    );
    let output = Command::new(enter[0])
        .args(&enter[1..])
        .args(["sh", "-c", &script])
        .current_dir(folder.path())
        .env("R", env!("CARGO_BIN_EXE_redress"))
        .env("NO_COLOR", "1")
        .output()
        .ok()?;
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    text.contains("refused with").then_some(text)
}

fn nothing_was_lost(said: &str, says: &str) {
    let kept = said.lines().filter(|line| line.starts_with("kept ")).count();
    assert!(kept > 0 && kept < 400, "{said}");
    let refusal = said.split("refused with").nth(1).unwrap();
    assert!(refusal.contains(says), "a sentence says what is wrong: {refusal}");
    assert!(said.contains("verified with 0"), "{said}");
    assert!(said.contains("\"unchanged\":true") && said.contains("rebuilt with 0"), "{said}");
    // Everything acknowledged is there: importing it again finds the same bytes. One more may be, whose bytes and event
    // were on disk when the index could not be written.
    let found = said.matches("the same bytes are in the case").count();
    assert!(found == kept || found == kept + 1, "{kept} were acknowledged and {found} are there: {said}");
    assert!(said.contains("imported with 0") || said.contains("imported with 1"), "{said}");
}

#[test]
fn a_full_disk_loses_nothing() {
    let small = "mount -t tmpfs -o size=1500k tmpfs small || exit 92";
    let room = "mount -o remount,size=64m small";
    let mounted = fill(&["unshare", "--mount", "--map-root-user"], small, room)
        .or_else(|| fill(&["unshare", "--mount"], small, room));
    match mounted {
        Some(said) => {
            nothing_was_lost(&said, "The disk is full");
            assert!(said.contains("verified full with 0"), "{said}");
        }
        // Loud, and not the end: the second way below runs everywhere.
        None => eprintln!(
            "A SMALL FILE SYSTEM COULD NOT BE MOUNTED HERE (unshare or mount was refused): only the size limit is tested."
        ),
    }
    // The system refuses to let any one file grow beyond this; the index and the log meet that first.
    let limit = "trap '' XFSZ; ulimit -S -f 700";
    let said = fill(&["env"], limit, "ulimit -S -f unlimited").expect("a size limit works everywhere");
    nothing_was_lost(&said, "redress:");
}
