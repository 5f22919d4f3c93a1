//! The award worked out again from what an explanation prints, and from nothing else.

use super::arithmetic;
use dotacija::allocation::rationing::by_name as rule;
use dotacija::allocation::rounding::by_name as method;
use dotacija::allocation::{
    Bounds, Demand, Money, PoolBuffers, Pools, Rationing, Settlement, Terms, Unit, Workspace,
    settle, settle_pools,
};
use dotacija::numeric::{LANES, Lanes};
use dotacija::units::euro_to_cents;
use serde_json::Value;

/// Above all money.
const NO_BOUND: i64 = i64::MAX / 4;

/// The award in cents, from a printed explanation in JSON.
pub fn award(printed: &Value) -> i64 {
    if printed["division"].is_null() {
        return 0;
    }
    let claims = own_claims(printed);
    let code = &printed["municipality"]["code"];
    let rows = list(&printed["division"]["claimants"]);
    let classes: Vec<u64> =
        list(&printed["classes"]).iter().map(|class| class["class"].as_u64().unwrap()).collect();
    let mut asked: Vec<(i64, i64, i64)> = Vec::new();
    let mut own = Vec::new();
    for row in rows {
        if row["code"] == *code {
            let class = classes.iter().position(|class| row["class"] == *class).unwrap();
            let (claim, lower, upper) = claims[class];
            assert_eq!(cents(&row["claim"]), claim, "the claim of class {class}");
            assert_eq!(cents(&row["protected"]), lower, "what is protected in class {class}");
            own.push(asked.len());
            asked.push((claim, lower, upper));
        } else {
            let most = if row["most"].is_null() { NO_BOUND } else { cents(&row["most"]) };
            asked.push((cents(&row["claim"]), cents(&row["protected"]), most));
        }
    }
    let settlement = divided(printed, rows, &asked, rows.len() / classes.len());
    own.iter().map(|index| settlement.awards[*index][0]).sum()
}

fn divided(
    printed: &Value,
    rows: &[Value],
    asked: &[(i64, i64, i64)],
    claimants: usize,
) -> Settlement {
    let division = &printed["division"];
    let money = |pick: fn(&(i64, i64, i64)) -> i64| -> Vec<Money> {
        asked.iter().map(|row| [pick(row); LANES]).collect()
    };
    let claims = money(|row| row.0);
    let lower = money(|row| row.1);
    let upper = money(|row| row.2);
    let bounds: Vec<Bounds> = lower
        .iter()
        .zip(&upper)
        .map(|(lower, upper)| Bounds {
            lower: *lower,
            upper: upper.map(|upper| if upper == NO_BOUND { i64::MAX } else { upper }),
        })
        .collect();
    let column = |name: &str| -> Vec<Lanes> {
        let of = rows.iter().take(claimants).filter(|row| !row[name].is_null());
        of.map(|row| [row[name].as_f64().unwrap(); LANES]).collect()
    };
    let (weights, points, scores) = (column("weight"), column("points"), column("score"));
    let protects = list(&printed["guarantees"]).iter().any(|one| one["protected"] == true);
    let demand = Demand {
        claimants,
        claims: &claims,
        bounds: if protects { &bounds } else { &[] },
        weights: &weights,
        points: &points,
        scores: &scores,
    };
    let rounding = &printed["rounding"];
    let terms = Terms {
        rationing: match division["rule"].as_str().unwrap() {
            "RankedCompetition" => Rationing::RankedCompetition,
            name => Rationing::Rule(rule(name).unwrap()),
        },
        method: method(rounding["method"].as_str().unwrap()).unwrap(),
        unit: Unit::new(cents(&rounding["unit"])).unwrap(),
        least: cents(&rounding["at_least"]),
        reoffer: printed["pot"]["unspent_money"] == "reoffered",
    };
    let pot = pot(printed).map(|pot| [pot; LANES]);
    let mut settlement = Settlement::default();
    let mut work = Workspace::new();
    let pools = &division["pools"];
    if pools.is_null() {
        settle(&terms, pot.as_ref(), &demand, &mut work, &mut settlement);
    } else {
        let all = list(&pools["all"]);
        let member = |name: &Value| {
            let of = (0_u32..).zip(rows.iter().take(claimants));
            of.filter(|(_, row)| row["pool"] == *name).map(|(index, _)| index).collect()
        };
        let members: Vec<Vec<u32>> = all.iter().map(|pool| member(&pool["name"])).collect();
        let own = all.iter().find(|pool| pool["name"] == pools["own"]).unwrap();
        assert_eq!(cents(&own["pot"]), euro_to_cents(filled(&pools["pot"])));
        let pots: Vec<Money> = all.iter().map(|pool| [cents(&pool["pot"]); LANES]).collect();
        let pools = Pools { members: &members, pots: &pots };
        let buffers = &mut PoolBuffers::default();
        settle_pools(&terms, pot.as_ref(), pools, &demand, (&mut work, buffers), &mut settlement);
    }
    settlement
}

