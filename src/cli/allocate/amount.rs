//! Amounts as they stand on the command line.

use crate::analysis::list::{Amount, Unit};

/// A number of the command line; digits may be grouped by underscores.
fn number(text: &str) -> Option<f64> {
    text.trim().replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}

/// An amount of 0 or more, as it stands on the command line.
pub fn not_negative(text: &str) -> Result<Amount, String> {
    match number(text) {
        Some(found) if found >= 0.0 => Ok(Amount::of(found)),
        Some(found) => Err(format!("{found} is below 0; write an amount of 0 or more")),
        None => Err("this is no number; write an amount such as 615394 or 615394.50".to_owned()),
    }
}

/// A unit, as it stands on the command line.
pub fn unit(text: &str) -> Result<Unit, String> {
    let help = "write a unit such as 0.01, 1 or 100, or `none`";
    if text.trim().eq_ignore_ascii_case("none") {
        return Ok(Unit::None);
    }
    match number(text) {
        Some(found) if found > 0.0 => Ok(Unit::Of(Amount::of(found))),
        Some(found) => Err(format!("{found} is no unit; {help}")),
        None => Err(format!("this is no number; {help}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_amount_is_told_with_what_to_write() {
        assert!(not_negative("-1").unwrap_err().starts_with("-1 is below 0"));
        for wrong in ["", "NaN", "inf", "a lot", "1,5"] {
            assert!(not_negative(wrong).unwrap_err().starts_with("this is no number"), "{wrong}");
        }
        assert_eq!(not_negative("615_394").unwrap(), Amount::of(615_394.0));
        assert_eq!((unit("none"), unit("0.01")), (Ok(Unit::None), Ok(Unit::Of(Amount::of(0.01)))));
        assert!(unit("0").unwrap_err().starts_with("0 is no unit"));
    }
}
