//! Small sets of claims with what they must come to: verdict, range, flags, relations, sums.
//!
//! The expectations in `tests/reconcile_cases/*.ron` follow from the method (`docs/method.md`), and
//! were written before the program was asked. Claims are in the notation of `reconcile_notation`,
//! and go through the schema of `tallymark reconcile --claims`.

mod reconcile_notation;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use reconcile_notation::{World, stamp};
use serde::Deserialize;
use tallymark::claim::{
    ArticleId, Basis, BestRule, ClaimId, DateWindow, Fact, FactFlag, FactVerdict, Lexicon, Reconciliation, Ruling,
    RulingId, RulingOp, Side, TieRule,
};

/// Cases of one sort.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    about: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    articles: String,
    claims: Vec<String>,
    #[serde(default)]
    rulings: Vec<Ruled>,
    #[serde(default)]
    best: BestRule,
    #[serde(default)]
    tie: TieRule,
    /// The analyst's hierarchy of sources, first the best.
    #[serde(default)]
    ranks: Vec<String>,
    /// Every fact there must be: no others.
    facts: Vec<Expected>,
    #[serde(default)]
    sums: Vec<ExpectedSum>,
    /// Claims without a place, and a claim of each of their candidates.
    #[serde(default)]
    unplaced: Vec<(usize, Vec<usize>)>,
    /// Rulings that are stale, by number, and words of the reason.
    #[serde(default)]
    stale: Vec<(usize, String)>,
    /// What would have to be known of an article.
    #[serde(default)]
    needs: BTreeMap<String, Vec<String>>,
    /// What an article retells.
    #[serde(default)]
    retells: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Its claims, by number.
    of: Vec<usize>,
    /// Its verdict.
    is: String,
    /// low/best/high: `+` is open, `–` none, brackets soft, `~` approximate.
    range: String,
    /// All of its flags.
    #[serde(default)]
    flags: String,
    /// How each claim of `of` stands to it, in their order.
    #[serde(default)]
    relations: String,
    /// The rule that gave best.
    #[serde(default)]
    rule: String,
    #[serde(default)]
    origins: Option<usize>,
    #[serde(default)]
    sides: Option<usize>,
    #[serde(default)]
    articles: Option<usize>,
    #[serde(default)]
    unattributed: Option<usize>,
    /// Its window, in the notation of the metadata table.
    #[serde(default)]
    when: Option<String>,
    /// The machine's verdict under a pin.
    #[serde(default)]
    machine: String,
    /// The Admiralty number.
    #[serde(default)]
    information: Option<u8>,
    /// Words of its reason, its label, or those of its flags, rule and members.
    #[serde(default)]
    says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedSum {
    /// A claim of the total.
    of: usize,
    is: String,
    #[serde(default)]
    recorded: Option<usize>,
    #[serde(default)]
    stated: Option<u64>,
    /// low/high of the sum.
    #[serde(default)]
    sum: String,
    /// What is left at most.
    #[serde(default)]
    left: Option<u64>,
    /// Claims of the lines that are added, and of those that are inside another.
    #[serde(default)]
    adds: Option<Vec<usize>>,
    #[serde(default)]
    inside: Vec<usize>,
    #[serde(default)]
    says: Vec<String>,
}

/// A ruling that names claims by number.
#[derive(Deserialize)]
enum Ruled {
    PinValue { of: Vec<usize>, low: u64, best: Option<u64>, high: Option<u64> },
    PinVerdict { of: Vec<usize>, verdict: String },
    Move { claim: usize, to: Option<usize> },
    Merge(Vec<usize>),
    Split { claims: Vec<usize>, label: String },
    SetOrigin { claim: usize, origin: String, side: String },
    Exclude(usize),
    SetDate { claim: usize, date: String },
    Echo { article: String, of: Option<String> },
}

