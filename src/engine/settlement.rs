//! Settlement of one programme on one path: entitle → limit → guarantee → ration → round → award.

use super::draws::Draws;
use super::fault::{Fault, Faults};
use super::frame::{Frame, Moment, ProgrammeView};
use super::prepared::Prepared;
use super::quantities::Quantities;
use crate::allocation::{
    Bounds, Demand, GuaranteeMode, Rationing, Settlement, Terms, Unit, Workspace, settle,
};
use crate::expression::{Extent, Scratch};
use crate::model::{
    Appropriation, Competition, Formula, GREATEST, Pot, Purpose, Quantity, Ration, Rule, Unspent,
};
use crate::numeric::{LANES, Lanes};
use crate::units::euro_to_cents;

/// Cents per draw.
pub type Money = [i64; LANES];

/// Everything that is not the programme's own: one moment of one path.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The scenario.
    pub prepared: &'a Prepared<'a>,
    /// Inputs.
    pub draws: &'a Draws,
    /// Index into the prepared years.
    pub year: usize,
    /// Quantities by year; the last is this year's.
    pub history: &'a [&'a Quantities],
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
}

impl<'a> Setting<'a> {
    fn rule(&self) -> Option<&'a Rule> {
        self.prepared.scenario.policies[self.policy].rules[self.programme].as_ref()
    }

    fn cost(&self) -> &'a [Lanes] {
        let quantity = match self.prepared.scenario.programmes[self.programme].purpose {
            Purpose::Investment => Quantity::InvestmentCost,
            Purpose::Maintenance => Quantity::MaintenanceCost,
        };
        self.history.last().and_then(|now| now.grid(quantity, None)).unwrap_or(&[])
    }
}

/// One programme of one path, for a block of draws.
#[derive(Clone, Debug)]
pub struct ProgrammeState {
    /// EUR.
    pub appropriation: Lanes,
    /// Cents after top slice and carry-over; ignored where the programme is open-ended.
    pub available: Money,
    /// Whether there is no pot.
    pub open_ended: bool,
    available_euro: Lanes,
    carried: Money,
    /// The lines of the worksheet: `[line][municipality]`, as the formulas gave them.
    pub lines: Vec<Vec<Lanes>>,
    /// What is due, cents: `[municipality]`.
    pub entitlement: Vec<Money>,
    /// What is granted, cents: `[municipality]`.
    pub award: Vec<Money>,
    /// What is left of the pot, cents.
    pub unspent: Money,
    /// 1 where the protected amounts exceeded the pot and were cut.
    pub guarantee_broken: Lanes,
    /// What a competition's first waiting point would have been awarded in part, cents.
    pub partial_award: Money,
    /// Whole points funded by a competition: `[municipality]`.
    pub funded: Vec<Lanes>,
    /// Awards over entitlements of the nation in the last year in which something was due (1 before it).
    pub paid_share: Lanes,
    entitlement_last_year: Vec<Lanes>,
    award_last_year: Vec<Lanes>,
    claims: Vec<Vec<Lanes>>,
    lower: Vec<Lanes>,
    upper: Vec<Lanes>,
    bound: Vec<Lanes>,
}

