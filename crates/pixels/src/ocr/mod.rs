//! The text in a picture, read by the `tesseract` program.
//!
//! Tesseract runs as a separate process with bounds on time and memory; a picture made to break it costs one refusal.
//! It is looked for on PATH and nothing is downloaded: where it is missing, a [`Trouble`] says how to install it. What
//! comes back is a [`Page`]: text, words, lines, each with its area in the picture as given, and how sure Tesseract was.
//! Text read from pixels is a proposal for a person to check; it is never the evidence, the picture is.
//!
//! This folder is the one place of the crate that starts a process. It does not know what the words mean.

// A trouble is moved once for each picture, which takes tenths of a second to read: boxing it would save nothing.
#![allow(clippy::result_large_err)]

mod child;
mod deskew;
mod page;
mod prepare;
mod repair;
mod tsv;
mod vote;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use values::{Severity, Trouble};

pub use page::{Line, Page, Word};
pub use prepare::Preparation;

use crate::picture::Picture;
use child::{Ended, Order};
use prepare::Prepared;

/// What reading one picture may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Seconds one run of the program may take; it is killed then.
    pub seconds: u32,
    /// Bytes of memory the program may take. Held by the system on Linux only; elsewhere the size of the picture, which
    /// is bounded before, is what bounds it.
    pub memory: u64,
    /// Runs of the program for one picture. The first reading stands when it is good; others are tried when it is poor.
    pub runs: u8,
}

impl Bounds {
    /// Returns bounds for an ordinary laptop: 60 seconds, 2 GiB, four runs.
    pub const fn laptop() -> Self {
        Self { seconds: 60, memory: 2 << 30, runs: 4 }
    }
}

/// Reads text with the `tesseract` program found on this computer.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    version: String,
    spanish: bool,
    bounds: Bounds,
}

/// The mean confidence from which a first reading stands without another try.
const GOOD: f32 = 0.90;

