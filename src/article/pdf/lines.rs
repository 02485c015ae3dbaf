//! Lines of the letters, and paragraphs of the lines.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::Letter;
use crate::article::flow::Flow;
use crate::article::markup::{BlockKind, Markup};

/// What a document comes to.
pub(super) struct Laid {
    pub text: String,
    pub markup: Markup,
    /// How many lines at the head or foot of pages were left out, because they repeat.
    pub running: usize,
}

#[derive(Clone, Debug)]
struct Line {
    text: String,
    from: f64,
    to: f64,
    height: f64,
    size: f64,
    turn: i8,
    page: usize,
}

/// Makes text of the letters of each page.
pub(super) fn lay(pages: Vec<Vec<Letter>>) -> Laid {
    let count = pages.len();
    let mut lines: Vec<Line> = Vec::new();
    for (page, letters) in pages.into_iter().enumerate() {
        lines.extend(lines_of(letters, page));
    }
    let before = lines.len();
    leave_out_running(&mut lines, count);
    let running = before - lines.len();
    let body = usual_size(&lines);
    let words = Words::of(&lines);
    let mut flow = Flow::default();
    let mut paragraph: Vec<&Line> = Vec::new();
    let title = lines.iter().filter(|line| line.page == 0).map(|line| line.size).fold(0.0, f64::max);
    let mut end = |paragraph: &mut Vec<&Line>| {
        let Some(first) = paragraph.first() else { return };
        let text = words.joined(paragraph);
        let large = first.size > body * 1.2 && text.chars().count() <= 300;
        let kind = match large {
            true if first.page == 0 && first.size > title * 0.95 => BlockKind::Heading(1),
            true => BlockKind::Heading(2),
            false if text.contains('\t') => BlockKind::TableRow,
            false => BlockKind::Paragraph,
        };
        flow.begin(kind);
        flow.push(&text, false, false);
        flow.end();
        paragraph.clear();
    };
    for line in &lines {
        if let Some(last) = paragraph.last()
            && !continues(last, line, &paragraph)
        {
            end(&mut paragraph);
        }
        paragraph.push(line);
    }
    end(&mut paragraph);
    let (text, markup) = flow.finish();
    Laid { text, markup, running }
}

/// Letters beside each other are a line; a gap between them is a space, a wide one a tab.
fn lines_of(letters: Vec<Letter>, page: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // The letters that were written last, by place: some programs draw bold letters twice.
    let mut last: Option<Letter> = None;
    for letter in letters {
        let mut text = String::new();
        for c in letter.text.chars().filter(|c| !c.is_control()) {
            match spelt_out(c) {
                "" => text.push(c),
                letters => text.push_str(letters),
            }
        }
        if text.is_empty() {
            continue;
        }
        let twice = last.as_ref().is_some_and(|last| {
            last.text == letter.text
                && (last.from - letter.from).abs() < letter.size * 0.1
                && (last.height - letter.height).abs() < letter.size * 0.1
        });
        if twice && !text.trim().is_empty() {
            continue;
        }
        let continues = lines.last_mut().filter(|line| {
            let size = line.size.max(letter.size);
            line.turn == letter.turn
                && (line.height - letter.height).abs() < size * 0.5
                && letter.from > line.to - size * 0.8
        });
        match continues {
            Some(line) => {
                let gap = letter.from - line.to;
                let size = line.size.max(letter.size);
                if gap > size * 2.5 && !line.text.trim().is_empty() {
                    line.text.truncate(line.text.trim_end().len());
                    line.text.push('\t');
                } else if gap > size * 0.17 && !line.text.ends_with(char::is_whitespace) {
                    line.text.push(' ');
                }
                if !(text.trim().is_empty() && line.text.ends_with(char::is_whitespace)) {
                    line.text.push_str(&text);
                }
                line.to = line.to.max(letter.to);
                if line.text.chars().count() < 4 {
                    // A large first letter does not make the line a large one.
                    line.size = line.size.min(letter.size);
                }
            }
            None => lines.push(Line {
                text,
                from: letter.from,
                to: letter.to,
                height: letter.height,
                size: letter.size,
                turn: letter.turn,
                page,
            }),
        }
        last = Some(letter);
    }
    lines.retain(|line| !line.text.trim().is_empty());
    for line in &mut lines {
        line.text = line.text.trim().to_owned();
    }
    lines
}

/// A ligature is the letters that it joins; nobody counts “ﬁve”.
fn spelt_out(c: char) -> &'static str {
    match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    }
}

