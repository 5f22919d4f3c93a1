//! The door: texts that people write become a tree, and the tree a model. Whatever is wrong is
//! told here, all of it at once, each with its place.
//!
//! ```text
//!  files ─► Library ─► read ─► compose ─► Node ─► decoders ─► model
//!           (load)     (RON)   (imports,          (Decoder,
//!                               base, --set)       Fields, Table)
//! ```
//!
//! 1. [`Library`] reads files of a [`Folder`] (a [`Disk`] or [`Memory`]), once each, and keeps
//!    them as [`Sources`](crate::problem::Sources): their names are what every
//!    [`Place`](crate::problem::Place) carries.
//! 2. [`compose`] makes one [`Node`] of a scenario: `ron` decides what is valid, a walk finds where
//!    each value stands, imports and the base are put in place, settings applied. A syntax error
//!    is told alone.
//! 3. Decoders turn nodes into values. A reader is any `Fn(&mut Decoder, &Node) -> Option<T>`;
//!    `None` means "already told". [`Decoder`] shows how a struct is read; ready-made readers are
//!    [`number`], [`between`], [`share`], [`whole_within`], [`year`], [`text`], [`filled`],
//!    [`truth`], [`one_of_names`], [`variants`], [`list`], [`many`], [`pair`], [`map`],
//!    [`named_values`], [`placed`].
//! 4. [`Table::read`] takes the CSV files apart that the tree names (by [`Library::named`]);
//!    [`Column`] gives their numbers, codes and dates.
//!
//! 5. [`open`] does all of it: the sections become a [`Scenario`](crate::model::Scenario), every
//!    formula compiled in the view of the place where it stands. [`open_in`] takes any [`Folder`].
//!
//! 6. [`difference`] compares two [`Version`]s of a scenario by what they say: trees by path,
//!    tables by code.
//!
//! What a decoder must not do: tell a second problem because a first one was told (check names
//! against [`map_keys`], which are those written, not those that decoded well), stop at the first
//! problem (ask for all fields before the first `?`), or say a place in words (lines and columns
//! come from the place). A text with a formula in it gives the place of any part of it by
//! [`Text::part`].

mod compose;
mod crosswalk_files;
mod decode;
mod difference;
mod formulas;
mod habits;
mod hybrid;
mod load;
mod loose;
mod path;
mod read;
mod scan;
mod sections;
mod set;
mod shapes;
mod syntax;
mod table;
mod tree;

pub use compose::compose;
pub use decode::{
    Decoder, Fields, Variant, above, at_least, between, did_you_mean, filled, inside, list, many,
    map, map_keys, named_values, nearest, number, one_of_names, pair, placed, quoted, share,
    spoken, text, truth, variants, whole, whole_within, year,
};
pub use difference::{
    CellChange, Change, ColumnChange, Difference, Effect, RowName, TableChange, Unreadable,
    Version, What, Written, difference,
};
pub use formulas::{
    COST_OF_GUARANTEES, DOCUMENTS, Document, GUARANTEES, Parameter, ParameterKind, READY, Ready,
    Template,
};
pub use hybrid::{Ingredient, Mixer, PARTS, Part};
pub use load::{Disk, Folder, LARGEST_RON, LARGEST_TABLE, Library, Memory, Refusal};
pub use loose::LooseTable;
pub use path::resolve;
pub use read::{DEEPEST, read};
pub use sections::{NearStep, Opened, keep_policies, lone_distribution, near_steps, open, open_in};
pub use set::{ASSUME, SET, Setting};
pub use shapes::{LARGEST_MAP, boundaries, matched, shapes};
pub use table::{
    Column, Date, Declared, MARKS, MOST_COLUMNS, MOST_ROWS, Mark, PAGES, Page, Raw, SEPARATORS,
    Separator, Table,
};
pub use tree::{Field, Kind, Name, Node, Number, Text, shortened};

#[cfg(test)]
mod tests;
