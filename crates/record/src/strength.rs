//! The strength ladder: what a capture is worth as evidence, the one step that would raise it, and what its hash leaves
//! open. In English and Spanish, since these sentences stand in packages.
//!
//! A digest says the same of every rung: these bytes are unchanged since they were kept. What differs is how far the
//! bytes are from what the platform or author sent.

use crate::Fidelity;

/// A rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// Which rung, 1 the weakest.
    pub rung: u8,
    /// The one step that would raise it, in English and Spanish.
    pub raise: (&'static str, &'static str),
    /// What its hash does not prove, in English and Spanish.
    pub not_proved: (&'static str, &'static str),
}

/// How many rungs there are.
pub const RUNGS: u8 = 8;

impl Fidelity {
    /// Every rung, the weakest first.
    pub const ALL: [Self; RUNGS as usize] = [
        Self::Told,
        Self::Screenshot,
        Self::SavedPage,
        Self::Derived,
        Self::Collected,
        Self::Server,
        Self::SignedArchive,
        Self::Authored,
    ];

    /// Returns its place on the ladder and what that means.
    pub const fn strength(self) -> Strength {
        match self {
            Self::Told => Strength {
                rung: 1,
                raise: (
                    "Add what shows it from outside: the call log, the voicemail file, the envelope, a witness who writes it down as well.",
                    "Añada lo que lo muestre desde fuera: el registro de llamadas, el archivo del buzón de voz, el sobre, un testigo que también lo anote.",
                ),
                not_proved: (
                    "The hash shows that this note is unchanged since it was written down, not that it happened so.",
                    "El resumen muestra que esta nota no cambió desde que se anotó, no que ocurriera así.",
                ),
            },
            Self::Screenshot => Strength {
                rung: 2,
                raise: (
                    "Save the page itself while it is there (SingleFile, or a HAR of the network), and write down the post's address.",
                    "Guarde la página misma mientras exista (SingleFile, o un HAR de la red) y anote la dirección de la publicación.",
                ),
                not_proved: (
                    "The hash shows that this picture is unchanged since it was kept; pixels can be drawn, so not that any platform showed it.",
                    "El resumen muestra que esta imagen no cambió desde que se guardó; los píxeles se pueden dibujar, así que no muestra que una plataforma la presentara.",
                ),
            },
            Self::SavedPage => Strength {
                rung: 3,
                raise: (
                    "Capture the server's own answers: a HAR of the page loading, or a WARC/WACZ made by a browser archiver.",
                    "Capture las respuestas del propio servidor: un HAR de la carga de la página, o un WARC/WACZ hecho con un archivador de navegador.",
                ),
                not_proved: (
                    "The hash shows that this page is unchanged since it was saved; a browser rebuilt it from memory and anyone can edit it before saving, so not that the server sent it.",
                    "El resumen muestra que esta página no cambió desde que se guardó; un navegador la reconstruyó de memoria y cualquiera puede editarla antes de guardar, así que no muestra que el servidor la enviara.",
                ),
            },
            Self::Derived => Strength {
                rung: 4,
                raise: (
                    "Get the file the table was made from (NDJSON, HAR or the platform's own export) and import it as well.",
                    "Consiga el archivo del que se hizo la tabla (NDJSON, HAR o la exportación de la plataforma) e impórtelo también.",
                ),
                not_proved: (
                    "The hash shows that this table is unchanged since it was kept; a program wrote it with losses, so not that it says all the server sent.",
                    "El resumen muestra que esta tabla no cambió desde que se guardó; un programa la escribió con pérdidas, así que no muestra todo lo que envió el servidor.",
                ),
            },
            Self::Collected => Strength {
                rung: 5,
                raise: (
                    "Capture the same post once more as a HAR or WARC, so that the server's whole answer stands beside the collector's record.",
                    "Capture la misma publicación otra vez como HAR o WARC, para que la respuesta completa del servidor esté junto al registro del recolector.",
                ),
                not_proved: (
                    "The hash shows that this record is unchanged since it was kept; a collecting program wrote it, so not that the server's answer held nothing else.",
                    "El resumen muestra que este registro no cambió desde que se guardó; lo escribió un programa de recolección, así que no muestra que la respuesta del servidor no contuviera nada más.",
                ),
            },
            Self::Server => Strength {
                rung: 6,
                raise: (
                    "Have it archived by a service that signs what it captures (a signed WACZ), or get the records from the platform with a preservation request.",
                    "Haga que lo archive un servicio que firme lo que captura (un WACZ firmado), u obtenga los registros de la plataforma con una solicitud de conservación.",
                ),
                not_proved: (
                    "The hash shows that this answer is unchanged since it was kept; it was kept on the capturer's own computer, so not that the platform sent it.",
                    "El resumen muestra que esta respuesta no cambió desde que se guardó; se guardó en el equipo de quien capturó, así que no muestra que la plataforma la enviara.",
                ),
            },
            Self::SignedArchive => Strength {
                rung: 7,
                raise: (
                    "Where the platform signs posts by their authors (Bluesky), add the author's repository; else ask the platform for its records.",
                    "Si la plataforma firma las publicaciones por sus autores (Bluesky), añada el repositorio del autor; si no, pida los registros a la plataforma.",
                ),
                not_proved: (
                    "The signature shows that the archiver holds this capture unchanged; that the platform served it is the archiver's word and not proved.",
                    "La firma muestra que el archivador conserva esta captura sin cambios; que la plataforma la sirviera es palabra del archivador, no prueba.",
                ),
            },
            Self::Authored => Strength {
                rung: 8,
                raise: (
                    "Nothing in the file can be stronger; have the ledger stamped (redress stamp) so that its date does not rest on this computer.",
                    "Nada en el archivo puede ser más fuerte; haga sellar el registro (redress stamp) para que su fecha no dependa de este equipo.",
                ),
                not_proved: (
                    "The signature shows that the account's key signed these words; it does not show which person held the key, nor that what they say is so.",
                    "La firma muestra que la clave de la cuenta firmó estas palabras; no muestra qué persona tenía la clave, ni que lo dicho sea cierto.",
                ),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_is_in_order_and_every_rung_says_what_its_hash_leaves_open() {
        for (place, fidelity) in Fidelity::ALL.into_iter().enumerate() {
            let strength = fidelity.strength();
            assert_eq!(usize::from(strength.rung), place + 1);
            assert!(place == 0 || Fidelity::ALL[place - 1] < fidelity);
            for sentence in [strength.raise.0, strength.raise.1, strength.not_proved.0, strength.not_proved.1]
            {
                assert!(sentence.ends_with('.') && sentence.len() > 60, "{sentence}");
            }
            assert!(strength.not_proved.0.contains("not"), "{}", strength.not_proved.0);
            assert!(strength.not_proved.1.contains("no "), "{}", strength.not_proved.1);
        }
    }
}
