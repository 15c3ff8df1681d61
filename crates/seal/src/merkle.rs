//! The Merkle tree of RFC 6962, section 2.1, over SHA-256.
//!
//! Leaves and inner nodes are hashed with different first bytes, so that no entry can pose as a node (second preimage).

use values::{Digest, Hasher};

/// Returns the hash of the entry `bytes` as a leaf: `SHA-256(0x00 || bytes)`.
pub fn leaf(bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update(&[0]);
    hasher.update(bytes);
    hasher.finish()
}

/// Returns the hash of two nodes: `SHA-256(0x01 || left || right)`.
pub fn node(left: &Digest, right: &Digest) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update(&[1]);
    hasher.update(left.as_bytes());
    hasher.update(right.as_bytes());
    hasher.finish()
}

/// Returns the root over `leaves` (leaf hashes, in order); the root of no leaves is the hash of no bytes.
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The root of a growing log in a handful of hashes: appending costs O(log n), no earlier leaf is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of the full subtrees, largest first: one for each bit set in `size`.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// Returns the frontier of an empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds one leaf hash at the end.
    pub fn append(&mut self, leaf: Digest) {
        let mut carry = leaf;
        let mut merges = self.size.trailing_ones();
        while merges > 0 {
            if let Some(left) = self.peaks.pop() {
                carry = node(&left, &carry);
            }
            merges -= 1;
        }
        self.peaks.push(carry);
        self.size += 1;
    }

    /// Returns the root over all leaves added.
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => Digest::of(b""),
            Some(last) => peaks.fold(*last, |right, left| node(left, &right)),
        }
    }
}

/// Returns the hashes that prove leaf `index` in the tree over `leaves`, leaf's sibling first (RFC 6962, 2.1.1).
///
/// `None` where there is no such leaf.
pub fn inclusion(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    if index >= leaves.len() {
        return None;
    }
    let mut path = Vec::new();
    walk(leaves, index, &mut path);
    Some(path)
}

fn walk(leaves: &[Digest], index: usize, path: &mut Vec<Digest>) {
    if leaves.len() < 2 {
        return;
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if index < middle {
        walk(left, index, path);
        path.push(root(right));
    } else {
        walk(right, index - middle, path);
        path.push(root(left));
    }
}

/// Returns the root that `leaf` at `index` of `size` leaves and `path` lead to, or `None` where the path's length does
/// not fit (RFC 9162, 2.1.3.2).
pub fn root_from_inclusion(leaf: Digest, index: u64, size: u64, path: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut node_index, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return None;
        }
        if node_index & 1 == 1 || node_index == last {
            hash = node(sibling, &hash);
            while node_index & 1 == 0 && node_index != 0 {
                node_index >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        node_index >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// The largest power of two smaller than `count`.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|n| leaf(&n.to_be_bytes())).collect()
    }

    #[test]
    fn the_published_vectors_of_rfc_6962_hold() {
        // Certificate Transparency's reference tests: the eight inputs and the roots of the first n.
        let inputs: [&[u8]; 3] = [b"", b"\x00", b"\x10"];
        let hashes: Vec<Digest> = inputs.iter().map(|input| leaf(input)).collect();
        assert_eq!(
            root(&hashes[..1]).to_string(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
        assert_eq!(
            root(&hashes[..2]).to_string(),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
        );
        assert_eq!(
            root(&hashes[..3]).to_string(),
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
        );
    }

    #[test]
    fn every_leaf_of_every_small_tree_proves_itself_and_no_other() {
        for size in 1..=33 {
            let all = leaves(size);
            let mut frontier = Frontier::new();
            all.iter().for_each(|leaf| frontier.append(*leaf));
            assert_eq!(frontier.root(), root(&all), "size {size}");
            for index in 0..size {
                let path = inclusion(&all, index).unwrap();
                let reached =
                    |leaf, index: usize| root_from_inclusion(leaf, index as u64, size as u64, &path);
                assert_eq!(reached(all[index], index), Some(root(&all)), "{index} of {size}");
                for other in (0..size).filter(|other| *other != index) {
                    assert_ne!(reached(all[index], other), Some(root(&all)), "{index} as {other} of {size}");
                }
                let mut longer = path.clone();
                longer.push(all[0]);
                assert_eq!(root_from_inclusion(all[index], index as u64, size as u64, &longer), None);
            }
        }
        assert_eq!(inclusion(&leaves(3), 3), None);
    }
}
