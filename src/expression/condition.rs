//! One call compared with a number, such as `gini('load', 2025) <= 0.2`: read, not evaluated.

use super::fault::{Fault, Span};
use super::token::{Symbol, Token, tokens};
use std::ops::Range;

/// A name with arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub name: String,
    /// Where the name stands: bytes of the text.
    pub place: Range<usize>,
    /// What stands between the parentheses.
    pub arguments: Vec<Argument>,
}

/// A call, a sign of comparison and a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What is compared.
    pub call: Call,
    /// How it is compared.
    pub sign: Sign,
    /// With what.
    pub number: f64,
    /// Where the number stands.
    pub number_place: Range<usize>,
}

/// One argument of the call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// What is given.
    pub given: Given,
    /// Where it stands, with its quotes.
    pub place: Range<usize>,
}

/// A text or a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A text in quotes.
    Text(String),
    /// A number.
    Number(f64),
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Sign {
    /// As it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether small values meet it.
    #[must_use]
    pub fn is_from_above(self) -> bool {
        matches!(self, Self::Less | Self::AtMost)
    }
}

/// Reads a condition.
///
/// # Errors
/// The first thing that is not as it should be, with its place.
pub fn condition(text: &str) -> Result<Condition, Fault> {
    let tokens = tokens(text)?;
    let mut reader = Reader { text, tokens: &tokens, at: 0 };
    let call = reader.call("a condition", "mean('award', 2025) >= 3e6")?;
    let token = reader.next();
    let sign = match token.symbol {
        Symbol::Less => Sign::Less,
        Symbol::AtMost => Sign::AtMost,
        Symbol::Greater => Sign::Greater,
        Symbol::AtLeast => Sign::AtLeast,
        Symbol::Equal | Symbol::Unequal => {
            let fault = token.span.fault("what is simulated never hits a number exactly");
            return Err(fault.help("write `<=` or `>=`"));
        }
        _ => return Err(reader.wanted(token, "`<=` or `>=` and a number")),
    };
    let (number, span) = reader.number()?;
    let end = reader.next();
    if end.symbol != Symbol::End {
        return Err(end.span.fault("one call is compared with one number").help("end here"));
    }
    Ok(Condition { call, sign, number, number_place: span.start..span.end })
}

/// Reads a call that is compared with nothing.
///
/// # Errors
/// The first thing that is not as it should be, with its place.
pub fn call(text: &str) -> Result<Call, Fault> {
    let tokens = tokens(text)?;
    let mut reader = Reader { text, tokens: &tokens, at: 0 };
    let call = reader.call("a measure", "mean('award', 2025)")?;
    let end = reader.next();
    match end.symbol {
        Symbol::End => Ok(call),
        Symbol::Less | Symbol::AtMost | Symbol::Greater | Symbol::AtLeast => {
            let fault = end.span.fault("a measure is compared with nothing here");
            Err(fault.help("leave out the sign and the number"))
        }
        _ => Err(end.span.fault("a measure is one call").help("end here")),
    }
}