impl Ruled {
    /// A number beyond the claims names one that has gone.
    fn op(&self, world: &World) -> RulingOp {
        let id = |n: usize| world.claims.get(n).map_or_else(|| ClaimId("gone".into()), |claim| claim.id.clone());
        let ids = |list: &[usize]| list.iter().map(|n| id(*n)).collect();
        let article = |name: &str| ArticleId(name.into());
        match self {
            Self::PinValue { of, low, best, high } => {
                RulingOp::PinValue { claims: ids(of), low: *low, best: *best, high: *high }
            }
            Self::PinVerdict { of, verdict } => {
                let verdict =
                    serde_json::from_value(verdict.as_str().into()).unwrap_or_else(|e| panic!("{verdict}: {e}"));
                RulingOp::PinVerdict { claims: ids(of), verdict }
            }
            Self::Move { claim, to } => RulingOp::Move { claim: id(*claim), to: to.map(id) },
            Self::Merge(claims) => RulingOp::Merge { claims: ids(claims) },
            Self::Split { claims, label } => RulingOp::Split { claims: ids(claims), label: label.as_str().into() },
            Self::SetOrigin { claim, origin, side } => {
                let side = match side.as_str() {
                    "" => Side::Unknown,
                    "independent" => Side::Independent,
                    party => Side::Party(party.into()),
                };
                RulingOp::SetOrigin { claim: id(*claim), origin: origin.as_str().into(), side }
            }
            Self::Exclude(claim) => RulingOp::Exclude { claim: id(*claim) },
            Self::SetDate { claim, date } => RulingOp::SetDate {
                claim: id(*claim),
                window: DateWindow::parse(date, Basis::Analyst).unwrap_or_else(|| panic!("no date: {date}")),
            },
            Self::Echo { article: of, of: original } => {
                RulingOp::Echo { article: article(of), of: original.as_deref().map(article) }
            }
        }
    }
}

fn groups() -> Vec<(String, Group)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reconcile_cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let groups: Vec<Group> = options.from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        out.extend(groups.into_iter().map(|group| (name.clone(), group)));
    }
    out
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn range(fact: &Fact) -> String {
    let number = |n: Option<u64>, soft: bool| match n {
        Some(n) if soft => format!("({n})"),
        Some(n) => n.to_string(),
        None => "–".to_owned(),
    };
    let best = match fact.best {
        Some(n) if fact.best_approx => format!("~{n}"),
        best => number(best, false),
    };
    let high = match fact.high {
        None if fact.low.is_some() => "+".to_owned(),
        high => number(high, fact.high_soft),
    };
    format!("{}/{best}/{high}", number(fact.low, fact.low_soft))
}

/// What is otherwise than expected, in words.
struct Misses<'c> {
    case: &'c Case,
    found: Reconciliation,
    numbers: BTreeMap<ClaimId, usize>,
    text: String,
}

