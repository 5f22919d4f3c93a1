//! What is right and yet doubtful: warnings over a whole scenario, one kind a file, and what of
//! them the scenario waives. Nothing here simulates.

mod absent;
mod cliff;
mod no_rule;
mod old;
mod outlier;
mod plan;
mod previous;
mod repeated;
mod rows;
mod same_policy;
mod say;
mod source;
mod top_slice;
mod unused;
mod weaker;

pub use cliff::{NearStep, near_steps};

use std::collections::BTreeMap;

use self::say::{MOST_LISTED, listed};
use crate::model::{Note, Scenario, Waiver};
use crate::problem::{Place, Problem, Sources, codes, sort};
use crate::scenario::decode::{Decoder, nearest, quoted};
use crate::scenario::tree::{Kind, Node};

/// A scenario that has been read, with what it was read from.
#[derive(Clone, Copy, Debug)]
struct Seen<'s> {
    root: &'s Node,
    scenario: &'s Scenario,
    sources: &'s Sources,
}

/// Something doubtful.
enum Doubt {
    /// One thing.
    One(Problem),
    /// Several names of which the same is said, in one sentence: a waiver may take out any.
    Many(Vec<Subject>, Sentence),
}

/// The warning about some names.
type Sentence = Box<dyn Fn(&[Subject]) -> Problem>;

/// A name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Subject {
    name: String,
    place: Place,
}

/// Adds what is doubtful to what was told, takes out what is waived, and leaves both with the
/// scenario. Without a scenario only what was told is sifted.
pub fn settle(
    mut scenario: Option<Scenario>,
    told: Vec<Problem>,
    waivers: Vec<Waiver>,
    root: &Node,
    sources: &Sources,
) -> (Option<Scenario>, Vec<Problem>) {
    let mut sieve = Sieve::new(&waivers);
    let (mut problems, warnings): (Vec<_>, Vec<_>) = told.into_iter().partition(Problem::is_error);
    for warning in warnings {
        sieve.take(Doubt::One(warning));
    }
    if let Some(scenario) = &scenario {
        let seen = Seen { root, scenario, sources };
        let kinds = [
            unused::doubts(seen),
            repeated::doubts(seen),
            same_policy::doubts(seen),
            no_rule::doubts(seen),
            outlier::doubts(seen),
            previous::doubts(seen),
            old::doubts(seen),
            cliff::doubts(seen),
            absent::doubts(seen),
            source::doubts(seen),
            top_slice::doubts(seen),
            plan::doubts(seen),
            weaker::doubts(seen),
        ];
        for doubt in kinds.into_iter().flatten() {
            sieve.take(doubt);
        }
        if seen.is_own("waivers") {
            sieve.tell_idle(seen.section("waivers"));
        }
    }
    let Sieve { told, waived, .. } = sieve;
    let mut warnings = told.finish();
    sort(&mut warnings, sources);
    if let Some(scenario) = &mut scenario {
        scenario.noted = warnings.iter().map(|warning| Note::new(warning, &[])).collect();
        scenario.noted.extend(waived);
        scenario.waivers = waivers;
    }
    problems.extend(warnings);
    (scenario, problems)
}

impl<'s> Seen<'s> {
    /// A section that is written.
    fn section(self, name: &str) -> Option<&'s Node> {
        self.root.field(name).filter(|node| node.kind != Kind::Nothing)
    }

    /// Whether the scenario's own file gives a section, rather than the scenario that it is based
    /// on, which is told of its own doubts.
    fn is_own(self, name: &str) -> bool {
        let Kind::Struct(_, fields) = &self.root.kind else { return false };
        let field = fields.iter().find(|field| &*field.name.value == name);
        field.is_some_and(|field| field.name.place.file == self.root.place.file)
    }
}

/// Parts warnings that stand from those that are waived.
struct Sieve<'w> {
    waivers: &'w [Waiver],
    /// Whether each has waived something.
    used: Vec<bool>,
    /// What stands: few of one kind and file, the rest counted.
    told: Decoder,
    waived: Vec<Note>,
    /// The names that the warnings of each code show.
    names: BTreeMap<&'static str, Vec<String>>,
}

