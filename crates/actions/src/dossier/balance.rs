//! What weighs against the person's view, and counts in against counts out: counsel must be able to trust both.

use case::Case;
use case::view::FindingRow;
use record::{Choice, PostKey, Stance};
use report::dossier::{BalanceRow, Sentence, Unfavourable};

use super::Item;
use crate::ActionError;

/// Returns findings that a person rejected, and confirmed ones whose writer asked, denied or reported.
pub(super) fn unfavourable(
    case: &Case,
    findings: &[FindingRow],
    items: &[Item],
) -> Result<Vec<Unfavourable>, ActionError> {
    let mut rows = Vec::new();
    for row in findings {
        let Some(decision) = &row.decision else { continue };
        let kind = row.finding.kind;
        let why = match (decision.choice, row.finding.stance) {
            (Choice::Reject, _) => Sentence::new(
                format!("Proposed as {kind}; a person rejected it."),
                format!("Propuesto como {kind}; una persona lo rechazó."),
            ),
            (Choice::Confirm, Some(Stance::Asked)) => {
                Sentence::new("The writer asks.", "Quien escribe pregunta.")
            }
            (Choice::Confirm, Some(Stance::Denied)) => {
                Sentence::new("The writer denies it.", "Quien escribe lo niega.")
            }
            (Choice::Confirm, Some(Stance::Reported)) => Sentence::new(
                "The writer reports what others say.",
                "Quien escribe refiere lo que dicen otros.",
            ),
            _ => continue,
        };
        let Some(seen) = case.view().seen(&row.post)? else { continue };
        let text = &seen.post.text;
        rows.push(Unfavourable {
            post: row.post.to_string(),
            exhibits: number(items, &row.post).into_iter().collect(),
            account: seen.post.author.shown(),
            written: seen.post.written,
            words: row.finding.span.of(text).unwrap_or(text).to_owned(),
            why,
            note: decision.why.clone().unwrap_or_default(),
        });
    }
    rows.sort_by(|a, b| (&a.written, &a.post, &a.words).cmp(&(&b.written, &b.post, &b.words)));
    Ok(rows)
}

fn number(items: &[Item], post: &PostKey) -> Option<u32> {
    items.iter().find(|item| item.seen.post.key == *post).map(|item| item.number)
}

/// Returns captures, posts, findings and exhibits, each with where they are; the parts of each add up to it.
pub(super) fn rows(
    case: &Case,
    findings: &[FindingRow],
    items: &[Item],
    numbered: u64,
) -> Result<Vec<BalanceRow>, ActionError> {
    let counts = case.view().counts()?;
    let captures = case.view().captures()?;
    let with_posts = captures.iter().filter(|capture| capture.posts > 0).count() as u64;
    let unread = captures.iter().filter(|capture| capture.reader.is_none()).count() as u64;
    let shown = items.len() as u64;
    let decided = |choice: Option<Choice>| {
        let of = |row: &&FindingRow| row.decision.as_ref().map(|decision| decision.choice) == choice;
        findings.iter().filter(of).count() as u64
    };
    let part = |en: &str, es: &str, count: u64| (Sentence::new(en, es), count);
    let all = captures.len() as u64;
    Ok(vec![
        BalanceRow {
            what: Sentence::new("Captures kept", "Capturas guardadas"),
            count: all,
            parts: vec![
                part("hold posts", "contienen publicaciones", with_posts),
                part(
                    "were read and hold none",
                    "se leyeron y no contienen ninguna",
                    all - with_posts - unread,
                ),
                part("could not be read and are kept", "no pudieron leerse y se guardan", unread),
            ],
        },
        BalanceRow {
            what: Sentence::new("Posts read from them", "Publicaciones leídas de ellas"),
            count: counts.posts,
            parts: vec![
                part("are exhibits in this package", "son pruebas de este paquete", shown),
                part("are not", "no lo son", counts.posts - shown),
            ],
        },
        BalanceRow {
            what: Sentence::new("Findings proposed", "Hallazgos propuestos"),
            count: findings.len() as u64,
            parts: vec![
                part("a person confirmed", "confirmó una persona", decided(Some(Choice::Confirm))),
                part(
                    "a person rejected: see what weighs against",
                    "rechazó una persona: véase lo que pesa en contra",
                    decided(Some(Choice::Reject)),
                ),
                part("have only a note", "solo tienen una nota", decided(Some(Choice::Note))),
                part(
                    "wait for a person and are not shown",
                    "esperan a una persona y no se muestran",
                    decided(None),
                ),
            ],
        },
        BalanceRow {
            what: Sentence::new("Exhibits numbered", "Pruebas numeradas"),
            count: numbered,
            parts: vec![
                part("are in this package", "están en este paquete", shown),
                part(
                    "keep their number and are out, their findings rejected later",
                    "conservan su número y están fuera, sus hallazgos rechazados después",
                    numbered - shown,
                ),
            ],
        },
    ])
}
