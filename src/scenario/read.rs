//! RON text → spanned tree.
//!
//! The crate `ron` decides what is valid and what each number and string means; it tells no
//! places below the top, so the walk that follows it only finds where things stand in a text
//! that `ron` has already accepted.

use ron::de::Deserializer;
use ron::extensions::Extensions;
use ron::options::Options;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::scan::Scan;
use super::syntax::syntax_problem;
use super::tree::{Field, Kind, Name, Node, Number, Text};
use crate::problem::{Place, Problem, Source, codes};

/// The deepest nesting of brackets in one file.
pub const DEEPEST: usize = 64;

/// Reads a whole RON text into a tree.
///
/// # Errors
/// The one problem that stops the reading: text that is not valid RON (told alone, with the
/// bracket it belongs to where that helps), brackets nested deeper than [`DEEPEST`], or one of
/// RON's values that a scenario has no use for (ranges, bytes).
pub fn read(source: &Source) -> Result<Node, Box<Problem>> {
    let options = Options::default().with_recursion_limit(DEEPEST);
    let extensions = Deserializer::from_str_with_options(&source.text, &options)
        .and_then(|mut deserializer| {
            let outcome =
                IgnoredAny::deserialize(&mut deserializer).and_then(|_| deserializer.end());
            outcome.map_err(|error| deserializer.span_error(error))?;
            Ok(deserializer.extensions())
        })
        .map_err(|error| Box::new(syntax_problem(source, &error)))?;

    let mut walk = Walk { source, scan: Scan::new(&source.text) };
    walk.scan.skip_attributes();
    if !(extensions & !Extensions::IMPLICIT_SOME).is_empty() {
        let place = walk.place(0, walk.scan.at.max(1));
        return Err(Box::new(
            Problem::error(codes::UNSUPPORTED, "this RON extension is not used in scenarios")
                .at(&place, "")
                .help("leave the line out; only `implicit_some` may be enabled"),
        ));
    }
    walk.value(0)
}

/// Walks a text that `ron` has accepted.
struct Walk<'a> {
    source: &'a Source,
    scan: Scan<'a>,
}

type Step<T> = Result<T, Box<Problem>>;

