//! What each law asks, which exhibit speaks to it and what is missing; what limits it; and how comparable cases ended.
//!
//! For the person and their own lawyer alone: here the proposals of redress stand beside a person's answers, each marked as
//! what it is. Other recipients get answers only (see [`crate::dossier::LawRow`]).

use serde::{Deserialize, Serialize};

use crate::dossier::Sentence;

/// A law with its questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionRow {
    /// Its citation. The same in every language.
    pub citation: String,
    /// Its name.
    pub name: Sentence,
    /// What it covers.
    pub about: Sentence,
    /// What to know before relying on it; often empty.
    pub caution: Sentence,
    /// Its questions.
    pub questions: Vec<QuestionRow>,
    /// Rulings and immunities that limit it.
    pub limits: Vec<LimitRow>,
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: Sentence,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// The question.
    pub ask: Sentence,
    /// Numbers of the exhibits with which a person answered it.
    pub answered: Vec<u32>,
    /// The person's words, and who they are; empty where nobody answered.
    pub answer: String,
    /// Numbers of exhibits that redress proposes; empty where a person answered.
    pub proposed: Vec<u32>,
    /// What is missing; empty where a person answered.
    pub missing: Sentence,
}

/// A ruling or an immunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRow {
    /// Its citation. The same in every language.
    pub citation: String,
    /// Its name.
    pub name: Sentence,
    /// What it says.
    pub about: Sentence,
    /// How far the row can be relied on, in a sentence.
    pub standing: Sentence,
}

/// A comparable case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Its name, court and day. The same in every language.
    pub case: Sentence,
    /// How it ended.
    pub outcome: Sentence,
    /// What evidence was used.
    pub evidence: Vec<Sentence>,
    /// What to learn from it, what failed.
    pub lessons: Vec<Sentence>,
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: Sentence,
}
