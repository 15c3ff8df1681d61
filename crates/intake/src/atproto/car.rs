//! CAR version 1 (ipld.io/specs/transport/car): blocks, each behind its content id, and the tree of an account's records
//! in them (atproto.com/specs/repository).

use std::collections::{BTreeMap, BTreeSet};

use values::Digest;

use super::cbor::{self, Value};

/// The blocks of a file that fit their content ids.
pub(crate) struct Car {
    pub roots: Vec<Vec<u8>>,
    /// By raw CID: the number of the block, counted from 1, and its value.
    pub blocks: BTreeMap<Vec<u8>, (u64, Value)>,
    /// Numbers of blocks that do not fit their content id, or are not of the strict form.
    pub broken: Vec<u64>,
    /// Whether the file breaks off.
    pub cut: bool,
}

/// Reads a file. `None` where it is no CAR.
pub(crate) fn read(bytes: &[u8]) -> Option<Car> {
    let (length, mut at) = varint(bytes, 0)?;
    let header = bytes.get(at..at.checked_add(length)?)?;
    let (header, _) = cbor::decode(header)?;
    at += length;
    if header.get("version")?.uint()? != 1 {
        return None;
    }
    let roots =
        header.get("roots")?.list().iter().filter_map(|root| root.link().map(<[u8]>::to_vec)).collect();
    let mut car = Car { roots, blocks: BTreeMap::new(), broken: Vec::new(), cut: false };
    let mut number = 0;
    while at < bytes.len() {
        number += 1;
        let section = varint(bytes, at).and_then(|(length, start)| {
            Some((bytes.get(start..start.checked_add(length)?)?, start + length))
        });
        let Some((section, next)) = section else {
            car.cut = true;
            break;
        };
        at = next;
        // A CID of this sort: version 1, a codec, SHA-256, 32 bytes. Records are DAG-CBOR; a picture is raw bytes.
        let fits = matches!(section, [1, _, 0x12, 32, ..]) && section.len() >= 36;
        let (cid, block) = section.split_at_checked(36).unwrap_or((section, &[]));
        if !fits || Digest::of(block).as_bytes().as_slice() != &cid[4..] {
            car.broken.push(number);
            continue;
        }
        match cbor::decode(block) {
            Some((value, length)) if length == block.len() => {
                car.blocks.insert(cid.to_vec(), (number, value));
            }
            _ if cid[1] == 0x55 => {}
            _ => car.broken.push(number),
        }
    }
    Some(car)
}

/// What the tree of a repository names.
#[derive(Default)]
pub(crate) struct Tree {
    /// `collection/rkey` and the raw CID of the record, in order.
    pub records: Vec<(String, Vec<u8>)>,
    /// How many parts of the tree are not in the file.
    pub missing: u64,
}

/// Walks the tree whose root is `data`.
pub(crate) fn tree(car: &Car, data: &[u8]) -> Tree {
    let mut tree = Tree::default();
    walk(car, data, 0, &mut BTreeSet::new(), &mut tree);
    tree
}

fn walk<'c>(car: &'c Car, node: &[u8], depth: u32, seen: &mut BTreeSet<&'c [u8]>, tree: &mut Tree) {
    let Some((cid, (_, value))) = car.blocks.get_key_value(node).filter(|_| depth < 64) else {
        tree.missing += 1;
        return;
    };
    // A tree in which a part stands twice would never end.
    if !seen.insert(cid) {
        return;
    }
    if let Some(left) = value.get("l").and_then(Value::link) {
        walk(car, left, depth + 1, seen, tree);
    }
    let mut key: Vec<u8> = Vec::new();
    for entry in value.get("e").map_or(&[][..], Value::list) {
        let shared = entry.get("p").and_then(Value::uint).and_then(|p| usize::try_from(p).ok()).unwrap_or(0);
        key.truncate(shared);
        key.extend_from_slice(entry.get("k").and_then(Value::bytes).unwrap_or_default());
        if let (Ok(text), Some(record)) = (std::str::from_utf8(&key), entry.get("v").and_then(Value::link)) {
            tree.records.push((text.to_owned(), record.to_vec()));
        }
        if let Some(right) = entry.get("t").and_then(Value::link) {
            walk(car, right, depth + 1, seen, tree);
        }
    }
}

/// Reads an unsigned LEB128 number at `at` and returns it with the offset behind it.
fn varint(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0_usize;
    for shift in (0..=28).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        number |= usize::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some((number, at));
        }
    }
    None
}
