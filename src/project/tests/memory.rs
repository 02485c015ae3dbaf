//! A file system in memory that knows what a power cut would leave, and fails at a call of choice.
//!
//! It is harsher than any real one: a file's bytes last once the file was synced, a name once its
//! folder was, and nothing else does.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use crate::project::disk::{Disk, EntryKind, Guard, Handle, Look};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// With an error; nothing is done, and all calls behind it work.
    Error(ErrorKind),
    /// A write gets half of its bytes out; other calls as [`Fault::Error`].
    Short,
    /// The machine goes down before it is done.
    CrashBefore(Survives),
    /// The machine goes down when it is done.
    CrashAfter(Survives),
}

/// What a crash leaves of what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survives {
    /// All: the process was killed, the machine was not.
    Kept,
    /// Nothing.
    Dropped,
    /// All names, and half of the bytes.
    Torn,
}

/// All faults that a call can have.
pub const FAULTS: [Fault; 10] = [
    Fault::Error(ErrorKind::Other),
    Fault::Error(ErrorKind::StorageFull),
    Fault::Error(ErrorKind::PermissionDenied),
    Fault::Short,
    Fault::CrashBefore(Survives::Kept),
    Fault::CrashBefore(Survives::Dropped),
    Fault::CrashBefore(Survives::Torn),
    Fault::CrashAfter(Survives::Kept),
    Fault::CrashAfter(Survives::Dropped),
    Fault::CrashAfter(Survives::Torn),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Folder,
    File(usize),
}

#[derive(Clone, Debug)]
struct Content {
    now: Vec<u8>,
    synced: Vec<u8>,
    modified: SystemTime,
}

#[derive(Clone, Debug)]
struct State {
    names: BTreeMap<PathBuf, Entry>,
    /// The names that a power cut leaves.
    lasting: BTreeMap<PathBuf, Entry>,
    contents: Vec<Content>,
    locks: BTreeSet<PathBuf>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    /// The machine is down.
    down: bool,
    /// Locks of before a crash do not free those of after it.
    life: usize,
}

/// A disk in memory; clones are the same disk.
#[derive(Clone, Debug)]
pub struct MemoryDisk(Arc<Mutex<State>>);

impl MemoryDisk {
    /// An empty one.
    pub fn new() -> Self {
        let names = BTreeMap::from([(PathBuf::from("/"), Entry::Folder)]);
        Self(Arc::new(Mutex::new(State {
            lasting: names.clone(),
            names,
            contents: Vec::new(),
            locks: BTreeSet::new(),
            calls: 0,
            fault: None,
            down: false,
            life: 0,
        })))
    }

    /// Another disk with the same files, one call of which will fail.
    pub fn failing(&self, at: usize, fault: Fault) -> Self {
        let mut state = self.state().clone();
        (state.calls, state.fault) = (0, Some((at, fault)));
        state.locks.clear();
        Self(Arc::new(Mutex::new(state)))
    }

    /// The machine after it was switched on again, without faults. Whether the fault had come.
    pub fn restart(&self) -> bool {
        let mut state = self.state();
        let state = &mut *state;
        let came = state.fault.is_some_and(|(at, _)| state.calls > at);
        if let Some((_, Fault::CrashBefore(survives) | Fault::CrashAfter(survives))) = state.fault.filter(|_| came) {
            state.crash(survives);
        }
        state.locks.clear();
        state.life += 1;
        (state.fault, state.down, state.calls) = (None, false, 0);
        came
    }

    /// Every file with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        let file = |(path, entry): (&PathBuf, &Entry)| match entry {
            Entry::File(place) => Some((path.to_str()?.to_owned(), state.contents[*place].now.clone())),
            Entry::Folder => None,
        };
        state.names.iter().filter_map(file).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds the disk")
    }

    /// Carries out a call, unless it is the one that fails.
    fn call<T>(&self, work: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        self.call_or(work, |_| {})
    }

    /// `half` is what a short write does.
    fn call_or<T>(
        &self,
        work: impl FnOnce(&mut State) -> io::Result<T>,
        half: impl FnOnce(&mut State),
    ) -> io::Result<T> {
        let mut state = self.state();
        if state.down {
            return Err(io::Error::other("the machine is down"));
        }
        let number = state.calls;
        state.calls += 1;
        match state.fault.filter(|(at, _)| *at == number).map(|(_, fault)| fault) {
            None => work(&mut state),
            Some(Fault::Error(kind)) => Err(kind.into()),
            Some(Fault::Short) => {
                half(&mut state);
                Err(ErrorKind::StorageFull.into())
            }
            Some(Fault::CrashBefore(_)) => {
                half(&mut state);
                state.down = true;
                Err(io::Error::other("the machine is down"))
            }
            Some(Fault::CrashAfter(_)) => {
                let _ = work(&mut state);
                state.down = true;
                Err(io::Error::other("the machine is down"))
            }
        }
    }
}

