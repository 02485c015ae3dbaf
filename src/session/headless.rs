//! A session without a window: nothing is drawn, so facts and suggestions are made on demand only,
//! and whoever gives a command waits until it is on disk.

use std::time::{Duration, Instant};

use super::{Environment, SaveState, Session};

/// How long a background job may take before whoever waits for it gives up.
const PATIENCE: Duration = Duration::from_secs(3600);

impl Session {
    /// A session of the person at the machine that nobody looks at. See [`Session::start`].
    pub fn start_headless(environment: Environment) -> Self {
        let words = super::words::Words::none();
        let (settings, _) = environment.setup.as_ref().map(crate::project::Settings::load).unwrap_or_default();
        let mut session = Self::with(environment, settings, words);
        (session.headless, session.suggesting) = (true, false);
        session.load_own_lexicon();
        session.recompile(); // is put off until words are asked for
        session
    }

    /// Compiles the words, suggests for every article, and waits for it: what is read or accepted
    /// afterwards is read as in the window.
    pub fn ready_words(&mut self) {
        if !self.suggesting {
            self.suggesting = true;
            self.recompile();
            self.wait(|session| !session.jobs.is_busy());
        }
    }

    /// Waits until something holds; looks whenever background work brings something. Whether it
    /// came to hold within an hour.
    pub fn wait(&mut self, until: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        self.poll();
        while !until(self) {
            if Instant::now() >= end {
                return false;
            }
            if let Some(event) = self.jobs.wait_event(Duration::from_millis(20)) {
                event(self);
                self.poll();
            }
        }
        true
    }

    /// Works under a name of its own in this session; the settings stay as they are.
    pub fn work_as(&mut self, analyst: &str) {
        self.settings.analyst = Some(analyst.into());
        self.analyst = analyst.into();
        self.analyst_named = true;
    }

    /// Why nothing can be changed, where that is so.
    pub fn read_only(&self) -> Option<&str> {
        self.saving.read_only.as_deref()
    }

    /// Waits until files that are being opened are in.
    pub fn wait_for_files(&mut self) {
        self.wait(|session| session.jobs.shown().is_empty());
    }

    /// Waits until nothing is being opened or read.
    pub fn wait_for_jobs(&mut self) {
        self.wait(|session| !session.jobs.is_busy());
    }

    /// Waits until every change so far survives a power cut.
    ///
    /// # Errors
    /// Why it does not, in a sentence.
    pub fn wait_until_safe(&mut self) -> Result<(), String> {
        self.wait(|session| !session.saving.is_awaited());
        match self.save_state() {
            SaveState::Saved { .. } => Ok(()),
            SaveState::Failed(why) | SaveState::ReadOnly(why) => Err(why),
            SaveState::Saving => Err("it takes too long to save".to_owned()),
            SaveState::Empty => Err("nothing is saved: there is no place for it".to_owned()),
        }
    }

    /// How many changes were sent on their way to the disk in this session, undo and redo included.
    pub fn changes(&self) -> u64 {
        self.saving.issued()
    }
}
