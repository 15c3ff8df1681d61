//! Why something could not be done, as the app says it: in Spanish, and in English without the command line.
//!
//! Actions say it in English sentences, some with names and numbers in them. Each such sentence has a line here, with `{}`
//! where a value stands; values are carried over in their order. Where the English of the app is empty, the action's own
//! sentence is shown.

use super::{Lang, Say};

/// Returns a sentence of an action as the app says it.
pub fn said(words: &str, t: Lang) -> String {
    match known(words) {
        Some((say, _)) if t.say(say).is_empty() => words.to_owned(),
        Some((say, values)) => {
            // A value may itself be a sentence with a line here.
            let inside = |value: &&str| known(value).map_or_else(|| (*value).to_owned(), |_| said(value, t));
            filled(t.say(say), &values.iter().map(inside).collect::<Vec<_>>())
        }
        None if t == Lang::En => words.to_owned(),
        None => format!("Redress no pudo hacerlo. Dijo (en inglés): {words}"),
    }
}

/// Returns the line of a sentence and its values; of several that fit, the one that says most itself.
fn known(words: &str) -> Option<(Say, Vec<&str>)> {
    let fit =
        SENTENCES.iter().filter_map(|(pattern, say)| Some((pattern.len(), *say, values(pattern, words)?)));
    fit.max_by_key(|(length, ..)| *length).map(|(_, say, values)| (say, values))
}

/// Returns the values that stand where the pattern has `{}`; `None` where the words are others.
fn values<'a>(pattern: &str, words: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = words.strip_prefix(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        let end = if last { rest.len().checked_sub(part.len())? } else { rest.find(part)? };
        if !rest.is_char_boundary(end) || !rest[end..].starts_with(part) {
            return None;
        }
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(found)
}

fn filled(template: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let mut out = String::new();
    for (at, part) in template.split("{}").enumerate() {
        if at > 0 {
            out.push_str(values.next().map_or("", String::as_str));
        }
        out.push_str(part);
    }
    out
}

