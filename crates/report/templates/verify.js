"use strict";
// Checks a package in the browser: digests, sealed fields, inclusion proofs, the checkpoint's signature.
// Everything here is written out, SHA-256 included, so that it works from a file and can be read by whoever must trust it.

const K = (() => {
  const k = [], prime = n => { for (let d = 2; d * d <= n; d++) if (n % d === 0) return false; return true; };
  for (let n = 2; k.length < 64; n++) if (prime(n)) k.push((Math.cbrt(n) % 1) * 4294967296 | 0);
  return k;
})();

// SHA-256 (FIPS 180-4) of bytes, as 32 bytes.
function sha256(bytes) {
  const h = new Int32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
  const w = new Int32Array(64), length = bytes.length;
  const blocks = Math.ceil((length + 9) / 64), tail = new Uint8Array(128);
  const whole = Math.floor(length / 64);
  tail.set(bytes.subarray(whole * 64));
  tail[length - whole * 64] = 0x80;
  const end = (blocks - whole) * 64, bits = length * 8;
  new DataView(tail.buffer).setUint32(end - 8, Math.floor(bits / 4294967296));
  new DataView(tail.buffer).setUint32(end - 4, bits >>> 0);
  for (let b = 0; b < blocks; b++) {
    const from = b < whole ? bytes : tail, at = b < whole ? b * 64 : (b - whole) * 64;
    for (let i = 0; i < 16; i++) w[i] = from[at + 4 * i] << 24 | from[at + 4 * i + 1] << 16 | from[at + 4 * i + 2] << 8 | from[at + 4 * i + 3];
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
    }
    let [a, bb, c, d, e, f, g, hh] = h;
    for (let i = 0; i < 64; i++) {
      const t = hh + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & bb ^ a & c ^ bb & c) | 0;
      hh = g; g = f; f = e; e = d + t | 0; d = c; c = bb; bb = a; a = t + u | 0;
    }
    [a, bb, c, d, e, f, g, hh].forEach((value, i) => { h[i] = h[i] + value | 0; });
  }
  const out = new Uint8Array(32);
  h.forEach((word, i) => new DataView(out.buffer).setInt32(4 * i, word));
  return out;
}

const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
const utf8 = text => new TextEncoder().encode(text);
const text = bytes => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const base64 = given => Uint8Array.from(atob(given), c => c.charCodeAt(0));
const join = (...parts) => { const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { out.set(p, at); at += p.length; } return out; };
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// Each check gives ["passed" | "failed" | "not checked", what, detail].
function checkManifest(files, name) {
  const rows = [], listed = new Set();
  if (!files.has(name)) return [["failed", name, "The file is missing."]];
  for (const line of text(files.get(name)).split("\n")) {
    if (line === "") continue;
    const at = line.search(/\s/), wanted = line.slice(0, at), path = line.slice(at).trim();
    listed.add(path);
    if (!files.has(path)) rows.push(["failed", path, "It is listed and not there."]);
    else if (hex(sha256(files.get(path))) !== wanted.toLowerCase()) rows.push(["failed", path, "Its bytes were changed."]);
  }
  if (name === "manifest-sha256.txt")
    for (const path of files.keys()) if (path.startsWith("data/") && !listed.has(path)) rows.push(["failed", path, "It was added after the package was made."]);
  if (rows.length === 0) rows.push(["passed", name, `All ${listed.size} listed files are unchanged.`]);
  return rows;
}

