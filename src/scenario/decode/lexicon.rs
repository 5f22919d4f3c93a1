//! What a reader of messages should know of a field: where it stands, its unit, and how it is
//! written. And what people write who think in another language or of another program.

/// A field: its name, the section that it stands in (empty where several have it), its unit and
/// how it is written.
type Entry = (&'static str, &'static str, &'static str, &'static str);

const TOP: &str = "Scenario";

/// Fields that a scenario may have. A name stands once.
const FIELDS: &[Entry] = &[
    ("format", TOP, "", "format: 1"),
    ("title", TOP, "", "title: \"…\""),
    ("years", TOP, "", "years: (first: 2022, last: 2027)"),
    ("information_date", TOP, "", "information_date: \"2022-02-01\""),
    ("baseline", TOP, "", "baseline: \"name of a policy\""),
    ("verdict", TOP, "", "verdict: (euro: 500, percent: 5)"),
    ("run", TOP, "", "run: (draws: 10_000, seed: 1)"),
    ("money", TOP, "", "money: (currency: \"EUR\", price_year: 2022)"),
    ("municipalities", TOP, "", "municipalities: Table(file: \"municipalities.csv\", code: \"…\")"),
    ("points", TOP, "", "points: Table(file: \"points.csv\", code: \"…\", …)"),
    (
        "boundaries",
        TOP,
        "",
        "boundaries: (columns: { \"population\": Sum }, changes: [(title: \"…\", file: \"…\", from: \"…\", to: \"…\")])",
    ),
    ("expect", TOP, "", "expect: (points: 592)"),
    ("observed", TOP, "", "observed: [(what: \"load\", year: 2022, value: 5_000)]"),
    ("inputs", TOP, "", "inputs: { \"name\": (value: Normal(mean: 1, sd: 0.1)) }"),
    ("correlations", TOP, "", "correlations: [(of: (\"…\", \"…\"), rank: 0.5)]"),
    ("levers", TOP, "", "levers: { \"name\": (value: 3, min: 0, max: 10) }"),
    ("network", TOP, "", "network: (mode: WhenReady, tiers: { … }, delay_months: 3)"),
    ("load", TOP, "", "load: (need: \"…\")"),
    ("staffing", TOP, "", "staffing: (minimum: { … }, minutes_per_case: 30, …)"),
    ("costs", TOP, "", "costs: [(name: \"rent\", purpose: Maintenance, per: Point, amount: 500)]"),
    ("programmes", TOP, "", "programmes: { \"name\": (purpose: Maintenance, …) }"),
    ("policies", TOP, "", "policies: { \"name\": (rules: { … }) }"),
    ("outcomes", TOP, "", "outcomes: { \"name\": \"maintenance_cost / load\" }"),
    ("first", "years", "", "first: …"),
    ("last", "years", "", "last: …"),
    ("currency", "money", "", "currency: \"EUR\""),
    ("price_year", "money", "", "price_year: …"),
    ("pay_growth", "money", "(0.02 is 2 % a year)", "pay_growth: 0.05"),
    ("price_growth", "money", "(0.02 is 2 % a year)", "price_growth: 0.03"),
    ("vat_rate", "money", "", "vat_rate: 0.21"),
    ("file", "Table", "", "file: \"points.csv\""),
    ("code", "Table", "", "code: \"name of a column\""),
    ("region", "Table", "", "region: \"name of a column\""),
    ("columns", "Table", "", "columns: [\"population\"]"),
    ("hold", "Table", "", "hold: Last"),
    ("opens", "Table", "", "opens: \"name of a column\""),
    ("tier", "Table", "", "tier: \"name of a column\""),
    ("municipality", "", "", "municipality: \"name of a column\""),
    ("latitude", "Table", "", "latitude: \"name of a column\""),
    ("longitude", "Table", "", "longitude: \"name of a column\""),
    ("stream", "Table", "", "stream: \"name of a column\""),
    ("centre", "Table", "", "centre: \"name of a column\""),
    (
        "changes",
        "boundaries",
        "",
        "changes: [(title: \"…\", file: \"….csv\", from: \"…\", to: \"…\")]",
    ),
    ("from", "", "", "from: \"…\""),
    ("to", "", "", "to: \"name of a column\""),
    ("point", "", "", "point: \"name of a column\""),
    ("until", "", "", "until: 2021"),
    ("what", "observed", "", "what: \"load\""),
    ("on", "observed", "", "on: \"2023-06-01\""),
    ("year", "", "", "year: …"),
    ("value", "", "", "value: …"),
    ("min", "levers", "", "min: …"),
    ("max", "levers", "", "max: …"),
    ("extent", "inputs", "", "extent: Municipality"),
    ("time", "inputs", "", "time: Yearly(persistence: 0.5)"),
    ("common", "inputs", "", "common: (nation: 0.4)"),
    ("persistence", "", "", "persistence: 0.5"),
    ("start", "", "", "start: 0"),
    ("of", "correlations", "", "of: (\"pay_growth\", \"price_growth\")"),
    ("rank", "correlations", "", "rank: 0.5"),
    ("nation", "common", "", "nation: 0.4"),
    ("mode", "network", "", "mode: WhenReady"),
    ("tiers", "", "", ""),
    ("institutions", "", "", "institutions: 2"),
    ("institution_days", "tiers", "days a week", "institution_days: 5"),
    ("basket_share", "tiers", "", "basket_share: 1"),
    ("video", "tiers", "", "video: true"),
    ("delay_months", "network", "months", "delay_months: 3"),
    ("never", "network", "", "never: 0.1"),
    ("building_months", "network", "months", "building_months: 6"),
    ("award_month", "network", "(1 is January)", "award_month: 4"),
    ("acceptable_own_share", "network", "", "acceptable_own_share: 0.5"),
    ("patience_years", "network", "years", "patience_years: 2"),
    ("need", "load", "cases a year", "need: \"population * 0.2\""),
    ("factors", "load", "", "factors: { \"digital\": 0.8 }"),
    ("own_offices", "load", "", "own_offices: { \"national\": 0.2 }"),
    ("distance", "load", "", "distance: (half_km: 10)"),
    ("second_level_share", "load", "", "second_level_share: 0.1"),
    ("video_share", "load", "", "video_share: 0.1"),
    ("half_km", "distance", "km", "half_km: 10"),
    ("floor", "distance", "", "floor: 0.1"),
    ("detour", "distance", "", "detour: 1.3"),
    ("minimum", "staffing", "posts", "minimum: { \"local\": 0.2 }"),
    ("minutes_per_case", "staffing", "minutes", "minutes_per_case: 30"),
    ("minutes_per_video", "staffing", "minutes", "minutes_per_video: 40"),
    ("productive_hours", "staffing", "hours a year", "productive_hours: 1_250"),
    ("utilisation", "staffing", "", "utilisation: 0.8"),
    ("extra", "staffing", "posts", "extra: 0.5"),
    ("waiting", "staffing", "", "waiting: { \"national\": (minutes: 15, share: 0.8, …) }"),
    ("minutes", "waiting", "minutes", "minutes: 15"),
    ("opening_hours", "waiting", "hours a year", "opening_hours: 2_000"),
    ("share", "", "", "share: …"),
    ("name", "", "", "name: \"…\""),
    ("purpose", "", "", "purpose: Maintenance"),
    ("per", "", "", "per: Point"),
    ("amount", "", "EUR", "amount: …"),
    ("index", "costs", "", "index: Pay"),
    ("life_years", "costs", "years", "life_years: 5"),
    ("vat", "costs", "", "vat: Included"),
    ("rate", "", "", "rate: 0.02"),
    ("pay", "", "", "pay: 0.3"),
    ("prices", "", "", "prices: 0.7"),
    ("appropriation", "programmes", "EUR", "appropriation: { 2022: … }"),
    ("later", "programmes", "", "later: Growing(rate: 0.02)"),
    ("top_slice", "programmes", "EUR", "top_slice: { \"publicity\": 10_000 }"),
    ("unspent", "programmes", "", "unspent: Lapses"),
    ("rules", "policies", "", "rules: { \"name of a programme\": (entitle: …) }"),
    ("entitle", "rules", "", "entitle: CostShare(share: 0.7)"),
    ("claims", "rules", "", "claims: [(class: 1, line: \"…\")]"),
    ("limit", "rules", "", "limit: CostShare(share: 0.5)"),
    ("may_exceed_cost", "rules", "", "may_exceed_cost: true"),
    ("guarantee", "rules", "", "guarantee: [Floor(amount: 3_000)]"),
    ("pools", "rules", "", "pools: (by: \"region\", pot: \"…\")"),
    ("ration", "rules", "", "ration: Proportional"),
    ("round", "rules", "", "round: (unit: 1)"),
    ("monthly", "", "EUR", "monthly: { \"local\": … }"),
    ("cap", "", "EUR", "cap: { \"local\": … }"),
    ("class", "claims", "", "class: 1"),
    ("line", "", "", "line: \"…\""),
    ("is", "", "", "is: \"…\""),
    ("down", "", "", "down: 0.1"),
    ("up", "", "", "up: 0.15"),
    ("score", "", "", "score: \"…\""),
    ("weight", "", "", "weight: \"population\""),
    ("estimate", "", "", "estimate: true"),
    ("euro", "verdict", "EUR", "euro: 500"),
    ("percent", "verdict", "percent", "percent: 5"),
    ("draws", "run", "", "draws: 10_000"),
    ("seed", "run", "", "seed: 1"),
    ("plan", "run", "", "plan: Random"),
    ("quantiles_of", "run", "", "quantiles_of: [\"…\"]"),
    ("precision", "run", "", "precision: (relative: 0.001, at_most: 131_072)"),
    ("figures", "precision", "", "figures: [\"award\"]"),
    ("relative", "precision", "(0.001 is 0.1 % of the mean)", "relative: 0.001"),
    ("within", "precision", "", "within: 500"),
    ("confidence", "precision", "", "confidence: 0.95"),
    ("at_most", "precision", "draws", "at_most: 131_072"),
];

