//! The few words that the pictures add to what their data say.

use super::format::{Language, number};

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub no_data: &'static str,
    pub policy: &'static str,
    pub pot: &'static str,
    pub data_as_of: &'static str,
    pub source: &'static str,
    pub median: &'static str,
    pub mean: &'static str,
    pub percentile: &'static str,
    pub percentiles: &'static str,
    pub bands: &'static str,
    pub appropriation: &'static str,
    pub share_of_draws: &'static str,
    pub exceeds: &'static str,
    pub others: &'static str,
    pub full_cost: &'static str,
    pub none: &'static str,
    pub planned: &'static str,
    pub simulated: &'static str,
    pub observed: &'static str,
    pub unspent: &'static str,
    pub lacking: &'static str,
    pub units_in_class: &'static str,
    pub more_is_better: &'static str,
    pub less_is_better: &'static str,
    pub baseline: &'static str,
    pub target: &'static str,
    pub open_of_draws: &'static str,
    pub in_this_order: &'static str,
    pub in_reverse_order: &'static str,
    pub order_matters: &'static str,
    pub lines_open: &'static str,
    pub due: &'static str,
    pub granted: &'static str,
    pub standings: &'static str,
    pub larger_dots: &'static str,
    pub regret_marks: &'static str,
    pub inside_marks: &'static str,
    pub found_again: &'static str,
}

const ENGLISH: Words = Words {
    no_data: "No data for this picture",
    policy: "Policy",
    pot: "Pot",
    data_as_of: "Data as of",
    source: "Source",
    median: "median",
    mean: "mean",
    percentile: "th percentile",
    percentiles: "5th–95th percentile",
    bands: "Shades, from the inside: 50, 80 and 90 % of draws",
    appropriation: "appropriation",
    share_of_draws: "share of draws, %",
    exceeds: "lie beyond it",
    others: "others",
    full_cost: "full cost",
    none: "none",
    planned: "planned",
    simulated: "simulated median",
    observed: "observed",
    unspent: "unspent",
    lacking: "lacking",
    units_in_class: "areas",
    more_is_better: "more is better",
    less_is_better: "less is better",
    baseline: "baseline",
    target: "target",
    open_of_draws: "Shades: what the number of draws leaves open (95 %), of the measure and of the border",
    in_this_order: "in this order",
    in_reverse_order: "in reverse order",
    order_matters: "Line with a dot: the same step where the parts are replaced in reverse order, from where this one begins",
    lines_open: "Lines: what the number of draws leaves open (95 %)",
    due: "due",
    granted: "granted",
    standings: "Full dots: none beats them; rings: the draws do not decide it; grey: another beats them in all measures; the line joins the best of the two measures shown",
    larger_dots: "larger dots have more of",
    regret_marks: "Bars: mean regret; lines: up to the 90th percentile; dots: the most in any draw",
    inside_marks: "Grey: all that was drawn; blue: inside the box",
    found_again: "found again",
};

const LATVIAN: Words = Words {
    no_data: "Attēlam nav datu",
    policy: "Modeļa variants",
    pot: "Apropriācija",
    data_as_of: "Dati uz",
    source: "Avots",
    median: "mediāna",
    mean: "vidējais",
    percentile: ". procentile",
    percentiles: "5.–95. procentile",
    bands: "Toņi no iekšpuses: 50, 80 un 90 % izspēļu",
    appropriation: "apropriācija",
    share_of_draws: "izspēļu daļa, %",
    exceeds: "to pārsniedz",
    others: "citas",
    full_cost: "visas izmaksas",
    none: "nav",
    planned: "plānots",
    simulated: "aprēķinātā mediāna",
    observed: "faktiski",
    unspent: "neizlietots",
    lacking: "iztrūkums",
    units_in_class: "teritorijas",
    more_is_better: "vairāk ir labāk",
    less_is_better: "mazāk ir labāk",
    baseline: "bāzes variants",
    target: "mērķis",
    open_of_draws: "Toņi: ko izspēļu skaits atstāj neskaidru (95 %) rādītājam un robežai",
    in_this_order: "šādā secībā",
    in_reverse_order: "apgrieztā secībā",
    order_matters: "Līnija ar punktu: tas pats solis, ja daļas maina apgrieztā secībā, no šī soļa sākuma",
    lines_open: "Līnijas: ko izspēļu skaits atstāj neskaidru (95 %)",
    due: "pienākas",
    granted: "piešķirts",
    standings: "Pilni punkti: neviens nav labāks; gredzeni: izspēles to neizšķir; pelēki: cits visos rādītājos ir labāks; līnija savieno abos redzamajos rādītājos labākos",
    larger_dots: "lielākiem punktiem ir vairāk",
    regret_marks: "Joslas: vidējā nožēla; līnijas: līdz 90. procentilei; punkti: lielākā kādā izspēlē",
    inside_marks: "Pelēks: viss izspēlētais; zils: robežās",
    found_again: "atrasts atkal",
};

impl Words {
    /// What a pot is called: as given, else the appropriation.
    pub(super) fn pot_name<'a>(&self, given: &'a str) -> &'a str
    where
        Self: 'a,
    {
        if given.is_empty() { self.appropriation } else { given }
    }
}

impl Language {
    /// The words of the language.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::English | Self::Bracketed => &ENGLISH,
            Self::Latvian => &LATVIAN,
        }
    }
}

/// So many draws, counted as the language counts (Unicode CLDR, plural rules).
pub(super) fn draws(count: u64, language: Language) -> String {
    let noun = match (language, count % 10, count % 100) {
        (Language::English | Language::Bracketed, ..) if count == 1 => "draw",
        (Language::English | Language::Bracketed, ..) => "draws",
        (Language::Latvian, 0, _) | (Language::Latvian, _, 11..=19) => "izspēļu",
        (Language::Latvian, 1, _) => "izspēle",
        (Language::Latvian, ..) => "izspēles",
    };
    format!("{} {noun}", number(count as f64, 0, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_counted_as_the_language_counts() {
        let latvian = |count| draws(count, Language::Latvian);
        assert_eq!([1, 21, 101].map(latvian), ["1 izspēle", "21 izspēle", "101 izspēle"]);
        assert_eq!([2, 22, 1009].map(latvian), ["2 izspēles", "22 izspēles", "1009 izspēles"]);
        assert_eq!(
            [0, 11, 10_000].map(latvian),
            ["0 izspēļu", "11 izspēļu", "10\u{a0}000 izspēļu"]
        );
        assert_eq!(draws(1, Language::English), "1 draw");
        assert_eq!(draws(10_000, Language::English), "10,000 draws");
    }
}