impl ProgrammeState {
    /// Room for a programme of a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let grid = vec![[0.0; LANES]; prepared.points_of.len()];
        let money = vec![[0; LANES]; grid.len()];
        Self {
            appropriation: [0.0; LANES],
            available: [0; LANES],
            open_ended: false,
            available_euro: [0.0; LANES],
            carried: [0; LANES],
            lines: Vec::new(),
            entitlement: money.clone(),
            award: money,
            unspent: [0; LANES],
            guarantee_broken: [0.0; LANES],
            partial_award: [0; LANES],
            funded: grid.clone(),
            paid_share: [1.0; LANES],
            entitlement_last_year: grid.clone(),
            award_last_year: grid.clone(),
            claims: Vec::new(),
            lower: grid.clone(),
            upper: grid.clone(),
            bound: grid,
        }
    }

    /// A new block of draws begins: what was due and paid before the first year comes from the table.
    pub fn begin(&mut self, prepared: &Prepared<'_>) {
        let municipalities = &prepared.scenario.municipalities;
        fill(&mut self.entitlement_last_year, municipalities.previous_entitlement.as_deref());
        fill(&mut self.award_last_year, municipalities.previous_award.as_deref());
        self.carried = [0; LANES];
        self.paid_share = [1.0; LANES];
    }

    /// The year's pot: appropriation less top slice, and what was carried over.
    pub fn open_pot(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        let mut national = |formula: &Formula, faults: &mut Faults| {
            let moment = Moment::at(setting.year);
            let frame = Frame::new(setting.prepared, setting.draws, &formula.variables, moment);
            let mut values = [0.0; LANES];
            frame.evaluate(formula, Extent::Nation, scratch, &mut values);
            report(setting, formula, &values, "the nation", (0.0, GREATEST), faults);
            values
        };
        self.open_ended = matches!(pot.appropriation, Appropriation::OpenEnded);
        self.appropriation = match &pot.appropriation {
            Appropriation::OpenEnded => [0.0; LANES],
            Appropriation::Yearly(years) => years
                .get(setting.year - setting.prepared.past)
                .map_or([0.0; LANES], |formula| national(formula, faults)),
        };
        let mut sliced = [0.0; LANES];
        for slice in &pot.top_slice {
            super::quantities::add(&mut sliced, &national(&slice.amount, faults));
        }
        for lane in 0..LANES {
            let appropriated = euro_to_cents(self.appropriation[lane]);
            let left = (appropriated - euro_to_cents(sliced[lane])).max(0);
            self.available[lane] = left + self.carried[lane];
            self.available_euro[lane] = self.available[lane] as f64 / 100.0;
        }
    }

    /// What the formula says is due, EUR by municipality, after the limits; fills the worksheet's lines.
    pub fn entitle(&mut self, setting: &Setting<'_>, scratch: &mut Scratch, faults: &mut Faults) {
        let Some(rule) = setting.rule() else {
            self.claims.clear();
            return;
        };
        let municipalities = setting.prepared.points_of.len();
        self.lines.resize(rule.lines.len(), Vec::new());
        for (index, line) in rule.lines.iter().enumerate() {
            let mut values = std::mem::take(&mut self.lines[index]);
            values.resize(municipalities, [0.0; LANES]);
            self.evaluate(setting, &line.formula, scratch, &mut values);
            let claimed = rule.claims.iter().any(|claim| claim.line == index);
            let least = if claimed { 0.0 } else { f64::MIN };
            report_rows(
                setting,
                &line.formula,
                &values,
                (least, if claimed { GREATEST } else { f64::MAX }),
                faults,
            );
            self.lines[index] = values;
        }
        self.claim(setting, rule);
        self.limit(setting, rule, scratch, faults);
    }

    /// EUR due to a municipality over all classes within its bounds, after [`Self::entitle`] and
    /// [`Self::guarantee`].
    pub fn due(&self, municipality: usize) -> Lanes {
        let mut due = [0.0; LANES];
        for class in &self.claims {
            super::quantities::add(&mut due, &class[municipality]);
        }
        let (lower, upper) = (&self.lower[municipality], &self.upper[municipality]);
        std::array::from_fn(|lane| due[lane].max(lower[lane]).min(upper[lane]))
    }

    /// Gathers the claimed lines by class, the first class first.
    fn claim(&mut self, setting: &Setting<'_>, rule: &Rule) {
        let mut classes: Vec<u32> = rule.claims.iter().map(|claim| claim.class).collect();
        classes.sort_unstable();
        classes.dedup();
        self.claims.resize(classes.len(), Vec::new());
        for (class, claims) in classes.iter().zip(&mut self.claims) {
            claims.clear();
            claims.resize(setting.prepared.points_of.len(), [0.0; LANES]);
            for claim in rule.claims.iter().filter(|claim| claim.class == *class) {
                for (sum, line) in claims.iter_mut().zip(&self.lines[claim.line]) {
                    super::quantities::add(sum, line);
                }
            }
        }
    }

    /// Cuts what exceeds the limit or the eligible cost, from the last class on.
    fn limit(
        &mut self,
        setting: &Setting<'_>,
        rule: &Rule,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        let limits = [
            (!rule.may_exceed_cost).then(|| setting.cost().to_vec()),
            rule.limit.as_ref().map(|formula| {
                let mut values = std::mem::take(&mut self.bound);
                self.evaluate(setting, formula, scratch, &mut values);
                report_rows(setting, formula, &values, (0.0, GREATEST), faults);
                let limit = values.clone();
                self.bound = values;
                limit
            }),
        ];
        for limit in limits.iter().flatten() {
            for (municipality, limit) in limit.iter().enumerate() {
                cut(&mut self.claims, municipality, limit);
            }
        }
    }

    /// Guarantees, rationing and rounding, draw by draw; then the year is closed.
    pub fn divide(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        divider: &mut Divider,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        for row in self.entitlement.iter_mut().chain(&mut self.award) {
            *row = [0; LANES];
        }
        self.funded.fill([0.0; LANES]);
        self.guarantee_broken = [0.0; LANES];
        self.partial_award = [0; LANES];
        self.unspent = if self.open_ended { [0; LANES] } else { self.available };
        if let Some(rule) = setting.rule() {
            self.guarantee(setting, scratch, faults);
            let contest = self.contest(setting, rule, scratch, faults);
            for lane in 0..LANES {
                self.divide_lane(rule, pot, lane, contest.as_ref(), divider);
            }
        }
        self.close(pot);
    }

    /// Scores of a competition and the points that each claim is for: those that ask, or as many of
    /// them as the rule says.
    fn contest(
        &self,
        setting: &Setting<'_>,
        rule: &Rule,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) -> Option<Contest> {
        let Ration::Competition(competition) = &rule.ration else { return None };
        let Competition { score, points } = &**competition;
        let mut scores = vec![[0.0; LANES]; self.award.len()];
        self.evaluate(setting, score, scratch, &mut scores);
        report_rows(setting, score, &scores, (f64::MIN, f64::MAX), faults);
        let asked = setting.history.last().and_then(|now| now.grid(Quantity::NewPoints, None));
        let mut counts = asked.map_or_else(|| vec![[0.0; LANES]; scores.len()], <[Lanes]>::to_vec);
        if let Some(formula) = points {
            let mut wanted = vec![[0.0; LANES]; scores.len()];
            self.evaluate(setting, formula, scratch, &mut wanted);
            report_rows(setting, formula, &wanted, (0.0, GREATEST), faults);
            for (counts, wanted) in counts.iter_mut().zip(&wanted) {
                for (count, wanted) in counts.iter_mut().zip(wanted) {
                    *count = count.min(wanted.floor());
                }
            }
        }
        Some(Contest { scores, points: counts, is_limited: points.is_some() })
    }

    /// Bounds of every guarantee: those that rationing may cut act on the claims at once, the lower
    /// before the upper, so that where they cross the upper one holds.
    pub fn guarantee(&mut self, setting: &Setting<'_>, scratch: &mut Scratch, faults: &mut Faults) {
        self.lower.fill([0.0; LANES]);
        self.upper.fill([f64::INFINITY; LANES]);
        let Some(rule) = setting.rule() else { return };
        let lower = rule.guarantees.iter().map(|guarantee| (guarantee, &guarantee.lower, true));
        let upper = rule.guarantees.iter().map(|guarantee| (guarantee, &guarantee.upper, false));
        for (guarantee, formula, is_lower) in lower.chain(upper) {
            let Some(formula) = formula else { continue };
            let mut bounds = std::mem::take(&mut self.bound);
            self.evaluate(setting, formula, scratch, &mut bounds);
            report_rows(setting, formula, &bounds, (0.0, GREATEST), faults);
            for (municipality, bound) in bounds.iter().enumerate() {
                match (guarantee.protected, is_lower) {
                    (true, true) => raise_to(&mut self.lower[municipality], bound),
                    (true, false) => cut_to(&mut self.upper[municipality], bound),
                    (false, true) => raise(&mut self.claims, municipality, bound),
                    (false, false) => cut(&mut self.claims, municipality, bound),
                }
            }
            self.bound = bounds;
        }
    }

    fn divide_lane(
        &mut self,
        rule: &Rule,
        pot: &Pot,
        lane: usize,
        contest: Option<&Contest>,
        divider: &mut Divider,
    ) {
        let municipalities = self.award.len();
        let protected = rule.guarantees.iter().any(|guarantee| guarantee.protected);
        divider.gather(&self.claims, lane, contest);
        if protected {
            divider.bound(&self.lower, &self.upper, municipalities, lane);
        }
        let terms = Terms {
            rationing: match &rule.ration {
                Ration::Rule(rule) => Rationing::Rule(*rule),
                Ration::Competition(_) => Rationing::RankedCompetition,
            },
            method: rule.rounding.method,
            unit: Unit::new(rule.rounding.unit).unwrap_or(Unit::CENT),
            guarantee: if protected {
                GuaranteeMode::Protected
            } else {
                GuaranteeMode::OnEntitlement
            },
            reoffer: pot.unspent == Unspent::Reoffered,
        };
        let demand = Demand {
            claimants: municipalities,
            claims: &divider.claims,
            bounds: &divider.bounds,
            points: &divider.points,
            scores: &divider.scores,
        };
        let money = (!self.open_ended).then_some(self.available[lane]);
        settle(&terms, money, &demand, &mut divider.work, &mut divider.settlement);
        let settled = &divider.settlement;
        for municipality in 0..municipalities {
            self.entitlement[municipality][lane] = settled.entitlement(municipality);
            self.award[municipality][lane] = settled.award(municipality);
        }
        for (entry, &funded) in settled.funded.iter().enumerate() {
            // The classes of a claim are for the same points.
            let points = &mut self.funded[entry % municipalities.max(1)][lane];
            *points = points.max(f64::from(funded));
        }
        self.unspent[lane] = settled.unspent;
        self.guarantee_broken[lane] = f64::from(u8::from(settled.guarantee_broken));
        self.partial_award[lane] = settled.partial.map_or(0, |partial| partial.amount);
    }

    /// Remembers the year for the next one.
    fn close(&mut self, pot: &Pot) {
        for lane in 0..LANES {
            let due: i64 = self.entitlement.iter().map(|row| row[lane]).sum();
            let paid: i64 = self.award.iter().map(|row| row[lane]).sum();
            if due > 0 {
                self.paid_share[lane] = paid as f64 / due as f64;
            }
            self.carried[lane] =
                if pot.unspent == Unspent::Carries { self.unspent[lane] } else { 0 };
        }
        for (last, now) in [
            (&mut self.entitlement_last_year, &self.entitlement),
            (&mut self.award_last_year, &self.award),
        ] {
            for (last, now) in last.iter_mut().zip(now) {
                *last = now.map(|cents| cents as f64 / 100.0);
            }
        }
    }

    fn evaluate(
        &self,
        setting: &Setting<'_>,
        formula: &Formula,
        scratch: &mut Scratch,
        out: &mut [Lanes],
    ) {
        let view = ProgrammeView {
            appropriation: &self.appropriation,
            available: &self.available_euro,
            entitlement_last_year: &self.entitlement_last_year,
            award_last_year: &self.award_last_year,
            lines: &self.lines,
        };
        let moment =
            Moment { year: setting.year, history: setting.history, programme: Some(&view) };
        let frame = Frame::new(setting.prepared, setting.draws, &formula.variables, moment);
        frame.evaluate(formula, Extent::Municipality, scratch, out.as_flattened_mut());
    }
}

