//! Volumes: what a document of very many exhibits is cut into, so that each part can be opened, printed and held in memory.

use serde_json::{Value, json};

use crate::view::exhibit_name;

/// A document with some of the exhibits.
pub(super) struct Volume {
    /// Its file's name.
    pub(super) file: String,
    /// What it shows.
    pub(super) data: Value,
}

/// Cuts the exhibits of `data` into volumes of at most `most`, and lets `data` name these instead of showing the exhibits.
///
/// Returns none where all of them fit into one document. `numbers` are the exhibits' numbers in their order.
pub(super) fn cut(data: &mut Value, numbers: &[u32], most: usize) -> Vec<Volume> {
    if numbers.len() <= most.max(1) {
        return Vec::new();
    }
    let shared = on_every_page(data);
    let exhibits = data["exhibits"].as_array().cloned().unwrap_or_default();
    let volumes: Vec<Volume> = exhibits
        .chunks(most.max(1))
        .zip(numbers.chunks(most.max(1)))
        .zip(1..)
        .map(|((exhibits, numbers), number)| {
            let mut data = shared.clone();
            data["exhibits"] = Value::Array(exhibits.to_vec());
            data["volume"] = json!({ "number": number, "exhibits": span(numbers) });
            Volume { file: format!("exhibits-{number}.pdf"), data }
        })
        .collect();
    data["volumes"] = volumes
        .iter()
        .map(|volume| {
            let (number, exhibits) = (&volume.data["volume"]["number"], &volume.data["volume"]["exhibits"]);
            json!({ "number": number, "exhibits": exhibits, "file": volume.file })
        })
        .collect();
    volumes
}

/// What each page says around what it shows: every single value of the data, no list and no table.
fn on_every_page(data: &Value) -> Value {
    let single = |value: &Value| !value.is_array() && !value.is_object();
    let fields = data.as_object().into_iter().flatten().filter(|(_, value)| single(value));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

fn span(numbers: &[u32]) -> String {
    let name = |number: Option<&u32>| number.map_or_else(String::new, |number| exhibit_name(*number));
    format!("{}–{}", name(numbers.first()), name(numbers.last()))
}
