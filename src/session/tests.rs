//! What a user does, and what is there afterwards.

mod kept;
#[cfg(unix)]
mod outside;
mod replaced;
mod reread;
mod turning;
mod undo;
mod words;

use super::*;
use crate::claim::*;

const A: &str = "Russia handed over the bodies of 1,000 soldiers to Ukraine on January 29, 2026, Kyiv said. \
                 Moscow received 38 bodies.";
const B: &str =
    "Around 35 bodies of fallen Russian soldiers were returned, officials said. Later 12 prisoners came home.";

/// A session in memory with two articles.
fn session() -> Session {
    let mut session = Session::new("Anna");
    session.add_articles(&[("a.txt", A.as_bytes()), ("b.txt", B.as_bytes())]);
    session.settle();
    assert_eq!(session.notices(), []);
    session
}

/// The article whose name begins so.
fn article(session: &Session, name: &str) -> ArticleId {
    let record = session.workspace().articles.values().find(|record| record.name.starts_with(name));
    record.expect("there is such an article").id.clone()
}

fn span(session: &Session, article: &ArticleId, words: &str) -> Span {
    let start = session.article(article).expect("has a text").text.find(words).expect("the words are in it");
    Span::new(start, start + words.len())
}

/// The key of the suggestion on the count of these words.
fn key(session: &Session, article: &ArticleId, count: &str) -> SuggestionKey {
    let text = &session.article(article).expect("has a text").text;
    let pending = session.pending(article);
    let found = pending.iter().find(|s| s.reading.count.span.is_some_and(|span| span.of(text) == count));
    found.unwrap_or_else(|| panic!("no suggestion on {count} among {pending:#?}")).key()
}

fn notices(session: &Session) -> Vec<&str> {
    session.notices().iter().map(|notice| &*notice.text).collect()
}

#[test]
fn suggestions_at_which_nobody_looks_are_put_away_and_come_back_as_they_were() {
    let mut session = session();
    let a = article(&session, "a");
    let before: Vec<Suggestion> = session.pending(&a).into_iter().cloned().collect();
    let facts = session.reconciliation().clone();
    let waiting = (session.pending_by_grade(), session.unannotated());
    session.shelves.at_hand = 0;
    let at_hand = |session: &Session| session.shelves.values().filter_map(|shelf| shelf.suggested.at_hand()).count();
    for _ in 0..4 {
        session.poll();
    }
    assert_eq!(at_hand(&session), 0);
    let mut seen = Vec::new();
    session.look_through(&a, false, |key, found| seen.push((key.clone(), found.clone())));
    assert_eq!(at_hand(&session), 0, "whoever looks through all of them leaves them where they are");
    assert!(seen.iter().all(|(key, found)| *key == found.key()));
    assert_eq!(seen.into_iter().map(|(_, found)| found).collect::<Vec<_>>(), before);
    assert_eq!((session.pending_by_grade(), session.unannotated()), waiting);
    session.run(Command::CountSuggestions(false));
    session.run(Command::CountSuggestions(true));
    session.settle();
    assert_eq!(session.reconciliation().labelled(), facts.labelled());
    assert_eq!(session.pending(&a).into_iter().cloned().collect::<Vec<_>>(), before);
    session.run(Command::Reject(before[0].key()));
    assert_eq!((session.pending(&a).len(), session.rejected(&a)), (before.len() - 1, vec![&before[0]]));
}

#[test]
fn articles_come_with_suggestions_and_facts() {
    let session = session();
    let a = article(&session, "a");
    assert_eq!(session.pending(&a).len(), 2);
    assert_eq!(session.pending_count(&a), 2);
    assert_eq!(session.provisional(), session.unannotated());
    assert!(session.provisional() >= 4);
    let facts = session.reconciliation();
    assert!(!facts.facts.is_empty());
    for member in facts.facts.iter().flat_map(|fact| &fact.members) {
        assert!(session.is_provisional(&member.claim));
        let key = session.suggestion_of(&member.claim).expect("made of a suggestion");
        let claim = session.claim(&member.claim).expect("can be looked up");
        assert_eq!((&claim.id, claim.suggestion.as_ref()), (&member.claim, Some(key)));
        assert!(session.suggestion(key).is_some());
    }
}

#[test]
fn the_same_article_is_added_once() {
    let mut session = session();
    session.add_articles(&[("other.txt", A.as_bytes())]);
    assert_eq!(session.workspace().articles.len(), 2);
    assert!(notices(&session)[0].contains("other.txt is here already"));
}

