//! The last step: names and reasons for what the stages have found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{
    ArticleId, ClaimId, Codebook, DateWindow, DocumentView, Event, Fact, FactFlag, FactKind, FactVerdict, Member, Name,
    Origin, Reading, Reconciliation, Reference, Ruling, RulingOp, StaleRuling, Unplaced,
};

use super::across::Flagged;
use super::draft::Draft;
use super::echo::Echo;
use super::events::Happening;
use super::placing::{Because, Cluster};
use super::rollup::Sum;
use super::rulings::{Pinned, StaleList, pinned};
use super::statement::{Confirms, Prepared, Shape, Statement, StatementId};
use super::{Echoes, Input, labels, needs};

/// All that the stages have found.
pub(super) struct Stages<'s, 'a> {
    pub input: Input<'a>,
    pub prepared: &'s Prepared<'a>,
    pub published: &'s [DateWindow],
    pub echoes: &'s Echoes,
    pub drafts: &'s [&'s Draft],
    pub happenings: &'s [Happening],
    pub happening_of: &'s [Option<usize>],
    pub sums: Vec<Sum>,
    pub flags: Vec<Flagged>,
    pub unplaced: Vec<(StatementId, Vec<u32>, String)>,
    pub stale: StaleList,
    /// Rulings that date or attribute a claim, by claim.
    pub single: BTreeMap<&'a ClaimId, Vec<usize>>,
}

/// Rulings that date or attribute a single claim, by claim.
pub(super) fn single_rulings<'a>(rulings: &[&'a Ruling]) -> BTreeMap<&'a ClaimId, Vec<usize>> {
    let mut out: BTreeMap<&ClaimId, Vec<usize>> = BTreeMap::new();
    for (number, ruling) in rulings.iter().enumerate() {
        if let RulingOp::SetDate { claim, .. } | RulingOp::SetOrigin { claim, .. } = &ruling.op {
            out.entry(claim).or_default().push(number);
        }
    }
    out
}

/// Sorts drafts by start, category, party, kind, first claim; what has no start comes last.
pub(super) fn sort(prepared: &Prepared<'_>, drafts: &mut [Draft]) {
    drafts.sort_by_cached_key(|draft| {
        let cluster = &draft.cluster;
        let first = cluster.members.iter().map(|(id, _)| *id).min();
        (
            cluster.window.start.is_none(),
            cluster.window.start,
            prepared.interner.name(cluster.key.category).cloned(),
            prepared.interner.name(cluster.facet.party).cloned(),
            kind(cluster),
            first,
            // Nothing is left to the order in which clusters were made.
            prepared.interner.name(cluster.key.subset).cloned(),
            cluster.members.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        )
    });
}

pub(super) fn kind(cluster: &Cluster) -> FactKind {
    match cluster.key.shape {
        Shape::Event => FactKind::Count,
        Shape::Period => FactKind::Rollup,
        Shape::ToDate => FactKind::Stock,
        Shape::Plan | Shape::Hypothetical => FactKind::Plan,
        Shape::Status => FactKind::Status,
    }
}

/// Applies the rulings on retellings. Gives those that are stale.
pub(super) fn rule_echoes(prepared: &Prepared<'_>, rulings: &[&Ruling], echoes: &mut Echoes) -> StaleList {
    let rank = |article: &ArticleId| {
        let place = prepared.articles.binary_search(&article.0).ok()?;
        u32::try_from(place).ok()
    };
    for ruling in rulings {
        let RulingOp::Echo { article, of } = &ruling.op else { continue };
        let Some(place) = rank(article) else { continue };
        match of.as_ref().map(|of| rank(of).filter(|of| *of != place)) {
            None => {
                echoes.remove(&place);
            }
            Some(Some(of)) => {
                echoes.insert(place, Echo { of, reason: ruling.reason.clone(), strong: true });
            }
            Some(None) => {}
        }
    }
    stale_echoes(rulings, |article| rank(article).is_some())
}

