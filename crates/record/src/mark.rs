//! What a person notes beside the evidence: a step of the plan done, an element of a law answered with exhibits.
//!
//! Neither changes a post or a finding. Both are kept in full, also when taken back later: the last one holds.

use serde::{Deserialize, Serialize};
use values::Moment;

use crate::Actor;

/// A step of the plan, marked as done or as open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepMark {
    /// The step's id in the rows.
    pub step: String,
    /// Whether it is done.
    pub done: bool,
    /// Who says so.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// A remark: a report's number, a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An element of a law or doctrine, answered by a person with exhibits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementAnswer {
    /// The provision's id in the rows.
    pub provision: String,
    /// The question as it was asked that day, in English. An answer belongs to these words: where later rows ask
    /// something else, it stands beside them as an answer to an older question and is not passed on.
    pub question: String,
    /// Numbers of the exhibits that speak to it, sorted. Empty together with no `why`: the answer is taken back.
    pub exhibits: Vec<u32>,
    /// The answer in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who answered.
    pub by: Actor,
    /// When.
    pub at: Moment,
}

impl ElementAnswer {
    /// Tells whether the answer takes an earlier one back.
    pub fn is_taken_back(&self) -> bool {
        self.exhibits.is_empty() && self.why.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use values::SaidBy;

    #[test]
    fn the_forms_on_disk_are_pinned() {
        let at = Moment::parse("2026-11-26T09:00:00Z", SaidBy::Redress).unwrap();
        let by = Actor::person("A. Helper");
        let mark = StepMark { step: "safe-now".into(), done: true, by: by.clone(), at, note: None };
        let answer = ElementAnswer {
            provision: "us-18-875c".into(),
            question: "Was it sent?".into(),
            exhibits: vec![1, 4],
            why: Some("seen online".into()),
            by,
            at,
        };
        assert!(!answer.is_taken_back());
        assert_eq!(
            serde_json::to_string(&mark).unwrap(),
            r#"{"step":"safe-now","done":true,"by":"A. Helper","at":{"at":1795683600000,"precision":"second","said_by":"redress"}}"#
        );
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            r#"{"provision":"us-18-875c","question":"Was it sent?","exhibits":[1,4],"why":"seen online","by":"A. Helper","at":{"at":1795683600000,"precision":"second","said_by":"redress"}}"#
        );
        assert_eq!(serde_json::from_str::<StepMark>(&serde_json::to_string(&mark).unwrap()).unwrap(), mark);
    }
}
