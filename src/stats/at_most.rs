//! A list that is read from a file up to a length.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// A list of at most so many entries: one that goes on is refused there, before it takes memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AtMost<T, const MOST: usize>(pub Vec<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for AtMost<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Entries(PhantomData))
    }
}

/// Reads a list of at most so many entries: for `deserialize_with`.
///
/// # Errors
/// It is longer, or no list of these.
pub fn at_most<'de, D: Deserializer<'de>, T: Deserialize<'de>, const MOST: usize>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    AtMost::<T, MOST>::deserialize(from).map(|AtMost(list)| list)
}

struct Entries<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Entries<T, MOST> {
    type Value = AtMost<T, MOST>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a list of at most {MOST} entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = from.next_element()? {
            if list.len() == MOST {
                return Err(A::Error::custom("too many entries"));
            }
            list.push(entry);
        }
        Ok(AtMost(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_up_to_its_length() {
        let written = |list: &[u8]| postcard::to_stdvec(list).unwrap();
        let read = |bytes: &[u8]| postcard::from_bytes::<AtMost<u8, 3>>(bytes).ok();
        assert_eq!(read(&written(&[1, 2, 3])), Some(AtMost(vec![1, 2, 3])));
        assert_eq!(read(&written(&[1, 2, 3, 4])), None);
        // A length that the bytes do not have.
        assert_eq!(read(&[0xff, 0xff, 0xff, 0xff, 0x0f]), None);
        assert_eq!(postcard::to_stdvec(&AtMost::<u8, 3>(vec![7])).unwrap(), written(&[7]));
    }
}
