//! How a paragraph is set: typefaces and colours, letters one by one where shaping would lose their
//! positions, and which glyph belongs to which character.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::Glyph;
use egui::text::{CharIndex, LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Laid, Stop, above, face};
use crate::article::BlockKind;
use crate::claim::Span;
use crate::ui::fonts;
use crate::ui::reader::sheet::{Sheet, Shown};
use crate::ui::theme::{self, Theme};

/// Sets a paragraph in a column of a width.
pub(super) fn lay_out(ctx: &egui::Context, sheet: &Sheet, index: usize, width: f32, theme: &Theme) -> Laid {
    let shown = sheet.shown(index);
    let paragraph = sheet.paragraphs[index];
    let face = face(paragraph.kind);
    let width = (width - face.indent).max(80.0);
    let sections = sections(sheet, &shown, paragraph.kind, theme);
    let job = |sections: Vec<(Range<usize>, TextFormat)>| LayoutJob {
        text: shown.text.clone(),
        sections: (sections.into_iter())
            .map(|(range, format)| egui::text::LayoutSection {
                leading_space: 0.0,
                byte_range: range.start.into()..range.end.into(),
                format,
            })
            .collect(),
        wrap: TextWrapping::wrap_at_width(width),
        ..LayoutJob::default()
    };
    let set = |job: LayoutJob| ctx.fonts_mut(|fonts| fonts.layout_job(job));
    let mut galley = set(job(sections.clone()));
    let (mut glyphs, mut joined, mut cut) = (None, false, false);
    if !in_order(&galley, &shown.text) {
        cut = true;
        let whole = inked(&galley);
        // First only the words that need it, then all of them: a typeface may join what looks plain.
        let one = [false, true].into_iter().find_map(|all| {
            let (sections, pieces) = letter_by_letter(&shown.text, &sections, all);
            galley = set(job(sections));
            joined = inked(&galley) != whole;
            one_for_each(&galley, &pieces, face.line)
        });
        match one {
            Some(one) => galley = Arc::new(one),
            None => glyphs = Some(align(&galley, &shown)),
        }
    }
    let to_left = shown.text.chars().any(runs_to_left);
    let guarded = cut && (joined || to_left);
    let lacking = lacking(ctx, &shown.text, paragraph.kind);
    let mut laid = Laid {
        galley,
        above: above(sheet, index),
        indent: face.indent,
        kind: paragraph.kind,
        guarded,
        to_left,
        lacking,
        rows: Vec::new(),
        glyphs,
        stops: Vec::new(),
        shown,
    };
    laid.rows = row_starts(&laid);
    laid.stops = stops(&laid);
    laid
}

/// Whether no font has some character of a text. Latin letters, and signs among them, are always there.
fn lacking(ctx: &egui::Context, text: &str, kind: BlockKind) -> bool {
    let beyond: BTreeSet<char> = text.chars().filter(|c| *c > '\u{24F}' && !is_invisible(*c)).collect();
    if beyond.is_empty() {
        return false;
    }
    let font = theme::serif(face(kind).size);
    ctx.fonts_mut(|fonts| beyond.iter().any(|c| !fonts.has_glyph(&font, *c)))
}

/// Whether a letter is of a script that runs from right to left, by the blocks that Unicode keeps for
/// such scripts.
fn runs_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Characters that show nothing by themselves: joiners, marks of direction, selectors of variants.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{FEFF}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E01EF}')
}

/// Where the letters of each row begin. Letters that are joined into one glyph (a ligature: "ffi")
/// share its width.
fn stops(laid: &Laid) -> Vec<Vec<Stop>> {
    // For each letter, its first character, and whether it is one that is joined with others.
    let mut letters: Vec<(usize, bool)> = Vec::new();
    let mut char = 0;
    for letter in laid.shown.text.graphemes(true) {
        letters.push((char, letter.starts_with(char::is_alphanumeric)));
        char += letter.chars().count();
    }
    let mut out = Vec::with_capacity(laid.galley.rows.len());
    for (row, placed) in laid.galley.rows.iter().enumerate() {
        let first = laid.rows[row];
        let end = laid.rows.get(row + 1).copied().unwrap_or(laid.shown.char_count());
        let end = end - usize::from(placed.ends_with_newline && end > first);
        let from = letters.partition_point(|(char, _)| *char < first);
        let to = letters.partition_point(|(char, _)| *char < end);
        let here = &letters[from..to];
        let column = |char: usize| laid.glyph_of(char).saturating_sub(laid.glyph_of(first));
        let left = |char: usize| placed.pos.x + placed.x_offset(CharIndex(column(char)));
        let mut stops: Vec<Stop> = here.iter().map(|(char, _)| Stop { char: *char as u32, x: left(*char) }).collect();
        let right = placed.glyphs.last().map_or(placed.pos.x, |glyph| placed.pos.x + glyph.max_x());
        stops.push(Stop { char: end as u32, x: right.max(left(end)) });
        share_ligatures(&mut stops, here);
        out.push(stops);
    }
    out
}

