//! Possible last days, shortest first, each with its rule, its source and what it was counted from.
//!
//! A date here is never “the” deadline: which state's law applies is not known, courts differ, and a fact that redress
//! does not hold may stop or restart the clock. So the shortest plausible date comes first, a day that has passed is shown
//! and not hidden, and each says that a lawyer has to confirm it.

use values::{Doubt, Moment};

use crate::day::{Day, days_after, earliest_day, months_after};
use crate::library::Library;
use crate::rows::{CountsFrom, LimitFrom, LimitKind, Row, Standing, StateDefamation};
use crate::situation::Situation;
use crate::text::{Lang, Text};

/// What sort of deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineKind {
    /// To sue over a statement.
    Defamation,
    /// To ask for a retraction.
    Retraction,
    /// Anything else.
    Other(LimitKind),
}

/// A possible last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// A stable id, unique in the list.
    pub id: String,
    /// What sort.
    pub kind: DeadlineKind,
    /// What ends.
    pub what: Text,
    /// The possible last day.
    pub last_day: Day,
    /// The day it was counted from.
    pub counted_from: Day,
    /// The rule, in words.
    pub rule: Text,
    /// The statute or page.
    pub citation: String,
    /// What was read for it; empty for a rule from memory.
    pub source: String,
    /// How far the row can be relied on.
    pub standing: Standing,
    /// The day its source was read.
    pub verified_on: Option<Day>,
    /// How the date was reached.
    pub basis: Text,
    /// Whether the day has passed.
    pub passed: bool,
    /// What to do about it.
    pub counsel: Text,
}

/// Returns the possible last days that follow from the first publication, the earliest first.
///
/// Unknown states give only what holds everywhere. An instant outside the calendar gives none.
pub fn deadlines(library: &Library, situation: &Situation<'_>, first: Moment, today: Day) -> Vec<Deadline> {
    let unsettled = unsettled_shown(first);
    let Some(first) = earliest_day(first) else { return Vec::new() };
    let learned = situation.learned.and_then(earliest_day).unwrap_or(first);
    let mut list = Vec::new();
    defamation(library, situation, first, learned, today, &mut list);
    for limit in &library.limits {
        let place = limit.jurisdiction == "US" || limit.jurisdiction == situation.state;
        let platform = limit.platforms.is_empty()
            || limit.platforms.iter().any(|platform| situation.platforms.contains(platform));
        if !place || !platform || !situation.is_role(&limit.roles) || !situation.touches(&limit.kinds, &[]) {
            continue;
        }
        let from = match limit.from {
            LimitFrom::Publication => first,
            LimitFrom::Request => today,
        };
        let mut last_day = months_after(from, limit.months.unwrap_or(0));
        last_day = days_after(last_day, i64::from(limit.days.unwrap_or(0)));
        list.push(Deadline {
            id: limit.id().to_owned(),
            kind: DeadlineKind::Other(limit.kind),
            what: limit.what.clone(),
            last_day,
            counted_from: from,
            rule: limit.rule.clone(),
            citation: limit.citation.clone(),
            source: limit.origin.sources.first().cloned().unwrap_or_default(),
            standing: limit.origin.standing(today),
            verified_on: limit.origin.verified_on,
            basis: match limit.from {
                LimitFrom::Publication => from_first(first),
                LimitFrom::Request => from_request(today),
            },
            passed: last_day < today,
            counsel: counsel(last_day < today),
        });
    }
    retention(library, situation, today, &mut list);
    if let Some(note) = unsettled {
        let told = situation.learned.is_some();
        let rests_on_it = |deadline: &&mut Deadline| {
            let from_told =
                told && deadline.kind == DeadlineKind::Retraction && deadline.counted_from == learned;
            deadline.basis != from_request(today) && !from_told
        };
        for deadline in list.iter_mut().filter(rests_on_it) {
            deadline.basis.en.push_str(&format!(" {}", note.en));
            deadline.basis.es.push_str(&format!(" {}", note.es));
        }
    }
    list.sort_by(|a, b| (a.last_day, &a.id).cmp(&(b.last_day, &b.id)));
    list
}

/// Returns what is not settled about the time of the first publication, in a sentence; `None` where it stands.
pub fn unsettled_shown(first: Moment) -> Option<Text> {
    let day = earliest_day(first)?;
    match first.doubt()? {
        Doubt::DayMonthOrder => Some(Text::new(
            format!(
                "Day and month of that post may be the other way round, and nobody has said which; the earlier reading, {day}, is taken. To settle it, import the export again with --first day or --first month."
            ),
            format!(
                "El día y el mes de esa publicación pueden estar invertidos y nadie ha dicho cuál es cuál; se toma la lectura más temprana, {day}. Para decidirlo, importe otra vez la exportación con --first day o --first month."
            ),
        )),
        Doubt::About => Some(Text::new(
            "That time was written down from memory: it may have been earlier.",
            "Esa hora se anotó de memoria: pudo ser antes.",
        )),
        Doubt::Disagrees => Some(Text::new(
            "Two sources in the capture disagree about that time: it may have been earlier.",
            "Dos fuentes de la captura no coinciden sobre esa hora: pudo ser antes.",
        )),
        Doubt::ZoneUnknown => None,
    }
}

