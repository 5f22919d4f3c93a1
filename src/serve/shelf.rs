//! What a folder holds: scenarios and finished runs, each under a name from this list alone.
//!
//! An address never becomes a path. It names an entry of the list, which the server makes by walking the
//! folder, without following links, to a bounded depth and number.

use super::book::Book;
use crate::report::{MANIFEST, run_folder};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The most entries of a list.
const MOST_ENTRIES: usize = 200;
/// The most files and folders that are looked at.
const MOST_SEEN: usize = 20_000;
/// How deep folders are looked into.
const DEEPEST: usize = 4;
/// Of a file so much is read to tell whether it is a scenario.
const BEGINNING: u64 = 64 << 10;
/// The most books that are kept open.
const MOST_OPEN: usize = 32;
/// What parts an entry from a policy in an address: no name of an entry has it.
pub const PART: &str = "::";

/// A scenario or a finished run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path below the folder, with `/` between folders: what addresses name it by.
    pub id: String,
    /// Whether it is the folder of a finished run.
    pub is_run: bool,
    /// Where it is.
    pub path: PathBuf,
}

/// The folder that is served.
#[derive(Debug)]
pub struct Shelf {
    root: PathBuf,
    open: Mutex<BTreeMap<String, Arc<Book>>>,
}

impl Shelf {
    /// A folder.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), open: Mutex::default() }
    }

    /// What it holds now, in order.
    pub fn entries(&self) -> Vec<Entry> {
        let mut walk = Walk { found: Vec::new(), seen: 0 };
        if is_run(&self.root) {
            let name = self.root.file_name().and_then(|name| name.to_str()).unwrap_or("run");
            walk.add(name.to_owned(), true, self.root.clone());
        } else {
            walk.folder(&self.root, "", 0);
        }
        walk.found.sort();
        walk.found
    }

    /// The book of an entry of the list, as it stands on the disk now; nothing where no entry is called so.
    pub fn book(&self, id: &str) -> Option<Arc<Book>> {
        let known = self.open().get(id).map(Arc::clone);
        if let Some(book) = known.filter(|book| book.is_current()) {
            return Some(book);
        }
        let entry = self.entries().into_iter().find(|entry| entry.id == id)?;
        let book = Arc::new(Book::open(&entry));
        let mut open = self.open();
        if open.len() >= MOST_OPEN && !open.contains_key(id) {
            open.pop_first();
        }
        open.insert(id.to_owned(), Arc::clone(&book));
        Some(book)
    }

    fn open(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Book>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A walk through folders.
struct Walk {
    found: Vec<Entry>,
    seen: usize,
}

impl Walk {
    fn add(&mut self, id: String, is_run: bool, path: PathBuf) {
        let is_plain = !id.contains(PART) && !id.chars().any(char::is_control);
        if is_plain && self.found.len() < MOST_ENTRIES {
            self.found.push(Entry { id, is_run, path });
        }
    }

    fn folder(&mut self, folder: &Path, beginning: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut names: Vec<String> = entries
            .take(MOST_SEEN)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        for name in names {
            self.seen += 1;
            if self.seen > MOST_SEEN {
                return;
            }
            let (path, id) = (folder.join(&name), format!("{beginning}{name}"));
            // What a link leads to lies elsewhere.
            let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
            if metadata.is_file() && is_scenario(&path) {
                self.add(id, false, path);
            } else if metadata.is_dir() && is_run(&path) {
                self.add(id, true, path);
            } else if metadata.is_dir() && depth + 1 < DEEPEST {
                self.folder(&path, &format!("{id}/"), depth + 1);
            }
        }
    }
}

/// Whether a file is meant as a scenario: parts that scenarios import say no format and have no base.
fn is_scenario(path: &Path) -> bool {
    if path.extension().is_none_or(|ending| ending != "ron") {
        return false;
    }
    let mut beginning = Vec::new();
    let read =
        fs::File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    let text = String::from_utf8_lossy(&beginning);
    let says =
        |line: &str| line.contains("format:") || line.contains("base:") && line.contains(".ron\"");
    let mut written = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    read.is_ok() && written.any(says)
}

/// Whether a folder is that of a finished run.
fn is_run(path: &Path) -> bool {
    path.join(MANIFEST).is_file() && run_folder::manifest(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(root: &Path) -> Vec<String> {
        Shelf::new(root).entries().into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn scenarios_are_listed_and_their_parts_are_not() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        fs::create_dir_all(root.join("a/deep/er/still/too")).unwrap();
        let write = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
        write("a/whole.ron", "// what it is\nScenario(\n    format: 1,\n)");
        write("a/levers.ron", "// format: of a lever\n{ \"rate\": (value: 1) }");
        write("a/format.csv", "format:");
        write("a/deep/er/reform.ron", "(\n    base: \"x.ron\",\n)");
        write("a/deep/er/still/too/deep.ron", "(format: 1)");
        write(".hidden.ron", "(format: 1)");
        write("one::two.ron", "(format: 1)");
        write("manifest.json", "{}");
        assert_eq!(ids(root), ["a/deep/er/reform.ron", "a/whole.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_no_name_leads_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let (root, out) = (place.path().join("in"), place.path().join("out"));
        fs::create_dir_all(&root).unwrap();
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("x.ron"), "(format: 1)").unwrap();
        std::os::unix::fs::symlink(&out, root.join("folder")).unwrap();
        std::os::unix::fs::symlink(out.join("x.ron"), root.join("file.ron")).unwrap();
        assert_eq!(ids(&root), Vec::<String>::new());
        let shelf = Shelf::new(&root);
        for id in ["../out/x.ron", "folder/x.ron", "file.ron", "/etc/passwd", ".", ""] {
            assert!(shelf.book(id).is_none(), "{id}");
        }
        assert_eq!(ids(&out), ["x.ron"]);
    }
}
