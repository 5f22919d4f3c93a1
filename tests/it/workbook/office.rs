//! `LibreOffice`, where it is installed: it works the formulas out anew.

use super::reading::Book;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Set where `LibreOffice` must be there, so that a test that cannot run fails.
const REQUIRED: &str = "DOTACIJA_NEEDS_LIBREOFFICE";

/// Every formula is worked out anew when a file is opened, whatever result stands in it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// The program, if it is installed; without it a test says that it did not run.
pub fn office(test: &str) -> Option<&'static str> {
    let names = ["soffice", "libreoffice"];
    let found = names.into_iter().find(|name| {
        std::env::var_os("PATH").is_some_and(|paths| {
            std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
        })
    });
    if found.is_none() {
        assert!(std::env::var_os(REQUIRED).is_none(), "{test}: LibreOffice is not installed");
        eprintln!(
            "SKIPPED {test}: LibreOffice (soffice) is not installed, the workbook was not recalculated"
        );
    }
    found
}

/// Works workbooks out anew, all in one start of the program.
pub fn recalculated(office: &str, books: &[Vec<u8>]) -> Vec<Book> {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).unwrap();
    let output = folder.path().join("out");
    let mut command = Command::new(office);
    command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    command
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&output);
    for (index, book) in books.iter().enumerate() {
        let path = folder.path().join(format!("book{index}.xlsx"));
        fs::write(&path, book).unwrap();
        command.arg(path);
    }
    let ended = command.output().unwrap();
    let read = |index| {
        let path: &Path = &output.join(format!("book{index}.xlsx"));
        assert!(
            path.is_file(),
            "{}{}",
            String::from_utf8_lossy(&ended.stdout),
            String::from_utf8_lossy(&ended.stderr)
        );
        Book::read(path)
    };
    (0..books.len()).map(read).collect()
}
