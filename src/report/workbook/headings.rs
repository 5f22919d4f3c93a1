//! Heads and words of the tables in a language. In English both are those of the CSV files; names of
//! outcomes are what formulas call them, in every language.

use super::results::unit_in;
use crate::language::{Language, Message};

/// The head of a column.
pub fn heading(language: Language, name: &str) -> String {
    if language == Language::English {
        return name.to_owned();
    }
    column(name).map_or_else(|| name.to_owned(), |message| message.in_language(language))
}

/// What a column is, in words, out of the parts of its name.
fn column(name: &str) -> Option<Message> {
    let of = |ending: &str, message: Message| {
        let base = column(name.strip_suffix(ending)?)?;
        Some(message.words("of", base))
    };
    plain(name)
        .or_else(|| of("_lower", Message::new("workbook-column-lower-end")))
        .or_else(|| of("_upper", Message::new("workbook-column-upper-end")))
        .or_else(|| of("_mean", Message::new("workbook-column-mean-of")))
        .or_else(|| of("_mcse", Message::new("workbook-column-mcse-of")))
        .or_else(|| {
            let (base, percent) = name.rsplit_once("_p")?;
            let quantile = Message::new("workbook-column-quantile-of");
            Some(quantile.words("of", column(base)?).name("percent", &number(percent)?))
        })
        .or_else(|| {
            let reserve = name.strip_prefix("reserve").and_then(number)?;
            Some(Message::new("workbook-column-reserve").name("percent", &reserve))
        })
        .or_else(|| {
            let worst = name.strip_prefix("expected_shortfall").and_then(number)?;
            let worst = (100 - worst.parse::<u32>().ok()?.min(100)).to_string();
            Some(Message::new("workbook-column-worst").name("percent", &worst))
        })
        .or_else(|| {
            let quantile = name.strip_prefix('p').and_then(number)?;
            Some(Message::new("workbook-column-quantile").name("percent", &quantile))
        })
        .or_else(|| {
            let tier = name.strip_prefix("open_points_")?;
            Some(Message::new("workbook-column-open-points").name("tier", tier))
        })
}

/// Digits without zeros before them.
fn number(text: &str) -> Option<String> {
    text.parse::<u32>().ok().map(|number| number.to_string())
}

fn plain(name: &str) -> Option<Message> {
    Some(match name {
        "policy" => Message::new("workbook-column-policy"),
        "programme" => Message::new("workbook-column-programme"),
        "municipality" => Message::new("workbook-column-municipality"),
        "name" => Message::new("workbook-column-name"),
        "year" => Message::new("workbook-column-year"),
        "measure" => Message::new("workbook-column-measure"),
        "mean" => Message::new("workbook-column-mean"),
        "sd" => Message::new("workbook-column-sd"),
        "mcse" => Message::new("workbook-column-mcse"),
        "appropriation" => Message::new("workbook-appropriation"),
        "available" => Message::new("workbook-pots-available"),
        "entitlement" => Message::new("workbook-step-due"),
        "award" => Message::new("workbook-step-award"),
        "shortfall" => Message::new("workbook-column-shortfall"),
        "unspent" => Message::new("workbook-pots-unspent"),
        "p_shortfall" => Message::new("workbook-column-p-shortfall"),
        "p_every_short" => Message::new("workbook-column-p-every-short"),
        "baseline" => Message::new("workbook-column-baseline"),
        "pot" => Message::new("workbook-column-pot"),
        "difference" => Message::new("workbook-step-difference"),
        "p_more" => Message::new("workbook-column-p-more"),
        "p_less" => Message::new("workbook-column-p-less"),
        "threshold_eur" | "threshold_percent" => Message::new("workbook-column-threshold"),
        "verdict" => Message::new("workbook-column-verdict"),
        "outcome" => Message::new("workbook-column-outcome"),
        "scope" => Message::new("workbook-column-scope"),
        "unit" => Message::new("workbook-column-unit"),
        "load" => Message::new("workbook-column-load"),
        "unmet_need" => Message::new("workbook-column-unmet-need"),
        "staff" => Message::new("workbook-column-staff"),
        "side" => Message::new("workbook-column-side"),
        "line" => Message::new("workbook-column-line"),
        "central" => Message::new("workbook-column-central"),
        "what" => Message::new("workbook-column-what"),
        "due" => Message::new("workbook-column-due-in"),
        "basis" => Message::new("workbook-column-basis"),
        "guarantee" => Message::new("workbook-column-guarantee"),
        "protected" => Message::new("workbook-column-protected"),
        _ => return None,
    })
}

