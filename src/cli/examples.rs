//! The example scenarios that the program carries: those of the repository, byte for byte.

/// An example scenario.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// What it teaches.
    pub about: &'static str,
    /// Its files, the scenario first: name and bytes.
    pub files: &'static [(&'static str, &'static [u8])],
}

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../scenarios/", $folder, "/", $name)))),+]
    };
}

/// Every example.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "starter",
        about: "Five municipalities, every section explained by a comment: to start from",
        files: files!("starter": "starter.ron", "municipalities.csv", "points.csv"),
    },
    Example {
        name: "tiny",
        about: "Three municipalities on one page, worked by hand",
        files: files!("tiny": "tiny.ron", "municipalities.csv", "points.csv", "README.md"),
    },
    Example {
        name: "latvia",
        about: "The national scenarios: 43 municipalities, 592 points, four policies",
        files: files!(
            "latvia": "network-592.ron", "readings-of-2018.ron", "budget-2018.ron", "four-million.ron",
            "municipalities.ron", "points.ron", "tiers.ron", "network.ron", "load.ron", "staffing.ron",
            "costs.ron", "inputs.ron", "levers.ron", "rules/r0-investment.ron", "rules/r0-maintenance.ron",
            "rules/m1.ron", "rules/m2.ron", "rules/m2-without-riga.ron", "rules/m3.ron", "rules/i1.ron",
            "rules/i2.ron", "municipalities.csv", "points.csv", "points_2018.csv", "boundaries.geojson",
            "README.md", "assumptions.md",
        ),
    },
];
