//! The cross-examination, written in advance: what the other side will ask about a capture that has this trouble.
//!
//! Each question is one a lawyer can read out. It accuses nobody; it says where the evidence is weak, so that whoever
//! hands it over has the answer, or a better capture, before it is asked.

/// Returns the question that a trouble's code invites; `None` where it invites none.
pub fn question(code: &str) -> Option<&'static str> {
    if let Some((_, question)) = EXACT.iter().find(|(known, _)| *known == code) {
        return Some(question);
    }
    FAMILIES.iter().find(|(family, _)| code.starts_with(family)).map(|(_, question)| *question)
}

const ROUNDED: &str = "Your table's numbers were rounded. How do you know which post this row is, and that it is not a neighbour's?";
const CUT: &str = "The text ends in the middle. What did the rest say, and would it change the meaning?";
const MISSING: &str =
    "There were more replies than the capture shows. Who chose these, and what do the others say?";
const OWN: &str =
    "This holds what one person wrote and received. What did the others write, and who left it out?";
const SESSION: &str = "The file held somebody's login. Whose account looked, and did the platform show that account something else?";

const EXACT: &[(&str, &str)] = &[
    ("csv.rounded_id", ROUNDED),
    ("x.rounded_id", ROUNDED),
    ("csv.tied_by_rounding", ROUNDED),
    (
        "csv.shifted_row",
        "Columns of this row had moved. Who put them back, by which rule, and could the words be another's?",
    ),
    ("csv.prefer_ndjson", "You had the collector's own file. Why did you bring a table made from it?"),
    ("csv.reply_untied", "You say this answers that post. What in the capture shows it?"),
    ("x.text_cut", CUT),
    ("json.cut_off", CUT),
    ("text.half_character", CUT),
    ("time.no_zone", "Which time zone is that clock in? Could it have been written hours before, or after?"),
    (
        "whatsapp.two_orders",
        "Dates in this chat are written in two ways. Who put it together, and from what?",
    ),
    (
        "whatsapp.runs_back",
        "The chat jumps back in time here. Was something pasted in, or was the file changed?",
    ),
    ("whatsapp.day_or_month", "Is that the fourth of November or the eleventh of April?"),
    (
        "time.disagrees_with_id",
        "The post's own number says another time than the capture. Which of the two was changed?",
    ),
    (
        "time.collector_clock",
        "That is the clock of the computer that looked. Who set it, and when was it last right?",
    ),
    ("page.no_time", "Nothing in the page says when it was saved. How do you know?"),
    ("picture.no_time", "Nothing in the picture says when it was taken. How do you know?"),
    (
        "page.rebuilt",
        "This is what a browser rebuilt, not what the server sent. Could the words have been edited before saving?",
    ),
    ("picture.only_pixels", "Anyone can draw this picture. What else shows that the post existed?"),
    (
        "picture.resaved",
        "This picture was saved again after it was taken. By what program, and what did it change?",
    ),
    ("picture.edited", "A picture editor was in this file. What was done with it?"),
    ("reddit.more", MISSING),
    ("post.missing", MISSING),
    ("mastodon.parent_unknown", "You show an answer without what it answers. What was said before it?"),
    ("post.edited", "The post was edited. Which version did your client see, and where are the others?"),
    ("post.versions", "The post was edited. Which version did your client see, and where are the others?"),
    (
        "x.promoted",
        "This was an advertisement. Who paid to show it, and did the account write it for your client at all?",
    ),
    (
        "x.collector_record",
        "A browser extension wrote this record. What did the server send that it left out?",
    ),
    ("x.collector_gaps", "The extension does not take all that the page showed. What did it leave out?"),
    ("x.archive_own_only", OWN),
    ("mastodon.own_only", OWN),
    ("meta.own_only", OWN),
    (
        "warc.no_digest",
        "The archive's program wrote no digest of this record. What shows that it is as it was captured?",
    ),
    ("warc.refers_elsewhere", "This record has no content of its own. Where is the capture it refers to?"),
    (
        "zip.name_encoding",
        "The names of the files inside were read in an old alphabet. Are they the names they were given?",
    ),
    ("telegram.account_deleted", "The account no longer exists. How do you know whose it was?"),
    ("telegram.forwarded", "These words were forwarded. Whose are they?"),
    ("telegram.file_missing", "The message had a file that is not here. What was in it?"),
    ("whatsapp.media_omitted", "The message had a picture that is not here. What did it show?"),
    (
        "email.not_authenticated",
        "Nothing shows that this mail came from that address. Could anyone have sent it under that name?",
    ),
    (
        "email.sender_unproven",
        "Nothing shows that this mail came from that address. Could anyone have sent it under that name?",
    ),
    ("email.no_received", "The trail of servers is missing from this mail. Where does this copy come from?"),
    ("phone.number_hidden", "The caller hid the number. What ties this call to anyone?"),
    ("bluesky.signature", "The author's signature does not hold. Then what shows that the author wrote it?"),
    ("bluesky.signature_unchecked", "Nobody checked the author's signature. Why not?"),
    ("bluesky.key_claimed", "The key came from the same file as the signature. Who says it is the author's?"),
    ("har.secrets_stripped", SESSION),
    ("har.no_bodies", "The network log lists the addresses and not the answers. What did the server send?"),
    (
        "warc.posts_of_broken_record",
        "The record's digest does not hold. What was changed in it, and by whom?",
    ),
    ("wacz.unsigned", "Nobody signed this archive. Could the records have been replaced since?"),
];

const FAMILIES: &[(&str, &str)] = &[
    ("warc.block_digest", "A record is not what its own digest says. What was changed in it, and by whom?"),
    ("warc.payload_digest", "A record is not what its own digest says. What was changed in it, and by whom?"),
    ("warc.", "The archive breaks the rules of its own format. Is it the file the archiver wrote?"),
    ("wacz.sign", "The signature does not hold or does not cover this. Then what does it vouch for?"),
    ("wacz.", "The archive breaks the rules of its own format. Is it the file the archiver wrote?"),
    ("zip.", "Two programs can read two different contents out of this file. Which of them did you look at?"),
    ("bag.", "The package is not as its manifest says. What was added, lost or changed on the way?"),
    ("archive.", "The archive is not sound. Is it the file as it was made?"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weakness_the_design_names_has_its_question() {
        for code in [
            "csv.rounded_id",
            "x.rounded_id",
            "x.text_cut",
            "time.no_zone",
            "page.rebuilt",
            "picture.resaved",
            "reddit.more",
            "time.disagrees_with_id",
            "warc.block_digest",
            "zip.duplicate_name",
        ] {
            assert!(question(code).is_some_and(|question| question.ends_with('?')), "{code}");
        }
        assert_eq!(question("file.empty"), None);
    }
}
