//! What kind of file stands where a table should, by its first bytes.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Separated values, as far as the first bytes tell.
    Text,
    /// A workbook, or another archive of the kind.
    Archive,
    /// Something that is no table: what it is, and what to do.
    Other(&'static str, &'static str),
    /// Something whose name says that it is of another kind: what it is, and what to do.
    Misnamed(&'static str, &'static str),
}

const SAVE: &str = "save the table as XLSX or CSV (in Excel: \"CSV UTF-8\")";

/// The kind of a file with a name.
pub fn kind(name: &str, bytes: &[u8]) -> Kind {
    let ending = name.rsplit('.').next().unwrap_or("").to_lowercase();
    let is_book = matches!(ending.as_str(), "xlsx" | "xlsm");
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] if matches!(ending.as_str(), "csv" | "tsv" | "txt") => {
            Kind::Misnamed(
                "an archive, as workbooks (XLSX) are, and no CSV",
                "if it is a workbook, let its name end in `.xlsx`, in the scenario too; or save it \
                 as CSV",
            )
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Archive,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            Kind::Other("an old workbook (XLS), or one with a password", SAVE)
        }
        [b'%', b'P', b'D', b'F', ..] => {
            Kind::Other("a PDF", "ask for the table itself, as XLSX or CSV")
        }
        [0x1f, 0x8b, ..] => Kind::Other("compressed", "unpack it first"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Kind::Other("a text document (RTF)", SAVE),
        _ if is_markup(bytes) => Kind::Other("a web page or XML", SAVE),
        _ if is_book && !bytes.is_empty() && !bytes.contains(&0) => Kind::Misnamed(
            "plain text, no workbook",
            "if it is a CSV, let its name end in `.csv`, in the scenario too; or save it as XLSX",
        ),
        _ if is_book => Kind::Misnamed("no workbook, though its name says so", SAVE),
        _ => Kind::Text,
    }
}

/// What a file is where its first bytes show that it is no plain text, whatever its name.
pub fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    match kind("", bytes) {
        Kind::Archive => Some("a workbook or another archive"),
        Kind::Other(what, _) | Kind::Misnamed(what, _) => Some(what),
        Kind::Text => None,
    }
}

/// Whether a file begins as web pages and XML do.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = bytes.iter().take(9).map(u8::to_ascii_lowercase).collect();
    let starts: [&[u8]; 6] = [b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta"];
    starts.iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_say_more_than_the_name() {
        let other = |name: &str, bytes: &[u8]| matches!(kind(name, bytes), Kind::Other(..));
        let misnamed = |name: &str, bytes: &[u8]| matches!(kind(name, bytes), Kind::Misnamed(..));
        assert_eq!(kind("a.xlsx", b"PK\x03\x04"), Kind::Archive);
        assert!(misnamed("a.csv", b"PK\x03\x04"));
        assert!(other("a.xls", b"\xd0\xcf\x11\xe0\xa1"));
        assert!(other("a.xls", b"\xef\xbb\xbf \n<HTML>"));
        assert!(misnamed("a.xlsx", b"code;name\n"));
        assert!(other("a.csv", b"%PDF-1.7"));
        assert_eq!(kind("a.csv", b"<5 years,b\n"), Kind::Text);
        assert_eq!(kind("a.csv", b""), Kind::Text);
    }
}
