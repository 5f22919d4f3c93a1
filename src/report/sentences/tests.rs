use super::*;
use crate::analysis::example::{example, findings};
use crate::analysis::statements::{
    Across, Chance, CostDifference, Counted, Covered, Missing, Often, Paid, PointsFound, Reserve,
    Shortage, Spread,
};

/// What a run of the example is about, with the rounds numbers of a national scenario.
fn about() -> About {
    About {
        years: (2022, 2027),
        policies: vec!["today".to_owned(), "reform".to_owned()],
        baseline: Some("today".to_owned()),
        ..findings(&example()).about
    }
}

fn in_words(found: Found, language: Language) -> String {
    let statement = Statement { policy: None, in_brief: true, found };
    let sentences = statement::sentences(&statement, &about());
    let texts: Vec<String> = sentences.iter().map(|one| one.in_language(language)).collect();
    texts.join(" ").replace(['\u{a0}', '\u{202f}'], " ")
}

fn says(found: Found, english: &str, latvian: &str) {
    assert_eq!(in_words(found.clone(), Language::English), english);
    assert_eq!(in_words(found, Language::Latvian), latvian);
}

fn spread(low: f64, median: f64, high: f64) -> Spread {
    Spread { low, median, high }
}

fn of_100(count: u32, open: Option<(u32, u32)>) -> Chance {
    Chance { often: Often::OfHundred(count), open }
}

#[test]
fn points_are_told_against_the_plan() {
    let some = |planned: usize, open: Spread, fewer| {
        Found::Points(PointsFound::Some { year: 2027, planned, open, fewer })
    };
    let always = Chance { often: Often::Always, open: None };
    says(
        some(592, spread(420.0, 439.0, 455.0), Some(always)),
        "At the end of 2027, 439 of 592 points planned by then are open (80 % of the futures: 420 to 455). \
         Fewer points than planned are open in every future simulated.",
        "2027. gada beigās ir atvērti 439 no 592 līdz tam plānotajiem punktiem (80 % izspēļu: no 420 līdz 455). \
         Mazāk punktu, nekā plānots, ir atvērts visās izspēlēs.",
    );
    // 21 has the singular in Latvian, 20 the plural after a numeral that is not declined.
    says(
        some(21, spread(1.0, 1.0, 1.0), None),
        "At the end of 2027, 1 of 21 points planned by then is open (the same in 80 % of the futures, to the \
         digits shown).",
        "2027. gada beigās ir atvērts 1 no 21 līdz tam plānotā punkta (tas pats 80 % izspēļu parādīto ciparu \
         precizitātē).",
    );
    says(
        Found::Points(PointsFound::AllPlanned { year: 2023, planned: 7 }),
        "At the end of 2023 all points planned by then (7) are open in every future simulated.",
        "2023. gada beigās visās izspēlēs ir atvērti visi līdz tam plānotie punkti (7).",
    );
}

