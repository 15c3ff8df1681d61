//! What a person wrote down of a call, letter or visit, and where words stand in a picture, as documents and tables show
//! them.

use record::Incident;
use serde_json::{Value, json};

use super::View;
use crate::dossier::{Exhibit, PictureBox};

/// Returns pixels as text: left, top, width × height.
pub(crate) fn pixels(area: &PictureBox) -> String {
    format!("{}, {}, {} × {}", area.left, area.top, area.width, area.height)
}

/// Returns how long it lasted: `1:05` for 65 seconds.
fn lasted(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

impl View<'_> {
    /// Returns what was written down beside the words: pairs of a label and a text, only those that were filled in.
    pub(super) fn incident(&self, exhibit: &Exhibit) -> Vec<Value> {
        let Some(incident) = &exhibit.incident else { return Vec::new() };
        lines(incident).into_iter().map(|(key, text)| json!([self.say(key), text])).collect()
    }
}

/// Returns the filled fields of an incident: the key of the label, and the text.
pub(crate) fn lines(incident: &Incident) -> Vec<(&'static str, String)> {
    let one = |text: &Option<String>| text.clone().unwrap_or_default();
    let all = [
        ("incident_who", one(&incident.who)),
        ("incident_from", one(&incident.from)),
        ("incident_place", one(&incident.place)),
        ("incident_lasted", incident.seconds.map_or_else(String::new, lasted)),
        ("incident_witnesses", incident.witnesses.join("; ")),
        ("incident_original", one(&incident.original_with)),
        ("incident_reported", incident.reported_to.join("; ")),
        ("incident_recording", incident.recording.map_or_else(String::new, |digest| digest.to_string())),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}
