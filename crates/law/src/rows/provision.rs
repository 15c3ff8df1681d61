//! A law whose elements a finding may touch, or a doctrine that limits it.

use record::{Exposure, Kind, Role};
use serde::{Deserialize, Serialize};
use values::Platform;

use super::{AsText, Origin, row};
use crate::text::Text;

/// What sort of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProvisionKind {
    /// A public prosecutor decides.
    Criminal,
    /// A person may sue.
    Civil,
    /// Both.
    Both,
    /// Protects the one accused: immunity.
    Defence,
    /// A limit set by court rulings.
    Doctrine,
    /// Rules of procedure.
    Procedure,
    /// Something an office does on request, such as an address programme.
    Administrative,
    /// A bill that is not law as far as seen. Never matched.
    Bill,
}

impl ProvisionKind {
    /// Tells whether it stands beside claims and limits them, rather than being one.
    pub const fn limits(self) -> bool {
        matches!(self, Self::Defence | Self::Doctrine)
    }

    /// Returns the word for a reader.
    pub fn shown(self) -> Text {
        let (en, es) = match self {
            Self::Criminal => ("criminal: a prosecutor decides", "penal: decide la fiscalía"),
            Self::Civil => ("civil: a person may sue", "civil: puede demandar una persona"),
            Self::Both => ("criminal and civil", "penal y civil"),
            Self::Defence => ("protects the one accused", "protege al señalado"),
            Self::Doctrine => ("limit set by court rulings", "límite fijado por los tribunales"),
            Self::Procedure => ("rule of procedure", "regla de procedimiento"),
            Self::Administrative => ("given by an office on request", "lo da una oficina a petición"),
            Self::Bill => ("a bill, not law", "proyecto, no es ley"),
        };
        Text::new(en, es)
    }
}

/// How words or acts reached somebody, as laws tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Paper mail.
    Mail,
    /// Calls, voicemails, text messages.
    Phone,
    /// Platforms, e-mail, pages.
    Internet,
    /// Face to face.
    InPerson,
}

impl Route {
    /// Returns the route of a platform or way of contact; `None` where that is not known.
    pub const fn of(platform: Platform) -> Option<Self> {
        match platform {
            Platform::Letter => Some(Self::Mail),
            Platform::Phone | Platform::Sms => Some(Self::Phone),
            Platform::InPerson => Some(Self::InPerson),
            Platform::Unknown => None,
            _ => Some(Self::Internet),
        }
    }
}

/// What kind of exhibit can speak to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaks {
    /// The words of a post with a confirmed finding of one of the provision's kinds.
    Words,
    /// That it went over the internet, by phone or by mail: any exhibit's platform and link.
    Route,
    /// Several exhibits by one account.
    SameAccount,
    /// Posts after a correction, a warning or a stop notice came to the account.
    Notice,
    /// Calls, letters and visits in the log.
    Incident,
    /// Ties between accounts.
    Coordination,
    /// Posts that expose personal data.
    Exposure,
    /// Reach as captured.
    Reach,
    /// The subject's role, from the case.
    Role,
    /// A document from outside: an official statement, a police report, a bill, a certificate.
    Document,
    /// The person's own statement: fear, distress, consent, harm.
    OwnStatement,
}

impl Speaks {
    /// Returns what to look for, for a reader.
    pub fn shown(self) -> Text {
        let (en, es) = match self {
            Self::Words => ("the words of the posts", "las palabras de las publicaciones"),
            Self::Route => {
                ("how it was sent (platform, link, number)", "cómo se envió (plataforma, enlace, número)")
            }
            Self::SameAccount => ("several items by the same account", "varios elementos de la misma cuenta"),
            Self::Notice => (
                "posts after a correction or a warning came to the account",
                "publicaciones posteriores a que llegara a la cuenta una corrección o una advertencia",
            ),
            Self::Incident => {
                ("calls, letters and visits in the log", "llamadas, cartas y visitas en el registro")
            }
            Self::Coordination => ("ties between accounts", "vínculos entre cuentas"),
            Self::Exposure => {
                ("posts that show personal data", "publicaciones que muestran datos personales")
            }
            Self::Reach => ("reach as captured", "alcance según lo capturado"),
            Self::Role => ("your role, with a proof of it", "su función, con una prueba de ella"),
            Self::Document => (
                "a document from outside (official statement, police report, bill)",
                "un documento externo (declaración oficial, informe policial, factura)",
            ),
            Self::OwnStatement => ("your own statement", "su propia declaración"),
        };
        Text::new(en, es)
    }
}

/// One element: a question that a person answers with exhibits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementRow {
    /// The question.
    pub ask: Text,
    /// What kinds of exhibit can speak to it.
    pub speaks: Vec<Speaks>,
    /// The findings an exhibit must have to speak to it. Empty: any of the law's.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Whether no exhibit may ever be proposed as an answer: fault, falsity, fear and harm are a person's to say.
    #[serde(default)]
    pub person_only: bool,
}

impl AsText for ElementRow {
    fn text(&self) -> &Text {
        &self.ask
    }
}

/// A law, doctrine or procedure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// `US`, a state, or `DC`.
    pub jurisdiction: String,
    /// Its citation. The same in every language.
    pub citation: String,
    /// Its name.
    pub name: Text,
    /// What sort of row.
    pub kind: ProvisionKind,
    /// What it covers, in one sentence.
    pub conduct: Text,
    /// Its elements.
    pub elements: Vec<ElementRow>,
    /// Whom it protects, in words.
    pub protects: Text,
    /// Whom it protects, of the roles a case can have. Empty: anyone.
    pub roles: Vec<Role>,
    /// Findings that may touch it.
    pub kinds: Vec<Kind>,
    /// The routes it covers. Empty: any.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// What must be exposed, for a law on private data. Empty: any.
    #[serde(default)]
    pub exposures: Vec<Exposure>,
    /// Whether it fits only unusual facts and is listed last.
    #[serde(default)]
    pub narrow: bool,
    /// Those facts, for a narrow row: no finding shows them, so nothing is proposed until a person says that they are there.
    #[serde(default)]
    pub only_if: Text,
    /// What may follow from it.
    pub penalty: Text,
    /// Since when, as the source says it.
    pub effective: String,
    /// What a reader must know before relying on it.
    #[serde(default)]
    pub caution: Text,
}

impl Provision {
    /// Tells whether it covers what reached somebody in this way. What is not known is not held against it.
    pub fn covers(&self, platform: Platform) -> bool {
        self.routes.is_empty() || Route::of(platform).is_none_or(|route| self.routes.contains(&route))
    }

    /// Tells whether it covers the exposure of one of `exposed`. What is not known is not held against it.
    pub fn covers_exposed(&self, exposed: &[Exposure]) -> bool {
        self.exposures.is_empty()
            || exposed.is_empty()
            || exposed.iter().any(|what| self.exposures.contains(what))
    }
}

row!(Provision, "law", [name, conduct, protects, penalty, only_if, caution], [elements]);
