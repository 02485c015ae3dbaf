//! Facts that are kept up to date are those that are worked out from nothing; and keeping them up
//! to date costs what has changed, not what there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::fixture::{Case, id};
use super::properties::{case, line, ruling};
use crate::claim::*;
use crate::reconcile::{Document, Reconciler, Work};

/// A world that is edited: all that may be there, and what of it is.
struct World {
    case: Case,
    claims: Vec<(Claim, bool)>,
    documents: Vec<(Document, bool)>,
    rulings: Vec<(Ruling, bool)>,
}

#[derive(Clone, Debug)]
enum Step {
    Claim(usize),
    Value(usize, u64),
    Ruling(usize),
    Document(usize),
    Published(usize, &'static str),
    Outlet(usize, &'static str),
    Source(&'static str, &'static str),
    Best(BestRule),
}

fn step() -> impl Strategy<Value = Step> {
    let pick = |list: &'static [&'static str]| prop::sample::select(list);
    prop_oneof![
        4 => (0..64usize).prop_map(Step::Claim),
        3 => ((0..64usize), prop::sample::select(vec![12u64, 1000, 14480, 391])).prop_map(|(n, v)| Step::Value(n, v)),
        3 => (0..16usize).prop_map(Step::Ruling),
        1 => (0..4usize).prop_map(Step::Document),
        2 => ((0..4usize), pick(&["", "2025-09-18", "2025-10-01", "2026"])).prop_map(|(n, d)| Step::Published(n, d)),
        1 => ((0..4usize), pick(&["", "TASS", "Reuters"])).prop_map(|(n, o)| Step::Outlet(n, o)),
        1 => (pick(&["Headquarters", "Mediazona", "Petrov"]), pick(&["Russia", "Ukraine", ""]))
            .prop_map(|(name, side)| Step::Source(name, side)),
        1 => prop::sample::select(vec![BestRule::Lowest, BestRule::PluralityOfSides]).prop_map(Step::Best),
    ]
}

impl World {
    fn new(lines: &[String], ops: Vec<RulingOp>) -> Self {
        let mut case = case(lines);
        for op in ops {
            case = case.rule(op);
        }
        Self::of(case)
    }

    fn of(mut case: Case) -> Self {
        Self {
            claims: std::mem::take(&mut case.claims).into_iter().map(|claim| (claim, true)).collect(),
            documents: std::mem::take(&mut case.documents).into_iter().map(|document| (document, true)).collect(),
            rulings: std::mem::take(&mut case.rulings).into_iter().map(|ruling| (ruling, false)).collect(),
            case,
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Claim(n) => {
                let n = n % self.claims.len();
                self.claims[n].1 ^= true;
            }
            Step::Value(n, value) => {
                let n = n % self.claims.len();
                self.claims[n].0.reading.count.quantity = Quantity::exact(*value);
            }
            Step::Ruling(n) => {
                if !self.rulings.is_empty() {
                    let n = n % self.rulings.len();
                    self.rulings[n].1 ^= true;
                }
            }
            Step::Document(n) => {
                let n = n % self.documents.len();
                self.documents[n].1 ^= true;
            }
            Step::Published(n, date) => {
                let n = n % self.documents.len();
                self.documents[n].0.metadata.published = DateWindow::parse(date, Basis::Analyst).unwrap_or_default();
            }
            Step::Outlet(n, outlet) => {
                let n = n % self.documents.len();
                let outlet = (!outlet.is_empty()).then(|| Known::new(*outlet, Basis::Stated));
                self.documents[n].0.metadata.outlet = outlet;
            }
            Step::Source(name, side) => {
                self.case.codebook.sources.retain(|source| &*source.name != *name);
                if !side.is_empty() {
                    self.case.codebook.sources.push(Source {
                        name: (*name).into(),
                        side: Side::Party((*side).into()),
                        aliases: Vec::new(),
                        part_of: None,
                        admiralty: None,
                        rank: None,
                    });
                }
            }
            Step::Best(rule) => self.case.codebook.conventions.best = *rule,
        }
    }

