//! What can be typed, with the help that teaches it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Redress turns posts aimed at one person into evidence that others can use and check.
#[derive(Debug, Parser)]
#[command(
    name = "redress",
    version,
    about = "Turns a flood of posts aimed at one person into evidence that a platform, a sheriff, a prosecutor or a civil court can use.",
    long_about = "Redress turns a flood of posts aimed at one person into evidence that a platform, a sheriff, a prosecutor or a \
        civil court can use. It works on this computer alone: files in, files out, no account, no network.\n\n\
        In danger right now? Call 911 first.",
    after_help = "A first look:      redress demo\n\
        Your own case:     redress new my-case --role election-worker --state PA\n\
        \x20                  redress import my-case ~/Downloads/screenshots posts.ndjson\n\
        \x20                  redress scan my-case\n\
        \x20                  redress review my-case\n\
        \x20                  redress export my-case --for police --out police-package\n\n\
        Exit codes: 0 done, 1 done with troubles or a failed check, 2 wrong use, 3 the reader of the output has gone, \
        70 our fault.",
    max_term_width = 110
)]
pub struct Cli {
    /// Print results as JSON, one object, on standard output
    #[arg(long, global = true)]
    pub json: bool,

    /// What to do; nothing at all opens the local app
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a whole invented case, from capture to package; opens nothing, needs nothing
    #[command(
        long_about = "Makes a whole invented case in DIR (default: redress-demo): a community page on which a ballot courier is \
        filmed, his plate posted, asked who he is and threatened, then corrected by the county. Runs new, import, scan, \
        trace, a scripted review, export for police, counsel and the public, and verify. Everybody in it is invented."
    )]
    Demo {
        /// The folder to make
        #[arg(value_name = "DIR", default_value = "redress-demo")]
        dir: PathBuf,
    },

    /// Make a case: a folder you can copy, back up, put on a stick
    New(New),

    /// Take files in: hashed and kept first, then read
    Import(Import),

    /// Say what is wrong with a capture as evidence, before importing it
    Lint(Lint),

    /// Write down a call, voicemail, letter or visit
    Log(Log),

    /// Propose findings: threats, exposures, calls to identify, claims
    Scan {
        /// The case's folder
        case: PathBuf,
    },

    /// Who was first in this collection, how it spread, who went on after a correction
    Trace {
        /// The case's folder
        case: PathBuf,
        /// The key of a post that corrected the claim, where its words do not say so (repeatable)
        #[arg(long, value_name = "POST")]
        correction: Vec<String>,
        /// A retraction demand or correction served outside the platforms: whose holder, when, and the first digits of the
        /// SHA-256 of the imported letter or receipt (repeatable)
        #[arg(long, value_name = "ACCOUNT,WHEN,CAPTURE")]
        served: Vec<String>,
        /// Also write the map into this folder: tables (CSV and Parquet), GEXF, GraphML, and a drawing for paper (SVG); each column
        /// is described in docs/formats/map.md
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },

    /// Look at proposals and decide; nothing leaves before you did
    Review(Review),

    /// What was read in screenshots: confirm the post each one shows, or correct it
    Pictures(Pictures),

    /// The local app: everything the commands do, in your browser, on this computer alone
    Serve(Serve),

    /// What to do now, with due dates and sources
    Plan(Plan),

    /// What each law asks, which exhibit may speak to it, what is missing
    Elements(Elements),

    /// What you reported, to whom, what came back, and for how long nothing has
    Report(Report),

    /// The rows of law in use: their age, and signed packs of newer ones
    Law {
        #[command(subcommand)]
        what: LawWhat,
    },

    /// What is covered in what leaves, for whom, and who looked: boxes in pictures, bystanders' names, privilege
    Redact(Redact),

    /// Write a package for one recipient, from confirmed findings only
    Export(Export),

    /// Check a case or a package
    Verify {
        /// The case's folder, or a package (folder or .zip)
        path: PathBuf,
        /// A certificate root (PEM) to accept beside those shipped (repeatable)
        #[arg(long, value_name = "ROOT.pem")]
        trust: Vec<PathBuf>,
    },

    /// Have an authority outside this computer sign the ledger with the time
    Stamp(Stamp),

    /// Put the private part under a passphrase
    Lock(Lock),

    /// Open the private part again
    Unlock(Lock),

    /// Erase captures, or everything, and get a receipt
    Erase(Erase),

    /// Change the key that signs the ledger; the old one stays named in it
    Rekey {
        /// The case's folder
        case: PathBuf,
    },

    /// Make the index again, from ledger and objects
    Rebuild {
        /// The case's folder
        case: PathBuf,
    },

    /// The detectors as a filter: posts.jsonl in, findings.jsonl out
    #[command(
        long_about = "Reads {\"id\",\"text\"} a line from standard input and writes {\"id\",\"findings\":[…]} a line, for every post, in \
        order. start and end are UTF-8 byte offsets into text; score is 0 to 1, comparable within a kind; findings below \
        the shipped threshold are written too, with \"counts\":false.",
        after_help = "echo '{\"id\":\"1\",\"text\":\"Who is this guy? Plate RDR-0000\"}' | redress detect"
    )]
    Detect {
        /// Match against these claims (JSON lines) instead of the library that ships
        #[arg(long, value_name = "FILE")]
        claims: Option<PathBuf>,
    },

    /// Rank known claims for each post: posts.jsonl in, matches.jsonl out
    Match {
        /// The claims: {"id","claim","variants"?,"title"?,"date"?,"sources"?} a line
        #[arg(long, value_name = "FILE")]
        claims: PathBuf,
        /// How many matches to write for each post
        #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..))]
        top: u16,
    },

    /// Accounts that act on the same thing within a window: actions.csv or .parquet in, edges.csv out
    Together(Together),

    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },

    /// Write the manual pages into a folder
    Man {
        /// The folder
        dir: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct New {
    /// The folder to make
    pub case: PathBuf,
    /// What the person does: election-official (clerk, registrar), election-worker (poll-worker, election-judge), postal
    /// (postal-worker, mail-carrier, postmaster), contractor (vendor, ballot-courier), volunteer (poll-watcher), voter, candidate,
    /// relative (family, spouse)
    #[arg(long)]
    pub role: String,
    /// The state they live in, two letters
    #[arg(long, value_name = "ST")]
    pub state: String,
    /// What to call the case on packages (should name nobody); the folder's name where nothing is said
    #[arg(long)]
    pub name: Option<String>,
    /// The language of packages: en or es
    #[arg(long, default_value = "en")]
    pub language: String,
    /// The day after which the case is to be erased (2027-11-30); `verify` reminds you, nothing is erased by itself
    #[arg(long, value_name = "DATE")]
    pub keep_until: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "What is stamped is the signed checkpoint of the ledger, and with it every capture. Only a digest leaves this computer.\n\
    redress stamp my-case --tsa http://timestamp.digicert.com\n\
    redress stamp my-case --tsa https://freetsa.org/tsr --trust freetsa-root.pem\n\n\
    Without a network here: redress stamp my-case --query ask.tsq; carry ask.tsq to a computer that has one and send it:\n\
    curl -H 'Content-Type: application/timestamp-query' --data-binary @ask.tsq URL > answer.tsr\n\
    then: redress stamp my-case --tsr answer.tsr"
)]
pub struct Stamp {
    /// The case's folder
    pub case: PathBuf,
    /// Ask this time-stamping authority (RFC 3161) now; the one use of the network, and the ledger says so
    #[arg(long, value_name = "URL", required_unless_present_any = ["tsr", "ots", "query"], conflicts_with_all = ["tsr", "ots", "query"])]
    pub tsa: Option<String>,
    /// Take in a response or token obtained elsewhere
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ots", "query"])]
    pub tsr: Option<PathBuf>,
    /// Take in an OpenTimestamps proof of the file ledger/checkpoint
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub ots: Option<PathBuf>,
    /// Write a request to send by other means
    #[arg(long, value_name = "FILE")]
    pub query: Option<PathBuf>,
    /// A certificate root (PEM) to accept beside those shipped (repeatable)
    #[arg(long, value_name = "ROOT.pem")]
    pub trust: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The passphrase is asked for on the terminal. For scripts: --passphrase-file, or the variable REDRESS_PASSPHRASE, or the\n\
    first line of standard input. There is no way back without it.\n\
    Locked: captures, words, private.toml, claims.toml, the index and the signing key. Readable: case.toml, the ledger, its stamps.\n\
    A stop half way loses nothing: the same command again goes on."
)]
pub struct Lock {
    /// The case's folder
    pub case: PathBuf,
    /// Read the passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// How hard guessing is made, when locking: 2 to this power of rounds (8 to 22); about a second where nothing is said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(8..=22))]
    pub work: Option<u8>,
}