/// Gives each letter of a ligature its share of the width, which the toolkit gives the first.
fn share_ligatures(stops: &mut [Stop], letters: &[(usize, bool)]) {
    let mut at = 0;
    while at < letters.len() {
        let wide = |n: usize| stops[n + 1].x - stops[n].x > 0.05;
        let mut after = at + 1;
        if letters[at].1 && wide(at) {
            while after < letters.len() && letters[after].1 && !wide(after) {
                after += 1;
            }
            let parts = (after - at) as f32;
            let (left, width) = (stops[at].x, stops[at + 1].x - stops[at].x);
            for (n, stop) in stops[at..after].iter_mut().enumerate().skip(1) {
                stop.x = left + width * n as f32 / parts;
            }
        }
        at = after;
    }
}

/// Whether the glyphs are those of the text, one for each character and in its order.
fn in_order(galley: &Galley, text: &str) -> bool {
    let mut characters = text.chars();
    for row in &galley.rows {
        if !row.glyphs.iter().all(|glyph| characters.next() == Some(glyph.chr)) {
            return false;
        }
        if row.ends_with_newline && characters.next() != Some('\n') {
            return false;
        }
    }
    characters.next().is_none()
}

/// For each character the first glyph that belongs to it, line ends counted as one. A letter that
/// is drawn with several glyphs repeats its character.
fn align(galley: &Galley, shown: &Shown) -> Vec<usize> {
    let newline = |ends: bool| ends.then_some('\n');
    let glyphs: Vec<char> = (galley.rows.iter())
        .flat_map(|row| row.glyphs.iter().map(|glyph| glyph.chr).chain(newline(row.ends_with_newline)))
        .collect();
    let (mut out, mut at) = (Vec::with_capacity(shown.char_count() + 1), 0);
    for (n, character) in shown.text.chars().enumerate() {
        let left = shown.char_count() - n;
        // Glyphs of the letter before, as long as enough are left for all letters to come.
        while at < glyphs.len() && glyphs[at] != character && glyphs.len() - at > left {
            at += 1;
        }
        out.push(at.min(glyphs.len()));
        at += 1;
    }
    out.push(glyphs.len());
    out
}

fn row_starts(laid: &Laid) -> Vec<usize> {
    let (mut glyph, mut out) = (0, Vec::with_capacity(laid.galley.rows.len() + 1));
    for row in &laid.galley.rows {
        out.push(laid.char_of_glyph(glyph).min(laid.shown.char_count()));
        glyph += row.char_count_including_newline().0;
    }
    if out.is_empty() {
        out.push(0);
    }
    out.push(laid.shown.char_count());
    out
}

/// How much lower the lines of every other piece are, in points: no pixel's worth, and enough to tell
/// the glyphs of a piece from those of the next.
const APART: f32 = 1.0 / 256.0;

/// A piece of text that is shaped by itself.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    /// Whether it is a stretch of words with a glyph for each character, and not one letter.
    plain: bool,
}

/// A section for each letter (a whole grapheme cluster, with its marks) of the words that need it, so
/// that none is joined to or reordered with another. What stands between them stays as it is.
fn letter_by_letter<'a>(
    text: &'a str,
    sections: &[(Range<usize>, TextFormat)],
    all: bool,
) -> (Vec<(Range<usize>, TextFormat)>, Vec<Piece<'a>>) {
    let (mut out, mut pieces) = (Vec::new(), Vec::new());
    for (range, format) in sections {
        let mut add = |range: Range<usize>, plain: bool| {
            if range.is_empty() {
                return;
            }
            let line_height = format.line_height.map(|line| if out.len() % 2 == 0 { line } else { line - APART });
            pieces.push(Piece { text: &text[range.clone()], plain });
            out.push((range, TextFormat { line_height, ..format.clone() }));
        };
        let (mut plain_from, mut at) = (range.start, range.start);
        for word in text[range.clone()].split_inclusive(char::is_whitespace) {
            let end = at + word.len();
            if all || word.graphemes(true).any(is_intricate) {
                add(plain_from..at, true);
                for (letter_at, letter) in word.grapheme_indices(true) {
                    add(at + letter_at..at + letter_at + letter.len(), false);
                }
                plain_from = end;
            }
            at = end;
        }
        add(plain_from..range.end, true);
    }
    (out, pieces)
}

/// Whether a letter may have more glyphs than characters, or others, or may stand elsewhere.
fn is_intricate(letter: &str) -> bool {
    let mut characters = letter.chars();
    characters.next().is_some_and(runs_to_left) || characters.next().is_some()
}

