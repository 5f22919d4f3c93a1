//! How the error of a mean is estimated.

/// Which draws are independent of which, and so how the error of a mean is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Every draw of every other: the error comes from the variance of the draws.
    Independent,
    /// Draws 2k and 2k + 1 belong together: the error comes from the variance of the means of pairs.
    Pairs,
    /// Draws of the same d mod 16 belong together: the error comes from the variance of the 16 means.
    Sixteen,
}
