//! Our own fixed words in every language a package is written in.
//!
//! One row a word or sentence: key, English, Spanish. Templates see them as `words.json`. None of them calls a person or
//! an act anything that only a court may: see the test.

use serde_json::{Map, Value};

use crate::recipient::Language;

#[rustfmt::skip]
const WORDS: &[(&str, &str, &str)] = &[
    ("demo_mark", "Invented demo: no real person or event", "Demostración inventada: ninguna persona ni hecho real"),
    ("footer", "Prepared with redress. Words inside quotation bars are the exact words captured.", "Preparado con redress. Las palabras junto a la barra son las palabras exactas capturadas."),
    ("prosecutor_title", "Referral: threats and targeting online", "Remisión: amenazas y acoso dirigido en línea"),
    ("ids_note", "Account ids are the platform's own and last; handles change. They are what a preservation request or a warrant names.", "Los ids de cuenta son de la plataforma y perduran; los nombres cambian. Son lo que nombra una solicitud de conservación o una orden."),
    ("missing_title", "What is missing", "Qué falta"),
    ("platform_title", "Report of posts against the platform's rules", "Informe de publicaciones frente a las reglas de la plataforma"),
    ("platform_lead", "Each entry gives the post, its exact words, why it is reported, and the rule as read on the day stated. A person confirmed each entry.", "Cada entrada da la publicación, sus palabras exactas, por qué se denuncia y la regla leída el día indicado. Una persona confirmó cada entrada."),
    ("address", "Address", "Dirección web"),
    ("no_address", "none in the capture", "ninguna en la captura"),
    ("why", "Why it is reported", "Por qué se denuncia"),
    ("rule", "The platform's rule", "La regla de la plataforma"),
    ("no_rule", "No rule of this platform was mapped to this post.", "No se relacionó ninguna regla de esta plataforma con esta publicación."),
    ("log_title", "Log of reports and answers", "Registro de denuncias y respuestas"),
    ("log_note", "Fill in as you report; silence is an answer worth recording.", "Complete al denunciar; el silencio también es una respuesta que conviene anotar."),
    ("reported_on", "Reported on", "Denunciado el"),
    ("ticket", "Ticket", "Número"),
    ("answer", "Answer", "Respuesta"),
    ("answered_on", "Answered on", "Respondido el"),
    ("employer_title", "For the office: what a member of staff faces", "Para la oficina: a qué se enfrenta una persona del equipo"),
    ("employer_lead", "Records of a public office may become public. This copy holds no private data of the person; ask the person, not this file, for a safe number.", "Los archivos de una oficina pública pueden hacerse públicos. Esta copia no contiene datos privados de la persona; pida a la persona, no a este archivo, un número seguro."),
    ("correction_title", "Draft of a public correction", "Borrador de una rectificación pública"),
    ("correction_note", "A draft for the office to check against its own records before it says anything.", "Un borrador para que la oficina lo contraste con sus propios archivos antes de decir nada."),
    ("correction_says", "A claim is being repeated:", "Se repite una afirmación:"),
    ("correction_by", "Checked by", "Comprobado por"),
    ("no_correction", "No examined claim was matched; there is nothing to correct from sources.", "No coincidió ninguna afirmación examinada; no hay nada que rectificar con fuentes."),
    ("letter_draft", "DRAFT, not sent. A lawyer should read it first.", "BORRADOR sin enviar. Conviene que lo lea antes un abogado. La carta va en inglés porque así se leerá."),
    ("letter_from", "From", "De"),
    ("letter_to", "To", "Para"),
    ("letter_sent_by", "Sent by", "Enviado por"),
    ("letter_items", "Items", "Elementos"),
    ("letter_signature", "Signature", "Firma"),
    ("list_title", "List of exhibits", "Lista de pruebas"),
    ("bates", "Numbered pages", "Páginas numeradas"),
    ("page", "Page", "Página"),
    ("of", "of", "de"),
    ("account", "Account", "Cuenta"),
    ("account_id", "Account id", "Id de la cuenta"),
    ("written", "Written", "Escrito"),
    ("where", "Where", "Dónde"),
    ("who", "Who", "Quién"),
    ("what", "What", "Qué"),
    ("when", "When", "Cuándo"),
    ("time", "Time", "Hora"),
    ("collected", "Collected", "Reunido"),
    ("no_words", "No words of its own: it passes another post on.", "Sin palabras propias: reenvía otra publicación."),
    ("text_cut", "The capture holds only the beginning of these words.", "La captura contiene solo el comienzo de estas palabras."),
    ("platform_note", "Note the platform showed", "Nota que mostró la plataforma"),
    ("captured_at", "Captured at", "Capturado el"),
    ("counts_then", "What the platform counted then", "Lo que contaba la plataforma entonces"),
    ("grade", "Grade of the capture", "Grado de la captura"),
    ("capture", "Capture", "Captura"),
    ("kept", "kept", "guardada"),
    ("stripped", "Cookies and tokens were removed before it was kept.", "Se quitaron cookies y claves antes de guardarla."),
    ("trouble", "Weakness", "Debilidad"),
    ("exhibit", "Exhibit", "Prueba"),
    ("exhibits", "Exhibits", "Pruebas"),
    ("proofs_title", "What the proofs show, and what they do not", "Qué demuestran las pruebas y qué no"),
    ("proofs_show", "The digests, the signed checkpoint and any timestamp show that the bytes in this package are the bytes that were kept, unchanged since the time stated. Anyone can check this with the commands in VERIFY.txt.", "Los resúmenes, el punto de control firmado y los sellos de tiempo demuestran que los bytes de este paquete son los que se guardaron, sin cambios desde la hora indicada. Cualquiera puede comprobarlo con las órdenes de VERIFY.txt."),
    ("proofs_not", "They do not show that a platform served those bytes, who wrote a post, or that what it says is so. Each exhibit states how near its capture is to what the platform sent.", "No demuestran que una plataforma sirviera esos bytes, quién escribió una publicación, ni que lo dicho sea cierto. Cada prueba indica cuán cerca está su captura de lo que envió la plataforma."),
    ("checkpoint", "Signed checkpoint of the case's ledger:", "Punto de control firmado del registro del caso:"),
    ("vkey", "Verifier key:", "Clave de verificación:"),
    ("no_checkpoint", "This case had no signed checkpoint when the package was made; the digests in the manifest stand alone.", "Este caso no tenía punto de control firmado al hacer el paquete; los resúmenes del manifiesto valen por sí solos."),
    ("left_out_title", "What was left out, and why", "Qué se dejó fuera y por qué"),
    ("nothing_left_out", "Nothing was left out or covered.", "No se dejó fuera ni se cubrió nada."),
    ("covered", "Covered in this package to protect people, each place marked in square brackets:", "Cubierto en este paquete para proteger a personas, cada lugar señalado entre corchetes:"),
    ("claims_title", "Claims that the exhibits match", "Afirmaciones con las que coinciden las pruebas"),
    ("claims_note", "A match says that a post repeats a claim others have examined. Verdicts are those of the named sources on the day stated; they may change.", "Una coincidencia indica que una publicación repite una afirmación que otros han examinado. Los veredictos son de las fuentes citadas en la fecha indicada; pueden cambiar."),
    ("trace_title", "How it spread, as far as this collection shows", "Cómo se difundió, hasta donde muestra esta colección"),
    ("trace_title_long", "How it spread", "Cómo se difundió"),
    ("no_trace", "No ties between the exhibits were traced.", "No se rastrearon vínculos entre las pruebas."),
    ("role", "Appears as", "Aparece como"),
    ("what_shows", "What is seen", "Qué se ve"),
    ("cannot_show", "What this cannot show", "Qué no puede mostrar esto"),
    ("law_heading", "Law", "Derecho"),
    ("law_title", "Provisions whose elements these findings may touch", "Disposiciones cuyos elementos pueden tocar estos hallazgos"),
    ("law_note", "This lists provisions; it does not say that any of them was broken, and it is not legal advice. An element is ticked only where a person ticked it.", "Esto enumera disposiciones; no dice que se haya infringido ninguna y no es asesoramiento jurídico. Un elemento solo está marcado si lo marcó una persona."),
    ("no_law", "No provisions were mapped.", "No se relacionó ninguna disposición."),
    ("ticked", "Ticked by a person:", "Marcado por una persona:"),
    ("not_ticked", "Not ticked.", "Sin marcar."),
    ("deadlines_title", "Dates that may run out", "Plazos que pueden vencer"),
    ("deadlines_note", "The shortest plausible date. A lawyer must confirm it: courts differ on which state's law applies and from which publication time runs.", "La fecha plausible más corta. Un abogado debe confirmarla: los tribunales difieren sobre qué ley estatal se aplica y desde qué publicación corre el plazo."),
    ("date", "Date", "Fecha"),
    ("for_what", "For", "Para"),
    ("counted_from", "Counted from", "Contado desde"),
    ("source", "Source", "Fuente"),
    ("passed", "has passed", "ya pasó"),
    ("accounts_title", "Accounts", "Cuentas"),
    ("accounts_note", "An account is a name on a platform. Redress does not look for the person behind it.", "Una cuenta es un nombre en una plataforma. Redress no busca a la persona detrás."),
    ("first_seen", "Earliest here", "Primera aquí"),
    ("reach", "Views as captured", "Vistas según captura"),
    ("after_notice", "After a correction", "Tras una corrección"),
    ("custody_title", "What was done with the evidence", "Qué se hizo con las pruebas"),
    ("custody_heading", "Custody", "Custodia"),
    ("custody_note", "From the case's append-only ledger. Times are those of the computer it ran on.", "Del registro del caso, que solo admite añadidos. Las horas son del ordenador en que se ejecutó."),
    ("line", "Line", "Línea"),
    ("what_done", "What", "Qué"),
    ("by", "By", "Por"),
    ("troubles_title", "Known weaknesses", "Debilidades conocidas"),
    ("exhibits_title", "Exhibits", "Pruebas"),
    ("exhibits_note", "Each exhibit was confirmed by a person before it entered this package. Its files lie in data/exhibits under the same number.", "Cada prueba fue confirmada por una persona antes de entrar en este paquete. Sus archivos están en data/exhibits con el mismo número."),
    ("exhibits_note_public", "Each exhibit was confirmed by a person. Private details of the person concerned and of bystanders are covered; square brackets mark each place.", "Cada prueba fue confirmada por una persona. Los datos privados de la persona afectada y de terceros están cubiertos; los corchetes marcan cada lugar."),
    ("around_title", "Around the exhibits", "En torno a las pruebas"),
    ("police_title", "Report of threats and targeting online", "Informe de amenazas y acoso dirigido en línea"),
    ("police_lead", "One page to read first. The exhibits follow.", "Una página para leer primero. Siguen las pruebas."),
    ("case_number", "Case number", "Número de caso"),
    ("officer", "Officer", "Agente"),
    ("received", "Received", "Recibido"),
    ("who_name", "Name, given in person:", "Nombre, dado en persona:"),
    ("worst_title", "The gravest items, word for word", "Lo más grave, palabra por palabra"),
    ("danger_title", "Known danger", "Peligro conocido"),
    ("no_danger", "No time, place, means or approach was confirmed in this collection. That does not mean that there is none.", "No se confirmó en esta colección hora, lugar, medios ni acercamiento. Eso no significa que no los haya."),
    ("asked_title", "What is asked for", "Qué se pide"),
    ("phones_title", "Numbers to call", "Números a los que llamar"),
    ("safe_phone", "Safe number of the person:", "Número seguro de la persona:"),
    ("counsel_title", "Evidence binder for counsel", "Expediente de pruebas para la defensa letrada"),
    ("counsel_lead", "For the person's own lawyer. It maps law and does not advise. It holds what a person confirmed and says which is which.", "Para el abogado de la persona. Relaciona el derecho y no aconseja. Contiene lo que una persona confirmó y lo distingue."),
    ("contents", "Contents", "Contenido"),
    ("statements_title", "Statements by account", "Declaraciones por cuenta"),
    ("statements_note", "Plain reposts are kept apart from added words: who passes on without a word may be protected by 47 U.S.C. § 230; words they add are theirs.", "Los reenvíos simples se separan de las palabras añadidas: quien reenvía sin decir nada puede estar protegido por 47 U.S.C. § 230; las palabras que añade son suyas."),
    ("exact_words", "Exact words", "Palabras exactas"),
    ("notice", "Saw a correction", "Vio una corrección"),
    ("notice_short", "Correction", "Corrección"),
    ("timeline_title", "Timeline", "Cronología"),
    ("timeline_note", "Times are UTC unless marked. “Captured” is when the capture was made.", "Las horas son UTC salvo indicación. «Capturado» es cuando se hizo la captura."),
    ("figure_title", "Figure: ties between exhibits", "Figura: vínculos entre pruebas"),
    ("figure_note", "From top to bottom in the order written. Solid: reply. Dashed: quote. Dotted: repost or same words. The arrow points at the post acted on.", "De arriba abajo en el orden escrito. Continua: respuesta. Discontinua: cita. Punteada: reenvío o mismas palabras. La flecha señala la publicación sobre la que se actúa."),
    ("method_title", "How this was made", "Cómo se hizo esto"),
    ("how_known", "How this is known", "Cómo se sabe esto"),
    ("declaration_title", "Draft declaration", "Borrador de declaración"),
    ("declaration_draft", "DRAFT, not signed. For a qualified person to check, correct, complete and sign, or not. Fed. R. Evid. 902(13), 902(14); 28 U.S.C. § 1746. A lawyer must adapt it.", "BORRADOR sin firmar. Para que una persona cualificada lo revise, corrija, complete y firme, o no. Fed. R. Evid. 902(13), 902(14); 28 U.S.C. § 1746. Un abogado debe adaptarlo. El texto que se firma va en inglés."),
    ("declaration_oath", "I declare under penalty of perjury that the foregoing is true and correct.", "I declare under penalty of perjury that the foregoing is true and correct."),
    ("executed_on", "Executed on", "Executed on"),
    ("signature", "Signature", "Signature"),
    ("at_place", "At", "At"),
    ("printed_name", "Printed name", "Printed name"),
    ("public_title", "What happened: a verified account", "Qué ocurrió: un relato verificado"),
    ("public_lead", "This brief states only what captured posts show and what named sources have found. It names no private person.", "Este informe dice solo lo que muestran las publicaciones capturadas y lo que hallaron fuentes citadas. No nombra a ninguna persona particular."),
    ("verified_title", "What is shown here", "Lo que aquí se muestra"),
    ("numbers_note", "Numbers count what was collected; what was not captured is not in them. Views are those a platform displayed when the capture was made.", "Los números cuentan lo reunido; lo no capturado no está en ellos. Las vistas son las que mostraba la plataforma al hacer la captura."),
];

