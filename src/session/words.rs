//! The compiled words of suggestions: those that come with the program once for all sessions,
//! others in the background.

use std::ops::Bound;
use std::sync::{Arc, LazyLock};

use super::open_articles::{Text, suggest_all};
use super::shelf::Shelf;
use super::suggested::{Suggested, Suggestions};
use super::{Session, Severity};
use crate::claim::{ArticleId, Change, Codebook, Conventions, Decision, Edit, Lexicon, SuggestionKey, Verdict, Word};
use crate::reconcile;
use crate::suggest::Suggester;

/// Up to so many bytes of text are suggested for between two frames.
const AT_ONCE: usize = 60_000;

/// A lexicon, all layers laid over one another, and what it compiles to with a codebook.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) suggester: Arc<Suggester>,
}

static BUILT_IN: LazyLock<Words> = LazyLock::new(|| {
    let lexicon = Arc::new(Lexicon::built_in());
    Words { suggester: Arc::new(Suggester::new(&Codebook::built_in(), &lexicon)), lexicon }
});

impl Words {
    /// The words that come with the program, under the built-in codebook. The first call takes a while.
    pub(super) fn built_in() -> Self {
        BUILT_IN.clone()
    }

    /// No words yet: at once.
    pub(super) fn none() -> Self {
        let lexicon = Arc::new(Lexicon::default());
        Self { suggester: Arc::new(Suggester::new(&Codebook::default(), &lexicon)), lexicon }
    }
}

/// What words are compiled from.
#[derive(Clone, Debug)]
pub(super) struct WordSources {
    codebook: Codebook,
    /// The analyst's own layer, then the project's.
    layers: [Lexicon; 2],
}

impl WordSources {
    fn compile(self) -> Words {
        let plain = self.layers.iter().all(|layer| *layer == Lexicon::default());
        if plain && read_alike(&self.codebook, &Codebook::built_in()) {
            return Words::built_in();
        }
        let lexicon = if plain {
            BUILT_IN.lexicon.clone()
        } else {
            let mut lexicon = (*BUILT_IN.lexicon).clone();
            self.layers.into_iter().for_each(|layer| lexicon.add(layer));
            Arc::new(lexicon)
        };
        Words { suggester: Arc::new(Suggester::new(&self.codebook, &lexicon)), lexicon }
    }
}

/// Whether texts are read the same under two codebooks.
fn read_alike(a: &Codebook, b: &Codebook) -> bool {
    let same = (&a.categories, &a.parties, &a.sources) == (&b.categories, &b.parties, &b.sources);
    same && reading(&a.conventions) == reading(&b.conventions)
}

/// Those of the conventions by which words are read.
fn reading(conventions: &Conventions) -> (u8, crate::claim::VagueTable) {
    let Conventions { approx_percent, vague, best: _, tie: _, outside: _ } = conventions;
    (*approx_percent, *vague)
}

/// Whether a change of conventions changes what words are read as.
pub(super) fn changes_reading(change: &Change<Conventions>) -> bool {
    let of = |conventions: &Option<Conventions>| reading(&conventions.clone().unwrap_or_default());
    of(&change.before) != of(&change.after)
}

impl Session {
    /// Adds an entry to the project's words, or changes or removes one. All articles are suggested
    /// for anew in the background; what was decided stays decided.
    pub(super) fn change_word(&mut self, change: &Change<Word>) {
        let Change { before, after, .. } = change;
        if before == after {
            return;
        }
        if let Some(problem) = after.as_ref().and_then(Word::problem) {
            self.notify(Severity::Warning, format!("The words were not changed. {problem}"));
            return;
        }
        let layer = self.workspace.lexicon.clone();
        match layer.with_word(change) {
            Ok(changed) => {
                let verb = match (before, after) {
                    (None, _) => "add",
                    (_, None) => "remove",
                    (Some(before), Some(after)) if !before.is_off() && after.is_off() => "switch off",
                    (Some(before), Some(after)) if before.is_off() && !after.is_off() => "switch on",
                    _ => "change",
                };
                let word = after.as_ref().or(before.as_ref());
                let (sort, key) = word.map_or(("word", ""), |word| (word.sort().word(), word.key()));
                let edit = Edit::Lexicon(Box::new(Change::replace(layer, changed)));
                self.commit(&format!("{verb} {sort} “{key}”"), vec![edit]);
            }
            Err(why) => self.notify(Severity::Warning, format!("The words were not changed: {why}.")),
        }
    }

    /// Readings of the same words that were turned down, other than this one: what the window marks.
    pub fn rejected_readings(&self, key: &SuggestionKey) -> Vec<&SuggestionKey> {
        let other = |decision: &&Decision| {
            decision.verdict == Verdict::Rejected
                && decision.suggestion.same_words(key)
                && decision.suggestion.reading != key.reading
        };
        self.workspace.decisions_on(key).filter(other).map(|decision| &decision.suggestion).collect()
    }

