//! Plain arithmetic over numbers that are put in: what a reader would do with a pocket calculator. It
//! shares nothing with the program's own evaluation.

use dotacija::units::round_half_up;

/// A value: truths are 1 and 0.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
    Pairs(Vec<(f64, f64)>),
}

struct Reader<'t> {
    rest: &'t str,
}

/// What a formula with its numbers put in comes to.
pub fn value(text: &str) -> f64 {
    let mut reader = Reader { rest: text };
    let value = reader.either();
    reader.space();
    assert!(reader.rest.is_empty(), "`{}` is left of `{text}`", reader.rest);
    number(value)
}

fn number(value: Value) -> f64 {
    match value {
        Value::Number(number) => number,
        other => panic!("{other:?} is no number"),
    }
}

fn truth(holds: bool) -> Value {
    Value::Number(f64::from(u8::from(holds)))
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, symbol: &str) -> bool {
        self.space();
        let Some(rest) = self.rest.strip_prefix(symbol) else { return false };
        let is_word = symbol.chars().all(char::is_alphabetic);
        if is_word && rest.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
            return false;
        }
        self.rest = rest;
        true
    }

    fn must(&mut self, symbol: &str) {
        assert!(self.take(symbol), "`{symbol}` should stand before `{}`", self.rest);
    }

    fn either(&mut self) -> Value {
        let mut left = self.both();
        while self.take("or") {
            let right = number(self.both());
            left = truth(number(left) != 0.0 || right != 0.0);
        }
        left
    }

    fn both(&mut self) -> Value {
        let mut left = self.compared();
        while self.take("and") {
            let right = number(self.compared());
            left = truth(number(left) != 0.0 && right != 0.0);
        }
        left
    }

    fn compared(&mut self) -> Value {
        if self.take("not") {
            let of = number(self.compared());
            return truth(of == 0.0);
        }
        let left = self.sum();
        for symbol in ["<=", ">=", "==", "!=", "<", ">"] {
            if self.take(symbol) {
                let right = self.sum();
                return truth(match symbol {
                    "==" => left == right,
                    "!=" => left != right,
                    "<=" => number(left) <= number(right),
                    ">=" => number(left) >= number(right),
                    "<" => number(left) < number(right),
                    _ => number(left) > number(right),
                });
            }
        }
        left
    }

    fn sum(&mut self) -> Value {
        let mut left = self.product();
        loop {
            if self.take("+") {
                left = Value::Number(number(left) + number(self.product()));
            } else if self.take("-") {
                left = Value::Number(number(left) - number(self.product()));
            } else {
                return left;
            }
        }
    }

    fn product(&mut self) -> Value {
        let mut left = self.signed();
        loop {
            if self.take("*") {
                left = Value::Number(number(left) * number(self.signed()));
            } else if self.take("/") {
                left = Value::Number(number(left) / number(self.signed()));
            } else {
                return left;
            }
        }
    }

    fn signed(&mut self) -> Value {
        if self.take("-") {
            return Value::Number(-number(self.signed()));
        }
        let base = self.operand();
        if self.take("^") {
            return Value::Number(number(base).powf(number(self.signed())));
        }
        base
    }

    fn operand(&mut self) -> Value {
        self.space();
        if self.take("(") {
            let inner = self.either();
            self.must(")");
            return inner;
        }
        if let Some(quote) = self.rest.chars().next().filter(|first| ['\'', '"'].contains(first)) {
            let (text, rest) = self.rest[1..].split_once(quote).unwrap();
            self.rest = rest;
            return Value::Text(text.to_owned());
        }
        if self.take("[") {
            return self.pairs();
        }
        let is_word = self.rest.starts_with(char::is_alphabetic);
        let end = |stop: &dyn Fn(char) -> bool| {
            self.rest.find(|letter| !stop(letter)).unwrap_or(self.rest.len())
        };
        if is_word {
            let (name, rest) =
                self.rest.split_at(end(&|letter| letter.is_alphanumeric() || letter == '_'));
            self.rest = rest;
            assert!(self.take("("), "the name `{name}` was not put in");
            return self.call(name);
        }
        let digits = end(&|letter| letter.is_ascii_digit() || "._".contains(letter));
        let mut length = digits;
        let after = &self.rest[digits..];
        if let Some(power) = after.strip_prefix(['e', 'E']) {
            let sign = usize::from(power.starts_with(['-', '+']));
            let more = power[sign..].find(|letter: char| !letter.is_ascii_digit());
            length += 1 + sign + more.unwrap_or(power.len() - sign);
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        Value::Number(
            digits.replace('_', "").parse().unwrap_or_else(|_| panic!("`{digits}{rest}`")),
        )
    }

    fn pairs(&mut self) -> Value {
        let mut pairs = Vec::new();
        while self.take("(") {
            let at = number(self.either());
            self.must(",");
            pairs.push((at, number(self.either())));
            self.must(")");
            self.take(",");
        }
        self.must("]");
        Value::Pairs(pairs)
    }

    fn call(&mut self, name: &str) -> Value {
        let mut arguments = Vec::new();
        while !self.take(")") {
            arguments.push(self.either());
            self.take(",");
        }
        let n = |index: usize| number(arguments[index].clone());
        let all = || arguments.iter().cloned().map(number);
        Value::Number(match name {
            "if" => return arguments[if n(0) == 0.0 { 2 } else { 1 }].clone(),
            "min" => all().fold(f64::INFINITY, f64::min),
            "max" => all().fold(f64::NEG_INFINITY, f64::max),
            "clamp" => n(0).max(n(1)).min(n(2)),
            "abs" => n(0).abs(),
            "floor" => n(0).floor(),
            "ceil" => n(0).ceil(),
            "sqrt" => n(0).sqrt(),
            "exp" => n(0).exp(),
            "ln" => n(0).ln(),
            "pow" => n(0).powf(n(1)),
            "round" => round_half_up(n(0), arguments.get(1).map_or(0, |_| n(1) as i32)),
            "bracket" => {
                let Value::Pairs(pairs) = &arguments[1] else { panic!("no list") };
                pairs.iter().rfind(|(from, _)| *from <= n(0)).unwrap().1
            }
            "interpolate" => {
                let Value::Pairs(pairs) = &arguments[1] else { panic!("no list") };
                between(pairs, n(0))
            }
            other => panic!("`{other}` looks beyond the row: its number should be put in"),
        })
    }
}

