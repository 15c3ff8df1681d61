//! The table of floors holds: an import goes down only, and rooms on one floor never import each other.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// The floors of docs/ARCHITECTURE.md, lowest first.
const FLOORS: &[(u32, &[&str])] = &[
    (1, &["values"]),
    (2, &["record", "seal"]),
    (3, &["container", "pixels"]),
    (4, &["case", "detect", "intake", "law", "network"]),
    (5, &["cluster", "report"]),
    (6, &["actions"]),
    (7, &["web"]),
    (8, &["redress"]),
];

/// Rooms that only developers use; they may import any floor below the door.
const DEVELOPERS: &[&str] = &["samples", "xtask"];

/// Rooms that may not be imported by those named, whatever the floors say: the case folder is behind the actions.
const CLOSED: &[(&str, &[&str])] =
    &[("report", &["case", "detect", "intake"]), ("web", &["case", "detect", "report"])];

fn floor(name: &str) -> Option<u32> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&name)).map(|(floor, _)| *floor)
}

/// Every room with the rooms it imports, as cargo sees them; imports of tests are marked.
fn rooms() -> BTreeMap<String, Vec<(String, bool)>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    packages
        .iter()
        .map(|package| {
            let imports = package["dependencies"].as_array().expect("dependencies");
            let own = imports
                .iter()
                .filter_map(|import| {
                    let name = import["name"].as_str()?;
                    let inside = import["path"].is_string() && names.contains(&name);
                    inside.then(|| (name.to_owned(), import["kind"].as_str() == Some("dev")))
                })
                .collect();
            (package["name"].as_str().expect("name").to_owned(), own)
        })
        .collect()
}

#[test]
fn every_room_has_a_floor_and_imports_go_down() {
    for (room, imports) in rooms() {
        if DEVELOPERS.contains(&room.as_str()) {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("`{room}` stands on no floor: add it to the table"));
        for (import, dev) in imports {
            if DEVELOPERS.contains(&import.as_str()) {
                assert!(dev, "`{room}` imports `{import}` outside its tests");
                continue;
            }
            let below = floor(&import).unwrap_or_else(|| panic!("`{import}` stands on no floor"));
            assert!(
                below < own,
                "`{room}` (floor {own}) imports `{import}` (floor {below}): imports go down only"
            );
        }
    }
}

#[test]
fn closed_doors_stay_closed() {
    let rooms = rooms();
    for (room, closed) in CLOSED {
        let Some(imports) = rooms.get(*room) else { continue };
        for (import, dev) in imports {
            assert!(*dev || !closed.contains(&import.as_str()), "`{room}` must not import `{import}`");
        }
    }
}

#[test]
fn a_room_is_a_folder_of_the_same_name() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for room in rooms().keys() {
        assert!(std::path::Path::new(folder).join(room).join("Cargo.toml").is_file(), "{room}");
    }
}
