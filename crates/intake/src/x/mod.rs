//! Posts of X, in the shapes its interfaces have given them: GraphQL and v1.1 (`tweet`), v2 (`v2`).

pub(crate) mod post;
pub(crate) mod tweet;
