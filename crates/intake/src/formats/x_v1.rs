//! X's interface v1.1: one post a line, as twarc 1 and many old collections hold them. A list of posts in one file is
//! read too.

use record::{Fidelity, Sink};
use serde::Deserialize;
use serde_json::Value;
use values::{At, Place};

use crate::Refused;
use crate::format::{Format, Head, Input, Out};
use crate::lines;
use crate::x::post::{Setting, push_legacy};
use crate::x::tweet::Legacy;

pub(super) const FORMAT: Format = Format {
    name: "x-api-v1",
    version: 1,
    description: "X's interface v1.1, one post a line (.jsonl, twarc 1) or a list of posts (.json)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| {
        head.opens_with(&['{', '['])
            && head.has(&["\"id_str\":\"", "\"created_at\":\"", "\"user\":{", "\"retweet_count\":"])
            && (head.has(&["\"full_text\":\""]) || head.has(&["\"truncated\":"]))
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let set = Setting { seen: None, fidelity: FORMAT.fidelity, depth: 2 };
    if input.opens_with_list()? {
        let value = input.json(out)?;
        let mut items = Vec::new();
        for (index, entry) in value.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
            push(
                entry,
                &format!("/{index}"),
                &|pointer| Place::new(At::Pointer(pointer.to_owned())),
                &set,
                &mut items,
            );
        }
        items.into_iter().for_each(|item| out.take(item));
        return Ok(());
    }
    lines::each(input, out, |line, items| {
        let text = line.text(items);
        let number = line.number;
        match serde_json::from_str::<Legacy<'_>>(&text) {
            Ok(post) => {
                push_legacy(&post, "", &|p| Place::new(At::LinePointer(number, p.to_owned())), &set, items);
            }
            Err(error) => line.broken(&error, items),
        }
    })
}

fn push(
    entry: &Value,
    pointer: &str,
    at: &dyn Fn(&str) -> Place,
    set: &Setting,
    items: &mut Vec<record::Item>,
) {
    if let Ok(post) = Legacy::deserialize(entry) {
        push_legacy(&post, pointer, at, set, items);
    }
}
