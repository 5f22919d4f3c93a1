//! What guarantees do, in all and to each municipality.

use super::sheet::{Form, Sheet};
use super::{Cell, Rows};
use crate::analysis::{ALL, Effect, Findings, GuaranteeRow};

/// `guarantees.csv`: of each guarantee and year what it does in all, then to each municipality.
pub fn guarantees<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::with_all_years(
        rows,
        &[
            "policy,programme,guarantee,protected,year,municipality,name,measure,mean,mcse,p05,p50,p95",
        ],
    );
    for row in &findings.guarantees {
        let mut record = |place, measure, effect: &Effect, form| {
            effect_row(&mut sheet, row, place, measure, (effect, form));
        };
        let sums = [("gained", row.gained), ("given_up", row.given_up), ("cost", row.cost)];
        for (measure, effect) in sums {
            record([ALL, ""], measure, &effect, Cell::Money as Form);
        }
        for (measure, effect) in [("gainers", row.gainers), ("payers", row.payers)] {
            record([ALL, ""], measure, &effect, Cell::Number);
        }
        if let Some(broken) = row.p_broken {
            let chance = Effect { mean: Some(broken), ..Effect::default() };
            record([ALL, ""], "p_broken", &chance, Cell::Number);
        }
        for share in &row.shares {
            record([&share.municipality, &share.name], "gain", &share.gain, Cell::Money);
        }
    }
    sheet.rows
}

fn effect_row<'t, R: Rows<'t>>(
    sheet: &mut Sheet<'t, R>,
    row: &'t GuaranteeRow,
    place: [&'t str; 2],
    measure: &'static str,
    (effect, form): (&Effect, Form),
) {
    let GuaranteeRow { policy, programme, guarantee, .. } = row;
    for text in [policy, programme, guarantee] {
        sheet.text(text);
    }
    sheet.text(if row.protected { "true" } else { "false" });
    sheet.year_or_all(row.year);
    for text in place {
        sheet.text(text);
    }
    sheet.text(measure);
    for value in effect.columns() {
        sheet.cell(form(value));
    }
    sheet.end();
}
