//! How the network opens, load arises, staff follows and cost falls due.

use super::Formula;

/// How pay and prices grow, as yearly rates (0.07 = 7 %) of extent Nation.
#[derive(Clone, Debug, Default)]
pub struct Indices {
    /// Growth of pay.
    pub pay: Option<Formula>,
    /// Growth of prices.
    pub price: Option<Formula>,
}

/// How the network opens and closes.
#[derive(Clone, Debug)]
pub struct Network {
    /// What a point waits for.
    pub mode: Mode,
    /// The tiers, from the smallest to the largest.
    pub tiers: Vec<Tier>,
    /// Months from a point's planned opening to its readiness (Point).
    pub delay_months: Formula,
    /// 1 (or true) where a planned point never becomes ready (Point).
    pub never: Option<Formula>,
    /// Months from the award of its investment to a point's opening (Point); `WhenFunded` only.
    pub building_months: Formula,
    /// Month of the year in which investment is awarded, 1 to 12.
    pub award_month: i32,
    /// Own share of cost (0..=1) below which a municipality joins and stays (Municipality); `WhenFunded` only.
    pub acceptable_own_share: Option<Formula>,
    /// A municipality leaves after this many years in a row above its acceptable share.
    pub patience_years: u32,
}

/// What a point waits for before it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It opens when it is ready.
    WhenReady,
    /// It opens when its investment has been awarded under the policy and built, if its municipality joins.
    WhenFunded,
}

/// The significance of the development centre in which a point stands.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Its name (`local`, `county` …).
    pub name: String,
    /// How many institutions see visitors there in person.
    pub institutions: u32,
    /// On how many days of the week, 0 to 5.
    pub institution_days: f64,
    /// Share of cases whose service is in the tier's basket (Nation).
    pub basket_share: Formula,
    /// Whether the point has a video link to the institutions.
    pub video: bool,
}

/// How load arises in the territorial units around the points.
#[derive(Clone, Debug)]
pub struct Load {
    /// Latent cases a year of a unit's inhabitants at distance zero (Point).
    pub need: Formula,
    /// Forces that multiply the need: digital, basket, helpdesk (Nation, Municipality or Point each).
    pub factors: Vec<Factor>,
    /// Share of the need that the institutions' own offices serve, per tier of the unit (Municipality).
    pub own_offices: Vec<Option<Formula>>,
    /// How fewer people come from farther away.
    pub distance: Distance,
    /// How many institutions the cases belong to, evenly (Nation): those that a tier promises serve
    /// that part of the in-depth cases in person. Without it those of a tier serve all of them.
    pub institutions: Option<Formula>,
    /// Share of the cases that need in-depth consultation by the institution (Nation).
    pub second_level_share: Formula,
    /// Share of those, where the institution is not there in person, that video serves (Nation).
    pub video_share: Formula,
}

/// A named force on the need.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Its name.
    pub name: String,
    /// What the need is multiplied with.
    pub factor: Formula,
}

/// The share of people who go: `max(floor, 2^(−detour · km / half_km))`.
#[derive(Clone, Debug)]
pub struct Distance {
    /// Kilometres of road at which half of them still go (Nation).
    pub half_km: Formula,
    /// The share that goes however far it is, 0..=1 (Nation).
    pub floor: Formula,
    /// Road kilometres per straight-line kilometre (Nation).
    pub detour: Formula,
}

/// How staff follows load.
#[derive(Clone, Debug)]
pub struct Staffing {
    /// Least posts per open point, by tier (Point).
    pub minimum: Vec<Formula>,
    /// Minutes of the point's staff per case (Point).
    pub minutes_per_case: Formula,
    /// Minutes of the point's staff per video consultation (Point).
    pub minutes_per_video: Formula,
    /// Hours a full-time post works with visitors in a year (Point).
    pub productive_hours: Formula,
    /// Share of those hours that can be busy, 0..=1 (Point).
    pub utilisation: Formula,
    /// Posts on top, such as portal support (Point).
    pub extra: Option<Formula>,
    /// Waiting target by tier, where the tier has one: then Erlang decides instead of utilisation.
    pub waiting: Vec<Option<Waiting>>,
}

/// A waiting target: this share of visitors waits at most so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Minutes.
    pub minutes: f64,
    /// Share of visitors, 0..1.
    pub share: f64,
    /// Hours a year that the counter is open.
    pub opening_hours: f64,
}

/// One thing that is paid for.
#[derive(Clone, Debug)]
pub struct CostItem {
    /// Its name.
    pub name: String,
    /// Investment: once at opening and after each life. Maintenance: every year.
    pub purpose: super::Purpose,
    /// What it is paid per.
    pub per: Driver,
    /// Whether a point of each tier has it.
    pub tiers: Vec<bool>,
    /// EUR per unit of the driver at prices of the price year (Point).
    pub amount: Formula,
    /// How it follows pay and prices.
    pub index: IndexShare,
    /// Years after which it is bought again (Investment).
    pub life_years: Option<u32>,
    /// Value added tax.
    pub vat: Vat,
}

/// What a cost item is paid per.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Per point: at its opening (Investment), or per year of being open (Maintenance).
    Point,
    /// Per full-time equivalent and year.
    FullTimeEquivalent,
    /// Per case served.
    Case,
}

/// How an amount follows the indices: it grows each year by `pay · pay growth + price · price growth`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IndexShare {
    /// Share of pay growth.
    pub pay: f64,
    /// Share of price growth.
    pub price: f64,
}

/// Value added tax of a cost item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Vat {
    /// None is due (pay).
    Exempt,
    /// The amount contains it, at this rate.
    Included(f64),
    /// It comes on top, at this rate, and is eligible.
    Added(f64),
}
