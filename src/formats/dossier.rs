//! The report: one HTML file with every fact, every quote in its context, and every article with
//! its claims marked. It has no script and loads nothing, so it can be kept, printed, searched and
//! checked offline.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Dataset, Document, ExportError, ExportFormat, OutputFile};
use crate::claim::{Claim, ClaimId, Fact, FactVerdict, Known, Member, Rollup, Span, counted, grouped};

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "report",
    label: "Report, one HTML page",
    extension: "html",
    units: "code points",
    checked_with: "any browser, offline",
    files: &["report.html"],
    export,
};

const STYLE: &str = include_str!("../../assets/report/style.css");

/// How much of the text stands around a quote, in characters, where no line ends before.
const AROUND: usize = 240;

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    let mut page = Page { out: String::new(), dataset, anchors: BTreeMap::new(), rulings: BTreeMap::new() };
    for (n, claim) in dataset.claims().iter().enumerate() {
        page.anchors.insert(&claim.id, n + 1);
    }
    page.rulings = dataset.rulings.iter().map(|ruling| (&*ruling.id.0, *ruling)).collect();
    page.write().map_err(|error| ExportError(error.to_string()))?;
    Ok(vec![OutputFile { name: "report.html".to_owned(), bytes: page.out.into_bytes() }])
}

/// Text made harmless for HTML. Characters that change the direction of what follows, and others
/// that nobody sees, are written out, so that no quote reads other than it is.
struct Safe<'a>(&'a str);

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(c)?,
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {
                    write!(f, "<span class=\"seen\">U+{:04X}</span>", c as u32)?;
                }
                c if c.is_control() => write!(f, "<span class=\"seen\">U+{:04X}</span>", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

struct Page<'a> {
    out: String,
    dataset: &'a Dataset<'a>,
    /// The number of each claim, by which its place in the articles is reached.
    anchors: BTreeMap<&'a ClaimId, usize>,
    rulings: BTreeMap<&'a str, &'a crate::claim::Ruling>,
}

