//! Pictures of the facts, as lists of marks: what the window paints and what is saved as SVG are
//! the same marks, so that the two cannot come apart.
//!
//! Lengths are in points, the y axis points down. Colours are named by what they mean; who draws
//! decides what they look like.

mod ranges;
mod svg;
mod timeline;

pub use ranges::{bar, ranges};
pub use timeline::timeline;

use crate::claim::{Fact, FactVerdict, Name, Side, grouped};

/// A place in a picture.
pub type At = (f32, f32);

/// A colour, by what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words.
    Text,
    /// Words of second rank.
    Secondary,
    /// Rules and frames.
    Line,
    /// The ground.
    Ground,
    /// What is chosen; the edge of a range.
    Accent,
    /// The inside of a range.
    AccentGround,
    /// In conflict.
    Bad,
    /// In doubt.
    Doubt,
    /// Corroborated.
    Good,
    /// The inside of a category's marks, by the name of its colour.
    Fill(Name),
    /// The edge of a category's marks, by the name of its colour.
    Edge(Name),
    /// Where a source stands.
    Side(Side),
}

/// How the mark of a side is drawn: by shape as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideShape {
    /// The first party.
    Square,
    /// The second.
    Disc,
    /// The third.
    Diamond,
    /// The fourth.
    TriangleDown,
    /// The fifth: a square pressed flat.
    Bar,
    /// The sixth.
    TriangleRight,
    /// Independent of all.
    Triangle,
    /// Nobody is named, or nobody knows where they stand.
    Ring,
}

/// The place of a party among those that have marks, in their order; one that is not among them
/// stands behind them, and has the mark of none of them as long as there are marks left.
pub fn place_of(party: &Name, parties: &[Name]) -> usize {
    parties.iter().position(|other| other == party).unwrap_or(parties.len())
}

/// Which of so many colours the party at a place has: with [`SideShape::of`], as many parties as
/// there are shapes and colours to pair have a mark of their own.
pub fn colour_of(place: usize, colours: usize) -> usize {
    let colours = colours.max(1);
    // Shapes and colours run side by side; once all pairs of such a run have been given, the
    // colours begin one further.
    let run = (1..).map(|n| n * SideShape::OF_PARTIES.len()).find(|n| n % colours == 0).unwrap_or(colours);
    (place + place / run) % colours
}

impl SideShape {
    /// Those that parties have, in their order.
    const OF_PARTIES: [Self; 6] =
        [Self::Square, Self::Disc, Self::Diamond, Self::TriangleDown, Self::Bar, Self::TriangleRight];

    /// The shape of a side among the parties in their order; the seventh party has that of the
    /// first, in another colour.
    pub fn of(side: &Side, parties: &[Name]) -> Self {
        match side {
            Side::Party(name) => Self::OF_PARTIES[place_of(name, parties) % Self::OF_PARTIES.len()],
            Side::Independent => Self::Triangle,
            Side::Unknown => Self::Ring,
        }
    }

    /// The corners around a centre, for a mark of a width; none for a round one.
    pub fn corners(self, (x, y): At, size: f32) -> Vec<At> {
        let half = size / 2.0;
        match self {
            Self::Square => {
                let half = half * 0.9;
                vec![(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            }
            Self::Diamond => {
                let half = half * 1.2;
                vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
            }
            Self::TriangleDown => vec![(x - half, y - half), (x + half, y - half), (x, y + half)],
            Self::TriangleRight => vec![(x - half, y - half), (x + half, y), (x - half, y + half)],
            Self::Bar => {
                let (wide, high) = (half * 1.2, half * 0.5);
                vec![(x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high)]
            }
            Self::Triangle => vec![(x, y - half), (x + half, y + half), (x - half, y + half)],
            Self::Disc | Self::Ring => Vec::new(),
        }
    }
}

/// A shape of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// Its beginning.
        from: At,
        /// Its end.
        to: At,
        /// Its colour.
        ink: Ink,
        /// Its width.
        width: f32,
    },
    /// An upright rectangle.
    Bar {
        /// Its upper left corner.
        min: At,
        /// Its lower right corner.
        max: At,
        /// The radius of its corners.
        radius: f32,
        /// Inside.
        fill: Ink,
        /// Around it: colour and width.
        edge: Option<(Ink, f32)>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        centre: At,
        /// Its radius.
        radius: f32,
        /// Inside.
        fill: Option<Ink>,
        /// Around it: colour and width.
        edge: Option<(Ink, f32)>,
    },
    /// The mark of a side.
    Side {
        /// Its middle.
        centre: At,
        /// Its width.
        size: f32,
        /// How it is drawn.
        shape: SideShape,
        /// Its colour.
        ink: Ink,
    },
    /// A line of words, its middle at the height of `at`.
    Words {
        /// Where it begins, or ends.
        at: At,
        /// Whether `at` is its end.
        from_right: bool,
        /// Its size.
        size: f32,
        /// Its colour.
        ink: Ink,
        /// What it says.
        text: String,
        /// What its width is cut to with "…".
        most: f32,
    },
}

/// A shape, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What is drawn.
    pub shape: Shape,
    /// The fact that it stands for, as an index into those of the reconciliation.
    pub fact: Option<usize>,
    /// What it says in words.
    pub title: Option<String>,
}

impl From<Shape> for Mark {
    fn from(shape: Shape) -> Self {
        Self { shape, fact: None, title: None }
    }
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What it shows, in words.
    pub title: String,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it is made of, the lowest first.
    pub marks: Vec<Mark>,
}

impl Picture {
    /// The same with a line of words under it, and in its title.
    #[must_use]
    pub fn with_note(mut self, note: &str) -> Self {
        const LINE: f32 = 24.0;
        self.title = format!("{}. {note}", self.title);
        self.marks.push(Mark::from(Shape::Words {
            at: (8.0, self.height + LINE / 2.0),
            from_right: false,
            size: 12.0,
            ink: Ink::Secondary,
            text: note.to_owned(),
            most: self.width - 16.0,
        }));
        self.height += LINE;
        self
    }
}

/// The colour of a verdict.
pub fn verdict_ink(verdict: FactVerdict) -> Ink {
    use FactVerdict::*;
    match verdict {
        Conflicting => Ink::Bad,
        Tension | Echo => Ink::Doubt,
        CorroboratedOpposing | CorroboratedIndependent | CorroboratedSameSide => Ink::Good,
        Analyst => Ink::Accent,
        SingleOrigin | Unattributed => Ink::Secondary,
    }
}

/// "1,000", "900 – ~1,000 – 1,100", "6,001+": low, best, high in the fewest words.
pub fn range_words(fact: &Fact) -> String {
    let best = fact.best.map(|best| format!("{}{}", if fact.best_approx { "~" } else { "" }, grouped(best)));
    match (fact.low, best, fact.high) {
        (Some(low), Some(best), Some(high)) if low == high => best,
        (Some(low), Some(best), Some(high)) => format!("{} – {best} – {}", grouped(low), grouped(high)),
        (Some(low), Some(best), None) => format!("{} – {best}+", grouped(low)),
        (Some(low), None, Some(high)) if low == high => grouped(low),
        (Some(low), None, Some(high)) => format!("{} – {}", grouped(low), grouped(high)),
        (Some(low), None, None) => format!("{}+", grouped(low)),
        (None, Some(best), _) => best,
        (None, None, Some(high)) => format!("up to {}", grouped(high)),
        (None, None, None) => "no figure".to_owned(),
    }
}
