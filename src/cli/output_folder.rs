//! The folder of an answer: a table and pictures, which never stand among what is not theirs.

use std::fs;
use std::path::Path;

/// How many names a message lists.
const SHOWN: usize = 3;

/// What a command writes with `-o`.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    /// The table.
    pub table: &'static str,
    /// How its text begins, so that an earlier one is known.
    pub begins: &'static str,
    /// Files of one name.
    pub others: &'static [&'static str],
    /// How the names of pictures begin of which there may be several; empty: there are none.
    pub numbered: &'static str,
}

impl Files {
    /// Whether a folder may be written to: there is none, it is empty, or it holds an earlier answer of
    /// the same command and nothing else.
    ///
    /// # Errors
    /// What stands in the way, in words.
    pub fn check(&self, folder: &Path) -> Result<(), String> {
        if fs::symlink_metadata(folder).is_err() {
            return Ok(());
        }
        let names = Self::names(folder)?;
        if names.is_empty() {
            return Ok(());
        }
        let strange: Vec<&String> = names.iter().filter(|name| !self.is_ours(name)).collect();
        if let Some(first) = strange.first() {
            let mut told: Vec<String> =
                strange.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
            if strange.len() > SHOWN {
                told.push("…".to_owned());
            }
            let what = if *first == crate::report::MANIFEST
                || strange.iter().any(|name| *name == crate::report::MANIFEST)
            {
                "a run"
            } else {
                "other files"
            };
            return Err(format!(
                "`{}` holds {what} ({}), among which no answer is written: choose another folder with -o",
                folder.display(),
                told.join(", ")
            ));
        }
        let table = folder.join(self.table);
        let is_earlier =
            fs::read(&table).is_ok_and(|bytes| bytes.starts_with(self.begins.as_bytes()));
        if is_earlier {
            return Ok(());
        }
        Err(format!(
            "`{}` would be overwritten and is no answer of ours: choose another folder with -o",
            folder.join(names.first().map_or("", String::as_str)).display()
        ))
    }

    /// Writes an answer, in place of an earlier one.
    ///
    /// # Errors
    /// What the system refuses, in words.
    pub fn write(&self, folder: &Path, files: &[(&str, String)]) -> Result<(), String> {
        let failed = |path: &Path, error: &std::io::Error| {
            format!(
                "`{}` cannot be written: {error}; choose another folder with -o",
                path.display()
            )
        };
        // What stands there may have changed since it was checked first.
        self.check(folder)?;
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        for name in Self::names(folder)? {
            if !files.iter().any(|(new, _)| *new == name) {
                let path = folder.join(&name);
                fs::remove_file(&path).map_err(|error| failed(&path, &error))?;
            }
        }
        for (name, text) in files {
            let path = folder.join(name);
            // Under another name first, so that no half of a file is ever seen.
            let partial = folder.join(format!(".{name}.partial-{}", std::process::id()));
            let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, &path));
            if let Err(error) = written {
                let _ = fs::remove_file(&partial);
                return Err(failed(&path, &error));
            }
        }
        Ok(())
    }

    fn is_ours(&self, name: &str) -> bool {
        let is_numbered = !self.numbered.is_empty()
            && name.starts_with(self.numbered)
            && Path::new(name).extension().is_some_and(|ending| ending == "svg");
        name == self.table || self.others.contains(&name) || is_numbered
    }

    /// The names in a folder, in order.
    fn names(folder: &Path) -> Result<Vec<String>, String> {
        if !folder.is_dir() {
            return Err(format!("`{}` is not a folder: choose another with -o", folder.display()));
        }
        let entries = fs::read_dir(folder)
            .map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .collect();
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: Files =
        Files { table: "a.csv", begins: "x,y", others: &["a.svg"], numbered: "a-" };

    #[test]
    fn an_answer_replaces_an_earlier_one_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("answer");
        assert_eq!(FILES.check(&inner), Ok(()));
        let first = [("a.csv", "x,y\n1,2\n".to_owned()), ("a-1.svg", "<svg/>".to_owned())];
        FILES.write(&inner, &first).unwrap();
        FILES
            .write(&inner, &[("a.csv", "x,y\n".to_owned()), ("a.svg", "<svg/>".to_owned())])
            .unwrap();
        assert_eq!(Files::names(&inner).unwrap(), ["a.csv", "a.svg"]);
        // A foreign file beside it, or a table that is not ours, is in the way.
        fs::write(inner.join("letter.docx"), "x").unwrap();
        assert!(FILES.check(&inner).unwrap_err().contains("`letter.docx`"));
        fs::remove_file(inner.join("letter.docx")).unwrap();
        fs::write(inner.join("a.csv"), "mine").unwrap();
        assert!(FILES.check(&inner).unwrap_err().contains("no answer of ours"));
    }

    #[test]
    fn a_run_a_file_and_a_picture_alone_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("manifest.json"), "{}").unwrap();
        assert!(FILES.check(folder.path()).unwrap_err().contains("holds a run"));
        let file = folder.path().join("manifest.json");
        assert!(FILES.check(&file).unwrap_err().contains("not a folder"));
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("a.svg"), "mine").unwrap();
        assert!(FILES.check(other.path()).is_err());
    }
}
