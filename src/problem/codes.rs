//! The codes of problems: each kind of problem has one, and keeps it for good.
//!
//! The first two digits after the `D` name the subject, in the order in which a reader should
//! mend things: what stands higher in this table is more fundamental.

/// One kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `D0201`.
    pub code: &'static str,
    /// What the kind is about, a few words.
    pub title: &'static str,
    /// Its page of `docs/errors`, in Markdown.
    pub page: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal $title:literal;)*) => {
        $(#[doc = $title] pub const $name: &str = $code;)*

        /// Every code with its title, in order.
        pub static CODES: &[Code] = &[$(Code {
            code: $code,
            title: $title,
            page: include_str!(concat!("../../docs/errors/", $code, ".md")),
        }),*];
    };
}

codes! {
    SYNTAX = "D0101" "the text is not valid RON";
    UNSUPPORTED = "D0102" "valid RON that a scenario has no use for";
    NESTING = "D0103" "brackets are nested too deeply";
    UNREADABLE = "D0110" "a file cannot be read";
    OUTSIDE = "D0111" "a file lies outside the scenario's folder";
    TOO_LARGE = "D0112" "a file is too large";
    ENCODING = "D0113" "a file is not UTF-8 text";
    UNDECIDED_ENCODING = "D0114" "an encoding that the bytes do not decide";
    NOT_A_TABLE = "D0115" "a file of another kind stands where a table should";
    WORKBOOK = "D0116" "a workbook cannot be read";
    SHEET = "D0117" "a sheet of a workbook is not found";
    CONTRADICTION = "D0118" "a table is written otherwise than declared";
    CYCLE = "D0120" "a file takes itself in";
    TOO_MANY = "D0121" "files take in too much";
    HIDDEN_LETTER = "D0122" "a text holds a letter that nobody sees";
    TOO_MUCH = "D0123" "a run would keep more than fits in memory";
    NOT_A_SCENARIO = "D0124" "a file of another kind is named as the scenario";
    SET = "D0130" "`--set` cannot be read";
    SET_PATH = "D0131" "`--set` names nothing in the scenario";

    UNKNOWN_FIELD = "D0201" "a field that is not known here";
    MISSING_FIELD = "D0202" "a field is missing";
    DUPLICATE_FIELD = "D0203" "a field is given twice";
    WRONG_TYPE = "D0204" "a value of another kind is needed";
    UNKNOWN_VARIANT = "D0205" "a name that is not one of the choices";
    WRONG_COUNT = "D0206" "too few or too many values";
    EMPTY_TEXT = "D0207" "a text is empty";
    CONFLICT = "D0208" "fields that exclude each other";

    OUT_OF_RANGE = "D0301" "a number lies outside its range";
    NOT_WHOLE = "D0302" "a whole number is needed";
    NOT_FINITE = "D0303" "a number is not finite";
    BAD_DATE = "D0304" "a date cannot be read";
    STREAMS = "D0315" "two inputs would be drawn alike";

    SELF_CORRELATION = "D0320" "an input correlated with itself";
    REPEATED_PAIR = "D0321" "two inputs correlated twice";
    NO_CHANCE = "D0322" "a correlation of an input that is not drawn";
    UNLIKE_INPUTS = "D0323" "a correlation between inputs of different extent or time";
    BEYOND_REACH = "D0324" "a correlation that two inputs cannot reach";
    IMPOSSIBLE_TOGETHER = "D0325" "correlations that cannot hold together";
    TOO_MANY_TIED = "D0326" "too many inputs tied by correlations";

    NO_HEADER = "D0401" "a table has no header";
    DUPLICATE_COLUMN = "D0402" "two columns have the same name";
    UNKNOWN_COLUMN = "D0403" "a column that the table does not have";
    ROW_LENGTH = "D0404" "a row has another number of cells than the header";
    CELL_NUMBER = "D0405" "a cell should hold a number";
    CELL_DATE = "D0406" "a cell should hold a date";
    TOO_MANY_ROWS = "D0407" "a table has too many rows";
    CELL_EMPTY = "D0408" "a cell is empty";
    CELL_RANGE = "D0409" "a number in a cell lies outside its range";
    TABLE_TEXT = "D0410" "a table cannot be taken apart";

    SEPARATOR = "D0411" "what separates the cells of a table is not certain";
    TWO_READINGS = "D0412" "a number that can be read in two ways";
    TWO_DECIMALS = "D0413" "a table with two decimal marks";
    DATE_READINGS = "D0414" "a date that can be read in two ways";
    NO_NAMES = "D0415" "the first line of a table does not name the columns";
    NO_ROWS = "D0416" "a table has no rows";
    TOTALS = "D0417" "a row of totals stands in a table";
    CELL_FAULT = "D0418" "a cell holds an error of the spreadsheet";
    OPEN_QUOTE = "D0419" "a quote in a table is never closed";

    SHARES = "D0420" "shares of a divided municipality that do not add up to 1";
    NOT_COMBINED = "D0421" "a column of which nothing says how it follows boundaries";
    DIFFERING = "D0422" "values that differ where one is needed";
    PARTS = "D0423" "parts of a value that do not add up to it";
    UNPLACED = "D0424" "a point of a divided municipality without a new one";
    NOT_KEPT = "D0425" "a sum that cannot be kept to the last digit";
    SAME_STREAM = "D0426" "two rows that would be drawn alike";

    UNKNOWN_NAME = "D0501" "a name that is not declared";
    DUPLICATE_NAME = "D0502" "a name or key is given twice";
    DUPLICATE_CODE = "D0503" "a code stands in two rows";
    EMPTY_CODE = "D0504" "a row has no code";
    UNKNOWN_CODE = "D0505" "a code that no table declares";
    UNUSABLE_NAME = "D0506" "a name that formulas cannot call";
    MISSING_PART = "D0507" "another part of the scenario is needed";
    MISSING_YEAR = "D0508" "a year is missing";
    CONTROL_TOTAL = "D0509" "a control total differs from the tables";

    FORMULA = "D0601" "a formula cannot be compiled";
    FORMULA_SHAPE = "D0602" "a formula gives something else than is needed";
    CIRCLE = "D0603" "inputs are computed from each other in a circle";
    DISTRIBUTION = "D0604" "a distribution with wrong parameters";

    INDEPENDENT = "D0701" "draws below the nation share nothing";
    OUTSIDE_YEARS = "D0702" "a fact lies outside the simulated years";
    NO_EFFECT = "D0703" "something that is written has no effect";
    UNUSED = "D0704" "an input or a lever that nothing uses";
    REPEATED = "D0705" "an outcome that is reported already";
    SAME_POLICY = "D0706" "a policy that cannot change anything";
    OUTLIER = "D0707" "a value that changed far more than the others";
    NOTHING_BEFORE = "D0708" "a last year's sum that is zero where others have one";
    OLD_DATA = "D0709" "data that are older than what they stand for";
    CLIFF = "D0710" "a threshold close to the value of a municipality";
    NO_SOURCE = "D0711" "a figure without a source";
    NOTHING_LEFT = "D0712" "a top slice that takes the whole appropriation";
    OLD_PRICES = "D0713" "prices of a year long before the first";
    IDLE_WAIVER = "D0714" "a waiver that waives nothing";
    LATER_DATA = "D0715" "data of a date after what is known";
    WAIVED_ERROR = "D0716" "an error, which cannot be waived";
    NO_RULE = "D0717" "a programme for which a policy has no rule";
    FEW_DRAWS = "D0720" "too few draws for a quantile that is printed";
    BROKEN_GUARANTEE = "D0721" "a guarantee that the pot cannot keep";
    SAME_AWARDS = "D0722" "a policy that pays what the baseline pays";
    IDLE_PLAN = "D0730" "a sampling plan that covers nothing";
    DIMENSIONS = "D0731" "more national scores than a plan has dimensions";
    UNSTEADY_PLAN = "D0732" "a precision under a plan that depends on the number of draws";
    NOTHING_WATCHED = "D0733" "a precision without a figure";
    NOT_PRECISE = "D0734" "a precision that was not reached";
    WEAKER = "D0735" "a correlation that separate values weaken";
    NO_WEIGHTS = "D0750" "a weight for a rule without a weighted form";
    NOT_EXACT = "D0751" "more claimants than a rule is exact for";
    ESTIMATED = "D0752" "a rule that is estimated";
    DIGITS = "D0761" "claims too far apart or too large to be divided together";
    LEAST_AWARDS = "D0762" "least awards that the pot does not cover";
    NO_SHARES = "D0764" "a column without a total to have shares of";

    ABSENT_TEXT = "D0780" "a text that no cell of a column has";

    NOT_A_RUN = "D0790" "a folder that is no finished run";
    CHANGED_RUN = "D0791" "a run whose copies of the scenario have changed";
    NOTHING_PAID = "D0792" "no programme or policy, so that no change costs anything";
    NO_DRAWS = "D0793" "a run that keeps no draws";

    FORMULA_FAILS = "D0801" "a formula fails in some draw";
    NOTHING_DRIVES = "D0802" "nothing to explain, or nothing that drives it";
    NOTHING_IN_COMMON = "D0821" "nothing in common to compare";
    NO_BRIDGE = "D0822" "no bridge from one to the other";

    TARGET = "D0830" "a target that cannot be read";
    NOT_A_LEVER = "D0831" "an appropriation that is no lever";

    STOPPED = "D0860" "a simulation that was stopped";
    NOT_SERVED = "D0861" "a page that cannot be served";

    THREADS = "D0901" "threads cannot be started";
}