/// What a competition goes by, per municipality.
struct Contest {
    scores: Vec<Lanes>,
    points: Vec<Lanes>,
    /// Whether the rule says how many points a claim is for: then a claim for none is none.
    is_limited: bool,
}

/// Buffers for dividing one draw's pot, reused from draw to draw.
#[derive(Debug, Default)]
pub struct Divider {
    claims: Vec<i64>,
    bounds: Vec<Bounds>,
    points: Vec<u32>,
    scores: Vec<f64>,
    work: Workspace,
    settlement: Settlement,
}

impl Divider {
    /// One draw's claims, class after class.
    fn gather(&mut self, claims: &[Vec<Lanes>], lane: usize, contest: Option<&Contest>) {
        self.claims.clear();
        self.bounds.clear();
        self.points.clear();
        self.scores.clear();
        for class in claims {
            self.claims.extend(class.iter().map(|row| euro_to_cents(row[lane])));
            if let Some(contest) = contest {
                let first = self.claims.len() - class.len();
                for (claim, points) in self.claims[first..].iter_mut().zip(&contest.points) {
                    if contest.is_limited && points[lane] < 1.0 {
                        *claim = 0;
                    }
                }
                self.scores.extend(contest.scores.iter().map(|row| row[lane]));
                self.points.extend(contest.points.iter().map(|row| row[lane] as u32));
            }
        }
    }