impl Reader {
    /// Finds the program on PATH, and on Windows in the folder its installer uses.
    ///
    /// The trouble says how to install it on Windows, macOS and Debian.
    pub fn find(bounds: Bounds) -> Result<Self, Trouble> {
        let mut folders: Vec<PathBuf> =
            std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
        if cfg!(windows) {
            folders.push(PathBuf::from(r"C:\Program Files\Tesseract-OCR"));
        }
        let name = if cfg!(windows) { "tesseract.exe" } else { "tesseract" };
        match folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file()) {
            Some(program) => Self::at(&program, bounds),
            None => Err(missing()),
        }
    }

    /// Takes the program at `program`, after asking it for its version and languages.
    pub fn at(program: &Path, bounds: Bounds) -> Result<Self, Trouble> {
        let ask = |argument: &str| {
            let order =
                Order { program, arguments: &[argument], input: &[], seconds: 20, memory: bounds.memory };
            match child::run(&order) {
                Ok(Ended::Well(output)) => Ok(String::from_utf8_lossy(&output).into_owned()),
                Ok(_) | Err(_) => Err(missing()),
            }
        };
        let first = ask("--version")?;
        let version = first.lines().next().unwrap_or_default().trim().to_owned();
        let languages = ask("--list-langs")?;
        let has = |language: &str| languages.lines().any(|line| line.trim() == language);
        if !version.starts_with("tesseract") || !has("eng") {
            return Err(missing());
        }
        Ok(Self { program: program.to_owned(), version, spanish: has("spa"), bounds })
    }

    /// Returns what the program says of itself, such as `tesseract 5.3.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns a note where Spanish is not installed; English is read all the same.
    pub fn spanish(&self) -> Option<Trouble> {
        (!self.spanish).then(|| {
            Trouble::new(
                "ocr.no_spanish",
                Severity::Note,
                "Tesseract's Spanish data is not installed, so Spanish text in pictures is read less well.",
                "Debian and Ubuntu: `sudo apt install tesseract-ocr-spa`; macOS: `brew install tesseract-lang`; \
                 Windows: run the installer again and tick Spanish under additional languages.",
            )
        })
    }

    /// Reads the text in `picture`.
    ///
    /// The picture is scaled and, where it is dark or skewed, turned into dark text on white first. Where that reading is
    /// poor, others are tried within the bounds and the best words of each line are kept. A picture without text gives an
    /// empty page. The trouble tells of time, memory or a failing program.
    pub fn read(&self, picture: &Picture) -> Result<Page, Trouble> {
        let luma = picture.luma();
        let mut pages: Vec<Page> = Vec::new();
        let mut refused = None;
        let mut language = "eng";
        for (run, preparation) in
            Preparation::in_order(&luma, picture.is_from_a_camera()).into_iter().enumerate()
        {
            if run >= usize::from(self.bounds.runs.max(1)) {
                break;
            }
            match self.once(&luma, preparation, language) {
                Ok(page) => pages.push(page),
                Err(trouble) => {
                    refused = Some(trouble);
                    continue;
                }
            }
            if run == 0 && self.spanish && pages.last().is_some_and(Page::looks_spanish) {
                language = "spa+eng";
                match self.once(&luma, preparation, language) {
                    // The reading with the wrong dictionary would only vote for wrong words.
                    Ok(page) => pages = vec![page],
                    Err(trouble) => refused = Some(trouble),
                }
            }
            let sure =
                pages.last().is_some_and(|page| page.confidence.get() >= GOOD && !page.words.is_empty());
            if sure && run >= 1 || pages.last().is_some_and(Page::is_beyond_doubt) {
                break;
            }
        }
        match (vote::best(pages), refused) {
            (Some(page), _) => Ok(page),
            (None, Some(trouble)) => Err(trouble),
            (None, None) => Ok(Page::empty(picture.width(), picture.height())),
        }
    }

    /// Reads `picture` once in the plainest way, without preparation: what a person gets who calls the program by hand.
    pub fn read_plainly(&self, picture: &Picture) -> Result<Page, Trouble> {
        self.run(&picture.luma(), Preparation::PLAIN, "eng", false)
    }

    /// Reads a page that a program drew: dark letters on white, one byte a pixel, row by row. Nothing is prepared.
    ///
    /// The trouble says what is wrong where the program fails or `gray` has not `width` times `height` bytes.
    pub fn read_page(&self, width: u32, height: u32, gray: Vec<u8>) -> Result<Page, Trouble> {
        let luma = image::GrayImage::from_raw(width, height, gray).ok_or_else(|| {
            Trouble::new(
                "ocr.page",
                Severity::Warn,
                "A drawn page has not as many pixels as it says, so what stands on it was not read.",
                "Try again; if it happens again, report it as a fault of redress.",
            )
        })?;
        self.run(&luma, Preparation::PLAIN, "eng", false)
    }

    fn once(
        &self,
        luma: &image::GrayImage,
        preparation: Preparation,
        language: &str,
    ) -> Result<Page, Trouble> {
        self.run(luma, preparation, language, true)
    }

    fn run(
        &self,
        luma: &image::GrayImage,
        preparation: Preparation,
        language: &str,
        sifted: bool,
    ) -> Result<Page, Trouble> {
        let prepared = Prepared::of(luma, preparation);
        let order = Order {
            program: &self.program,
            arguments: &["stdin", "stdout", "-l", language, "--psm", "6", "tsv"],
            input: &prepared.pgm(),
            seconds: self.bounds.seconds,
            memory: self.bounds.memory,
        };
        match child::run(&order) {
            Ok(Ended::Well(output)) => Ok(tsv::page(&String::from_utf8_lossy(&output), &prepared, sifted)),
            Ok(Ended::Late) => Err(Trouble::new(
                "ocr.too_slow",
                Severity::Warn,
                format!(
                    "Reading the text of this picture took longer than {} s and was stopped.",
                    self.bounds.seconds
                ),
                "The picture is kept. Crop it to the part with the post, import that too, or type the text by hand.",
            )),
            Ok(Ended::Badly { said }) => Err(Trouble::new(
                "ocr.failed",
                Severity::Warn,
                format!("Tesseract could not read this picture ({said})."),
                "The picture is kept. Save it again as PNG and import that too, or type the text by hand.",
            )),
            Err(error) => Err(Trouble::new(
                "ocr.not_started",
                Severity::Warn,
                format!("Tesseract could not be started ({error})."),
                "Try `tesseract --version` in a terminal; install it again where that fails too.",
            )),
        }
    }

    /// Reads many pictures, `at_once` at a time, and hands each result over as it comes.
    ///
    /// `next` gives the next picture with its number, or `None` at the end; it is asked only when a worker is free, so that
    /// no more than `at_once` pictures are in memory. Results come in no fixed order: sort by the number.
    pub fn read_many<K: Send>(
        &self,
        at_once: usize,
        next: impl FnMut() -> Option<(K, Result<Picture, Trouble>)> + Send,
        take: impl FnMut(K, Option<&Picture>, Result<Page, Trouble>) + Send,
    ) {
        let (next, take) = (Mutex::new(next), Mutex::new(take));
        std::thread::scope(|scope| {
            for _ in 0..at_once.max(1) {
                scope.spawn(|| {
                    loop {
                        // A poisoned lock means that the caller's own function failed; its panic is passed on by `scope`.
                        let Some((key, opened)) = next.lock().ok().and_then(|mut next| next()) else {
                            return;
                        };
                        let (picture, read) = match opened {
                            Ok(picture) => {
                                let read = self.read(&picture);
                                (Some(picture), read)
                            }
                            Err(trouble) => (None, Err(trouble)),
                        };
                        let Ok(mut take) = take.lock() else { return };
                        take(key, picture.as_ref(), read);
                    }
                });
            }
        });
    }
}

/// Returns the trouble of a computer without Tesseract.
fn missing() -> Trouble {
    Trouble::new(
        "ocr.no_tesseract",
        Severity::Warn,
        "The program `tesseract`, which reads the text in screenshots, was not found on this computer. The pictures \
         are kept, but nothing in them was searched.",
        "Install it, then scan again. Windows: `winget install --id UB-Mannheim.TesseractOCR`; macOS: `brew install \
         tesseract tesseract-lang`; Debian and Ubuntu: `sudo apt install tesseract-ocr tesseract-ocr-spa`.",
    )
}

#[cfg(test)]
mod tests;
