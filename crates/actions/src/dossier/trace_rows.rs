//! What tracing shows, as rows with exhibits: evidence classes, never guilt.

use std::collections::BTreeMap;

use law::{Lang, Library};
use network::trace::{Basis, CannotShow, Map, Subject, Sure};
use record::{AccountKey, Claim, TieKind};
use report::dossier::{Sentence, Trace, TraceRole, TraceRow, TraceTie};
use values::{Moment, Precision, SaidBy};

use super::{Item, numbers};

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

    fn of_claim(&self, id: &str) -> (String, String) {
        self.0.get(id).cloned().unwrap_or_else(|| (id.to_owned(), id.to_owned()))
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
        let runner_up = match first.next.first() {
            Some(next) => {
                let minutes = (next.written - first.first.written) / 60_000;
                (
                    format!(" The next post on it came {minutes} minutes later."),
                    format!(" La siguiente publicación llegó {minutes} minutos después."),
                )
            }
            None => (String::new(), String::new()),
        };
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
                    "Earliest in this collection to assert the claim “{claim}”, of {} posts on it.{}{}",
                    first.posts, runner_up.0, sure.0
                ),
                format!(
                    "La más temprana de esta colección en afirmar «{stated_es}», entre {} publicaciones.{}{}",
                    first.posts, runner_up.1, sure.1
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
        let mut exhibits = numbers(items, cascade.branches.iter().map(|branch| &branch.post));
        exhibits.insert(0, root.number);
        rows.push(TraceRow {
            role: TraceRole::Amplifier,
            account: root.seen.post.author.shown(),
            at: root.seen.post.written,
            what: Sentence::new(
                format!("In this collection this post was passed on {reposts} times without words, {quotes} times with words added, answered {replies} times, and nearly the same words were posted {copies} times after it, by {} accounts in all.", cascade.accounts),
                format!("En esta colección, esta publicación se difundió {reposts} veces sin palabras, {quotes} con palabras añadidas, recibió {replies} respuestas y casi las mismas palabras se publicaron {copies} veces después, de {} cuentas en total.", cascade.accounts),
            ),
            exhibits,
            chance: None,
        });
    }
}

fn notice(map: &Map, items: &[Item], titles: &Titles, rows: &mut Vec<TraceRow>) {
    for row in &map.notice.went_on {
        let (claim, stated_es) = titles.of_claim(&row.claim);
        let own = row.kept_on.len();
        let passed = row.passed_on.len();
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
                format!("{} After it, in this collection, the account posted on the claim {own} times in its own words and passed it on {passed} times. {limit_en}", known.en),
                format!("{} Después, en esta colección, la cuenta publicó sobre ello {own} veces con sus propias palabras y lo difundió {passed} veces. {limit_es}", known.es),
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
        rows.push(TraceRow {
            role: TraceRole::Together,
            account: format!("{} · {}", shown(items, Some(&row.a)), shown(items, Some(&row.b))),
            at: None,
            what: Sentence::new(
                format!(
                    "Acted on {} same things within {} seconds of each other, {} times.",
                    row.objects, row.within_s, row.weight
                ),
                format!(
                    "Actuaron sobre {} mismas cosas con menos de {} segundos de diferencia, {} veces.",
                    row.objects, row.within_s, row.weight
                ),
            ),
            exhibits,
            chance: Some(Sentence::new(
                format!(
                    "By their activity alone {:.2} times would be expected; chance level {:.4}.",
                    row.expected, row.chance
                ),
                format!(
                    "Solo por su actividad se esperarían {:.2} veces; nivel de azar {:.4}.",
                    row.expected, row.chance
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
        rows.push(TraceRow {
            role: TraceRole::Reach,
            account: String::new(),
            at: None,
            what: Sentence::new(
                format!("Posts on the claim “{claim}” show between {low} and {high} views in the captures; {} show no number. A person who saw two posts is counted twice.", reach.unknown),
                format!("Las publicaciones sobre «{stated_es}» muestran entre {low} y {high} vistas en las capturas; {} no muestran número. Quien vio dos publicaciones cuenta dos veces.", reach.unknown),
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
