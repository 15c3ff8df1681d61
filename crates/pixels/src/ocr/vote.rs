//! Several readings of one picture become one: for each stretch of a line, the words that were read most surely.

use super::page::{Page, Seen, Word};
use super::repair;

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
        let band = band(words);
        let mate = other
            .lines
            .iter()
            .map(|mate| (share(band, self::band(other.words_of(mate))), mate))
            .filter(|(share, _)| *share > 0.6)
            .max_by(|(one, _), (two, _)| one.total_cmp(two));
        // A word that stands in another line of the best page is no word missing from this one.
        let fits = |word: &&Word| {
            let here = words.iter().any(|own| own.area.overlaps(word.area));
            here || !best.words.iter().any(|own| own.area.overlaps(word.area))
        };
        let mates: Vec<&Word> =
            mate.map(|(_, mate)| other.words_of(mate).iter().filter(fits).collect()).unwrap_or_default();
        repair::line(chosen(words, &mates))
    });
    let doubtful = best.doubtful.iter().map(seen).collect();
    Page::of(lines.collect(), doubtful, best.width, best.height)
}

/// The rows in which most words of a line stand. An icon beside a line may be as tall as three of them.
fn band(words: &[Word]) -> (u32, u32) {
    let middle = |pick: fn(&Word) -> u32| {
        let mut rows: Vec<u32> = words.iter().map(pick).collect();
        rows.sort_unstable();
        rows.get(rows.len() / 2).copied().unwrap_or_default()
    };
    (middle(|word| word.area.top), middle(|word| word.area.bottom()))
}

/// How much of the taller of two bands the other shares.
fn share((top, bottom): (u32, u32), (other_top, other_bottom): (u32, u32)) -> f32 {
    let rows = bottom.min(other_bottom).saturating_sub(top.max(other_top));
    let taller = bottom.saturating_sub(top).max(other_bottom.saturating_sub(other_top));
    rows as f32 / taller.max(1) as f32
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
        if !stretch.is_empty() && word.area.left + 3.min(word.area.width / 2) >= end {
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
    use crate::Area;

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
        // A stroke three pixels wide, seen a pixel beside.
        check("0-3:80:| 8-50:96:got", "1-4:70:| 8-50:90:got", "I got");
        assert_eq!(best(vec![]), None);
    }
}
