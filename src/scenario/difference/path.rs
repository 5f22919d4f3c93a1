//! Where a value stands in the tree: the names on the way to it.

/// One step down the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field of the format.
    Field(String),
    /// A key of a map, or an item of a list by its name or number: the user's word.
    Own(String),
}

/// The way from the scenario to a value.
#[derive(Clone, Debug, Default)]
pub struct Path(pub Vec<Step>);

impl Step {
    /// The name, whoever gave it.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(name) | Self::Own(name) => name,
        }
    }

    /// The name of a field of the format.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            Self::Own(_) => None,
        }
    }
}

impl Path {
    /// This path and one field more.
    pub fn field(&self, name: &str) -> Self {
        self.and(Step::Field(name.to_owned()))
    }

    /// This path and one name of the user's more.
    pub fn own(&self, name: &str) -> Self {
        self.and(Step::Own(name.to_owned()))
    }

    fn and(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The first step: the section.
    pub fn section(&self) -> &str {
        self.0.first().map_or("", Step::name)
    }

    /// The last field of the format on the way, whatever names of the user's follow it.
    pub fn last_field(&self) -> &str {
        self.0.iter().rev().find_map(Step::field).unwrap_or("")
    }

    /// The field that the path ends in, if it ends in one.
    pub fn end(&self) -> Option<&str> {
        self.0.last().and_then(Step::field)
    }

    /// Whether the path fits a pattern of fields, `*` standing for a name of the user's.
    pub fn fits(&self, pattern: &str) -> bool {
        let mut parts = pattern.split('.');
        let fits = self.0.iter().all(|step| match (step, parts.next()) {
            (Step::Field(name), Some(part)) => name == part,
            (Step::Own(_), Some("*")) => true,
            _ => false,
        });
        fits && parts.next().is_none()
    }

    /// As `--set` writes it: names joined by points, in quotes where they are no plain words.
    pub fn written(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|step| quoted(step.name())).collect();
        names.join(".")
    }
}

fn quoted(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_points_and_spaces_stand_in_quotes() {
        let path = Path::default().field("policies").own("R0: 2.5 \"x\"").field("rules");
        assert_eq!(path.written(), r#"policies."R0: 2.5 \"x\"".rules"#);
        assert_eq!(path.field("is").last_field(), "is");
        assert!(path.fits("policies.*.rules") && !path.fits("policies.*"));
        assert!(!path.fits("policies.*.rules.*") && !path.fits("*.*.rules"));
    }
}
