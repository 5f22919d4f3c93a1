//! Names of files, as a scenario writes them: relative, with `/`, never out of its folder.

use super::decode::quoted;
use crate::problem::first_hidden;

/// What a written name means, seen from the file that writes it: a name relative to the
/// scenario's folder, without `.` and doubled slashes.
///
/// # Errors
/// Says in a few words why the name is refused.
pub fn resolve(from: &str, written: &str) -> Result<String, &'static str> {
    if written.is_empty() {
        return Err("the name is empty");
    }
    if written.contains(char::is_control) || first_hidden(written).is_some() {
        return Err("the name holds letters that nobody sees");
    }
    if written.contains('\\') {
        return Err("folders are separated by `/`");
    }
    let drive = written.as_bytes().get(1) == Some(&b':');
    if written.starts_with('/') || written.starts_with('~') || drive {
        return Err("the name must be relative to the scenario's folder");
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err("`..` is not allowed: a scenario stays in its folder"),
            part => parts.push(part),
        }
    }
    if parts.first().is_some_and(|first| first.starts_with("--")) {
        return Err("a name that begins with `--` looks like an option");
    }
    if written.ends_with('/') || parts.is_empty() {
        return Err("the name is that of a folder");
    }
    Ok(parts.join("/"))
}

/// What to write in place of a name that is refused; `example` is a name that would do.
pub fn instead(from: &str, written: &str, example: &str) -> String {
    let slashes = written.replace('\\', "/");
    if written.is_empty() {
        "write the file's name".to_owned()
    } else if slashes != written && resolve(from, &slashes).is_ok() {
        format!("write {}", quoted(&slashes))
    } else {
        format!("put the file into the scenario's folder and write, say, `{example}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_seen_from_the_file_that_writes_it() {
        assert_eq!(resolve("scenario.ron", "points.csv").as_deref(), Ok("points.csv"));
        assert_eq!(resolve("parts/network.ron", "points.csv").as_deref(), Ok("parts/points.csv"));
        assert_eq!(resolve("scenario.ron", ".//a/./b.csv").as_deref(), Ok("a/b.csv"));
    }

    #[test]
    fn a_name_with_backslashes_is_answered_with_its_own_folders() {
        let answer = |written| instead("scenario.ron", written, "parts/levers.ron");
        assert_eq!(answer("data\\levers.ron"), "write `data/levers.ron`");
        assert_eq!(answer(""), "write the file's name");
        assert!(answer("..\\levers.ron").ends_with("write, say, `parts/levers.ron`"));
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in [
            "",
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "/etc/passwd",
            "~/x",
            "C:/x",
            "a\\b",
            "a\0b",
            "a/",
            ".",
            "./",
            "a\u{202e}b",
            "--set",
            "./--set",
        ] {
            assert!(resolve("scenario.ron", name).is_err(), "{name:?}");
        }
    }
}
