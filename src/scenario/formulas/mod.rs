//! Ready-made formulas and guarantees: each a worksheet by another name, which the program can show.
//!
//! A ready-made formula is data: its parameters, and the lines that it becomes, with `{parameter}`
//! where a parameter stands. The door writes the parameters in and compiles the lines as it does
//! those of a worksheet, so that nothing but the worksheet is ever evaluated.

mod by_measure;
mod by_need;
mod documents;

pub use documents::{COST_OF_GUARANTEES, DOCUMENTS, Document, GUARANTEES};

/// A ready-made formula.
#[derive(Clone, Copy, Debug)]
pub struct Ready {
    /// Its name in scenarios.
    pub name: &'static str,
    /// One line that says what it does.
    pub summary: &'static str,
    /// When to use it, what it promises and what it does not, and where it comes from.
    pub text: &'static str,
    /// How it is written.
    pub example: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// The lines that it becomes.
    pub lines: &'static [Template],
    /// Which lines are claimed in which class; none: the last line, in class 1.
    pub claims: &'static [(u32, &'static str)],
}

/// What a ready-made formula takes.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its field.
    pub name: &'static str,
    /// What it is, with its unit.
    pub meaning: &'static str,
    /// What may stand there.
    pub kind: ParameterKind,
    /// What holds where it is left out; none: it must be written.
    pub default: Option<&'static str>,
}

/// What may stand for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A number, one for each municipality at most.
    Number,
    /// A share from 0 to 1.
    Share,
    /// A name alone, whose past is asked for.
    Name,
    /// A whole number of years, from 1.
    Years,
    /// A map from tiers to EUR for each month open: becomes the sum over tiers.
    Monthly,
    /// A list of `(line: "…", is: "…", weight: …)`: a line each, the share of the nation, and in the
    /// template their weighted sum.
    Indicators,
}

/// One line that a ready-made formula becomes.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name.
    pub line: &'static str,
    /// Its formula, with `{parameter}`.
    pub is: &'static str,
    /// What it is.
    pub note: &'static str,
}

/// Every ready-made formula that is written as lines.
pub const READY: [&Ready; 9] = [
    &by_measure::PER_HEAD,
    &by_measure::PER_CASE,
    &by_measure::BASE_PLUS_ACTIVITY,
    &by_measure::SMOOTHED,
    &by_measure::STEPWISE,
    &by_need::NEED_INDEX,
    &by_need::FISCAL_GAP,
    &by_need::CAPACITY_EQUALISATION,
    &by_need::LEVEL_UP,
];

/// The formula of that name.
#[must_use]
pub fn ready(name: &str) -> Option<&'static Ready> {
    READY.into_iter().find(|ready| ready.name == name)
}

impl Ready {
    /// The whole explanation in Markdown: the text, the worksheet that it becomes, its parameters.
    #[must_use]
    pub fn about(&self) -> String {
        let mut about =
            format!("{}\n\n{}\n\n```ron\n{}\n```\n\n", self.summary, self.text, self.example);
        about.push_str("It is this worksheet:\n\n```ron\nentitle: Worksheet([\n");
        for Template { line, is, note } in self.lines {
            let note = if note.is_empty() { String::new() } else { format!(", note: \"{note}\"") };
            about.push_str(&format!("    (line: \"{line}\", is: \"{is}\"{note}),\n"));
        }
        about.push_str("]),\n");
        if !self.claims.is_empty() {
            let claims: Vec<String> = self
                .claims
                .iter()
                .map(|(class, line)| format!("(class: {class}, line: \"{line}\")"))
                .collect();
            about.push_str(&format!("claims: [{}],\n", claims.join(", ")));
        }
        about.push_str("```\n\nwith\n\n");
        for Parameter { name, meaning, default, .. } in self.parameters {
            let default =
                default.map_or_else(String::new, |default| format!("; `{default}` where left out"));
            about.push_str(&format!("- `{name}`: {meaning}{default}\n"));
        }
        about
    }
}

#[cfg(test)]
mod tests {
    use super::{DOCUMENTS, GUARANTEES, READY};

    #[test]
    fn every_parameter_is_used_and_every_braced_name_is_a_parameter() {
        for ready in READY {
            let all: String = ready.lines.iter().map(|line| line.is).collect();
            for parameter in ready.parameters {
                let braced = format!("{{{}}}", parameter.name);
                assert!(all.contains(&braced), "{} never uses {}", ready.name, parameter.name);
            }
            let used = all.split('{').skip(1).filter_map(|rest| rest.split('}').next());
            for name in used {
                let known = ready.parameters.iter().any(|parameter| parameter.name == name);
                assert!(known, "{} has no parameter {name}", ready.name);
            }
            for (_, line) in ready.claims {
                assert!(ready.lines.iter().any(|known| known.line == *line), "{line}");
            }
        }
    }

    #[test]
    fn every_formula_and_guarantee_says_what_it_does_shows_an_example_and_names_a_source() {
        let abouts = READY
            .iter()
            .map(|ready| (ready.name, ready.about()))
            .chain(DOCUMENTS.iter().chain(&GUARANTEES).map(|item| (item.name, item.about())));
        for (name, about) in abouts {
            let first = about.lines().next().unwrap_or_default();
            assert!(first.ends_with('.') && first.len() <= 110, "{name}: {first}");
            assert!(about.contains("```ron") && about.contains(&format!("{name}(")), "{name}");
        }
    }
}