fn between(pairs: &[(f64, f64)], x: f64) -> f64 {
    let after = pairs.partition_point(|(at, _)| *at <= x);
    match (after.checked_sub(1).map(|before| pairs[before]), pairs.get(after)) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * (x - from) / (to - from),
        (Some((_, only)), None) => only,
        (None, Some((_, only))) => *only,
        (None, None) => panic!("an empty list"),
    }
}

#[test]
fn arithmetic_is_that_of_school() {
    for (text, expected) in [
        ("80 * 24 + 400 * 12", 6_720.0),
        ("-2 ^ 2 + (-3) * 2", -10.0),
        ("2 ^ 3 ^ 2 / 2", 256.0),
        ("if('Latgale' == 'Latgale' and not 1 > 2, 1_000, 5)", 1_000.0),
        ("bracket(24000, [(0, 500), (20_001, 1000)])", 1_000.0),
        ("interpolate(2024, [(2022, 10), (2026, 30)])", 20.0),
        ("min(3, 4, 2) + max(0, -1) + clamp(5, 6, 8) + round(2.345, 2)", 10.35),
        ("1 - 2 - 3", -4.0),
        ("1.5e-3 * 2", 0.003),
    ] {
        assert!((value(text) - expected).abs() < 1e-12, "{text}");
    }
}