    /// What is there, worked out from nothing.
    fn anew(&mut self) -> Reconciliation {
        fn there<T: Clone>(list: &[(T, bool)]) -> Vec<T> {
            list.iter().filter(|(_, there)| *there).map(|(value, _)| value.clone()).collect()
        }
        self.case.claims = there(&self.claims);
        self.case.documents = there(&self.documents);
        self.case.rulings = there(&self.rulings);
        self.case.run()
    }

    /// Tells a reconciler of everything that is there.
    fn tell(&self, reconciler: &mut Reconciler) {
        let mut articles: BTreeMap<ArticleId, (Option<Document>, Vec<Arc<Claim>>)> = BTreeMap::new();
        for (document, there) in &self.documents {
            articles.entry(document.id.clone()).or_default().0 = there.then(|| document.clone());
        }
        for (claim, there) in &self.claims {
            let claims = &mut articles.entry(claim.article.clone()).or_default().1;
            claims.extend(there.then(|| Arc::new(claim.clone())));
        }
        for (article, (document, claims)) in articles {
            reconciler.set_article(&article, document, claims);
        }
        reconciler.set_rulings(self.rulings.iter().filter(|(_, there)| *there).map(|(ruling, _)| ruling));
        reconciler.set_codebook(&self.case.codebook);
    }

    fn reconciler(&self) -> Reconciler {
        let mut reconciler = Reconciler::new(self.case.codebook.clone(), Arc::new(self.case.lexicon.clone()));
        self.tell(&mut reconciler);
        reconciler
    }
}

/// Says where two reconciliations differ, part by part.
fn compare(kept: &Reconciliation, anew: &Reconciliation) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        kept.facts.iter().map(|f| &f.label).collect::<Vec<_>>(),
        anew.facts.iter().map(|f| &f.label).collect::<Vec<_>>()
    );
    for (kept, anew) in kept.facts.iter().zip(&anew.facts) {
        prop_assert_eq!(kept, anew);
    }
    prop_assert_eq!(&kept.documents, &anew.documents);
    prop_assert_eq!(&kept.events, &anew.events);
    prop_assert_eq!(&kept.rollups, &anew.rollups);
    prop_assert_eq!(&kept.unplaced, &anew.unplaced);
    prop_assert_eq!(&kept.stale, &anew.stale);
    prop_assert_eq!(kept, anew);
    Ok(())
}

/// Brings it up to date, retellings included.
fn settled(reconciler: &mut Reconciler) -> Reconciliation {
    reconciler.update();
    while reconciler.is_behind() {
        reconciler.follow(usize::MAX);
        reconciler.update();
    }
    reconciler.shown().labelled()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_facts_are_those_worked_out_from_nothing(
        lines in prop::collection::vec(line(), 1..14),
        ops in prop::collection::vec(ruling(6), 0..6),
        steps in prop::collection::vec(step(), 0..8),
    ) {
        let mut world = World::new(&lines, ops);
        let mut reconciler = world.reconciler();
        compare(&settled(&mut reconciler), &world.anew())?;
        for step in &steps {
            world.take(step);
            world.tell(&mut reconciler);
            compare(&settled(&mut reconciler), &world.anew())?;
        }
    }

    #[test]
    fn undone_edits_leave_the_facts_as_they_were(
        lines in prop::collection::vec(line(), 1..12),
        steps in prop::collection::vec(step(), 1..6),
    ) {
        let mut world = World::new(&lines, Vec::new());
        let mut reconciler = world.reconciler();
        let before = settled(&mut reconciler);
        let mut edited = World::new(&lines, Vec::new());
        for step in &steps {
            edited.take(step);
            edited.tell(&mut reconciler);
            reconciler.update();
        }
        world.tell(&mut reconciler);
        compare(&settled(&mut reconciler), &before)?;
        compare(&before, &world.anew())?;
    }
}