/// The tokens one after the other; the last stays.
struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Token {
        let end = Span { start: self.text.len(), end: self.text.len() };
        let last = Token { symbol: Symbol::End, span: end };
        self.tokens.get(self.at).copied().unwrap_or(last)
    }

    fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn wanted(&self, token: Token, wanted: &str) -> Fault {
        match token.span.of(self.text) {
            "" => token.span.fault(format!("here {wanted} is missing")),
            found => token.span.fault(format!("`{found}` stands where {wanted} should")),
        }
    }

    fn take(&mut self, symbol: Symbol, wanted: &str) -> Result<(), Fault> {
        let token = self.next();
        if token.symbol == symbol { Ok(()) } else { Err(self.wanted(token, wanted)) }
    }

    fn call(&mut self, what: &str, such_as: &str) -> Result<Call, Fault> {
        let first = self.next();
        if first.symbol != Symbol::Name {
            let fault = first.span.fault(format!("{what} begins with a name"));
            return Err(fault.help(format!("write such as {such_as}")));
        }
        let name = first.span.of(self.text).to_owned();
        self.take(Symbol::Open, "`(`")?;
        let mut arguments = Vec::new();
        if self.peek().symbol == Symbol::Close {
            self.next();
        } else {
            loop {
                arguments.push(self.argument()?);
                let next = self.next();
                match next.symbol {
                    Symbol::Comma => {}
                    Symbol::Close => break,
                    _ => return Err(self.wanted(next, "`,` or `)`")),
                }
            }
        }
        Ok(Call { name, place: first.span.start..first.span.end, arguments })
    }

    fn number(&mut self) -> Result<(f64, Span), Fault> {
        let first = self.next();
        match first.symbol {
            Symbol::Number(value) => Ok((value, first.span)),
            Symbol::Minus => match self.next() {
                Token { symbol: Symbol::Number(value), span } => Ok((-value, first.span.to(span))),
                other => Err(self.wanted(other, "a number")),
            },
            _ => Err(self.wanted(first, "a number")),
        }
    }

    fn argument(&mut self) -> Result<Argument, Fault> {
        let token = self.peek();
        if token.symbol == Symbol::Text {
            self.next();
            let quoted = token.span.of(self.text);
            let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
            let place = token.span.start..token.span.end;
            return Ok(Argument { given: Given::Text(inner.to_owned()), place });
        }
        if token.symbol == Symbol::Name {
            let name = token.span.of(self.text);
            let fault = token.span.fault(format!("the name `{name}` stands without quotes"));
            return Err(fault.help(format!("write '{name}'")));
        }
        let (value, span) = self.number()?;
        Ok(Argument { given: Given::Number(value), place: span.start..span.end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_compared_with_a_number_is_taken_apart() {
        let text = "p_shortfall(\"maintenance\", 2025) <= 0.05";
        let read = condition(text).unwrap();
        assert_eq!(
            (read.call.name.as_str(), read.sign, read.number),
            ("p_shortfall", Sign::AtMost, 0.05)
        );
        let given: Vec<Given> = read.call.arguments.iter().map(|one| one.given.clone()).collect();
        assert_eq!(given, [Given::Text("maintenance".to_owned()), Given::Number(2025.0)]);
        assert_eq!(&text[read.call.arguments[1].place.clone()], "2025");
        assert_eq!(&text[read.number_place], "0.05");
        let none = condition("coverage() > -1_000").unwrap();
        assert_eq!(
            (none.call.arguments.len(), none.sign, none.number),
            (0, Sign::Greater, -1000.0)
        );
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let fault = |text: &str| condition(text).unwrap_err();
        let place = |text: &'static str| text.get(fault(text).range).unwrap().to_owned();
        assert_eq!(place("gini(load) <= 1"), "load");
        assert_eq!(place("gini('load') == 1"), "==");
        assert_eq!(place("gini('load') <= 'a'"), "'a'");
        assert_eq!(place("gini('load') <= 1 and 2"), "and");
        assert_eq!(place("0.2 >= gini('load')"), "0.2");
        assert_eq!(fault("gini('load') ≤ 1").help.as_deref(), Some("write `<=`"));
        assert_eq!(fault("gini('load')").message, "here `<=` or `>=` and a number is missing");
        assert_eq!(
            fault("gini('load' 2025) <= 1").message,
            "`2025` stands where `,` or `)` should"
        );
        assert!(fault("").message.starts_with("a condition begins"));
    }

    #[test]
    fn a_measure_is_a_call_and_nothing_more() {
        let read = call("gini('load', 2025)").unwrap();
        assert_eq!((read.name.as_str(), read.arguments.len()), ("gini", 2));
        let text = "gini('load') <= 0.2";
        let fault = call(text).unwrap_err();
        assert_eq!(&text[fault.range.clone()], "<=");
        assert_eq!(fault.help.as_deref(), Some("leave out the sign and the number"));
        assert!(call("gini('load') 'x'").is_err() && call("").is_err());
    }
}
