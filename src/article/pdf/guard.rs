//! What is packed in a PDF is weighed before anything reads it.
//!
//! The library unpacks each stream whole, however much that is. So every stream of the file is
//! unpacked here first, into nothing, up to its limit; one that goes beyond it is made unreadable in
//! a copy, and the copy is what the library gets. Pictures are made unreadable without a look: there
//! is no text in them.

use flate2::{Decompress, FlushDecompress, Status};

use crate::article::read::Unpacking;

pub(super) struct Guarded {
    /// The file, with what is too much made unreadable.
    pub bytes: Vec<u8>,
    /// How many streams were, pictures aside.
    pub left_out: usize,
}

/// What is unpacked up to this length is no bomb, whatever its ratio.
const HARMLESS: usize = 1_000_000;
/// A protected file can only be unpacked by the library, unseen; deflate makes at most a thousand
/// times as much of it.
const MOST_PROTECTED: usize = 1_000_000;
/// Where a stream begins so, no filter finds anything in it.
const UNREADABLE: u8 = 0xFF;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    /// A picture's.
    Picture,
}

/// How a stream is packed, by what stands before it.
#[derive(Debug, PartialEq, Eq)]
enum Packing {
    By(Vec<Filter>),
    Picture,
    /// It does not say so here, or says two things.
    Unclear,
}

pub(super) fn guard(original: &[u8], limits: &Unpacking) -> Result<Guarded, String> {
    let mut bytes = original.to_vec();
    let mut left_out = 0;
    let protected = is_protected(original);
    if protected && original.len() > MOST_PROTECTED {
        return Err("it is protected against changes, and too large to be unpacked unseen; print it to a new PDF, and open that".to_owned());
    }
    let mut allowed = limits.bytes;
    // Much more work than this is an attack by many streams that lie in each other.
    let mut work = limits.bytes.saturating_mul(4);
    let mut before = 0;
    for (keyword, start) in streams(original) {
        let packing = packing(&original[before..keyword]);
        before = start;
        let weighed = match &packing {
            Packing::Picture | Packing::Unclear => None,
            Packing::By(filters) if protected => (filters.len() <= 1).then_some(0),
            Packing::By(filters) => weigh(&original[start..], filters, limits, &mut work)?,
        };
        match weighed {
            Some(length) if length <= allowed => allowed -= length,
            Some(_) => {
                return Err(format!(
                    "unpacked it is more than the limit of {} MB; this is an attack or no article",
                    limits.bytes.div_ceil(1_000_000)
                ));
            }
            None => {
                let end = bytes.len().min(start + 64);
                bytes[start..end].fill(UNREADABLE);
                left_out += usize::from(packing != Packing::Picture);
            }
        }
    }
    Ok(Guarded { bytes, left_out })
}

/// Where each stream's keyword begins, and where its bytes do.
fn streams(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    const KEYWORD: &[u8] = b"stream";
    let places = bytes.windows(KEYWORD.len()).enumerate().filter(|(_, window)| *window == KEYWORD);
    places.filter_map(|(place, _)| {
        if bytes[..place].ends_with(b"end") {
            return None;
        }
        let mut start = place + KEYWORD.len();
        start += usize::from(bytes.get(start) == Some(&b'\r'));
        start += usize::from(bytes.get(start) == Some(&b'\n'));
        Some((place, start))
    })
}

