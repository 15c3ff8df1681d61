//! What tracing shows, as rows with exhibits: evidence classes, never guilt.

use std::collections::{BTreeMap, BTreeSet};

use law::{Lang, Library};
use network::trace::{Basis, CannotShow, Map, Subject, Sure};
use record::{AccountKey, Claim, TieKind};
use report::dossier::{Sentence, Trace, TraceRole, TraceRow, TraceTie};
use values::{Moment, Precision, SaidBy};

use super::{Item, counted, numbers};

/// Turns a map into rows, those first that an exhibit shows.
pub(super) fn rows(map: &Map, items: &[Item], library: &Library, own: &[Claim]) -> Trace {
    let titles = Titles::of(library, own);
    let mut rows = Vec::new();
    first_seen(map, items, &titles, &mut rows);
    amplifiers(map, items, &mut rows);
    notice(map, items, &titles, &mut rows);
    together(map, items, &mut rows);
    reach(map, items, &titles, &mut rows);
    Trace { rows, cannot_show: cannot_show(), ties: ties(items) }
}

/// A moment the map gives in milliseconds.
pub(super) fn moment(millis: i64) -> Moment {
    Moment::from_millis(millis, Precision::Second, SaidBy::Platform)
}

/// What claims say, by id: an id means nothing to a reader.
struct Titles(BTreeMap<String, (String, String)>);

impl Titles {
    fn of(library: &Library, own: &[Claim]) -> Self {
        let (en, es) = (library.claims_in(Lang::En), library.claims_in(Lang::Es));
        let shipped = en.into_iter().zip(es).map(|(en, es)| (en.id, (en.claim, es.claim)));
        // A case's own claims are in the words of whoever wrote them.
        let own = own.iter().map(|own| (own.id.clone(), (own.claim.clone(), own.claim.clone())));
        Self(shipped.chain(own).collect())
    }

    /// Returns a claim as it stands inside quotation marks in a sentence: without its own full stop, and with other marks.
    fn of_claim(&self, id: &str) -> (String, String) {
        let (en, es) = self.0.get(id).map_or((id, id), |(en, es)| (en.as_str(), es.as_str()));
        let inner = |text: &str| text.trim_end_matches('.').replace('«', "“").replace('»', "”");
        (en.trim_end_matches('.').to_owned(), inner(es))
    }
}

fn shown(items: &[Item], account: Option<&AccountKey>) -> String {
    let Some(account) = account else { return "unknown account".to_owned() };
    items
        .iter()
        .find(|item| item.account.as_ref() == Some(account))
        .map_or_else(|| account.to_string(), |item| item.seen.post.author.shown())
}

fn first_seen(map: &Map, items: &[Item], titles: &Titles, rows: &mut Vec<TraceRow>) {
    for first in &map.first_seen {
        let Subject::Claim(claim) = &first.subject else { continue };
        let (claim, stated_es) = titles.of_claim(claim);
        let exhibits = numbers(items, [&first.first.post]);
        let place = match first.posts {
            1 => ("the only post on it".to_owned(), "la única publicación sobre ello".to_owned()),
            n => (format!("the first of {n} posts on it"), format!("la primera de {n} publicaciones")),
        };
        let runner_up = first.next.first().map(|next| {
            let after = counted::lasting(next.written - first.first.written);
            (
                format!(" The next by another account came {} later.", after.en),
                format!(" La siguiente de otra cuenta llegó {} después.", after.es),
            )
        });
        let runner_up = runner_up.unwrap_or_default();
        let sure = match first.sure {
            Sure::Clear | Sure::Alone => ("", ""),
            Sure::PointsOutside => (
                " It answers or passes on a post that is not in this collection.",
                " Responde o difunde una publicación que no está en esta colección.",
            ),
            Sure::Close => (
                " Others lie so close that the order is not certain.",
                " Otras están tan cerca que el orden no es seguro.",
            ),
        };
        rows.push(TraceRow {
            role: TraceRole::FirstSeen,
            account: shown(items, first.first.account.as_ref()),
            at: Some(moment(first.first.written)),
            what: Sentence::new(
                format!(
                    "Earliest in this collection to assert the claim “{claim}”, {}.{}{}",
                    place.0, runner_up.0, sure.0
                ),
                format!(
                    "La más temprana de esta colección en afirmar «{stated_es}», {}.{}{}",
                    place.1, runner_up.1, sure.1
                ),
            ),
            exhibits,
            chance: None,
        });
    }
}

