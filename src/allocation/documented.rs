//! Items that carry their own documentation: the same text for rustdoc, `list` and `about`.

/// An item of a registry: its name in scenarios, and what a reader must know about it.
pub trait Documented {
    /// The name that a scenario writes, such as `ConstrainedEqualAwards`.
    fn name(&self) -> &'static str;

    /// The documentation as it stands in the source, one leading space a line.
    fn text(&self) -> &'static str;

    /// One line that says what the item does.
    fn summary(&self) -> &'static str {
        self.text().lines().next().unwrap_or_default().trim()
    }

    /// The whole documentation in Markdown.
    fn about(&self) -> String {
        let mut about = String::with_capacity(self.text().len());
        for line in self.text().lines() {
            about.push_str(line.strip_prefix(' ').unwrap_or(line));
            about.push('\n');
        }
        about
    }
}

/// Defines a unit struct whose doc comment is also its [`Documented`] text.
macro_rules! documented {
    ($(#[doc = $line:literal])+ pub struct $name:ident;) => {
        $(#[doc = $line])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl $crate::allocation::Documented for $name {
            fn name(&self) -> &'static str {
                stringify!($name)
            }

            fn text(&self) -> &'static str {
                concat!($($line, "\n"),+)
            }
        }
    };
}

pub(crate) use documented;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    documented! {
        /// Does nothing, in one line.
        ///
        /// And more:
        ///     indented.
        pub struct Sample;
    }

    #[test]
    fn a_doc_comment_is_also_the_text_that_the_terminal_shows() {
        assert_eq!(Sample.name(), "Sample");
        assert_eq!(Sample.summary(), "Does nothing, in one line.");
        assert_eq!(Sample.about(), "Does nothing, in one line.\n\nAnd more:\n    indented.\n");
    }

    /// The items that the files of a folder stand for: `equal_awards.rs` is `EqualAwards`.
    pub fn items_of_folder(folder: &str) -> Vec<String> {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/allocation").join(folder);
        let mut names: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|file| file != "mod.rs")
            .map(|file| file.trim_end_matches(".rs").split('_').map(capitalised).collect())
            .collect();
        names.sort();
        names
    }

    fn capitalised(word: &str) -> String {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    }

    /// Every registered item says what it does, its formula, an example and a reference.
    pub fn assert_complete(item: &dyn Documented) {
        let about = item.about();
        for part in [
            "**Formula**",
            "**Properties**",
            "**Example**",
            "```ron",
            "**References**",
            "https://doi.org/",
        ] {
            assert!(about.contains(part), "{} lacks {part}", item.name());
        }
        assert!(about.contains(item.name()), "the example of {} does not name it", item.name());
        let summary = item.summary();
        assert!(summary.ends_with('.') && summary.len() <= 100, "summary of {}", item.name());
    }
}
