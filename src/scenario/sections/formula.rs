//! A number anywhere: a plain number, a distribution, or a formula in quotes.

use std::ops::Range;
use std::sync::Arc;

use super::distribution::{distribution, spelled};
use super::fit::{fits, tell_across_scopes, tell_misuses, within};
use super::names::{OF_POINTS, Spot, View};
use super::vocabulary::Vocabulary;
use crate::expression::{self, Extent, Fault, Outline, Piece};
use crate::model::{Common, Formula, GREATEST, Input, InputValue, Time, Variable};
use crate::problem::{Place, Problem, codes};
use crate::random::distribution as registry;
use crate::scenario::decode::Decoder;
use crate::scenario::tree::{Kind, Node};

/// What is needed where a number stands.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    /// Where it stands.
    pub spot: Spot,
    /// The most rows that it may have.
    pub extent: Extent,
    /// The least and the greatest value; only plain numbers can be judged at the door.
    pub range: (f64, f64),
    /// Whether a condition will do.
    pub truth: bool,
}

/// Names that a ready-made formula calls distributions by, with their inputs.
#[derive(Clone, Debug, Default)]
pub struct Locals(pub Vec<(String, usize)>);

/// The text of a formula and where it stands.
pub struct Written<'w> {
    /// The text.
    pub text: &'w str,
    /// Where it stands as a whole.
    pub place: &'w Place,
    /// Where a part of it stands.
    pub part: &'w dyn Fn(Range<usize>) -> Place,
    /// The input that it computes.
    pub own: Option<&'w str>,
}

impl Want {
    /// Any number of the world, one for each point at most.
    pub const WORLD: Self = Self {
        spot: Spot::World,
        extent: Extent::Point,
        range: (f64::MIN, f64::MAX),
        truth: false,
    };

    /// Any number of a rule, one for each municipality at most.
    pub const fn rule(purpose: crate::model::Purpose) -> Self {
        Self { spot: Spot::Rule(purpose), extent: Extent::Municipality, ..Self::WORLD }
    }

    /// One for the nation.
    #[must_use]
    pub const fn national(self) -> Self {
        Self { extent: Extent::Nation, ..self }
    }

    /// One for each municipality at most.
    #[must_use]
    pub const fn municipal(self) -> Self {
        Self { extent: Extent::Municipality, ..self }
    }

    /// From 0 on.
    #[must_use]
    pub const fn amount(self) -> Self {
        self.within(0.0, GREATEST)
    }

    /// Above 0.
    #[must_use]
    pub const fn positive(self) -> Self {
        self.within(f64::MIN_POSITIVE, GREATEST)
    }

    /// From 0 to 1.
    #[must_use]
    pub const fn share(self) -> Self {
        self.within(0.0, 1.0)
    }

    /// From `low` to `high`.
    #[must_use]
    pub const fn within(self, low: f64, high: f64) -> Self {
        Self { range: (low, high), ..self }
    }
}

impl Vocabulary {
    /// Reads a number, a distribution or a formula. `path` names it in the scenario: a distribution
    /// becomes an input of that name, drawn once for the nation.
    pub fn number(
        &self,
        door: &mut Decoder,
        node: &Node,
        path: &str,
        want: Want,
    ) -> Option<Formula> {
        self.number_after(door, node, path, want, &[])
    }

    /// As [`number`](Self::number), for a line of a worksheet that sees the lines before it.
    pub fn number_after(
        &self,
        door: &mut Decoder,
        node: &Node,
        path: &str,
        want: Want,
        lines: &[String],
    ) -> Option<Formula> {
        match &node.kind {
            Kind::Number(_) => {
                let value = crate::scenario::decode::number(door, node)?;
                within(door, value, &node.place, want)?;
                self.generated(door, &value.to_string(), &node.place, want, &[], &Locals::default())
            }
            Kind::Text(text) => {
                let part = |range: Range<usize>| text.part(range);
                let own = match want.spot {
                    Spot::Input => {
                        path.strip_prefix("inputs.").and_then(|path| path.strip_suffix(".value"))
                    }
                    _ => None,
                };
                let written = Written { text: &text.value, place: &node.place, part: &part, own };
                self.compiled(door, &written, want, lines, &Locals::default())
            }
            _ if node.name().is_some() => self.drawn(door, node, path, want),
            _ => door.wrong(node, "a number, a distribution or a formula in quotes"),
        }
    }

    /// A formula that the door has written; its faults are told at `place`.
    pub fn generated(
        &self,
        door: &mut Decoder,
        text: &str,
        place: &Place,
        want: Want,
        lines: &[String],
        locals: &Locals,
    ) -> Option<Formula> {
        let part = |_: Range<usize>| place.clone();
        let written = Written { text, place, part: &part, own: None };
        self.compiled(door, &written, want, lines, locals)
    }