    /// The suggestion that waits on the same count as a key whose own is no longer made.
    pub fn counterpart(&self, key: &SuggestionKey) -> Option<&SuggestionKey> {
        let waiting = self.pending_with_keys(&key.article).map(|(other, _)| other);
        waiting.filter(|other| other.same_words(key)).max_by_key(|other| other.suggester == key.suggester)
    }

    /// What the words of the project are compiled from.
    fn word_sources(&self) -> WordSources {
        let layers = [self.own_layer.clone(), self.workspace.lexicon.clone()];
        WordSources { codebook: self.workspace.codebook.clone(), layers }
    }

    /// The words for a job: those at hand, or in the job's own thread those that are to be.
    pub(super) fn words_for_job(&self) -> impl FnOnce() -> Arc<Suggester> + Send + 'static {
        let ready = (self.compiled == self.compiled_done || !self.suggesting).then(|| self.suggester.clone());
        let sources = self.word_sources();
        move || ready.unwrap_or_else(|| sources.compile().suggester)
    }

    /// Compiles codebook and lexicon anew in the background, and suggests for every article with
    /// them. One compilation runs at a time.
    pub(super) fn recompile(&mut self) {
        self.compiled += 1;
        if !self.compiling && self.suggesting {
            self.compile();
        }
    }

    fn compile(&mut self) {
        self.compiling = true;
        let (sources, texts) = (self.word_sources(), self.shelves.len());
        let (project, compiled) = (self.project_number, self.compiled);
        let fresh = move |session: &Session| session.project_number == project && session.compiled == compiled;
        let name = if texts == 0 { "" } else { "Suggesting" };
        self.jobs.start(name, move |worker| {
            let words = sources.compile();
            let suggester = words.suggester.clone();
            worker.send(move |session| session.take_words(words, compiled, fresh(session)));
            suggest_all(worker, &suggester, texts, move |session, found| {
                let now = session.workspace.articles.get(&found.id).map(|record| &record.metadata);
                if fresh(session) && now == Some(&found.metadata) {
                    session.put_suggested(&found.id, found.suggested, Some(found.shingles));
                }
            });
        });
    }

    fn take_words(&mut self, words: Words, compiled: u64, fresh: bool) {
        self.compiling = false;
        if fresh {
            if self.lexicon != words.lexicon {
                self.outdate(|stale| stale.all = true);
            }
            (self.lexicon, self.suggester) = (words.lexicon, words.suggester);
            self.compiled_done = compiled;
            self.revision += 1;
        } else {
            self.compile();
        }
    }

    /// So many of the texts in use, with what is known of them, in order: those behind an article.
    pub(super) fn texts_after(&self, after: Option<&ArticleId>, count: usize) -> Vec<Text> {
        let text = |(id, shelf): (&ArticleId, &Shelf)| {
            let metadata = self.workspace.articles.get(id)?.metadata.clone();
            Some(Text { article: shelf.article.clone()?, metadata, shingles: shelf.shingles.clone() })
        };
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.shelves.range::<ArticleId, _>((from, Bound::Unbounded)).filter_map(text).take(count).collect()
    }

    /// Suggests for an article whose metadata has changed: at once, or for a long one in the background.
    pub(super) fn suggest_anew(&mut self, id: &ArticleId) {
        if !self.suggesting {
            return;
        }
        let Some(record) = self.workspace.articles.get(id) else { return };
        let Some(article) = self.shelves.get(id).and_then(|shelf| shelf.article.clone()) else { return };
        let (suggester, metadata) = (self.suggester.clone(), record.metadata.clone());
        if article.text.len() <= AT_ONCE {
            let suggested = Suggestions::of(Suggested::new(&suggester, &article, &metadata));
            self.put_suggested(id, suggested, None);
            return;
        }
        let (id, project, compiled, words) = (id.clone(), self.project_number, self.compiled, self.words_for_job());
        self.jobs.start("Suggesting", move |worker| {
            let shingles = reconcile::shingles(&article.text);
            let suggested = Suggestions::of(Suggested::new(&words(), &article, &metadata));
            worker.send(move |session| {
                let now = session.workspace.articles.get(&id).map(|record| &record.metadata);
                if session.project_number == project && session.compiled == compiled && now == Some(&metadata) {
                    session.put_suggested(&id, suggested, Some(shingles));
                }
            });
        });
    }

    /// Puts the suggestions of an article in the place of those before.
    fn put_suggested(&mut self, id: &ArticleId, suggested: Suggestions, shingles: Option<Arc<[u64]>>) {
        let put = self.shelves.change(id, |shelf| {
            shelf.put_built_in(suggested);
            if let Some(shingles) = shingles {
                shelf.shingles = shingles;
            }
            ((), None)
        });
        if put.is_some() {
            self.refresh(id);
            self.shelves.put_away_at(id);
            self.revision += 1;
        }
    }
}
