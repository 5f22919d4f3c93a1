//! Calls: the number of arguments, groups, and what each function becomes.

use super::Extent;
use super::check::{Checker, Meaning};
use super::fault::{Span, suggestion};
use super::function::{Builtin, Function, find, functions};
use super::graph::{Operand, Reduction, Target};
use super::kernel::Elementwise;
use super::round::MOST_DIGITS;
use super::syntax::{Argument, NodeId, Part};
use super::table::{self, Form};

impl Checker<'_> {
    pub(super) fn call(&mut self, name: Span, arguments: &[Argument]) -> Option<Meaning> {
        let written = name.of(self.text);
        let Some(function) = find(written) else {
            let help = if self.names.resolve(written).is_some() {
                Some(format!("`{written}` is a value: write `{written} * (…)` to multiply"))
            } else {
                let known = functions().iter().map(|function| function.name.to_string());
                suggestion(written, known.collect())
            };
            self.fault(name, format!("there is no function `{written}`"), help);
            return None;
        };
        let by = self.group(function, arguments);
        let plain = arguments.iter().filter(|argument| argument.label.is_none());
        let nodes: Vec<NodeId> = plain.map(|argument| argument.node).collect();
        let (least, most) = function.arguments;
        if nodes.len() < least || nodes.len() > most {
            let takes = match (least, most) {
                (least, usize::MAX) => format!("{least} or more arguments"),
                (1, 1) => "1 argument".to_string(),
                (least, most) if least == most => format!("{least} arguments"),
                (least, most) => format!("{least} or {most} arguments"),
            };
            let message = format!("`{written}` takes {takes}, not {}", nodes.len());
            self.fault(name, message, Some(function.signature.to_string()));
            return None;
        }
        self.builtin(function, &nodes, by)
    }

    /// What a function across municipalities runs over: all of them, or groups by a column. `None` where the label is
    /// faulty.
    fn group(&mut self, function: &Function, arguments: &[Argument]) -> Option<Target> {
        let grouped =
            matches!(function.builtin, Builtin::Across(_) | Builtin::Rank | Builtin::Share);
        let mut by = Some(Target::Nation);
        for (label, node) in arguments.iter().filter_map(|a| a.label.map(|label| (label, a.node))) {
            if !grouped || label.of(self.text) != "by" || by != Some(Target::Nation) {
                let message = format!("`{}:` has no place here", label.of(self.text));
                self.fault(label, message, Some(function.signature.to_string()));
                by = None;
                continue;
            }
            by = self.group_column(node).map(Target::Group);
        }
        by
    }

    fn group_column(&mut self, node: NodeId) -> Option<usize> {
        let meaning = self.known(node);
        if let Meaning::Column(Operand::Load(load), _) = meaning
            && let Some((_, shape)) = self.graph.loads.get(load)
            && shape.extent == Extent::Municipality
            && !shape.random
        {
            return Some(load);
        }
        if meaning != Meaning::Unknown {
            let message =
                format!("`{}` is not a text column of municipalities", self.written(node));
            let help = "groups are the texts of a column: sum(x, by: region)".to_string();
            self.fault(self.span(node), message, Some(help));
        }
        None
    }

    fn builtin(
        &mut self,
        function: &Function,
        nodes: &[NodeId],
        by: Option<Target>,
    ) -> Option<Meaning> {
        Some(Meaning::Number(match function.builtin {
            Builtin::If => return self.choice(nodes),
            Builtin::Lag => return self.lag(nodes),
            Builtin::Round => self.round(nodes)?,
            Builtin::Bracket => self.table(nodes, Form::Steps)?,
            Builtin::Interpolate => self.table(nodes, Form::Line)?,
            Builtin::Chain(operation) => {
                let numbers = self.numbers(nodes)?;
                numbers.into_iter().reduce(|a, b| self.graph.two(operation, a, b))?
            }
            Builtin::Clamp => match self.numbers(nodes)?[..] {
                [x, low, high] => self.graph.elementwise(Elementwise::Clamp, [x, low, high]),
                _ => return None,
            },
            Builtin::Elementwise(operation) => match self.numbers(nodes)?[..] {
                [a] => self.graph.one(operation, a),
                [a, b] => self.graph.two(operation, a, b),
                _ => return None,
            },
            Builtin::Across(reduction) => {
                let a = self.of_municipalities(function, nodes)?;
                self.graph.reduce(reduction, by?, a)
            }
            Builtin::Rank => {
                let a = self.of_municipalities(function, nodes)?;
                let by = match by? {
                    Target::Group(load) => Some(load),
                    Target::Nation | Target::Municipality => None,
                };
                self.graph.rank(by, a)
            }
            Builtin::Share => {
                let a = self.of_municipalities(function, nodes)?;
                let sum = self.graph.reduce(Reduction::Sum, by?, a);
                self.graph.two(Elementwise::Divide, a, sum)
            }
            Builtin::Points(reduction) => {
                let a = *self.numbers(nodes)?.first()?;
                self.graph.reduce(reduction, Target::Municipality, a)
            }
        }))
    }

    /// The argument of a function across municipalities, which must not differ between points.
    fn of_municipalities(&mut self, function: &Function, nodes: &[NodeId]) -> Option<Operand> {
        let node = *nodes.first()?;
        let operand = self.number(node)?;
        if self.graph.shape(operand).extent <= Extent::Municipality {
            return Some(operand);
        }
        let (name, written) = (function.name, self.written(node));
        let message =
            format!("`{name}` runs across municipalities, and this differs between points");
        let help = format!("bring it to municipalities first: {name}(point_sum({written}))");
        self.fault(self.span(node), message, Some(help));
        None
    }

    fn choice(&mut self, nodes: &[NodeId]) -> Option<Meaning> {
        let [condition, yes, no] = *nodes else { return None };
        let condition = self.truth(condition);
        if let (Meaning::Truth(yes), Meaning::Truth(no)) = (self.known(yes), self.known(no)) {
            return Some(Meaning::Truth(self.graph.select(condition?, yes, no)));
        }
        let (yes, no) = (self.number(yes), self.number(no));
        Some(Meaning::Number(self.graph.select(condition?, yes?, no?)))
    }

    fn lag(&mut self, nodes: &[NodeId]) -> Option<Meaning> {
        const MOST_YEARS: f64 = 1000.0;
        let [name, years] = *nodes else { return None };
        let count = match self.part(years) {
            Some(Part::Number(k)) if *k >= 1.0 && *k <= MOST_YEARS && k.floor() == *k => {
                Some(*k as u32)
            }
            _ => {
                let help = Some("write the years: lag(load, 1)".to_string());
                self.fault(self.span(years), "years ago are a whole number from 1", help);
                None
            }
        };
        if !matches!(self.part(name), Some(Part::Name)) {
            let help =
                "give it a line of its own and take the lag of that, or lag each name".to_string();
            self.fault(self.span(name), "`lag` takes a name, not a formula", Some(help));
            return None;
        }
        let written = self.written(name);
        match self.names.resolve_lag(written, count?) {
            Ok(resolved) => Some(self.resolved(resolved)),
            Err(reason) => {
                let known = self.names.resolve(written).is_some()
                    || self.names.known().iter().any(|known| known == written);
                if known {
                    self.fault(self.span(name), reason, None);
                } else {
                    self.unknown_name(name);
                }
                None
            }
        }
    }

    fn round(&mut self, nodes: &[NodeId]) -> Option<Operand> {
        let x = nodes.first().and_then(|x| self.number(*x));
        let digits = match nodes.get(1).map(|digits| (*digits, self.known(*digits))) {
            None => Some(0),
            Some((_, Meaning::Number(Operand::Constant(digits))))
                if digits.floor() == digits && digits.abs() <= f64::from(MOST_DIGITS) =>
            {
                Some(digits as i32)
            }
            Some((_, Meaning::Unknown)) => None,
            Some((node, _)) => {
                let message =
                    format!("digits are a whole number from -{MOST_DIGITS} to {MOST_DIGITS}");
                self.fault(self.span(node), message, Some("round(x, 2)".to_string()));
                None
            }
        };
        Some(self.graph.one(Elementwise::Round(digits?), x?))
    }

    fn table(&mut self, nodes: &[NodeId], form: Form) -> Option<Operand> {
        let [x, list] = *nodes else { return None };
        let x = self.number(x);
        let Some(Part::Pairs(pairs)) = self.part(list) else {
            let help = Some("write pairs: [(0, 100), (20_001, 1000)]".to_string());
            self.fault(self.span(list), "the second argument is a list of pairs", help);
            return None;
        };
        if pairs.is_empty() {
            self.fault(self.span(list), "the list is empty", None);
            return None;
        }
        let (mut steps, mut last, mut sound) = (Vec::new(), None, true);
        for &(threshold, value) in pairs {
            let value = self.number(value);
            let Meaning::Number(Operand::Constant(at)) = self.known(threshold) else {
                if self.known(threshold) != Meaning::Unknown {
                    let help = Some("only the second of a pair may vary".to_string());
                    self.fault(self.span(threshold), "a threshold is a plain number", help);
                }
                sound = false;
                continue;
            };
            if last.is_some_and(|last| at <= last) {
                let message = "thresholds must rise from pair to pair";
                self.fault(self.span(threshold), message, None);
                sound = false;
            }
            last = Some(at);
            match value {
                Some(value) => steps.push((at, value)),
                None => sound = false,
            }
        }
        if sound { table::build(form, &mut self.graph, x?, &steps) } else { None }
    }
}