#[derive(Debug, Args)]
#[command(after_help = "redress erase my-case                                      lists what there is\n\
    redress erase my-case 3f2a9c01 --why \"not mine to keep\" --receipt receipt.json\n\
    redress erase my-case --everything --why \"kept long enough\"\n\n\
    The digest stays in the ledger as a tombstone, and `verify` says so and passes. Copies elsewhere are out of reach.")]
pub struct Erase {
    /// The case's folder
    pub case: PathBuf,
    /// Digests of captures (the first six digits are enough)
    pub captures: Vec<String>,
    /// Everything: captures, words, decisions, the private set
    #[arg(long, conflicts_with = "captures")]
    pub everything: bool,
    /// Why, in your words
    #[arg(long)]
    pub why: Option<String>,
    /// Who erases
    #[arg(long)]
    pub by: Option<String>,
    /// Write the receipt here
    #[arg(long, value_name = "FILE.json")]
    pub receipt: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Formats are recognised by content, never by name: exports of browser extensions, network logs (HAR), saved \
    pages, platform and chat exports, e-mail, tables, screenshots, web archives, and ZIP or folders of these. Each file is \
    hashed and kept before anything reads it; an unknown one is kept and listed. Session cookies and tokens in HAR files \
    are stripped before the file is kept, and the ledger says so.\n\n\
    redress import my-case ~/Downloads/saved\n\
    redress import my-case chat.txt --first day --zone -05:00\n\
    redress import my-case table.csv --map text=body,id=post_id,time=created,handle=author"
)]
pub struct Import {
    /// The case's folder
    pub case: PathBuf,
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Read the files as this format instead of looking at their content
    #[arg(long = "as", value_name = "FORMAT")]
    pub format: Option<String>,
    /// Which column of a table is which field: text=body,id=post_id,time=created. Fields: text (needed), id, time, handle,
    /// name, author_id, url, platform, reply_to, repost_of, quote_of, conversation, lang, views, likes, reposts, replies
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Option<String>,
    /// In dates such as 4/11/25 the day (day) or the month (month) comes first; asked for, never guessed. The answer is kept
    /// with the file and taken again when it is read again
    #[arg(long, value_name = "day|month")]
    pub first: Option<First>,
    /// How far the clock of the phone or program was from UTC, for times without a zone: -05:00 (New York in winter), +01:00
    #[arg(long, value_name = "±HH:MM", allow_hyphen_values = true)]
    pub zone: Option<String>,
    /// The most minutes to read one file for each GiB it has begun (10); an archive as a whole may take six times as long. A file
    /// that takes longer is kept whole and read in part, and the others are read
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub max_minutes: Option<u64>,
    /// The most files to read in one archive (50,000)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub max_entries: Option<u64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum First {
    Day,
    Month,
}

