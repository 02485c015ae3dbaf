//! Which article retells which, looked for only where something distinctive has changed.

use std::collections::BTreeSet;

use super::super::echo::{Alike, COMMON, Echo, Told, taken_over, told};
use super::Reconciler;

impl Reconciler {
    /// Looks for retellings where that is due, for at most so many articles, and takes over the
    /// dates of publication that follow. Gives whether more is due. What it changes shows with the
    /// next [`Reconciler::update`].
    pub fn follow(&mut self, at_most: usize) -> bool {
        for _ in 0..at_most {
            let Some(article) = self.stale_echoes.pop_first() else { break };
            self.work.compared += 1;
            let found = self.retold(article);
            self.shelves[article as usize].found = found;
            self.rule_echo(article);
        }
        !self.stale_echoes.is_empty()
    }

    /// Whether retellings wait to be looked for, or what follows from them to be shown.
    pub fn is_behind(&self) -> bool {
        !self.stale_echoes.is_empty() || !self.stale_articles.is_empty() || !self.stale_views.is_empty()
    }

    /// Lays the analyst's rulings over what was found of an article, and takes over its date.
    pub(super) fn rule_echo(&mut self, article: u32) {
        let echo = self.ruled(article);
        let shelf = &self.shelves[article as usize];
        let linked = echo.as_ref().filter(|echo| echo.strong).and_then(|echo| {
            let says = shelf.document.as_ref().and_then(|d| d.metadata.published_value.as_deref());
            taken_over(&shelf.published(), &self.shelves[echo.of as usize].published(), says)
        });
        let shelf = &mut self.shelves[article as usize];
        if shelf.echo != echo {
            shelf.echo = echo;
            self.stale_views.insert(article);
        }
        if shelf.linked != linked {
            shelf.linked = linked;
            self.stale_articles.insert(article);
        }
    }

    /// The article that this one retells by the analyst's last word on it.
    pub(super) fn confirmed_retelling(&self, article: u32) -> Option<u32> {
        use crate::claim::RulingOp;
        let name = &self.shelves[article as usize].name;
        let mut confirmed = None;
        for ruling in &self.rulings {
            match &ruling.op {
                RulingOp::Echo { article, of } if article.0 == *name => match of {
                    None => confirmed = None,
                    Some(of) => confirmed = self.by_name.get(&of.0).copied().or(confirmed),
                },
                _ => {}
            }
        }
        confirmed.filter(|of| *of != article)
    }

    fn ruled(&self, article: u32) -> Option<Echo> {
        use crate::claim::RulingOp;
        let shelf = &self.shelves[article as usize];
        if shelf.given.is_empty() {
            return None;
        }
        let mut echo = shelf.found.clone();
        for ruling in &self.rulings {
            let RulingOp::Echo { article: ruled, of } = &ruling.op else { continue };
            if ruled.0 != shelf.name {
                continue;
            }
            match of {
                None => echo = None,
                Some(of) => {
                    let there = self.by_name.get(&of.0).copied();
                    let there = there.filter(|of| *of != article && !self.shelves[*of as usize].given.is_empty());
                    if let Some(of) = there {
                        echo = Some(Echo { of, reason: ruling.reason.clone(), strong: true });
                    }
                }
            }
        }
        echo
    }

    /// What an article likely retells.
    fn retold(&self, article: u32) -> Option<Echo> {
        let shelf = &self.shelves[article as usize];
        let text = |article: u32| self.shelves[article as usize].document.as_ref().map_or(&[][..], |d| &d.shingles);
        // Earlier first, undated last.
        let order = |article: u32| {
            let window = self.shelves[article as usize].published();
            (window.start.is_none(), window.start, window.end, self.ranks[article as usize])
        };
        let groups = shelf.distinctive.iter().filter_map(|what| self.tellers.get(what));
        let others: BTreeSet<u32> = groups.filter(|group| group.len() <= COMMON).flatten().copied().collect();
        others
            .into_iter()
            .filter(|other| *other != article && order(*other) <= order(article))
            .filter_map(|other| {
                let (a, b) = if other < article { (other, article) } else { (article, other) };
                let told = |article: u32| &self.shelves[article as usize].told;
                Some((other, Alike::of(told(a), told(b), (text(a), text(b)))?))
            })
            .max_by_key(|(other, alike)| (alike.shared, alike.rare, std::cmp::Reverse(self.ranks[*other as usize])))
            .map(|(other, alike)| alike.echo(other))
    }

    /// Notes what articles tell whose claims or sources have changed.
    pub(super) fn note_told(&mut self) {
        for article in std::mem::take(&mut self.stale_sources) {
            let shelf = &self.shelves[article as usize];
            let (mut all, mut distinctive): (Vec<Told>, Vec<u64>) = Default::default();
            for number in &shelf.statements[..shelf.ordinary] {
                let statement = &self.kept(*number).statement;
                let source = statement.source.and_then(|spelling| self.voices.source(spelling));
                let Some((told, is_distinctive)) = told(statement, source.map(|source| &source.key)) else { continue };
                all.push(told);
                if is_distinctive {
                    distinctive.push(told.what);
                }
            }
            all.sort_unstable();
            all.dedup();
            distinctive.sort_unstable();
            distinctive.dedup();
            let mut around: BTreeSet<u32> = BTreeSet::from([article]);
            for what in &self.shelves[article as usize].distinctive {
                if let Some(group) = self.tellers.get_mut(what) {
                    // Beyond this size a group tells nothing, and losing one changes that for the rest.
                    around.extend(group.iter().filter(|_| group.len() <= COMMON + 1));
                    group.remove(&article);
                    if group.is_empty() {
                        self.tellers.remove(what);
                    }
                }
            }
            for what in &distinctive {
                let group = self.tellers.entry(*what).or_default();
                group.insert(article);
                around.extend(group.iter().filter(|_| group.len() <= COMMON + 1));
            }
            let shelf = &mut self.shelves[article as usize];
            (shelf.told, shelf.distinctive) = (all, distinctive);
            self.stale_echoes.extend(around);
        }
    }
}
