//! A text of separated values, cell by cell, as in RFC 4180: where each cell stands in the text.

use super::declared::Separator;

/// The bytes of a cell in its text, without quotes and white space around it. Where quotes inside
/// are doubled the cell stands in `Cells::mended`, and `start` is its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: u32,
    end: u32,
}

/// What marks a span that stands in `Cells::mended`.
const MENDED: u32 = 1 << 31;
/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 1 << 31;
/// How many records decide what separates the cells.
const MOST_TRIED: usize = 200;

/// The cells of many records, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    spans: Vec<Span>,
    /// Cells whose text is not a piece of the source, with the bytes where they stand.
    mended: Vec<(String, u32, u32)>,
}

impl Cells {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Leaves only the first `length`.
    pub fn truncate(&mut self, length: usize) {
        self.spans.truncate(length);
    }

    /// Leaves only the first `kept` of every `width`.
    pub fn keep_columns(&mut self, width: usize, kept: usize) {
        let mut index = 0;
        self.spans.retain(|_| {
            index += 1;
            (index - 1) % width < kept
        });
    }

    /// The text of a cell; empty outside.
    pub fn text<'t>(&'t self, source: &'t str, index: usize) -> &'t str {
        match self.spans.get(index) {
            Some(span) if span.start & MENDED != 0 => {
                self.mended.get((span.start ^ MENDED) as usize).map_or("", |mended| &mended.0)
            }
            Some(span) => source.get(span.start as usize..span.end as usize).unwrap_or(""),
            None => "",
        }
    }

    /// The bytes at which a cell stands.
    pub fn range(&self, index: usize) -> (usize, usize) {
        match self.spans.get(index) {
            Some(span) if span.start & MENDED != 0 => self
                .mended
                .get((span.start ^ MENDED) as usize)
                .map_or((0, 0), |mended| (mended.1 as usize, mended.2 as usize)),
            Some(span) => (span.start as usize, span.end as usize),
            None => (0, 0),
        }
    }

    fn add(&mut self, text: &str, start: usize, end: usize) {
        let (start, end) = trimmed(text, start, end);
        self.spans.push(Span { start: start as u32, end: end as u32 });
    }

    fn add_mended(&mut self, cell: &str, start: usize, end: usize) {
        self.spans.push(Span { start: MENDED | self.mended.len() as u32, end: 0 });
        self.mended.push((cell.trim().to_owned(), start as u32, end as u32));
    }
}

/// A range without the white space at its ends.
fn trimmed(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    while start < end && bytes[start].is_ascii_whitespace() {
        start += 1;
    }
    while start < end && bytes[end - 1].is_ascii_whitespace() {
        end -= 1;
    }
    // White space beyond ASCII, such as the space that does not break.
    if start < end && (bytes[start] >= 0x80 || bytes[end - 1] >= 0x80) {
        let cell = &text[start..end];
        let front = cell.len() - cell.trim_start().len();
        return (start + front, start + front + cell.trim().len());
    }
    (start, end)
}

/// A quote that is opened at a byte and never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenQuote(pub usize);

/// A record: where it begins, and on which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its first byte.
    pub byte: usize,
    /// Its line, from 1.
    pub line: usize,
}

/// Goes through a text record by record.
#[derive(Clone, Debug)]
pub struct Splitter<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
    line: usize,
}

impl<'t> Splitter<'t> {
    /// A walk that begins at a byte, which stands on a line.
    pub fn new(text: &'t str, separator: Separator, start: Start) -> Self {
        Self { text, separator: separator.byte(), at: start.byte, line: start.line }
    }

    /// One past the last byte that was walked over.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Adds the cells of the next record that has any text, and says where it begins; `None` at the
    /// end.
    ///
    /// # Errors
    /// A quote that is not closed.
    pub fn next(&mut self, cells: &mut Cells) -> Result<Option<Start>, OpenQuote> {
        let before = cells.len();
        while self.at < self.text.len() {
            let start = Start { byte: self.at, line: self.line };
            self.record(cells)?;
            let filled = |index: usize| {
                let (from, to) = cells.range(index);
                from < to
            };
            if (before..cells.len()).any(filled) {
                return Ok(Some(start));
            }
            // Spreadsheets leave rows of separators alone behind.
            cells.truncate(before);
        }
        Ok(None)
    }

    fn record(&mut self, cells: &mut Cells) -> Result<(), OpenQuote> {
        let bytes = self.text.as_bytes();
        loop {
            let is_space = |byte: u8| byte == b' ' || (byte == b'\t' && self.separator != b'\t');
            let mut first = self.at;
            while bytes.get(first).is_some_and(|byte| is_space(*byte)) {
                first += 1;
            }
            if bytes.get(first) == Some(&b'"') {
                self.quoted(first, cells)?;
            } else {
                let from = self.at;
                self.at = self.end_of_cell(first);
                cells.add(self.text, from, self.at);
            }
            match bytes.get(self.at) {
                Some(b'\n') => {
                    self.at += 1;
                    self.line += 1;
                    return Ok(());
                }
                Some(_) => self.at += 1,
                None => return Ok(()),
            }
        }
    }

    /// The byte of the separator or line end that ends a cell without quotes.
    fn end_of_cell(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let ends = |byte: &u8| *byte == self.separator || *byte == b'\n';
        bytes[from..].iter().position(ends).map_or(bytes.len(), |found| from + found)
    }

