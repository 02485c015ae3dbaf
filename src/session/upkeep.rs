//! How the facts follow what is done: an edit at once, a long piece of work in the background.
//!
//! A [`Reconciler`] keeps the facts. What it has not been told of yet is noted as stale; it is
//! told between two frames where that is quick, and else goes to the background and comes back,
//! while what it has come to so far stays on show. Facts as of a day are kept by a reconciler of
//! their own, which is told only of the articles that were out by then.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::facts::ToldClaims;
use super::jobs::Post;
use super::{Session, Severity};
use crate::claim::{ArticleId, Codebook, Lexicon, Reconciliation, Ruling};
use crate::reconcile::{Document, Reconciler, is_out};

/// What [`Facts::at_once`] is but in tests.
const AT_ONCE: usize = 1500;

/// When an edit of a larger project took longer than this, the next one goes to the background.
const PATIENCE: Duration = Duration::from_millis(4);

/// A project of more articles is told to its reconciler by so many between two frames.
const TOLD: usize = 1_000;

/// So many articles are compared with others at a time: between two frames a few times, and in the
/// background until something else is to be done.
const COMPARED: usize = 32;
const ROUNDS: usize = 8;

/// While something is done slice by slice, facts that were brought up to date rest for so many times as
/// long as that took: brought up to date after each slice, ten times as much would take a hundred times
/// as long.
const RESTS: u32 = 4;

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
    /// Tells them from others that are kept or were.
    number: u64,
    /// Only what was out by this day is counted; `None` for everything.
    pub(super) day: Option<NaiveDate>,
    pub(super) shown: Arc<Reconciliation>,
    /// How often `shown` was another.
    pub(super) edition: u64,
    pub(super) stale: Stale,
    /// Up to so many claims are read between two frames, and a whole project of so many built up.
    pub(super) at_once: usize,
    /// `None` while it is in the background.
    keeper: Option<Box<Reconciler>>,
    /// What it is told of a large project, as far as that was gathered.
    telling: Option<Telling>,
    /// Tells it there that it is wanted back.
    wanted: Arc<AtomicBool>,
    /// Whether the last edit took long.
    slow: bool,
    /// Until when they rest while something is done slice by slice.
    rests_until: Option<Instant>,
    /// Whether the keeper did not come back: nothing is tried again before there is another edit.
    lost: bool,
}

impl Facts {
    fn new(number: u64, keeper: Reconciler) -> Self {
        Self {
            number,
            day: None,
            shown: Arc::default(),
            edition: 0,
            stale: Stale { all: true, ..Stale::default() },
            at_once: AT_ONCE,
            keeper: Some(Box::new(keeper)),
            telling: None,
            wanted: Arc::default(),
            slow: false,
            rests_until: None,
            lost: false,
        }
    }

    /// Without anything.
    pub(super) fn none(lexicon: Arc<Lexicon>) -> Self {
        Self::new(0, Reconciler::new(Codebook::default(), lexicon))
    }

    /// Tells these facts from others that are kept or were.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether everything is in that there is.
    pub(super) fn is_current(&self) -> bool {
        self.stale.is_none() && self.telling.is_none() && self.keeper.as_ref().is_some_and(|keeper| !keeper.is_behind())
    }

    fn show(&mut self, shown: &Arc<Reconciliation>) {
        let before = std::mem::replace(&mut self.shown, shown.clone());
        self.edition += 1;
        if before.facts.len() > TOLD {
            rayon::spawn(move || drop(before)); // letting go takes a while, too
        }
    }
}

/// An article as the reconciler is told of it.
type Told = (ArticleId, Option<Document>, ToldClaims);

/// A large project as it is gathered for its reconciler.
#[derive(Debug)]
struct Telling {
    update: Update,
    /// The last article that was gathered.
    last: Option<ArticleId>,
}

/// What the reconciler is to be told.
#[derive(Debug, Default)]
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
            keeper.set_article(&id, document, claims.all());
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
    sent: Instant,
    /// Whether what it was told of took long.
    slow: bool,
}

impl Drop for Away {
    fn drop(&mut self) {
        let (number, slow, took) = (self.number, self.slow, self.sent.elapsed());
        let keeper = self.keeper.take().filter(|_| !std::thread::panicking());
        self.post.send(move |session| session.take_keeper(number, keeper, (slow, took)));
    }
}

/// Which facts are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Now,
    /// As of a day, where that was asked for.
    Past,
}

impl Session {
    /// Notes what has changed; the facts follow with [`Session::update_facts`].
    pub(super) fn outdate(&mut self, mark: impl Fn(&mut Stale)) {
        for facts in std::iter::once(&mut self.facts).chain(&mut self.past) {
            mark(&mut facts.stale);
            facts.lost = false;
        }
    }