#[derive(Debug, Args)]
pub struct Lint {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A certificate root (PEM) to accept beside those shipped (repeatable)
    #[arg(long, value_name = "ROOT.pem")]
    pub trust: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "redress log my-case call --when \"2025-11-04 21:10\" --about --from \"(202) 555-0177\" --words \"We know where you live\"\n\
    redress log my-case voicemail --when 2025-11-04T21:10:00-05:00 --recording voicemail.m4a --words \"the transcript you typed\"\n\
    redress log my-case visit --when 2025-11-05 --who \"a man in a cap\" --words \"We know you\" --who \"a woman\" --words \"Come out\"\n\
    redress log my-case --json-in incidents.json\n\n\
    The JSON form is one object, a list of them, or one a line, with the fields kind, when, about, words, said (a list of\n\
    who and words, where several people spoke), who, from, place, seconds, witnesses, original_with, reported_to, recording (a file beside the list). Keep the original; do not answer."
)]
pub struct Log {
    /// The case's folder
    pub case: PathBuf,
    /// What happened: call, voicemail, letter, visit, in-person
    #[arg(conflicts_with = "json_in")]
    pub what: Option<String>,
    /// When: 2025-11-04T15:02:00Z, or 2025-11-04 15:02 for local time
    #[arg(long, conflicts_with = "json_in")]
    pub when: Option<String>,
    /// Incidents as JSON from a file; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub json_in: Option<PathBuf>,
    /// The voicemail's audio or a photograph of the letter: kept under its own SHA-256
    #[arg(long, value_name = "FILE")]
    pub recording: Option<PathBuf>,
    /// The time is remembered, not noted
    #[arg(long)]
    pub about: bool,
    /// The exact words, as far as remembered; of a voicemail, the transcript you typed (repeatable: where several people
    /// spoke, a --who and a --words for each, in the same order)
    #[arg(long)]
    pub words: Vec<String>,
    /// Who it was, as they called themselves or seemed (repeatable)
    #[arg(long)]
    pub who: Vec<String>,
    /// The calling number or sender's address as shown
    #[arg(long)]
    pub from: Option<String>,
    /// Where it happened
    #[arg(long)]
    pub place: Option<String>,
    /// How long it lasted, in seconds
    #[arg(long)]
    pub seconds: Option<u64>,
    /// Who saw or heard it (repeatable)
    #[arg(long)]
    pub witness: Vec<String>,
    /// Who has the original
    #[arg(long)]
    pub original_with: Option<String>,
    /// To whom it was reported, with the number (repeatable)
    #[arg(long)]
    pub reported_to: Vec<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Words stay hidden until asked for with --show; showing them is written to the ledger.\n\n\
    redress review my-case                          counts and ids\n\
    redress review my-case list --kind threat --show\n\
    redress review my-case confirm 3f2a9c01d4 --why \"names my street\"\n\
    redress review my-case reject --kind false-claim --all-open --why \"news report\""
)]
pub struct Review {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "list")]
    pub what: ReviewWhat,
    /// Ids of findings (the first digits are enough)
    pub ids: Vec<String>,
    /// Only findings of this kind
    #[arg(long)]
    pub kind: Option<String>,
    /// Show the words
    #[arg(long)]
    pub show: bool,
    /// Also what was already decided
    #[arg(long)]
    pub decided: bool,
    /// Also what was seen and does not count (quotation, denial, a public office …)
    #[arg(long)]
    pub all: bool,
    /// Decide about every open finding that is listed
    #[arg(long)]
    pub all_open: bool,
    /// Why, in your words
    #[arg(long)]
    pub why: Option<String>,
    /// Who decides
    #[arg(long)]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReviewWhat {
    List,
    Confirm,
    Reject,
    Note,
}