/// What there is to divide, cents; none where whatever is due is paid.
fn pot(printed: &Value) -> Option<i64> {
    let pot = &printed["pot"];
    if pot["open_ended"] == true || pot["appropriation_formula"].is_null() {
        return None;
    }
    let appropriation = euro_to_cents(filled(&pot["appropriation_formula"]));
    let sliced: f64 = list(&pot["top_slice"]).iter().map(filled).sum();
    let left = (appropriation - euro_to_cents(sliced)).max(0);
    let available = left + cents(&pot["carried_over"]);
    assert_eq!(cents(&pot["available"]), available);
    Some(available)
}

/// The municipality's claim, lower and upper bound in each class, cents, from its worksheet.
fn own_claims(printed: &Value) -> Vec<(i64, i64, i64)> {
    let lines = list(&printed["lines"]);
    let mut claims: Vec<f64> = list(&printed["classes"])
        .iter()
        .map(|class| {
            let of = lines.iter().filter(|line| line["class"] == class["class"]);
            of.map(filled).sum()
        })
        .collect();
    if let Some(cost) = printed["cost_limit"].as_f64() {
        cut(&mut claims, cost);
    }
    if !printed["limit"].is_null() {
        cut(&mut claims, filled(&printed["limit"]));
    }
    let bounds = |side: &str, protected: bool| -> Vec<f64> {
        let of = list(&printed["guarantees"]).iter();
        let of = of.filter(|one| one["protected"] == protected && !one[side].is_null());
        of.map(|one| filled(&one[side])).collect()
    };
    for least in bounds("lower", false) {
        let total: f64 = claims.iter().sum();
        claims[0] += (least - total).max(0.0);
    }
    for most in bounds("upper", false) {
        cut(&mut claims, most);
    }
    let mut cents: Vec<i64> = claims.iter().map(|claim| euro_to_cents(*claim).max(0)).collect();
    if let Some(competition) = printed["division"]["competition"].as_object() {
        let wanted = &competition["wanted"];
        if !wanted.is_null() && filled(wanted).floor().min(number(&competition["points"])) < 1.0 {
            cents.fill(0);
        }
    }
    let lower = bounds("lower", true).into_iter().fold(0.0, f64::max);
    let upper = bounds("upper", true).into_iter().fold(f64::INFINITY, f64::min);
    within(
        &cents,
        euro_to_cents(lower),
        if upper.is_finite() { euro_to_cents(upper) } else { NO_BOUND },
    )
}

/// A municipality's protected bounds over its classes: the first is raised to what the floor lacks and
/// protected first, the last is cut first.
fn within(claims: &[i64], lower: i64, upper: i64) -> Vec<(i64, i64, i64)> {
    let (mut least, mut most) = (lower.min(upper), upper);
    let total: i64 = claims.iter().sum();
    let mut lacking = (least - total).max(0);
    claims
        .iter()
        .map(|claim| {
            let raised = claim + std::mem::take(&mut lacking);
            let capped = raised.min(most);
            let protected = capped.min(least);
            most -= capped;
            least -= protected;
            (capped, protected, if capped < raised { capped } else { NO_BOUND })
        })
        .collect()
}

/// Cuts the last classes so that all come to at most this much.
fn cut(claims: &mut [f64], most: f64) {
    let mut left = most;
    for claim in claims {
        *claim = claim.min(left.max(0.0));
        left -= *claim;
    }
}

/// The value of a printed formula with its numbers put in, which must be the one printed.
fn filled(printed: &Value) -> f64 {
    let text = printed["put_in"].as_str().unwrap();
    let (found, said) = (arithmetic::value(text), printed["value"].as_f64().unwrap());
    let near = (found - said).abs() <= 1e-9 * said.abs().max(1e-6);
    assert!(near, "{} = {text} is {found}, not {said}", printed["expression"]);
    found
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn cents(value: &Value) -> i64 {
    euro_to_cents(number(value))
}
