//! A letter as Markdown.

use super::{Block, MARK};

/// The letter as Markdown, with a mark that it is ours.
#[must_use]
pub fn markdown(blocks: &[Block]) -> String {
    let mut parts: Vec<String> = blocks.iter().map(block).collect();
    parts.push(format!("<!-- {MARK} -->"));
    parts.join("\n\n") + "\n"
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("# {}", plain(text)),
        Block::Heading(text) => format!("## {}", plain(text)),
        Block::Paragraph(text) => plain(text),
        Block::Lines(lines) => {
            // A fence longer than any in the lines.
            let fence = if lines.iter().any(|line| line.contains("```")) { "~~~~" } else { "```" };
            format!("{fence}text\n{}\n{fence}", lines.join("\n"))
        }
        Block::Table(header, rows) => {
            let row = |cells: &[String]| {
                let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
                format!("| {} |", cells.join(" | "))
            };
            let rule: Vec<&str> =
                (0..header.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
            let mut lines = vec![row(header), format!("|{}|", rule.join("|"))];
            lines.extend(rows.iter().map(|cells| row(cells)));
            lines.join("\n")
        }
    }
}

/// Text on one line that reads as it stands: nothing in it is a sign of Markdown or HTML.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(line.len());
    // At its beginning a line would become a heading, a quotation or a list, `2022.` too.
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let is_numbered =
        digits > 0 && [". ", ") "].iter().any(|mark| line[digits..].starts_with(mark));
    let begins_a_word = line.chars().nth(1).is_none_or(char::is_alphanumeric);
    for (at, letter) in line.char_indices() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => plain.extend(['\\', letter]),
            '>' if at == 0 => plain.extend(['\\', letter]),
            '#' | '+' | '-' if at == 0 && !begins_a_word => plain.extend(['\\', letter]),
            '.' | ')' if is_numbered && at == digits => plain.extend(['\\', letter]),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_stand_whatever_signs_are_in_them() {
        let text = "2022. *a* _b_ [c](d) `e` <f> g|h & \\i ~j~";
        assert_eq!(
            plain(text),
            "2022\\. \\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` &lt;f> g\\|h &amp; \\\\i \\~j\\~"
        );
        let first =
            ["# a", "> a", "- a", "+ a", "+1.50", "1) a", "−1.50 a", "1.50 a", "12"].map(plain);
        let expected =
            ["\\# a", "\\> a", "\\- a", "\\+ a", "+1.50", "1\\) a", "−1.50 a", "1.50 a", "12"];
        assert_eq!(first, expected);
    }

    #[test]
    fn a_letter_is_markdown_with_our_mark() {
        let table = Block::Table(
            vec!["policy".to_owned(), "award".to_owned()],
            vec![vec!["a|b".to_owned(), "1.00".to_owned()]],
        );
        let blocks =
            [Block::Title("A <b>".to_owned()), Block::Lines(vec!["x = 1".to_owned()]), table];
        assert_eq!(
            markdown(&blocks),
            "# A &lt;b>\n\n```text\nx = 1\n```\n\n| policy | award |\n|---|---:|\n| a\\|b | 1.00 |\n\n\
             <!-- written by dotacija explain --letter -->\n"
        );
    }
}
