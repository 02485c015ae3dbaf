//! Which letters a PDF draws, and where.

use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::Affine;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, UNITS_PER_EM};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use crate::article::read::Unpacking;

/// A letter, or several that one sign stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Letter {
    pub text: String,
    /// Along the line of writing: where it begins and ends, in points.
    pub from: f64,
    pub to: f64,
    /// Across it: the height of the baseline; higher is earlier on the page.
    pub height: f64,
    /// The size of the letters, in points.
    pub size: f64,
    /// Which way it is written, in quarters of a turn.
    pub turn: i8,
}

/// Forms in forms deeper than this, and states kept open, are an attack.
const DEEPEST: usize = 20;
const MOST_STATES: usize = 1_000;

/// The letters of each page, in the order in which they are drawn.
pub(super) fn of(pdf: &Pdf, limits: &Unpacking) -> Result<Vec<Vec<Letter>>, String> {
    let fonts: FontResolverFn = Arc::new(|query| {
        Some(match query {
            FontQuery::Standard(font) => font.get_font_data(),
            FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
        })
    });
    let maps: CMapResolverFn = Arc::new(hayro_font::hayro_cmap::load_embedded);
    let cache = FontCache::new();
    let mut hand = Hand { fonts: &fonts, maps: &maps, cache: &cache, letters: Vec::new(), left: limits.bytes };
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let mut content = Vec::new();
        let streams: Vec<Stream<'_>> = match page.raw().get::<Object<'_>>("Contents".as_bytes()) {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(parts)) => parts.iter::<Stream<'_>>().collect(),
            _ => Vec::new(),
        };
        for stream in streams {
            hand.spend(&stream, &mut content)?;
        }
        hand.draw(&content, page.resources(), State::default(), 0)?;
        pages.push(std::mem::take(&mut hand.letters));
    }
    Ok(pages)
}

#[derive(Clone)]
struct State<'a> {
    page: Affine,
    font: Option<Font<'a>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            page: Affine::IDENTITY,
            font: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// What writes.
struct Hand<'a, 'h> {
    fonts: &'h FontResolverFn,
    maps: &'h CMapResolverFn,
    cache: &'h FontCache<'a>,
    letters: Vec<Letter>,
    /// Bytes of content that may still be read: what is drawn again counts again.
    left: usize,
}

