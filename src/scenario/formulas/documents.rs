//! What the program says of formulas and guarantees that the door writes itself.

/// A formula or guarantee that depends on tiers, or on what the rule claims.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Its name in scenarios.
    pub name: &'static str,
    /// One line that says what it does.
    pub summary: &'static str,
    /// Formula, example and what it does not promise, in Markdown.
    pub text: &'static str,
}

impl Document {
    /// The whole explanation.
    #[must_use]
    pub fn about(&self) -> String {
        format!("{}\n\n{}\n", self.summary, self.text)
    }
}

/// Formulas besides those of [`READY`](super::READY).
pub const DOCUMENTS: [Document; 4] = [
    Document {
        name: "Worksheet",
        summary: "Lines read from top to bottom, like the form that the law describes; the last is due.",
        text: "Each line is a number, a distribution or a formula, and sees those above. `claims` names the lines that are \
               claimed, in classes.\n\n```ron\nentitle: Worksheet([\n    (line: \"presence\", is: \"200 * months_open\"),\n    \
               (line: \"due\", is: \"1.15 * presence\", note: \"with 15 % for upkeep\"),\n]),\n```",
    },
    Document {
        name: "Amount",
        summary: "One number for each municipality.",
        text: "```ron\nentitle: Amount(\"1_000 * open_points\"),\n```\n\nIt is a worksheet of one line, `amount`.",
    },
    Document {
        name: "CostShare",
        summary: "A share of the eligible cost; for investment at most so much for each new point of a tier.",
        text: "```ron\nentitle: CostShare(share: 0.7, cap: {\"local\": 7_200, \"county\": 10_000}),\n```\n\nWithout `cap` it is the line \
               `share * eligible_cost`. With it, for investment only, `min(share * new_point_cost_local, cap * new_points_local)` for \
               each tier with a cap, `share * new_point_cost_TIER` for the others, `+ share * renewal_cost`. A share leaves \
               the municipality its own part of each euro, so that it looks at the cost; a cap leaves it all of what lies above.",
    },
    Document {
        name: "FlatPerPoint",
        summary: "EUR for each month that a point of a tier is open, by bracket if wanted, and a share on top.",
        text: "```ron\nentitle: FlatPerPoint(monthly: {\"local\": \"bracket(population, [(0, 500), (20_001, 1_000)])\", \"county\": 1_000}, upkeep: 0.15),\n```\n\n\
               It is this worksheet:\n\n```ron\nentitle: Worksheet([\n    (line: \"monthly_sum\", is: \"{monthly local} * months_open_local + …\", note: \"a sum for every month that a point is open\"),\n    \
               (line: \"upkeep\", is: \"{upkeep} * monthly_sum\", note: \"on top, for upkeep\"),\n    (line: \"due\", is: \"monthly_sum + upkeep\"),\n]),\n```\n\n\
               It follows neither cost nor use; of two points with the same sum the cheaper one gains.",
    },
];

const WHO_PAYS: &str = "What it costs and who pays for it: `run --central` writes, behind each award, a line \
    `gain_from_NAME_1` (its place in the list) with the award less what it would have been without this guarantee and all else the same. Who \
    gains has more than 0, who pays less; the sum over municipalities is what it costs the state.";

macro_rules! guarantee {
    ($name:literal, $summary:literal, $text:literal) => {
        Document { name: $name, summary: $summary, text: $text }
    };
}

/// Guarantees: bounds of an award.
pub const GUARANTEES: [Document; 5] = [
    guarantee!(
        "Floor",
        "At least so much.",
        "```ron\nguarantee: [Floor(amount: 3_000, per: Point, protected: true)],\n```\n\nThe lower bound is \
         `amount * open_points`, `amount` with `per: Municipality`. Protected, it is paid before anything else, and the \
         others pay for it where the pot is short; unprotected it raises what is due, and the state pays unless the pot is short."
    ),
    guarantee!(
        "Cap",
        "At most so much.",
        "```ron\nguarantee: [Cap(amount: 50_000, per: Municipality)],\n```\n\nThe upper bound is `amount * open_points`, \
         `amount` with `per: Municipality`. What is cut goes to the others where the pot is short, else back to the state."
    ),
    guarantee!(
        "HoldHarmless",
        "At least a share of last year's sum.",
        "```ron\nguarantee: [HoldHarmless(share: 0.95, per: Point, against: Entitlement)],\n```\n\nThe lower bound is `share` \
         times last year's entitlement, per point that was open then times the points open now. Against `Award` a short year is \
         handed on to all later ones."
    ),
    guarantee!(
        "Damping",
        "Neither much less nor much more than last year.",
        "```ron\nguarantee: [Damping(down: 0.1, up: 0.15)],\n```\n\nBetween (1 − `down`) and (1 + `up`) times last year's entitlement \
         per point; no bound where there was nothing. Who would lose is held up, and who would gain is held back: with a \
         short pot the one pays for the other."
    ),
    guarantee!(
        "PhaseIn",
        "From an old sum to the new one, by a share that grows from year to year.",
        "```ron\nguarantee: [PhaseIn(share: \"interpolate(year, [(2022, 0.25), (2025, 1)])\", from: \"previous_sum\")],\n```\n\n\
         Both bounds are `(1 - share) * from + share * due`, where `due` is the sum of the claimed lines: with a share of 0 \
         the old sum is due, with 1 the new one. While it lasts, losers gain and gainers pay. `from` is a column or a \
         formula: the old rule on today's data, if you write it so."
    ),
];

/// What is said of every guarantee.
pub const COST_OF_GUARANTEES: &str = WHO_PAYS;
