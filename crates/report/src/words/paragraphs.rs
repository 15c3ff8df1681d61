//! Paragraphs of ours, several to a key: English, Spanish. An empty Spanish one is said in English on purpose: letters
//! that only an English-speaking office will read, and the declaration a court wants in its own language.

#[rustfmt::skip]
pub(super) const PARAGRAPHS: &[(&str, &[(&str, &str)])] = &[
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
    ("household_now_steps", &[
        ("Ask dispatch for a flag at this address, with the letter in data/letters. Write its number here: ____", "Pida a la central un aviso en esta dirección, con la carta de data/letters. Anote aquí su número: ____"),
        ("Give dispatch two numbers to call back before they send anyone: ____ and ____", "Dé a la central dos números a los que llamar antes de enviar a nadie: ____ y ____"),
        ("Agree who speaks to the officers: ____ and, if that person is away, ____", "Acuerden quién habla con los agentes: ____ y, si no está, ____"),
        ("Say who needs help to move or to hear, and where they sleep: ____", "Digan quién necesita ayuda para moverse u oír, y dónde duerme: ____"),
        ("Keep a lamp by the door, a charged phone by the bed, and animals where they can be shut in.", "Tengan una lámpara junto a la puerta, un teléfono cargado junto a la cama y los animales donde se puedan encerrar."),
        ("Give the notes in data/letters to the school and the place of work, if they may be named too.", "Entreguen las notas de data/letters a la escuela y al trabajo, si también pueden ser nombrados."),
    ]),
    ("household_door_steps", &[
        ("Turn on the lights. Do not run, do not hide, do not open the door in a hurry.", "Enciendan las luces. No corran, no se escondan, no abran la puerta con prisa."),
        ("Call 911 yourselves: “This is ____ at ____. There is no emergency here. We may be the target of a hoax call. How do you want us to come out?”", "Llamen ustedes al 911: «Soy ____, en ____. Aquí no hay ninguna emergencia. Puede ser una llamada falsa contra nosotros. ¿Cómo quieren que salgamos?»"),
        ("Do what the officers say, slowly. Empty hands, open and in sight. Nothing in them, not even a phone.", "Hagan lo que digan los agentes, despacio. Manos vacías, abiertas y a la vista. Nada en ellas, ni un teléfono."),
        ("Say it out loud: “Hoax call. There is a flag at this address.” Say where children and others are.", "Díganlo en voz alta: «Llamada falsa. Hay un aviso en esta dirección». Digan dónde están los niños y los demás."),
        ("Do not argue at the door. Questions come later.", "No discutan en la puerta. Las preguntas vienen después."),
    ]),
    ("household_after_steps", &[
        ("Ask for the incident number and the names of the officers, and write both into the case: redress log.", "Pidan el número del incidente y los nombres de los agentes, y anótenlos en el caso: redress log."),
        ("Ask that the recording of the hoax call be kept; such recordings are overwritten within weeks.", "Pidan que se conserve la grabación de la llamada falsa; esas grabaciones se sobrescriben en semanas."),
        ("Children and grown-ups need to talk about it. 988 answers by call and text, day and night (press 2 for Spanish).", "Niños y adultos necesitan hablar de ello. El 988 responde por llamada y texto, día y noche (pulse 2 para español)."),
    ]),
    ("letter_school", &[
        ("A member of the family of ____ (class ____) is the target of posts online. The school was or may be named in them.", "Un familiar de ____ (clase ____) es objeto de publicaciones en internet. La escuela fue o puede ser nombrada en ellas."),
        ("Please hand the child over only to ____ and ____, who will show identification, and give no information about the child by telephone.", "Por favor, entregue al menor solo a ____ y ____, que se identificarán, y no dé información sobre el menor por teléfono."),
        ("If a call or message about violence at the school names this family, please treat it as a possible hoax, tell the police so, and call ____ or ____.", "Si una llamada o mensaje sobre violencia en la escuela nombra a esta familia, trátelo como posible engaño, dígalo a la policía y llame a ____ o ____."),
        ("Please keep photographs, class lists and timetables with the child's name off the internet, and keep this note out of general files.", "Por favor, mantenga fuera de internet fotografías, listas y horarios con el nombre del menor, y esta nota fuera de los archivos generales."),
    ]),
    ("letter_employer", &[
        ("____, who works with you as ____, is the target of posts online. The place of work was or may be named in them.", "____, que trabaja con ustedes como ____, es objeto de publicaciones en internet. El lugar de trabajo fue o puede ser nombrado en ellas."),
        ("Please give no information about shifts, routes, telephone numbers or whereabouts to anyone who asks, and tell ____ about each such call.", "Por favor, no dé información sobre turnos, rutas, teléfonos o paradero a nadie que pregunte, y avise a ____ de cada llamada."),
        ("If a call about violence at the workplace or the home names this person, please treat it as a possible hoax, tell the police so, and call ____.", "Si una llamada sobre violencia en el trabajo o el domicilio nombra a esta persona, trátela como posible engaño, dígalo a la policía y llame a ____."),
        ("Please agree on who speaks in public about it: ____. This note holds private data; please keep it out of records that can be requested.", "Por favor, acuerden quién habla en público de ello: ____. Esta nota contiene datos privados; manténgala fuera de registros que puedan solicitarse."),
    ]),
];
