//! A promise put to the test on one ask: what is changed, and what must then be so.

use super::super::settle::Terms;
use super::Promise;
use super::ask::{Ask, Given, settle_all};

/// How many of the next larger claimants each is compared with.
const COMPARED: usize = 8;

/// A promise, the ask that it is tried on, and to whom something happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The promise.
    pub promise: Promise,
    /// What is asked.
    pub ask: Ask,
    /// The claimant to whom something happens.
    pub one: usize,
    /// Another claimant.
    pub other: usize,
    /// By how much the pot or the claim grows, cents; not negative.
    pub amount: i64,
}

/// A promise that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Whose award is not what it should be; the first of those concerned where it is everybody's.
    pub claimant: usize,
    /// Who it is compared with, if anyone.
    pub beside: usize,
    /// What the claimant receives (or, of all, what is paid), cents.
    pub award: i64,
    /// What that should be, or the bound that it crosses.
    pub bound: i64,
}

impl Breach {
    /// How far the award is from what it should be, cents.
    #[must_use]
    pub fn size(&self) -> i64 {
        (self.award - self.bound).abs()
    }
}

/// The largest breach of each probe, if there is any; however small.
///
/// All probes are settled together: first what they compare with, then what was changed.
#[must_use]
pub fn breaches(terms: &Terms, probes: &[Probe]) -> Vec<Option<Breach>> {
    let starts: Vec<Option<Ask>> = probes.iter().map(Probe::start).collect();
    let before = settle_some(terms, &starts);
    let ends: Vec<Option<Ask>> = probes
        .iter()
        .zip(&before)
        .map(|(probe, before)| before.as_ref().and_then(|before| probe.end(before)))
        .collect();
    let after = settle_some(terms, &ends);
    let settled = before.iter().zip(&after);
    probes
        .iter()
        .zip(settled)
        .map(|(probe, (before, after))| {
            let found = probe.compare(terms, before.as_ref()?, after.as_ref());
            found.into_iter().filter(|breach| breach.size() > 0).max_by_key(Breach::size)
        })
        .collect()
}

fn settle_some(terms: &Terms, asks: &[Option<Ask>]) -> Vec<Option<Given>> {
    let there: Vec<Ask> = asks.iter().flatten().cloned().collect();
    let mut given = settle_all(terms, &there).into_iter();
    asks.iter().map(|ask| ask.as_ref().and_then(|_| given.next())).collect()
}

impl Probe {
    /// What is settled first.
    fn start(&self) -> Option<Ask> {
        let Self { one, other, .. } = *self;
        self.ask.is_sound().then_some(())?;
        let mut ask = self.ask.clone();
        let count = ask.claimants;
        let both = one < count && other < count && one != other;
        match self.promise {
            Promise::EqualTreatment => {
                // The other asks for what the one does.
                for class in both.then_some(0..ask.classes())? {
                    ask.claims[class * count + other] = ask.claims[class * count + one];
                }
                if both && !ask.points.is_empty() {
                    ask.points[other] = *ask.points.get(one)?;
                }
            }
            Promise::EqualAcrossClasses => {
                // The same sum, all of it in the class that is served last.
                let classes = ask.classes();
                let sum = (both && classes > 1).then(|| ask.claim(one))?;
                for class in 0..classes {
                    ask.claims[class * count + other] = if class + 1 == classes { sum } else { 0 };
                }
            }
            Promise::NoAdvantageousMerging if !both => return None,
            Promise::ClaimMonotonicity
            | Promise::Consistency
            | Promise::NoAdvantageousSplitting
                if one >= count =>
            {
                return None;
            }
            _ => {}
        }
        Some(ask)
    }

