//! Numbers in sentences, in English and Spanish: a page that a court reads does not say “1 times”.

use report::dossier::Sentence;

/// How often.
pub(super) fn times(n: u64) -> Sentence {
    match n {
        1 => Sentence::new("once", "una vez"),
        2 => Sentence::new("twice", "dos veces"),
        n => Sentence::new(format!("{n} times"), format!("{n} veces")),
    }
}

/// How many of what is `one` and `more` (each English and Spanish).
pub(super) fn of(n: u64, one: [&str; 2], more: [&str; 2]) -> Sentence {
    let [en, es] = if n == 1 { one } else { more };
    Sentence::new(format!("{n} {en}"), format!("{n} {es}"))
}

/// How long, in the largest unit of which there are two or more; whole units only.
pub(super) fn lasting(millis: i64) -> Sentence {
    let minutes = millis / 60_000;
    let n = |number: i64| u64::try_from(number).unwrap_or(0);
    match minutes {
        ..1 => Sentence::new("less than a minute", "menos de un minuto"),
        1..120 => of(n(minutes), ["minute", "minuto"], ["minutes", "minutos"]),
        120..2880 => of(n(minutes / 60), ["hour", "hora"], ["hours", "horas"]),
        _ => of(n(minutes / 1440), ["day", "día"], ["days", "días"]),
    }
}

/// Puts parts side by side: `a, b and c`.
pub(super) fn listed(parts: &[Sentence]) -> Sentence {
    let join = |text: fn(&Sentence) -> &str, and: &str| {
        let parts: Vec<&str> = parts.iter().map(text).collect();
        match parts.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, before)) => format!("{} {and} {last}", before.join(", ")),
            None => String::new(),
        }
    };
    Sentence::new(join(|part| &part.en, "and"), join(|part| &part.es, "y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &Sentence, en: &str, es: &str) {
        assert_eq!((said.en.as_str(), said.es.as_str()), (en, es));
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        check(&times(1), "once", "una vez");
        check(&times(7), "7 times", "7 veces");
        check(&of(1, ["post", "publicación"], ["posts", "publicaciones"]), "1 post", "1 publicación");
        check(&lasting(59_999), "less than a minute", "menos de un minuto");
        check(&lasting(60_000), "1 minute", "1 minuto");
        check(&lasting(7_200_000), "2 hours", "2 horas");
        check(&lasting(4 * 86_400_000), "4 days", "4 días");
        let [a, b, c] = ["a", "b", "c"].map(|part| Sentence::new(part, part));
        check(&listed(&[a.clone(), b.clone(), c]), "a, b and c", "a, b y c");
        check(&listed(&[a.clone(), b]), "a and b", "a y b");
        check(&listed(&[a]), "a", "a");
    }
}
