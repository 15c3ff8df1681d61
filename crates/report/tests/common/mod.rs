//! An invented case for the tests of packages, and the programs that judge them.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod ledger;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

use record::{
    Account, Community, Counts, Exposure, Fidelity, Kind, Level, Observation, Post, PostKey, PostKind,
    PrivateSet, Role, Stance, State, Subject, TieKind, Verdict,
};
use report::dossier::*;
use report::{Language, Options, Package, Paper, Recipient, RedactionMap, package};
use values::{Digest, Email, Link, Moment, Phone, Place, Plate, Platform, SaidBy, Severity};

pub const CAPTURE: &[u8] = b"{\"text\":\"an invented capture\"}\n";
pub const OTHERS: &[u8] = b"{\"text\":\"an invented capture that also holds posts of others\"}\n";

pub fn at(text: &str) -> Moment {
    Moment::parse(text, SaidBy::Platform).unwrap()
}

pub fn private() -> PrivateSet {
    PrivateSet {
        names: vec!["Jordan Tamsin-Quill".into()],
        addresses: vec!["12 Elmgrove Street, Springfield".into()],
        phones: Phone::new("(202) 555-0143").into_iter().collect(),
        emails: Email::new("jordan.quill@example.org").into_iter().collect(),
        plates: Plate::new("RDR-0000").into_iter().collect(),
        family: vec!["Casey Tamsin-Quill".into()],
        ..PrivateSet::default()
    }
}

