//! The words of closed lists as a reader sees them, in both languages: roles, findings, what is exposed.

use record::{Exposure, Kind, Role};

use crate::text::Text;

/// Returns what a role is called.
pub fn role_shown(role: Role) -> Text {
    let (en, es) = match role {
        Role::ElectionOfficial => ("election official", "funcionario o funcionaria electoral"),
        Role::ElectionWorker => ("election worker", "trabajador o trabajadora electoral"),
        Role::Postal => ("postal worker", "empleado o empleada de correos"),
        Role::Contractor => (
            "works for a company an election office pays",
            "de una empresa contratada por una oficina electoral",
        ),
        Role::Volunteer => ("election volunteer", "voluntario o voluntaria electoral"),
        Role::Voter => ("voter", "votante"),
        Role::Candidate => ("candidate", "candidato o candidata"),
        Role::Relative => ("relative of an election worker", "familiar de una persona trabajadora electoral"),
    };
    Text::new(en, es)
}

/// Returns what a finding of a kind is called.
pub fn kind_shown(kind: Kind) -> Text {
    let (en, es) = match kind {
        Kind::Threat => ("threat", "amenaza"),
        Kind::Incitement => ("call to harm", "llamado a hacer daño"),
        Kind::Dox => ("private data exposed", "datos privados expuestos"),
        Kind::CallToIdentify => ("call to identify", "llamado a identificar"),
        Kind::Harassment => ("abuse", "insultos y vejación"),
        Kind::FalseClaim => ("matches an examined claim", "coincide con una afirmación examinada"),
        Kind::Intimidation => ("intimidation", "intimidación"),
        Kind::Impersonation => ("impersonation", "suplantación"),
        Kind::Swatting => ("hoax emergency call", "falsa llamada de emergencia"),
    };
    Text::new(en, es)
}

/// Returns what exposed data are called.
pub fn exposure_shown(exposure: Exposure) -> Text {
    let (en, es) = match exposure {
        Exposure::Address => ("address", "dirección"),
        Exposure::Phone => ("telephone number", "teléfono"),
        Exposure::Email => ("e-mail address", "correo electrónico"),
        Exposure::Ssn => ("social security number", "número de seguro social"),
        Exposure::Plate => ("licence plate", "matrícula"),
        Exposure::Workplace => ("place of work", "lugar de trabajo"),
        Exposure::Family => ("family", "familia"),
        Exposure::School => ("school", "escuela"),
        Exposure::Routine => ("daily routine", "rutina diaria"),
        Exposure::Location => ("present location", "ubicación actual"),
    };
    Text::new(en, es)
}