    /// A number as a part of a ready-made formula: its text in parentheses, or the name of a local.
    pub fn part(
        &self,
        door: &mut Decoder,
        node: &Node,
        path: &str,
        want: Want,
        lines: &[String],
        locals: &mut Locals,
    ) -> Option<String> {
        let formula = self.number_after(door, node, path, want, lines)?;
        Some(match (&node.kind, &formula.variables[..]) {
            (Kind::Number(_), _) => formula.text,
            (Kind::Text(_), _) => format!("({})", formula.text),
            (_, [Variable::Input(input)]) => {
                let name = format!("drawn_{}", locals.0.len() + 1);
                locals.0.push((name.clone(), *input));
                name
            }
            _ => return None,
        })
    }

    /// A distribution written in place becomes an input and a formula that loads it.
    fn drawn(&self, door: &mut Decoder, node: &Node, path: &str, want: Want) -> Option<Formula> {
        let (drawn, recipe) = distribution(door, node, &self.levers)?;
        let mut in_place = self.in_place.borrow_mut();
        let input = self.inputs.len() + in_place.len();
        in_place.push(Input {
            name: path.to_owned(),
            extent: Extent::Nation,
            time: Time::Once,
            common: Common::default(),
            value: InputValue::Drawn(drawn),
            recipe: Some(recipe),
            text: spelled(node),
            unit: String::new(),
            source: String::new(),
            place: Some(node.place.clone()),
        });
        let locals = [("drawn".to_owned(), input)];
        let view = View::new(self, Spot::World, &[], &locals);
        let program = expression::compile("drawn", &view).ok()?;
        let outline = expression::outline("drawn", &view).map(Arc::new);
        let (variables, _) = view.finish();
        let (text, place) = (spelled(node), Some(node.place.clone()));
        let pieces = vec![Piece::Number { text: text.clone(), program: program.clone() }];
        Some(Formula { text, place, program, variables, pieces, outline, range: want.range })
    }

    fn compiled(
        &self,
        door: &mut Decoder,
        written: &Written<'_>,
        want: Want,
        lines: &[String],
        locals: &Locals,
    ) -> Option<Formula> {
        let view = || View::new(self, want.spot, lines, &locals.0).computing(written.own);
        let seen = view();
        let text = seen.spelled_out(written.text);
        let compiled = expression::compile(&text, &seen);
        let is_explained =
            want.extent < Extent::Point && want.spot != Spot::Outcome || want.spot == Spot::Input;
        let (pieces, outline) = match &compiled {
            Ok(program) if is_explained && program.constant().is_none() => {
                let outline = expression::outline(&text, &seen);
                let outline = outline.map(|outline| Arc::new(as_written(outline)));
                (shown(expression::pieces(&text, &seen)), outline)
            }
            _ => (Vec::new(), None),
        };
        // Once more as it is written, so that the places are those of the text.
        let compiled =
            compiled.map_err(|faults| match expression::compile(written.text, &view()) {
                Ok(_) => faults,
                Err(faults) => faults,
            });

        let asked = view();
        let (variables, misuses) = seen.finish();
        let used_well = tell_misuses(self, written, &misuses);
        let of_one_scope =
            if want.spot == Spot::Outcome { tell_across_scopes(door, written) } else { Some(()) };
        let program = match compiled {
            Ok(program) => program,
            Err(faults) => return self.tell_faults(door, written, faults),
        };
        used_well.and(of_one_scope)?;
        fits(door, &program, written, want, &asked)?;
        let place = Some(written.place.clone());
        Some(Formula {
            text: written.text.to_owned(),
            place,
            program,
            variables,
            pieces,
            outline,
            range: want.range,
        })
    }

    fn tell_faults<T>(
        &self,
        door: &mut Decoder,
        written: &Written<'_>,
        faults: Vec<Fault>,
    ) -> Option<T> {
        for fault in faults {
            let place = (written.part)(fault.range);
            let mut problem = Problem::error(codes::FORMULA, fault.message).at(&place, "");
            let called = problem.message.strip_prefix("there is no function `");
            let is_drawn = called.is_some_and(|called| {
                registry::names().any(|name| called.strip_prefix(name) == Some("`"))
            });
            problem.help = if is_drawn {
                Some("a distribution stands without quotes".to_owned())
            } else {
                fault.help
            };
            match fault.name {
                // The name may stand in what could not be read, which has been told.
                Some(name) if self.lost.may_hold(&name) => {}
                Some(_) => {
                    for again in fault.also {
                        problem = problem.also(&(written.part)(again), "and here");
                    }
                    self.keep_wrong_name(problem);
                }
                None => door.tell(problem),
            }
        }
        None
    }
}

/// The same of an outline.
fn as_written(mut outline: Outline) -> Outline {
    for part in &mut outline.parts {
        part.text = part.text.replace(OF_POINTS, "");
    }
    outline
}

/// Pieces as they are written: a column of points without the ending that tells it apart.
fn shown(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in &mut pieces {
        let (Piece::Text(text) | Piece::Number { text, .. } | Piece::Column { text, .. }) = piece;
        *text = text.replace(OF_POINTS, "");
    }
    pieces
}