/// Paragraphs, several to a key.
#[rustfmt::skip]
const PARAGRAPHS: &[(&str, &[(&str, &str)])] = &[
    (
        "method_paragraphs",
        &[
            ("Files were taken in as they were received. Each was named by its SHA-256 digest and stored before any program interpreted it; it has not been changed since.", "Los archivos se tomaron tal como se recibieron. Cada uno se nombró por su resumen SHA-256 y se guardó antes de que ningún programa lo interpretara; no se ha cambiado desde entonces."),
            ("Readers then made posts of the files, and detectors proposed findings. A detector follows fixed rules over the words of one post and states its reasons; it knows nothing of who wrote them.", "Después unos lectores obtuvieron las publicaciones, y unos detectores propusieron hallazgos. Un detector aplica reglas fijas a las palabras de una publicación y expone sus razones; no sabe nada de quien las escribió."),
            ("A person looked at each proposal and confirmed or rejected it. Only confirmed findings are in this package. Every step stands in an append-only ledger, whose checkpoint is signed.", "Una persona examinó cada propuesta y la confirmó o rechazó. En este paquete solo hay hallazgos confirmados. Cada paso consta en un registro que solo admite añadidos, cuyo punto de control está firmado."),
            ("The same input and version give the same package, byte for byte.", "La misma entrada y versión dan el mismo paquete, byte por byte."),
        ],
    ),
    ("missing_paragraphs", &[
        ("Who is behind an account: redress does not look, and a capture does not show it.", "Quién está detrás de una cuenta: redress no lo busca y una captura no lo muestra."),
        ("Log-in addresses and subscriber records: only the platform has them, and keeps them for a limited time.", "Direcciones de conexión y datos de abonado: solo los tiene la plataforma, y por tiempo limitado."),
        ("Private messages and deleted posts that nobody captured.", "Mensajes privados y publicaciones borradas que nadie capturó."),
    ]),
    ("letter_preservation", &[
        ("Litigation is reasonably anticipated about the posts and accounts listed below. Please keep, from now on and for the period from ____ to the date of this letter:", ""),
    ]),
    ("letter_preservation_keep", &[
        ("the listed posts in every version, with edits, deletions, attached pictures and films in original form, and the times of each;", ""),
        ("counts of views, reposts, quotes and replies over time, and the lists of accounts behind them;", ""),
        ("subscriber records, log-in times and addresses, and devices of the listed accounts;", ""),
        ("reports made about these posts, their tickets, reviews and outcomes, and any label or reach limit applied;", ""),
        ("payments made to the accounts for these posts.", ""),
    ]),
    ("letter_preservation_close", &[
        ("Please stop automatic deletion of these records, confirm in writing by ____, and say which of them no longer exist. This letter asks for nothing to be published or handed over now.", ""),
    ]),
    ("letter_retraction", &[
        ("On the dates below you published the words set out below. They concern ____.", ""),
        ("The following sources state otherwise: ____. They are attached.", ""),
        ("You are asked to retract these words as publicly as they were published, by ____, and to keep all drafts, messages, sources and records about them, since litigation is reasonably anticipated.", ""),
        ("This is a demand under ____ (retraction law of the state, if any; a lawyer must fill this in: form, addressee and deadline differ by state).", ""),
    ]),
    ("letter_dispatch", &[
        ("A person living at ____ is the target of the posts in the attached report. Among them are words that make a hoax emergency call to that address possible.", ""),
        ("Please place a flag at that address, valid until ____, so that a call reporting violence there is first checked by calling back ____ or ____.", ""),
        ("Living there: ____ adults, ____ children, ____ animals. Needs and conditions responders should know: ____. The person agrees to come out with empty hands when asked.", ""),
        ("Please confirm the flag and its number to ____. This letter holds private data: please keep it out of public records as far as the law allows.", ""),
    ]),
    (
        "declaration_paragraphs",
        &[
            ("My name is ____. My occupation and employer are ____. My training and experience with this process are ____. My interest in the matter, if any, is ____.", ""),
            ("The items listed below were captured by ____ on the device ____ (operating system ____, browser or program and version ____), connected as ____ (logged in or out, under which account).", ""),
            ("The files were received by me on ____ and taken into redress, version {redress}, a program that stores each file unchanged under its SHA-256 digest before interpreting it, and records each step in an append-only ledger.", ""),
            ("The clock of that device was compared with ____ on ____ and differed by ____.", ""),
            ("For each item I computed its SHA-256 digest on ____ from the copy offered. It equals the digest in the table below, which the program computed when it kept the file.", ""),
            ("Between those times the files were held by ____.", ""),
            ("The process of capture and storage produces an accurate result. The facts on which I base this are ____ (tests made, known page compared, failures seen).", ""),
            ("What the captures do not hold, as far as I know: ____.", ""),
            ("What was covered in the copies for the safety of others, and where the uncovered copies are: ____.", ""),
        ],
    ),
];