/// The names in a stretch of the file, with their escapes resolved.
fn names(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(place, _)| place);
    places.map(|place| {
        let rest = &bytes[place + 1..];
        let end =
            rest.iter().position(|b| b.is_ascii_whitespace() || b"\0/<>[](){}%".contains(b)).unwrap_or(rest.len());
        let (mut name, mut at) = (Vec::new(), 0);
        // A longer name is none that is looked for.
        let raw = &rest[..end.min(200)];
        while at < raw.len() {
            let digits = (raw[at] == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
            let escaped = digits.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            name.push(escaped.unwrap_or(raw[at]));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        (place + 1 + end, name)
    })
}

fn is_protected(bytes: &[u8]) -> bool {
    names(bytes).any(|(_, name)| name == b"Encrypt")
}

fn packing(before: &[u8]) -> Packing {
    let mut lists = 0;
    let mut filters = Vec::new();
    let mut picture = false;
    let mut unclear = false;
    // The last names: a dictionary is short, and what lies between it and the last stream is not.
    let all: Vec<_> = names(before).collect();
    for (n, (end, name)) in all.iter().enumerate() {
        match &name[..] {
            b"Subtype" => picture |= all.get(n + 1).is_some_and(|(_, next)| next == b"Image"),
            b"Filter" => {
                let found: Vec<Filter> = all[n + 1..].iter().map_while(|(_, name)| filter(name)).collect();
                if !found.is_empty() {
                    lists += 1;
                    filters = found;
                } else {
                    // The number of another object, or the filter of a signature, which is none.
                    let value = before[*end..].trim_ascii_start().first();
                    unclear |= value.is_some_and(u8::is_ascii_digit);
                }
            }
            _ => {}
        }
    }
    match lists {
        _ if picture || filters.contains(&Filter::Picture) => Packing::Picture,
        0 | 1 if !unclear => Packing::By(filters),
        _ => Packing::Unclear,
    }
}

fn filter(name: &[u8]) -> Option<Filter> {
    Some(match name {
        b"FlateDecode" | b"Fl" => Filter::Flate,
        b"LZWDecode" | b"LZW" => Filter::Lzw,
        b"ASCII85Decode" | b"A85" => Filter::Ascii85,
        b"ASCIIHexDecode" | b"AHx" => Filter::AsciiHex,
        b"RunLengthDecode" | b"RL" => Filter::RunLength,
        b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => Filter::Picture,
        _ => return None,
    })
}

/// How long a stream is when it is unpacked; `None` where that is too much for its length.
fn weigh(data: &[u8], filters: &[Filter], limits: &Unpacking, work: &mut usize) -> Result<Option<usize>, String> {
    // What does not say that it is packed is tried all the same.
    let tried: &[Filter] = if filters.is_empty() { &[Filter::Flate] } else { filters };
    let mut current: std::borrow::Cow<'_, [u8]> = data.into();
    let mut packed = 0;
    for (n, filter) in tried.iter().enumerate() {
        let limit = if n == 0 { limits.bytes } else { (packed * limits.ratio).max(HARMLESS).min(limits.bytes) };
        let Unpacked { bytes, used, whole } = unpack(*filter, &current, limit, limits.ratio);
        *work = work.checked_sub(bytes.len() + used).ok_or(
            "its streams lie in each other, and would take for ever to unpack; this is an attack, not a document",
        )?;
        if n == 0 {
            packed = used;
        }
        if !whole {
            return Ok(None);
        }
        current = bytes.into();
    }
    Ok(Some(if filters.is_empty() { 0 } else { current.len() }))
}

struct Unpacked {
    bytes: Vec<u8>,
    /// How much was read for it.
    used: usize,
    /// Whether it ended within the limits.
    whole: bool,
}

/// Undoes one filter until its end, its first damage, or its limits.
fn unpack(filter: Filter, data: &[u8], limit: usize, ratio: usize) -> Unpacked {
    let mut bytes = Vec::new();
    let mut used = 0;
    let within = |length: usize, used: usize| length <= limit.min(used.saturating_mul(ratio).max(HARMLESS));
    match filter {
        Filter::Flate => {
            let zlib = matches!(data, [cmf, flg, ..] if cmf & 0x0F == 8 && (u16::from(*cmf) << 8 | u16::from(*flg)).is_multiple_of(31));
            let mut inflater = Decompress::new(false);
            used = if zlib { 2 } else { 0 };
            let mut buffer = [0; 16 * 1024];
            loop {
                let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
                let rest = data.get(used..).unwrap_or_default();
                let status = inflater.decompress(rest, &mut buffer, FlushDecompress::None);
                let (more_in, more_out) = (inflater.total_in() - before_in, inflater.total_out() - before_out);
                used += more_in as usize;
                bytes.extend_from_slice(&buffer[..more_out as usize]);
                if !within(bytes.len(), used) {
                    return Unpacked { bytes, used, whole: false };
                }
                match status {
                    Ok(Status::Ok) if more_in + more_out > 0 => {}
                    _ => break,
                }
            }
        }
        Filter::RunLength => {
            while let Some(length) = data.get(used).filter(|length| **length != 128) {
                let length = usize::from(*length);
                if length < 128 {
                    let end = data.len().min(used + 2 + length);
                    bytes.extend_from_slice(&data[used + 1..end]);
                    used = end;
                } else {
                    let byte = data.get(used + 1).copied().unwrap_or(0);
                    bytes.extend(std::iter::repeat_n(byte, 257 - length));
                    used += 2;
                }
                if !within(bytes.len(), used) {
                    return Unpacked { bytes, used, whole: false };
                }
            }
        }
        Filter::AsciiHex => {
            let mut high = None;
            for byte in data {
                used += 1;
                match (char::from(*byte).to_digit(16), high) {
                    (Some(digit), None) => high = Some(digit),
                    (Some(digit), Some(before)) => {
                        bytes.push((before * 16 + digit) as u8);
                        high = None;
                    }
                    (None, _) if byte.is_ascii_whitespace() || *byte == 0 => {}
                    (None, _) => break,
                }
            }
            bytes.extend(high.map(|digit| (digit * 16) as u8));
        }
        Filter::Ascii85 => {
            let (mut group, mut count) = (0_u32, 0);
            for byte in data {
                used += 1;
                match byte {
                    b'z' if count == 0 => bytes.extend([0; 4]),
                    b'!'..=b'u' => {
                        group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                        count += 1;
                        if count == 5 {
                            bytes.extend(group.to_be_bytes());
                            (group, count) = (0, 0);
                        }
                    }
                    byte if byte.is_ascii_whitespace() || *byte == 0 => {}
                    _ => break,
                }
            }
            if count > 1 {
                for _ in count..5 {
                    group = group.wrapping_mul(85).wrapping_add(84);
                }
                bytes.extend(&group.to_be_bytes()[..count - 1]);
            }
        }
        Filter::Lzw => return unpack_lzw(data, within),
        Filter::Picture => {}
    }
    Unpacked { bytes, used, whole: true }
}

/// LZW as PDF has it: codes of 9 to 12 bits, 256 clears, 257 ends. Where a file changes the width a
/// code late instead of early, what comes out differs, and hardly its length.
fn unpack_lzw(data: &[u8], within: impl Fn(usize, usize) -> bool) -> Unpacked {
    let mut bytes: Vec<u8> = Vec::new();
    // Where in `bytes` what each code stands for was written, and how long it is.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut used) = (0_u32, 0_u32, 0);
    let mut last: Option<(usize, usize)> = None;
    loop {
        let width = match 258 + table.len() + 1 {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        while held < width {
            let Some(byte) = data.get(used) else { return Unpacked { bytes, used, whole: true } };
            bits = bits << 8 | u32::from(*byte);
            held += 8;
            used += 1;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        let start = bytes.len();
        match (code, last) {
            (256, _) => {
                table.clear();
                last = None;
                continue;
            }
            (257, _) => return Unpacked { bytes, used, whole: true },
            (0..256, _) => bytes.push(code as u8),
            (_, Some((from, length))) if code == 258 + table.len() => {
                bytes.extend_from_within(from..from + length);
                bytes.push(bytes[from]);
            }
            (_, _) => match table.get(code - 258) {
                Some((from, length)) => bytes.extend_from_within(*from..from + length),
                None => return Unpacked { bytes, used, whole: true },
            },
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            // What came before and the first of what came now stand beside each other.
            table.push((from, length + 1));
        }
        last = Some((start, bytes.len() - start));
        if !within(bytes.len(), used) {
            return Unpacked { bytes, used, whole: false };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(filter: Filter, data: &[u8]) -> Vec<u8> {
        unpack(filter, data, 1_000_000, 100).bytes
    }

    #[test]
    fn each_filter_is_undone() {
        let flate = [0x78, 0x9c, 0x4b, 0xcb, 0x2f, 0x2a, 0xa9, 0x04, 0x00, 0x06, 0x67, 0x02, 0x2b];
        assert_eq!(unpacked(Filter::Flate, &flate), b"forty");
        assert_eq!(unpacked(Filter::Flate, &flate[2..]), b"forty");
        assert_eq!(unpacked(Filter::AsciiHex, b"66 6F72\n74 79>rest"), b"forty");
        assert_eq!(unpacked(Filter::Ascii85, b"AoD^3Gl~>rest"), b"forty");
        assert_eq!(unpacked(Filter::RunLength, &[1, b'f', b'o', 253, b'r', 128, 9]), b"forrrr");
        // The example of the standard.
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(unpacked(Filter::Lzw, &lzw), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn how_a_stream_is_packed_is_told_by_what_stands_before_it() {
        for (before, packing) in [
            ("1 0 obj << /Length 5 /Filter /FlateDecode >> ", Packing::By(vec![Filter::Flate])),
            ("<< /Filter [ /ASCII85Decode /LZWDecode ] >>", Packing::By(vec![Filter::Ascii85, Filter::Lzw])),
            ("<< /Filter /Flate#44ecode >>", Packing::By(vec![Filter::Flate])),
            ("<< /Length 5 >>", Packing::By(vec![])),
            ("<< /Subtype /Image /Filter /FlateDecode >>", Packing::Picture),
            ("<< /Filter/DCTDecode >>", Packing::Picture),
            ("<< /Filter 12 0 R >>", Packing::Unclear),
            ("<< /Filter /FlateDecode /X (/Filter /ASCIIHexDecode) >>", Packing::Unclear),
            ("<< /Filter /Adobe.PPKLite >> endobj << /Length 3 >>", Packing::By(vec![])),
        ] {
            assert_eq!(super::packing(before.as_bytes()), packing, "{before}");
        }
    }
}