#[derive(Debug, Args)]
#[command(
    after_help = "`redress scan` reads the text in pictures; each word keeps its pixels. What a screenshot seems to show (author,\n\
    time, words, counts) is proposed here and enters the post only by your word. Words stay hidden until asked for.\n\
    redress pictures my-case                          what was read, and how surely\n\
    redress pictures my-case --show                   with the words, field by field, and the pixels of each\n\
    redress pictures my-case confirm 3f2a9c01         as it was read\n\
    redress pictures my-case confirm 3f2a9c01 --handle @example_watcher --time \"2025-11-04 10:11\"\n\
    redress pictures my-case refuse IMG_0412.PNG --why \"a photo of my dog\"\n\
    redress --json pictures my-case confirm 3f2a9c01 --corrections fields.json"
)]
pub struct Pictures {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "list")]
    pub what: PicturesWhat,
    /// Pictures: the first digits of the digest, or the file's name
    pub ids: Vec<String>,
    /// Show the words; this is written to the ledger
    #[arg(long)]
    pub show: bool,
    /// Also pictures with words in which no post is proposed
    #[arg(long)]
    pub all: bool,
    /// The app: x, facebook, truthsocial, telegram, sms …
    #[arg(long)]
    pub app: Option<String>,
    /// The author's handle
    #[arg(long)]
    pub handle: Option<String>,
    /// The name shown
    #[arg(long)]
    pub name: Option<String>,
    /// The time shown: 2025-11-04T15:02:00Z, or 2025-11-04 15:02 for local time
    #[arg(long)]
    pub time: Option<String>,
    /// The words of the post
    #[arg(long)]
    pub text: Option<String>,
    /// The post's own address, where you know it
    #[arg(long)]
    pub url: Option<String>,
    /// Corrections as JSON, one object with the fields app, handle, name, time, text, url, views, likes, reposts, quotes,
    /// replies, bookmarks; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub corrections: Option<PathBuf>,
    /// Why, in your words
    #[arg(long)]
    pub why: Option<String>,
    /// Who decides
    #[arg(long)]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PicturesWhat {
    List,
    Confirm,
    Refuse,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Listens on 127.0.0.1 only and prints a link that works once. Nothing is sent anywhere. Esc pressed twice leaves at once.\n\
    redress serve my-case\n\
    redress                                         the same, and offers to make or open a case in this folder"
)]
pub struct Serve {
    /// The case's folder; without it the app offers to make or open one
    pub case: Option<PathBuf>,
    /// The port; any that is free where nothing is said
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// Also open the link in the browser, where this is a terminal
    #[arg(long)]
    pub open: bool,
    /// Minutes without anybody there after which the screen is locked
    #[arg(long, value_name = "MINUTES", default_value_t = 15)]
    pub idle: u64,
    /// Also let helpers on the same network in, over TLS, at this computer's address there
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub helpers: Option<SocketAddr>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "redress plan my-case                                  what to do first, whom to tell, which dates may run out\n\
    redress plan my-case show police-report uspis def-pa  why, how and the source of these\n\
    redress plan my-case --all                            the same of everything, with platform rules and comparable cases\n\
    redress plan my-case done police-report --note \"number 26-0117\"\n\
    redress plan my-case undo police-report\n\
    redress plan my-case --sheets sheets                  to print: for you, for family, for the employer\n\
    redress plan my-case --calendar dates.ics             for any calendar\n\n\
    Two lines a person may add to case.toml change dates: learned = \"2026-10-30\" (when you learned of it) and\n\
    speaker_states = [\"RI\"] (states the speakers are known to write from)."
)]
pub struct Plan {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "show")]
    pub what: PlanWhat,
    /// Ids of steps, as the plan shows them in brackets; `show` also takes those of recipients, dates, rules and cases
    #[arg(value_name = "STEP")]
    pub steps: Vec<String>,
    /// Everything: why and how of each step, rule and source of each date, platform rules, comparable cases
    #[arg(long, visible_alias = "why")]
    pub all: bool,
    /// A remark on a step: a report's number, a name
    #[arg(long)]
    pub note: Option<String>,
    /// Who marks a step
    #[arg(long)]
    pub by: Option<String>,
    /// The language: en or es; the case's where nothing is said
    #[arg(long)]
    pub language: Option<String>,
    /// Also write the dates as a calendar file
    #[arg(long, value_name = "FILE.ics")]
    pub calendar: Option<PathBuf>,
    /// Also write sheets into a folder, as PDF to print and as text: for you, for family, for the employer
    #[arg(long, value_name = "DIR")]
    pub sheets: Option<PathBuf>,
    /// The paper of the sheets: letter or a4
    #[arg(long, default_value = "letter")]
    pub paper: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanWhat {
    Show,
    Done,
    Undo,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Redress proposes which exhibit may speak to which question; you answer. What nobody answered is missing, never\n\
    assumed. Only your answers go into packages; proposals go to nobody but your own lawyer, and are marked as such.\n\n\
    redress elements my-case\n\
    redress elements my-case answer us-18-875c 1 --exhibit EX-0001 --why \"a public post on X\"\n\
    redress elements my-case undo us-18-875c 1"
)]
pub struct Elements {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "list")]
    pub what: ElementsWhat,
    /// The law's id, as the list shows it in brackets
    pub provision: Option<String>,
    /// The number of the question
    pub number: Option<usize>,
    /// An exhibit that speaks to it: EX-0001 (repeatable)
    #[arg(long, value_name = "EX-0001")]
    pub exhibit: Vec<String>,
    /// The answer, in your words
    #[arg(long)]
    pub why: Option<String>,
    /// Who answers
    #[arg(long)]
    pub by: Option<String>,
    /// The language: en or es; the case's where nothing is said
    #[arg(long)]
    pub language: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ElementsWhat {
    List,
    Answer,
    Undo,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Redress reports nothing by itself: write down what you did. Entries are never changed; one that was wrong is\n\
    answered with --outcome mistaken and counts for nothing.\n\n\
    redress report my-case add --to x --when 2026-11-04 --exhibit EX-0001 --rule x-abuse --ticket 0000-0001\n\
    redress report my-case add --to local-police-report --when \"2026-11-04 09:30\" --ticket 26-0117\n\
    redress report my-case answer 3f2a9c01 --when 2026-11-06 --outcome declined --words \"We found no violation.\"\n\
    redress report my-case list"
)]
pub struct Report {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "list")]
    pub what: ReportWhat,
    /// The report's id (its first digits), for answer
    pub id: Option<String>,
    /// To whom: a platform, or a channel's id as `redress plan` shows it in brackets
    #[arg(long)]
    pub to: Option<String>,
    /// When it was reported or answered: 2026-11-04, 2026-11-04 09:30 for local time, or 2026-11-04T14:30:00Z
    #[arg(long)]
    pub when: Option<String>,
    /// An exhibit that was reported: EX-0001 (repeatable)
    #[arg(long, value_name = "EX-0001")]
    pub exhibit: Vec<String>,
    /// Under which rule: the id of a platform rule or of a law
    #[arg(long)]
    pub rule: Option<String>,
    /// The number that came back
    #[arg(long)]
    pub ticket: Option<String>,
    /// What came back: acknowledged, removed, labelled, account-acted, declined, rerouted; mistaken for a wrong entry
    #[arg(long)]
    pub outcome: Option<String>,
    /// The exact words: of the answer, or of the letter that was sent
    #[arg(long, default_value = "")]
    pub words: String,
    /// Who writes it down
    #[arg(long)]
    pub by: Option<String>,
    /// The language: en or es; the case's where nothing is said
    #[arg(long)]
    pub language: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportWhat {
    List,
    Add,
    Answer,
}

