//! The kernel: row by row of the account matrix, so that no list of pairs is ever held.
//!
//! Actions lie sorted by thing and time. For each account, in order of names, each of its actions looks left and right in
//! its thing as far as the window reaches; whom it meets is written down, sorted by account and counted, and the list used
//! again for the next account. Memory grows with actions and accounts, never with pairs or edges. Each pair is met twice,
//! once from either end, which costs less than keeping it.

use super::actions::{Actions, NOTHING};
use super::chance::{Null, Strengths};
use super::rows::{Near, Rows};
use super::sorted::{Act, Places, Sorted};
use super::times::Times;
use super::{Answer, Bill, Chance, Edge, Error, Question};

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
    if !progress(0.0) {
        return Err(Error::Stopped);
    }
    Plan::of(actions, question)?.each(progress, take)
}

/// Everything that is known before pairs are put together: the exact bill, and the actions laid out for going through them.
pub struct Plan {
    question: Question,
    bill: Bill,
    sorted: Sorted,
    near: Vec<Near>,
    windows: Vec<(u32, u32)>,
    places: Places,
    rarity: Vec<f32>,
    null: Null,
}

impl Plan {
    /// Sorts the actions, counts their pairs exactly, and drops what can be in no edge.
    ///
    /// Errors where the window is negative or the working memory is more than what is allowed.
    pub fn of(actions: &Actions, question: &Question) -> Result<Self, Error> {
        allowed(actions, question)?;
        Ok(Self::with(Sorted::of(actions), Self::begun(actions), question))
    }

    /// As [`Plan::of`], and lets go of the rows of `actions`, but for names, as soon as they are sorted: a third of the memory.
    pub fn taking(actions: &mut Actions, question: &Question) -> Result<Self, Error> {
        allowed(actions, question)?;
        let (sorted, bill) = (Sorted::of(actions), Self::begun(actions));
        actions.forget_rows();
        Ok(Self::with(sorted, bill, question))
    }

    fn begun(actions: &Actions) -> Bill {
        Bill {
            rows: actions.rows() as u64,
            empty: actions.account.iter().filter(|account| **account == NOTHING).count() as u64,
            accounts: actions.accounts() as u64,
            ..Bill::default()
        }
    }

    fn with(mut sorted: Sorted, begun: Bill, question: &Question) -> Self {
        let counted = sorted.count_pairs(question);
        let bill = Bill {
            repeated: sorted.repeated,
            objects: sorted.popularity.iter().filter(|accounts| **accounts > 0).count() as u64,
            pairs: counted.pairs,
            hot: counted.hot,
            ..begun
        };
        if bill.hot.iter().any(|hot| hot.capped) {
            let mut capped: Vec<u32> =
                bill.hot.iter().filter(|hot| hot.capped).map(|hot| hot.object).collect();
            capped.sort_unstable();
            sorted.keep(|_, act| capped.binary_search(&act.object).is_err());
        }
        let within = question.within_ms;
        let mut windows = sorted.windows(within);
        let mut strength = sorted.strengths(&windows, within);
        let null = match question.chance {
            Chance::None => Null::None,
            Chance::Strength => Null::Strength(Strengths::new(&strength)),
            Chance::Times { draws, seed } => Null::Times(Times::new(&sorted, within, draws, seed)),
        };
        // An action near no other meets nobody, and an account in fewer pairs than an edge needs has no such edge; without
        // it others fall below. To a fixed point.
        let least = question.min_weight.max(1);
        loop {
            let before = sorted.acts.len();
            sorted
                .keep(|at, act| windows[at].1 - windows[at].0 > 1 && strength[act.account as usize] >= least);
            if sorted.acts.len() == before {
                break;
            }
            windows = sorted.windows(within);
            strength = sorted.strengths(&windows, within);
        }
        let all = bill.accounts as f32;
        // What chance is held against is the strength before anything was dropped.
        let known = match &null {
            Null::Strength(strengths) => &strengths.strength,
            _ => &strength,
        };
        let near = |act: &Act| Near {
            account: act.account,
            time: act.time as u32,
            strength: Strengths::short(known, act.account as usize),
        };
        Self {
            question: question.clone(),
            bill,
            near: sorted.acts.iter().map(near).collect(),
            places: sorted.meeting_places(&windows),
            rarity: sorted.popularity.iter().map(|accounts| (all / (*accounts).max(1) as f32).ln()).collect(),
            windows,
            null,
            sorted,
        }
    }

    /// Returns the bill without the edges.
    pub fn bill(&self) -> &Bill {
        &self.bill
    }

    /// Gives out the edges, in order of names; `take` returns whether to go on. Returns the whole bill. Can be asked again.
    pub fn each(&self, progress: Progress, take: &mut dyn FnMut(&Edge) -> bool) -> Result<Bill, Error> {
        let mut bill = self.bill.clone();
        let rows = Rows {
            sorted: &self.sorted,
            near: &self.near,
            windows: &self.windows,
            places: &self.places,
            rarity: &self.rarity,
            question: &self.question,
            null: &self.null,
        };
        rows.run(&mut bill, progress, take)?;
        Ok(bill)
    }
}

/// Returns the rows, as pairs (row of `one`, row of `other`), that put two accounts together within a window: by the first
/// row, then the second; rows that repeat an earlier one are left out.
pub fn rows_of(actions: &Actions, within_ms: i64, one: &str, other: &str) -> Vec<(usize, usize)> {
    let of = |name: &str| -> Vec<usize> {
        let account = actions.accounts.find(name);
        let mut seen = std::collections::BTreeSet::new();
        (0..actions.rows())
            .filter(|row| Some(actions.account[*row]) == account)
            .filter(|row| seen.insert((actions.object[*row], actions.content[*row], actions.time[*row])))
            .collect()
    };
    let others = of(other);
    let near = |x: &usize, y: &usize| {
        actions.object[*x] == actions.object[*y]
            && actions.time[*x].saturating_sub(actions.time[*y]).saturating_abs() <= within_ms
    };
    of(one).iter().flat_map(|x| others.iter().filter(|y| near(x, y)).map(|y| (*x, *y))).collect()
}

/// Errors where a question cannot be answered in what it allows.
fn allowed(actions: &Actions, question: &Question) -> Result<(), Error> {
    if question.within_ms < 0 {
        return Err(Error::Window(question.within_ms));
    }
    let needed = working_memory(actions);
    if needed > question.memory_budget {
        return Err(Error::Memory { needed, allowed: question.memory_budget });
    }
    Ok(())
}

/// Returns the bytes the kernel works in beside the table itself.
fn working_memory(actions: &Actions) -> u64 {
    let rows = actions.rows() as u64;
    rows * 48 + actions.accounts() as u64 * 32 + actions.objects() as u64 * 24
}

#[cfg(test)]
mod tests;
