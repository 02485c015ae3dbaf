//! What saving and opening cost: `cargo bench --bench project --no-default-features`.
//!
//! For projects of 10, 1,000 and 100,000 articles with ten claims each (`-- 10 1000` measures other
//! sizes): from an action to *saved* against a bare append with sync on the same disk in the same
//! run, a checkpoint of one article, opening warm, what the list needs from the index, and memory.
//! Then the recovery of 10,000 edits from a journal. `TALLYMARK_BENCH_DIR` says on which disk.

mod made;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use made::{CLAIMS, generate, stamp};
use tallymark::claim::{Change, Claim, Edit, Transaction, Workspace};
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup, Store, open_for_work, preview};

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

const ACTIONS: usize = 400;

/// Median and 99th percentile, in milliseconds.
fn figures(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    (at(0.5), at(0.99))
}

fn note(workspace: &Workspace, n: usize) -> Transaction {
    let place = n * 7919 % workspace.claims.len();
    let before = workspace.claims.values().nth(place).expect("there").clone();
    let after = Claim { note: format!("note {n}"), ..before.clone() };
    let edit = Edit::Claim(Box::new(Change::replace(before, after)));
    Transaction { id: format!("t{n}").into(), label: "set note".into(), edits: vec![edit], stamp: stamp() }
}

fn opened(setup: &Setup, root: &Path) -> (Store, Duration) {
    let start = Instant::now();
    let work = open_for_work(setup, root, &"Anna".into(), SystemTime::now()).expect("opens");
    let took = start.elapsed();
    assert_eq!(work.project.findings, [], "the project is sound");
    (work.store.expect("can be written"), took)
}

fn measure(home: &Path, articles: usize) {
    let root = home.join(format!("project-{articles}"));
    generate(&root, articles);
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join(format!("user-{articles}"))) };
    let (store, cold) = opened(&setup, &root);
    store.close(SystemTime::now()).expect("closes");
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage_as_mb();
    let (mut store, warm) = opened(&setup, &root);
    let (peak, held) = (MEMORY.peak_usage_as_mb() - before, MEMORY.current_usage_as_mb() - before);
    println!(
        "{articles} articles, {} claims: open {:.3} s ({:.3} s the first time), {held:.0} MB held for the work, {peak:.0} MB at the most",
        articles * CLAIMS,
        warm.as_secs_f64(),
        cold.as_secs_f64(),
    );

    let start = Instant::now();
    let shown = preview(&RealDisk, &root, &"Anna".into());
    let took = start.elapsed();
    if let Some(shown) = shown {
        println!(
            "  list of {} articles, the first text and the line of verdicts from the index: {:.3} s",
            shown.articles.len(),
            took.as_secs_f64()
        );
    }
    let mut bare = OpenOptions::new().append(true).create(true).open(home.join("bare.log")).expect("opens");
    let (mut actions, mut appends, mut checkpoints) = (Vec::new(), Vec::new(), Vec::new());
    let plan: Vec<Transaction> = (0..ACTIONS).map(|n| note(store.replica(), n)).collect();
    for (n, transaction) in plan.into_iter().enumerate() {
        // As many bytes as the journal gets.
        let bytes = vec![b'x'; tallymark::project::notation::write_line(&transaction).len() + 27];
        let start = Instant::now();
        bare.write_all(&bytes).and_then(|()| bare.sync_all()).expect("written");
        appends.push(start.elapsed());
        let Ok(()) = apply(&mut store, transaction, &mut actions) else { continue };
        if n % 20 == 19 {
            // Everything touched so far is written; then one article alone is measured.
            store.checkpoint(SystemTime::now()).expect("saves");
            let one = note(store.replica(), 10_000 + n);
            store.apply(vec![one]).expect("applies");
            let start = Instant::now();
            store.checkpoint(SystemTime::now()).expect("saves");
            checkpoints.push(start.elapsed());
        }
    }
    let ((saved, saved_99), (append, append_99)) = (figures(actions), figures(appends));
    let (checkpoint, checkpoint_99) = figures(checkpoints);
    println!(
        "  action to saved {saved:.3} ms (99%: {saved_99:.3}), bare append with sync {append:.3} ms (99%: {append_99:.3}), ratio {:.2}; \
         checkpoint of one article {checkpoint:.2} ms (99%: {checkpoint_99:.2})",
        saved / append
    );
    store.close(SystemTime::now()).expect("closes");
}

/// Applies a transaction unless it has gone stale with one before it.
fn apply(store: &mut Store, transaction: Transaction, times: &mut Vec<Duration>) -> Result<(), ()> {
    let start = Instant::now();
    store.apply(vec![transaction]).map_err(|_| ())?;
    times.push(start.elapsed());
    Ok(())
}

fn recovery(home: &Path) {
    let root = home.join("project-1000");
    if !root.exists() {
        generate(&root, 1000);
    }
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join("user-recovery")) };
    let (mut store, plain) = opened(&setup, &root);
    let claims: Vec<Claim> = store.replica().claims.values().cloned().collect();
    let transactions = claims.iter().enumerate().map(|(n, before)| {
        let after = Claim { note: "recovered".to_owned(), ..before.clone() };
        let edits = vec![Edit::Claim(Box::new(Change::replace(before.clone(), after)))];
        Transaction { id: format!("r{n}").into(), label: "set note".into(), edits, stamp: stamp() }
    });
    store.apply(transactions.take(10_000).collect()).expect("applies");
    drop(store); // killed
    let start = Instant::now();
    let work = open_for_work(&setup, &root, &"Anna".into(), SystemTime::now()).expect("opens");
    let took = start.elapsed();
    println!(
        "recovery of {} edits: {:.3} s over {:.3} s for opening",
        work.recovered.len(),
        took.saturating_sub(plain).as_secs_f64(),
        plain.as_secs_f64()
    );
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10, 1000, 100_000] } else { sizes };
    let disk = std::env::var_os("TALLYMARK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let home = tempfile::tempdir_in(disk).expect("a folder");
    for articles in sizes {
        measure(home.path(), articles);
    }
    recovery(home.path());
}