    /// Notes that an article has changed for the facts.
    pub(super) fn outdate_article(&mut self, id: &ArticleId) {
        self.outdate(|stale| {
            stale.articles.insert(id.clone());
        });
    }

    /// Brings the facts up to date, where they are not.
    pub(super) fn update_facts(&mut self) {
        if self.headless {
            return;
        }
        self.bring_up_to_date(Which::Now);
        self.bring_up_to_date(Which::Past);
        self.answer_questions();
    }

    fn kept(&mut self, which: Which) -> Option<&mut Facts> {
        match which {
            Which::Now => Some(&mut self.facts),
            Which::Past => self.past.as_mut(),
        }
    }

    fn bring_up_to_date(&mut self, which: Which) {
        let slicing = self.is_slicing();
        let Some(facts) = self.kept(which) else { return };
        if facts.is_current() || facts.lost {
            return;
        }
        if slicing && facts.rests_until.is_some_and(|until| Instant::now() < until) {
            return;
        }
        if facts.stale.all && self.workspace.articles.len() > TOLD {
            self.begin_telling(which);
        }
        if !self.tell_on(which) {
            return;
        }
        let Some(facts) = self.kept(which) else { return };
        let Some(mut keeper) = facts.keeper.take() else {
            // It is told of what is stale once it is back.
            if !facts.stale.is_none() || facts.telling.is_some() {
                facts.wanted.store(true, Ordering::Relaxed);
            }
            return;
        };
        let mut update = match facts.telling.take() {
            Some(told) => told.update, // what has become stale meanwhile is told afterwards
            None => {
                let (stale, day) = (std::mem::take(&mut facts.stale), facts.day);
                self.take_update(stale, day)
            }
        };
        let Some(facts) = self.kept(which) else { return };
        let claims = update.claims(keeper.claims());
        let small = claims.max(if update.anew.is_some() { 0 } else { keeper.claims() }) <= facts.at_once;
        if small || claims <= facts.at_once && update.anew.is_none() && !facts.slow {
            let begun = Instant::now();
            // Nobody else holds what is shown, so that it is changed and not copied.
            facts.shown = Arc::default();
            std::mem::take(&mut update).carry_out(&mut keeper);
            for _ in 0..ROUNDS {
                if keeper.is_behind() {
                    keeper.follow(COMPARED);
                    keeper.update();
                }
            }
            facts.show(keeper.shown());
            let took = begun.elapsed();
            facts.slow = !small && took > PATIENCE;
            facts.rests_until = Some(Instant::now() + took * RESTS);
            if !keeper.is_behind() {
                facts.keeper = Some(keeper);
                self.revision += 1;
                if which == Which::Now {
                    self.expected.clear();
                }
                return;
            }
        }
        let wanted = Arc::new(AtomicBool::new(false));
        facts.wanted = wanted.clone();
        let number = facts.number;
        self.revision += 1;
        let away = Away { number, keeper: Some(keeper), post: self.jobs.post(), sent: Instant::now(), slow: false };
        self.send_away(away, update, wanted);
    }

    fn send_away(&mut self, mut away: Away, update: Update, wanted: Arc<AtomicBool>) {
        self.jobs.start("", move |worker| {
            let Some(keeper) = &mut away.keeper else { return };
            let begun = Instant::now();
            update.carry_out(keeper);
            away.slow = begun.elapsed() > PATIENCE;
            while keeper.is_behind() && !wanted.load(Ordering::Relaxed) && !worker.is_stopped() {
                keeper.follow(COMPARED);
                keeper.update();
            }
            drop(away);
        });
    }

    /// Begins to gather all of a large project.
    fn begin_telling(&mut self, which: Which) {
        let stale = Stale { all: true, ..Stale::default() };
        let Some(facts) = self.kept(which) else { return };
        facts.stale = Stale::default();
        let update = self.take_fixed(&stale);
        if let Some(facts) = self.kept(which) {
            facts.telling = Some(Telling { update, last: None });
        }
    }

    /// Gathers more of a large project. Whether nothing is left to be gathered.
    fn tell_on(&mut self, which: Which) -> bool {
        let Some(facts) = self.kept(which) else { return true };
        let day = facts.day;
        let Some(mut telling) = facts.telling.take() else { return true };
        let from = telling.last.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        let next = self.workspace.articles.range::<ArticleId, _>((from, Bound::Unbounded)).map(|(id, _)| id.clone());
        let next: Vec<ArticleId> = next.take(TOLD).collect();
        let done = next.len() < TOLD;
        telling.last = next.last().cloned().or(telling.last);
        telling.update.articles.extend(next.into_iter().map(|id| self.told(id, day)));
        if let Some(facts) = self.kept(which) {
            facts.telling = Some(telling);
        }
        if !done {
            self.jobs.wake();
        }
        done
    }

