//! Everything that a scenario can name, from the registries that the program itself runs on.

use crate::allocation::promises::Promise;
use crate::allocation::properties::Property;
use crate::allocation::{rationing, rounding};
use crate::problem::codes::CODES;
use crate::random::{distribution, plan};
use crate::report::audit::property_about;
use crate::{chart, engine, expression, model, scenario};
use clap::ValueEnum;

/// A kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Kind {
    /// Ready-made formulas: what is due
    Formulas,
    /// Guarantees: bounds of what is due or paid
    Guarantees,
    /// Rules that divide a pot smaller than the claims
    Rules,
    /// Properties that a rule may promise
    Properties,
    /// Methods that round awards so that their sum is kept
    Rounding,
    /// Functions of formulas
    Functions,
    /// Distributions of uncertain inputs
    Distributions,
    /// Sampling plans: how draws are spread over what is possible
    Plans,
    /// Simulated quantities that worksheets and outcomes may name
    Quantities,
    /// Outcomes that every run records
    Outcomes,
    /// Charts
    Charts,
    /// Example scenarios that `new --from` copies
    Examples,
    /// Errors and warnings, by their codes
    Problems,
}

/// One item.
#[derive(Clone, Debug)]
pub struct Item {
    /// What kind it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// One line.
    pub summary: String,
    /// The whole explanation, in Markdown.
    pub about: String,
}

/// Every item, kind by kind.
#[allow(clippy::too_many_lines)] // a list: one registry after the other
pub fn items() -> Vec<Item> {
    let mut items = Vec::new();
    for document in &scenario::DOCUMENTS {
        let about = document.about();
        items.push(documented(Kind::Formulas, document.name, document.summary, about));
    }
    for ready in scenario::READY {
        items.push(documented(Kind::Formulas, ready.name, ready.summary, ready.about()));
    }
    for document in &scenario::GUARANTEES {
        let about = format!("{}\n{}\n", document.about(), scenario::COST_OF_GUARANTEES);
        items.push(documented(Kind::Guarantees, document.name, document.summary, about));
    }
    for rule in rationing::RULES {
        items.push(documented(Kind::Rules, rule.name(), rule.summary(), rule.about()));
    }
    items.push(documented(
        Kind::Rules,
        "RankedCompetition",
        "Whole points are funded in order of a score, highest first; the rest waits",
        "`ration: RankedCompetition(score: \"mean_distance_km\")`\n\nWhole points are funded in order of the score, \
         highest first, ties to the larger claim and then by code. The list ends at the first point that does not \
         fit into what is left: that point and all behind it wait for the next year, the rest of the pot is \
         unspent. With `unspent: Reoffered` one more round passes over the points that do not fit.\n"
            .to_owned(),
    ));
    for property in Property::all() {
        let about = property_about(property);
        items.push(documented(Kind::Properties, property.name(), property.meaning(), about));
    }
    let across = Promise::EqualAcrossClasses;
    items.push(documented(
        Kind::Properties,
        across.name(),
        across.meaning(),
        format!(
            "{}\n\nOnly a whole settlement has it, since a rule knows no classes: priority classes break it by \
             design, and `dotacija audit` says by how much. Within a class it is equal treatment of equals.\n",
            across.meaning()
        ),
    ));
    for method in rounding::METHODS {
        items.push(documented(Kind::Rounding, method.name(), method.summary(), method.about()));
    }
    for function in expression::functions() {
        let about = format!(
            "`{}`\n\n{}\n\nExample: `{}` is {}, where {}\n",
            function.signature,
            function.meaning,
            function.example,
            function.value,
            expression::EXAMPLE_WORLD
        );
        items.push(documented(Kind::Functions, function.name, function.meaning, about));
    }
    for entry in distribution::DISTRIBUTIONS {
        let sets: Vec<String> =
            entry.parameters.iter().map(|set| format!("- {}\n", set.describe())).collect();
        let about = format!(
            "{}\n\nParameters, one of:\n\n{}\nExample: `{}`\n",
            entry.about,
            sets.concat(),
            entry.examples.join("`, `")
        );
        items.push(documented(Kind::Distributions, entry.name, entry.about, about));
    }
    for entry in plan::PLANS {
        items.push(documented(
            Kind::Plans,
            entry.plan.name(),
            entry.summary,
            entry.about.to_owned(),
        ));
    }
    for doc in model::QUANTITIES {
        let summary = format!("{} ({})", doc.meaning, doc.unit);
        let about = format!(
            "{summary}\n\nPer municipality and year; `{0}_TIER` is that of one tier, `lag({0}, 1)` that of last year.\n",
            doc.name
        );
        items.push(documented(Kind::Quantities, doc.name, &summary, about));
    }
    for outcome in engine::built_in_outcomes() {
        let summary = format!("{} ({})", outcome.meaning, outcome.unit);
        items.push(documented(Kind::Outcomes, outcome.name, &summary, format!("{summary}\n")));
    }
    for about in &chart::CHARTS {
        let text = format!(
            "{}\n\nHow to read it: {}\n\nHow it could mislead: {}\n\nWritten by: {}\n",
            about.shows, about.reads, about.misleads, about.written_by
        );
        items.push(documented(Kind::Charts, about.name, about.shows, text));
    }
    for example in super::examples::EXAMPLES {
        let text =
            format!("{}\n\nRun it: `dotacija new DIR --from {}`\n", example.about, example.name);
        items.push(documented(Kind::Examples, example.name, example.about, text));
    }
    for problem in CODES {
        // The page's heading says what the item's says.
        let (_, text) = problem.page.split_once("\n\n").unwrap_or_default();
        items.push(documented(Kind::Problems, problem.code, problem.title, text.to_owned()));
    }
    items
}

fn documented(kind: Kind, name: &str, summary: &str, about: String) -> Item {
    Item { kind, name: name.to_owned(), summary: summary.to_owned(), about }
}