impl Misses<'_> {
    fn miss(&mut self, text: &str) {
        let _ = writeln!(self.text, "    {text}");
    }

    fn check<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, got: &T, want: &T) {
        if got != want {
            self.miss(&format!("{what}: {got:?}, expected {want:?}"));
        }
    }

    fn members(&self, fact: &Fact) -> BTreeSet<usize> {
        fact.members.iter().map(|m| self.numbers[&m.claim]).collect()
    }

    fn fact_of(&self, claim: usize) -> Option<Fact> {
        self.found.facts.iter().find(|fact| self.members(fact).contains(&claim)).map(|fact| Fact::clone(fact))
    }

    fn facts(&mut self) {
        let found: Vec<BTreeSet<usize>> = self.found.facts.iter().map(|f| self.members(f)).collect();
        for want in &self.case.facts {
            let of: BTreeSet<usize> = want.of.iter().copied().collect();
            match found.iter().position(|members| *members == of) {
                Some(at) => self.fact(&self.found.facts[at].clone(), want),
                None => {
                    let there: Vec<String> = found
                        .iter()
                        .filter(|members| !members.is_disjoint(&of))
                        .map(|members| format!("{members:?}"))
                        .collect();
                    self.miss(&format!("no fact of {of:?}; there is {}", there.join(" ")));
                }
            }
        }
        for (members, fact) in found.iter().zip(self.found.facts.clone()) {
            let expected =
                self.case.facts.iter().any(|want| want.of.iter().copied().collect::<BTreeSet<_>>() == *members);
            if !expected {
                self.miss(&format!(
                    "unexpected fact {members:?}: {} ({}, {})",
                    fact.label,
                    word(&fact.verdict),
                    range(&fact)
                ));
            }
        }
    }

    fn fact(&mut self, fact: &Fact, want: &Expected) {
        let at = format!("fact {:?}", want.of);
        self.check(&format!("{at} verdict"), &word(&fact.verdict), &want.is);
        self.check(&format!("{at} range"), &range(fact), &want.range);
        let flags: BTreeSet<String> = fact.flags.iter().map(|(flag, _)| word(flag)).collect();
        self.check(&format!("{at} flags"), &flags, &want.flags.split_whitespace().map(str::to_owned).collect());
        if !want.relations.is_empty() {
            let of = |claim: &usize| fact.members.iter().find(|m| self.numbers[&m.claim] == *claim);
            let relations: Vec<String> = want.of.iter().filter_map(of).map(|m| word(&m.relation)).collect();
            self.check(&format!("{at} relations"), &relations.join(" "), &want.relations);
        }
        if !want.rule.is_empty() {
            self.check(&format!("{at} rule"), &fact.best_rule.to_string(), &want.rule);
        }
        for (what, got, want) in [
            ("origins", fact.k_origins, want.origins),
            ("sides", fact.k_sides, want.sides),
            ("articles", fact.n_articles, want.articles),
            ("unattributed", fact.n_unattributed, want.unattributed),
            ("information", usize::from(fact.information), want.information.map(usize::from)),
        ] {
            self.check(&format!("{at} {what}"), &got, &want.unwrap_or(got));
        }
        if let Some(when) = &want.when {
            self.check(&format!("{at} window"), &fact.window.notation(), when);
        }
        if !want.machine.is_empty() {
            self.check(&format!("{at} machine verdict"), &word(&fact.machine_verdict), &want.machine);
        }
        let mut words: Vec<&str> = vec![&fact.reason, &fact.label, &fact.best_rule];
        words.extend(fact.flags.iter().map(|(_, text)| text.as_str()));
        words.extend(fact.members.iter().map(|member| &*member.reason));
        let words = words.join("\n");
        for says in &want.says {
            if !words.contains(says) {
                self.miss(&format!("{at} does not say “{says}”:\n{words}"));
            }
        }
        if words.lines().any(|line| line.trim().is_empty()) {
            self.miss(&format!("{at} leaves a reason out"));
        }
    }

    fn sums(&mut self) {
        for want in &self.case.sums {
            let at = format!("sum of {}", want.of);
            let Some(fact) = self.fact_of(want.of) else { continue };
            let Some(sum) = self.found.rollups.iter().find(|r| r.fact == fact.id).cloned() else {
                self.miss(&format!("{at}: there is none"));
                continue;
            };
            self.check(&format!("{at} status"), &word(&sum.status), &want.is);
            self.check(&format!("{at} recorded"), &sum.recorded, &want.recorded.unwrap_or(sum.recorded));
            self.check(&format!("{at} stated"), &sum.stated_events, &want.stated.or(sum.stated_events));
            self.check(&format!("{at} left"), &sum.residual_high, &want.left.or(sum.residual_high));
            if !want.sum.is_empty() {
                let high = sum.sum_high.map_or("+".to_owned(), |n| n.to_string());
                self.check(&format!("{at} sum"), &format!("{}/{high}", sum.sum_low), &want.sum);
            }
            let ids = |inside: bool| -> BTreeSet<_> {
                sum.members.iter().filter(|m| m.inside.is_some() == inside).map(|m| m.fact.clone()).collect()
            };
            let facts = |claims: &[usize]| -> BTreeSet<_> {
                claims.iter().filter_map(|claim| self.fact_of(*claim)).map(|fact| fact.id).collect()
            };
            if let Some(adds) = &want.adds {
                let (adds, inside) = (facts(adds), facts(&want.inside));
                self.check(&format!("{at} adds"), &ids(false), &adds);
                self.check(&format!("{at} inside"), &ids(true), &inside);
            }
            for says in &want.says {
                if !sum.reason.contains(says) {
                    self.miss(&format!("{at} does not say “{says}”: {}", sum.reason));
                }
            }
        }
    }

    fn the_rest(&mut self) {
        let unplaced: BTreeMap<usize, BTreeSet<String>> = self
            .found
            .unplaced
            .iter()
            .map(|u| (self.numbers[&u.claim], u.candidates.iter().map(|c| c.to_string()).collect()))
            .collect();
        let want: BTreeMap<usize, BTreeSet<String>> = self
            .case
            .unplaced
            .iter()
            .map(|(claim, of)| (*claim, of.iter().filter_map(|c| self.fact_of(*c)).map(|f| f.id.to_string()).collect()))
            .collect();
        self.check("unplaced", &unplaced, &want);
        let stale: Vec<(usize, String)> = self
            .found
            .stale
            .iter()
            .map(|s| (s.ruling.0.trim_start_matches('r').parse().unwrap_or(usize::MAX), s.reason.clone()))
            .collect();
        let as_expected = stale.len() == self.case.stale.len()
            && stale.iter().zip(&self.case.stale).all(|(got, want)| got.0 == want.0 && got.1.contains(&want.1));
        if !as_expected {
            self.miss(&format!("stale: {stale:?}, expected {:?}", self.case.stale));
        }
        for view in self.found.documents.clone() {
            let needs = view.needs.join("; ");
            for want in self.case.needs.get(&*view.article.0).into_iter().flatten() {
                if !needs.contains(want.as_str()) {
                    self.miss(&format!("{} needs “{needs}”, not “{want}”", view.article));
                }
            }
            if let Some(of) = self.case.retells.get(&*view.article.0) {
                let got = view.echo_of.as_ref().map_or("", |of| &*of.0);
                self.check("retells", &got, &of.as_str());
            }
        }
    }
}

