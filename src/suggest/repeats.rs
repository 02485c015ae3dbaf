//! Blocks that say the same words again: a teaser over its article, a lead printed twice.

use rustc_hash::FxHashSet;

use super::sheet::Sheet;

/// Fewer units than this repeat by chance: "Read more", a name.
const SHORTEST: usize = 8;

/// For every sentence, whether its block repeats one before it word for word.
pub(super) fn repeats(sheet: &Sheet<'_>) -> Vec<bool> {
    let mut repeated = vec![false; sheet.sentences.len()];
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut first = 0;
    for index in 1..=sheet.sentences.len() {
        if index < sheet.sentences.len() && !sheet.opens_block(index) {
            continue;
        }
        let (start, end) = (sheet.sentences[first].start, sheet.sentences[index - 1].end);
        if end >= start + SHORTEST && !seen.insert(sheet.words_of(start..end).trim()) {
            repeated[first..index].fill(true);
        }
        first = index;
    }
    repeated
}
