//! Sums, means, extremes and ranks across rows.

use super::Extent;
use super::graph::{Reduction, Target};
use super::kernel::{View, greatest, least};
use super::store::{At, NOWHERE, Operand, Store};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// The municipalities with the same text in a column. A missing text (NaN) belongs to no group.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The first municipality of each one's group.
    leader: Vec<u32>,
    /// How many a leader leads.
    members: Vec<u32>,
    order: Vec<u32>,
}

impl Group {
    /// Finds the groups of the first `count` codes.
    pub(super) fn find(&mut self, codes: &[f64], count: usize) {
        self.leader.clear();
        self.leader.resize(count, NOWHERE);
        self.members.clear();
        self.members.resize(count, 0);
        self.order.clear();
        // Adding 0 makes -0 and 0 one code in every order.
        let known =
            |row: u32| codes.get(row as usize).map(|code| code + 0.0).filter(|code| !code.is_nan());
        self.order.extend((0..count as u32).filter(|row| known(*row).is_some()));
        let code = |row: u32| known(row).unwrap_or(0.0);
        self.order.sort_unstable_by(|a, b| code(*a).total_cmp(&code(*b)).then(a.cmp(b)));
        for members in self.order.chunk_by(|a, b| code(*a) == code(*b)) {
            let Some(&leader) = members.first() else { continue };
            for &member in members {
                if let Some(place) = self.leader.get_mut(member as usize) {
                    *place = leader;
                }
            }
            if let Some(place) = self.members.get_mut(leader as usize) {
                *place = members.len() as u32;
            }
        }
    }

    pub(super) fn leader(&self, row: usize) -> u32 {
        self.leader.get(row).copied().unwrap_or(NOWHERE)
    }
}

/// Rows that become fewer rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reduce {
    pub reduction: Reduction,
    /// A group is a place in the program's list.
    pub target: Target,
    pub operand: Operand,
    pub slot: usize,
    pub random: bool,
}

impl Reduce {
    pub(super) fn width(&self) -> usize {
        if self.random { LANES } else { 1 }
    }

    pub(super) fn target_extent(&self) -> Extent {
        match self.target {
            Target::Nation => Extent::Nation,
            Target::Group(_) | Target::Municipality => Extent::Municipality,
        }
    }

    /// The row that the row at hand adds to.
    pub(super) fn row(&self, at: At, groups: &[Group]) -> usize {
        match self.target {
            Target::Nation => 0,
            Target::Municipality => at.municipality,
            Target::Group(group) => {
                groups.get(group).map_or(NOWHERE, |group| group.leader(at.municipality)) as usize
            }
        }
    }

    pub(super) fn start(&self, out: &mut [f64]) {
        out.fill(match self.reduction {
            Reduction::Sum | Reduction::Mean => 0.0,
            Reduction::Max => f64::NEG_INFINITY,
            Reduction::Min => f64::INFINITY,
        });
    }

    pub(super) fn add(&self, out: &mut [f64], view: View) {
        add_row(self.reduction, out, view);
    }

    /// Divides means, marks what has no rows as faulty and tells every member what its leader found.
    pub(super) fn finish(&self, out: &mut [f64], all: usize, points_of: &[u32], groups: &[Group]) {
        let width = self.width();
        let group = match self.target {
            Target::Group(group) => groups.get(group),
            Target::Nation | Target::Municipality => None,
        };
        for (row, out) in out.chunks_mut(width).enumerate() {
            let count = match self.target {
                Target::Nation => all,
                Target::Municipality => points_of.get(row).copied().unwrap_or(0) as usize,
                Target::Group(_) => {
                    group.and_then(|group| group.members.get(row)).copied().unwrap_or(0) as usize
                }
            };
            match self.reduction {
                Reduction::Mean => out.iter_mut().for_each(|x| *x /= count as f64),
                Reduction::Max | Reduction::Min if count == 0 => out.fill(f64::NAN),
                Reduction::Sum | Reduction::Max | Reduction::Min => {}
            }
        }
        let Some(group) = group else { return };
        for row in 0..out.len() / width {
            let (start, leader) = (row * width, group.leader(row));
            if leader == NOWHERE {
                out.iter_mut().skip(start).take(width).for_each(|x| *x = f64::NAN);
            } else if (leader as usize) < row {
                let from = leader as usize * width;
                out.copy_within(from..from + width, start);
            }
        }
    }
}

