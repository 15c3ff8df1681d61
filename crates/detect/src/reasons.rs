//! Reasons in plain words, for a reader, in English and Spanish.

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
    let known = SENTENCES.iter().find(|(code, _, _)| *code == reason.code);
    let what = match (known, language) {
        (Some((_, english, _)), Language::En) => english,
        (Some((_, _, spanish)), Language::Es) => spanish,
        (None, _) => reason.code.as_ref(),
    };
    match reason.span.and_then(|span| span.of(text)) {
        Some(words) => format!("{what}: “{}”", words.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => what.to_owned(),
    }
}

/// Code, English, Spanish.
const SENTENCES: &[(&str, &str, &str)] = &[
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
        "lets someone know that their home is known",
        "hace saber que se conoce su casa",
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
}
