//! What a session takes from outside: time, identities, the disk, and how to wake the window.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, SubsecRound as _, Utc};

use crate::claim::Name;
use crate::project::{Setup, Timing};

/// What a session takes from outside.
#[derive(Clone)]
pub struct Environment {
    /// The disk and the user's folders; `None` keeps everything in memory.
    pub setup: Option<Setup>,
    /// The time, in whole seconds.
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// A new identity: never one that was given before, sorting behind those.
    pub new_id: Arc<dyn Fn() -> Name + Send + Sync>,
    /// Called on any thread when background work has brought something that `poll` will take in.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// When touched files are written.
    pub timing: Timing,
}

impl Environment {
    /// The machine's clock and disk, and the user's folders.
    pub fn of_user(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            setup: Some(Setup::of_user()),
            now: Arc::new(|| Utc::now().trunc_subsecs(0)),
            new_id: Arc::new(|| uuid::Uuid::now_v7().to_string().into()),
            wake,
            timing: Timing::default(),
        }
    }

    /// Nothing of the machine: a clock that stands still, identities that count up, no disk. The
    /// same steps give the same project, byte for byte.
    pub fn in_memory() -> Self {
        let next = AtomicU64::new(1);
        Self {
            setup: None,
            now: Arc::new(|| DateTime::UNIX_EPOCH),
            new_id: Arc::new(move || format!("{:06}", next.fetch_add(1, Ordering::Relaxed)).into()),
            wake: Arc::new(|| {}),
            timing: Timing::default(),
        }
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("setup", &self.setup).field("timing", &self.timing).finish_non_exhaustive()
    }
}
