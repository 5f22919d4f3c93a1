//! What a name means in a formula, by where the formula stands.

use std::cell::RefCell;

use super::vocabulary::{Vocabulary, of_tier, quantity};
use crate::expression::{Extent, Kind, Names, Resolved, Shape};
use crate::model::{Column, ColumnValues, Mode, Purpose, QUANTITIES, Quantity, Scenario, Variable};

/// Where a formula stands: what it may name depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Growth of pay or prices, of which the indices are made.
    Growth,
    /// A formula of the world or a sum of money: rows are points.
    World,
    /// An input that is computed.
    Input,
    /// A rule of a programme with this purpose: rows are municipalities.
    Rule(Purpose),
    /// A declared outcome: rows are scopes.
    Outcome,
}

/// A name that exists, but not here.
#[derive(Clone, Debug)]
pub struct Misuse {
    /// The name.
    pub name: String,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// The names of one formula, with the variables that it turns out to use.
#[derive(Debug)]
pub struct View<'v> {
    vocabulary: &'v Vocabulary,
    spot: Spot,
    /// Earlier lines of the worksheet.
    lines: &'v [String],
    /// Names of inputs that a ready-made formula calls.
    locals: &'v [(String, usize)],
    variables: RefCell<Vec<Variable>>,
    misuses: RefCell<Vec<Misuse>>,
}

/// How many years back a simulated quantity is kept.
const MOST_LAG: u32 = Scenario::PAST_YEARS as u32;
/// Ends the name of a point's column where the municipalities have one of the same name.
const OF_POINTS: &str = "__of_points";

const CONSTANT: Shape = Shape::CONSTANT;
const NATIONAL: Shape = Shape { extent: Extent::Nation, random: true };
const MUNICIPAL: Shape = Shape { extent: Extent::Municipality, random: true };

type Found = (Variable, Kind, Shape);

impl<'v> View<'v> {
    /// The names that a formula sees there.
    pub fn new(
        vocabulary: &'v Vocabulary,
        spot: Spot,
        lines: &'v [String],
        locals: &'v [(String, usize)],
    ) -> Self {
        let (variables, misuses) = (RefCell::default(), RefCell::default());
        Self { vocabulary, spot, lines, locals, variables, misuses }
    }

    /// The text with composed names spelled out: `own_share` in outcomes, and inside `point_sum(…)`
    /// of a rule the points' column where both tables have one of that name.
    pub fn spelled_out(&self, text: &str) -> String {
        super::words::replaced(text, |word| match self.spot {
            Spot::Outcome if word.text == "own_share" => Some("(total_cost - award)".to_owned()),
            Spot::Rule(_)
                if word.is_among_points
                    && !word.is_lagged
                    && self.vocabulary.municipality_column(word.text).is_some()
                    && self.vocabulary.point_column(word.text).is_some() =>
            {
                Some(format!("{}{OF_POINTS}", word.text))
            }
            _ => None,
        })
    }

    /// What each id means, and the names that stand where they must not.
    pub fn finish(self) -> (Vec<Variable>, Vec<Misuse>) {
        (self.variables.into_inner(), self.misuses.into_inner())
    }

    fn find(&self, name: &str) -> Option<Found> {
        let words = self.vocabulary;
        let number = |variable, shape| Some((variable, Kind::Number, shape));
        if let Some((_, input)) = self.locals.iter().find(|(local, _)| local == name) {
            return number(Variable::Input(*input), NATIONAL);
        }
        if let Some(line) = self.lines.iter().position(|line| line == name) {
            return number(Variable::Line(line), MUNICIPAL);
        }
        match name {
            "year" if words.years.is_some() => return number(Variable::Year, CONSTANT),
            "pay_index" => return number(self.index(name, Variable::PayIndex), NATIONAL),
            "price_index" => return number(self.index(name, Variable::PriceIndex), NATIONAL),
            _ => {}
        }
        if let Some(lever) = words.lever(name) {
            return number(Variable::Lever(lever), CONSTANT);
        }
        if let Some(input) = words.input(name) {
            let extent = self.input(name, input);
            return number(Variable::Input(input), Shape { extent, random: true });
        }
        match self.spot {
            Spot::Growth | Spot::World | Spot::Input => {
                self.point_column(name).or_else(|| self.municipality_column(name)).or_else(|| {
                    let (quantity, tier) = quantity(name, &words.tiers)?;
                    self.misuse(
                        name,
                        format!("`{name}` is a result of the simulation, it cannot be named here"),
                        "rules and outcomes see what is simulated",
                    );
                    number(Variable::Quantity { quantity, tier, lag: 0 }, MUNICIPAL)
                })
            }
            Spot::Rule(purpose) => self.in_rule(name, purpose),
            Spot::Outcome => self.in_outcome(name),
        }
    }

