//! How each sort of finding is made and how often it errs, in words a court can follow.
//!
//! The figures are read out of `docs/evaluation.md`, which `cargo xtask evaluate` writes: there is one place where they
//! stand, and a package cannot say others. Where a sort of finding was not measured, the package says that.

use report::dossier::{MethodRow, Sentence};

use super::Item;

const EVALUATION: &str = include_str!("../../../../docs/evaluation.md");

/// Detector; the label its figures stand under; what it looks for and how, in English and in Spanish.
const DETECTORS: [(&str, &str, &str, &str); 19] = [
    (
        "threat",
        "threat",
        "Looks for words that state, wish or hint at serious harm to somebody, by fixed patterns of verbs, targets, times and means. Idioms, quotation, news and jokes about objects are recognised and do not count.",
        "Busca palabras que anuncian, desean o insinúan un daño grave a alguien, con patrones fijos de verbos, destinatarios, momentos y medios. Se reconocen y no cuentan modismos, citas, noticias ni bromas sobre objetos.",
    ),
    (
        "incitement",
        "",
        "Looks for calls to others to harm somebody.",
        "Busca llamados a otros a dañar a alguien.",
    ),
    (
        "swatting",
        "",
        "Looks for talk of sending police by a hoax call.",
        "Busca menciones de enviar a la policía con una llamada falsa.",
    ),
    (
        "intimidation",
        "",
        "Looks for words meant to keep somebody from their task or their vote.",
        "Busca palabras destinadas a apartar a alguien de su tarea o de su voto.",
    ),
    (
        "impersonation",
        "",
        "Looks for accounts or words that pass for somebody else.",
        "Busca cuentas o palabras que se hacen pasar por otra persona.",
    ),
    (
        "call-to-identify",
        "find_person",
        "Looks for calls to name, find or expose a person.",
        "Busca llamados a nombrar, encontrar o exponer a una persona.",
    ),
    (
        "harassment",
        "harassment",
        "Looks for profane or degrading words aimed at somebody who can be told.",
        "Busca palabras soeces o vejatorias dirigidas a alguien identificable.",
    ),
    (
        "phone",
        "phone",
        "Looks for telephone numbers however they are written, and asks whose they are; numbers of offices do not count.",
        "Busca números de teléfono escritos de cualquier forma y pregunta de quién son; los de oficinas no cuentan.",
    ),
    (
        "email",
        "email",
        "Looks for e-mail addresses however they are written, and asks whose they are.",
        "Busca direcciones de correo escritas de cualquier forma y pregunta de quién son.",
    ),
    (
        "ssn",
        "ssn",
        "Looks for social security numbers that can exist.",
        "Busca números de seguro social que pueden existir.",
    ),
    (
        "plate",
        "plate",
        "Looks for licence plates however they are spaced or disguised.",
        "Busca matrículas con cualquier separación o disfraz.",
    ),
    (
        "address",
        "address",
        "Looks for street addresses, and asks whose they are; addresses of offices do not count.",
        "Busca direcciones postales y pregunta de quién son; las de oficinas no cuentan.",
    ),
    (
        "workplace",
        "",
        "Looks for a place of work named together with a person.",
        "Busca un lugar de trabajo nombrado junto a una persona.",
    ),
    (
        "school",
        "",
        "Looks for a school named together with a person's children.",
        "Busca una escuela nombrada junto a los hijos de una persona.",
    ),
    ("family", "", "Looks for family members named or shown.", "Busca familiares nombrados o mostrados."),
    (
        "routine",
        "",
        "Looks for when and where a person regularly is.",
        "Busca cuándo y dónde suele estar una persona.",
    ),
    (
        "location",
        "",
        "Looks for where a person is at the moment.",
        "Busca dónde está una persona en ese momento.",
    ),
    (
        "false-claim",
        "false_claim",
        "Compares the words with a library of claims that others have examined, and tells asserting from asking, denying and reporting. It never says that a post is false.",
        "Compara las palabras con una biblioteca de afirmaciones examinadas por otros, y distingue afirmar de preguntar, negar y referir. Nunca dice que una publicación sea falsa.",
    ),
    (
        "private",
        "",
        "Looks for exactly the person's own data, as the person entered it, however it is written.",
        "Busca exactamente los datos de la persona, tal como los anotó, escritos de cualquier forma.",
    ),
];

/// Returns a row for each detector that made a confirmed finding, by name.
pub(super) fn rows(items: &[Item]) -> Vec<MethodRow> {
    let mut names: Vec<String> = items
        .iter()
        .flat_map(|item| item.confirmed.iter().map(|row| row.finding.detector.to_string()))
        .collect();
    names.sort();
    names.dedup();
    names.into_iter().map(row).collect()
}