/// Returns the words of a language as the object that templates read.
pub(crate) fn all(language: Language, redress: &str) -> Value {
    let pick = |en: &str, es: &str| match language {
        Language::Spanish if !es.is_empty() => es.to_owned(),
        _ => en.to_owned(),
    };
    let mut words = Map::new();
    for (key, en, es) in WORDS {
        words.insert((*key).to_owned(), Value::String(pick(en, es)));
    }
    for (key, paragraphs) in PARAGRAPHS {
        let texts = paragraphs.iter().map(|(en, es)| pick(en, es).replace("{redress}", redress).into());
        words.insert((*key).to_owned(), Value::Array(texts.collect()));
    }
    Value::Object(words)
}

/// Returns the paragraphs of a key; empty where there are none.
pub(crate) fn paragraphs(language: Language, key: &str) -> Vec<String> {
    let rows = PARAGRAPHS.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, rows)| rows);
    let pick = |(en, es): &(&str, &str)| match language {
        Language::Spanish if !es.is_empty() => (*es).to_owned(),
        _ => (*en).to_owned(),
    };
    rows.iter().map(pick).collect()
}

/// Returns one word or sentence. A key that is not there shows on the page, and in the tests.
pub(crate) fn say(language: Language, key: &str) -> &'static str {
    let row = WORDS.iter().chain(SHORT).find(|(name, _, _)| *name == key);
    match (row, language) {
        (Some((_, en, _)), Language::English) => en,
        (Some((_, _, es)), Language::Spanish) => es,
        (None, _) => "⟨no words⟩",
    }
}

