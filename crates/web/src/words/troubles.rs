//! What can be wrong with a file, in Spanish: one line for each code of a trouble or a refusal, what it means and what to
//! do. Numbers and names of the English sentence stand beside it on the page as code and place.
//!
//! Codes of archives and load files share what to do, by the word before the dot. In English the sentences of the readers
//! are shown; `ENGLISH` replaces those that name the command line.

use values::Trouble;

use super::{Lang, containers};

/// Returns what a trouble means and what to do.
pub fn trouble(trouble: &Trouble, t: Lang) -> String {
    refusal(&trouble.code, &trouble.what, &trouble.next, t)
}

/// Returns why a file was refused and what to do; `what` and `next` are the reader's own words.
pub fn refusal(code: &str, what: &str, next: &str, t: Lang) -> String {
    let found =
        |list: &[(&str, &'static str)]| list.iter().find(|(known, _)| *known == code).map(|(_, say)| *say);
    match t {
        Lang::En => match found(ENGLISH) {
            Some(say) => say.to_owned(),
            None => format!("{what} {next}"),
        },
        Lang::Es => match (found(SPANISH).or_else(|| found(containers::SPANISH)), family(code)) {
            (Some(say), Some(next)) => format!("{say} {next}"),
            (Some(say), None) => say.to_owned(),
            // A test refuses a code without its line; of a case from a later Redress one may come all the same.
            (None, _) => format!("{OTHER} {what} {next}"),
        },
    }
}

const OTHER: &str = "Redress encontró esto en el archivo (en inglés):";

/// What to do about codes that begin so, in Spanish.
fn family(code: &str) -> Option<&'static str> {
    let (word, _) = code.split_once('.')?;
    FAMILIES.iter().find(|(known, _)| *known == word).map(|(_, say)| *say)
}

const FAMILIES: &[(&str, &str)] = &[
    ("bag", "Pida el paquete otra vez a quien lo hizo y guarde este al lado."),
    ("dat", "Pida el archivo de carga otra vez a quien lo hizo y guarde este al lado."),
    ("opt", "Pida el archivo de carga otra vez a quien lo hizo y guarde este al lado."),
    ("loadfile", "Pida el archivo de carga otra vez a quien lo hizo y guarde este al lado."),
    ("http", "El registro queda tal como se recibió; no hay que hacer nada más."),
    ("wacz", "Pida la captura tal como se hizo y guarde esta al lado."),
    ("warc", "Pida la captura tal como se hizo y guarde esta al lado."),
    ("zip", "Pida los archivos sueltos o el ZIP tal como se hizo, y guarde este al lado."),
];

/// English for the app, where the reader's own words name the command line.
const ENGLISH: &[(&str, &str)] = &[
    (
        "file.time_limit",
        "Reading this file took too long and was stopped. It is kept whole; what was read until then is in the case, and what follows in it is not. Split it and save the parts.",
    ),
    (
        "archive.time_limit",
        "Reading this archive took too long, and not all of it was read. It is kept whole. Unpack it and save what is inside.",
    ),
    (
        "csv.day_or_month",
        "Whether the first number of a date here is the day or the month is not said: both readings are kept and shown. You can say it under Save.",
    ),
    (
        "whatsapp.day_or_month",
        "Whether the first number of a date here is the day or the month depends on the phone: both readings are kept and shown. You can say it under Save.",
    ),
    (
        "time.no_zone",
        "The times in this file are local to a place it does not name; the true time may be up to 14 hours off. You can say under Save where that clock was.",
    ),
    (
        "csv.no_such_column",
        "The table has no column of that name. Look at the first line of the table, and write the column as it stands there.",
    ),
    (
        "format.no_such",
        "There is no such format. Save the file here as it is; Redress looks at what it holds.",
    ),
    (
        "format.not_as_said",
        "The file is not of the kind it was said to be. Save it here as it is; Redress looks at what it holds.",
    ),
    (
        "format.unknown",
        "Redress does not know what this file is. It is kept as it is, under its digest, and nothing was read from it. If it opens on a screen, a screenshot of it can be saved too.",
    ),
    (
        "json.broken",
        "The file should be JSON and breaks its rules before anything could be read. Make the export again, and keep this one beside it.",
    ),
    (
        "snscrape.other_platform",
        "These records are of another platform, whose records of this program are not read. Capture the posts again from their pages.",
    ),
    (
        "picture.unreadable",
        "A picture could not be read from the case. Have the case checked under Custody, and save the picture again.",
    ),
    (
        "picture.gone",
        "A picture could not be read from the case. Have the case checked under Custody, and save the picture again.",
    ),
    (
        "zip.entries",
        "The archive holds more files than Redress reads at once. Unpack it and save parts of it.",
    ),
    (
        "ocr.no_tesseract",
        "Nothing on this computer reads the text in pictures, so the pictures are kept and nothing in them was searched. Ask somebody to install the program Tesseract; then let Redress look through it again.",
    ),
    (
        "ocr.no_spanish",
        "Spanish text in pictures is read less well, because Spanish data of the program Tesseract is not installed. Ask somebody to install it.",
    ),
    (
        "ocr.not_started",
        "The program that reads text in pictures (Tesseract) could not be started. Ask somebody to install it again.",
    ),
];

const SPANISH: &[(&str, &str)] = &[
    (
        "meta.pages",
        "Las páginas de esta descarga dan horas sin zona y nombran las cuentas solo por el nombre que muestran. Pida a Meta la descarga otra vez en formato JSON y guarde ambas.",
    ),
    (
        "meta.time",
        "La hora de esta entrada está escrita de una forma que Redress no lee. Pida a Meta la descarga otra vez en formato JSON, que cuenta los segundos.",
    ),
    (
        "format.no_posts_here",
        "Esta parte de una exportación no contiene publicaciones y se guarda tal como está. No hay que hacer nada: acompaña a las otras partes.",
    ),
    (
        "file.time_limit",
        "Leer este archivo tardó demasiado y se detuvo. Se guarda entero; lo leído hasta entonces está en el caso y lo que sigue no. Divídalo y guarde las partes.",
    ),
    (
        "archive.time_limit",
        "Leer este archivo comprimido tardó demasiado y no se leyó todo. Se guarda entero. Descomprímalo y guarde lo que hay dentro.",
    ),
    (
        "brandwatch.no_words",
        "Esta fila da la dirección de una publicación y no sus palabras: la plataforma no lo permite o no se eligieron las columnas. Abra la dirección y capture la publicación misma, mientras exista.",
    ),
    (
        "email.too_deep",
        "Hay correos adjuntos a correos, demasiadas veces; este se guarda y no se leyó. Guarde el correo adjunto como archivo propio.",
    ),
    (
        "email.attached",
        "Este correo venía adjunto a otro: sus encabezados son como los tenía quien lo adjuntó. Pida el original del buzón donde llegó.",
    ),
    (
        "reddit.deleted_later",
        "La colección dice que esto se borró después de recogerse; las palabras son las de la primera vez. Guárdelas bien: Reddit ya no las muestra a nadie.",
    ),
    (
        "x.deleted",
        "X avisó de que esta publicación se borró; el aviso dice cuándo y no contiene sus palabras. Busque una captura anterior o pida que se conserven por el número de la publicación.",
    ),
    (
        "x.stream_limit",
        "X no entregó todas las publicaciones: se escribió más de lo que dio. No cuente con este archivo; busque una colección hecha por búsqueda.",
    ),
    // Files as such.
    (
        "file.empty",
        "El archivo está vacío: no contiene ningún byte. Mire si la descarga o la copia terminó y guárdelo otra vez.",
    ),
    (
        "file.blank",
        "El archivo solo contiene ceros, como pasa cuando una copia se corta. Cópielo o descárguelo otra vez.",
    ),
    (
        "file.unreadable",
        "El archivo no se pudo leer hasta el final; lo anterior se leyó. Revise el disco o la memoria donde está y guárdelo otra vez.",
    ),
    (
        "file.too_large",
        "El archivo es más grande de lo que Redress lee de una vez. Divídalo o exporte una parte menor.",
    ),
    (
        "format.holds_nothing",
        "Redress no encontró en este archivo ninguna publicación, mensaje ni llamada. Mire si la exportación terminó. Se guarda tal como está: que no hubiera nada también puede importar.",
    ),
    (
        "format.no_such",
        "No existe ese formato. Guarde aquí el archivo tal como está; Redress mira lo que contiene.",
    ),
    (
        "format.not_as_said",
        "El archivo no es del tipo que se dijo. Guárdelo aquí tal como está; Redress mira lo que contiene.",
    ),
    (
        "format.unknown",
        "Redress no sabe qué es este archivo. Se guarda tal como está, con su huella SHA-256, y no se leyó nada de él. Si se abre en una pantalla, también puede guardar una captura.",
    ),
    (
        "line.too_long",
        "Una línea es más larga de lo que Redress lee de una vez y se saltó. Divida el archivo o mire si perdió sus saltos de línea.",
    ),
    (
        "text.half_character",
        "Un texto se cortó en medio de un carácter, que se muestra como “\u{FFFD}”. Busque una captura con el texto entero.",
    ),
    (
        "text.not_utf8",
        "Algunos bytes no son texto UTF-8; se muestran como “\u{FFFD}” y las palabras de alrededor pueden estar mal. Mire los bytes originales y pida una exportación en UTF-8.",
    ),
    (
        "text.utf16",
        "El archivo está en UTF-16 y se leyó como el mismo texto en UTF-8. No hay que hacer nada.",
    ),
    (
        "xml.cut_off",
        "El archivo se corta dentro de una entrada; las anteriores se leyeron. Haga la exportación otra vez y guarde este al lado.",
    ),
    (
        "json.broken",
        "El archivo debería ser JSON y rompe sus reglas antes de que se pudiera leer algo. Haga la exportación otra vez y guarde este al lado.",
    ),
    (
        "json.broken_line",
        "Esta línea no es JSON y no se leyó; las de alrededor sí. Mírela en el archivo original y exporte otra vez si falta una publicación.",
    ),
    (
        "json.cut_off",
        "El archivo se corta o está dañado; lo anterior se leyó y lo que sigue no. Haga la exportación otra vez y guarde este al lado.",
    ),
    (
        "json.too_deep",
        "El archivo anida más corchetes que cualquier exportación de una plataforma; puede estar hecho para bloquear programas. Pida la exportación otra vez a su origen.",
    ),
    ("json.depth", "Un JSON de la captura anida demasiado y no se leyó. Pida la captura tal como se hizo."),
    (
        "json.duplicate_key",
        "Un JSON de la captura repite una clave y los programas no coinciden en cuál vale. Pida la captura tal como se hizo.",
    ),
    (
        "json.size",
        "Un JSON de la captura es más grande que cualquiera honesto. Pida la captura tal como se hizo.",
    ),
    ("json.syntax", "Un JSON de la captura rompe sus reglas. Pida la captura tal como se hizo."),
    // Times.
    (
        "time.no_zone",
        "Las horas de este archivo son locales de un lugar que no nombra; la hora real puede variar hasta 14 horas. En Guardar puede decir dónde estaba ese reloj.",
    ),
    (
        "time.collector_clock",
        "El reloj de la computadora que capturó marca una hora anterior a la publicación: estaba mal. No confíe en las horas de captura de este archivo; busque otra captura.",
    ),
    (
        "time.disagrees_with_id",
        "La hora indicada no coincide con la que contiene el número de la publicación; una de las dos se cambió o se inventó. Use la hora en que el servidor la mostró por primera vez.",
    ),
    (
        "csv.day_or_month",
        "No se dice si el primer número de una fecha es el día o el mes: se guardan y se muestran ambas lecturas. Puede decirlo en Guardar.",
    ),
    (
        "whatsapp.day_or_month",
        "Si el primer número de una fecha es el día o el mes depende del teléfono: se guardan y se muestran ambas lecturas. Puede decirlo en Guardar.",
    ),
    (
        "whatsapp.two_orders",
        "Unas fechas solo se leen con el día primero y otras solo con el mes primero: se juntaron dos exportaciones o se cambió el archivo. Pida la exportación otra vez, de un solo teléfono, y guarde esta al lado.",
    ),
    (
        "whatsapp.order_proven",
        "El archivo contiene una fecha que solo se lee de una forma, y no es la que se dijo; se creyó al archivo. No hay que hacer nada, salvo que el archivo se haya cambiado.",
    ),
    (
        "whatsapp.runs_back",
        "Este mensaje tiene fecha de más de un día antes que el anterior. Puede ser un chat pegado, un reloj cambiado o un cambio en el archivo. Mire ese lugar en el teléfono y fotografíelo.",
    ),
    (
        "whatsapp.media_omitted",
        "No se exportó una imagen, un video o un sonido de este mensaje. Exporte el chat otra vez con archivos adjuntos.",
    ),
    // Tables.
    ("csv.broken", "La tabla se corta. Expórtela otra vez y guarde esta al lado."),
    ("csv.no_id", "Esta fila no tiene un número exacto y no se leyó. Busque la publicación en otra captura."),
    (
        "csv.no_such_column",
        "La tabla no tiene una columna con ese nombre. Mire la primera línea de la tabla y escriba la columna como está allí.",
    ),
    (
        "csv.no_table",
        "El archivo debería ser una tabla y ni siquiera tiene encabezado. Mire si la exportación terminó y guárdelo otra vez.",
    ),
    (
        "csv.prefer_ndjson",
        "Esta tabla deja fuera mucho de lo que se recogió. Pida a quien la hizo el archivo .ndjson del que salió.",
    ),
    (
        "csv.reply_untied",
        "La tabla dice que esto es una respuesta, pero no a qué publicación. Pida el .ndjson del que salió, que sí lo dice.",
    ),
    (
        "csv.research_table",
        "La tabla la hizo un programa de investigación: redondeó números y cortó horas. Abra por su dirección cada publicación importante y captúrela otra vez.",
    ),
    (
        "csv.rounded_id",
        "El número de la publicación estaba redondeado; el exacto se tomó de la dirección. Use los números que muestra Redress, no los de la tabla.",
    ),
    (
        "csv.row_width",
        "Esta fila no tiene las mismas celdas que el encabezado; pueden estar en la columna equivocada. Compare la fila con el archivo original.",
    ),
    (
        "csv.shifted_row",
        "Las celdas de esta fila estaban corridas; se leyeron donde corresponden. Compare la fila con el archivo original antes de confiar en sus números.",
    ),
    (
        "csv.tied_by_rounding",
        "Algunas respuestas nombran la publicación con un número redondeado; cada una se unió a la única que coincide. Abra en X las respuestas importantes y mire a qué contestan.",
    ),
    (
        "csv.time",
        "La hora de esta fila no está escrita de una forma que Redress lea; la publicación queda sin hora. Escriba la columna como 2025-11-04 15:02 y guarde la tabla otra vez, junto a esta.",
    ),
    // Archives.
    (
        "archive.bomb",
        "El archivo comprimido crece sin medida al abrirse; puede estar hecho para dañar. No lo abra; pida los archivos otra vez.",
    ),
    (
        "archive.broken",
        "El archivo comprimido está dañado y no se pudo abrir. Descárguelo o cópielo otra vez.",
    ),
    (
        "archive.cut_off",
        "El archivo comprimido se corta o está dañado; lo anterior se leyó. Descárguelo o cópielo otra vez.",
    ),
    (
        "archive.holds_session",
        "El archivo comprimido contiene una sesión iniciada de quien lo hizo. Cierre sesión en la plataforma y entre otra vez, y no se lo dé a nadie que no lo necesite.",
    ),
    (
        "archive.member_too_large",
        "Un archivo de dentro es demasiado grande para abrirlo aquí. Descomprima y guarde ese archivo por separado.",
    ),
    (
        "archive.method",
        "Un archivo de dentro está comprimido de una forma que Redress no lee. Descomprima con el programa que lo hizo y guarde lo que hay dentro.",
    ),
    (
        "archive.not_files",
        "Dentro hay enlaces u otras cosas que no son archivos; no se siguieron. Si falta un archivo, comprima otra vez con los archivos mismos.",
    ),
    (
        "archive.refused",
        "El archivo comprimido no es sano y no se abrió. Pida los archivos sueltos o descárguelo otra vez.",
    ),
    (
        "archive.too_deep",
        "Hay comprimidos dentro de comprimidos, demasiadas veces. Descomprima los de fuera y guarde lo que hay dentro.",
    ),
    (
        "zip.bomb",
        "El ZIP crece sin medida al abrirse; puede estar hecho para dañar. No lo abra con otros programas.",
    ),
    ("zip.crc", "La suma de control de un archivo no coincide con su contenido: sus bytes cambiaron."),
    ("zip.data", "Los datos comprimidos de un archivo están dañados."),
    ("zip.directory", "La lista de archivos del ZIP no es como debe ser."),
    (
        "zip.duplicate_name",
        "Dos archivos tienen el mismo nombre; dos programas pueden mostrar contenidos distintos.",
    ),
    ("zip.empty", "El ZIP está vacío: no contiene pruebas."),
    ("zip.encrypted", "Un archivo está cifrado y nadie puede revisarlo. Guárdelo también sin contraseña."),
    (
        "zip.entries",
        "El ZIP contiene más archivos de los que Redress lee de una vez. Descomprímalo y guarde sus partes.",
    ),
    ("zip.gap", "Entre los archivos hay bytes que no son de ninguno: algo puede estar oculto o borrado."),
    ("zip.local_header", "Un archivo dice una cosa en la lista y otra en su lugar."),
    ("zip.method", "Un archivo está comprimido de una forma que aquí no se lee."),
    ("zip.multi_disk", "El ZIP es una de varias partes. Guarde todas las partes juntas."),
    ("zip.name_case", "Dos nombres solo se distinguen por mayúsculas o acentos."),
    (
        "zip.name_encoding",
        "Los nombres se leyeron con un alfabeto antiguo; los acentos pueden estar mal. El contenido está como se comprimió.",
    ),
    ("zip.overlap", "Dos archivos ocupan el mismo lugar dentro del ZIP."),
    ("zip.path", "Un archivo tiene una ruta que sale de su carpeta."),
    ("zip.prefix_bytes", "Antes del primer archivo hay bytes que no son de ninguno."),
    ("zip.size", "Un archivo dice un tamaño que no puede tener."),
    ("zip.special", "Dentro hay un dispositivo u otro archivo especial."),
    ("zip.suffix_bytes", "Después del final hay bytes que no son de ningún archivo."),
    ("zip.symlink", "Dentro hay un enlace a otro archivo."),
    ("zip.truncated", "El ZIP se corta antes de su final. Descárguelo o cópielo otra vez."),
    ("zip.two_ends", "El ZIP tiene dos finales y por eso dos listas de archivos."),
    (
        "strip.member_left_out",
        "Un archivo de dentro no se pudo abrir para buscar una sesión iniciada y se dejó fuera. Descomprima y guarde ese archivo por separado.",
    ),
    (
        "strip.too_large",
        "El archivo puede contener contraseñas o cookies de sesión y es demasiado grande para quitarlas. Expórtelo otra vez con menos páginas o divídalo.",
    ),
    // Pages and network logs.
    (
        "har.broken_answer",
        "El contenido de una respuesta se corta o está dañado; lo anterior se leyó. Guarde otra vez el HAR de la página.",
    ),
    (
        "har.no_bodies",
        "Respuestas de la plataforma se guardaron sin su contenido. Guarde otra vez con “Guardar todo como HAR con contenido”.",
    ),
    (
        "har.no_log",
        "El archivo debería ser un HAR y no contiene registro. Guárdelo otra vez con “Guardar todo como HAR con contenido”.",
    ),
    (
        "har.secrets_stripped",
        "El archivo llevaba la sesión de quien lo guardó; cookies, claves y formularios se reemplazaron antes de guardarlo. Cierre sesión en la plataforma y entre otra vez, y cuide o borre el original.",
    ),
    (
        "page.no_posts",
        "Es una página de X en la que no se encontró ninguna publicación. Abra la dirección con su sesión, espere a que se vean las publicaciones y guarde la página otra vez.",
    ),
    (
        "page.no_time",
        "La página no dice cuándo se guardó. Guárdela otra vez con SingleFile o como archivo web, que anotan cuándo y de dónde.",
    ),
    (
        "page.rebuilt",
        "La página se escribió desde la memoria del navegador, donde se puede cambiar; no son los bytes del servidor. Guarde la misma página también como archivo web firmado.",
    ),
    (
        "mhtml.no_page",
        "El archivo debería contener una página guardada y no contiene ninguna. Guarde la página otra vez.",
    ),
    (
        "wacz.signed",
        "La captura está firmada. Eso dice quién responde por ella y desde cuándo, no que una plataforma la mostró.",
    ),
    (
        "warc.holds_session",
        "Esta petición lleva la sesión de quien hizo la captura y no se puede quitar sin romper sus huellas. Cierre sesión en la plataforma y entre otra vez, y no dé el archivo a nadie que no lo necesite.",
    ),
    (
        "warc.posts_of_broken_record",
        "Una comprobación de este registro falló; las publicaciones se leyeron de todos modos.",
    ),
    // Mail and telephone.
    (
        "email.charset",
        "Una parte del correo usa un alfabeto que Redress no conoce; algunas letras están mal. Mire el correo en el programa donde llegó y fotografíelo allí.",
    ),
    (
        "email.date",
        "El remitente dice una hora y el servidor que lo recibió dice otra. Use la del servidor; el remitente puede escribir cualquiera.",
    ),
    (
        "email.no_date",
        "El correo no dice cuándo se escribió ni se recibió. Guarde el original desde el buzón donde llegó (“Mostrar original”, “Descargar mensaje”).",
    ),
    (
        "email.no_received",
        "Al correo le falta la línea del servidor que lo recibió: su camino y su hora no se pueden comprobar. Guarde el original desde el buzón donde llegó (“Mostrar original”, “Descargar mensaje”).",
    ),
    (
        "email.not_authenticated",
        "El servidor no anotó ninguna comprobación del remitente (SPF, DKIM, DMARC). La dirección puede ser falsa; el registro del servidor mostraría de dónde vino.",
    ),
    (
        "email.sender_unproven",
        "El servidor comprobó al remitente y no lo pudo probar; el correo puede haberse cambiado o enviado por otra persona. Conserve el buzón original.",
    ),
    (
        "mbox.mail_too_long",
        "Este correo es más grande de lo que Redress lee de una vez; solo se leyó el principio. Guárdelo por separado, y sus adjuntos como archivos.",
    ),
    (
        "phone.number_hidden",
        "Quien llamó ocultó su número. La compañía telefónica puede dárselo a la policía: anote la hora exacta y pídalo pronto.",
    ),
    (
        "sms.count",
        "La copia dice un número de mensajes y contiene otro. Se perdieron o se quitaron entradas; haga la copia otra vez.",
    ),
    (
        "sms.no_time",
        "La copia no da la hora de este mensaje. Fotografíelo en el teléfono, donde se ve la hora.",
    ),
    // Platforms.
    (
        "bluesky.cid",
        "El registro no coincide con su identificador: uno de los dos se cambió. No confíe en estas palabras; obtenga el registro otra vez.",
    ),
    (
        "bluesky.deleted",
        "El autor borró esta publicación; el evento prueba cuándo y no contiene sus palabras. Las palabras están en una captura anterior o solo en el servidor.",
    ),
    (
        "bluesky.indexed",
        "El programa del autor dice una hora y el servidor la mostró por primera vez a otra. Use la del servidor donde importe el orden.",
    ),
    (
        "bluesky.key_claimed",
        "La firma vale con la clave que está al lado; quien hizo el archivo pudo hacer ambas. Guarde también el historial de la cuenta.",
    ),
    (
        "bluesky.signature",
        "La firma de este repositorio no vale: nada muestra que la cuenta escribió estos registros. Obtenga el repositorio otra vez y compare.",
    ),
    (
        "bluesky.signature_unchecked",
        "La firma de este repositorio no se comprobó. Guarde también el documento y el historial de la cuenta.",
    ),
    (
        "car.block",
        "Un bloque no coincide con su identificador: se cambió o se dañó, y no se leyó. Obtenga el repositorio otra vez.",
    ),
    (
        "car.broken",
        "El archivo debería ser un repositorio (CAR) y su encabezado no se puede leer. Obténgalo otra vez.",
    ),
    ("car.cut_off", "El archivo se corta; lo anterior se leyó. Obtenga el repositorio otra vez."),
    ("car.missing", "Faltan partes del repositorio que se nombran. Obtenga el repositorio entero."),
    ("car.no_commit", "Nada en el archivo dice de quién son estos registros. Obtenga el repositorio entero."),
    (
        "mastodon.own_only",
        "El archivo de una cuenta contiene lo que hizo su dueño, no lo que otros publicaron sobre él. Capture las publicaciones de otros desde sus páginas.",
    ),
    (
        "mastodon.parent_unknown",
        "Es una respuesta, y la publicación a la que contesta no está en este archivo. Guarde también el contexto de la publicación.",
    ),
    (
        "meta.mojibake",
        "Meta escribió textos con los acentos y signos rotos; se muestran como se escribieron. No hay que hacer nada.",
    ),
    (
        "meta.own_only",
        "La descarga contiene lo que su dueño escribió y los mensajes que recibió, no lo que otros publicaron sobre él. Capture las publicaciones de otros desde sus páginas.",
    ),
    (
        "post.edited",
        "La publicación se editó después de escribirse; esta captura muestra las palabras posteriores. Guarde su historial mientras el servidor lo conserve.",
    ),
    (
        "post.missing",
        "El servidor nombra la publicación y no la muestra. Que ya no estuviera o estuviera bloqueada también vale saberlo. Búsquela en una captura anterior.",
    ),
    (
        "post.versions",
        "X guarda varias versiones de esta publicación. Capture las otras en “Ver historial de ediciones”.",
    ),
    (
        "post.withheld",
        "X dice que retiene esta publicación en algún país. No hay que hacer nada; las palabras se leyeron de esta captura.",
    ),
    (
        "reddit.more",
        "Reddit dejó comentarios de este hilo fuera de su respuesta. Abra y guarde también las páginas donde sigue.",
    ),
    (
        "snscrape.other_platform",
        "Estos registros son de otra plataforma y no se leen en este formato. Capture las publicaciones otra vez desde sus páginas.",
    ),
    (
        "telegram.account_deleted",
        "Telegram no muestra nombre para esta cuenta, como si se hubiera borrado; su número queda. Pida a Telegram que conserve la cuenta con ese número.",
    ),
    (
        "telegram.file_missing",
        "No se exportó una imagen, un video o un archivo de este mensaje. Exporte el chat otra vez marcando fotos, videos y archivos.",
    ),
    (
        "telegram.forwarded",
        "Estas palabras se reenviaron de otra cuenta: no son de quien las reenvió, salvo lo que añadió. Busque el original.",
    ),
    (
        "telegram.pages",
        "Las páginas de una exportación no nombran cuentas ni chats por número y dejan fuera las ediciones. Exporte el chat otra vez como “JSON legible por máquina” y guarde ambos.",
    ),
    (
        "tiktok.links_expire",
        "Las direcciones de videos e imágenes dejan de funcionar en horas o días. Guarde ya los videos importantes, por la dirección de su publicación.",
    ),
    (
        "tiktok.words_on_picture",
        "Las palabras que están sobre la imagen se añadieron tras la descripción. Guarde también el video: lo que se dice en él no está aquí.",
    ),
    (
        "truthsocial.links_lost",
        "La extensión guardó las palabras y perdió las direcciones de los enlaces. Si un enlace importa, abra la publicación y captúrela otra vez.",
    ),
    (
        "x.archive_own_only",
        "Un archivo de datos contiene lo que su dueño publicó y sus mensajes, no lo que otros publicaron sobre él. Capture las publicaciones de otros desde sus páginas.",
    ),
    (
        "x.archive_owner",
        "Son publicaciones del dueño del archivo, y falta el archivo que lo nombra. Guarde el archivo entero, como el ZIP en que vino.",
    ),
    ("x.author_missing", "El registro no nombra la cuenta. Busque la publicación en otra captura."),
    (
        "x.author_recovered",
        "El registro no contiene cuenta; el nombre se tomó de la dirección de una imagen. Compárelo con otra captura.",
    ),
    (
        "x.collector_gaps",
        "La extensión no recoge todo lo que muestra la página: que algo no esté aquí no quiere decir que no existiera. Para eso guarde la página misma o su HAR.",
    ),
    (
        "x.collector_record",
        "Estos registros los escribió una extensión del navegador, que añadió campos a lo que envió X. Para las publicaciones más importantes guarde también un archivo web firmado o un HAR.",
    ),
    (
        "x.messages_by_id",
        "X nombra las cuentas de los mensajes solo por número. Anote quiénes son mientras la conversación se pueda abrir.",
    ),
    (
        "x.note_apart",
        "Las palabras enteras de publicaciones largas están aparte, sin el número de la publicación. La que empieza igual y a la misma hora es la suya.",
    ),
    (
        "x.promoted",
        "X mostró esta publicación como anuncio a quien la recogió. Su lugar en la página no dice cuánta gente la vio.",
    ),
    (
        "x.rounded_id",
        "La dirección de esta fila termina en un número redondeado; se usó el número propio de la publicación. No use la dirección de la fila.",
    ),
    (
        "x.text_cut",
        "La captura solo contiene el principio de estas palabras. Capture la publicación otra vez con “Mostrar más” abierto.",
    ),
    (
        "zeeschuimer.strange_record",
        "Una línea no tiene la forma esperada y no se leyó; las de alrededor sí. Mírela en el archivo original.",
    ),
    // Pictures.
    (
        "picture.cut_off",
        "La imagen se corta antes de su final; puede faltar la parte de abajo. Cópiela otra vez del teléfono.",
    ),
    (
        "picture.damaged",
        "La imagen está dañada. Se guarda tal como está. Cópiela otra vez del teléfono, con cable y no por mensajería.",
    ),
    (
        "picture.edited",
        "La imagen nombra un programa de edición como el último que la guardó. Pida el archivo tal como lo hizo el teléfono.",
    ),
    (
        "picture.gone",
        "Una imagen no se pudo leer del caso. Haga revisar el caso en Custodia y guarde la imagen otra vez.",
    ),
    (
        "picture.unreadable",
        "Una imagen no se pudo leer del caso. Haga revisar el caso en Custodia y guarde la imagen otra vez.",
    ),
    (
        "picture.no_time",
        "Ni la imagen ni su nombre dicen cuándo se hizo. Anote cuándo y en el teléfono de quién se hizo.",
    ),
    (
        "picture.only_pixels",
        "Una imagen de una publicación prueba poco por sí sola: cualquiera puede hacer que parezca otra cosa. Guarde también la página o el enlace, si puede.",
    ),
    (
        "picture.other_format",
        "La imagen está en un formato que Redress no lee. Se guarda tal como está. Ábrala, guarde una copia como PNG o JPEG y guarde también la copia.",
    ),
    (
        "picture.resaved",
        "Los teléfonos guardan las capturas como PNG; un JPEG suele haberse enviado o guardado de nuevo, lo que cambia sus píxeles. Pida el archivo del teléfono donde se hizo.",
    ),
    (
        "picture.too_large",
        "La imagen es demasiado grande para leerla. Se guarda tal como está. Guarde también una copia más pequeña.",
    ),
    (
        "picture.unknown",
        "El archivo no es una imagen que Redress conozca. Se guarda tal como está. Si se abre como imagen en el teléfono, haga allí una captura de pantalla.",
    ),
    (
        "ocr.failed",
        "El programa Tesseract no pudo leer el texto de esta imagen. La imagen está guardada. Guárdela también como PNG o escriba el texto a mano.",
    ),
    (
        "ocr.no_spanish",
        "El texto en español de las imágenes se lee peor porque faltan los datos de español del programa Tesseract. Pida a alguien que los instale.",
    ),
    (
        "ocr.no_tesseract",
        "Nada en esta computadora lee el texto de las imágenes: se guardaron y no se buscó en ellas. Pida a alguien que instale el programa Tesseract y deje que Redress revise otra vez.",
    ),
    (
        "ocr.not_started",
        "El programa que lee el texto de las imágenes (Tesseract) no se pudo iniciar. Pida a alguien que lo instale de nuevo.",
    ),
    (
        "ocr.page",
        "Una página dibujada no tiene los píxeles que dice y no se leyó. Inténtelo otra vez; si vuelve a pasar, es un fallo de Redress.",
    ),
    (
        "ocr.too_slow",
        "Leer el texto de esta imagen tardó demasiado y se detuvo. La imagen está guardada. Recorte la parte con la publicación y guárdela también.",
    ),
];

/// Tells whether a code has its Spanish line.
#[cfg(test)]
pub(super) fn is_known(code: &str) -> bool {
    SPANISH.iter().chain(containers::SPANISH).any(|(known, _)| *known == code)
}

#[cfg(test)]
pub(super) const LISTED: [&[(&str, &str)]; 3] = [ENGLISH, SPANISH, containers::SPANISH];
