//! Blocks of plain text: lines, wrapped paragraphs, headings that are known by standing short and
//! alone, list items, table rows, captions.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::markup::{Block, BlockKind};
use crate::claim::Span;

/// A heading is seldom longer, in characters.
const TITLE: usize = 160;
/// A heading between paragraphs is seldom longer, in characters.
pub(super) const HEADING: usize = 90;

/// The blocks of a plain text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines_of(text, Span { start: 0, end: text.len() as u32 });
    let width = wrap_width(text, &lines);
    let mut pieces: Vec<Piece> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let body = line.span.of(text);
        let kind = kind_of_line(body);
        let goes_on = width.is_some_and(|width| {
            n > 0
                && !line.after_blank
                && kind == BlockKind::Paragraph
                && lines[n - 1].span.of(text).chars().count() + 1 + first_word(body) > width
        });
        match pieces.last_mut() {
            Some(last) if goes_on && last.kind != BlockKind::TableRow => last.span = last.span.union(line.span),
            _ => pieces.push(Piece { kind, span: line.span, after_blank: line.after_blank }),
        }
    }
    mark_headings(text, &mut pieces);
    pieces.into_iter().map(|piece| Block { kind: piece.kind, span: piece.span }).collect()
}

/// Finds the title and the headings among blocks that have none, by how they stand.
pub(super) fn find_headings(text: &str, blocks: &mut [Block]) {
    let mut end = 0;
    let mut pieces: Vec<Piece> = blocks
        .iter()
        .map(|block| {
            let gap = &text[end..block.span.start as usize];
            let after_blank = end == 0 || gap.matches('\n').count() > 1;
            end = block.span.end as usize;
            Piece { kind: block.kind, span: block.span, after_blank }
        })
        .collect();
    mark_headings(text, &mut pieces);
    for (block, piece) in blocks.iter_mut().zip(pieces) {
        block.kind = piece.kind;
    }
}

struct Piece {
    kind: BlockKind,
    span: Span,
    /// Whether a blank line, or nothing, stands before it.
    after_blank: bool,
}

/// A line that has something on it, without the white space around it.
pub(super) struct Line {
    pub span: Span,
    pub after_blank: bool,
}

/// The lines within a span that have something on them.
pub(super) fn lines_of(text: &str, within: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = within.start as usize;
    let mut after_blank = true;
    for line in within.of(text).split_inclusive('\n') {
        let body = line.trim();
        if body.is_empty() {
            after_blank = true;
        } else {
            let from = start + (line.len() - line.trim_start().len());
            lines.push(Line { span: Span::new(from, from + body.len()), after_blank });
            after_blank = false;
        }
        start += line.len();
    }
    lines
}

fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// The width at which lines are wrapped, in characters, where they are: nearly every line that is
/// followed by another could not have taken its first word as well.
pub(super) fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let lengths: Vec<usize> = lines.iter().map(|line| line.span.of(text).chars().count()).collect();
    let width = lengths.iter().copied().max()?;
    if !(40..=120).contains(&width) {
        return None;
    }
    let (mut full, mut pairs) = (0, 0);
    for (n, line) in lines.iter().enumerate().skip(1).filter(|(_, line)| !line.after_blank) {
        let body = line.span.of(text);
        if kind_of_line(body) == BlockKind::Paragraph {
            pairs += 1;
            full += usize::from(lengths[n - 1] + 1 + first_word(body) + 6 > width);
        }
    }
    (pairs >= 2 && full * 10 >= pairs * 8).then_some(width - 6)
}

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-*+•‣▪●◦–]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][)]\s+)\S").expect("a constant pattern")
});
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s.,;(\[|])(?:(?:file |archive |handout )?(?:photo(?:graph)?s?|image|picture|pic|credit|illustration|video)(?: credit)?(?: ?:|/| by | courtesy )|©\s?\S|\(c\) \S|(?:photo|afp|ap|reuters|epa|getty|tass)\s?/\s?\S)")
        .expect("a constant pattern")
});
static CREDIT_WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["photo", "image", "pic", "credit", "illustration", "video", "©", "(c)", "/"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("constant patterns")
});
// "… on Jan. 29, 2026. Jane Doe / Agency"
static SHARED_CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[.!?”\x22]\s+@?\p{Lu}[\p{L}\d_.'’ \\-]{1,40}\s?/\s?@?\p{Lu}[\p{L}\d_.'’ -]{1,40}$")
        .expect("a constant pattern")
});

