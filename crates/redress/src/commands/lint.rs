//! `redress lint`.

use actions::{ActionError, lint};
use container::Verdict;

use crate::cli;
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

pub fn run(args: &cli::Lint, screen: &Screen) -> Result<Done, ActionError> {
    let rules = actions::verify::rules(&args.trust)?;
    let mut done = Done::Well;
    lint::lint(&args.files, &rules, &screen.context(None), |line| {
        if line.verdict != Verdict::Valid {
            done = Done::WithTroubles;
        }
        screen.outcome(&line, |line| {
            let grade = line
                .grade
                .and_then(|grade| serde_json::to_value(grade).ok())
                .and_then(|grade| grade.as_str().map(str::to_owned))
                .map_or_else(String::new, |grade| format!(", {grade}"));
            let mut text = format!(
                "{}: {} ({}{grade}, {})\n",
                harmless(&line.file),
                line.verdict,
                line.format,
                count(line.posts, "post", "posts")
            );
            for trouble in &line.troubles {
                text.push_str(&format!("  {}\n", harmless(&trouble.to_string())));
            }
            if let Some(rung) = &line.strength {
                text.push_str(&format!(
                    "  strength: rung {} of {}. {}\n  to raise it: {}\n",
                    rung.rung, rung.of, rung.not_proved, rung.raise
                ));
            }
            if !line.asked.is_empty() {
                text.push_str("  the other side will ask:\n");
            }
            for question in &line.asked {
                text.push_str(&format!("    - {question}\n"));
            }
            text
        })
    })?;
    Ok(done)
}
