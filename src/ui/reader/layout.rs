//! Paragraphs set in type: one galley each, made when it is first seen, and kept while it may be seen
//! again; and where in it each letter stands.

mod set;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Vec2, pos2, vec2};

use super::sheet::{Sheet, Shown};
use crate::article::BlockKind;
use crate::claim::{ArticleId, Name};
use crate::ui::theme::Theme;

/// How many paragraphs are kept laid out. A window shows some thirty; ten times as many make
/// scrolling back and forth free.
const KEPT: usize = 400;

/// Distance of lines of body text, in points. Less than 26 and the lines of overlapping spans
/// touch the letters of the next row.
pub const LINE: f32 = 27.0;
/// Size of body text, in points.
pub const BODY: f32 = 17.0;
/// Width of the column of text, in points: about 70 characters.
pub const COLUMN: f32 = 664.0;

/// How a kind of block is set.
struct Face {
    size: f32,
    line: f32,
    strong: bool,
    /// Space above its first row.
    above: f32,
    /// Space on the left.
    indent: f32,
}

fn face(kind: BlockKind) -> Face {
    let body = Face { size: BODY, line: LINE, strong: false, above: 12.0, indent: 0.0 };
    match kind {
        BlockKind::Heading(1) => Face { size: 22.0, line: 30.0, strong: true, above: 20.0, ..body },
        BlockKind::Heading(2) => Face { size: 19.0, line: 28.0, strong: true, above: 20.0, ..body },
        BlockKind::Heading(_) => Face { strong: true, above: 16.0, ..body },
        BlockKind::Paragraph => body,
        BlockKind::Item => Face { above: 4.0, indent: 16.0, ..body },
        BlockKind::TableRow => Face { size: 15.0, line: 26.0, above: 2.0, ..body },
        BlockKind::Caption => Face { size: 15.0, line: 26.0, above: 8.0, ..body },
        BlockKind::Quote => Face { indent: 20.0, ..body },
        BlockKind::Furniture => Face { size: 14.0, line: 26.0, above: 8.0, ..body },
    }
}

/// Everything that galleys depend on, beside the text: where any of it changes, all are laid out anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The article.
    pub article: ArticleId,
    /// The hash of its text.
    pub text: Name,
    /// Width of the column, in points.
    pub width: f32,
    /// Colours.
    pub dark: bool,
    /// Pixels for a point.
    pub scale: f32,
    /// Which typefaces there are.
    pub fonts: FontId,
}

/// Where a position stands in a laid-out paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The row, from 0.
    pub row: usize,
    /// Points from the left edge of the galley.
    pub x: f32,
}

/// A laid-out paragraph.
#[derive(Clone, Debug)]
pub struct Laid {
    /// What it shows, and how that maps to the article.
    pub shown: Shown,
    /// Its rows.
    pub galley: Arc<Galley>,
    /// Space above the first row, in points.
    pub above: f32,
    /// Space on the left of the rows, in points.
    pub indent: f32,
    /// What it is.
    pub kind: BlockKind,
    /// Whether words look otherwise than they should because their letters are set one by one, since
    /// shaping would lose the positions: words from right to left, letters that are joined.
    pub guarded: bool,
    /// Whether some of its letters run from right to left.
    pub to_left: bool,
    /// Whether no font has some of its characters.
    pub lacking: bool,
    /// For each row, the character it begins with, and at the end the number of characters.
    rows: Vec<usize>,
    /// For each character, the glyph it begins with, where glyphs and characters are not one to one.
    glyphs: Option<Vec<usize>>,
    /// For each row, the characters at which letters begin, and their left edges; at last the row's end.
    stops: Vec<Vec<Stop>>,
}

/// Where a letter (a whole grapheme cluster) begins, or the last one of a row ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    /// The character, counted in the paragraph.
    char: u32,
    /// Points from the left edge of the galley.
    x: f32,
}

