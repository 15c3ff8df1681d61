//! The kernel: row by row of the account matrix, so that no list of pairs is ever held.
//!
//! Actions lie sorted by thing and time. For each account, in order of names, each of its actions looks left and right in
//! its thing as far as the window reaches, and counts whom it meets in an array with a cell for each account; the cells
//! touched are then given out in order of names. Memory grows with actions and accounts, never with pairs or edges. Each
//! pair is met twice, once from either end, which costs less than writing it down and sorting.

use super::actions::{Actions, NOTHING};
use super::chance::Strengths;
use super::{Answer, Bill, Chance, Edge, Error, Hot, Measure, Question};

/// Told now and then the share of the work done, 0 to 1; returns whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(f64) -> bool;

/// Answers `question`, with the edges in one list.
///
/// Errors where the window is negative, where the edges outgrow the memory allowed, or where `progress` says stop.
pub fn together(actions: &Actions, question: &Question, progress: Progress) -> Result<Answer, Error> {
    let mut edges: Vec<Edge> = Vec::new();
    let mut over = None;
    let base = working_memory(actions);
    let bill = each(actions, question, progress, &mut |edge| {
        if edges.len() == edges.capacity() {
            let after = base + (edges.len() as u64 * 2).max(64) * size_of::<Edge>() as u64;
            if after > question.memory_budget {
                over = Some(after);
                return false;
            }
        }
        edges.push(*edge);
        true
    });
    if let Some(needed) = over {
        return Err(Error::Memory { needed, allowed: question.memory_budget });
    }
    Ok(Answer { edges, bill: bill? })
}

/// Answers `question` edge by edge, in order of names; `take` returns whether to go on. Nothing but the working memory is
/// held, whatever the number of edges.
pub fn each(
    actions: &Actions,
    question: &Question,
    progress: Progress,
    take: &mut dyn FnMut(&Edge) -> bool,
) -> Result<Bill, Error> {
    if question.within_ms < 0 {
        return Err(Error::Window(question.within_ms));
    }
    let needed = working_memory(actions);
    if needed > question.memory_budget {
        return Err(Error::Memory { needed, allowed: question.memory_budget });
    }
    if !progress(0.0) {
        return Err(Error::Stopped);
    }
    let mut sorted = Sorted::of(actions);
    let mut bill = Bill {
        rows: actions.rows() as u64,
        empty: actions.account.iter().filter(|account| **account == NOTHING).count() as u64,
        repeated: sorted.repeated,
        accounts: actions.accounts() as u64,
        objects: actions.objects() as u64,
        ..Bill::default()
    };
    let popularity = sorted.popularity(actions.objects());
    let counted = sorted.count_pairs(question, actions.objects());
    bill.hot = counted.hot;
    bill.pairs = counted.pairs;
    if bill.hot.iter().any(|hot| hot.capped) {
        let capped: Vec<u32> = bill.hot.iter().filter(|hot| hot.capped).map(|hot| hot.object).collect();
        sorted.keep(|at, sorted| capped.binary_search(&sorted.object[at]).is_err());
    }
    let mut strength = sorted.strengths(question.within_ms);
    let strengths = match question.chance {
        Chance::None => None,
        Chance::Strength => Some(Strengths::new(&strength)),
    };
    // An account in fewer pairs than an edge needs can have no such edge; without it others fall below. To a fixed point.
    let least = question.min_weight.max(1);
    loop {
        let before = sorted.account.len();
        sorted.keep(|at, sorted| strength[sorted.account[at] as usize] >= least);
        if sorted.account.len() == before {
            break;
        }
        strength = sorted.strengths(question.within_ms);
    }
    if !progress(0.1) {
        return Err(Error::Stopped);
    }
    let rarity: Vec<f32> = popularity
        .iter()
        .map(|accounts| (actions.accounts() as f32 / (*accounts).max(1) as f32).ln())
        .collect();
    let rows = Rows { sorted: &sorted, rarity: &rarity, question, strengths: strengths.as_ref() };
    rows.run(&mut bill, progress, take)?;
    Ok(bill)
}

/// Returns the bytes the kernel works in beside the table itself.
fn working_memory(actions: &Actions) -> u64 {
    let rows = actions.rows() as u64;
    rows * 32 + actions.accounts() as u64 * 64 + actions.objects() as u64 * 24
}