    fn in_rule(&self, name: &str, purpose: Purpose) -> Option<Found> {
        let number = |variable, shape| Some((variable, Kind::Number, shape));
        match name {
            "appropriation" => return number(Variable::Appropriation, NATIONAL),
            "available" => return number(Variable::Available, NATIONAL),
            "entitlement_last_year" => {
                let known = self.vocabulary.municipalities.previous_entitlement.is_some();
                self.needs_previous(name, known, "previous_entitlement");
                return number(Variable::EntitlementLastYear, MUNICIPAL);
            }
            "award_last_year" => {
                let known = self.vocabulary.municipalities.previous_award.is_some();
                self.needs_previous(name, known, "previous_award");
                return number(Variable::AwardLastYear, MUNICIPAL);
            }
            _ => {}
        }
        if let Some(variable) = self.simulated(name, purpose, 0) {
            if let Variable::Quantity { quantity, .. } = variable
                && purpose == Purpose::Investment
                && self.vocabulary.mode == Mode::WhenFunded
                && !known_when_funding(quantity)
            {
                self.misuse(
                    name,
                    format!("`{name}` of this year is not known when investment is awarded"),
                    "use the year before: lag(…, 1)",
                );
            }
            return number(variable, MUNICIPAL);
        }
        if let Some(stem) = name.strip_suffix(OF_POINTS) {
            return self.point_column(stem);
        }
        self.municipality_column(name).or_else(|| self.point_column(name))
    }

    fn in_outcome(&self, name: &str) -> Option<Found> {
        let number = |variable| Some((variable, Kind::Number, MUNICIPAL));
        let total = |tier| Variable::Quantity { quantity: Quantity::TotalCost, tier, lag: 0 };
        match name {
            "entitlement" => return number(Variable::Entitlement),
            "award" | "own_share" => return number(Variable::Award),
            "eligible_cost" => return number(total(None)),
            _ => {}
        }
        if let Some(("eligible_cost", tier)) = of_tier(name, &self.vocabulary.tiers) {
            return number(total(Some(tier)));
        }
        if let Some((quantity, tier)) = quantity(name, &self.vocabulary.tiers) {
            return number(Variable::Quantity { quantity, tier, lag: 0 });
        }
        let found = self.municipality_column(name);
        if matches!(found, Some((_, Kind::Text, _))) {
            self.misuse(
                name,
                format!("`{name}` is a text column: it has no sum over a scope"),
                "outcomes see numbers",
            );
        }
        if found.is_none() && self.point_column(name).is_some() {
            self.misuse(
                name,
                format!("`{name}` is a column of the points: outcomes see sums of municipalities"),
                "give the municipalities such a column",
            );
            return number(Variable::Award);
        }
        found
    }

    /// A simulated quantity of a rule, `lag` years ago.
    fn simulated(&self, name: &str, purpose: Purpose, lag: u32) -> Option<Variable> {
        let tiers = &self.vocabulary.tiers;
        let cost = match purpose {
            Purpose::Investment => Quantity::InvestmentCost,
            Purpose::Maintenance => Quantity::MaintenanceCost,
        };
        let (quantity, tier) = match (name, of_tier(name, tiers)) {
            ("eligible_cost", _) => (cost, None),
            (_, Some(("eligible_cost", tier))) => (cost, Some(tier)),
            _ => quantity(name, tiers)?,
        };
        Some(Variable::Quantity { quantity, tier, lag })
    }

    fn municipality_column(&self, name: &str) -> Option<Found> {
        let column = self.vocabulary.municipality_column(name)?;
        let kind = kind(&self.vocabulary.municipalities.table.columns[column]);
        let shape = Shape { extent: Extent::Municipality, random: false };
        Some((Variable::MunicipalityColumn { column, lag: 0 }, kind, shape))
    }

    fn point_column(&self, name: &str) -> Option<Found> {
        let column = self.vocabulary.point_column(name)?;
        let kind = kind(&self.vocabulary.points.table.columns[column]);
        let shape = Shape { extent: Extent::Point, random: false };
        Some((Variable::PointColumn { column, lag: 0 }, kind, shape))
    }

    fn index(&self, name: &str, variable: Variable) -> Variable {
        if self.spot == Spot::Growth {
            self.misuse(
                name,
                format!("`{name}` is made of this growth, which cannot depend on it"),
                "growth may name inputs, levers and the year",
            );
        }
        variable
    }

    /// The extent of a declared input.
    fn input(&self, name: &str, input: usize) -> Extent {
        let declared = &self.vocabulary.inputs[input];
        if self.spot == Spot::Growth && declared.is_indexed {
            self.misuse(
                name,
                format!("`{name}` is computed from an index, which is made of this growth"),
                "growth may name inputs that do not depend on an index",
            );
        }
        if self.spot == Spot::Outcome && declared.extent != Extent::Nation {
            self.misuse(
                name,
                format!("`{name}` differs within the nation: it has no sum over a scope"),
                "outcomes see inputs of extent Nation",
            );
        }
        declared.extent
    }

    fn needs_previous(&self, name: &str, known: bool, column: &str) {
        if !known {
            self.misuse(
                name,
                format!("the year before the first is not known: the municipalities have no column `{column}`"),
                "give municipalities columns `previous_entitlement` and `previous_award`, in EUR",
            );
        }
    }

