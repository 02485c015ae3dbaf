//! A project in use: commands, history, background jobs, notices. No egui here.

mod command;
mod preview;

pub use command::Command;
pub use preview::differences;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::{Article, ReadOptions};
use crate::claim::{
    Anchor, ArticleId, ArticleRecord, BestRule, Change, Claim, ClaimId, Codebook, Decision, Edit, Lexicon, Metadata,
    Name, Progress, Reconciliation, Ruling, Stamp, Suggestion, SuggestionKey, Transaction, Verdict, Workspace,
};
use crate::reconcile;
use crate::suggest::Suggester;

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

/// Work in the background.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Identity.
    pub id: u64,
    /// "Opening 5 files"
    pub name: String,
    /// From 0 to 1, where it is known.
    pub progress: Option<f32>,
}

/// Whether the work is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Empty,
    /// Every change is on disk, since so many whole seconds.
    Saved {
        /// Seconds since the last change was acknowledged.
        ago: u64,
    },
    /// A change is on its way to disk.
    Saving,
    /// Saving failed; why, and what to do.
    Failed(String),
    /// Opened read-only; why.
    ReadOnly(String),
}

/// A project in use.
#[derive(Debug)]
pub struct Session {
    workspace: Workspace,
    texts: BTreeMap<ArticleId, Arc<Article>>,
    suggester: Arc<Suggester>,
    lexicon: Lexicon,
    suggestions: BTreeMap<ArticleId, Arc<[Suggestion]>>,
    reconciliation: Arc<Reconciliation>,
    revision: u64,
    undo: Vec<Transaction>,
    redo: Vec<Transaction>,
    notices: Vec<Notice>,
    analyst: Name,
}

impl Default for Session {
    fn default() -> Self {
        Self::new("analyst")
    }
}

impl Session {
    /// An untitled, empty project.
    pub fn new(analyst: &str) -> Self {
        let (workspace, lexicon) = (Workspace::new(), Lexicon::built_in());
        Self {
            suggester: Arc::new(Suggester::new(&workspace.codebook, &lexicon)),
            workspace,
            texts: BTreeMap::new(),
            lexicon,
            suggestions: BTreeMap::new(),
            reconciliation: Arc::default(),
            revision: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            notices: Vec::new(),
            analyst: analyst.into(),
        }
    }

    /// Takes in what background work has brought. Called once a frame, before drawing. Returns
    /// whether anything changed.
    pub fn poll(&mut self) -> bool {
        false
    }

    /// Grows with every change of anything that is drawn.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Articles, claims, decisions, rulings, codebook.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Categories, parties, sources, conventions.
    pub fn codebook(&self) -> &Codebook {
        &self.workspace.codebook
    }

    /// All layers of the lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What reads typed counts and dates.
    pub fn suggester(&self) -> &Suggester {
        &self.suggester
    }

    /// The project's name: "Untitled" until it has one.
    pub fn project_name(&self) -> &str {
        "Untitled"
    }

