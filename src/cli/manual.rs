//! `manual`: the manual pages, one of the program and one of each command.

use super::work_folder::{File, WorkFolder};
use super::{Arguments, Ending, show};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::io;
use std::path::PathBuf;

/// What to print, or where to write.
#[derive(Debug, Args)]
#[command(after_help = "\
To read one:     dotacija manual solve | man -l -
To install all:  dotacija manual -o pages, then copy pages/*.1 to ~/.local/share/man/man1")]
pub struct ManualArguments {
    /// The command; without one, the page of the program
    command: Option<String>,
    /// Write all pages to this folder instead; a folder that holds anything else is refused
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,
    /// Say nothing but problems
    #[arg(long)]
    quiet: bool,
}

/// Prints a page, or writes all.
pub fn manual(arguments: &ManualArguments) -> Ending {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    if arguments.output.is_some() {
        return write_all(arguments, program);
    }
    let chosen = match &arguments.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return unknown(name, &program),
        },
    };
    match page(chosen) {
        Ok(page) => show::result(&String::from_utf8_lossy(&page)),
        Err(error) => failed(&error),
    }
}

fn write_all(arguments: &ManualArguments, program: Command) -> Ending {
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "manual") {
        Ok(Some(folder)) => folder,
        Ok(None) => return Ending::Done,
        Err(ending) => return ending,
    };
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    let pages = commands.into_iter().chain([program]).map(|command| {
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        page(command).map(|bytes| (format!("{name}.1"), bytes))
    });
    match pages.collect::<io::Result<Vec<File>>>() {
        Ok(files) => folder
            .keep("", files, (false, arguments.quiet))
            .map_or_else(|ending| ending, |()| Ending::Done),
        Err(error) => failed(&error),
    }
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let options = with_values(&command);
    Man::new(command).render(&mut bytes)?;
    let page = String::from_utf8_lossy(&bytes).into_owned();
    let Some((before, rest)) = page.split_once(".SH SYNOPSIS\n") else { return Ok(bytes) };
    let (synopsis, after) = rest.split_once(".SH ").unwrap_or((rest, ""));
    let synopsis = options.iter().fold(synopsis.to_owned(), |synopsis, (option, value)| {
        // Behind the name, but not in that of a longer option.
        let name = format!("\\-\\-{}\\fR", option.replace('-', "\\-"));
        synopsis.replace(&name, &format!("{name} \\fI<{value}>\\fR"))
    });
    Ok(format!("{before}.SH SYNOPSIS\n{synopsis}.SH {after}").into_bytes())
}

/// The long options that take a value, with its name.
fn with_values(command: &Command) -> Vec<(String, String)> {
    let options = command.get_arguments().filter(|option| option.get_action().takes_values());
    let named = options.filter_map(|option| {
        let value = option.get_value_names().and_then(|names| names.first());
        let long = option.get_long()?;
        Some((long.to_owned(), value.map_or_else(|| long.to_uppercase(), ToString::to_string)))
    });
    named.collect()
}

fn unknown(name: &str, program: &Command) -> Ending {
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    show::message(&format!("error: `{name}` is no command: there are {}", names.join(", ")));
    Ending::Wrong
}

fn failed(error: &io::Error) -> Ending {
    show::message(&format!("error: the page cannot be written: {error}"));
    Ending::WorldFailed
}
