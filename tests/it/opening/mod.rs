//! Opening a scenario: what a good one becomes, and what is said about bad ones.

mod bad;
mod good;
mod small;