// RFC 9162, section 2.1.3.2.
function inclusion(leaf, index, size, path, root) {
  if (index >= size) return false;
  let fn = index, sn = size - 1n, r = sha256(join(new Uint8Array([0]), leaf));
  for (const p of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = sha256(join(new Uint8Array([1]), p, r));
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else r = sha256(join(new Uint8Array([1]), r, p));
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n && same(r, root);
}

function noteParts(note) {
  const at = note.lastIndexOf("\n\n"), body = note.slice(0, at + 1), lines = body.split("\n");
  return { body, size: BigInt(lines[1]), root: base64(lines[2]), signatures: note.slice(at + 2).split("\n").filter(line => line !== "") };
}

async function signed(note, vkey) {
  const parts = noteParts(note), at = vkey.indexOf("+"), name = vkey.slice(0, at), rest = vkey.slice(at + 1);
  const key = base64(rest.slice(rest.indexOf("+") + 1).trim());
  if (key[0] !== 1 || key.length !== 33) return ["not checked", "The key is of a kind this page does not know."];
  const line = parts.signatures.find(line => line.startsWith(`— ${name} `));
  if (!line) return ["failed", "The key did not sign it."];
  const bytes = base64(line.slice(line.lastIndexOf(" ") + 1));
  const id = sha256(join(utf8(`${name}\n`), key)).slice(0, 4);
  if (!same(bytes.slice(0, 4), id)) return ["failed", "The signature names another key."];
  try {
    const known = await crypto.subtle.importKey("raw", key.slice(1), { name: "Ed25519" }, false, ["verify"]);
    const good = await crypto.subtle.verify({ name: "Ed25519" }, known, bytes.slice(4), utf8(parts.body));
    return good ? ["passed", `Signed by ${name}, over ${parts.size} ledger lines.`] : ["failed", "The signature does not fit."];
  } catch (error) {
    return ["not checked", "This browser does not know Ed25519. Use the command in VERIFY.txt."];
  }
}

async function checkProof(files, folder) {
  const name = folder.split("/").pop(), file = part => files.get(`${folder}/${part}`);
  const rows = [], line = file("ledger-line.json"), proof = file("inclusion.tlog-proof");
  if (line && proof) {
    const given = text(proof), at = given.indexOf("\n\n"), head = given.slice(0, at).split("\n"), note = given.slice(at + 2);
    try {
      if (head[0] !== "c2sp.org/tlog-proof@v1") throw 0;
      const start = head.findIndex(l => l.startsWith("index "));
      const index = BigInt(head[start].slice(6)), path = head.slice(start + 1).map(base64), parts = noteParts(note);
      const good = inclusion(line, index, parts.size, path, parts.root);
      rows.push([good ? "passed" : "failed", `${name}: inclusion proof`, good ? `Line ${index} of the ledger.` : "The line is not in the signed ledger."]);
      if (files.has("data/proofs/vkey.txt")) {
        const [result, detail] = await signed(note, text(files.get("data/proofs/vkey.txt")).trim());
        if (result !== "passed") rows.push([result, `${name}: checkpoint of its proof`, detail]);
      }
    } catch (error) {
      rows.push(["failed", `${name}: inclusion proof`, "It is not a proof that can be read."]);
    }
  }
  const list = file("fields.txt"), shown = file("disclosed.txt");
  if (list && shown) {
    const hashes = new Map(text(list).split("\n").slice(1).filter(l => l !== "").map(l => l.split(" ")));
    let count = 0, wrong = 0;
    for (const row of text(shown).split("\n").slice(1)) {
      if (row === "") continue;
      const [field, salt] = row.split(" ", 2), value = JSON.parse(row.slice(field.length + salt.length + 2));
      count++;
      if (hashes.get(field) !== hex(sha256(utf8(`redress-field/1\n${field}\n${salt}\n${value}`)))) wrong++;
    }
    rows.push([wrong === 0 ? "passed" : "failed", `${name}: sealed fields`, wrong === 0 ? `${count} of ${hashes.size} fields are shown and are the sealed ones.` : `${wrong} shown fields are not the sealed ones.`]);
    if (line) {
      const named = text(line).includes(hex(sha256(list)));
      rows.push([named ? "passed" : "not checked", `${name}: list of sealed fields`, named ? "The ledger line names it." : "The ledger line does not name this list."]);
    }
  }
  return rows;
}

// A file that cannot be read is a failed check, never a page that stops.
async function guarded(what, check) {
  try { return await check(); } catch (error) { return [["failed", what, "It cannot be read."]]; }
}

// files: a Map of paths below the package's folder to bytes.
async function checkPackage(files) {
  const rows = [];
  if (!files.has("bagit.txt")) return [["failed", "bagit.txt", "This is not the folder of a package: bagit.txt is not in it."]];
  rows.push(...checkManifest(files, "manifest-sha256.txt"), ...checkManifest(files, "tagmanifest-sha256.txt"));
  const checkpoint = "Checkpoint of the ledger";
  if (files.has("data/proofs/checkpoint.txt") && files.has("data/proofs/vkey.txt")) {
    rows.push(...await guarded(checkpoint, async () => {
      const [result, detail] = await signed(text(files.get("data/proofs/checkpoint.txt")), text(files.get("data/proofs/vkey.txt")).trim());
      return [[result, checkpoint, detail]];
    }));
  } else rows.push(["not checked", checkpoint, "The package holds none."]);
  for (const path of [...files.keys()].filter(path => /^data\/proofs\/stamp-\d+\.(tsr|ots)$/.test(path)).sort())
    rows.push(["not checked", path, "This page cannot check a time stamp. Use the command in VERIFY.txt."]);
  const folders = new Set([...files.keys()].filter(path => path.startsWith("data/exhibits/")).map(path => path.split("/").slice(0, 3).join("/")));
  for (const folder of [...folders].sort()) rows.push(...await guarded(folder, () => checkProof(files, folder)));
  return rows;
}

function show(rows, files) {
  const body = document.getElementById("rows");
  body.replaceChildren();
  for (const row of rows) {
    const line = body.insertRow();
    // textContent, never markup: paths and values come from strangers.
    for (const cell of row) line.insertCell().textContent = cell;
  }
  document.getElementById("result").hidden = false;
  const count = word => rows.filter(row => row[0] === word).length;
  const [passed, failed, open] = [count("passed"), count("failed"), count("not checked")];
  document.getElementById("state").textContent =
    (failed > 0 ? "Do not rely on this package. " : "No check failed. ") + `${passed} passed, ${failed} failed, ${open} not checked.`;
  const tags = files.get("tagmanifest-sha256.txt");
  if (tags) document.getElementById("seal").textContent = hex(sha256(tags));
}

document.getElementById("folder").addEventListener("change", async event => {
  const state = document.getElementById("state"), files = new Map(), chosen = [...event.target.files];
  for (const [n, file] of chosen.entries()) {
    state.textContent = `Reading ${n + 1} of ${chosen.length}…`;
    files.set(file.webkitRelativePath.split("/").slice(1).join("/"), new Uint8Array(await file.arrayBuffer()));
  }
  show(await checkPackage(files), files);
});
document.getElementById("state").textContent = "Ready. Choose the folder of the package.";
