//! Archives built by hand, each with one thing wrong.

use std::io::Cursor;

use super::*;

/// One member as it is written: in the directory and before its bytes.
#[derive(Clone)]
struct Part {
    name: &'static str,
    local_name: &'static str,
    data: &'static [u8],
    size: u32,
    crc: u32,
    flags: u16,
    mode: u32,
}

fn part(name: &'static str, data: &'static [u8]) -> Part {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    Part { name, local_name: name, data, size: data.len() as u32, crc: crc.sum(), flags: 0, mode: 0o100_644 }
}

fn archive(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = bytes.len() as u32;
        let sizes = [part.crc, part.data.len() as u32, part.size].map(u32::to_le_bytes).concat();
        let lengths = |name: &str| [(name.len() as u16).to_le_bytes(), [0; 2]].concat();
        let common = [&part.flags.to_le_bytes()[..], &[0, 0, 0, 0, 0, 0], &sizes].concat();
        bytes.extend([b"PK\x03\x04\x14\0", &common[..], &lengths(part.local_name)].concat());
        bytes.extend(part.local_name.bytes());
        bytes.extend(part.data);
        directory.extend([b"PK\x01\x02\x14\x03\x14\0", &common[..], &lengths(part.name)].concat());
        directory.extend([0; 6]);
        directory.extend((part.mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(part.name.bytes());
    }
    let start = bytes.len() as u32;
    let count = (parts.len() as u16).to_le_bytes();
    bytes.extend(&directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count[..]].concat());
    bytes.extend([(directory.len() as u32).to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

fn check(bytes: Vec<u8>, expected: &str) {
    let judgement = lint(&mut Cursor::new(bytes), &Limits::shipped());
    assert_eq!(judgement.code(), expected, "{:?}", judgement.troubles);
}

#[test]
fn an_honest_archive_is_valid() {
    check(archive(&[part("a/b.txt", b"hello"), part("c", b"")]), "ok");
    check(archive(&[]), "ok");
}

#[test]
fn paths_that_leave_or_deceive_are_refused() {
    for name in ["../x", "/x", "a/../../x", "a\\b", "C:/x", "C:x", "a//b", "./a", "a\0b", "", "a\nb"] {
        check(archive(&[part(name, b"x")]), "zip.path");
    }
    check(archive(&[part("a", b"x"), part("a/b", b"y")]), "zip.path");
    check(archive(&[part("a", b"x"), part("a", b"y")]), "zip.duplicate_name");
    check(archive(&[part("a", b"x"), part("A", b"y")]), "zip.name_case");
    check(archive(&[Part { mode: 0o120_777, ..part("a", b"/etc/passwd") }]), "zip.symlink");
    check(archive(&[Part { mode: 0o010_644, ..part("a", b"") }]), "zip.special");
}

#[test]
fn what_is_said_twice_must_agree() {
    check(archive(&[Part { local_name: "b", ..part("a", b"x") }]), "zip.local_header");
    check(archive(&[Part { size: 9, ..part("a", b"x") }]), "zip.size");
    check(archive(&[Part { crc: 9, ..part("a", b"x") }]), "zip.crc");
    check(archive(&[Part { flags: 1, ..part("a", b"x") }]), "zip.encrypted");
    check(archive(&[Part { flags: 8, ..part("a", b"x") }]), "zip.local_header");
}

#[test]
fn bytes_around_and_between_are_said() {
    let whole = archive(&[part("a", b"x"), part("b", b"y")]);
    check([b"#!/bin/sh\n".to_vec(), whole.clone()].concat(), "zip.prefix_bytes");
    check([whole.clone(), vec![0; 40]].concat(), "zip.suffix_bytes");
    check(whole[..whole.len() - 5].to_vec(), "zip.truncated");
    check(Vec::new(), "zip.empty");
    check(b"no archive at all, only some words".to_vec(), "zip.truncated");
}

#[test]
fn two_directories_are_refused() {
    let (first, mut second) = (archive(&[part("a", b"x")]), archive(&[part("b", b"y")]));
    // The second archive hides in the comment of the first.
    let mut both = first;
    let comment = both.len() - 2;
    both[comment..].copy_from_slice(&(second.len() as u16).to_le_bytes());
    both.append(&mut second);
    check(both, "zip.two_ends");
}

#[test]
fn members_may_not_lie_over_each_other() {
    let mut bytes = archive(&[part("a", b"x"), part("a2", b"y")]);
    // The second entry of the directory points to the first member.
    let at = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[at + 42..at + 46].copy_from_slice(&0u32.to_le_bytes());
    check(bytes, "zip.overlap");
}
