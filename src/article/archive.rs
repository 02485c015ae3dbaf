//! An archive (ZIP) inside a file, unpacked in memory and only so far.
//!
//! Names of entries are looked up and never become paths; an archive inside the archive is never
//! opened. Lengths that the archive states of itself are not believed: what comes out is counted.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::read::Unpacking;

/// What is unpacked up to this length is no bomb, whatever its ratio.
const HARMLESS: usize = 1_000_000;

pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Unpacking,
    /// Bytes that came out so far.
    unpacked: usize,
}

impl<'a> Archive<'a> {
    /// Opens an archive. The error is a sentence without the file's name.
    pub fn open(bytes: &'a [u8], limits: &Unpacking) -> Result<Self, String> {
        // Counted before anything is made of them. Every entry is listed behind such a mark.
        let entries = memchr_count(bytes, b"PK\x01\x02");
        if entries > limits.entries {
            return Err(format!(
                "its archive has {entries} entries, more than the limit of {}; this is an attack or no document",
                limits.entries
            ));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| in_words(&error))?;
        Ok(Self { zip, limits: *limits, unpacked: 0 })
    }

    /// The bytes of an entry; `None` where there is none of that name.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(format!("“{name}” inside it: {}", in_words(&error))),
        };
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(HARMLESS);
        let left = self.limits.bytes - self.unpacked;
        let limit = by_ratio.min(left);
        let mut bytes = Vec::new();
        let reader = (&mut file).take(limit as u64 + 1);
        let result = { reader }.read_to_end(&mut bytes);
        if bytes.len() > limit {
            return Err(if limit == left {
                format!(
                    "unpacked it is more than the limit of {} MB; this is an attack or no article",
                    self.limits.bytes.div_ceil(1_000_000)
                )
            } else {
                format!(
                    "“{name}” inside it unpacks to more than {} times its length; this is an attack, not a document",
                    self.limits.ratio
                )
            });
        }
        if let Err(error) = result {
            return Err(format!("“{name}” inside it is damaged: {error}"));
        }
        self.unpacked += bytes.len();
        Ok(Some(bytes))
    }

    /// The bytes of an entry without which the file is no document of its kind.
    pub fn needed(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.entry(name)?.ok_or_else(|| format!("there is no “{name}” in it; it is damaged, or another kind of file"))
    }
}

fn memchr_count(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).filter(|window| *window == needle).count()
}

fn in_words(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "it is protected by a password; save it without one, and open that".to_owned()
        }
        ZipError::UnsupportedArchive(what) => format!("its archive cannot be unpacked: {what}"),
        error => format!("its archive is damaged: {error}"),
    }
}

/// An archive of entries, for tests.
#[cfg(test)]
pub(super) fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a new entry");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8], limits: Unpacking) -> String {
        match Archive::open(bytes, &limits) {
            Ok(mut archive) => archive.needed("a").expect_err("refused"),
            Err(error) => error,
        }
    }

    #[test]
    fn an_entry_is_unpacked_up_to_its_limits() {
        let limits = Unpacking::default();
        let bytes = pack(&[("a", b"forty"), ("b/c", b"bodies")]);
        let mut archive = Archive::open(&bytes, &limits).expect("opens");
        assert_eq!(archive.needed("b/c").as_deref(), Ok(&b"bodies"[..]));
        assert_eq!(archive.entry("x"), Ok(None));
        assert!(archive.needed("x").expect_err("missing").contains("no “x” in it"));

        let bomb = pack(&[("a", &vec![b' '; 5_000_000])]);
        assert!(bomb.len() < 100_000);
        assert!(error(&bomb, limits).contains("more than 100 times its length"));
        let small = Unpacking { bytes: 2_000_000, ratio: 10_000, ..limits };
        assert!(error(&bomb, small).contains("limit of 2 MB"));
        let few = Unpacking { entries: 1, ..limits };
        assert!(error(&bytes, few).contains("2 entries"));
    }

    #[test]
    fn the_limit_holds_over_all_entries_together() {
        let half = vec![b'x'; 900_000];
        let bytes = pack(&[("a", &half), ("b", &half)]);
        let mut archive =
            Archive::open(&bytes, &Unpacking { bytes: 1_000_000, ..Unpacking::default() }).expect("opens");
        assert!(archive.needed("a").is_ok());
        assert!(archive.needed("b").expect_err("too much").contains("limit of 1 MB"));
    }

    #[test]
    fn what_is_no_archive_or_a_broken_one_is_said() {
        for bytes in [&b""[..], b"PK\x03\x04", b"forty bodies", &pack(&[("a", b"forty")])[..40]] {
            assert!(error(bytes, Unpacking::default()).contains("damaged"), "{bytes:?}");
        }
        // A length that the archive states of itself is not believed.
        let mut lying = pack(&[("a", &[b'x'; 3000])]);
        let place = lying.windows(4).position(|window| window == 3000_u32.to_le_bytes()).expect("the length");
        lying[place..place + 4].copy_from_slice(&5_u32.to_le_bytes());
        let mut archive = Archive::open(&lying, &Unpacking::default()).expect("opens");
        assert!(archive.entry("a").is_ok_and(|bytes| bytes.is_some_and(|bytes| bytes.len() == 3000)));
    }
}
