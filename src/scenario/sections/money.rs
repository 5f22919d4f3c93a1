//! Currency, price year, growth of pay and prices, the rate of value added tax.

use super::formula::Want;
use super::names::Spot;
use super::vocabulary::Vocabulary;
use crate::model::{Indices, Years};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, placed, quoted, share, text, year};
use crate::scenario::tree::Node;

/// The section, read.
#[derive(Clone, Debug)]
pub struct Money {
    /// Three letters.
    pub currency: String,
    /// The year in which every index is 1.
    pub price_year: i32,
    /// Growth of pay and prices.
    pub indices: Indices,
    /// The usual rate of value added tax.
    pub vat_rate: f64,
}

/// Latvia's rate of value added tax.
const VAT_RATE: f64 = 0.21;

impl Money {
    /// What holds where nothing is written.
    pub fn usual(years: Years) -> Self {
        Self {
            currency: "EUR".to_owned(),
            price_year: years.first,
            indices: Indices::default(),
            vat_rate: VAT_RATE,
        }
    }
}

/// Reads the section.
pub fn money(door: &mut Decoder, node: &Node, words: &Vocabulary, years: Years) -> Option<Money> {
    let usual = Money::usual(years);
    let growth = Want { spot: Spot::Growth, ..Want::WORLD }.national().within(-1.0, 1_000.0);
    let mut fields = door.fields(node, "money")?;
    let currency = fields.or("currency", currency, usual.currency);
    let price_year = fields.optional("price_year", placed(year));
    let pay = fields
        .optional("pay_growth", |door, node| words.number(door, node, "money.pay_growth", growth));
    let price = fields.optional("price_growth", |door, node| {
        words.number(door, node, "money.price_growth", growth)
    });
    let vat_rate = fields.or("vat_rate", share, usual.vat_rate);
    fields.finish();
    let price_year = price_year?.map_or(Some(years.first), |(year, place)| {
        if year <= years.first {
            return Some(year);
        }
        let message = format!("the price year, {year}, is after the first year, {}", years.first);
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&place, "");
        door.refuse(
            problem
                .note("an index is 1 in the price year and grows by draws of later years")
                .help(format!("write {} or an earlier year", years.first)),
        )
    });
    Some(Money {
        currency: currency?,
        price_year: price_year?,
        indices: Indices { pay: pay?, price: price? },
        vat_rate: vat_rate?,
    })
}

fn currency(door: &mut Decoder, node: &Node) -> Option<String> {
    let currency = text(door, node)?;
    if currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(currency);
    }
    let message = format!("{} is not a currency", quoted(&currency));
    let problem = Problem::error(codes::OUT_OF_RANGE, message)
        .at(&node.place, "should be three capital letters");
    let capitals = currency.to_uppercase();
    let is_code = capitals.len() == 3 && capitals.bytes().all(|byte| byte.is_ascii_uppercase());
    let code = if is_code { &capitals } else { "EUR" };
    door.refuse(problem.help(format!("write `currency: \"{code}\"`")))
}
