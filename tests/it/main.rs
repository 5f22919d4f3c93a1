//! Integration tests: one binary, one file a subject.

mod balance;
mod cli;
mod closed_form;
mod determinism;
mod docs;
mod layers;
mod null_reform;
mod opening;
mod random_scenario;
mod support;
mod tiny;
