//! Points open at the end of the last year, against the plan.

use super::{Chance, Found, Grounds, Often, Spread};
use crate::analysis::PointsOpen;
use crate::stats::interval::Interval;
use serde::Serialize;

/// Points open at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum PointsFound {
    /// As many as planned, in every draw.
    AllPlanned {
        /// The year.
        year: i32,
        /// Open already, or planned to be by its end.
        planned: usize,
    },
    /// So many of those planned.
    Some {
        /// The year.
        year: i32,
        /// Open already, or planned to be by its end.
        planned: usize,
        /// Open.
        open: Spread,
        /// How often fewer are open than planned; none where the draws do not tell.
        fewer: Option<Chance>,
    },
}

/// What can be said of the points of a year; `fewer` is the share of the draws with fewer than
/// planned, and what the draws leave open of it.
pub(super) fn points(
    row: &PointsOpen,
    (fewer, interval): (f64, Option<Interval>),
    grounds: &Grounds,
) -> Option<Found> {
    let &PointsOpen { year, planned, simulated } = row;
    if planned == 0 {
        return None;
    }
    let open = Spread::of(&simulated, grounds);
    let fewer = Chance::of(fewer, interval, grounds);
    if fewer.is_some_and(|fewer| fewer.often == Often::Never) {
        return Some(Found::Points(PointsFound::AllPlanned { year, planned }));
    }
    Some(Found::Points(PointsFound::Some { year, planned, open: open?, fewer }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Range;
    use crate::stats::Grouping;
    use crate::stats::interval::{Z_95, wilson};

    fn found(planned: usize, hits: u64, draws: u64) -> Option<PointsFound> {
        let grounds = Grounds { draws, grouping: Grouping::Independent, certain: false };
        let simulated =
            Range { p10: Some(420.0), p50: Some(439.0), p90: Some(455.0), ..Range::default() };
        let share = hits as f64 / draws as f64;
        let interval = wilson(hits, draws, Z_95, Grouping::Independent);
        match points(&PointsOpen { year: 2027, planned, simulated }, (share, interval), &grounds)? {
            Found::Points(found) => Some(found),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn points_are_held_against_the_plan() {
        let Some(PointsFound::Some { year, planned, open, fewer }) = found(592, 1_000, 1_000)
        else {
            panic!()
        };
        assert_eq!((year, planned, open.median), (2027, 592, 439.0));
        assert_eq!(fewer.unwrap().often, Often::Always);
        assert_eq!(found(0, 0, 1_000), None);
    }

    #[test]
    fn all_are_open_only_if_no_draw_has_fewer() {
        assert_eq!(
            found(455, 0, 1_000),
            Some(PointsFound::AllPlanned { year: 2027, planned: 455 })
        );
        assert!(matches!(found(455, 1, 1_000), Some(PointsFound::Some { .. })));
        // Ten draws without one that has fewer leave up to 28 of 100 open.
        assert_eq!(found(455, 0, 10), None);
    }
}
