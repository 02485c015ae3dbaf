//! How many: a count as its words give it, with the interval that it leaves open.

use serde::{Deserialize, Serialize};

use super::codebook::Conventions;

/// What kind of wording a count has. The names are those of the JSON Lines schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// "1,000", "one thousand", "1K"
    Exact,
    /// "at least n", "no fewer than n"
    AtLeast,
    /// "more than n", "over n"
    MoreThan,
    /// "at most n", "up to n"
    AtMost,
    /// "fewer than n", "nearly n"
    LessThan,
    /// "about n", "around n", "some n"
    Approx,
    /// "n–m", "between n and m"
    Range,
    /// "several", "tens of thousands"
    Vague,
    /// "the same number": the value is another count's
    ByReference,
    /// "confirmed the figures", "confirmed the exchange": no number of its own
    ConfirmOnly,
}

impl Form {
    /// Every form, in the order of menus.
    pub const ALL: [Self; 10] = [
        Self::Exact,
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::LessThan,
        Self::Approx,
        Self::Range,
        Self::Vague,
        Self::ByReference,
        Self::ConfirmOnly,
    ];
}

/// A count: its form, the number as written, and the closed interval in whole people.
///
/// `n` is `None` for ranges, vague words and confirmations without a number. `low` and `high`
/// are `None` where the interval is open. A *soft* bound is a convention of ours ("about" is
/// ± 10 %), not a word of the source, and is never the reason for a conflict. One whose lowest number
/// is above its highest is an error when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds")]
pub struct Quantity {
    /// The wording.
    pub form: Form,
    /// The number as written.
    pub n: Option<u64>,
    /// Smallest number of people that the words allow.
    pub low: Option<u64>,
    /// Largest number of people that the words allow.
    pub high: Option<u64>,
    /// Whether `low` is a convention rather than a word of the source.
    pub low_soft: bool,
    /// Whether `high` is a convention rather than a word of the source.
    pub high_soft: bool,
}

/// A count as a file has it, which may be none.
#[derive(Deserialize)]
#[serde(rename = "Quantity", deny_unknown_fields)]
struct Bounds {
    form: Form,
    n: Option<u64>,
    low: Option<u64>,
    high: Option<u64>,
    low_soft: bool,
    high_soft: bool,
}

impl TryFrom<Bounds> for Quantity {
    type Error = &'static str;

    fn try_from(Bounds { form, n, low, high, low_soft, high_soft }: Bounds) -> Result<Self, Self::Error> {
        let quantity = Self { form, n, low, high, low_soft, high_soft };
        if quantity.is_possible() { Ok(quantity) } else { Err("the count's lowest number is above its highest") }
    }
}

/// How two counts of the same thing stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Both exact and equal.
    Agree,
    /// The intervals meet.
    Compatible,
    /// They fail to meet only because of a soft bound.
    Tension,
    /// The hard bounds do not meet.
    Conflict,
}

impl Quantity {
    /// Whether any number of people is in its interval.
    fn is_possible(&self) -> bool {
        !matches!((self.low, self.high), (Some(low), Some(high)) if low > high)
    }

    fn hard(form: Form, n: Option<u64>, low: Option<u64>, high: Option<u64>) -> Self {
        Self { form, n, low, high, low_soft: false, high_soft: false }
    }

    /// "1,000"
    pub fn exact(n: u64) -> Self {
        Self::hard(Form::Exact, Some(n), Some(n), Some(n))
    }

    /// "at least n": [n, ∞)
    pub fn at_least(n: u64) -> Self {
        Self::hard(Form::AtLeast, Some(n), Some(n), None)
    }

    /// "more than n": [n + 1, ∞)
    pub fn more_than(n: u64) -> Self {
        Self::hard(Form::MoreThan, Some(n), Some(n.saturating_add(1)), None)
    }

    /// "up to n": [0, n]
    pub fn at_most(n: u64) -> Self {
        Self::hard(Form::AtMost, Some(n), Some(0), Some(n))
    }

    /// "fewer than n": [0, n − 1]
    pub fn fewer_than(n: u64) -> Self {
        Self::hard(Form::LessThan, Some(n), Some(0), Some(n.saturating_sub(1)))
    }

    /// "nearly n": [n − tolerance, n − 1], soft below
    pub fn nearly(n: u64, conventions: &Conventions) -> Self {
        let low = n - conventions.tolerance(n);
        Self {
            low_soft: true,
            high_soft: true,
            ..Self::hard(Form::LessThan, Some(n), Some(low), Some(n.saturating_sub(1).max(low)))
        }
    }

    /// "about n": n ± tolerance, soft
    pub fn approx(n: u64, conventions: &Conventions) -> Self {
        let tolerance = conventions.tolerance(n);
        Self {
            low_soft: true,
            high_soft: true,
            ..Self::hard(Form::Approx, Some(n), Some(n - tolerance), Some(n.saturating_add(tolerance)))
        }
    }

    /// "between n and m", in either order
    pub fn range(a: u64, b: u64) -> Self {
        Self::hard(Form::Range, None, Some(a.min(b)), Some(a.max(b)))
    }

    /// "several", "tens of thousands": soft on both sides
    pub fn vague(low: u64, high: Option<u64>) -> Self {
        Self { low_soft: true, high_soft: true, ..Self::hard(Form::Vague, None, Some(low), high) }
    }

    /// A confirmation without a number.
    pub fn confirm_only() -> Self {
        Self::hard(Form::ConfirmOnly, None, None, None)
    }

    /// "the same number": another count's value, under its own form.
    pub fn by_reference(to: &Self) -> Self {
        Self { form: Form::ByReference, ..to.clone() }
    }