impl<'a> Hand<'a, '_> {
    /// Unpacks a stream of content behind what there is.
    fn spend(&mut self, stream: &Stream<'_>, content: &mut Vec<u8>) -> Result<(), String> {
        let Ok(bytes) = stream.decoded_data() else { return Ok(()) };
        self.left = self
            .left
            .checked_sub(bytes.len() + 1)
            .ok_or("what its pages draw, again and again, is more than the limit; this is an attack, not a document")?;
        content.extend_from_slice(&bytes);
        content.push(b' ');
        Ok(())
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: &Resources<'a>,
        first: State<'a>,
        depth: usize,
    ) -> Result<(), String> {
        let mut current = first;
        let mut kept = Vec::new();
        let (mut text, mut line) = (Affine::IDENTITY, Affine::IDENTITY);
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            let state = &mut current;
            let next_line = |line: &mut Affine, x: f64, y: f64| *line *= Affine::translate((x, y));
            match instruction {
                TypedInstruction::SaveState(_) if kept.len() < MOST_STATES => kept.push(state.clone()),
                TypedInstruction::RestoreState(_) => *state = kept.pop().unwrap_or_else(|| state.clone()),
                TypedInstruction::Transform(m) => {
                    state.page *= Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                }
                TypedInstruction::BeginText(_) => (text, line) = (Affine::IDENTITY, Affine::IDENTITY),
                TypedInstruction::CharacterSpacing(n) => state.letter_space = n.0.as_f64(),
                TypedInstruction::WordSpacing(n) => state.word_space = n.0.as_f64(),
                TypedInstruction::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(n) => state.leading = n.0.as_f64(),
                TypedInstruction::TextRise(n) => state.rise = n.0.as_f64(),
                TypedInstruction::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.font =
                        resources.get_font(font.0).and_then(|dict| self.cache.font(&dict, self.fonts, self.maps));
                }
                TypedInstruction::NextLine(by) => {
                    next_line(&mut line, by.0.as_f64(), by.1.as_f64());
                    text = line;
                }
                TypedInstruction::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f64();
                    next_line(&mut line, by.0.as_f64(), by.1.as_f64());
                    text = line;
                }
                TypedInstruction::SetTextMatrix(m) => {
                    line = Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                    text = line;
                }
                TypedInstruction::NextLineUsingLeading(_) => {
                    next_line(&mut line, 0.0, -state.leading);
                    text = line;
                }
                TypedInstruction::ShowText(words) => self.write(words.0.as_bytes(), state, &mut text),
                TypedInstruction::NextLineAndShowText(words) => {
                    next_line(&mut line, 0.0, -state.leading);
                    text = line;
                    self.write(words.0.as_bytes(), state, &mut text);
                }
                TypedInstruction::ShowTextWithParameters(words) => {
                    (state.word_space, state.letter_space) = (words.0.as_f64(), words.1.as_f64());
                    next_line(&mut line, 0.0, -state.leading);
                    text = line;
                    self.write(words.2.as_bytes(), state, &mut text);
                }
                TypedInstruction::ShowTexts(parts) => {
                    for part in parts.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(words) => self.write(words.as_bytes(), state, &mut text),
                            Object::Number(by) => {
                                let by = -by.as_f64() / 1000.0 * state.size;
                                let across = state.font.as_ref().is_none_or(Font::is_horizontal);
                                let by = if across { (by * state.stretch, 0.0) } else { (0.0, by) };
                                text *= Affine::translate(by);
                            }
                            _ => {}
                        }
                    }
                }
                TypedInstruction::XObject(name) if depth < DEEPEST => {
                    let state = state.clone();
                    self.form(resources.get_x_object(name.0), resources, state, depth)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What a form draws, in its place.
    fn form(
        &mut self,
        form: Option<Stream<'a>>,
        around: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), String> {
        let Some(form) = form else { return Ok(()) };
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype".as_bytes()).is_none_or(|kind| kind.as_str() != "Form") {
            return Ok(());
        }
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix".as_bytes()) {
            let numbers: Vec<f64> =
                matrix.iter::<hayro_syntax::object::Number>().map(|number| number.as_f64()).collect();
            if let Ok(numbers) = <[f64; 6]>::try_from(numbers) {
                state.page *= Affine::new(numbers);
            }
        }
        let own = dict.get::<Dict<'a>>("Resources".as_bytes()).map(Resources::new);
        let mut content = Vec::new();
        self.spend(&form, &mut content)?;
        self.draw(&content, own.as_ref().unwrap_or(around), state, depth + 1)
    }

    /// Writes a string, and moves the place of writing behind it.
    fn write(&mut self, bytes: &[u8], state: &State<'_>, text: &mut Affine) {
        let Some(font) = &state.font else { return };
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let glyph = font.glyph(font.map_code(code), code);
            let meant = match &glyph {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let word_space = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let advance = font.code_advance(code);
            let by = |units: f64| units / f64::from(UNITS_PER_EM) * state.size + state.letter_space + word_space;
            let by = if font.is_horizontal() { (by(advance.x) * state.stretch, 0.0) } else { (0.0, by(advance.y)) };
            let drawn = advance.x / f64::from(UNITS_PER_EM) * state.size * state.stretch;
            if let Some(meant) = meant {
                self.put(meant, state.page * *text * Affine::translate((0.0, state.rise)), drawn, state.size);
            }
            *text *= Affine::translate(by);
        }
    }

    fn put(&mut self, meant: BfString, place: Affine, width: f64, size: f64) {
        let [a, b, c, d, x, y] = place.as_coeffs();
        let along = a.hypot(b);
        if ![a, b, c, d, x, y, width, size].iter().all(|number| number.is_finite()) || along == 0.0 {
            return;
        }
        let text = match meant {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        };
        let (right, up) = (a / along, b / along);
        let from = x * right + y * up;
        self.letters.push(Letter {
            text,
            from,
            to: from + width * along,
            height: y * right - x * up,
            // The height of letters that are set wide or narrow is that across the line.
            size: (size * (c.hypot(d)).max(along * 0.2)).abs(),
            turn: (up.atan2(right) / std::f64::consts::FRAC_PI_2).round() as i8,
        });
    }
}
