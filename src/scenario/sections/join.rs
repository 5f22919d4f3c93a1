//! Columns of another table, laid beside the rows of the municipalities.

use super::tables::{Asked, Guess, Layout, asked_columns, coded, file, matched};
use crate::model::{Column, ColumnValues};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, filled, placed, quoted};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::Table;
use crate::scenario::tree::{Kind, Node};

/// One other table: a row for each text that stands in a column of the municipalities.
pub struct Join {
    table: Table,
    code: Asked,
    by: Asked,
    columns: Vec<Asked>,
}

/// Reads the list of other tables.
pub fn joins<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
) -> Option<Vec<Join>> {
    let Kind::List(items) = &node.kind else {
        return door.wrong(node, "a list of tables, written `[(file: \"…\", …)]`");
    };
    let read: Vec<Option<Join>> = items.iter().map(|item| join(door, item, library)).collect();
    read.into_iter().collect()
}

fn join<F: Folder>(door: &mut Decoder, node: &Node, library: &mut Library<F>) -> Option<Join> {
    let mut fields = door.fields(node, "a joined table")?;
    let table = file(&mut fields, library);
    let code = fields.required("code", placed(filled));
    let by = fields.required("by", placed(filled));
    let columns = fields.required("columns", asked_columns);
    fields.finish();
    Some(Join { table: table?, code: code?, by: by?, columns: columns? })
}

impl Join {
    /// The column of the municipalities in which its codes stand.
    pub const fn by(&self) -> &Asked {
        &self.by
    }

    /// Its columns for the rows of the municipalities, in order of code.
    pub fn columns(
        &self,
        door: &mut Decoder,
        csv: &Table,
        layout: &Layout,
        taken: &[Column],
    ) -> Option<Vec<Column>> {
        let code = self.table.column(&self.code.0, &self.code.1, door);
        let by = csv.column(&self.by.0, &self.by.1, door);
        let known = code.and_then(|code| code.codes(door));
        let rows = known.zip(by).and_then(|(known, by)| {
            let file = self.table.row_place(0).file;
            matched(door, csv, by, &known, "row", &file, Guess::Word)
        });
        let mut columns = Vec::new();
        let mut sound = true;
        for (name, place) in &self.columns {
            if taken.iter().any(|column| column.name == *name) {
                let message = format!("the municipalities have a column {} already", quoted(name));
                let problem = Problem::error(codes::DUPLICATE_NAME, message).at(place, "");
                door.tell(problem.help("leave it out of one of the two tables"));
                sound = false;
                continue;
            }
            match self.table.column(name, place, door) {
                Some(column) if column.is_numbers(false) => {
                    let numbers = column.numbers(door);
                    sound &= numbers.is_some();
                    if let (Some(numbers), Some(rows)) = (numbers, &rows) {
                        let of_row = |row: &u32| numbers.get(*row as usize).copied();
                        let beside: Vec<f64> = rows.iter().filter_map(of_row).collect();
                        let values = layout.numbers(&beside);
                        columns.push(Column { name: name.clone(), values, gaps: false });
                    }
                }
                Some(column) => {
                    let texts = column.sound_texts(door);
                    sound &= texts.is_some();
                    if let (Some(texts), Some(rows)) = (texts, &rows) {
                        let of_row = |row: &usize| {
                            let beside = rows.get(*row).and_then(|row| texts.get(*row as usize));
                            beside.copied().unwrap_or_default()
                        };
                        let beside: Vec<&str> = layout.last().iter().map(of_row).collect();
                        let (codes, values) = coded(&beside);
                        let codes = codes.iter().map(|code| f64::from(*code)).collect();
                        let values = ColumnValues::Texts { codes, values };
                        columns.push(Column { name: name.clone(), values, gaps: false });
                    }
                }
                None => sound = false,
            }
        }
        (sound && rows.is_some()).then_some(columns)
    }
}
