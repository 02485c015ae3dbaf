//! Prints what the grammar sees (development aid).
use super::super::{Suggester, pipeline, tokens::Tokens};
use crate::article::{ReadOptions, read};
use crate::claim::{Codebook, Lexicon};

#[test]
fn scratch_debug() {
    let Ok(text) = std::env::var("TEXT") else { return };
    let text = if let Ok(t) = std::fs::read_to_string(&text) { t } else { text };
    let s = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let article = read("a.md", text.as_bytes(), &ReadOptions::default()).unwrap();
    let tokens = Tokens::of_article(&article, &s.abbreviations);
    let mut meta = article.metadata.clone();
    if let Ok(d) = std::env::var("DATE") {
        meta.published = crate::claim::DateWindow::parse(&d, crate::claim::Basis::Analyst).unwrap();
    }
    let dates = s.dates(&article, &meta);
    let taken: Vec<_> = dates.iter().map(|d| d.tokens.clone()).collect();
    let counts = super::super::quantities::quantities(&tokens, &s.quantifiers, &s.conventions, &taken);
    pipeline::debug(&tokens, &s.words, &counts, &dates);
    for x in s.suggest(&article, &meta) {
        let r = &x.reading;
        println!(
            "=> [{}] {:?} {} | {:?} low {:?} high {:?} | party {:?} from {:?} to {:?} | {:?} {:?} | chain {:?} via {:?} id {:?} | date {:?} | {:?} add {} part {} ref {} flags {:?} subset {:?}",
            r.count.span.map_or("-", |c| c.of(&article.text)),
            x.span.of(&article.text),
            r.category,
            r.count.quantity.form,
            r.count.quantity.low,
            r.count.quantity.high,
            r.party.as_deref(),
            r.from.as_deref(),
            r.to.as_deref(),
            r.kind,
            r.modality,
            r.attribution.chain.iter().map(|a| format!("{} ({})", a.name, a.side.word())).collect::<Vec<_>>(),
            r.attribution.via,
            r.attribution.identity_by,
            (&r.date.value, r.date.window.notation(), r.date.window.basis),
            x.grade,
            r.additive.is_some(),
            r.part_of.is_some(),
            r.refers_to.is_some(),
            r.flags,
            r.subset
        );
        for (f, p) in &x.trace {
            println!(
                "     {f:?}: {:?} {:?}",
                p.how,
                p.evidence.iter().map(|s| s.of(&article.text)).collect::<Vec<_>>()
            );
        }
    }
}
