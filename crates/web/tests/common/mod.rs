//! What the tests of the app share: invented cases, the running app, a plain HTTP client.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod tls;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actions::library::Rows;
use actions::screens::Case;
use actions::{Context, Quiet, demo, files, import, new, scan, trace};
use record::{Actor, Role};
use values::{Moment, Precision, SaidBy};
use web::{Server, Setup};

/// A fixed clock: 2025-11-06.
pub fn now() -> Moment {
    Moment::from_millis(1_762_400_000_000, Precision::Millisecond, SaidBy::Redress)
}

pub fn context() -> Context<'static> {
    Context {
        now: &now,
        clock: &|| std::time::Duration::ZERO,
        actor: Actor::person("Robin"),
        redress: "test",
        progress: &Quiet,
        rows: &Rows::shipped,
    }
}

/// Makes an empty case in `folder`.
pub fn empty_case(folder: &Path) -> Case {
    let request = new::Request {
        root: &folder.join("case"),
        name: None,
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: Some(&demo::subject()),
        keep_until: None,
    };
    new::new(&request, &context()).expect("a case is made").0
}

/// Makes a case of these files, scanned and traced.
pub fn case_of(folder: &Path, captures: &Path) -> PathBuf {
    let mut case = empty_case(folder);
    let options = intake::Options::plain(intake::Limits::ordinary());
    let found = files::find(&[captures.to_owned()]).expect("captures are found");
    import::import_found(&mut case, &found, &options, &context()).expect("they are imported");
    scan::scan(&mut case, &context()).expect("they are scanned");
    trace::trace(&mut case, &trace::Request::default(), &context()).expect("they are traced");
    case.root().to_owned()
}

/// Makes a case of the demo's captures.
pub fn demo_case(folder: &Path) -> PathBuf {
    let captures = demo::captures(&folder.join("captures")).expect("captures are written");
    case_of(folder, &captures)
}

/// The app, and every link it told.
pub struct App {
    pub server: Server,
    pub links: Arc<Mutex<Vec<String>>>,
}

impl App {
    pub fn start(case: Option<PathBuf>, home: &Path, idle: Duration) -> Self {
        Self::with_helpers(case, home, idle, None)
    }

    /// The app, with a door for helpers on an address.
    pub fn with_helpers(
        case: Option<PathBuf>,
        home: &Path,
        idle: Duration,
        helpers: Option<SocketAddr>,
    ) -> Self {
        let links = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&links);
        let setup = Setup {
            case,
            home: home.to_owned(),
            port: 0,
            now,
            clock: || std::time::Duration::ZERO,
            rows: Rows::shipped,
            by: "Robin".to_owned(),
            redress: "test",
            idle,
            helpers,
            // Little work: the tests spend their time on pages.
            work: Some(10),
            tell: Box::new(move |link| told.lock().unwrap().push(link.to_owned())),
        };
        Self { server: Server::start(setup).expect("the app starts"), links }
    }

    /// Opens a session with the latest link.
    pub fn client(&self) -> Client {
        let mut client = Client::new(self.server.address());
        let link = self.links.lock().unwrap().last().cloned().expect("a link was told");
        let opened =
            client.get(link.split_once("/open").map(|(_, rest)| format!("/open{rest}")).unwrap().as_str());
        assert_eq!(opened.status, 303, "{}", opened.body);
        client
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A plain HTTP client with one cookie. It sends what it is told, also what no browser would.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: SocketAddr,
    pub cookie: Option<String>,
    /// For the door of helpers: whom to trust.
    pub trusts: Option<Arc<tokio_rustls::rustls::ClientConfig>>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookie: None, trusts: None }
    }

    /// Sends a request with exactly these headers beside the cookie.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let stream = TcpStream::connect(self.address).expect("the app listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut stream: Box<dyn tls::Wire> = match &self.trusts {
            Some(trusts) => Box::new(tls::over(trusts, self.address, stream)),
            None => Box::new(stream),
        };
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(cookie) = &self.cookie {
            head.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        // The app may answer and close before it has read everything.
        let _refused_early = stream.write_all(body);
        let mut bytes = Vec::new();
        let _closed = stream.read_to_end(&mut bytes);
        let answer = parse(&bytes);
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    fn host(&self) -> String {
        self.address.to_string()
    }

    fn origin(&self) -> String {
        format!("{}://{}", if self.trusts.is_some() { "https" } else { "http" }, self.address)
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let host = self.host();
        loop {
            let answer = self.send("GET", path, &[("Host", &host)], b"");
            // A page that is being worked out is asked for again, as a browser does.
            if answer.header("refresh").is_none() {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a form as a browser would from a page of the app.
    pub fn post(&mut self, path: &str, form: &str) -> Answer {
        let host = self.host();
        let origin = self.origin();
        let headers = [
            ("Host", host.as_str()),
            ("Origin", origin.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", path, &headers, form.as_bytes())
    }

    /// Loads `page`, takes the token of its form for `action` and sends that form with `fields`.
    pub fn submit(&mut self, page: &str, action: &str, fields: &str) -> Answer {
        let loaded = self.get(page);
        let token = token(&loaded.body, action);
        self.post(action, &format!("form={token}&{fields}"))
    }

    /// Sends a file as the page's script does.
    pub fn upload(&mut self, name: &str, bytes: &[u8]) -> Answer {
        let page = self.get("/save").body;
        let token = between(&page, "data-form=\"", "\"").expect("the page has a token for files").to_owned();
        let host = self.host();
        let origin = self.origin();
        let headers = [
            ("Host", host.as_str()),
            ("Origin", origin.as_str()),
            ("Content-Type", "application/octet-stream"),
            ("X-Form", token.as_str()),
        ];
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.send("POST", &format!("/save/file?name={encoded}"), &headers, bytes)
    }
}

pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    let end = text[start..].find(after)? + start;
    Some(&text[start..end])
}

/// Returns the token of the form for `action` on a page.
pub fn token(page: &str, action: &str) -> String {
    let form =
        page.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form for {action}:\n{page}"));
    between(&page[form..], "name=\"form\" value=\"", "\"").expect("the form has a token").to_owned()
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status =
        lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
        .collect();
    let mut body = bytes.get(end + 4..).unwrap_or_default().to_vec();
    if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
        body = unchunked(&body);
    }
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned(), bytes: body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(String::from_utf8_lossy(&rest[..end]).trim(), 16).unwrap_or(0);
        if size == 0 || rest.len() < end + 2 + size {
            break;
        }
        out.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
    out
}

/// Returns every file under `root` with its bytes.
pub fn files_of(root: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    files::find(&[root.to_owned()])
        .expect("a folder is walked")
        .into_iter()
        .map(|found| (found.name.clone(), std::fs::read(&found.path).expect("a file is read")))
        .collect()
}