/// Actions sorted by thing, then time, without repeated rows; accounts as ranks in the order of names.
struct Sorted {
    account: Vec<u32>,
    object: Vec<u32>,
    time: Vec<i64>,
    content: Vec<u64>,
    /// For each rank, where its actions begin in `position`; one more at the end.
    first: Vec<u32>,
    /// Positions of each account's actions, ascending: by thing, then time.
    position: Vec<u32>,
    /// For each rank, the number of the account.
    number: Vec<u32>,
    repeated: u64,
}

impl Sorted {
    fn of(actions: &Actions) -> Self {
        let ranks = actions.accounts.ranks();
        let mut number = vec![0; ranks.len()];
        for (account, rank) in ranks.iter().enumerate() {
            number[*rank as usize] = account as u32;
        }
        let mut start = vec![0u32; actions.objects() + 1];
        for object in actions.object.iter().filter(|object| **object != NOTHING) {
            start[*object as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let counted = start.last().copied().unwrap_or(0) as usize;
        let mut order = vec![0u32; counted];
        let mut next = start.clone();
        for (row, object) in actions.object.iter().enumerate() {
            if *object != NOTHING {
                let slot = &mut next[*object as usize];
                order[*slot as usize] = row as u32;
                *slot += 1;
            }
        }
        drop(next);
        let mut sorted = Self {
            account: Vec::with_capacity(counted),
            object: Vec::with_capacity(counted),
            time: Vec::with_capacity(counted),
            content: Vec::with_capacity(counted),
            first: Vec::new(),
            position: Vec::new(),
            number,
            repeated: 0,
        };
        for object in 0..actions.objects() {
            let rows = &mut order[start[object] as usize..start[object + 1] as usize];
            let key = |row: &u32| {
                let row = *row as usize;
                (actions.time[row], ranks[actions.account[row] as usize], actions.content[row])
            };
            rows.sort_unstable_by_key(key);
            let mut before = None;
            for row in rows {
                let this = key(row);
                if before == Some(this) {
                    sorted.repeated += 1;
                    continue;
                }
                before = Some(this);
                sorted.time.push(this.0);
                sorted.account.push(this.1);
                sorted.content.push(this.2);
                sorted.object.push(object as u32);
            }
        }
        sorted.place();
        sorted
    }

    /// Makes `first` and `position` anew.
    fn place(&mut self) {
        self.first.clear();
        self.first.resize(self.number.len() + 1, 0);
        for rank in &self.account {
            self.first[*rank as usize + 1] += 1;
        }
        for at in 1..self.first.len() {
            self.first[at] += self.first[at - 1];
        }
        let mut next = self.first.clone();
        self.position.clear();
        self.position.resize(self.account.len(), 0);
        for (at, rank) in self.account.iter().enumerate() {
            let slot = &mut next[*rank as usize];
            self.position[*slot as usize] = at as u32;
            *slot += 1;
        }
    }

    /// Keeps the actions at the positions `wanted` says.
    fn keep(&mut self, wanted: impl Fn(usize, &Self) -> bool) {
        let mut to = 0;
        for at in 0..self.account.len() {
            if wanted(at, self) {
                self.account[to] = self.account[at];
                self.object[to] = self.object[at];
                self.time[to] = self.time[at];
                self.content[to] = self.content[at];
                to += 1;
            }
        }
        if to < self.account.len() {
            self.account.truncate(to);
            self.object.truncate(to);
            self.time.truncate(to);
            self.content.truncate(to);
            self.place();
        }
    }

    /// Returns the positions of the account of `rank`.
    fn positions(&self, rank: usize) -> &[u32] {
        &self.position[self.first[rank] as usize..self.first[rank + 1] as usize]
    }

    /// Returns, for each thing, how many accounts acted on it.
    fn popularity(&self, objects: usize) -> Vec<u32> {
        let mut popularity = vec![0; objects];
        for rank in 0..self.number.len() {
            let mut last = NOTHING;
            for at in self.positions(rank) {
                let object = self.object[*at as usize];
                if object != last {
                    popularity[object as usize] += 1;
                    last = object;
                }
            }
        }
        popularity
    }

    /// Counts the pairs of each thing with two pointers: all within the window, less those of an account with itself.
    fn count_pairs(&self, question: &Question, objects: usize) -> Counted {
        let within = question.within_ms;
        let mut pairs = vec![0u64; objects];
        let mut rows = vec![0u32; objects];
        let mut low = 0;
        for at in 0..self.account.len() {
            while self.object[low] != self.object[at] || self.time[at].saturating_sub(self.time[low]) > within
            {
                low += 1;
            }
            pairs[self.object[at] as usize] += (at - low) as u64;
            rows[self.object[at] as usize] += 1;
        }
        self.own_pairs(within, |_, at, own| pairs[self.object[at] as usize] -= own);
        let mut hot: Vec<Hot> = (0..objects)
            .filter(|object| pairs[*object] > 0)
            .map(|object| Hot {
                object: object as u32,
                actions: u64::from(rows[object]),
                pairs: pairs[object],
                capped: question.max_pairs_per_object.is_some_and(|most| pairs[object] > most),
            })
            .collect();
        let total = hot.iter().filter(|hot| !hot.capped).map(|hot| hot.pairs).sum();
        hot.sort_unstable_by_key(|hot| (std::cmp::Reverse(hot.pairs), hot.object));
        let mut rank = 0;
        hot.retain(|hot| {
            rank += 1;
            rank <= 20 || hot.capped
        });
        Counted { pairs: total, hot }
    }

    /// Returns, for each rank, in how many pairs its account is.
    fn strengths(&self, within: i64) -> Vec<u64> {
        let mut strength = vec![0u64; self.number.len()];
        let (mut low, mut high) = (0, 0);
        for at in 0..self.account.len() {
            let (object, time) = (self.object[at], self.time[at]);
            while self.object[low] != object || time.saturating_sub(self.time[low]) > within {
                low += 1;
            }
            high = high.max(at + 1);
            while high < self.account.len()
                && self.object[high] == object
                && self.time[high].saturating_sub(time) <= within
            {
                high += 1;
            }
            strength[self.account[at] as usize] += (high - low - 1) as u64;
        }
        self.own_pairs(within, |rank, _, own| strength[rank] -= 2 * own);
        strength
    }

    /// Tells for each action how many earlier ones of the same account and thing lie within the window.
    fn own_pairs(&self, within: i64, mut tell: impl FnMut(usize, usize, u64)) {
        for rank in 0..self.number.len() {
            let positions = self.positions(rank);
            let mut low = 0;
            for (index, at) in positions.iter().enumerate() {
                let at = *at as usize;
                loop {
                    let other = positions[low] as usize;
                    if self.object[other] == self.object[at]
                        && self.time[at].saturating_sub(self.time[other]) <= within
                    {
                        break;
                    }
                    low += 1;
                }
                if index > low {
                    tell(rank, at, (index - low) as u64);
                }
            }
        }
    }

    /// Returns, for each thing, whether some account acted on it with one post at two times.
    fn repeating(&self, objects: usize) -> Vec<bool> {
        let mut repeating = vec![false; objects];
        let mut seen: Vec<u64> = Vec::new();
        for rank in 0..self.number.len() {
            for run in
                self.positions(rank).chunk_by(|a, b| self.object[*a as usize] == self.object[*b as usize])
            {
                if run.len() > 1 {
                    seen.clear();
                    seen.extend(run.iter().map(|at| self.content[*at as usize]));
                    seen.sort_unstable();
                    if seen.windows(2).any(|two| two[0] == two[1]) {
                        repeating[self.object[run[0] as usize] as usize] = true;
                    }
                }
            }
        }
        repeating
    }
}

struct Counted {
    pairs: u64,
    hot: Vec<Hot>,
}

/// What one account has met of another so far.
#[derive(Clone, Copy)]
struct Cell {
    weight: u32,
    objects: u32,
    last_object: u32,
    a_first: u32,
    b_first: u32,
    rarity: f32,
    delta_ms: u64,
}

const UNTOUCHED: Cell =
    Cell { weight: 0, objects: 0, last_object: NOTHING, a_first: 0, b_first: 0, rarity: 0.0, delta_ms: 0 };

struct Rows<'a> {
    sorted: &'a Sorted,
    rarity: &'a [f32],
    question: &'a Question,
    strengths: Option<&'a Strengths>,
}

impl Rows<'_> {
    fn run(
        &self,
        bill: &mut Bill,
        progress: Progress,
        take: &mut dyn FnMut(&Edge) -> bool,
    ) -> Result<(), Error> {
        let sorted = self.sorted;
        let repeating = sorted.repeating(self.rarity.len());
        let mut cells = vec![UNTOUCHED; sorted.number.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut counted: Vec<(u32, u64, u64)> = Vec::new();
        let mut told = 0;
        for rank in 0..sorted.number.len() {
            let positions = sorted.positions(rank);
            for run in positions.chunk_by(|a, b| sorted.object[*a as usize] == sorted.object[*b as usize]) {
                counted.clear();
                let again = repeating[sorted.object[run[0] as usize] as usize];
                for at in run {
                    self.meet(
                        rank as u32,
                        *at as usize,
                        &mut cells,
                        &mut touched,
                        again.then_some(&mut counted),
                    );
                }
            }
            touched.sort_unstable();
            for other in touched.drain(..) {
                let cell = std::mem::replace(&mut cells[other as usize], UNTOUCHED);
                if let Some(edge) = self.edge(rank, other as usize, &cell) {
                    bill.edges += 1;
                    bill.weight += edge.weight;
                    if !take(&edge) {
                        return Err(Error::Stopped);
                    }
                }
            }
            let done = sorted.first[rank + 1] as usize;
            if done - told > 1 << 16 {
                told = done;
                if !progress(0.1 + 0.9 * done as f64 / sorted.position.len() as f64) {
                    return Err(Error::Stopped);
                }
            }
        }
        if progress(1.0) { Ok(()) } else { Err(Error::Stopped) }
    }

    /// Counts whom the action `at` of `rank` meets, accounts of higher rank only. `counted` holds the pairs of posts seen
    /// so far in this thing, where one of its posts stands at several times.
    fn meet(
        &self,
        rank: u32,
        at: usize,
        cells: &mut [Cell],
        touched: &mut Vec<u32>,
        mut counted: Option<&mut Vec<(u32, u64, u64)>>,
    ) {
        let sorted = self.sorted;
        let (object, time, within) = (sorted.object[at], sorted.time[at], self.question.within_ms);
        let rarity = self.rarity[object as usize];
        let mut visit = |other: usize, delta: i64| {
            let met = sorted.account[other];
            if met <= rank {
                return;
            }
            if let Some(counted) = counted.as_deref_mut() {
                let pair = (met, sorted.content[at], sorted.content[other]);
                match counted.binary_search(&pair) {
                    Ok(_) => return,
                    Err(place) => counted.insert(place, pair),
                }
            }
            let cell = &mut cells[met as usize];
            if cell.weight == 0 {
                touched.push(met);
            }
            cell.weight = cell.weight.saturating_add(1);
            cell.delta_ms += delta.unsigned_abs();
            cell.a_first += u32::from(delta > 0);
            cell.b_first += u32::from(delta < 0);
            if cell.last_object != object {
                cell.last_object = object;
                cell.objects += 1;
                cell.rarity += rarity;
            }
        };
        for other in (0..at).rev() {
            let delta = sorted.time[other].saturating_sub(time);
            if sorted.object[other] != object || -delta > within {
                break;
            }
            visit(other, delta);
        }
        for other in at + 1..sorted.account.len() {
            let delta = sorted.time[other].saturating_sub(time);
            if sorted.object[other] != object || delta > within {
                break;
            }
            visit(other, delta);
        }
    }

    fn edge(&self, rank: usize, other: usize, cell: &Cell) -> Option<Edge> {
        let weight = u64::from(cell.weight);
        let measured = match self.question.measure {
            Measure::Pairs => weight,
            Measure::Objects => u64::from(cell.objects),
        };
        if measured < self.question.min_weight {
            return None;
        }
        let expected = self.strengths.map(|strengths| strengths.expected(rank, other));
        Some(Edge {
            a: self.sorted.number[rank],
            b: self.sorted.number[other],
            weight,
            objects: cell.objects,
            delta_ms: cell.delta_ms,
            a_first: u64::from(cell.a_first),
            b_first: u64::from(cell.b_first),
            rarity: f64::from(cell.rarity),
            expected,
            chance: expected.map(|expected| super::chance::at_least(weight, expected)),
        })
    }
}

#[cfg(test)]
mod tests;
