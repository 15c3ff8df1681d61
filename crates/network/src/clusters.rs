//! Clusters of a weighted graph by the Leiden algorithm (Traag, Waltman and van Eck 2019) on modularity, seeded.
//!
//! Written here and not taken from a library because the map needs the same clusters for the same seed on every machine, and
//! the algorithm is short. Unlike Louvain's, every cluster hangs together: a test holds that.

use crate::together::Draw;

/// Moves that gain less than this are rounding.
const LEAST_GAIN: f64 = 1e-12;

/// Returns the cluster of each of `nodes` nodes, numbered from 0 by first node. `edges` are (one, other, weight above 0), each
/// pair once; a higher `resolution` gives smaller clusters, 1 is plain modularity.
pub fn leiden(nodes: usize, edges: &[(usize, usize, f64)], resolution: f64, seed: u64) -> Vec<usize> {
    let mut graph = Weighted::of(nodes, edges);
    let mut draw = Draw(seed);
    // Which node of the present graph each first node has become part of.
    let mut within: Vec<usize> = (0..nodes).collect();
    let mut cluster: Vec<usize> = (0..nodes).collect();
    loop {
        graph.move_nodes(&mut cluster, resolution, &mut draw);
        let (refined, parts) = numbered(&graph.refine(&cluster, resolution, &mut draw));
        if parts == graph.strength.len() {
            break;
        }
        let mut of_part = vec![0; parts];
        for (node, part) in refined.iter().enumerate() {
            of_part[*part] = cluster[node];
        }
        for node in &mut within {
            *node = refined[*node];
        }
        graph = graph.folded(&refined, parts);
        cluster = numbered(&of_part).0;
    }
    numbered(&within.iter().map(|node| cluster[*node]).collect::<Vec<_>>()).0
}

/// Numbers labels from 0 in order of first appearance; returns them and how many there are.
fn numbered(labels: &[usize]) -> (Vec<usize>, usize) {
    let mut number = std::collections::BTreeMap::new();
    let numbered = labels
        .iter()
        .map(|label| {
            let next = number.len();
            *number.entry(*label).or_insert(next)
        })
        .collect();
    (numbered, number.len())
}

struct Weighted {
    /// For each node, its neighbours (itself left out) and the weights.
    near: Vec<Vec<(usize, f64)>>,
    /// Weight inside each node.
    inside: Vec<f64>,
    /// Sum of the weights at each node, what is inside counted twice.
    strength: Vec<f64>,
    /// Sum of all strengths.
    total: f64,
}

impl Weighted {
    fn of(nodes: usize, edges: &[(usize, usize, f64)]) -> Self {
        let mut near = vec![Vec::new(); nodes];
        let mut inside = vec![0.0; nodes];
        for (one, other, weight) in edges.iter().filter(|edge| edge.2 > 0.0) {
            if one == other {
                inside[*one] += weight;
            } else {
                near[*one].push((*other, *weight));
                near[*other].push((*one, *weight));
            }
        }
        Self::with(near, inside)
    }

    fn with(near: Vec<Vec<(usize, f64)>>, inside: Vec<f64>) -> Self {
        let sum = |near: &Vec<(usize, f64)>| near.iter().map(|(_, weight)| weight).sum::<f64>();
        let strength: Vec<f64> =
            near.iter().zip(&inside).map(|(near, inside)| sum(near) + 2.0 * inside).collect();
        let total = strength.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        Self { near, inside, strength, total }
    }

    /// Moves nodes, one by one, to the neighbouring cluster that gains most, until none gains.
    fn move_nodes(&self, cluster: &mut [usize], resolution: f64, draw: &mut Draw) {
        let nodes = cluster.len();
        let mut strength = vec![0.0; nodes];
        for (node, own) in cluster.iter().enumerate() {
            strength[*own] += self.strength[node];
        }
        let mut queue: std::collections::VecDeque<usize> = shuffled(nodes, draw).into();
        let mut queued = vec![true; nodes];
        let mut to = vec![0.0; nodes];
        while let Some(node) = queue.pop_front() {
            queued[node] = false;
            let own = cluster[node];
            strength[own] -= self.strength[node];
            let mut seen = vec![own];
            for (other, weight) in &self.near[node] {
                if to[cluster[*other]] == 0.0 && cluster[*other] != own {
                    seen.push(cluster[*other]);
                }
                to[cluster[*other]] += weight;
            }
            let gain = |at: usize| to[at] - resolution * self.strength[node] * strength[at] / self.total;
            let mut best = own;
            for candidate in &seen {
                if gain(*candidate) > gain(best) + LEAST_GAIN {
                    best = *candidate;
                }
            }
            strength[best] += self.strength[node];
            for at in seen {
                to[at] = 0.0;
            }
            if best != own {
                cluster[node] = best;
                for (other, _) in &self.near[node] {
                    if cluster[*other] != best && !queued[*other] {
                        queued[*other] = true;
                        queue.push_back(*other);
                    }
                }
            }
        }
    }

