//! `redress stamp` against a real time-stamping authority: OpenSSL's, behind a small server on this computer's loopback.

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use common::{files, new_case, run, sample};
use values::Digest;

const CONFIG: &str = "
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ts]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
signer_digest = sha256
";

fn openssl(folder: &Path, words: &[&str]) {
    let output = Command::new("openssl")
        .args(words)
        .current_dir(folder)
        .output()
        .expect("openssl runs; scripts/test installs it");
    assert!(output.status.success(), "openssl {words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// An authority made for this test: a root and a signer below it.
struct Authority {
    folder: PathBuf,
}

impl Authority {
    fn new(folder: &Path) -> Self {
        let folder = folder.join("tsa");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("c.cnf"), CONFIG).unwrap();
        std::fs::write(folder.join("serial"), "01\n").unwrap();
        let new = ["-newkey", "rsa:2048", "-nodes", "-config", "c.cnf"];
        let words = |more: &[&'static str]| [&["req"][..], &new[..], more].concat();
        openssl(
            &folder,
            &words(&[
                "-x509",
                "-extensions",
                "root",
                "-keyout",
                "root.key",
                "-out",
                "root.pem",
                "-days",
                "9",
                "-subj",
                "/CN=Invented Root",
            ]),
        );
        openssl(
            &folder,
            &words(&["-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Invented Time Stamper"]),
        );
        openssl(
            &folder,
            &[
                "x509",
                "-req",
                "-in",
                "tsa.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-set_serial",
                "7",
                "-days",
                "9",
                "-extfile",
                "c.cnf",
                "-extensions",
                "tsa",
                "-out",
                "tsa.pem",
            ],
        );
        Self { folder }
    }

    fn root(&self) -> String {
        self.folder.join("root.pem").to_string_lossy().into_owned()
    }

    fn reply(&self, request: &[u8]) -> Vec<u8> {
        std::fs::write(self.folder.join("q.tsq"), request).unwrap();
        openssl(
            &self.folder,
            &[
                "ts",
                "-reply",
                "-config",
                "c.cnf",
                "-section",
                "ts",
                "-queryfile",
                "q.tsq",
                "-signer",
                "tsa.pem",
                "-inkey",
                "tsa.key",
                "-out",
                "r.tsr",
            ],
        );
        std::fs::read(self.folder.join("r.tsr")).unwrap()
    }
}

/// Serves `answers` requests, each with what `answer` makes of it, and notes the requests. Returns the address.
fn serve(
    answers: usize,
    answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static,
) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsr", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming().take(answers) {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut line) = (0, String::new());
            loop {
                line.clear();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let bytes = answer(&body);
            noted.lock().unwrap().push(body);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                bytes.len()
            );
            stream.write_all(&[head.as_bytes(), &bytes].concat()).unwrap();
        }
    });
    (address, requests)
}

fn log(case: &str) -> String {
    std::fs::read_to_string(Path::new(case).join("ledger/log")).unwrap()
}

#[test]
fn an_authority_stamps_the_ledger_and_what_does_not_hold_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    let authority = Authority::new(folder.path());
    let root = authority.root();
    let first = Arc::new(Mutex::new(Vec::<Vec<u8>>::new()));
    let remembered = Arc::clone(&first);
    // The third answer is the second one again: it holds in itself and answers another request.
    let (address, requests) = serve(4, move |request| {
        let count = remembered.lock().unwrap().len();
        if count == 3 {
            return b"<html>Sign in to continue</html>".to_vec();
        }
        let fresh = if count == 2 { remembered.lock().unwrap()[1].clone() } else { authority.reply(request) };
        remembered.lock().unwrap().push(fresh.clone());
        fresh
    });

    // Nobody said to trust that root.
    let (code, out, error) = run(&["stamp", &case, "--tsa", &address]);
    assert_eq!(code, 1, "{out}{error}");
    assert!(error.contains("--trust") && error.contains("not kept"), "{error}");
    assert!(log(&case).contains("\"event\":\"failed\",\"command\":\"stamp\",\"code\":\"stamp.chain\""));
    assert!(!log(&case).contains("\"stamped\""));

    let (code, out, error) = run(&["stamp", &case, "--tsa", &address, "--trust", &root]);
    assert_eq!(code, 0, "{out}{error}");
    assert!(
        out.contains("Invented Time Stamper") && out.contains("does not show where they came from"),
        "{out}"
    );
    let ledger = log(&case);
    assert_eq!(ledger.matches("\"event\":\"called\"").count(), 2, "each call is in the ledger: {ledger}");
    assert!(ledger.contains(&address) && ledger.contains("\"event\":\"stamped\""), "{ledger}");
    for request in requests.lock().unwrap().iter() {
        assert!(ledger.contains(&Digest::of(request).to_string()), "the ledger names what was sent");
    }

    let (code, _, error) = run(&["stamp", &case, "--tsa", &address, "--trust", &root]);
    assert!(code == 1 && error.contains("imprint"), "an old answer is not taken: {error}");
    let (code, _, error) = run(&["stamp", &case, "--tsa", &address, "--trust", &root]);
    assert!(code == 1 && error.contains("not kept"), "{error}");
    let (code, _, error) = run(&["stamp", &case, "--tsa", "http://127.0.0.1:9/", "--trust", &root]);
    assert!(code == 1 && error.contains("did not answer"), "{error}");
    let (code, _, error) = run(&["stamp", &case, "--tsa", "ftp://example.org/"]);
    assert!(code == 2 && error.contains("https://"), "{error}");
    assert_eq!(log(&case).matches("\"event\":\"stamped\"").count(), 1);

    let (code, out, _) = run(&["verify", &case, "--trust", &root]);
    assert!(
        code == 0 && out.contains("passed       The time-stamping authority “Invented Time Stamper” saw"),
        "{out}"
    );
    let (code, out, _) = run(&["verify", &case]);
    assert!(code == 0 && out.contains("not checked  The time-stamping authority"), "{out}");

    // One byte of the token, and of what it is over, each changed: never silent.
    let stamps = Path::new(&case).join("ledger/stamps");
    for entry in std::fs::read_dir(&stamps).unwrap() {
        let path = entry.unwrap().path();
        let sound = std::fs::read(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "pem") {
            continue;
        }
        let mut changed = sound.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        std::fs::write(&path, changed).unwrap();
        let (code, out, _) = run(&["verify", &case, "--trust", &root]);
        assert!(code == 1 && out.contains("FAILED"), "{}: {out}", path.display());
        std::fs::write(&path, sound).unwrap();
    }
}

