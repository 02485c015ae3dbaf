//! Short texts as small numbers, so that sorting and comparing claims never touches a string.

use std::collections::HashMap;

use crate::claim::Name;

/// A short text's number. [`NONE`] stands for "not known".
pub(super) type Sym = u32;

/// No text.
pub(super) const NONE: Sym = 0;

/// Gives every distinct text one number. Numbers depend on the order of asking, so they are asked
/// for in the order of the sorted claims, and nothing that is shown is ever sorted by them.
#[derive(Debug)]
pub(super) struct Interner {
    numbers: HashMap<Name, Sym>,
    names: Vec<Name>,
}

impl Interner {
    pub fn new() -> Self {
        Self { numbers: HashMap::new(), names: vec![Name::from("")] }
    }

    /// The number of a text; a new one where it has none.
    pub fn sym(&mut self, name: &Name) -> Sym {
        if let Some(sym) = self.numbers.get(name) {
            return *sym;
        }
        let sym = Sym::try_from(self.names.len()).unwrap_or(Sym::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), sym);
        sym
    }

    /// The text of a number; `None` for [`NONE`].
    pub fn name(&self, sym: Sym) -> Option<&Name> {
        if sym == NONE { None } else { self.names.get(sym as usize) }
    }

    /// The text of a number, empty for [`NONE`].
    pub fn str(&self, sym: Sym) -> &str {
        self.names.get(sym as usize).map_or("", |name| name)
    }
}
