//! What the browser needs beside the pages: one style, a few small scripts. All of it is part of the program.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// An asset: its path, its type, its bytes.
pub struct Asset {
    path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const ASSETS: &[Asset] = &[
    Asset {
        path: "/a/redress.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/redress.css"),
    },
    Asset {
        path: "/a/redress.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/redress.js"),
    },
    Asset {
        path: "/a/save.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/save.js"),
    },
    Asset {
        path: "/a/map.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/map.js"),
    },
    Asset { path: "/favicon.ico", kind: "image/svg+xml", bytes: include_bytes!("../assets/mark.svg") },
];

/// Returns the asset at `path`.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// Returns the paths of all assets.
pub fn paths() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().map(|asset| asset.path)
}

/// Answers with an asset.
pub fn answer(asset: &Asset) -> Response {
    // The name does not change with the program's version, so nothing is kept longer than the page that asked.
    ([(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "no-cache")], asset.bytes).into_response()
}
