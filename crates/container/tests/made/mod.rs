//! Containers made by hand, so that each can lie in one place.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use container::digests::{Algorithm, digest, hex};
use container::{Judgement, Limits, Rules, Verdict, lint};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::{Value, json};

/// One member, as it stands in the directory and before its bytes.
#[derive(Clone)]
pub struct Member {
    pub name: Vec<u8>,
    pub local_name: Option<Vec<u8>>,
    /// As stored.
    pub data: Vec<u8>,
    pub size: u64,
    pub crc: u32,
    pub flags: u16,
    pub method: u16,
    pub local_method: Option<u16>,
    pub mode: u32,
    /// Extra field in the directory, and before the member.
    pub extra: [Vec<u8>; 2],
    /// Written behind the data.
    pub descriptor: Vec<u8>,
    /// Sizes and checksum before the member are left zero.
    pub streamed: bool,
    /// The narrow fields say “look into the wide ones”.
    pub wide: bool,
    pub offset: Option<u64>,
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

pub fn member(name: &str, data: &[u8]) -> Member {
    Member {
        name: name.as_bytes().to_vec(),
        local_name: None,
        data: data.to_vec(),
        size: data.len() as u64,
        crc: crc(data),
        flags: 0,
        method: 0,
        local_method: None,
        mode: 0o100_644,
        extra: [Vec::new(), Vec::new()],
        descriptor: Vec::new(),
        streamed: false,
        wide: false,
        offset: None,
    }
}

pub fn deflated(name: &str, data: &[u8]) -> Member {
    let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(data).unwrap();
    Member {
        data: writer.finish().unwrap(),
        method: 8,
        size: data.len() as u64,
        crc: crc(data),
        ..member(name, b"")
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

pub fn zip(members: &[Member]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let offset = member.offset.unwrap_or(bytes.len() as u64);
        let packed = member.data.len() as u64;
        let narrow = |value: u64| if member.wide { u32::MAX } else { value as u32 };
        let head = |method: u16, local: bool| {
            let mut head = member.flags.to_le_bytes().to_vec();
            head.extend(method.to_le_bytes());
            head.extend([0, 0, 0x21, 0]);
            let empty = local && member.streamed;
            head.extend(if empty { 0 } else { member.crc }.to_le_bytes());
            head.extend(if empty { 0 } else { narrow(packed) }.to_le_bytes());
            head.extend(if empty { 0 } else { narrow(member.size) }.to_le_bytes());
            head
        };
        let mut extras = member.extra.clone();
        if member.wide {
            let sizes = [member.size.to_le_bytes(), packed.to_le_bytes()].concat();
            extras[0].extend([&[1, 0, 24, 0][..], &sizes, &offset.to_le_bytes()].concat());
            extras[1].extend([&[1, 0, 16, 0][..], &sizes].concat());
        }
        let local_name = member.local_name.as_ref().unwrap_or(&member.name);
        bytes.extend(b"PK\x03\x04\x2d\0");
        bytes.extend(head(member.local_method.unwrap_or(member.method), true));
        bytes.extend((local_name.len() as u16).to_le_bytes());
        bytes.extend((extras[1].len() as u16).to_le_bytes());
        bytes.extend(local_name);
        bytes.extend(&extras[1]);
        bytes.extend(&member.data);
        bytes.extend(&member.descriptor);
        directory.extend(b"PK\x01\x02\x2d\x03\x2d\0");
        directory.extend(head(member.method, false));
        directory.extend((member.name.len() as u16).to_le_bytes());
        directory.extend((extras[0].len() as u16).to_le_bytes());
        directory.extend([0; 6]);
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend(narrow(offset).to_le_bytes());
        directory.extend(&member.name);
        directory.extend(&extras[0]);
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([(members.len() as u16).to_le_bytes(), (members.len() as u16).to_le_bytes()].concat());
    bytes.extend([(directory.len() as u32).to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

pub fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&digest(Algorithm::Sha256, bytes)))
}

/// A sound record with a body, both digests stated.
pub fn record(number: u32, body: &str) -> Vec<u8> {
    let block =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n\
        WARC-Date: 2024-06-11T12:00:00Z\r\nWARC-Target-URI: https://social.example/{number}\r\n\
        WARC-Block-Digest: {}\r\nWARC-Payload-Digest: {}\r\n\
        Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        sha256(block.as_bytes()),
        sha256(body.as_bytes()),
        block.len()
    );
    format!("{head}{block}\r\n\r\n").into_bytes()
}

pub const PAGES: &str = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n\
    {\"id\": \"1\", \"url\": \"https://social.example/1\", \"ts\": \"2024-06-11T12:00:00Z\"}\n";

/// A collection that can be changed before it is packed: its files, its manifest, what is signed.
#[derive(Clone)]
pub struct Collection {
    pub files: Vec<Member>,
    pub manifest: Value,
    /// `None` leaves the file out.
    pub digest: Option<Value>,
    /// Packed behind the rest.
    pub more: Vec<Member>,
}

pub fn collection() -> Collection {
    let warc = gzip(&record(1, "<p>one</p>"));
    let files = vec![
        member("archive/data.warc.gz", &warc),
        member("indexes/index.cdx.gz", &gzip(b"example,social)/1 20240611120000 {}\n")),
        member("pages/pages.jsonl", PAGES.as_bytes()),
    ];
    let manifest = json!({ "profile": "data-package", "wacz_version": "1.1.1", "title": "t",
        "created": "2024-06-11T12:00:00Z", "software": "made", "resources": [] });
    let mut made = Collection { files, manifest, digest: None, more: Vec::new() };
    made.list();
    made.seal();
    made
}

impl Collection {
    /// Lists every file in the manifest as it is.
    pub fn list(&mut self) {
        let of = |file: &Member| {
            let path = String::from_utf8_lossy(&file.name).into_owned();
            json!({ "name": path.rsplit('/').next(), "path": path, "hash": sha256(&file.data), "bytes": file.data.len() })
        };
        self.manifest["resources"] = self.files.iter().map(of).collect();
    }

    pub fn manifest_bytes(&self) -> Vec<u8> {
        self.manifest.to_string().into_bytes()
    }

    /// States the digest of the manifest as it is now.
    pub fn seal(&mut self) {
        self.digest = Some(json!({ "path": "datapackage.json", "hash": sha256(&self.manifest_bytes()) }));
    }

    /// Signs `text` with a new anonymous key, as a browser does.
    pub fn sign(&mut self, text: &str) {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).unwrap();
        let signature = key.sign(&random, text.as_bytes()).unwrap();
        self.signed(json!({ "hash": text, "signature": STANDARD.encode(signature.as_ref()),
            "publicKey": STANDARD.encode(spki(&key)), "created": "2024-06-11T12:00:00Z", "software": "made", "version": "0.1.0" }));
    }

    pub fn signed(&mut self, data: Value) {
        if let Some(digest) = &mut self.digest {
            digest["signedData"] = data;
        }
    }

    pub fn pack(&self) -> Vec<u8> {
        let mut members = self.files.clone();
        members.push(member("datapackage.json", &self.manifest_bytes()));
        members.extend(
            self.digest.as_ref().map(|d| member("datapackage-digest.json", d.to_string().as_bytes())),
        );
        members.extend(self.more.clone());
        zip(&members)
    }
}

/// SubjectPublicKeyInfo of a P-256 key.
fn spki(key: &EcdsaKeyPair) -> Vec<u8> {
    use ring::signature::KeyPair as _;
    let head = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    [&head[..], key.public_key().as_ref()].concat()
}

pub fn judge(name: &str, bytes: &[u8]) -> Judgement {
    let rules = Rules { limits: Limits::shipped(), roots: Vec::new(), captures: true };
    lint(name, &mut Cursor::new(bytes), &rules)
}

/// Checks verdict and first code.
pub fn check(what: &str, name: &str, bytes: &[u8], verdict: Verdict, code: &str) {
    let judged = judge(name, bytes);
    assert_eq!((judged.verdict, judged.code()), (verdict, code), "{what}: {:#?}", judged.troubles);
}
