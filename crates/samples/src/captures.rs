//! The invented captures, by path. Every person, number and address in them belongs to a reserved range.

/// Path and bytes of every capture, sorted by path.
pub(crate) static CAPTURES: &[(&str, &[u8])] = &[
    ("4cat-csv/x_zeeschuimer.csv", include_bytes!("../files/4cat-csv/x_zeeschuimer.csv")),
    ("bluesky-car/repo.car", include_bytes!("../files/bluesky-car/repo.car")),
    ("bluesky-getposts-json/posts.json", include_bytes!("../files/bluesky-getposts-json/posts.json")),
    ("bluesky-jetstream-jsonl/events.jsonl", include_bytes!("../files/bluesky-jetstream-jsonl/events.jsonl")),
    ("email-eml/threat.eml", include_bytes!("../files/email-eml/threat.eml")),
    (
        "facebook-dyi-json/your_facebook_activity/comments_and_reactions/comments.json",
        include_bytes!(
            "../files/facebook-dyi-json/your_facebook_activity/comments_and_reactions/comments.json"
        ),
    ),
    (
        "facebook-dyi-json/your_facebook_activity/messages/message_requests/examplethreat_5550002/message_1.json",
        include_bytes!(
            "../files/facebook-dyi-json/your_facebook_activity/messages/message_requests/examplethreat_5550002/message_1.json"
        ),
    ),
    (
        "facebook-dyi-json/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
        include_bytes!(
            "../files/facebook-dyi-json/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
        ),
    ),
    (
        "gallery-dl-json/example_watcher_sample.jpg.json",
        include_bytes!("../files/gallery-dl-json/example_watcher_sample.jpg.json"),
    ),
    ("har/x_community_and_thread.har", include_bytes!("../files/har/x_community_and_thread.har")),
    ("mastodon-outbox-archive/actor.json", include_bytes!("../files/mastodon-outbox-archive/actor.json")),
    ("mastodon-outbox-archive/likes.json", include_bytes!("../files/mastodon-outbox-archive/likes.json")),
    ("mastodon-outbox-archive/outbox.json", include_bytes!("../files/mastodon-outbox-archive/outbox.json")),
    ("mastodon-status-json/context.json", include_bytes!("../files/mastodon-status-json/context.json")),
    ("mastodon-status-json/statuses.json", include_bytes!("../files/mastodon-status-json/statuses.json")),
    ("mhtml/page.mhtml", include_bytes!("../files/mhtml/page.mhtml")),
    ("reddit-json/thread.json", include_bytes!("../files/reddit-json/thread.json")),
    ("research-csv-usc/sample.csv", include_bytes!("../files/research-csv-usc/sample.csv")),
    ("screenshots/IMG_0412.PNG", include_bytes!("../files/screenshots/IMG_0412.PNG")),
    (
        "screenshots/Screenshot_2025-11-04-10-11-11-901_com.twitter.android.png",
        include_bytes!("../files/screenshots/Screenshot_2025-11-04-10-11-11-901_com.twitter.android.png"),
    ),
    (
        "screenshots/Screenshot_20251104_101111_com.twitter.android.png",
        include_bytes!("../files/screenshots/Screenshot_20251104_101111_com.twitter.android.png"),
    ),
    ("singlefile-html/page.html", include_bytes!("../files/singlefile-html/page.html")),
    ("sms-backup-xml/calls.xml", include_bytes!("../files/sms-backup-xml/calls.xml")),
    ("sms-backup-xml/sms.xml", include_bytes!("../files/sms-backup-xml/sms.xml")),
    ("snscrape-jsonl/sample.jsonl", include_bytes!("../files/snscrape-jsonl/sample.jsonl")),
    ("telegram-desktop-json/result.json", include_bytes!("../files/telegram-desktop-json/result.json")),
    ("twarc-jsonl/flattened.jsonl", include_bytes!("../files/twarc-jsonl/flattened.jsonl")),
    ("twarc-jsonl/pages.jsonl", include_bytes!("../files/twarc-jsonl/pages.jsonl")),
    ("wacz/capture.wacz", include_bytes!("../files/wacz/capture.wacz")),
    (
        "whatsapp-txt/android_es/Chat de WhatsApp con Muestra.txt",
        include_bytes!("../files/whatsapp-txt/android_es/Chat de WhatsApp con Muestra.txt"),
    ),
    ("whatsapp-txt/ios_en_us/_chat.txt", include_bytes!("../files/whatsapp-txt/ios_en_us/_chat.txt")),
    ("x-api-v2-json/community.json", include_bytes!("../files/x-api-v2-json/community.json")),
    ("x-api-v2-json/search_page.json", include_bytes!("../files/x-api-v2-json/search_page.json")),
    ("x-data-archive/data/account.js", include_bytes!("../files/x-data-archive/data/account.js")),
    (
        "x-data-archive/data/direct-messages.js",
        include_bytes!("../files/x-data-archive/data/direct-messages.js"),
    ),
    ("x-data-archive/data/tweets.js", include_bytes!("../files/x-data-archive/data/tweets.js")),
    ("yt-dlp-info-json/clip.info.json", include_bytes!("../files/yt-dlp-info-json/clip.info.json")),
    (
        "zeeschuimer-threads-ndjson/sample.ndjson",
        include_bytes!("../files/zeeschuimer-threads-ndjson/sample.ndjson"),
    ),
    (
        "zeeschuimer-tiktok-ndjson/comments.ndjson",
        include_bytes!("../files/zeeschuimer-tiktok-ndjson/comments.ndjson"),
    ),
    (
        "zeeschuimer-tiktok-ndjson/posts.ndjson",
        include_bytes!("../files/zeeschuimer-tiktok-ndjson/posts.ndjson"),
    ),
    (
        "zeeschuimer-truthsocial-ndjson/sample.ndjson",
        include_bytes!("../files/zeeschuimer-truthsocial-ndjson/sample.ndjson"),
    ),
    ("zeeschuimer-x-ndjson/sample.ndjson", include_bytes!("../files/zeeschuimer-x-ndjson/sample.ndjson")),
];