fn defamation(
    library: &Library,
    situation: &Situation<'_>,
    first: Day,
    learned: Day,
    today: Day,
    list: &mut Vec<Deadline>,
) {
    let mut states: Vec<&str> = vec![situation.state];
    for state in situation.speaker_states {
        if !states.contains(state) {
            states.push(state);
        }
    }
    let rows: Vec<&StateDefamation> =
        states.iter().filter_map(|state| library.defamation_of(state)).collect();
    for row in &rows {
        list.push(suit(row, first, today));
        list.extend(demand(row, first, learned, today));
    }
    let nearest = rows.iter().map(|row| row.limitation_months).min();
    let shortest = library.defamation.iter().map(|row| row.limitation_months).min();
    if let (Some(nearest), Some(shortest)) = (nearest.or(shortest.map(|months| months + 1)), shortest)
        && shortest < nearest
        && let Some(row) = library.defamation.iter().find(|row| row.limitation_months == shortest)
    {
        let last_day = months_after(first, shortest);
        let (en, es) = length(shortest);
        list.push(Deadline {
            id: "defamation-elsewhere".to_owned(),
            kind: DeadlineKind::Defamation,
            what: Text::new(
                "Suit over a false statement of fact, if the law of another state applies",
                "Demanda por una declaración falsa de hechos, si se aplica la ley de otro estado",
            ),
            last_day,
            counted_from: first,
            rule: Text::new(
                format!("{en} from first publication is the shortest time for libel in any state."),
                format!(
                    "{es} desde la primera publicación es el plazo más corto por libelo en cualquier estado."
                ),
            ),
            citation: row.limitation_citation.clone(),
            source: row.limitation_source.clone(),
            standing: row.limitation_standing(today),
            verified_on: row.origin.verified_on,
            basis: from_first(first),
            passed: last_day < today,
            counsel: counsel(last_day < today),
        });
    }
}

fn suit(row: &StateDefamation, first: Day, today: Day) -> Deadline {
    let months = row.shortest_months();
    let last_day = months_after(first, months);
    let (en, es) = length(months);
    let mut rule = Text::new(
        format!("{en} from first publication ({}).", row.limitation_citation),
        format!("{es} desde la primera publicación ({}).", row.limitation_citation),
    );
    if months < row.limitation_months {
        let (long, largo) = length(row.limitation_months);
        rule.en.push_str(&format!(" Other readings give {}; the shorter one is shown.", lower(&long)));
        rule.es.push_str(&format!(" Otras lecturas dan {}; se muestra el más corto.", lower(&largo)));
    }
    Deadline {
        id: row.id().to_owned(),
        kind: DeadlineKind::Defamation,
        what: Text::new(
            format!("Suit over a false statement of fact ({})", row.name.en),
            format!("Demanda por una declaración falsa de hechos ({})", row.name.in_lang(Lang::Es)),
        ),
        last_day,
        counted_from: first,
        rule,
        citation: row.limitation_citation.clone(),
        source: row.limitation_source.clone(),
        standing: row.limitation_standing(today),
        verified_on: row.origin.verified_on,
        basis: from_first(first),
        passed: last_day < today,
        counsel: counsel(last_day < today),
    }
}

fn demand(row: &StateDefamation, first: Day, learned: Day, today: Day) -> Option<Deadline> {
    let (days, counts) = (i64::from(row.retraction_days?), row.retraction_counts_from?);
    let (last_day, counted_from, basis) = match counts {
        CountsFrom::Knowledge => (
            days_after(learned, days),
            learned,
            Text::new(
                format!("Counted from {learned}, the earliest day the person can have learned of it."),
                format!("Contado desde el {learned}, el primer día en que la persona pudo saberlo."),
            ),
        ),
        CountsFrom::BeforeSuit => {
            let suit = months_after(first, row.shortest_months());
            (
                days_after(suit, -days),
                suit,
                Text::new(
                    format!("Counted back from {suit}, the possible last day to sue."),
                    format!("Contado hacia atrás desde el {suit}, el posible último día para demandar."),
                ),
            )
        }
    };
    Some(Deadline {
        id: format!("{}-retraction", row.id()),
        kind: DeadlineKind::Retraction,
        what: Text::new(
            format!("Retraction demand ({})", row.name.en),
            format!("Solicitud de retractación ({})", row.name.in_lang(Lang::Es)),
        ),
        last_day,
        counted_from,
        rule: row.retraction_rule.clone(),
        citation: row.retraction_citation.clone(),
        source: row.retraction_source.clone(),
        standing: row.retraction_standing(today),
        verified_on: row.origin.verified_on,
        basis,
        passed: last_day < today,
        counsel: counsel(last_day < today),
    })
}

