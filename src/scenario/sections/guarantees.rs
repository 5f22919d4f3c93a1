//! Bounds on an award: floors, caps, hold harmless, damping.

use super::formula::{Locals, Want};
use super::rules::RuleOf;
use crate::model::{Formula, Guarantee};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, one_of_names, quoted};
use crate::scenario::formulas::GUARANTEES;
use crate::scenario::tree::Node;

/// Whom a guarantee counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Per {
    Point,
    Municipality,
}

/// Where there is no bound: more than all money.
const NO_BOUND: &str = "1_000_000_000_000";

/// Reads one guarantee; it becomes formulas of a lower and an upper bound.
pub fn guarantee(
    door: &mut Decoder,
    node: &Node,
    of: RuleOf<'_>,
    index: usize,
) -> Option<Guarantee> {
    let bounds = Bounds { of, node, path: format!("{}.guarantee.{}", of.path, index + 1) };
    match node.name().map(|name| &*name.value) {
        Some("Floor") => bounds.fixed(door, "Floor", true),
        Some("Cap") => bounds.fixed(door, "Cap", false),
        Some("HoldHarmless") => bounds.hold_harmless(door),
        Some("Damping") => bounds.damping(door),
        Some("PhaseIn") => bounds.phase_in(door),
        Some(name) => {
            let message = format!("{} is not a guarantee", quoted(name));
            let at = node.name().map_or_else(|| node.head(), |name| name.place.clone());
            let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&at, "");
            let known = GUARANTEES.map(|guarantee| guarantee.name);
            door.refuse(did_you_mean(problem, name, &known))
        }
        None => {
            let kinds =
                "one of `Floor(…)`, `Cap(…)`, `HoldHarmless(…)`, `Damping(…)`, `PhaseIn(…)`";
            door.wrong(node, kinds)
        }
    }
}

struct Bounds<'b> {
    of: RuleOf<'b>,
    node: &'b Node,
    path: String,
}

impl Bounds<'_> {
    /// An amount per open point or per municipality.
    fn fixed(&self, door: &mut Decoder, name: &'static str, is_lower: bool) -> Option<Guarantee> {
        let mut locals = Locals::default();
        let mut fields = door.fields_of(self.node, name)?;
        let amount =
            fields.required("amount", |door, node| self.part(door, node, "amount", &mut locals));
        let per = fields.or("per", per, Per::Point);
        let protected = fields.flag("protected");
        fields.finish();
        let (amount, per) = (amount?, per?);
        let text = match per {
            Per::Point => format!("{amount} * open_points"),
            Per::Municipality => amount,
        };
        let bound = self.formula(door, &text, &locals);
        let (lower, upper) = if is_lower { (Some(bound?), None) } else { (None, Some(bound?)) };
        Some(Guarantee { name: name.to_owned(), lower, upper, protected: protected? })
    }

    /// At least a share of what there was last year.
    fn hold_harmless(&self, door: &mut Decoder) -> Option<Guarantee> {
        let mut locals = Locals::default();
        let mut fields = door.fields_of(self.node, "HoldHarmless")?;
        let share =
            fields.required("share", |door, node| self.part(door, node, "share", &mut locals));
        let per = fields.or("per", per, Per::Point);
        let against = fields.or("against", against, "entitlement_last_year");
        let protected = fields.flag("protected");
        fields.finish();
        let text = format!("{} * {}", share?, before(per?, against?));
        let lower = self.formula(door, &text, &locals);
        Some(Guarantee {
            name: "HoldHarmless".to_owned(),
            lower: Some(lower?),
            upper: None,
            protected: protected?,
        })
    }

    /// At most so much less and so much more than last year; no bound where there was nothing.
    fn damping(&self, door: &mut Decoder) -> Option<Guarantee> {
        let mut locals = Locals::default();
        let mut fields = door.fields_of(self.node, "Damping")?;
        let down = fields.required("down", |door, node| self.part(door, node, "down", &mut locals));
        let up = fields.required("up", |door, node| self.part(door, node, "up", &mut locals));
        let per = fields.or("per", per, Per::Point);
        let against = fields.or("against", against, "entitlement_last_year");
        let protected = fields.flag("protected");
        fields.finish();
        let before = before(per?, against?);
        let lower = format!("max(0, 1 - {}) * {before}", down?);
        let upper = format!("if({before} > 0, (1 + {}) * {before}, {NO_BOUND})", up?);
        // One after the other: they name the same, and one of them is enough to be told.
        let lower = self.formula(door, &lower, &locals)?;
        let upper = self.formula(door, &upper, &locals)?;
        Some(Guarantee {
            name: "Damping".to_owned(),
            lower: Some(lower),
            upper: Some(upper),
            protected: protected?,
        })
    }

    /// The old sum and the new one, by a share: both bounds are the mixture.
    fn phase_in(&self, door: &mut Decoder) -> Option<Guarantee> {
        let mut locals = Locals::default();
        let mut fields = door.fields_of(self.node, "PhaseIn")?;
        let share =
            fields.required("share", |door, node| self.part(door, node, "share", &mut locals));
        let from = fields.required("from", |door, node| self.part(door, node, "from", &mut locals));
        let protected = fields.flag("protected");
        fields.finish();
        let (share, from, due) = (share?, from?, self.of.claimed.join(" + "));
        let text = format!("(1 - {share}) * {from} + {share} * ({due})");
        let bound = self.formula(door, &text, &locals)?;
        Some(Guarantee {
            name: "PhaseIn".to_owned(),
            lower: Some(bound.clone()),
            upper: Some(bound),
            protected: protected?,
        })
    }

    fn part(
        &self,
        door: &mut Decoder,
        node: &Node,
        name: &str,
        locals: &mut Locals,
    ) -> Option<String> {
        let want = Want::rule(self.of.purpose).amount();
        self.of.words.part(
            door,
            node,
            &format!("{}.{name}", self.path),
            want,
            self.of.lines,
            locals,
        )
    }

    fn formula(&self, door: &mut Decoder, text: &str, locals: &Locals) -> Option<Formula> {
        let want = Want::rule(self.of.purpose);
        self.of.words.generated(door, text, &self.node.head(), want, self.of.lines, locals)
    }
}

/// What there was last year, for the points that are open now or for the municipality.
fn before(per: Per, against: &str) -> String {
    match per {
        Per::Point => {
            format!("if(lag(open_points, 1) > 0, {against} / lag(open_points, 1), 0) * open_points")
        }
        Per::Municipality => against.to_owned(),
    }
}

fn per(door: &mut Decoder, node: &Node) -> Option<Per> {
    one_of_names(&[("Point", Per::Point), ("Municipality", Per::Municipality)])(door, node)
}

fn against(door: &mut Decoder, node: &Node) -> Option<&'static str> {
    let choices = [("Entitlement", "entitlement_last_year"), ("Award", "award_last_year")];
    one_of_names(&choices)(door, node)
}
