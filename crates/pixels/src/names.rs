//! What the name of a picture file says: when it was taken and in which app.
//!
//! A name is written by the phone and can be changed by anyone: it orders a camera roll and proposes an app, and is
//! never evidence of either. Times in names are local, but for Google's `PXL_` files, which are in UTC. Forms seen
//! on phones and computers of 2022 to 2026: `Screenshot_20251104_101111_com.twitter.android.png`,
//! `Screenshot_2025-11-04-10-11-11-901_com.twitter.android.png`, `Screenshot_20251104-101111_Facebook.jpg`,
//! `Screenshot 2025-11-04 at 10.11.11 AM.png`, `photo_2025-11-04_10-11-11.jpg`, `PXL_20251104_171111123.jpg`.

use values::{Doubt, Moment, Platform, SaidBy};

/// The digits at the head of a text, read as year, month, day, hour, minute, second.
pub(crate) struct Digits {
    numbers: [i64; 6],
    found: usize,
}

impl Digits {
    /// Takes the first fourteen digits, whatever stands between them; a letter or a long gap ends them.
    pub(crate) fn of(text: &str) -> Self {
        let (mut digits, mut gap) = (Vec::with_capacity(14), 0);
        for character in text.chars() {
            match character.to_digit(10) {
                Some(digit) => {
                    digits.push(i64::from(digit));
                    gap = 0;
                }
                None if character.is_ascii_alphabetic() && character != 'T' || gap > 1 => break,
                None => gap += 1,
            }
            if digits.len() == 14 {
                break;
            }
        }
        let found = digits.len();
        let number = |range: std::ops::Range<usize>| {
            digits.get(range).map_or(0, |part| part.iter().fold(0, |sum, digit| sum * 10 + digit))
        };
        let numbers =
            [number(0..4), number(4..6), number(6..8), number(8..10), number(10..12), number(12..14)];
        Self { numbers, found }
    }

    /// Returns the moment they say, without a doubt on it yet, or `None` where they are no time from 2000 to 2099.
    pub(crate) fn moment(&self) -> Option<Moment> {
        let [year, month, day, hour, minute, second] = self.numbers;
        if self.found < 14 || !(2000..2100).contains(&year) {
            return None;
        }
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        Moment::parse(&text, SaidBy::File).ok()
    }
}

/// Returns the time in a file's name, or `None` where there is none.
pub fn time(name: &str) -> Option<Moment> {
    let base = base(name);
    let starts = base.char_indices().filter(|&(index, character)| {
        character.is_ascii_digit() && !base[..index].ends_with(|before: char| before.is_ascii_digit())
    });
    for (index, _) in starts {
        let rest = two_digit_hour(&base[index..]);
        let Some(moment) = Digits::of(&rest).moment() else { continue };
        // macOS and WhatsApp write twelve hours where the system does.
        let half_day = rest.to_ascii_uppercase();
        let hour = moment.seconds().rem_euclid(86_400) / 3600;
        let shift = match () {
            () if half_day.contains("PM") && hour < 12 => 12,
            () if half_day.contains("AM") && hour == 12 => -12,
            () => 0,
        };
        let moment =
            Moment::from_millis(moment.millis() + shift * 3_600_000, moment.precision(), moment.said_by());
        let utc = base.starts_with("PXL_");
        return Some(if utc { moment } else { moment.with_doubt(Doubt::ZoneUnknown) });
    }
    None
}

/// Takes the word `at` out, and writes `3.05.09 PM` as `03.05.09 PM`.
fn two_digit_hour(text: &str) -> String {
    let Some((day, clock)) = text.split_once(" at ") else { return text.to_owned() };
    let digits = clock.bytes().take_while(u8::is_ascii_digit).count();
    format!("{day} {}{clock}", if digits == 1 { "0" } else { "" })
}

