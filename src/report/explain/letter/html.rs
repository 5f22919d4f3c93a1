//! A letter as one page of HTML, without anything from elsewhere.

use super::{Block, MARK};
use crate::language::Language;
use crate::report::folded;

const STYLE: &str = "body{font:11pt/1.45 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;\
background:#fff;overflow-wrap:break-word}h1{font-size:1.35em}h2{font-size:1.05em;margin:1.4em 0 .3em}p{margin:.4em 0}div{overflow-x:auto}\
table{border-collapse:collapse;font-size:.86em;width:100%}th,td{border-bottom:1px solid #bbb;padding:.2em .5em;\
text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}th:first-child,td:first-child{text-align:left}\
pre{font-size:.8em;white-space:pre-wrap;background:#f4f4f4;padding:.5em;margin:.3em 0}\
@media print{body{margin:0;font-size:9.5pt}}";

/// The letter as HTML, with a mark that it is ours.
#[must_use]
pub fn html(blocks: &[Block], language: Language) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(text) => Some(escaped(text)),
        _ => None,
    });
    let body: String = blocks.iter().map(block).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{MARK}\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        title.unwrap_or_default()
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("<h1>{}</h1>\n", escaped(text)),
        Block::Heading(text) => format!("<h2>{}</h2>\n", escaped(text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::Lines(lines) => format!("<pre>{}</pre>\n", escaped(&lines.join("\n"))),
        Block::Table(header, rows) => {
            let row = |cells: &[String], name: &str| {
                let cells: Vec<String> =
                    cells.iter().map(|cell| format!("<{name}>{}</{name}>", folded(cell))).collect();
                format!("<tr>{}</tr>\n", cells.concat())
            };
            let body: String = rows.iter().map(|cells| row(cells, "td")).collect();
            format!(
                "<div>\n<table>\n<thead>{}</thead>\n<tbody>{body}</tbody>\n</table>\n</div>\n",
                row(header, "th")
            )
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_name_becomes_html() {
        let page = html(
            &[
                Block::Title("<script>".to_owned()),
                Block::Paragraph("*due* & \"award\"".to_owned()),
            ],
            Language::Latvian,
        );
        assert!(page.contains("<title>&lt;script&gt;</title>") && !page.contains("<script>"));
        assert!(page.contains("<p>*due* &amp; &quot;award&quot;</p>"), "{page}");
        assert!(page.contains(MARK) && page.contains("<html lang=\"lv\">"));
    }
}
