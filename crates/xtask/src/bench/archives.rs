//! A tar, a packed tar and a ZIP of 1 GB with many files, imported: memory must not grow with the archive.
//!
//! The real program is run: build it first with `cargo build --release -p redress`. `REDRESS_WORK` names a folder for
//! archive and case, `REDRESS_FILES` says how many files (2,000, which are 1 GB).

use std::fs;
use std::io::{BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

use super::case::{capture, measured};

/// Posts in each file.
const POSTS: u64 = 170;

/// Prints a row for each sort of archive.
pub fn run() -> Result<()> {
    let program = std::env::current_exe()?.with_file_name("redress");
    ensure!(program.is_file(), "{} is not there: cargo build --release -p redress", program.display());
    let work = std::env::var_os("REDRESS_WORK").map_or_else(std::env::temp_dir, PathBuf::from);
    let work = work.join(format!("redress-archives-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let files = std::env::var("REDRESS_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let outcome = sorts(&program, &work, files);
    fs::remove_dir_all(&work)?;
    outcome
}

type Pack = fn(&Path, u64) -> Result<u64>;

fn sorts(program: &Path, work: &Path, files: u64) -> Result<()> {
    println!("{files} files of {POSTS} posts each\n");
    println!("| command | wall s | CPU s | cores busy | MB/s | posts/s | most memory MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let sorts: [(&str, Pack); 3] = [("a.tar", plain), ("a.tar.gz", packed), ("a.zip", zip)];
    for (name, pack) in sorts {
        let archive = work.join(name);
        let bytes = pack(&archive, files)?;
        let case = work.join(format!("{name}-case"));
        let case = case.to_str().context("the folder's name is no text")?;
        let file = archive.to_str().context("the folder's name is no text")?;
        measured(program, work, &["new", case, "--role", "voter", "--state", "PA"], None, 0)?;
        measured(program, work, &["import", case, file], Some(bytes as f64 / 1e6), files * POSTS)?;
        println!("| … of {name}, {:.0} MB unpacked | | | | | | |", bytes as f64 / 1e6);
        fs::remove_file(&archive)?;
        fs::remove_dir_all(case)?;
    }
    Ok(())
}

/// Returns the content of one file of the archive.
fn content(number: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    capture(&mut bytes, number * POSTS..(number + 1) * POSTS)?;
    Ok(bytes)
}

fn plain(path: &Path, files: u64) -> Result<u64> {
    tar(&mut BufWriter::new(fs::File::create(path)?), files)
}

fn packed(path: &Path, files: u64) -> Result<u64> {
    let mut packing = GzEncoder::new(BufWriter::new(fs::File::create(path)?), Compression::fast());
    let bytes = tar(&mut packing, files)?;
    packing.finish()?.flush()?;
    Ok(bytes)
}

fn tar(to: &mut impl Write, files: u64) -> Result<u64> {
    let mut all = 0;
    for number in 0..files {
        let content = content(number)?;
        let mut header = [0_u8; 512];
        let name = format!("part-{number:05}.ndjson");
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[148..157].copy_from_slice(b"        0");
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        to.write_all(&header)?;
        to.write_all(&content)?;
        to.write_all(&vec![0; content.len().next_multiple_of(512) - content.len()])?;
        all += content.len() as u64;
    }
    to.write_all(&[0; 1024])?;
    to.flush()?;
    Ok(all)
}

fn zip(path: &Path, files: u64) -> Result<u64> {
    let mut to = BufWriter::new(fs::File::create(path)?);
    let (mut directory, mut all) = (Vec::new(), 0);
    for number in 0..files {
        let content = content(number)?;
        let mut crc = Crc::new();
        crc.update(&content);
        let mut packing = DeflateEncoder::new(Vec::new(), Compression::fast());
        packing.write_all(&content)?;
        let packed = packing.finish()?;
        let name = format!("part-{number:05}.ndjson");
        let at = u32::try_from(to.stream_position()?)?;
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
        for field in [crc.sum(), u32::try_from(packed.len())?, u32::try_from(content.len())?] {
            common.extend_from_slice(&field.to_le_bytes());
        }
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        to.write_all(&[b"PK\x03\x04", common.as_slice(), name.as_bytes(), &packed].concat())?;
        directory.extend([b"PK\x01\x02\x14\0", common.as_slice(), &[0; 10]].concat());
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        all += content.len() as u64;
    }
    let (start, length, count) =
        (u32::try_from(to.stream_position()?)?, u32::try_from(directory.len())?, u16::try_from(files)?);
    let end = [count.to_le_bytes(), count.to_le_bytes()].concat();
    let tail = [start_of_end(&end), length.to_le_bytes().to_vec(), start.to_le_bytes().to_vec(), vec![0, 0]];
    to.write_all(&directory)?;
    to.write_all(&tail.concat())?;
    to.flush()?;
    Ok(all)
}

fn start_of_end(counts: &[u8]) -> Vec<u8> {
    [b"PK\x05\x06\0\0\0\0", counts].concat()
}
