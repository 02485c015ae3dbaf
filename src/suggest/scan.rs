//! The one pass over a text that makes tokens and read view.

use super::tokens::{ALL_CAPS, CAPITALISED, GLUED, HAS_DIGIT, POSSESSIVE, Token, TokenKind};
use super::word_set::{mixed, mixed_of};
use crate::article::{Block, Markup, RepairView};

/// The read form of an address: a character that no word has.
const ADDRESS: &str = "\u{fffc}";

/// What a byte of plain text can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
    /// Anything that wants a closer look.
    Else,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Else; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b' ' | b'\n' | b'\t' | b'\r' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b',' | b'.' | b';' | b'(' | b')' | b'"' | b'!' | b'?' | b'-' | b'/' | b'%' => Class::Mark,
            _ => Class::Else,
        };
        byte += 1;
    }
    classes
};

/// A character of the read view, and where it stands in the source.
#[derive(Clone, Copy)]
struct Char {
    start: usize,
    end: usize,
    char: char,
    /// Whether markup that separates words (a cell's border, a tag) stood just before.
    parted: bool,
    /// Where a cell's border stood in that markup.
    border: Option<usize>,
}

/// One pass over a text.
pub(super) struct Builder<'t, 'm> {
    text: &'t str,
    markup: &'m Markup,
    repairs: &'m [(u32, char, char)],
    pub(super) read: String,
    pub(super) tokens: Vec<Token>,
    /// First syntax span that ends behind the place reached.
    hole: usize,
    /// First link that ends behind the place reached.
    link: usize,
    /// First repair at or behind the place reached.
    repair: usize,
    /// End of the block.
    limit: usize,
    /// Before this byte there is neither markup nor damage.
    plain: usize,
    /// Everything before this byte has been read.
    pub(super) done: usize,
    space: bool,
}

impl<'t, 'm> Builder<'t, 'm> {
    pub(super) fn new(text: &'t str, markup: &'m Markup, repairs: &'m RepairView) -> Self {
        Self {
            text,
            markup,
            repairs: repairs.repairs(),
            read: String::with_capacity(text.len()),
            tokens: Vec::with_capacity(text.len() / 4),
            hole: 0,
            link: 0,
            repair: 0,
            limit: 0,
            plain: 0,
            done: 0,
            space: true,
        }
    }

    /// Moves the cursors past what ends at or before `place`.
    fn settle(&mut self, place: usize) {
        let Self { markup, repairs, .. } = self;
        while markup.syntax.get(self.hole).is_some_and(|span| span.end as usize <= place) {
            self.hole += 1;
        }
        while markup.links.get(self.link).is_some_and(|span| span.end as usize <= place) {
            self.link += 1;
        }
        while repairs.get(self.repair).is_some_and(|repair| (repair.0 as usize) < place) {
            self.repair += 1;
        }
        let next = [
            markup.syntax.get(self.hole).map(|span| span.start as usize),
            markup.links.get(self.link).map(|span| span.start as usize),
            repairs.get(self.repair).map(|repair| repair.0 as usize),
        ];
        self.plain = next.into_iter().flatten().fold(self.limit, usize::min);
    }

    /// The next character at or behind `place`, markup and invisible characters skipped. `None` at
    /// the end of the block and where an address begins.
    #[inline]
    fn next(&self, place: usize) -> Option<Char> {
        if place < self.plain {
            let byte = self.text.as_bytes()[place];
            if byte.is_ascii() && byte != 0 {
                return Some(Char { start: place, end: place + 1, char: byte as char, parted: false, border: None });
            }
        }
        self.next_slow(place)
    }

    fn next_slow(&self, mut place: usize) -> Option<Char> {
        let (mut hole, mut link, mut repair) = (self.hole, self.link, self.repair);
        let (mut parted, mut border) = (false, None);
        while place < self.limit {
            let holes = &self.markup.syntax;
            while holes.get(hole).is_some_and(|span| span.end as usize <= place) {
                hole += 1;
            }
            if let Some(span) = holes.get(hole).filter(|span| span.start as usize <= place) {
                let syntax = span.of(self.text);
                parted |= syntax.contains(['|', '<', '\n']);
                border = border.or_else(|| syntax.find('|').map(|bar| span.start as usize + bar));
                place = span.end as usize;
                continue;
            }
            let links = &self.markup.links;
            while links.get(link).is_some_and(|span| span.end as usize <= place) {
                link += 1;
            }
            if links.get(link).is_some_and(|span| span.start as usize <= place) {
                return None;
            }
            let char = self.text.get(place..self.limit)?.chars().next()?;
            let (start, end) = (place, place + char.len_utf8());
            while self.repairs.get(repair).is_some_and(|r| (r.0 as usize) < place) {
                repair += 1;
            }
            let meant = self.repairs.get(repair).filter(|r| r.0 as usize == place).map_or(char, |r| r.2);
            if is_invisible(meant) {
                place = end;
                continue;
            }
            return Some(Char { start, end, char: meant, parted, border });
        }
        None
    }

