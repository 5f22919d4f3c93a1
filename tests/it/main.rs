//! Integration tests: one binary, one file a subject.

#[path = "../attack/mod.rs"]
mod attack;
mod balance;
mod cli;
mod closed_form;
mod dependence;
mod determinism;
mod diff;
mod distribution;
mod docs;
mod editors;
mod error_pages;
mod genz;
mod hostile;
mod latvia;
mod layers;
mod messages;
mod null_reform;
mod opening;
mod parts;
mod plans;
mod random_scenario;
mod ready_made;
mod reference_formulas;
mod replay;
mod starting;
mod seeds;
mod support;
mod tables;
mod tiny;
mod warnings;
