//! The roster: one file per format, look-alikes all. Special ones stand before general ones, since the first that knows
//! a capture reads it.

mod answer;
mod bluesky_car;
mod bluesky_jetstream;
mod bluesky_views;
mod csv_brandwatch;
mod csv_fourcat;
mod csv_fourcat_others;
mod csv_research;
mod csv_table;
mod email;
mod gallery_dl;
mod gallery_dl_instagram;
mod har;
mod mastodon_outbox;
mod mastodon_status;
mod mbox;
mod meta_download;
mod meta_pages;
mod reddit;
mod reddit_records;
mod saved_page;
mod screenshot;
mod sms_backup;
mod snscrape;
mod table;
mod telegram;
mod telegram_html;
mod threads_zeeschuimer;
mod tiktok_zeeschuimer;
mod truthsocial;
pub(crate) mod warc;
mod whatsapp;
mod x_api_v2;
mod x_archive;
mod x_v1;
mod x_zeeschuimer;
mod yt_dlp;
mod zeeschuimer;

use crate::format::Format;

pub use screenshot::is_picture;

static FORMATS: [Format; 39] = [
    x_zeeschuimer::FORMAT,
    tiktok_zeeschuimer::FORMAT,
    threads_zeeschuimer::FORMAT,
    truthsocial::FORMAT,
    warc::FORMAT,
    har::FORMAT,
    x_archive::FORMAT,
    snscrape::FORMAT,
    x_api_v2::FORMAT,
    x_v1::FORMAT,
    gallery_dl::FORMAT,
    gallery_dl_instagram::FORMAT,
    yt_dlp::FORMAT,
    bluesky_car::FORMAT,
    bluesky_jetstream::FORMAT,
    bluesky_views::FORMAT,
    mastodon_outbox::FORMAT,
    mastodon_status::FORMAT,
    reddit::FORMAT,
    reddit_records::FORMAT,
    telegram::FORMAT,
    telegram_html::FORMAT,
    meta_download::FORMAT,
    meta_pages::FORMAT,
    csv_research::FORMAT,
    csv_fourcat::FORMAT,
    csv_fourcat_others::TIKTOK,
    csv_fourcat_others::INSTAGRAM,
    csv_fourcat_others::TELEGRAM,
    csv_brandwatch::FORMAT,
    screenshot::FORMAT,
    sms_backup::FORMAT,
    saved_page::MHTML,
    saved_page::SINGLEFILE,
    mbox::FORMAT,
    email::FORMAT,
    whatsapp::FORMAT,
    csv_table::FORMAT,
    saved_page::HTML,
];

/// Returns every format redress reads, in the order in which they are tried.
pub fn formats() -> &'static [Format] {
    &FORMATS
}
