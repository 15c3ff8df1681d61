//! A picture: nearly always a phone's screenshot. It is kept as it is; one page stands for it, for a person or for text
//! recognition to say what it shows. Nothing in a picture is trusted as genuine.
//!
//! The time in a name is the phone's local time; which app was on the screen is guessed from the name.

mod exif;

use record::{Account, Fidelity, Media, MediaKind, Post, PostKey, PostKind, Sink};
use values::{Digest, Doubt, Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "screenshot",
    version: 2,
    description: "A picture, such as a phone's screenshot (.png, .jpg, .webp, .heic, .gif)",
    fidelity: Fidelity::Screenshot,
    looks: |head: &Head<'_>| kind(head.bytes).is_some(),
    read,
};

/// Tells whether bytes begin as those of a picture do.
pub fn is_picture(head: &[u8]) -> bool {
    kind(head).is_some()
}

fn kind(head: &[u8]) -> Option<&'static str> {
    let heic = head.get(4..8) == Some(b"ftyp")
        && matches!(head.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"hevc" | b"heim" | b"avif"));
    match head {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => heic.then_some("heic"),
    }
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let bytes = input.whole()?;
    let kind = kind(&bytes).unwrap_or("picture");
    let name = input.source.name();
    let file = name.rsplit('/').next().unwrap_or(name);
    let inside = exif::read(&bytes);
    let place = Place::whole();
    let platform = app(file);
    let digest = Digest::of(&bytes);
    // The same picture is the same page, whichever archive or message it came in.
    let key = PostKey::of_place(Platform::Unknown, &digest, &place);
    let mut post = Post::bare(key, PostKind::Page, Account::unknown(platform));
    post.media.push(Media { kind: MediaKind::Image, link: None, id: None, alt: None, digest: Some(digest) });
    let mut observation = input.sighting(place.clone());
    observation.seen =
        inside.taken.or_else(|| time_in(file)).map(|taken| time::in_zone(taken, input.options.zone_minutes));
    let cut = match kind {
        "png" => !bytes.windows(4).rev().take(64).any(|four| four == b"IEND"),
        "jpeg" => !bytes.windows(2).rev().take(4_096).any(|two| two == [0xFF, 0xD9]),
        _ => false,
    };
    if cut {
        out.trouble(
            Trouble::new(
                "picture.cut_off",
                Severity::Invalid,
                "The picture breaks off before its end; its lower part may be missing.",
                "Copy it again from the phone.",
            )
            .at(place.clone()),
        );
    }
    if kind == "jpeg" {
        out.trouble(
            Trouble::new(
                "picture.resaved",
                Severity::Note,
                "Phones keep screenshots as PNG; a JPEG was usually sent through a messenger or saved again, which changes its pixels.",
                "Ask for the file from the phone on which it was taken.",
            )
            .at(place.clone()),
        );
    }
    if inside.software.is_some() {
        out.trouble(
            Trouble::new(
                "picture.edited",
                Severity::Warn,
                format!(
                    "The picture names the program “{}” as the last that saved it.",
                    inside.software.unwrap_or_default()
                ),
                "Ask for the file as the phone took it.",
            )
            .at(place.clone()),
        );
    }
    match observation.seen {
        None => out.trouble(
            Trouble::new(
                "picture.no_time",
                Severity::Warn,
                "Neither the picture nor its name says when it was taken.",
                "Write down when and on whose phone it was taken, and add it as a note.",
            )
            .at(place.clone()),
        ),
        Some(seen) if seen.doubt() == Some(Doubt::ZoneUnknown) => {
            out.trouble(super::csv_table::no_zone().at(place.clone()))
        }
        Some(_) => {}
    }
    out.trouble(
        Trouble::new(
            "picture.only_pixels",
            Severity::Warn,
            if inside.screenshot { "This is a phone's screenshot: anybody can make one look like anything." } else { "A picture of a post proves little by itself: anybody can make one look like anything." },
            "Add the post's address, or capture the page itself; the stronger capture is then tied to this one.",
        )
        .at(place),
    );
    out.take(post_item(post, observation));
    Ok(())
}