/// The rulings on retellings that cannot be applied. `tells` says whether an article has claims.
pub(super) fn stale_echoes(rulings: &[&Ruling], tells: impl Fn(&ArticleId) -> bool) -> StaleList {
    let gone = |article: &ArticleId| format!("article {article} has no claims, or has gone");
    let mut stale = StaleList::new();
    let mut last: BTreeMap<&ArticleId, usize> = BTreeMap::new();
    for (number, ruling) in rulings.iter().enumerate() {
        let RulingOp::Echo { article, of } = &ruling.op else { continue };
        if let Some(earlier) = last.insert(article, number) {
            stale.push((earlier, "a later ruling on the same article replaces it".to_owned()));
        }
        match of {
            _ if !tells(article) => stale.push((number, gone(article))),
            Some(of) if of == article || !tells(of) => stale.push((number, gone(of))),
            _ => {}
        }
    }
    stale
}

/// The articles of which the analyst's last word is that they retell another, by rank.
pub(super) fn retold(prepared: &Prepared<'_>, rulings: &[&Ruling]) -> BTreeMap<u32, u32> {
    let rank = |article: &ArticleId| u32::try_from(prepared.articles.binary_search(&article.0).ok()?).ok();
    let mut out = BTreeMap::new();
    for ruling in rulings {
        let RulingOp::Echo { article, of } = &ruling.op else { continue };
        let Some(article) = rank(article) else { continue };
        match of {
            None => {
                out.remove(&article);
            }
            Some(of) => {
                out.extend(rank(of).filter(|of| *of != article).map(|of| (article, of)));
            }
        }
    }
    out
}

impl Stages<'_, '_> {
    pub fn reconciliation(mut self) -> Reconciliation {
        // Candidates are told by the numbers that clusters had while they were placed.
        let last = self.drafts.iter().map(|draft| draft.number as usize).max().map_or(0, |n| n + 1);
        let mut place_of: Vec<Option<usize>> = vec![None; last];
        for (place, draft) in self.drafts.iter().enumerate() {
            place_of[draft.number as usize] = Some(place);
        }
        for sum in &self.sums {
            self.flags.extend(sum.flags.iter().map(|(flag, text)| (sum.fact, *flag, text.clone())));
        }
        let mut flags = std::mem::take(&mut self.flags);
        flags.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        let mut flags = flags.into_iter().peekable();
        let render = Render {
            prepared: self.prepared,
            codebook: self.input.codebook,
            rulings: self.input.rulings,
            single: &self.single,
        };
        let mut facts: Vec<Fact> = Vec::with_capacity(self.drafts.len());
        for (place, draft) in self.drafts.iter().enumerate() {
            let mut own = draft.assessed.flags.clone();
            while let Some((_, flag, text)) = flags.next_if(|(of, ..)| *of == place) {
                own.push((flag, text));
            }
            own.sort();
            own.dedup();
            let event = self.happening_of[place].map(|number| Reference::EventPlace(count(number)));
            let mut maybe: Vec<usize> =
                draft.cluster.maybe.iter().filter_map(|number| *place_of.get(*number as usize)?).collect();
            maybe.sort_unstable();
            let maybe: Vec<Reference> = maybe.into_iter().map(|place| self.drafts[place].mention).collect();
            facts.push(render.fact(draft, own, event, &maybe));
        }
        let mut stale = std::mem::take(&mut self.stale);
        self.pin(&mut facts, &mut stale);
        stale.sort();
        let stale = stale
            .into_iter()
            .map(|(number, reason)| StaleRuling { ruling: self.input.rulings[number].id.clone(), reason })
            .collect();
        Reconciliation {
            documents: self.documents(),
            events: self.events(),
            rollups: self.sums.iter().map(|sum| sum.rollup(|place| self.name(place))).collect(),
            unplaced: self.unplaced(&place_of),
            stale,
            facts: facts.into_iter().map(Arc::new).collect(),
            numbering: Arc::default(),
        }
    }

    /// Lays the analyst's pins over the facts.
    fn pin(&self, facts: &mut [Fact], stale: &mut StaleList) {
        if !self.input.rulings.iter().any(|ruling| is_pin(&ruling.op)) {
            return;
        }
        let mut fact_of: BTreeMap<ClaimId, Vec<usize>> = BTreeMap::new();
        for (place, fact) in facts.iter().enumerate() {
            for member in &fact.members {
                let list = fact_of.entry(member.claim.clone()).or_default();
                if list.last() != Some(&place) {
                    list.push(place);
                }
            }
        }
        let of = |claim: &ClaimId| fact_of.get(claim).cloned().unwrap_or_default();
        let members = |place: usize| facts[place].members.iter().map(|m| m.claim.clone()).collect();
        for pin in pins(self.input.rulings, of, members, stale) {
            pin.apply(self.input.rulings, &mut facts[pin.fact]);
        }
    }