static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:related (?:articles?|stor(?:y|ies)|news|links?|content|topics?)|(?:read|see|watch|listen) (?:also|more|next)|also read|more on this(?: story)?|recommended(?: for you| reading)?|most read|trending)\s*(?:[:–—>|]|$)")
        .expect("a constant pattern")
});

/// What a line is by itself; headings need their surroundings.
pub(super) fn kind_of_line(line: &str) -> BlockKind {
    let line = line.trim();
    if line.len() >= 3 && line.chars().all(|c| "-*_=~#·•—–".contains(c) || c.is_whitespace()) {
        return BlockKind::Furniture;
    }
    // A pointer to another article speaks of that one.
    if line.chars().count() < 300 && ELSEWHERE.is_match(line) {
        return BlockKind::Furniture;
    }
    if is_caption(line) {
        return BlockKind::Caption;
    }
    let cells = line.trim_matches('|').split(['|', '\t']).filter(|cell| !cell.trim().is_empty()).count();
    if (cells >= 2 && (line.contains('\t') || line.matches('|').count() >= 2))
        || (line.starts_with('|') && line.ends_with('|'))
    {
        return BlockKind::TableRow;
    }
    if line.ends_with('|') && cells == 1 {
        return BlockKind::TableRow;
    }
    if ITEM.is_match(line) { BlockKind::Item } else { BlockKind::Paragraph }
}

/// A short text with a credit at its end or its beginning: "… on 18/9. Photo: Agency".
fn is_caption(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c == '|' || c.is_whitespace());
    if line.chars().count() > 400 {
        return false;
    }
    // What neither pattern can do without, found in a fraction of the time that they take.
    if !CREDIT_WORDS.is_match(line) {
        return false;
    }
    if SHARED_CREDIT.is_match(line) {
        return true;
    }
    CREDIT.find_iter(line).last().is_some_and(|hit| {
        let after = line[hit.end()..].chars().count();
        (hit.start() == 0 && after < 300) || after <= 60
    })
}

/// Whether a line reads like a heading: short, begun like one, and not ended like a sentence.
pub(super) fn is_headline(line: &str, limit: usize) -> bool {
    let plain = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    let begins = line.chars().find(|c| c.is_alphanumeric());
    line.chars().count() <= limit
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !plain.ends_with(['.', ':', ';', ',', '…', '-', '–', '—', '|'])
        && begins.is_some_and(|c| !c.is_lowercase())
        && !line.starts_with(['[', '(', '@'])
        && !is_byline(line)
        && !super::datelines::is_dateline(line)
}