    /// What is settled then; nothing where the first settlement says it all.
    fn end(&self, before: &Given) -> Option<Ask> {
        let Self { one, other, amount, .. } = *self;
        let mut ask = self.ask.clone();
        let count = ask.claimants;
        match self.promise {
            Promise::ResourceMonotonicity => ask.pot = ask.pot.saturating_add(amount),
            Promise::ClaimMonotonicity => {
                let class = (0..ask.classes()).find(|class| ask.claims[class * count + one] > 0)?;
                ask.claims[class * count + one] += amount;
            }
            Promise::Consistency => {
                ask.pot -= before.award(count, one);
                ask = without(&ask, one);
            }
            Promise::NoAdvantageousMerging => ask = merged(&ask, one, other),
            Promise::NoAdvantageousSplitting => ask = split(&ask, one)?,
            _ => return None,
        }
        Some(ask)
    }

    fn compare(&self, terms: &Terms, before: &Given, after: Option<&Given>) -> Vec<Breach> {
        let Self { one, other, .. } = *self;
        let count = self.ask.claimants;
        let award = |claimant: usize| before.award(count, claimant);
        let beside = |claimant: usize, beside: usize, award: i64, bound: i64| Breach {
            claimant,
            beside,
            award,
            bound,
        };
        match (self.promise, after) {
            (Promise::Balance, _) => {
                let due = before.entitlements.iter().sum::<i64>().min(self.ask.pot.max(0));
                vec![beside(0, 0, before.awards.iter().sum(), due)]
            }
            (Promise::Bounds, _) => self.out_of_bounds(terms, before),
            (Promise::EqualTreatment | Promise::EqualAcrossClasses, _) => {
                // Where a cap cuts one of them they are no longer due the same; what is paid
                // differs all the same, and the cause says why.
                vec![beside(other, one, award(other), award(one))]
            }
            (Promise::OrderPreservation, _) => self.out_of_order(before),
            (Promise::ResourceMonotonicity, Some(after)) => (0..count)
                .filter(|&who| after.award(count, who) < award(who))
                .map(|who| beside(who, who, after.award(count, who), award(who)))
                .collect(),
            (Promise::ClaimMonotonicity, Some(after)) if after.award(count, one) < award(one) => {
                vec![beside(one, one, after.award(count, one), award(one))]
            }
            (Promise::Consistency, Some(after)) => {
                let back = |who: usize| who + usize::from(who >= one);
                (0..count.saturating_sub(1))
                    .map(|who| {
                        beside(back(who), one, after.award(count - 1, who), award(back(who)))
                    })
                    .collect()
            }
            (Promise::NoAdvantageousMerging, Some(after)) => {
                let together = after.award(count - 1, other - usize::from(other > one));
                let apart = award(one) + award(other);
                Vec::from_iter((together > apart).then(|| beside(one, other, together, apart)))
            }
            (Promise::NoAdvantageousSplitting, Some(after)) => {
                let apart = after.award(count + 1, one) + after.award(count + 1, count);
                let whole = award(one);
                Vec::from_iter((apart > whole).then(|| beside(one, one, apart, whole)))
            }
            _ => Vec::new(),
        }
    }

    /// Above what is due, or below what is protected although the pot covers it.
    fn out_of_bounds(&self, terms: &Terms, before: &Given) -> Vec<Breach> {
        let count = self.ask.claimants.max(1);
        let mut found = Vec::new();
        for (entry, (&award, &due)) in before.awards.iter().zip(&before.entitlements).enumerate() {
            let who = entry % count;
            let protected = self.ask.lower.get(entry).map_or(0, |&lower| {
                let units = terms.unit.up(&[lower; crate::numeric::LANES])[0];
                units.saturating_mul(terms.unit.cents()).min(due)
            });
            let least = if before.guarantee_broken { 0 } else { protected };
            if award > due {
                found.push(Breach { claimant: who, beside: who, award, bound: due });
            } else if award < least {
                found.push(Breach { claimant: who, beside: who, award, bound: least });
            }
        }
        found
    }

