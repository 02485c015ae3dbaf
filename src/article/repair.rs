//! What damaged characters were meant to be, position by position.

/// A view over a text in which damaged characters read as the ones that were meant. Every
/// replaced character keeps its place: positions are those of the real text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepairView {
    /// Byte position, the character there, the character meant; sorted by position.
    repairs: Vec<(u32, char, char)>,
}

impl RepairView {
    /// A view from its repairs, sorted by position.
    pub fn new(repairs: Vec<(u32, char, char)>) -> Self {
        Self { repairs }
    }

    /// The repairs: byte position, the character there, the character meant.
    pub fn repairs(&self) -> &[(u32, char, char)] {
        &self.repairs
    }

    /// The character meant at a byte position, where it is damaged.
    pub fn at(&self, byte: usize) -> Option<char> {
        let byte = u32::try_from(byte).ok()?;
        let place = self.repairs.binary_search_by_key(&byte, |repair| repair.0).ok()?;
        Some(self.repairs[place].2)
    }

    /// How many characters are shown repaired.
    pub fn len(&self) -> usize {
        self.repairs.len()
    }

    /// Whether nothing is damaged.
    pub fn is_empty(&self) -> bool {
        self.repairs.is_empty()
    }
}
