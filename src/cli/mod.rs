//! The command line: one command a file. Results go to standard output or files, messages and
//! progress to standard error. Exit status: 0 done, 1 the world failed, 2 the scenario or the command
//! line is wrong.

mod about;
mod allocate;
mod alone;
mod alternatives;
mod audit;
mod catalogue;
mod changes;
mod check;
mod compare;
mod completions;
mod diff;
mod discover;
mod distribution;
mod drawn;
mod examples;
mod explain;
mod failure;
mod forecast;
mod frontier;
mod keep_draws;
mod levers;
mod licences;
mod list;
mod manual;
mod measure;
mod memory;
mod new;
mod parts;
mod precision;
mod progress;
mod regret;
mod run;
mod run_folder;
mod sensitivity;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod solve;
mod stopping;
mod synthetic;
mod unfinished;
mod verify;
mod work_folder;

pub use allocate::{Divided, Refused, RuleAwards, allocate_in_memory};
// What the Python module shares with the command line.
pub use check::problems as problems_of_check;
pub use licences::LICENCES;
pub use memory::{threads as threads_that_fit, too_much};
pub use precision::missed as missed_precision;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Simulates a state subsidy scheme before it is law: who gets what, under which rule, at which risk.
#[derive(Debug, Parser)]
#[command(name = "dotacija", version, about, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate a scenario and write tables, charts and a page
    Run(run::RunArguments),
    /// Simulate some draws of a run, to be merged with the others: on another machine, or at another time
    Shard(parts::ShardArguments),
    /// Make the run of all its parts, which is the one that a single machine would have made
    Merge(parts::MergeArguments),
    /// Tell whether a run is what was written, and whether its figures come again
    Verify(verify::VerifyArguments),
    /// Tell every problem of a scenario at once, then its control totals; runs nothing long
    Check(check::CheckArguments),
    /// Search the rules of a scenario's policies for violations of textbook properties, on its own draws
    Audit(audit::AuditArguments),
    /// Tell what drives a figure: which inputs, and how sure that is
    Sensitivity(sensitivity::SensitivityArguments),
    /// Tell what 1 % of pay, a month of delay, 10 EUR of each rate and 100 points cost: what is due and granted
    Levers(levers::LeversArguments),
    /// List the settings and table values in which two scenarios differ; simulates nothing
    Diff(diff::DiffArguments),
    /// Explain one award line by line, down to the row of the data and the pot that all share
    Explain(explain::ExplainArguments),
    /// Compare the results of policies, scenarios or runs on the same draws: who receives more or less, how sure
    /// that is, and with --bridge how much of it is due to data, parameters or the rule
    Compare(compare::CompareArguments),
    /// Find how far a lever or an appropriation can go before a target is missed, such as a pot short in at most
    /// 5 of 100 futures
    Solve(solve::SolveArguments),
    /// Weigh policies and values of several levers against each other: which ones no other beats
    Frontier(frontier::FrontierArguments),
    /// Find the policy that would be regretted least, whichever future or rival assumption holds
    Regret(regret::RegretArguments),
    /// Find the conditions under which something happens, such as a pot running short, as ranges of inputs
    Discover(discover::DiscoverArguments),
    /// Show a distribution: moments, quantiles and a picture, computed and not sampled
    Distribution(distribution::DistributionArguments),
    /// Divide a list of claims by one rule or several, without a scenario
    Allocate(allocate::AllocateArguments),
    /// Measure how unequal the amounts of a column are: indices and Lorenz ordinates
    Measure(measure::MeasureArguments),
    /// List rules, rounding methods, functions, distributions, plans, quantities, outcomes, charts or examples
    List(list::ListArguments),
    /// Explain one item that `list` names
    About(about::AboutArguments),
    /// Show a folder's scenarios and runs in the browser: levers to turn, policies side by side
    #[cfg(feature = "serve")]
    Serve(serve::ServeArguments),
    /// Make a folder with an example scenario, or a synthetic one of a given size
    New(new::NewArguments),
    /// Print a script that lets a shell complete commands and options
    Completions(completions::CompletionsArguments),
    /// Print a manual page, or write all
    Manual(manual::ManualArguments),
    /// Print the licences of all that the program is made of
    Licences(licences::LicencesArguments),
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done,
    /// The world failed: disk, threads.
    WorldFailed,
    /// The scenario or the command line is wrong.
    Wrong,
    /// Ctrl-C has stopped it.
    Stopped,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::WorldFailed => 1,
            Ending::Wrong => 2,
            Ending::Stopped => stopping::STOPPED,
        })
    }
}

/// Carries out a command line.
pub fn carry_out(arguments: &Arguments) -> Ending {
    match &arguments.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Shard(arguments) => parts::shard(arguments),
        Command::Merge(arguments) => parts::merge(arguments),
        Command::Verify(arguments) => verify::verify(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Audit(arguments) => audit::audit(arguments),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(arguments),
        Command::Levers(arguments) => levers::levers(arguments),
        Command::Diff(arguments) => diff::diff(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Compare(arguments) => compare::compare(arguments),
        Command::Solve(arguments) => solve::solve(arguments),
        Command::Frontier(arguments) => frontier::frontier(arguments),
        Command::Regret(arguments) => regret::regret(arguments),
        Command::Discover(arguments) => discover::discover(arguments),
        Command::Distribution(arguments) => distribution::distribution(arguments),
        Command::Allocate(arguments) => allocate::allocate(arguments),
        Command::Measure(arguments) => measure::measure(arguments),
        Command::List(arguments) => list::list(arguments),
        Command::About(arguments) => about::about(arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::serve(arguments),
        Command::New(arguments) => new::new(arguments),
        Command::Completions(arguments) => completions::completions(arguments),
        Command::Manual(arguments) => manual::manual(arguments),
        Command::Licences(arguments) => licences::licences(arguments),
    }
}