#[test]
fn accepting_puts_a_claim_in_the_place_of_the_provisional_one() {
    let mut session = session();
    let a = article(&session, "a");
    let (before, key) = (session.provisional(), key(&session, &a, "38"));
    session.run(Command::Accept(key.clone()));
    let [claim] = session.claims_of(&a)[..] else { panic!("one claim") };
    assert_eq!(claim.suggestion.as_ref(), Some(&key));
    assert_eq!(claim.created.by, "Anna".into());
    assert_eq!((session.pending_count(&a), session.provisional()), (1, before - 1));
    assert!(!session.is_provisional(&claim.id));
    let members = session.reconciliation().facts.iter().flat_map(|fact| &fact.members);
    assert!(members.into_iter().any(|member| member.claim == claim.id));
    assert_eq!(session.undo_label(), Some("accept suggestion"));
    assert_eq!(session.last_touched().map(|(id, span)| (id, span.is_some())), Some((&a, true)));

    let id = claim.id.clone();
    session.run(Command::DeleteClaims(vec![id]));
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, 2));
}

#[test]
fn rejecting_and_restoring() {
    let mut session = session();
    let a = article(&session, "a");
    let key = key(&session, &a, "38");
    session.run(Command::Reject(key.clone()));
    assert_eq!((session.pending_count(&a), session.rejected(&a).len()), (1, 1));
    session.run(Command::Restore(key.clone()));
    assert_eq!((session.pending_count(&a), session.rejected(&a).len()), (2, 0));
    session.run(Command::Accept(key.clone()));
    session.run(Command::Reject(key.clone()));
    assert_eq!((session.claims_of(&a).len(), session.rejected(&a).len()), (0, 1));
    session.run(Command::Accept(key.clone()));
    session.run(Command::Restore(key));
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, 2));
}

#[test]
fn accepting_all_is_one_action() {
    let mut session = session();
    let a = article(&session, "a");
    let waiting = session.pending_count(&a);
    session.run(Command::AcceptAll { article: Some(a.clone()), at_least: Grade::Check });
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (waiting, 0));
    assert_eq!(session.undo_label(), Some("accept 2 suggestions"));
    session.run(Command::Undo);
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, waiting));
    session.run(Command::AcceptAll { article: None, at_least: Grade::Check });
    assert_eq!(session.unannotated(), 0);
}

/// A session with an article in which very much is suggested.
fn long_session() -> (Session, ArticleId, usize) {
    let lines = (0..400).map(|n| format!("On 3 March 2025 shelling killed {} civilians in Kursk.\n\n", 2 + n));
    let text: String = lines.collect();
    let mut session = Session::new("Anna");
    session.add_articles(&[("long.txt", text.as_bytes())]);
    session.settle();
    let article = article(&session, "long");
    let waiting = session.pending_count(&article);
    assert!(waiting > 300, "{waiting} wait");
    (session, article, waiting)
}

#[test]
fn very_many_are_accepted_between_frames_and_undone_by_one_undo() {
    let (mut session, a, waiting) = long_session();
    session.run(Command::AcceptAll { article: Some(a.clone()), at_least: Grade::Check });
    assert_eq!(session.claims_of(&a).len(), 0, "nothing is done before the next frame");
    assert_eq!(session.jobs()[0].name, format!("Accepting {waiting} suggestions"));
    session.settle();
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (waiting, 0));
    assert_eq!(session.undo_label(), Some(&*format!("accept {waiting} suggestions")));
    assert!(session.jobs().is_empty());
    session.run(Command::Undo);
    session.settle();
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, waiting));
    assert_eq!(session.undo_label(), Some("add article"), "one undo takes all of it back");
    let keys: Vec<_> = session.pending(&a).iter().map(|found| found.key()).collect();
    session.run(Command::RejectThese(keys.clone()));
    session.settle();
    assert_eq!((session.rejected(&a).len(), session.pending_count(&a)), (waiting, 0));
    session.run(Command::RestoreThese(keys));
    session.settle();
    assert_eq!((session.rejected(&a).len(), session.pending_count(&a)), (0, waiting));
    assert_eq!(session.undo_label(), Some(&*format!("restore {waiting} suggestions")));
}

#[test]
fn accepting_very_many_can_be_stopped_and_what_was_done_is_one_action() {
    let (mut session, a, waiting) = long_session();
    session.run(Command::AcceptAll { article: None, at_least: Grade::Check });
    let job = session.jobs()[0].id;
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while session.claims_of(&a).is_empty() && std::time::Instant::now() < end {
        session.poll();
    }
    session.run(Command::StopJob(job));
    session.settle();
    let done = session.claims_of(&a).len();
    assert!(done > 0 && done + session.pending_count(&a) == waiting, "{done} of {waiting}");
    session.run(Command::Undo);
    session.settle();
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, waiting));
}

#[test]
fn accepting_very_many_ends_when_it_is_taken_back_on_the_way() {
    let (mut session, a, waiting) = long_session();
    session.run(Command::AcceptAll { article: None, at_least: Grade::Check });
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while session.claims_of(&a).is_empty() && std::time::Instant::now() < end {
        session.poll();
    }
    session.run(Command::Undo);
    session.settle();
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, waiting));
}

