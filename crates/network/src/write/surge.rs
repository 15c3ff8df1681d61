//! The surge as CSV: messages by hour, before and after each spreading post, what the model says and whence each message may
//! have come. Every table but the model's repeats the code of what it cannot show; the model's is a line of its own.

use std::io::Write;

use super::tables::utc;
use crate::trace::Map;

/// Writes each hour in which something was posted.
pub fn surge_hours_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["hour_utc", "spreading", "harmful", "cannot_show"])?;
    for hour in &map.surge.hours {
        out.write_record([
            utc(Some(hour.start)),
            hour.spreading.to_string(),
            hour.harmful.to_string(),
            map.surge.cannot_show.code().to_owned(),
        ])?;
    }
    Ok(out.flush()?)
}

/// Writes the messages before and after each spreading post, and the ratio of the two with its 95 % interval; empty cells
/// where there is none, or where it has no upper end.
pub fn surge_around_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["post", "hours", "before", "after", "ratio", "low_95", "high_95", "cannot_show"])?;
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for row in &map.surge.around {
        out.write_record([
            row.post.to_string(),
            row.hours.to_string(),
            row.before.to_string(),
            row.after.to_string(),
            number(row.ratio),
            row.low.to_string(),
            number(row.high),
            map.surge.cannot_show.code().to_owned(),
        ])?;
    }
    Ok(out.flush()?)
}

/// Writes the numbers of the fitted model, a line each; the header alone where there are too few messages for one.
pub fn surge_model_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["what", "value"])?;
    if let Some(model) = &map.surge.model {
        for (what, value) in [
            ("of_itself_per_hour", model.of_itself_per_hour),
            ("per_spreading_post", model.per_post),
            ("per_message", model.per_message),
            ("half_hours", model.half_hours),
            ("log_likelihood_gain", model.gain),
        ] {
            out.write_record([what, &value.to_string()])?;
        }
        out.write_record(["cannot_show", map.surge.cannot_show.code()])?;
    }
    Ok(out.flush()?)
}

/// Writes where the model says each message may have come from, a line for each source: `itself`, `messages` (all earlier
/// ones together), and a `post` by its key, likeliest first: at most three, and none below one in a hundred, so that the
/// probabilities of a message may sum to less than one.
pub fn surge_attributed_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["message", "from", "post", "probability", "cannot_show"])?;
    for row in &map.surge.attributed {
        let mut line = |from: &str, post: &str, probability: f64| {
            out.write_record([
                row.message.as_str(),
                from,
                post,
                &probability.to_string(),
                map.surge.cannot_show.code(),
            ])
        };
        line("itself", "", row.of_itself)?;
        line("messages", "", row.from_messages)?;
        for (post, probability) in &row.from {
            line("post", post.as_str(), *probability)?;
        }
    }
    Ok(out.flush()?)
}