/// How something is written that messages call so, or that bears this name.
const SHAPES: &[(&str, &str)] = &[
    ("a change of boundaries", "(title: \"…\", file: \"….csv\", from: \"…\", to: \"…\")"),
    ("the points of a change", "(file: \"….csv\", point: \"…\", to: \"…\")"),
    ("a lever", "(value: 3, min: 0, max: 10)"),
    ("an input", "(value: 1_060)"),
    ("common shares", "(nation: 0.4)"),
    ("a correlation", "(of: (\"pay_growth\", \"price_growth\"), rank: 0.5)"),
    ("a cost item", "(name: \"rent\", purpose: Maintenance, per: Point, amount: 500)"),
    ("a programme", "(purpose: Maintenance, appropriation: OpenEnded)"),
    ("a precision", "(relative: 0.001, at_most: 131_072)"),
    ("a waiting target", "(minutes: 15, share: 0.8, opening_hours: 2_000)"),
    ("an observed value", "(what: \"load\", year: 2022, value: 5_000)"),
    ("a tier", "(institutions: 0, institution_days: 0, basket_share: 0.8, video: true)"),
    ("Table", "Table(file: \"….csv\", code: \"…\", …)"),
    ("Yearly", "Yearly(persistence: 0.5)"),
    ("RandomWalk", "RandomWalk(start: 0)"),
    ("Growing", "Growing(rate: 0.02)"),
    ("Prices", "Prices(share: 0.5)"),
    ("Mixed", "Mixed(pay: 0.3, prices: 0.7)"),
    ("Included", "Included(rate: 0.12)"),
    ("Added", "Added(rate: 0.12)"),
    ("CostShare", "CostShare(share: 0.7)"),
    ("FlatPerPoint", "FlatPerPoint(monthly: { \"local\": 500 })"),
    ("Floor", "Floor(amount: 3_000)"),
    ("Cap", "Cap(amount: 3_000)"),
    ("HoldHarmless", "HoldHarmless(share: 0.95)"),
    ("Damping", "Damping(down: 0.1, up: 0.15)"),
    ("RankedCompetition", "RankedCompetition(score: \"…\")"),
];

