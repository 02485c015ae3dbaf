//! The one list of actions: menu, command palette, keyboard and shortcut sheet are made from it.

/// Something that a user can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Open files.
    OpenArticles,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
}
