//! What does not depend on the policy: formulas of the world, evaluated once a year for all paths.

use super::draws::Draws;
use super::fault::{Fault, Faults, all_within, within};
use super::frame::{Frame, Moment};
use super::prepared::Prepared;
use super::service::TierShares;
use super::staffing::Work;
use crate::expression::{Extent, Scratch};
use crate::model::{Formula, Scenario};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// A formula of the world with its values, in its own extent.
#[derive(Clone, Debug)]
pub struct Evaluated<'a> {
    formula: &'a Formula,
    extent: Extent,
    yearly: bool,
    fresh: bool,
    rows: Vec<Lanes>,
}

impl<'a> Evaluated<'a> {
    /// Room for a formula's values.
    pub fn new(prepared: &Prepared<'a>, formula: &'a Formula) -> Self {
        let extent = formula.program.shape().extent;
        Self {
            formula,
            extent,
            yearly: prepared.varies_by_year(formula),
            fresh: false,
            rows: vec![[0.0; LANES]; prepared.rows_of(extent)],
        }
    }

    /// A new block of draws has begun.
    pub fn forget(&mut self) {
        self.fresh = false;
    }

    /// Evaluates it for a year, unless it is the same in every year and was evaluated already.
    pub fn update(
        &mut self,
        prepared: &Prepared<'_>,
        draws: &Draws,
        year: usize,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        if self.fresh && !self.yearly {
            return;
        }
        let frame = Frame::new(prepared, draws, &self.formula.variables, Moment::at(year));
        frame.evaluate(self.formula, self.extent, scratch, self.rows.as_flattened_mut());
        self.fresh = true;
        let range = self.formula.range;
        if all_within(&self.rows, range) {
            return;
        }
        for (row, values) in self.rows.iter().enumerate() {
            if !within(values, range) {
                faults.report_lanes(values, range, |value| {
                    Fault::of_world(prepared, self.formula, year, self.extent, row, value)
                });
            }
        }
    }

    /// How many rows its values have.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// Its value at a point of a municipality.
    #[inline(always)]
    pub fn at(&self, municipality: usize, point: usize) -> &Lanes {
        &self.rows[self.row(municipality, point)]
    }

    #[inline(always)]
    fn row(&self, municipality: usize, point: usize) -> usize {
        match self.extent {
            Extent::Nation => 0,
            Extent::Municipality => municipality,
            Extent::Point => point,
        }
    }

    /// Its value for the nation (the first row where it varies).
    pub fn national(&self) -> &Lanes {
        &self.rows[0]
    }
}

/// The formulas of the world, ready for one year of one block.
#[derive(Clone, Debug)]
pub struct Common<'a> {
    /// Network.
    pub network: Option<NetworkFormulas<'a>>,
    /// Load.
    pub load: Option<LoadFormulas<'a>>,
    /// Staffing.
    pub staffing: Option<StaffingFormulas<'a>>,
    /// Amount per cost item.
    pub amounts: Vec<Evaluated<'a>>,
    /// Index per cost item, this year.
    pub indices: Vec<Lanes>,
    /// Latent need left for the points, per unit: need × forces × (1 − own offices).
    pub need: Vec<Lanes>,
    /// What each tier does with the cases that come; none without a load.
    pub tiers: Option<Vec<TierShares>>,
    /// Work per case that comes; none without load or staffing.
    pub work: Option<Work>,
}

/// Formulas of the network.
#[derive(Clone, Debug)]
pub struct NetworkFormulas<'a> {
    /// Months of delay.
    pub delay: Evaluated<'a>,
    /// Never ready.
    pub never: Option<Evaluated<'a>>,
    /// Months of building.
    pub building: Evaluated<'a>,
    /// Acceptable own share.
    pub acceptable: Option<Evaluated<'a>>,
}

/// Formulas of the load.
#[derive(Clone, Debug)]
pub struct LoadFormulas<'a> {
    need: Evaluated<'a>,
    factors: Vec<Evaluated<'a>>,
    own_offices: Vec<Option<Evaluated<'a>>>,
    /// Half-distance, km.
    pub half_km: Evaluated<'a>,
    /// Share that goes however far.
    pub floor: Evaluated<'a>,
    /// Detour.
    pub detour: Evaluated<'a>,
    /// Institutions that the cases belong to.
    pub institutions: Option<Evaluated<'a>>,
    /// Share of in-depth cases.
    pub second_level: Evaluated<'a>,
    /// Share served by video.
    pub video: Evaluated<'a>,
    /// Share of cases in the basket, by tier.
    pub basket: Vec<Evaluated<'a>>,
}