/// The codes that are told as warnings, in order. Any other is an error.
pub const WARNINGS: &[&str] = &[
    UNKNOWN_CODE,
    INDEPENDENT,
    OUTSIDE_YEARS,
    NO_EFFECT,
    UNUSED,
    REPEATED,
    SAME_POLICY,
    OUTLIER,
    NOTHING_BEFORE,
    OLD_DATA,
    CLIFF,
    NO_SOURCE,
    NOTHING_LEFT,
    OLD_PRICES,
    IDLE_WAIVER,
    LATER_DATA,
    NO_RULE,
    FEW_DRAWS,
    BROKEN_GUARANTEE,
    SAME_AWARDS,
    IDLE_PLAN,
    DIMENSIONS,
    NOT_PRECISE,
    WEAKER,
    ESTIMATED,
    ABSENT_TEXT,
];

/// Whether only a run, or the median path of one, can show what a code is about.
#[must_use]
pub fn is_of_run(code: &str) -> bool {
    [FEW_DRAWS, BROKEN_GUARANTEE, SAME_AWARDS, NOT_PRECISE, ESTIMATED].contains(&code)
}

/// The title of a code, where it is in the table.
#[must_use]
pub fn title(code: &str) -> Option<&'static str> {
    CODES.iter().find(|entry| entry.code == code).map(|entry| entry.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_in_order() {
        for pair in CODES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} before {}", pair[0].code, pair[1].code);
        }
        for entry in CODES {
            let digits = entry.code.strip_prefix('D').expect("codes begin with D");
            assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        }
        assert_eq!(title("D0201"), Some("a field that is not known here"));
        assert_eq!(title("D9999"), None);
    }

    #[test]
    fn every_warning_is_a_code_and_they_stand_in_order() {
        assert!(WARNINGS.is_sorted());
        assert!(WARNINGS.iter().all(|code| title(code).is_some()));
    }
}