    fn name(&self, place: usize) -> Name {
        self.drafts[place].mention.to_string().into()
    }

    fn events(&self) -> Vec<Arc<Event>> {
        self.happenings
            .iter()
            .enumerate()
            .map(|(number, happening)| Event {
                id: Reference::EventPlace(count(number)).to_string().into(),
                label: happening.label.clone(),
                kind: happening.kind.into(),
                window: happening.window,
                facts: happening.facts.iter().map(|place| self.drafts[*place].mention.to_string().into()).collect(),
            })
            .map(Arc::new)
            .collect()
    }

    fn unplaced(&self, place_of: &[Option<usize>]) -> Vec<Unplaced> {
        let mut out: Vec<(u32, Unplaced)> = self
            .unplaced
            .iter()
            .map(|(id, candidates, why)| {
                let mut places: Vec<usize> = candidates.iter().filter_map(|c| *place_of.get(*c as usize)?).collect();
                places.sort_unstable();
                let candidates = places.into_iter().map(|place| self.name(place)).collect();
                let claim = self.prepared.claim(*id).id.clone();
                let number = self.prepared.statements[*id as usize].claim;
                (number, Unplaced { claim, candidates, reason: why.clone() })
            })
            .collect();
        out.extend(self.prepared.loose.iter().map(|(number, why)| {
            let claim = self.prepared.claims[*number as usize].id.clone();
            (*number, Unplaced { claim, candidates: Vec::new(), reason: why.clone() })
        }));
        out.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.reason.cmp(&b.1.reason)));
        out.into_iter().map(|(_, unplaced)| unplaced).collect()
    }

    fn documents(&self) -> Vec<DocumentView> {
        let confirmed: BTreeSet<&ArticleId> = self
            .input
            .rulings
            .iter()
            .filter_map(|ruling| match &ruling.op {
                RulingOp::Echo { article, of: Some(_) } => Some(article),
                _ => None,
            })
            .collect();
        let ordinary = self.prepared.statements.partition_point(|s| s.confirms == Confirms::Nothing);
        let statements = &self.prepared.statements[..ordinary];
        let mut documents: Vec<&super::Document> = self.input.documents.iter().collect();
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        documents.dedup_by(|later, first| later.id == first.id);
        documents
            .into_iter()
            .map(|document| {
                let rank = self.prepared.articles.binary_search(&document.id.0).ok();
                let echo = rank.and_then(|rank| self.echoes.get(&u32::try_from(rank).ok()?));
                let published = rank.map_or(document.metadata.published, |rank| self.published[rank]);
                let own = rank.map_or(&[][..], |rank| {
                    let first = statements.partition_point(|s| (s.article as usize) < rank);
                    let last = statements.partition_point(|s| s.article as usize <= rank);
                    &statements[first..last]
                });
                DocumentView {
                    article: document.id.clone(),
                    published,
                    echo_of: echo.map(|echo| ArticleId(self.prepared.articles[echo.of as usize].clone())),
                    echo_reason: echo.map(|echo| echo.reason.clone()),
                    echo_confirmed: echo.is_some() && confirmed.contains(&document.id),
                    needs: needs::needs(self.prepared, document, &published, own),
                }
            })
            .collect()
    }
}

/// What facts are put into words with.
pub(super) struct Render<'s, 'a> {
    pub prepared: &'s Prepared<'a>,
    pub codebook: &'s Codebook,
    pub rulings: &'s [&'s Ruling],
    /// Rulings that date or attribute a claim, by claim.
    pub single: &'s BTreeMap<&'s ClaimId, Vec<usize>>,
}

/// So many reasons of a fact are kept to be shared.
const REASONS: usize = 8;

