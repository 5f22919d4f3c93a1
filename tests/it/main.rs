//! Integration tests: one binary, one file a subject.

mod balance;
mod cli;
mod closed_form;
mod determinism;
mod docs;
mod latvia;
mod layers;
mod null_reform;
mod opening;
mod parts;
mod random_scenario;
mod support;
mod tables;
mod tiny;