impl State {
    fn crash(&mut self, survives: Survives) {
        match survives {
            Survives::Kept => self.lasting = self.names.clone(),
            Survives::Torn => {
                self.lasting = self.names.clone();
                for content in &mut self.contents {
                    if content.now != content.synced {
                        let length = (content.now.len() + content.synced.len()) / 2;
                        content.now.truncate(length);
                    }
                }
            }
            Survives::Dropped => {
                // What lies in a folder that is gone is gone with it.
                let lasting = self.lasting.clone();
                self.lasting
                    .retain(|path, _| path.ancestors().skip(1).all(|above| lasting.get(above) == Some(&Entry::Folder)));
                self.names = self.lasting.clone();
                self.contents.iter_mut().for_each(|content| content.now.clone_from(&content.synced));
            }
        }
        self.contents.iter_mut().for_each(|content| content.synced.clone_from(&content.now));
    }

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        self.names.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        match self.entry(path)? {
            Entry::File(place) => Ok(place),
            Entry::Folder => Err(io::Error::other("a folder, not a file")),
        }
    }

    fn parent(&self, path: &Path) -> io::Result<()> {
        match path.parent().map(|parent| self.entry(parent)) {
            Some(Ok(Entry::Folder)) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn children<'a>(
        names: &'a BTreeMap<PathBuf, Entry>,
        folder: &'a Path,
    ) -> impl Iterator<Item = (&'a PathBuf, &'a Entry)> {
        let inside = names.range(folder.to_path_buf()..).take_while(move |(path, _)| path.starts_with(folder));
        inside.filter(move |(path, _)| path.parent() == Some(folder))
    }

    fn add(&mut self, path: &Path) -> usize {
        let content = Content { now: Vec::new(), synced: Vec::new(), modified: SystemTime::now() };
        self.contents.push(content);
        self.names.insert(path.to_path_buf(), Entry::File(self.contents.len() - 1));
        self.contents.len() - 1
    }
}

#[derive(Debug)]
struct MemoryHandle {
    disk: MemoryDisk,
    place: usize,
}

impl Handle for MemoryHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let place = self.place;
        let put = |state: &mut State, bytes: &[u8]| {
            state.contents[place].now.extend_from_slice(bytes);
            state.contents[place].modified = SystemTime::now();
        };
        self.disk.call_or(
            |state| {
                put(state, bytes);
                Ok(())
            },
            |state| put(state, &bytes[..bytes.len() / 2]),
        )
    }

    fn sync(&mut self) -> io::Result<()> {
        let place = self.place;
        self.disk.call(|state| {
            let content = &mut state.contents[place];
            content.synced.clone_from(&content.now);
            Ok(())
        })
    }
}

#[derive(Debug)]
struct MemoryGuard {
    disk: MemoryDisk,
    path: PathBuf,
    life: usize,
}

impl Guard for MemoryGuard {}

impl Drop for MemoryGuard {
    fn drop(&mut self) {
        let mut state = self.disk.state();
        if state.life == self.life {
            state.locks.remove(&self.path);
        }
    }
}

impl Disk for MemoryDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.call(|state| {
            Ok(state.names.get(path).map(|entry| match entry {
                Entry::Folder => Look { kind: EntryKind::Folder, len: 0, modified: None },
                Entry::File(place) => {
                    let Content { now, modified, .. } = &state.contents[*place];
                    Look { kind: EntryKind::File, len: now.len() as u64, modified: Some(*modified) }
                }
            }))
        })
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.call(|state| {
            let content = &state.contents[state.file(path)?].now;
            if content.len() as u64 > limit { Err(io::Error::other("limit")) } else { Ok(content.clone()) }
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, EntryKind)>> {
        self.call(|state| {
            if state.entry(folder)? != Entry::Folder {
                return Err(ErrorKind::NotADirectory.into());
            }
            let named = |(path, entry): (&PathBuf, &Entry)| {
                let name = path.file_name()?.to_str()?.to_owned();
                Some((name, if *entry == Entry::Folder { EntryKind::Folder } else { EntryKind::File }))
            };
            let mut names: Vec<_> = State::children(&state.names, folder).filter_map(named).collect();
            names.sort_by(|a: &(String, EntryKind), b| a.0.cmp(&b.0));
            Ok(names)
        })
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|state| {
            for path in folder.ancestors().collect::<Vec<_>>().into_iter().rev() {
                if let Entry::File(_) = state.names.entry(path.to_path_buf()).or_insert(Entry::Folder) {
                    return Err(ErrorKind::NotADirectory.into());
                }
            }
            Ok(())
        })
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let place = self.call(|state| {
            state.parent(path)?;
            if state.names.contains_key(path) { Err(ErrorKind::AlreadyExists.into()) } else { Ok(state.add(path)) }
        })?;
        Ok(Box::new(MemoryHandle { disk: self.clone(), place }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let place = self.call(|state| {
            state.parent(path)?;
            if state.names.contains_key(path) { state.file(path) } else { Ok(state.add(path)) }
        })?;
        Ok(Box::new(MemoryHandle { disk: self.clone(), place }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(|state| {
            state.parent(to)?;
            let place = state.file(from)?;
            state.names.remove(from);
            state.names.insert(to.to_path_buf(), Entry::File(place));
            Ok(())
        })
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.call(|state| {
            state.file(path)?;
            state.names.remove(path);
            Ok(())
        })
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|state| {
            if state.entry(folder)? != Entry::Folder {
                return Err(ErrorKind::NotADirectory.into());
            }
            if State::children(&state.names, folder).next().is_some() {
                return Err(ErrorKind::DirectoryNotEmpty.into());
            }
            state.names.remove(folder);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|state| {
            let now: BTreeMap<_, _> = State::children(&state.names, folder).map(|(p, e)| (p.clone(), *e)).collect();
            let gone: Vec<_> = State::children(&state.lasting, folder).map(|(path, _)| path.clone()).collect();
            gone.iter().for_each(|path| {
                state.lasting.remove(path);
            });
            state.lasting.extend(now);
            Ok(())
        })
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Guard>>> {
        let (taken, life) = self.call(|state| {
            state.parent(path)?;
            if !state.names.contains_key(path) {
                state.add(path);
            }
            Ok((!state.locks.insert(path.to_path_buf()), state.life))
        })?;
        let guard = MemoryGuard { disk: self.clone(), path: path.to_path_buf(), life };
        if taken {
            std::mem::forget(guard); // it is another's
            return Ok(None);
        }
        Ok(Some(Box::new(guard)))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.call(|state| state.entry(path).map(|_| path.to_path_buf()))
    }
}
