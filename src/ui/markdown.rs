//! Short texts of the analyst's own, set from Markdown: paragraphs, lists, headings, emphasis, code.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Stroke, Ui};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::fonts::size;
use super::theme::{self, Theme, space};

/// A paragraph as it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    /// What stands before it: "•", "2."
    bullet: String,
    /// How deep in lists it stands.
    depth: usize,
    heading: bool,
    /// Words, and how they are set.
    runs: Vec<(String, Dress)>,
}

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Dress {
    strong: bool,
    emphasis: bool,
    code: bool,
    struck: bool,
}

/// Draws a text. What is no Markdown that it knows stands as it was typed.
pub fn show(ui: &mut Ui, text: &str, theme: &Theme) {
    for block in blocks(text) {
        let width = ui.available_width() - 16.0 * block.depth as f32;
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        for (words, dress) in &block.runs {
            job.append(words, 0.0, format(*dress, block.heading, theme));
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.add_space(16.0 * block.depth.saturating_sub(1) as f32);
            if !block.bullet.is_empty() {
                ui.label(&block.bullet);
            }
            ui.add(egui::Label::new(job).wrap());
        });
        ui.add_space(space::XS);
    }
}

fn format(dress: Dress, heading: bool, theme: &Theme) -> TextFormat {
    let font_id = if dress.code {
        FontId::monospace(size::SMALL)
    } else if dress.strong || heading {
        theme::strong(if heading { size::BODY + 1.0 } else { size::BODY })
    } else {
        FontId::new(size::BODY, egui::FontFamily::Proportional)
    };
    let strikethrough = if dress.struck { Stroke::new(1.0, theme.text) } else { Stroke::NONE };
    let background = if dress.code { theme.field } else { egui::Color32::TRANSPARENT };
    TextFormat { font_id, color: theme.text, italics: dress.emphasis, strikethrough, background, ..Default::default() }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut now = Block::default();
    let mut dress = Dress::default();
    // For each list that is open: the number of its next item, where it is numbered.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut end = |now: &mut Block| {
        if !now.runs.is_empty() {
            out.push(std::mem::take(now));
        }
    };
    for event in Parser::new_ext(text, pulldown_cmark::Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::List(first)) => {
                end(&mut now);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                end(&mut now);
                now.depth = lists.len();
                now.bullet = match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                };
            }
            Event::Start(Tag::Heading { .. }) => {
                end(&mut now);
                now.heading = true;
            }
            Event::End(TagEnd::Item | TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock) => end(&mut now),
            Event::Start(Tag::Strong) => dress.strong = true,
            Event::End(TagEnd::Strong) => dress.strong = false,
            Event::Start(Tag::Emphasis) => dress.emphasis = true,
            Event::End(TagEnd::Emphasis) => dress.emphasis = false,
            Event::Start(Tag::Strikethrough) => dress.struck = true,
            Event::End(TagEnd::Strikethrough) => dress.struck = false,
            Event::Code(words) => now.runs.push((words.to_string(), Dress { code: true, ..dress })),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
                now.runs.push((words.to_string(), dress));
            }
            Event::SoftBreak => now.runs.push((" ".to_owned(), dress)),
            Event::HardBreak => now.runs.push(("\n".to_owned(), dress)),
            _ => {}
        }
    }
    end(&mut now);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks in one line each: bullet, words, "*" around what is strong, "/" around emphasis.
    fn check(text: &str, expected: &[&str]) {
        let line = |block: &Block| {
            let words = block.runs.iter().map(|(words, dress)| match dress {
                Dress { strong: true, .. } => format!("*{words}*"),
                Dress { emphasis: true, .. } => format!("/{words}/"),
                Dress { code: true, .. } => format!("`{words}`"),
                _ => words.clone(),
            });
            let words: String = words.collect();
            let head = if block.heading { "# " } else { "" };
            format!("{}{}{head}{words}", "  ".repeat(block.depth.saturating_sub(1)), block.bullet)
        };
        assert_eq!(blocks(text).iter().map(line).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn guidelines_are_set_as_they_are_meant() {
        check("One.\nStill one.\n\nTwo.", &["One. Still one.", "Two."]);
        check("- a\n- **b** and *c*", &["•a", "•*b* and /c/"]);
        check("2. two\n3. three\n   - deep", &["2.two", "3.three", "  •deep"]);
        check("# Head\nwords with `code`", &["# Head", "words with `code`"]);
        check("a < b & c\n\n<b>kept</b>", &["a < b & c", "<b>kept</b>"]);
        check("", &[]);
    }
}