#[derive(Debug, Subcommand)]
pub enum LawWhat {
    /// Which rows are in use, how old they are, which packs and keys are here
    List,
    /// Take in a signed pack of rows from a file or a stick; nothing is ever fetched
    #[command(
        after_help = "The first pack of a signer needs their key once: ask them for it by another way than the pack came.\n\
        A pack that is not signed by a key you gave, was changed, is older than what is here or holds a row that is not as\n\
        documented changes nothing.\n\n\
        redress law update rows.pack --key \"example.org/law+1a2b3c4d+AbCd…\""
    )]
    Update {
        /// The pack
        pack: PathBuf,
        /// The signer's key, or a file that holds it; kept once the pack was taken
        #[arg(long)]
        key: Option<String>,
    },
    /// Take the pack and the key of a signer out of use
    Forget {
        /// The signer's name
        origin: String,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "redress redact my-case                                        how the map stands: pictures, boxes, who looked\n\
    redress redact my-case search                                 read the text in pictures, cover what is private in it\n\
    redress redact my-case cover 9f2c --box 40,300,210,36 --what plate\n\
    redress redact my-case show 9f2c --for public --out look.png  see a picture as it would leave\n\
    redress redact my-case looked 9f2c --by \"A. Helper\"           a person looked; only then it leaves\n\
    redress redact my-case text \"Bystander Example\" --what name   cover a bystander's name everywhere\n\
    redress redact my-case reveal --for police --what plate       let the police see the plate\n\
    redress redact my-case privilege EX-0003 --why \"to counsel\"   withheld from all but counsel, and logged"
)]
pub struct Redact {
    /// The case's folder
    pub case: PathBuf,
    /// What to do
    #[arg(default_value = "list")]
    pub what: RedactWhat,
    /// The beginning of a picture's digest, an exhibit, or a text
    pub subject: Option<String>,
    /// The box in pixels: LEFT,TOP,WIDTH,HEIGHT (uncover: LEFT,TOP)
    #[arg(long = "box", value_name = "L,T,W,H")]
    pub area: Option<String>,
    /// What sort: name, address, phone, email, plate, family, school, workplace, handle, other
    #[arg(long = "what", value_name = "SORT", default_value = "other")]
    pub category: String,
    /// The recipient concerned
    #[arg(long = "for", value_name = "KIND", default_value = "public")]
    pub recipient: String,
    /// Where to write the picture to look at
    #[arg(long, value_name = "FILE.png")]
    pub out: Option<PathBuf>,
    /// Why, in your words
    #[arg(long)]
    pub why: Option<String>,
    /// Who decides
    #[arg(long)]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RedactWhat {
    List,
    Search,
    Cover,
    Uncover,
    Looked,
    Show,
    Text,
    Reveal,
    Withhold,
    Privilege,
    Unprivilege,
}

