//! How cells look: what may be changed, what is computed, what is held.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Money.
pub const MONEY: &str = "#,##0.00";
/// Whole numbers.
pub const WHOLE: &str = "#,##0";
/// Any number: two to six decimals.
pub const PLAIN: &str = "#,##0.00####";
/// A share.
pub const SHARE: &str = "0.0%";
/// A year.
pub const YEAR: &str = "0";
/// A text.
pub const TEXT: &str = "@";

const DARK: Color = Color::RGB(0x001F_3864);
const PALE: Color = Color::RGB(0x00DC_E6F1);
const YELLOW: Color = Color::RGB(0x00FF_F2CC);
const GREY: Color = Color::RGB(0x00F2_F2F2);
const GREEN: Color = Color::RGB(0x00E2_EFDA);
const BLUE: Color = Color::RGB(0x0000_00FF);
const DIM: Color = Color::RGB(0x0059_5959);
const RED: Color = Color::RGB(0x00C0_0000);
const LINE: Color = Color::RGB(0x00BF_BFBF);

/// The title of a sheet.
pub fn title() -> Format {
    Format::new().set_bold().set_font_size(16).set_font_color(DARK)
}

/// The heading of a part of a sheet.
pub fn heading() -> Format {
    Format::new().set_bold().set_font_size(12).set_font_color(DARK)
}

/// A note below a title.
pub fn note() -> Format {
    Format::new().set_font_color(DIM)
}

/// A note beside a number.
pub fn aside() -> Format {
    note().set_indent(1)
}

/// A text that may take several lines.
pub fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A note that nobody should overlook.
pub fn warning() -> Format {
    Format::new().set_bold().set_font_color(RED)
}

/// The header of a column.
pub fn header() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(DARK)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

/// What stands over several columns, and the units below headers.
pub fn band() -> Format {
    Format::new().set_italic().set_font_color(DARK).set_background_color(PALE)
}

/// What the user may change.
pub fn input(form: &str) -> Format {
    Format::new()
        .set_num_format(form)
        .set_font_color(BLUE)
        .set_background_color(YELLOW)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

/// What is computed.
pub fn live(form: &str) -> Format {
    beside(form)
}

/// Years and texts stand to the left, off the number before them.
fn beside(form: &str) -> Format {
    let format = Format::new().set_num_format(form);
    match form {
        YEAR | TEXT => format.set_align(FormatAlign::Left).set_indent(1),
        _ => format,
    }
}

/// What the run gave and does not move.
pub fn held(form: &str) -> Format {
    beside(form).set_font_color(DIM).set_background_color(GREY)
}

/// What comes out.
pub fn result(form: &str) -> Format {
    Format::new().set_num_format(form).set_bold().set_background_color(GREEN)
}
