//! Any command line of `allocate` with any table: claims are divided as rules promise, or refused in words.

use super::problems;
use dotacija::allocation::Award;
use dotacija::cli::{Divided, Refused, RuleAwards, allocate_in_memory};
use dotacija::problem::codes;

/// The table's name in the command.
const TABLE: &str = "t.csv";
/// The rule that funds whole claims, and so may leave what the next would need.
const COMPETITION: &str = "RankedCompetition";

/// Takes a line of options and, below it, a table.
pub fn allocate(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, table) = bytes.split_at(end);
    let table = table.get(1..).unwrap_or_default();
    let Ok(line) = std::str::from_utf8(line) else { return };
    let words: Vec<&str> = [TABLE].into_iter().chain(line.split_whitespace()).collect();
    let found = allocate_in_memory(&words, table);
    // As text, because an award may hold a part that is no number, which would equal nothing.
    assert_eq!(format!("{found:?}"), format!("{:?}", allocate_in_memory(&words, table)));
    match found {
        Err(Refused::CommandLine(told)) => assert!(!told.is_empty()),
        Err(Refused::Table(unreadable)) => {
            assert!(unreadable.problems.iter().any(dotacija::problem::Problem::is_error));
            problems::are_sound(&unreadable.problems, &unreadable.sources);
        }
        Ok(divided) => {
            assert!(divided.text.ends_with('\n') && !divided.rules.is_empty());
            assert_eq!(divided.names.len(), divided.claims.len());
            for rule in &divided.rules {
                keeps_to_claims_and_pot(&divided, rule);
            }
            rows_in_another_order_change_nothing(&divided, &words, table);
        }
    }
}

fn keeps_to_claims_and_pot(divided: &Divided, rule: &RuleAwards) {
    let Divided { pot, unit, claims, .. } = divided;
    let RuleAwards { name, awards, .. } = rule;
    assert_eq!(awards.len(), claims.len(), "{name}");
    for (award, claim) in awards.iter().zip(claims) {
        let Award { whole, part } = *award;
        assert!((0..=*claim).contains(&whole), "{name}: {whole} of {claim}");
        assert!((0.0..=1.0).contains(&part), "{name}: {part}");
        assert!(whole < *claim || part == 0.0, "{name}: {whole} and {part} of {claim}");
        assert!(unit.is_none_or(|unit| whole % unit == 0 && part == 0.0), "{name}: {whole}");
    }
    let (whole, part) = awards.iter().fold((0_i128, 0.0), |(whole, part), award| {
        (whole + i128::from(award.whole), part + award.part)
    });
    let claimed: i128 = claims.iter().map(|claim| i128::from(*claim)).sum();
    let due = claimed.min(i128::from(*pot));
    let Some(unit) = unit.map(i128::from) else {
        // Each part is a number of 53 bits, and a competition leaves what does not fit.
        let spent = (whole - due) as f64 + part;
        let is_all = spent.abs() <= 1e-9 * awards.len().max(1) as f64;
        assert!(is_all || *name == COMPETITION && spent < 0.0, "{name}: {spent} beyond {due}");
        return;
    };
    assert!(whole <= due, "{name}: {whole} of {due}");
    let most: i128 = claims.iter().map(|claim| i128::from(*claim) / unit * unit).sum();
    if *name != COMPETITION {
        assert_eq!(whole, most.min(due / unit * unit), "{name}");
    }
}

/// Who stands where in a list decides nothing, but between claims of one name that are the same.
fn rows_in_another_order_change_nothing(divided: &Divided, words: &[&str], table: &[u8]) {
    let Ok(text) = std::str::from_utf8(table) else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    // A cell in quotes may go over several lines; an empty line is no row.
    if text.contains(['"', '\r', ';', '\t']) || lines.len() != divided.claims.len() + 1 {
        return;
    }
    lines[1..].reverse();
    let turned = match allocate_in_memory(words, lines.join("\n").as_bytes()) {
        Ok(turned) => turned,
        // Only in the last row is a name such as `total` that of a row of totals.
        Err(Refused::Table(told)) if told.problems.iter().any(|of| of.code == codes::TOTALS) => {
            return;
        }
        Err(refused) => panic!("{text:?} is divided, and not from its end: {refused:?}"),
    };
    for (rule, of_turned) in divided.rules.iter().zip(&turned.rules) {
        let before = by_claim(divided, &rule.awards);
        let after = by_claim(&turned, &of_turned.awards);
        assert_eq!(before, after, "{}: {text:?}", rule.name);
    }
}

/// Names and claims with their awards, in an order that is the same wherever they stand.
fn by_claim<'d>(of: &'d Divided, awards: &[Award]) -> Vec<(&'d str, i64, i64, u64)> {
    let claims = of.names.iter().zip(&of.claims).zip(awards);
    let with_award = |((name, claim), award): ((&'d String, &i64), &Award)| {
        (name.as_str(), *claim, award.whole, award.part.to_bits())
    };
    let mut all: Vec<_> = claims.map(with_award).collect();
    all.sort_unstable();
    all
}