/// The same galley with one glyph in its list for each character, where each piece has been shaped by
/// itself: what is drawn stays as it is. Its glyphs are told by the height of their line. Positions,
/// and what a screen reader is given, are counted in that list. `None` where the glyphs are not as
/// expected.
fn one_for_each<'a>(galley: &Galley, pieces: &[Piece<'a>], line: f32) -> Option<Galley> {
    let mut galley = galley.clone();
    // Of the piece that is being gone through, its place and what is left of it.
    let (mut place, mut left) = (0, pieces.first()?.text);
    let step = |place: &mut usize, left: &mut &'a str| {
        while left.is_empty() {
            *place += 1;
            *left = pieces.get(*place)?.text;
        }
        Some(())
    };
    for placed in &mut galley.rows {
        let row = Arc::make_mut(&mut placed.row);
        let glyphs = std::mem::take(&mut row.glyphs);
        let mut at = 0;
        while at < glyphs.len() {
            step(&mut place, &mut left)?;
            if pieces[place].plain {
                left = left.strip_prefix(glyphs[at].chr)?;
                row.glyphs.push(glyphs[at]);
                at += 1;
                continue;
            }
            let other = place % 2 == 1;
            let of_piece = |glyph: &&Glyph| (glyph.line_height < line - APART / 2.0) == other;
            let count = glyphs[at..].iter().take_while(of_piece).count();
            if count == 0 {
                return None;
            }
            row.glyphs.extend(as_letter(&glyphs[at..at + count], left));
            (at, left) = (at + count, "");
        }
        if placed.ends_with_newline {
            step(&mut place, &mut left)?;
            left = left.strip_prefix('\n')?;
        }
    }
    (left.is_empty() && place + 1 == pieces.len()).then_some(galley)
}

/// The glyphs of a letter as one for each of its characters: the first has all of its width. A mark may
/// come before the letter that it stands on, which begins where it takes room.
fn as_letter(glyphs: &[Glyph], text: &str) -> impl Iterator<Item = Glyph> {
    let first = glyphs.iter().find(|glyph| glyph.advance_width > 0.0).unwrap_or(&glyphs[0]);
    let right = glyphs.iter().map(Glyph::max_x).fold(first.max_x(), f32::max);
    let (first, start) = (*first, first.pos.x);
    text.chars().enumerate().map(move |(n, chr)| {
        let mut glyph = first;
        glyph.chr = chr;
        (glyph.pos.x, glyph.advance_width) = if n == 0 { (start, right - start) } else { (right, 0.0) };
        glyph
    })
}

/// How many glyphs show something.
fn inked(galley: &Galley) -> usize {
    galley.rows.iter().flat_map(|row| &row.glyphs).filter(|glyph| !glyph.uv_rect.is_nothing()).count()
}

/// The stretches of a paragraph that are set differently, in bytes of the shown text.
fn sections(sheet: &Sheet, shown: &Shown, kind: BlockKind, theme: &Theme) -> Vec<(Range<usize>, TextFormat)> {
    let markup = &sheet.article.markup;
    let here = Span::new(shown.start, shown.end.max(shown.start + 1));
    let sets = [&markup.syntax, &markup.links, &markup.strong, &markup.emphasis].map(|spans| {
        let first = spans.partition_point(|span| span.end <= here.start);
        let count = spans[first..].iter().take_while(|span| span.start < here.end).count();
        &spans[first..first + count]
    });
    let mut cuts = vec![shown.start, shown.end];
    for span in sets.iter().copied().flatten() {
        cuts.extend([span.start as usize, span.end as usize].map(|byte| byte.clamp(shown.start, shown.end)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut at = 0;
    let mut out: Vec<(Range<usize>, TextFormat)> = Vec::new();
    for pair in cuts.windows(2) {
        let [syntax, link, strong, emphasis] = sets.map(|spans| {
            let next = spans.partition_point(|span| span.end as usize <= pair[0]);
            spans.get(next).is_some_and(|span| span.start as usize <= pair[0])
        });
        let chars = shown.char_of(pair[1]) - shown.char_of(pair[0]);
        let len = shown.text[at..].chars().take(chars).map(char::len_utf8).sum::<usize>();
        let format = format(kind, Dress { dim: syntax || link, strong, emphasis }, theme);
        match out.last_mut() {
            Some((range, last)) if *last == format => range.end += len,
            _ => out.push((at..at + len, format)),
        }
        at += len;
    }
    out
}

/// How a stretch differs from its paragraph.
#[derive(Clone, Copy)]
struct Dress {
    dim: bool,
    strong: bool,
    emphasis: bool,
}

fn format(kind: BlockKind, dress: Dress, theme: &Theme) -> TextFormat {
    let face = face(kind);
    let strong = face.strong || dress.strong;
    let font_id = match (strong, dress.emphasis) {
        (true, _) => theme::serif_strong(face.size),
        (false, true) => FontId::new(face.size, fonts::serif_italic()),
        (false, false) => theme::serif(face.size),
    };
    TextFormat {
        font_id,
        line_height: Some(face.line),
        color: colour(kind, dress.dim, theme),
        italics: strong && dress.emphasis,
        ..TextFormat::default()
    }
}

fn colour(kind: BlockKind, dim: bool, theme: &Theme) -> Color32 {
    match kind {
        _ if dim => theme.faint,
        BlockKind::Furniture | BlockKind::Caption => theme.secondary,
        _ => theme.text,
    }
}
