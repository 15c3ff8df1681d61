//! Timestamps of `tests/tsa`, all of them made up: which step of the verification each one fails.
//!
//! Where `openssl ts -verify` can be run it is asked too; the table says where and why it is more lenient.

use std::path::{Path, PathBuf};
use std::process::Command;

use seal::timestamp::{self, Covered, Ended, verify};
use seal::x509::{self, Certificate};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tsa")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn certificates(name: &str) -> Vec<Certificate> {
    x509::from_pem(&String::from_utf8(bytes(name)).unwrap())
}

struct Row {
    token: &'static str,
    data: &'static str,
    others: &'static str,
    root: &'static str,
    /// The step that fails first, empty where all hold.
    fails: &'static str,
    /// Why openssl says otherwise, where it does.
    openssl: &'static str,
}

const fn row(token: &'static str, fails: &'static str) -> Row {
    Row { token, data: "data.txt", others: "chain.pem", root: "root.pem", fails, openssl: "" }
}

const fn more(token: &'static str) -> Row {
    Row { root: "more-root.pem", ..row(token, "") }
}

const fn wrong(token: &'static str, fails: &'static str) -> Row {
    Row { root: "wrong-root.pem", ..row(token, fails) }
}

const ROWS: &[Row] = &[
    row("good-sha256.tsr", ""),
    row("good-sha256.token", ""),
    row("good-sha512.tsr", ""),
    row("good-ec-sha384.tsr", ""),
    row("nononce.tsr", ""),
    row("nocert.tsr", "signer"),
    Row {
        others: "tsa.pem",
        root: "inter.pem",
        openssl: "it does not stop at an intermediate",
        ..row("nocert.tsr", "")
    },
    row("badsig.tsr", "signature"),
    row("genTime-edited.tsr", "signature"),
    row("no-ess-signingcert.token", "certificate-id"),
    row("noeku.token", "purpose"),
    row("rejected.tsr", "status"),
    row("truncated.tsr", "encoding"),
    Row { openssl: "it ignores what follows the response", ..row("trailing-bytes.tsr", "encoding") },
    row("untrusted.tsr", "chain"),
    Row { root: "otherroot.pem", ..row("untrusted.tsr", "") },
    Row { root: "otherroot.pem", ..row("good-sha256.tsr", "chain") },
    Row { openssl: "it accepts MD5", ..row("weak-md5.tsr", "imprint") },
    Row { openssl: "it accepts SHA-1", ..row("weak-sha1.tsr", "imprint") },
    Row { data: "data-altered.txt", ..row("good-sha256.tsr", "imprint") },
    Row { openssl: "it reads no PSS in timestamps", ..more("more-pss.token") },
    more("more-p256.token"),
    more("more-p384.token"),
    more("more-p521.token"),
    more("more-rsa512.token"),
    more("more-ber.token"),
    Row { openssl: "it finds no signer by key identifier", ..more("more-keyid.token") },
    wrong("wrong-sound.token", ""),
    wrong("wrong-two-signers.token", "encoding"),
    // Certificates of others stand before the signer's, one under its own name and number.
    wrong("wrong-decoys.token", ""),
    wrong("wrong-no-certificate.token", "signer"),
    // The signer's key under another certificate of the same name and number.
    Row { others: "wrong-others.pem", ..wrong("wrong-no-certificate.token", "certificate-id") },
    wrong("wrong-eku-not-critical.token", "purpose"),
    wrong("wrong-eku-more.token", "purpose"),
    wrong("wrong-eku-other.token", "purpose"),
    wrong("wrong-key-usage.token", "purpose"),
    wrong("wrong-signer-expired.token", "chain"),
    wrong("wrong-issuer-expired.token", "chain"),
    wrong("wrong-path-length.token", "chain"),
    wrong("wrong-path-length-kept.token", ""),
    wrong("wrong-issued-by-none.token", "chain"),
    wrong("wrong-unknown-extension.token", "chain"),
    Row { openssl: "it accepts a signature over SHA-1", ..wrong("wrong-signed-sha1.token", "signature") },
    wrong("wrong-content-type.token", "encoding"),
];

