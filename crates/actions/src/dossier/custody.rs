//! The ledger as a custody report: what was done with the evidence, line by line.

use case::Case;
use record::{Decision, ElementAnswer, Sign, StampKind, StepMark, What};
use report::dossier::{CustodyRow, Sentence};
use values::counted;

use crate::ActionError;

/// Returns one row for each event that concerns the evidence.
pub(super) fn rows(case: &Case) -> Result<Vec<CustodyRow>, ActionError> {
    let mut rows = Vec::new();
    for event in case.ledger().events(0) {
        let (line, event) = event?;
        let program = format!("redress {}", event.redress);
        let mut row = |en: String, es: String, by: String, digest| {
            let exhibit = match event.what {
                What::Exhibited { number, .. } => Some(number),
                _ => None,
            };
            rows.push(CustodyRow { at: event.at, what: Sentence::new(en, es), by, digest, line, exhibit });
        };
        match &event.what {
            What::Opened { .. } => {
                row("The case was opened.".into(), "Se abrió el caso.".into(), program, None);
            }
            What::Kept { capture, size, stripped_from: None, .. } => row(
                format!("A file of {size} bytes was kept as received."),
                format!("Se guardó un archivo de {size} bytes tal como se recibió."),
                program,
                Some(*capture),
            ),
            What::Kept { capture, stripped_from: Some(original), stripped, .. } => row(
                format!(
                    "A derivative of a file was kept, {} session secrets stripped; the file as received had SHA-256 {original}.",
                    stripped.unwrap_or(0)
                ),
                format!(
                    "Se guardó un derivado de un archivo, sin {} secretos de sesión; el archivo recibido tenía SHA-256 {original}.",
                    stripped.unwrap_or(0)
                ),
                program,
                Some(*capture),
            ),
            What::Read { capture, reader, posts, troubles, .. } => row(
                format!(
                    "It was read as {reader}: {}, {}.",
                    counted(*posts, "post", "posts"),
                    counted(*troubles, "trouble", "troubles")
                ),
                format!(
                    "Se leyó como {reader}: {}, {}.",
                    counted(*posts, "publicación", "publicaciones"),
                    counted(*troubles, "problema", "problemas")
                ),
                program,
                Some(*capture),
            ),
            What::PicturesRead { reader, pictures, reading, .. } => row(
                format!("The text in {} was read by {reader}.", counted(*pictures, "picture", "pictures")),
                format!("El texto de {} fue leído por {reader}.", counted(*pictures, "imagen", "imágenes")),
                program,
                Some(*reading),
            ),
            What::Transcribed { transcription } => {
                let said: record::Transcription =
                    case.objects().get_json(transcription, "a transcription")?;
                row(
                    "A person said what a picture shows.".into(),
                    "Una persona dijo qué muestra una imagen.".into(),
                    said.by.to_string(),
                    Some(*transcription),
                )
            }
            What::Logged { incident } => row(
                "An incident was written down.".into(),
                "Se anotó un incidente.".into(),
                program,
                Some(*incident),
            ),
            What::Proposed { posts, counting, findings, .. } => row(
                format!(
                    "Detectors looked at {} and proposed {} for review.",
                    counted(*posts, "post", "posts"),
                    counted(*counting, "finding", "findings")
                ),
                format!(
                    "Los detectores miraron {} y propusieron {} para revisión.",
                    counted(*posts, "publicación", "publicaciones"),
                    counted(*counting, "hallazgo", "hallazgos")
                ),
                program,
                Some(*findings),
            ),
            What::Traced { map, .. } => row(
                "Ties between posts were traced.".into(),
                "Se trazaron los vínculos entre publicaciones.".into(),
                program,
                Some(*map),
            ),
            What::Decided { decisions, count, demo } => {
                let made: Vec<Decision> = case.objects().get_json(decisions, "decisions")?;
                let by = made.first().map_or(program, |decision| decision.by.to_string());
                let (en, es) = if *demo {
                    (" (scripted demo, no person)", " (demostración, sin persona)")
                } else {
                    ("", "")
                };
                row(
                    format!("{} decided{en}.", counted(*count, "finding was", "findings were")),
                    match count {
                        1 => format!("Se decidió 1 hallazgo{es}."),
                        _ => format!("Se decidieron {count} hallazgos{es}."),
                    },
                    by,
                    Some(*decisions),
                );
            }
            What::Exhibited { number, exhibit, .. } => row(
                format!("Exhibit EX-{number:04} was numbered."),
                format!("Se numeró la prueba EX-{number:04}."),
                program,
                Some(*exhibit),
            ),
            What::Exported { recipient, manifest, exhibits, redactions, .. } => row(
                format!(
                    "A package for {recipient} was written: {}, {}.",
                    counted(exhibits.len(), "exhibit", "exhibits"),
                    counted(*redactions, "redaction", "redactions")
                ),
                format!(
                    "Se escribió un paquete para {recipient}: {}, {}.",
                    counted(exhibits.len(), "prueba", "pruebas"),
                    counted(*redactions, "tachadura", "tachaduras")
                ),
                program,
                Some(*manifest),
            ),
            What::Redacted { map, pictures, boxes } => row(
                format!(
                    "The redaction map was changed: {} in {}.",
                    counted(*boxes, "box", "boxes"),
                    counted(*pictures, "picture", "pictures")
                ),
                format!(
                    "Se cambió el mapa de tachaduras: {} en {}.",
                    counted(*boxes, "recuadro", "recuadros"),
                    counted(*pictures, "imagen", "imágenes")
                ),
                program,
                Some(*map),
            ),
            What::Viewed { .. } => row(
                "Hidden words were shown to a person.".into(),
                "Se mostraron palabras ocultas a una persona.".into(),
                program,
                None,
            ),
            What::Signed { sign, .. } => {
                let (en, es) = match sign {
                    Sign::In => ("A helper signed in.", "Entró un ayudante."),
                    Sign::Refused => (
                        "Somebody tried to sign in with a wrong passphrase.",
                        "Alguien intentó entrar con otra frase de contraseña.",
                    ),
                    Sign::Out => ("A helper's session ended.", "Terminó la sesión de un ayudante."),
                };
                row(en.into(), es.into(), program, None);
            }
            What::Verified { passed, failed, not_checked } => row(
                format!("The case was checked: {passed} passed, {failed} failed, {not_checked} not checked."),
                format!("Se comprobó el caso: {passed} bien, {failed} mal, {not_checked} sin comprobar."),
                program,
                None,
            ),
            What::Stamped { size, token, kind: StampKind::Rfc3161 } => row(
                format!("A time-stamping authority signed the ledger of {size} events."),
                format!("Una autoridad de sellado de tiempo firmó el registro de {size} eventos."),
                program,
                Some(*token),
            ),
            What::Stamped { size, token, kind: StampKind::OpenTimestamps } => row(
                format!("An OpenTimestamps proof over the ledger of {size} events was taken in."),
                format!("Se incorporó una prueba de OpenTimestamps sobre el registro de {size} eventos."),
                program,
                Some(*token),
            ),
            What::Called { command, address, sent } => row(
                format!("{command} sent a request to {address} over the network."),
                format!("{command} envió una solicitud a {address} por la red."),
                program,
                Some(*sent),
            ),
            What::Erased { object, .. } => row(
                "Bytes were erased on a person's word; their digest stays.".into(),
                "Se borraron bytes a petición de una persona; queda su resumen.".into(),
                program,
                Some(*object),
            ),
            What::StepMarked { mark } => {
                let mark: StepMark = case.objects().get_json(mark, "a mark on a step")?;
                let (en, es) = if mark.done {
                    ("A step of the plan was marked as done.", "Se marcó como hecho un paso del plan.")
                } else {
                    ("A step of the plan was opened again.", "Se reabrió un paso del plan.")
                };
                row(en.into(), es.into(), mark.by.to_string(), None);
            }
            What::Reported { report } => row(
                "A report made to somebody was written down.".into(),
                "Se anotó una denuncia hecha.".into(),
                program,
                Some(*report),
            ),
            What::ReportAnswered { answer, .. } => row(
                "The answer to a report was written down.".into(),
                "Se anotó la respuesta a una denuncia.".into(),
                program,
                Some(*answer),
            ),
            What::ElementAnswered { answer } => {
                let made: ElementAnswer = case.objects().get_json(answer, "an answer to an element")?;
                row(
                    format!("The question of an element was answered with {} exhibits.", made.exhibits.len()),
                    format!("Se respondió la pregunta de un elemento con {} pruebas.", made.exhibits.len()),
                    made.by.to_string(),
                    Some(*answer),
                );
            }
            What::KeyChanged { .. } => row(
                "The key that signs the ledger was changed; the old one stays named in it.".into(),
                "Se cambió la clave que firma el registro; la anterior sigue nombrada en él.".into(),
                program,
                None,
            ),
            What::Locked => row(
                "The private part was locked with a passphrase.".into(),
                "La parte privada se cerró con una frase de contraseña.".into(),
                program,
                None,
            ),
            What::Unlocked => row(
                "The private part was unlocked.".into(),
                "La parte privada se abrió.".into(),
                program,
                None,
            ),
            What::Failed { command, code } => row(
                format!("{command} failed ({code}); the evidence was not changed."),
                format!("{command} falló ({code}); las pruebas no cambiaron."),
                program,
                None,
            ),
        }
    }
    Ok(rows)
}