    /// Returns a finer partition: in each cluster, nodes start alone and join parts they are well connected to.
    fn refine(&self, cluster: &[usize], resolution: f64, draw: &mut Draw) -> Vec<usize> {
        let nodes = cluster.len();
        let mut whole = vec![0.0; nodes];
        for (node, own) in cluster.iter().enumerate() {
            whole[*own] += self.strength[node];
        }
        let mut part: Vec<usize> = (0..nodes).collect();
        let mut strength = self.strength.clone();
        let mut size = vec![1; nodes];
        // Weight from each part to the rest of its cluster.
        let mut outward: Vec<f64> = (0..nodes)
            .map(|node| {
                self.near[node].iter().filter(|(o, _)| cluster[*o] == cluster[node]).map(|(_, w)| w).sum()
            })
            .collect();
        let mut to = vec![0.0; nodes];
        for node in shuffled(nodes, draw) {
            let connected = |at: usize, outward: f64, strength: f64| {
                outward + LEAST_GAIN >= resolution * strength * (whole[cluster[at]] - strength) / self.total
            };
            if size[part[node]] > 1 || !connected(node, outward[part[node]], self.strength[node]) {
                continue;
            }
            let mut seen = Vec::new();
            for (other, weight) in self.near[node].iter().filter(|(o, _)| cluster[*o] == cluster[node]) {
                if to[part[*other]] == 0.0 {
                    seen.push(part[*other]);
                }
                to[part[*other]] += weight;
            }
            let mut best: Option<(f64, usize)> = None;
            for at in &seen {
                let gain = to[*at] - resolution * self.strength[node] * strength[*at] / self.total;
                let better = best.is_none_or(|(most, _)| gain > most + LEAST_GAIN);
                if gain > LEAST_GAIN && better && connected(node, outward[*at], strength[*at]) {
                    best = Some((gain, *at));
                }
            }
            if let Some((_, at)) = best {
                outward[at] += outward[part[node]] - 2.0 * to[at];
                strength[at] += self.strength[node];
                size[at] += 1;
                size[part[node]] = 0;
                part[node] = at;
            }
            for at in seen {
                to[at] = 0.0;
            }
        }
        part
    }

    /// Returns the graph whose nodes are the parts.
    fn folded(&self, part: &[usize], parts: usize) -> Self {
        let mut inside = vec![0.0; parts];
        let mut between: std::collections::BTreeMap<(usize, usize), f64> = std::collections::BTreeMap::new();
        for (node, own) in part.iter().enumerate() {
            inside[*own] += self.inside[node];
            for (other, weight) in self.near[node].iter().filter(|(other, _)| *other > node) {
                let (low, high) = (*own.min(&part[*other]), *own.max(&part[*other]));
                if low == high {
                    inside[low] += weight;
                } else {
                    *between.entry((low, high)).or_default() += weight;
                }
            }
        }
        let mut near = vec![Vec::new(); parts];
        for ((one, other), weight) in between {
            near[one].push((other, weight));
            near[other].push((one, weight));
        }
        Self::with(near, inside)
    }
}

/// Returns 0..`count` in a drawn order.
fn shuffled(count: usize, draw: &mut Draw) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, draw.below(at + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(nodes: usize, edges: &[(usize, usize)], expected: &[usize]) {
        let weighted: Vec<(usize, usize, f64)> = edges.iter().map(|(a, b)| (*a, *b, 1.0)).collect();
        for seed in 0..20 {
            assert_eq!(leiden(nodes, &weighted, 1.0, seed), expected, "{edges:?}");
        }
    }

    #[test]
    fn two_triangles_with_a_bridge_are_two_clusters() {
        check(6, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)], &[0, 0, 0, 1, 1, 1]);
        check(3, &[], &[0, 1, 2]);
        check(0, &[], &[]);
        check(2, &[(0, 1)], &[0, 0]);
    }

    #[test]
    fn a_ring_of_cliques_falls_into_its_cliques() {
        let mut edges = Vec::new();
        for clique in 0..8 {
            for one in 0..5 {
                edges.extend((one + 1..5).map(|other| (clique * 5 + one, clique * 5 + other)));
            }
            edges.push((clique * 5, (clique * 5 + 6) % 40));
        }
        let expected: Vec<usize> = (0..40).map(|node| node / 5).collect();
        check(40, &edges, &expected);
    }

    #[test]
    fn every_cluster_hangs_together() {
        for seed in 0..30 {
            let mut draw = Draw(seed);
            let edges: Vec<(usize, usize, f64)> = (0..150)
                .map(|_| (draw.below(80), draw.below(80), 1.0 + draw.below(5) as f64))
                .filter(|edge| edge.0 != edge.1)
                .collect();
            let cluster = leiden(80, &edges, 1.0, seed);
            assert_eq!(cluster, leiden(80, &edges, 1.0, seed));
            let mut reach: Vec<usize> = (0..80).collect();
            for _ in 0..80 {
                for (one, other, _) in edges.iter().filter(|edge| cluster[edge.0] == cluster[edge.1]) {
                    let least = reach[*one].min(reach[*other]);
                    (reach[*one], reach[*other]) = (least, least);
                }
            }
            for (node, own) in cluster.iter().enumerate() {
                let first = cluster.iter().position(|other| other == own).unwrap();
                assert_eq!(reach[node], reach[first], "seed {seed}, node {node}");
            }
        }
    }
}