    /// The text of an article; `None` while it is being read, or where it could not be.
    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.texts.get(id)
    }

    /// The claims of an article, by position.
    pub fn claims_of(&self, article: &ArticleId) -> Vec<&Claim> {
        let mut claims: Vec<_> = self.workspace.claims.values().filter(|c| c.article == *article).collect();
        claims.sort_by(|a, b| a.order().cmp(&b.order()));
        claims
    }

    /// The suggestions of an article on which nothing is decided, by position.
    pub fn pending(&self, article: &ArticleId) -> Vec<&Suggestion> {
        let suggestions = self.suggestions.get(article).map_or(&[][..], |s| s);
        suggestions.iter().filter(|s| !self.workspace.decisions.contains_key(&s.key())).collect()
    }

    /// The suggestions of an article that were turned down, by position.
    pub fn rejected(&self, article: &ArticleId) -> Vec<&Suggestion> {
        let suggestions = self.suggestions.get(article).map_or(&[][..], |s| s);
        let rejected = |s: &Suggestion| {
            self.workspace.decisions.get(&s.key()).is_some_and(|decision| decision.verdict == Verdict::Rejected)
        };
        suggestions.iter().filter(|s| rejected(s)).collect()
    }

    /// What the claims (and, while none of an article's is decided, its suggestions) come to.
    pub fn reconciliation(&self) -> &Arc<Reconciliation> {
        &self.reconciliation
    }

    /// Whether the facts shown rest on undecided suggestions, and on how many.
    pub fn provisional(&self) -> usize {
        0
    }

    /// A claim of the facts: the analyst's, or one made provisionally of a suggestion.
    pub fn claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.workspace.claims.get(id)
    }

    /// What "Undo" would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|t| &*t.label)
    }

    /// What "Redo" would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|t| &*t.label)
    }

    /// The transactions of this session, oldest first.
    pub fn history(&self) -> &[Transaction] {
        &self.undo
    }

    /// Messages that have not been read.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Work in the background.
    pub fn jobs(&self) -> &[Job] {
        &[]
    }

    /// Whether the work is on disk.
    pub fn save_state(&self) -> SaveState {
        SaveState::Empty
    }

    /// The analyst's name.
    pub fn analyst(&self) -> &Name {
        &self.analyst
    }

    /// Figures about people in the texts that are neither claimed nor rejected.
    pub fn unannotated(&self) -> usize {
        self.texts.keys().map(|id| self.pending(id).len()).sum()
    }

    /// Adds articles from memory, at once: name and bytes. For tests and pasted text.
    pub fn add_articles(&mut self, files: &[(&str, &[u8])]) {
        let mut edits = Vec::new();
        for (name, bytes) in files {
            match crate::article::read(name, bytes, &ReadOptions::default()) {
                Ok(article) => {
                    edits.push(Edit::Article(Box::new(Change::add(record(&article, self.stamp())))));
                    self.texts.insert(article.id.clone(), Arc::new(article));
                }
                Err(error) => self.notify(Severity::Error, error.to_string()),
            }
        }
        self.commit("open articles", edits);
        for id in self.texts.keys().cloned().collect::<Vec<_>>() {
            let metadata = self.workspace.articles.get(&id).map(|r| r.metadata.clone()).unwrap_or_default();
            let found = self.suggester.suggest(&self.texts[&id], &metadata);
            self.suggestions.insert(id, found.into());
        }
        self.recompute();
    }

    /// Turns a command into a transaction and applies it. What cannot be done becomes a notice.
    pub fn run(&mut self, command: Command) {
        match command {
            Command::Undo => self.step_back(),
            Command::Redo => self.step_forth(),
            Command::Accept(key) => self.accept(&key),
            Command::Reject(key) => {
                let decision = self.decision(key, Verdict::Rejected);
                self.commit("reject suggestion", vec![Edit::Decision(Box::new(Change::add(decision)))]);
            }
            Command::ChangeClaim { claim, label } => {
                if let Some(before) = self.workspace.claims.get(&claim.id).cloned() {
                    self.commit(&label, vec![Edit::Claim(Box::new(Change::replace(before, *claim)))]);
                }
            }
            _ => {}
        }
        self.recompute();
    }

    fn accept(&mut self, key: &SuggestionKey) {
        let Some(suggestion) = self.suggestions.get(&key.article).and_then(|s| s.iter().find(|s| s.key() == *key))
        else {
            return;
        };
        let Some(article) = self.texts.get(&key.article) else { return };
        let Some(anchor) = Anchor::new(&article.text, suggestion.span) else { return };
        let claim = Claim {
            id: ClaimId(format!("c{}", self.revision).into()),
            article: key.article.clone(),
            version: 1,
            evidence: vec![anchor],
            reading: suggestion.reading.clone(),
            trace: suggestion.trace.clone(),
            grade: Some(suggestion.grade),
            note: String::new(),
            suggestion: Some(key.clone()),
            created: self.stamp(),
            changed: None,
            codebook_revision: self.workspace.codebook.revision,
        };
        let decision = self.decision(key.clone(), Verdict::Accepted { claim: claim.id.clone() });
        let edits = vec![Edit::Claim(Box::new(Change::add(claim))), Edit::Decision(Box::new(Change::add(decision)))];
        self.commit("accept suggestion", edits);
    }

    fn decision(&self, suggestion: SuggestionKey, verdict: Verdict) -> Decision {
        let text_sha256 = self.texts.get(&suggestion.article).map_or_else(|| "".into(), |a| a.text_sha256.clone());
        Decision { suggestion, text_sha256, verdict, stamp: self.stamp() }
    }

    fn commit(&mut self, label: &str, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let id: Name = format!("t{}", self.revision).into();
        let transaction = Transaction { id, label: label.into(), edits, stamp: self.stamp() };
        match self.workspace.apply(&transaction) {
            Ok(()) => {
                self.undo.push(transaction);
                self.redo.clear();
                self.revision += 1;
            }
            Err(stale) => self.notify(Severity::Error, stale.to_string()),
        }
    }

    fn step_back(&mut self) {
        let Some(done) = self.undo.pop() else { return };
        let inverse = done.clone().inverted(format!("u{}", self.revision).into(), self.stamp());
        if self.workspace.apply(&inverse).is_ok() {
            self.redo.push(done);
            self.revision += 1;
        }
    }

    fn step_forth(&mut self) {
        let Some(undone) = self.redo.pop() else { return };
        if self.workspace.apply(&undone).is_ok() {
            self.undo.push(undone);
            self.revision += 1;
        }
    }

    fn recompute(&mut self) {
        self.reconciliation = Arc::new(self.reconciled(None, None));
    }

    /// The reconciliation as it stands, with a further ruling or another rule for "best".
    fn reconciled(&self, extra: Option<&Ruling>, best: Option<BestRule>) -> Reconciliation {
        let documents: Vec<_> = (self.workspace.articles.values())
            .map(|record| reconcile::Document {
                id: record.id.clone(),
                metadata: record.metadata.clone(),
                shingles: self.texts.get(&record.id).map_or_else(|| Arc::from([]), |a| reconcile::shingles(&a.text)),
            })
            .collect();
        let claims: Vec<_> = self.workspace.claims.values().collect();
        let rulings: Vec<_> = self.workspace.rulings.values().chain(extra).collect();
        let mut codebook = self.workspace.codebook.clone();
        codebook.conventions.best = best.unwrap_or(codebook.conventions.best);
        reconcile::reconcile(reconcile::Input {
            documents: &documents,
            claims: &claims,
            rulings: &rulings,
            codebook: &codebook,
            lexicon: &self.lexicon,
        })
    }

    /// Whether a claim of the facts was made provisionally of a suggestion.
    pub fn is_provisional(&self, id: &ClaimId) -> bool {
        !self.workspace.claims.contains_key(id)
    }

    fn notify(&mut self, severity: Severity, text: String) {
        let id = self.notices.last().map_or(0, |n| n.id + 1);
        self.notices.push(Notice { id, severity, text });
    }

    fn stamp(&self) -> Stamp {
        Stamp { by: self.analyst.clone(), at: chrono::DateTime::UNIX_EPOCH }
    }
}

fn record(article: &Article, added: Stamp) -> ArticleRecord {
    ArticleRecord {
        id: article.id.clone(),
        name: article.name.clone(),
        metadata: Metadata { ..article.metadata.clone() },
        sha256: article.sha256.clone(),
        text_sha256: article.text_sha256.clone(),
        encoding: article.encoding.name.clone(),
        encoding_reason: article.encoding.reason.clone(),
        reader: article.reader.clone(),
        version: 1,
        progress: Progress::default(),
        added,
    }
}
