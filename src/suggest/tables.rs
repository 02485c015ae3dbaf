//! Tables: a bare number in a cell, read by the heading of its column and the label of its row.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::category::{self, Category};
use super::clauses::transfers;
use super::columns::{Column, columns};
use super::lexicon_pass::{Forms, PartyWord, bit};
use super::of_what::OVER_LIST;
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

/// The columns that are looked through for each cell: a table of thousands would take their square.
const WIDEST: usize = 64;

/// The cells of an article's tables, by sentence.
#[derive(Debug, Default)]
pub(super) struct Tables {
    places: Vec<Option<Place>>,
    /// The tables whose first row is no heading, by its first sentence: "Rescued | 71".
    headless: BTreeSet<u32>,
    columns: BTreeMap<usize, Column>,
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
        let is_number = |index: usize| {
            let words = trim(sheet, sheet.sentences[index].clone());
            words.len() == 1 && sheet.count(words.start).is_some()
        };
        let in_first_row = |(index, place): (usize, &Option<Place>)| {
            place.filter(|place| place.row == place.table && index > place.row as usize && is_number(index))
        };
        let headless = places.iter().enumerate().filter_map(in_first_row).map(|place| place.table).collect();
        Self { places, headless, columns: columns(sheet) }
    }

    /// Whether the column of a number counts things: "Houses destroyed".
    pub(super) fn of_things(&self, sheet: &Sheet<'_>, sentence: usize, unit: usize) -> bool {
        // "In hospital", "Injured (hospitals)": where people are is not what is counted.
        self.heading_over(sheet, sentence, unit).is_some_and(|heading| {
            let words = trim(sheet, heading);
            let first = words.clone().find(|unit| sheet.noun(*unit).is_some() || sheet.any_cue(*unit, bit(Cue::In)));
            first.is_some_and(|unit| sheet.is_noun(unit, NounClass::Things))
        })
    }

    /// Whether the column of a number tells what was to be: "Hostages promised", "To be freed". Gives the word.
    pub(super) fn planned(&self, sheet: &Sheet<'_>, sentence: usize, unit: usize) -> Option<usize> {
        let mut heading = self.heading_over(sheet, sentence, unit)?;
        heading.find(|unit| {
            let to_be = sheet.cue(*unit, Cue::To) && sheet.cue(unit + 1, Cue::Be);
            to_be
                || sheet
                    .is_any(*unit, words!["promised", "planned", "agreed", "scheduled", "expected", "due", "pledged"])
        })
    }

    /// The heading over a number in a table of cells or of lines.
    fn heading_over(&self, sheet: &Sheet<'_>, sentence: usize, unit: usize) -> Option<Range<usize>> {
        let of_cell = || self.heading_of(sentence).map(|head| sheet.sentences[head].clone());
        self.columns.get(&unit).map(|column| column.heading.clone()).or_else(of_cell)
    }

    /// How many cells a row has that holds something; the rest of wide ones is not counted out.
    fn cells(&self, row: usize) -> usize {
        let of_row = |place: &&Option<Place>| place.is_some_and(|place| place.row as usize == row);
        self.places[row.min(self.places.len())..].iter().take(WIDEST).take_while(of_row).count()
    }

    /// Whether the column of labels is without a heading: an empty cell is no sentence.
    fn shift(&self, table: usize, row: usize) -> usize {
        usize::from(self.cells(table) + 1 == self.cells(row))
    }

    /// The sentence of the heading over a cell.
    fn heading_of(&self, sentence: usize) -> Option<usize> {
        let place = self.places.get(sentence).copied().flatten()?;
        let (table, row) = (place.table as usize, place.row as usize);
        let column = sentence.checked_sub(row)?.checked_sub(self.shift(table, row))?;
        let head = table + column;
        let heads = row > table && head < row && self.places[head].is_some_and(|p| p.row == place.table);
        (heads && !self.headless.contains(&place.table)).then_some(head)
    }

    /// What a table in plain text says of the number at a unit.
    pub(super) fn plain(&self, sheet: &Sheet<'_>, unit: usize, captive: Option<&'static str>) -> Option<Cell> {
        let column = self.columns.get(&unit)?;
        let label = (!column.label.is_empty()).then(|| column.label.clone());
        let way = match direction(sheet, column.heading.clone()) {
            (None, None) => by_label(sheet, column),
            way => way,
        };
        let corner = (!column.corner.is_empty()).then(|| column.corner.clone());
        let kind = Kind { headings: column.headings.clone(), captive };
        read_cell(sheet, Some(column.heading.clone()), label, corner, way, &kind)
    }

    /// Whether a number stands in a table whose lines are told apart into cells.
    pub(super) fn in_columns(&self, unit: usize) -> bool {
        self.columns.contains_key(&unit)
    }

    /// From whom and to whom the people of a cell go: by the heading over it ("Bodies to Ukraine"), by
    /// columns "From" and "To", or by the label of the row under a heading like "Prisoners received".
    pub(super) fn way(&self, sheet: &Sheet<'_>, sentence: usize) -> (Named, Named) {
        let Some(place) = self.places.get(sentence).copied().flatten() else { return (None, None) };
        let (table, row) = (place.table as usize, place.row as usize);
        let of_head = |cell: usize| self.places.get(cell).copied().flatten().is_some_and(|p| p.row == place.table);
        let Some(head) = self.heading_of(sentence) else { return (None, None) };
        let units = sheet.sentences[head].clone();
        let (from, to) = direction(sheet, units.clone());
        if from.is_some() || to.is_some() {
            return (from, to);
        }
        let party = |sentence: usize| {
            let mut units = sheet.sentences.get(sentence)?.clone();
            units.find_map(|unit| Some((sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym])?, unit)))
        };
        let under = |cue: Cue| {
            let column = (table..row).take(WIDEST).take_while(|cell| of_head(*cell)).find(|cell| {
                let words = trim(sheet, sheet.sentences[*cell].clone());
                words.len() <= 2 && words.clone().any(|unit| sheet.cue(unit, cue))
            })?;
            party(row + (column - table) + self.shift(table, row))
        };
        let (from, to) = (under(Cue::From), under(Cue::To));
        if from.is_some() || to.is_some() {
            return (from, to);
        }
        // "| Handed over by | Prisoners | Bodies |": the labels of the rows give, or get.
        let labels = trim(sheet, sheet.sentences[table].clone());
        if !labels.is_empty() && sheet.cue(labels.end - 1, Cue::By) {
            let role = labels.clone().find_map(|unit| Some(sheet.frame_entry(sheet.frame(unit)?.0).subject));
            match role {
                Some(Role::Giver) => return (party(row), None),
                Some(Role::Receiver) => return (None, party(row)),
                _ => {}
            }
        }
        let role = units.filter_map(|unit| sheet.frame(unit)).map(|(frame, _)| sheet.frame_entry(frame).subject).next();
        match role {
            Some(Role::Receiver) => (None, party(row)),
            _ => (None, None),
        }
    }

    /// What the table says of a number that stands alone in a cell.
    pub(super) fn cell(&self, sheet: &Sheet<'_>, sentence: usize, captive: Option<&'static str>) -> Option<Cell> {
        let place = self.places.get(sentence).copied().flatten()?;
        let row = place.row as usize;
        // A line whose cells are no sentences of their own ("Bodies recovered   12") has its label in front.
        let alone = row < sentence || trim(sheet, sheet.sentences[sentence].clone()).len() == 1;
        let heading = self.heading_of(sentence).filter(|_| alone).map(|head| sheet.sentences[head].clone());
        let label = (row < sentence).then(|| sheet.sentences[row].clone());
        let way = self.way(sheet, sentence);
        let first = place.table as usize;
        let last = first + self.cells(first).max(1) - 1;
        let kind = Kind { headings: sheet.sentences[first].start..sheet.sentences[last].end, captive };
        read_cell(sheet, heading, label, None, way, &kind)
    }
}

