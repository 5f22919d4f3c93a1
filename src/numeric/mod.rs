//! Deterministic numbers: the block of lanes and elementary functions without libm.

/// How many draws are computed side by side; a constant chosen by bench, results do not depend on it.
pub const LANES: usize = 64;

/// One value per draw of a block.
pub type Lanes = [f64; LANES];
