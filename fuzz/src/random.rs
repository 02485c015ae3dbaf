//! Numbers by chance that are the same on every machine: for what tests, fuzzing and benchmarks make up.

/// SplitMix64 (Steele, Lea & Flood 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

#[allow(dead_code, reason = "each of those who include this file uses a part of it")]
impl Random {
    /// Every seed gives another row of numbers; seeds beside each other give rows that do not overlap.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(GAMMA))
    }

    /// The row that begins at a state of the generator.
    pub fn at(state: u64) -> Self {
        Self(state)
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`, or 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.number() % n.max(1) as u64) as usize
    }

    /// True in `per_cent` of 100 cases.
    pub fn chance(&mut self, per_cent: usize) -> bool {
        self.below(100) < per_cent
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
