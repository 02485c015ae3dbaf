//! The text layer of a PDF.
//!
//! A PDF says where each letter stands and not in which order the text is read. Lines are made of
//! letters that stand beside each other, paragraphs of lines below each other, in the order in
//! which the file draws them, which is the order of reading for what text processors and browsers
//! make, and may not be for columns and tables. The article says so.

mod guard;
mod letters;
mod lines;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Remark;
use super::format::Content;
use super::markup::BlockKind;
use super::metadata::Declared;
use super::read::ReadOptions;

const ORDER: &str = "A PDF does not say in which order its text is read. Columns, tables and captions may be out of \
                     order here: compare with the page where it matters";

/// Reads a document. The error is a sentence without the file's name.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let limits = &options.unpacking;
    let guard::Guarded { bytes, left_out } = guard::guard(bytes, limits)?;
    // The library is fuzzed and not known to panic; that it never will is not for us to promise.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let pdf = Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
                "it is protected by a password; save it without one, and open that".to_owned()
            }
            LoadPdfError::Decryption(_) => "it is protected in a way that cannot be read".to_owned(),
            LoadPdfError::Invalid => "it is damaged, or no PDF".to_owned(),
        })?;
        let pages = letters::of(&pdf, limits)?;
        let title = pdf.metadata().title.as_deref().and_then(title);
        Ok::<_, String>((pages, title))
    }));
    let (pages, title) =
        read.unwrap_or_else(|_| Err("it is damaged in a way that its reader did not expect".to_owned()))?;
    let lines::Laid { text, markup, running } = lines::lay(pages);
    if text.trim().is_empty() {
        return Err(if left_out > 0 {
            "nothing of it can be unpacked within the limits; this is an attack, not a document".to_owned()
        } else {
            "there is no text in it, only pictures of pages; have the text recognised (OCR), and open that".to_owned()
        });
    }
    let mut remarks = vec![Remark { span: None, text: ORDER.to_owned() }];
    if running > 0 {
        let text = format!("{running} lines that repeat at the head or foot of its pages are left out");
        remarks.push(Remark { span: None, text });
    }
    if left_out > 0 {
        let text = format!(
            "{left_out} parts of this PDF unpack to more than {} times their length, or do not say how they are packed; they are left out",
            limits.ratio
        );
        remarks.push(Remark { span: None, text });
    }
    let title = title.filter(|_| !markup.blocks.iter().any(|block| block.kind == BlockKind::Heading(1)));
    Ok(Content {
        text: Some(text),
        markup,
        declared: Declared { title, ..Declared::default() },
        remarks,
        ..Content::default()
    })
}

/// A title as the file gives it: UTF-16 or UTF-8 behind a mark, else Latin. What a program put
/// there by itself, such as the name of a file, is none.
fn title(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let made = lower.starts_with("microsoft word") || lower.starts_with("untitled") || lower.starts_with("about:blank");
    let file = [".doc", ".docx", ".pdf", ".indd", ".txt", ".html"].iter().any(|ending| lower.ends_with(ending));
    (!made && !file && text.contains(' ') && !text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
pub(in super::super) mod tests;
