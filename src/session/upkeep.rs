//! How the facts follow what is done: an edit at once, a long piece of work in the background.
//!
//! A [`Reconciler`] keeps the facts. What it has not been told of yet is noted as stale; it is
//! told between two frames where that is quick, and else goes to the background and comes back,
//! while what it has come to so far stays on show.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::jobs::Post;
use super::{Session, Severity};
use crate::claim::{ArticleId, Claim, Codebook, Lexicon, Reconciliation, Ruling};
use crate::reconcile::{Document, Reconciler};

/// What [`Facts::at_once`] is but in tests.
const AT_ONCE: usize = 1500;

/// When an edit of a larger project took longer than this, the next one goes to the background.
const PATIENCE: Duration = Duration::from_millis(30);

/// So many articles are compared with others at a time: between two frames a few times, and in the
/// background until something else is to be done.
const COMPARED: usize = 32;
const ROUNDS: usize = 8;

/// What has changed since the facts were last brought up to date.
#[derive(Debug, Default)]
pub(super) struct Stale {
    /// Everything: the facts are worked out from nothing.
    pub(super) all: bool,
    /// Claims, suggestions or metadata of these.
    pub(super) articles: BTreeSet<ArticleId>,
    pub(super) rulings: bool,
    pub(super) codebook: bool,
}

impl Stale {
    /// Whether nothing is.
    fn is_none(&self) -> bool {
        !self.all && self.articles.is_empty() && !self.rulings && !self.codebook
    }
}

/// Facts that are kept up to date.
#[derive(Debug)]
pub(super) struct Facts {
    /// Tells them from others that were kept before.
    number: u64,
    pub(super) shown: Arc<Reconciliation>,
    /// How often `shown` was another.
    pub(super) edition: u64,
    pub(super) stale: Stale,
    /// Up to so many claims are read between two frames, and a whole project of so many built up.
    pub(super) at_once: usize,
    /// `None` while it is in the background.
    keeper: Option<Box<Reconciler>>,
    /// Tells it there that it is wanted back.
    wanted: Arc<AtomicBool>,
    /// Whether the last edit took long.
    slow: bool,
    /// Whether the keeper did not come back: nothing is tried again before there is another edit.
    lost: bool,
}

impl Facts {
    fn new(number: u64, keeper: Reconciler) -> Self {
        Self {
            number,
            shown: Arc::default(),
            edition: 0,
            stale: Stale { all: true, ..Stale::default() },
            at_once: AT_ONCE,
            keeper: Some(Box::new(keeper)),
            wanted: Arc::default(),
            slow: false,
            lost: false,
        }
    }

    /// Without anything.
    pub(super) fn none(lexicon: Arc<Lexicon>) -> Self {
        Self::new(0, Reconciler::new(Codebook::default(), lexicon))
    }

    /// Whether everything is in that there is.
    pub(super) fn is_current(&self) -> bool {
        self.stale.is_none() && self.keeper.as_ref().is_some_and(|keeper| !keeper.is_behind())
    }

    fn show(&mut self, shown: &Arc<Reconciliation>) {
        self.shown = shown.clone();
        self.edition += 1;
    }
}

/// An article as the reconciler is told of it.
type Told = (ArticleId, Option<Document>, Vec<Arc<Claim>>);

/// What the reconciler is to be told.
#[derive(Default)]
struct Update {
    anew: Option<Arc<Lexicon>>,
    codebook: Option<Codebook>,
    rulings: Option<Vec<Ruling>>,
    articles: Vec<Told>,
}

impl Update {
    /// How many claims are read for it, where the reconciler has so many.
    fn claims(&self, kept: usize) -> usize {
        let told = self.articles.iter().map(|(.., claims)| claims.len()).sum();
        // Another codebook may be another reading of everything.
        if self.anew.is_none() && self.codebook.is_some() { kept.max(told) } else { told }
    }

    fn carry_out(self, keeper: &mut Reconciler) {
        let Self { anew, codebook, rulings, articles } = self;
        match (anew, codebook) {
            (Some(lexicon), codebook) => *keeper = Reconciler::new(codebook.unwrap_or_default(), lexicon),
            (None, Some(codebook)) => keeper.set_codebook(&codebook),
            (None, None) => {}
        }
        for (id, document, claims) in articles {
            keeper.set_article(&id, document, claims);
        }
        if let Some(rulings) = rulings {
            keeper.set_rulings(&rulings);
        }
        keeper.update();
    }
}

/// A reconciler in the background: it is sent back whatever happens to it there.
struct Away {
    number: u64,
    keeper: Option<Box<Reconciler>>,
    post: Post,
}

impl Drop for Away {
    fn drop(&mut self) {
        let number = self.number;
        let keeper = self.keeper.take().filter(|_| !std::thread::panicking());
        self.post.send(move |session| session.take_keeper(number, keeper));
    }
}

impl Session {
    /// Notes what has changed; the facts follow with [`Session::update_facts`].
    pub(super) fn outdate(&mut self, mark: impl Fn(&mut Stale)) {
        mark(&mut self.facts.stale);
        self.facts.lost = false;
    }

