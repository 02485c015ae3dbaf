//! Tables in plain text: lines whose cells stand apart by tabs, several spaces or a bar.
//!
//! ```text
//! Country     Dead    Missing
//! Indonesia   1,140   163
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use super::sheet::{Sheet, What};
use crate::article::BlockKind;

/// Where a number stands: the heading over its column, and the label of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The units of the heading.
    pub(super) heading: Range<usize>,
    /// The units of the label; empty where the number opens its row.
    pub(super) label: Range<usize>,
    /// The units of the heading over the labels; empty where there is none.
    pub(super) corner: Range<usize>,
    /// The units of all headings of its table.
    pub(super) headings: Range<usize>,
}

/// The numbers that stand alone in a cell of the plain tables of an article, by unit.
pub(super) fn columns(sheet: &Sheet<'_>) -> BTreeMap<usize, Column> {
    let mut found = BTreeMap::new();
    let mut lines: Vec<Vec<Range<usize>>> = Vec::new();
    let text = sheet.tokens.text();
    // Most texts have no such line at all.
    if !text.contains('\t') && !text.contains('|') && !text.contains("  ") {
        return found;
    }
    let (mut end, mut bar, mut last) = (0, false, 0);
    let of_row = |unit: usize| sheet.block_of(unit) == BlockKind::TableRow;
    for unit in 0..sheet.units.len() {
        if matches!(sheet.what(unit), What::Break) {
            continue;
        }
        let Some((from, to)) = sheet.place(unit) else { continue };
        // "Islam Qala | 3,871 | 21,405": a bar parts cells, too.
        if sheet.is_punct(unit, "|") {
            bar = true;
            continue;
        }
        let barred = std::mem::take(&mut bar);
        let before_gap = std::mem::replace(&mut end, to);
        let before = std::mem::replace(&mut last, unit);
        // Nearly all words: behind a space, or a mark behind its word.
        let beside = before_gap >= from || before_gap + 1 == from && text.as_bytes().get(before_gap) == Some(&b' ');
        if beside
            && !barred
            && let Some(cell) = lines.last_mut().and_then(|line| line.last_mut())
        {
            cell.end = unit + 1;
            continue;
        }
        let gap = text.get(before_gap..from).unwrap_or("");
        let feeds = gap.bytes().filter(|byte| *byte == b'\n').count();
        // The rows of a page's table are one table, with or without an empty line under the headings.
        if feeds > 1 && !(of_row(unit) && of_row(before)) {
            table(sheet, &lines, &mut found);
            lines.clear();
        }
        if feeds > 0 || lines.is_empty() {
            lines.push(std::iter::once(unit..unit + 1).collect());
        } else if let Some(line) = lines.last_mut() {
            match line.last_mut() {
                Some(cell) if !(barred || gap.contains('\t') || gap.contains("  ")) => cell.end = unit + 1,
                _ => line.push(unit..unit + 1),
            }
        }
    }
    table(sheet, &lines, &mut found);
    found
}

/// Reads lines without an empty one between them as a table, if they are one.
fn table(sheet: &Sheet<'_>, lines: &[Vec<Range<usize>>], found: &mut BTreeMap<usize, Column>) {
    let mut head: Option<&Vec<Range<usize>>> = None;
    for line in lines {
        let number = |cell: &Range<usize>| cell.len() == 1 && sheet.count(cell.start).is_some();
        if line.len() < 2 {
            head = None;
            continue;
        }
        if !line.iter().any(number) {
            head = Some(line);
            continue;
        }
        let Some(head) = head else {
            // "Bodies recovered   12": where no line heads the others, the label alone tells.
            let label = &line[0];
            let nothing = label.start..label.start;
            for cell in line.iter().skip(1).filter(|cell| number(cell) && !number(label)) {
                let (heading, corner, headings) = (nothing.clone(), nothing.clone(), nothing.clone());
                found.insert(cell.start, Column { heading, label: label.clone(), corner, headings });
            }
            continue;
        };
        // The column of labels may be without a heading.
        let shift = match head.len() {
            length if length == line.len() => 0,
            length if length + 1 == line.len() => 1,
            _ => continue,
        };
        let corner = if shift == 0 { head[0].clone() } else { head[0].start..head[0].start };
        let label = if number(&line[0]) { line[0].start..line[0].start } else { line[0].clone() };
        for (place, cell) in line.iter().enumerate().filter(|(_, cell)| number(cell)) {
            if let Some(heading) = place.checked_sub(shift).and_then(|place| head.get(place)) {
                let (heading, label, corner) = (heading.clone(), label.clone(), corner.clone());
                let headings = head[0].start..head[head.len() - 1].end;
                found.insert(cell.start, Column { heading, label, corner, headings });
            }
        }
    }
}
