//! Rows of a design: futures in which some inputs stand elsewhere than their draw.
//!
//! A score is a function of its stream and the number of the draw, so that a design needs no scores of
//! its own: an input that a row moves reads another draw, or stands on another level. What moves
//! together (all scores of an input, all inputs of a group) reads alike.

use super::draws::Block;
use crate::numeric::{LANES, Lanes, normal_quantile_lanes};
use crate::random::{self, Sequence};

/// A block of rows of a design, one in each lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignRow {
    /// The draw of the first lane; the others follow.
    pub first: u64,
    /// How moved inputs are read.
    pub shift: Shift,
    /// By input the lanes in which it is moved, a bit each.
    pub moved: Vec<u64>,
}

/// How the scores of a moved input are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Off the draws from this one on.
    Other(u64),
    /// Every score stands in the middle of one of so many (an even number of) equally likely levels;
    /// a moved one half of the levels away from that of its draw, on the side where there is room.
    Levels(u32),
}

/// Where the scores of one input come from in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Futures {
    first: u64,
    /// How moved lanes read, and which those are.
    moved: Option<(Shift, u64)>,
}

impl Futures {
    /// Those of an input; none on the central path.
    pub(super) fn of(block: Block<'_>, input: usize) -> Option<Self> {
        match block {
            Block::Central => None,
            Block::From(first) => Some(Self { first, moved: None }),
            Block::Designed(row) => {
                let moved = row.moved.get(input).copied().unwrap_or(0);
                Some(Self { first: row.first, moved: Some((row.shift, moved)) })
            }
        }
    }

    /// The scores of a stream.
    pub(super) fn scores(self, seed: u64, stream: u64, out: &mut Lanes) {
        self.read(
            out,
            |first, out| random::scores(seed, stream, first, out),
            |first, out| random::uniforms(seed, stream, first, out),
        );
    }

    /// The scores of a sequence under the run's plan.
    pub(super) fn planned(self, sequence: &Sequence, out: &mut Lanes) {
        self.read(
            out,
            |first, out| sequence.scores(first, out),
            |first, out| sequence.uniforms(first, out),
        );
    }

    fn read(
        self,
        out: &mut Lanes,
        scores: impl Fn(u64, &mut Lanes),
        uniforms: impl Fn(u64, &mut Lanes),
    ) {
        match self.moved {
            None | Some((Shift::Other(_), 0)) => scores(self.first, out),
            Some((Shift::Other(other), u64::MAX)) => scores(other, out),
            Some((Shift::Other(other), moved)) => {
                scores(self.first, out);
                let mut there = [0.0; LANES];
                scores(other, &mut there);
                for lane in (0..LANES).filter(|lane| moved >> lane & 1 == 1) {
                    out[lane] = there[lane];
                }
            }
            Some((Shift::Levels(levels), moved)) => {
                uniforms(self.first, out);
                for (lane, uniform) in out.iter_mut().enumerate() {
                    *uniform = on_level(*uniform, levels, moved >> lane & 1 == 1);
                }
                normal_quantile_lanes(out);
            }
        }
    }
}

/// The middle of the level in which a uniform number lies, or of the one half of the levels away.
fn on_level(uniform: f64, levels: u32, moved: bool) -> f64 {
    let count = f64::from(levels.max(2));
    let half = (count / 2.0).floor();
    let level = (uniform * count).floor().min(count - 1.0);
    let level = match (moved, level < half) {
        (false, _) => level,
        (true, true) => level + half,
        (true, false) => level - half,
    };
    (level + 0.5) / count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(shift: Shift, moved: u64) -> DesignRow {
        DesignRow { first: 128, shift, moved: vec![moved, 0] }
    }

    fn scores(block: Block<'_>, input: usize) -> Lanes {
        let mut out = [0.0; LANES];
        Futures::of(block, input).unwrap().scores(7, 99, &mut out);
        out
    }

    #[test]
    fn a_lane_that_is_moved_reads_the_other_draw_and_any_other_its_own() {
        let row = row(Shift::Other(4096), 0b101);
        let mixed = scores(Block::Designed(&row), 0);
        let (own, other) = (scores(Block::From(128), 0), scores(Block::From(4096), 0));
        for lane in 0..LANES {
            let expected = if lane == 0 || lane == 2 { other[lane] } else { own[lane] };
            assert_eq!(mixed[lane], expected, "lane {lane}");
        }
        assert_eq!(scores(Block::Designed(&row), 1), own);
        assert!(Futures::of(Block::Central, 0).is_none());
    }

    #[test]
    fn of_four_levels_a_move_goes_two_up_or_two_down() {
        // Middles of the quarters: 1/8, 3/8, 5/8, 7/8.
        for (uniform, stays, goes) in
            [(0.1, 0.125, 0.625), (0.3, 0.375, 0.875), (0.5, 0.625, 0.125), (0.99, 0.875, 0.375)]
        {
            assert_eq!(on_level(uniform, 4, false), stays);
            assert_eq!(on_level(uniform, 4, true), goes);
        }
    }

    #[test]
    fn a_design_in_levels_takes_few_values_and_moves_all_lanes_that_it_says() {
        let rows = [0, u64::MAX].map(|moved| row(Shift::Levels(4), moved));
        let [base, moved] = [0, 1].map(|at| scores(Block::Designed(&rows[at]), 0));
        let mut seen: Vec<u64> = base.iter().chain(&moved).map(|score| score.to_bits()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 4);
        assert!(base.iter().zip(&moved).all(|(base, moved)| base != moved));
    }
}