impl<'a> Page<'a> {
    fn write(&mut self) -> fmt::Result {
        let dataset = self.dataset;
        let name = Safe(dataset.name);
        write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
        )?;
        let facts = &dataset.reconciliation.facts;
        writeln!(
            self.out,
            "<p class=\"small\">{} from {} in {}. Made by Tallymark {}; {}. \
             Positions are code points of the articles’ texts.</p>",
            counted(facts.len(), "fact"),
            counted(dataset.claims().len(), "claim"),
            counted(dataset.documents().len(), "article"),
            Safe(dataset.version),
            dataset.conventions()
        )?;
        self.overview(facts)?;
        self.out.push_str("<h2>Facts in detail</h2>\n");
        for fact in facts {
            self.fact(fact)?;
        }
        self.sums()?;
        self.unplaced()?;
        self.articles()?;
        self.out.push_str("</body>\n</html>\n");
        Ok(())
    }

    fn overview(&mut self, facts: &[std::sync::Arc<Fact>]) -> fmt::Result {
        self.out.push_str(
            "<h2>Facts</h2>\n<table>\n<thead><tr><th scope=\"col\">Fact</th><th scope=\"col\" class=\"n\">Low</th>\
             <th scope=\"col\" class=\"n\">Best</th><th scope=\"col\" class=\"n\">High</th><th scope=\"col\">Verdict</th>\
             <th scope=\"col\">Origins / sides / articles</th></tr></thead>\n<tbody>\n",
        );
        for fact in facts {
            writeln!(
                self.out,
                "<tr><td><a href=\"#{id}\">{id}</a> {label}</td><td class=\"n\">{low}</td><td class=\"n\">{best}</td>\
                 <td class=\"n\">{high}</td><td class=\"{class}\">{verdict}</td><td>{origins} / {sides} / {articles}</td></tr>",
                id = Safe(&fact.id),
                label = Safe(&fact.label),
                low = bound(fact.low, fact.low_soft),
                best = best(fact),
                high = if fact.high.is_none() && fact.low.is_some() {
                    "open".to_owned()
                } else {
                    bound(fact.high, fact.high_soft)
                },
                class = class_of(fact.verdict),
                verdict = fact.verdict.label(),
                origins = fact.k_origins,
                sides = fact.k_sides,
                articles = fact.n_articles,
            )?;
        }
        self.out.push_str("</tbody>\n</table>\n");
        Ok(())
    }

    fn fact(&mut self, fact: &'a Fact) -> fmt::Result {
        let dataset = self.dataset;
        writeln!(
            self.out,
            "<section class=\"fact\" id=\"{id}\">\n<h3>{id} {label}</h3>\n<p>Low {low}, best {best}, high {high} \
             <span class=\"small\">({rule})</span>. <span class=\"{class}\">{verdict}</span>: {reason}</p>",
            id = Safe(&fact.id),
            label = Safe(&fact.label),
            low = bound(fact.low, fact.low_soft),
            best = best(fact),
            high = if fact.high.is_none() { "open".to_owned() } else { bound(fact.high, fact.high_soft) },
            rule = Safe(&fact.best_rule),
            class = class_of(fact.verdict),
            verdict = fact.verdict.label(),
            reason = Safe(&fact.reason),
        )?;
        if !fact.flags.is_empty() {
            self.out.push_str("<ul>\n");
            for (flag, words) in &fact.flags {
                writeln!(self.out, "<li>{}: {}</li>", flag.label(), Safe(words))?;
            }
            self.out.push_str("</ul>\n");
        }
        for id in &fact.rulings {
            if let Some(ruling) = self.rulings.get(&*id.0) {
                let (label, reason, by) = (ruling.op.label(), Safe(&ruling.reason), Safe(&ruling.stamp.by));
                writeln!(self.out, "<p>Ruled by {by}: {label}. {reason}</p>")?;
            }
        }
        for (member, claim, document) in dataset.members(fact) {
            self.member(member, claim, document)?;
        }
        self.out.push_str("</section>\n");
        Ok(())
    }

    fn member(&mut self, member: &Member, claim: &Claim, document: &Document<'_>) -> fmt::Result {
        let (start, end) = document.chars(claim.span());
        let who = member.origin.as_deref().unwrap_or("in the article’s own voice");
        writeln!(
            self.out,
            "<p><strong>{who}</strong>, {relation}. <span class=\"small\">{count}. {reason}</span></p>",
            who = Safe(who),
            relation = member.relation.label(),
            count = Safe(&claim.reading.count.quantity.reading()),
            reason = Safe(&member.reason),
        )?;
        self.out.push_str("<blockquote>");
        self.quote_in_context(claim, document)?;
        write!(self.out, "<br><span class=\"small\">{}, {start}–{end}", Safe(&title_of(document)))?;
        if let (Some(n), true) = (self.anchors.get(&claim.id), document.article.is_some()) {
            write!(self.out, ", <a href=\"#c{n}\">in the article</a>")?;
        }
        let chain: Vec<_> = claim.reading.attribution.chain.iter().map(|asserter| &*asserter.name).collect();
        if chain.len() > 1 {
            write!(self.out, "; {}", Safe(&chain.join(", by way of ")))?;
        }
        if let Some(via) = &claim.reading.attribution.via {
            write!(self.out, "; on {}", Safe(via))?;
        }
        self.out.push_str("</span></blockquote>\n");
        if !claim.note.is_empty() {
            writeln!(self.out, "<p class=\"small\">Note: {}</p>", Safe(&claim.note))?;
        }
        Ok(())
    }

    fn quote_in_context(&mut self, claim: &Claim, document: &Document<'_>) -> fmt::Result {
        let quote = Safe(claim.quote());
        let span = claim.span();
        // A damaged layer has claims that do not stand in the text.
        let around = document.article.and_then(|article| {
            Some((article.text.get(..span.start as usize)?, article.text.get(span.end as usize..)?))
        });
        let Some((head, tail)) = around else {
            return write!(self.out, "<mark>{quote}</mark>");
        };
        let line = head.rfind('\n').map_or(0, |end| end + 1);
        let from = head.char_indices().rev().take(AROUND).last().map_or(head.len(), |(at, _)| at).max(line);
        let line = tail.find('\n').unwrap_or(tail.len());
        let to = tail.char_indices().nth(AROUND).map_or(tail.len(), |(at, _)| at).min(line);
        let cut = |cut: bool| if cut { "…" } else { "" };
        let begins = from == 0 || head[..from].ends_with('\n');
        let ends = to == tail.len() || tail[to..].starts_with('\n');
        write!(
            self.out,
            "{}{}<mark>{quote}</mark>{}{}",
            cut(!begins),
            Safe(&head[from..]),
            Safe(&tail[..to]),
            cut(!ends)
        )
    }

    fn sums(&mut self) -> fmt::Result {
        let rollups: &'a [Rollup] = &self.dataset.reconciliation.rollups;
        if rollups.is_empty() {
            return Ok(());
        }
        self.out.push_str("<h2>Sums</h2>\n");
        for rollup in rollups {
            let fact = |id: &str| self.dataset.reconciliation.fact(id).map_or("", |fact| fact.label.as_str());
            let (id, label) = (Safe(&rollup.fact), fact(&rollup.fact));
            let mut lines = String::new();
            for member in &rollup.members {
                let (part, words) = (Safe(&member.fact), fact(&member.fact));
                let figure = match (&member.inside, member.low, member.high) {
                    (Some(inside), ..) => format!("inside {}, not added", Safe(inside)),
                    (None, None, None) => "no figure".to_owned(),
                    (None, low, high) if low == high => bound(low, false),
                    (None, low, high) => {
                        format!("{} to {}", bound(low, false), high.map_or("open".to_owned(), grouped))
                    }
                };
                writeln!(
                    lines,
                    "<tr><td><a href=\"#{part}\">{part}</a> {}</td><td class=\"n\">{figure}</td></tr>",
                    Safe(words)
                )?;
            }
            let (low, high) = (grouped(rollup.sum_low), rollup.sum_high.map_or("open".to_owned(), grouped));
            let sum = if low == high { low } else { format!("{low} to {high}") };
            writeln!(
                self.out,
                "<h3><a href=\"#{id}\">{id}</a> {}: {}</h3>\n<p>{}</p>\n<table>\n<tbody>\n{lines}\
                 <tr><th scope=\"row\">Sum</th><td class=\"n\">{sum}</td></tr>\n</tbody>\n</table>",
                Safe(label),
                rollup.status.label(),
                Safe(&rollup.reason)
            )?;
        }
        Ok(())
    }

    fn unplaced(&mut self) -> fmt::Result {
        let unplaced = &self.dataset.reconciliation.unplaced;
        if unplaced.is_empty() {
            return Ok(());
        }
        self.out.push_str("<h2>Unplaced claims</h2>\n");
        for unplaced in unplaced {
            let Some(claim) = self.dataset.claim(&unplaced.claim) else { continue };
            let Some(document) = self.dataset.document(&claim.article).copied() else { continue };
            self.out.push_str("<blockquote>");
            self.quote_in_context(claim, &document)?;
            writeln!(
                self.out,
                "<br><span class=\"small\">{}: {}</span></blockquote>",
                Safe(&title_of(&document)),
                Safe(&unplaced.reason)
            )?;
        }
        Ok(())
    }

    fn articles(&mut self) -> fmt::Result {
        self.out.push_str("<h2>Articles</h2>\n");
        let memberships = self.dataset.memberships();
        for document in self.dataset.documents() {
            let metadata = document.metadata;
            let known = |known: &Option<Known>| known.as_ref().map(|known| known.value.to_string());
            writeln!(self.out, "<section>\n<h3>{}</h3>", Safe(&title_of(document)))?;
            let mut rows = vec![("File", document.name.to_owned())];
            rows.extend(known(&metadata.outlet).map(|outlet| ("Outlet", outlet)));
            let published = self.dataset.view_of(document.id).map_or(&metadata.published, |view| &view.published);
            rows.push(("Published", format!("{} ({})", published.words(), published.basis.word())));
            rows.extend(known(&metadata.url).map(|url| ("Address", url)));
            if let Some(article) = document.article {
                rows.push(("SHA-256 of the file", article.sha256.to_string()));
                rows.push(("SHA-256 of the text", article.text_sha256.to_string()));
                rows.push((
                    "Read as",
                    format!("{}, {} ({})", article.reader, article.encoding.name, article.encoding.reason),
                ));
            }
            self.out.push_str("<table>\n<tbody>\n");
            for (name, value) in rows {
                let class = if name.starts_with("SHA") { " class=\"hash\"" } else { "" };
                writeln!(self.out, "<tr><th scope=\"row\">{name}</th><td{class}>{}</td></tr>", Safe(&value))?;
            }
            self.out.push_str("</tbody>\n</table>\n");
            if let Some(article) = document.article {
                let claims = self.dataset.claims_on(document);
                let facts = |claim: &Claim| -> Vec<&str> {
                    memberships.get(&claim.id).into_iter().flatten().map(|(fact, _)| &*fact.id).collect()
                };
                self.marked_text(&article.text, claims, facts)?;
            }
            self.out.push_str("</section>\n");
        }
        Ok(())
    }

    /// The text with its claims marked. Where claims overlap, each piece knows all that it is in.
    fn marked_text<'b>(
        &mut self,
        text: &str,
        claims: &[&Claim],
        facts: impl Fn(&Claim) -> Vec<&'b str>,
    ) -> fmt::Result {
        let spans: Vec<(Span, &Claim)> =
            claims.iter().flat_map(|claim| claim.evidence.iter().map(move |anchor| (anchor.span, *claim))).collect();
        let mut cuts: Vec<usize> =
            spans.iter().flat_map(|(span, _)| [span.start as usize, span.end as usize]).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut starts = spans.clone();
        starts.sort_by_key(|(span, _)| *span);
        let mut starts = starts.into_iter().peekable();
        let mut open: Vec<(Span, &Claim)> = Vec::new();
        self.out.push_str("<div class=\"text\">");
        for pair in cuts.windows(2) {
            open.retain(|(span, _)| span.end as usize > pair[0]);
            while let Some((span, claim)) = starts.next_if(|(span, _)| span.start as usize == pair[0]) {
                if let Some(n) = self.anchors.get(&claim.id)
                    && claim.evidence.first().is_some_and(|anchor| anchor.span == span)
                {
                    write!(self.out, "<a id=\"c{n}\"></a>")?;
                }
                open.push((span, claim));
            }
            let piece = Safe(text.get(pair[0]..pair[1]).unwrap_or(""));
            if open.is_empty() {
                write!(self.out, "{piece}")?;
                continue;
            }
            let names: Vec<String> = open
                .iter()
                .map(|(_, claim)| {
                    let facts = facts(claim);
                    let place = if facts.is_empty() { "in no fact".to_owned() } else { facts.join(", ") };
                    format!("{}: {}", place, claim.reading.summary())
                })
                .collect();
            let class = if open.len() > 1 { " class=\"twice\"" } else { "" };
            write!(self.out, "<mark{class} title=\"{}\">{piece}</mark>", Safe(&names.join("; ")))?;
        }
        self.out.push_str("</div>\n");
        Ok(())
    }
}

fn title_of(document: &Document<'_>) -> String {
    document.metadata.title.as_ref().map_or_else(|| document.name.to_owned(), |title| title.value.to_string())
}

fn bound(bound: Option<u64>, soft: bool) -> String {
    bound.map_or_else(|| "–".to_owned(), |n| format!("{}{}", if soft { "~" } else { "" }, grouped(n)))
}

fn best(fact: &Fact) -> String {
    bound(fact.best, fact.best_approx)
}

fn class_of(verdict: FactVerdict) -> &'static str {
    match verdict {
        FactVerdict::Conflicting => "conflicting",
        FactVerdict::Tension => "tension",
        FactVerdict::CorroboratedOpposing
        | FactVerdict::CorroboratedIndependent
        | FactVerdict::CorroboratedSameSide => "corroborated",
        _ => "plain",
    }
}
