//! Every function of the language, in one list.

use super::graph::{Among, Reduction};
use super::kernel::Elementwise;

/// The small world of the examples in [`functions`]; their values are those of Aglona.
pub const EXAMPLE_WORLD: &str = "\
year 2024; three municipalities: Aglona (region Latgale, population 6,000, open_points 5, cases 400, a year ago 350 and before that 450, counted only in Bauska and Cibla), \
Bauska (Zemgale, 24,000, 10, 900, 800 and 700), Cibla (Latgale, 30,000, 4, 250, 300 and 350); \
points with a load: Aglona 100 and 300, Bauska 50, Cibla 250";

/// A function as the documentation shows it.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// How it is called.
    pub signature: &'static str,
    /// What it gives, in one sentence.
    pub meaning: &'static str,
    /// A formula that uses it, in the [`EXAMPLE_WORLD`].
    pub example: &'static str,
    /// What the example gives (for Aglona, where it differs between municipalities).
    pub value: f64,
    pub(super) builtin: Builtin,
    /// The least and the most arguments without a label.
    pub(super) arguments: (usize, usize),
}

/// What the checker makes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    If,
    /// One value at a time, any number of arguments: `min`, `max`.
    Chain(Elementwise),
    Clamp,
    Elementwise(Elementwise),
    Round,
    Bracket,
    Interpolate,
    Lag,
    LagMean,
    Given,
    Across(Reduction),
    /// The place or the share of each municipality among all or its group.
    Among(Among),
    Share,
    Points(Reduction),
}

/// Every function.
pub fn functions() -> &'static [Function] {
    &FUNCTIONS
}

pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// What other programs call a function by, and what it is here.
const ELSEWHERE: [(&str, &str); 20] = [
    (
        "average",
        "`mean(x)` across municipalities, `point_mean(x)` across points, `(a + b) / 2` otherwise",
    ),
    (
        "avg",
        "`mean(x)` across municipalities, `point_mean(x)` across points, `(a + b) / 2` otherwise",
    ),
    ("iif", "`if(condition, yes, no)`"),
    ("ifelse", "`if(condition, yes, no)`"),
    ("iferror", "`if(condition, yes, no)`, with a condition that holds where the value exists"),
    ("vlookup", "`bracket(x, [(from, value), …])`"),
    ("lookup", "`bracket(x, [(from, value), …])`"),
    ("sumif", "`sum(if(condition, x, 0))`"),
    ("sumproduct", "`sum(a * b)`"),
    ("countif", "`sum(if(condition, 1, 0))`"),
    ("count", "`sum(1)`"),
    ("log", "`ln(x)`, or `ln(x) / ln(10)`"),
    ("log10", "`ln(x) / ln(10)`"),
    ("power", "`pow(x, y)`"),
    ("roundup", "`ceil(x)`"),
    ("ceiling", "`ceil(x)`"),
    ("rounddown", "`floor(x)`"),
    ("int", "`floor(x)`"),
    ("trunc", "`floor(x)`"),
    ("mod", "`x - y * floor(x / y)`"),
];

/// What a function of other programs is here.
pub(super) fn called_elsewhere(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    ELSEWHERE.iter().find(|(other, _)| *other == name).map(|(_, here)| *here)
}

const MANY: usize = usize::MAX;

