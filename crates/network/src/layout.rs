//! Where to draw the nodes of a graph: what is tied stands together, what is not stands apart.
//!
//! A force layout (Fruchterman and Reingold 1991) whose repulsion is summed over a grid of cells, so that ten thousand
//! nodes are placed in about a second. Same graph, same places: the beginning is a spiral and no draw is made. The
//! places say nothing beyond the ties; two nodes near each other need not be tied.

/// Rounds of moving; more change the picture little.
const ROUNDS: usize = 90;
/// Cells on a side of the grid.
const CELLS: usize = 48;

/// Returns a place for each of `nodes` nodes, about within -1 to 1 on both sides. `ties` are pairs of nodes with a weight
/// above 0; those that name no node are passed over.
pub fn places(nodes: usize, ties: &[(usize, usize, f64)]) -> Vec<(f32, f32)> {
    if nodes == 0 {
        return Vec::new();
    }
    let mut at = spiral(nodes);
    let ties: Vec<_> = ties.iter().filter(|(a, b, _)| *a < nodes && *b < nodes && a != b).collect();
    let ideal = 1.2 / (nodes as f64).sqrt();
    for round in 0..ROUNDS {
        let mut push = repulsion(&at, ideal);
        for (a, b, weight) in &ties {
            let (dx, dy) = (at[*b].0 - at[*a].0, at[*b].1 - at[*a].1);
            let far = dx.hypot(dy);
            let pull = far / ideal * weight.ln_1p().min(3.0) * 0.5;
            push[*a] = (push[*a].0 + dx * pull, push[*a].1 + dy * pull);
            push[*b] = (push[*b].0 - dx * pull, push[*b].1 - dy * pull);
        }
        let most = 0.12 * (1.0 - round as f64 / ROUNDS as f64) + 0.002;
        for (place, (dx, dy)) in at.iter_mut().zip(push) {
            // Towards the middle a little, so that what is tied to nothing does not drift away.
            let (dx, dy) = (dx - place.0 * 0.6 * ideal, dy - place.1 * 0.6 * ideal);
            let far = dx.hypot(dy);
            if far > 0.0 {
                let step = far.min(most) / far;
                *place = (place.0 + dx * step, place.1 + dy * step);
            }
        }
    }
    fitted(&at)
}

/// The first places: a sunflower's, evenly apart.
fn spiral(nodes: usize) -> Vec<(f64, f64)> {
    let golden = std::f64::consts::PI * (3.0 - 5.0_f64.sqrt());
    (0..nodes)
        .map(|n| {
            let (far, angle) = (((n as f64 + 0.5) / nodes as f64).sqrt(), n as f64 * golden);
            (far * angle.cos(), far * angle.sin())
        })
        .collect()
}

/// What pushes each node away from the others: near ones one by one, far cells as a whole.
fn repulsion(at: &[(f64, f64)], ideal: f64) -> Vec<(f64, f64)> {
    let reach = at.iter().map(|(x, y)| x.abs().max(y.abs())).fold(1e-9, f64::max);
    let cell = |v: f64| (((v / reach + 1.0) / 2.0 * CELLS as f64) as usize).min(CELLS - 1);
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); CELLS * CELLS];
    for (n, (x, y)) in at.iter().enumerate() {
        cells[cell(*y) * CELLS + cell(*x)].push(n);
    }
    let middles: Vec<(usize, f64, f64, f64)> = cells
        .iter()
        .enumerate()
        .filter(|(_, held)| !held.is_empty())
        .map(|(n, held)| {
            let count = held.len() as f64;
            let (x, y) = held.iter().fold((0.0, 0.0), |(x, y), n| (x + at[*n].0, y + at[*n].1));
            (n, x / count, y / count, count)
        })
        .collect();
    let force = ideal * ideal;
    let mut push = vec![(0.0, 0.0); at.len()];
    for (own, held) in cells.iter().enumerate().filter(|(_, held)| !held.is_empty()) {
        let (own_x, own_y) = (own % CELLS, own / CELLS);
        let near = |n: usize| (n % CELLS).abs_diff(own_x) <= 1 && (n / CELLS).abs_diff(own_y) <= 1;
        for a in held {
            let (x, y) = at[*a];
            let (mut px, mut py) = (0.0, 0.0);
            for (n, cx, cy, count) in &middles {
                if !near(*n) {
                    let (dx, dy) = (x - cx, y - cy);
                    let square = dx * dx + dy * dy;
                    px += dx / square * force * count;
                    py += dy / square * force * count;
                    continue;
                }
                for b in cells[*n].iter().filter(|b| *b != a) {
                    let (mut dx, mut dy) = (x - at[*b].0, y - at[*b].1);
                    if dx == 0.0 && dy == 0.0 {
                        // Two in one place part in a direction that their numbers choose.
                        (dx, dy) = if a < b { (1e-6, 1e-6) } else { (-1e-6, -1e-6) };
                    }
                    let square = (dx * dx + dy * dy).max(1e-12);
                    px += dx / square * force;
                    py += dy / square * force;
                }
            }
            push[*a] = (px, py);
        }
    }
    push
}

fn fitted(at: &[(f64, f64)]) -> Vec<(f32, f32)> {
    let count = at.len() as f64;
    let (mx, my) = at.iter().fold((0.0, 0.0), |(x, y), (px, py)| (x + px / count, y + py / count));
    let reach = at.iter().map(|(x, y)| (x - mx).abs().max((y - my).abs())).fold(1e-9, f64::max);
    at.iter().map(|(x, y)| (((x - mx) / reach) as f32, ((y - my) / reach) as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    fn apart(a: (f32, f32), b: (f32, f32)) -> f32 {
        (a.0 - b.0).hypot(a.1 - b.1)
    }

    #[test]
    fn what_is_tied_stands_nearer_than_what_is_not() {
        // Two rings of twenty, joined by nothing.
        let ring = |from: usize| (0..20).map(move |n| (from + n, from + (n + 1) % 20, 1.0));
        let ties: Vec<_> = ring(0).chain(ring(20)).collect();
        let at = places(40, &ties);
        let mean = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
            let all: Vec<f32> = pairs.map(|(a, b)| apart(at[a], at[b])).collect();
            all.iter().sum::<f32>() / all.len() as f32
        };
        let tied = mean(&mut ties.iter().map(|(a, b, _)| (*a, *b)));
        let across = mean(&mut (0..20).flat_map(|a| (20..40).map(move |b| (a, b))));
        assert!(tied * 2.0 < across, "{tied} {across}");
    }

    #[test]
    fn the_same_graph_has_the_same_places_and_all_of_them_are_on_the_page() {
        let ties = [(0, 1, 1.0), (1, 2, 5.0), (7, 99, 1.0), (3, 3, 1.0)];
        let at = places(8, &ties);
        assert_eq!(at, places(8, &ties));
        assert!(at.iter().all(|(x, y)| x.is_finite() && y.is_finite() && x.abs() <= 1.0 && y.abs() <= 1.0));
        assert!(places(0, &[]).is_empty());
        assert_eq!(places(1, &[]).len(), 1);
    }
}
