//! What is paid for.

use super::formula::Want;
use super::tiers::tier;
use super::vocabulary::Vocabulary;
use crate::model::{CostItem, Driver, IndexShare, Indices, Purpose, Vat};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, filled, list, one_of_names, placed, quoted, share, spoken, text, variants,
    whole_within,
};
use crate::scenario::tree::{Kind, Node};

/// The two purposes.
pub const PURPOSES: [(&str, Purpose); 2] =
    [("Investment", Purpose::Investment), ("Maintenance", Purpose::Maintenance)];

/// What cost items depend on beside names.
#[derive(Clone, Copy, Debug)]
pub struct Rates<'r> {
    /// The usual rate of value added tax.
    pub vat: f64,
    /// Growth of pay and prices; nothing if it could not be read.
    pub growth: Option<&'r Indices>,
}

/// Reads the section.
pub fn costs(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    rates: Rates<'_>,
) -> Option<Vec<CostItem>> {
    let Kind::List(items) = &node.kind else {
        return door.wrong(node, "a list of cost items, written `[…]`");
    };
    let mut names: Vec<(&str, &Place)> = Vec::new();
    let mut read = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let written = item.field("name").and_then(|name| Some((name.as_text()?, &name.place)));
        let name = written.map(|(name, _)| name.value.to_string());
        let path = format!("costs.{}.amount", name.unwrap_or_else(|| (index + 1).to_string()));
        read.push(cost(door, item, words, rates, &path));
        let Some((name, place)) = written else { continue };
        if let Some((_, first)) = names.iter().find(|(other, _)| **other == *name.value) {
            let message = format!("two cost items are called {}", quoted(&name.value));
            let problem = Problem::error(codes::DUPLICATE_NAME, message)
                .at(place, "again here")
                .also(first, "first here");
            door.tell(problem.help("give each cost item a name of its own"));
        }
        names.push((&name.value, place));
    }
    read.into_iter().collect()
}

fn cost(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    rates: Rates<'_>,
    path: &str,
) -> Option<CostItem> {
    let mut fields = door.fields(node, "a cost item")?;
    let name = fields.required("name", filled);
    let purpose = fields.required("purpose", one_of_names(&PURPOSES));
    let drivers = [
        ("Point", Driver::Point),
        ("FullTimeEquivalent", Driver::FullTimeEquivalent),
        ("Case", Driver::Case),
    ];
    let per = fields.required("per", placed(one_of_names(&drivers)));
    let tiers =
        fields.or("tiers", |door, node| tiers(door, node, words), vec![true; words.tiers.len()]);
    let amount = fields
        .required("amount", |door, node| words.number(door, node, path, Want::WORLD.amount()));
    let index = fields.or("index", placed(index), (IndexShare::default(), node.head()));
    let life = fields.optional("life_years", placed(whole_within(1, 200)));
    let vat = fields.or("vat", |door, node| vat(door, node, rates.vat), Vat::Exempt);
    let source = fields.optional("source", text);
    fields.finish();
    if let (Some(Purpose::Investment), Some((Driver::FullTimeEquivalent | Driver::Case, place))) =
        (purpose, &per)
    {
        let message = "investment is paid per point only";
        door.tell(
            Problem::error(codes::CONFLICT, message)
                .at(place, "")
                .note("it falls due when a point opens or is renewed, not with its cases or staff")
                .help("write `per: Point`, or `purpose: Maintenance`"),
        );
    }
    if let (Some(Purpose::Maintenance), Some(Some((_, place)))) = (purpose, &life) {
        let message = "maintenance falls due every year and has no life";
        door.tell(
            Problem::error(codes::CONFLICT, message)
                .at(place, "")
                .help("leave `life_years` out, or write `purpose: Investment`"),
        );
    }
    if let (Some((index, place)), Some(growth)) = (&index, rates.growth) {
        warn_of_missing_growth(door, *index, place, growth);
    }
    source?;
    Some(CostItem {
        name: name?,
        purpose: purpose?,
        per: per?.0,
        tiers: tiers?,
        amount: amount?,
        index: index?.0,
        life_years: life?.map(|(years, _)| years as u32),
        vat: vat?,
    })
}

fn warn_of_missing_growth(door: &mut Decoder, index: IndexShare, place: &Place, growth: &Indices) {
    let missing = [
        ("pay_growth", index.pay != 0.0 && growth.pay.is_none()),
        ("price_growth", index.price != 0.0 && growth.price.is_none()),
    ];
    for (name, _) in missing.iter().filter(|(_, is_missing)| *is_missing) {
        let message = format!("this index stays 1: `money` has no `{name}`");
        let problem = Problem::warning(codes::NO_EFFECT, message).at(place, "");
        door.tell(
            problem
                .note("the amount is the same in every year")
                .help(format!("write `{name}` in `money`, or leave the index out")),
        );
    }
}

fn tiers(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Vec<bool>> {
    let named = list(placed(text))(door, node)?;
    let mut has = vec![false; words.tiers.len()];
    let mut sound = true;
    for (name, place) in &named {
        match tier(door, name, place, words) {
            Some(tier) => has[tier] = true,
            None => sound = false,
        }
    }
    sound.then_some(has)
}

fn index(door: &mut Decoder, node: &Node) -> Option<IndexShare> {
    let head = node.head();
    let shares = variants(&[
        // Stands in the list of choices only: `None` is read as if nothing had been written.
        ("None", |_, _| Some((0.0, 0.0))),
        ("Pay", |door, node| one_of_names(&[("Pay", (1.0, 0.0))])(door, node)),
        ("Prices", |door, node| {
            let mut fields = door.fields_of(node, "Prices")?;
            let share = fields.or("share", share, 1.0);
            fields.finish();
            Some((0.0, share?))
        }),
        ("Mixed", |door, node| {
            let mut fields = door.fields_of(node, "Mixed")?;
            let pay = fields.required("pay", share);
            let prices = fields.required("prices", share);
            fields.finish();
            Some((pay?, prices?))
        }),
    ])(door, node)?;
    let sum = shares.0 + shares.1;
    if sum > 1.0 + 1e-9 {
        let sum = spoken(sum);
        let message = format!("the shares of an index add up to {sum}, which is above 1");
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&head, "");
        return door.refuse(
            problem
                .note("each is the part of the sum that grows so; what is left over stays as it is")
                .help("make their sum 1 or less"),
        );
    }
    Some(IndexShare { pay: shares.0, price: shares.1 })
}

fn vat(door: &mut Decoder, node: &Node, usual: f64) -> Option<Vat> {
    let make: fn(f64) -> Vat = variants::<fn(f64) -> Vat>(&[
        ("Exempt", |door, node| {
            one_of_names(&[("Exempt", ())])(door, node)
                .map(|()| (|_| Vat::Exempt) as fn(f64) -> Vat)
        }),
        ("Included", |_, _| Some(Vat::Included)),
        ("Added", |_, _| Some(Vat::Added)),
    ])(door, node)?;
    if make(usual) == Vat::Exempt {
        return Some(Vat::Exempt);
    }
    let name = node.name().map(|name| name.value.to_string())?;
    let mut fields = door.fields_of(node, &name)?;
    let rate = fields.or("rate", share, usual);
    fields.finish();
    rate.map(make)
}
