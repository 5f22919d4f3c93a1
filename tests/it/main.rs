//! Integration tests: one binary, one file a subject.

#[path = "../attack/mod.rs"]
mod attack;
mod balance;
mod cli;
mod closed_form;
mod determinism;
mod docs;
mod hostile;
mod latvia;
mod layers;
mod null_reform;
mod opening;
mod parts;
mod random_scenario;
mod seeds;
mod support;
mod tiny;
