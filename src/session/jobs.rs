//! Work in the background: named threads that are given values and bring back what is to be done
//! with the result.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use super::{Session, Severity};

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

/// What background work brings: carried out on the session by `poll`.
pub(super) type Event = Box<dyn FnOnce(&mut Session) + Send>;

/// Parsers go as deep as their input; the main thread's stack is not to be relied on.
const STACK: usize = 8 << 20;

/// The work that is under way, and where its results come in.
#[derive(Debug)]
pub(super) struct Jobs {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    wake: Wake,
    shown: Vec<Job>,
    stops: Vec<(u64, Arc<AtomicBool>)>,
    next: u64,
}

#[derive(Clone)]
pub(super) struct Wake(Arc<dyn Fn() + Send + Sync>);

impl std::fmt::Debug for Wake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wake")
    }
}

/// The way back from a thread.
#[derive(Clone, Debug)]
pub(super) struct Post {
    sender: Sender<Event>,
    wake: Wake,
}

impl Post {
    /// Sends a result. Where the session has gone, so has who would care.
    pub(super) fn send(&self, event: impl FnOnce(&mut Session) + Send + 'static) {
        if self.sender.send(Box::new(event)).is_ok() {
            (self.wake.0)();
        }
    }
}

/// What the thread of a job knows of it.
#[derive(Debug)]
pub(super) struct Worker {
    id: u64,
    post: Post,
    stop: Arc<AtomicBool>,
}

impl Worker {
    /// The way back for what outlives the work.
    pub(super) fn post(&self) -> Post {
        self.post.clone()
    }

    /// Sends a result.
    pub(super) fn send(&self, event: impl FnOnce(&mut Session) + Send + 'static) {
        self.post.send(event);
    }

    /// Says how far it is, from 0 to 1.
    pub(super) fn progress(&self, done: f32) {
        let id = self.id;
        self.send(move |session| session.jobs.set_progress(id, done));
    }

    /// Says how far it is, from 0 to 1, and gives whether to go on.
    pub(super) fn goes_on(&self, done: f32) -> bool {
        self.progress(done);
        !self.is_stopped()
    }

    /// Asks the session, which answers when it is polled next; `None` once it has gone.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Session) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answers) = mpsc::sync_channel(1);
        self.send(move |session| drop(answer.send(question(session))));
        answers.recv().ok()
    }

    /// Whether the user wants it to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let (id, failed) = (self.id, std::thread::panicking());
        self.post.send(move |session| {
            let name = session.jobs.finish(id);
            if failed {
                let text = format!("“{name}” ended unexpectedly. Nothing that was saved is affected.");
                session.notify(Severity::Error, text);
            }
        });
    }
}

impl Jobs {
    pub(super) fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { sender, receiver, wake: Wake(wake), shown: Vec::new(), stops: Vec::new(), next: 1 }
    }

    /// The way back from a thread that is no job.
    pub(super) fn post(&self) -> Post {
        Post { sender: self.sender.clone(), wake: self.wake.clone() }
    }

    /// Starts a job. Without a name it is not shown.
    pub(super) fn start(&mut self, name: &str, work: impl FnOnce(&Worker) + Send + 'static) -> u64 {
        let id = self.next;
        self.next += 1;
        let stop = Arc::new(AtomicBool::new(false));
        let worker = Worker { id, post: self.post(), stop: stop.clone() };
        self.stops.push((id, stop));
        if !name.is_empty() {
            self.shown.push(Job { id, name: name.to_owned(), progress: None });
        }
        let thread = std::thread::Builder::new().name("tallymark-job".to_owned()).stack_size(STACK);
        if let Err(error) = thread.spawn(move || work(&worker)) {
            let post = self.post();
            post.send(move |session| {
                let name = session.jobs.finish(id);
                session.notify(Severity::Error, format!("“{name}” could not be started: {error}."));
            });
        }
        id
    }

    /// The jobs that are shown.
    pub(super) fn shown(&self) -> &[Job] {
        &self.shown
    }

    /// Whether any is under way, shown or not.
    pub(super) fn is_busy(&self) -> bool {
        !self.stops.is_empty()
    }

    pub(super) fn stop(&mut self, id: u64) {
        if let Some((_, stop)) = self.stops.iter().find(|(job, _)| *job == id) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn stop_all(&mut self) {
        self.stops.iter().for_each(|(_, stop)| stop.store(true, Ordering::Relaxed));
    }

    fn set_progress(&mut self, id: u64, done: f32) {
        if let Some(job) = self.shown.iter_mut().find(|job| job.id == id) {
            job.progress = Some(done.clamp(0.0, 1.0));
        }
    }

    fn finish(&mut self, id: u64) -> String {
        self.stops.retain(|(job, _)| *job != id);
        let place = self.shown.iter().position(|job| job.id == id);
        place.map(|place| self.shown.remove(place).name).unwrap_or_else(|| "Work in the background".to_owned())
    }

    /// Asks for another poll.
    pub(super) fn wake(&self) {
        (self.wake.0)();
    }

    /// What has come in, without waiting.
    pub(super) fn next_event(&self) -> Option<Event> {
        self.receiver.try_recv().ok()
    }

    /// What comes in within a time.
    pub(super) fn wait_event(&self, patience: Duration) -> Option<Event> {
        self.receiver.recv_timeout(patience).ok()
    }
}
