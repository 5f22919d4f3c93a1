//! What a workbook says of itself beside its sheets: their names, shared texts, formats of dates.

use quick_xml::events::Event;

use super::Fault;
use super::package::{Package, attribute};
use crate::scenario::load::LARGEST_TABLE;

/// The formats that Excel numbers itself and that show a date: ECMA-376, part 1, 18.8.30.
const DATE_FORMATS: [u32; 22] =
    [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58, 71, 72];
/// The most formats of cells.
const MOST_FORMATS: usize = 100_000;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetOf {
    /// Its name.
    pub name: String,
    /// Its part.
    pub part: String,
    /// Whether it is shown.
    pub is_visible: bool,
}

/// The sheets with cells, in order, and whether days are counted from 1904.
pub fn sheets(package: &mut Package<'_>) -> Result<(Vec<SheetOf>, bool), Fault> {
    let book = related(package, "_rels/.rels", "")?
        .into_iter()
        .find(|target| target.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |target| target.part);
    if !package.has(&book) || !book.to_lowercase().ends_with(".xml") {
        return Err(Fault::NotAWorkbook);
    }
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let targets = related(package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let (mut found, mut is_1904) = (Vec::new(), false);
    let Some(mut part) = package.part(&book)? else { return Err(Fault::NotAWorkbook) };
    while let Some(event) = part.next()? {
        let Event::Start(start) = event else { continue };
        match start.local_name().as_ref() {
            "sheet" => {
                let id = attribute(&start, "id");
                let target = targets.iter().find(|target| target.id == id);
                if let Some(target) = target.filter(|target| target.kind.ends_with("/worksheet")) {
                    let name = attribute(&start, "name");
                    found.push(SheetOf {
                        name: name.chars().filter(|letter| !letter.is_control()).collect(),
                        part: target.part.clone(),
                        is_visible: matches!(attribute(&start, "state").as_str(), "" | "visible"),
                    });
                }
            }
            "workbookPr" => {
                is_1904 |= matches!(attribute(&start, "date1904").as_str(), "1" | "true");
            }
            _ => {}
        }
    }
    Ok((found, is_1904))
}

/// What a part refers to.
struct Target {
    id: String,
    kind: String,
    part: String,
}

fn related(package: &mut Package<'_>, rels: &str, folder: &str) -> Result<Vec<Target>, Fault> {
    let mut found = Vec::new();
    let Some(mut part) = package.part(rels)? else { return Ok(found) };
    while let Some(event) = part.next()? {
        let Event::Start(start) = event else { continue };
        if start.local_name().as_ref() == "Relationship" {
            let target = attribute(&start, "Target");
            let is_whole = target.starts_with('/') || folder.is_empty();
            let part = if is_whole { target } else { format!("{folder}/{target}") };
            let (id, kind) = (attribute(&start, "Id"), attribute(&start, "Type"));
            found.push(Target { id, kind, part: part.replace("/./", "/") });
        }
    }
    Ok(found)
}

/// Texts that cells share, one behind the other.
#[derive(Debug, Default)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Reads them, if the workbook has any.
    pub fn read(package: &mut Package<'_>, folder: &str) -> Result<Self, Fault> {
        let mut texts = Self::default();
        let Some(mut part) = package.part(&format!("{folder}/sharedStrings.xml"))? else {
            return Ok(texts);
        };
        loop {
            let is_text = match part.next()? {
                None => return Ok(texts),
                Some(Event::Start(start)) => start.local_name().as_ref() == "si",
                Some(_) => false,
            };
            if is_text {
                part.text_into(&mut texts.all)?;
                texts.ends.push(texts.all.len());
                if texts.all.len() as u64 > LARGEST_TABLE {
                    return Err(Fault::Broken("its texts are larger than 256 MiB".to_owned()));
                }
            }
        }
    }

    /// A text by its number.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.all.get(*start..end)
    }
}

/// Which formats of cells show a date, by their numbers.
pub fn date_formats(package: &mut Package<'_>, folder: &str) -> Result<Vec<bool>, Fault> {
    let mut own: Vec<(String, bool)> = Vec::new();
    let (mut found, mut in_cells) = (Vec::new(), false);
    let Some(mut part) = package.part(&format!("{folder}/styles.xml"))? else { return Ok(found) };
    while let Some(event) = part.next()? {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let format = attribute(&start, "formatCode");
                    own.push((attribute(&start, "numFmtId"), shows_date(&format)));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&start, "numFmtId");
                    let is_own = own.iter().find(|(known, _)| *known == id).map(|(_, date)| *date);
                    let number: Option<u32> = id.parse().ok();
                    let usual = || number.is_some_and(|number| DATE_FORMATS.contains(&number));
                    found.push(is_own.unwrap_or_else(usual));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cells = false,
            _ => {}
        }
        if found.len() + own.len() > MOST_FORMATS {
            return Err(Fault::Broken(format!("it has more than {MOST_FORMATS} formats of cells")));
        }
    }
    Ok(found)
}

/// Whether a format shows a day, month or year, and so not a number or a time of day alone.
fn shows_date(format: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    let (mut is_date, mut month, mut time) = (false, false, false);
    // What follows a semicolon is for negative numbers and texts.
    for letter in format.split(';').next().unwrap_or("").chars() {
        match letter {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            'h' | 'H' | 's' | 'S' if bracket => time = true,
            _ if bracket => {}
            '\\' | '_' | '*' => escaped = true,
            'y' | 'Y' | 'd' | 'D' => is_date = true,
            'm' | 'M' => month = true,
            'h' | 'H' | 's' | 'S' => time = true,
            _ => {}
        }
    }
    let is_general = format.eq_ignore_ascii_case("general");
    !is_general && (is_date || (month && !time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_formats_of_numbers_and_times() {
        for date in ["dd.mm.yyyy", "yyyy-mm-dd", "mmm\\-yy", "[$-426]d. mmmm", "mmmm", "d/m/yy;@"] {
            assert!(shows_date(date), "{date}");
        }
        for other in [
            "General",
            "0.00",
            "#,##0 \"day\"",
            "h:mm",
            "[h]:mm:ss",
            "mm:ss",
            "0.00E+00",
            "\\d0",
            "#,##0_d",
            "[Red]0",
            "@",
            "",
        ] {
            assert!(!shows_date(other), "{other}");
        }
    }
}
