//! The programmes: pots with a purpose.

use super::costs::PURPOSES;
use super::pots::Given;
use super::vocabulary::Vocabulary;
use crate::model::{Pot, Programme, Purpose, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, named_values, one_of_names};
use crate::scenario::tree::Node;

/// One programme as written, so that policies can override parts of it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its name, and where that stands.
    pub name: (String, Place),
    /// Its purpose.
    pub purpose: Purpose,
    /// What is given of its pot.
    pub given: Given,
    /// The pot.
    pub pot: Pot,
}

impl Written {
    /// As the model has it.
    pub fn programme(&self) -> Programme {
        let (name, purpose, pot) = (self.name.0.clone(), self.purpose, self.pot.clone());
        Programme { name, purpose, pot }
    }
}

/// Reads the section; programmes of investment come first.
pub fn programmes(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    years: Years,
) -> Option<Vec<Written>> {
    let wanted = "a map, written `{\"name\": (purpose: Maintenance, …)}`";
    let read: Vec<Option<Written>> = named_values(door, node, wanted)?
        .into_iter()
        .map(|(name, place, node)| programme(door, node, (name, place), words, years))
        .collect();
    let mut programmes: Vec<Written> = read.into_iter().collect::<Option<_>>()?;
    programmes.sort_by_key(|programme| programme.purpose);
    Some(programmes)
}

fn programme(
    door: &mut Decoder,
    node: &Node,
    name: (String, Place),
    words: &Vocabulary,
    years: Years,
) -> Option<Written> {
    if name.0 == "all" {
        let message =
            "no programme may be called `all`: so the tables call all programmes together";
        door.tell(
            Problem::error(codes::UNUSABLE_NAME, message)
                .at(&name.1, "")
                .help("choose another name"),
        );
    }
    if name.0.trim().is_empty() {
        let problem = Problem::error(codes::EMPTY_TEXT, "this programme has no name");
        door.tell(problem.at(&name.1, "").help("write a name between the quotes"));
    }
    let path = format!("programmes.{}", name.0);
    let mut fields = door.fields(node, "a programme")?;
    let purpose = fields.required("purpose", one_of_names(&PURPOSES));
    let (given, is_sound) = Given::read(&mut fields, words, &path);
    let _ = fields.required("appropriation", |_, _| Some(()));
    fields.finish();
    // Years without a sum are told also where something else is wrong.
    let pot = given.clone().pot(door, words, years).filter(|_| is_sound);
    Some(Written { name, purpose: purpose?, given, pot: pot? })
}
