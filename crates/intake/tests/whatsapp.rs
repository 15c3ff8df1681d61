//! Chats as phones in many languages export them, and what cannot be known about their dates.

mod reading;

use intake::Options;
use reading::{Got, plain, try_read};
use record::State;
use values::Doubt;

fn chat(text: &str) -> Got {
    try_read("_chat.txt", text.as_bytes(), &plain()).unwrap_or_else(|refused| panic!("{refused}"))
}

fn said(text: &str, day_first: bool) -> Got {
    let options = Options { day_first: Some(day_first), ..plain() };
    try_read("_chat.txt", text.as_bytes(), &options).unwrap()
}

fn when(got: &Got) -> Vec<String> {
    got.posts.iter().map(|(post, _)| post.written.map_or("none".to_owned(), |at| at.shown())).collect()
}

#[test]
fn an_export_of_a_us_iphone_shows_both_readings_until_somebody_says() {
    let text = "[11/4/25, 10:02:11\u{202F}AM] Ana Example: who is he\n[11/5/25, 9:15:00\u{202F}PM] Ben Example: no idea\n";
    let got = chat(text);
    assert!(got.has("whatsapp.day_or_month"));
    assert_eq!(
        when(&got),
        [
            "2025-04-11 10:02:11 or 2025-11-04 10:02:11 (day and month may be swapped)",
            "2025-05-11 21:15:00 or 2025-11-05 21:15:00 (day and month may be swapped)"
        ]
    );
    let got = said(text, false);
    assert!(!got.has("whatsapp.day_or_month"));
    assert_eq!(when(&got)[1], "2025-11-05 21:15:00 (local time, zone not stated)");
}

#[test]
fn the_order_that_runs_on_places_the_chat_and_does_not_settle_it() {
    // November to December with the month first; with the day first it would jump from 11 April to 12 January.
    let text = "[11/4/25, 10:02:11 AM] Ana Example: a\n[12/1/25, 9:15:00 PM] Ben Example: b\n";
    let mut items: Vec<record::Item> = Vec::new();
    intake::read(&intake::Slice::new("_chat.txt", text.as_bytes()), &plain(), &mut items).unwrap();
    let told = items.iter().find_map(|item| match item {
        record::Item::Trouble(trouble) if trouble.code == "whatsapp.day_or_month" => {
            Some(trouble.what.clone())
        }
        _ => None,
    });
    let told = told.unwrap();
    assert!(told.contains("11/4 is day 11 of month 4 or day 4 of month 11"), "{told}");
    assert!(told.contains("With the month first it runs on in order, with the day first it runs back once."));
    let got = chat(text);
    let first = got.posts[0].0.written.unwrap();
    assert_eq!(
        (first.to_rfc3339().as_str(), first.doubt()),
        ("2025-11-04T10:02:11Z", Some(Doubt::DayMonthOrder))
    );
}

#[test]
fn what_the_file_proves_counts_above_what_was_said() {
    let text = "[11/14/25, 10:02:11 AM] Ana Example: a\n[11/4/25, 9:15:00 PM] Ben Example: b\n";
    let got = said(text, true);
    assert!(got.has("whatsapp.order_proven") && !got.has("whatsapp.day_or_month"));
    assert_eq!(when(&got)[1], "2025-11-04 21:15:00 (local time, zone not stated)");
    // Ten days back: an export runs on in order.
    assert!(got.has("whatsapp.runs_back"));
}

#[test]
fn a_file_that_proves_both_orders_is_told() {
    let text = "14/11/25, 10:02 - Ana Example: a\n11/15/25, 10:02 - Ana Example: b\n4/11/25, 10:02 - Ana Example: c\n";
    let got = chat(text);
    assert!(got.has("whatsapp.two_orders") && !got.has("whatsapp.day_or_month"), "{:?}", got.codes);
    assert_eq!(got.posts[1].0.written.unwrap().to_rfc3339(), "2025-11-15T10:02Z");
    assert_eq!(got.posts[2].0.written.unwrap().doubt(), Some(Doubt::DayMonthOrder));
}

