//! Integration tests: one binary, one file a subject.

mod balance;
mod cli;
mod closed_form;
mod determinism;
mod docs;
mod error_pages;
mod latvia;
mod layers;
mod messages;
mod null_reform;
mod opening;
mod parts;
mod random_scenario;
mod support;
mod tiny;
mod warnings;
