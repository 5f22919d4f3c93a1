//! In what two policies differ, and whether that can matter.

use super::{
    Appropriation, Claim, Formula, Guarantee, Line, Mode, Policy, Pools, Pot, Purpose, Ration,
    Rule, Scenario, TopSlice,
};

/// A part of a programme in which two policies differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Index of the programme.
    pub programme: usize,
    /// The field of the scenario, `ration`; `rules` where only one policy has a rule.
    pub field: &'static str,
    /// Why it cannot change an award; nothing if it may.
    pub idle: Option<Idle>,
}

/// Why a difference cannot change an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Both pots are open-ended: never short, and nothing is left of them.
    OpenEnded,
    /// Both pots are 0 in every year.
    Empty,
    /// Neither policy has a rule, so nothing is paid.
    NoRule,
}

impl Scenario {
    /// In what two policies differ, by programme, then in the order of the scenario format.
    /// Sources and notes are no difference.
    pub fn differences(&self, one: &Policy, other: &Policy) -> Vec<Difference> {
        let rules = one.rules.iter().zip(&other.rules);
        let pots = one.pots.iter().zip(&other.pots);
        let mut found = Vec::new();
        for (programme, (rules, pots)) in rules.zip(pots).enumerate() {
            for field in fields(rules, pots) {
                let idle = self.idle(programme, field, rules, pots);
                found.push(Difference { programme, field, idle });
            }
        }
        found
    }

    fn idle(
        &self,
        programme: usize,
        field: &str,
        rules: (&Option<Rule>, &Option<Rule>),
        pots: (&Pot, &Pot),
    ) -> Option<Idle> {
        let (Some(one), Some(other)) = rules else {
            let neither = rules.0.is_none() && rules.1.is_none();
            return neither.then_some(Idle::NoRule);
        };
        let divided = |rule: &Rule| matches!(rule.ration, Ration::Rule(_));
        let open = |pot: &Pot, rule: &Rule| {
            matches!(pot.appropriation, Appropriation::OpenEnded) && rule.pools.is_none()
        };
        let of_shortage = field == "unspent" || field == "ration" && divided(one) && divided(other);
        if open(pots.0, one) && open(pots.1, other) && of_shortage {
            Some(Idle::OpenEnded)
        } else if !self.opens_points(programme)
            && self.holds_nothing(pots.0)
            && self.holds_nothing(pots.1)
        {
            Some(Idle::Empty)
        } else {
            None
        }
    }

    /// Whether points wait for what a programme decides: then who claims nothing matters as well.
    fn opens_points(&self, programme: usize) -> bool {
        let funded = self.network.as_ref().is_some_and(|network| network.mode == Mode::WhenFunded);
        let purpose = self.programmes.get(programme).map(|programme| programme.purpose);
        funded && purpose == Some(Purpose::Investment)
    }

    /// Whether a pot is known to be 0 in every year.
    pub fn holds_nothing(&self, pot: &Pot) -> bool {
        match &pot.appropriation {
            Appropriation::OpenEnded => false,
            Appropriation::Yearly(sums) => {
                self.years.iter().zip(sums).all(|(year, sum)| self.fixed(sum, year) == Some(0.0))
            }
        }
    }
}

/// The fields that differ.
fn fields(rules: (&Option<Rule>, &Option<Rule>), pots: (&Pot, &Pot)) -> Vec<&'static str> {
    let mut found = Vec::new();
    match rules {
        (Some(one), Some(other)) => {
            let same = [
                ("entitle", each(&one.lines, &other.lines, same_line)),
                ("claims", claimed(one) == claimed(other)),
                ("limit", each(one.limit.as_slice(), other.limit.as_slice(), same)),
                ("may_exceed_cost", one.may_exceed_cost == other.may_exceed_cost),
                ("guarantee", each(&one.guarantees, &other.guarantees, same_guarantee)),
                ("pools", each(one.pools.as_slice(), other.pools.as_slice(), same_pools)),
                ("ration", same_ration(&one.ration, &other.ration)),
                ("round", {
                    let of = |rule: &Rule| {
                        let rounding = rule.rounding;
                        (rounding.unit, rounding.method.name(), rounding.least)
                    };
                    of(one) == of(other)
                }),
            ];
            found.extend(same.iter().filter(|(_, is_same)| !is_same).map(|(field, _)| *field));
        }
        (None, None) => {}
        _ => found.push("rules"),
    }
    let (one, other) = pots;
    let same = [
        ("appropriation", same_sums(&one.appropriation, &other.appropriation)),
        ("top_slice", each(&one.top_slice, &other.top_slice, same_slice)),
        ("unspent", one.unspent == other.unspent),
    ];
    found.extend(same.iter().filter(|(_, is_same)| !is_same).map(|(field, _)| *field));
    found
}

fn each<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

/// What is computed counts, not how it is spelled.
fn same(one: &Formula, other: &Formula) -> bool {
    one.program == other.program && one.variables == other.variables
}

fn same_line(one: &Line, other: &Line) -> bool {
    one.name == other.name && same(&one.formula, &other.formula)
}

fn claimed(rule: &Rule) -> Vec<(u32, usize)> {
    rule.claims.iter().map(|Claim { class, line }| (*class, *line)).collect()
}

fn same_guarantee(one: &Guarantee, other: &Guarantee) -> bool {
    one.protected == other.protected
        && each(one.lower.as_slice(), other.lower.as_slice(), same)
        && each(one.upper.as_slice(), other.upper.as_slice(), same)
}

fn same_pools(one: &Pools, other: &Pools) -> bool {
    one.by == other.by && same(&one.pot, &other.pot)
}

fn same_ration(one: &Ration, other: &Ration) -> bool {
    match (one, other) {
        (Ration::Rule(one), Ration::Rule(other)) => {
            one.rule.name() == other.rule.name()
                && each(one.weight.as_slice(), other.weight.as_slice(), |one, other| {
                    same(one, other)
                })
        }
        (Ration::Competition(one), Ration::Competition(other)) => {
            same(&one.score, &other.score)
                && each(one.points.as_slice(), other.points.as_slice(), same)
        }
        _ => false,
    }
}

fn same_sums(one: &Appropriation, other: &Appropriation) -> bool {
    match (one, other) {
        (Appropriation::OpenEnded, Appropriation::OpenEnded) => true,
        (Appropriation::Yearly(one), Appropriation::Yearly(other)) => each(one, other, same),
        _ => false,
    }
}

fn same_slice(one: &TopSlice, other: &TopSlice) -> bool {
    same(&one.amount, &other.amount)
}
