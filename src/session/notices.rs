//! Messages that stay until they are read.

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something was left out or is in doubt.
    Warning,
    /// Something failed.
    Error,
}

/// A message that stays until it is read: what happened, to which file, what was kept, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Identity.
    pub id: u64,
    /// How serious.
    pub severity: Severity,
    /// In sentences.
    pub text: String,
}

/// How many are kept; what is said thousands of times is not read anyway.
const MOST: usize = 200;

/// The messages that have not been read.
#[derive(Clone, Debug, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    next: u64,
    /// Those before are of the project that is about to be left.
    mark: u64,
}

impl Notices {
    pub(super) fn list(&self) -> &[Notice] {
        &self.list
    }

    /// Adds a message, unless the same is waiting to be read already.
    pub(super) fn add(&mut self, severity: Severity, text: String) {
        if self.list.iter().any(|notice| notice.text == text) {
            return;
        }
        self.list.push(Notice { id: self.next, severity, text });
        self.next += 1;
        if self.list.len() > MOST {
            self.list.remove(0);
        }
    }

    /// Notes that another project is about to be opened.
    pub(super) fn mark(&mut self) {
        self.mark = self.next;
    }

    /// The project is left: what was said of it goes with it, not what was said since.
    pub(super) fn forget(&mut self) {
        let mark = self.mark;
        self.list.retain(|notice| notice.id >= mark);
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_once_until_it_is_read() {
        let mut notices = Notices::default();
        notices.add(Severity::Info, "a".to_owned());
        notices.add(Severity::Info, "b".to_owned());
        notices.add(Severity::Info, "a".to_owned());
        assert_eq!(notices.list().len(), 2);
        let id = notices.list()[0].id;
        notices.dismiss(id);
        notices.add(Severity::Info, "a".to_owned());
        assert_eq!(notices.list().iter().map(|n| &*n.text).collect::<Vec<_>>(), ["b", "a"]);
        assert_ne!(notices.list()[1].id, id);
        notices.mark();
        notices.add(Severity::Info, "c".to_owned());
        notices.forget();
        assert_eq!(notices.list().iter().map(|n| &*n.text).collect::<Vec<_>>(), ["c"]);
    }
}