/// What a table as a whole counts, where the heading of a column tells only more of it.
struct Kind {
    /// The units of all its headings.
    headings: Range<usize>,
    /// What captives of the article are, if it has any.
    captive: Option<&'static str>,
}

impl Kind {
    /// What the line above it counts, or the first of its columns that says so.
    fn of_all(&self, sheet: &Sheet<'_>) -> Option<Category> {
        /// The units of a head that are looked through for each of its numbers: those of a dozen columns or two.
        const LONGEST: usize = 128;
        let head = self.headings.start..self.headings.end.min(self.headings.start + LONGEST);
        let first = || Some(Category { rule: OF_TABLE, ..category_in(sheet, head.clone())? });
        // "Arrivals | of whom children": people, and the text above tells what became of them.
        let people = || {
            let unit = head.clone().find(|unit| sheet.is_noun(*unit, NounClass::People))?;
            Category::by("other", unit, super::ellipsis::PEOPLE)
        };
        self.of_title(sheet).or_else(first).or_else(people)
    }

    /// What the line above says that is counted: "Cases by district", "Killed, by age:".
    fn of_title(&self, sheet: &Sheet<'_>) -> Option<Category> {
        /// A sentence of the text is no title.
        const LONGEST: usize = 12;
        let own = sheet.sentence_of(self.headings.start);
        let above = (0..own).rev().take(3).find(|index| sheet.block(*index) != BlockKind::TableRow)?;
        let units = trim(sheet, sheet.sentences[above].clone());
        let titles = matches!(sheet.block(above), BlockKind::Heading(_))
            || sheet.is_punct(units.end, ":")
            || units.len() <= LONGEST;
        let found = category_in(sheet, units).filter(|_| titles)?;
        Some(Category { rule: OF_TABLE, ..found })
    }
}