#[test]
fn money_is_told_to_three_figures_with_its_range() {
    let total = spread(19_800_000.0, 20_250_000.0, 20_640_000.0);
    let last = Some((2027, spread(4_370_000.0, 4_522_659.0, 4_680_000.0)));
    says(
        Found::Paid(Paid { total, last }),
        "Awards to municipalities come to EUR 20.3 million in 2022–2027 together (80 % of the futures: \
         EUR 19.8 million to EUR 20.6 million), and in 2027 alone to EUR 4.52 million (80 % of the futures: \
         EUR 4.37 million to EUR 4.68 million).",
        "Pašvaldībām piešķirtā dotācija 2022.–2027. gadā kopā ir 20,3 milj. € (80 % izspēļu: no 19,8 milj. € \
         līdz 20,6 milj. €), 2027. gadā vien – 4,52 milj. € (80 % izspēļu: no 4,37 milj. € līdz 4,68 milj. €).",
    );
    let share = |high| Covered { year: 2027, share: spread(0.44, 0.48, high) };
    says(
        Found::Covered(share(0.52)),
        "In 2027 the awards cover 48 % of the eligible cost (80 % of the futures: 44 % to 52 %); the rest is \
         the municipalities’ own share.",
        "2027. gadā piešķirtā dotācija sedz 48 % attiecināmo izmaksu (80 % izspēļu: no 44 % līdz 52 %); \
         pārējais ir pašvaldību daļa izmaksās.",
    );
    // Where more may be granted than it costs there is no rest.
    let text = in_words(Found::Covered(share(1.2)), Language::English);
    assert!(!text.contains("own share"), "{text}");
    says(
        Found::WithinReach(share(0.52)),
        "In 2027, 48 % of the inhabitants live within 10 km of an open point in a straight line, on average over \
         the year (80 % of the futures: 44 % to 52 %).",
        "2027. gadā 48 % iedzīvotāju dzīvo ne tālāk kā 10 km taisnā līnijā no atvērta punkta, vidēji gada laikā (80 % izspēļu: \
         no 44 % līdz 52 %).",
    );
}

#[test]
fn a_shortage_is_told_in_futures_of_a_hundred() {
    let short = |chance, most| Found::Shortage(Shortage::Short { chance, most });
    says(
        short(of_100(93, Some((91, 95))), Some((2027, of_100(21, None)))),
        "More is due than the appropriation allows, for at least one programme in at least one year, in 93 of \
         100 futures (so many draws tell it to between 91 and 95). That is so most often in 2027: in 21 of 100 futures.",
        "Vismaz vienai programmai vismaz vienā gadā apropriācijas nepietiek 93 izspēlēs no 100 (šāds izspēļu skaits ļauj to \
         noteikt robežās no 91 līdz 95). Visbiežāk tā ir 2027. gadā: 21 izspēlē no 100.",
    );
    for (often, english, latvian) in [
        (Often::MoreThan99, "in more than 99 of 100 futures.", "vairāk nekā 99 izspēlēs no 100."),
        (Often::FewerThan1, "in fewer than 1 of 100 futures.", "mazāk nekā 1 izspēlē no 100."),
        (Often::OfHundred(10), "in 10 of 100 futures.", "10 izspēlēs no 100."),
    ] {
        let found = short(Chance { often, open: None }, None);
        assert!(in_words(found.clone(), Language::English).ends_with(english));
        assert!(in_words(found, Language::Latvian).ends_with(latvian));
    }
    says(
        Found::Shortage(Shortage::Never),
        "The appropriation suffices for every programme and year in every future simulated.",
        "Visās izspēlēs apropriācijas pietiek katrai programmai katrā gadā.",
    );
    says(
        Found::Shortage(Shortage::NotTold { draws: 21 }),
        "21 draws are too few to tell how often more is due than the appropriation allows.",
        "Ar 21 izspēli nevar noteikt, cik bieži apropriācijas nepietiek.",
    );
    says(
        Found::TooFewDraws { draws: 16, needed: 100 },
        "16 draws are too few to tell how far the futures lie apart; it takes 100 at least.",
        "Ar 16 izspēlēm nepietiek, lai noteiktu, cik tālu nākotnes atrodas cita no citas; to vajag vismaz 100.",
    );
}