/// What people write, and what is meant: words of Latvian, and of other programs.
const MEANT: &[(&str, &str)] = &[
    ("formāts", "format"),
    ("nosaukums", "title"),
    ("nosaukums", "name"),
    ("gadi", "years"),
    ("gads", "year"),
    ("pirmais", "first"),
    ("pēdējais", "last"),
    ("nauda", "money"),
    ("valūta", "currency"),
    ("pašvaldības", "municipalities"),
    ("pašvaldība", "municipality"),
    ("punkti", "points"),
    ("punkts", "point"),
    ("korelācijas", "correlations"),
    ("correlation", "rank"),
    ("spearman", "rank"),
    ("līmeņi", "tiers"),
    ("līmenis", "tier"),
    ("tīkls", "network"),
    ("slodze", "load"),
    ("personāls", "staffing"),
    ("izmaksas", "costs"),
    ("programmas", "programmes"),
    ("kods", "code"),
    ("fails", "file"),
    ("vērtība", "value"),
    ("avots", "source"),
    ("mērķis", "purpose"),
    ("summa", "amount"),
    ("apropriācija", "appropriation"),
    ("investīcijas", "investment"),
    ("ieguldījumi", "investment"),
    ("uzturēšana", "maintenance"),
    ("upkeep", "maintenance"),
    ("valsts", "nation"),
    ("wages", "pay"),
    ("inflation", "prices"),
    ("fte", "fulltimeequivalent"),
    ("gauss", "normal"),
    ("gaussian", "normal"),
    ("triangle", "triangular"),
    ("budget", "appropriation"),
    ("simulations", "draws"),
    ("iterations", "draws"),
    ("parameters", "levers"),
    ("precizitāte", "precision"),
    ("tolerance", "precision"),
    ("maximum", "at_most"),
    ("max", "at_most"),
];