struct Said {
    id: u64,
    handle: &'static str,
    kind: PostKind,
    text: &'static str,
    of: Option<u64>,
    findings: Vec<(Kind, Option<Exposure>, Option<Level>, &'static str)>,
    views: Option<u64>,
    after: bool,
}

fn said() -> Vec<Said> {
    let post = |id, handle, kind, text, of, findings, views, after| Said {
        id,
        handle,
        kind,
        text,
        of,
        findings,
        views,
        after,
    };
    vec![
        post(
            1985724259103670395,
            "example_watch",
            PostKind::Original,
            "Who is this man? Filmed him feeding a whole tub of ballots into the drop box at Springfield library tonight. Need help identifying. Share everywhere.",
            None,
            vec![
                (Kind::CallToIdentify, None, None, "Need help identifying"),
                (Kind::FalseClaim, None, None, "feeding a whole tub of ballots into the drop box"),
            ],
            Some(5_812_004),
            false,
        ),
        post(
            1985726524027830284,
            "example_plates",
            PostKind::Reply,
            "Got the car. Plate R D R - 0 0 0 0, parked at 12 Elmgrove St. It's Jordan Tamsin-Quill.",
            Some(1),
            vec![
                (Kind::Dox, Some(Exposure::Plate), None, "R D R - 0 0 0 0"),
                (Kind::Dox, Some(Exposure::Address), None, "12 Elmgrove St"),
            ],
            Some(90_211),
            false,
        ),
        post(
            1985732060509110279,
            "example_amplify",
            PostKind::Repost,
            "",
            Some(1),
            vec![(Kind::CallToIdentify, None, None, "")],
            None,
            false,
        ),
        post(
            1985738855281590281,
            "example_quote",
            PostKind::Quote,
            "A mule, caught on camera. Somebody should pay this traitor a visit before he does it again.",
            Some(1),
            vec![(Kind::Threat, None, Some(Level::Veiled), "Somebody should pay this traitor a visit")],
            Some(12_440),
            false,
        ),
        post(
            1985755464725430273,
            "example_rage",
            PostKind::Reply,
            "We know where you park, Jordan. You will hang from the library flagpole on Friday at noon. \u{1f52b}\nBring rope.",
            Some(2),
            vec![(
                Kind::Threat,
                None,
                Some(Level::Explicit),
                "You will hang from the library flagpole on Friday at noon",
            )],
            Some(3_102),
            false,
        ),
        post(
            1985769557586870274,
            "example_watch",
            PostKind::Original,
            "County \"correction\" is a lie. He is still out there and so is his car. Find him.",
            None,
            vec![
                (Kind::CallToIdentify, None, None, "Find him"),
                (Kind::FalseClaim, None, None, "County \"correction\" is a lie"),
            ],
            Some(410_900),
            true,
        ),
    ]
}

/// Returns the invented case. Its ledger is made once a run.
pub fn dossier() -> Dossier {
    static DOSSIER: OnceLock<Dossier> = OnceLock::new();
    DOSSIER.get_or_init(sealed).clone()
}

/// Gives each exhibit its ledger line, which names its sealed fields, and its proof.
fn sealed() -> Dossier {
    let mut dossier = unsealed();
    let mut lines = vec!["{\"event\":\"opened\"}".to_owned()];
    for exhibit in &dossier.exhibits {
        let list = report::disclose::seal(&report::disclose::fields(&exhibit.post), &exhibit.salt.unwrap());
        let list = Digest::of(list.as_bytes());
        lines.push(format!(
            "{{\"event\":\"exhibited\",\"number\":{},\"exhibit\":\"{list}\"}}",
            exhibit.number
        ));
    }
    let ledger = ledger::ledger(&lines);
    for (index, exhibit) in dossier.exhibits.iter_mut().enumerate() {
        exhibit.ledger_line = Some(lines[index + 1].clone());
        exhibit.proof = Some(ledger.proofs[index + 1].clone());
    }
    dossier.proof = Some(Checkpoint { note: ledger.note, vkey: ledger.vkey, stamps: Vec::new() });
    dossier
}

fn unsealed() -> Dossier {
    let mut exhibits = Vec::new();
    for (index, said) in said().into_iter().enumerate() {
        let number = index as u32 + 1;
        let account = Account {
            id: Some(format!("90000000{number}")),
            followers: Some(1000),
            ..Account::with_handle(Platform::X, said.handle)
        };
        let mut post = Post::bare(PostKey::new(Platform::X, &said.id.to_string()), said.kind, account);
        post.text = said.text.to_owned();
        post.written = Moment::of_snowflake(said.id);
        post.url = Link::new(&format!("https://x.example/{}/status/{}", said.handle, said.id));
        post.community =
            Some(Community { id: None, name: Some("Springfield Election Watch".into()), members: None });
        let (capture, bytes) =
            if index % 2 == 0 { (Digest::of(CAPTURE), CAPTURE) } else { (Digest::of(OTHERS), OTHERS) };
        exhibits.push(Exhibit {
            number,
            post,
            sightings: vec![Sighting {
                observation: Observation {
                    place: Place::line(u64::from(number)),
                    seen: Some(Moment::parse("2025-11-05T08:14:00Z", SaidBy::Collector).unwrap()),
                    counts: Counts { views: said.views, reposts: Some(12), ..Counts::default() },
                    state: State::Visible,
                    fidelity: Fidelity::Collected,
                },
                capture,
                size: bytes.len() as u64,
                file: "community-page.ndjson".into(),
                kept: at("2025-11-05T09:00:00Z"),
                holds_others: index % 2 == 1,
                stripped: false,
            }],
            findings: said
                .findings
                .into_iter()
                .map(|(kind, what, level, quote)| Confirmed {
                    kind,
                    what,
                    level,
                    stance: (kind == Kind::FalseClaim).then_some(Stance::Asserted),
                    claim: (kind == Kind::FalseClaim).then(|| "ballot-courier-springfield".to_owned()),
                    quote: quote.to_owned(),
                    reasons: vec![Sentence::new(
                        "The words name a time and a place.",
                        "Las palabras nombran una hora y un lugar.",
                    )],
                    detector: format!("{kind}/1"),
                    score: 0.91,
                    by: "A. Helper".into(),
                    at: at("2025-11-06T10:00:00Z"),
                    why: None,
                    demo: false,
                    boxes: Vec::new(),
                })
                .collect(),
            pictures: Vec::new(),
            proof: None,
            ledger_line: None,
            salt: Some(Digest::of(format!("salt {number}").as_bytes())),
            privileged: None,
            incident: None,
        });
    }
    let accounts = exhibits
        .iter()
        .map(|exhibit| AccountRow {
            account: exhibit.post.author.clone(),
            exhibits: vec![exhibit.number],
            first_seen: exhibit.post.written,
            last_seen: exhibit.post.written,
            posts: 1,
            views: exhibit.sightings[0].observation.counts.views,
            notice: (exhibit.number == 6).then(|| at("2025-11-04T16:00:00Z")),
            after_notice: if exhibit.number == 6 { vec![6] } else { Vec::new() },
        })
        .collect();
    let subject = Subject { role: Role::Postal, state: "PA".into(), language: "en".into() };
    let now = Moment::parse("2026-11-23T12:00:00Z", SaidBy::Redress).unwrap();
    Dossier {
        collected: Collected {
            captures: 3,
            posts: 4271,
            accounts: 812,
            proposed: 61,
            confirmed: 9,
            rejected: 40,
            first: Some(at("2025-11-04T15:02:11Z")),
            last: Some(at("2025-11-04T18:02:11Z")),
        },
        dangers: vec![
            Fact {
                what: Sentence::new(
                    "A time and place are named: the library, Friday at noon.",
                    "Se nombran hora y lugar: la biblioteca, viernes a mediodía.",
                ),
                exhibits: vec![5],
            },
            Fact {
                what: Sentence::new(
                    "Where the person's car is parked was posted.",
                    "Se publicó dónde está aparcado el coche de la persona.",
                ),
                exhibits: vec![2, 5],
            },
        ],
        requests: Vec::new(),
        exhibits,
        accounts,
        trace: Trace {
            rows: vec![
                TraceRow {
                    role: TraceRole::FirstSeen,
                    account: "@example_watch".into(),
                    at: Some(at("2025-11-04T15:02:11Z")),
                    what: Sentence::new(
                        "Its post is the earliest in this collection with these words and this film.",
                        "Su publicación es la primera de esta colección con estas palabras y este vídeo.",
                    ),
                    exhibits: vec![1],
                    chance: None,
                },
                TraceRow {
                    role: TraceRole::KeptOnAfterNotice,
                    account: "@example_watch".into(),
                    at: Some(at("2025-11-04T18:02:14Z")),
                    what: Sentence::new(
                        "It quoted the county's correction and went on two hours later.",
                        "Citó la corrección del condado y siguió dos horas después.",
                    ),
                    exhibits: vec![6],
                    chance: None,
                },
                TraceRow {
                    role: TraceRole::Together,
                    account: "@example_amplify, @example_quote".into(),
                    at: None,
                    what: Sentence::new(
                        "They passed the same post on within 60 seconds, five times.",
                        "Reenviaron la misma publicación en menos de 60 segundos, cinco veces.",
                    ),
                    exhibits: vec![3, 4],
                    chance: Some(Sentence::new(
                        "Seen by chance in fewer than 1 of 1,000 shuffles.",
                        "Por azar, en menos de 1 de 1000 barajados.",
                    )),
                },
            ],
            cannot_show: vec![
                Sentence::new(
                    "An earlier post that was not captured may exist.",
                    "Puede existir una publicación anterior no capturada.",
                ),
                Sentence::new(
                    "Acting at the same time does not show agreement.",
                    "Actuar a la vez no demuestra acuerdo.",
                ),
            ],
            ties: vec![
                TraceTie { from: 2, to: 1, kind: TieKind::Reply },
                TraceTie { from: 3, to: 1, kind: TieKind::Repost },
                TraceTie { from: 4, to: 1, kind: TieKind::Quote },
                TraceTie { from: 5, to: 2, kind: TieKind::Reply },
            ],
        },
        law: vec![
            LawRow {
                citation: "Private Content: Posting Private Information".into(),
                name: Sentence::same("X rules, text of March 2024"),
                sort: Sentence::new("platform rule", "regla de plataforma"),
                about: Sentence::same(
                    "Posting another person's home address or location without permission; asking for it.",
                ),
                elements: vec![Fact {
                    what: Sentence::same("a home address or location"),
                    exhibits: vec![2],
                }],
                source: "https://rules.example/x".into(),
                verified_on: "2026-11-23".into(),
                unverified: false,
                platform: Some("x".into()),
            },
            LawRow {
                citation: "18 U.S.C. § 875(c)".into(),
                name: Sentence::new(
                    "Interstate communications: threats",
                    "Comunicaciones interestatales: amenazas",
                ),
                sort: Sentence::same("federal"),
                about: Sentence::new(
                    "Sending by internet or phone a communication that threatens to kidnap or injure a person.",
                    "Enviar por internet o teléfono una comunicación que amenaza con secuestrar o herir a una persona.",
                ),
                elements: vec![
                    Fact {
                        what: Sentence::same("communication was transmitted in interstate commerce"),
                        exhibits: vec![5],
                    },
                    Fact {
                        what: Sentence::same(
                            "it is a true threat: a serious expression of intent (Virginia v. Black)",
                        ),
                        exhibits: vec![],
                    },
                ],
                source: "https://www.law.example/uscode/text/18/875".into(),
                verified_on: "2026-11-23".into(),
                unverified: false,
                platform: None,
            },
            LawRow {
                citation: "47 U.S.C. § 230".into(),
                name: Sentence::new("Protection of users who pass on", "Protección de usuarios que reenvían"),
                sort: Sentence::new("defence", "defensa"),
                about: Sentence::new(
                    "Users may be protected for passing on others' words; words they add are theirs.",
                    "Los usuarios pueden estar protegidos al reenviar palabras ajenas; las que añaden son suyas.",
                ),
                elements: vec![],
                source: "from memory".into(),
                verified_on: "2026-11-23".into(),
                unverified: true,
                platform: None,
            },
        ],
        channels: vec![
            Channel {
                name: Sentence::new(
                    "Springfield Police, non-emergency",
                    "Policía de Springfield, línea no urgente",
                ),
                contact: Sentence::same("202-555-0111"),
                takes: Sentence::same("reports"),
                status: Sentence::new("in service", "en servicio"),
                checked: "2026-11-23".into(),
            },
            Channel {
                name: Sentence::new(
                    "Postal Inspection Service",
                    "Servicio de Inspección Postal (Postal Inspection Service)",
                ),
                contact: Sentence::same("202-555-0122"),
                takes: Sentence::same("threats to carriers"),
                status: Sentence::new("in service", "en servicio"),
                checked: "2026-11-23".into(),
            },
            Channel {
                name: Sentence::new("FBI tips", "FBI: avisos (FBI tips)"),
                contact: Sentence::same("https://tips.example"),
                takes: Sentence::same("threats"),
                status: Sentence::new("may not answer", "puede que no responda"),
                checked: "2026-11-23".into(),
            },
        ],
        deadlines: vec![
            Deadline {
                what: Sentence::new("A suit for libel", "Demanda por libelo"),
                date: "2026-11-04".into(),
                counted_from: Sentence::new(
                    "First publication, 2025-11-04 (EX-0001)",
                    "Primera publicación, 2025-11-04 (EX-0001)",
                ),
                source: "42 Pa.C.S. § 5523(1)".into(),
                passed: true,
            },
            Deadline {
                what: Sentence::new("Intentional infliction of distress", "Daño emocional intencional"),
                date: "2027-11-04".into(),
                counted_from: Sentence::new("First publication", "Primera publicación"),
                source: "42 Pa.C.S. § 5524".into(),
                passed: false,
            },
        ],
        claims: vec![ClaimRow {
            id: "ballot-courier-springfield".into(),
            claim: Sentence::new(
                "A man filmed at the Springfield drop box was stuffing it.",
                "Un hombre filmado ante el buzón de Springfield lo llenaba de boletas.",
            ),
            verdict: Some(Verdict::False),
            as_of: Some("2025-11-06".into()),
            open_matter: false,
            known: Some(Sentence::new(
                "The county said on 6 November that he is a postal worker on duty.",
                "El condado dijo el 6 de noviembre que es un empleado de correos de servicio.",
            )),
            sources: vec!["https://county.example/notice".into()],
            exhibits: vec![1, 6],
        }],
        troubles: vec![TroubleRow {
            code: "x.no_views".into(),
            severity: Severity::Note,
            what: "The capture shows no view count for this post.".into(),
            next: "Capture it again while it stands.".into(),
            exhibits: vec![3],
        }],
        custody: vec![
            CustodyRow {
                at: at("2025-11-05T09:00:00Z"),
                what: Sentence::new("The capture was kept.", "Se guardó la captura."),
                by: "A. Helper".into(),
                digest: Some(Digest::of(CAPTURE)),
                line: 1,
                exhibit: None,
            },
            CustodyRow {
                at: at("2025-11-06T10:00:00Z"),
                what: Sentence::new("Nine findings were confirmed.", "Se confirmaron nueve hallazgos."),
                by: "A. Helper".into(),
                digest: None,
                line: 5,
                exhibit: None,
            },
        ],
        method: vec![
            MethodRow {
                detector: "threat/1".into(),
                how: Sentence::new(
                    "Looks for words of harm directed at a person, with means, time or place, and for the marks of quotation and report.",
                    "Busca palabras de daño dirigidas a una persona, con medios, hora o lugar, y las marcas de cita e información.",
                ),
                measured: Some(Sentence::new(
                    "On 2,000 invented posts: precision 0.94, recall 0.88.",
                    "En 2000 publicaciones inventadas: precisión 0,94, exhaustividad 0,88.",
                )),
            },
            MethodRow {
                detector: "dox/1".into(),
                how: Sentence::same("Looks for addresses, numbers and plates."),
                measured: None,
            },
        ],
        forms: vec![form("local", None), form("fbi", Some(2_000)), form("x", None)],
        reports: vec![ReportRow {
            exhibits: vec![2, 5],
            platform: Some("x".into()),
            to: Sentence::same("X"),
            reported: at("2025-11-06T09:00:00Z"),
            rule: Sentence::same("Posting Private Information"),
            ticket: "0000-0001".into(),
            answers: vec![AnswerRow {
                at: at("2025-11-09T10:00:00Z"),
                outcome: Sentence::new("declined", "rechazado"),
                words: "We found no violation.".into(),
            }],
            standing: Sentence::new("Answered after 3 days: declined.", "Respuesta a los 3 días: rechazado."),
        }],
        retraction: Some(Retraction {
            state_name: "Pennsylvania".into(),
            citation: "none".into(),
            whom: String::new(),
            rule: Sentence::default(),
            days: None,
            wanted: false,
            source: "https://law.example/pa".into(),
            unverified: false,
        }),
        unfavourable: vec![Unfavourable {
            post: "x:1985700000000000000".into(),
            exhibits: Vec::new(),
            account: "@example_asks".into(),
            written: Some(at("2025-11-04T17:00:00Z")),
            words: "Is there any proof that he did something wrong?".into(),
            why: Sentence::new(
                "Proposed as call-to-identify; a person rejected it.",
                "Rechazado por una persona.",
            ),
            note: "asks for proof".into(),
        }],
        balance: vec![BalanceRow {
            what: Sentence::new("Findings proposed", "Hallazgos propuestos"),
            count: 61,
            parts: vec![
                (Sentence::new("a person confirmed", "confirmó una persona"), 9),
                (Sentence::new("a person rejected", "rechazó una persona"), 40),
                (Sentence::new("wait for a person", "esperan a una persona"), 12),
            ],
        }],
        calendar: Sentence::same("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
        posts: vec![PostRow {
            post: "x:1985724259103670395".into(),
            platform: "x".into(),
            kind: "original".into(),
            account: "@example_watch".into(),
            written: Some(at("2025-11-04T15:02:11Z")),
            address: "https://x.example/example_watch/status/1985724259103670395".into(),
            text: "Who is this man?".into(),
            captures: vec![Digest::of(CAPTURE)],
            findings: vec!["call-to-identify: confirmed by a person".into()],
        }],
        captures: vec![CaptureRow {
            digest: Digest::of(CAPTURE),
            size: CAPTURE.len() as u64,
            file: "community-page.ndjson".into(),
            kept: at("2025-11-05T09:00:00Z"),
        }],
        ..Dossier::bare("Springfield drop box", subject, now, "0.1.0")
    }
}

/// A recipient's form: one question the case answers, one that only the person can.
fn form(recipient: &str, limit: Option<u64>) -> Form {
    Form {
        recipient: recipient.into(),
        name: Sentence::new("The desk", "La oficina"),
        contact: Sentence::same("202-555-0111"),
        takes: Sentence::same("reports"),
        status: Sentence::same("in service"),
        limit,
        fields: vec![
            FormField {
                ask: Sentence::new("exact words", "palabras exactas"),
                answers: (0..60)
                    .map(|n| Sentence::same(format!("EX-{n:04}: “You will hang, Jordan”")))
                    .collect(),
            },
            FormField { ask: Sentence::new("your name", "su nombre"), answers: Vec::new() },
        ],
    }
}

pub fn english() -> Options {
    Options::new(Language::English, Paper::Letter)
}

pub fn originals(digest: &Digest) -> Option<Vec<u8>> {
    [CAPTURE, OTHERS].into_iter().find(|bytes| Digest::of(bytes) == *digest).map(<[u8]>::to_vec)
}

pub fn made(dossier: &Dossier, recipient: Recipient, options: &Options) -> Package {
    package(dossier, recipient, options, &RedactionMap::of(&private()), &mut originals).unwrap()
}

pub fn bagged(package: &Package) -> BTreeMap<String, Vec<u8>> {
    let info = vec![("Source-Organization".to_owned(), "redress".to_owned())];
    let mut files = package.files.clone();
    for (name, copy) in &package.copies {
        files.insert(name.clone(), originals(&copy.digest).unwrap());
    }
    report::bag::bag(files, &BTreeMap::new(), &info, dossier().now).unwrap()
}

/// Returns the package of the invented case in English, made once for all tests of a file: making it is the slow part.
pub fn standard(recipient: Recipient) -> Package {
    static MADE: Mutex<BTreeMap<Recipient, Package>> = Mutex::new(BTreeMap::new());
    let mut made_already = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made_already.entry(recipient).or_insert_with(|| made(&dossier(), recipient, &english())).clone()
}

/// Reads a DAT of a package by the reader that judges those of others.
pub fn dat_rows(package: &Package) -> Vec<Vec<String>> {
    use container::loadfile;
    let bytes = &package.files["data/loadfile/redress.dat"];
    let mut troubles = container::Troubles::new(10);
    let limits = container::Limits::shipped();
    let text = loadfile::text(&mut &bytes[..], None, &limits, &mut troubles).unwrap();
    let table = loadfile::dat::read(&text, &mut troubles);
    let troubles = troubles.into_vec();
    assert!(troubles.is_empty(), "{troubles:?}");
    table.rows
}

/// Writes files below a fresh folder of this name.
pub fn written(name: &str, files: &BTreeMap<String, Vec<u8>>) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report").join(name);
    let _ = std::fs::remove_dir_all(&root);
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    root
}

/// Runs a judge in `folder`. A judge that is missing fails the test: an unjudged package is not a judged one.
pub fn judge(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).current_dir(folder).output().unwrap_or_else(|error| {
        panic!("this test needs the program “{program}”, which could not be started ({error}); install it and run the test again")
    })
}

/// Returns where `scripts/test` put a judge: below `$REDRESS_JUDGES`, or below `target/judges/bin` where that is not set.
pub fn judge_of(name: &str) -> String {
    let root = std::env::var_os("REDRESS_JUDGES")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/judges/bin"));
    let judge = root.join(name);
    assert!(
        judge.exists(),
        "the judge {} is not there: run scripts/test, which installs it",
        judge.display()
    );
    judge.display().to_string()
}

/// Returns the words a person sees in a PDF, line ends as spaces.
pub fn words_of(folder: &Path, pdf: &str) -> String {
    let output = judge(folder, "pdftotext", &["-layout", pdf, "-"]);
    assert!(output.status.success(), "pdftotext: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
