//! The same checks under libFuzzer: the first bytes choose the claims, the rest is a text and, behind a
//! line of `=======`, its corrected version.

#![no_main]

#[path = "../src/anchors.rs"]
mod anchors;
#[path = "../src/random.rs"]
mod random;

use libfuzzer_sys::fuzz_target;
use random::Random;

fuzz_target!(|data: &[u8]| {
    let Some((head, texts)) = data.split_first_chunk::<2>() else { return };
    let mut random = Random::new(u64::from(u16::from_le_bytes(*head)));
    let case = anchors::case_of(&String::from_utf8_lossy(texts), &mut random);
    anchors::check(&case);
    anchors::check_by_hand(&case, &mut random);
});