fn amplifiers(map: &Map, items: &[Item], rows: &mut Vec<TraceRow>) {
    for cascade in &map.cascades {
        let root = items.iter().find(|item| item.seen.post.key == cascade.root);
        let Some(root) = root else { continue };
        let count = |kind: TieKind| cascade.branches.iter().filter(|branch| branch.tie == kind).count();
        let (reposts, quotes, replies) =
            (count(TieKind::Repost), count(TieKind::Quote), count(TieKind::Reply));
        let copies = cascade.branches.len() - reposts - quotes - replies;
        let done = counted::listed(&passed_on([reposts, quotes, replies, copies]));
        let others: BTreeSet<&AccountKey> = cascade
            .branches
            .iter()
            .filter_map(|branch| branch.account.as_ref())
            .filter(|account| root.account.as_ref() != Some(account))
            .collect();
        let by = match others.len() {
            0 => Sentence::new("", ""),
            1 => Sentence::new(", by one other account", ", por otra cuenta"),
            n => Sentence::new(format!(", by {n} other accounts"), format!(", por otras {n} cuentas")),
        };
        let mut exhibits = numbers(items, cascade.branches.iter().map(|branch| &branch.post));
        exhibits.insert(0, root.number);
        rows.push(TraceRow {
            role: TraceRole::Amplifier,
            account: root.seen.post.author.shown(),
            at: root.seen.post.written,
            what: Sentence::new(
                format!("In this collection this post {}{}.", done.en, by.en),
                format!("En esta colección, esta publicación {}{}.", done.es, by.es),
            ),
            exhibits,
            chance: None,
        });
    }
}

/// Says what was done with a post, leaving out what was not: plain reposts, quotes, replies, copies.
fn passed_on([reposts, quotes, replies, copies]: [usize; 4]) -> Vec<Sentence> {
    [
        (reposts, "was passed on without words", "se difundió sin palabras"),
        (quotes, "was quoted with words added", "se citó con palabras añadidas"),
        (replies, "was answered", "recibió respuesta"),
        (copies, "was followed by nearly the same words", "fue seguida por casi las mismas palabras"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, en, es)| {
        let how = counted::times(number as u64);
        Sentence::new(format!("{en} {}", how.en), format!("{es} {}", how.es))
    })
    .collect()
}

/// Says what an account posted after notice: in its own words, passed on. A row has one of them at least.
fn went_on(own: usize, passed: usize) -> Sentence {
    let mut parts = Vec::new();
    if own > 0 {
        let times = counted::times(own as u64);
        parts.push(Sentence::new(
            format!("posted on the claim {} in its own words", times.en),
            format!("publicó sobre ello {} con sus propias palabras", times.es),
        ));
    }
    if passed > 0 {
        let times = counted::times(passed as u64);
        parts.push(Sentence::new(
            format!("passed it on {} without words", times.en),
            format!("lo difundió {} sin palabras", times.es),
        ));
    }
    counted::listed(&parts)
}

fn notice(map: &Map, items: &[Item], titles: &Titles, rows: &mut Vec<TraceRow>) {
    for row in &map.notice.went_on {
        let (claim, stated_es) = titles.of_claim(&row.claim);
        let after = went_on(row.kept_on.len(), row.passed_on.len());
        let known = notice_of(row.basis, &claim, &stated_es);
        let [limit_en, limit_es] = match row.cannot_show {
            CannotShow::NoticeNotRead => [
                "This shows that the correction was addressed to the account, not that its holder read it.",
                "Esto muestra que la corrección se dirigió a la cuenta, no que su titular la leyera.",
            ],
            CannotShow::NoteTime => [
                "The note is known from the time of the capture; when it first appeared, and whether the holder read it, is not.",
                "La nota se conoce desde el momento de la captura; cuándo apareció por primera vez, y si su titular la leyó, no se sabe.",
            ],
            _ => [
                "This shows that the account had the correction before it, not that its holder believed it.",
                "Esto muestra que la cuenta tuvo la corrección delante, no que su titular la creyera.",
            ],
        };
        let exhibits = numbers(items, row.kept_on.iter().chain(&row.passed_on));
        rows.push(TraceRow {
            role: TraceRole::KeptOnAfterNotice,
            account: shown(items, Some(&row.account)),
            at: Some(moment(row.at)),
            what: Sentence::new(
                format!("{} After it, in this collection, the account {}. {limit_en}", known.en, after.en),
                format!("{} Después, en esta colección, la cuenta {}. {limit_es}", known.es, after.es),
            ),
            exhibits,
            chance: None,
        });
    }
}

/// Says how an account had a correction of a claim before it at the time of the row.
fn notice_of(basis: Basis, claim: &str, stated_es: &str) -> Sentence {
    let (en, es) = match basis {
        Basis::Served => (
            "A demand or correction was served on its holder at this time",
            "En este momento se entregó a su titular un requerimiento o una corrección",
        ),
        Basis::Answered => {
            ("At this time it answered a correction", "En este momento respondió a una corrección")
        }
        Basis::Quoted => ("At this time it quoted a correction", "En este momento citó una corrección"),
        Basis::PassedOn => {
            ("At this time it passed a correction on", "En este momento difundió una corrección")
        }
        Basis::NoteShown => (
            "A capture of this time shows, on its own post, a note of the platform that speaks",
            "Una captura de este momento muestra, en su propia publicación, una nota de la plataforma que habla",
        ),
        Basis::Addressed => (
            "At this time its post was answered or quoted by somebody's correction",
            "En este momento su publicación recibió como respuesta, o fue citada por, una corrección",
        ),
        Basis::Mentioned => {
            ("At this time it was named in a correction", "En este momento se la mencionó en una corrección")
        }
    };
    Sentence::new(format!("{en} of the claim “{claim}”."), format!("{es} de «{stated_es}»."))
}