    /// Reads a block; gives its first token, if there is anything to be read in it.
    pub(super) fn block(&mut self, block: Block) -> Option<usize> {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        if !self.tokens.is_empty() && self.tokens.last().is_some_and(|token| token.kind != TokenKind::Break) {
            self.space = false;
            let from = self.tokens.last().map_or(0, |token| token.end as usize);
            let read = self.read.len();
            self.read.push('\n');
            self.push(TokenKind::Break, from, start.max(from), read, 0);
        }
        self.space = true;
        self.limit = end;
        let before = self.tokens.len();
        let mut place = start;
        self.settle(place);
        loop {
            if place >= self.plain {
                self.settle(place);
            }
            let behind = self.plain_tokens(place);
            if behind > place {
                place = behind;
                continue;
            }
            match self.next(place) {
                Some(c) => place = self.token(c),
                None => match self.address(place) {
                    Some(behind) => place = behind,
                    None => break,
                },
            }
        }
        self.done = end;
        if self.tokens.len() > before {
            return Some(before);
        }
        if self.tokens.last().is_some_and(|token| token.kind == TokenKind::Break) {
            // Nothing to be read in this block: the break belongs to the next one.
            self.tokens.pop();
            self.read.pop();
        }
        None
    }

    /// Reads what most texts are made of, byte by byte: white space, words in plain letters, digits and common
    /// marks, as long as what stands behind them is as plain. Gives the byte behind the last of them; all else is
    /// for [`Self::token`]. Of what has single spaces between its tokens the read view is the text itself in lower
    /// case, and is copied at a stroke.
    fn plain_tokens(&mut self, mut place: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes().get(..self.plain).unwrap_or(&[]);
        let class = |place: usize| bytes.get(place).map_or(Class::Else, |byte| CLASSES[*byte as usize]);
        let run = |mut place: usize, of: Class| {
            while class(place) == of {
                place += 1;
            }
            place
        };
        // What is to be copied: from where, and to where in the read view.
        let mut even: Option<(usize, usize)> = None;
        // Behind the last token of that.
        let mut done = place;
        loop {
            let (end, kind, flags) = match class(place) {
                Class::Space => {
                    self.space = true;
                    place += 1;
                    continue;
                }
                Class::Letter => {
                    let end = run(place, Class::Letter);
                    let length = end - place;
                    // An apostrophe, a digit or the point of an abbreviation may go on with the word.
                    match bytes.get(end) {
                        Some(b'.') if length > 1 => {}
                        Some(b'0'..=b'9' | b'_' | b'\'' | b'`' | b'.' | 0 | 0x80..) | None => break,
                        Some(_) => {}
                    }
                    let capital = bytes[place].is_ascii_uppercase();
                    let all = capital && length > 1 && bytes[place..end].iter().all(u8::is_ascii_uppercase);
                    let flags = if capital { CAPITALISED } else { 0 } | if all { ALL_CAPS } else { 0 };
                    (end, TokenKind::Word, flags)
                }
                Class::Digit => {
                    let end = run(place, Class::Digit);
                    // A separator counts only with a digit on its other side.
                    match (bytes.get(end), bytes.get(end + 1)) {
                        (Some(b',' | b'.'), Some(1..b'0' | b':'..0x80)) => {}
                        (Some(b',' | b'.' | b'\'' | 0 | 0x80..) | None, _) => break,
                        _ => {}
                    }
                    (end, TokenKind::Number, HAS_DIGIT)
                }
                Class::Mark => (place + 1, TokenKind::Punct, 0),
                Class::Else => break,
            };
            let beside = place == done || place == done + 1 && bytes[done] == b' ';
            let (from, read) = match even {
                Some(even) if beside => even,
                _ => {
                    self.copy(even, done);
                    (place, self.begin(false))
                }
            };
            even = Some((from, read));
            let (first, last) = (bytes[place].to_ascii_lowercase(), bytes[end - 1].to_ascii_lowercase());
            let glued = if self.space { 0 } else { GLUED };
            self.space = false;
            self.tokens.push(Token {
                start: place as u32,
                end: end as u32,
                read_start: (read + place - from) as u32,
                read_end: (read + end - from) as u32,
                sentence: 0,
                kind,
                flags: flags | glued,
                initial: first,
                mixed: mixed_of(first, last, end - place),
            });
            (place, done) = (end, end);
        }
        self.copy(even, done);
        place
    }

    /// Copies plain text into the read view, in lower case.
    fn copy(&mut self, even: Option<(usize, usize)>, end: usize) {
        if let Some((from, read)) = even {
            self.read.push_str(&self.text[from..end]);
            self.read[read..].make_ascii_lowercase();
        }
    }