    /// Who is due no less than another in every class receives less, or loses less.
    fn out_of_order(&self, before: &Given) -> Vec<Breach> {
        let count = self.ask.claimants;
        let due = |who: usize| before.entitlement(count, who);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&who| due(who));
        let mut found = Vec::new();
        for (place, &small) in order.iter().enumerate() {
            for &large in order.iter().skip(place + 1).take(COMPARED) {
                let of = |who: usize| before.entitlements.iter().skip(who).step_by(count.max(1));
                if of(large).zip(of(small)).any(|(large, small)| large < small) {
                    continue;
                }
                let (more, less) = (before.award(count, large), before.award(count, small));
                let most = less + (due(large) - due(small));
                let mut add = |bound: i64| {
                    found.push(Breach { claimant: large, beside: small, award: more, bound });
                };
                if more < less {
                    add(less);
                } else if more > most {
                    add(most);
                }
            }
        }
        found
    }
}

/// The same with every list of claimants changed alike.
fn with_lists(
    ask: &Ask,
    claimants: usize,
    money: &dyn Fn(&[i64]) -> Vec<i64>,
    numbers: &dyn Fn(&[f64]) -> Vec<f64>,
) -> Ask {
    let of_classes = |entries: &[i64]| -> Vec<i64> {
        entries.chunks(ask.claimants.max(1)).flat_map(money).collect()
    };
    let if_any = |list: &[f64]| if list.is_empty() { Vec::new() } else { numbers(list) };
    Ask {
        pot: ask.pot,
        claimants,
        claims: of_classes(&ask.claims),
        lower: of_classes(&ask.lower),
        upper: of_classes(&ask.upper),
        weights: if_any(&ask.weights),
        points: if_any(&ask.points),
        scores: if_any(&ask.scores),
    }
}

fn omit<T: Copy>(list: &[T], at: usize) -> Vec<T> {
    list.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, value)| *value).collect()
}

fn without(ask: &Ask, one: usize) -> Ask {
    let left = ask.claimants.saturating_sub(1);
    with_lists(ask, left, &|list| omit(list, one), &|list| omit(list, one))
}

/// `one` joins `other`: amounts and points add up; weight and score are the mean by claims.
fn merged(ask: &Ask, one: usize, other: usize) -> Ask {
    let (first, second) = (ask.claim(one) as f64, ask.claim(other) as f64);
    let share = if first + second > 0.0 { first / (first + second) } else { 0.5 };
    let added = |list: &[i64]| {
        let mut list = list.to_vec();
        list[other] = list[other].saturating_add(list[one]);
        omit(&list, one)
    };
    let mean = |list: &[f64]| {
        let mut list = list.to_vec();
        list[other] = share * list[one] + (1.0 - share) * list[other];
        omit(&list, one)
    };
    let mut joint = with_lists(ask, ask.claimants - 1, &added, &mean);
    if let (Some(first), Some(second)) = (ask.points.get(one), ask.points.get(other)) {
        let sum = first + second;
        joint.points = omit(&ask.points, one);
        joint.points[other - usize::from(other > one)] = sum;
    }
    joint
}

/// `one` stands twice, the second time behind all others, with half of every amount; of an odd number of
/// points the second has the larger half. Who competes with a single point cannot.
fn split(ask: &Ask, one: usize) -> Option<Ask> {
    let share = match ask.points.get(one) {
        Some(points) if *points < 2.0 => return None,
        Some(points) => (points / 2.0).floor() / points,
        None => 0.5,
    };
    let halved = |list: &[i64]| {
        let mut list = list.to_vec();
        let whole = list[one];
        // An amount without bound stays so.
        let first = if whole == i64::MAX { whole } else { (whole as f64 * share).floor() as i64 };
        list[one] = first;
        list.push(if whole == i64::MAX { whole } else { whole - first });
        list
    };
    let twice = |list: &[f64]| {
        let mut list = list.to_vec();
        list.push(list[one]);
        list
    };
    let mut two = with_lists(ask, ask.claimants + 1, &halved, &twice);
    if let Some(points) = ask.points.get(one) {
        two.points[one] = (points / 2.0).floor();
        two.points[ask.claimants] = points - (points / 2.0).floor();
    }
    Some(two)
}
