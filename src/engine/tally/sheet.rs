//! What one thread notes of the figures of a cube.

use super::noting::Noting;
use super::page::Page;
use crate::engine::settlement::Money;
use crate::stats::{Accumulator, Row};

/// Of a figure that has been the first policy's in every draw so far.
pub(super) const FOLLOWS: u32 = u32::MAX;
/// Of a figure without quantiles, which stands among the bare ones.
pub(super) const BARE: u32 = 1 << 31;

/// Figures by several indices, the first of them the policy, of which equal ones are kept once: until a figure
/// of a later policy differs from the first policy's in some draw, it *is* that figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) shape: Vec<usize>,
    /// How many figures lead: the first policy's, which those of later policies may follow, or all.
    pub(super) leading: usize,
    /// Where each figure stands among those with quantiles, among the bare ones with [`BARE`], or [`FOLLOWS`].
    pub(super) of: Vec<u32>,
}

impl Places {
    /// All follow those that lead.
    pub(super) fn new(shape: Vec<usize>, leading: usize) -> Self {
        let count = shape.iter().product();
        Self { shape, leading, of: vec![FOLLOWS; count] }
    }

    /// The figure with these indices.
    #[inline]
    pub(super) fn position(&self, indices: &[usize]) -> usize {
        position(indices, &self.shape)
    }

    /// The figure that it may follow: itself where it leads.
    #[inline]
    pub(super) fn first(&self, position: usize) -> usize {
        position % self.leading.max(1)
    }

    /// Where what a figure comes to stands.
    #[inline]
    pub(super) fn standing(&self, position: usize) -> u32 {
        let place = self.of[position];
        if place == FOLLOWS { self.of[self.first(position)] } else { place }
    }
}

/// Where one thread notes what figures come to: bare ones are added up at once, of those with quantiles a
/// page is written for each block.
///
/// What is noted for a later policy is what differs from the first policy's; so note the first policy last.
#[derive(Clone, Debug)]
pub struct Sheet {
    places: Places,
    bare: Vec<Accumulator>,
    page: Page,
    /// How many figures have quantiles.
    with_quantiles: usize,
}

/// One figure, to be noted.
#[derive(Debug)]
pub enum Open<'s> {
    /// Of which only moments are kept.
    Bare(&'s mut Accumulator),
    /// Of which a page takes what it comes to in this block.
    Noted(&'s mut Page, usize),
}

impl Noting for Open<'_> {
    #[inline]
    fn note(&mut self, quanta: &Money, present: u64, missing: u32) {
        match self {
            Self::Noted(page, figure) => page.note(*figure, quanta, present, missing),
            Self::Bare(moments) => {
                if let Some(row) = Row::of(quanta, present) {
                    moments.add_row(&row);
                }
                moments.add_missing(missing);
            }
        }
    }
}

impl Sheet {
    pub(super) fn new(places: Places, bare: Vec<Accumulator>, with_quantiles: usize) -> Self {
        Self { places, bare, page: Page::default(), with_quantiles }
    }

    /// Begins a block on this page.
    pub(super) fn begin_block(&mut self, mut page: Page) {
        page.begin(self.places.of.len(), self.with_quantiles);
        self.page = page;
    }

    /// The page of the block that is done.
    pub(super) fn end_block(&mut self) -> Page {
        std::mem::take(&mut self.page)
    }

    /// The figure with these indices, in this block apart from the first policy's.
    #[inline]
    pub fn at(&mut self, indices: &[usize]) -> Open<'_> {
        let position = self.places.position(indices);
        self.open(position)
    }

    /// The figure with these indices, one that may follow the first policy's, if this block must be noted: not
    /// where it is the `same` in this block, unless it is a bare one that has differed before.
    #[inline]
    pub fn unless(&mut self, same: bool, indices: &[usize]) -> Option<Open<'_>> {
        let position = self.places.position(indices);
        debug_assert!(!same || position >= self.places.leading);
        let place = self.places.of[position];
        // What is noted on a page apart is the first policy's wherever nothing is noted.
        let is_left = same && !is_bare(place);
        if is_left { None } else { Some(self.open(position)) }
    }

    #[inline]
    fn open(&mut self, position: usize) -> Open<'_> {
        let place = self.places.standing(position);
        if !is_bare(place) {
            return Open::Noted(&mut self.page, position);
        }
        if self.places.of[position] == FOLLOWS {
            self.part(position);
        }
        Open::Bare(&mut self.bare[(self.places.of[position] & !BARE) as usize])
    }

    /// Gives a bare figure that has followed the first policy's a place of its own.
    #[cold]
    fn part(&mut self, position: usize) {
        let first = self.places.of[self.places.first(position)];
        let moments = self.bare[(first & !BARE) as usize].clone();
        self.places.of[position] = push(&mut self.bare, moments) | BARE;
    }

    /// Adds what another thread has noted of bare figures.
    pub(super) fn merge(&mut self, other: &Self) {
        // Later policies first, as in a cube.
        for position in (0..self.places.of.len()).rev() {
            let is_apart = is_bare(self.places.of[position]) || is_bare(other.places.of[position]);
            if !is_apart {
                continue;
            }
            if self.places.of[position] == FOLLOWS {
                self.part(position);
            }
            let [mine, theirs] =
                [&*self, other].map(|sheet| (sheet.places.standing(position) & !BARE) as usize);
            self.bare[mine].merge(&other.bare[theirs]);
        }
    }

    /// The bare figures: where all stand, and what they come to.
    pub(super) fn into_bare(self) -> (Places, Vec<Accumulator>) {
        (self.places, self.bare)
    }
}

/// The place of what has these indices among as many as the shape says, the last index running first.
#[inline]
pub(super) fn position(indices: &[usize], shape: &[usize]) -> usize {
    debug_assert_eq!(indices.len(), shape.len());
    let mut position = 0;
    for at in 0..indices.len().min(shape.len()) {
        debug_assert!(indices[at] < shape[at]);
        position = position * shape[at] + indices[at];
    }
    position
}

/// Whether a figure is kept apart without quantiles.
#[inline]
pub(super) fn is_bare(place: u32) -> bool {
    place != FOLLOWS && place & BARE != 0
}

/// Keeps one more; gives its place. Room is not made for twice as many, as a vector would: of millions of
/// figures that is gigabytes.
pub(super) fn push<T>(kept: &mut Vec<T>, one: T) -> u32 {
    if kept.len() == kept.capacity() {
        kept.reserve_exact((kept.len() / 8).max(64));
    }
    kept.push(one);
    (kept.len() - 1) as u32
}
