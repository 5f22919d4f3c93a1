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
        name: "tiny",
        about: "Three municipalities on one page, worked by hand",
        files: files!("tiny": "tiny.ron", "municipalities.csv", "points.csv"),
    },
    Example {
        name: "latvia",
        about: "The national scenarios: 43 municipalities, 592 points, four policies",
        files: files!("latvia": "network-592.ron", "municipalities.csv", "points.csv"),
    },
];
