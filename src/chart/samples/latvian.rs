//! The words of the samples in Latvian, for the gallery: names of levers, rules and formulas are data.

use super::Language;
use std::cell::Cell;

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// What is made within has its words in this language.
pub fn spoken<T>(language: Language, make: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(language);
    let made = make();
    SPOKEN.set(before);
    made
}

/// A text of a sample in the language that is spoken.
///
/// # Panics
/// The text has no Latvian below.
pub fn said(english: &str) -> String {
    if SPOKEN.get() != Language::Latvian {
        return english.to_owned();
    }
    let found = TEXTS.iter().find(|(known, _)| *known == english);
    found.unwrap_or_else(|| panic!("{english:?} has no Latvian")).1.to_owned()
}

const TEXTS: [(&str, &str); 86] = [
    // Around every picture.
    ("rates of 2018, by tier", "2018. gada likmes pa līmeņiem"),
    ("EUR 615,394 a year", "615 394 € gadā"),
    (
        "made-up figures in the shape of a national scenario",
        "izdomāti skaitļi valsts scenārija veidā",
    ),
    // Over the years.
    (
        "From 2024 the claims may go beyond the maintenance pot",
        "No 2024. gada uzturēšanas apropriācijas var nepietikt",
    ),
    (
        "Entitlements of all municipalities by year",
        "Visām pašvaldībām aprēķinātā dotācija pa gadiem",
    ),
    (
        "In six futures of a hundred the pot of 2024 is short",
        "2024. gada apropriācijas nepietiek 6 no 100 izspēlēm",
    ),
    (
        "Entitlements of all municipalities in 2024",
        "Visām pašvaldībām 2024. gadā aprēķinātā dotācija",
    ),
    (
        "The network opens about a year later than planned",
        "Punktus atver apmēram gadu vēlāk, nekā plānots",
    ),
    (
        "Open service points at the end of each quarter",
        "Atvērtie pakalpojumu punkti ceturkšņu beigās",
    ),
    ("points", "punkti"),
    ("1 July 2022", "01.07.2022."),
    ("1 June 2023", "01.06.2023."),
    (
        "At most 167 points wait for their investment",
        "Rindā uz investīciju dotāciju ir ne vairāk kā 167 punkti",
    ),
    (
        "Points that have asked and were not awarded it",
        "Punkti, kuru izveidei dotācija ir prasīta, bet nav piešķirta",
    ),
    ("Municipalities bear more than half of the cost", "Vairāk nekā pusi izmaksu sedz pašvaldības"),
    (
        "Eligible cost of all points by year, in money of the year",
        "Visu punktu attiecināmās izmaksas pa gadiem, faktiskajās cenās",
    ),
    // Places.
    (
        "Who is granted how much for maintenance in 2024",
        "Cik kurai pašvaldībai piešķir uzturēšanai 2024. gadā",
    ),
    ("Award by municipality", "Piešķirtā dotācija pa pašvaldībām"),
    ("No municipality but one has its cost covered", "Izmaksas ir segtas tikai vienai pašvaldībai"),
    (
        "Award as a share of eligible cost, 2024",
        "Piešķirtā dotācija no attiecināmajām izmaksām 2024. gadā",
    ),
    (
        "A point in the east is granted more than one in the west",
        "Punktam austrumos piešķir vairāk nekā punktam rietumos",
    ),
    ("Award per open point in 2024", "Piešķirtā dotācija vienam atvērtam punktam 2024. gadā"),
    ("Awards by municipality and year", "Piešķirtā dotācija pa pašvaldībām un gadiem"),
    (
        "All programmes; medians over the draws, in money of the year",
        "Visas programmas; izspēļu mediānas, faktiskajās cenās",
    ),
    ("How evenly points are funded in 2027", "Cik vienmērīgi finansēti punkti 2027. gadā"),
    ("Awards of all programmes, means", "Visu programmu piešķirtā dotācija, vidējie"),
    (
        "points, % (those with least for each first)",
        "punkti, % (vispirms tie, kuriem piešķirts vismazāk)",
    ),
    ("awards, %", "piešķirtā dotācija, %"),
    (
        "Who receives more or less than under the baseline",
        "Kuras pašvaldības saņem vairāk vai mazāk nekā bāzes variantā",
    ),
    (
        "“share of cost” instead of “rates of 2018, by tier”, at the same pot",
        "«izmaksu daļa» varianta «2018. gada likmes pa līmeņiem» vietā ar to pašu apropriāciju",
    ),
    // A sum and its parts.
    ("One euro of nine is not spent in 2024", "2024. gadā neizlietots paliek katrs devītais eiro"),
    ("Maintenance pot, means over the draws", "Uzturēšanas apropriācija, izspēļu vidējie"),
    ("top slice for the help desk", "centralizēti palīdzības dienestam"),
    ("points open before", "agrāk atvērtie punkti"),
    ("new points", "jaunie punkti"),
    (
        "Krāslavas novads is awarded EUR 28,921.17 of 186,300.00 due",
        "Krāslavas novads: piešķirts 28 921,17 € no aprēķinātajiem 186 300,00 €",
    ),
    ("Maintenance, 2025, EUR", "Uzturēšana, 2025. gads"),
    ("due", "aprēķināts"),
    ("award", "piešķirts"),
    ("the pot is short: Proportional", "apropriācijas nepietiek: Proportional"),
    ("Most of the change comes from the pot", "Vairumu izmaiņu rada apropriācija"),
    (
        "Awards of 2022–2027, all programmes; means over the draws",
        "Piešķirtā dotācija 2022.–2027. gadā, visas programmas; izspēļu vidējie",
    ),
    ("R0: rates of 2018 by tier", "R0: 2018. gada likmes pa līmeņiem"),
    ("parameters", "parametri"),
    ("rule", "aprēķina kārtība"),
    ("rationing", "sadale"),
    ("rounding", "noapaļošana"),
    ("pot", "apropriācija"),
    // Choices.
    ("Four candidates at the same pot", "Četri kandidāti ar to pašu apropriāciju"),
    (
        "Means over the draws, 2024; bars from the 5th to the 95th percentile",
        "Izspēļu vidējie 2024. gadā; joslas no 5. līdz 95. procentilei",
    ),
    ("availability and activity", "pieejamība un darbība"),
    (
        "standard cost, capped at half of the cost of a post",
        "standarta izmaksas, ne vairāk par pusi no amata vietas izmaksām",
    ),
    ("share of cost", "izmaksu daļa"),
    ("Total award", "Piešķirts kopā"),
    ("Coverage of cost", "Izmaksu segums"),
    ("People within 10 km of an open point", "Iedzīvotāji 10 km no atvērta punkta"),
    ("Points open", "Atvērtie punkti"),
    ("Municipalities that receive less", "Pašvaldības, kas saņem mazāk"),
    ("Four alternatives are beaten by none", "4 varianti, par ko neviens nav labāks"),
    (
        "Each policy at each base, means over the draws",
        "Katrs modeļa variants ar katru bāzes likmi, izspēļu vidējie",
    ),
    ("M1 at today's base is regretted least", "Vismazāk no labākā atpaliek M1 ar bāzes likmi 0"),
    (
        "Regret in mean('award', 2024), draws of two assumptions",
        "Atpalicība: mean('award', 2024), divu pieņēmumu izspēles",
    ),
    (
        "What each municipality is awarded as the pot grows",
        "Cik katrai pašvaldībai piešķir, apropriācijai pieaugot",
    ),
    ("EUR, by rule", "Pa sadales kārtībām"),
    // Questions.
    ("What drives the gap of 2024", "Kas nosaka 2024. gada iztrūkumu"),
    ("Share of the variance by input", "Dispersijas daļa pa nenoteiktiem lielumiem"),
    (
        "A base of 171 EUR a month is affordable at 95 %",
        "Bāzes likmei 171 € mēnesī naudas pietiek 95 % izspēļu",
    ),
    (
        "Chance that the maintenance pot falls short in 2025",
        "Varbūtība, ka 2025. gadā uzturēšanas apropriācijas nepietiek",
    ),
    ("met up to 171.2 EUR/month", "sasniegts līdz 171,2 EUR/mēnesī"),
    ("EUR/month", "EUR/mēnesī"),
    ("What a little more of each costs", "Cik maksā nedaudz vairāk no katra"),
    ("EUR, all years together", "Par cik mainās dotācija, visi gadi kopā"),
    ("+0.15 EUR/case", "+0,15 EUR/gadījumā"),
    ("+1 month", "+1 mēnesis"),
    ("+10 EUR/month", "+10 EUR/mēnesī"),
    ("delay", "kavējums"),
    ("maintenance", "uzturēšana"),
    ("investment", "investīcijas"),
    ("When the pot of 2025 breaks", "Kad nepietiek 2025. gada apropriācijas"),
    (
        "In 71 of 100 draws inside these ranges, in 12 of all",
        "71 no 100 izspēlēm šajās robežās, 12 no 100 kopumā",
    ),
    ("mean of the municipalities", "pašvaldību vidējais"),
    ("20 of 20", "20 no 20"),
    ("18 of 20", "18 no 20"),
    ("9 of 20", "9 no 20"),
    ("base", "bāze"),
    ("", ""),
];
