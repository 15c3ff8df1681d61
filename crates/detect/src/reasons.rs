//! Reasons in plain words, for a reader, in English and Spanish.

use std::collections::HashMap;
use std::sync::LazyLock;

use record::Reason;

/// The languages that sentences are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// Returns what `reason` says about `text`, in plain words: `says it will happen: “tonight”`. A code that is not known
/// here is shown as it is.
pub fn sentence(reason: &Reason, text: &str, language: Language) -> String {
    let mut out = String::new();
    write(reason, text, language, &mut out);
    out
}

/// Returns what `reasons` say about `text`: one sentence for each code, in the order they first come, with all its words:
/// `shares words with the claim: “ballots”, “mule”`.
pub fn sentences(reasons: &[Reason], text: &str, language: Language) -> Vec<String> {
    let mut told: Vec<(&str, Vec<&Reason>)> = Vec::new();
    for reason in reasons {
        match told.iter_mut().find(|(code, _)| *code == reason.code.as_ref()) {
            Some((_, same)) => same.push(reason),
            None => told.push((reason.code.as_ref(), vec![reason])),
        }
    }
    told.into_iter()
        .map(|(_, same)| {
            let mut sentence = String::new();
            let (mut said, mut quoted) = (Vec::new(), false);
            for reason in same {
                let words = reason.span.and_then(|span| span.of(text));
                if sentence.is_empty() {
                    write(reason, text, language, &mut sentence);
                    quoted = words.is_some();
                } else if let Some(words) = words.filter(|words| !said.contains(words)) {
                    sentence.push_str(if quoted { ", " } else { ": " });
                    quote(words, &mut sentence);
                    quoted = true;
                }
                said.extend(words);
            }
            sentence
        })
        .collect()
}

/// Writes what [`sentence`] returns behind what `out` holds.
pub fn write(reason: &Reason, text: &str, language: Language, out: &mut String) {
    out.push_str(match (known(&reason.code), language) {
        (Some((_, english, _)), Language::En) => english,
        (Some((_, _, spanish)), Language::Es) => spanish,
        (None, _) => reason.code.as_ref(),
    });
    let Some(words) = reason.span.and_then(|span| span.of(text)) else { return };
    out.push_str(": ");
    quote(words, out);
}

fn quote(words: &str, out: &mut String) {
    out.push('“');
    for (number, word) in words.split_whitespace().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.push('”');
}

/// Returns the line of [`SENTENCES`] for a code; of two the first holds.
fn known(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    static BY_CODE: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let codes = SENTENCES.iter().enumerate().rev();
        codes.map(|(at, (code, _, _))| (*code, at)).collect()
    });
    BY_CODE.get(code).map(|at| &SENTENCES[*at])
}