impl<'w> Sieve<'w> {
    fn new(waivers: &'w [Waiver]) -> Self {
        let used = vec![false; waivers.len()];
        Self { waivers, used, told: Decoder::new(), waived: Vec::new(), names: BTreeMap::new() }
    }

    fn take(&mut self, doubt: Doubt) {
        match doubt {
            Doubt::One(problem) => {
                let shown = problem.message.split('`').skip(1).step_by(2).map(ToOwned::to_owned);
                self.names.entry(problem.code).or_default().extend(shown);
                let covers = |waiver: &Waiver| waiver.covers(&problem);
                let waiver = self.waiver(covers);
                self.put(&problem, waiver);
            }
            Doubt::Many(subjects, say) => {
                let mut parts: BTreeMap<Option<usize>, Vec<Subject>> = BTreeMap::new();
                for subject in subjects {
                    let problem = say(std::slice::from_ref(&subject));
                    let waiver = self.waiver(|waiver| waiver.covers(&problem));
                    self.names.entry(problem.code).or_default().push(subject.name.clone());
                    parts.entry(waiver).or_default().push(subject);
                }
                for (waiver, subjects) in parts {
                    self.put(&say(&subjects), waiver);
                }
            }
        }
    }

    /// The first waiver that covers something; all that do have waived something.
    fn waiver(&mut self, covers: impl Fn(&Waiver) -> bool) -> Option<usize> {
        let mut first = None;
        for (index, (waiver, used)) in self.waivers.iter().zip(&mut self.used).enumerate() {
            if covers(waiver) {
                *used = true;
                first = first.or(Some(index));
            }
        }
        first
    }

    fn put(&mut self, problem: &Problem, waiver: Option<usize>) {
        match waiver.and_then(|waiver| self.waivers.get(waiver)) {
            Some(waiver) => self.waived.push(Note::waived(problem, Some(waiver))),
            None => self.told.tell(problem.clone()),
        }
    }

    /// Tells waivers that waived nothing, but for those of what only a run can show.
    fn tell_idle(&mut self, section: Option<&Node>) {
        for (waiver, used) in self.waivers.iter().zip(&self.used) {
            if *used || codes::is_of_run(waiver.code) {
                continue;
            }
            let names: Vec<String> = waiver.about.iter().map(|name| quoted(name)).collect();
            let about = if names.is_empty() {
                String::new()
            } else {
                format!(" about {}", listed(&names, MOST_LISTED))
            };
            let message = format!("there is no warning {}{about} to waive", waiver.code);
            let mut problem = Problem::warning(codes::IDLE_WAIVER, message);
            let place = about_of(section, waiver).or_else(|| waiver.place.clone());
            problem.at = place.map(|place| (place, String::new()));
            let told: Vec<&str> = self
                .names
                .get(waiver.code)
                .map_or_else(Vec::new, |names| names.iter().map(String::as_str).collect());
            let near = waiver.about.iter().find_map(|about| nearest(about, &told));
            let help = if let Some(near) = near {
                format!("did you mean {}?", quoted(near))
            } else if waiver.about.is_empty() {
                "remove the waiver: what it waived is mended, or was never told".to_owned()
            } else {
                "remove the waiver, or write in `about` a name that the warning shows in backquotes"
                    .to_owned()
            };
            self.told.tell(problem.help(help));
        }
    }
}

/// Where a waiver says what it is about.
fn about_of(section: Option<&Node>, waiver: &Waiver) -> Option<Place> {
    let Kind::List(items) = &section?.kind else { return None };
    let is_it =
        |item: &&Node| item.field("warning").map(|code| &code.place) == waiver.place.as_ref();
    Some(items.iter().find(is_it)?.field("about")?.place.clone())
}

#[cfg(test)]
mod tests;
