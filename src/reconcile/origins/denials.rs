//! What is denied, corrected and taken back, and whose word no longer stands for it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::sources::SourceId;
use super::super::statement::{Prepared, Statement};
use super::{Part, Voices};

/// An agency that corrects its dispatch takes back what its nameless sources told it.
pub(super) fn withdraw(prepared: &Prepared<'_>, statements: &[&Statement], out: &mut Voices) {
    let corrections: Vec<(&str, usize)> = out
        .standings
        .iter()
        .enumerate()
        .filter(|(_, s)| s.live.is_some() && s.members.iter().any(|i| statements[*i].corrects))
        .filter_map(|(at, s)| Some((prepared.sources[s.source? as usize].key.as_str(), at)))
        .collect();
    for (key, at) in corrections {
        let corrected = (out.standings[at].live.clone(), out.standings[at].said);
        for standing in &mut out.standings {
            let quoted_by = standing.source.and_then(|s| prepared.sources[s as usize].quoted_by.as_deref());
            let (Some(new), Some(old)) = (&corrected.0, &standing.live) else { continue };
            let earlier = standing.said.is_none_or(|said| corrected.1.is_none_or(|day| said <= day));
            if quoted_by == Some(key) && earlier && !new.meets(old) {
                standing.live = None;
                for member in &standing.members {
                    if out.parts[*member] == Part::Live {
                        out.parts[*member] = Part::Superseded;
                    }
                }
            }
        }
    }
}

/// "Not 17, but 15": a figure that a later article denies and replaces, on one word, stands no more where nobody is
/// left to hold it: it was an article's own, or the later article itself, and no party, puts it right.
pub(super) fn put_right(statements: &[&Statement], out: &mut Voices) {
    let mut answers: BTreeSet<(u32, Option<SourceId>)> = BTreeSet::new();
    if !statements.iter().any(|s| s.denied) {
        return;
    }
    answers.extend(statements.iter().filter(|s| !s.denied && s.count.has_value()).map(|s| (s.article, s.source)));
    let answered = statements.iter().filter(|s| s.denied && answers.contains(&(s.article, s.source)));
    let denials: BTreeSet<(Option<u64>, Option<u64>, bool, NaiveDate)> =
        answered.filter_map(|s| Some((s.count.low, s.count.high, s.source.is_none(), s.told?))).collect();
    if denials.is_empty() {
        return;
    }
    for standing in &mut out.standings {
        let Some(word) = &standing.live else { continue };
        let told = standing.members.iter().filter(|i| out.parts[**i] == Part::Live).filter_map(|i| statements[*i].told);
        let Some(last) = told.max() else { continue };
        let denied_later = |by_article: bool| {
            let from = (word.low, word.high, by_article, NaiveDate::MIN);
            let to = (word.low, word.high, by_article, NaiveDate::MAX);
            denials.range(from..=to).next_back().is_some_and(|(.., day)| last < *day)
        };
        if denied_later(true) || standing.source.is_none() && denied_later(false) {
            standing.live = None;
            for member in &standing.members {
                if out.parts[*member] == Part::Live {
                    out.parts[*member] = Part::Superseded;
                }
            }
        }
    }
}

/// What articles tell that deny something.
#[derive(Default)]
pub(super) struct BesideDenials {
    /// By article, who gives a figure there that is not denied.
    pub live: BTreeSet<(u32, Option<SourceId>)>,
    /// By article, the figures that are denied there.
    pub denied: BTreeSet<(u32, Option<u64>, Option<u64>)>,
}

impl BesideDenials {
    pub fn of(statements: &[&Statement]) -> Self {
        if !statements.iter().any(|s| s.denied) {
            return Self::default();
        }
        let told = || statements.iter().filter(|s| s.count.has_value());
        Self {
            live: told().filter(|s| !s.denied).map(|s| (s.article, s.source)).collect(),
            denied: told().filter(|s| s.denied).map(|s| (s.article, s.count.low, s.count.high)).collect(),
        }
    }
}

/// Whether a denial is that of the origin under whose name it stands. A figure is often rejected under
/// the name of him who had given it ("the 14 that the rebels speak of"): where the article has another
/// one's figure, and none of the origin's own instead, the denial is that other one's.
pub(super) fn takes_back(live: &BTreeSet<(u32, Option<SourceId>)>, denial: &Statement) -> bool {
    let article = denial.article;
    live.contains(&(article, denial.source))
        || live.range((article, Some(0))..=(article, Some(SourceId::MAX))).next().is_none()
}