    fn misuse(&self, name: &str, message: String, help: &'static str) {
        let mut misuses = self.misuses.borrow_mut();
        if !misuses.iter().any(|misuse| misuse.name == name) {
            misuses.push(Misuse { name: name.to_owned(), message, help });
        }
    }

    fn numbered(&self, (variable, kind, shape): Found) -> Resolved {
        let mut variables = self.variables.borrow_mut();
        let position = variables.iter().position(|known| *known == variable);
        let id = position.unwrap_or_else(|| {
            variables.push(variable);
            variables.len() - 1
        });
        Resolved { id: id as u32, kind, shape }
    }

    fn column(&self, variable: Option<Variable>) -> Option<&Column> {
        let (table, column) = match variable? {
            Variable::MunicipalityColumn { column, .. } => {
                (&self.vocabulary.municipalities.table, column)
            }
            Variable::PointColumn { column, .. } => (&self.vocabulary.points.table, column),
            _ => return None,
        };
        table.columns.get(column)
    }
}

impl Names for View<'_> {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        self.find(name).map(|found| self.numbered(found))
    }

    fn resolve_lag(&self, name: &str, years: u32) -> Result<Resolved, String> {
        if let Spot::Rule(purpose) = self.spot
            && !self.lines.iter().any(|line| line == name)
            && let Some(variable) = self.simulated(name, purpose, years)
        {
            if years > MOST_LAG {
                return Err(format!("`{name}` is known for {MOST_LAG} years back at most"));
            }
            return Ok(self.numbered((variable, Kind::Number, MUNICIPAL)));
        }
        if self.spot == Spot::Outcome {
            return Err("an outcome sees its own year only".to_owned());
        }
        let Some(column) = self.vocabulary.municipality_column(name) else {
            return Err(match self.find(name) {
                Some(_) => format!("the past of `{name}` is not kept"),
                None => format!("`{name}` is not known here"),
            });
        };
        let values = &self.vocabulary.municipalities.table.columns[column].values;
        let ColumnValues::Yearly { first_year, .. } = values else {
            return Err(format!("`{name}` has no past: its table has no column of years"));
        };
        let first = self.vocabulary.years.map_or(*first_year, |years| years.first);
        if first - (years as i32) < *first_year {
            return Err(format!(
                "`{name}` is needed from {} on, and its table begins in {first_year}",
                first - years as i32
            ));
        }
        let shape = Shape { extent: Extent::Municipality, random: false };
        let variable = Variable::MunicipalityColumn { column, lag: years };
        Ok(self.numbered((variable, Kind::Number, shape)))
    }

    fn text_code(&self, column: u32, text: &str) -> Result<f64, Vec<String>> {
        let variable = self.variables.borrow().get(column as usize).copied();
        let Some(ColumnValues::Texts { values, .. }) =
            self.column(variable).map(|column| &column.values)
        else {
            return Err(Vec::new());
        };
        let position = values.binary_search_by(|value| value.as_str().cmp(text));
        position.map(|code| code as f64).map_err(|_| values.clone())
    }

    fn known(&self) -> Vec<String> {
        let words = self.vocabulary;
        let mut names: Vec<String> = self.lines.to_vec();
        names.extend(["year", "pay_index", "price_index"].map(ToOwned::to_owned));
        names.extend(words.levers.iter().map(|lever| lever.name.clone()));
        names.extend(words.inputs.iter().map(|input| input.name.clone()));
        names.extend(words.municipalities.table.columns.iter().map(|column| column.name.clone()));
        names.extend(words.points.table.columns.iter().map(|column| column.name.clone()));
        let own: &[&str] = match self.spot {
            Spot::Rule(_) => &[
                "appropriation",
                "available",
                "entitlement_last_year",
                "award_last_year",
                "eligible_cost",
            ],
            Spot::Outcome => &["entitlement", "award", "own_share", "eligible_cost"],
            _ => return names,
        };
        names.extend(own.iter().map(|name| (*name).to_owned()));
        for doc in QUANTITIES {
            names.push(doc.name.to_owned());
            names.extend(words.tiers.iter().map(|tier| format!("{}_{tier}", doc.name)));
        }
        names
    }
}

fn kind(column: &Column) -> Kind {
    match column.values {
        ColumnValues::Texts { .. } => Kind::Text,
        _ => Kind::Number,
    }
}

/// Whether a quantity of the year is settled before money for investment is awarded.
fn known_when_funding(quantity: Quantity) -> bool {
    !matches!(
        quantity,
        Quantity::Load
            | Quantity::UnmetNeed
            | Quantity::Staff
            | Quantity::MaintenanceCost
            | Quantity::TotalCost
            | Quantity::ValueAddedTax
            | Quantity::PeopleWithin5Km
            | Quantity::PeopleWithin10Km
            | Quantity::PeopleWithin15Km
    )
}