    /// Whether a large project is being gathered for its reconciler.
    pub(super) fn is_telling(&self) -> bool {
        std::iter::once(&self.facts).chain(&self.past).any(|facts| facts.telling.is_some() && facts.keeper.is_some())
    }

    fn take_keeper(&mut self, number: u64, keeper: Option<Box<Reconciler>>, (slow, took): (bool, Duration)) {
        let mut all = std::iter::once(&mut self.facts).chain(&mut self.past);
        let Some(facts) = all.find(|facts| facts.number == number) else { return };
        match keeper {
            Some(keeper) => {
                facts.show(keeper.shown());
                facts.keeper = Some(keeper);
                (facts.slow, facts.rests_until) = (slow, Some(Instant::now() + took * RESTS));
                if self.facts.number == number {
                    self.expected.clear(); // what was expected is known
                }
            }
            None => {
                let fresh = Reconciler::new(Codebook::default(), self.lexicon.clone());
                facts.keeper = Some(Box::new(fresh));
                (facts.stale.all, facts.lost) = (true, true);
                let text = "The facts could not be worked out: this is a fault of the program. Claims and rulings \
                            are as they were; the next edit tries again.";
                self.notify(Severity::Error, text.to_owned());
            }
        }
        self.revision += 1;
        self.update_facts();
    }

    /// What is stale, as the reconciler is told of it.
    fn take_update(&self, stale: Stale, day: Option<NaiveDate>) -> Update {
        let Stale { all, articles, rulings, codebook } = stale;
        let ids: BTreeSet<ArticleId> =
            if all { self.workspace.articles.keys().chain(self.shelves.keys()).cloned().collect() } else { articles };
        let fixed = self.take_fixed(&Stale { all, rulings, codebook, ..Stale::default() });
        Update { articles: ids.into_iter().map(|id| self.told(id, day)).collect(), ..fixed }
    }

    /// The same, without the articles.
    fn take_fixed(&self, stale: &Stale) -> Update {
        let Stale { all, rulings, codebook, .. } = stale;
        Update {
            anew: all.then(|| self.lexicon.clone()),
            codebook: (*all || *codebook).then(|| self.workspace.codebook.clone()),
            rulings: (*all || *rulings).then(|| self.workspace.rulings.values().cloned().collect()),
            articles: Vec::new(),
        }
    }

    fn told(&self, id: ArticleId, day: Option<NaiveDate>) -> Told {
        if !self.is_counted(&id, day) {
            return (id, None, ToldClaims::default());
        }
        let document = self.workspace.articles.get(&id).map(|record| self.document(&id, record));
        let claims = self.shelves.get(&id).map(|shelf| ToldClaims::of(shelf, self.with_suggestions));
        let claims = claims.unwrap_or_default();
        (id, document, claims)
    }

    /// Facts of what there is that are worked out with the next [`Session::update_facts`].
    fn new_facts(&mut self) -> Facts {
        self.facts_number += 1;
        let keeper = Reconciler::new(Codebook::default(), self.lexicon.clone());
        Facts { at_once: self.facts.at_once, ..Facts::new(self.facts_number, keeper) }
    }

    /// Forgets the facts of another project, and gives them to whoever has the time to let go of them.
    pub(super) fn forget_facts(&mut self) -> impl Send + use<> {
        let edition = self.facts.edition + 1;
        let fresh = Facts { edition, ..self.new_facts() };
        self.with_suggestions = true;
        (std::mem::replace(&mut self.facts, fresh), self.past.take())
    }

    /// Shows the facts as of a day, or as of now.
    pub(super) fn show_as_of(&mut self, day: Option<NaiveDate>) {
        let before = self.as_of();
        if before == day {
            return;
        }
        self.revision += 1;
        let Some(day) = day else {
            self.past = None;
            return;
        };
        let mut past = match self.past.take() {
            Some(past) => past,
            None => self.new_facts(),
        };
        past.day = Some(day);
        // Those that were out by one of the two days alone.
        let out = |window, day: Option<NaiveDate>| day.is_some_and(|day| is_out(window, day) == Some(true));
        let other = self.workspace.articles.iter().filter(|(_, record)| {
            let published = &record.metadata.published;
            out(published, before) != out(published, Some(day))
        });
        past.stale.articles.extend(other.map(|(id, _)| id.clone()));
        self.past = Some(past);
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