/// Formulas of the staffing.
#[derive(Clone, Debug)]
pub struct StaffingFormulas<'a> {
    /// Least posts, by tier.
    pub minimum: Vec<Evaluated<'a>>,
    /// Minutes per case.
    pub minutes: Evaluated<'a>,
    /// Minutes per video consultation.
    pub video_minutes: Evaluated<'a>,
    /// Productive hours.
    pub hours: Evaluated<'a>,
    /// Utilisation.
    pub utilisation: Evaluated<'a>,
    extra: Option<Evaluated<'a>>,
    /// Whether each row of the posts on top is above zero in any draw.
    has_extra: Vec<bool>,
}

impl<'a> StaffingFormulas<'a> {
    /// Minutes per case and per video consultation, productive hours and utilisation.
    pub fn of_work(&self) -> [&Evaluated<'a>; 4] {
        [&self.minutes, &self.video_minutes, &self.hours, &self.utilisation]
    }

    /// Posts on top at a point; none where that is zero in every draw.
    pub fn extra_at(&self, municipality: usize, point: usize) -> Option<&Lanes> {
        let extra = self.extra.as_ref()?;
        self.has_extra[extra.row(municipality, point)].then(|| extra.at(municipality, point))
    }
}

impl<'a> Common<'a> {
    /// Room for a scenario's formulas.
    pub fn new(prepared: &Prepared<'a>) -> Self {
        let scenario: &'a Scenario = prepared.scenario;
        let of = |formula: &'a Formula| Evaluated::new(prepared, formula);
        let network = scenario.network.as_ref().map(|network| NetworkFormulas {
            delay: of(&network.delay_months),
            never: network.never.as_ref().map(of),
            building: of(&network.building_months),
            acceptable: network.acceptable_own_share.as_ref().map(of),
        });
        let load = scenario.load.as_ref().map(|load| LoadFormulas {
            need: of(&load.need),
            factors: load.factors.iter().map(|factor| of(&factor.factor)).collect(),
            own_offices: load.own_offices.iter().map(|office| office.as_ref().map(of)).collect(),
            half_km: of(&load.distance.half_km),
            floor: of(&load.distance.floor),
            detour: of(&load.distance.detour),
            institutions: load.institutions.as_ref().map(of),
            second_level: of(&load.second_level_share),
            video: of(&load.video_share),
            basket: scenario.tiers().iter().map(|tier| of(&tier.basket_share)).collect(),
        });
        let staffing = scenario.staffing.as_ref().map(|staffing| StaffingFormulas {
            minimum: staffing.minimum.iter().map(of).collect(),
            minutes: of(&staffing.minutes_per_case),
            video_minutes: of(&staffing.minutes_per_video),
            hours: of(&staffing.productive_hours),
            utilisation: of(&staffing.utilisation),
            extra: staffing.extra.as_ref().map(of),
            has_extra: Vec::new(),
        });
        let none = [0.0; LANES];
        let shares = TierShares { counter: none, video: none, served: none, rest: none };
        Self {
            tiers: load.is_some().then(|| vec![shares; scenario.tiers().len()]),
            work: staffing
                .as_ref()
                .filter(|_| load.is_some())
                .map(|formulas| Work::new(prepared, formulas)),
            network,
            load,
            staffing,
            amounts: scenario.costs.iter().map(|item| of(&item.amount)).collect(),
            indices: vec![[1.0; LANES]; scenario.costs.len()],
            need: vec![[0.0; LANES]; scenario.points.table.len()],
        }
    }

    /// A new block of draws has begun.
    pub fn forget(&mut self) {
        self.for_each(Evaluated::forget);
    }

