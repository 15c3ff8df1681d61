//! What a screen asks of a case: the same things the commands tell, in pieces the size of a page.
//!
//! Nothing here shows words of a post unless the call's name says so ([`look::look`], [`look::words`]); those calls write
//! to the ledger that they did. Names of accounts and files can be abusive too: [`gentle`] says which are hidden.

pub mod custody;
pub mod gentle;
pub mod glance;
pub mod letters;
pub mod look;
pub mod packages;
pub mod picture;
pub mod statements;
pub mod twins;

pub use case::view::{AccountLine, Counts, Decided, FindingsAsked, PostLine, PostsAsked, Stretch, Tally};
pub use case::{Case, Reader};
pub use custody::{Changed, changed};