#[test]
fn each_timestamp_fails_where_the_table_says() {
    for row in ROWS {
        let checks = verify(
            &bytes(row.token),
            Covered::Data(&bytes(row.data)),
            None,
            &certificates(row.others),
            &certificates(row.root),
        );
        let fault = checks.first_fault().map_or("", |check| check.name);
        assert_eq!(fault, row.fails, "{}: {:#?}", row.token, checks.checks);
        assert_eq!(checks.holds(), row.fails.is_empty(), "{}", row.token);
    }
}

#[test]
fn openssl_agrees_where_it_can() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("openssl is not installed; nothing was compared");
        return;
    }
    for row in ROWS {
        let mut command = Command::new("openssl");
        command.current_dir(folder()).args(["ts", "-verify", "-in", row.token, "-data", row.data]);
        command.args(["-CAfile", row.root, "-untrusted", row.others]);
        if row.token.ends_with(".token") {
            command.arg("-token_in");
        }
        // As of the moment stamped; otherwise openssl would go by today's date.
        if let Ok(stamp) = timestamp::read(&bytes(row.token)) {
            command.args(["-attime", &stamp.at.seconds().to_string()]);
        }
        let accepted = command.output().unwrap().status.success();
        let agrees = accepted == row.fails.is_empty();
        assert_eq!(agrees, row.openssl.is_empty(), "{}: openssl accepted: {accepted}", row.token);
    }
}

#[test]
fn the_nonce_is_that_of_the_request() {
    let check = |request: &str, expected: bool| {
        // The nonce is the last INTEGER before the one flag at the end of these requests.
        let request = bytes(request);
        let nonce = &request[request.len() - 11..request.len() - 3];
        let nonce = if nonce[0] >= 0x80 { [&[0], nonce].concat() } else { nonce.to_vec() };
        let token = bytes("good-sha256.tsr");
        let checks =
            verify(&token, Covered::Data(&bytes("data.txt")), Some(&nonce), &[], &certificates("root.pem"));
        assert_eq!(checks.holds(), expected, "{:?}", checks.checks);
        assert_eq!(checks.first_fault().map(|check| check.name), (!expected).then_some("nonce"));
    };
    check("good-sha256.tsq", true);
    check("othernonce.tsq", false);
}

#[test]
fn what_the_stamp_says_is_read() {
    let token = bytes("good-sha256.tsr");
    let checks = verify(&token, Covered::Data(&bytes("data.txt")), None, &[], &certificates("root.pem"));
    let stamp = checks.stamp.unwrap();
    assert_eq!(stamp.at.to_rfc3339(), "2026-11-23T11:57:17Z");
    assert_eq!((stamp.accuracy, stamp.policy.as_str()), (Some(1000), "1.3.6.1.4.1.55555.1"));
    assert_eq!((stamp.signer.as_deref(), stamp.root.as_deref()), (Some("tsa"), Some("root")));
    assert_eq!(timestamp::read(&token).unwrap().imprint, stamp.imprint);
    let weak = verify(&bytes("weak-sha1.tsr"), Covered::Digests(&[]), None, &[], &[]);
    let imprint = weak.checks.iter().find(|check| check.name == "imprint").unwrap();
    assert!(matches!(imprint.ended, Ended::Failed(_)));
}

#[test]
fn a_changed_byte_never_holds() {
    let (good, data, roots) = (bytes("good-ec-sha384.tsr"), bytes("data.txt"), certificates("root.pem"));
    let chain = certificates("chain.pem");
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 1;
        let checks = verify(&changed, Covered::Data(&data), None, &chain, &roots);
        if !checks.holds() {
            continue;
        }
        // What nobody signs may change: the version numbers and digest list of the envelope, the text of the status,
        // and certificates that are not needed because they are at hand. What is said may not.
        let stamp = checks.stamp.unwrap();
        assert_eq!(stamp.at.to_rfc3339(), "2026-11-23T11:57:17Z", "byte {at}");
    }
}

#[test]
fn a_request_is_the_one_openssl_makes() {
    use seal::keys::Hash;
    let digest = Hash::Sha256.of(&bytes("data.txt"));
    let request = bytes("good-sha256.tsq");
    let nonce: [u8; 8] = request[request.len() - 11..request.len() - 3].try_into().unwrap();
    assert_eq!(timestamp::request(Hash::Sha256, &digest, Some(u64::from_be_bytes(nonce))), request);
    let without = timestamp::request(Hash::Sha256, &digest, None);
    assert_eq!(without, bytes("nononce.tsq"));
}