fn entry(field: &str) -> Option<&'static Entry> {
    FIELDS.iter().find(|(name, ..)| *name == field)
}

/// The section that a field stands in, where there is only one: `Scenario` for the sections.
pub fn home(field: &str) -> Option<&'static str> {
    entry(field).map(|(_, home, ..)| *home).filter(|home| !home.is_empty())
}

/// The unit of a field, as it follows a range: ", in EUR"; empty where it has none.
pub fn unit(field: &str) -> String {
    match entry(field).map_or("", |(_, _, unit, _)| unit) {
        "" => String::new(),
        remark if remark.starts_with('(') => format!(" {remark}"),
        unit => format!(", in {unit}"),
    }
}

/// How a field is written, its name included.
pub fn written(field: &str) -> Option<&'static str> {
    entry(field).map(|(.., written)| *written).filter(|written| !written.is_empty())
}

/// How a field is written, as an answer: the format is known, all else depends on the case.
pub fn suggested(written: &str) -> String {
    match written {
        "format: 1" => "write `format: 1`".to_owned(),
        written => format!("write, for example, `{written}`"),
    }
}

/// The fields of something with a name and fields that are no maps, in order: `min`, `max`.
pub fn fields(name: &str) -> Option<Vec<&'static str>> {
    let inside = shape(name)?.split_once('(')?.1.strip_suffix(')')?;
    if inside.contains('{') {
        return None;
    }
    inside.split(", ").map(|field| field.split_once(": ").map(|(field, _)| field)).collect()
}

/// Whether a field is a share or a rate, which people also write in percent.
pub fn is_share(field: &str) -> bool {
    matches!(field, "rate" | "share" | "pay" | "prices" | "down" | "up" | "relative" | "confidence")
}

/// How something is written that messages call so ("a lever"), or that bears this name.
pub fn shape(what: &str) -> Option<&'static str> {
    SHAPES.iter().find(|(name, _)| *name == what).map(|(_, written)| *written)
}

/// Which of the known names a word of another language or program stands for.
pub fn meant<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let same = |name: &&&str| {
        MEANT.iter().any(|(from, to)| *from == word && name.eq_ignore_ascii_case(to))
    };
    known.iter().find(same).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_stands_once_and_is_shown_by_its_own_name() {
        for (position, (name, _, _, written)) in FIELDS.iter().enumerate() {
            let is_shown = written.is_empty() || written.starts_with(&format!("{name}: "));
            assert!(is_shown, "{name}");
            assert!(FIELDS[position + 1..].iter().all(|(other, ..)| other != name), "{name}");
        }
        assert_eq!(
            (home("vat_rate"), home("levers"), home("share")),
            (Some("money"), Some(TOP), None)
        );
        assert_eq!(unit("institution_days"), ", in days a week");
        assert_eq!(unit("award_month"), " (1 is January)");
        assert_eq!(unit("vat_rate"), "");
    }

    #[test]
    fn the_fields_of_a_name_are_known_where_they_are_plain() {
        assert_eq!(fields("Mixed"), Some(vec!["pay", "prices"]));
        assert_eq!(fields("Included"), Some(vec!["rate"]));
        assert_eq!(fields("FlatPerPoint"), None);
        assert_eq!(fields("Table"), None);
        assert_eq!(fields("nothing of the kind"), None);
    }

    #[test]
    fn a_latvian_word_finds_the_english_one_only_where_that_may_stand() {
        assert_eq!(meant("Uzturēšana", &["Investment", "Maintenance"]), Some("Maintenance"));
        assert_eq!(meant("gadi", &["title", "years"]), Some("years"));
        assert_eq!(meant("gadi", &["title"]), None);
    }
}
