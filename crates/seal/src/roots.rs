//! The roots that are trusted without being named: those of public timestamp authorities, and of Let's Encrypt, whose
//! certificates sign web archive collections.
//!
//! Each is pinned by the SHA-256 of its DER, as its owner and the browsers' programmes publish it. A root is a decision of
//! this project and nothing is added to it from the computer it runs on; others are named by the person (`--trust`).

use values::Digest;

use crate::x509::{Certificate, from_pem};

/// SHA-256 of the certificate, and the certificate.
const ROOTS: &[(&str, &str)] = &[
    (
        "3e9099b5015e8f486c00bcea9d111ee721faba355a89bcf1df69561e3dc6325c",
        include_str!("../roots/digicert-assured-id-root-ca.pem"),
    ),
    (
        "552f7bdcf1a7af9e6ce672017f4f12abf77240c78e761ac203d1d9d20ac89988",
        include_str!("../roots/digicert-trusted-root-g4.pem"),
    ),
    (
        "cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b",
        include_str!("../roots/globalsign-root-ca-r3.pem"),
    ),
    (
        "2cabeafe37d06ca22aba7391c0033d25982952c453647349763a3ab5ad6ccf69",
        include_str!("../roots/globalsign-root-ca-r6.pem"),
    ),
    (
        "5d56499be4d2e08bcfcad08a3e38723d50503bde706948e42f55603019e528ae",
        include_str!("../roots/identrust-commercial-root-ca-1.pem"),
    ),
    (
        "96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6",
        include_str!("../roots/isrg-root-x1.pem"),
    ),
    (
        "69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470",
        include_str!("../roots/isrg-root-x2.pem"),
    ),
    (
        "85666a562ee0be5ce925c1d8890a6f76a87ec16d4d7d5f29ea7419cf20123b69",
        include_str!("../roots/ssl-com-root-certification-authority-rsa.pem"),
    ),
    (
        "e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2",
        include_str!("../roots/usertrust-rsa-certification-authority.pem"),
    ),
];

/// Returns the roots, each checked against its pin; one that does not fit it is left out.
pub fn shipped() -> Vec<Certificate> {
    let pinned = |(pin, pem): &(&str, &str)| {
        let certificate = from_pem(pem).pop()?;
        (Digest::of(&certificate.whole).to_string() == *pin).then_some(certificate)
    };
    ROOTS.iter().filter_map(pinned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_root_is_the_pinned_one_and_issues_itself() {
        let roots = shipped();
        assert_eq!(roots.len(), ROOTS.len());
        for root in roots {
            assert_eq!(root.subject, root.issuer, "{}", root.name());
            assert!(root.extensions.authority.is_some_and(|(authority, _)| authority), "{}", root.name());
        }
    }
}
