//! Every formula of a scenario.

use super::{
    CostItem, Distance, Formula, Indices, Input, InputValue, Load, Network, Pot, Rule, Scenario,
    Staffing, Tier,
};

impl Scenario {
    /// Whether nothing in it is left to chance, so that every draw is the same.
    pub fn draws_nothing(&self) -> bool {
        !self.inputs.iter().any(Input::is_uncertain)
    }

    /// Every formula in it, whether or not it has an effect, in no particular order.
    pub fn formulas(&self) -> Vec<&Formula> {
        let mut all = self.formulas_of_world();
        all.extend(self.programmes.iter().flat_map(|programme| programme.pot.formulas()));
        for policy in &self.policies {
            all.extend(policy.pots.iter().flat_map(Pot::formulas));
            all.extend(policy.rules.iter().flatten().flat_map(Rule::formulas));
        }
        all.extend(self.outcomes.iter().map(|outcome| &outcome.formula));
        all
    }

    /// Every formula of what is simulated before anything is settled: prices, inputs, network, load, staff
    /// and cost.
    pub fn formulas_of_world(&self) -> Vec<&Formula> {
        let Indices { pay, price } = &self.indices;
        let mut all: Vec<&Formula> = pay.iter().chain(price).collect();
        all.extend(self.inputs.iter().filter_map(|input| match &input.value {
            InputValue::Computed(formula) => Some(&**formula),
            InputValue::Drawn(_) => None,
        }));
        self.network.iter().for_each(|network| of_network(network, &mut all));
        self.load.iter().for_each(|load| of_load(load, &mut all));
        self.staffing.iter().for_each(|staffing| of_staffing(staffing, &mut all));
        all.extend(self.costs.iter().map(|CostItem { amount, .. }| amount));
        all
    }
}

// Each takes its struct apart, so that a formula that is added to it cannot be forgotten here.

fn of_network<'f>(network: &'f Network, all: &mut Vec<&'f Formula>) {
    let Network {
        mode: _,
        tiers,
        delay_months,
        never,
        building_months,
        award_month: _,
        acceptable_own_share,
        patience_years: _,
    } = network;
    all.extend(tiers.iter().map(|Tier { basket_share, .. }| basket_share));
    all.extend([delay_months, building_months]);
    all.extend(never.iter().chain(acceptable_own_share));
}

fn of_load<'f>(load: &'f Load, all: &mut Vec<&'f Formula>) {
    let Load {
        need,
        factors,
        own_offices,
        distance: Distance { half_km, floor, detour },
        institutions,
        second_level_share,
        video_share,
    } = load;
    all.extend([need, half_km, floor, detour, second_level_share, video_share]);
    all.extend(factors.iter().map(|factor| &factor.factor));
    all.extend(own_offices.iter().flatten().chain(institutions));
}

fn of_staffing<'f>(staffing: &'f Staffing, all: &mut Vec<&'f Formula>) {
    let Staffing {
        minimum,
        minutes_per_case,
        minutes_per_video,
        productive_hours,
        utilisation,
        extra,
        waiting: _,
    } = staffing;
    all.extend(minimum);
    all.extend([minutes_per_case, minutes_per_video, productive_hours, utilisation]);
    all.extend(extra);
}