/// Height of the notice under a paragraph whose letters are set one by one.
pub const NOTICE: f32 = 20.0;

impl Laid {
    /// Height with the space above and a notice below, in points.
    pub fn height(&self) -> f32 {
        self.above + self.galley.rect.height() + if self.notice().is_some() { NOTICE } else { 0.0 }
    }

    /// What has to be said of how it is shown, under it.
    pub fn notice(&self) -> Option<&'static str> {
        match (self.guarded, self.to_left, self.lacking) {
            (true, true, false) => {
                Some("Right-to-left text is shown letter by letter, from left to right; positions are right.")
            }
            (true, true, true) => Some(
                "Right-to-left text is shown letter by letter; some characters are in no font of this computer. \
                 Positions are right.",
            ),
            (true, false, false) => Some("Joined characters are shown one by one; positions are right."),
            (true, false, true) => Some(
                "Joined characters are shown one by one; some characters are in no font of this computer. \
                 Positions are right.",
            ),
            (false, _, true) => Some("Some characters are in no font of this computer; positions are right."),
            (false, _, false) => None,
        }
    }

    /// Where the galley's corner stands, the paragraph's corner being given.
    pub fn origin(&self, corner: Pos2) -> Pos2 {
        corner + vec2(self.indent, self.above)
    }

    /// How many rows it has; at least 1.
    pub fn row_count(&self) -> usize {
        self.galley.rows.len().max(1)
    }

    /// A row's rectangle in the galley.
    pub fn row_rect(&self, row: usize) -> Rect {
        self.galley.rows.get(row).map_or(Rect::from_min_size(Pos2::ZERO, vec2(0.0, LINE)), |row| row.rect())
    }

    /// The bytes of the article that a row shows.
    pub fn row_bytes(&self, row: usize) -> Range<usize> {
        let char = |row: usize| self.rows.get(row).copied().unwrap_or(self.shown.char_count());
        self.shown.byte_of(char(row))..self.shown.byte_of(char(row + 1))
    }

    /// Where a byte of the article stands. Between two rows it stands at the beginning of the
    /// later one, or with `early` at the end of the first.
    pub fn place(&self, byte: usize, early: bool) -> Place {
        let char = self.shown.char_of(byte);
        let mut row = self.rows.partition_point(|first| *first <= char).saturating_sub(1).min(self.row_count() - 1);
        if early && row > 0 && self.rows[row] == char {
            row -= 1;
        }
        Place { row, x: self.x_of(row, char) }
    }

    /// The left edge of a character in a row, that of its letter where it does not begin one; at the
    /// row's end, the right edge of that.
    fn x_of(&self, row: usize, char: usize) -> f32 {
        let Some(stops) = self.stops.get(row) else { return 0.0 };
        let at = stops.partition_point(|stop| stop.char as usize <= char).saturating_sub(1);
        stops.get(at).map_or(0.0, |stop| stop.x)
    }

    fn glyph_of(&self, char: usize) -> usize {
        match &self.glyphs {
            Some(glyphs) => glyphs.get(char).or(glyphs.last()).copied().unwrap_or(0),
            None => char,
        }
    }

    fn char_of_glyph(&self, glyph: usize) -> usize {
        match &self.glyphs {
            // The first of those that begin with it, else the one that it is a part of.
            Some(glyphs) => {
                let at = glyphs.partition_point(|first| *first < glyph);
                if glyphs.get(at) == Some(&glyph) { at } else { at.saturating_sub(1) }
            }
            None => glyph,
        }
    }

    /// The byte of the article at a point of the galley, and whether it is meant to stand at the
    /// end of its row rather than at the beginning of the next.
    pub fn hit(&self, at: Vec2) -> (usize, bool) {
        let last = self.row_count() - 1;
        let row = (0..last).find(|row| at.y < self.row_rect(*row).max.y).unwrap_or(last);
        self.hit_row(row, at.x)
    }

    /// The byte nearest to a distance from the left edge, in a row: between two letters, never in
    /// one.
    pub fn hit_row(&self, row: usize, x: f32) -> (usize, bool) {
        let (Some(stops), Some(placed)) = (self.stops.get(row), self.galley.rows.get(row)) else {
            return (self.shown.start, false);
        };
        let after = stops.partition_point(|stop| stop.x <= x);
        let (before, after) = (after.checked_sub(1).map(|at| stops[at]), stops.get(after));
        let nearest = match (before, after) {
            (Some(before), Some(after)) if x - before.x < after.x - x => before,
            (Some(before), None) => before,
            (_, Some(after)) => *after,
            (None, None) => return (self.shown.start, false),
        };
        let end = self.rows.get(row + 1).copied().unwrap_or(self.shown.char_count());
        let end = end - usize::from(placed.ends_with_newline && end > self.rows[row]);
        let char = (nearest.char as usize).clamp(self.rows[row], end);
        (self.shown.byte_of(char), char == end && row + 1 < self.row_count())
    }

    /// The byte of the letter that a point of the galley lies on.
    pub fn letter_under(&self, at: Vec2) -> usize {
        let last = self.row_count() - 1;
        let row = (0..last).find(|row| at.y < self.row_rect(*row).max.y).unwrap_or(last);
        let Some(stops) = self.stops.get(row) else { return self.shown.start };
        // The last stop is the end of the row, and no letter.
        let letters = &stops[..stops.len().saturating_sub(1).max(1).min(stops.len())];
        let under = letters.partition_point(|stop| stop.x <= at.x).saturating_sub(1);
        letters.get(under).map_or(self.shown.start, |stop| self.shown.byte_of(stop.char as usize))
    }

    /// The rectangles of a range of bytes of the article, in the galley, one for each row that it
    /// touches, without white space at a row's end.
    pub fn rects(&self, bytes: Range<usize>) -> Vec<(usize, Rect)> {
        let (from, to) = (self.shown.char_of(bytes.start), self.shown.char_of(bytes.end));
        let first = self.rows.partition_point(|row| *row <= from).saturating_sub(1);
        let mut out = Vec::new();
        for row in first..self.galley.rows.len() {
            let (start, end) = (self.rows[row], self.rows.get(row + 1).copied().unwrap_or(self.shown.char_count()));
            if start >= to {
                break;
            }
            let rect = self.row_rect(row);
            let left = self.x_of(row, from.max(start));
            let right = if to < end { self.x_of(row, to) } else { self.words_end(row, to) };
            if right > left {
                out.push((row, Rect::from_min_max(pos2(left, rect.min.y), pos2(right, rect.max.y))));
            }
        }
        out
    }

    /// The right edge of the last glyph of a row that is not white space.
    fn words_end(&self, row: usize, to: usize) -> f32 {
        let placed = &self.galley.rows[row];
        let count = self.glyph_of(to).saturating_sub(self.glyph_of(self.rows[row])).min(placed.glyphs.len());
        let words = placed.glyphs[..count].iter().rposition(|glyph| !glyph.chr.is_whitespace());
        words.map_or(placed.pos.x, |last| placed.pos.x + placed.glyphs[last].max_x())
    }
}

