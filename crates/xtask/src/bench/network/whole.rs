//! The whole trace over generated posts: what it costs.

use anyhow::Result;
use network::trace::{Parameters, PostNode, trace};
use record::{AccountKey, PostKey, PostKind};

use super::generate;

/// Prints CPU seconds for 5,000 and 10,000 posts.
pub fn run() -> Result<()> {
    println!("\n| posts traced | rows of coordination | trees | CPU s |\n| --- | --- | --- | --- |");
    for count in [5_000, 10_000] {
        let mut csv = Vec::new();
        generate::write_csv(count, &mut csv)?;
        let mut posts = Vec::new();
        for (number, line) in String::from_utf8(csv)?.lines().skip(1).enumerate() {
            let field: Vec<&str> = line.split(',').collect();
            let mut post = PostNode::bare(
                PostKey::from_stored(field[2]),
                Some(AccountKey::from_stored(field[1])),
                PostKind::Original,
            );
            post.written = Some(field[3].parse::<i64>()? * 1000);
            // A third passes a post on, a third posts a link, a third says it in nearly the same words.
            match number % 3 {
                0 => post.repost_of = Some(PostKey::from_stored(field[0])),
                1 => post.links.push(field[0].to_owned()),
                _ => {
                    post.text_key =
                        format!("words that everyone repeats about {0} and {0}", field[0]).into_bytes()
                }
            }
            if number % 5 == 0 {
                post.asserts.push(format!("claim-{}", number % 7));
            }
            post.harmful = number % 11 == 0;
            posts.push(post);
        }
        let parameters = Parameters {
            windows_s: vec![60],
            rate: 0.05,
            alike: 0.8,
            served: Vec::new(),
            surge_hours: 24,
            seed: 1,
            memory_budget: 4 << 30,
        };
        let before = super::cpu_seconds()?;
        let map = trace(&posts, &parameters)?;
        let used = super::cpu_seconds()? - before;
        println!("| {count} | {} | {} | {used:.2} |", map.coordination.rows.len(), map.cascades.len());
    }
    Ok(())
}
