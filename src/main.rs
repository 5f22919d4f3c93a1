//! The `dotacija` program.

use clap::Parser;
use dotacija::cli::{Arguments, carry_out};
use std::process::ExitCode;

fn main() -> ExitCode {
    carry_out(&Arguments::parse()).into()
}
