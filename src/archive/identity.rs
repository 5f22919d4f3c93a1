//! Which run a part belongs to: all that decides its figures.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that decides the figures of a run. Parts of one identity are parts of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Version of the program.
    pub version: String,
    /// The scenario's file, relative to its folder.
    pub file: String,
    /// BLAKE3 digest of every file that was read, by its name relative to the scenario's folder.
    pub inputs: BTreeMap<String, String>,
    /// What was set from the command line, draws, seed and precision with it: `levers.case_rate=3`.
    pub set: Vec<String>,
    /// The policies that are run.
    pub policies: Vec<String>,
    /// The draws of the run, or the most that a precision may take.
    pub draws: u64,
}

impl Identity {
    /// What another has otherwise, in a few words; nothing where they are the same.
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        let (version, file) = ((&self.version, &other.version), (&self.file, &other.file));
        if version.0 != version.1 {
            return Some(format!(
                "version {} of the program, and this is {}",
                version.1, version.0
            ));
        }
        if file.0 != file.1 {
            return Some(format!("the scenario `{}`, and this is `{}`", file.1, file.0));
        }
        let names = self.inputs.keys().chain(other.inputs.keys());
        let changed = names.filter(|name| self.inputs.get(*name) != other.inputs.get(*name)).min();
        if let Some(name) = changed {
            return Some(format!("another content of `{name}`"));
        }
        let pairs = [(&self.set, &other.set), (&self.policies, &other.policies)];
        for ((mine, theirs), what) in pairs.into_iter().zip(["settings", "policies"]) {
            if mine != theirs {
                let listed = |list: &[String]| match list {
                    [] => "none".to_owned(),
                    list => list.join(", "),
                };
                return Some(format!(
                    "the {what} {}, and these are {}",
                    listed(theirs),
                    listed(mine)
                ));
            }
        }
        Some(format!("{} draws, and these are {}", other.draws, self.draws))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() {
        let inputs = [("a.ron", "1"), ("points.csv", "2")];
        let one = Identity {
            version: "1.0.0".to_owned(),
            file: "a.ron".to_owned(),
            inputs: inputs.map(|(name, digest)| (name.to_owned(), digest.to_owned())).into(),
            set: vec!["run.draws=128".to_owned()],
            policies: vec!["today".to_owned()],
            draws: 128,
        };
        assert_eq!(one.difference(&one.clone()), None);
        let mut changed = one.clone();
        changed.inputs.insert("points.csv".to_owned(), "3".to_owned());
        let told = |other: &Identity| one.difference(other).unwrap();
        assert_eq!(told(&changed), "another content of `points.csv`");
        let set = Identity { set: Vec::new(), ..one.clone() };
        assert_eq!(told(&set), "the settings none, and these are run.draws=128");
        assert_eq!(told(&Identity { draws: 64, ..one.clone() }), "64 draws, and these are 128");
        let version = Identity { version: "0.9.0".to_owned(), ..one.clone() };
        assert_eq!(told(&version), "version 0.9.0 of the program, and this is 1.0.0");
    }
}
