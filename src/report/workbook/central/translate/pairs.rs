//! Lists of pairs, steps and lines, as choices within choices.

use super::super::grid::fill;
use super::Translator;
use super::literal::number;
use super::piece::{PRODUCT, Piece, SUM};
use crate::language::Message;

/// The most pairs of a list: each is a choice in a choice, of which Excel takes 64.
const MOST_PAIRS: usize = 50;

impl Translator<'_> {
    pub(super) fn pairs(
        &mut self,
        is_line: bool,
        x: usize,
        pairs: &[(f64, usize)],
    ) -> Result<Piece, Message> {
        if pairs.len() > MOST_PAIRS {
            return Err(Message::new("workbook-why-pairs").count("most", MOST_PAIRS as f64));
        }
        let x = self.cell(x)?;
        let values = pairs
            .iter()
            .map(|(_, value)| self.copy(*value))
            .collect::<Result<Vec<Piece>, Message>>()?;
        // From the last threshold down, as the choice is made.
        let mut whole = Piece::atom(Vec::new());
        for index in (0..pairs.len()).rev() {
            let (at, value) = (pairs[index].0, values[index].clone());
            whole
                .add(Piece::atom(fill(&format!("IF({{x}}>={},", number(at)), &[("x", x.clone())])));
            match (pairs.get(index + 1), values.get(index + 1)) {
                (Some((next, _)), Some(next_value)) if is_line => {
                    whole.add(value.clone().within(SUM));
                    whole.add(Piece::atom(fill(
                        &format!("+({{x}}-{})*(", number(at)),
                        &[("x", x.clone())],
                    )));
                    whole.add(next_value.clone().within(SUM));
                    whole.text("-");
                    whole.add(value.within(PRODUCT));
                    whole.text(&format!(")/{}", number(next - at)));
                }
                _ => whole.add(value),
            }
            whole.text(",");
        }
        match values.first() {
            Some(first) if is_line => whole.add(first.clone()),
            _ => whole.text("NA()"),
        }
        whole.text(&")".repeat(pairs.len()));
        Ok(whole)
    }
}
