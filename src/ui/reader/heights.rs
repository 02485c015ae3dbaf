//! The heights of all paragraphs, estimated until they are laid out, with prefix sums in a Fenwick tree.

/// Heights in points, indexed by paragraph. Sums are kept in `f64`: a text of 100 MB is some 30
/// million points high, where `f32` no longer tells neighbouring points apart.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    heights: Vec<f32>,
    /// `tree[i]` is the sum of the `lowbit(i + 1)` heights that end at `i` (Fenwick 1994).
    tree: Vec<f64>,
}

impl Heights {
    /// From estimates, in linear time.
    pub fn new(heights: Vec<f32>) -> Self {
        let mut tree: Vec<f64> = heights.iter().map(|h| f64::from(*h)).collect();
        for i in 0..tree.len() {
            let parent = i | (i + 1);
            if parent < tree.len() {
                tree[parent] += tree[i];
            }
        }
        Self { heights, tree }
    }

    /// How many paragraphs there are.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heights.is_empty()
    }

    /// The height of a paragraph; 0 beyond the end.
    pub fn get(&self, index: usize) -> f32 {
        self.heights.get(index).copied().unwrap_or(0.0)
    }

    /// Replaces the height of a paragraph. Returns whether it was another.
    pub fn set(&mut self, index: usize, height: f32) -> bool {
        let Some(old) = self.heights.get_mut(index) else { return false };
        if *old == height {
            return false;
        }
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        let mut i = index;
        while i < self.tree.len() {
            self.tree[i] += change;
            i |= i + 1;
        }
        true
    }

    /// The height of everything above a paragraph.
    pub fn above(&self, index: usize) -> f64 {
        let (mut sum, mut end) = (0.0, index.min(self.tree.len()));
        while end > 0 {
            sum += self.tree[end - 1];
            end &= end - 1;
        }
        sum
    }

    /// The height of all paragraphs.
    pub fn total(&self) -> f64 {
        self.above(self.len())
    }

    /// The paragraph at a height from the top, and how far below its top that is. Heights beyond
    /// either end give the first or the last paragraph.
    pub fn find(&self, y: f64) -> (usize, f32) {
        if self.is_empty() || y <= 0.0 {
            return (0, 0.0);
        }
        let (mut index, mut rest) = (0, y);
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(index + step - 1)
                && *sum <= rest
            {
                index += step;
                rest -= sum;
            }
            step /= 2;
        }
        match self.heights.get(index) {
            Some(_) => (index, rest as f32),
            None => (self.len() - 1, self.get(self.len() - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_searches_agree_with_adding_up() {
        for count in [0, 1, 2, 3, 7, 8, 9, 100] {
            let mut plain: Vec<f32> = (0..count).map(|i| (i * 7 % 13 + 1) as f32).collect();
            let mut heights = Heights::new(plain.clone());
            for change in 0..count {
                let (at, height) = (change * 5 % count, (change % 11 + 2) as f32);
                heights.set(at, height);
                plain[at] = height;
            }
            let mut sum = 0.0;
            for (i, height) in plain.iter().enumerate() {
                assert_eq!(heights.above(i), sum, "above {i} of {count}");
                assert_eq!(heights.find(sum), (i, 0.0));
                assert_eq!(heights.find(sum + 0.5), (i, 0.5));
                sum += f64::from(*height);
            }
            assert_eq!(heights.total(), sum);
            if count > 0 {
                assert_eq!(heights.find(sum + 10.0), (count - 1, plain[count - 1]));
            }
            assert_eq!(heights.find(-3.0), (0, 0.0));
        }
    }

    #[test]
    fn a_set_that_changes_nothing_says_so() {
        let mut heights = Heights::new(vec![10.0, 20.0]);
        assert!(!heights.set(1, 20.0));
        assert!(heights.set(1, 25.0));
        assert!(!heights.set(9, 1.0));
        assert_eq!(heights.total(), 35.0);
    }

    #[test]
    fn heights_of_thirty_million_points_are_still_told_apart() {
        let mut heights = Heights::new(vec![27.0; 1_200_000]);
        heights.set(1_199_999, 27.5);
        assert_eq!(heights.find(heights.above(1_199_998) + 26.5), (1_199_998, 26.5));
    }
}