/// The rule of what the heading of its column, or the label of its row, says of a number.
pub(super) const HEADING: &str = "the heading of the column or row";
/// The rule of what the words in front of a number say.
pub(super) const LABEL: &str = "the label in front of it";
/// The rule of what the title or the first column of a table says.
pub(super) const OF_TABLE: &str = "what the table counts";

/// Whether a heading tells more of people whom its table counts: "Confirmed", "of whom women",
/// "Contacts followed", "Turned back".
fn tells_more(sheet: &Sheet<'_>, units: Range<usize>) -> bool {
    let words = trim(sheet, units);
    let things = |unit: usize| {
        sheet.noun(unit).is_some_and(|noun| matches!(noun.class, NounClass::Things | NounClass::Group))
            || sheet.what(unit) != What::Word
            || sheet.is_any(
                unit,
                words!["rate", "ratio", "share", "cost", "costs", "per", "cent", "percent", "days", "date"],
            )
    };
    if words.is_empty() || words.len() > 6 || words.clone().any(things) {
        return false;
    }
    let first = words.start;
    let of_whom = sheet.is_any(first, words!["of whom", "including", "incl", "thereof"])
        || sheet.cue(first, Cue::Of) && sheet.is_any(first + 1, words!["whom", "which", "these", "them"]);
    let states = |unit: usize| {
        sheet.word(unit).ends_with("ed")
            || sheet.is_any(
                unit,
                words!["probable", "likely", "critical", "male", "female", "lost", "found", "held", "sent"],
            )
    };
    of_whom || states(first) || person(sheet, first) && (first + 1..words.end).all(states)
}

/// Whether a word is one for people.
fn person(sheet: &Sheet<'_>, unit: usize) -> bool {
    let people = [NounClass::People, NounClass::Civilian, NounClass::Military];
    sheet.noun(unit).is_some_and(|noun| people.contains(&noun.class))
        || sheet.is_any(unit, words!["recovered", "contacts", "elderly"])
}

/// What heading and label say of the number under and behind them.
fn read_cell(
    sheet: &Sheet<'_>,
    heading: Option<Range<usize>>,
    label: Option<Range<usize>>,
    corner: Option<Range<usize>>,
    (from, to): (Named, Named),
    kind: &Kind,
) -> Option<Cell> {
    let of = |units: &Option<Range<usize>>| units.clone().and_then(|units| category_in(sheet, units));
    let handed = from.is_some() || to.is_some();
    let category = heading
        .clone()
        .and_then(|units| of_captives(sheet, units, kind))
        .or_else(|| of(&heading))
        .or_else(|| of(&label))
        .or_else(|| of(&corner))
        .or_else(|| {
            let moved = heading.clone().filter(|_| handed).and_then(|units| of_transfer(sheet, units))?;
            // "| Charged | Released on bond |"
            let held = |table: &Category| matches!(&*table.id, "prisoners" | "hostages" | "bodies" | "exchanges");
            Some(kind.of_all(sheet).filter(|table| !held(table)).unwrap_or(moved))
        })
        .or_else(|| {
            let persons = heading.clone().and_then(|units| of_persons(sheet, units))?;
            Some(kind.of_title(sheet).unwrap_or(persons))
        })
        .or_else(|| {
            heading.clone().filter(|units| tells_more(sheet, units.clone())).and_then(|_| kind.of_all(sheet))
        })?;
    let party = |units: &Option<Range<usize>>| {
        units.clone()?.find_map(|unit| {
            let party = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Adjective, PartyWord::People])?;
            Some((party, unit))
        })
    };
    let labelled = label.clone().filter(|units| !units.clone().any(|unit| sheet.count(unit).is_some()));
    let by_row = of(&label).is_some();
    let moved = handed;
    let named = party(&label).or_else(|| party(&heading)).filter(|_| !moved);
    let subset = labelled.filter(|_| !by_row && named.is_none() && party(&label).is_none()).and_then(|units| {
        let units = trim(sheet, units);
        let total = sheet.word(units.start).starts_with("total") || sheet.is_any(units.start, words!["all", "sum"]);
        if units.is_empty() || total { None } else { text_of(sheet, units) }
    });
    Some(Cell { category, party: named, from, to, subset })
}

