//! Breaking a text into lines, and shortening one that may not break.

use super::style::Type;

/// Breaks a text into lines no wider than so many points; a word that is too long itself is cut with a hyphen.
pub(super) fn lines(text: &str, kind: Type, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if kind.width(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if kind.width(word) <= width {
            line.push_str(word);
            continue;
        }
        for letter in word.chars() {
            if kind.width(&line) + kind.width(&format!("{letter}-")) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line) + "-");
            }
            line.push(letter);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// At most so many lines; what is left over ends in an ellipsis.
pub(super) fn at_most(text: &str, kind: Type, width: f64, most: usize) -> Vec<String> {
    let mut all = lines(text, kind, width);
    if all.len() > most {
        let rest = all.split_off(most.saturating_sub(1)).join(" ");
        all.push(fit(&rest, kind, width));
    }
    all
}

/// One line no wider than so many points: the text, or its beginning and an ellipsis.
pub(super) fn fit(text: &str, kind: Type, width: f64) -> String {
    if kind.width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if kind.width(&kept) + kind.width("…") > width {
            kept.pop();
            break;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::super::style::LABEL;
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_and_no_letter_is_lost() {
        let text = "Dienvidkurzemes novads un Augšdaugavas novads, Daugavpils valstspilsēta";
        for width in [40.0, 75.0, 160.0, 1000.0] {
            let broken = lines(text, LABEL, width);
            assert!(broken.iter().all(|line| LABEL.width(line) <= width));
            assert_eq!(broken.concat().replace([' ', '-'], ""), text.replace(' ', ""));
        }
        assert!(lines("  ", LABEL, 50.0).is_empty());
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        let short = fit("Dienvidkurzemes novads", LABEL, 80.0);
        assert!(
            short.ends_with('…') && LABEL.width(&short) <= 80.0 && short.starts_with("Dienvid")
        );
        assert_eq!(fit("Rīga", LABEL, 80.0), "Rīga");
        assert_eq!(at_most("a b c d e f", LABEL, 20.0, 2).len(), 2);
    }
}
