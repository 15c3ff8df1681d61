//! `data/tables/custody.jsonld`: the custody chain in CASE/UCO, for tools of investigators that read it.
//!
//! Cyber-investigation Analysis Standard Expression 1.3 over the Unified Cyber Ontology 1.3: each event of the ledger is
//! an `InvestigativeAction` with its time, its performer and the bytes it is about; the order of the ledger is said by
//! `wasInformedBy`. It says no more than `custody.csv` does: the rows were redacted before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use values::Digest;

use crate::dossier::Dossier;
use crate::recipient::Language;

/// Writes the file.
pub(super) fn custody(dossier: &Dossier, language: Language, files: &mut BTreeMap<String, Vec<u8>>) {
    if dossier.custody.is_empty() {
        return;
    }
    let (mut graph, mut performers, mut objects) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut before: Option<String> = None;
    for row in &dossier.custody {
        let id = name("action", &format!("{} {}", dossier.case, row.line));
        let by = crate::words::actor(language, &row.by);
        performers.insert(by);
        let mut action = json!({
            "@id": id,
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:description": row.what.say(language),
            "uco-action:startTime": { "@type": "xsd:dateTime", "@value": row.at.to_rfc3339() },
            "uco-action:performer": { "@id": name("performer", by) },
        });
        if let Some(digest) = row.digest {
            objects.insert(digest);
            action["uco-action:object"] = json!([{ "@id": name("content", &digest.to_string()) }]);
        }
        if let Some(before) = before.replace(id) {
            action["case-investigation:wasInformedBy"] = json!({ "@id": before });
        }
        graph.push(action);
    }
    graph.extend(performers.iter().map(|by| {
        json!({
            "@id": name("performer", by),
            // A person who gave a name, or the program itself.
            "@type": if by.starts_with("redress ") { "uco-tool:Tool" } else { "uco-identity:Identity" },
            "uco-core:name": by,
        })
    }));
    graph.extend(objects.iter().map(content));
    let members: Vec<Value> = graph.iter().map(|node| json!({ "@id": node["@id"] })).collect();
    graph.insert(
        0,
        json!({
            "@id": name("investigation", &dossier.case),
            "@type": "case-investigation:Investigation",
            "uco-core:name": dossier.case,
            "uco-core:object": members,
        }),
    );
    let ontology = |part: &str| format!("https://ontology.unifiedcyberontology.org/uco/{part}/");
    let whole = json!({
        "@context": {
            "case-investigation": "https://ontology.caseontology.org/case/investigation/",
            "uco-action": ontology("action"),
            "uco-core": ontology("core"),
            "uco-identity": ontology("identity"),
            "uco-observable": ontology("observable"),
            "uco-tool": ontology("tool"),
            "uco-types": ontology("types"),
            "uco-vocabulary": ontology("vocabulary"),
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    });
    files.insert("data/tables/custody.jsonld".to_owned(), format!("{whole:#}\n").into_bytes());
}

fn content(digest: &Digest) -> Value {
    json!({
        "@id": name("content", &digest.to_string()),
        "@type": "uco-observable:ContentData",
        "uco-core:hasFacet": [{
            "@id": name("facet", &digest.to_string()),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:hash": [{
                "@id": name("hash", &digest.to_string()),
                "@type": "uco-types:Hash",
                "uco-types:hashMethod": { "@type": "uco-vocabulary:HashNameVocab", "@value": "SHA256" },
                "uco-types:hashValue": { "@type": "xsd:hexBinary", "@value": digest.to_string() },
            }],
        }],
    })
}

/// Returns a name that is the same for the same thing: a UUID of version 8 from a digest, as UCO asks names to end in one.
fn name(kind: &str, of: &str) -> String {
    let digest = Digest::of(format!("redress {kind} {of}").as_bytes()).to_string();
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[13..16],
        &digest[17..20],
        &digest[20..32]
    )
}