fn misses(case: &Case, lexicon: &Lexicon) -> String {
    let mut world = World::new(&case.articles, &case.claims);
    world.conventions(case.best, case.tie, &case.ranks);
    let rulings: Vec<Ruling> = case
        .rulings
        .iter()
        .enumerate()
        .map(|(n, ruled)| Ruling {
            id: RulingId(format!("r{n}").into()),
            op: ruled.op(&world),
            reason: "because".to_owned(),
            stamp: stamp(),
        })
        .collect();
    let found = world.run(&rulings, lexicon);
    let numbers = world.claims.iter().enumerate().map(|(n, claim)| (claim.id.clone(), n)).collect();
    let mut misses = Misses { case, found, numbers, text: String::new() };
    misses.facts();
    misses.sums();
    misses.the_rest();
    misses.text
}

#[test]
fn every_case_comes_to_what_the_method_says() {
    let lexicon = Lexicon::built_in();
    let (mut of, mut wrong) = (0, 0);
    let mut text = String::new();
    for (file, group) in groups() {
        for case in &group.cases {
            of += 1;
            let misses = misses(case, &lexicon);
            if !misses.is_empty() {
                wrong += 1;
                let _ = writeln!(text, "{file} · {} · {}\n{misses}", group.about, case.name);
            }
        }
    }
    assert!(wrong == 0, "{wrong} of {of} cases:\n{text}");
}

