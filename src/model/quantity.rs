//! The simulated quantities that worksheets and outcomes may name.

/// What the world yields per municipality and year, also split by tier (`open_points_local`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Months open / 12.
    OpenPoints,
    /// Points open on the day after the year, 1 January: those that open in December count as well.
    OpenPointsAtYearEnd,
    /// Sum over points of the months open in the year, 0 to 12 each.
    MonthsOpen,
    /// Points whose investment falls due: that open (`WhenReady`) or are funded (`WhenFunded`;
    /// while investment is divided, all that apply).
    NewPoints,
    /// Points that opened during the year.
    OpenedPoints,
    /// Points that asked for their investment and were not awarded it (`WhenFunded`).
    WaitingPoints,
    /// Registered cases served.
    Load,
    /// Cases lost to distance or to the limits of a tier.
    UnmetNeed,
    /// Full-time equivalents over the year.
    Staff,
    /// Eligible investment in new points, EUR.
    NewPointCost,
    /// Eligible renewal of equipment, EUR.
    RenewalCost,
    /// Eligible investment: new points and renewals, EUR.
    InvestmentCost,
    /// Eligible maintenance, EUR.
    MaintenanceCost,
    /// Investment and maintenance, EUR.
    TotalCost,
    /// Value added tax within the eligible cost, EUR.
    ValueAddedTax,
    /// Inhabitants within 5 km of an open point, mean over the year.
    PeopleWithin5Km,
    /// Inhabitants within 10 km.
    PeopleWithin10Km,
    /// Inhabitants within 15 km.
    PeopleWithin15Km,
}

/// How a quantity is called and counted.
#[derive(Clone, Copy, Debug)]
pub struct QuantityDoc {
    /// The quantity.
    pub quantity: Quantity,
    /// The name in formulas; with `_TIER` behind it, of one tier.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is, in a sentence.
    pub meaning: &'static str,
}

const fn doc(
    quantity: Quantity,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> QuantityDoc {
    QuantityDoc { quantity, name, unit, meaning }
}

/// Every quantity, one line each, in the order of [`Quantity`].
pub const QUANTITIES: &[QuantityDoc] = &[
    doc(Quantity::OpenPoints, "open_points", "points", "months open / 12"),
    doc(
        Quantity::OpenPointsAtYearEnd,
        "open_points_at_year_end",
        "points",
        "open on the 1 January after, so with those that open in December",
    ),
    doc(
        Quantity::MonthsOpen,
        "months_open",
        "months",
        "sum over points of months open, 0 to 12 each",
    ),
    doc(
        Quantity::NewPoints,
        "new_points",
        "points",
        "points whose investment falls due: that open (WhenReady) or are funded \
         (WhenFunded; a rule of investment sees all that apply)",
    ),
    doc(Quantity::OpenedPoints, "opened_points", "points", "points that opened during the year"),
    doc(
        Quantity::WaitingPoints,
        "waiting_points",
        "points",
        "points that asked for their investment in vain this year (WhenFunded)",
    ),
    doc(Quantity::Load, "load", "cases", "registered cases served"),
    doc(
        Quantity::UnmetNeed,
        "unmet_need",
        "cases",
        "cases lost to distance or to the limits of a tier",
    ),
    doc(Quantity::Staff, "staff", "full-time equivalents", "posts over the year"),
    doc(Quantity::NewPointCost, "new_point_cost", "EUR", "eligible investment in new points"),
    doc(
        Quantity::RenewalCost,
        "renewal_cost",
        "EUR",
        "eligible renewal of equipment at the end of its life",
    ),
    doc(Quantity::InvestmentCost, "investment_cost", "EUR", "new points and renewals"),
    doc(Quantity::MaintenanceCost, "maintenance_cost", "EUR", "eligible yearly cost of being open"),
    doc(Quantity::TotalCost, "total_cost", "EUR", "investment and maintenance"),
    doc(
        Quantity::ValueAddedTax,
        "value_added_tax",
        "EUR",
        "value added tax within the eligible cost",
    ),
    doc(
        Quantity::PeopleWithin5Km,
        "people_within_5_km",
        "inhabitants",
        "living within 5 km of an open point, mean over the year",
    ),
    doc(
        Quantity::PeopleWithin10Km,
        "people_within_10_km",
        "inhabitants",
        "living within 10 km of an open point, mean over the year",
    ),
    doc(
        Quantity::PeopleWithin15Km,
        "people_within_15_km",
        "inhabitants",
        "living within 15 km of an open point, mean over the year",
    ),
];

impl Quantity {
    /// Its line in [`QUANTITIES`].
    pub fn doc(self) -> &'static QuantityDoc {
        &QUANTITIES[self as usize]
    }

    /// The quantity with a name.
    pub fn by_name(name: &str) -> Option<Self> {
        QUANTITIES.iter().find(|doc| doc.name == name).map(|doc| doc.quantity)
    }

    /// How many there are.
    pub const COUNT: usize = QUANTITIES.len();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum() {
        for (index, doc) in QUANTITIES.iter().enumerate() {
            assert_eq!(doc.quantity as usize, index, "{}", doc.name);
        }
    }
}
