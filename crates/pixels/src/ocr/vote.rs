//! Several readings of one picture become one: for each stretch of a line, the words that were read most surely.

use super::page::{Page, Seen, Word};
use super::repair;
use crate::Area;

/// A stretch that the best page does not show is taken from another one from this confidence on.
const SURE: f32 = 0.80;

/// Returns one page made of all, or `None` where there are none.
pub(super) fn best(mut pages: Vec<Page>) -> Option<Page> {
    // Stable: of equals the earlier reading, whose preparation is the milder one, stands.
    pages.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let mut pages = pages.into_iter();
    let first = pages.next()?;
    Some(pages.fold(first, |best, other| joined(&best, &other)))
}

/// Letters read surely less letters read unsurely.
fn worth(page: &Page) -> f32 {
    page.words
        .iter()
        .map(|word| {
            word.text.chars().filter(|c| c.is_alphanumeric()).count() as f32 * (word.confidence.get() - 0.5)
        })
        .sum()
}

fn joined(best: &Page, other: &Page) -> Page {
    let lines = best.lines.iter().map(|line| {
        let words = best.words_of(line);
        let mates: Vec<&Word> = other
            .lines
            .iter()
            .filter(|mate| share(line.area, mate.area) > 0.6)
            .flat_map(|mate| other.words_of(mate))
            .collect();
        repair::line(chosen(words, &mates))
    });
    let doubtful = best.doubtful.iter().map(seen).collect();
    Page::of(lines.collect(), doubtful, best.width, best.height)
}

/// How much of the lower of two lines stands beside the other.
fn share(one: Area, other: Area) -> f32 {
    let rows = one.bottom().min(other.bottom()).saturating_sub(one.top.max(other.top));
    rows as f32 / one.height.min(other.height).max(1) as f32
}

/// Goes through two readings of a line from left to right, stretch by stretch.
fn chosen(words: &[Word], mates: &[&Word]) -> Vec<Seen> {
    let mut all: Vec<(&Word, bool)> =
        words.iter().map(|word| (word, true)).chain(mates.iter().map(|&word| (word, false))).collect();
    all.sort_by_key(|(word, mine)| (word.area.left, !mine));
    let mut line = Vec::new();
    let mut stretch: Vec<(&Word, bool)> = Vec::new();
    let mut end = 0;
    for (word, mine) in all {
        // Boxes of neighbours may touch by a pixel or two; words of the same letters share nearly all.
        if !stretch.is_empty() && word.area.left + 3 > end {
            close(&mut stretch, &mut line);
        }
        end = if stretch.is_empty() { word.area.right() } else { end.max(word.area.right()) };
        stretch.push((word, mine));
    }
    close(&mut stretch, &mut line);
    line
}

fn close(stretch: &mut Vec<(&Word, bool)>, line: &mut Vec<Seen>) {
    let of = |side: bool| stretch.iter().filter(move |(_, mine)| *mine == side).map(|(word, _)| *word);
    let sure = |side: bool| {
        let letters = |word: &Word| word.text.chars().count() as f32;
        let all: f32 = of(side).map(letters).sum();
        of(side).map(|word| letters(word) * word.confidence.get()).sum::<f32>() / all.max(1.0)
    };
    let mine = sure(true);
    let theirs = sure(false);
    let takes_mine = if of(true).next().is_none() { theirs < SURE } else { mine >= theirs };
    line.extend(of(takes_mine).map(seen));
    stretch.clear();
}

fn seen(word: &Word) -> Seen {
    Seen {
        text: word.read_as.clone().unwrap_or_else(|| word.text.clone()),
        read_as: None,
        area: word.area,
        confidence: word.confidence.get(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of one line; words as `left-right:confidence:text`.
    fn page(words: &str) -> Page {
        let word = |given: &str| {
            let mut parts = given.splitn(3, ':');
            let (left, right) = parts.next().unwrap().split_once('-').unwrap();
            let (left, right): (u32, u32) = (left.parse().unwrap(), right.parse().unwrap());
            let confidence = parts.next().unwrap().parse::<f32>().unwrap() / 100.0;
            let area = Area::new(left, 10, right - left, 12);
            Seen { text: parts.next().unwrap().to_owned(), read_as: None, area, confidence }
        };
        Page::of(vec![words.split(' ').map(word).collect()], vec![], 900, 40)
    }

    #[test]
    fn the_surest_words_of_each_stretch_are_kept() {
        let check = |one: &str, two: &str, expected: &str| {
            assert_eq!(best(vec![page(one), page(two)]).unwrap().text, expected);
        };
        check("0-50:96:plate 60-140:60:RDR-OOO0", "0-50:90:piate 60-139:91:RDR-0000", "plate RDR-0000");
        // A word split in one reading and whole in the other.
        check(
            "0-40:70:someone@ 45-90:70:example 100-130:95:com",
            "0-91:88:someone@example",
            "someone@example com",
        );
        // A word that only one reading has.
        check("0-50:96:plate", "0-50:90:plate 60-139:91:RDR-0000", "plate RDR-0000");
        check("0-50:96:plate", "0-50:90:plate 60-139:20:~~", "plate");
        check("0-50:96:plate 60-139:91:RDR-0000", "0-50:90:plate", "plate RDR-0000");
        assert_eq!(best(vec![]), None);
    }
}