    /// A cell whose quote opens at a byte.
    fn quoted(&mut self, open: usize, cells: &mut Cells) -> Result<(), OpenQuote> {
        let bytes = self.text.as_bytes();
        let (mut close, mut doubled) = (open + 1, false);
        loop {
            match bytes.get(close) {
                None => return Err(OpenQuote(open)),
                Some(b'"') if bytes.get(close + 1) == Some(&b'"') => {
                    doubled = true;
                    close += 2;
                }
                Some(b'"') => break,
                Some(byte) => {
                    self.line += usize::from(*byte == b'\n');
                    close += 1;
                }
            }
        }
        self.at = self.end_of_cell(close + 1);
        let behind = self.text[close + 1..self.at].trim();
        if behind.is_empty() && !doubled {
            cells.add(self.text, open + 1, close);
        } else {
            // What stands behind the closing quote belongs to the cell, as spreadsheets read it.
            let inner = self.text[open + 1..close].replace("\"\"", "\"");
            let end = if behind.is_empty() { close } else { self.at };
            cells.add_mended(&format!("{inner}{}", &self.text[close + 1..self.at]), open + 1, end);
        }
        Ok(())
    }
}

/// What separates the cells of a text whose header begins at `start`: of comma, semicolon and tab
/// the one that the header has most of, among those by which every row has as many cells as it.
///
/// # Errors
/// Those that do equally well.
pub fn separator(text: &str, start: Start) -> Result<Separator, Vec<Separator>> {
    let mut candidates: Vec<(bool, usize, Separator)> = Vec::new();
    for separator in Separator::ALL {
        let mut walk = Splitter::new(text, separator, start);
        let mut cells = Cells::default();
        let Ok(Some(_)) = walk.next(&mut cells) else { continue };
        let columns = cells.len();
        let mut fits = true;
        for _ in 0..MOST_TRIED {
            let before = cells.len();
            match walk.next(&mut cells) {
                Ok(Some(_)) => fits &= cells.len() - before == columns,
                Ok(None) => break,
                Err(_) => fits = false,
            }
            if !fits {
                break;
            }
        }
        if columns > 1 {
            candidates.push((fits, columns, separator));
        }
    }
    let Some((fits, most, _)) = candidates.iter().max_by_key(|found| (found.0, found.1)).copied()
    else {
        return Ok(Separator::Comma);
    };
    let best = candidates.iter().filter(|found| (found.0, found.1) == (fits, most));
    let best: Vec<Separator> = best.map(|found| found.2).collect();
    match best[..] {
        [one] => Ok(one),
        _ => Err(best),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Start = Start { byte: 0, line: 1 };

    fn records(text: &str, separator: Separator) -> Result<Vec<(usize, Vec<String>)>, OpenQuote> {
        let mut walk = Splitter::new(text, separator, FIRST);
        let mut found = Vec::new();
        loop {
            let mut cells = Cells::default();
            let Some(start) = walk.next(&mut cells)? else { return Ok(found) };
            let texts = (0..cells.len()).map(|index| cells.text(text, index).to_owned());
            found.push((start.line, texts.collect()));
        }
    }

    #[test]
    fn a_cell_is_found_behind_quotes_and_white_space() {
        let text =
            "one, two ,\"th,\"\"ree\", \"a\nb\" ,\r\n\r\n , ,\n5\" pipe,\"x\" y,\u{a0}z\u{a0}";
        let found = records(text, Separator::Comma).expect("quotes are closed");
        assert_eq!(found[0], (1, ["one", "two", "th,\"ree", "a\nb", ""].map(String::from).into()));
        assert_eq!(found[1], (5, ["5\" pipe", "x y", "z"].map(String::from).into()));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found_where_it_opens() {
        assert_eq!(records("a,b\n1,\"2\n3,4\n", Separator::Comma), Err(OpenQuote(6)));
    }

    #[test]
    fn the_rows_decide_between_separators_of_the_header() {
        let of = |text: &str| separator(text, FIRST);
        assert_eq!(of("a,b;c\n1;2\n"), Ok(Separator::Semicolon));
        assert_eq!(of("share, in %, rounded;b;c\n1;2;3\n"), Ok(Separator::Semicolon));
        assert_eq!(of("a\tb\n1\t2,5\n"), Ok(Separator::Tab));
        assert_eq!(of("\"a;b\",c\n1,2\n"), Ok(Separator::Comma));
        assert_eq!(of("code\n1\n"), Ok(Separator::Comma));
        assert_eq!(of("a,b;c\n1,2;3\n"), Err(vec![Separator::Comma, Separator::Semicolon]));
    }

    proptest::proptest! {
        #[test]
        fn cells_are_those_that_the_csv_crate_finds(text in "[a1,\"\n ]{0,40}") {
            // That crate takes a quote behind a space for a letter and closes open quotes itself.
            proptest::prop_assume!(!text.contains(" \""));
            let Ok(found) = records(&text, Separator::Comma) else { return Ok(()) };
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = reader
                .records()
                .filter_map(Result::ok)
                .map(|record| record.iter().map(String::from).collect::<Vec<_>>())
                .filter(|record| record.iter().any(|cell| !cell.is_empty()))
                .collect();
            let ours: Vec<Vec<String>> = found.into_iter().map(|(_, cells)| cells).collect();
            proptest::prop_assert_eq!(ours, theirs);
        }
    }
}
