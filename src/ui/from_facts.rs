//! What panels work out from all of the facts: at once from few, and in the background from many, so
//! that no frame waits for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::claim::Reconciliation;

/// So many facts at the most are gone through in the frame that shows them.
pub const AT_ONCE: usize = 2_000;

/// Something that was worked out from all of the facts, and from what else its key tells.
#[derive(Debug)]
pub struct FromFacts<K, T> {
    known: Option<(K, T)>,
    coming: Option<(K, Receiver<T>)>,
}

impl<K, T> Default for FromFacts<K, T> {
    fn default() -> Self {
        Self { known: None, coming: None }
    }
}

impl<K: PartialEq + Clone, T: Send + 'static> FromFacts<K, T> {
    /// Brings it up to the facts of a key. Of many facts it is what it was before until that is done,
    /// and the window is drawn anew then.
    pub fn follow(
        &mut self,
        ctx: &egui::Context,
        key: &K,
        facts: &Arc<Reconciliation>,
        work_out: impl FnOnce(&Reconciliation) -> T + Send + 'static,
    ) {
        if let Some((of, coming)) = &self.coming {
            match coming.try_recv() {
                Ok(value) => {
                    self.known = Some((of.clone(), value));
                    self.coming = None;
                }
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => self.coming = None,
            }
        }
        if self.is_of(key) {
            return;
        }
        if facts.facts.len() <= AT_ONCE {
            self.known = Some((key.clone(), work_out(facts)));
            return;
        }
        let (send, coming) = channel();
        let (ctx, facts) = (ctx.clone(), facts.clone());
        rayon::spawn(move || {
            let value = work_out(&facts);
            drop(facts); // nobody else shall hold them when they change
            if send.send(value).is_ok() {
                ctx.request_repaint();
            }
        });
        self.coming = Some((key.clone(), coming));
    }

    /// Whether what is known is of a key.
    pub fn is_of(&self, key: &K) -> bool {
        self.known.as_ref().is_some_and(|(of, _)| of == key)
    }

    /// What is known, and of which key: of the facts as they are, or as they were a moment ago.
    pub fn known(&self) -> Option<(&K, &T)> {
        self.known.as_ref().map(|(of, value)| (of, value))
    }

    /// What is known.
    pub fn value(&self) -> Option<&T> {
        self.known.as_ref().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::session::Session;

    /// So many times the facts of one sentence.
    fn facts(times: usize) -> Arc<Reconciliation> {
        let mut session = Session::default();
        session.add_articles(&[("a.txt", b"Twelve people were killed in Homs on 3 May 2014.\n")]);
        let one = session.reconciliation().facts.first().expect("a fact").clone();
        Arc::new(Reconciliation { facts: vec![one; times], ..Reconciliation::default() })
    }

    #[test]
    fn few_facts_are_gone_through_at_once() {
        let ctx = egui::Context::default();
        let mut count = FromFacts::default();
        for (key, times) in [(1, 3), (2, AT_ONCE)] {
            count.follow(&ctx, &key, &facts(times), |facts| facts.facts.len());
            assert_eq!(count.known(), Some((&key, &times)));
        }
        count.follow(&ctx, &2, &facts(3), |_| unreachable!("it is known"));
    }

    #[test]
    fn of_many_the_old_answer_holds_until_the_new_one_is_there() {
        let ctx = egui::Context::default();
        let mut count = FromFacts::default();
        count.follow(&ctx, &1, &facts(3), |facts| facts.facts.len());
        let many = facts(AT_ONCE + 1);
        let (go, wait) = channel::<()>();
        count.follow(&ctx, &2, &many, move |facts| {
            wait.recv().expect("told to go on");
            facts.facts.len()
        });
        assert_eq!(count.known(), Some((&1, &3)));
        go.send(()).expect("it waits");
        let begun = Instant::now();
        while !count.is_of(&2) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it comes");
            count.follow(&ctx, &2, &many, |_| unreachable!("it is on its way"));
        }
        assert_eq!(count.value(), Some(&(AT_ONCE + 1)));
        // Another one is begun once that is there; one that comes to nothing is begun again.
        count.follow(&ctx, &3, &many, |facts| facts.facts.len() + 1);
        while !count.is_of(&3) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it comes");
            count.follow(&ctx, &3, &many, |facts| facts.facts.len() + 1);
        }
        assert_eq!(count.value(), Some(&(AT_ONCE + 2)));
    }
}