#[test]
fn nothing_that_the_method_names_is_without_two_cases() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut note = |what: String| *seen.entry(what).or_default() += 1;
    let mut cases = 0;
    let mut names = BTreeSet::new();
    for (_, group) in groups() {
        for case in &group.cases {
            cases += 1;
            assert!(names.insert(case.name.clone()), "two cases are called “{}”", case.name);
            note(format!("rule {}", word(&case.best)));
            let flags: BTreeSet<&str> = case.facts.iter().flat_map(|f| f.flags.split_whitespace()).collect();
            flags.iter().for_each(|flag| note(format!("flag {flag}")));
            let verdicts: BTreeSet<&str> = case.facts.iter().map(|f| f.is.as_str()).collect();
            verdicts.iter().for_each(|verdict| note(format!("verdict {verdict}")));
            let sums: BTreeSet<&str> = case.sums.iter().map(|s| s.is.as_str()).collect();
            sums.iter().for_each(|status| note(format!("sum {status}")));
            let relations: BTreeSet<&str> = case.facts.iter().flat_map(|f| f.relations.split_whitespace()).collect();
            relations.iter().for_each(|relation| note(format!("relation {relation}")));
            let ops: BTreeSet<&str> = case
                .rulings
                .iter()
                .map(|ruled| match ruled {
                    Ruled::PinValue { .. } => "pin value",
                    Ruled::PinVerdict { .. } => "pin verdict",
                    Ruled::Move { .. } => "move",
                    Ruled::Merge(_) => "merge",
                    Ruled::Split { .. } => "split",
                    Ruled::SetOrigin { .. } => "set origin",
                    Ruled::Exclude(_) => "exclude",
                    Ruled::SetDate { .. } => "set date",
                    Ruled::Echo { .. } => "echo",
                })
                .collect();
            ops.iter().for_each(|op| note(format!("ruling {op}")));
        }
        for trap in 1..=12 {
            if group.about.starts_with(&format!("trap {trap} ")) {
                (0..group.cases.len()).for_each(|_| note(format!("trap {trap}")));
            }
        }
    }
    assert!(cases >= 80, "{cases} cases");
    let mut want: Vec<String> = Vec::new();
    want.extend(FLAGS.iter().map(|flag| format!("flag {}", word(flag))));
    want.extend(FactVerdict::ALL.iter().map(|verdict| format!("verdict {}", word(verdict))));
    want.extend(BestRule::ALL.iter().map(|rule| format!("rule {}", word(rule))));
    want.extend(["match", "incomplete", "mismatch", "untestable"].map(|status| format!("sum {status}")));
    want.extend(
        ["agrees", "compatible", "tension", "conflicts", "superseded", "denied", "restates", "confirms-event"]
            .map(|relation| format!("relation {relation}")),
    );
    want.extend(
        ["pin value", "pin verdict", "move", "merge", "split", "set origin", "exclude", "set date", "echo"]
            .map(|op| format!("ruling {op}")),
    );
    want.extend((1..=12).map(|trap| format!("trap {trap}")));
    let missing: Vec<&String> = want.iter().filter(|what| seen.get(*what).is_none_or(|n| *n < 2)).collect();
    assert!(missing.is_empty(), "fewer than two cases have {missing:?}");
}

/// Every flag.
const FLAGS: &[FactFlag] = &[
    FactFlag::IdentityByOneSide,
    FactFlag::CaveatDropped,
    FactFlag::FramingDiffers,
    FactFlag::DirectionUnclear,
    FactFlag::DateUnclear,
    FactFlag::AnonymousOrigin,
    FactFlag::PresumedSide,
    FactFlag::EventConfirmed,
    FactFlag::PlanDiffers,
    FactFlag::LostReadAsKilled,
    FactFlag::SelfContradiction,
    FactFlag::RepeatsWithdrawn,
    FactFlag::Denied,
    FactFlag::Echoed,
    FactFlag::UnitUnclear,
    FactFlag::SuspectedTwin,
    FactFlag::JoinedByFigure,
    FactFlag::GapExplained,
    FactFlag::PartsDoNotAddUp,
    FactFlag::SoftTension,
    FactFlag::UnattributedOutlier,
    FactFlag::Overtaken,
    FactFlag::FallingTotal,
    FactFlag::SumMismatch,
    FactFlag::SumIncomplete,
    FactFlag::PinNeedsReview,
];
