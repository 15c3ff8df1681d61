//! Words that are worth reading through a disguise, and how.
//!
//! Undoing `1`, `0`, `$` or `*` in every word would turn plates and model numbers into words. So a disguise is undone
//! only where a word of this list comes out.

use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = "kill kills killed killing killer murder murdered murdering murderer shoot shooting shooter shot stab stabbed hang hanged hanging lynch \
lynched execute executed execution behead slaughter strangle choke drown poison assassinate exterminate eradicate burn torch bomb bombs gas \
gassed bullet bullets rape raped rapist torture beat beaten bash punch smash hurt harm attack destroy dead death die dies dying rope noose \
gallows guillotine gun guns rifle blood bleed grave coffin suicide hunt suffer pay hide traitor traitors treason tribunal trial revenge \
bitch bitches cunt cunts whore whores slut sluts hoe fuck fucks fucked fucker fuckers fucking motherfucker shit shitty bullshit asshole assholes ass bastard \
bastards dick dickhead prick scum scumbag trash idiot idiots moron morons retard retarded retards stupid dumb dumbass loser losers nazi nazis pedo pedos \
pedophile pedophiles groomer groomers faggot faggots fag fags nigger niggers nigga niggas tranny trannies coon spic kike jew jews muslim muslims \
rat rats pig pigs vermin filth filthy parasite maggot maggots liar liars thief thieves crook crooks evil \
vote votes voter voters ballot ballots election elections stolen steal fraud rigged mule mules clerk worker workers \
address phone number email plate plates house home family kids wife street lives live name names find who where \
matar muerte muere asesino puta puto mierda";

const COMMON: &str = "a i the them they him her his he she you your we us me my our it its is are be was were to of in on at for and or not no \
all every each this that these those will would should must can need want have has had do does did go get got gonna with from up out down now \
today tonight soon people man men woman women guy poll county judge boy girl one two \
know knows what when how why just like so if then by as an";

/// Returns words that stand in most posts.
pub(crate) fn common() -> impl Iterator<Item = &'static [u8]> {
    COMMON.split(' ').map(str::as_bytes)
}

/// Tells whether a word is of the first list.
fn known(word: &[u8]) -> bool {
    WORDS.split(' ').any(|known| known.as_bytes() == word)
}

/// Reads a word of letters, digits and signs as a word of the list. A `*` or `#` stands for any letter, and the result has
/// as many letters as there were signs.
pub(crate) fn undisguise(token: &[u8]) -> Option<String> {
    let fits = |shown: u8, letter: u8| {
        shown == letter
            || match shown {
                b'0' => letter == b'o',
                b'1' | b'!' | b'|' => letter == b'i' || letter == b'l',
                b'3' => letter == b'e',
                b'4' => letter == b'a',
                b'5' | b'$' => letter == b's',
                b'6' | b'9' => letter == b'g',
                b'7' | b'+' => letter == b't',
                b'8' => letter == b'b',
                b'@' => letter == b'a',
                b'*' | b'#' => true,
                b'v' => letter == b'u',
                _ => false,
            }
    };
    // A word that is all signs but one letter says too little.
    let hidden = token.iter().filter(|b| matches!(b, b'*' | b'#')).count();
    if hidden * 2 >= token.len() {
        return None;
    }
    let list = BY_LENGTH.get(token.len())?;
    let found =
        list.iter().find(|word| word.bytes().zip(token).all(|(letter, shown)| fits(*shown, letter)))?;
    Some((*found).to_owned())
}

/// The first list by the length of its words, in its order.
static BY_LENGTH: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let longest = WORDS.split(' ').map(str::len).max().unwrap_or(0);
    let mut lists = vec![Vec::new(); longest + 1];
    WORDS.split(' ').for_each(|word| lists[word.len()].push(word));
    lists
});

/// The first list by what is left of its words without doubled letters; of two the first holds.
static SQUEEZED: LazyLock<HashMap<Vec<u8>, &'static str>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for word in WORDS.split(' ') {
        words.entry(squeezed(word.as_bytes())).or_insert(word);
    }
    words
});

/// Returns a word with each run of one letter as one letter.
fn squeezed(word: &[u8]) -> Vec<u8> {
    let mut out = word.to_vec();
    out.dedup();
    out
}

/// Reads a word with letters repeated for emphasis (`kiiill`) as a word of the list; `None` where nothing is repeated three
/// times or nothing known comes out.
pub(crate) fn unstretch(token: &[u8]) -> Option<String> {
    if !token.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]) {
        return None;
    }
    SQUEEZED.get(&squeezed(token)).map(|word| (*word).to_owned())
}

/// Splits letters without blanks into words: the fewest words of the two lists that use every letter. Returns where the
/// cuts are, empty where the letters are one word or do not split.
pub(crate) fn split(letters: &str) -> Vec<usize> {
    let bytes = letters.as_bytes();
    if known(bytes) || bytes.len() > 80 {
        return Vec::new();
    }
    let list: Vec<&[u8]> = WORDS.split(' ').chain(COMMON.split(' ')).map(str::as_bytes).collect();
    // best[i]: the fewest words that end at i, and where the last of them starts.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; bytes.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=bytes.len() {
        for word in &list {
            if word.len() > end || &bytes[end - word.len()..end] != *word {
                continue;
            }
            let start = end - word.len();
            if let Some((count, _)) = best[start]
                && best[end].is_none_or(|(fewest, _)| count + 1 < fewest)
            {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let mut cuts = Vec::new();
    let mut at = bytes.len();
    while let Some((_, start)) = best[at] {
        if at == 0 {
            break;
        }
        if start > 0 {
            cuts.push(start);
        }
        at = start;
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_come_out() {
        assert_eq!(undisguise(b"k1ll").as_deref(), Some("kill"));
        assert_eq!(undisguise(b"ab123"), None);
        assert_eq!(unstretch(b"shoooot").as_deref(), Some("shoot"));
        assert_eq!(unstretch(b"wooow"), None);
        assert_eq!(split("hangthemall"), [4, 8]);
        assert_eq!(split("xqz"), [] as [usize; 0]);
    }
}