#[test]
fn what_is_removed_from_the_codebook_comes_back_to_its_place() {
    let mut session = session();
    for name in ["A", "B", "C"] {
        session.run(Command::Party(None, Some(Party { name: name.into(), aliases: Vec::new() })));
    }
    let before = session.codebook().clone();
    let party = before.parties.iter().find(|party| &*party.name == "B").cloned();
    session.run(Command::Party(party.clone(), None));
    assert_eq!(session.codebook().parties.len() + 1, before.parties.len());
    session.run(Command::Undo);
    assert_eq!(session.codebook().parties, before.parties);
    session.run(Command::Redo);
    session.run(Command::Undo);
    assert_eq!(session.codebook().parties, before.parties);
    session.run(Command::Merge(Merge::Party("A".into(), "C".into())));
    session.run(Command::Undo);
    assert_eq!(session.codebook().parties, before.parties);
    let unused = before.categories.iter().find(|category| &*category.id == "rescued").cloned();
    session.run(Command::Category(unused, None));
    session.run(Command::Undo);
    assert_eq!(session.codebook().categories, before.categories);
}

#[test]
fn a_tag_takes_the_suggestion_under_it_along() {
    let mut session = session();
    let a = article(&session, "a");
    let words = span(&session, &a, "38 bodies");
    session.run(Command::Tag { article: a.clone(), span: words, category: "killed".into() });
    let [claim] = session.claims_of(&a)[..] else { panic!("one claim") };
    assert_eq!((&*claim.reading.category, claim.span()), ("killed", words));
    assert_eq!(claim.reading.count.quantity, Quantity::exact(38));
    assert_eq!(claim.trace[&Field::Category], Provenance::hand());
    assert_eq!(session.pending_count(&a), 1, "it does not wait any longer");
    assert_eq!(session.undo_label(), Some("tag as killed"));
    session.run(Command::Tag { article: a.clone(), span: words, category: "killed".into() });
    assert_eq!(session.claims_of(&a).len(), 1, "a digit pressed twice tags once");
}

#[test]
fn a_tag_reads_the_words_where_nothing_is_suggested() {
    let mut session = session();
    let a = article(&session, "a");
    for (words, quantity) in [("2026", Quantity::exact(2026)), ("Kyiv", Quantity::confirm_only())] {
        let span = span(&session, &a, words);
        session.run(Command::Tag { article: a.clone(), span, category: "other".into() });
        let claim = session.claims_of(&a).into_iter().find(|claim| claim.span() == span).expect("tagged");
        assert_eq!(claim.reading.count.quantity, quantity, "{words}");
        assert_eq!(claim.grade, None);
    }
}

#[test]
fn tagging_many_places_is_one_action() {
    let mut session = session();
    let a = article(&session, "a");
    let spans: Vec<_> = ["38 bodies", "38", "Kyiv"].map(|words| (a.clone(), span(&session, &a, words))).into();
    session.run(Command::TagAll { spans, category: "killed".into() });
    assert_eq!(session.claims_of(&a).len(), 3);
    let of_suggestions = session.claims_of(&a).iter().filter(|claim| claim.suggestion.is_some()).count();
    assert_eq!(of_suggestions, 1, "a suggestion is accepted once");
    assert_eq!(session.undo_label(), Some("tag 3 places as killed"));
    session.run(Command::Undo);
    assert_eq!((session.claims_of(&a).len(), session.pending_count(&a)), (0, 2));
}

#[test]
fn a_change_marks_the_fields_that_the_analyst_set() {
    let mut session = session();
    let a = article(&session, "a");
    session.run(Command::Accept(key(&session, &a, "38")));
    let mut claim = session.claims_of(&a)[0].clone();
    claim.reading.party = Some("Aland".into());
    claim.evidence[0].span = span(&session, &a, "38");
    session.run(Command::ChangeClaim { claim: Box::new(claim.clone()), label: "set party".into() });
    let changed = session.claims_of(&a)[0].clone();
    assert_eq!(changed.trace[&Field::Party], Provenance::hand());
    assert_eq!(changed.quote(), "38");
    assert!(changed.changed.is_some());
    assert_eq!(session.undo_label(), Some("set party"));
    let steps = session.history().len();
    session.run(Command::ChangeClaim { claim: Box::new(changed.clone()), label: "nothing".into() });
    assert_eq!(session.history().len(), steps, "no change is no action");
    claim.evidence[0].span = Span::new(0, 9999);
    session.run(Command::ChangeClaim { claim: Box::new(claim), label: "nudge boundary".into() });
    assert_eq!(session.claims_of(&a)[0], &changed);
    assert!(notices(&session)[0].contains("do not fit"));
}

