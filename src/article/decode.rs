//! Which characters the bytes stand for, and why it was decided so.

use crate::claim::Name;

/// The encoding that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its name: "UTF-8".
    pub name: Name,
    /// How it was decided: "strict UTF-8".
    pub reason: Name,
}

/// Text from bytes: BOM removed, CRLF and lone CR made LF, undecodable bytes U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: Encoding,
    /// How many bytes could not be decoded.
    pub bad_bytes: usize,
}
