//! Integration tests: one binary, one file a subject.

mod balance;
mod cli;
mod closed_form;
mod determinism;
mod diff;
mod docs;
mod editors;
mod error_pages;
mod latvia;
mod layers;
mod messages;
mod null_reform;
mod opening;
mod parts;
mod random_scenario;
mod starting;
mod support;
mod tiny;
mod warnings;
