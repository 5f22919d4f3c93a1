//! Sampling plans: how the draws of a run are spread over what is possible.
//!
//! A plan gives the national scores of a run; everything below the nation has streams of its own.
//! Whatever the plan, a score is a function of seed, stream and number of the draw, so that blocks may
//! start anywhere, run anywhere, and be run again.

mod antithetic;
mod directions;
mod latin_hypercube;
#[cfg(test)]
mod laws;
mod permutation;
mod registry;
mod scramble;
mod sobol;

use super::stream::{score, scores, uniforms};
use crate::numeric::{LANES, Lanes, normal_quantile_lanes};
use crate::stats::Grouping;
use latin_hypercube::LatinHypercube;
use sobol::Sobol;

pub use directions::DIMENSIONS;
pub use registry::{PLANS, PlanEntry};

/// The designs or scrambles into which a plan with [`Grouping::Sixteen`] deals its draws in turn.
const GROUPS: usize = 16;

/// How draws are sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Independent draws.
    Random,
    /// Draws 2k and 2k + 1 are mirror images.
    Antithetic,
    /// One draw in each of equally likely slices of every score.
    LatinHypercube,
    /// Scrambled Sobol points.
    Sobol,
}

/// What decides the draws of a run, besides names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// The plan.
    pub plan: Plan,
    /// The seed.
    pub seed: u64,
    /// How many draws the run has; only [`Plan::LatinHypercube`] looks at it.
    pub draws: u64,
}

/// One score of every draw of a run, under its plan.
#[derive(Clone, Debug)]
pub struct Sequence {
    seed: u64,
    stream: u64,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Independent,
    Antithetic,
    LatinHypercube(Box<LatinHypercube>),
    Sobol(Box<Sobol>),
}

impl Plan {
    /// Its name in scenarios.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "Random",
            Self::Antithetic => "Antithetic",
            Self::LatinHypercube => "LatinHypercube",
            Self::Sobol => "Sobol",
        }
    }

    /// Which draws are independent of which.
    #[must_use]
    pub fn grouping(self) -> Grouping {
        match self {
            Self::Random => Grouping::Independent,
            Self::Antithetic => Grouping::Pairs,
            Self::LatinHypercube | Self::Sobol => Grouping::Sixteen,
        }
    }

    /// Whether a score needs a dimension of its own, of which there are [`DIMENSIONS`].
    #[must_use]
    pub fn has_dimensions(self) -> bool {
        self == Self::Sobol
    }

    /// Whether a draw is another one in a run of another length.
    #[must_use]
    pub fn depends_on_draws(self) -> bool {
        self == Self::LatinHypercube
    }
}

impl Sampling {
    /// The scores of a stream; `dimension` is that of a plan that has dimensions. Independent draws
    /// where such a plan gives it none, or one beyond [`DIMENSIONS`].
    #[must_use]
    pub fn sequence(&self, stream: u64, dimension: Option<usize>) -> Sequence {
        let Self { plan, seed, draws } = *self;
        let dimension = dimension.filter(|dimension| *dimension < DIMENSIONS);
        let kind = match (plan, dimension) {
            (Plan::Random, _) | (Plan::Sobol, None) => Kind::Independent,
            (Plan::Antithetic, _) => Kind::Antithetic,
            (Plan::LatinHypercube, _) => {
                Kind::LatinHypercube(Box::new(LatinHypercube::new(seed, stream, draws)))
            }
            (Plan::Sobol, Some(dimension)) => {
                Kind::Sobol(Box::new(Sobol::new(seed, stream, dimension)))
            }
        };
        Sequence { seed, stream, kind }
    }
}

impl Sequence {
    /// Standard normal scores of the draws `first_draw`, `first_draw + 1`, …
    pub fn scores(&self, first_draw: u64, out: &mut Lanes) {
        match &self.kind {
            Kind::Independent => scores(self.seed, self.stream, first_draw, out),
            Kind::Antithetic => antithetic::scores(self.seed, self.stream, first_draw, out),
            Kind::LatinHypercube(designs) => {
                designs.uniforms(first_draw, out);
                normal_quantile_lanes(out);
            }
            Kind::Sobol(points) => {
                points.uniforms(first_draw, out);
                normal_quantile_lanes(out);
            }
        }
    }

    /// Numbers strictly between 0 and 1 of the draws `first_draw`, `first_draw + 1`, …
    pub fn uniforms(&self, first_draw: u64, out: &mut Lanes) {
        match &self.kind {
            Kind::Independent => uniforms(self.seed, self.stream, first_draw, out),
            Kind::Antithetic => antithetic::uniforms(self.seed, self.stream, first_draw, out),
            Kind::LatinHypercube(designs) => designs.uniforms(first_draw, out),
            Kind::Sobol(points) => points.uniforms(first_draw, out),
        }
    }

    /// The score of one draw: the same number as in a block.
    #[must_use]
    pub fn score(&self, draw: u64) -> f64 {
        if let Kind::Independent = self.kind {
            return score(self.seed, self.stream, draw);
        }
        let mut block = [0.0; LANES];
        self.scores(draw, &mut block);
        block[0]
    }
}