/// The apps whose names Android writes into the names of screenshots.
const APPS: [(&str, Platform); 14] = [
    ("com.twitter.android", Platform::X),
    ("com.facebook.orca", Platform::Facebook),
    ("com.facebook.katana", Platform::Facebook),
    ("com.instagram.android", Platform::Instagram),
    ("com.instagram.barcelona", Platform::Threads),
    ("org.telegram.messenger", Platform::Telegram),
    ("com.whatsapp", Platform::WhatsApp),
    ("com.zhiliaoapp.musically", Platform::TikTok),
    ("com.truthsocial", Platform::TruthSocial),
    ("com.reddit.frontpage", Platform::Reddit),
    ("xyz.blueskyweb", Platform::Bluesky),
    ("com.google.android.youtube", Platform::YouTube),
    ("com.google.android.apps.messaging", Platform::Sms),
    ("com.google.android.gm", Platform::Email),
];

/// Samsung writes the app's shown name instead: `Screenshot_20251104-101111_Twitter.jpg`.
const SHOWN: [(&str, Platform); 11] = [
    ("_x", Platform::X),
    ("_twitter", Platform::X),
    ("_facebook", Platform::Facebook),
    ("_instagram", Platform::Instagram),
    ("_threads", Platform::Threads),
    ("_telegram", Platform::Telegram),
    ("_whatsapp", Platform::WhatsApp),
    ("_tiktok", Platform::TikTok),
    ("_truth social", Platform::TruthSocial),
    ("_reddit", Platform::Reddit),
    ("_messages", Platform::Sms),
];

fn app(file: &str) -> Platform {
    let lower = file.to_lowercase();
    if let Some((_, platform)) = APPS.iter().find(|(app, _)| lower.contains(app)) {
        return *platform;
    }
    let stem = lower.rsplit_once('.').map_or(lower.as_str(), |(stem, _)| stem);
    SHOWN.iter().find(|(end, _)| stem.ends_with(end)).map_or(Platform::Unknown, |(_, platform)| *platform)
}

/// Reads the local time in a name: the first run of digits, marks between them aside, that is a day and a time.
fn time_in(file: &str) -> Option<Moment> {
    let digits: Vec<(usize, u8)> = file.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).collect();
    for start in 0..digits.len().saturating_sub(13) {
        let run = &digits[start..start + 14];
        // Between two digits of one time stands at most a short mark such as “_” or “ at ”.
        if run.windows(2).any(|pair| pair[1].0 - pair[0].0 > 5) {
            continue;
        }
        let number = |from: usize, to: usize| {
            run[from..to].iter().fold(0_u32, |n, (_, digit)| n * 10 + u32::from(digit - b'0'))
        };
        let year = number(0, 4);
        if !(2005..2100).contains(&year) {
            continue;
        }
        let moment = time::local(
            i64::from(year),
            number(4, 6),
            number(6, 8),
            number(8, 10),
            number(10, 12),
            number(12, 14),
            SaidBy::File,
        );
        let Some(moment) = moment else { continue };
        let millis = digits
            .get(start + 14..start + 17)
            .filter(|more| more[0].0 - run[13].0 == 2 && more[2].0 - more[0].0 == 2);
        return Some(match millis {
            Some(more) => {
                let millis = more.iter().fold(0_i64, |n, (_, digit)| n * 10 + i64::from(digit - b'0'));
                Moment::from_millis(moment.millis() + millis, Precision::Millisecond, SaidBy::File)
                    .with_doubt(Doubt::ZoneUnknown)
            }
            None => moment,
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_time_and_app() {
        let check = |name: &str, time: Option<&str>, platform: Platform| {
            assert_eq!(time_in(name).map(Moment::to_rfc3339).as_deref(), time, "{name}");
            assert_eq!(app(name), platform, "{name}");
        };
        check(
            "Screenshot_20251104_101111_com.twitter.android.png",
            Some("2025-11-04T10:11:11Z"),
            Platform::X,
        );
        check(
            "Screenshot_2025-11-04-10-11-11-901_com.twitter.android.png",
            Some("2025-11-04T10:11:11.901Z"),
            Platform::X,
        );
        check("Screenshot_20251104-101111_Telegram.jpg", Some("2025-11-04T10:11:11Z"), Platform::Telegram);
        check("Screenshot 2025-11-04 at 10.11.11.png", Some("2025-11-04T10:11:11Z"), Platform::Unknown);
        check("IMG_0412.PNG", None, Platform::Unknown);
        check("99999999999999999999.png", None, Platform::Unknown);
    }
}
