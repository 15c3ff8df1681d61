//! Collections signed for a made-up domain, with a made-up authority's timestamp; `root.pem` is the root of both.

use std::path::Path;

use container::{Rules, lint};

fn check(name: &str, trusted: bool, expected: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed");
    let mut rules = Rules::shipped();
    if trusted {
        rules.roots = seal::x509::from_pem(&std::fs::read_to_string(folder.join("root.pem")).unwrap());
    }
    let mut file = std::fs::File::open(folder.join(name)).unwrap();
    let judgement = lint(name, &mut file, &rules);
    assert_eq!(judgement.code(), expected, "{name}: {:#?}", judgement.troubles);
    let signed = judgement.troubles.iter().any(|trouble| trouble.code == "wacz.signed");
    assert_eq!(
        signed,
        matches!(expected, "ok" | "wacz.signature_untrusted" | "wacz.signature_time"),
        "{name}"
    );
}

#[test]
fn a_domain_is_believed_only_with_its_chain_and_timestamp() {
    check("ok.wacz", true, "ok");
    check("ok.wacz", false, "wacz.signature_untrusted");
    check("other_domain.wacz", true, "wacz.signature_domain");
    check("late.wacz", true, "wacz.signature_time");
    check("stamp_of_other.wacz", true, "wacz.timestamp");
    check("stamper_no_tsa.wacz", true, "wacz.timestamp");
}

#[test]
fn a_changed_byte_of_the_manifest_or_signature_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed");
    let good = std::fs::read(folder.join("ok.wacz")).unwrap();
    let mut rules = Rules::shipped();
    rules.roots = seal::x509::from_pem(&std::fs::read_to_string(folder.join("root.pem")).unwrap());
    for at in (0..good.len()).step_by(3) {
        let mut changed = good.clone();
        changed[at] ^= 0x20;
        let judgement = lint("ok.wacz", &mut std::io::Cursor::new(&changed), &rules);
        // Times and versions of ZIP entries are covered by nothing and mean nothing.
        if judgement.code() == "ok" {
            let alike = judgement.troubles.iter().any(|trouble| trouble.code == "wacz.signed");
            assert!(alike && judgement.records == Some(4), "byte {at}");
        }
    }
}
