//! Calls: the number of arguments, groups, and what each function becomes.

use super::Extent;
use super::check::{Checker, Meaning};
use super::fault::{Span, listed, suggestion};
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
            let help = if let Some(here) = super::function::called_elsewhere(written) {
                format!("here it is {here}")
            } else if self.names.resolve(written).is_some() {
                format!("`{written}` is a value: write `{written} * (…)` to multiply")
            } else {
                let names: Vec<&str> = functions().iter().map(|function| function.name).collect();
                let known = names.iter().map(ToString::to_string).collect();
                suggestion(written, known)
                    .unwrap_or_else(|| format!("the functions are {}", listed(&names)))
            };
            self.fault(name, format!("there is no function `{written}`"), Some(help));
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
            let help = match self.decimal_comma(&nodes) {
                Some(number) if nodes.len() > most => {
                    format!("the decimal sign is a point: is `{number}` meant?")
                }
                _ => format!("write `{}`", function.signature),
            };
            self.fault(name, message, Some(help));
            return None;
        }
        self.tell_doubtful_comma(&nodes);
        self.builtin(function, &nodes, by)
    }

    /// Two neighbouring arguments `1,5` as the number that may be meant, `1.5`.
    fn decimal_comma(&self, nodes: &[NodeId]) -> Option<String> {
        nodes.windows(2).find_map(|pair| {
            let (whole, rest) = (self.span(pair[0]), self.span(pair[1]));
            let whole_number = |node| {
                let digits = self.written(node).bytes().all(|byte| byte.is_ascii_digit());
                digits && matches!(self.part(node), Some(Part::Number(_)))
            };
            let glued = rest.start == whole.end + 1;
            (glued && whole_number(pair[0]) && whole_number(pair[1]))
                .then(|| format!("{}.{}", whole.of(self.text), rest.of(self.text)))
        })
    }

    /// `max(1,5, x)` may be a slip of the pen for `max(1.5, x)`: a comma without a space between
    /// digits is refused where another comma of the same call has its space.
    fn tell_doubtful_comma(&mut self, nodes: &[NodeId]) {
        let Some(number) = self.decimal_comma(nodes) else { return };
        let spaced = |pair: &[NodeId]| {
            let (first, second) = (self.span(pair[0]), self.span(pair[1]));
            let between = Span { start: first.end, end: second.start }.of(self.text);
            between.split_once(',').is_some_and(|(_, rest)| rest.starts_with(char::is_whitespace))
        };
        if !nodes.windows(2).any(spaced) {
            return;
        }
        let comma = number.replace('.', ",");
        let glued = nodes
            .windows(2)
            .find(|pair| self.span(pair[0]).to(self.span(pair[1])).of(self.text) == comma);
        if let Some([first, second]) = glued {
            let span = self.span(*first).to(self.span(*second));
            let message = format!("`{comma}` may be one number or two arguments");
            let spaced = comma.replace(',', ", ");
            let help = format!("write `{number}` for the number, `{spaced}` for two arguments");
            self.fault(span, message, Some(help));
        }
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
                let help = match function.name {
                    "max" | "min" => {
                        format!("for groups there is `{0}_of(x, by: column)`", function.name)
                    }
                    _ => format!("write `{}`", function.signature),
                };
                self.fault(label, message, Some(help));
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
            let help = "groups are the texts of such a column: sum(x, by: region)".to_string();
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
                let message = format!("`{}` is not a number of years ago", self.written(years));
                let help = Some("write a whole number from 1: lag(load, 1)".to_string());
                self.fault(self.span(years), message, help);
                None
            }
        };
        if !matches!(self.part(name), Some(Part::Name)) {
            let help = "take the past of each name by itself: lag(a, 1) / lag(b, 1)".to_string();
            self.fault(self.span(name), "`lag` takes a name, not a formula", Some(help));
            return None;
        }
        let (written, count) = (self.written(name), count?);
        match self.names.resolve_lag(written, count) {
            Ok(resolved) => Some(self.resolved(resolved)),
            Err(reason) => {
                let known = self.names.resolve(written).is_some()
                    || self.names.known().iter().any(|known| known == written);
                if known {
                    let help = self.names.instead_of_lag(written, count);
                    self.fault(self.span(name), reason, help);
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
                let message = format!("`{}` is not a number of digits", self.written(node));
                let help = format!(
                    "write a whole number from -{MOST_DIGITS} to {MOST_DIGITS}: round(x, 2)"
                );
                self.fault(self.span(node), message, Some(help));
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
            let help = Some("write pairs: [(0, 100), (20_001, 1000)]".to_string());
            self.fault(self.span(list), "the list is empty", help);
            return None;
        }
        let (mut steps, mut last, mut sound) = (Vec::new(), None, true);
        for &(threshold, value) in pairs {
            let value = self.number(value);
            let Meaning::Number(Operand::Constant(at)) = self.known(threshold) else {
                if self.known(threshold) != Meaning::Unknown {
                    let message = format!("`{}` is not a plain number", self.written(threshold));
                    let help = "steps begin at plain numbers; only the second of a pair may vary";
                    self.fault(self.span(threshold), message, Some(help.to_string()));
                }
                sound = false;
                continue;
            };
            if last.is_some_and(|last| at <= last) {
                let written = self.written(threshold);
                let (message, help) = if last == Some(at) {
                    (format!("there are two steps at {written}"), "leave one of them out")
                } else {
                    let message = format!("the step at {written} follows a higher one");
                    (message, "write the steps from the lowest to the highest")
                };
                self.fault(self.span(threshold), message, Some(help.to_string()));
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
