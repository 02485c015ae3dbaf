//! What happens to files: bytes flip, ends are cut off, lines are doubled, exchanged and lost, version
//! control leaves its markers, editors write other encodings, and somebody means harm.

use super::memory::MemoryDisk;
use super::random::Random;
use super::sample::{journal_line, put};
use tallymark::project::disk::Disk;

/// Damages one file of those whose path begins so. Says what was done, for whoever looks into it.
pub fn one(random: &mut Random, disk: &MemoryDisk, below: &[&str]) -> String {
    let files = disk.files();
    let all: Vec<&String> = files.keys().filter(|path| below.iter().any(|start| path.starts_with(start))).collect();
    if all.is_empty() {
        return "nothing is left".to_owned();
    }
    let path = (*random.pick(&all)).clone();
    let bytes = &files[&path];
    let journal = path.ends_with(".journal");
    let (what, damaged) = match random.below(if journal { 24 } else { 16 }) {
        0 => {
            let _ = disk.remove_file(path.as_ref());
            return format!("{path} is gone");
        }
        1 => {
            // A folder in the place of a file.
            let _ = disk.remove_file(path.as_ref());
            let _ = disk.make_folder(path.as_ref());
            return format!("{path} is a folder");
        }
        2 => {
            let other = *random.pick(&all);
            (format!("{path} has the bytes of {other}"), files[other].clone())
        }
        3 => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let name = random.pick::<&str>(NAMES);
            let extra = format!("{folder}/{name}");
            if !files.contains_key(&extra) {
                put(disk, &extra, bytes);
            }
            return format!("{extra} was added");
        }
        4..=8 => (format!("bytes of {path}"), in_bytes(random, bytes.clone())),
        9..=11 => (format!("lines of {path}"), in_lines(random, bytes)),
        12..=15 => (format!("words of {path}"), in_words(random, bytes)),
        _ => (format!("records of {path}"), in_records(random, bytes, &files)),
    };
    put(disk, &path, &damaged);
    what
}

/// Files that nobody asked for.
const NAMES: &[&str] = &[
    "x.ron",
    "CON.ron",
    "a (1).ron",
    "anna (conflicted copy).ron",
    ".a.ron.1-1.tmp",
    "..ron",
    ".ron",
    "😀.ron",
    "article.ron",
    "anna",
    "x.journal",
];

fn in_bytes(random: &mut Random, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..1 + random.below(3) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(60)).min(bytes.len());
        match random.below(12) {
            0..=2 => bytes[at] ^= 1 << random.below(8),
            3 => bytes[at] = random.below(256) as u8,
            4 => bytes.truncate(at),
            5 => drop(bytes.drain(at..end)),
            6 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            7 => bytes[at..end].fill(0), // a block that was never written
            8 => bytes.extend(bytes.clone()),
            9 => {
                let mut with_mark = b"\xEF\xBB\xBF".to_vec();
                with_mark.extend(&bytes);
                bytes = with_mark;
            }
            10 => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                bytes = b"\xFF\xFE".to_vec();
                bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            }
            // An editor of another age.
            _ => bytes = String::from_utf8_lossy(&bytes).chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
        }
    }
    bytes
}

fn in_lines(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..1 + random.below(3) {
        if lines.is_empty() {
            break;
        }
        let (a, b) = (random.below(lines.len()), random.below(lines.len()));
        let (from, to) = (a.min(b), (a.min(b) + random.below(20)).min(lines.len() - 1));
        match random.below(9) {
            0 => lines.swap(a, b),
            1 => drop(lines.remove(a)),
            2 => lines.insert(a, lines[a].clone()),
            3 => drop(lines.drain(from..=to)),
            4 => {
                let block = lines[from..=to].to_vec();
                lines.splice(b.min(lines.len())..b.min(lines.len()), block);
            }
            5 => lines.iter_mut().for_each(|line| {
                if line.ends_with(b"\n") {
                    line.splice(line.len() - 1.., *b"\r\n");
                }
            }),
            // What a merge leaves where both have changed the same lines.
            6 | 7 => {
                let mut ours = lines[from..=to].to_vec();
                let theirs: Vec<_> = ours
                    .iter()
                    .map(|line| if random.chance(50) { in_words(random, line) } else { line.clone() })
                    .collect();
                ours.insert(0, b"<<<<<<< HEAD\n".to_vec());
                if random.chance(30) {
                    ours.push(b"||||||| base\n".to_vec());
                    ours.extend(theirs.clone());
                }
                ours.push(b"=======\n".to_vec());
                ours.extend(theirs);
                if !random.chance(15) {
                    ours.push(b">>>>>>> theirs\n".to_vec());
                }
                lines.splice(from..=to, ours);
            }
            _ => {
                let times = *random.pick(&[3, 30, 3_000]);
                let block = lines[from..=to].to_vec();
                for _ in 0..times / block.len().max(1) {
                    lines.splice(from..from, block.clone());
                }
            }
        }
    }
    lines.concat()
}