/// The sentences: as an action says it, as the app does.
pub(super) const SENTENCES: &[(&str, Say)] = &[
    // The case and its folder.
    ("{} “{}” failed: {}. {}", Say("", "{} “{}” no se pudo: {}. {}")),
    ("Reading", Say("", "Leer")),
    ("Writing", Say("", "Escribir")),
    (
        "The disk is full: make room and try again; nothing was lost.",
        Say("", "El disco está lleno: haga espacio e inténtelo otra vez; no se perdió nada."),
    ),
    ("Check who may read and write there.", Say("", "Revise quién puede leer y escribir allí.")),
    ("Check the disk, and try again.", Say("", "Revise el disco e inténtelo otra vez.")),
    (
        "“{}” is not a case: it has no case.toml. Make one with `redress new`, or name the folder that holds it.",
        Say(
            "“{}” is not a case: it has no case.toml. Choose another folder, or make a new case.",
            "“{}” no es un caso: no tiene case.toml. Elija otra carpeta o cree un caso nuevo.",
        ),
    ),
    (
        "“{}” already exists and is not an empty folder. Choose another name; nothing was changed.",
        Say("", "“{}” ya existe y no es una carpeta vacía. Elija otro nombre; nada cambió."),
    ),
    (
        "Another redress is using this case; a window of the app (`redress serve`) counts as one. Wait for it to end, or close it, then try again.",
        Say(
            "Another Redress is using this case. Close it, or wait for it to end, then try again.",
            "Otro Redress está usando este caso. Ciérrelo o espere a que termine, e inténtelo otra vez.",
        ),
    ),
    (
        "This case has format {}; this redress reads up to {}. Get a newer redress.",
        Say("", "Este caso tiene el formato {}; este Redress lee hasta el {}. Consiga un Redress más nuevo."),
    ),
    (
        "“{}” cannot be read: {}. Mend that line; a copy of the file as redress writes it is in the documentation.",
        Say(
            "",
            "No se puede leer “{}”: {}. Arregle esa línea; en la documentación hay una copia del archivo tal como lo escribe Redress.",
        ),
    ),
    (
        "The ledger of this case does not fit its signed checkpoint: {}. Do not go on working with this copy; compare it with a backup.",
        Say(
            "",
            "El registro de este caso no coincide con su punto de control firmado: {}. No siga trabajando con esta copia; compárela con un respaldo.",
        ),
    ),
    (
        "The bytes {} are missing or were changed. Restore `objects` from a backup.",
        Say("", "Los bytes {} faltan o se cambiaron. Restaure la carpeta objects desde un respaldo."),
    ),
    ("The object {} does not read as {}: {}.", Say("", "El objeto {} no se lee como {}: {}.")),
    (
        "The index of this case could not be used: {}. Delete index.sqlite and run `redress rebuild`; nothing is lost.",
        Say(
            "The index of this case could not be used: {}. Close Redress, delete index.sqlite in the case's folder and open the case again; nothing is lost.",
            "No se pudo usar el índice de este caso: {}. Cierre Redress, borre index.sqlite en la carpeta del caso y ábralo otra vez; no se pierde nada.",
        ),
    ),
    (
        "The index of this case holds {} that does not read. Run `redress rebuild`.",
        Say(
            "The index of this case holds {} that does not read. Close Redress, delete index.sqlite in the case's folder and open the case again; nothing is lost.",
            "El índice de este caso contiene {} que no se lee. Cierre Redress, borre index.sqlite en la carpeta del caso y ábralo otra vez; no se pierde nada.",
        ),
    ),
    ("The index holds {} that cannot be read.", Say("", "El índice contiene {} que no se puede leer.")),
    (
        "The signing key of this case could not be used: {}.",
        Say("", "No se pudo usar la clave de firma de este caso: {}."),
    ),
    (
        "it is another key than the one the ledger names",
        Say("", "es otra clave que la que nombra el registro"),
    ),
    ("“{}” does not read", Say("", "“{}” no se lee")),
    (
        "This computer gave no random bytes for a key: {}.",
        Say("", "Esta computadora no dio bytes al azar para una clave: {}."),
    ),
    (
        "That checkpoint is not one of this case's ledger: {}. Take one that `redress stamp` or this case made.",
        Say(
            "That checkpoint is not one of this case's ledger: {}. Take one that this case made.",
            "Ese punto de control no es del registro de este caso: {}. Use uno que haya hecho este caso.",
        ),
    ),
    (
        "This case is locked with a passphrase. Unlock it first: redress unlock “{}”. `redress verify` works without.",
        Say(
            "This case is locked with a passphrase. Unlock it first: “{}”.",
            "Este caso está cerrado con una frase de paso. Ábralo primero: “{}”.",
        ),
    ),
    (
        "{} this case was interrupted half way. Nothing is lost: run `redress lock “{}”` to finish locking, or `redress unlock “{}”` to open it.",
        Say(
            "{} this case was interrupted half way. Nothing is lost: open it with its passphrase, then lock it again. The case: “{}”",
            "{} este caso se interrumpió a la mitad. No se perdió nada: ábralo con su frase de paso y ciérrelo otra vez. El caso: “{}”",
        ),
    ),
    ("Locking", Say("", "Cerrar")),
    ("Unlocking", Say("", "Abrir")),
    (
        "The passphrase is not the one this case was locked with. Nothing was changed; try again.",
        Say("", "No es la frase de paso con la que se cerró este caso. Nada cambió; inténtelo otra vez."),
    ),
    (
        "The locked file “{}” does not read: {}. Restore it from a backup.",
        Say("", "El archivo cifrado “{}” no se lee: {}. Restáurelo desde un respaldo."),
    ),
    ("This case is locked already. Nothing was changed.", Say("", "Este caso ya está cerrado. Nada cambió.")),
    ("This case is not locked. Nothing was changed.", Say("", "Este caso no está cerrado. Nada cambió.")),
    (
        "There are no bytes {} in this case. `redress erase CASE` lists what there is.",
        Say("There are no bytes {} in this case.", "No hay bytes {} en este caso."),
    ),
    ("There is no post {} in this case.", Say("", "No hay una publicación {} en este caso.")),
    ("This import was already written.", Say("", "Este archivo ya se guardó.")),
    (
        "The bytes of this import have not all arrived.",
        Say("", "No llegaron todos los bytes de este archivo."),
    ),
    (
        "“{}” could not be {}: {}. Check the name and who may use it.",
        Say("", "“{}” no se pudo usar ({}): {}. Revise el nombre y quién puede usarlo."),
    ),
    ("the reader of the output has gone", Say("", "quien leía la salida se fue")),
    (
        "The passphrase is empty. Choose several words that you can remember and nobody can guess; nothing was changed.",
        Say(
            "",
            "La frase de paso está vacía. Elija varias palabras que pueda recordar y nadie pueda adivinar; nada cambió.",
        ),
    ),
    (
        "A result could not be worked out.",
        Say(
            "A result could not be worked out. Load the page again.",
            "No se pudo calcular un resultado. Cargue la página otra vez.",
        ),
    ),
    // Making a case, taking in, looking through.
    (
        "“{}” is no state. Write its two letters, like PA; DC and the territories count.",
        Say("", "“{}” no es un estado. Escriba sus dos letras, como PA; DC y los territorios cuentan."),
    ),
    (
        "“{}” is no language redress writes. Use en or es.",
        Say(
            "“{}” is no language Redress writes. Choose English or Spanish.",
            "“{}” no es un idioma que Redress escriba. Elija inglés o español.",
        ),
    ),
    (
        "“{}” is no day. Write it as year-month-day, like 2027-11-30.",
        Say("", "“{}” no es un día. Escríbalo como año-mes-día, por ejemplo 2027-11-30."),
    ),
    (
        "Nothing is asked of this file. Go back and choose again.",
        Say("", "De este archivo no se pregunta nada. Vuelva y elija otra vez."),
    ),
    (
        "No clock is more than 14 hours from UTC. Choose a place from the list.",
        Say("", "Ningún reloj está a más de 14 horas de UTC. Elija un lugar de la lista."),
    ),
    (
        "A part of the import stopped without saying why.",
        Say(
            "A part of the work stopped without saying why. Try again.",
            "Una parte del trabajo se detuvo sin decir por qué. Inténtelo otra vez.",
        ),
    ),
    (
        "Reading the pictures stopped without saying why.",
        Say(
            "Reading the pictures stopped without saying why. Try again.",
            "La lectura de las imágenes se detuvo sin decir por qué. Inténtelo otra vez.",
        ),
    ),
    (
        "What was read in “{}” cannot be read back: {}. Run `redress rebuild CASE`.",
        Say(
            "What was read in “{}” cannot be read back: {}. Let Redress look through it again.",
            "Lo que se leyó en “{}” no se puede releer: {}. Deje que Redress lo revise otra vez.",
        ),
    ),
    (
        "There is no read picture “{}” in this case. See `redress pictures CASE`; after an import, run `redress scan CASE` first.",
        Say(
            "There is no read picture “{}” in this case. Let Redress look through it first.",
            "No hay una imagen leída “{}” en este caso. Primero deje que Redress lo revise.",
        ),
    ),
    (
        "“{}” names several pictures. Write more of the digest that `redress pictures CASE` shows.",
        Say(
            "“{}” names several pictures. Write more of its digest.",
            "“{}” nombra varias imágenes. Escriba más de su huella.",
        ),
    ),
    ("The detectors could not be named: {}.", Say("", "No se pudieron nombrar los detectores: {}.")),
    (
        "{} is a pipe, socket or device, not a file or folder. Copy what it gives into a file, then import that.",
        Say(
            "",
            "{} es una tubería, un socket o un dispositivo, no un archivo ni una carpeta. Copie lo que da a un archivo e importe ese.",
        ),
    ),
    ("The posts could not be traced: {}.", Say("", "No se pudieron trazar las publicaciones: {}.")),
    ("A table of the map could not be written: {}.", Say("", "No se pudo escribir una tabla del mapa: {}.")),
    (
        "There is no post {} in this case. Write a key as `redress review CASE list` shows it.",
        Say(
            "There is no post {} in this case. Go back and choose again.",
            "No hay una publicación {} en este caso. Vuelva y elija otra vez.",
        ),
    ),
    (
        "“{}” does not say what was served: {}. Write ACCOUNT,WHEN,CAPTURE: an account as `redress trace` shows it, a time such as 2025-11-10T15:00:00Z, and the SHA-256 of the imported letter or receipt (its first digits are enough).",
        Say("“{}” does not say what was served: {}.", "“{}” no dice qué se notificó: {}."),
    ),
    (
        "“{}” in speaker_states of case.toml is no state. Write two letters each, like speaker_states = [\"RI\"].",
        Say(
            "",
            "“{}” en speaker_states de case.toml no es un estado. Escriba dos letras, como speaker_states = [\"RI\"].",
        ),
    ),
    (
        "“{}” in learned of case.toml is no day. Write it like learned = \"2026-10-30\".",
        Say("", "“{}” en learned de case.toml no es un día. Escríbalo así: learned = \"2026-10-30\"."),
    ),
    // Reviewing.
    (
        "“{}” is no finding's id. Copy one from `redress review CASE list`; four digits of it are enough.",
        Say(
            "There is no such finding. Go back to the list and choose again.",
            "No existe ese hallazgo. Vuelva a la lista y elija otra vez.",
        ),
    ),
    (
        "There is no finding “{}” in this case. See `redress review CASE list`.",
        Say(
            "There is no finding “{}” in this case. Go back to the list and choose again.",
            "No hay un hallazgo “{}” en este caso. Vuelva a la lista y elija otra vez.",
        ),
    ),
    (
        "“{}” is the beginning of several findings' ids. Write more of it.",
        Say("", "“{}” es el principio de varios hallazgos. Escriba más."),
    ),
    (
        "There is no such finding in this case. Go back to the list and choose again.",
        Say("", "No existe ese hallazgo en este caso. Vuelva a la lista y elija otra vez."),
    ),
    (
        "A finding stands on a post that is not in the case.",
        Say("", "Un hallazgo se apoya en una publicación que no está en el caso."),
    ),
    (
        "There is no such picture on this post. Go back and choose again.",
        Say("", "No existe esa imagen en esta publicación. Vuelva y elija otra vez."),
    ),
    (
        "It is of that kind already. Choose another kind, or confirm it.",
        Say("", "Ya es de ese tipo. Elija otro tipo o confírmelo."),
    ),
    (
        "Say what is exposed where private data is exposed, and only there.",
        Say("", "Diga qué se muestra donde se muestran datos privados, y solo allí."),
    ),
    (
        "There is no such account in this case. Go back to the list and choose again.",
        Say("", "No existe esa cuenta en este caso. Vuelva a la lista y elija otra vez."),
    ),
    (
        "{} Save it as PNG or JPEG and choose it again.",
        Say("", "{} Guárdela como PNG o JPEG y elíjala otra vez."),
    ),
    (
        "This picture has too little in it to be told from others. Choose one that shows more.",
        Say("", "Esta imagen muestra demasiado poco para distinguirla de otras. Elija una que muestre más."),
    ),
    (
        "This picture has {} bytes; redress reads at most {}.",
        Say("", "Esta imagen tiene {} bytes; Redress lee como máximo {}."),
    ),
    (
        "This picture says it is {} by {} pixels; redress reads at most {} pixels and {} a side.",
        Say(
            "",
            "Esta imagen dice tener {} por {} píxeles; Redress lee como máximo {} píxeles y {} por lado.",
        ),
    ),
    (
        "This is a {} file, which redress cannot read as a picture.",
        Say("", "Es un archivo {}, que Redress no puede leer como imagen."),
    ),
    (
        "These bytes are not a picture redress knows (PNG, JPEG, WebP or GIF).",
        Say("", "Este archivo no es una imagen que Redress conozca (PNG, JPEG, WebP o GIF)."),
    ),
    (
        "This picture is damaged and cannot be decoded ({}).",
        Say("", "Esta imagen está dañada y no se puede leer ({})."),
    ),
    // Writing down, the plan, reports.
    (
        "{} incidents were given; from 1 to {} can be written down at once. Split the list.",
        Say("", "Se dieron {} sucesos; se pueden anotar de 1 a {} a la vez. Divida la lista."),
    ),
    (
        "“{}” has not come yet: for this computer it is {}. Look at the year, the month and the day, or at the computer's clock.",
        Say(
            "",
            "“{}” todavía no ha llegado: para esta computadora es {}. Mire el año, el mes y el día, o el reloj de la computadora.",
        ),
    ),
    (
        "“{}” is more than a hundred years ago. Look at the year, and write it with four digits.",
        Say("", "“{}” fue hace más de cien años. Mire el año y escríbalo con cuatro cifras."),
    ),
    (
        "“{}” is not one of {}. Say with one of these words what happened.",
        Say("Choose what happened from the list.", "Elija de la lista qué pasó."),
    ),
    (
        "{}. Write when it happened, such as 2025-11-04 21:10, and --about where it is remembered.",
        Say(
            "{}. Write when it happened, such as 2025-11-04 21:10.",
            "No se puede leer la hora. Escriba cuándo pasó, por ejemplo 2025-11-04 21:10.",
        ),
    ),
    (
        "Nothing was said of what happened. Add the words with --words, or where it was with --place.",
        Say(
            "Nothing was said of what happened. Write the words, or where it was.",
            "No se dijo nada de lo que pasó. Escriba las palabras o dónde fue.",
        ),
    ),
    (
        "The recording “{}” cannot be read: {}. Check the name.",
        Say("", "No se puede leer la grabación “{}”: {}. Revise el nombre."),
    ),
    ("The recording “{}” cannot be read: {}.", Say("", "No se puede leer la grabación “{}”: {}.")),
    (
        "The recording “{}” is no file from 1 byte to 1 GiB. Name the file itself, or a shorter one.",
        Say(
            "",
            "La grabación “{}” no es un archivo de 1 byte a 1 GiB. Elija el archivo mismo o uno más corto.",
        ),
    ),
    (
        "Where several people spoke, each needs a name or description and their words.",
        Say("", "Donde hablaron varias personas, cada una necesita un nombre o descripción y sus palabras."),
    ),
    (
        "This computer's clock shows no date. Set the clock and try again.",
        Say("", "El reloj de esta computadora no muestra fecha. Ponga la hora e inténtelo otra vez."),
    ),
    (
        "“{}” is somebody to tell and no step. Write down what you reported with `redress report CASE add --to {} --when …`; the steps stand above, by hour, day and week. Nothing was marked.",
        Say(
            "“{}” is somebody to tell and no step. Write down what you reported below the plan. Nothing was marked.",
            "“{}” es alguien a quien avisar, no un paso. Anote lo que denunció debajo del plan. No se marcó nada.",
        ),
    ),
    (
        "“{}” is no step of the plan. Copy the word in brackets from `redress plan CASE`; nothing was marked.",
        Say(
            "“{}” is no step of the plan. Load the plan again; nothing was marked.",
            "“{}” no es un paso del plan. Cargue el plan otra vez; no se marcó nada.",
        ),
    ),
    ("Write to whom it went.", Say("", "Escriba a quién se envió.")),
    (
        "“{}” is no recipient redress knows. Write a platform, like x or facebook, or one of: {}.",
        Say(
            "",
            "“{}” no es un destinatario que Redress conozca. Escriba una plataforma, como x o facebook, o uno de estos: {}.",
        ),
    ),
    (
        "“{}” is no rule redress knows. `redress plan CASE --json` lists the platform rules and `redress elements CASE` the laws of this case, with their ids.",
        Say("“{}” is no rule Redress knows.", "“{}” no es una regla que Redress conozca."),
    ),
    (
        "{} lies in the future. Write when it was reported.",
        Say("", "{} está en el futuro. Escriba cuándo se denunció."),
    ),
    (
        "There is no report “{}” in this case. See `redress report CASE list`.",
        Say(
            "There is no report “{}” in this case. Load the plan again.",
            "No hay una denuncia “{}” en este caso. Cargue el plan otra vez.",
        ),
    ),
    (
        "“{}” is the beginning of several reports' ids. Write more of it.",
        Say("", "“{}” es el principio de varias denuncias. Escriba más."),
    ),
    (
        "The answer of {} would come before the report itself. Check the day.",
        Say("", "La respuesta del {} llegaría antes que la denuncia. Revise el día."),
    ),
    (
        "A report that was just answered cannot be read back.",
        Say("", "Una denuncia recién contestada no se puede releer."),
    ),
    (
        "There is no exhibit EX-{} in this case. Confirm findings first: redress review CASE.",
        Say(
            "There is no exhibit EX-{} in this case. Confirm findings first, under Review.",
            "No hay un anexo EX-{} en este caso. Confirme primero hallazgos, en Revisar.",
        ),
    ),
    (
        "There is no exhibit EX-{} in this case. Nothing was changed.",
        Say("", "No hay un anexo EX-{} en este caso. Nada cambió."),
    ),
    // Packages.
    (
        "“{}” already exists. Choose another name for the package; nothing was changed.",
        Say("", "“{}” ya existe. Elija otro nombre para el paquete; nada cambió."),
    ),
    ("The package could not be bagged: {}.", Say("", "No se pudo armar el paquete: {}.")),
    ("The package could not be zipped: {}.", Say("", "No se pudo comprimir el paquete: {}.")),
    ("The package has no manifest.", Say("", "El paquete no tiene lista.")),
    ("There is no free name for the package.", Say("", "No hay un nombre libre para el paquete.")),
    (
        "The package {} is larger than 200 MB and is not handed out as one file. Copy its folder instead.",
        Say("", "El paquete {} pasa de 200 MB y no se entrega como un solo archivo. Copie su carpeta."),
    ),
    (
        "No package was written: `private.toml` in the case names nothing to protect, so nothing would be covered in what goes to the public. Write there the names, addresses, telephone numbers and plates of the person and the family, and export again.",
        Say(
            "No package was written: Redress does not know yet what must never leak, so nothing would be covered in what goes to the public. Say it first: names, addresses, telephone numbers and plates of the person and the family.",
            "No se escribió ningún paquete: Redress aún no sabe qué no debe filtrarse nunca, así que nada quedaría tapado en lo que sale al público. Dígalo primero: nombres, direcciones, teléfonos y matrículas de la persona y su familia.",
        ),
    ),
    (
        "No package was written: the capture {} is not what it was when it was kept. Run `redress verify` on the case.",
        Say(
            "No package was written: the capture {} is not what it was when it was kept. Have the case checked under Custody.",
            "No se escribió ningún paquete: la captura {} no es lo que era cuando se guardó. Haga revisar el caso en Custodia.",
        ),
    ),
    (
        "No package was written: {} would show something private. Add it to private.toml or to the redaction map (`redress redact`), or cover the picture.",
        Say(
            "No package was written: {} would show something private. Add it to what must never leak, or leave the exhibit out.",
            "No se escribió ningún paquete: {} mostraría algo privado. Añádalo a lo que nunca debe filtrarse o deje fuera el anexo.",
        ),
    ),
    ("No package was written: {}", Say("No package was written: {}", "No se escribió ningún paquete: {}")),
    (
        "there is no confirmed exhibit to hand over. Confirm at least one finding with “redress review”.",
        Say(
            "nothing is confirmed yet. Confirm at least one finding under Review.",
            "todavía no hay nada confirmado. Confirme al menos un hallazgo en Revisar.",
        ),
    ),
    (
        "{} would show a private {}. The package was not written; add it to the redaction map or leave the exhibit out.",
        Say(
            "{} would show a private {}. Add it to what must never leak, or leave the exhibit out.",
            "{} mostraría un dato privado ({}). Añádalo a lo que nunca debe filtrarse o deje fuera el anexo.",
        ),
    ),
    ("the document “{}” could not be set: {}", Say("", "no se pudo componer el documento “{}”: {}")),
    ("the redacted dossier could not be read back: {}", Say("", "no se pudo releer lo tapado: {}")),
    (
        "The exhibits stand on several platforms: {}. Name one with --platform, so that none learns of the others' posts.",
        Say(
            "The exhibits stand on several platforms: {}. Choose one, so that none learns of the others' posts.",
            "Los anexos están en varias plataformas: {}. Elija una, para que ninguna sepa de las publicaciones de las otras.",
        ),
    ),
    // Checking.
    (
        "“{}” holds no certificate. Give a PEM file that begins with -----BEGIN CERTIFICATE-----.",
        Say(
            "",
            "“{}” no contiene un certificado. Dé un archivo PEM que empiece con -----BEGIN CERTIFICATE-----.",
        ),
    ),
    (
        "“{}” is neither a case (no case.toml) nor a package (no bagit.txt). Name the folder that holds one.",
        Say(
            "",
            "“{}” no es un caso (sin case.toml) ni un paquete (sin bagit.txt). Elija la carpeta que contiene uno.",
        ),
    ),
];
