//! Exact fractions: what a number comes to before it is known to be whole.

/// A fraction in lowest terms. Arithmetic that would overflow gives `None`: no text counts that far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: u128,
    denominator: u128,
}

/// Nothing beyond this is taken for a number.
const LIMIT: u128 = 1_000_000_000_000_000_000;

impl Ratio {
    /// A fraction. `None` where the denominator is 0, or beyond a quintillion.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if denominator == 1 {
            return (numerator <= LIMIT).then_some(Self { numerator, denominator });
        }
        let divisor = gcd(numerator, denominator);
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        (numerator <= LIMIT.checked_mul(denominator)? && denominator <= LIMIT)
            .then_some(Self { numerator, denominator })
    }

    /// A whole number of at most a quintillion.
    pub fn whole(n: u128) -> Option<Self> {
        Self::new(n, 1)
    }

    /// The number, where it is whole.
    pub fn as_whole(self) -> Option<u64> {
        (self.denominator == 1).then(|| u64::try_from(self.numerator).ok()).flatten()
    }

    /// Numerator and denominator, in lowest terms.
    pub fn parts(self) -> (u128, u128) {
        (self.numerator, self.denominator)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (self.numerator.checked_mul(other.denominator)?, other.numerator.checked_mul(self.denominator)?);
        Self::new(a.checked_add(b)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// Whether it is less than a whole number.
    pub fn below(self, n: u128) -> bool {
        n.checked_mul(self.denominator).is_none_or(|n| self.numerator < n)
    }

    /// A decimal from its digits: "12", "5" is 12.5.
    pub fn decimal(whole: &str, behind: &str) -> Option<Self> {
        if whole.len() > 18 || behind.len() > 15 {
            return None;
        }
        if behind.is_empty() && !whole.is_empty() {
            return Self::whole(whole.parse::<u64>().ok()?.into());
        }
        let scale = 10u128.pow(behind.len() as u32);
        let digits = |s: &str| if s.is_empty() { Some(0) } else { s.parse::<u128>().ok() };
        Self::new(digits(whole)?.checked_mul(scale)?.checked_add(digits(behind)?)?, scale)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // Whole parts first, so that the products below stay small.
        let (a, b) = (self.numerator / self.denominator, other.numerator / other.denominator);
        a.cmp(&b).then_with(|| {
            let (a, b) = (self.numerator % self.denominator, other.numerator % other.denominator);
            (a * other.denominator).cmp(&(b * self.denominator))
        })
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_exact() {
        let r = |n, d| Ratio::new(n, d).expect("a fraction");
        assert_eq!(r(1, 2).times(r(1_000_000, 1)).and_then(Ratio::as_whole), Some(500_000));
        assert_eq!(
            Ratio::decimal("1", "2").and_then(|x| x.times(r(1_000_000, 1))).and_then(Ratio::as_whole),
            Some(1_200_000)
        );
        assert_eq!(r(1, 3).plus(r(2, 3)).and_then(Ratio::as_whole), Some(1));
        assert!(r(1, 3) < r(1, 2) && r(7, 2) > r(3, 1) && r(7, 2).below(4) && !r(4, 1).below(4));
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(r(LIMIT, 1).times(r(10, 1)), None);
        assert_eq!(Ratio::decimal("123456789012345678901", ""), None);
    }
}
