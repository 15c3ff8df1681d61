//! A real Chromium, driven through its own driver (W3C WebDriver, JSON over HTTP): the dozen calls these tests need.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The key that WebDriver names the elements by.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with an empty profile.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one. `language` is what it asks pages for.
    pub fn start(language: &str, dark: bool) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed: scripts/test installs chromium-driver");
        let profile = tempfile::tempdir().unwrap();
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-dev-shm-usage".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--no-first-run".into(),
            "--hide-scrollbars".into(),
            format!("--accept-lang={language}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        if dark {
            arguments.push("--force-dark-mode".into());
            arguments.push("--blink-settings=preferredColorScheme=0".into());
        }
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        // The door for helpers has a certificate that nobody vouches for.
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "acceptInsecureCerts": true,
            "goog:chromeOptions": {"args": arguments, "prefs": {"intl.accept_languages": language}},
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": 60_000, "pageLoad": 120_000},
        }}});
        let deadline = Instant::now() + Duration::from_secs(90);
        loop {
            match call(port, "POST", "/session", &wanted) {
                Ok(value) => {
                    browser.session = value["sessionId"].as_str().expect("a session has an id").to_owned();
                    return browser;
                }
                Err(error) if Instant::now() > deadline => panic!("no browser: {error}"),
                Err(_) => std::thread::sleep(Duration::from_millis(200)),
            }
        }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        call(self.port, method, &path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) {
        self.ask("POST", "/url", &json!({ "url": address }));
        self.settle();
    }

    /// Waits until the page is not one that says it is being worked out.
    pub fn settle(&self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.run("return !!document.querySelector('[data-soon]')", json!([])) == json!(true) {
            assert!(Instant::now() < deadline, "{} does not come", self.at());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Returns the address it is at.
    pub fn at(&self) -> String {
        self.ask("GET", "/url", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn size(&self, width: u32, height: u32) {
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
    }

    /// Calls the browser's own protocol.
    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.ask("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Runs a function's body in the page and returns what it returns.
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.ask("POST", "/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// The same for a body that ends by calling its last argument.
    pub fn run_async(&self, script: &str, arguments: Value) -> Value {
        self.ask("POST", "/execute/async", &json!({"script": script, "args": arguments}))
    }

    fn find(&self, selector: &str) -> Option<String> {
        let path = format!("/session/{}/element", self.session);
        let found =
            call(self.port, "POST", &path, &json!({"using": "css selector", "value": selector})).ok()?;
        found[ELEMENT].as_str().map(str::to_owned)
    }

    /// Waits for an element.
    pub fn wait(&self, selector: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(90);
        loop {
            if let Some(found) = self.find(selector) {
                return found;
            }
            assert!(Instant::now() < deadline, "no {selector} on {}:\n{}", self.at(), self.text());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits for an element and clicks it.
    pub fn click(&self, selector: &str) {
        let element = self.wait(selector);
        self.ask("POST", &format!("/element/{element}/click"), &json!({}));
    }

    /// Writes into a field; for a field of files, paths.
    pub fn write(&self, selector: &str, text: &str) {
        let element = self.wait(selector);
        self.ask("POST", &format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Presses keys, one after another, wherever the focus is.
    pub fn press(&self, keys: &[&str]) {
        let steps: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
            })
            .collect();
        self.ask("POST", "/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": steps}]}));
    }

    /// Returns the words on the page.
    pub fn text(&self) -> String {
        self.settle();
        self.run("return document.body.innerText", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Takes a picture of the whole page.
    pub fn picture(&self, to: &Path) {
        self.settle();
        // What stays at the upper edge while a page is scrolled belongs there in a picture of the whole.
        self.run("scrollTo(0, 0)", json!([]));
        let height =
            self.run("return document.documentElement.scrollHeight", json!([])).as_u64().unwrap_or(900);
        let width = self.run("return innerWidth", json!([])).as_u64().unwrap_or(1200);
        let shot = self.cdp(
            "Page.captureScreenshot",
            json!({"format": "png", "captureBeyondViewport": true,
                   "clip": {"x": 0, "y": 0, "width": width, "height": height.min(3200), "scale": 1}}),
        );
        let bytes = unbase64(shot["data"].as_str().expect("a picture"));
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }

    /// Returns what the browser complained about since the last time.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.ask("POST", "/se/log", &json!({"type": "browser"}));
        log.as_array()
            .into_iter()
            .flatten()
            .filter(|line| line["level"] != "INFO" && line["level"] != "DEBUG")
            .filter_map(|line| line["message"].as_str().map(str::to_owned))
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ended = call(self.port, "DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ended = self.driver.kill();
        let _ended = self.driver.wait();
    }
}

fn call(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(Duration::from_secs(180))).map_err(|error| error.to_string())?;
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()))
        .map_err(|error| error.to_string())?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        let read = reader.read_line(&mut line).map_err(|error| error.to_string())?;
        if read == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).map_err(|error| error.to_string())?;
    let answer: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    match answer["value"]["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
        None => Ok(answer["value"].clone()),
    }
}

fn unbase64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = chunk.iter().enumerate().fold(0, |bits, (n, c)| bits | value(*c) << (18 - 6 * n));
        out.extend_from_slice(&bits.to_be_bytes()[1..][..chunk.len() - 1]);
    }
    out
}

/// The rules of axe-core, which scripts/test installs beside the other judges.
pub fn axe() -> String {
    let judges = std::env::var_os("REDRESS_JUDGES").expect("REDRESS_JUDGES is set: run scripts/test");
    let path = PathBuf::from(judges).join("../node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).expect("axe-core is installed: run scripts/test")
}