#[test]
fn a_ruling_over_a_suggestion_goes_with_it() {
    let mut session = session();
    let a = article(&session, "a");
    let key = key(&session, &a, "38");
    let provisional = ClaimId::provisional(&key);
    session.run(Command::Rule { op: RulingOp::Exclude { claim: provisional.clone() }, reason: "twice".to_owned() });
    let named = |session: &Session| {
        let ruling = session.workspace().rulings.values().next().expect("one ruling");
        ruling.op.claims()[0].clone()
    };
    assert_eq!(named(&session), provisional);
    session.run(Command::Accept(key.clone()));
    let claim = session.claims_of(&a)[0].id.clone();
    assert_eq!(named(&session), claim);
    session.run(Command::Restore(key));
    assert_eq!(named(&session), provisional);
    assert_eq!(session.reconciliation().stale, []);
}

#[test]
fn metadata_by_hand() {
    let mut session = session();
    let a = article(&session, "a");
    let set = |session: &mut Session, outlet: Option<&str>, published: Option<&str>| {
        session.run(Command::SetMetadata {
            articles: vec![a.clone()],
            outlet: outlet.map(Name::from),
            title: None,
            url: None,
            published: published.map(|text| DateWindow::parse(text, Basis::Analyst).unwrap_or(DateWindow::UNKNOWN)),
        });
        session.workspace().articles[&a].metadata.clone()
    };
    let text = session.workspace().articles[&a].metadata.clone();
    let with = set(&mut session, Some("The Example"), Some("2026-01-30"));
    assert_eq!(with.outlet, Some(Known::new("The Example", Basis::Analyst)));
    assert_eq!((with.published.notation().as_str(), with.published.basis), ("2026-01-30", Basis::Analyst));
    assert_eq!(session.undo_label(), Some("set outlet and date"));
    let without = set(&mut session, Some(""), Some(""));
    assert_eq!((without.outlet, without.published), (text.outlet, text.published));
    assert_eq!(session.published(&a), session.workspace().articles[&a].metadata.published);
}

#[test]
fn a_category_that_is_renamed_carries_its_claims() {
    let mut session = session();
    let a = article(&session, "a");
    session.run(Command::AcceptAll { article: Some(a.clone()), at_least: Grade::Check });
    let before = session.codebook().category("bodies").expect("built in").clone();
    session.run(Command::Category(Some(before.clone()), None));
    assert!(notices(&session)[0].contains("Retire it instead"));
    let after = Category { id: "remains".into(), ..before.clone() };
    session.run(Command::Category(Some(before), Some(after)));
    assert!(session.claims_of(&a).iter().all(|claim| &*claim.reading.category == "remains"));
    session.run(Command::Undo);
    assert!(session.claims_of(&a).iter().all(|claim| &*claim.reading.category == "bodies"));
}

#[test]
fn a_tolerance_is_carried_to_claims_and_keeps_decisions() {
    let mut session = session();
    let b = article(&session, "b");
    let about = key(&session, &b, "Around 35");
    session.run(Command::Accept(about.clone()));
    session.run(Command::SetTolerance(20));
    session.settle();
    let quantity = &session.claims_of(&b)[0].reading.count.quantity;
    assert_eq!((quantity.low, quantity.high), (Some(28), Some(42)));
    assert!(session.pending(&b).iter().all(|s| s.key() != about), "what was accepted does not wait again");
    assert!(session.pending(&b).iter().all(|s| s.reading.count.quantity.n != Some(35)));
}

#[test]
fn what_was_pasted_becomes_an_article() {
    let mut session = session();
    let paste = |session: &mut Session, text: &str, published: &str| {
        session.run(Command::Paste {
            text: text.to_owned(),
            html: text.starts_with('<'),
            title: "Two / sides".to_owned(),
            outlet: String::new(),
            published: published.to_owned(),
            url: String::new(),
        });
    };
    paste(&mut session, "<p>Some 12 bodies were found.</p>", "2026-02");
    let record = session.workspace().articles.values().find(|r| &*r.name == "Two sides.html").expect("added");
    assert_eq!(record.metadata.published.notation(), "2026-02");
    assert_eq!(record.metadata.title, Some(Known::new("Two / sides", Basis::Analyst)));
    paste(&mut session, "More bodies.", "someday");
    paste(&mut session, "  \n", "");
    assert_eq!(session.workspace().articles.len(), 3);
    assert_eq!(session.notices().len(), 2);
}

#[test]
fn facts_without_suggestions_are_those_of_claims_alone() {
    let mut session = session();
    session.run(Command::CountSuggestions(false));
    assert_eq!((session.provisional(), session.reconciliation().facts.len()), (0, 0));
    assert!(session.unannotated() > 0);
    session.run(Command::CountSuggestions(true));
    assert!(session.provisional() > 0);
}