    /// The address that begins at or behind `place` (behind markup only), if one stopped us.
    fn address(&mut self, place: usize) -> Option<usize> {
        let mut place = place;
        loop {
            self.settle(place);
            if place >= self.limit {
                return None;
            }
            if let Some(hole) = self.markup.syntax.get(self.hole).filter(|span| span.start as usize <= place) {
                place = hole.end as usize;
                continue;
            }
            if let Some(link) = self.markup.links.get(self.link).filter(|span| span.start as usize <= place) {
                let end = (link.end as usize).min(self.limit);
                let read = self.begin(false);
                self.read.push_str(ADDRESS);
                self.push(TokenKind::Address, place, end, read, 0);
                return Some(end);
            }
            // Invisible characters before it.
            place += self.text.get(place..self.limit)?.chars().next()?.len_utf8();
        }
    }

    /// Writes the space before a token, and gives its place in the read view.
    fn begin(&mut self, parted: bool) -> usize {
        self.space |= parted;
        if self.space && !self.read.is_empty() && !self.read.ends_with('\n') {
            self.read.push(' ');
        }
        self.read.len()
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize, read: usize, flags: u8) {
        let glued = if self.space { 0 } else { GLUED };
        self.space = false;
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            read_start: read as u32,
            read_end: self.read.len() as u32,
            sentence: 0,
            kind,
            flags: flags | glued,
            initial: self.read.as_bytes().get(read).copied().unwrap_or(0),
            mixed: mixed(&self.read.as_bytes()[read..]),
        });
    }

    /// Reads one token (or white space) that begins with `first`; gives the byte behind it.
    fn token(&mut self, first: Char) -> usize {
        if let Some(border) = first.border {
            // A cell's border that is markup still ends what stands in the cell.
            let read = self.begin(true);
            self.read.push('|');
            self.push(TokenKind::Punct, border, border + 1, read, 0);
            self.space = true;
        }
        match first.char {
            c if c.is_whitespace() || c.is_control() => {
                self.space = true;
                first.end
            }
            c if digit(c).is_some() => self.number(first),
            '¼'..='¾' | '⅐'..='⅞' => {
                let read = self.begin(first.parted);
                self.read.push(first.char);
                self.push(TokenKind::Number, first.start, first.end, read, HAS_DIGIT);
                first.end
            }
            c if is_letter(c) => self.word(first),
            _ => self.mark(first),
        }
    }

    fn number(&mut self, first: Char) -> usize {
        let read = self.begin(first.parted);
        let mut end = first.start;
        let mut next = Some(first);
        while let Some(c) = next {
            if let Some(figure) = digit(c.char) {
                self.read.push(figure);
                end = c.end;
                next = self.next(end).filter(|c| !c.parted);
                continue;
            }
            // A separator counts only with a digit on its other side.
            let separator = matches!(c.char, ',' | '.' | '\'' | '’');
            match separator.then(|| self.next(c.end)).flatten().filter(|c| !c.parted && digit(c.char).is_some()) {
                Some(behind) => {
                    self.read.push(if c.char == '’' { '\'' } else { c.char });
                    next = Some(behind);
                }
                None => break,
            }
        }
        self.push(TokenKind::Number, first.start, end, read, HAS_DIGIT);
        end
    }

    fn word(&mut self, first: Char) -> usize {
        let read = self.begin(first.parted);
        let mut flags = if first.char.is_uppercase() { CAPITALISED } else { 0 };
        let (mut letters, mut capitals) = (0usize, 0usize);
        let (mut end, mut last) = (first.start, first);
        let mut next = Some(first);
        while let Some(c) = next {
            let mut c = c;
            if c.char.is_ascii_lowercase() {
                self.read.push(c.char);
                letters += 1;
                // Most letters of most texts: taken over together.
                let ahead = self.text.as_bytes().get(c.end..self.plain).unwrap_or(&[]);
                let more = ahead.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
                if more > 0 {
                    let behind = c.end + more;
                    self.read.push_str(&self.text[c.end..behind]);
                    letters += more;
                    let char = char::from(ahead[more - 1]);
                    c = Char { start: behind - 1, end: behind, char, parted: false, border: None };
                }
            } else if is_letter(c.char) {
                letters += 1;
                capitals += usize::from(c.char.is_uppercase());
                push_lower(&mut self.read, c.char);
            } else if let Some(figure) = digit(c.char) {
                self.read.push(figure);
                flags |= HAS_DIGIT;
            } else if is_mark(c.char) || c.char == '_' {
                self.read.push(c.char);
            } else if is_apostrophe(c.char) {
                // "O'Brien", "didn't": inside; "Russia's": a token of its own.
                let Some(behind) = self.next(c.end).filter(|b| !b.parted && is_letter(b.char)) else { break };
                let ending = matches!(behind.char, 's' | 'S')
                    && self
                        .next(behind.end)
                        .is_none_or(|b| b.parted || !(is_letter(b.char) || digit(b.char).is_some()));
                if ending {
                    break;
                }
                self.read.push('\'');
            } else if c.char == '.' && letters > 0 && self.abbreviates(last, c) {
                self.read.push('.');
                end = c.end;
                last = c;
                next = self.next(end).filter(|n| !n.parted && is_letter(n.char));
                if end >= self.plain {
                    self.settle(end);
                }
                continue;
            } else {
                break;
            }
            end = c.end;
            last = c;
            if end >= self.plain {
                self.settle(end);
            }
            next = self.next(end).filter(|n| !n.parted);
        }
        if letters > 1 && capitals == letters {
            flags |= ALL_CAPS;
        }
        self.push(TokenKind::Word, first.start, end, read, flags);
        self.possessive(end)
    }

    /// Whether a point belongs to the word: "U.S.", "p.m.", a single letter on its left, and on its
    /// right a single letter with a point, or the end of such a chain.
    fn abbreviates(&self, letter: Char, point: Char) -> bool {
        if !is_letter(letter.char) {
            return false;
        }
        // The letter stands alone: at the start of the word or behind another point.
        let token = self.tokens.last().map_or(0, |token| token.read_end as usize);
        let word = self.read[token..].trim_start();
        let chain = word.rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
        if !chain {
            return false;
        }
        if word.contains('.') {
            return true;
        }
        let Some(second) = self.next(point.end).filter(|c| !c.parted && is_letter(c.char)) else { return false };
        self.next(second.end).is_some_and(|c| c.char == '.')
    }

    /// The possessive behind a word that ends at `end`.
    fn possessive(&mut self, end: usize) -> usize {
        let Some(apostrophe) = self.next(end).filter(|c| !c.parted && is_apostrophe(c.char)) else { return end };
        let Some(s) = self.next(apostrophe.end).filter(|c| !c.parted && matches!(c.char, 's' | 'S')) else {
            return end;
        };
        if self.next(s.end).is_some_and(|c| !c.parted && (is_letter(c.char) || digit(c.char).is_some())) {
            return end;
        }
        let read = self.read.len();
        self.read.push_str("'s");
        self.push(TokenKind::Word, apostrophe.start, s.end, read, POSSESSIVE);
        s.end
    }

    fn mark(&mut self, first: Char) -> usize {
        // An address that no markup tells of.
        if first.char == ':'
            && self.tokens.last().is_some_and(|token| token.kind == TokenKind::Word && !self.space)
            && self.text[first.end..self.limit].starts_with("//")
        {
            return self.bare_address(first.end);
        }
        let read = self.begin(first.parted);
        let after_s = !self.space
            && self.tokens.last().is_some_and(|t| t.kind == TokenKind::Word && t.read_end as usize == read)
            && self.read.ends_with('s');
        let (char, flags) = match first.char {
            '‘' | '‚' | '‛' => ('\'', 0),
            c if is_apostrophe(c) => {
                let open_ended = self.next(first.end).is_none_or(|c| c.parted || c.char.is_whitespace());
                ('\'', if after_s && open_ended { POSSESSIVE } else { 0 })
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => ('"', 0),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => ('-', 0),
            '\u{2012}' | '\u{2013}' => ('–', 0),
            '\u{2014}' | '\u{2015}' => ('—', 0),
            c => (c, 0),
        };
        self.read.push(char);
        self.push(TokenKind::Punct, first.start, first.end, read, flags);
        first.end
    }

    /// Makes the word before ("https") and all up to white space one address.
    fn bare_address(&mut self, from: usize) -> usize {
        let length = self.text[from..self.limit]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|'))
            .unwrap_or(self.limit - from);
        let body = self.text[from..from + length].trim_end_matches(['.', ',', ';', ')', ']', '!', '?', '\'']);
        let end = from + body.len();
        if let Some(word) = self.tokens.last_mut() {
            self.read.truncate(word.read_start as usize);
            self.read.push_str(ADDRESS);
            *word = Token {
                end: end as u32,
                read_end: self.read.len() as u32,
                kind: TokenKind::Address,
                initial: ADDRESS.as_bytes()[0],
                mixed: mixed(ADDRESS.as_bytes()),
                flags: word.flags & GLUED,
                ..*word
            };
        }
        self.settle(end);
        end
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

/// Combining marks, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '′' | '`' | '´')
}

/// Characters that are there and not seen: joiners, soft hyphens, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The ASCII digit of a decimal digit: full-width and Arabic ones included.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

fn push_lower(read: &mut String, c: char) {
    if c.is_ascii() {
        read.push(c.to_ascii_lowercase());
    } else {
        read.extend(c.to_lowercase());
    }
}