/// How long the platforms of the case keep records once police or a lawyer asked.
fn retention(library: &Library, situation: &Situation<'_>, today: Day, list: &mut Vec<Deadline>) {
    for rule in &library.rules {
        let here = rule.platforms.iter().any(|platform| situation.platforms.contains(platform));
        let (true, Some(days)) = (here, rule.keeps_days) else { continue };
        let last_day = days_after(today, i64::from(days));
        list.push(Deadline {
            id: format!("{}-retention", rule.id()),
            kind: DeadlineKind::Other(LimitKind::Retention),
            what: Text::new(
                format!("Records kept by {} on an official request run out", rule.platform_name),
                format!("Vencen los registros que {} conserva a petición oficial", rule.platform_name),
            ),
            last_day,
            counted_from: today,
            rule: rule.banned.clone(),
            citation: rule.clause.clone(),
            source: rule.origin.sources.first().cloned().unwrap_or_default(),
            standing: rule.origin.standing(today),
            verified_on: rule.origin.verified_on,
            basis: from_request(today),
            passed: false,
            counsel: Text::new(
                "Only police or a lawyer with process can ask. Ask them now: what is deleted before the request is gone.",
                "Solo la policía o un abogado con orden pueden pedirlo. Solicíteselo ya: lo que se borre antes de la \
                 petición se pierde.",
            ),
        });
    }
}

fn from_first(first: Day) -> Text {
    Text::new(
        format!(
            "Counted from {first}, the earliest day any state's calendar can have shown at the earliest publication in this collection. An earlier one would shorten it; a later republication may have its own time."
        ),
        format!(
            "Contado desde el {first}, el primer día que pudo marcar el calendario de cualquier estado en la publicación más antigua de esta colección. Una anterior lo acortaría; una nueva publicación posterior puede tener su propio plazo."
        ),
    )
}

fn from_request(today: Day) -> Text {
    Text::new(
        format!("Counted from {today}, as if the request were made today."),
        format!("Contado desde el {today}, como si la petición se hiciera hoy."),
    )
}

/// Returns the sentence that stands beside every date.
fn counsel(passed: bool) -> Text {
    if passed {
        Text::new(
            "This day has passed. New posts, other speakers, another state's law or a stopped clock may leave time: \
             check with counsel.",
            "Este día ya pasó. Publicaciones nuevas, otros autores, la ley de otro estado o un plazo suspendido pueden \
             dejar tiempo: consulte a un abogado.",
        )
    } else {
        Text::new(
            "Possible last day: check with counsel now. Courts differ on which state's law applies.",
            "Posible último día: consulte ya a un abogado. Los tribunales difieren sobre qué ley estatal se aplica.",
        )
    }
}

fn length(months: u32) -> (String, String) {
    match (months / 12, months % 12) {
        (1, 0) => ("One year".into(), "Un año".into()),
        (2, 0) => ("Two years".into(), "Dos años".into()),
        (3, 0) => ("Three years".into(), "Tres años".into()),
        (years, 0) => (format!("{years} years"), format!("{years} años")),
        _ => (format!("{months} months"), format!("{months} meses")),
    }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

impl Deadline {
    /// Returns the provision and its rule in one; a rule without a provision stands alone.
    pub fn rule_cited(&self, lang: Lang) -> String {
        let (citation, rule) = (self.citation.trim_end_matches('.'), self.rule.in_lang(lang));
        if citation.is_empty() { rule.to_owned() } else { format!("{citation}. {rule}") }
    }

    /// Returns the sentence that says how far the rule can be relied on, to stand beside the date.
    pub fn standing_shown(&self, today: Day) -> Text {
        crate::rows::standing_shown(self.standing, self.verified_on, today)
    }

    /// Returns the sentence for a list: what, the day, whether it has passed.
    pub fn shown(&self, lang: Lang) -> String {
        let (day, what) = (self.last_day, self.what.in_lang(lang));
        match (lang, self.passed) {
            (Lang::En, false) => format!("{what}: possible last day {day}."),
            (Lang::En, true) => format!("{what}: the possible last day, {day}, has passed."),
            (Lang::Es, false) => format!("{what}: posible último día, {day}."),
            (Lang::Es, true) => format!("{what}: el posible último día, {day}, ya pasó."),
        }
    }
}
