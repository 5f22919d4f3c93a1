//! The same scenario with one municipality's points opening otherwise.

use crate::model::{Month, Scenario};

/// How its planned points open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Twelve months after their plan.
    Later,
    /// Never.
    Never,
}

/// The scenario, and how many planned points of the municipality open otherwise in it.
pub fn changed(scenario: &Scenario, municipality: usize, opens: Opens) -> (Scenario, usize) {
    let mut other = scenario.clone();
    let mut changed = 0;
    let points = &mut other.points;
    for (point, planned) in points.planned.iter_mut().enumerate() {
        let is_open = points.opened.get(point).is_some_and(Option::is_some);
        let is_own = points.municipality.get(point).is_some_and(|of| *of as usize == municipality);
        if let (Some(month), true, false) = (*planned, is_own, is_open) {
            *planned = match opens {
                Opens::Later => Some(Month(month.0 + 12)),
                Opens::Never => None,
            };
            changed += 1;
        }
    }
    (other, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn only_planned_points_of_the_municipality_open_otherwise() {
        // Bauska has p2, open since 2020, and p3, planned for June 2023; Aknīste plans p1.
        let scenario = example();
        let (later, points) = changed(&scenario, 1, Opens::Later);
        assert_eq!(points, 1);
        assert_eq!(
            later.points.planned,
            [scenario.points.planned[0], None, Some(Month::new(2024, 6))]
        );
        assert_eq!(later.points.opened, scenario.points.opened);
        let (never, points) = changed(&scenario, 1, Opens::Never);
        assert_eq!((points, never.points.planned[2]), (1, None));
        assert_eq!(changed(&scenario, 2, Opens::Never).1, 0);
    }
}