    /// Evaluates everything for a year.
    pub fn update(
        &mut self,
        prepared: &Prepared<'_>,
        draws: &Draws,
        year: usize,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        self.for_each(|formula| formula.update(prepared, draws, year, scratch, faults));
        for (index, item) in self.indices.iter_mut().zip(&prepared.scenario.costs) {
            *index = draws.index(item.index, year, prepared);
        }
        if let Some(staffing) = &mut self.staffing {
            let rows = staffing.extra.iter().flat_map(|extra| &extra.rows);
            staffing.has_extra.clear();
            for row in rows {
                staffing.has_extra.push(is_any(row));
            }
        }
        self.update_tiers(prepared);
        if let (Some(work), Some(formulas), Some(tiers)) =
            (&mut self.work, &self.staffing, &self.tiers)
        {
            work.update(prepared, formulas, tiers);
        }
        self.update_need(prepared);
    }

    /// What each tier serves of the cases that come, and what it cannot.
    fn update_tiers(&mut self, prepared: &Prepared<'_>) {
        let (Some(load), Some(shares)) = (&self.load, &mut self.tiers) else { return };
        let institutions = load.institutions.as_ref().map(Evaluated::national);
        let (second, video) = (load.second_level.national(), load.video.national());
        let tiers = prepared.scenario.tiers().iter().zip(&load.basket);
        for ((tier, basket), shares) in tiers.zip(shares) {
            let basket = basket.national();
            let promised = f64::from(tier.institutions);
            let days = tier.institution_days / 5.0;
            let has_video = f64::from(u8::from(tier.video));
            for lane in 0..LANES {
                let in_depth = basket[lane] * second[lane];
                // The institutions that sit there serve their part of the in-depth cases on their days.
                let present = institutions.map_or(promised, |all| promised / all[lane]).min(1.0);
                let in_person = in_depth * days * present;
                shares.counter[lane] = basket[lane] - in_depth + in_person;
                shares.video[lane] = (in_depth - in_person) * video[lane] * has_video;
                shares.served[lane] = shares.counter[lane] + shares.video[lane];
                shares.rest[lane] = 1.0 - shares.served[lane];
            }
        }
    }

    fn update_need(&mut self, prepared: &Prepared<'_>) {
        let Some(load) = &self.load else { return };
        let points = &prepared.scenario.points;
        for (point, need) in self.need.iter_mut().enumerate() {
            let municipality = points.municipality[point] as usize;
            *need = *load.need.at(municipality, point);
            for factor in &load.factors {
                times(need, factor.at(municipality, point));
            }
            if let Some(Some(share)) = load.own_offices.get(points.tier[point] as usize) {
                times_rest(need, share.at(municipality, point));
            }
        }
    }

    fn for_each(&mut self, mut act: impl FnMut(&mut Evaluated<'a>)) {
        if let Some(network) = &mut self.network {
            act(&mut network.delay);
            network.never.iter_mut().for_each(&mut act);
            act(&mut network.building);
            network.acceptable.iter_mut().for_each(&mut act);
        }
        if let Some(load) = &mut self.load {
            act(&mut load.need);
            load.factors.iter_mut().for_each(&mut act);
            load.own_offices.iter_mut().flatten().for_each(&mut act);
            for formula in [
                &mut load.half_km,
                &mut load.floor,
                &mut load.detour,
                &mut load.second_level,
                &mut load.video,
            ] {
                act(formula);
            }
            load.institutions.iter_mut().for_each(&mut act);
            load.basket.iter_mut().for_each(&mut act);
        }
        if let Some(staffing) = &mut self.staffing {
            staffing.minimum.iter_mut().for_each(&mut act);
            for formula in [
                &mut staffing.minutes,
                &mut staffing.video_minutes,
                &mut staffing.hours,
                &mut staffing.utilisation,
            ] {
                act(formula);
            }
            staffing.extra.iter_mut().for_each(&mut act);
        }
        self.amounts.iter_mut().for_each(&mut act);
    }
}

vectorised! {
    /// Whether a value is not 0.
    fn is_any(values: &Lanes) -> bool {
        let mut any = 0;
        for lane in 0..LANES {
            any |= u64::from(values[lane] != 0.0);
        }
        any != 0
    }

    fn times(values: &mut Lanes, factors: &Lanes) {
        for lane in 0..LANES {
            values[lane] *= factors[lane];
        }
    }

    fn times_rest(values: &mut Lanes, shares: &Lanes) {
        for lane in 0..LANES {
            values[lane] *= 1.0 - shares[lane];
        }
    }
}