vectorised! {
    fn add_row(reduction: Reduction, out: &mut [f64], view: View<'_>) {
        match reduction {
            Reduction::Sum | Reduction::Mean => each(out, view, |sum, x| sum + x),
            Reduction::Max => each(out, view, greatest),
            Reduction::Min => each(out, view, least),
        }
    }
}

#[inline(always)]
fn each(out: &mut [f64], view: View, f: impl Fn(f64, f64) -> f64) {
    match view {
        View::One(x) => out.iter_mut().for_each(|out| *out = f(*out, x)),
        View::Many(x) => out.iter_mut().zip(x).for_each(|(out, x)| *out = f(*out, *x)),
    }
}

/// A municipality to be ranked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    leader: u32,
    row: u32,
    value: f64,
}

/// A municipality among those with the same number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    leader: u32,
    row: u32,
    key: f64,
    value: f64,
}

/// Sums a value over municipalities that have the same number as each, in order of rows; who has no
/// number has no peers, and no sum.
pub(super) fn peer_sum(
    out: &mut [f64],
    width: usize,
    store: Store,
    [value, key, _]: [Operand; 3],
    group: Option<&Group>,
    peers: &mut Vec<Peer>,
) {
    for lane in 0..width {
        let of = |operand, row| match store
            .row(operand, At { municipality: row, point: 0, together: 0 })
        {
            View::One(value) => value,
            View::Many(values) => values.get(lane).copied().unwrap_or(f64::NAN),
        };
        peers.clear();
        for row in 0..out.len() / width {
            let leader = group.map_or(0, |group| group.leader(row));
            // Adding 0 makes -0 and 0 one number in every order.
            let key = if leader == NOWHERE { f64::NAN } else { of(key, row) + 0.0 };
            peers.push(Peer { leader, row: row as u32, key, value: of(value, row) });
        }
        peers.sort_unstable_by(|a, b| {
            a.leader.cmp(&b.leader).then(a.key.total_cmp(&b.key)).then(a.row.cmp(&b.row))
        });
        for members in peers.chunk_by(|a, b| a.leader == b.leader && a.key == b.key) {
            let sum = members.iter().fold(0.0, |sum, member| sum + member.value);
            for member in members {
                if let Some(out) = out.get_mut(member.row as usize * width + lane) {
                    *out = if member.key.is_nan() { f64::NAN } else { sum };
                }
            }
        }
    }
}

/// Ranks municipalities from the largest, 1; equals share the smaller number. One fault spoils its whole group.
pub(super) fn rank(
    out: &mut [f64],
    width: usize,
    store: Store,
    from: Operand,
    group: Option<&Group>,
    entries: &mut Vec<Entry>,
) {
    for lane in 0..width {
        entries.clear();
        for row in 0..out.len() / width {
            let value = match store.row(from, At { municipality: row, point: 0, together: 0 }) {
                View::One(value) => value,
                View::Many(values) => values.get(lane).copied().unwrap_or(f64::NAN),
            };
            let leader = group.map_or(0, |group| group.leader(row));
            // In a group of its own, so that it spoils no other.
            let value = if leader == NOWHERE { f64::NAN } else { value };
            entries.push(Entry { leader, row: row as u32, value });
        }
        entries.sort_unstable_by(|a, b| {
            a.leader.cmp(&b.leader).then(b.value.total_cmp(&a.value)).then(a.row.cmp(&b.row))
        });
        for members in entries.chunk_by(|a, b| a.leader == b.leader) {
            let faulty = members.iter().any(|member| member.value.is_nan());
            let (mut place, mut last) = (1, f64::NAN);
            for (before, member) in members.iter().enumerate() {
                if member.value != last {
                    (place, last) = (before + 1, member.value);
                }
                if let Some(out) = out.get_mut(member.row as usize * width + lane) {
                    *out = if faulty { f64::NAN } else { place as f64 };
                }
            }
        }
    }
}
