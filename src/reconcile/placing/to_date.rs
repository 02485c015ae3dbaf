//! Counts to date: which of them are one series.

use chrono::NaiveDate;

use crate::claim::DateWindow;

use super::super::statement::{Statement, StatementId};
use super::{Because, Placing, Shelf};

impl Placing<'_, '_> {
    /// Counts to date: one series for each direction and start.
    pub(super) fn series(&mut self, part: &[StatementId]) {
        let (told, untold): (Vec<StatementId>, Vec<StatementId>) = part.iter().partition(|id| {
            let s = self.statement(**id);
            s.facet.known() > 0 || s.since.is_some()
        });
        let (mut started, mut startless): (Vec<StatementId>, Vec<StatementId>) =
            told.into_iter().partition(|id| self.statement(*id).since.is_some());
        let best_told = |s: &Statement| (std::cmp::Reverse(s.facet.known()), self.prepared.rank(s.facet));
        started.sort_by_cached_key(|id| {
            let s = self.statement(*id);
            (s.since, best_told(s), *id)
        });
        startless.sort_by_key(|id| (best_told(self.statement(*id)), *id));
        let mut at = 0;
        while at < started.len() {
            // Starts in one month, one of them given to the month only, are one start.
            let since = self.statement(started[at]).since;
            let run =
                started[at..].iter().take_while(|id| same_start(since, self.statement(**id).since)).count().max(1);
            let mut run_of = started[at..at + run].to_vec();
            run_of.sort_by_key(|id| (best_told(self.statement(*id)), *id));
            let mut shelf = Shelf::default();
            for id in run_of {
                self.shelve(&mut shelf, id, &Because::SameSeries);
            }
            at += run;
        }
        // A stock without a start finds its series, where there is but one.
        let mut all = Shelf::default();
        for (cluster, number) in self.placed.clusters.iter().zip(0u32..) {
            all.by_root.entry((cluster.roots.party, None)).or_default().push(number);
            all.by_start.entry(None).or_default().push(number);
        }
        for id in startless {
            self.shelve(&mut all, id, &Because::SameSeries);
        }
        self.chains(&untold);
        for cluster in &mut self.placed.clusters {
            let members = || cluster.members.iter().map(|(id, _)| &self.prepared.statements[*id as usize]);
            let start = members().filter_map(|s| s.since.or(s.window.start)).min();
            let end = members().filter_map(|s| s.window.end.or(s.said)).max();
            let first = members().next().map(|s| s.window.basis).unwrap_or_default();
            cluster.window = match (start, end) {
                (Some(start), Some(end)) => DateWindow::between(start, end, first),
                _ => DateWindow { start, end, basis: first, ..DateWindow::UNKNOWN },
            };
        }
    }

    /// Counts to date that tell neither whom nor since when: those said within ten days of one
    /// another are taken as one toll.
    fn chains(&mut self, untold: &[StatementId]) {
        const DAYS: i64 = 10;
        let (mut timed, timeless): (Vec<StatementId>, Vec<StatementId>) =
            untold.iter().partition(|id| self.statement(**id).said.is_some());
        timed.sort_by_key(|id| (self.statement(*id).said, *id));
        let mut open: Option<(u32, NaiveDate)> = None;
        for id in timed {
            let Some(said) = self.statement(id).said else { continue };
            let cluster = match open {
                Some((cluster, last)) if (said - last).num_days() <= DAYS => {
                    self.add(cluster, id, Because::SameSeries);
                    cluster
                }
                _ => self.found(id),
            };
            open = Some((cluster, said));
        }
        self.undated(&timeless);
    }
}

/// Whether two starts of a count to date are one: equal, or in one month, where one of them is
/// its first day and so perhaps known to the month only.
fn same_start(a: Option<NaiveDate>, b: Option<NaiveDate>) -> bool {
    use chrono::Datelike;
    match (a, b) {
        (Some(a), Some(b)) => {
            a == b || ((a.year(), a.month()) == (b.year(), b.month()) && (a.day() == 1 || b.day() == 1))
        }
        (None, None) => true,
        _ => false,
    }
}
