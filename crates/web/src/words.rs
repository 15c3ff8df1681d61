//! Everything a person reads in the app, in English and Spanish. One line for each: name, English, Spanish.
//!
//! Plain words, short sentences, no blame. `{n}` is filled in with [`Lang::fill`]. What actions say of a file or a case
//! comes from them, in the language they have.

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// Words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say(pub &'static str, pub &'static str);

impl Lang {
    /// Returns the code: `en` or `es`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// Returns the words in this language.
    pub const fn say(self, words: Say) -> &'static str {
        match self {
            Self::En => words.0,
            Self::Es => words.1,
        }
    }

    /// Returns the words with the values filled in where their names stand in braces.
    pub fn fill(self, words: Say, values: &[(&str, &str)]) -> String {
        // One pass, so that a value that holds braces is not filled in a second time.
        let mut out = String::new();
        let mut rest = self.say(words);
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let name = rest.find('}').map(|end| &rest[1..end]);
            match name
                .and_then(|name| values.iter().find(|(known, _)| *known == name).map(|(_, v)| (name, v)))
            {
                Some((name, value)) => {
                    out.push_str(value);
                    rest = &rest[name.len() + 2..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }
}

macro_rules! words {
    ($($name:ident $en:literal $es:literal)*) => {
        $(#[allow(missing_docs)] pub const $name: Say = Say($en, $es);)*

        #[cfg(test)]
        const ALL: &[(&str, Say)] = &[$((stringify!($name), $name),)*];
    };
}

words! {
// Around every page.
SKIP "Skip to the page" "Ir al contenido"
LEAVE "Leave now" "Salir ya"
LEAVE_HINT "press Esc twice" "pulse Esc dos veces"
AROUND "Pages" "Páginas"
MENU "Menu" "Menú"
FOOT "Everything stays on this computer. Nothing is sent anywhere." "Todo queda en esta computadora. No se envía nada a ninguna parte."
NAV_SAFE "Start safe" "Primero, a salvo"
NAV_SAVE "Save" "Guardar"
NAV_CASE "The case" "El caso"
NAV_REVIEW "Review" "Revisar"
NAV_LOG "Write down" "Anotar"
NAV_TIMELINE "Timeline" "Cronología"
NAV_MAP "Map" "Mapa"
NAV_STATEMENTS "Statements" "Afirmaciones"
NAV_SEARCH "Search" "Buscar"
NAV_PLAN "Plan" "Plan"
NAV_PACKAGES "Packages" "Paquetes"
NAV_CUSTODY "Custody" "Custodia"
NAV_SETTINGS "Settings" "Ajustes"
MORE "More" "Más"
LOOK "Look" "Ver"
KEEP "Keep" "Guardar"
KEPT "Kept." "Guardado."
ANY "Any" "Cualquiera"
YES "Yes" "Sí"
PRINT "Print" "Imprimir"
SORRY "That did not work" "Eso no funcionó"
BACK_HOME "Back to the start" "Volver al inicio"
NO_PAGE "There is no such page. Go back and choose again." "No existe esa página. Vuelva atrás y elija otra vez."
BUSY "Redress is working on something long. Wait a minute, then load this page again." "Redress está haciendo algo largo. Espere un minuto y cargue otra vez esta página."
OUR_FAULT "This is our fault, not yours. Nothing of the case was changed." "Es culpa nuestra, no suya. Nada del caso cambió."
LIST_EMPTY "Nothing here." "No hay nada aquí."
AND_MORE "And {n} more." "Y {n} más."
AS_TABLE "The same as a table" "Lo mismo en una tabla"
NAME_HIDDEN "name hidden" "nombre oculto"
UNKNOWN "unknown account" "cuenta desconocida"
NO_TIME "time not known" "hora desconocida"
LOCKED_TITLE "Locked" "Bloqueado"
LOCKED_WORDS "Nobody was here for a while, or you left. What you saved is kept." "No hubo nadie por un rato, o usted salió. Lo que guardó sigue guardado."
LOCKED_HOW "To go on, use the new link in the window where Redress was started. Each link works once." "Para seguir, use el enlace nuevo en la ventana donde se inició Redress. Cada enlace sirve una vez."
DANGER_CALL "In danger right now? Call 911." "¿Está en peligro ahora? Llame al 911."

// Start safe.
SAFE_TITLE "First, you" "Primero, usted"
SAFE_DANGER "Are you in danger right now?" "¿Está en peligro ahora mismo?"
SAFE_911 "Call first. All of this can wait." "Llame primero. Todo lo demás puede esperar."
SAFE_WORDS "Someone is at your home, follows you, or says they are coming: call now. Say that you work in elections and that your address was posted." "Alguien está en su casa, le sigue o dice que va hacia usted: llame ahora. Diga que trabaja en elecciones y que publicaron su dirección."
SAFE_988 "Call or text when it is too much. Someone answers day and night." "Llame o envíe un mensaje cuando sea demasiado. Alguien contesta de día y de noche."
SAFE_FIRST "If you are safe for now" "Si por ahora está a salvo"
SAFE_STEP_1 "Ask somebody you trust to sit with you. They can do the reading." "Pida a alguien de confianza que le acompañe. Esa persona puede leer por usted."
SAFE_STEP_2 "Do not answer anybody. Do not delete anything." "No conteste a nadie. No borre nada."
SAFE_STEP_3 "Save first. Report and block after that: a report can make the evidence vanish." "Guarde primero. Denuncie y bloquee después: una denuncia puede hacer desaparecer la prueba."
SAFE_STEP_4 "You need not read it. Redress keeps words hidden until you ask." "No hace falta que lo lea. Redress oculta las palabras hasta que usted las pida."
SAFE_GO "Save what you have" "Guardar lo que tiene"
SAFE_ALSO "Whom to tell" "A quién avisar"
SAFE_PLAN "The whole plan, step by step" "El plan completo, paso a paso"

// Making or opening a case.
BEGIN_TITLE "Your case" "Su caso"
BEGIN_WORDS "A case is a folder on this computer. You can copy it, back it up, or put it on a stick." "Un caso es una carpeta en esta computadora. Puede copiarla, respaldarla o ponerla en una memoria USB."
BEGIN_OPEN "Open a case" "Abrir un caso"
BEGIN_NEW "Make a new case" "Crear un caso nuevo"
BEGIN_ROLE "What do you do, or what did you do?" "¿Qué hace o qué hizo usted?"
BEGIN_STATE "The state you live in" "El estado donde vive"
BEGIN_FOLDER "The folder's name" "El nombre de la carpeta"
BEGIN_FOLDER_ABOUT "Best a name that names nobody. It is made in" "Mejor un nombre que no nombre a nadie. Se crea en"
BEGIN_MAKE "Make the case" "Crear el caso"
BEGIN_BAD_FOLDER "This name cannot be a folder. Use letters, digits, spaces, dots and dashes." "Ese nombre no puede ser una carpeta. Use letras, cifras, espacios, puntos y guiones."
ROLE_OFFICIAL "I run elections (clerk, director, board)" "Dirijo elecciones (secretaría, dirección, junta)"
ROLE_WORKER "I work for an election office or at the polls" "Trabajo en una oficina electoral o en una casilla"
ROLE_POSTAL "I work for the postal service" "Trabajo en el servicio postal"
ROLE_CONTRACTOR "My company works for an election office" "Mi empresa trabaja para una oficina electoral"
ROLE_VOLUNTEER "I help unpaid" "Ayudo sin pago"
ROLE_VOTER "I voted or dropped off ballots" "Voté o entregué boletas"
ROLE_CANDIDATE "I stand for election" "Soy candidata o candidato"
ROLE_RELATIVE "I belong to the family of one of these" "Soy familiar de una de estas personas"
PRIVATE_TITLE "What must never leak" "Lo que nunca debe filtrarse"
PRIVATE_WORDS "Write what is yours, one on each line. It stays in your case. Redress uses it in two ways only: to see when a post shows exactly this, and to cover it in what leaves. Every box may stay empty." "Escriba lo suyo, uno por línea. Queda en su caso. Redress lo usa solo de dos formas: para ver cuándo una publicación muestra exactamente esto, y para taparlo en lo que sale. Todo puede quedar vacío."
PRIVATE_NAMES "Your names" "Sus nombres"
PRIVATE_NAMES_LIKE "like: Maria Example" "como: María Ejemplo"
PRIVATE_ADDRESSES "Home and other private addresses" "Su casa y otras direcciones privadas"
PRIVATE_ADDRESSES_LIKE "like: 14 Sample Lane, Exampleville" "como: 14 Sample Lane, Exampleville"
PRIVATE_PHONES "Private telephone numbers" "Teléfonos privados"
PRIVATE_PHONES_LIKE "like: (202) 555-0143" "como: (202) 555-0143"
PRIVATE_EMAILS "Private e-mail addresses" "Correos privados"
PRIVATE_EMAILS_LIKE "like: maria@example.org" "como: maria@example.org"
PRIVATE_PLATES "Licence plates" "Matrículas"
PRIVATE_PLATES_LIKE "like: RDR-0000" "como: RDR-0000"
PRIVATE_FAMILY "Names of family members" "Nombres de familiares"
PRIVATE_FAMILY_LIKE "like: Dana Sample" "como: Dana Sample"
PRIVATE_SCHOOLS "The children's schools" "Escuelas de los hijos"
PRIVATE_WORKPLACES "Places of work that are not public" "Lugares de trabajo que no son públicos"
PRIVATE_HANDLES "Your own accounts" "Sus propias cuentas"
PRIVATE_OTHER "Anything else, word for word" "Cualquier otra cosa, palabra por palabra"
PRIVATE_NONE "" ""
PRIVATE_KEEP "Keep this in my case" "Guardar esto en mi caso"
PRIVATE_KEPT "Kept. It stays in your case." "Guardado. Queda en su caso."
PRIVATE_BAD "“{line}” cannot be read as written. Check it, or put it under “Anything else”. Nothing was changed." "“{line}” no se puede leer así. Revíselo o póngalo en “Cualquier otra cosa”. Nada cambió."

// Saving.
SAVE_TITLE "Save what you have" "Guarde lo que tiene"
SAVE_WORDS "Screenshots, saved pages, exports, chats, e-mails, ZIPs: all of it. Each file is kept exactly as it is before anything reads it." "Capturas de pantalla, páginas guardadas, exportaciones, chats, correos, ZIP: todo. Cada archivo se guarda tal como está antes de que algo lo lea."
SAVE_DROP "Drop files and folders here" "Suelte aquí archivos y carpetas"
SAVE_FILES "Choose files" "Elegir archivos"
SAVE_FOLDER "Choose a folder" "Elegir una carpeta"
SAVE_LEFT "{done} of {all} files" "{done} de {all} archivos"
SAVE_SENDING "copying" "copiando"
SAVE_READING "reading" "leyendo"
SAVE_FAILED "It did not arrive. Try this file again." "No llegó. Intente otra vez con este archivo."
SAVE_NO_SCRIPT "Your browser runs no scripts, so files cannot be dropped here. Copy them with: redress import CASE FILES" "Su navegador no ejecuta scripts, así que no puede soltar archivos aquí. Cópielos con: redress import CASO ARCHIVOS"
SAVE_LOOK "Look through it for me" "Que Redress lo revise"
SAVE_LOOK_ABOUT "Redress reads so that you need not. It proposes; you decide." "Redress lee para que usted no tenga que hacerlo. Propone; usted decide."
SAVE_SEVEN "No strength for all of it? Seven are enough" "¿Sin fuerzas para todo? Bastan siete"
SAVE_SEVEN_WORDS "Police can begin with these. The rest can come later, or somebody else can save it." "La policía puede empezar con estas. El resto puede venir después, o guardarlo otra persona."
SAVE_SEVEN_1 "The first post about you, as far as you know." "La primera publicación sobre usted, hasta donde sabe."
SAVE_SEVEN_2 "The three latest." "Las tres más recientes."
SAVE_SEVEN_3 "The three worst." "Las tres peores."
SAVE_SEVEN_HOW "For each: the whole screen with account, date and address, and the post's link if you can get it." "De cada una: la pantalla entera con cuenta, fecha y dirección, y el enlace si lo consigue."
SAVE_PRIVATE "Say what must never leak (address, phone, plate)" "Diga lo que nunca debe filtrarse (dirección, teléfono, matrícula)"
SAVE_KEPT "What is kept: {n} files" "Lo guardado: {n} archivos"
SAVE_IS_READ "Kept and read: {n} posts." "Guardado y leído: {n} publicaciones."
SAVE_IS_KEPT "Kept as it is. No posts were read in it." "Guardado tal como está. No se leyeron publicaciones."
SAVE_IS_THERE "Already kept: the same bytes are in the case." "Ya estaba guardado: los mismos bytes están en el caso."
SAVE_STRIPPED "Passwords and session cookies were taken out before it was kept." "Se quitaron contraseñas y cookies de sesión antes de guardarlo."
SAVE_STOPPED "The file stopped coming. Nothing of it was kept. Try it again." "El archivo dejó de llegar. No se guardó nada de él. Inténtelo otra vez."
SAVE_TOO_LARGE "This file is larger than 8 GB. Take it in with: redress import CASE FILE" "Este archivo pasa de 8 GB. Impórtelo con: redress import CASO ARCHIVO"
SAVE_DISK "The disk could not take it. Make room, then try again." "El disco no pudo guardarlo. Haga espacio e inténtelo otra vez."
WORKING_TITLE "Redress is reading" "Redress está leyendo"
WORKING_WORDS "You can leave this page. What you saved is safe." "Puede salir de esta página. Lo que guardó está seguro."
WORKING_AGAIN "Look again" "Mirar otra vez"
FOUND_TITLE "It is read" "Ya está leído"
FOUND_WORDS "{n} posts were looked through." "Se revisaron {n} publicaciones."
FOUND_NOTHING "Nothing was found that threatens or exposes. Something can be missed: you can search, and add." "No se encontró nada que amenace o exponga. Algo puede faltar: puede buscar y agregar."
FOUND_HIDDEN "These are proposals. Their words stay hidden until you ask for them." "Son propuestas. Sus palabras quedan ocultas hasta que usted las pida."
FOUND_GO "See the case" "Ver el caso"
KEPT_TITLE "What is kept" "Lo guardado"
KEPT_WORDS "Each file under its own SHA-256, never changed." "Cada archivo con su propio SHA-256, sin cambios."
KEPT_NAME "File" "Archivo"
KEPT_WHEN "Kept" "Guardado"
KEPT_TROUBLES "Troubles" "Problemas"

// The case.
CASE_TITLE "The case at a glance" "El caso de un vistazo"
CASE_URGENT "This may be urgent" "Esto puede ser urgente"
CASE_URGENT_DO "If you have not told anybody yet, do that first." "Si todavía no avisó a nadie, haga eso primero."
URGENT_EXPLICIT "Explicit threats: {n}." "Amenazas explícitas: {n}."
URGENT_HOME "Threats: {n}. Posts that show the home or where you are: {m}." "Amenazas: {n}. Publicaciones que muestran la casa o dónde está usted: {m}."
URGENT_SWATTING "Talk of sending police on a false alarm: {n}." "Habla de enviar a la policía con una falsa alarma: {n}."
CASE_FILES "files kept" "archivos guardados"
CASE_ACCOUNTS "accounts" "cuentas"
CASE_EXHIBITS "exhibits" "anexos"
CASE_PRIVATE "Redress does not know yet what is yours, so it cannot tell exactly when it is shown." "Redress aún no sabe qué es suyo, así que no puede decir con exactitud cuándo se muestra."
CASE_PRIVATE_DO "Say what must never leak." "Diga lo que nunca debe filtrarse."
CASE_FOUND "What was found" "Lo que se encontró"
CASE_NOTHING "Nothing yet." "Todavía nada."
CASE_REVIEW "Review {n} open proposals" "Revisar {n} propuestas pendientes"
CASE_EXPOSED "What is exposed" "Lo que está expuesto"
CASE_UP "Where it was still up" "Dónde seguía publicado"
CASE_UP_ABOUT "As last captured. Redress does not go and look." "Según la última captura. Redress no va a mirar."
CASE_DATES "Next dates" "Próximas fechas"
CASE_NO_DATES "No dated post is among the findings, so no date can be counted." "No hay publicaciones con fecha entre los hallazgos; no se puede contar ningún plazo."
CASE_PLAN "The plan with all dates" "El plan con todas las fechas"
CASE_SENT "What was handed over" "Lo que se entregó"
CASE_NOT_SENT "No package was written yet." "Todavía no se escribió ningún paquete."
CASE_SENT_WITH "Exhibits: {n}" "Anexos: {n}"
POSTS "posts" "publicaciones"
KIND "Kind" "Tipo"
FOUND "Found" "Hallados"
CONFIRMED "Confirmed" "Confirmados"
REJECTED "Rejected" "Rechazados"
OPEN "Open" "Pendientes"
EXPOSES "Shows" "Muestra"
PLATFORM "Platform" "Plataforma"
STATE "State" "Estado"
LAST_SEEN "Last seen" "Vista por última vez"
STATE_UP "up when captured" "visible al capturarla"
STATE_DELETED "deleted" "borrada"
STATE_WITHHELD "withheld" "retenida"
STATE_UNAVAILABLE "not to be seen" "no visible"
EXPOSES_ADDRESS "an address" "una dirección"
EXPOSES_PHONE "a telephone number" "un teléfono"
EXPOSES_EMAIL "an e-mail address" "un correo"
EXPOSES_SSN "a social security number" "un número de seguro social"
EXPOSES_PLATE "a licence plate" "una matrícula"
EXPOSES_WORKPLACE "a place of work" "un lugar de trabajo"
EXPOSES_FAMILY "family" "familia"
EXPOSES_SCHOOL "a school" "una escuela"
EXPOSES_ROUTINE "a routine" "una rutina"
EXPOSES_LOCATION "where somebody is" "dónde está alguien"
LEVEL_EXPLICIT "explicit" "explícita"
LEVEL_VEILED "veiled" "velada"
KIND_THREAT "Threat" "Amenaza"
KIND_INCITEMENT "Call to do harm" "Llamado a hacer daño"
KIND_DOX "Private data shown" "Datos privados expuestos"
KIND_CALL "Call to identify" "Llamado a identificar"
KIND_HARASSMENT "Abuse" "Insultos"
KIND_CLAIM "Claim already checked" "Afirmación ya verificada"
KIND_INTIMIDATION "Intimidation" "Intimidación"
KIND_IMPERSONATION "Impersonation" "Suplantación"
KIND_SWATTING "False alarm to police" "Falsa alarma a la policía"

// Review.
REVIEW_TITLE "Review" "Revisar"
REVIEW_WORDS "Nothing leaves before you confirmed it. Words are hidden until you ask; each look is written to the custody log." "Nada sale antes de que usted lo confirme. Las palabras están ocultas hasta que las pida; cada mirada queda en el registro de custodia."
REVIEW_NOTHING "Nothing is open. You are done here." "No queda nada pendiente. Aquí ya terminó."
REVIEW_OPEN "{n} open proposals" "{n} propuestas pendientes"
REVIEW_BUDGET "How many before a rest" "Cuántas antes de descansar"
REVIEW_REVEAL "Show the words of each at once" "Mostrar enseguida las palabras de cada una"
REVIEW_START "Start" "Empezar"
REVIEW_BY_KIND "By kind" "Por tipo"
REVIEW_OF "of {n}" "de {n}"
REVIEW_ELSE "Somebody else can read" "Otra persona puede leer"
REVIEW_ELSE_WORDS "You need not look at any of it yourself." "No hace falta que usted mire nada de esto."
REVIEW_ELSE_DO "Hand some of it to a helper." "Pasar una parte a quien ayude."
KEYS "Keys" "Teclas"
KEYS_OFF "Single keys can be switched off:" "Las teclas se pueden desactivar:"
SHOW "Show the words" "Mostrar las palabras"
SHOW_ALL "Show the words on this page" "Mostrar las palabras de esta página"
HIDDEN "The words are hidden." "Las palabras están ocultas."
HIDDEN_LEDGER "Showing them is written to the custody log." "Mostrarlas queda en el registro de custodia."
ACCOUNT "Account" "Cuenta"
WRITTEN "Written" "Escrita"
STRENGTH "Strength" "Fuerza"
CLAIM "Claim" "Afirmación"
DECIDED "Decision" "Decisión"
SAME "Same words" "Mismas palabras"
SAME_N "{n} more posts with the very same words" "{n} publicaciones más con las mismas palabras"
SAME_TOO "Decide the same for {n} posts with the very same words" "Decidir lo mismo para {n} publicaciones con las mismas palabras"
IS_CONFIRMED "confirmed" "confirmado"
IS_REJECTED "rejected" "rechazado"
IS_NOTED "noted" "anotado"
UNCOVER "Uncover the picture" "Destapar la imagen"
PICTURE "Picture of the post" "Imagen de la publicación"
NO_PICTURE "This file is no picture a browser can show safely. It is kept in the case." "Este archivo no es una imagen que el navegador pueda mostrar con seguridad. Está guardado en el caso."
WHY "Why it is proposed" "Por qué se propone"
WHY_PROPOSAL "A program proposed this. It can be wrong." "Lo propuso un programa. Puede equivocarse."
SOURCE "Where it comes from" "De dónde viene"
ADDRESS "Address" "Dirección"
POST_KEY "Post" "Publicación"
HISTORY "Earlier decisions" "Decisiones anteriores"
OTHERS "Also on this post" "También en esta publicación"
BEFORE "before it" "antes"
AFTER "in answer" "en respuesta"
NOTE_LABEL "A note, if you want" "Una nota, si quiere"
CONFIRM "Confirm" "Confirmar"
REJECT "Reject" "Rechazar"
NOTE "Only note" "Solo anotar"
PASS "Pass for now" "Dejar por ahora"
UNDO "Take back the last one" "Deshacer lo último"
CONFIRM_AFTER "Only what was read can be confirmed or corrected. Show the words first, or let somebody else decide." "Solo se puede confirmar o corregir lo que se leyó. Muestre primero las palabras, o deje que otra persona decida."
NOTE_EMPTY "A note needs words. Go back and write them." "Una nota necesita palabras. Vuelva y escríbalas."
CORRECT "It is something else" "Es otra cosa"
CORRECT_KIND "What it is" "Qué es"
CORRECT_WHAT "What it shows (only for private data)" "Qué muestra (solo para datos privados)"
CORRECT_DO "Correct and confirm" "Corregir y confirmar"
CORRECTED "Corrected. Both decisions are in the custody log." "Corregido. Ambas decisiones están en el registro de custodia."
DECIDED_N "{n} {what}." "{n}: {what}."
UNDONE "Taken back." "Deshecho."
REST_TITLE "Time to rest" "Hora de descansar"
REST_WORDS "You looked at {n}. That is enough for now." "Ya miró {n}. Por ahora es bastante."
REST_HOW "Stand up, drink something, talk to somebody. The rest waits, or somebody else reads it." "Levántese, tome algo, hable con alguien. El resto espera, o lo lee otra persona."
REST_STOP "Stop here" "Parar aquí"
REST_ON "Go on" "Seguir"

// Writing down.
LOG_TITLE "Write down a call, letter or visit" "Anote una llamada, carta o visita"
LOG_WORDS "As soon as you can, as exactly as you can. It stands in the same timeline as the posts." "Lo antes posible y con la mayor exactitud. Queda en la misma cronología que las publicaciones."
LOG_KIND "What happened" "Qué pasó"
LOG_CALL "A call" "Una llamada"
LOG_VOICEMAIL "A voicemail" "Un mensaje de voz"
LOG_LETTER "A letter or note" "Una carta o nota"
LOG_VISIT "Somebody came" "Alguien vino"
LOG_IN_PERSON "Said face to face" "Dicho en persona"
LOG_WHEN "When (your local time)" "Cuándo (su hora local)"
LOG_ABOUT "I am not sure of the time" "No recuerdo bien la hora"
LOG_SAID "The exact words" "Las palabras exactas"
LOG_WHO "Who it was, as far as you know" "Quién fue, hasta donde sabe"
LOG_FROM "Number or sender as shown" "Número o remitente, como apareció"
LOG_PLACE "Where" "Dónde"
LOG_WITNESS "Who saw or heard it (one on each line)" "Quién lo vio o lo oyó (uno por línea)"
LOG_ORIGINAL "Who has the original" "Quién tiene el original"
LOG_REPORTED "Reported to whom, with the number (one on each line)" "A quién se denunció, con el número (uno por línea)"
LOG_KEEP "Keep it" "Guardarlo"
LOG_KEPT "Written down and kept." "Anotado y guardado."
LOG_NO_KIND "Say what happened: a call, a letter, a visit. Nothing was changed." "Diga qué pasó: una llamada, una carta, una visita. Nada cambió."
LOG_NO_TIME "The time cannot be read. Choose day and time. Nothing was changed." "No se puede leer la hora. Elija día y hora. Nada cambió."

// Timeline.
TIMELINE_TITLE "Timeline" "Cronología"
TIMELINE_WORDS "Posts, calls and visits by time. Choose a bar to come closer. All times are UTC." "Publicaciones, llamadas y visitas por hora. Elija una barra para acercarse. Todas las horas son UTC."
TIMELINE_CHART "Posts by time" "Publicaciones por hora"
TIMELINE_ALL "All of it" "Todo"
TIMELINE_ALL_POSTS "all posts" "todas"
TIMELINE_FOUND "with a finding" "con hallazgo"
TIMELINE_EACH "a bar is {each}" "cada barra es {each}"
TIMELINE_BUSIEST "The busiest: {at}" "Lo más activo: {at}"
TIMELINE_POSTS "One by one" "Una por una"
UNIT_DAY "days" "días"
UNIT_HOUR "hours" "horas"
UNIT_MINUTE "minutes" "minutos"
NOTABLE "What stands out" "Lo que destaca"
NOTABLE_ABOUT "“First” means the earliest in this collection. What came after a post need not have come from it." "“Primera” es la más antigua de esta colección. Lo que vino después de una publicación no tiene por qué venir de ella."
NOTABLE_FIRST "first in this collection: {claim}" "primera en esta colección: {claim}"
NOTABLE_NOTICE "an account saw a correction of {claim}; posts after that: {n}" "una cuenta vio una corrección de {claim}; publicaciones después: {n}"
NOTABLE_SURGE "threats and abuse in {hours} hours: before {before}, after {after} (at least {low} times as many)" "amenazas e insultos en {hours} horas: antes {before}, después {after} (al menos {low} veces más)"
POST_ORIGINAL "post" "publicación"
POST_REPLY "answer" "respuesta"
POST_REPOST "passed on" "reenviada"
POST_QUOTE "passed on with words" "citada"
POST_COMMENT "comment" "comentario"
POST_MESSAGE "message" "mensaje"
POST_EMAIL "e-mail" "correo"
POST_INCIDENT "written down" "anotado"
POST_PAGE "page" "página"

// Map.
MAP_TITLE "Map" "Mapa"
MAP_WORDS "Accounts in this collection and what ties them. An account is not a person; a tie shows no agreement and no guilt." "Cuentas de esta colección y lo que las une. Una cuenta no es una persona; un vínculo no muestra acuerdo ni culpa."
MAP_NONE "Nothing was traced yet. Save something and let Redress look through it." "Todavía no se trazó nada. Guarde algo y deje que Redress lo revise."
MAP_EMPTY "No account is tied to another in this collection." "Ninguna cuenta está unida a otra en esta colección."
MAP_SHOW "Show ties" "Mostrar vínculos"
MAP_CANVAS "Drawing of the accounts and their ties. The tables below say the same." "Dibujo de las cuentas y sus vínculos. Las tablas de abajo dicen lo mismo."
MAP_KEYS "Drag to move, turn the wheel to come closer, choose a dot to see the account. With keys: arrows, plus and minus." "Arrastre para mover, use la rueda para acercar, elija un punto para ver la cuenta. Con teclas: flechas, más y menos."
MAP_LEFT_OUT "{n} accounts with few ties are not drawn." "No se dibujan {n} cuentas con pocos vínculos."
MAP_FILES "Files hold the names of accounts. They are made on this computer and go nowhere." "Los archivos contienen nombres de cuentas. Se crean en esta computadora y no van a ninguna parte."
ROLE_FIRST "First in this collection" "Primera en esta colección"
ROLE_KEPT_ON "Went on after a correction it saw" "Siguió tras ver una corrección"
ROLE_CORRECTED "Corrected, deleted or stopped" "Corrigió, borró o paró"
ROLE_PLAIN "Any other account" "Cualquier otra cuenta"
MAP_FIRST_ABOUT "The earliest post of each claim here. Earlier ones may exist that nobody captured." "La publicación más antigua de cada afirmación aquí. Puede haber anteriores que nadie capturó."
MAP_KEPT_ABOUT "Accounts that demonstrably saw a correction and posted the claim again." "Cuentas que vieron de forma demostrable una corrección y repitieron la afirmación."
MAP_KEPT_N "posts after that: {n}" "publicaciones después: {n}"
MAP_AMPLIFIERS "Who passed on" "Quién reenvió"
MAP_AMPLIFIERS_ABOUT "Passing on without a word may be protected. Words that were added are their own." "Reenviar sin añadir nada puede estar protegido. Las palabras añadidas son propias."
MAP_TIES "Ties" "Vínculos"
MAP_TIES_ABOUT "“Together” means: more often at nearly the same time than chance explains. Time alone shows no agreement." "“Juntas” quiere decir: más veces casi a la vez de lo que explica el azar. La hora sola no muestra acuerdo."
MAP_RATE "False discovery rate of the first row: {rate}." "Tasa de falsos hallazgos de la primera fila: {rate}."
TIE_SAME "same words, link or picture" "mismas palabras, enlace o imagen"
TIE_TOGETHER "together" "juntas"
PASSES_ON "Passed on others" "Reenvió a otras"
PASSED_ON "Was passed on" "Fue reenviada"
GROUP "Group" "Grupo"
FROM "From" "De"
TO "To" "A"
TIE "Tie" "Vínculo"
TIMES "Times" "Veces"
CHANCE "By chance" "Por azar"
PROOF "Posts that prove it" "Publicaciones que lo prueban"

// Statements.
STATEMENTS_TITLE "Statements" "Afirmaciones"
STATEMENTS_WORDS "For each account what it said, when, in whose words, and what was decided. For a lawyer." "De cada cuenta: qué dijo, cuándo, con palabras de quién, y qué se decidió. Para un abogado."
STATEMENTS_ACCOUNTS "By account" "Por cuenta"
FIRST "First" "Primera"
LAST "Last" "Última"
CLAIMS "Claims already checked" "Afirmaciones ya verificadas"
CLAIMS_ABOUT "What named sources found, as of a day. Redress gives no verdict of its own." "Lo que hallaron fuentes con nombre, a una fecha. Redress no da veredicto propio."
CLAIMS_REST "{n} more claims that are only asked about, denied or reported here" "{n} afirmaciones más que aquí solo se preguntan, niegan o cuentan"
CLAIM_COUNTS "Said so: {n} (confirmed by a person: {k}). Asked, denied or reported: {m}." "Lo afirman: {n} (confirmado por una persona: {k}). Lo preguntan, niegan o cuentan: {m}."
AS_OF "as of {day}" "a fecha {day}"
OPEN_MATTER "a matter was still open" "había un asunto abierto"
SOURCES "Sources" "Fuentes"
VERDICT_FALSE "found false" "hallada falsa"
VERDICT_MISLEADING "found misleading" "hallada engañosa"
VERDICT_UNSUPPORTED "found without support" "hallada sin respaldo"
VERDICT_MIXED "found partly right" "hallada cierta en parte"
VERDICT_TRUE "found true" "hallada cierta"
VERDICT_HOAX "found to be made-up media" "hallada como material inventado"
FOLLOWERS "followers as captured: {n}" "seguidores al capturar: {n}"
ACCOUNT_NOT_PERSON "An account is not a person. Who is behind it is for a court to find." "Una cuenta no es una persona. Quién está detrás lo averigua un tribunal."
ACCOUNT_NOTICE "Saw a correction of {claim} at {at}." "Vio una corrección de {claim} el {at}."
STANCE "Stance" "Postura"
STANCE_ASSERTED "says it is so" "lo afirma"
STANCE_ASKED "asks" "pregunta"
STANCE_DENIED "denies it" "lo niega"
STANCE_REPORTED "tells that others say it" "cuenta que otros lo dicen"
OWN_WORDS "Own words" "Palabras propias"
NO_REPOST "No, passed on" "No, reenviada"
VIEWS "Views" "Vistas"
NOT_SHOWN "not shown" "no consta"
AFTER_NOTICE "After a correction" "Tras una corrección"
EXHIBIT "Exhibit" "Anexo"

// Search.
SEARCH_WORDS "Words" "Palabras"
SEARCH_FROM "From this day" "Desde este día"
SEARCH_TO "To this day" "Hasta este día"
SEARCH_HITS "{n} posts" "{n} publicaciones"
SEARCH_MANY "More than {n} posts" "Más de {n} publicaciones"
SEARCH_SAVE "Keep this search" "Guardar esta búsqueda"
SEARCH_SAVED "The search is kept." "La búsqueda está guardada."
SEARCH_KEPT "Kept searches" "Búsquedas guardadas"
SEARCH_BAD_DAY "A day cannot be read. Write it like 2025-11-04." "No se puede leer un día. Escríbalo así: 2025-11-04."

// Plan.
PLAN_TITLE "The plan" "El plan"
PLAN_URGENT "This may be urgent. Begin with the first step now." "Esto puede ser urgente. Empiece ahora con el primer paso."
PLAN_PROPOSALS "Proposals that nobody has reviewed yet are taken into account." "Se tienen en cuenta propuestas que nadie ha revisado."
PLAN_CALENDAR "Dates as a calendar file" "Fechas como archivo de calendario"
PLAN_STEPS "What to do" "Qué hacer"
PLAN_DUE "by {day}" "hasta {day}"
PLAN_WHY "Why and how" "Por qué y cómo"
PLAN_TELL "Whom to tell" "A quién avisar"
PLAN_FIRST "first" "primero"
PLAN_DONE "done" "hecho"
PLAN_DONE_N "Done: {n} of {m}" "Hecho: {n} de {m}"
PLAN_NOTE "With a note: a number, a name" "Con una nota: un número, un nombre"
PLAN_MARK "Done" "Hecho"
PLAN_OPEN_AGAIN "Not done after all" "Aún no está hecho"
PLAN_OVERDUE "this day has passed" "ese día ya pasó"
REPORTS "What you reported" "Lo que denunció"
REPORTS_ABOUT "Redress reports nothing by itself. Write down what you reported and what came back: silence is evidence too." "Redress no denuncia nada por su cuenta. Anote lo que denunció y lo que contestaron: el silencio también es prueba."
REPORTS_NONE "Nothing is written down yet." "Todavía no hay nada anotado."
REPORTS_ADD "Write down a report" "Anotar una denuncia"
REPORTS_ANSWER "Write down an answer" "Anotar una respuesta"
REPORTS_TO "To whom (a platform like x, or a recipient above)" "A quién (una plataforma como x, o un destinatario de arriba)"
REPORTS_TICKET "The number that came back" "El número que dieron"
REPORTS_EXHIBITS "Exhibits, by number" "Anexos, por número"
REPORTS_BAD_EXHIBIT "An exhibit is named by its number, like 3 or EX-0003. Nothing was changed." "Un anexo se nombra por su número, como 3 o EX-0003. Nada cambió."
REPORTS_WHAT "What they answered" "Qué contestaron"
REPORTS_WORDS "Their exact words" "Sus palabras exactas"
PLAN_DATES "Dates that may run out" "Fechas que pueden vencer"
PLAN_LAST_DAY "Possible last day" "Posible último día"
PLAN_FOR "For" "Para"
PLAN_COUNTED "Counted from" "Contado desde"
PLAN_PASSED "passed" "pasó"
PHASE_HOUR "In the first hour" "En la primera hora"
PHASE_DAY "On the first day" "El primer día"
PHASE_WEEK "In the first week" "La primera semana"
PHASE_MONTHS "In the months after" "En los meses siguientes"

// Packages.
PACKAGES_TITLE "Packages" "Paquetes"
PACKAGES_WORDS "A package is what leaves, for one recipient at a time, from confirmed findings only. See first what will leave and what is covered." "Un paquete es lo que sale, para un destinatario a la vez, solo con hallazgos confirmados. Vea primero qué saldrá y qué se tapa."
PACKAGES_NOTHING "Nothing is confirmed yet. Confirm at least one finding." "Todavía no hay nada confirmado. Confirme al menos un hallazgo."
PACKAGES_EXHIBITS "Exhibits in the case: {n}" "Anexos en el caso: {n}"
PACKAGES_SEE "See what would leave" "Ver qué saldría"
PACKAGES_COVERED_N "covered: {n}" "tapado: {n}"
PACKAGES_WHERE "They lie in" "Están en"
PACKAGES_WRITE "Write this package" "Escribir este paquete"
FOR_POLICE "Police" "Policía"
FOR_POLICE_ABOUT "One page first. A police report can become public, so your private data is covered." "Primero una página. Un informe policial puede hacerse público; sus datos privados van tapados."
FOR_PROSECUTOR "Prosecutor or federal agency" "Fiscalía o agencia federal"
FOR_PROSECUTOR_ABOUT "Elements of the law with exhibits, originals, proofs." "Elementos de la ley con anexos, originales y pruebas."
FOR_PLATFORM "Platform" "Plataforma"
FOR_PLATFORM_ABOUT "Which posts break which of its own rules." "Qué publicaciones rompen cuáles de sus reglas."
FOR_EMPLOYER "Employer or election office" "Empleador u oficina electoral"
FOR_EMPLOYER_ABOUT "What they need to protect you. Their records may be public." "Lo que necesitan para protegerle. Sus registros pueden ser públicos."
FOR_COUNSEL "Your lawyer" "Su abogado"
FOR_COUNSEL_ABOUT "Everything: statements, dates, letters, load file." "Todo: afirmaciones, fechas, cartas, archivo de carga."
FOR_PUBLIC "Everybody" "Todo el mundo"
FOR_PUBLIC_ABOUT "Facts with exhibits, and nothing private." "Hechos con anexos, y nada privado."
FOR_ARCHIVE "Only you" "Solo usted"
FOR_ARCHIVE_ABOUT "The whole case in a form that can be read without Redress." "El caso entero en una forma legible sin Redress."
PREVIEW_WORDS "Nothing is written yet. This is what would leave." "Todavía no se escribió nada. Esto es lo que saldría."
PREVIEW_COVERED "What is covered" "Lo que se tapa"
PREVIEW_NOTHING_COVERED "Nothing is covered for this recipient." "Para este destinatario no se tapa nada."
PREVIEW_REST "the other parts" "las demás partes"
PREVIEW_WHERE "Where" "Dónde"
PREVIEW_WHAT "What" "Qué"
PREVIEW_LEFT_OUT "What is left out" "Lo que se deja fuera"
PREVIEW_FILES "Files that would leave: {n}" "Archivos que saldrían: {n}"
PREVIEW_FILES_ALL "All of them" "Todos"
PREVIEW_PDF "See the report page by page" "Ver el informe página por página"
PREVIEW_PDF_ABOUT "It shows words; that is written to the custody log." "Muestra palabras; eso queda en el registro de custodia."
WRITTEN_TITLE "The package is written" "El paquete está escrito"
WRITTEN_WHERE "It lies in this folder:" "Está en esta carpeta:"
WRITTEN_HOW "Open report.pdf in it, print it, or copy the whole folder to a stick. Anybody can check it without Redress: VERIFY.txt says how." "Abra report.pdf, imprímalo o copie la carpeta entera a una memoria USB. Cualquiera puede comprobarlo sin Redress: VERIFY.txt dice cómo."

// Custody.
CUSTODY_TITLE "What was done" "Lo que se hizo"
CUSTODY_WORDS "Every step is written down and signed, the latest first. Lines hold numbers and digests, no words of a post." "Cada paso queda anotado y firmado, lo último primero. Las líneas tienen números y huellas, no palabras de publicaciones."
CUSTODY_CHECK "Check all of it now" "Comprobar todo ahora"
WHEN "When" "Cuándo"
WHAT "What" "Qué"
HOW_MANY "Number" "Número"
DID_OPENED "case made" "caso creado"
DID_KEPT "file kept (bytes)" "archivo guardado (bytes)"
DID_READ "file read (posts)" "archivo leído (publicaciones)"
DID_LOGGED "incident written down" "incidente anotado"
DID_PROPOSED "looked through (posts)" "revisado (publicaciones)"
DID_TRACED "traced" "trazado"
DID_DECIDED "decided (findings)" "decidido (hallazgos)"
DID_EXHIBITED "exhibit numbered" "anexo numerado"
DID_EXPORTED "package written (exhibits)" "paquete escrito (anexos)"
DID_VIEWED "hidden content shown" "contenido oculto mostrado"
DID_VERIFIED "checked (failed)" "comprobado (fallos)"
DID_REPORTED "report or answer written down" "denuncia o respuesta anotada"
DID_MARKED "step of the plan marked" "paso del plan marcado"
DID_OTHER "something else" "otra cosa"
CHECK_GOOD "Everything holds" "Todo está en orden"
CHECK_BAD "Something does not hold" "Algo no está en orden"
CHECK_COUNTS "Passed {passed}, failed {failed}, not checked {not}." "Bien {passed}, mal {failed}, sin comprobar {not}."

// Settings.
SET_GREY "No colours (greyscale)" "Sin colores (escala de grises)"
SET_KEYS "Single keys in review (Y, N, S …)" "Teclas sueltas al revisar (Y, N, S …)"
SET_SOUND "Redress plays no sound and moves nothing by itself." "Redress no hace sonidos ni mueve nada por su cuenta."
HELPER_TITLE "Let somebody else read" "Que lea otra persona"
HELPER_WORDS "A helper at this computer sees the findings of the kinds you choose, and nothing else: no case, no private data, no packages." "Quien ayude en esta computadora ve los hallazgos de los tipos que usted elija, y nada más: ni caso, ni datos privados, ni paquetes."
HELPER_NAME "Their name, as the custody log writes it" "Su nombre, como lo escribe el registro de custodia"
HELPER_KINDS "What they may review" "Qué puede revisar"
HELPER_MAKE "Make a link" "Crear un enlace"
HELPER_FOR "A link for {name}" "Un enlace para {name}"
HELPER_LINK "Open it in another browser or another user account on this computer:" "Ábralo en otro navegador o en otra cuenta de usuario de esta computadora:"
HELPER_ONCE "It works once." "Sirve una vez."
HELPER_NO_NAME "Write the helper's name. Nothing was changed." "Escriba el nombre de quien ayuda. Nada cambió."
HELPER_NO_KINDS "Choose at least one kind to hand over. Nothing was changed." "Elija al menos un tipo para pasar. Nada cambió."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_blanks() {
        let blanks = |text: &str| {
            let mut found: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            found.sort();
            found
        };
        for (name, words) in ALL {
            assert_eq!(blanks(words.0), blanks(words.1), "{name}");
            assert_eq!(words.0.is_empty(), words.1.is_empty(), "{name}");
            assert!(!words.0.contains("  ") && !words.1.contains("  "), "{name}");
        }
    }

    #[test]
    fn a_value_with_braces_is_not_filled_in_again() {
        let words = Say("{a} and {b} of {c}", "");
        assert_eq!(Lang::En.fill(words, &[("a", "{b}"), ("b", "2")]), "{b} and 2 of {c}");
    }
}
