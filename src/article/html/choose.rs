//! Where on a page the article stands.

use super::element::Role;
use super::tree::{Kind, Tree};

/// A text shorter than this, in characters, speaks for no container: a menu entry, a caption.
const PROSE: usize = 25;

impl Tree {
    /// Characters of text beneath a node that are not in links.
    fn prose(&self, node: usize) -> usize {
        let (all, linked) = self.weight[node];
        all.saturating_sub(linked)
    }

    /// The element that holds the article: one that says so, where it holds enough; else the one
    /// around the densest paragraphs. `None` where nothing stands out.
    pub fn main(&self) -> Option<usize> {
        let all = self.prose(0);
        let around = self.around();
        let densest = self.densest(&around);
        let least = densest.map_or(0, |densest| self.prose(densest) / 2).max(200.min(all / 2 + 1));
        for what in ["article", "main", "body"] {
            let candidates: Vec<usize> = (0..self.nodes.len())
                .filter(|n| self.element(*n).is_some_and(|e| e.says == Some(what)) && !around[*n])
                .collect();
            let best = candidates.iter().copied().max_by_key(|n| (self.prose(*n), std::cmp::Reverse(*n)));
            let Some(best) = best.filter(|best| self.prose(*best) >= least) else { continue };
            // A page of many teasers has many articles, none of which is the page's.
            let sum: usize = candidates.iter().filter(|n| !self.is_under(**n, best)).map(|n| self.prose(*n)).sum();
            if self.prose(best) * 3 > sum {
                return Some(best);
            }
        }
        densest.filter(|best| self.prose(*best) >= 140)
    }

    /// Which nodes are hidden, or stand in what surrounds an article.
    fn around(&self) -> Vec<bool> {
        let mut around = vec![false; self.nodes.len()];
        for node in 1..self.nodes.len() {
            // A name that fits the page's furniture does not condemn the better part of the page.
            let small = self.weight[node].0 * 5 < self.weight[0].0 * 3;
            let apart = self.element(node).is_some_and(|e| {
                e.hidden || e.role == Role::Dropped || (small && (e.unlikely || e.role == Role::Around))
            });
            around[node] = apart || around[self.nodes[node].parent];
        }
        around
    }

    fn is_under(&self, mut node: usize, above: usize) -> bool {
        while node > above {
            node = self.nodes[node].parent;
            if node == above {
                return true;
            }
        }
        false
    }

    /// Each paragraph speaks for its container, and by half for the one around it. Bare text
    /// between line breaks is a paragraph too.
    fn densest(&self, around: &[bool]) -> Option<usize> {
        let mut scores = vec![0_usize; self.nodes.len()];
        for (node, it) in self.nodes.iter().enumerate().skip(1) {
            let prose = self.prose(node);
            if !matches!(it.kind, Kind::Text(_)) || prose < PROSE || around[node] {
                continue;
            }
            let mut block = it.parent;
            while block != 0 && self.element(block).is_some_and(|e| e.role.is_inline() && !e.link) {
                block = self.nodes[block].parent;
            }
            let Some(element) = self.element(block).filter(|element| !element.link) else { continue };
            let container = if element.paragraph { self.nodes[block].parent } else { block };
            scores[container] += prose * 2;
            if container != 0 {
                scores[self.nodes[container].parent] += prose;
            }
        }
        let best = (1..scores.len()).max_by_key(|n| (scores[*n], std::cmp::Reverse(*n)))?;
        (scores[best] > 0).then_some(best)
    }

    /// The page's first heading, where the article has none of its own.
    pub fn title_outside(&self, root: usize) -> Option<usize> {
        let is_title =
            |n: usize| self.element(n).is_some_and(|e| e.role == Role::Heading(1) && !e.hidden) && self.weight[n].0 > 0;
        let titles: Vec<usize> = (0..self.nodes.len()).filter(|n| is_title(*n)).collect();
        if titles.iter().any(|n| self.is_under(*n, root)) {
            return None;
        }
        titles.first().copied()
    }
}

