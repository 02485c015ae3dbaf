//! RON as the project writes and reads it: the same bytes for the same values, and messages that
//! name file, line, column and field.

use ron::ser::PrettyConfig;
use serde::{Serialize, de::DeserializeOwned};

use super::lenient::Lenient;

/// The largest RON file that is read, in bytes.
pub const LIMIT: u64 = 64 << 20;

/// What is wrong with a file of a project, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file, relative to the project's folder, with `/`.
    pub file: String,
    /// Line and column, both from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// The field that does not read: `claims[3].reading.count`; empty where it is the whole file.
    pub field: String,
    /// What is wrong, in words.
    pub message: String,
}

impl FileError {
    /// Something wrong with a file as a whole.
    pub fn whole(file: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self { file: file.into(), place: None, field: String::new(), message: message.to_string() }
    }

    /// Something wrong with a field, in a file that reads.
    pub fn field(file: impl Into<String>, field: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self { file: file.into(), place: None, field: field.into(), message: message.to_string() }
    }
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        if !self.field.is_empty() {
            write!(f, ": in {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for FileError {}

/// A value as a file of its own: fields in order, one a line, a final newline.
pub fn write<T: Serialize>(value: &T) -> String {
    let config = PrettyConfig::new().new_line("\n").indentor("  ").struct_names(false);
    // Nothing that is written here can fail: no map keys or numbers that RON has not.
    let text = ron::ser::to_string_pretty(value, config).unwrap_or_default();
    plain_apostrophes(&text) + "\n"
}

/// A value on one line, without a line end.
pub fn write_line<T: Serialize>(value: &T) -> String {
    plain_apostrophes(&ron::ser::to_string(value).unwrap_or_default())
}

/// RON escapes apostrophes in strings, which need none; quotes are full of them.
fn plain_apostrophes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    let mut in_string = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('\'') if in_string => out.push('\''),
                next => {
                    out.push('\\');
                    out.extend(next);
                }
            },
            '\'' if !in_string => {
                // A character, not a string: copied up to its own apostrophe, so that '"' opens nothing.
                out.push('\'');
                while let Some(inner) = characters.next() {
                    out.push(inner);
                    match inner {
                        '\\' => out.extend(characters.next()),
                        '\'' => break,
                        _ => {}
                    }
                }
            }
            _ => {
                in_string ^= character == '"';
                out.push(character);
            }
        }
    }
    out
}

/// What is made of fields that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// They are errors.
    Strict,
    /// They are passed over: for projects of a newer minor version, which are not written.
    Lenient,
}

/// Reads a value from the bytes of a file. A byte-order mark before it is passed over.
///
/// # Errors
/// Where the bytes are not UTF-8, or not such a value; unknown and repeated fields included.
pub fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, FileError> {
    read_as(file, bytes, Strictness::Strict)
}

/// [`read`], with a choice of what unknown fields are.
///
/// # Errors
/// Where the bytes are not UTF-8, or not such a value.
pub fn read_as<T: DeserializeOwned>(file: &str, bytes: &[u8], strictness: Strictness) -> Result<T, FileError> {
    let text = text_of(file, bytes)?;
    if text.trim().is_empty() {
        return Err(FileError::whole(file, "the file is empty"));
    }
    // To keep track of where it is, for a message, takes a third of the time: that is for files that do not read.
    if strictness == Strictness::Strict
        && let Ok(mut deserializer) = ron::Deserializer::from_str(text)
        && let Ok(value) = T::deserialize(&mut deserializer)
        && deserializer.end().is_ok()
    {
        return Ok(value);
    }
    let fail = |error: ron::error::SpannedError, field: String| FileError {
        file: file.to_owned(),
        place: Some((error.span.start.line, error.span.start.col)),
        field,
        message: words(&error.code),
    };
    let mut deserializer = ron::Deserializer::from_str(text).map_err(|error| fail(error, String::new()))?;
    let parsed = match strictness {
        Strictness::Strict => serde_path_to_error::deserialize(&mut deserializer),
        Strictness::Lenient => serde_path_to_error::deserialize(Lenient(&mut deserializer)),
    };
    let value = parsed.map_err(|error| {
        let path = error.path().to_string();
        fail(deserializer.span_error(error.into_inner()), if path == "." { String::new() } else { path })
    })?;
    deserializer.end().map_err(|error| fail(deserializer.span_error(error), String::new()))?;
    Ok(value)
}

/// The text of a file, without its byte-order mark.
pub fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, FileError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').filter(|b| **b & 0xC0 != 0x80).count() + 1;
        FileError {
            file: file.to_owned(),
            place: Some((line, column)),
            field: String::new(),
            message: "not UTF-8".to_owned(),
        }
    })
}

/// The words of an error, with the names of fields that are known where one is not.
fn words(error: &ron::Error) -> String {
    match error {
        ron::Error::NoSuchStructField { expected, found, .. } => {
            format!("unknown field “{found}” (known here: {})", expected.join(", "))
        }
        ron::Error::ExceededRecursionLimit => "nested too deeply".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        letter: Option<char>,
        inner: BTreeMap<String, Vec<Inner>>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        n: u32,
    }

    fn sample(name: &str, letter: char) -> Sample {
        let inner = BTreeMap::from([("a \"b\" 'c'".to_owned(), vec![Inner { n: 1 }])]);
        Sample { name: name.to_owned(), letter: Some(letter), inner }
    }

    #[test]
    fn what_is_written_reads_back_and_is_written_the_same() {
        for name in
            ["", "TASS's \"word\"", "back\\slash\\' end\\", "two\nlines\r\n", "é 😀 e\u{301} \u{200b} \0", "'", "\""]
        {
            for letter in ['A', '\'', '"', '\\'] {
                let value = sample(name, letter);
                let text = write(&value);
                assert_eq!(read::<Sample>("a.ron", text.as_bytes()).as_ref(), Ok(&value), "{text}");
                let line = write_line(&value);
                assert!(!line.contains('\n'), "{line}");
                assert_eq!(read::<Sample>("a.ron", line.as_bytes()).as_ref(), Ok(&value), "{line}");
            }
        }
        let text = write(&sample("TASS's", 'A'));
        assert!(text.contains("TASS's") && text.ends_with(")\n"), "{text}");
    }

    #[test]
    fn a_message_names_file_line_column_and_field() {
        let check = |text: &str, expected: &str| {
            let error = read::<Sample>("notes/a.ron", text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            "(\n  name: \"x\",\n  letter: None,\n  inner: {\"a\": [(n: 1), (n: 2, m: 3)]},\n)",
            "notes/a.ron:4:32: in inner.a[1].m: unknown field “m” (known here: n)",
        );
        check("(\n  name: 7)", "notes/a.ron:2:8: in name: Expected string");
        check("(name: \"x\", letter: None, inner: {})\nmore", "notes/a.ron:1:37: Non-whitespace trailing characters");
        check(" \n", "notes/a.ron: the file is empty");
        check("(name: \"x", "notes/a.ron:1:8: in name: Expected end of string");
        let error = read::<Sample>("a.ron", b"(\n  n\xff").unwrap_err();
        assert_eq!(error.to_string(), "a.ron:2:4: not UTF-8");
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(read::<Inner>("a.ron", b"\xEF\xBB\xBF(n: 3)"), Ok(Inner { n: 3 }));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        let text = "(inner: {\"a\": ".to_owned() + &"[".repeat(100_000);
        assert!(read::<Sample>("a.ron", text.as_bytes()).is_err());
    }
}
