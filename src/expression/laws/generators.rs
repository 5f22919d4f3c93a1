//! Formulas drawn at random: numbers and conditions of any depth.

use proptest::prelude::*;

use super::tree::Tree;

/// Numbers of at most so many levels; with names of points where `points`.
pub(super) fn number(depth: u32, points: bool) -> BoxedStrategy<Tree> {
    let mut names = vec!["nation", "nation_drawn", "own", "own_drawn"];
    if points {
        names.extend(["point", "point_drawn"]);
    }
    let leaf = prop_oneof![
        1 => prop::sample::select(vec![0.0, 0.5, 1.0, 2.0, 3.0, 20_001.0]).prop_map(Tree::Number),
        3 => prop::sample::select(names).prop_map(Tree::Name),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = number(depth - 1, points);
    let steps = prop::collection::vec(inner.clone(), 1..4).prop_map(|values| {
        values.into_iter().enumerate().map(|(k, value)| (k as f64 * 0.5, value)).collect()
    });
    let infixes = prop::sample::select(vec!["+", "-", "*", "/", "^"]);
    let single = prop::sample::select(vec![
        "abs", "floor", "ceil", "sqrt", "exp", "ln", "sin", "cos", "round",
    ]);
    let double = prop::sample::select(vec!["min", "max", "pow"]);
    let across = vec!["sum", "mean", "max_of", "min_of", "rank", "share"];
    let of_points = vec!["point_sum", "point_mean", "point_max", "point_min"];
    prop_oneof![
        2 => leaf,
        6 => (infixes, inner.clone(), inner.clone())
            .prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b))),
        1 => inner.clone().prop_map(|a| Tree::Prefix("-", boxed(a))),
        2 => (single, inner.clone()).prop_map(|(name, a)| Tree::Call(name, vec![a])),
        2 => (double, inner.clone(), inner.clone()).prop_map(|(name, a, b)| Tree::Call(name, vec![a, b])),
        1 => (inner.clone(), inner.clone(), inner.clone())
            .prop_map(|(a, b, c)| Tree::Call("clamp", vec![a, b, c])),
        1 => (inner.clone(), 0..4_u8)
            .prop_map(|(a, d)| Tree::Call("round", vec![a, Tree::Number(f64::from(d))])),
        2 => (truth(depth - 1, points), inner.clone(), inner.clone())
            .prop_map(|(a, b, c)| Tree::Call("if", vec![a, b, c])),
        1 => (prop::sample::select(vec!["bracket", "interpolate"]), inner, steps)
            .prop_map(|(name, x, steps)| Tree::Table(name, boxed(x), steps)),
        3 => (prop::sample::select(across), number(depth - 1, false), any::<bool>())
            .prop_map(|(name, a, by)| Tree::Across(name, boxed(a), by.then_some("region"))),
        2 => (number(depth - 1, false), weight(), pot(), any::<bool>()).prop_map(|(a, b, c, by)| {
            Tree::LevelUp([boxed(a), boxed(b), boxed(c)], by.then_some("region"))
        }),
        1 => (number(depth - 1, false), number(depth - 1, false), any::<bool>()).prop_map(|(a, b, by)| {
            Tree::PeerSum([boxed(a), boxed(b)], by.then_some("region"))
        }),
        1 => number(depth - 1, points).prop_map(|a| Tree::Given("gaps", boxed(a))),
        2 => (prop::sample::select(of_points), number(depth - 1, true))
            .prop_map(|(name, a)| Tree::Points(name, boxed(a))),
    ]
    .boxed()
}

/// What levels are counted by: mostly not below zero.
fn weight() -> BoxedStrategy<Tree> {
    prop_oneof![
        3 => number(0, false).prop_map(|a| Tree::Call("abs", vec![a])),
        1 => number(0, false),
    ]
    .boxed()
}

/// What lifts: mostly the same for everybody.
fn pot() -> BoxedStrategy<Tree> {
    prop_oneof![
        3 => prop::sample::select(vec![0.0, 1.0, 3.0, 250.0]).prop_map(Tree::Number),
        2 => prop::sample::select(vec!["nation", "nation_drawn"]).prop_map(Tree::Name),
        1 => number(0, false),
    ]
    .boxed()
}

fn truth(depth: u32, points: bool) -> BoxedStrategy<Tree> {
    let signs = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let number = number(depth.saturating_sub(1), points);
    let comparison = (signs, number.clone(), number)
        .prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b)));
    let mut texts = vec![Tree::TextIs("region", "A"), Tree::Name("flag")];
    if points {
        texts.push(Tree::TextIs("tier", "county"));
    }
    let leaf = prop_oneof![2 => comparison, 1 => prop::sample::select(texts)];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = truth(depth - 1, points);
    let joins = prop::sample::select(vec!["and", "or"]);
    prop_oneof![
        3 => leaf,
        1 => inner.clone().prop_map(|a| Tree::Prefix("not", boxed(a))),
        1 => (joins, inner.clone(), inner).prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b))),
    ]
    .boxed()
}

fn boxed(tree: Tree) -> Box<Tree> {
    Box::new(tree)
}