#[test]
fn what_is_missing_is_no_money_set_aside() {
    let missing = |lower| Missing { sum: 410_000.0, lower, upper: 432_000.0 };
    says(
        Found::Reserve(Reserve::More(missing(388_000.0))),
        "For it to suffice in 90 of 100 futures, EUR 410,000 more must be appropriated in 2022–2027 \
         together (so many draws tell it to between EUR 388,000 and EUR 432,000).",
        "Lai apropriācijas pietiktu 90 izspēlēs no 100, papildus nepieciešamā apropriācija 2022.–2027. gadā \
         kopā ir 410 000 € (šāds izspēļu skaits ļauj to noteikt robežās no 388 000 € līdz 432 000 €).",
    );
    says(
        Found::Reserve(Reserve::Unmet(missing(432_000.0))),
        "In 90 of 100 futures no more than EUR 410,000 of what is due is left unmet in 2022–2027 together, \
         at the network that this appropriation allows; more money would open more points, so it is not the sum \
         that would suffice.",
        "90 izspēlēs no 100 iztrūkums 2022.–2027. gadā kopā nepārsniedz 410 000 €, ja tīkls ir tāds, kādu \
         pieļauj šī apropriācija; ar lielāku finansējumu tiktu atvērts vairāk punktu, tāpēc tā nav summa, ar \
         kuru pietiktu.",
    );
    says(
        Found::Reserve(Reserve::Suffices),
        "The appropriation suffices for every programme and year in at least 90 of 100 futures.",
        "Vismaz 90 izspēlēs no 100 apropriācijas pietiek katrai programmai katrā gadā.",
    );
}

#[test]
fn who_receives_more_or_less_is_counted_against_a_named_baseline() {
    let counted = |more, less| {
        Found::Received(Received::Counted(Counted {
            more,
            less,
            undecided: 21,
            unchanged: 10,
            only_under_one: 2,
        }))
    };
    says(
        counted(11, 1),
        "At the appropriation of “today”, 11 municipalities clearly receive more than under “today” in 2022–2027 \
         together, and 1 municipality clearly less. For 21 municipalities neither can be said. 10 municipalities \
         receive the same to the cent in every future simulated. 2 municipalities have points under one of the \
         two policies only and are not compared.",
        "Ar varianta «today» apropriāciju nepārprotami vairāk nekā variantā «today» 2022.–2027. gadā kopā \
         saņem 11 pašvaldību, nepārprotami mazāk – 1 pašvaldība. Par 21 pašvaldību nav nosakāms ne viens, ne otrs. 10 \
         pašvaldību visās izspēlēs saņem līdz centam tikpat. 2 pašvaldībās punkti ir tikai vienā no abiem \
         variantiem, un tās netiek salīdzinātas.",
    );
    for (found, english, latvian) in [
        (
            counted(3, 0),
            "3 municipalities clearly receive more than",
            "saņem 3 pašvaldības, nepārprotami mazāk – neviena.",
        ),
        (
            counted(0, 1),
            "1 municipality clearly receives less than",
            "saņem 1 pašvaldība, nepārprotami vairāk – neviena.",
        ),
        (
            counted(0, 0),
            "no municipality clearly receives more or less than under “today”",
            "neviena pašvaldība",
        ),
    ] {
        assert!(in_words(found.clone(), Language::English).contains(english));
        assert!(in_words(found, Language::Latvian).contains(latvian));
    }
    says(
        Found::Received(Received::Nothing),
        "At the appropriation of “today”, every municipality receives the same as under “today”, to the cent, in \
         every future simulated.",
        "Ar varianta «today» apropriāciju visās izspēlēs katra pašvaldība saņem līdz centam tikpat, cik variantā \
         «today».",
    );
    says(
        Found::Across(Across { policies: 7, more: (3, 21), less: (10, 10) }),
        "At the appropriation of “today”, the other 7 policies clearly give more than “today” to between \
         3 and 21 municipalities and clearly less to 10 municipalities in 2022–2027 together.",
        "Ar varianta «today» apropriāciju pārējos modeļa variantos (to skaits: 7) nepārprotami vairāk nekā \
         variantā «today» 2022.–2027. gadā kopā saņem no 3 līdz 21 pašvaldībai, nepārprotami mazāk – 10 pašvaldību.",
    );
}

