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
                let cells: Vec<String> =
                    cells.iter().map(|cell| plain(cell).replace('|', "\\|")).collect();
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

/// Text on one line in which nothing of HTML begins.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

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