#[test]
fn what_a_ruling_bound_to_a_claim_that_goes_is_placed_anew() {
    let day = "bodies Russia→Ukraine 2025-09-18";
    let lines = [
        format!("{day}  | 1000 in A"),
        format!("{day}  | 1000 in A another"),
        format!("{day}  | 1000 in A"),
        format!("{day}  | 1000 in A"),
        format!("{day} cumulative | 1000 in A"),
    ];
    let claim = |n: usize| ClaimId(format!("c00{n}").into());
    let merge = RulingOp::Merge { claims: vec![claim(4), claim(1)] };
    let mut world = World::new(&lines, vec![merge, RulingOp::Move { claim: claim(1), to: None }]);
    let mut reconciler = world.reconciler();
    for step in [Step::Ruling(0), Step::Ruling(1), Step::Claim(4), Step::Claim(4)] {
        world.take(&step);
        world.tell(&mut reconciler);
        compare(&settled(&mut reconciler), &world.anew()).expect("as from nothing");
    }
}

#[test]
fn a_confirmation_that_comes_back_is_found_by_the_ruling_that_names_it() {
    let day = "bodies Russia→Ukraine 2025-09-18";
    let lines = [format!("{day}  | 1000 in A"), format!("{day}  | 1000 in A"), format!("{day}  | confirms in B")];
    let mut world = World::new(&lines, vec![RulingOp::Move { claim: id(0), to: Some(id(2)) }]);
    let mut reconciler = world.reconciler();
    for step in [Step::Claim(2), Step::Ruling(0), Step::Claim(2)] {
        world.take(&step);
        world.tell(&mut reconciler);
        compare(&settled(&mut reconciler), &world.anew()).expect("as from nothing");
    }
}

#[test]
fn a_confirmation_that_goes_is_missed_by_the_ruling_that_names_it() {
    let day = "bodies Russia→Ukraine 2025-09-18";
    let lines =
        [format!("{day}  | 1000 in A"), format!("{day} cumulative | 1000 in A"), format!("{day}  | confirms in B")];
    let split = RulingOp::Split { claims: vec![id(2), id(1)], label: "a".into() };
    let mut world = World::new(&lines, vec![split, RulingOp::Split { claims: vec![id(1)], label: "b".into() }]);
    let mut reconciler = world.reconciler();
    for step in [Step::Ruling(1), Step::Ruling(0), Step::Claim(2)] {
        world.take(&step);
        world.tell(&mut reconciler);
        compare(&settled(&mut reconciler), &world.anew()).expect("as from nothing");
    }
}

/// Forty days, each with a count by two sources in two articles, of two categories.
fn many() -> World {
    let mut text = Vec::new();
    for day in 1..=20 {
        for category in ["killed", "wounded"] {
            text.push(format!(
                "{category} Ukraine 2025-09-{day:02} | {} by Headquarters in A; 7 by Moscow in B",
                100 + day
            ));
        }
    }
    World::new(&text, Vec::new())
}

#[test]
fn an_edit_touches_only_what_is_stale() {
    let mut world = many();
    let mut reconciler = world.reconciler();
    settled(&mut reconciler);
    let all = reconciler.take_work();
    assert_eq!((all.facts, all.claims_placed), (40, 80), "{all:?}");
    for (what, step, facts, placed) in [
        ("a value", Step::Value(3, 99), 1, 2),
        ("a claim less", Step::Claim(3), 1, 1),
        ("a claim more", Step::Claim(3), 1, 2),
    ] {
        world.take(&step);
        let article = world.claims[3].0.article.clone();
        let own = world.claims.iter().filter(|(claim, there)| *there && claim.article == article);
        let claims: Vec<Arc<Claim>> = own.map(|(claim, _)| Arc::new(claim.clone())).collect();
        let document = world.documents.iter().find(|(d, _)| d.id == article).map(|(d, _)| d.clone());
        reconciler.set_article(&article, document, claims);
        reconciler.update();
        let work = reconciler.take_work();
        assert_eq!((work.facts, work.claims_placed, work.units), (facts, placed, 1), "{what}: {work:?}");
        assert!(work.shown <= 4, "{what}: {work:?}");
        assert_eq!(settled(&mut reconciler), world.anew(), "{what}");
        reconciler.take_work();
    }
    // A ruling on one claim, and none at all.
    let op = RulingOp::SetOrigin { claim: id(3), origin: "Red Cross".into(), side: Side::Independent };
    world.case = std::mem::replace(&mut world.case, case(&[])).rule(op);
    world.rulings = world.case.rulings.iter().map(|ruling| (ruling.clone(), true)).collect();
    world.case.rulings.clear();
    reconciler.set_rulings(world.rulings.iter().map(|(ruling, _)| ruling));
    reconciler.update();
    let work = reconciler.take_work();
    assert_eq!((work.facts, work.units), (1, 1), "{work:?}");
    assert_eq!(settled(&mut reconciler), world.anew());
    reconciler.take_work();
    reconciler.update();
    assert_eq!(reconciler.take_work(), Work::default());
}