    /// The value, where the words leave exactly one.
    pub fn single(&self) -> Option<u64> {
        if self.low_soft || self.high_soft {
            return None;
        }
        self.low.filter(|low| Some(*low) == self.high)
    }

    /// Whether there is any number in it.
    pub fn has_value(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    /// Whether the two intervals have a number in common, soft bounds taken as they are.
    pub fn meets(&self, other: &Self) -> bool {
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// How this count stands to another count of the same thing. Symmetric.
    pub fn relation(&self, other: &Self) -> Relation {
        if let (Some(a), Some(b)) = (self.single(), other.single())
            && a == b
        {
            return Relation::Agree;
        }
        if self.meets(other) {
            return Relation::Compatible;
        }
        let firm = |bound: Option<u64>, soft: bool| bound.filter(|_| !soft);
        let apart = |a: &Self, b: &Self| !below(firm(a.low, a.low_soft), firm(b.high, b.high_soft));
        if apart(self, other) || apart(other, self) { Relation::Conflict } else { Relation::Tension }
    }

    /// The count in the fewest words that read back as it: "1,000", "about 900", "20–30"; empty
    /// where there is no number.
    pub fn words(&self) -> String {
        let number = |n: Option<u64>| n.map_or_else(String::new, grouped);
        match self.form {
            Form::Exact => number(self.n),
            Form::AtLeast => format!("at least {}", number(self.n)),
            Form::MoreThan => format!("more than {}", number(self.n)),
            Form::AtMost => format!("up to {}", number(self.n)),
            Form::LessThan if self.high_soft => format!("nearly {}", number(self.n)),
            Form::LessThan => format!("fewer than {}", number(self.n)),
            Form::Approx => format!("about {}", number(self.n)),
            Form::Range | Form::Vague => match self.high {
                Some(_) => format!("{}–{}", number(self.low), number(self.high)),
                None => format!("at least {}", number(self.low)),
            },
            Form::ByReference => number(self.low),
            Form::ConfirmOnly => String::new(),
        }
    }

    /// The count as it will be understood, in words: "1,801 or more", "900 to 1,100 (about 1,000)".
    pub fn reading(&self) -> String {
        let number = |n: u64| grouped(n);
        match (self.form, self.low, self.high) {
            (Form::ConfirmOnly, ..) => "no number given".to_owned(),
            (_, None, None) => "no number".to_owned(),
            (_, Some(low), None) => format!("{} or more", number(low)),
            (_, None, Some(high)) => format!("{} or fewer", number(high)),
            (Form::Approx, Some(low), Some(high)) if self.n.is_some() => {
                format!("about {} ({} to {})", number(self.n.unwrap_or(low)), number(low), number(high))
            }
            (_, Some(low), Some(high)) if low == high => format!("exactly {}", number(low)),
            (_, Some(0), Some(high)) => format!("{} or fewer", number(high)),
            (_, Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        }
    }
}

/// Whether a lower bound lies at or below an upper one; an open bound always does.
fn below(low: Option<u64>, high: Option<u64>) -> bool {
    match (low, high) {
        (Some(low), Some(high)) => low <= high,
        _ => true,
    }
}

/// A number with thousands separators, as the window and the reports show it.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many there are of something, whose plural has an s: "1 fact", "1,003 facts".
pub fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n as u64), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(words: &str) -> Quantity {
        let c = Conventions::default();
        let (word, n) = words.rsplit_once(' ').unwrap_or(("", words));
        let number = |s: &str| s.parse::<u64>().expect("a number");
        match word {
            "" if n.contains('-') => {
                let (a, b) = n.split_once('-').expect("a range");
                Quantity::range(number(a), number(b))
            }
            "" => Quantity::exact(number(n)),
            "at least" => Quantity::at_least(number(n)),
            "more than" => Quantity::more_than(number(n)),
            "up to" => Quantity::at_most(number(n)),
            "fewer than" => Quantity::fewer_than(number(n)),
            "nearly" => Quantity::nearly(number(n), &c),
            "about" => Quantity::approx(number(n), &c),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn two_counts_of_one_thing() {
        use Relation::*;
        for (a, b, expected) in [
            ("1000", "1000", Agree),
            ("more than 1800", "1851", Compatible),
            ("more than 1850", "1850", Conflict),
            ("at least 1850", "1850", Compatible),
            ("about 1000", "1000", Compatible),
            ("about 1000", "1200", Tension),
            ("about 1000", "about 2000", Tension),
            ("nearly 40", "40", Tension),
            ("38", "35", Conflict),
            ("20-30", "30-40", Compatible),
            ("20-30", "31", Conflict),
            ("up to 30", "fewer than 10", Compatible),
            ("fewer than 10", "10", Conflict),
        ] {
            assert_eq!(q(a).relation(&q(b)), expected, "{a} / {b}");
            assert_eq!(q(b).relation(&q(a)), expected, "{b} / {a}");
        }
    }

    #[test]
    fn readings_say_what_will_be_understood() {
        for (words, expected) in [
            ("1000", "exactly 1,000"),
            ("more than 1800", "1,801 or more"),
            ("fewer than 10", "9 or fewer"),
            ("about 1000", "about 1,000 (900 to 1,100)"),
            ("20-30", "20 to 30"),
        ] {
            assert_eq!(q(words).reading(), expected);
        }
        for (words, expected) in
            [("1000", "1,000"), ("nearly 40", "nearly 40"), ("about 900", "about 900"), ("20-30", "20–30")]
        {
            assert_eq!(q(words).words(), expected);
        }
    }
}
