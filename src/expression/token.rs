//! Text to tokens.

use super::fault::{Fault, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Symbol {
    Number(f64),
    Name,
    /// A quoted text; the token's span includes the quotes, one byte each.
    Text,
    And,
    Or,
    Not,
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Colon,
    End,
}

/// A symbol and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub symbol: Symbol,
    pub span: Span,
}

/// The longer signs first, so that `<=` is not read as `<`.
const SIGNS: [(&str, Symbol); 17] = [
    ("<=", Symbol::AtMost),
    (">=", Symbol::AtLeast),
    ("==", Symbol::Equal),
    ("!=", Symbol::Unequal),
    ("<", Symbol::Less),
    (">", Symbol::Greater),
    ("+", Symbol::Plus),
    ("-", Symbol::Minus),
    ("*", Symbol::Times),
    ("/", Symbol::Over),
    ("^", Symbol::Power),
    ("(", Symbol::Open),
    (")", Symbol::Close),
    ("[", Symbol::OpenList),
    ("]", Symbol::CloseList),
    (",", Symbol::Comma),
    (":", Symbol::Colon),
];

/// Signs of other languages, and what they are here.
const FOREIGN: [(&str, &str); 24] = [
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("**", "write `^` for the power"),
    ("<>", "write `!=`"),
    ("=<", "write `<=`"),
    ("=>", "write `>=`"),
    ("%", "write a share as a number: 0.05 for 5 %"),
    ("≤", "write `<=`"),
    ("≥", "write `>=`"),
    ("≠", "write `!=`"),
    ("−", "write the minus of the keyboard: `-`"),
    ("–", "write the minus of the keyboard: `-`"),
    ("×", "write `*`"),
    ("·", "write `*`"),
    ("÷", "write `/`"),
    ("“", "write straight quotes: 'text'"),
    ("”", "write straight quotes: 'text'"),
    ("„", "write straight quotes: 'text'"),
    ("‘", "write straight quotes: 'text'"),
    ("’", "write straight quotes: 'text'"),
    ("&", "write `and`"),
    ("|", "write `or`"),
    (";", "a comma separates arguments; one formula holds one value"),
    ("\u{a0}", "replace the no-break space by a space"),
];

/// Cuts a text into tokens; the last one is [`Symbol::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or("");
        if matches!(first, ' ' | '\t' | '\n' | '\r') {
            at += 1;
            continue;
        }
        if first == '%'
            && let Some(Token { symbol: Symbol::Number(percent), span }) = tokens.last()
            && span.end == text.get(..at).map_or(at, |before| before.trim_end().len())
        {
            let share = crate::expression::fault::share(*percent);
            let sign = Span { start: at, end: at + 1 };
            let help = format!("write `{share}` for {} %", span.of(text));
            return Err(sign.fault("`%` is not part of a formula").help(help));
        }
        let (symbol, length) = if first.is_ascii_digit() || first == '.' {
            number(rest, at)?
        } else if starts_name(first) {
            let length = rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
            (word(rest.get(..length).unwrap_or("")), length)
        } else if first == '"' || first == '\'' {
            (Symbol::Text, quoted(rest, first, at)?)
        } else {
            sign(rest, first, at)?
        };
        tokens.push(Token { symbol, span: Span { start: at, end: at + length } });
        at += length;
    }
    tokens.push(Token { symbol: Symbol::End, span: Span { start: at, end: at } });
    Ok(tokens)
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    // A letter may be followed by its mark (decomposed Latvian letters): such a name is at least found whole.
    c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c)
}

fn word(name: &str) -> Symbol {
    match name {
        "and" => Symbol::And,
        "or" => Symbol::Or,
        "not" => Symbol::Not,
        _ => Symbol::Name,
    }
}

/// The length of a quoted text with its quotes.
fn quoted(rest: &str, quote: char, at: usize) -> Result<usize, Fault> {
    match rest.get(1..).and_then(|inner| inner.find(quote)) {
        Some(length) => Ok(length + 2),
        None => Err(Span { start: at, end: at + rest.len() }
            .fault("this text is not closed")
            .help(format!("end it by {quote}"))),
    }
}

