//! Words without end, as a page shows them.

/// Longer words may be broken, after so many letters each time.
const LONGEST: usize = 30;

/// A text as HTML, escaped as in templates, in which words of very many letters may be broken: no column is as wide as a name
/// of 200 letters. Nothing is added to what is copied or read out.
pub fn folded(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut letters = 0;
    for letter in text.chars() {
        if letter.is_whitespace() {
            letters = 0;
        } else if letters == LONGEST {
            html.push_str("<wbr>");
            letters = 1;
        } else {
            letters += 1;
        }
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#x27;"),
            '/' => html.push_str("&#x2f;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_very_many_letters_are_broken() {
        let name = "Dienvidkurzemes novada pašvaldība, Aizputes klientu apkalpošanas centrs";
        assert_eq!(folded(name), name);
        let (thirty, two) = ("Š".repeat(30), "Š".repeat(2));
        assert_eq!(folded(&thirty), thirty);
        assert_eq!(
            folded(&format!("{thirty}{two} {thirty}")),
            format!("{thirty}<wbr>{two} {thirty}")
        );
    }

    #[test]
    fn nothing_in_it_is_markup() {
        assert_eq!(
            folded("<b a=\"1\" c='2'>&amp;"),
            "&lt;b a=&quot;1&quot; c=&#x27;2&#x27;&gt;&amp;amp;"
        );
        // A break stands between letters, never within what is written for one.
        let text = folded(&"<".repeat(61));
        assert_eq!(text.replace("<wbr>", ""), "&lt;".repeat(61));
        assert_eq!(text.matches("<wbr>").count(), 2);
    }
}
