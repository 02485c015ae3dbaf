//! Random work on a project against a plain map: edits, undo, redo, crashes, reopening, somebody
//! else's edits. After every step the project says what the map says.
//!
//! `TALLYMARK_MODEL_RUNS` says how many runs of up to 60 steps; a run is known by its number.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::memory::{Fault, MemoryDisk, Survives};
use super::*;
use crate::project::disk::Disk;
use crate::project::layout::{CodebookFile, LayerFile, Part};
use crate::project::merge::copy_of;

const ORDINARY: u64 = 60;
const STEPS: usize = 60;
const ROOT: &str = "/p";

/// Numbers that look random and are the same for the same run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// What a user sees: things by name, with what is said of each.
type Map = BTreeMap<String, String>;

fn seen(workspace: &Workspace) -> Map {
    let claims = workspace.claims.values().map(|claim| (format!("claim {}", claim.id), claim.note.clone()));
    let parties = workspace.codebook.parties.iter().map(|party| {
        let aliases: Vec<&str> = party.aliases.iter().map(|alias| &**alias).collect();
        (format!("party {}", party.name), aliases.join(" "))
    });
    let rulings = workspace.rulings.values().map(|ruling| (format!("ruling {}", ruling.id.0), ruling.reason.clone()));
    let articles = workspace.articles.values().map(|record| {
        let title = record.metadata.title.as_ref().map_or("", |title| &title.value);
        (format!("article {}", record.id), format!("{title} {:?}", record.progress))
    });
    let decisions = workspace
        .decisions
        .values()
        .map(|d| (format!("decision {}", d.suggestion.reading), format!("{:?}", d.verdict)));
    claims.chain(parties).chain(rulings).chain(articles).chain(decisions).collect()
}

struct Run {
    dice: Dice,
    disk: MemoryDisk,
    setup: Setup,
    store: Store,
    map: Map,
    /// What was done and can be undone, with the map before it.
    undo: Vec<(Transaction, Map)>,
    redo: Vec<(Transaction, Map)>,
    next: usize,
    log: Vec<String>,
}

impl Run {
    fn new(number: u64) -> Self {
        let disk = MemoryDisk::new();
        let (workspace, articles) = sample();
        let project = NewProject {
            id: &"p1".into(),
            name: &"Sample".into(),
            created: &stamp(),
            analyst: &"Anna".into(),
            workspace: &workspace,
            articles: &articles,
        };
        save::save_new_on(&disk, Path::new(ROOT), &project).expect("the disk is sound");
        let setup = Setup { disk: Arc::new(disk.clone()), places: Places::below(Path::new("/user")) };
        let work = open_for_work(&setup, Path::new(ROOT), &"Anna".into(), SystemTime::now()).expect("opens");
        let store = work.store.expect("can be written");
        let map = seen(store.replica());
        let (undo, redo, log) = (Vec::new(), Vec::new(), Vec::new());
        Self { dice: Dice(number), disk, setup, store, map, undo, redo, next: 0, log }
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{what}\nsteps:\n{}", self.log.join("\n"));
    }

