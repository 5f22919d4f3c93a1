//! What a name means in a rule, in an outcome and in a formula of the world.

use super::names::{MUNICIPAL, NATIONAL, OF_POINTS, Spot, View};
use super::vocabulary::{of_tier, quantity};
use crate::expression::{Extent, Kind, Shape};
use crate::model::{Column, ColumnValues, Mode, Purpose, Quantity, Variable};
use crate::problem::codes;

/// A variable, what it is, and its rows.
pub type Found = (Variable, Kind, Shape);

impl View<'_> {
    /// In a rule of a programme with this purpose.
    pub(super) fn in_rule(&self, name: &str, purpose: Purpose) -> Option<Found> {
        let number = |variable, shape| Some((variable, Kind::Number, shape));
        match name {
            "appropriation" => return number(Variable::Appropriation, NATIONAL),
            "available" => return number(Variable::Available, NATIONAL),
            "entitlement_last_year" => {
                let known = self.words.municipalities.previous_entitlement.is_some();
                self.needs_previous(name, known, "previous_entitlement");
                return number(Variable::EntitlementLastYear, MUNICIPAL);
            }
            "award_last_year" => {
                let known = self.words.municipalities.previous_award.is_some();
                self.needs_previous(name, known, "previous_award");
                return number(Variable::AwardLastYear, MUNICIPAL);
            }
            _ => {}
        }
        if let Some(variable) = self.simulated(name, purpose, 0) {
            if let Variable::Quantity { quantity, .. } = variable
                && purpose == Purpose::Investment
                && self.words.mode == Mode::WhenFunded
                && !known_when_funding(quantity)
            {
                self.misuse(
                    name,
                    format!("`{name}` of this year is not known when investment is awarded"),
                    format!("use the year before: lag({name}, 1)"),
                );
            }
            return number(variable, MUNICIPAL);
        }
        if let Some(stem) = name.strip_suffix(OF_POINTS) {
            return self.point_column(stem);
        }
        self.municipality_column(name).or_else(|| self.point_column(name))
    }

    /// In a declared outcome.
    pub(super) fn in_outcome(&self, name: &str) -> Option<Found> {
        let number = |variable| Some((variable, Kind::Number, MUNICIPAL));
        let total = |tier| Variable::Quantity { quantity: Quantity::TotalCost, tier, lag: 0 };
        match name {
            "entitlement" => return number(Variable::Entitlement),
            "award" | "own_share" => return number(Variable::Award),
            "eligible_cost" => return number(total(None)),
            _ => {}
        }
        if let Some(("eligible_cost", tier)) = of_tier(name, &self.words.tiers) {
            return number(total(Some(tier)));
        }
        if let Some((quantity, tier)) = quantity(name, &self.words.tiers) {
            return number(Variable::Quantity { quantity, tier, lag: 0 });
        }
        let found = self.municipality_column(name);
        if matches!(found, Some((_, Kind::Text, _))) {
            self.misuse(
                name,
                format!("`{name}` is a text column: it has no sum over a scope"),
                "outcomes are made of numbers; every outcome is shown by region anyway",
            );
        }
        if found.is_none() && self.point_column(name).is_some() {
            self.misuse(
                name,
                format!("`{name}` is a column of the points: outcomes see sums of municipalities"),
                "give the table of municipalities such a column",
            );
            return number(Variable::Award);
        }
        found
    }

    /// A simulated quantity of a rule, `lag` years ago.
    pub(super) fn simulated(&self, name: &str, purpose: Purpose, lag: u32) -> Option<Variable> {
        let tiers = &self.words.tiers;
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

    /// A column of the municipalities.
    pub(super) fn municipality_column(&self, name: &str) -> Option<Found> {
        let column = self.words.municipality_column(name)?;
        let kind = kind(&self.words.municipalities.table.columns[column]);
        let shape = Shape { extent: Extent::Municipality, random: false };
        Some((Variable::MunicipalityColumn { column, lag: 0 }, kind, shape))
    }

    /// A column of the points.
    pub(super) fn point_column(&self, name: &str) -> Option<Found> {
        let column = self.words.point_column(name)?;
        let kind = kind(&self.words.points.table.columns[column]);
        let shape = Shape { extent: Extent::Point, random: false };
        Some((Variable::PointColumn { column, lag: 0 }, kind, shape))
    }

    /// An index, which growth must not name.
    pub(super) fn index(&self, name: &str, variable: Variable) -> Variable {
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
    pub(super) fn input(&self, name: &str, input: usize) -> Extent {
        let declared = &self.words.inputs[input];
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
        if !known && !self.words.lost.may_hold(column) {
            self.misuse_as(
                codes::MISSING_PART,
                name,
                format!("the year before the first is not known: the municipalities have no column `{column}`"),
                "add that column to the table of municipalities, in EUR, 0 where there was nothing",
            );
        }
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
        Quantity::WaitingPoints
            | Quantity::Load
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
