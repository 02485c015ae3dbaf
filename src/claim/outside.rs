//! A suggester of the analyst's own: a command that reads articles and writes suggestions, in the
//! JSON Lines of `docs/formats.md`. Here is only what is kept of it; `project` runs it.

use serde::{Deserialize, Serialize};

use super::{BUILT_IN, Name};

/// A suggester of the analyst's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsideSuggester {
    /// The name that its suggestions carry. Its key.
    pub name: Name,
    /// The program and its arguments in one line, see [`OutsideSuggester::words`].
    pub command: Name,
    /// How long a run may take, in seconds.
    #[serde(default = "standard_limit")]
    pub seconds: u32,
}

fn standard_limit() -> u32 {
    OutsideSuggester::LIMIT
}

impl OutsideSuggester {
    /// How long a run may take where nothing else is said, in seconds.
    pub const LIMIT: u32 = 600;
    /// The longest that a run may be allowed to take, in seconds: a day.
    pub const MOST: u32 = 86_400;

    /// The program and its arguments. Spaces part them; single or double quotes keep together what
    /// stands between them. Nothing else has a meaning: no shell reads the line, and a backslash is
    /// a backslash.
    ///
    /// # Errors
    /// In a sentence, where there is no program or a quote stays open.
    pub fn words(&self) -> Result<Vec<String>, String> {
        let mut words: Vec<String> = Vec::new();
        let (mut word, mut quote): (Option<String>, Option<char>) = (None, None);
        for c in self.command.chars() {
            match (quote, c) {
                (_, '\0') => return Err("The command has a NUL character in it.".to_owned()),
                (Some(open), c) if c == open => quote = None,
                (Some(_), c) => word.get_or_insert_default().push(c),
                (None, '"' | '\'') => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (None, c) if c.is_whitespace() => words.extend(word.take()),
                (None, c) => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        if let Some(open) = quote {
            return Err(format!("A quote ({open}) of the command stays open."));
        }
        match words.first() {
            Some(program) if !program.is_empty() => Ok(words),
            _ => Err("There is no command.".to_owned()),
        }
    }

    /// What is wrong with it, in a sentence; `None` where it can be run.
    pub fn problem(&self) -> Option<String> {
        if let Err(problem) = self.words() {
            return Some(problem);
        }
        let name = self.name.trim();
        if name.is_empty() {
            return Some("It needs a name, which its suggestions carry.".to_owned());
        }
        if name.eq_ignore_ascii_case(BUILT_IN) {
            return Some(format!("“{BUILT_IN}” is the name of the program's own suggestions."));
        }
        if !(1..=Self::MOST).contains(&self.seconds) {
            return Some(format!("The limit must be between 1 and {} seconds.", Self::MOST));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(command: &str) -> OutsideSuggester {
        OutsideSuggester { name: "mine".into(), command: command.into(), seconds: 5 }
    }

    #[test]
    fn a_command_line_is_parted_at_spaces_and_kept_together_by_quotes() {
        for (command, expected) in [
            ("python3 suggest.py", Some(&["python3", "suggest.py"][..])),
            ("  a   b\t c ", Some(&["a", "b", "c"])),
            (r#""C:\My tools\x.exe" --model 'a "b" c'"#, Some(&[r"C:\My tools\x.exe", "--model", r#"a "b" c"#])),
            (r"C:\x.exe", Some(&[r"C:\x.exe"])),
            (r#"a "" b"#, Some(&["a", "", "b"])),
            ("a$(b) | c; d", Some(&["a$(b)", "|", "c;", "d"])),
            (r#"a "b"#, None),
            ("", None),
            (r#""""#, None),
        ] {
            let words = of(command).words().ok();
            assert_eq!(words.as_ref().map(|w| w.iter().map(String::as_str).collect::<Vec<_>>()).as_deref(), expected);
        }
    }

    #[test]
    fn names_and_limits_are_checked() {
        assert_eq!(of("a").problem(), None);
        for wrong in [
            OutsideSuggester { name: " ".into(), ..of("a") },
            OutsideSuggester { name: "Built-in".into(), ..of("a") },
            OutsideSuggester { seconds: 0, ..of("a") },
            of("'"),
        ] {
            assert!(wrong.problem().is_some(), "{wrong:?}");
        }
    }
}