/// Words in a file's name and the app each belongs to: Android package names, then the names Samsung writes.
const APPS: &[(&str, Platform)] = &[
    ("com.twitter.android", Platform::X),
    ("com.facebook.katana", Platform::Facebook),
    ("com.facebook.lite", Platform::Facebook),
    ("com.truthsocial", Platform::TruthSocial),
    ("org.telegram", Platform::Telegram),
    ("org.thunderdog.challegram", Platform::Telegram),
    ("com.google.android.apps.messaging", Platform::Sms),
    ("com.samsung.android.messaging", Platform::Sms),
    ("com.android.mms", Platform::Sms),
    ("com.whatsapp", Platform::WhatsApp),
    ("com.instagram.android", Platform::Instagram),
    ("com.instagram.barcelona", Platform::Threads),
    ("com.zhiliaoapp.musically", Platform::TikTok),
    ("com.reddit.frontpage", Platform::Reddit),
    ("com.google.android.youtube", Platform::YouTube),
    ("xyz.blueskyweb.app", Platform::Bluesky),
    ("_x.", Platform::X),
    ("_twitter.", Platform::X),
    ("_facebook.", Platform::Facebook),
    ("_truth social.", Platform::TruthSocial),
    ("_telegram.", Platform::Telegram),
    ("_messages.", Platform::Sms),
    ("_whatsapp.", Platform::WhatsApp),
    ("_instagram.", Platform::Instagram),
    ("_threads.", Platform::Threads),
    ("_tiktok.", Platform::TikTok),
];

/// Returns the app a file's name speaks of, or `None` where it names none.
pub fn app(name: &str) -> Option<Platform> {
    let base = base(name).to_lowercase();
    APPS.iter().find(|(word, _)| base.contains(word)).map(|(_, platform)| *platform)
}

/// Tells whether the name is one phones and computers give to screenshots.
pub fn is_screenshot(name: &str) -> bool {
    let base = base(name).to_lowercase();
    ["screenshot", "screen shot", "captura", "scr_"].iter().any(|word| base.starts_with(word))
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_time_and_app() {
        let check = |name: &str, expected: Option<&str>, of_app: Option<Platform>| {
            assert_eq!(time(name).map(Moment::shown).as_deref(), expected, "{name}");
            assert_eq!(app(name), of_app, "{name}");
        };
        let local = Some("2025-11-04 10:11:11 (local time, zone not stated)");
        check("Screenshot_20251104_101111_com.twitter.android.png", local, Some(Platform::X));
        check("Screenshot_2025-11-04-10-11-11-901_com.twitter.android.png", local, Some(Platform::X));
        check(
            "DCIM/Screenshots/Screenshot_20251104-101111_Truth Social.jpg",
            local,
            Some(Platform::TruthSocial),
        );
        check("Screenshot_20251104_101111_Messages.jpg", local, Some(Platform::Sms));
        check("Screenshot 2025-11-04 at 10.11.11 AM.png", local, None);
        check("Screenshot 2025-11-04 101111.png", local, None);
        check("photo_2025-11-04_10-11-11.jpg", local, None);
        check("WhatsApp Image 2025-11-04 at 10.11.11.jpeg", local, None);
        check("20251104_101111.jpg", local, None);
        check("signal-2025-11-04-10-11-11-123.png", local, None);
        check("PXL_20251104_171111123.jpg", Some("2025-11-04 17:11:11 UTC"), None);
        let afternoon = Some("2025-11-04 15:05:09 (local time, zone not stated)");
        check("Screenshot 2025-11-04 at 3.05.09 PM.png", afternoon, None);
        check("IMG_0412.PNG", None, None);
        check("Screenshot_20251399_996111.png", None, None);
        check("", None, None);
        check("é/ü1é", None, None);
    }

    #[test]
    fn screenshots_are_told_by_name() {
        assert!(is_screenshot("a/Screenshot_20251104.png") && is_screenshot("Captura de pantalla 1.png"));
        assert!(!is_screenshot("IMG_0412.PNG"));
    }
}
