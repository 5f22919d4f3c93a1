//! `completions`: a script that lets a shell complete commands and options.

use super::{Arguments, Ending, show};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

/// For which shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Put it where the shell looks for it, such as
  bash  dotacija completions bash > ~/.local/share/bash-completion/completions/dotacija
  zsh   dotacija completions zsh > ~/.zfunc/_dotacija, with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc
  fish  dotacija completions fish > ~/.config/fish/completions/dotacija.fish")]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn completions(arguments: &CompletionsArguments) -> Ending {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Arguments::command(), "dotacija", &mut script);
    show::result(&String::from_utf8_lossy(&script))
}
