//! The surge as tables: messages by hour, before and after each spreading post, what the model says and whence each message
//! may have come. Every table but the model's repeats the code of what it cannot show; the model's is a row of its own.

use super::Table;
use super::tables::utc;
use crate::trace::Map;

/// Each hour in which something was posted.
pub(super) fn hours(map: &Map) -> Table {
    let rows = || map.surge.hours.iter();
    Table::new("surge-hours")
        .text("hour_utc", rows().map(|hour| utc(Some(hour.start))))
        .count("spreading", rows().map(|hour| Some(hour.spreading)))
        .count("harmful", rows().map(|hour| Some(hour.harmful)))
        .text("cannot_show", rows().map(|_| map.surge.cannot_show.code()))
}

/// The messages before and after each spreading post, and the ratio of the two with its 95 % interval; empty cells where
/// there is none, or where it has no upper end.
pub(super) fn around(map: &Map) -> Table {
    let rows = || map.surge.around.iter();
    Table::new("surge-around")
        .text("post", rows().map(|row| row.post.as_str()))
        .count("hours", rows().map(|row| Some(u64::from(row.hours))))
        .count("before", rows().map(|row| Some(row.before)))
        .count("after", rows().map(|row| Some(row.after)))
        .number("ratio", rows().map(|row| row.ratio))
        .number("low_95", rows().map(|row| Some(row.low)))
        .number("high_95", rows().map(|row| row.high))
        .text("cannot_show", rows().map(|_| map.surge.cannot_show.code()))
}

/// The numbers of the fitted model, a row each; no row where there are too few messages for one.
pub(super) fn model(map: &Map) -> Table {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(model) = &map.surge.model {
        rows = [
            ("of_itself_per_hour", model.of_itself_per_hour),
            ("per_spreading_post", model.per_post),
            ("per_message", model.per_message),
            ("half_hours", model.half_hours),
            ("log_likelihood_gain", model.gain),
        ]
        .map(|(what, value)| (what, value.to_string()))
        .to_vec();
        rows.push(("cannot_show", map.surge.cannot_show.code().to_owned()));
    }
    Table::new("surge-model")
        .text("what", rows.iter().map(|(what, _)| *what))
        .text("value", rows.iter().map(|(_, value)| value.as_str()))
}

/// Where the model says each message may have come from, a row for each source: `itself`, `messages` (all earlier ones
/// together), and a `post` by its key, likeliest first: at most three, and none below one in a hundred, so that the
/// probabilities of a message may sum to less than one.
pub(super) fn attributed(map: &Map) -> Table {
    let mut rows: Vec<(&str, &str, &str, f64)> = Vec::new();
    for row in &map.surge.attributed {
        let message = row.message.as_str();
        rows.push((message, "itself", "", row.of_itself));
        rows.push((message, "messages", "", row.from_messages));
        rows.extend(
            row.from.iter().map(|(post, probability)| (message, "post", post.as_str(), *probability)),
        );
    }
    let rows = || rows.iter();
    Table::new("surge-attributed")
        .text("message", rows().map(|(message, ..)| *message))
        .text("from", rows().map(|(_, from, ..)| *from))
        .text("post", rows().map(|(_, _, post, _)| *post))
        .number("probability", rows().map(|(.., probability)| Some(*probability)))
        .text("cannot_show", rows().map(|_| map.surge.cannot_show.code()))
}
