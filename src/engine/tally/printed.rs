//! Which quantiles are printed: what a second pass finds exactly, and what tables read.

/// Quantiles of figures with all their columns.
pub const SUMMARY: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];
/// Quantiles of figures with few columns: all of them are in [`SUMMARY`].
pub const RANGE: [f64; 5] = [0.05, 0.10, 0.50, 0.90, 0.95];
/// Quantiles of outcomes that are printed with their intervals: all of them are in [`SUMMARY`].
pub const BOUNDED: [f64; 3] = [0.05, 0.50, 0.95];
/// Quantiles of gaps: reserves, their intervals, and where expected shortfalls begin.
pub const RESERVES: [f64; 3] = [0.90, 0.95, 0.99];