/// "By Anna Smith", "Anna Smith, Kyiv" and the like are no headings.
fn is_byline(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "by ",
        "author",
        "reporting by",
        "edited by",
        "editing by",
        "updated",
        "published",
        "posted",
        "source:",
        "read more",
        "share ",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

fn mark_headings(text: &str, pieces: &mut [Piece]) {
    let body = |piece: &Piece| piece.span.of(text);
    let is_text = |piece: &Piece| matches!(piece.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let mut title = true;
    for n in 0..pieces.len() {
        let piece = &pieces[n];
        if piece.kind != BlockKind::Paragraph {
            continue;
        }
        let next = pieces.get(n + 1);
        let line = body(piece);
        let alone = next.is_none_or(|next| next.after_blank);
        // Between paragraphs a question ends a sentence more often than it heads a section.
        let asks = line.ends_with(['?', '!']);
        let length = line.chars().count();
        let leads = next.is_some_and(|next| {
            if next.kind == BlockKind::Item && length < HEADING {
                return true;
            }
            if title && (is_byline(body(next)) || super::datelines::is_dateline(body(next))) {
                return true;
            }
            let next_length = body(next).chars().count();
            let sentence = body(next).trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':', '…']);
            !is_text(next) || next_length > length.max(HEADING) || (sentence && next_length > length)
        });
        if title {
            let fits = is_headline(line, TITLE) && next.is_some() && (alone || leads);
            if fits && !line.contains('\n') {
                pieces[n].kind = BlockKind::Heading(1);
            }
            // Only what comes first is the title; a byline or date may stand before it.
            title = !fits && (is_byline(line) || super::datelines::is_dateline(line));
        } else if is_headline(line, HEADING)
            && line.split_whitespace().count() <= 14
            && !line.contains('\n')
            && (!asks || (alone && piece.after_blank))
            && leads
            && next.is_some_and(|next| next.kind != BlockKind::TableRow && next.kind != BlockKind::Caption)
        {
            pieces[n].kind = BlockKind::Heading(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let found: Vec<_> = blocks(text).into_iter().map(|block| (block.kind, block.span.of(text))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lines_are_paragraphs_and_short_ones_head_them() {
        check("", &[]);
        check(" \n\t\n", &[]);
        check("One sentence only.", &[(Paragraph, "One sentence only.")]);
        check(
            "Two Sides Swap 40 Bodies\n\nThe two sides swapped bodies on Monday, officials said.\n\nWhat Comes Next\n\nMore talks are planned for the coming week, they said.\n\nAnna Smith",
            &[
                (Heading(1), "Two Sides Swap 40 Bodies"),
                (Paragraph, "The two sides swapped bodies on Monday, officials said."),
                (Heading(2), "What Comes Next"),
                (Paragraph, "More talks are planned for the coming week, they said."),
                (Paragraph, "Anna Smith"),
            ],
        );
        // Without blank lines, and with no title.
        check(
            "The two sides swapped the bodies of forty soldiers on Monday.\nIdentification and Cooperation\nOfficials said that forensic work would begin at once.",
            &[
                (Paragraph, "The two sides swapped the bodies of forty soldiers on Monday."),
                (Heading(2), "Identification and Cooperation"),
                (Paragraph, "Officials said that forensic work would begin at once."),
            ],
        );
    }

    #[test]
    fn a_title_may_stand_over_a_byline_and_a_heading_over_a_list() {
        let body = "The two sides swapped the bodies of forty soldiers on Monday, officials said.";
        let text = format!("Bodies Swapped\nBy Anna Smith\nMarch 5, 2024\n\n{body}\n\nKey points\n\n- forty bodies\n");
        check(
            &text,
            &[
                (Heading(1), "Bodies Swapped"),
                (Paragraph, "By Anna Smith"),
                (Paragraph, "March 5, 2024"),
                (Paragraph, body),
                (Heading(2), "Key points"),
                (Item, "- forty bodies"),
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The two sides swapped the bodies of forty\nsoldiers on Monday, according to officials\nin both capitals, who gave no other detail.\n\nMore talks are planned for the coming week,\nand both sides say that they will attend\nthem.\n";
        check(
            text,
            &[
                (Paragraph, text.split("\n\n").next().expect("first")),
                (Paragraph, text.split("\n\n").nth(1).expect("second").trim()),
            ],
        );
        // Lines of any length are not wrapped.
        check(
            "Forty.\nA hundred and two were there that day, they said.\nNone.",
            &[
                (Paragraph, "Forty."),
                (Paragraph, "A hundred and two were there that day, they said."),
                (Paragraph, "None."),
            ],
        );
    }

    #[test]
    fn lines_that_are_known_by_their_look() {
        for (line, kind) in [
            ("- 38 bodies to Russia", Item),
            ("• 38 bodies", Item),
            ("2) second", Item),
            ("2026 was worse than 2025.", Paragraph),
            ("Date\tTo Ukraine\tTo Russia", TableRow),
            ("| a | 38 |", TableRow),
            ("![]() |", TableRow),
            ("Coffins at an undisclosed place on 18/9. Photo: Agency", Caption),
            ("Coffins at an undisclosed place on 18/9. Photo: Agency |", Caption),
            ("FILE PHOTO: Coffins are unloaded, May 3, 2025. REUTERS/Jo Doe", Caption),
            ("A photo shared by the headquarters showed a road sign that names the town.", Paragraph),
            ("He said the photos, the videos and the maps that were shown to them all prove it.", Paragraph),
            ("Relief workers at the swap on Jan. 29, 2026. @Some_channel / Telegram", Caption),
            ("Relief workers at the swap. Jane Doe / Agency Photo", Caption),
            ("They spoke of an either / or.", Paragraph),
            ("Related article: Ministry Dismisses Study That Counts 135,000 Dead", Furniture),
            ("READ MORE: What is known", Furniture),
            ("Read more about it in the report: 38 bodies were counted.", Paragraph),
            ("-----", Furniture),
            ("***", Furniture),
        ] {
            assert_eq!(kind_of_line(line), kind, "{line}");
        }
    }
}
