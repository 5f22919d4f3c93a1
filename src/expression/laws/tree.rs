//! A formula as the plain reading knows it: its text, its parts, and what of it needs no name.

use super::plain::Plain;

/// A formula as the plain reading knows it.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Number(f64),
    Name(&'static str),
    TextIs(&'static str, &'static str),
    Prefix(&'static str, Box<Tree>),
    Infix(&'static str, Box<Tree>, Box<Tree>),
    Call(&'static str, Vec<Tree>),
    Table(&'static str, Box<Tree>, Vec<(f64, Tree)>),
    Across(&'static str, Box<Tree>, Option<&'static str>),
    LevelUp([Box<Tree>; 3], Option<&'static str>),
    PeerSum([Box<Tree>; 2], Option<&'static str>),
    Given(&'static str, Box<Tree>),
    Points(&'static str, Box<Tree>),
}

impl Tree {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(value) => format!("{value}"),
            Self::Name(name) => (*name).to_string(),
            Self::TextIs(column, text) => format!("({column} == '{text}')"),
            Self::Prefix(sign, a) => format!("({sign} {})", a.text()),
            Self::Infix(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
            Self::Call(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(Self::text).collect();
                format!("{name}({})", arguments.join(", "))
            }
            Self::Table(name, x, steps) => {
                let steps: Vec<String> =
                    steps.iter().map(|(at, value)| format!("({at}, {})", value.text())).collect();
                format!("{name}({}, [{}])", x.text(), steps.join(", "))
            }
            Self::LevelUp([a, b, c], by) => {
                let by = by.map_or_else(String::new, |by| format!(", by: {by}"));
                format!("level_up({}, {}, {}{by})", a.text(), b.text(), c.text())
            }
            Self::PeerSum([a, b], by) => {
                let by = by.map_or_else(String::new, |by| format!(", by: {by}"));
                format!("peer_sum({}, {}{by})", a.text(), b.text())
            }
            Self::Given(name, a) => format!("given({name}, {})", a.text()),
            Self::Across(name, a, Some(by)) => format!("{name}({}, by: {by})", a.text()),
            Self::Across(name, a, None) | Self::Points(name, a) => format!("{name}({})", a.text()),
        }
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_) | Self::Name(_) | Self::TextIs(..) => Vec::new(),
            Self::Prefix(_, a) | Self::Across(_, a, _) | Self::Points(_, a) | Self::Given(_, a) => {
                vec![a]
            }
            Self::PeerSum(of, _) => of.iter().map(|a| &**a).collect(),
            Self::LevelUp(of, _) => of.iter().map(|a| &**a).collect(),
            Self::Infix(_, a, b) => vec![a, b],
            Self::Call(_, arguments) => arguments.iter().collect(),
            Self::Table(_, x, steps) => {
                std::iter::once(&**x).chain(steps.iter().map(|(_, value)| value)).collect()
            }
        }
    }

    /// The value of a part that needs no name; of a choice whose condition needs none, that of the branch.
    fn constant(&self, plain: &Plain) -> Option<f64> {
        match self {
            Self::Name(_)
            | Self::TextIs(..)
            | Self::Across(..)
            | Self::LevelUp(..)
            | Self::PeerSum(..)
            | Self::Given(..)
            | Self::Points(..) => return None,
            Self::Call("if", branches) => {
                let taken = if branches[0].constant(plain)? == 0.0 { 2 } else { 1 };
                return branches[taken].constant(plain);
            }
            Self::Table(name, x, steps) => {
                let x = x.constant(plain)?;
                let step = steps.iter().rposition(|(at, _)| *at <= x);
                let end = usize::from(*name == "interpolate");
                let first = step.unwrap_or(if *name == "interpolate" { 0 } else { steps.len() });
                let last = step.map_or(first, |step| step + end);
                for (_, value) in steps.iter().take(last + 1).skip(first) {
                    value.constant(plain)?;
                }
            }
            _ => {
                for part in self.parts() {
                    part.constant(plain)?;
                }
            }
        }
        Some(plain.value(self, 0, 0, 0))
    }

    pub(super) fn has_a_part_without_value(&self, plain: &Plain) -> bool {
        self.constant(plain).is_some_and(|value| !value.is_finite())
            || self.parts().iter().any(|part| part.has_a_part_without_value(plain))
    }
}