#[test]
fn a_request_carried_by_hand_and_an_open_timestamp_are_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let authority = Authority::new(folder.path());
    let (query, answer) = (folder.path().join("ask.tsq"), folder.path().join("answer.tsr"));
    let checkpoint = std::fs::read(Path::new(&case).join("ledger/checkpoint")).unwrap();
    let (code, out, error) = run(&["stamp", &case, "--query", query.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    std::fs::write(&answer, authority.reply(&std::fs::read(&query).unwrap())).unwrap();
    // The ledger goes on while the request travels.
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    let words = ["--json", "stamp", &case, "--tsr", answer.to_str().unwrap(), "--trust", &authority.root()];
    let (code, out, error) = run(&words);
    assert_eq!(code, 0, "{out}{error}");
    assert!(out.contains("\"events\":1"), "it covers what there was when it was asked for: {out}");

    let proof = |digest: &Digest| {
        let magic = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";
        let pending = b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x12\x11https://x.example";
        [&magic[..], digest.as_bytes(), pending].concat()
    };
    let ots = folder.path().join("checkpoint.ots");
    std::fs::write(&ots, proof(&Digest::of(b"something else"))).unwrap();
    let (code, _, error) = run(&["stamp", &case, "--ots", ots.to_str().unwrap()]);
    assert!(code == 1 && error.contains("other bytes"), "{error}");
    std::fs::write(&ots, proof(&Digest::of(&checkpoint))).unwrap();
    let (code, out, error) = run(&["stamp", &case, "--ots", ots.to_str().unwrap()]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("no timestamp yet"), "{out}");
    let (code, out, _) = run(&["verify", &case]);
    assert!(code == 0 && out.contains("not checked  A Bitcoin block covers"), "{out}");

    // A stamp of another case is none of this one.
    let other = tempfile::tempdir().unwrap();
    let other = new_case(other.path());
    let before = files(other.as_ref());
    let (code, _, error) =
        run(&["stamp", &other, "--tsr", answer.to_str().unwrap(), "--trust", &authority.root()]);
    assert!(code == 1 && error.contains("imprint"), "{error}");
    let (code, _, error) = run(&["stamp", &other, "--tsr", query.to_str().unwrap()]);
    assert!(code == 2 && error.contains("neither a response nor a token"), "{error}");
    let stamps = files(other.as_ref()).keys().filter(|name| name.contains("stamps")).count();
    assert_eq!(stamps, 0);
    assert!(before.len() >= files(other.as_ref()).len());
}

#[test]
fn a_package_carries_the_stamp_and_openssl_checks_it_as_its_page_says() {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let (code, _, error) = run(&["demo", demo.to_str().unwrap()]);
    assert_eq!(code, 0, "{error}");
    let case = demo.join("case").to_string_lossy().into_owned();
    let authority = Authority::new(folder.path());
    let root = authority.root();
    let (address, _) = serve(1, move |request| authority.reply(request));
    let (code, out, error) = run(&["stamp", &case, "--tsa", &address, "--trust", &root]);
    assert_eq!(code, 0, "{out}{error}");
    let package = folder.path().join("package");
    let (code, _, error) = run(&["export", &case, "--for", "prosecutor", "--out", package.to_str().unwrap()]);
    assert_eq!(code, 0, "{error}");

    let page = std::fs::read_to_string(package.join("VERIFY.txt")).unwrap();
    let command = page.split("openssl ts -verify").nth(1).unwrap().split("\n\n").next().unwrap();
    let command = format!("openssl ts -verify{command}");
    assert!(command.contains("-attime"), "{command}");
    let said = |folder: &Path| {
        let output = Command::new("sh").args(["-c", &command]).current_dir(folder).output().unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )
    };
    let (fine, words) = said(&package);
    assert!(fine && words.contains("Verification: OK"), "{command}\n{words}");

    let path = package.to_str().unwrap();
    let (code, out, _) = run(&["verify", path, "--trust", &root]);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("passed       The time-stamping authority")
            && out.contains("stand under a checkpoint that was stamped"),
        "{out}"
    );
    let (code, out, _) = run(&["verify", path]);
    assert!(code == 0 && out.contains("not checked  The time-stamping authority"), "{out}");

    let of = package.join("data/proofs/stamp-1-of.txt");
    let changed = std::fs::read_to_string(&of).unwrap().replacen("redress", "Redress", 1);
    std::fs::write(&of, changed).unwrap();
    assert!(!said(&package).0);
    let (code, out, _) = run(&["verify", path, "--trust", &root]);
    assert!(code == 1 && out.contains("FAILED       The time-stamping authority"), "{out}");
}
