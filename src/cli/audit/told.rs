//! What an audit found, as the terminal is told.

use super::found::{Found, of_case, of_section};
use crate::report::audit::{
    AuditRow, ReportedRow, SettlementRow, policy, programme, terms_in_words,
};

/// Steps that are told on the terminal; the files have all.
const STEPS_SHOWN: usize = 10;

impl Found<'_> {
    pub fn told(&self) -> String {
        let mut text = format!(
            "{}: properties of rules over {} draws\nThat no counterexample was found is no proof that there is none.\n",
            self.scenario.title, self.seen.draws
        );
        let mut rows = self.rows.iter();
        for (index, case) in self.seen.cases.iter().enumerate() {
            let (of, at) =
                (policy(self.scenario, case.policy), programme(self.scenario, case.programme));
            text.push_str(&format!("\n{of}, {at}\n"));
            for note in of_case(case) {
                text.push_str(&format!("  {note}\n"));
            }
            for section in self.sections.iter().filter(|section| section.case == index) {
                let mut notes = of_section(case, section).into_iter();
                let first = notes.next().unwrap_or_default();
                text.push_str(&format!("  the rule alone, {}: {first}\n", section.rule.name()));
                text.extend(notes.map(|note| format!("    {note}\n")));
                let of_section: Vec<&AuditRow> =
                    rows.by_ref().take(section.findings.len()).collect();
                text.push_str(&findings(&of_section));
            }
            let settled: Vec<&SettlementRow> = self
                .settlements
                .iter()
                .filter(|row| row.policy == of && row.programme == at)
                .collect();
            if !settled.is_empty() {
                let tried = settled.iter().map(|row| row.problems).max().unwrap_or(0);
                text.push_str(&format!(
                    "  the whole settlement, {}: {tried} short pots tried\n",
                    terms_in_words(self.scenario, case)
                ));
                text.push_str(&settlement(&settled));
            }
        }
        text.push_str(&self.steps());
        if !self.points.is_empty() {
            text.push_str(
                "\nOne point registered as two, each with half the inhabitants, on the median path\n",
            );
            text.push_str(&words(&self.points));
            text.push_str(
                "\nCases reported as two, work and cost as they are, on the median path\n",
            );
            text.push_str(&words(&self.cases));
        }
        text
    }

    fn steps(&self) -> String {
        let mut text =
            "\nSteps of formulas, neighbours within 3 %, on the median path\n".to_owned();
        let steps = &self.steps;
        if steps.is_empty() {
            text.push_str(
                "  no figure lies within 3 % of a value at which a formula of a rule jumps\n",
            );
        }
        for step in steps.iter().take(STEPS_SHOWN) {
            text.push_str(&format!("  {} ({})\n", step.words, step.formula));
        }
        if steps.len() > STEPS_SHOWN {
            text.push_str(&format!(
                "  and {} more, which --format json and --format csv list\n",
                steps.len() - STEPS_SHOWN
            ));
        }
        if self.near > steps.len() {
            text.push_str(&format!(
                "  {} more neighbours were not worked out\n",
                self.near - steps.len()
            ));
        }
        text
    }
}

fn words(rows: &[ReportedRow]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| format!("  {}\n", row.words)).collect();
    lines.concat()
}

/// Violations one by one, and the names of what was not violated.
fn findings(rows: &[&AuditRow]) -> String {
    if rows.iter().all(|row| row.problems == 0) {
        return "    nothing was tried: no pot is short\n".to_owned();
    }
    let mut text = String::new();
    for row in rows.iter().filter(|row| row.violated > 0) {
        text.push_str(&format!(
            "    ✗ {} (literature: {}): violated in {} of {} problems\n        {}\n",
            row.property, row.literature, row.violated, row.problems, row.counterexample
        ));
    }
    for (literature, say) in [
        ("holds", "no counterexample, and the literature says it holds"),
        ("fails", "no counterexample here, though the literature says it fails"),
        ("no statement found", "no counterexample; no statement found in the literature"),
    ] {
        let names: Vec<&str> = rows
            .iter()
            .filter(|row| row.violated == 0 && row.literature == literature)
            .map(|row| row.property)
            .collect();
        if !names.is_empty() {
            text.push_str(&format!("    – {say}: {}\n", names.join(", ")));
        }
    }
    text
}

/// What a settlement breaks and why, what it keeps but for rounding, and what it keeps.
fn settlement(rows: &[&SettlementRow]) -> String {
    if rows.iter().all(|row| row.problems == 0) {
        return "    nothing was tried: no pot is short\n".to_owned();
    }
    let mut text = String::new();
    for row in rows.iter().filter(|row| row.violated > 0) {
        text.push_str(&format!(
            "    ✗ {}: broken in {} of {} problems\n        {}\n        {}\n",
            row.property, row.violated, row.problems, row.counterexample, row.reason
        ));
    }
    for row in rows.iter().filter(|row| row.violated == 0 && row.by_rounding > 0) {
        text.push_str(&format!(
            "    ≈ {}: kept but for rounding, in {} of {} problems; most:\n        {}\n",
            row.property, row.by_rounding, row.problems, row.counterexample
        ));
    }
    let kept: Vec<&str> = rows
        .iter()
        .filter(|row| row.trials > 0 && row.violated == 0 && row.by_rounding == 0)
        .map(|row| row.property)
        .collect();
    if !kept.is_empty() {
        text.push_str(&format!("    – no counterexample: {}\n", kept.join(", ")));
    }
    text
}
