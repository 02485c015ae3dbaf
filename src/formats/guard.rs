//! Cells that a spreadsheet would run as a formula are made harmless, and made themselves again.

use std::borrow::Cow;

fn is_dangerous(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that begins like a formula gets an apostrophe before it. So does one that begins with
/// apostrophes and then like a formula, so that [`unguarded`] gives back exactly what was there.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_cell_is_harmless_and_comes_back() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+380", "'+380"),
            ("-38", "'-38"),
            ("@handle", "'@handle"),
            ("\tx", "'\tx"),
            ("'=x", "''=x"),
            ("'quoted'", "'quoted'"),
            ("1,000", "1,000"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
    }
}