/// Words for closed lists: `list.word`.
#[rustfmt::skip]
const SHORT: &[(&str, &str, &str)] = &[
    ("recipient.police", "For the police", "Para la policía"),
    ("recipient.prosecutor", "For the prosecutor", "Para la fiscalía"),
    ("recipient.platform", "For the platform", "Para la plataforma"),
    ("recipient.employer", "For the election office or employer", "Para la oficina electoral o el empleador"),
    ("recipient.counsel", "For counsel", "Para el abogado"),
    ("recipient.public", "For the public", "Para el público"),
    ("recipient.archive", "For safe keeping", "Para custodia propia"),
    ("role.election-official", "An election official", "Una persona funcionaria electoral"),
    ("role.election-worker", "An election worker", "Una persona trabajadora electoral"),
    ("role.postal", "A postal worker", "Una persona empleada de correos"),
    ("role.contractor", "A person working for a company an election office pays", "Una persona de una empresa contratada por una oficina electoral"),
    ("role.volunteer", "An election volunteer", "Una persona voluntaria electoral"),
    ("role.voter", "A voter", "Una persona votante"),
    ("role.candidate", "A candidate", "Una persona candidata"),
    ("role.relative", "A relative of an election worker", "Familiar de una persona trabajadora electoral"),
    ("kind.threat", "Threat", "Amenaza"),
    ("kind.incitement", "Call to harm", "Llamado a hacer daño"),
    ("kind.dox", "Private data exposed", "Datos privados expuestos"),
    ("kind.call-to-identify", "Call to identify", "Llamado a identificar"),
    ("kind.harassment", "Abuse", "Insultos y vejación"),
    ("kind.false-claim", "Matches an examined claim", "Coincide con una afirmación examinada"),
    ("kind.intimidation", "Intimidation", "Intimidación"),
    ("kind.impersonation", "Impersonation", "Suplantación"),
    ("kind.swatting", "Hoax emergency call", "Falsa llamada de emergencia"),
    ("what.address", "address", "dirección"),
    ("what.phone", "telephone number", "teléfono"),
    ("what.email", "e-mail address", "correo electrónico"),
    ("what.ssn", "social security number", "número de seguro social"),
    ("what.plate", "licence plate", "matrícula"),
    ("what.workplace", "place of work", "lugar de trabajo"),
    ("what.family", "family", "familia"),
    ("what.school", "school", "escuela"),
    ("what.routine", "daily routine", "rutina diaria"),
    ("what.location", "present location", "ubicación actual"),
    ("level.explicit", "explicit", "explícita"),
    ("level.veiled", "veiled", "velada"),
    ("stance.asserted", "said as the writer's own", "dicho como propio"),
    ("stance.asked", "asked", "preguntado"),
    ("stance.denied", "denied", "negado"),
    ("stance.reported", "reported as said by others", "referido como dicho por otros"),
    ("trace.first-seen", "Earliest in this collection", "Primera en esta colección"),
    ("trace.amplifier", "Passed it on", "Lo reenvió"),
    ("trace.kept-on-after-notice", "Went on after a correction", "Siguió tras una corrección"),
    ("trace.together", "Acted together", "Actuaron a la vez"),
    ("trace.reach", "Reach as captured", "Alcance según captura"),
    ("verdict.false", "Found false", "Hallada falsa"),
    ("verdict.misleading", "Found misleading", "Hallada engañosa"),
    ("verdict.unsupported", "Found without support", "Hallada sin respaldo"),
    ("verdict.mixed", "Found partly right", "Hallada cierta en parte"),
    ("verdict.true", "Found true", "Hallada cierta"),
    ("verdict.hoax", "Found to be made-up media", "Hallada material fabricado"),
    ("verdict.none", "No verdict recorded", "Sin veredicto registrado"),
    ("letter.preservation", "Request to preserve records", "Solicitud de conservar registros"),
    ("letter.retraction", "Request for retraction", "Solicitud de rectificación"),
    ("letter.dispatch", "Request for a flag at an address", "Solicitud de aviso en una dirección"),
    ("as_of", "as of", "a fecha de"),
    ("open_matter", "a matter was still open that day", "ese día aún había un asunto abierto"),
    ("strength_line", "Strength {rung} of {of}. {not_proved} To raise it: {raise}", "Fuerza {rung} de {of}. {not_proved} Para aumentarla: {raise}"),
    ("fidelity.told", "written down by a person", "anotado por una persona"),
    ("fidelity.screenshot", "pixels on a screen", "imagen de pantalla"),
    ("fidelity.saved-page", "page saved from a browser", "página guardada de un navegador"),
    ("fidelity.derived", "table made by a program, with known losses", "tabla hecha por un programa, con pérdidas conocidas"),
    ("fidelity.collected", "record kept by a collecting program", "registro guardado por un programa de recolección"),
    ("fidelity.server", "the server's own answer or export", "respuesta o exportación del propio servidor"),
    ("fidelity.signed-archive", "server's answer in an archive with a checked signature", "respuesta del servidor en un archivo con firma comprobada"),
    ("fidelity.authored", "signed by the author's own key", "firmado con la clave del autor"),
    ("views", "views", "vistas"),
    ("likes", "likes", "me gusta"),
    ("reposts", "reposts", "reenvíos"),
    ("quotes", "quotes", "citas"),
    ("replies", "replies", "respuestas"),
    ("no_counts", "none shown", "ninguno mostrado"),
    ("not_stated", "not stated in the capture", "no consta en la captura"),
    ("confirmed_by", "Confirmed by {by} on {at}; proposed by {detector}, strength {score}.", "Confirmado por {by} el {at}; propuesto por {detector}, fuerza {score}."),
    ("confirmed_demo", "Confirmed by the scripted demo and by no person; proposed by {detector}, strength {score}.", "Confirmado por la demostración automática y por ninguna persona; propuesto por {detector}, fuerza {score}."),
    ("verified_on", "read on", "leído el"),
    ("unverified", "UNVERIFIED: written from memory, source not opened", "SIN VERIFICAR: escrito de memoria, fuente no abierta"),
    ("bytes", "bytes", "bytes"),
    ("from_to", "{from} to {to}", "{from} a {to}"),
    ("in_state", "{role} in {state}, who is the target of the posts in the exhibits", "{role} en {state}, objetivo de las publicaciones de las pruebas"),
    ("what_line", "{confirmed} confirmed findings in {exhibits} exhibits by {accounts} accounts: {kinds}", "{confirmed} hallazgos confirmados en {exhibits} pruebas de {accounts} cuentas: {kinds}"),
    ("collected_line", "{captures} captures, {posts} posts by {accounts} accounts; {proposed} findings proposed, {confirmed} confirmed, {rejected} rejected by a person", "{captures} capturas, {posts} publicaciones de {accounts} cuentas; {proposed} hallazgos propuestos, {confirmed} confirmados, {rejected} rechazados por una persona"),
    ("when_line", "Exhibits written {from} to {to}; this report made {now}", "Pruebas escritas {from} a {to}; este informe se hizo {now}"),
    ("platform_line", "Online, on: {platforms}", "En línea, en: {platforms}"),
    ("subject_line", "Exhibits confirmed by a person, with proofs anyone can check", "Pruebas confirmadas por una persona, con demostraciones que cualquiera puede comprobar"),
    ("after", "after a correction it saw", "tras una corrección que vio"),
    ("before", "before any it is seen to have met", "antes de las que consta que vio"),
    ("notice_none", "none seen in this collection", "ninguna vista en esta colección"),
    ("repost_plain", "plain repost, no words added", "reenvío simple, sin palabras añadidas"),
    ("not_measured", "Error rates were not measured.", "Las tasas de error no se midieron."),
    ("picture_left_out", "{count} picture(s) not included: nobody has yet looked at them and covered what must be covered.", "{count} imagen(es) no incluida(s): nadie las ha mirado aún ni cubierto lo necesario."),
    ("whole_in", "… whole text in {name}", "… texto completo en {name}"),
    ("ask_default_1", "A case number for this report.", "Un número de caso para este informe."),
    ("ask_default_2", "A flag at the person's address for hoax emergency calls.", "Un aviso en la dirección de la persona por falsas llamadas de emergencia."),
    ("ask_default_3", "A preservation request to the platforms for the accounts listed (18 U.S.C. § 2703(f)).", "Una solicitud de conservación a las plataformas por las cuentas indicadas (18 U.S.C. § 2703(f))."),
    ("emergency", "Danger now", "Peligro inmediato"),
    ("wrote", "wrote", "escribió"),
    ("captured", "Captured", "Capturado"),
    ("figure_alt", "Exhibits in the order written, with lines for replies, quotes and reposts: {ties}", "Pruebas en el orden escrito, con líneas de respuestas, citas y reenvíos: {ties}"),
    ("out.captures", "Original captures", "Capturas originales"),
    ("out.captures_kind", "This kind of recipient does not get captures; their digests are listed, and counsel holds them.", "Este tipo de destinatario no recibe capturas; constan sus resúmenes y las tiene el abogado."),
    ("out.captures_others", "{count} capture(s) also hold posts of people not concerned; they go to counsel and prosecutor only.", "{count} captura(s) contienen también publicaciones de terceros; solo van al abogado y a la fiscalía."),
    ("out.captures_private", "{count} capture(s) hold private data that this recipient must not see.", "{count} captura(s) contienen datos privados que este destinatario no debe ver."),
    ("out.captures_missing", "{count} capture(s) could not be read from the case. Run “redress verify” on it.", "{count} captura(s) no pudieron leerse del caso. Ejecute «redress verify» sobre él."),
    ("out.pictures", "Pictures", "Imágenes"),
    ("out.pictures_why", "{count} picture(s) nobody has yet looked at and covered.", "{count} imagen(es) que nadie ha mirado ni cubierto todavía."),
    ("out.privileged", "Privileged items", "Elementos privilegiados"),
    ("out.privileged_why", "{count} exhibit(s) marked as privileged by a person: {names}.", "{count} prueba(s) marcadas como privilegiadas por una persona: {names}."),
    ("out.proposals", "Unconfirmed proposals", "Propuestas sin confirmar"),
    ("out.proposals_why", "{count} finding(s) that no person confirmed.", "{count} hallazgo(s) que ninguna persona confirmó."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_judge_nobody() {
        for (key, en, es) in WORDS.iter().chain(SHORT) {
            for word in [
                "illegal",
                "guilty",
                "committed",
                "crime",
                "criminal",
                "perpetrator",
                "suspect",
                "ilegal",
                "culpable",
                "cometi",
                "delito",
            ] {
                assert!(
                    !en.to_lowercase().contains(word) && !es.to_lowercase().contains(word),
                    "{key}: {word}"
                );
            }
            assert!(!en.is_empty() && !es.is_empty(), "{key} lacks a language");
        }
    }

    #[test]
    fn no_key_stands_twice() {
        let mut keys: Vec<&str> = WORDS.iter().chain(SHORT).map(|(key, _, _)| *key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
