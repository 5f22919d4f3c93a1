//! What an address says: names and values, each once or more, in their order.

/// The longest query, in bytes.
pub const LONGEST: usize = 4_096;
/// The most values of a query.
const MOST: usize = 96;

/// The values of an address, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what stands after the question mark; nothing of what is too long, has too many values, is
    /// no UTF-8 or has control characters in it.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let parts = text.split('&').filter(|part| !part.is_empty());
        let mut found = Vec::new();
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if found.len() == MOST {
                return None;
            }
            found.push((decoded(name)?, decoded(value)?));
        }
        Some(Self(found))
    }

    /// The values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a name.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// What follows a beginning of names, with the values: `lever.` → `rate`, `3`.
    pub fn below<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let strip = move |name: &'a str| name.strip_prefix(beginning);
        self.0.iter().filter_map(move |(name, value)| Some((strip(name)?, value.as_str())))
    }
}

/// Names and values as an address has them.
pub fn written(pairs: &[(String, String)]) -> String {
    let each = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    each.collect::<Vec<_>>().join("&")
}

/// A part of a query: what has no meaning there stands as it is.
pub fn encoded(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            found.push(char::from(byte));
        } else {
            found.push_str(&format!("%{byte:02X}"));
        }
    }
    found
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => 16 * digit(left.next()?)? + digit(left.next()?)?,
            other => other,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let pairs =
            [("pick", "tiny/tiny.ron::M1 + I1 & 5 %"), ("lever.rate", "-0.5"), ("q", "Ē\"<")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let text = written(&pairs);
        assert!(text.is_ascii() && !text.contains(['"', '<', ' ']), "{text}");
        assert_eq!(Query::read(&text), Some(Query(pairs.to_vec())));
    }

    #[test]
    fn a_form_writes_blanks_as_plus_and_names_may_come_again() {
        let query = Query::read("pick=a+b&lever.x=1&pick=c&&lever.y=2&bare").unwrap();
        assert_eq!(query.all("pick").collect::<Vec<_>>(), ["a b", "c"]);
        assert_eq!(query.below("lever.").collect::<Vec<_>>(), [("x", "1"), ("y", "2")]);
        assert_eq!((query.one("bare"), query.one("none")), (Some(""), None));
    }

    #[test]
    fn what_is_no_text_or_too_long_is_refused() {
        for wrong in ["a=%", "a=%1", "a=%zz", "a=%ff", "a=%00", "a=%0d%0aSet-Cookie:x"] {
            assert_eq!(Query::read(wrong), None, "{wrong}");
        }
        assert_eq!(Query::read(&"a".repeat(LONGEST + 1)), None);
        assert_eq!(Query::read(&"a=1&".repeat(MOST + 1)), None);
        assert!(Query::read(&"a=1&".repeat(MOST)).is_some());
    }
}