    /// Spreads each municipality's bounds over its classes: the first class is protected first and
    /// the last one is cut first; what a floor lacks is added to the first class.
    fn bound(&mut self, lower: &[Lanes], upper: &[Lanes], municipalities: usize, lane: usize) {
        self.bounds.resize(self.claims.len(), Bounds::NONE);
        let classes = self.claims.len() / municipalities.max(1);
        for municipality in 0..municipalities {
            let mut most = bound_cents(upper[municipality][lane]);
            let mut least = bound_cents(lower[municipality][lane]).min(most);
            let claims: i64 =
                (0..classes).map(|class| self.claims[class * municipalities + municipality]).sum();
            let lacking = (least - claims).max(0);
            for class in 0..classes {
                let entry = class * municipalities + municipality;
                let raised = self.claims[entry] + if class == 0 { lacking } else { 0 };
                let capped = raised.min(most);
                let protected = capped.min(least);
                self.claims[entry] = capped;
                // Only a cap that cuts is an upper bound: otherwise a claim is rounded as any other.
                let upper = if capped < raised { capped } else { Bounds::NONE.upper };
                self.bounds[entry] = Bounds { lower: protected, upper };
                most -= capped;
                least -= protected;
            }
        }
    }
}

/// Cents of a bound; above all money where there is none.
fn bound_cents(euro: f64) -> i64 {
    if euro.is_finite() { euro_to_cents(euro) } else { i64::MAX / 4 }
}

