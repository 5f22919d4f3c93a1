//! What is behind the header of a step: the class of its claims, or that they are paid first.

use crate::language::Message;

/// What is behind the header of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Nothing.
    Nothing,
    /// Of which class it is.
    Class(usize),
    /// That it is paid first.
    PaidFirst,
}

impl Behind {
    /// The class of claims of which there are several, or nothing.
    pub fn class(class: usize, numbered: bool) -> Self {
        if numbered { Self::Class(class) } else { Self::Nothing }
    }

    /// The header of a step.
    pub fn header(self, step: Message) -> Message {
        match self {
            Self::Nothing => step,
            Self::Class(class) => Message::new("workbook-step-of-class")
                .words("step", step)
                .name("class", &class.to_string()),
            Self::PaidFirst => Message::new("workbook-step-of-first").words("step", step),
        }
    }
}