/// Values that read, or nearly, and are no sense.
fn in_words(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for _ in 0..1 + random.below(3) {
        match random.below(8) {
            0..=2 => {
                if let Some((from, to)) = run(random, &text, |c| c.is_ascii_digit()) {
                    text.replace_range(from..to, random.pick::<&str>(NUMBERS));
                }
            }
            3 | 4 => {
                if let Some((from, to)) = run(random, &text, |c| c != '"' && c != '\n') {
                    text.replace_range(from..to, random.pick::<&str>(STRINGS));
                }
            }
            5 => {
                if let Some((from, to)) = run(random, &text, |c| c.is_ascii_alphabetic() || c == '_') {
                    let words: Vec<&str> =
                        text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
                    let word = (*random.pick(&words)).to_owned();
                    text.replace_range(from..to, &word);
                }
            }
            6 => {
                let at = place(random, &text);
                let opening =
                    random.pick::<&str>(&["[", "(", "{", "Some(", "[[", "\"", "r#\"", "/*", "//", "'", "#![", "-"]);
                let times = *random.pick(&[1, 2, 100, 3_000, 100_000]);
                text.insert_str(at, &opening.repeat(times));
            }
            _ => {
                let at = place(random, &text);
                text.insert_str(at, random.pick::<&str>(STRINGS));
            }
        }
    }
    text.into_bytes()
}

fn place(random: &mut Random, text: &str) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A run of characters of a kind, at or behind some place.
fn run(random: &mut Random, text: &str, of: impl Fn(char) -> bool) -> Option<(usize, usize)> {
    let at = place(random, text);
    let from = at + text[at..].find(&of)?;
    let to = text[from..].find(|c| !of(c)).map_or(text.len(), |length| from + length);
    Some((from, to))
}

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999999999999999999999",
    "1e400",
    "NaN",
    "inf",
    "0x10",
    "1_000",
    "1.5",
    "٣",
];

const STRINGS: &[&str] = &[
    "",
    "../../etc/passwd",
    "/etc/passwd",
    "v1/../../x",
    "C:\\\\x",
    "CON",
    ".git/config",
    "a\\u{0}b",
    "\\u{202e}",
    "bodies",
    "c1",
    "c2",
    "b1",
    "Anna",
    "Aland",
    "both",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "+262142-12-31",
    "-262143-01-01",
    "2026-02-30",
    "9999-12-31",
    "None",
    "Some(1)",
    "s:x:4-9:x:built-in",
    "😀",
    ", ",
    ")",
    "],",
    "\\",
];

/// Records of a journal with sums that are right: in another order, twice, not all of them, from
/// other journals, with other values.
fn in_records(random: &mut Random, bytes: &[u8], files: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let records = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().filter_map(|line| Some(line.splitn(3, ' ').nth(2)?.to_owned())).collect()
    };
    let mut own = records(bytes);
    let others: Vec<&Vec<u8>> =
        files.iter().filter(|(path, _)| path.ends_with(".journal")).map(|(_, bytes)| bytes).collect();
    for _ in 0..1 + random.below(4) {
        if own.is_empty() {
            break;
        }
        let (a, b) = (random.below(own.len()), random.below(own.len()));
        match random.below(7) {
            0 => own.swap(a, b),
            1 => drop(own.remove(a)),
            2 => own.insert(b, own[a].clone()),
            3 => {
                let other = records(random.pick::<&Vec<u8>>(&others));
                if !other.is_empty() {
                    own.insert(b, random.pick(&other).clone());
                }
            }
            4 => own.insert(a, random.pick::<&str>(&["Closed", "Checkpoint(state:\"x\")"]).to_string()),
            _ => own[a] = String::from_utf8_lossy(&in_words(random, own[a].as_bytes())).replace('\n', " "),
        }
    }
    own.iter().map(|record| journal_line(record)).collect::<String>().into_bytes()
}