/// The galleys of an article, made on demand and kept within bounds.
#[derive(Debug, Default)]
pub struct Cache {
    setting: Option<Setting>,
    laid: BTreeMap<usize, (Arc<Laid>, u64)>,
    frame: u64,
    /// A galley out of the toolkit's own cache. That cache is emptied whenever the atlas of glyphs
    /// is (it was full, or fonts or their options have changed), and galleys kept from before
    /// would point at other letters. As long as this one comes back, the others hold.
    witness: Option<Arc<Galley>>,
}

impl Cache {
    /// Begins a frame. Returns whether everything has to be laid out anew.
    pub fn begin(&mut self, ctx: &egui::Context, setting: Setting) -> bool {
        self.frame += 1;
        let font = setting.fonts.clone();
        let witness = ctx.fonts_mut(|fonts| fonts.layout_no_wrap("§".to_owned(), font, Color32::BLACK));
        let holds = self.witness.as_ref().is_some_and(|before| Arc::ptr_eq(before, &witness));
        let fresh = self.setting.as_ref() != Some(&setting);
        if fresh || !holds {
            self.laid.clear();
        }
        self.witness = Some(witness);
        self.setting = Some(setting);
        fresh
    }

    /// Ends a frame: what has not been seen for longest is dropped.
    pub fn end(&mut self) {
        if self.laid.len() > KEPT {
            let mut ages: Vec<u64> = self.laid.values().map(|(_, frame)| *frame).collect();
            ages.sort_unstable();
            let oldest = ages[ages.len() - KEPT * 3 / 4].min(self.frame);
            self.laid.retain(|_, (_, frame)| *frame >= oldest);
        }
    }