    fn agree(&self, workspace: &Workspace, place: &str) {
        let found = seen(workspace);
        if found != self.map {
            let missing: Vec<_> = self.map.iter().filter(|(key, value)| found.get(*key) != Some(value)).collect();
            let strange: Vec<_> = found.iter().filter(|(key, value)| self.map.get(*key) != Some(value)).collect();
            self.fail(&format!("{place}: expected {missing:#?}, found {strange:#?}"));
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        (!list.is_empty()).then(|| &list[self.dice.below(list.len())])
    }

    /// A random edit of what is there, and what the map says of it afterwards.
    fn edit(&mut self) -> Option<(Edit, Vec<(String, Option<String>)>)> {
        let workspace = self.store.replica().clone();
        let n = self.number();
        let claims: Vec<Claim> = workspace.claims.values().cloned().collect();
        let articles: Vec<ArticleRecord> = workspace.articles.values().cloned().collect();
        Some(match self.dice.below(9) {
            0..=2 => {
                let before = self.one_of(&claims)?.clone();
                let after = Claim { note: format!("note {n}"), ..before.clone() };
                let says = vec![(format!("claim {}", after.id), Some(after.note.clone()))];
                (Edit::Claim(Box::new(Change::replace(before, after))), says)
            }
            3 => {
                let model = self.one_of(&claims)?.clone();
                let claim = Claim { id: ClaimId(format!("c{n:04}").into()), note: format!("new {n}"), ..model };
                let says = vec![(format!("claim {}", claim.id), Some(claim.note.clone()))];
                (Edit::Claim(Box::new(Change::add(claim))), says)
            }
            4 if claims.len() > 2 => {
                let claim = self.one_of(&claims)?.clone();
                let says = vec![(format!("claim {}", claim.id), None)];
                (Edit::Claim(Box::new(Change::remove(claim))), says)
            }
            5 => {
                let party = Party { name: format!("P{n}").into(), aliases: vec![format!("p{n}").into()] };
                let says = vec![(format!("party {}", party.name), Some(format!("p{n}")))];
                (Edit::Party(Box::new(Change::add(party))), says)
            }
            6 => {
                let before = self.one_of(&workspace.codebook.parties)?.clone();
                let after = Party { name: format!("Q{n}").into(), aliases: before.aliases.clone() };
                let aliases: Vec<&str> = after.aliases.iter().map(|alias| &**alias).collect();
                let says = vec![
                    (format!("party {}", before.name), None),
                    (format!("party {}", after.name), Some(aliases.join(" "))),
                ];
                (Edit::Party(Box::new(Change::replace(before, after))), says)
            }
            7 => {
                let claim = self.one_of(&claims)?.id.clone();
                let id = RulingId(format!("r{n:04}").into());
                let says = vec![(format!("ruling {}", id.0), Some(format!("reason {n}")))];
                let ruling =
                    Ruling { id, op: RulingOp::Exclude { claim }, reason: format!("reason {n}"), stamp: stamp() };
                (Edit::Ruling(Box::new(Change::add(ruling))), says)
            }
            _ => {
                let before = self.one_of(&articles)?.clone();
                let progress = [Progress::Unread, Progress::InProgress, Progress::Done][self.dice.below(3)];
                let title = Known::new(format!("title {n}"), Basis::Analyst);
                let metadata = Metadata { title: Some(title.clone()), ..before.metadata.clone() };
                let after = ArticleRecord { progress, metadata, ..before.clone() };
                let says = vec![(format!("article {}", after.id), Some(format!("{} {progress:?}", title.value)))];
                (Edit::Article(Box::new(Change::replace(before, after))), says)
            }
        })
    }

    fn apply(&mut self, transaction: &Transaction) {
        if let Err(error) = self.store.apply(vec![transaction.clone()]) {
            self.fail(&format!("{}: {error}", transaction.label));
        }
    }

    fn act(&mut self) {
        let (mut edits, before) = (Vec::new(), self.map.clone());
        let Some((edit, says)) = self.edit() else { return };
        edits.push(edit);
        for (key, value) in says {
            match value {
                Some(value) => self.map.insert(key, value),
                None => self.map.remove(&key),
            };
        }
        let id = format!("t{}", self.number());
        let transaction = Transaction { id: id.as_str().into(), label: id.into(), edits, stamp: stamp() };
        self.log.push(format!("{:?}", transaction.edits[0]).chars().take(160).collect());
        self.apply(&transaction);
        self.undo.push((transaction, before));
        self.redo.clear();
    }

    fn undo(&mut self) {
        let Some((done, before)) = self.undo.pop() else { return };
        self.log.push(format!("undo {}", done.label));
        let inverse = done.clone().inverted(format!("t{}", self.number()).into(), stamp());
        self.apply(&inverse);
        let now = std::mem::replace(&mut self.map, before);
        self.redo.push((done, now));
    }

    fn redo(&mut self) {
        let Some((undone, after)) = self.redo.pop() else { return };
        self.log.push(format!("redo {}", undone.label));
        let again = Transaction { id: format!("t{}", self.number()).into(), ..undone };
        self.apply(&again);
        let before = std::mem::replace(&mut self.map, after);
        self.undo.push((again, before));
    }

    /// Opens the project again; what is there must be what the map says.
    fn reopen(&mut self, place: &str) {
        let later = SystemTime::now() + Duration::from_secs(3600);
        let work = match open_for_work(&self.setup, Path::new(ROOT), &"Anna".into(), later) {
            Ok(work) => work,
            Err(error) => self.fail(&format!("{place}: {error}")),
        };
        if let Some(finding) = work.project.findings.iter().find(|finding| finding.damage) {
            self.fail(&format!("{place}: {finding}"));
        }
        self.agree(&work.project.workspace, place);
        self.store = work.store.unwrap_or_else(|| panic!("{place}: {:?}", work.project.read_only));
        // The history of a session ends with it.
        (self.undo, self.redo) = (Vec::new(), Vec::new());
    }

    fn crash(&mut self, survives: Survives) {
        self.log.push(format!("crash, {survives:?}"));
        // A machine that goes down at its next call, which is this one.
        let calls = self.disk.failing(0, Fault::CrashBefore(survives));
        let _ = calls.look(Path::new("/"));
        calls.restart();
        self.disk = calls;
        self.setup.disk = Arc::new(self.disk.clone());
        self.reopen("after a crash");
    }

    /// Somebody else changes a file of the project; what does not overlap is joined.
    fn outside(&mut self) {
        let n = self.number();
        let root = Path::new(ROOT);
        let part = match self.dice.below(3) {
            0 => Part::Codebook,
            _ => {
                let articles: Vec<_> =
                    self.store.replica().claims.values().map(|claim| claim.article.clone()).collect();
                let Some(id) = self.one_of(&articles) else { return };
                Part::Layer(id.clone())
            }
        };
        let path = root.join(part.path("anna"));
        let Ok(bytes) = self.disk.read(&path, 1 << 20) else { return };
        let text = match &part {
            Part::Codebook => {
                let mut file: CodebookFile = notation::read("codebook.ron", &bytes).expect("it reads");
                file.parties.push(Party { name: format!("O{n}").into(), aliases: Vec::new() });
                self.map.insert(format!("party O{n}"), String::new());
                self.log.push(format!("somebody else adds party O{n}"));
                notation::write(&file)
            }
            _ => {
                let mut layer: LayerFile = notation::read("layer.ron", &bytes).expect("it reads");
                let Some(place) = (!layer.claims.is_empty()).then(|| self.dice.below(layer.claims.len())) else {
                    return;
                };
                let claim = &mut layer.claims[place];
                let original = claim.clone();
                claim.note = format!("theirs {n}");
                let theirs = claim.clone();
                self.log.push(format!("somebody else changes claim {}", theirs.id));
                let ours = self.store.replica().claims.get(&theirs.id);
                let changed = ours != Some(&original);
                match ours {
                    // Changed by both: ours stays, theirs is kept beside it.
                    Some(_) if changed => {
                        let copy =
                            copy_of(&theirs, "From disk, where it was changed while it was changed here as well.");
                        self.map.insert(format!("claim {}", copy.id), copy.note);
                    }
                    _ => {
                        self.map.insert(format!("claim {}", theirs.id), theirs.note.clone());
                    }
                }
                layer.render().expect("it has claims")
            }
        };
        save::replace(&self.disk, root, &part.path("anna"), text.as_bytes()).expect("the disk is sound");
        self.take_in();
        (self.undo, self.redo) = (Vec::new(), Vec::new());
    }

    fn take_in(&mut self) {
        let found = self.store.look_around();
        if !found.blocked.is_empty() || found.outside.is_empty() {
            self.fail(&format!("{found:?}"));
        }
        for outside in found.outside {
            let chains = items::chains(self.store.pending().iter().flat_map(|transaction| &transaction.edits));
            let merged = merge::merge(self.store.replica(), &chains, &outside);
            self.store.adopt(&outside);
            let id: Name = format!("t{}", self.number()).into();
            let transaction = Transaction { id: id.clone(), label: id, edits: merged.edits, stamp: stamp() };
            self.apply(&transaction);
        }
    }

    fn step(&mut self) {
        match self.dice.below(20) {
            0..=9 => self.act(),
            10 | 11 => self.undo(),
            12 => self.redo(),
            13 | 14 => {
                self.log.push("save".to_owned());
                match self.store.checkpoint(SystemTime::now()) {
                    Ok(found) if found.outside.is_empty() => {}
                    other => self.fail(&format!("{other:?}")),
                }
            }
            15 => self.crash(Survives::Kept),
            16 => self.crash(Survives::Dropped),
            17 => self.crash(Survives::Torn),
            18 => self.outside(),
            _ => {
                self.log.push("close and open".to_owned());
                // Closing takes the store; another disk's stands in for the moment between.
                let aside = MemoryDisk::new();
                let setup = Setup { disk: Arc::new(aside), places: self.setup.places.clone() };
                let other = create_untitled(&setup, &"x".into(), &stamp()).expect("the disk is sound");
                let store = std::mem::replace(&mut self.store, other);
                if let Err(error) = store.close(SystemTime::now()) {
                    self.fail(&format!("{error}"));
                }
                self.reopen("after closing");
            }
        }
        let replica = self.store.replica().clone();
        self.agree(&replica, "at work");
    }
}

#[test]
fn a_project_says_what_a_plain_map_says_through_anything() {
    let runs = std::env::var("TALLYMARK_MODEL_RUNS").ok().map_or(ORDINARY, |n| n.parse().expect("a number"));
    let steps: usize = (0..runs)
        .into_par_iter()
        .map(|number| {
            let mut run = Run::new(number);
            let steps = 10 + run.dice.below(STEPS - 9);
            run.log.push(format!("run {number}"));
            (0..steps).for_each(|_| run.step());
            let later = SystemTime::now();
            run.store.checkpoint(later).unwrap_or_else(|error| panic!("run {number}: {error}"));
            let damage = check::check_on(&run.disk, Path::new(ROOT)).expect("opens");
            let damage: Vec<_> = damage.into_iter().filter(|finding| finding.damage).collect();
            assert_eq!(damage, [], "run {number}");
            steps
        })
        .sum();
    eprintln!("{runs} runs, {steps} steps");
}
