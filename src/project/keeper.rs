//! A store on a thread of its own: takes orders, reports back, and writes checkpoints when the
//! work rests.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use super::merge::Outside;
use super::notation::FileError;
use super::store::{ArticleBytes, Found, Store};
use crate::claim::{ArticleId, FactVerdict, Name, Transaction};

/// When touched files are written.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// After so much rest.
    pub rest: Duration,
    /// After so much work without rest.
    pub work: Duration,
    /// How long to wait before what failed is tried again.
    pub again: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self { rest: Duration::from_secs(2), work: Duration::from_secs(10), again: Duration::from_secs(5) }
    }
}

/// What a keeper is asked to do, in order.
#[derive(Debug)]
pub enum Order {
    /// Write the bytes and texts of articles, before the transaction that adds them.
    KeepArticles(Vec<ArticleBytes>),
    /// Take a transaction in; `number` comes back with the report that it is safe.
    Apply {
        /// Its number, growing.
        number: u64,
        /// The transaction.
        transaction: Transaction,
    },
    /// Write the touched files now.
    Checkpoint,
    /// Look whether somebody else has changed any file.
    LookAround,
    /// What was found in a file has been merged.
    Adopt(Outside),
    /// Give the project another place and name.
    SaveAs {
        /// A new or empty folder.
        folder: PathBuf,
        /// Its name.
        name: Name,
    },
    /// The analyst has another name.
    RenameAnalyst(Name),
    /// How many facts have each verdict.
    NoteVerdicts(Vec<(FactVerdict, usize)>),
    /// Write everything and end.
    Close,
    /// End at once, as a kill would: for tests.
    Abandon,
}

/// What a keeper reports.
#[derive(Debug)]
pub enum Report {
    /// All transactions up to a number survive a power cut.
    Safe {
        /// The number.
        through: u64,
    },
    /// Something could not be written: what, and why. What was done stays in memory and is tried again.
    Failed(FileError),
    /// The touched files are written; all transactions up to a number are in them.
    Checkpointed {
        /// The number.
        through: u64,
    },
    /// Somebody else has changed files.
    Found(Found),
    /// The project lies elsewhere now, or could not be put there.
    SavedAs(Result<PathBuf, FileError>),
    /// All is written, the lock is free; or why not all could be.
    Closed(Result<(), FileError>),
}

/// A store at work on its thread.
#[derive(Debug)]
pub struct Keeper {
    orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread. `report` is called on it.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(store: Store, timing: Timing, report: impl Fn(Report) + Send + 'static) -> std::io::Result<Self> {
        let (orders, received) = mpsc::channel();
        let desk = Desk {
            store,
            timing,
            report,
            received,
            dirty_since: None,
            changed: Instant::now(),
            failed: None,
            backlog: Vec::new(),
            applied: 0,
            looked: None,
        };
        let thread = std::thread::Builder::new().name("tallymark-keeper".to_owned()).spawn(move || desk.work())?;
        Ok(Self { orders, thread: Some(thread) })
    }

    /// Asks for something. What is asked after [`Order::Close`] is not done.
    pub fn ask(&self, order: Order) {
        // The thread ends only after it was asked to.
        let _ = self.orders.send(order);
    }