impl Walk<'_> {
    fn value(&mut self, depth: usize) -> Step<Node> {
        self.scan.space();
        let start = self.scan.at;
        if depth > DEEPEST {
            return Err(self.unsupported(start, "brackets are nested too deeply here"));
        }
        let kind = match self.scan.peek() {
            Some('[') => Kind::List(self.items(']', depth)?),
            Some('{') => Kind::Map(self.entries(depth)?),
            Some('(') => self.parenthesis(None, depth)?,
            Some('"' | '\'') => self.text()?,
            Some('r') if self.scan.raw_string_ahead() => self.text()?,
            Some('b') if self.scan.bytes_ahead() => {
                return Err(self.unsupported(start, "bytes are not used in scenarios"));
            }
            Some('0'..='9' | '+' | '-' | '.') => self.number()?,
            Some(_) => return self.named(start, depth),
            None => return Err(self.unsupported(start, "a value is missing here")),
        };
        Ok(Node { place: self.place(start, self.scan.at), kind })
    }

    /// What begins with a name: `true`, `None`, `Some(…)`, `inf`, `Same`, `Pert(…)`.
    fn named(&mut self, start: usize, depth: usize) -> Step<Node> {
        let name = self.name()?;
        let end = self.scan.at;
        let kind = match &*name.value {
            "true" => Kind::Truth(true),
            "false" => Kind::Truth(false),
            "None" => Kind::Nothing,
            "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => {
                self.scan.at = start;
                self.number()?
            }
            written => {
                self.scan.space();
                if self.scan.peek() != Some('(') {
                    self.scan.at = end;
                    Kind::Unit(name)
                } else if written == "Some" {
                    return self.some(depth);
                } else {
                    self.parenthesis(Some(name), depth)?
                }
            }
        };
        Ok(Node { place: self.place(start, self.scan.at), kind })
    }

    /// `Some(x)` is x.
    fn some(&mut self, depth: usize) -> Step<Node> {
        let start = self.scan.at;
        let mut items = self.items(')', depth)?;
        match (items.pop(), items.is_empty()) {
            (Some(item), true) => Ok(item),
            _ => Err(self.unsupported(start, "`Some` takes exactly one value")),
        }
    }

    /// From `(` to `)`: a struct where a name and a colon follow, else a tuple.
    fn parenthesis(&mut self, name: Option<Name>, depth: usize) -> Step<Kind> {
        if !self.scan.field_ahead() {
            return Ok(Kind::Tuple(name, self.items(')', depth)?));
        }
        self.scan.step();
        let mut fields = Vec::new();
        while self.more(')')? {
            let name = self.name()?;
            self.colon()?;
            fields.push(Field { name, value: self.value(depth + 1)? });
        }
        Ok(Kind::Struct(name, fields))
    }

    fn items(&mut self, close: char, depth: usize) -> Step<Vec<Node>> {
        self.scan.step();
        let mut items = Vec::new();
        while self.more(close)? {
            items.push(self.value(depth + 1)?);
        }
        Ok(items)
    }

    fn entries(&mut self, depth: usize) -> Step<Vec<(Node, Node)>> {
        self.scan.step();
        let mut entries = Vec::new();
        while self.more('}')? {
            let key = self.value(depth + 1)?;
            self.colon()?;
            entries.push((key, self.value(depth + 1)?));
        }
        Ok(entries)
    }

    /// Passes a comma and says whether another element follows; passes the closing bracket.
    fn more(&mut self, close: char) -> Step<bool> {
        self.scan.space();
        if self.scan.take(',') {
            self.scan.space();
        }
        if self.scan.take(close) {
            return Ok(false);
        }
        if self.scan.peek().is_none() {
            return Err(self.unsupported(self.scan.at, "a closing bracket is missing"));
        }
        Ok(true)
    }

    fn colon(&mut self) -> Step<()> {
        self.scan.space();
        if self.scan.take(':') {
            Ok(())
        } else {
            Err(self.unsupported(self.scan.at, "a colon is missing here"))
        }
    }

    fn name(&mut self) -> Step<Name> {
        self.scan.space();
        let start = self.scan.at;
        self.scan.word();
        let written = self.slice(start);
        if written.is_empty() {
            return Err(self.unsupported(start, "a name or value is needed here"));
        }
        let value = written.strip_prefix("r#").unwrap_or(written).into();
        Ok(Name { value, place: self.place(start, self.scan.at) })
    }

    fn text(&mut self) -> Step<Kind> {
        let start = self.scan.at;
        let content = self.scan.string();
        let written = self.slice(start);
        let value = if written.starts_with('\'') {
            ron::from_str::<char>(written).map(|letter| letter.to_string())
        } else {
            ron::from_str::<String>(written)
        };
        let value = value.map_err(|_| self.unsupported(start, "this text cannot be read"))?;
        let verbatim = self.source.text.get(content.clone()) == Some(&*value);
        let content = Place::new(&self.source.name, content);
        Ok(Kind::Text(Text { value: value.into(), content, verbatim }))
    }

    fn number(&mut self) -> Step<Kind> {
        let start = self.scan.at;
        self.scan.number();
        match ron::from_str::<ron::Value>(self.slice(start)) {
            Ok(ron::Value::Number(number)) if !self.scan.range_ahead() => {
                Ok(Kind::Number(Number { value: number.into_f64(), whole: whole(number) }))
            }
            _ => {
                self.scan.word();
                Err(self.unsupported(start, "only single numbers are used in scenarios"))
            }
        }
    }

    fn slice(&self, start: usize) -> &str {
        self.source.text.get(start..self.scan.at).unwrap_or("")
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(&self.source.name, start..end)
    }

    fn unsupported(&self, start: usize, message: &str) -> Box<Problem> {
        let place = self.place(start, self.scan.at.max(start + 1));
        Box::new(Problem::error(codes::UNSUPPORTED, message).at(&place, ""))
    }
}

fn whole(number: ron::value::Number) -> Option<i128> {
    use ron::value::Number as Written;
    match number {
        Written::I8(value) => Some(value.into()),
        Written::I16(value) => Some(value.into()),
        Written::I32(value) => Some(value.into()),
        Written::I64(value) => Some(value.into()),
        Written::U8(value) => Some(value.into()),
        Written::U16(value) => Some(value.into()),
        Written::U32(value) => Some(value.into()),
        Written::U64(value) => Some(value.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Sources, render};

    fn source(text: &str) -> Source {
        Source { name: "s.ron".into(), text: text.into(), bytes: text.as_bytes().into() }
    }
    #[test]
    fn show() {
        for text in ["(a: 1, b: 2", "(\n  a: 1\n  b: 2,\n)", "(a: [1, 2)", "(a: \"x)", "(a: 1,5)", "(\"a\": 1)", "(a: 1, \"b\": 2)", "(a = 1)", "{1: 2, 3}", "(a: 1))", "", "(a: /* c", "(a: „x“)", "(a: 1..2)", "(a: b\"x\")", &"(".repeat(100_000), &"[".repeat(1000), "(a: 0x1G)", "(a: 99999999999999999999999)", "(a: \u{0})", "(a: \"\\q\")", "#![enable(unwrap_newtypes)]\n(a: 1)", "Scenario(a: Pert(min: 1, mode: 2, max: 3), b: Same, c: Some(3), d: Import(\"x.ron\"))"] {
            let s = source(text);
            match read(&s) {
                Ok(node) => println!("OK {node:?}"),
                Err(problem) => println!("{}", render(&[*problem], &Sources(vec![s.clone()]), false)),
            }
        }
    }
}