fn row(detector: String) -> MethodRow {
    let name = detector.split('/').next().unwrap_or_default();
    match DETECTORS.iter().find(|(known, ..)| *known == name) {
        Some((_, label, en, es)) => {
            MethodRow { how: Sentence::new(*en, *es), measured: measured(EVALUATION, label), detector }
        }
        None => MethodRow { how: Sentence::default(), measured: None, detector },
    }
}

/// A line of a table of the evaluation, with the heading it stands under and the names of its columns.
struct Line<'a> {
    heading: &'a str,
    columns: Vec<&'a str>,
    cells: Vec<&'a str>,
}

impl Line<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|known| *known == column)?;
        self.cells.get(at).copied()
    }

    /// A share such as `0.96` as a whole number of a hundred.
    fn of_hundred(&self, column: &str) -> Option<u32> {
        let share: f64 = self.cell(column)?.parse().ok()?;
        Some((share * 100.0).round() as u32)
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut heading, mut columns, mut lines) = ("", Vec::new(), Vec::new());
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            (heading, columns) = (title, Vec::new());
        } else if let Some(row) = line.strip_prefix('|') {
            let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
            if columns.is_empty() {
                columns = cells;
            } else if !cells.iter().all(|cell| cell.chars().all(|c| c == '-')) {
                lines.push(Line { heading, columns: columns.clone(), cells });
            }
        } else {
            columns = Vec::new();
        }
    }
    lines
}

/// Returns the sentence on what was measured for a label; `None` where nothing was.
fn measured(evaluation: &str, label: &str) -> Option<Sentence> {
    if label.is_empty() {
        return None;
    }
    let (mut en, mut es) = (Vec::new(), Vec::new());
    for line in lines(evaluation) {
        let own = line.cells.first() == Some(&label);
        let public = line.heading.strip_suffix(" on public sets") == Some(label);
        let data = if public { line.cells.first().copied().unwrap_or_default() } else { line.heading };
        let data = data.split(" (`").next().unwrap_or(data);
        match (own || public, line.of_hundred("P"), line.of_hundred("R"), line.cell("posts")) {
            (true, Some(right), Some(found), Some(posts)) => {
                let such = line.cell("positive").unwrap_or("?");
                en.push(format!("{data} ({posts} posts, {such} of them such): of 100 it proposes {right} are right, of 100 such it finds {found}"));
                es.push(format!("{data} ({posts} publicaciones, {such} de ellas así): de 100 que propone aciertan {right}, de 100 así encuentra {found}"));
            }
            (true, ..) => {
                if let (Some(plain), Some(right), Some(spans)) =
                    (line.of_hundred("recall plain"), line.of_hundred("precision"), line.cell("spans"))
                {
                    en.push(format!("{data} ({spans} places): of 100 it proposes {right} are right, of 100 there it finds {plain}"));
                    es.push(format!("{data} ({spans} lugares): de 100 que propone aciertan {right}, de 100 que hay encuentra {plain}"));
                }
            }
            _ => {}
        }
    }
    if en.is_empty() {
        return None;
    }
    Some(Sentence::new(
        format!(
            "Measured on development data, before any person looked. {}. On other data it may err more.",
            en.join("; ")
        ),
        format!(
            "Medido con datos de desarrollo, antes de que nadie mirara. {}. Con otros datos puede errar más.",
            es.join("; ")
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detector_is_described() {
        for detector in detect::roster() {
            let row = row(format!("{}/1", detector.name));
            assert!(!row.how.en.is_empty() && !row.how.es.is_empty(), "{}", detector.name);
        }
    }

    #[test]
    fn figures_are_those_of_the_evaluation() {
        for label in DETECTORS.iter().map(|(_, label, ..)| *label).filter(|label| !label.is_empty()) {
            let said = measured(EVALUATION, label).unwrap_or_else(|| panic!("{label} has no figures"));
            assert!(said.en.contains("of 100 it proposes"), "{}", said.en);
        }
        let table = "## a set (`path`)\n\n| label | posts | positive | P | R |\n| --- | --- | --- | --- | --- |\n| threat | 456 | 114 | 0.96 | 0.895 |\n\n## threat on public sets\n\n| label | posts | positive | P | R |\n| --- | --- | --- | --- | --- |\n| other | 10 | 2 | 0.25 | 0.24 |\n";
        let said = measured(table, "threat").unwrap();
        assert_eq!(
            said.en,
            "Measured on development data, before any person looked. a set (456 posts, 114 of them such): of 100 it proposes 96 are right, of 100 such it finds 90; other (10 posts, 2 of them such): of 100 it proposes 25 are right, of 100 such it finds 24. On other data it may err more."
        );
        assert!(measured(table, "dox").is_none());
    }
}