#[test]
fn costs_are_told_apart_with_their_error_or_not_at_all() {
    let told = |difference| Found::Cost(CostDifference::Told { difference, error: 31_204.1 });
    says(
        told(-1_240_000.0),
        "At its own appropriation it costs the state EUR 1.24 million less than “today” on average in 2022–2027 \
         together (to within EUR 31,300).",
        "Ar savu apropriāciju tas valstij 2022.–2027. gadā kopā vidēji izmaksā par 1,24 milj. € mazāk nekā \
         «today» (ar kļūdu līdz 31 300 €).",
    );
    assert!(in_words(told(1_240_000.0), Language::Latvian).contains("vairāk nekā «today»"));
    says(
        Found::Cost(CostDifference::NotTold { difference: -900.0, error: 1_200.5 }),
        "Whether it costs the state more or less than “today” on average in 2022–2027 together cannot be told \
         with so many draws: the difference is EUR 900, its error up to EUR 1,210.",
        "Vai tas valstij 2022.–2027. gadā kopā vidēji izmaksā vairāk vai mazāk nekā «today», ar šādu izspēļu \
         skaitu nevar noteikt: starpība ir 900 €, tās kļūda – līdz 1210 €.",
    );
    says(
        Found::Cost(CostDifference::Same),
        "It costs the state the same as “today” on average in 2022–2027 together.",
        "Valstij tas 2022.–2027. gadā kopā vidēji izmaksā tikpat, cik «today».",
    );
}

#[test]
fn sentences_are_gathered_by_what_they_are_about() {
    let findings = findings(&example());
    let subjects = |language| -> Vec<Option<String>> {
        whole(&findings).iter().map(|paragraph| paragraph.subject(language)).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let english = [some("Under every policy"), some("“today”, the baseline"), some("“reform”")];
    assert_eq!(subjects(Language::English), english);
    let latvian =
        [some("Visos modeļa variantos"), some("«today», bāzes variants"), some("«reform»")];
    assert_eq!(subjects(Language::Latvian), latvian);
    let count: usize =
        brief(&findings).iter().flat_map(|paragraph| &paragraph.statements).map(Vec::len).sum();
    assert!((3..=7).contains(&count), "{count} sentences");
}

/// Everything that a page says of a run, in one language.
fn all_of(findings: &Findings, language: Language) -> Vec<String> {
    let around = [heading(), intro(findings)].into_iter().chain(clearly(findings));
    let around = around.map(|message| message.in_language(language));
    let paragraphs = whole(findings).into_iter().chain(brief(findings));
    let told = paragraphs.flat_map(|paragraph| {
        paragraph.subject(language).into_iter().chain(paragraph.lines(language))
    });
    around.chain(told).collect()
}

#[test]
fn no_sentence_says_what_would_mislead() {
    let findings = findings(&example());
    let avoided = include_str!("../../../tests/words_to_avoid.txt").lines();
    let avoided: Vec<&str> = avoided.filter(|line| !line.starts_with('#')).collect();
    for language in Language::ALL {
        for text in all_of(&findings, language) {
            let text = text.to_lowercase();
            assert!(!avoided.iter().any(|word| text.contains(word)), "{text}");
        }
    }
}

#[test]
fn nothing_is_said_outside_the_resources() {
    let findings = findings(&example());
    for text in all_of(&findings, Language::Bracketed) {
        let mut depth = 0;
        let outside = text.chars().filter(|letter| {
            depth += i32::from(*letter == '[') - i32::from(*letter == ']');
            depth == 0 && !"] ".contains(*letter)
        });
        assert_eq!(outside.count(), 0, "{text}");
    }
}

#[test]
fn names_stand_as_they_are_and_are_no_markup_of_texts() {
    let mut scenario = example();
    scenario.policies[0].name = "{ $more } [one] “a” -b".to_owned();
    let findings = findings(&scenario);
    for language in Language::ALL {
        let texts = all_of(&findings, language).join("\n");
        assert!(texts.contains("{ $more } [one] “a” -b"), "{texts}");
    }
}