    /// A paragraph, laid out.
    pub fn get(&mut self, ctx: &egui::Context, sheet: &Sheet, index: usize, theme: &Theme) -> Arc<Laid> {
        if let Some((laid, frame)) = self.laid.get_mut(&index) {
            *frame = self.frame;
            return laid.clone();
        }
        let width = self.setting.as_ref().map_or(COLUMN, |setting| setting.width);
        let laid = Arc::new(set::lay_out(ctx, sheet, index, width, theme));
        self.laid.insert(index, (laid.clone(), self.frame));
        laid
    }
}

/// The height that a paragraph will roughly have, without laying it out.
pub fn estimate(sheet: &Sheet, index: usize, width: f32) -> f32 {
    let paragraph = &sheet.paragraphs[index];
    let face = face(paragraph.kind);
    // Letters of the serif are about 0.45 of its size wide; other scripts take more bytes a letter.
    let row = ((width - face.indent).max(80.0) / (face.size * 0.45)) as usize;
    let rows = paragraph.span.len().div_ceil(row.max(1));
    rows as f32 * face.line + above(sheet, index)
}

/// The space above a paragraph's first row, in points.
pub fn above(sheet: &Sheet, index: usize) -> f32 {
    let paragraph = &sheet.paragraphs[index];
    if index == 0 || !paragraph.begins { 0.0 } else { face(paragraph.kind).above }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, read};
    use crate::ui::theme;
    use unicode_segmentation::UnicodeSegmentation as _;

    /// Lays out the first paragraph of a text in a column.
    fn laid(text: &str, width: f32) -> (Sheet, Arc<Laid>) {
        let article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read");
        let sheet = Sheet::new(Arc::new(article));
        let setting = Setting {
            article: sheet.article.id.clone(),
            text: sheet.article.text_sha256.clone(),
            width,
            dark: false,
            scale: 1.0,
            fonts: theme::serif(BODY),
        };
        let (ctx, mut cache, mut out) = (egui::Context::default(), Cache::default(), None);
        for _ in 0..2 {
            let mut drawn = ctx.run_ui(egui::RawInput::default(), |ui| {
                if theme::install(ui.ctx()) {
                    cache.begin(ui.ctx(), setting.clone());
                    out = Some(cache.get(ui.ctx(), &sheet, 0, &Theme::light()));
                }
            });
            drawn.textures_delta.clear();
        }
        (sheet, out.expect("the second pass has the fonts"))
    }

    #[test]
    fn a_range_over_several_rows_has_a_rectangle_for_each() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let (_, laid) = laid(text, 150.0);
        assert!(laid.row_count() > 2);
        let all = laid.rects(0..text.len());
        assert_eq!(all.len(), laid.row_count());
        for (row, rect) in &all {
            let bytes = laid.row_bytes(*row);
            let (end, _) = laid.hit_row(*row, f32::INFINITY);
            assert_eq!(rect.min.x, 0.0);
            assert!(rect.max.x <= 150.0 && rect.width() > 20.0);
            assert!(text[bytes.clone()].trim_end().len() <= bytes.len() && end <= bytes.end);
        }
        let word = text.find("two").expect("there");
        let [(0, rect)] = laid.rects(word..word + 3)[..] else { panic!("one rectangle in the first row") };
        assert!(rect.min.x > 10.0 && rect.width() > 10.0 && rect.width() < 60.0, "{rect:?}");
        assert!(laid.rects(word..word).is_empty());
    }

    #[test]
    fn between_two_rows_the_caret_stands_at_either() {
        let text = "one two three four five six seven eight nine ten";
        let (_, laid) = laid(text, 150.0);
        let second = laid.row_bytes(1).start;
        let (late, early) = (laid.place(second, false), laid.place(second, true));
        assert_eq!((late.row, late.x), (1, 0.0));
        assert!(early.row == 0 && early.x > 50.0);
        assert_eq!(laid.hit_row(0, f32::INFINITY), (second, true));
        assert_eq!(laid.hit_row(1, f32::NEG_INFINITY), (second, false));
    }

    #[test]
    fn every_letter_is_hit_where_it_stands_in_every_script() {
        for (script, text) in [
            (
                "Latin",
                "An office waffle, affine flights: ﬁve fjords, e\u{301}lan, nai\u{308}ve cafe\u{301}s, 1,000 of 38.",
            ),
            ("Cyrillic", "Київ отримав тіла 1000 загиблих військових, ё и\u{306}."),
            ("Greek", "Η Αθήνα παρέλαβε τις σορούς 38 στρατιωτών, ά και α\u{301}."),
            ("Arabic", "تسلمت كييف رفات 1000 جندي، لا إله"),
            ("Hebrew", "קייב קיבלה את גופותיהם של 38 חיילים, שָׁלוֹם"),
            ("Chinese", "乌克兰接收了一千名士兵的遗体，共38具。"),
            ("Japanese", "ウクライナは38人の兵士の遺体を受け取った。が か\u{3099}"),
            ("Korean", "우크라이나는 병사 1000명의 시신을 인수했다. \u{1112}\u{1161}\u{11AB}"),
            ("Thai", "ยูเครนรับศพทหาร 38 ราย ที่นี่"),
            ("Devanagari", "यूक्रेन को 38 सैनिकों के शव मिले"),
            ("emoji", "Back 😀 home 👩‍👩‍👧 at 🇺🇦 last 👍🏽 all"),
            ("two directions", "Kyiv, כי קיבלה, said 38 قتلى today."),
        ] {
            for width in [170.0, 600.0] {
                check_letters(script, text, width);
            }
        }
    }

    /// Points at a quarter and at three quarters of each letter's width: the first is nearer to its
    /// beginning, the second to its end, and both lie on it.
    fn check_letters(script: &str, text: &str, width: f32) {
        let (sheet, laid) = laid(text, width);
        let text = &*sheet.article.text;
        let mut hit = 0;
        for (at, letter) in text.grapheme_indices(true).filter(|(_, letter)| !letter.trim().is_empty()) {
            let end = at + letter.len();
            let rects = laid.rects(at..end);
            let [(row, rect)] = rects[..] else {
                assert!(rects.is_empty(), "{script}: {letter:?} stands in several rows");
                continue;
            };
            // What is narrower than that shows nothing: a joiner, a sign without a glyph.
            if rect.width() < 0.5 {
                continue;
            }
            hit += 1;
            let point = |share: f32| vec2(rect.min.x + rect.width() * share, rect.center().y);
            assert_eq!(laid.letter_under(point(0.25)), at, "{script}, {width}: on {letter:?} of {text}");
            assert_eq!(laid.letter_under(point(0.75)), at, "{script}, {width}: on {letter:?} of {text}");
            assert_eq!(laid.hit(point(0.25)).0, at, "{script}, {width}: before {letter:?} of {text}");
            assert_eq!(laid.hit(point(0.75)).0, end, "{script}, {width}: behind {letter:?} of {text}");
            assert_eq!(laid.place(at, false).row, row, "{script}, {width}: {letter:?}");
        }
        let letters = text.graphemes(true).filter(|letter| !letter.trim().is_empty()).count();
        assert!(hit * 10 >= letters * 9, "{script}, {width}: only {hit} of {letters} letters have a place");
    }

    /// A mark that is set without its letter takes room, and shows a dotted circle.
    #[test]
    fn marks_stand_on_their_letters() {
        let width = |text: &str| laid(text, 600.0).1.galley.rect.width();
        for (marked, plain) in [
            ("Cafe\u{301} de Sa\u{303}o Tome\u{301}", "Cafe de Sao Tome"),
            ("ש\u{5B8}\u{5C1}לו\u{5B9}ם", "שלום"),
            ("ที่นี่", "ทนี"),
            ("में", "मे"),
            ("❤\u{FE0F} 38", "❤ 38"),
        ] {
            let (marked_width, plain_width) = (width(marked), width(plain));
            let near = (marked_width - plain_width).abs() < 0.12 * plain_width;
            assert!(near, "{marked}: {marked_width} instead of {plain_width}");
        }
    }

    #[test]
    fn letters_of_a_ligature_share_its_width() {
        let (_, laid) = laid("office", 300.0);
        let width = |n: usize| laid.rects(n..n + 1).first().map_or(0.0, |(_, rect)| rect.width());
        for n in 0.."office".len() {
            assert!(width(n) > 1.5, "letter {n}: {}", width(n));
        }
    }

    #[test]
    fn what_cannot_be_shown_as_it_should_be_is_said() {
        let notice = |text: &str| laid(text, 300.0).1.notice();
        assert_eq!(notice("Plain words, “quoted” — ’tis 38 %."), None);
        assert_eq!(notice("Київ отримав тіла; Αθήνα."), None);
        assert!(notice("קיבלה 38").is_some_and(|words| words.contains("Right-to-left")));
        assert_eq!(notice("Back ✅ home 🔥, 12 😀"), None, "emoji are bundled");
        assert_eq!(notice("यूक्रेन को 38 सैनिकों"), None, "no letter of it is joined with the next");
        assert_eq!(notice("ทหาร 38 นาย ที่นี่"), None);
        assert_eq!(notice("Cafe\u{301} owners in Sa\u{303}o Tome\u{301}: 12"), None);
        assert!(notice("一千具遗体").is_some_and(|words| words.contains("no font")), "no such font is bundled");
    }

    #[test]
    fn the_cache_stays_within_bounds_and_keeps_what_was_seen_last() {
        let text = "words\n\n".repeat(2_000);
        let article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read");
        let sheet = Sheet::new(Arc::new(article));
        let setting = Setting {
            article: sheet.article.id.clone(),
            text: "".into(),
            width: 300.0,
            dark: false,
            scale: 1.0,
            fonts: theme::serif(BODY),
        };
        let (ctx, mut cache) = (egui::Context::default(), Cache::default());
        for pass in 0..20 {
            let mut drawn = ctx.run_ui(egui::RawInput::default(), |ui| {
                if theme::install(ui.ctx()) {
                    cache.begin(ui.ctx(), setting.clone());
                    for index in pass * 50..pass * 50 + 50 {
                        cache.get(ui.ctx(), &sheet, index, &Theme::light());
                    }
                    cache.end();
                }
            });
            drawn.textures_delta.clear();
            assert!(cache.laid.len() <= KEPT + 50);
        }
        assert!(cache.laid.contains_key(&999) && !cache.laid.contains_key(&60));
    }
}
