//! `about`: one item of the catalogue, explained.

use super::Ending;
use super::catalogue::items;
use super::list::word;
use super::show;
use clap::Args;

/// What to explain.
#[derive(Debug, Args)]
pub struct AboutArguments {
    /// Its name, as `list` prints it
    name: String,
}

/// Explains every item of that name.
pub fn about(arguments: &AboutArguments) -> Ending {
    let items = items();
    let found: Vec<String> = items
        .iter()
        .filter(|item| item.name.eq_ignore_ascii_case(&arguments.name))
        .map(|item| format!("{} ({})\n\n{}", item.name, word(item.kind), item.about))
        .collect();
    if !found.is_empty() {
        return show::result(&found.join("\n"));
    }
    let mut message = format!("error: nothing is called `{}`", arguments.name);
    let nearest = items
        .iter()
        .map(|item| {
            (
                strsim::jaro_winkler(&item.name.to_lowercase(), &arguments.name.to_lowercase()),
                &item.name,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.75);
    if let Some((_, name)) = nearest {
        message = format!("{message}; did you mean `{name}`?");
    }
    message.push_str("\n`dotacija list` prints every name");
    show::message(&message);
    Ending::Wrong
}