fn together(map: &Map, items: &[Item], rows: &mut Vec<TraceRow>) {
    for row in &map.coordination.rows {
        let exhibits = numbers(items, row.posts.iter().flat_map(|(a, b)| [a, b]));
        if exhibits.is_empty() {
            continue;
        }
        let things = match row.objects {
            1 => Sentence::new("the same thing", "lo mismo"),
            n => Sentence::new(format!("the same {n} things"), format!("las mismas {n} cosas")),
        };
        let window = match row.within_s {
            seconds @ 0..60 => Sentence::new(format!("{seconds} seconds"), format!("{seconds} segundos")),
            seconds => counted::lasting(seconds.saturating_mul(1000)),
        };
        let often = counted::times(row.weight);
        let chance = match row.chance {
            ..0.0001 => Sentence::new("under .0001", "menos de 0,0001"),
            chance => Sentence::new(format!("{chance:.4}"), format!("{chance:.4}").replace('.', ",")),
        };
        rows.push(TraceRow {
            role: TraceRole::Together,
            account: format!("{} · {}", shown(items, Some(&row.a)), shown(items, Some(&row.b))),
            at: None,
            what: Sentence::new(
                format!("Acted on {} within {} of each other, {}.", things.en, window.en, often.en),
                format!(
                    "Actuaron sobre {} con menos de {} de diferencia, {}.",
                    things.es, window.es, often.es
                ),
            ),
            exhibits,
            chance: Some(Sentence::new(
                format!(
                    "By their activity alone {:.2} times would be expected; chance level {}.",
                    row.expected, chance.en
                ),
                format!(
                    "Solo por su actividad se esperarían {} veces; nivel de azar {}.",
                    format!("{:.2}", row.expected).replace('.', ","),
                    chance.es
                ),
            )),
        });
    }
}

fn reach(map: &Map, items: &[Item], titles: &Titles, rows: &mut Vec<TraceRow>) {
    for reach in &map.reach {
        let exhibits = numbers(items, reach.rows.iter().map(|row| &row.post));
        let (claim, stated_es) = titles.of_claim(&reach.claim);
        let (low, high) = reach.total;
        if high == 0 {
            continue;
        }
        let [low, high] = [low, high].map(report::grouped);
        let range = if low == high {
            (low.clone(), low)
        } else {
            (format!("between {low} and {high}"), format!("entre {low} y {high}"))
        };
        let unknown = match reach.unknown {
            0 => Default::default(),
            1 => ("; one shows no number".to_owned(), "; una no muestra número".to_owned()),
            n => (format!("; {n} show no number"), format!("; {n} no muestran número")),
        };
        rows.push(TraceRow {
            role: TraceRole::Reach,
            account: String::new(),
            at: None,
            what: Sentence::new(
                format!("Posts on the claim “{claim}” show {} views in the captures{}. A person who saw two posts is counted twice.", range.0, unknown.0),
                format!("Las publicaciones sobre «{stated_es}» muestran {} vistas en las capturas{}. Quien vio dos publicaciones cuenta dos veces.", range.1, unknown.1),
            ),
            exhibits,
            chance: None,
        });
    }
}

fn ties(items: &[Item]) -> Vec<TraceTie> {
    let mut ties = Vec::new();
    for item in items {
        for tie in item.seen.post.ties() {
            if let Some(to) = items.iter().find(|other| other.seen.post.key == tie.to) {
                ties.push(TraceTie { from: item.number, to: to.number, kind: tie.kind });
            }
        }
    }
    ties
}

fn cannot_show() -> Vec<Sentence> {
    vec![
        Sentence::new(
            "“Earliest” means earliest in this collection; earlier posts may exist that nobody captured.",
            "«La más temprana» significa la más temprana de esta colección; puede haber otras anteriores que nadie capturó.",
        ),
        Sentence::new(
            "An account is not a person: nothing here shows who wrote a post.",
            "Una cuenta no es una persona: nada aquí muestra quién escribió una publicación.",
        ),
        Sentence::new(
            "Acting together in time does not show an agreement.",
            "Actuar al mismo tiempo no demuestra un acuerdo.",
        ),
        Sentence::new(
            "A plain repost adds no words of its own and may be protected (47 U.S.C. § 230).",
            "Una difusión sin palabras no añade nada propio y puede estar protegida (47 U.S.C. § 230).",
        ),
    ]
}