#[derive(Debug, Args)]
#[command(
    after_help = "redress export my-case --for police --to fbi --out tip      with texts of at most 2,000 characters for the web form\n\
    redress export my-case --for household --out fridge         what to do before a hoax call, with the letters\n\
    redress export my-case --for counsel --bates SMITH --out v1 numbers go on where the last volume ended\n\
    redress export my-case --for public --preview               what would leave, what is covered, what stays; writes nothing"
)]
pub struct Export {
    /// The case's folder
    pub case: PathBuf,
    /// For whom: police, prosecutor, platform, host, employer, counsel, public, household, archive
    #[arg(long = "for", value_name = "KIND")]
    pub recipient: String,
    /// Where to write it: a new folder, or a file that ends in .zip
    #[arg(long, value_name = "DIR", required_unless_present = "preview")]
    pub out: Option<PathBuf>,
    /// Say what would leave and write nothing
    #[arg(long)]
    pub preview: bool,
    /// Which desk a police report goes to: local, state, fbi, postal
    #[arg(long = "to", value_name = "DESK", default_value = "local")]
    pub desk: String,
    /// Only what stands on this platform: x, facebook …
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// What stands before counsel's page numbers
    #[arg(long, value_name = "PREFIX", default_value = "")]
    pub bates: String,
    /// The language: en or es; the case's where nothing is said
    #[arg(long)]
    pub language: Option<String>,
    /// The paper: letter or a4
    #[arg(long, default_value = "letter")]
    pub paper: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Reads the columns account_id, object_id, content_id, timestamp_share (unix seconds, RFC 3339, or a time of Parquet) \
    from CSV or Parquet and writes account_a,account_b,weight,objects,mean_delta_s,chance with account_a < account_b, sorted. \
    An edge joins two accounts that acted on the same thing within the window, both ends counted; weight counts the pairs of \
    their actions. An empty thing is no thing; a row given twice is one; an account is never joined with itself.\n\n\
    With --more, or several windows: expected (pairs by chance), rate (the false discovery rate at which the edge is kept), \
    posts_a, posts_b (distinct posts of each), a_first, b_first (who acted first), rarity (sum of ln(accounts / accounts on the \
    thing) over shared things), surprise (rarity less ln chance: rank by it), within_10s … (pairs no further apart).\n\n\
    Before anything is written, standard error says how many pairs there are, exactly.\n\n\
    redress together --within 60s --min-weight 2 actions.csv > edges.csv\n\
    redress together --within 10s,60s,5m,1h --rate 0.05 --out edges.gexf actions.parquet\n\
    redress together --by link,hashtag --within 5m actions.parquet\n\
    redress together --within 60s --pair alice bob actions.csv\n\n\
    More: docs/formats/actions.md, docs/formats/edges.md"
)]
pub struct Together {
    /// The actions: a CSV or Parquet file, or - for standard input
    #[arg(default_value = "-", value_name = "ACTIONS")]
    pub actions: PathBuf,
    /// The window: 10s, 5m, 1h; or several, 10s,60s,5m,1h, counted in one pass: edges are those of the widest
    #[arg(long, value_name = "TIME,…", default_value = "60s")]
    pub within: String,
    /// The least weight of an edge
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_weight: u64,
    /// What weighs (pairs of actions, or objects: distinct things), and which actions are taken, by the column action
    #[arg(long, value_delimiter = ',', default_value = "pairs")]
    pub by: Vec<By>,
    /// Other names of the columns: account_id=user,timestamp_share=time
    #[arg(long, value_name = "NAME=COLUMN,…")]
    pub columns: Option<String>,
    /// What chance is: strength keeps how many pairs each account is in; times keeps who did what on which day and deals the
    /// times within a thing and day out anew; none computes no chance
    #[arg(long, default_value = "strength")]
    pub null: NullModel,
    /// How often times are drawn, where they must be (--null times)
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub draws: u32,
    /// What draws begin with: the same seed gives the same answer
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Write only edges kept at this false discovery rate (Benjamini and Hochberg), such as 0.05
    #[arg(long, value_name = "RATE")]
    pub rate: Option<f64>,
    /// Write all columns
    #[arg(long)]
    pub more: bool,
    /// Write to this file instead: .csv, .parquet, .gexf, .graphml or .svg
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Take only this thing, such as one left out by --cap (repeatable)
    #[arg(long, value_name = "THING")]
    pub thing: Vec<String>,
    /// Write the rows that put these two accounts together instead of edges
    #[arg(long, num_args = 2, value_names = ["ACCOUNT", "ACCOUNT"])]
    pub pair: Option<Vec<String>>,
    /// From which share of common 5-byte shingles words are nearly the same (--by text)
    #[arg(long, value_name = "SHARE", default_value_t = 0.6)]
    pub alike: f64,
    /// Leave out, and list, things that would make more pairs than this
    #[arg(long, value_name = "PAIRS")]
    pub cap: Option<u64>,
    /// Memory allowed, in MB
    #[arg(long, value_name = "MB", default_value_t = 4096)]
    pub memory: u64,
    /// Who counts: local, this program; the others are for more actions than one machine holds (docs/scale.md)
    #[arg(long, default_value = "local")]
    pub engine: EngineKind,
    /// The scheduler of a Ballista cluster (--engine ballista)
    #[arg(long, value_name = "df://HOST:PORT")]
    pub scheduler: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineKind {
    /// The kernel of this program
    Local,
    /// DataFusion, in a process of its own
    Datafusion,
    /// A Ballista cluster
    Ballista,
    /// Nobody yet: writes the actions as Parquet and each question as SQL, for DuckDB, Spark or Sail
    Sql,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Pairs of actions weigh
    Pairs,
    /// Distinct things weigh
    Objects,
    /// Posts passed on without words
    Repost,
    /// Posts passed on with words added
    Quote,
    /// Posts answered
    Reply,
    /// Accounts named
    Mention,
    /// Links posted
    Link,
    /// Hashtags used
    Hashtag,
    /// Words, the same or nearly the same; the thing is the words
    Text,
    /// Pictures and films
    Image,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NullModel {
    Strength,
    Times,
    None,
}