const fn function(
    signature: &'static str,
    meaning: &'static str,
    (example, value): (&'static str, f64),
    builtin: Builtin,
    arguments: (usize, usize),
) -> Function {
    // The name is the signature up to its parenthesis.
    let mut length = 0;
    while length < signature.len() && signature.as_bytes()[length] != b'(' {
        length += 1;
    }
    let name = signature.split_at(length).0;
    Function { name, signature, meaning, example, value, builtin, arguments }
}

static FUNCTIONS: [Function; 31] = [
    function(
        "if(condition, yes, no)",
        "the second argument where the condition holds, else the third; what is wrong with the other does not matter",
        ("if(population > 20_000, 1000, 500)", 500.0),
        Builtin::If,
        (3, 3),
    ),
    function(
        "min(a, b, …)",
        "the smallest of two or more values",
        ("min(open_points, 4, 6)", 4.0),
        Builtin::Chain(Elementwise::Min),
        (2, MANY),
    ),
    function(
        "max(a, b, …)",
        "the largest of two or more values",
        ("max(open_points, 4)", 5.0),
        Builtin::Chain(Elementwise::Max),
        (2, MANY),
    ),
    function(
        "clamp(x, lowest, highest)",
        "x, but not below the lowest nor above the highest; faulty where the lowest is above the highest",
        ("clamp(open_points, 6, 8)", 6.0),
        Builtin::Clamp,
        (3, 3),
    ),
    function(
        "abs(x)",
        "x without its sign",
        ("abs(open_points - 8)", 3.0),
        Builtin::Elementwise(Elementwise::Absolute),
        (1, 1),
    ),
    function(
        "round(x, digits)",
        "x to so many decimals, none where left out, negative for tens and hundreds; a half goes up, below zero down",
        ("round(2.345, 2)", 2.35),
        Builtin::Round,
        (1, 2),
    ),
    function(
        "floor(x)",
        "the next whole number below",
        ("floor(2.7)", 2.0),
        Builtin::Elementwise(Elementwise::Floor),
        (1, 1),
    ),
    function(
        "ceil(x)",
        "the next whole number above",
        ("ceil(population / 4_000)", 2.0),
        Builtin::Elementwise(Elementwise::Ceiling),
        (1, 1),
    ),
    function(
        "sqrt(x)",
        "the square root; faulty below 0",
        ("sqrt(cases)", 20.0),
        Builtin::Elementwise(Elementwise::Root),
        (1, 1),
    ),
    function(
        "exp(x)",
        "e to the power of x",
        ("exp(0)", 1.0),
        Builtin::Elementwise(Elementwise::Exponential),
        (1, 1),
    ),
    function(
        "ln(x)",
        "the natural logarithm; faulty at 0 and below",
        ("ln(1)", 0.0),
        Builtin::Elementwise(Elementwise::Logarithm),
        (1, 1),
    ),
    function(
        "sin(x)",
        "the sine of an angle in radians; faulty beyond 1,647,099 on either side",
        ("sin(0)", 0.0),
        Builtin::Elementwise(Elementwise::Sine),
        (1, 1),
    ),
    function(
        "cos(x)",
        "the cosine of an angle in radians; faulty beyond 1,647,099 on either side",
        ("cos(0)", 1.0),
        Builtin::Elementwise(Elementwise::Cosine),
        (1, 1),
    ),
    function(
        "pow(x, y)",
        "x to the power of y, the same as x ^ y",
        ("pow(2, 10)", 1024.0),
        Builtin::Elementwise(Elementwise::Power),
        (2, 2),
    ),
    function(
        "bracket(x, [(from, value), …])",
        "the value of the last step whose threshold x has reached; faulty below the first",
        ("bracket(population, [(0, 500), (20_001, 1000)])", 500.0),
        Builtin::Bracket,
        (2, 2),
    ),
    function(
        "interpolate(x, [(at, value), …])",
        "the straight line between the given places, flat before the first and after the last",
        ("interpolate(year, [(2022, 10), (2026, 30)])", 20.0),
        Builtin::Interpolate,
        (2, 2),
    ),
    function(
        "lag(name, years)",
        "what the name was so many years ago",
        ("lag(cases, 1)", 350.0),
        Builtin::Lag,
        (2, 2),
    ),
    function(
        "lag_mean(name, from, to)",
        "the mean of the name over the years from so many to so many years ago; 0 is this year",
        ("lag_mean(cases, 1, 2)", 400.0),
        Builtin::LagMean,
        (3, 3),
    ),
    function(
        "given(column, otherwise)",
        "the number in the table, or the second where the cell is empty; for columns that stand in `gaps`",
        ("given(counted, cases)", 400.0),
        Builtin::Given,
        (2, 2),
    ),
    function(
        "sum(x, by: column)",
        "the sum over municipalities, or over those with the same text in the column",
        ("sum(population, by: region)", 36_000.0),
        Builtin::Across(Reduction::Sum),
        (1, 1),
    ),
    function(
        "mean(x, by: column)",
        "the plain mean over municipalities or those of the group",
        ("mean(population)", 20_000.0),
        Builtin::Across(Reduction::Mean),
        (1, 1),
    ),
    function(
        "max_of(x, by: column)",
        "the largest among municipalities or those of the group",
        ("max_of(population)", 30_000.0),
        Builtin::Across(Reduction::Max),
        (1, 1),
    ),
    function(
        "min_of(x, by: column)",
        "the smallest among municipalities or those of the group",
        ("min_of(open_points)", 4.0),
        Builtin::Across(Reduction::Min),
        (1, 1),
    ),
    function(
        "rank(x, by: column)",
        "the place of the municipality from the largest, 1, among all or its group; equals share the better place",
        ("rank(population, by: region)", 2.0),
        Builtin::Among(Among::Rank),
        (1, 1),
    ),
    function(
        "peer_sum(x, key, by: column)",
        "the sum over municipalities with the same number in the key, such as a class of size that a formula gives",
        ("peer_sum(population, if(population > 20_000, 2, 1))", 6_000.0),
        Builtin::Among(Among::PeerSum),
        (2, 2),
    ),
    function(
        "level_up(have, weight, pot, by: column)",
        "what each receives when the pot lifts those with the least per unit of weight to one common level; \
         none is cut, and who has no weight receives nothing; the pot is that of the whole group",
        ("level_up(cases, open_points, 115)", 25.0),
        Builtin::Among(Among::LevelUp),
        (3, 3),
    ),
    function(
        "share(x, by: column)",
        "x divided by its sum over municipalities or those of the group",
        ("share(population)", 0.1),
        Builtin::Share,
        (1, 1),
    ),
    function(
        "point_sum(x)",
        "the sum over the points of the municipality; 0 where it has none",
        ("point_sum(load)", 400.0),
        Builtin::Points(Reduction::Sum),
        (1, 1),
    ),
    function(
        "point_mean(x)",
        "the plain mean over the points of the municipality; faulty where it has none",
        ("point_mean(load)", 200.0),
        Builtin::Points(Reduction::Mean),
        (1, 1),
    ),
    function(
        "point_max(x)",
        "the largest among the points of the municipality; faulty where it has none",
        ("point_max(load)", 300.0),
        Builtin::Points(Reduction::Max),
        (1, 1),
    ),
    function(
        "point_min(x)",
        "the smallest among the points of the municipality; faulty where it has none",
        ("point_min(load)", 100.0),
        Builtin::Points(Reduction::Min),
        (1, 1),
    ),
];

#[cfg(test)]
mod tests {
    use super::functions;
    use crate::expression::world::World;

    #[test]
    fn every_example_gives_its_value() {
        let world = World::of_the_examples();
        for function in functions() {
            assert!(function.example.contains(&format!("{}(", function.name)), "{}", function.name);
            let found = world.value(function.example);
            assert_eq!(found, function.value, "{}", function.example);
        }
    }

    #[test]
    fn no_function_stands_twice() {
        let mut names: Vec<&str> = functions().iter().map(|function| function.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), functions().len());
    }
}