/// Takes out what stands at the head or foot of most pages: the name of the paper, the number of
/// the page.
fn leave_out_running(lines: &mut Vec<Line>, pages: usize) {
    if pages < 3 {
        return;
    }
    let without_digits = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let mut edges: BTreeSet<usize> = BTreeSet::new();
    for page in 0..pages {
        let mut of_page: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].page == page).collect();
        of_page.sort_by(|a, b| lines[*b].height.total_cmp(&lines[*a].height));
        edges.extend(of_page.iter().take(2).chain(of_page.iter().rev().take(2)));
    }
    let mut pages_of: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for n in &edges {
        pages_of.entry(without_digits(&lines[*n].text)).or_default().insert(lines[*n].page);
    }
    let mut n = 0;
    lines.retain(|line| {
        let edge = edges.contains(&n);
        n += 1;
        !edge || pages_of.get(&without_digits(&line.text)).is_none_or(|on| on.len() < 3 || on.len() * 2 < pages)
    });
}

/// The size that most letters have.
fn usual_size(lines: &[Line]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in lines {
        *sizes.entry((line.size * 10.0) as i64).or_default() += line.text.chars().count();
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f64 / 10.0)
}

/// Whether a line belongs to the paragraph of the one before it.
fn continues(last: &Line, line: &Line, paragraph: &[&Line]) -> bool {
    if last.turn != line.turn || last.text.contains('\t') || line.text.contains('\t') {
        return false;
    }
    let size = last.size.max(line.size);
    if (last.size - line.size).abs() > size * 0.12 {
        return false;
    }
    let ended = last.text.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', ':']);
    let begins_low = line.text.chars().next().is_some_and(char::is_lowercase);
    if last.page != line.page || line.height > last.height + size * 0.5 {
        // On the next page, or at the top of the next column.
        return !ended && begins_low;
    }
    let down = last.height - line.height;
    let usual = match paragraph {
        [.., before, _] if before.page == last.page && before.height > last.height => before.height - last.height,
        _ => size * 1.45,
    };
    if down > usual * 1.25 + size * 0.1 {
        return false;
    }
    let left = paragraph.iter().skip(1).map(|line| line.from).fold(paragraph[0].from, f64::min);
    let right = paragraph.iter().map(|line| line.to).fold(line.to, f64::max);
    let indented = line.from > left + size * 0.8 && paragraph.len() > 1;
    let short = last.to < left + (right - left) * 0.8;
    let item = line.text.starts_with(['•', '–', '▪', '●', '◦']);
    !(item || ended && (indented || short))
}

/// How often each word is written, for the hyphens at the ends of lines.
struct Words(BTreeMap<String, usize>);

impl Words {
    fn of(lines: &[Line]) -> Self {
        let mut words = BTreeMap::new();
        for line in lines {
            let all: Vec<&str> = line.text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
            // The last of a line may be the half of a word.
            for word in all.iter().take(all.len().saturating_sub(1)).filter(|word| word.len() > 2) {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        Self(words)
    }

    /// The lines of a paragraph on one line.
    fn joined(&self, lines: &[&Line]) -> String {
        let mut text = String::new();
        for line in lines {
            let next = line.text.as_str();
            if text.is_empty() {
                text.push_str(next);
                continue;
            }
            match text.chars().next_back() {
                Some('\u{ad}') => drop(text.pop()),
                Some('-' | '‐') if self.is_broken(&text, next) => drop(text.pop()),
                Some('-' | '‐' | '–' | '—' | '/')
                    if !text[..text.len() - 1].trim_end_matches(['-', '–', '—']).ends_with(' ') => {}
                _ => text.push(' '),
            }
            text.push_str(next);
        }
        text
    }

    /// Whether a hyphen at the end of a line only breaks a word: where the word is written without
    /// it elsewhere; or nowhere with it, and both halves are small letters.
    fn is_broken(&self, text: &str, next: &str) -> bool {
        let before = text.trim_end_matches(['-', '‐']);
        let head = &before[before
            .rfind(|c: char| !c.is_alphanumeric() && c != '-')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
        let tail = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let small = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        if !small(tail) || !tail.starts_with(char::is_lowercase) || !head.ends_with(char::is_lowercase) {
            return false;
        }
        let count = |word: String| self.0.get(&word.to_lowercase()).copied().unwrap_or(0);
        let (joined, apart) = (count(format!("{head}{tail}")), count(format!("{head}-{tail}")));
        joined >= apart && (joined > 0 || (apart == 0 && !head.contains('-') && head.starts_with(char::is_lowercase)))
    }
}