/// From whom and to whom by the label of a row: under "Prisoners received" and "Handed over", or in a
/// table whose labels stand under "Handed over by".
fn by_label(sheet: &Sheet<'_>, column: &Column) -> (Named, Named) {
    let role_in =
        |mut units: Range<usize>| units.find_map(|unit| Some(sheet.frame_entry(sheet.frame(unit)?.0).subject));
    let party = || {
        let mut units = column.label.clone();
        units.find_map(|unit| Some((sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym])?, unit)))
    };
    let labels = trim(sheet, column.corner.clone());
    let by = !labels.is_empty() && sheet.cue(labels.end - 1, Cue::By);
    match if by { role_in(labels) } else { role_in(column.heading.clone()) } {
        Some(Role::Giver) => (party(), None),
        Some(Role::Receiver) => (None, party()),
        _ => (None, None),
    }
}

/// A column of "Taken", "Freed", "Still held", where people are held for a demand or as prisoners.
fn of_captives(sheet: &Sheet<'_>, units: Range<usize>, kind: &Kind) -> Option<Category> {
    let captive = kind.captive?;
    let words = trim(sheet, units);
    let plain = words.clone().all(|unit| {
        sheet.noun(unit).is_none_or(|noun| noun.category.is_none()) && !sheet.is_noun(unit, NounClass::Things)
    });
    let unit = words.clone().find(|unit| {
        sheet.frame(*unit).is_some_and(|(frame, _)| {
            matches!(
                &*sheet.frame_entry(frame).name,
                "take" | "abduct" | "hold" | "free" | "release" | "let go" | "set free"
            )
        })
    })?;
    let bail = super::predicates::is_on_bail(sheet, unit);
    let moved = sheet.frame(unit).is_some_and(|(frame, _)| transfers(sheet.frame_entry(frame).subject));
    // "| Charged | Released |", "| Bodies | Returned |": the first column tells of whom.
    let other = || {
        kind.of_all(sheet).is_some_and(|table| matches!(&*table.id, "detained" | "bodies" | "prisoners" | "hostages"))
    };
    (plain && words.len() <= 6 && !bail && !(moved && other())).then(|| Category {
        id: captive.into(),
        unit,
        rule: CAPTIVES,
    })
}

/// The rule of a column that tells who was taken, is held, or was let go.
pub(super) const CAPTIVES: &str = "captives of the article, by the heading";

/// A column of "Individuals", "Women", "Recovered", of whom the heading tells no more.
fn of_persons(sheet: &Sheet<'_>, units: Range<usize>) -> Option<Category> {
    let words = trim(sheet, units);
    (words.len() == 1 && person(sheet, words.start)).then(|| Category {
        id: "other".into(),
        unit: words.start,
        rule: super::ellipsis::PEOPLE,
    })
}

/// The category that a heading of handing over gives to plain people: "Released by Armenia".
pub(super) fn of_transfer(sheet: &Sheet<'_>, mut units: Range<usize>) -> Option<Category> {
    units.find_map(|unit| {
        let entry = sheet.frame_entry(sheet.frame(unit)?.0);
        (transfers(entry.subject) && entry.category.is_none()).then(|| Category {
            id: "prisoners".into(),
            unit,
            rule: category::MOVED,
        })
    })
}

/// A party and the unit that names it.
pub(super) type Named = Option<(u16, usize)>;

/// From whom and to whom the heading of a column says: "Bodies to Ukraine", "Received by Kyiv".
pub(super) fn direction(sheet: &Sheet<'_>, units: Range<usize>) -> (Named, Named) {
    let (mut from, mut to) = (None, None);
    let mut role = Role::None;
    let first = units.start;
    for unit in units {
        if let Some((frame, _)) = sheet.frame(unit) {
            role = sheet.frame_entry(frame).subject;
        }
        let Some(party) = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym]) else { continue };
        let mut before = unit.saturating_sub(1);
        before -= usize::from(sheet.any_cue(before, bit(Cue::Determiner)) && before > first);
        let gives = sheet.cue(before, Cue::From) || sheet.cue(before, Cue::By) && role == Role::Giver;
        let gets = sheet.cue(before, Cue::To) || sheet.cue(before, Cue::By) && role == Role::Receiver;
        // "Rwanda to Burundi: 14"
        let on = sheet.cue(unit + 1, Cue::To) && unit == before + 1 || unit == first && sheet.cue(unit + 1, Cue::To);
        let acts = unit <= first + 1 && sheet.frame(unit + 1).is_some();
        let acted = if acts { sheet.frame(unit + 1).map(|(frame, _)| sheet.frame_entry(frame).subject) } else { None };
        if acted == Some(Role::Receiver) {
            to = to.or(Some((party, unit)));
        } else if gives || acted == Some(Role::Giver) || on && !gets {
            from = from.or(Some((party, unit)));
        } else if gets {
            to = to.or(Some((party, unit)));
        }
    }
    (from, to)
}

