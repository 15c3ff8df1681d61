//! Making a signed pack of rows: a key once, then a pack whenever rows change.
//!
//! The key file holds the secret: it stays with whoever answers for the rows, on paper or on a stick, and never enters
//! the repository.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ::law::pack::{self, Pack};
use ::law::{Day, Library};
use anyhow::{Context, Result, bail, ensure};
use seal::note::{Note, SigningKey, VerifierKey};
use values::Digest;

/// Makes a signing key called `name` and writes it to `file`, which must not exist; prints the key that checks.
pub fn key(name: &str, file: &Path) -> Result<()> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| anyhow::anyhow!("this computer gave no random bytes: {error}"))?;
    let key = SigningKey::new(name, secret)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // Nobody else on this computer may read it.
        options.mode(0o600);
    }
    let mut out = options.open(file).with_context(|| format!("cannot make {}", file.display()))?;
    writeln!(out, "{name}\n{}", Digest::from_bytes(secret))?;
    println!("Secret key in {}. Keep it off this computer when it is not in use.", file.display());
    println!(
        "People who take your packs need this key, told by another way than the packs come:\n{}",
        key.verifier()
    );
    Ok(())
}

fn read_key(file: &Path) -> Result<SigningKey> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (name, secret) = text.trim_end().split_once('\n').context("this is no key that `law key` made")?;
    let secret: Digest = secret.parse().ok().context("this is no key that `law key` made")?;
    Ok(SigningKey::new(name, *secret.as_bytes())?)
}

/// Packs the rows in `folder` (files of the same names and shape as in `crates/law/data`, holding only what is new or
/// corrected), signs them and writes pack and verifier key.
pub fn pack(folder: &Path, key: &Path, out: &Path, made: Day) -> Result<()> {
    let key = read_key(key)?;
    let files = files(folder)?;
    ensure!(!files.is_empty(), "{} holds no .toml file of rows", folder.display());
    let borrowed: Vec<(&str, &str, &str)> =
        files.iter().map(|(name, rows, spanish)| (name.as_str(), rows.as_str(), spanish.as_str())).collect();
    let rows = pack::rows_of(&borrowed)?;
    let note = key.sign(&Pack::to_sign(key.name(), made, &rows));
    let whole = format!("{note}\n{rows}");
    // Opened and laid as the reader's computer will, before anybody gets it.
    let opened = Pack::open(whole.as_bytes(), &|note| checked(note, &key.verifier()))?;
    Library::shipped().with_pack(&opened)?;
    fs::write(out, &whole).with_context(|| format!("cannot write {}", out.display()))?;
    let mut beside = out.as_os_str().to_owned();
    beside.push(".key");
    fs::write(PathBuf::from(beside), format!("{}\n", key.verifier()))?;
    let counts: Vec<String> =
        opened.counts().iter().map(|(table, rows)| format!("{rows} of [[{table}]]")).collect();
    println!("{}: {} rows by {} of {made}", out.display(), counts.join(", "), key.name());
    println!("To take it in: redress law update {} --key \"{}\"", out.display(), key.verifier());
    Ok(())
}

fn checked(note: &str, key: &VerifierKey) -> Result<(), String> {
    let note: Note = note.parse().map_err(|error: seal::note::NoteError| error.to_string())?;
    note.verify(key).map(drop).map_err(|error| error.to_string())
}

/// Returns the files of rows in `folder`: name, English, Spanish.
fn files(folder: &Path) -> Result<Vec<(String, String, String)>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".es.toml") {
            let english = path.with_file_name(name.replace(".es.toml", ".toml"));
            if !english.exists() {
                bail!("{name} is the Spanish of a file that is not there: {}", english.display());
            }
        } else if name.ends_with(".toml") {
            let spanish = path.with_file_name(name.replace(".toml", ".es.toml"));
            let spanish = if spanish.exists() { fs::read_to_string(&spanish)? } else { String::new() };
            files.push((name, fs::read_to_string(&path)?, spanish));
        }
    }
    Ok(files)
}