    /// Waits until the thread has ended, which it must have been asked to.
    pub fn join(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread's own state.
struct Desk<R> {
    store: Store,
    timing: Timing,
    report: R,
    received: Receiver<Order>,
    /// When the first change came that no file has yet.
    dirty_since: Option<Instant>,
    /// When the last change came.
    changed: Instant,
    /// When something failed that is to be tried again.
    failed: Option<Instant>,
    /// Orders that failed, and those behind them, in order.
    backlog: Vec<Order>,
    /// The number of the last transaction that was taken in.
    applied: u64,
    /// The last article whose files were looked at, while there are more.
    looked: Option<ArticleId>,
}

/// The files of so many articles are looked at before it is seen whether there is something to save.
const LOOKED: usize = 500;

impl<R: Fn(Report)> Desk<R> {
    fn work(mut self) {
        if !self.store.is_settled() {
            self.touch(); // what was recovered
        }
        loop {
            match self.received.recv_timeout(self.patience()) {
                Ok(order) => {
                    let mut orders = vec![order];
                    orders.extend(self.received.try_iter());
                    for order in orders {
                        match order {
                            Order::Close => return self.close(),
                            Order::Abandon => return,
                            order => self.backlog.push(order),
                        }
                    }
                    self.carry_out();
                }
                Err(RecvTimeoutError::Timeout) => self.on_time(),
                Err(RecvTimeoutError::Disconnected) => return self.close(),
            }
        }
    }

    /// How long there is nothing to do.
    fn patience(&self) -> Duration {
        let now = Instant::now();
        let after = |start: Instant, pause: Duration| (start + pause).saturating_duration_since(now);
        if self.looked.is_some() {
            return Duration::ZERO;
        }
        if let Some(failed) = self.failed {
            return after(failed, self.timing.again);
        }
        match self.dirty_since {
            Some(since) => after(self.changed, self.timing.rest).min(after(since, self.timing.work)),
            None => Duration::from_secs(3600),
        }
    }

    fn on_time(&mut self) {
        if let Some(after) = self.looked.take() {
            return self.look_on(Some(after));
        }
        if self.failed.is_some() {
            self.carry_out();
        }
        if self.failed.is_none() && self.dirty_since.is_some() && self.patience().is_zero() {
            self.checkpoint();
        }
    }

    fn touch(&mut self) {
        self.changed = Instant::now();
        self.dirty_since.get_or_insert(self.changed);
    }

    fn fail(&mut self, error: FileError) {
        self.failed = Some(Instant::now());
        (self.report)(Report::Failed(error));
    }

    /// Carries out what waits; stops at the first thing that fails, which is tried again later.
    fn carry_out(&mut self) {
        self.failed = None;
        let mut waiting = std::mem::take(&mut self.backlog).into_iter().peekable();
        while let Some(order) = waiting.next() {
            match order {
                Order::KeepArticles(articles) => {
                    if let Err(error) = self.store.keep_articles(&articles) {
                        self.backlog.push(Order::KeepArticles(articles));
                        self.backlog.extend(waiting);
                        return self.fail(error);
                    }
                }
                Order::Apply { mut number, transaction } => {
                    let mut transactions = vec![transaction];
                    while let Some(Order::Apply { .. }) = waiting.peek() {
                        if let Some(Order::Apply { number: next, transaction }) = waiting.next() {
                            number = next;
                            transactions.push(transaction);
                        }
                    }
                    self.touch();
                    self.applied = number;
                    let applied = self.store.apply(transactions);
                    match applied.and_then(|()| self.store.flush()) {
                        Ok(()) => (self.report)(Report::Safe { through: number }),
                        Err(error) => {
                            // They are in the store's memory: what remains is to get them into a journal.
                            self.backlog.push(Order::Checkpoint);
                            self.backlog.extend(waiting);
                            return self.fail(error);
                        }
                    }
                }
                Order::Checkpoint => self.checkpoint(),
                Order::LookAround => self.look_on(None),
                Order::Adopt(outside) => {
                    self.store.adopt(&outside);
                    self.touch();
                }
                Order::SaveAs { folder, name } => {
                    let saved = self.store.save_as(&folder, &name, SystemTime::now());
                    let saved = saved.map(|()| self.store.root().to_path_buf());
                    if saved.is_ok() {
                        self.dirty_since = None;
                    }
                    (self.report)(Report::SavedAs(saved));
                }
                Order::RenameAnalyst(name) => {
                    self.store.rename_analyst(&name);
                    self.touch();
                }
                Order::NoteVerdicts(verdicts) => self.store.note_verdicts(verdicts),
                Order::Close | Order::Abandon => {} // were seen to before
            }
        }
    }

    /// Looks at the files of some articles: those of a large project are not looked at all at once,
    /// so that what is to be saved does not wait for it.
    fn look_on(&mut self, after: Option<ArticleId>) {
        let (found, last) = self.store.look_on(after.as_ref(), LOOKED);
        self.looked = last;
        self.report_found(found);
    }

    fn report_found(&self, found: Found) {
        let Found { outside, articles, blocked, unblocked } = &found;
        if !(outside.is_empty() && articles.is_empty() && blocked.is_empty() && unblocked.is_empty()) {
            (self.report)(Report::Found(found));
        }
    }

    fn checkpoint(&mut self) {
        let kept = self.store.flush().and_then(|()| self.store.checkpoint(SystemTime::now()));
        match kept {
            Ok(found) => {
                if self.store.is_settled() {
                    self.dirty_since = None;
                    (self.report)(Report::Checkpointed { through: self.applied });
                } else {
                    self.changed = Instant::now(); // again after the merge
                    self.dirty_since = Some(self.changed);
                }
                self.report_found(found);
            }
            Err(error) => {
                self.backlog.insert(0, Order::Checkpoint);
                self.fail(error);
            }
        }
    }

    fn close(mut self) {
        if !self.backlog.is_empty() {
            self.carry_out();
        }
        let Self { store, report, .. } = self;
        report(Report::Closed(store.close(SystemTime::now())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Change, Edit, Party};
    use crate::project::tests::stamp;
    use crate::project::{Places, Setup, create_untitled, disk::RealDisk};

    fn transaction(n: u64) -> Transaction {
        let party = Party { name: format!("Party {n}").into(), aliases: Vec::new() };
        Transaction {
            id: format!("t{n}").into(),
            label: "add party".into(),
            edits: vec![Edit::Party(Box::new(Change::add(party)))],
            stamp: stamp(),
        }
    }

    fn store(home: &std::path::Path) -> Store {
        let setup = Setup { disk: std::sync::Arc::new(RealDisk), places: Places::below(home) };
        create_untitled(&setup, &"p1".into(), &stamp()).unwrap()
    }

    fn start(home: &std::path::Path, timing: Timing) -> (Keeper, Receiver<Report>) {
        let (send, reports) = mpsc::channel();
        let keeper = Keeper::start(store(home), timing, move |report| drop(send.send(report))).unwrap();
        (keeper, reports)
    }

    #[test]
    fn every_change_is_reported_safe_and_written_once_the_work_rests() {
        let home = tempfile::tempdir().unwrap();
        let timing = Timing { rest: Duration::from_millis(30), ..Timing::default() };
        let (keeper, reports) = start(home.path(), timing);
        for number in 1..=20 {
            keeper.ask(Order::Apply { number, transaction: transaction(number) });
        }
        let mut safe = 0;
        while safe < 20 {
            match reports.recv().unwrap() {
                Report::Safe { through } => safe = through,
                Report::Checkpointed { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(reports.recv().unwrap(), Report::Checkpointed { through: 20 }));
        let codebook = home.path().join("data/untitled/p1/codebook.ron");
        assert!(std::fs::read_to_string(codebook).unwrap().contains("Party 20"));
        keeper.ask(Order::Close);
        assert!(matches!(reports.recv().unwrap(), Report::Closed(Ok(()))));
        keeper.join();
    }

    #[test]
    fn what_fails_is_tried_again() {
        let home = tempfile::tempdir().unwrap();
        let timing = Timing { again: Duration::from_millis(20), rest: Duration::from_millis(5), ..Timing::default() };
        let (keeper, reports) = start(home.path(), timing);
        let root = home.path().join("data/untitled/p1");
        std::fs::rename(&root, home.path().join("away")).unwrap();
        keeper.ask(Order::Apply { number: 1, transaction: transaction(1) });
        assert!(matches!(reports.recv().unwrap(), Report::Safe { through: 1 }));
        assert!(matches!(reports.recv().unwrap(), Report::Failed(_)));
        std::fs::rename(home.path().join("away"), &root).unwrap();
        loop {
            match reports.recv().unwrap() {
                Report::Failed(_) => {}
                Report::Checkpointed { .. } => break,
                other => panic!("{other:?}"),
            }
        }
        keeper.ask(Order::Close);
        keeper.join();
    }
}
