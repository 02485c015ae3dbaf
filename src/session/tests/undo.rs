//! Undo and redo lead back and forth between the same states, whatever was done.

use proptest::prelude::*;

use super::*;

/// Something to do; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Step {
    Accept(usize),
    AcceptAll(usize),
    Reject(usize),
    Restore(usize),
    RejectThese(usize),
    RestoreThese,
    Tag(usize, usize),
    Note(usize),
    Delete(usize),
    Metadata(usize, usize),
    Progress(usize),
    Remove(usize),
    Rule(usize),
    Revoke,
    Category(usize),
    Party(usize),
    Tolerance(u8),
    Best(usize),
    AsOf(usize),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0..8_usize;
    prop_oneof![
        4 => n.clone().prop_map(Step::Accept),
        1 => n.clone().prop_map(Step::AcceptAll),
        2 => n.clone().prop_map(Step::Reject),
        2 => n.clone().prop_map(Step::Restore),
        1 => n.clone().prop_map(Step::RejectThese),
        1 => Just(Step::RestoreThese),
        2 => (n.clone(), n.clone()).prop_map(|(a, b)| Step::Tag(a, b)),
        2 => n.clone().prop_map(Step::Note),
        2 => n.clone().prop_map(Step::Delete),
        2 => (n.clone(), n.clone()).prop_map(|(a, b)| Step::Metadata(a, b)),
        1 => n.clone().prop_map(Step::Progress),
        1 => n.clone().prop_map(Step::Remove),
        2 => n.clone().prop_map(Step::Rule),
        1 => Just(Step::Revoke),
        1 => n.clone().prop_map(Step::Category),
        1 => n.clone().prop_map(Step::Party),
        1 => (5..30_u8).prop_map(Step::Tolerance),
        1 => n.clone().prop_map(Step::Best),
        2 => n.prop_map(Step::AsOf),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

fn pick<T: Clone>(from: impl IntoIterator<Item = T>, n: usize) -> Option<T> {
    let all: Vec<_> = from.into_iter().collect();
    (!all.is_empty()).then(|| all[n % all.len()].clone())
}

fn command(session: &Session, step: &Step) -> Option<Command> {
    let workspace = session.workspace();
    let ids: Vec<_> = workspace.articles.keys().cloned().collect();
    let pending = || ids.iter().flat_map(|id| session.pending(id)).map(Suggestion::key).collect::<Vec<_>>();
    let claims = || workspace.claims.values().cloned().collect::<Vec<_>>();
    Some(match step {
        Step::Accept(n) => Command::Accept(pick(pending(), *n)?),
        Step::AcceptAll(n) => Command::AcceptAll { article: pick(ids, *n), at_least: Grade::Check },
        Step::Reject(n) => Command::Reject(pick(pending(), *n)?),
        Step::Restore(n) => Command::Restore(pick(workspace.decisions.keys().cloned(), *n)?),
        Step::RejectThese(n) => Command::RejectThese(pending().into_iter().step_by(n + 1).collect()),
        Step::RestoreThese => Command::RestoreThese(workspace.decisions.keys().cloned().collect()),
        Step::Tag(n, m) => {
            let article = pick(ids, *n)?;
            let text = &session.article(&article)?.text;
            let span = pick(text.match_indices(' ').map(|(at, _)| Span::new(at + 1, at + 2)), *m * 3)?;
            let span = Span::checked(text, span.start as usize, span.end as usize)?;
            Command::Tag { article, span, category: pick(session.codebook().categories.iter(), *n + m)?.id.clone() }
        }
        Step::Note(n) => {
            let mut claim = pick(claims(), *n)?;
            claim.note.push('!');
            Command::ChangeClaim { claim: Box::new(claim), label: "note".into() }
        }
        Step::Delete(n) => Command::DeleteClaims(vec![pick(claims(), *n)?.id]),
        Step::Metadata(n, m) => Command::SetMetadata {
            articles: vec![pick(ids, *n)?],
            outlet: pick(["", "Example", "Other"], *m).map(Name::from),
            title: None,
            url: None,
            published: pick([None, DateWindow::parse("2026-02", Basis::Analyst), Some(DateWindow::UNKNOWN)], *m)?,
        },
        Step::Progress(n) => {
            let progress = [Progress::Unread, Progress::InProgress, Progress::Done];
            Command::SetProgress(pick(ids, *n)?, pick(progress, *n / 2)?)
        }
        Step::Remove(n) => Command::RemoveArticle(pick(ids, *n)?),
        Step::Rule(n) => {
            let facts = &session.reconciliation().facts;
            let claim = pick(facts.iter().flat_map(|fact| &fact.members), *n)?.claim.clone();
            Command::Rule { op: RulingOp::Exclude { claim }, reason: String::new() }
        }
        Step::Revoke => Command::RevokeRuling(workspace.rulings.keys().next()?.clone()),
        Step::Category(n) => {
            let before = pick(session.codebook().categories.iter(), *n)?.clone();
            let after = Category { id: format!("{}x", before.id).into(), ..before.clone() };
            Command::Category(Some(before), Some(after))
        }
        Step::Party(n) => {
            let before = session.codebook().parties.first().cloned();
            let after = Party { name: format!("Aland {n}").into(), aliases: Vec::new() };
            Command::Party(before, (n % 3 > 0).then_some(after))
        }
        Step::Tolerance(percent) => Command::SetTolerance(*percent),
        Step::Best(n) => Command::SetBestRule(pick(BestRule::ALL, *n)?),
        Step::AsOf(n) => {
            let day = |day: &str| Some(day.parse().expect("a day"));
            Command::ShowAsOf(pick([None, day("2026-01-30"), day("2026-02-28"), day("2026-03-01")], *n)?)
        }
        Step::Undo => Command::Undo,
        Step::Redo => Command::Redo,
    })
}

/// The workspace without what grows whatever is done.
fn state(session: &Session) -> Workspace {
    let mut workspace = session.workspace().clone();
    workspace.codebook.revision = 0;
    workspace
}

/// What is looked up agrees with what is there.
fn check_lookups(session: &Session) {
    let workspace = session.workspace();
    let mut claims = 0;
    for id in workspace.articles.keys() {
        let of_article = session.claims_of(id);
        let mut expected: Vec<_> = workspace.claims.values().filter(|claim| claim.article == *id).collect();
        expected.sort_by(|a, b| a.order().cmp(&b.order()));
        assert_eq!(of_article, expected);
        claims += of_article.len();
        for suggestion in session.pending(id) {
            assert!(!workspace.decisions.contains_key(&suggestion.key()));
        }
        for suggestion in session.rejected(id) {
            assert_eq!(workspace.decisions[&suggestion.key()].verdict, Verdict::Rejected);
        }
    }
    assert_eq!(claims, workspace.claims.len(), "no claim without its article");
    for decision in workspace.decisions.values() {
        assert!(workspace.articles.contains_key(&decision.suggestion.article));
        if let Verdict::Accepted { claim } = &decision.verdict {
            assert!(workspace.claims.contains_key(claim), "an accepted suggestion has its claim");
        }
    }
    for member in session.reconciliation().facts.iter().flat_map(|fact| &fact.members) {
        assert!(session.claim(&member.claim).is_some(), "{}", member.claim);
    }
    check_facts(session);
    check_shelves(session);
}

/// What was looked up step by step is what is found anew.
fn check_shelves(session: &Session) {
    let none = BTreeSet::new();
    let mut tally = crate::session::shelf::Tally::default();
    for (id, shelf) in session.shelves.iter() {
        let version = session.workspace.articles[id].version;
        shelf.check(&session.workspace, version, session.claim_ids.get(id).unwrap_or(&none));
        tally.add(&shelf.tally);
    }
    assert_eq!(session.uses, Uses::of(session.workspace.claims.values()));
    assert_eq!(*session.shelves.tally(), tally);
    assert!(session.articles_with(&[]).collect::<BTreeSet<_>>().into_iter().eq(session.workspace.articles.keys()));
}

/// The facts are those that are worked out from nothing.
fn check_facts(session: &Session) {
    assert!(session.facts.is_current(), "{:?}", session.facts);
    let anew = session.facts_input(session.with_suggestions, None).reconcile();
    let kept = session.reconciliation().labelled();
    assert_eq!(kept.facts, anew.facts);
    assert_eq!(kept, anew);
    if session.as_of().is_some() {
        assert!(session.facts_are_current());
        let anew = session.facts_input(session.with_suggestions, session.as_of()).reconcile();
        assert_eq!(session.shown_facts().labelled(), anew);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn the_facts_follow_in_the_background_too(steps in prop::collection::vec(step(), 1..20), counted in any::<bool>()) {
        let mut session = super::session();
        (session.facts.at_once, session.shelves.at_hand) = (0, 0);
        session.run(Command::CountSuggestions(counted));
        for (n, step) in steps.iter().enumerate() {
            let Some(command) = command(&session, step) else { continue };
            session.run(command);
            if n % 3 == 0 {
                session.settle();
                check_facts(&session);
            }
        }
        session.settle();
        check_facts(&session);
    }

    #[test]
    fn a_preview_changes_nothing_and_says_what_a_ruling_will_change(
        steps in prop::collection::vec(step(), 1..8), n in 0..40_usize, to in 0..40_usize,
    ) {
        let mut session = super::session();
        for step in &steps {
            let Some(command) = command(&session, step) else { continue };
            session.run(command);
        }
        let before = session.reconciliation().labelled();
        let claims: Vec<ClaimId> =
            before.facts.iter().flat_map(|fact| &fact.members).map(|member| member.claim.clone()).collect();
        let (Some(claim), Some(other)) = (pick(claims.clone(), n), pick(claims, to)) else { return Ok(()) };
        let op = RulingOp::Move { claim, to: (n % 3 > 0).then_some(other) };
        session.run(Command::PreviewRuling(Box::new(op.clone())));
        session.run(Command::PreviewBest);
        let told = session.previewed_ruling(&op).map(<[String]>::to_vec);
        prop_assert_eq!(session.previewed_best().map(<[_]>::len), Some(BestRule::ALL.len()));
        check_facts(&session);
        prop_assert_eq!(&session.reconciliation().labelled(), &before);
        session.run(Command::Rule { op, reason: "preview".to_owned() });
        check_facts(&session);
        prop_assert_eq!(told, Some(differences(&before, &session.reconciliation().labelled())));
    }

    #[test]
    fn undo_leads_back_through_every_state(steps in prop::collection::vec(step(), 1..25), packed in any::<bool>()) {
        let mut session = super::session();
        if packed {
            session.shelves.at_hand = 0; // suggestions are put away whenever nobody has looked at them
        }
        // The states on the way, one for each action that can be undone.
        let mut states = vec![state(&session)];
        let begun = session.history().len();
        for step in &steps {
            let Some(command) = command(&session, step) else { continue };
            session.run(command);
            session.poll();
            session.poll();
            check_lookups(&session);
            let depth = session.history().len() - begun.min(session.history().len());
            if session.history().len() < begun {
                session.run(Command::Redo); // the articles themselves stay
                continue;
            }
            states.truncate(depth + 1);
            if states.len() == depth {
                states.push(state(&session));
            } else {
                states[depth] = state(&session);
            }
        }
        let last = state(&session);
        let depth = session.history().len();
        for expected in states[..depth - begun].iter().rev() {
            session.run(Command::Undo);
            prop_assert_eq!(&state(&session), expected);
        }
        for _ in begun..depth {
            session.run(Command::Redo);
        }
        session.settle();
        check_lookups(&session);
        prop_assert_eq!(state(&session), last);
    }
}

#[test]
fn files_that_come_in_bit_by_bit_are_one_action() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..70 {
        std::fs::write(folder.path().join(format!("{n:02}.txt")), format!("In all {n} soldiers came home."))
            .expect("written");
    }
    std::fs::write(folder.path().join("copy.txt"), "In all 7 soldiers came home.").expect("written");
    let mut session = Session::new("anna");
    session.run(Command::Open(vec![folder.path().to_path_buf()]));
    session.settle();
    assert_eq!(session.workspace().articles.len(), 70);
    let labels: Vec<&str> = session.history().iter().map(|done| &*done.label).collect();
    assert_eq!(labels, ["add 70 articles"]);
    let told: Vec<&str> = session.notices().iter().map(|notice| &*notice.text).collect();
    assert!(told.iter().any(|text| text.contains("copy.txt is here already")), "{told:?}");
    session.run(Command::Undo);
    assert_eq!((session.workspace().articles.len(), session.redo_label()), (0, Some("add 70 articles")));
    session.run(Command::Redo);
    assert_eq!(session.workspace().articles.len(), 70);
    check_shelves(&session);
}