#[test]
fn years_that_stand_first_and_twin_numbers_leave_nothing_open() {
    assert!(!chat("[2025-11-04, 10:02:11] Ana Example: a\n").has("whatsapp.day_or_month"));
    assert!(!chat("4/4/25, 10:02 - Ana Example: a\n").has("whatsapp.day_or_month"));
}

#[test]
fn media_and_system_lines_of_many_phones() {
    let text = "13/11/25, 10:00 - Los mensajes y las llamadas están cifrados de extremo a extremo.\n\
        13/11/25, 10:02 - Ana Ejemplo: <Multimedia omitido>\n\
        13/11/25, 10:03 - Ana Ejemplo: null\n\
        13/11/25, 10:04 - \u{202A}+1 (202) 555-0143\u{202C}: <Medien ausgeschlossen>\n\
        13/11/25, 10:05 - ~\u{202F}Vecino: Eliminaste este mensaje.\n\
        13/11/25, 10:06 - Ana Ejemplo: <3 you\n\
        13/11/25, 10:07 - Ana Ejemplo: ya se fue <Se editó este mensaje.>\n";
    let got = chat(text);
    assert_eq!(got.posts.len(), 6);
    let names: Vec<_> = got.posts.iter().map(|(post, _)| post.author.name.clone().unwrap()).collect();
    assert_eq!(names[2..4], ["+1 (202) 555-0143", "Vecino"]);
    let media: Vec<usize> = got.posts.iter().map(|(post, _)| post.media.len()).collect();
    assert_eq!(media, [1, 1, 1, 0, 0, 0]);
    let states: Vec<State> = got.posts.iter().map(|(_, seen)| seen.state).collect();
    assert_eq!(states[3], State::Deleted);
    assert_eq!((states[5], got.posts[5].0.text.as_str()), (State::Edited, "ya se fue"));
    assert_eq!(got.posts[4].0.text, "<3 you");
    assert_eq!(got.summary.leftovers, 1);
}

#[test]
fn places_polls_and_calls_an_iphone_marks_are_what_people_did() {
    let text = "[13/11/25, 10:00:00] Group: \u{200E}Messages and calls are end-to-end encrypted.\n\
        \u{200E}[13/11/25, 10:01:00] Ben Example: \u{200E}Location: https://maps.google.com/?q=40.0,-75.0\n\
        \u{200E}[13/11/25, 10:02:00] Ben Example: \u{200E}POLL:\nShould we pay him a visit?\n\u{200E}OPTION: yes (3 votes)\n\
        \u{200E}[13/11/25, 10:03:00] Ben Example: \u{200E}Missed voice call\n\
        [13/11/25, 10:04:00] Ben Example: \u{200E}This message was deleted by admin Ana Example.\n";
    let got = chat(text);
    let words: Vec<&str> = got.posts.iter().map(|(post, _)| post.text.as_str()).collect();
    assert_eq!(got.posts.len(), 4, "{words:?}");
    assert!(words[0].contains("maps.google.com") && words[1].contains("pay him a visit"));
    assert_eq!((words[2], got.posts[3].1.state), ("Missed voice call", State::Deleted));
}

#[test]
fn lines_of_windows_and_marks_change_nothing() {
    let text =
        "[13/11/25, 10:02:11] Ana Example: one\ntwo\n\nthree\n[13/11/25, 10:03:00] Ben Example: four\n";
    let plain_text = chat(text);
    let windows = chat(&format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    let words = |got: &Got| got.posts.iter().map(|(post, _)| post.text.clone()).collect::<Vec<_>>();
    assert_eq!(words(&plain_text), words(&windows));
    assert_eq!(words(&plain_text)[0], "one\ntwo\n\nthree");
}