    /// Notes that an article has changed for the facts.
    pub(super) fn outdate_article(&mut self, id: &ArticleId) {
        self.outdate(|stale| {
            stale.articles.insert(id.clone());
        });
    }

    /// Brings the facts up to date, where they are not.
    pub(super) fn update_facts(&mut self) {
        self.bring_up_to_date();
        self.answer_questions();
    }

    fn bring_up_to_date(&mut self) {
        if self.facts.is_current() || self.facts.lost {
            return;
        }
        let Some(mut keeper) = self.facts.keeper.take() else {
            // It is told of what is stale once it is back.
            if !self.facts.stale.is_none() {
                self.facts.wanted.store(true, Ordering::Relaxed);
            }
            return;
        };
        let mut update = self.take_update();
        let claims = update.claims(keeper.claims());
        let small = claims.max(if update.anew.is_some() { 0 } else { keeper.claims() }) <= self.facts.at_once;
        if small || claims <= self.facts.at_once && update.anew.is_none() && !self.facts.slow {
            let begun = Instant::now();
            // Nobody else holds what is shown, so that it is changed and not copied.
            self.facts.shown = Arc::default();
            std::mem::take(&mut update).carry_out(&mut keeper);
            for _ in 0..ROUNDS {
                if keeper.is_behind() {
                    keeper.follow(COMPARED);
                    keeper.update();
                }
            }
            self.facts.show(keeper.shown());
            self.facts.slow = !small && begun.elapsed() > PATIENCE;
            self.revision += 1;
            if !keeper.is_behind() {
                self.facts.keeper = Some(keeper);
                return;
            }
        } else {
            self.facts.slow = false;
        }
        self.send_away(keeper, update);
    }

    fn send_away(&mut self, keeper: Box<Reconciler>, update: Update) {
        let wanted = Arc::new(AtomicBool::new(false));
        self.facts.wanted = wanted.clone();
        let mut away = Away { number: self.facts.number, keeper: Some(keeper), post: self.jobs.post() };
        self.jobs.start("", move |worker| {
            let Some(keeper) = &mut away.keeper else { return };
            update.carry_out(keeper);
            while keeper.is_behind() && !wanted.load(Ordering::Relaxed) && !worker.is_stopped() {
                keeper.follow(COMPARED);
                keeper.update();
            }
            drop(away);
        });
    }

    fn take_keeper(&mut self, number: u64, keeper: Option<Box<Reconciler>>) {
        if number != self.facts.number {
            return;
        }
        match keeper {
            Some(keeper) => {
                self.facts.show(keeper.shown());
                self.facts.keeper = Some(keeper);
            }
            None => {
                let fresh = Reconciler::new(Codebook::default(), self.lexicon.clone());
                self.facts.keeper = Some(Box::new(fresh));
                (self.facts.stale.all, self.facts.lost) = (true, true);
                let text = "The facts could not be worked out: this is a fault of the program. Claims and rulings \
                            are as they were; the next edit tries again.";
                self.notify(Severity::Error, text.to_owned());
            }
        }
        self.revision += 1;
        self.update_facts();
    }

    /// What is stale, as the reconciler is told of it.
    fn take_update(&mut self) -> Update {
        let Stale { all, articles, rulings, codebook } = std::mem::take(&mut self.facts.stale);
        let ids: BTreeSet<ArticleId> =
            if all { self.workspace.articles.keys().chain(self.shelves.keys()).cloned().collect() } else { articles };
        Update {
            anew: all.then(|| self.lexicon.clone()),
            codebook: (all || codebook).then(|| self.workspace.codebook.clone()),
            rulings: (all || rulings).then(|| self.workspace.rulings.values().cloned().collect()),
            articles: ids.into_iter().map(|id| self.told(id)).collect(),
        }
    }

    fn told(&self, id: ArticleId) -> Told {
        let document = self.workspace.articles.get(&id).map(|record| self.document(&id, record));
        let claims = self.shelves.get(&id).map_or_else(Vec::new, |shelf| {
            let assumed = self.with_suggestions.then_some(&shelf.assumed);
            std::iter::once(&shelf.own).chain(assumed).flat_map(|claims| claims.iter()).cloned().collect()
        });
        (id, document, claims)
    }

    /// Forgets the facts of another project.
    pub(super) fn forget_facts(&mut self) {
        let Facts { number, edition, at_once, .. } = self.facts;
        let fresh = Facts::new(number + 1, Reconciler::new(Codebook::default(), self.lexicon.clone()));
        self.facts = Facts { edition: edition + 1, at_once, ..fresh };
        self.with_suggestions = true;
    }

    /// Lends the reconciler out while the facts are current. What is done to it must be undone.
    pub(super) fn with_keeper<T>(&mut self, ask: impl FnOnce(&mut Reconciler, &Arc<Reconciliation>) -> T) -> Option<T> {
        if !self.facts.is_current() {
            return None;
        }
        let mut keeper = self.facts.keeper.take()?;
        let before = self.facts.shown.clone();
        let answer = ask(&mut keeper, &before);
        self.facts.shown = keeper.shown().clone();
        self.facts.keeper = Some(keeper);
        Some(answer)
    }
}