/// Code, English, Spanish.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("person.said", "a person who read it says so", "lo dice una persona que lo leyó"),
    ("private.exact", "is exactly the person’s own data", "es exactamente un dato de la persona"),
    ("phone.number", "gives a telephone number", "da un número de teléfono"),
    (
        "phone.disguised",
        "gives a telephone number, written so that programs miss it",
        "da un número de teléfono, escrito para que los programas no lo vean",
    ),
    ("email.address", "gives an e-mail address", "da una dirección de correo"),
    (
        "email.disguised",
        "gives an e-mail address with its signs written out",
        "da una dirección de correo con los signos en palabras",
    ),
    ("ssn.number", "gives a social security number", "da un número de seguro social"),
    ("ssn.part", "gives a part of a social security number", "da parte de un número de seguro social"),
    ("plate.cue", "gives a licence plate", "da una matrícula"),
    ("address.street", "gives a street address", "da una dirección"),
    ("address.box", "gives a post box", "da un apartado postal"),
    ("address.described", "names the street of a house", "nombra la calle de una casa"),
    ("address.house", "describes the house", "describe la casa"),
    ("whose.private", "speaks of a private person", "habla de una persona privada"),
    ("whose.own", "looks like the writer’s own", "parece del propio autor"),
    ("whose.official", "looks like a public office’s", "parece de una oficina pública"),
    ("whose.event", "looks like an event’s or business’s", "parece de un evento o negocio"),
    ("whose.unknown", "does not say whose it is", "no dice de quién es"),
    ("threat.intent", "says someone will or wants to do harm", "dice que alguien hará o quiere hacer daño"),
    (
        "threat.death",
        "says someone will or should die or suffer",
        "dice que alguien morirá o debe morir o sufrir",
    ),
    ("threat.desert", "says someone deserves harm", "dice que alguien merece daño"),
    ("threat.wish", "wishes harm", "desea daño"),
    ("threat.death_to", "calls for death", "pide la muerte"),
    ("threat.kill_you", "tells someone to kill themselves", "dice a alguien que se mate"),
    ("threat.die", "tells someone to die", "dice a alguien que muera"),
    (
        "threat.better",
        "says things would be better with someone dead or gone",
        "dice que todo iría mejor sin alguien",
    ),
    ("threat.norm", "calls harm right or allowed", "llama correcto o permitido el daño"),
    ("threat.best", "says harm should be done", "dice que se debe hacer daño"),
    ("threat.imperative", "tells others to do harm", "ordena hacer daño"),
    ("threat.body", "names harm to the body", "nombra daño al cuerpo"),
    ("threat.means", "names a weapon meant for someone", "nombra un arma destinada a alguien"),
    ("threat.imagery", "uses an image of killing", "usa una imagen de matar"),
    (
        "threat.arson",
        "speaks of burning a place with people in it",
        "habla de quemar un lugar con gente dentro",
    ),
    ("threat.vehicle", "speaks of running someone down", "habla de atropellar a alguien"),
    ("threat.family", "aims at the family", "apunta a la familia"),
    ("threat.exec", "speaks of execution", "habla de ejecución"),
    ("threat.emoji", "says it with a weapon picture", "lo dice con la imagen de un arma"),
    (
        "veiled.where_you_live",
        "lets someone know that it is known where to find them",
        "hace saber que se sabe dónde encontrarle",
    ),
    ("veiled.shame", "hints that something could happen", "insinúa que algo podría pasar"),
    ("veiled.coming", "says someone is coming for them", "dice que van por ellos"),
    ("veiled.watch", "tells someone to be afraid", "dice a alguien que tenga miedo"),
    ("veiled.hide", "says there is nowhere to hide", "dice que no hay dónde esconderse"),
    ("veiled.clock", "says time is running out", "dice que se acaba el tiempo"),
    ("veiled.pay", "says someone will pay", "dice que alguien pagará"),
    ("veiled.ditch", "hints at a dead body", "insinúa un cadáver"),
    ("veiled.insurance", "hints at death by its paperwork", "insinúa la muerte por sus trámites"),
    ("veiled.arms", "hints at armed force", "insinúa la fuerza armada"),
    ("veiled.tribunal", "hints at execution after a tribunal", "insinúa una ejecución tras un tribunal"),
    ("veiled.fafo", "warns of what will follow", "advierte de lo que vendrá"),
    ("veiled.ultimatum", "sets an ultimatum", "pone un ultimátum"),
    ("veiled.soon", "announces a visit", "anuncia una visita"),
    ("veiled.knock", "sends people to the door", "envía gente a la puerta"),
    ("veiled.nice", "shows that home or family was noticed", "muestra que se fijó en la casa o la familia"),
    ("veiled.surveil", "shows that the person is watched", "muestra que se vigila a la persona"),
    ("veiled.place", "hints at hell or a grave", "insinúa el infierno o una tumba"),
    ("veiled.not_make", "doubts that someone will live", "duda de que alguien viva"),
    ("veiled.not_saying", "denies meaning what is hinted", "niega querer decir lo que insinúa"),
    ("veiled.gone", "hints at making someone vanish", "insinúa hacer desaparecer a alguien"),
    ("veiled.rot", "curses someone", "maldice a alguien"),
    ("veiled.zillow", "points out how a home is unguarded", "señala que una casa no está protegida"),
    ("urgent.place", "names a place", "nombra un lugar"),
    ("urgent.means", "names means of harm", "nombra medios para hacer daño"),
    ("urgent.approach", "says someone is coming closer or watching", "dice que alguien se acerca o vigila"),
    ("urgent.time", "says when", "dice cuándo"),
    ("urgent.family", "names the family", "nombra a la familia"),
    ("incite.somebody", "calls on somebody to do harm", "llama a alguien a hacer daño"),
    ("incite.imperative", "calls on others to do harm", "llama a otros a hacer daño"),
    ("incite.arson", "calls for burning or bombing a place", "llama a quemar o volar un lugar"),
    ("incite.arms", "calls to arms", "llama a las armas"),
    ("incite.justice", "calls for killing as justice", "llama a matar como justicia"),
    ("swat.call", "speaks of sending armed police to someone", "habla de mandar policía armada a alguien"),
    ("swat.hoax", "asks for a false emergency call", "pide una falsa llamada de emergencia"),
    (
        "intimidate.polls",
        "says officers or armed men will be at the polls",
        "dice que habrá agentes u hombres armados en las urnas",
    ),
    ("intimidate.arrest", "says voters will be arrested", "dice que arrestarán a votantes"),
    ("intimidate.armed", "speaks of armed watching", "habla de vigilancia armada"),
    ("intimidate.resign", "presses an official to resign", "presiona a un funcionario a renunciar"),
    ("intimidate.false_date", "gives a wrong way or day to vote", "da una manera o un día falso para votar"),
    (
        "intimidate.office",
        "warns an official against doing the job",
        "advierte a un funcionario que no haga su trabajo",
    ),
    ("pose.office", "speaks as a public office", "habla como una oficina pública"),
    (
        "pose.demand",
        "asks for private data or payment in an office’s name",
        "pide datos o pago en nombre de una oficina",
    ),
    ("pose.new_account", "claims to be an office’s other account", "dice ser otra cuenta de una oficina"),
    ("find.who", "asks who a person is", "pregunta quién es una persona"),
    ("find.knows", "asks whether anyone knows a person", "pregunta si alguien conoce a una persona"),
    ("find.name", "asks for name, address or other data", "pide nombre, dirección u otros datos"),
    ("find.id", "asks for an identification", "pide una identificación"),
    ("find.hunt", "calls to find a person", "llama a encontrar a una persona"),
    ("find.plate", "asks for the owner of a vehicle", "pide el dueño de un vehículo"),
    ("find.crowd", "asks a crowd to look", "pide a muchos que busquen"),
    ("find.where", "asks where a person lives or works", "pregunta dónde vive o trabaja una persona"),
    ("find.go", "sends people to a person", "envía gente a una persona"),
    ("find.contact", "calls to contact a person", "llama a contactar a una persona"),
    ("find.tell", "calls to contact a person", "llama a contactar a una persona"),
    ("find.spread", "asks to spread until a person is found", "pide difundir hasta encontrar a una persona"),
    ("find.es", "asks who or where a person is", "pregunta quién es o dónde está una persona"),
    ("abuse.you", "insults the person addressed", "insulta a la persona a quien habla"),
    ("abuse.name", "insults a person", "insulta a una persona"),
    ("abuse.fuck", "curses a person", "maldice a una persona"),
    ("abuse.is", "insults a person", "insulta a una persona"),
    ("find.flood", "calls to flood a person with messages", "llama a inundar a una persona de mensajes"),
    ("find.polite", "hints at contacting a person", "insinúa contactar a una persona"),
    ("threat.beat", "speaks of beating someone", "habla de golpear a alguien"),
    ("threat.put", "speaks of killing as putting away", "habla de matar como quitar de en medio"),
    ("threat.es", "states or wishes harm", "dice o desea daño"),
    ("veiled.es", "hints at harm", "insinúa daño"),
    ("veiled.private", "shows knowledge of private life", "muestra que conoce la vida privada"),
    ("veiled.last", "hints that something is the last time", "insinúa que algo es la última vez"),
    ("veiled.delay", "hints that help would come late", "insinúa que la ayuda llegaría tarde"),
    ("veiled.never", "hints at how this ends for people like them", "insinúa cómo acaba esto para gente así"),
    ("veiled.traitors", "recalls what is done to traitors", "recuerda lo que se hace a los traidores"),
    ("veiled.court", "hints at justice outside a court", "insinúa justicia fuera de un tribunal"),
    ("veiled.meet", "announces a meeting at a private place", "anuncia un encuentro en un lugar privado"),
    ("veiled.hands", "disclaims what will happen", "se desentiende de lo que pasará"),
    ("veiled.find", "says they will be found", "dice que serán encontrados"),
    ("veiled.lesson", "hints at a lesson to be taught", "insinúa una lección"),
    ("veiled.careful", "tells someone to be careful", "dice a alguien que tenga cuidado"),
    (
        "find.face",
        "asks to read a name or face from a picture",
        "pide leer un nombre o una cara en una imagen",
    ),
    ("work.trade", "says what a relative works as", "dice en qué trabaja un familiar"),
    ("school.es", "says at which school", "dice en qué escuela"),
    ("threat.life", "speaks of ending a life", "habla de acabar con una vida"),
    ("threat.hands", "says someone will die by their hand", "dice que alguien morirá por su mano"),
    (
        "veiled.expose",
        "announces that private data will be released",
        "anuncia que se publicarán datos privados",
    ),
    ("abuse.call", "calls a person names", "pone motes a una persona"),
    ("abuse.kind", "degrades a person", "degrada a una persona"),
    ("abuse.es", "insults a person", "insulta a una persona"),
    ("abuse.slur", "uses a slur", "usa un insulto discriminatorio"),
    ("work.at", "says where a person works", "dice dónde trabaja una persona"),
    ("work.employer", "points at a person’s employer", "señala al empleador de una persona"),
    ("work.linkedin", "points at a person’s profile", "señala el perfil de una persona"),
    ("work.counts", "names a person with their work", "nombra a una persona con su trabajo"),
    ("school.kids", "says where children go to school", "dice a qué escuela van unos niños"),
    ("school.pickup", "says where children are picked up", "dice dónde se recoge a unos niños"),
    ("school.wife", "says at which school somebody works", "dice en qué escuela trabaja alguien"),
    ("family.name", "names a family member", "nombra a un familiar"),
    ("family.lives", "says where a family member is", "dice dónde está un familiar"),
    ("family.es", "names a family member", "nombra a un familiar"),
    ("routine.every", "says where a person regularly is", "dice dónde está una persona con regularidad"),
    ("routine.when", "says when a person comes or goes", "dice cuándo una persona llega o sale"),
    ("routine.same", "points out a habit", "señala una costumbre"),
    ("routine.home", "says when a person can be met", "dice cuándo se encuentra a una persona"),
    ("where.now", "says where a person is now", "dice dónde está ahora una persona"),
    ("where.saw", "says where a person was just seen", "dice dónde se acaba de ver a una persona"),
    ("where.way", "says where a person is going", "dice adónde va una persona"),
    ("where.staying", "says where a person is staying", "dice dónde se aloja una persona"),
    ("where.house", "points at pictures of a person’s house", "señala fotos de la casa de una persona"),
    ("claim.words", "shares words with the claim", "comparte palabras con la afirmación"),
    ("claim.asked", "asks rather than states", "pregunta, no afirma"),
    ("claim.denied", "denies it", "lo niega"),
    ("claim.reported", "reports what others say", "cuenta lo que otros dicen"),
    ("shown.quotation", "quotes another’s words", "cita palabras de otro"),
    ("shown.negation", "is denied", "está negado"),
    ("shown.news", "reads as news or a report", "parece noticia o informe"),
    (
        "shown.victim",
        "tells what was done to the writer or others",
        "cuenta lo que le hicieron al autor o a otros",
    ),
    ("shown.counter", "speaks against it", "habla en contra"),
    ("shown.fiction", "is about fiction or a game", "trata de ficción o un juego"),
    ("shown.sport", "is about sport", "trata de deporte"),
    ("shown.idiom", "is a manner of speaking", "es una manera de hablar"),
    ("shown.satire", "is marked as a joke", "está marcado como broma"),
    ("shown.self", "is about the writer", "trata del propio autor"),
    ("shown.harmless", "reads as a harmless search", "parece una búsqueda inocente"),
    ("work.named", "names a person with their work", "nombra a una persona con su trabajo"),
    ("work.role", "says what a person works as, and where", "dice en qué y dónde trabaja una persona"),
    ("work.label", "names an employer", "nombra a un empleador"),
    ("work.front", "says where at work a person can be met", "dice en qué puesto se encuentra a una persona"),
    ("work.hired", "says who employs a person", "dice quién emplea a una persona"),
    ("support.ask", "says how to reach the person there", "dice cómo llegar allí a la persona"),
    ("support.target", "speaks of somebody who was looked for", "habla de alguien a quien se buscaba"),
    ("support.child", "speaks of a child’s daily ways", "habla de la vida diaria de un niño"),
    (
        "support.alone",
        "points out that the person is alone or easy to meet",
        "señala que la persona está sola o es fácil de encontrar",
    ),
    (
        "support.now",
        "says that it is so now, or how to find the place",
        "dice que es ahora, o cómo hallar el lugar",
    ),
    ("support.more", "names more of the family", "nombra a más familiares"),
    ("school.grade", "says which school or class a child is in", "dice en qué escuela o grado está un niño"),
    ("school.place", "names a school or day care", "nombra una escuela o guardería"),
    ("routine.bare", "says when a person comes or goes", "dice cuándo alguien llega o sale"),
    (
        "routine.catch",
        "says when and where a person can be met",
        "dice cuándo y dónde se encuentra a una persona",
    ),
    ("routine.es", "says where a person regularly is", "dice dónde está una persona con regularidad"),
    (
        "where.lives",
        "says where a person lives by what stands beside it",
        "dice dónde vive alguien por lo que hay al lado",
    ),
    ("where.es", "says where a person lives", "dice dónde vive alguien"),
    ("family.named", "names a family member", "nombra a un familiar"),
    ("find.names", "asks for the names of people", "pide los nombres de personas"),
    ("threat.visit_armed", "speaks of coming with a weapon", "habla de venir con un arma"),
    ("threat.bomb", "speaks of placing a bomb", "habla de poner una bomba"),
    ("threat.cure", "calls killing the answer", "llama solución a matar"),
    ("threat.price", "says how cheap killing is", "dice lo barato que es matar"),
    (
        "threat.cripple",
        "says someone will not walk or breathe again",
        "dice que alguien no volverá a caminar o respirar",
    ),
    (
        "threat.hands_on",
        "says what will be done once they have someone",
        "dice qué hará cuando tenga a alguien",
    ),
    ("threat.ditch", "speaks of where a body will be found", "habla de dónde se hallará un cuerpo"),
    (
        "veiled.seen",
        "shows that home, car or family was watched",
        "muestra que se vigiló casa, coche o familia",
    ),
    (
        "veiled.forget",
        "says a face or address will not be forgotten",
        "dice que no olvidará una cara o dirección",
    ),
    ("veiled.stay", "hopes in a way that hints at harm", "desea de un modo que insinúa daño"),
    ("veiled.stitches", "says what happens to people like them", "dice qué les pasa a los que son así"),
    ("veiled.disappear", "says people like them disappear", "dice que gente así desaparece"),
    ("veiled.under_car", "tells someone to look for a trap", "dice a alguien que busque una trampa"),
    ("veiled.visit", "announces a visit", "anuncia una visita"),
    ("veiled.second", "hints at arms as the answer", "insinúa las armas como respuesta"),
    ("veiled.code", "says they can get in", "dice que puede entrar"),
    ("incite.go", "sends a crowd to somebody", "manda a una multitud contra alguien"),
    ("incite.storm", "calls for storming a place", "llama a asaltar un lugar"),
    (
        "incite.block",
        "calls for holding people in or using force",
        "llama a encerrar a gente o a usar la fuerza",
    ),
    ("incite.lesson", "calls on others to punish somebody", "llama a otros a castigar a alguien"),
    ("swat.es", "asks for a false emergency call", "pide una falsa llamada de emergencia"),
    ("pose.as", "says they pose as the person or office", "dice que se hace pasar por la persona u oficina"),
    (
        "intimidate.film",
        "announces that voters will be filmed, followed or exposed",
        "anuncia que filmarán, seguirán o expondrán a votantes",
    ),
    ("intimidate.stay", "warns against voting", "advierte que no se vote"),
    ("intimidate.risk", "says voting is at one’s own risk", "dice que votar es bajo su propio riesgo"),
    ("abuse.what_a", "insults a person", "insulta a una persona"),
    ("abuse.this", "insults a person", "insulta a una persona"),
    ("abuse.est", "insults a person", "insulta a una persona"),
    ("whose.public", "is about somebody in public life", "trata de alguien de la vida pública"),
    ("work.job", "names a trade and a place of work", "nombra un oficio y un lugar de trabajo"),
    ("work.does", "says what a person does at a place", "dice qué hace una persona en un lugar"),
    ("support.place", "says how to find the person at work", "dice cómo hallar a la persona en el trabajo"),
    ("school.at", "says which school a child is at", "dice en qué escuela está un niño"),
    ("school.class", "says which class a child is in", "dice en qué clase está un niño"),
    ("support.theirs", "speaks of somebody’s child", "habla del hijo de alguien"),
    ("routine.at", "says when a person is somewhere", "dice cuándo está una persona en un lugar"),
    ("support.spot", "names the place", "nombra el lugar"),
    ("where.just", "says where a person was a moment ago", "dice dónde estaba alguien hace un momento"),
    ("where.hiding", "says where a person is staying", "dice dónde se aloja una persona"),
    ("support.wearing", "says by what the person can be known", "dice cómo reconocer a la persona"),
    ("family.list", "lists the family", "enumera a la familia"),
    ("find.eyes", "asks for a person to be watched", "pide que se vigile a una persona"),
    ("find.list", "asks for name, address or other data", "pide nombre, dirección u otros datos"),
    ("threat.end", "says someone will be killed or maimed", "dice que matarán o herirán a alguien"),
    ("threat.gore", "wants to see a body hurt", "quiere ver un cuerpo herido"),
    ("threat.watch", "wants to watch someone die", "quiere ver morir a alguien"),
    (
        "threat.drag",
        "says someone should be dragged or thrown to harm",
        "dice que se debe arrastrar o arrojar a alguien",
    ),
    ("threat.wall", "speaks of execution", "habla de ejecución"),
    (
        "threat.owner",
        "names a weapon or grave meant for someone",
        "nombra un arma o tumba destinada a alguien",
    ),
    (
        "threat.match",
        "says how little it takes to burn or kill",
        "dice lo poco que basta para quemar o matar",
    ),
    ("threat.toe", "speaks of a corpse", "habla de un cadáver"),
    ("threat.range", "speaks of a weapon being ready", "habla de un arma lista"),
    ("threat.may", "wishes harm", "desea daño"),
    (
        "veiled.ask_kids",
        "asks after the family in a way that hints at harm",
        "pregunta por la familia de un modo que insinúa daño",
    ),
    (
        "veiled.locks",
        "advises protection in a way that hints at harm",
        "aconseja protegerse de un modo que insinúa daño",
    ),
    ("veiled.insured", "hints at fire or death by insurance", "insinúa fuego o muerte por el seguro"),
    ("veiled.target", "says someone is a target", "dice que alguien es un blanco"),
    ("veiled.alone", "speaks of when nobody is watching", "habla de cuando nadie mire"),
    ("veiled.saw_you", "shows that the person was watched", "muestra que se vigiló a la persona"),
    (
        "veiled.asking",
        "says others ask where to find someone",
        "dice que otros preguntan dónde hallar a alguien",
    ),
    ("veiled.have", "says private data is in hand", "dice que tiene datos privados"),
    ("veiled.warn", "warns of what will follow", "advierte de lo que vendrá"),
    ("incite.rise", "calls for force", "llama a la fuerza"),
    ("abuse.choke", "curses a person", "maldice a una persona"),
    ("threat.would", "says harm should have been done", "dice que se debió hacer daño"),
    ("threat.plain", "speaks of killing, maiming or destroying", "habla de matar, herir o destruir"),
    ("threat.should_die", "says people should die or suffer", "dice que alguien debe morir o sufrir"),
    ("threat.order", "calls for killing people", "llama a matar a personas"),
    ("threat.fate", "says people will be killed or maimed", "dice que matarán o herirán a alguien"),
    ("threat.yourself", "tells someone to kill themselves", "dice a alguien que se mate"),
    ("threat.beat", "speaks of beating a person", "habla de golpear a una persona"),
    ("threat.purge", "speaks of wiping people out", "habla de eliminar a personas"),
    ("threat.genocide", "calls for killing many", "pide que se mate a muchos"),
    ("threat.fancy", "says they would enjoy harming people", "dice que disfrutaría haciendo daño a personas"),
    ("threat.licence", "calls killing people allowed", "llama permitido matar a personas"),
    ("threat.modal", "says people should be killed or maimed", "dice que se debe matar o herir a personas"),
    ("threat.fine", "calls killing people good", "llama bueno matar a personas"),
    ("threat.dead_ones", "wants people dead", "quiere muertas a personas"),
    ("threat.illness", "wishes illness on somebody", "desea una enfermedad a alguien"),
    ("threat.limb", "speaks of maiming somebody", "habla de mutilar a alguien"),
    ("threat.unmissed", "says nobody would miss somebody", "dice que nadie echaría de menos a alguien"),
    ("threat.aim", "speaks of shooting at somebody", "habla de disparar a alguien"),
    ("threat.over", "speaks of running people over", "habla de atropellar a personas"),
    ("threat.place", "wants a place destroyed", "quiere destruir un lugar"),
    ("threat.end_you", "says what they will do to somebody", "dice lo que le hará a alguien"),
    ("learned.words", "reads like posts of this kind", "se parece a mensajes de este tipo"),
];

#[cfg(test)]
mod tests {
    use values::Span;

    use super::*;

    #[test]
    fn a_reason_reads_as_a_sentence() {
        let reason = Reason { code: "urgent.time".into(), span: Some(Span::new(5, 12)) };
        assert_eq!(sentence(&reason, "soon tonight!", Language::En), "says when: “tonight”");
        assert_eq!(sentence(&reason, "soon tonight!", Language::Es), "dice cuándo: “tonight”");
        let whole = Reason { code: "whose.unknown".into(), span: None };
        assert_eq!(sentence(&whole, "", Language::En), "does not say whose it is");
    }

    #[test]
    fn a_reason_met_several_times_is_one_sentence() {
        let at = |code: &'static str, span: Option<(usize, usize)>| Reason {
            code: code.into(),
            span: span.map(|(start, end)| Span::new(start, end)),
        };
        let reasons = [
            at("urgent.time", Some((5, 12))),
            at("whose.unknown", None),
            at("urgent.time", Some((0, 4))),
            at("urgent.time", Some((5, 12))),
            at("whose.unknown", None),
        ];
        assert_eq!(
            sentences(&reasons, "soon tonight!", Language::En),
            ["says when: “tonight”, “soon”", "does not say whose it is"]
        );
    }
}
