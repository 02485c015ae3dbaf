//! Twice the text is about twice the work, however nasty it is.

use super::super::{Suggester, work};
use super::nasty::NASTY;
use crate::article::{Article, ReadOptions, read};
use crate::claim::{Codebook, Lexicon};

#[test]
fn twice_the_text_is_twice_the_work() {
    let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let article = |text: &str| -> Article { read("a.md", text.as_bytes(), &ReadOptions::default()).expect("a text") };
    let mut wrong = Vec::new();
    for (name, text) in NASTY {
        let looks = |n: usize| {
            let article = article(&text(n));
            work::of(|| drop(suggester.suggest(&article, &article.metadata)))
        };
        let (once, twice) = (looks(2_000), looks(4_000));
        assert!(once > 0, "{name}: nothing was looked at");
        if twice > once * 22 / 10 + 1_000 {
            wrong.push(format!("{name}: {once} looks for one, {twice} for two"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