/// The words of a label in front of a colon, where nothing but a number stands behind it: "Hostages released: 24".
pub(super) fn label_of(sheet: &Sheet<'_>, sentence: &Range<usize>, count: usize) -> Option<Range<usize>> {
    /// A clause in front of a colon is no label.
    const LONGEST: usize = 5;
    let colon = count.checked_sub(1).filter(|unit| *unit > sentence.start && sheet.is_punct(*unit, ":"))?;
    let next = count + 1;
    let ends = next >= sentence.end || sheet.what(next) == What::Break || sheet.is_punct(next, "(");
    let units = trim(sheet, sentence.start..colon);
    let words = units.clone().all(|unit| sheet.what(unit) == What::Word);
    (ends && words && !units.is_empty() && units.len() <= LONGEST).then_some(units)
}

/// What a label says of the number behind it.
pub(super) fn under_label(sheet: &Sheet<'_>, label: Range<usize>) -> Option<Category> {
    let category = category_in(sheet, label.clone()).filter(|_| !is_of_things(sheet, label))?;
    Some(Category { rule: LABEL, ..category })
}

/// Whether a label names things: "Tents sent", "Price of bread".
pub(super) fn is_of_things(sheet: &Sheet<'_>, mut label: Range<usize>) -> bool {
    label.any(|unit| {
        let unknown = sheet.is_unknown(unit) && sheet.frame(unit).is_none() && sheet.cues(unit) == 0;
        let opens = unit == sheet.sentences[sheet.sentence_of(unit)].start;
        let ours = sheet.is_any(unit, words!["us", "them", "ours", "theirs"]);
        sheet.is_noun(unit, NounClass::Things) || unknown && !ours && (opens || !sheet.is_capitalised(unit))
    })
}

/// The category that a heading or label names: "Dead", "Killed", "Prisoners of war".
fn category_in(sheet: &Sheet<'_>, mut units: Range<usize>) -> Option<Category> {
    units.find_map(|unit| {
        if let Some(noun) = sheet.noun(unit)
            && !matches!(noun.class, NounClass::Things | NounClass::Group)
            && let Some(id) = &noun.category
        {
            return Some(Category { id: id.clone(), unit, rule: HEADING });
        }
        if sheet.cue(unit, Cue::Aboard) {
            return Some(Category { id: "aboard".into(), unit, rule: HEADING });
        }
        let (frame, forms) = sheet.frame(unit)?;
        let id = sheet.frame_entry(frame).category.as_ref()?;
        forms.has(Forms::PARTICIPLE).then(|| Category { id: id.clone(), unit, rule: HEADING })
    })
}

/// What the line over a list says of an item in it: "Bodies handed over in Goma:\n- Rwanda to Burundi: 14".
pub(super) fn item(sheet: &Sheet<'_>, sentence: usize, count: usize) -> Option<Cell> {
    if sheet.block(sentence) != BlockKind::Item {
        return None;
    }
    let head = (0..sentence).rev().take(MOST_ITEMS).find(|before| sheet.block(*before) != BlockKind::Item)?;
    let units = super::phrases::trim(sheet, sheet.sentences[head].clone());
    let last = sheet.sentences[head].clone().rev().find(|unit| sheet.what(*unit) != What::Break)?;
    if !sheet.is_punct(last, ":") {
        return None;
    }
    let (from, to) = direction(sheet, sheet.sentences[sentence].start..count);
    let (of_head, gets) = direction(sheet, units.clone());
    let category = category_in(sheet, units.clone()).or_else(|| of_transfer(sheet, units))?;
    let category = Category { rule: OVER_LIST, ..category };
    Some(Cell { category, party: None, from: from.or(of_head), to: to.or(gets), subset: None })
}

/// How far back the line over a list is looked for.
const MOST_ITEMS: usize = 60;
