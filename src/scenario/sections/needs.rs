//! Sections that need another one, and one that stands alone.

use super::assemble::{NAMES, Sections};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, example, home, nearest};
use crate::scenario::tree::{Kind, Node};

/// A section that needs another, where it is given.
type By<'n> = (&'static str, Option<&'n Node>);

impl Sections<'_> {
    /// Tells sections that are not there and that others need: each once, at the first that needs it.
    pub fn tell_missing(&self, door: &mut Decoder, no_years: bool) {
        let of_points = [
            ("network", self.network),
            ("load", self.load),
            ("staffing", self.staffing),
            ("costs", self.costs),
        ];
        let of_municipalities =
            [("points", self.points), ("boundaries", self.boundaries), ("policies", self.policies)];
        let yearly = [
            ("money", self.money),
            ("municipalities", self.municipalities.filter(|node| node.field("year").is_some())),
            ("points", self.points),
            ("network", self.network),
            ("programmes", self.programmes),
            ("policies", self.policies),
            ("observed", self.observed),
        ];
        let needs: [(&str, bool, &[By<'_>]); 5] = [
            ("years", no_years, &yearly),
            ("municipalities", self.municipalities.is_none(), &of_municipalities),
            ("points", self.points.is_none(), &of_points),
            ("network", self.network.is_none(), &[("points", self.points)]),
            ("programmes", self.programmes.is_none(), &[("policies", self.policies)]),
        ];
        for (needed, _, by) in needs.iter().filter(|(_, is_missing, _)| *is_missing) {
            let Some((name, node)) = by.iter().find_map(|(name, node)| Some((name, (*node)?)))
            else {
                continue;
            };
            let message = format!("`{name}` needs `{needed}`, which the scenario does not have");
            let problem = Problem::error(codes::MISSING_PART, message).at(&node.head(), "");
            door.tell(match example(needed) {
                Some(example) => problem.help(format!("add `{example}`")),
                None => problem,
            });
        }
    }
}

/// Tells a file that is a section of a scenario: it has fields, and none of them is a scenario's.
pub fn refuse_a_part(door: &mut Decoder, root: &Node) -> Option<()> {
    let Kind::Struct(_, fields) = &root.kind else { return Some(()) };
    let is_known = |name: &str| NAMES.contains(&name) || nearest(name, NAMES).is_some();
    let mut homes = fields.iter().filter_map(|field| home(&field.name.value));
    let part = homes.next().filter(|part| homes.all(|home| home == *part));
    let Some(part) = part.filter(|_| !fields.iter().any(|field| is_known(&field.name.value)))
    else {
        return Some(());
    };
    let message = format!("this is the section `{part}` of a scenario, not a scenario");
    let problem = Problem::error(codes::WRONG_TYPE, message).at(&root.head(), "");
    door.refuse(problem.help("name the file that takes it in by `Import(…)`"))
}
