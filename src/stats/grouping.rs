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

impl Grouping {
    /// How many independent draws so many are worth at least, when a share of them is estimated.
    ///
    /// The variance of a share over pairs is (1 + ρ) times that of independent draws, with the
    /// correlation ρ ≤ 1 within a pair: so half of them, whatever is asked. That of Latin hypercubes of m
    /// draws is at most m/(m − 1) times, and that of scrambled nets at most a factor that depends on the
    /// dimension (Owen 1997, doi:10.1137/S0036142994277468; 1998, doi:10.1006/jcom.1998.0487), while both
    /// are usually smaller: so all of them.
    #[must_use]
    pub fn independent(self, draws: u64) -> f64 {
        match self {
            Self::Independent | Self::Sixteen => draws as f64,
            Self::Pairs => draws as f64 / 2.0,
        }
    }
}