#[test]
fn a_claim_without_a_date_is_placed_with_what_it_may_repeat_alone() {
    let names: Vec<String> = (1..=20).map(|n| format!("N{n:02}")).collect();
    let documents: Vec<String> =
        names.iter().enumerate().map(|(n, name)| format!("{name} 2025-09-{:02}", n + 1)).collect();
    let mut text = vec![documents.join(", ")];
    for (n, name) in names.iter().enumerate() {
        text.push(format!("killed Ukraine 2025-09-{:02} | {} by Headquarters in {name}", n + 1, 101 + n));
    }
    // One repeats the figure of the third day, the other is told in the article of the fifth.
    text.push("killed Ukraine | 103 by Moscow in N20; 12 in N05".to_owned());
    let mut world = World::of(Case::new(&text.join("\n")));
    let mut reconciler = world.reconciler();
    settled(&mut reconciler);
    reconciler.take_work();
    for (claim, value, placed) in [(20, 777, 3), (21, 391, 2), (2, 555, 3), (9, 333, 1)] {
        world.take(&Step::Value(claim, value));
        world.tell(&mut reconciler);
        reconciler.update();
        let work = reconciler.take_work();
        assert!(work.claims_placed <= placed, "{claim}: {work:?}");
        assert_eq!(settled(&mut reconciler), world.anew(), "{claim}");
        reconciler.take_work();
    }
}

#[test]
fn many_claims_without_a_date_in_one_article_are_tied_to_one_another_once() {
    let tied = |count: usize| {
        let told: Vec<String> = (0..count).map(|n| format!("{} in A", 101 + n)).collect();
        let mut world = World::new(&[format!("killed Ukraine | {}", told.join("; "))], Vec::new());
        let mut reconciler = world.reconciler();
        reconciler.update();
        let all = reconciler.take_work().claims_tied;
        world.take(&Step::Claim(count / 2));
        world.tell(&mut reconciler);
        reconciler.update();
        let one = reconciler.take_work().claims_tied;
        assert_eq!(settled(&mut reconciler), world.anew());
        (all, one)
    };
    let ((all, one), (all_of_twice, one_of_twice)) = (tied(40), tied(80));
    assert!(all > 0 && all_of_twice <= 2 * all + 2, "{all} of 40, {all_of_twice} of 80");
    assert!(one > 0 && one_of_twice <= 2 * one + 2, "{one} of 40, {one_of_twice} of 80");
}

#[test]
fn numbers_of_facts_stay_and_their_labels_follow() {
    let mut world = many();
    let mut reconciler = world.reconciler();
    settled(&mut reconciler);
    let before = reconciler.shown().clone();
    let last = before.facts.last().unwrap().clone();
    assert_eq!(before.shown(&last.id), "F40");
    // The first day has gone: every label moves, and no other fact is put into words anew.
    for n in 0..4 {
        world.take(&Step::Claim(n));
    }
    world.tell(&mut reconciler);
    reconciler.take_work();
    let after = reconciler.update().clone();
    assert!(reconciler.take_work().shown <= 4);
    assert!(Arc::ptr_eq(after.facts.last().unwrap(), &last));
    assert_eq!(after.shown(&last.id), "F38");
    assert_eq!(after.shown(&last.members[0].reason), before.shown(&last.members[0].reason).replace("F40", "F38"));
    assert_eq!(after.fact(&last.id).map(|fact| &fact.label), Some(&last.label));
}