/// Raises the first class so that all classes come to at least `least`.
fn raise(claims: &mut [Vec<Lanes>], municipality: usize, least: &Lanes) {
    for lane in 0..LANES {
        let total: f64 = claims.iter().map(|class| class[municipality][lane]).sum();
        if let Some(first) = claims.first_mut()
            && least[lane] > total
        {
            first[municipality][lane] += least[lane] - total;
        }
    }
}

/// Cuts the last classes so that all classes come to at most `most`.
fn cut(claims: &mut [Vec<Lanes>], municipality: usize, most: &Lanes) {
    let mut left = *most;
    for class in claims {
        for (claim, left) in class[municipality].iter_mut().zip(&mut left) {
            *claim = claim.min(left.max(0.0));
            *left -= *claim;
        }
    }
}

fn raise_to(lower: &mut Lanes, bound: &Lanes) {
    for (lower, bound) in lower.iter_mut().zip(bound) {
        *lower = lower.max(*bound);
    }
}

fn cut_to(upper: &mut Lanes, bound: &Lanes) {
    for (upper, bound) in upper.iter_mut().zip(bound) {
        *upper = upper.min(*bound);
    }
}

fn fill(rows: &mut [Lanes], column: Option<&[f64]>) {
    for (index, row) in rows.iter_mut().enumerate() {
        *row = [column.and_then(|column| column.get(index)).copied().unwrap_or(0.0); LANES];
    }
}

fn report_rows(
    setting: &Setting<'_>,
    formula: &Formula,
    rows: &[Lanes],
    range: (f64, f64),
    faults: &mut Faults,
) {
    for (row, values) in rows.iter().enumerate() {
        if !values.iter().all(|value| (range.0..=range.1).contains(value)) {
            let name = setting.prepared.row_name(Extent::Municipality, row);
            report(setting, formula, values, &name, range, faults);
        }
    }
}

fn report(
    setting: &Setting<'_>,
    formula: &Formula,
    values: &Lanes,
    row: &str,
    range: (f64, f64),
    faults: &mut Faults,
) {
    let scenario = setting.prepared.scenario;
    faults.report_lanes(values, range, |value| Fault {
        formula: formula.text.clone(),
        place: formula.place.clone(),
        value,
        range,
        year: setting.prepared.years[setting.year],
        row: row.to_owned(),
        policy: Some((
            scenario.policies[setting.policy].name.clone(),
            scenario.programmes[setting.programme].name.clone(),
        )),
    });
}
