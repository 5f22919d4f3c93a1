//! Properties in documents: the table rule × property, and one of them explained.

use crate::allocation::axioms::first_violation;
use crate::allocation::promises::Promise;
use crate::allocation::properties::{Property, SOURCE, Statement};
use crate::allocation::rationing::RULES;

/// A property explained: what it means of a rule and of a whole settlement, where it comes from, and
/// which rules keep it, as in `docs/properties.md`.
#[must_use]
pub fn property_about(property: Property) -> String {
    let mut text = format!("{}\n\n", property.meaning());
    let whole = Promise::ALL.into_iter().find(|promise| promise.property() == Some(property));
    if let Some(promise) = whole {
        text.push_str(&format!(
            "Of a whole settlement, with classes, guarantees and rounding: {}\n\n",
            promise.meaning()
        ));
    }
    text.push_str(&format!("**Source**: {}\n\n", property.source()));
    let names = |is: &dyn Fn(&str) -> bool| {
        let names: Vec<&str> =
            RULES.iter().map(|rule| rule.name()).filter(|name| is(name)).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let is_stated = |rule: &str| property.stated_of(rule) != Statement::NotFound;
    let kept = |rule: &str| property.is_kept_by(rule) == Some(true);
    text.push_str(&format!(
        "**Kept by**: {}\n\n**Not kept by**: {}\n\n",
        names(&|rule| is_stated(rule) && kept(rule)),
        names(&|rule| is_stated(rule) && !kept(rule)),
    ));
    text.push_str(&format!(
        "**No statement found**, by search: no violation by {}; violated by {}\n\n",
        names(&|rule| !is_stated(rule) && kept(rule)),
        names(&|rule| !is_stated(rule) && !kept(rule)),
    ));
    text.push_str(&format!(
        "The statements are those of {SOURCE}; `docs/properties.md` has all.\n"
    ));
    text
}

/// The table rule × property of `docs/properties.md`: what the literature says, and what the search
/// over the reference problems finds.
#[must_use]
pub fn properties_document() -> String {
    let mut text = format!(
        "# Properties of the rules\n\n\
         Written by the program, which searches each rule for violations of each property over 6,000 small \
         problems in a fixed order; `BLESS=1 cargo test --test it properties_document` writes it anew.\n\n\
         The literature is {SOURCE}; the statements are its facts, compared one by one.\n\n\
         | sign | |\n|---|---|\n\
         | yes | said to hold; no violation found |\n\
         | no | said not to hold; violated |\n\
         | **yes** | said not to hold, yet it does: see below |\n\
         | (yes) | no statement found; no violation found, which is no proof |\n\
         | (no) | no statement found; violated |\n\
         | ! | violated though said to hold: a fault of the program |\n"
    );
    for rules in RULES.chunks(5) {
        text.push_str("\n| |");
        for rule in rules {
            text.push_str(&format!(" {} |", rule.name()));
        }
        text.push_str(&format!("\n|---|{}\n", "---|".repeat(rules.len())));
        for property in Property::all() {
            text.push_str(&format!("| {} |", property.name()));
            for rule in rules {
                let is_violated = first_violation(property, *rule).is_some();
                let sign = match (property.stated_of(rule.name()), is_violated) {
                    (Statement::Holds, false) => "yes",
                    (Statement::Holds, true) => "!",
                    (Statement::Fails, true) => "no",
                    (Statement::Fails, false) => "**yes**",
                    (Statement::NotFound, false) => "(yes)",
                    (Statement::NotFound, true) => "(no)",
                };
                text.push_str(&format!(" {sign} |"));
            }
            text.push('\n');
        }
    }
    text.push_str(
        "\nOf the package's 48 properties these are the ones that the program searches; it has neither \
         ReverseTalmud nor DominguezThomson. Balance and bounds are what its definition of a rule asks for.\n\n\
         **Said not to hold, yet they do.** ConstrainedEgalitarian and Piniles give, at one level, a part of \
         the claim that falls with the claim, so they are regressive; and if two merge, the level can only \
         rise, so that the others receive no less and who merged gains nothing.\n\n## What they mean\n\n",
    );
    for property in Property::all() {
        text.push_str(&format!(
            "- **{}**: {} {}\n",
            property.name(),
            property.meaning(),
            property.source()
        ));
    }
    text
}
