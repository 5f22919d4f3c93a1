//! The language as a whole: the formulas that it was made for compile, and the list of its functions is whole.

use super::super::world::World;
use super::super::{Extent, Kind, Shape, functions};
use crate::numeric::LANES;

#[test]
fn the_candidate_formulas_compile() {
    let names = [
        "available",
        "before",
        "cap_local",
        "case_cap",
        "cases",
        "coverage",
        "damp_down",
        "damp_up",
        "density",
        "eligible_cost",
        "internet_use",
        "load",
        "mean_distance_km",
        "open_points",
        "parishes",
        "per_point",
        "population",
        "rate_case",
        "state_share",
        "target",
        "units",
        "year",
        "base_rate",
        "new_points_local",
    ];
    let mut world = World::new(2, &[0, 1]);
    for name in names {
        world = world.random(name, Extent::Municipality, |row, lane| (1 + row + lane) as f64);
    }
    let municipality = Shape { extent: Extent::Municipality, random: true };
    for years in 1..=3 {
        world = world.with("load", years, Kind::Number, municipality, vec![1.0; 2 * LANES], &[]);
    }
    for formula in [
        "rate_case * min(lag(load, 1), case_cap * open_points)",
        "(lag(load,1) + lag(load,2) + lag(load,3)) / 3",
        "if(before > 0, clamp(per_point, (1-damp_down)*before, (1+damp_up)*before), per_point)",
        "if(parishes == 0, 0.15, 1)",
        "share(population * if(parishes == 0, 0.15, 1) * (1 - internet_use) * min(1, open_points / units))",
        "clamp(base_rate + if(density < 15, 0.10, 0) - if(density > 50, 0.15, 0), 0.50, 0.85)",
        "0.85 - 0.30*clamp((ln(density)-ln(8))/(ln(90)-ln(8)),0,1)",
        "interpolate(year, [(2022, 0.35), (2025, 0.75), (2027, 1.0)])",
        "max(0, floor(target * units + 0.5) - open_points)",
        "(1 - coverage) * mean_distance_km * (1 - internet_use)",
        "min(cap_local*new_points_local, state_share * eligible_cost) + 0 * available",
    ] {
        assert_eq!(world.compiled(formula).shape(), municipality, "{formula}");
    }
}

#[test]
fn the_list_of_functions_is_whole() {
    assert_eq!(functions().len(), 31);
    assert!(functions().iter().all(|function| !function.meaning.ends_with('.')));
}
