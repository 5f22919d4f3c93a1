//! Every plan, with what there is to say about it.

use super::Plan;

/// A plan as `list` and `about` know it.
#[derive(Clone, Copy, Debug)]
pub struct PlanEntry {
    /// The plan.
    pub plan: Plan,
    /// One line.
    pub summary: &'static str,
    /// The whole explanation, in Markdown.
    pub about: &'static str,
}

/// Every plan; the first is what holds where none is written.
pub const PLANS: [PlanEntry; 4] = [
    PlanEntry {
        plan: Plan::Random,
        summary: "Independent draws: the usual plan",
        about: "`run: (draws: 10_000, plan: Random)`\n\n\
            Every draw is independent of every other. The error of a mean falls with the square root of the \
            number of draws.\n\n\
            **Properties.** More draws, inputs, municipalities or policies change no draw. Any number of draws.\n\n\
            **When.** Quantiles and chances far out, and whenever nothing speaks for another plan.\n",
    },
    PlanEntry {
        plan: Plan::Antithetic,
        summary: "Draws 2k and 2k + 1 are mirror images: exact where results follow inputs in a straight line",
        about: "`run: (draws: 10_000, plan: Antithetic)`\n\n\
            Where draw 2k has the share u (score z) for a national score, draw 2k + 1 has 1 − u (−z). What \
            follows the scores in a straight line cancels exactly; what rises or falls with each of them has a \
            smaller error; what is the same on both sides of the middle has a larger one.\n\n\
            **Properties.** Adding inputs or draws changes no draw; even draws are those of `Random`. The error \
            comes from means of pairs, so an even number of draws is best.\n\n\
            **When.** Means of results close to a straight line, and few draws.\n\n\
            **References.** Hammersley & Morton (1956), doi:10.1017/S0305004100031455\n",
    },
    PlanEntry {
        plan: Plan::LatinHypercube,
        summary: "One draw in each of equally likely slices of every national score",
        about: "`run: (draws: 10_000, plan: LatinHypercube)`\n\n\
            Draw d belongs to design d mod 16. A design of n draws cuts every national score into n equally \
            likely slices and has exactly one draw in each. What is a sum of effects of single inputs has a far \
            smaller error; what comes from inputs acting together keeps the usual one.\n\n\
            **Properties.** Adding inputs changes no draw. Another number of draws changes all of them. The \
            error comes from the means of the 16 designs. Any number of inputs.\n\n\
            **When.** A fixed number of draws, and more inputs than `Sobol` has dimensions.\n\n\
            **References.** McKay, Beckman & Conover (1979), doi:10.2307/1268522; Black & Rogaway (2002), \
            doi:10.1007/3-540-45760-7_9\n",
    },
    PlanEntry {
        plan: Plan::Sobol,
        summary: "Points that fill all national scores together evenly: the smallest error of means",
        about: "`run: (draws: 16_384, plan: Sobol)`\n\n\
            Draw d is point ⌊d/16⌋ of scramble d mod 16 of Sobol's sequence, one dimension for each national \
            score. For results that are smooth in national inputs the error of a mean falls almost with the \
            number of draws instead of its square root.\n\n\
            **Properties.** Dimensions follow the order of declaration; inputs and draws that are appended change \
            no other draw. 256 dimensions; `check` says which scores have none and stay independent. The error \
            comes from the means of the 16 scrambles. Any number of draws; 16 times a power of two is best.\n\n\
            **When.** Means and totals, where much of the uncertainty is national.\n\n\
            **References.** Sobol (1967), doi:10.1016/0041-5553(67)90144-9; direction numbers of Joe & Kuo \
            (2008), doi:10.1137/070709359; scrambling of Owen (1995), doi:10.1007/978-1-4612-2552-2_19, by the \
            hash of Burley (2020), Journal of Computer Graphics Techniques 9(4)\n",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_is_registered_under_its_name_and_shows_how_to_write_it() {
        for entry in &PLANS {
            let written = format!("plan: {})`", entry.plan.name());
            assert!(entry.about.lines().next().is_some_and(|line| line.ends_with(&written)));
        }
        assert_eq!(PLANS.map(|entry| entry.plan as usize), [0, 1, 2, 3]);
    }
}
