//! Names of files out of codes and names of municipalities.

use std::collections::BTreeSet;

/// The longest part of a name that is kept, in letters.
const LONGEST: usize = 40;

/// A file name without ending for each municipality (code, name): letters, digits and hyphens only, and
/// no two alike, whether or not a disk tells capitals apart.
#[must_use]
pub fn file_names<'m>(municipalities: impl Iterator<Item = (&'m str, &'m str)>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for (code, name) in municipalities {
        let stem = safe(&format!("letter-{code}-{name}"));
        let mut unique = stem.clone();
        let mut number = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{stem}-{number}");
            number += 1;
        }
        names.push(unique);
    }
    names
}

fn safe(text: &str) -> String {
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let kept: String = name.chars().take(LONGEST).collect();
    kept.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::file_names;

    #[test]
    fn names_are_safe_and_no_two_alike() {
        let of = [
            ("0010", "Rēzeknes novads"),
            ("../x", "a/b"),
            ("A", "b"),
            ("a", "B"),
            ("", ""),
            ("CON", "\u{0}…"),
        ];
        let long = "x".repeat(300);
        let names = file_names(of.into_iter().chain([("9", long.as_str())]));
        assert_eq!(
            names[..6],
            [
                "letter-0010-Rēzeknes-novads",
                "letter-x-a-b",
                "letter-A-b",
                "letter-a-B-2",
                "letter",
                "letter-CON"
            ]
        );
        assert_eq!(names[6].chars().count(), 40);
    }
}
