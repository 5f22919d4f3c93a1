//! For which part of a year each point is open.

use crate::numeric::{LANES, Lanes};

/// How open a point is in a year, over all draws of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// In no draw on any day.
    Closed,
    /// In every draw all year.
    Whole,
    /// Whatever its share says.
    Part,
}

/// How open every point is in a year. Most points are closed or open throughout: then nobody has to look at
/// the draws one by one.
#[derive(Clone, Debug)]
pub struct Opening {
    share: Vec<Lanes>,
    state: Vec<Openness>,
}

impl Opening {
    /// All points closed.
    pub fn new(points: usize) -> Self {
        Self { share: vec![[0.0; LANES]; points], state: vec![Openness::Closed; points] }
    }

    /// How open a point is.
    #[inline(always)]
    pub fn state(&self, point: usize) -> Openness {
        self.state[point]
    }

    /// The share of the year, 0 to 1, for which a point is open.
    #[inline(always)]
    pub fn share(&self, point: usize) -> &Lanes {
        &self.share[point]
    }

    /// Has a point closed in every draw.
    pub fn close(&mut self, point: usize) {
        self.set(point, Openness::Closed, 0.0);
    }

    /// Has a point open all year in every draw.
    pub fn open(&mut self, point: usize) {
        self.set(point, Openness::Whole, 1.0);
    }

    /// The share of a point, to be written; it may turn out to be all or nothing.
    pub fn part(&mut self, point: usize) -> &mut Lanes {
        self.state[point] = Openness::Part;
        &mut self.share[point]
    }

    /// Closes every point.
    pub fn clear(&mut self) {
        for point in 0..self.state.len() {
            self.close(point);
        }
    }

    fn set(&mut self, point: usize, state: Openness, share: f64) {
        if self.state[point] != state {
            self.state[point] = state;
            self.share[point] = [share; LANES];
        }
    }
}
