//! Names of files: safe on every system, stable, told apart.

use crate::analysis::ALL;
use crate::model::Scenario;

/// The longest part of a file's name that comes from a scenario.
const LONGEST: usize = 48;

/// Parts of file names for what a scenario names.
pub struct Names {
    /// By policy.
    pub policies: Vec<String>,
    /// By programme, then `all`.
    pub programmes: Vec<String>,
}

impl Names {
    pub fn new(scenario: &Scenario) -> Self {
        let policies: Vec<&str> = scenario.policies.iter().map(|policy| &*policy.name).collect();
        let programmes = scenario.programmes.iter().map(|programme| &*programme.name);
        let programmes: Vec<&str> = programmes.chain([ALL]).collect();
        Self { policies: slugs(&policies, "policy"), programmes: slugs(&programmes, "programme") }
    }
}

/// A name for each: letters and digits of ASCII in small letters, joined by hyphens; those that
/// come out alike are numbered.
pub fn slugs(names: &[&str], otherwise: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let slug = slug(name);
        let base = if slug.is_empty() { otherwise.to_owned() } else { slug };
        let mut candidate = base.clone();
        let mut number = 1;
        while found.contains(&candidate) {
            number += 1;
            candidate = format!("{base}-{number}");
        }
        found.push(candidate);
    }
    found
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase).map(plain) {
        if slug.len() >= LONGEST {
            break;
        }
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The letter without its mark, where it is a Latvian one.
fn plain(letter: char) -> char {
    match letter {
        'ā' => 'a',
        'č' => 'c',
        'ē' => 'e',
        'ģ' => 'g',
        'ī' => 'i',
        'ķ' => 'k',
        'ļ' => 'l',
        'ņ' => 'n',
        'ō' => 'o',
        'ŗ' => 'r',
        'š' => 's',
        'ū' => 'u',
        'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_file_system() {
        assert_eq!(slug("rates of 2018, by tier"), "rates-of-2018-by-tier");
        assert_eq!(slug("Šķērsām / ../../etc"), "skersam-etc");
        assert_eq!(slug("<script>"), "script");
        assert!(slug(&"long ".repeat(40)).len() <= LONGEST);
    }

    #[test]
    fn names_that_come_out_alike_are_numbered() {
        assert_eq!(
            slugs(&["A b", "a-b", "a_b 2", "…"], "policy"),
            ["a-b", "a-b-2", "a-b-2-2", "policy"]
        );
    }
}
