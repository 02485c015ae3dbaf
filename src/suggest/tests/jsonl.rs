//! Writes the suggestions for a folder of articles as JSON Lines (for scoring, until the command line does it).
use super::super::Suggester;
use crate::article::{ReadOptions, read};
use crate::claim::{Basis, Codebook, DateWindow, How, Lexicon};
use serde_json::{Value, json};

#[test]
fn scratch_jsonl() {
    let Ok(folder) = std::env::var("ARTICLES") else { return };
    let dated = std::env::var("METADATA").ok();
    let table: Vec<(String, String)> = dated
        .map(|path| {
            std::fs::read_to_string(path)
                .unwrap()
                .lines()
                .skip(1)
                .map(|l| {
                    let c: Vec<&str> = l.split(',').collect();
                    (c[0].to_owned(), c[3].to_owned())
                })
                .collect()
        })
        .unwrap_or_default();
    let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut out = String::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".txt") && !name.ends_with(".md") {
            continue;
        }
        let article = read(&name, &std::fs::read(&path).unwrap(), &ReadOptions::default()).unwrap();
        let mut metadata = article.metadata.clone();
        if let Some((_, date)) = table.iter().find(|(n, _)| *n == name) {
            metadata.published = DateWindow::parse(date, Basis::Analyst).unwrap();
        }
        for s in suggester.suggest(&article, &metadata) {
            let pos = |span: crate::claim::Span| article.positions.chars_of(&article.text, span);
            let (start, end) = pos(s.span);
            let r = &s.reading;
            let q = &r.count.quantity;
            let link = |l: &Option<crate::claim::Link>| {
                l.map_or(Value::Null, |l| {
                    l.span.map_or(json!({"start": null}), |s| {
                        let (a, b) = pos(s);
                        json!({"start": a, "end": b})
                    })
                })
            };
            let why: Vec<Value> = s.trace.iter().map(|(f, p)| {
                let (how, rule) = match &p.how { How::Stated => ("stated", None), How::Inferred { rule } => ("inferred", Some(rule.to_string())), _ => ("other", None) };
                json!({"field": f, "how": how, "rule": rule, "evidence": p.evidence.iter().map(|s| s.of(&article.text)).collect::<Vec<_>>()})
            }).collect();
            let v = json!({"article": name, "start": start, "end": end, "quote": s.span.of(&article.text),
                "count": {"start": r.count.span.map(|s| pos(s).0), "end": r.count.span.map(|s| pos(s).1), "text": r.count.span.map(|s| s.of(&article.text)),
                    "form": q.form, "n": q.n, "low": q.low, "high": q.high, "low_soft": q.low_soft, "high_soft": q.high_soft,
                    "confirms": r.confirms.iter().map(|s| { let (a, b) = pos(*s); json!({"start": a, "end": b}) }).collect::<Vec<_>>()},
                "kind": r.kind, "category": r.category, "party": r.party, "from": r.from, "to": r.to,
                "date": {"value": r.date.value, "start": r.date.window.start, "end": r.date.window.end, "precision": r.date.window.precision, "basis": r.date.window.basis, "text": r.date.text, "extent": r.date.extent},
                "as_of": r.as_of.map(|w| w.notation()),
                "attribution": r.attribution.chain.iter().map(|a| a.name.to_string()).collect::<Vec<_>>(),
                "sides": r.attribution.chain.iter().map(|a| a.side.word().to_owned()).collect::<Vec<_>>(),
                "via": r.attribution.via, "identity_by": r.attribution.identity_by, "modality": r.modality,
                "additive": link(&r.additive), "part_of": link(&r.part_of), "refers_to": link(&r.refers_to),
                "distributive": r.distributive, "flags": r.flags,
                "grade": s.grade, "why": why, "suggester": s.suggester, "score": s.score});
            out.push_str(&v.to_string());
            out.push('\n');
        }
    }
    std::fs::write(std::env::var("OUTPUT").unwrap(), out).unwrap();
}
