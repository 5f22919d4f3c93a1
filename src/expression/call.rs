//! Calls: the number of arguments, groups, and what each function becomes.

use super::Extent;
use super::check::{Checker, Meaning};
use super::fault::{Span, listed, suggestion};
use super::function::{Builtin, Function, find, functions};
use super::graph::{NONE, Operand, Reduction, Target};
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
            matches!(function.builtin, Builtin::Across(_) | Builtin::Among(_) | Builtin::Share);
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
            Builtin::LagMean => self.lag_mean(nodes)?,
            Builtin::Given => self.given(nodes)?,
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
                let a = self.of_municipalities(function, *nodes.first()?)?;
                self.graph.reduce(reduction, by?, a)
            }
            Builtin::Among(among) => {
                let found: Vec<Option<Operand>> =
                    nodes.iter().map(|node| self.of_municipalities(function, *node)).collect();
                let found = found.into_iter().collect::<Option<Vec<Operand>>>()?;
                let mut operands = [NONE; 3];
                for (operand, found) in operands.iter_mut().zip(found) {
                    *operand = found;
                }
                let by = match by? {
                    Target::Group(load) => Some(load),
                    Target::Nation | Target::Municipality => None,
                };
                self.graph.among(among, by, operands)
            }
            Builtin::Share => {
                let a = self.of_municipalities(function, *nodes.first()?)?;
                let sum = self.graph.reduce(Reduction::Sum, by?, a);
                self.graph.two(Elementwise::Divide, a, sum)
            }
            Builtin::Points(reduction) => {
                let a = *self.numbers(nodes)?.first()?;
                self.graph.reduce(reduction, Target::Municipality, a)
            }
        }))
    }

    /// An argument of a function across municipalities, which must not differ between points.
    fn of_municipalities(&mut self, function: &Function, node: NodeId) -> Option<Operand> {
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
        let [name, years] = *nodes else { return None };
        let count = self.years_ago(years, 1, "lag(load, 1)");
        let help = "take the past of each name by itself: lag(a, 1) / lag(b, 1)";
        let is_name = self.is_name(name, "lag", help);
        is_name.and(count).and_then(|count| self.past(name, count))
    }

    /// The mean over years is a sum of pasts, so it needs no operation of its own.
    fn lag_mean(&mut self, nodes: &[NodeId]) -> Option<Operand> {
        const EXAMPLE: &str = "lag_mean(load, 1, 3)";
        let [name, from, to] = *nodes else { return None };
        let (first, last) = (self.years_ago(from, 0, EXAMPLE), self.years_ago(to, 1, EXAMPLE));
        self.is_name(name, "lag_mean", "take the mean of each name by itself")?;
        let (first, last) = (first?, last?);
        if first > last {
            let span = self.span(from).to(self.span(to));
            let message = format!("from {first} to {last} years ago runs backwards");
            let help = format!("write the nearer year first: {EXAMPLE}");
            self.fault(span, message, Some(help));
            return None;
        }
        let mut sum = Operand::Constant(0.0);
        for years in first..=last {
            let Meaning::Number(past) = self.past(name, years)? else {
                let message = format!("`{}` is no number", self.written(name));
                self.fault(self.span(name), message, None);
                return None;
            };
            // Nothing is added to 0, so that a mean of one year is its value.
            sum = if years == first { past } else { self.graph.two(Elementwise::Add, sum, past) };
        }
        let count = Operand::Constant(f64::from(last - first + 1));
        Some(self.graph.two(Elementwise::Divide, sum, count))
    }

    /// A number of years as it must be written: whole, and known when the formula is compiled.
    fn years_ago(&mut self, node: NodeId, least: u32, example: &str) -> Option<u32> {
        const MOST_YEARS: f64 = 1000.0;
        match self.part(node) {
            Some(Part::Number(k))
                if *k >= f64::from(least) && *k <= MOST_YEARS && k.floor() == *k =>
            {
                Some(*k as u32)
            }
            _ => {
                let message = format!("`{}` is not a number of years ago", self.written(node));
                let help = Some(format!("write a whole number from {least}: {example}"));
                self.fault(self.span(node), message, help);
                None
            }
        }
    }

    /// Whether the first argument of a function of the past is a name, as it must be.
    fn is_name(&mut self, node: NodeId, function: &str, help: &str) -> Option<()> {
        if matches!(self.part(node), Some(Part::Name)) {
            return Some(());
        }
        let message = format!("`{function}` takes a name, not a formula");
        self.fault(self.span(node), message, Some(help.to_string()));
        None
    }

    /// What a name was so many years ago.
    fn past(&mut self, name: NodeId, years: u32) -> Option<Meaning> {
        let written = self.written(name);
        if years == 0 {
            return self.name(name);
        }
        match self.names.resolve_lag(written, years) {
            Ok(resolved) if self.names.has_gaps(resolved.id) => {
                self.tell_gaps(name);
                None
            }
            Ok(resolved) => Some(self.resolved(resolved)),
            Err(reason) => {
                let known = self.names.resolve(written).is_some()
                    || self.names.known().iter().any(|known| known == written);
                if known {
                    let help = self.names.instead_of_lag(written, years);
                    self.fault(self.span(name), reason, help);
                } else {
                    self.unknown_name(name);
                }
                None
            }
        }
    }

    /// A column whose cells may be empty, with what holds there.
    fn given(&mut self, nodes: &[NodeId]) -> Option<Operand> {
        let [name, otherwise] = *nodes else { return None };
        let otherwise = self.number(otherwise);
        let written = self.written(name);
        let resolved = match self.part(name) {
            Some(Part::Name) => self.names.resolve(written),
            _ => None,
        };
        match resolved {
            Some(resolved) if self.names.has_gaps(resolved.id) => {
                let column = self.graph.load(resolved.id, resolved.shape);
                Some(self.graph.two(Elementwise::Given, column, otherwise?))
            }
            None if matches!(self.part(name), Some(Part::Name)) => {
                self.unknown_name(name);
                None
            }
            _ => {
                let message = format!("`{written}` is no column with empty cells");
                let help = "`given` takes a column that stands in `gaps` of its table; \
                            of anything else the value is always known";
                self.fault(self.span(name), message, Some(help.to_string()));
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