/// What the words of a reason follow from.
#[derive(PartialEq)]
struct Grounds<'c> {
    because: &'c Because,
    window: DateWindow,
    said: Option<chrono::NaiveDate>,
    date: Option<&'c str>,
    /// The category that it is filed under, where its reading has another.
    filed: Option<&'c str>,
}

impl<'c> Grounds<'c> {
    fn of(prepared: &'c Prepared<'_>, id: StatementId, because: &'c Because) -> Self {
        let statement = &prepared.statements[id as usize];
        let reading = &prepared.claim(id).reading;
        let date = reading.date.text.as_deref();
        Self {
            because,
            window: statement.window,
            said: statement.said,
            date,
            filed: filed(prepared, statement, reading),
        }
    }
}

/// The category that a claim is filed under, where its reading has another.
fn filed<'c>(prepared: &'c Prepared<'_>, statement: &Statement, reading: &Reading) -> Option<&'c str> {
    Some(prepared.interner.str(statement.key.category)).filter(|filed| *filed != &*reading.category)
}

impl Render<'_, '_> {
    fn name(&self, sym: u32) -> Option<Name> {
        self.prepared.interner.name(sym).cloned()
    }

    /// A fact in words. `maybe` are the facts that it could also belong to, in order.
    pub fn fact(
        &self,
        draft: &Draft,
        flags: Vec<(FactFlag, String)>,
        event: Option<Reference>,
        maybe: &[Reference],
    ) -> Fact {
        let Draft { cluster, assessed, split, .. } = draft;
        let prepared = self.prepared;
        let subset = split.clone().or_else(|| self.name(cluster.key.subset));
        let label = labels::label(prepared, self.codebook, cluster, subset.as_deref());
        let id = draft.mention;
        let (origins, origin_of) = self.origins(draft);
        let mut members: Vec<(u32, Member)> = Vec::with_capacity(cluster.members.len());
        let mut reasons: Vec<(Grounds<'_>, Name)> = Vec::new();
        for (i, (statement, because)) in cluster.members.iter().enumerate() {
            let origin = origin_of[i].clone().or_else(|| {
                let source = prepared.statements[*statement as usize].source?;
                Some(prepared.sources[source as usize].name.clone())
            });
            // Most are here for one of very few reasons, which are worded once.
            let grounds = Grounds::of(prepared, *statement, because);
            let known = reasons.iter().find(|(other, _)| *other == grounds).map(|(_, reason)| reason.clone());
            let reason = known.unwrap_or_else(|| {
                let reason = Name::from(self.reason(*statement, because, id, &label, maybe));
                if reasons.len() < REASONS {
                    reasons.push((grounds, reason.clone()));
                }
                reason
            });
            let claim = prepared.claim(*statement).id.clone();
            let number = prepared.statements[*statement as usize].claim;
            members.push((number, Member { claim, relation: assessed.relations[i], origin, reason }));
        }
        members.sort_by_key(|(number, _)| *number);
        let estimate = &assessed.estimate;
        let mut rulings: BTreeSet<usize> = cluster.rulings.iter().copied().collect();
        if !self.single.is_empty() {
            let of = |id: StatementId| self.single.get(&prepared.claim(id).id).into_iter().flatten().copied();
            rulings.extend(cluster.members.iter().flat_map(|(id, _)| of(*id)));
        }
        Fact {
            id: id.to_string().into(),
            event: event.map(|event| event.to_string().into()),
            label,
            kind: kind(cluster),
            category: self.name(cluster.key.category).unwrap_or_default(),
            party: self.name(cluster.facet.party),
            from: self.name(cluster.facet.from),
            to: self.name(cluster.facet.to),
            subset,
            window: cluster.window,
            low: estimate.low,
            best: estimate.best,
            high: estimate.high,
            low_soft: estimate.low_soft,
            high_soft: estimate.high_soft,
            best_approx: estimate.best_approx,
            best_rule: estimate.best_rule.clone(),
            verdict: assessed.verdict,
            machine_verdict: assessed.verdict,
            pinned_verdict: None,
            information: assessed.information,
            reason: assessed.reason.clone(),
            flags,
            k_origins: assessed.k_origins,
            k_sides: assessed.k_sides,
            n_articles: assessed.n_articles,
            n_unattributed: assessed.n_unattributed,
            origins,
            members: members.into_iter().map(|(_, member)| member).collect(),
            rulings: rulings.into_iter().map(|number| self.rulings[number].id.clone()).collect(),
        }
    }

    /// The origins of a fact, and the origin of each member of its cluster.
    fn origins(&self, draft: &Draft) -> (Vec<Origin>, Vec<Option<Name>>) {
        let Draft { cluster, assessed, .. } = draft;
        let mut origin_of: Vec<Option<Name>> = vec![None; cluster.members.len()];
        let mut origins = Vec::new();
        for standing in &assessed.voices.standings {
            let Some(source) = standing.source.map(|s| &self.prepared.sources[s as usize]) else { continue };
            let mut ranks: Vec<u32> = standing
                .members
                .iter()
                .map(|i| self.prepared.statements[cluster.members[*i].0 as usize].article)
                .collect();
            ranks.sort_unstable();
            ranks.dedup();
            for member in &standing.members {
                origin_of[*member] = Some(source.name.clone());
            }
            let live = standing.live.as_ref();
            origins.push(Origin {
                name: source.name.clone(),
                side: source.side.clone(),
                presumed: source.presumed,
                anonymous: source.anonymous,
                articles: ranks.iter().map(|rank| self.article(*rank)).collect(),
                low: live.and_then(|q| q.low),
                high: live.and_then(|q| q.high),
                soft: live.is_some_and(|q| q.low_soft && q.high_soft),
            });
        }
        (origins, origin_of)
    }

    fn article(&self, rank: u32) -> ArticleId {
        ArticleId(self.prepared.articles[rank as usize].clone())
    }

    /// Why a claim is in its fact, in words.
    fn reason(&self, id: StatementId, because: &Because, fact: Reference, label: &str, maybe: &[Reference]) -> String {
        let statement = &self.prepared.statements[id as usize];
        let words = self.prepared.claim(id).reading.date.text.as_deref();
        let mut date = match statement.window.is_known() {
            true => [", date ", statement.window.basis.word()].concat(),
            // The label says that there is none.
            false if words.is_none() && label.ends_with("no date") => String::new(),
            false => ", no date".to_owned(),
        };
        if let Some(text) = words {
            date.push_str(&format!(" (“{text}”)"));
        }
        if let Some(id) = filed(self.prepared, statement, &self.prepared.claim(id).reading) {
            let name = self.codebook.category(id).map_or(id, |category| &*category.label);
            date.push_str(&format!("; told in other words, and filed under “{name}” as its article tells of these"));
        }
        let fact = fact.to_string();
        match because {
            Because::Founds => {
                let ids: Vec<String> = maybe.iter().map(Reference::to_string).collect();
                match ids.is_empty() {
                    true => ["founded ", &fact, ": ", label, &date].concat(),
                    false => format!("founded {fact}: {label}{date}; could also be {}", ids.join(", ")),
                }
            }
            Because::SameWindow => ["joined ", &fact, ": ", label, &date].concat(),
            Because::OnlyInside => {
                format!("joined {fact}: {label}, the only such event in {}{date}", statement.window.words())
            }
            Because::SameSeries => {
                let said =
                    statement.said.map_or_else(String::new, |day| format!(", as of {}", crate::claim::day_words(day)));
                format!("joined {fact}: {label}, a count to date{said}")
            }
            Because::SameArticle => {
                format!("joined {fact}: {label}{date}, and the only such event that its article tells of")
            }
            Because::SameStatement => {
                format!("joined {fact}: {label}{date}, and the same figure from the same source")
            }
            Because::SameDays => {
                format!("joined {fact}: {label}{date}, and the same figure, told within days")
            }
            Because::SameRareFigure => format!("joined {fact}: {label}{date}, and the same rare figure"),
            Because::InferredDay => format!(
                "joined {fact}: {label}{date}: no word ties it to that day, and the only such fact with its figure \
                 is within three days"
            ),
            Because::InferredCategory(category) => {
                let category = self.codebook.category(self.prepared.interner.str(*category));
                let name = category.map_or("its category", |category| &*category.label);
                format!(
                    "joined {fact}: {label}{date}: that it counts “{name}” is inferred, and this is the only fact \
                     of that time with its figure"
                )
            }
            Because::ToldByItself => format!(
                "joined {fact}: {label}{date}: told as added to another count or a part of it, and the only such \
                 fact with its figure tells it by itself"
            ),
            Because::WithoutGroup => format!(
                "joined {fact}: {label}{date}: the only such fact of that time with its figure tells it without \
                 the word for the group"
            ),
            Because::ConfirmsFigure(figure) => {
                format!("joined {fact}: {label}, confirms “{}”", self.prepared.claim(*figure).quote())
            }
            Because::ConfirmsEvent => format!("joined {fact}: {label}, confirms that it happened, gives no figure"),
            Because::Ruled(number) => {
                let ruling = self.rulings[*number];
                let why = if ruling.reason.is_empty() { String::new() } else { format!(": {}", ruling.reason) };
                format!("in {fact}: {label}, by the analyst's ruling ({}){why}", ruling.op.label())
            }
        }
    }
}

/// Whether a ruling pins a value or a verdict.
pub(super) fn is_pin(op: &RulingOp) -> bool {
    matches!(op, RulingOp::PinValue { .. } | RulingOp::PinVerdict { .. })
}

/// A pin, and the fact that it speaks of now.
pub(super) struct Pin {
    pub fact: usize,
    /// Its place among the rulings.
    number: usize,
    /// What has changed since it was made.
    changed: Option<String>,
}

/// The pins that hold, in order. Of two on one fact the later wins.
pub(super) fn pins(
    rulings: &[&Ruling],
    fact_of: impl Fn(&ClaimId) -> Vec<usize>,
    members: impl Fn(usize) -> BTreeSet<ClaimId>,
    stale: &mut StaleList,
) -> Vec<Pin> {
    let mut last: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    let mut out: Vec<Pin> = Vec::new();
    for (number, ruling) in rulings.iter().enumerate() {
        let (RulingOp::PinValue { claims, .. } | RulingOp::PinVerdict { claims, .. }) = &ruling.op else {
            continue;
        };
        let (fact, changed) = match pinned(claims, &fact_of, &members) {
            Pinned::To { fact, changed } => (fact, changed),
            Pinned::Stale(why) => {
                stale.push((number, why));
                continue;
            }
        };
        let is_value = matches!(ruling.op, RulingOp::PinValue { .. });
        if let Some(earlier) = last.insert((is_value, fact), number) {
            stale.push((earlier, "a later pin on the same fact replaces it".to_owned()));
            out.retain(|pin| pin.number != earlier);
        }
        out.push(Pin { fact, number, changed });
    }
    out
}

impl Pin {
    /// Lays the pin over its fact.
    pub fn apply(&self, rulings: &[&Ruling], fact: &mut Fact) {
        let ruling = rulings[self.number];
        match &ruling.op {
            RulingOp::PinValue { low, best, high, .. } => {
                (fact.low, fact.best, fact.high) = (Some(*low), *best, *high);
                (fact.low_soft, fact.high_soft, fact.best_approx) = (false, false, false);
                fact.best_rule = "pinned by the analyst".into();
                let why = if ruling.reason.is_empty() { "no reason given" } else { &ruling.reason };
                fact.reason.push_str(&format!("; value pinned by the analyst: {why}"));
            }
            RulingOp::PinVerdict { verdict, .. } => {
                fact.verdict = FactVerdict::Analyst;
                fact.pinned_verdict = Some(*verdict);
                fact.information = 5;
                let why = if ruling.reason.is_empty() { "no reason given" } else { &ruling.reason };
                fact.reason = format!(
                    "{} by the analyst: {why} (by the rules: {}, {})",
                    verdict.label(),
                    fact.machine_verdict.label(),
                    fact.reason
                );
            }
            _ => {}
        }
        fact.rulings.push(ruling.id.clone());
        fact.flags.retain(|(flag, _)| *flag != FactFlag::PinNeedsReview);
        if let Some(text) = &self.changed {
            fact.flags.push((FactFlag::PinNeedsReview, text.clone()));
            fact.flags.sort();
        }
    }
}

/// A place among facts or events, as a reference counts it.
fn count(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
