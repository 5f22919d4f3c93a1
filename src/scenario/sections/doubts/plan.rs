//! A sampling plan that has nothing to act on, or not room enough.

use super::{Doubt, MOST_LISTED, Seen, listed};
use crate::model::{Coverage, Plan};
use crate::problem::{Problem, codes};
use crate::random::plan::DIMENSIONS;
use crate::scenario::decode::quoted;

/// One warning at most.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let plan = seen.scenario.run.plan;
    let place =
        seen.section("run").and_then(|run| run.field("plan")).map(|plan| plan.place.clone());
    let (Some(place), true) = (place, seen.is_own("run") && plan != Plan::Random) else {
        return Vec::new();
    };
    let coverage = Coverage::new(seen.scenario);
    if coverage.scores == 0 && coverage.left.is_empty() {
        let message = format!("the plan {} covers nothing", quoted(plan.name()));
        let problem = Problem::warning(codes::IDLE_PLAN, message).at(&place, "");
        return vec![Doubt::One(
            problem
                .note("a plan spreads the draws of inputs of the nation, and of what others have in common with it; here there are none")
                .help("remove `plan`: the draws are those of `Random`"),
        )];
    }
    if coverage.left.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = coverage.left.iter().map(|name| quoted(name)).collect();
    let message = format!(
        "the plan {} has no dimension left for all of {}",
        quoted(plan.name()),
        listed(&names, MOST_LISTED)
    );
    vec![Doubt::One(
        Problem::warning(codes::DIMENSIONS, message)
            .at(&place, "")
            .note(format!(
                "it has {DIMENSIONS} dimensions, three of four for declared inputs in their order, the others for \
                 distributions written in place; what has none is drawn independently"
            ))
            .help("declare first what matters most, or write `plan: LatinHypercube`, which has no dimensions"),
    )]
}
