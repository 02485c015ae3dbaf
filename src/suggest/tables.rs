//! Tables: a bare number in a cell, read by the heading of its column and the label of its row.

use std::ops::Range;

use super::category::Category;
use super::lexicon_pass::{Forms, PartyWord};
use super::phrases::{text_of, trim};
use super::sheet::{Sheet, What};
use crate::article::BlockKind;
use crate::claim::{Cue, Name, NounClass, Role};

/// Where a cell stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// First sentence of the table's first row.
    table: u32,
    /// First sentence of the row.
    row: u32,
}

/// The cells of an article's tables, by sentence.
#[derive(Debug, Default)]
pub(super) struct Tables {
    places: Vec<Option<Place>>,
}

/// What column and row say of a number.
#[derive(Debug)]
pub(super) struct Cell {
    /// Of what.
    pub(super) category: Category,
    /// Of whom, and the unit that names it.
    pub(super) party: Option<(u16, usize)>,
    /// From whom, and to whom, by the heading: "Bodies to Ukraine", "Released by Armenia".
    pub(super) from: Option<(u16, usize)>,
    pub(super) to: Option<(u16, usize)>,
    /// The row's label, where it is no party: "Santa Maria".
    pub(super) subset: Option<Name>,
}

impl Tables {
    /// Finds the tables: one pass. Every cell is a sentence of its own.
    pub(super) fn of(sheet: &Sheet<'_>) -> Self {
        let mut places = vec![None; sheet.sentences.len()];
        let mut table: Option<Place> = None;
        for (index, place) in places.iter_mut().enumerate() {
            if sheet.block(index) != BlockKind::TableRow {
                table = None;
                continue;
            }
            let at = index as u32;
            let current = table.get_or_insert(Place { table: at, row: at });
            // The bar that a Markdown row opens with is no cell.
            let empty = sheet.sentences[index].clone().all(|unit| {
                sheet.what(unit) != What::Word && sheet.count(unit).is_none() && sheet.date(unit).is_none()
            });
            if sheet.opens_block(index) {
                current.row = at + u32::from(empty);
                if current.table == at {
                    current.table = current.row;
                }
            }
            *place = Some(*current);
        }
        Self { places }
    }

    /// What the table says of a number that stands alone in a cell.
    pub(super) fn cell(&self, sheet: &Sheet<'_>, sentence: usize) -> Option<Cell> {
        let place = self.places.get(sentence).copied().flatten()?;
        let (table, row) = (place.table as usize, place.row as usize);
        let column = sentence - row;
        let head = table + column;
        let heading = (row > table && head < row && self.places[head].is_some_and(|p| p.row == place.table))
            .then(|| sheet.sentences[head].clone());
        let label = (row < sentence).then(|| sheet.sentences[row].clone());
        let of = |units: &Option<Range<usize>>| units.clone().and_then(|units| category_in(sheet, units));
        let category = of(&heading).or_else(|| of(&label))?;
        let party = |units: &Option<Range<usize>>| {
            units.clone()?.find_map(|unit| {
                let party = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Adjective, PartyWord::People])?;
                Some((party, unit))
            })
        };
        let labelled = label.clone().filter(|units| !units.clone().any(|unit| sheet.count(unit).is_some()));
        let by_row = of(&label).is_some();
        let (from, to) = heading.clone().map_or((None, None), |units| direction(sheet, units));
        let moved = from.is_some() || to.is_some();
        let named = party(&label).or_else(|| party(&heading)).filter(|_| !moved);
        let subset = labelled.filter(|_| !by_row && named.is_none()).and_then(|units| {
            let units = trim(sheet, units);
            let total = sheet.word(units.start).starts_with("total") || sheet.is_any(units.start, &["all", "sum"]);
            if units.is_empty() || total { None } else { text_of(sheet, units) }
        });
        Some(Cell { category, party: named, from, to, subset })
    }
}

/// A party and the unit that names it.
type Named = Option<(u16, usize)>;

/// From whom and to whom the heading of a column says: "Bodies to Ukraine", "Received by Kyiv".
pub(super) fn direction(sheet: &Sheet<'_>, units: Range<usize>) -> (Named, Named) {
    let (mut from, mut to) = (None, None);
    let mut role = Role::None;
    for unit in units {
        if let Some((frame, _)) = sheet.frame(unit) {
            role = sheet.frame_entry(frame).subject;
        }
        let Some(party) = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym]) else { continue };
        let before = unit.saturating_sub(1);
        let gives = sheet.cue(before, Cue::From) || sheet.cue(before, Cue::By) && role == Role::Giver;
        let gets = sheet.cue(before, Cue::To) || sheet.cue(before, Cue::By) && role == Role::Receiver;
        if gives {
            from = from.or(Some((party, unit)));
        } else if gets {
            to = to.or(Some((party, unit)));
        }
    }
    (from, to)
}

/// The category that a heading or label names: "Dead", "Killed", "Prisoners of war".
fn category_in(sheet: &Sheet<'_>, mut units: Range<usize>) -> Option<Category> {
    units.find_map(|unit| {
        if let Some(noun) = sheet.noun(unit)
            && !matches!(noun.class, NounClass::Things | NounClass::Group)
            && let Some(id) = &noun.category
        {
            return Some(Category { id: id.clone(), unit, rule: "the heading of the column or row" });
        }
        let (frame, forms) = sheet.frame(unit)?;
        let id = sheet.frame_entry(frame).category.as_ref()?;
        forms.has(Forms::PARTICIPLE).then(|| Category {
            id: id.clone(),
            unit,
            rule: "the heading of the column or row",
        })
    })
}