/// A word of a column whose words are ours; none of a name, and in English, where it stays.
pub fn word(language: Language, column: &str, text: &str) -> Option<String> {
    if language == Language::English {
        return None;
    }
    if column == "unit" {
        return Some(unit_in(language, text));
    }
    if column == "scope" {
        return scope(text).map(|message| message.in_language(language));
    }
    let message = match (column, text) {
        ("programme" | "municipality" | "year", "all") => Message::new("workbook-word-all"),
        ("measure", "entitlement") => Message::new("workbook-step-due"),
        ("measure", "award") => Message::new("workbook-step-award"),
        ("measure", "eligible_cost") => Message::new("workbook-word-eligible-cost"),
        ("measure", "own_share") => Message::new("workbook-word-own-share"),
        ("measure", "gained") => Message::new("workbook-word-gained"),
        ("measure", "given_up") => Message::new("workbook-word-given-up"),
        ("measure", "cost") => Message::new("workbook-word-cost"),
        ("measure", "gainers") => Message::new("workbook-word-gainers"),
        ("measure", "payers") => Message::new("workbook-word-payers"),
        ("measure", "gain") => Message::new("workbook-word-gain"),
        ("measure", "p_broken") => Message::new("workbook-word-broken"),
        ("pot", "same") => Message::new("workbook-word-same"),
        ("pot", "own") => Message::new("workbook-word-own"),
        ("protected", "true") => Message::new("workbook-word-yes"),
        ("protected", "false") => Message::new("workbook-word-no"),
        ("verdict", "more") => Message::new("verdict-more"),
        ("verdict", "rather more") => Message::new("verdict-rather-more"),
        ("verdict", "undecided") => Message::new("verdict-undecided"),
        ("verdict", "rather less") => Message::new("verdict-rather-less"),
        ("verdict", "less") => Message::new("verdict-less"),
        ("verdict", "unchanged") => Message::new("verdict-unchanged"),
        ("verdict", "only under one") => Message::new("verdict-only-under-one"),
        ("side", "source") => Message::new("workbook-word-source"),
        ("side", "use") => Message::new("workbook-word-use"),
        ("side", "memo") => Message::new("workbook-word-memo"),
        ("line", "appropriation") => Message::new("workbook-appropriation"),
        ("line", "carried_in") => Message::new("workbook-pots-carried"),
        ("line", "top_slice") => Message::new("workbook-pots-top-slice"),
        ("line", "available") => Message::new("workbook-pots-available"),
        ("line", "paid_first") => Message::new("page-line-paid-first"),
        ("line", "awarded") => Message::new("workbook-step-awarded"),
        ("line", "lapses") => Message::new("page-line-lapses"),
        ("line", "carried_on") => Message::new("page-line-carried-on"),
        ("line", "lapses_after_offering") => Message::new("page-line-lapses-after"),
        ("line", "award") => Message::new("workbook-word-award-in-all"),
        ("line", "shortfall") => Message::new("workbook-column-shortfall"),
        ("line", "entitlement") => Message::new("workbook-word-due-in-all"),
        ("what", "cash") => Message::new("workbook-word-cash"),
        ("what", "commitment") => Message::new("workbook-word-commitment"),
        ("due", "steady") => Message::new("workbook-word-steady"),
        ("basis", "granted") => Message::new("workbook-word-granted"),
        ("basis", "estimate_by_cost") => Message::new("workbook-word-estimate"),
        _ => return None,
    };
    Some(message.in_language(language))
}

/// `nation`, or a kind of place with its name behind a colon.
fn scope(text: &str) -> Option<Message> {
    if text == "nation" {
        return Some(Message::new("workbook-scope-nation"));
    }
    let (kind, name) = text.split_once(':')?;
    let message = match kind {
        "region" => Message::new("workbook-scope-region"),
        "tier" => Message::new("workbook-scope-tier"),
        "municipality" => Message::new("workbook-scope-municipality"),
        _ => return None,
    };
    Some(message.name("name", name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::report::tables::{self, Table};

    #[test]
    fn every_column_of_every_table_has_a_head_in_latvian_and_its_own_name_in_english() {
        let findings = findings(&example());
        let tables = [
            tables::awards(&findings, Table::default()),
            tables::budget(&findings, Table::default()),
            tables::verdicts(&findings, Table::default()),
            tables::outcomes_with_units(&findings, Table::default()),
            tables::network(&findings, Table::default()),
            tables::reconciliation(&findings, Table::default()),
            tables::commitments(&findings, Table::default()),
            tables::guarantees(&findings, Table::default()),
        ];
        for name in tables.iter().flat_map(|table| &table.columns) {
            assert!(column(name).is_some(), "{name}");
            assert_eq!(heading(Language::English, name), *name);
        }
        let latvian = |name| heading(Language::Latvian, name);
        assert_eq!(latvian("p05"), "5. procentile");
        assert_eq!(latvian("load_p95"), "noslodze, 95. procentile");
        assert_eq!(
            latvian("expected_shortfall95"),
            "vidējais iztrūkums nelabvēlīgākajos 5 % izspēļu"
        );
        assert_eq!(
            latvian("reserve90_upper"),
            "papildus nepieciešams, lai pietiktu 90 % izspēļu, augšējais gals"
        );
    }

    #[test]
    fn words_of_ours_are_translated_and_names_are_not() {
        let latvian = |column, text| word(Language::Latvian, column, text);
        assert_eq!(latvian("scope", "region:Vidzeme").as_deref(), Some("reģions: Vidzeme"));
        assert_eq!(latvian("programme", "all").as_deref(), Some("kopā"));
        assert_eq!((latvian("programme", "award"), latvian("name", "all")), (None, None));
        assert_eq!(word(Language::English, "measure", "award"), None);
    }
}
