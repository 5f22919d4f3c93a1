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
/// The most fields of one pair of parentheses.
const MOST_FIELDS: usize = 1_000;
/// The most entries of one map, and the most items of one list that are more than numbers: names
/// are looked up among them.
const MOST_ENTRIES: usize = 10_000;

/// Reads a whole RON text into a tree.
///
/// # Errors
/// The one problem that stops the reading: text that is not valid RON (told alone, with the
/// bracket it belongs to where that helps), brackets nested deeper than [`DEEPEST`], or one of
/// RON's values that a scenario has no use for (ranges, bytes).
pub fn read(source: &Source) -> Result<Node, Box<Problem>> {
    // `ron` counts most brackets twice: once for themselves and once for their elements.
    let options = Options::default().with_recursion_limit(2 * DEEPEST);
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
            let problem = Problem::error(codes::NESTING, "brackets are nested too deeply");
            return Err(Box::new(problem.at(&self.place(start, start + 1), "")));
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
            self.not_too_many(fields.len(), MOST_FIELDS, "fields")?;
        }
        Ok(Kind::Struct(name, fields))
    }

    fn items(&mut self, close: char, depth: usize) -> Step<Vec<Node>> {
        self.scan.step();
        let (mut items, mut numbers) = (Vec::new(), 0);
        while self.more(close)? {
            let item = self.value(depth + 1)?;
            numbers += usize::from(matches!(item.kind, Kind::Number(_)));
            items.push(item);
            self.not_too_many(items.len() - numbers, MOST_ENTRIES, "items")?;
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
            self.not_too_many(entries.len(), MOST_ENTRIES, "entries")?;
        }
        Ok(entries)
    }

    fn not_too_many(&self, count: usize, most: usize, what: &str) -> Step<()> {
        if count <= most {
            return Ok(());
        }
        let message = format!("these brackets hold more than {most} {what}");
        let place = self.place(self.scan.at.saturating_sub(1), self.scan.at);
        Err(Box::new(Problem::error(codes::TOO_MANY, message).at(&place, "here")))
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
        self.source.place(start..end)
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
    use proptest::prelude::*;

    use super::*;

    fn tree(text: &str) -> Result<Node, Box<Problem>> {
        read(&Source { name: "s.ron".into(), text: text.into(), bytes: text.as_bytes().into() })
    }

    fn refused(text: &str) -> (&'static str, String, usize) {
        let problem = tree(text).expect_err("this text is not valid");
        let start = problem.at.map_or(usize::MAX, |(place, _)| place.start);
        (problem.code, problem.message, start)
    }

    /// The tree in short: names, values and what bytes each value covers must agree.
    fn sketch(node: &Node) -> String {
        let items = |items: &[Node]| items.iter().map(sketch).collect::<Vec<_>>().join(" ");
        let name = |name: &Option<Name>| name.as_ref().map_or("", |name| &*name.value).to_owned();
        match &node.kind {
            Kind::Number(number) => format!("{}", number.value),
            Kind::Text(text) => format!("{:?}", text.value),
            Kind::Truth(value) => format!("{value}"),
            Kind::Nothing => "-".into(),
            Kind::Unit(name) => name.value.to_string(),
            Kind::Struct(called, fields) => {
                let field =
                    |field: &Field| format!("{}={}", field.name.value, sketch(&field.value));
                let fields: Vec<String> = fields.iter().map(field).collect();
                format!("{}<{}>", name(called), fields.join(" "))
            }
            Kind::Tuple(called, values) => format!("{}({})", name(called), items(values)),
            Kind::List(values) => format!("[{}]", items(values)),
            Kind::Map(entries) => {
                let entry =
                    |(key, value): &(Node, Node)| format!("{}:{}", sketch(key), sketch(value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn every_form_of_ron_that_a_scenario_uses_is_read() {
        let text = r#"#![enable(implicit_some)] // a comment
            Scenario /* (not [this] */ (
                a: 1_907_675, b: -0.5e1, c: 0x1F, d: inf,
                e: "Rīga \"x\" \n", f: r"raw \ text", g: 'c',
                h: [1, 2,], i: {"k": 1, 2022: 3, "k": 4}, j: Same, k: Yearly(), l: (),
                m: Some(3), n: None, o: ("a", "b"), p: Worksheet([(line: "x",)]), q: true,
                r#type: 1, s: Some((x: 1)),
            )"#;
        let node = tree(text).expect("this text is valid");
        assert_eq!(
            sketch(&node),
            "Scenario<a=1907675 b=-5 c=31 d=inf e=\"Rīga \\\"x\\\" \\n\" f=\"raw \\\\ text\" \
             g=\"c\" h=[1 2] i={\"k\":1 2022:3 \"k\":4} j=Same k=Yearly() l=() m=3 n=- \
             o=(\"a\" \"b\") p=Worksheet([<line=\"x\">]) q=true type=1 s=<x=1>>"
        );
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "(a: 1_000 , b: Pert ( min: 2 ), c: \"x + y\", d: \"\\x41b\")";
        let node = tree(text).expect("this text is valid");
        let shown = |place: &Place| &text[place.start..place.end];
        let field = |name| node.field(name).expect("the field is there");
        assert_eq!(shown(&field("a").place), "1_000");
        assert_eq!(shown(&field("b").place), "Pert ( min: 2 )");
        assert_eq!(shown(&field("b").head()), "Pert");
        let formula = field("c").as_text().expect("it is a text");
        assert_eq!(shown(&formula.part(4..5)), "y");
        // With an escape the bytes of the value are not those of the source: all of it is shown.
        let escaped = field("d").as_text().expect("it is a text");
        assert_eq!((&*escaped.value, shown(&escaped.part(1..2))), ("Ab", "\\x41b"));
    }

    #[test]
    fn whole_numbers_keep_every_digit() {
        let node = tree("[18_446_744_073_709_551_615, 3.0, -7]").expect("this text is valid");
        let Kind::List(items) = node.kind else { panic!("it is a list") };
        let whole = |at: usize| match items[at].kind {
            Kind::Number(number) => number.whole,
            _ => None,
        };
        assert_eq!((whole(0), whole(1), whole(2)), (Some(u64::MAX.into()), None, Some(-7)));
    }

    #[test]
    fn hostile_nesting_is_refused_without_harm() {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("{1:", "}"), ("Some(", ")"), ("A(", ")"), ("(a:", ")")]
        {
            let deep = |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
            assert_eq!(refused(&deep(100_000)).0, codes::NESTING, "{open}");
            assert_eq!(refused(&open.repeat(100_000)).0, codes::NESTING, "{open}");
            assert!(tree(&deep(DEEPEST - 1)).is_ok(), "{open}");
        }
        let comments = "/*".repeat(100_000);
        assert_eq!(refused(&comments).1, "a comment `/* … */` is never closed");
    }

    #[test]
    fn a_line_of_ten_megabytes_is_read_and_its_fault_found() {
        let long = format!("(a: \"{}\", b 1)", "ā".repeat(5 << 20));
        let (code, _, start) = refused(&long);
        assert_eq!((code, start), (codes::SYNTAX, long.len() - 2));
    }

    #[test]
    fn brackets_that_hold_too_much_are_refused_before_names_are_compared() {
        let list = |item: &str, count: usize| format!("[{}]", format!("{item},").repeat(count));
        assert!(tree(&list("1", 100_000)).is_ok());
        assert!(tree(&list("\"a\"", MOST_ENTRIES)).is_ok());
        let (code, message, _) = refused(&list("\"a\"", MOST_ENTRIES + 1));
        assert_eq!(code, codes::TOO_MANY);
        assert_eq!(message, "these brackets hold more than 10000 items");
        assert_eq!(refused(&format!("({})", "a: 1,".repeat(MOST_FIELDS + 1))).0, codes::TOO_MANY);
        assert_eq!(
            refused(&format!("{{{}}}", "1: 1,".repeat(MOST_ENTRIES + 1))).0,
            codes::TOO_MANY
        );
    }

    #[test]
    fn what_a_scenario_has_no_use_for_is_refused() {
        for text in ["1..2", "(a: ..=3)", "b\"x\"", "b'x'", "#![enable(unwrap_newtypes)] 1"] {
            assert_eq!(refused(text).0, codes::UNSUPPORTED, "{text}");
        }
    }

    proptest! {
        /// Whatever the bytes, reading ends with a tree or a problem; and it ends with a tree
        /// exactly when `ron` finds a value, save for the few values that are refused.
        #[test]
        fn any_text_is_read_or_refused(text in r#"([a-c(){}\[\]:,"' /*0-9.+\-_rb#\\]|Some|None|r#"|//|\n|ā){0,40}"#) {
            let valid = ron::from_str::<IgnoredAny>(&text).is_ok();
            match tree(&text) {
                Ok(_) => prop_assert!(valid),
                Err(problem) => prop_assert!(!valid || problem.code == codes::UNSUPPORTED, "{:?} {:?}", text, problem),
            }
        }

        /// A tree written by `ron` itself is read as the same values.
        #[test]
        fn what_ron_writes_is_read_back(
            numbers in proptest::collection::vec(any::<f64>().prop_filter("finite", |x| x.is_finite()), 0..5),
            texts in proptest::collection::vec(any::<String>(), 0..5),
            pretty in any::<bool>(),
        ) {
            let written = if pretty {
                ron::ser::to_string_pretty(&(&numbers, &texts), ron::ser::PrettyConfig::default())
            } else {
                ron::to_string(&(&numbers, &texts))
            };
            let text = written.expect("ron writes numbers and texts");
            let node = tree(&text).expect("ron reads what it writes");
            let list = |items: &[String]| format!("[{}]", items.join(" "));
            let expected = format!(
                "({} {})",
                list(&numbers.iter().map(f64::to_string).collect::<Vec<_>>()),
                list(&texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>()),
            );
            prop_assert_eq!(sketch(&node), expected);
        }
    }
}
