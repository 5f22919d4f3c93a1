//! Every line of the worksheets on the central path.

use super::sheet::Sheet;
use super::{Cell, Rows};
use crate::engine::LineValue;
use crate::model::Scenario;

/// `worksheet.csv`: every line of the central path, in full precision.
pub fn worksheet<'t, R: Rows<'t>>(scenario: &'t Scenario, lines: &'t [LineValue], rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,municipality,year,line,value"]);
    for line in lines {
        let policy = scenario.policies.get(line.policy).map_or("", |policy| &policy.name);
        let programme = scenario.programmes.get(line.programme).map_or("", |known| &known.name);
        let codes = &scenario.municipalities.table.codes;
        let code = codes.get(line.municipality).map_or("", String::as_str);
        for text in [policy, programme, code] {
            sheet.text(text);
        }
        sheet.year(line.year);
        sheet.text(&line.line);
        sheet.cell(Cell::Exact(line.value));
        sheet.end();
    }
    sheet.rows
}
