//! Words of the page that asks what files leave open about their times.

use super::Say;

words! {
DATES_TITLE "When was it written?" "¿Cuándo se escribió?"
DATES_WORDS "Some files do not say it clearly. Answer what you know. What you leave open stays as it is: nothing is lost, and every reading is shown." "Algunos archivos no lo dicen con claridad. Conteste lo que sepa. Lo que deje abierto queda como está: no se pierde nada y se muestra cada lectura."
DATES_NONE "No file leaves this open." "Ningún archivo deja esto abierto."
DATES_TWO "The dates in this file can be read in two ways, and the file itself does not say which is right." "Las fechas de este archivo se pueden leer de dos formas, y el archivo mismo no dice cuál es la correcta."
DATES_WHICH "The first such date was:" "La primera de esas fechas fue:"
DATES_IN_ORDER "read so, the file runs on in order" "leído así, el archivo va en orden"
DATES_BACK_ONCE "read so, it jumps back in time once" "leído así, salta atrás en el tiempo una vez"
DATES_BACK_N "read so, it jumps back in time {n} times" "leído así, salta atrás en el tiempo {n} veces"
DATES_LOOK "Not sure? Look at the telephone it comes from, or ask whose it was. It can wait." "¿No está seguro? Mire el teléfono de donde viene o pregunte de quién era. Puede esperar."
DATES_ELSEWHERE "The dates in this file can be read in two ways. It was taken in with settings of its own; whoever did that can answer there." "Las fechas de este archivo se pueden leer de dos formas. Se guardó con ajustes propios; quien lo hizo puede contestarlo allí."
DATES_ZONE "Where was the clock that shows these times?" "¿Dónde estaba el reloj que muestra estas horas?"
DATES_ZONE_UNKNOWN "I do not know" "No lo sé"
DATES_ZONE_ABOUT "Usually where the telephone was that saved it. In summer most clocks are one hour ahead: choose what holds for most of these times." "Casi siempre donde estaba el teléfono que lo guardó. En verano casi todos los relojes van una hora adelantados: elija lo que valga para la mayoría de estas horas."
DATES_CLOCK "Whose clock was it?" "¿De qué reloj son las horas?"
DATES_CLOCK_WORDS "The times in these files are those of a place that they do not name. Untick those for which you do not know it." "Las horas de estos archivos son de un lugar que no nombran. Quite la marca de los que no sepa."
DATES_ASKED "Its dates can be read in two ways." "Sus fechas se pueden leer de dos formas."
DATES_ZONE_ASKED "It does not say where its clock was." "No dice dónde estaba su reloj."
DATES_ANSWER "Say which" "Decir cuál"
DATES_KEPT "Kept. The file was read again by what you said; its bytes are as they were." "Guardado. El archivo se leyó otra vez según lo que dijo; sus bytes no cambiaron."
DATES_BACK "Back to saving" "Volver a guardar"
DATES_NO_ORDER "Choose one of the two dates. Nothing was changed." "Elija una de las dos fechas. Nada cambió."
DATES_NO_ZONE "Choose a place from the list. Nothing was changed." "Elija un lugar de la lista. Nada cambió."
DATES_NO_FILE "Choose a file. Nothing was changed." "Elija un archivo. Nada cambió."
DATES_OPEN_N "Files that do not say clearly when they were written: {n}." "Archivos que no dicen con claridad cuándo se escribieron: {n}."
DATES_DAY "{month} {day}, {year}" "{day} de {month} de {year}"
ZONE_EASTERN_SUMMER "Eastern time, summer (UTC−4)" "Hora del Este, verano (UTC−4)"
ZONE_EASTERN_WINTER "Eastern time, winter (UTC−5)" "Hora del Este, invierno (UTC−5)"
ZONE_CENTRAL_SUMMER "Central time, summer (UTC−5)" "Hora del Centro, verano (UTC−5)"
ZONE_CENTRAL_WINTER "Central time, winter (UTC−6)" "Hora del Centro, invierno (UTC−6)"
ZONE_MOUNTAIN_SUMMER "Mountain time, summer (UTC−6)" "Hora de la Montaña, verano (UTC−6)"
ZONE_MOUNTAIN_WINTER "Mountain time, winter (UTC−7)" "Hora de la Montaña, invierno (UTC−7)"
ZONE_ARIZONA "Arizona (UTC−7)" "Arizona (UTC−7)"
ZONE_PACIFIC_SUMMER "Pacific time, summer (UTC−7)" "Hora del Pacífico, verano (UTC−7)"
ZONE_PACIFIC_WINTER "Pacific time, winter (UTC−8)" "Hora del Pacífico, invierno (UTC−8)"
ZONE_ALASKA_SUMMER "Alaska, summer (UTC−8)" "Alaska, verano (UTC−8)"
ZONE_ALASKA_WINTER "Alaska, winter (UTC−9)" "Alaska, invierno (UTC−9)"
ZONE_HAWAII "Hawaii (UTC−10)" "Hawái (UTC−10)"
ZONE_PUERTO_RICO "Puerto Rico (UTC−4)" "Puerto Rico (UTC−4)"
ZONE_GUAM "Guam (UTC+10)" "Guam (UTC+10)"
ZONE_UTC "Universal time (UTC)" "Hora universal (UTC)"
KEPT_TROUBLES_ABOUT "What was met while the file was read, and what would help. The file itself is kept exactly as it came." "Lo que se encontró al leer el archivo y qué ayudaría. El archivo mismo se guarda tal como llegó."
KEPT_TROUBLE_HIDDEN "The sentence names harsh words and is hidden." "La frase nombra palabras duras y está oculta."
}

/// The months, January first.
pub const MONTHS: [Say; 12] = [
    Say("January", "enero"),
    Say("February", "febrero"),
    Say("March", "marzo"),
    Say("April", "abril"),
    Say("May", "mayo"),
    Say("June", "junio"),
    Say("July", "julio"),
    Say("August", "agosto"),
    Say("September", "septiembre"),
    Say("October", "octubre"),
    Say("November", "noviembre"),
    Say("December", "diciembre"),
];