fn sign(rest: &str, first: char, at: usize) -> Result<(Symbol, usize), Fault> {
    if let Some((sign, help)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
        let span = Span { start: at, end: at + sign.len() };
        return Err(span.fault(format!("`{sign}` is not part of a formula")).help(*help));
    }
    if let Some((sign, symbol)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((*symbol, sign.len()));
    }
    let fault = Span { start: at, end: at + first.len_utf8() }
        .fault(format!("`{}` is not part of a formula", first.escape_debug()));
    Err(match first {
        '=' => fault.help("write `==` to compare"),
        '!' => fault.help("write `not`"),
        _ => fault,
    })
}

fn number(rest: &str, at: usize) -> Result<(Symbol, usize), Fault> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        let tail = bytes.get(from..).unwrap_or(&[]);
        tail.iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count()
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end += 1 + sign + digits(end + 1 + sign);
        }
    }
    let written = rest.get(..end).unwrap_or("");
    let fault = |message: &str| Span { start: at, end: at + end.max(1) }.fault(message);
    if let Some(next) = rest.get(end..).and_then(|rest| rest.chars().next()) {
        let following = |rest: &str, from: usize| -> String {
            let name = rest.get(from..).unwrap_or("");
            name.chars().take_while(|c| continues_name(*c)).collect()
        };
        if starts_name(next) {
            return Err(fault("a name cannot follow a number directly")
                .help(format!("write `{written} * {}` to multiply", following(rest, end))));
        }
        if next == '.' {
            return Err(fault("this number has two decimal points"));
        }
    }
    if written.starts_with('.') || written.ends_with('.') || written.contains(".e") {
        return Err(fault("a digit is missing beside the decimal point").help("write 0.5, or 5"));
    }
    let inside = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let stray = bytes.iter().take(end).enumerate().any(|(k, b)| {
        *b == b'_' && !(k > 0 && inside(bytes.get(k - 1)) && inside(bytes.get(k + 1)))
    });
    if stray {
        return Err(fault("an underscore in a number stands between two digits"));
    }
    match written.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((Symbol::Number(value), end)),
        _ => Err(fault("this number is too large")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Symbol, tokens};

    fn symbols(text: &str) -> Vec<Symbol> {
        tokens(text).unwrap().into_iter().map(|token| token.symbol).collect()
    }

    #[test]
    fn numbers_take_underscores_fractions_and_exponents() {
        for (text, value) in
            [("1_000", 1000.0), ("3.5", 3.5), ("1e6", 1e6), ("2.5E-3", 0.0025), ("0", 0.0)]
        {
            assert_eq!(symbols(text), [Symbol::Number(value), Symbol::End], "{text}");
        }
        for text in [".5", "5.", "1__0", "1_", "1_.5", "1.5.2", "2x", "1e999", "1e6x", "1.e5"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_take_latvian_letters() {
        let found = tokens("platība_km2>_ēka").unwrap();
        let spans: Vec<&str> =
            found.iter().map(|token| token.span.of("platība_km2>_ēka")).collect();
        assert_eq!(spans, ["platība_km2", ">", "_ēka", ""]);
    }

    #[test]
    fn both_quotes_hold_the_other() {
        assert_eq!(symbols("'a\"b' \"c'd\""), [Symbol::Text, Symbol::Text, Symbol::End]);
        assert!(tokens("'open").is_err());
    }

    #[test]
    fn signs_of_other_languages_are_explained() {
        for (text, help) in [("a = b", "=="), ("a && b", "and"), ("50%", "0.5"), ("a ≤ b", "<=")]
        {
            let fault = tokens(text).unwrap_err();
            assert!(fault.help.as_deref().unwrap_or("").contains(help), "{text}: {fault:?}");
        }
    }
}
