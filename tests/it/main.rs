//! Integration tests: one binary, one file a subject.

#[path = "../attack/mod.rs"]
mod attack;
mod additions;
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
mod exact_quantiles;
mod genz;
mod hostile;
mod latvia;
mod layers;
mod messages;
mod null_reform;
mod opening;
mod outlook;
mod parts;
mod plans;
mod precision;
mod random_scenario;
mod references;
mod replay;
mod starting;
mod seeds;
mod support;
mod tables;
mod tiny;
mod warnings;
