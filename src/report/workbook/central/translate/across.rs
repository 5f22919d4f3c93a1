//! Functions of all municipalities of a year, or of those of a group.

use super::super::grid::{Token, fill};
use super::piece::Piece;
use super::{Bound, Translator};
use crate::expression::OutlinePart;
use crate::language::Message;

impl Translator<'_> {
    pub(super) fn across(
        &mut self,
        place: usize,
        part: &OutlinePart,
        function: &str,
        x: usize,
        by: Option<u32>,
    ) -> Result<Piece, Message> {
        let outline = self.outline;
        let column = match self.cell(x)? {
            Token::Cell(column) => column,
            token => {
                let text = outline.parts.get(x).map_or("", |part| &part.text);
                self.sheet.helper(x, text, vec![token])?
            }
        };
        let mut names = vec![("x", Token::Cell(column)), ("all", Token::Block(column))];
        let pattern = if let Some(id) = by {
            let Bound::Texts(group) = self.sheet.name(id, "")? else {
                return Err(Message::new("workbook-why-groups"));
            };
            names.extend([("g", Token::Cell(group)), ("of", Token::Block(group))]);
            match function {
                "sum" => "SUMPRODUCT(EXACT({of},{g})*{all})",
                "mean" => "(SUMPRODUCT(EXACT({of},{g})*{all})/SUMPRODUCT(EXACT({of},{g})*1))",
                "share" => "({x}/SUMPRODUCT(EXACT({of},{g})*{all}))",
                "rank" => "(1+SUMPRODUCT(EXACT({of},{g})*({all}>{x})))",
                extreme => {
                    let name = if extreme == "max_of" { "MAX" } else { "MIN" };
                    let tokens = fill(&format!("{name}(IF(EXACT({{of}},{{g}}),{{all}}))"), &names);
                    let column = self.sheet.array(place, &part.text, tokens)?;
                    return Ok(Piece::atom(vec![Token::Cell(column)]));
                }
            }
        } else {
            match function {
                "sum" => "SUM({all})",
                "mean" => "AVERAGE({all})",
                "max_of" => "MAX({all})",
                "min_of" => "MIN({all})",
                "share" => "({x}/SUM({all}))",
                _ => "(1+SUMPRODUCT(({all}>{x})*1))",
            }
        };
        Ok(Piece::atom(fill(pattern, &names)))
    }
}
