//! Claims from the lines of others: what does not fit is named by its line and skipped.

use std::collections::BTreeMap;

use super::schema::{ClaimLine, CountLine, DateLine, Place, asserter_of};
use crate::article::Article;
use crate::claim::{
    Anchor, ArticleId, Attribution, Basis, Claim, ClaimDate, ClaimId, Conventions, Count, DateWindow, Distributive,
    Form, How, Kind, Link, Name, Precision, Provenance, Quantity, Reading, Side, Span, Stamp, Trace,
};

/// A line that could not be used, or is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub message: String,
    /// Whether it was skipped.
    pub skipped: bool,
}

impl std::fmt::Display for LineProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}{}", self.line, self.message, if self.skipped { "; skipped" } else { "" })
    }
}

/// Lines that were read, with what was wrong with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedClaims {
    /// The number of each line, from 1, and what it says.
    pub lines: Vec<(usize, ClaimLine)>,
    /// Lines that were skipped, in order.
    pub problems: Vec<LineProblem>,
}

/// What the positions of an article's claims become.
#[derive(Clone, Copy, Debug)]
pub enum Anchoring<'a> {
    /// They stay code points as they were given; spans then are not bytes. For comparing claims
    /// without their texts, and for giving positions back exactly.
    AsGiven,
    /// They become bytes of the article's text, and quote and text must agree.
    Text(&'a Article),
}

/// Reads lines of the schema of suggestions. Empty lines are passed over.
pub fn read_claims(text: &str) -> ImportedClaims {
    let mut imported = ImportedClaims::default();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match read_line(line) {
            Ok(claim) => imported.lines.push((n + 1, claim)),
            Err(message) => imported.problems.push(LineProblem { line: n + 1, message, skipped: true }),
        }
    }
    imported
}

pub(super) fn read_line(line: &str) -> Result<ClaimLine, String> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let claim: ClaimLine = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner().to_string();
        // The line number that serde counts is that within the line.
        let inner = inner.split(" at line 1").next().unwrap_or(&inner).to_owned();
        if path == "." { inner } else { format!("{path}: {inner}") }
    })?;
    deserializer.end().map_err(|_| "there is more than one object on it".to_owned())?;
    if claim.article.is_empty() {
        return Err("article: it is empty".to_owned());
    }
    let CountLine { start, end, .. } = claim.count;
    let empty = |start: usize, end: usize| start >= end || end > u32::MAX as usize;
    if empty(claim.start, claim.end) {
        return Err(format!("start and end: {}–{} holds nothing", claim.start, claim.end));
    }
    match (start, end) {
        (None, None) => {}
        (Some(start), Some(end)) if !empty(start, end) => {}
        _ => return Err("count: start and end hold nothing".to_owned()),
    }
    // The conventions only widen what is approximate.
    let Quantity { low, high, .. } = quantity_of(&claim.count, &Conventions::default());
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        return Err(format!("count: low {low} is above high {high}"));
    }
    for (name, day) in [("start", &claim.date.start), ("end", &claim.date.end)] {
        if let Some(day) = day
            && DateWindow::parse(day, Basis::Stated).is_none()
        {
            return Err(format!("date.{name}: “{day}” is no date such as 2026-02-06"));
        }
    }
    Ok(claim)
}

impl ImportedClaims {
    /// The claims of the lines. `resolve` gives the article of a name, and what positions on it
    /// become; `None` skips the line. Lines with the same positions are members of one
    /// distributive span. What is odd or skipped is added to `problems`.
    pub fn claims<'a>(
        &mut self,
        mut resolve: impl FnMut(&str) -> Option<(ArticleId, Anchoring<'a>)>,
        conventions: &Conventions,
        created: &Stamp,
    ) -> Vec<Claim> {
        let mut same: BTreeMap<_, u16> = BTreeMap::new();
        let key =
            |line: &ClaimLine| (line.article.clone(), line.count.start.unwrap_or(line.start), line.start, line.end);
        for (_, line) in &self.lines {
            let count = same.entry(key(line)).or_default();
            *count = count.saturating_add(1);
        }
        let mut seen: BTreeMap<_, u16> = BTreeMap::new();
        let mut begun: BTreeMap<(String, usize), usize> = BTreeMap::new();
        let mut claims = Vec::new();
        for (number, line) in &self.lines {
            let Some((article, anchoring)) = resolve(&line.article) else {
                let message = format!("there is no article “{}”", line.article);
                self.problems.push(LineProblem { line: *number, message, skipped: true });
                continue;
            };
            let nth = begun.entry((line.article.clone(), line.start)).or_default();
            let id = ClaimId::unkept(&line.article, line.start as u32, *nth);
            match claim_of(line, id, article, anchoring, conventions, created) {
                Ok(mut claim) => {
                    *nth += 1;
                    let of = same[&key(line)];
                    let index = seen.entry(key(line)).or_default();
                    if of > 1 {
                        claim.reading.distributive = Some(Distributive { index: *index, of });
                    }
                    *index += 1;
                    claims.push(claim);
                }
                Err(message) => self.problems.push(LineProblem { line: *number, message, skipped: true }),
            }
        }
        self.problems.sort_by_key(|problem| problem.line);
        claims
    }
}

pub(super) fn claim_of(
    line: &ClaimLine,
    id: ClaimId,
    article: ArticleId,
    anchoring: Anchoring<'_>,
    conventions: &Conventions,
    created: &Stamp,
) -> Result<Claim, String> {
    let span = span_of(anchoring, line.start, line.end)
        .ok_or_else(|| format!("{}–{} lies beyond the article's text", line.start, line.end))?;
    let anchor = match anchoring {
        Anchoring::AsGiven => Anchor { span, quote: line.quote.as_str().into(), before: "".into(), after: "".into() },
        Anchoring::Text(article) => {
            let anchor = Anchor::new(&article.text, span).ok_or("the positions do not fit the article's text")?;
            if !line.quote.is_empty() && *anchor.quote != *line.quote {
                return Err(format!("the text has “{}” there, not “{}”", anchor.quote, line.quote));
            }
            anchor
        }
    };
    let name = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(Name::from);
    let more = line.more.clone().unwrap_or_default();
    let link = |place: Option<Place>| place.map(|place| Link { span: place_of(anchoring, place) });
    let count = Place { start: line.count.start, end: line.count.end };
    let reading = Reading {
        count: Count { span: place_of(anchoring, count), quantity: quantity_of(&line.count, conventions) },
        kind: line.kind,
        category: if line.category.is_empty() { "other".into() } else { line.category.as_str().into() },
        party: name(&line.party),
        from: name(&line.from),
        to: name(&line.to),
        date: ClaimDate {
            window: window_of(&line.date),
            value: name(&line.date.value),
            text: name(&line.date.text),
            span: None,
            // A count over a period is over all of it; an event is on some day in it.
            extent: more.extent || line.kind == Kind::Cumulative,
        },
        as_of: more.as_of.as_ref().map(window_of),
        attribution: attribution_of(line),
        modality: line.modality,
        additive: link(line.additive),
        part_of: link(line.part_of),
        refers_to: link(line.refers_to),
        confirms: line.count.confirms.iter().filter_map(|place| place_of(anchoring, *place)).collect(),
        distributive: None,
        subset: name(&more.subset),
        flags: more.flags,
    };
    Ok(Claim {
        id,
        article,
        version: 1,
        evidence: vec![anchor],
        reading,
        trace: trace_of(line, anchoring),
        grade: line.grade,
        score: line.score.map(|score| score.to_string().into()),
        note: more.note,
        suggestion: None,
        created: created.clone(),
        changed: None,
        codebook_revision: 0,
    })
}

fn span_of(anchoring: Anchoring<'_>, start: usize, end: usize) -> Option<Span> {
    match anchoring {
        Anchoring::AsGiven => (start < end && end <= u32::MAX as usize).then(|| Span::new(start, end)),
        Anchoring::Text(article) => {
            let byte = |chars: usize| article.positions.byte_of_char(&article.text, chars);
            (end <= article.positions.char_count()).then(|| Span::checked(&article.text, byte(start), byte(end)))?
        }
    }
}

fn place_of(anchoring: Anchoring<'_>, place: Place) -> Option<Span> {
    span_of(anchoring, place.start?, place.end?)
}

/// What is left out of a count follows from the rest of it.
fn quantity_of(count: &CountLine, conventions: &Conventions) -> Quantity {
    let CountLine { form, n, low, high, low_soft, high_soft, .. } = *count;
    let form = form.unwrap_or(match (n, low, high) {
        (None, None, None) => Form::ConfirmOnly,
        (_, Some(low), Some(high)) if low == high => Form::Exact,
        (_, Some(_), Some(_)) => Form::Range,
        (_, Some(_), None) => Form::AtLeast,
        (_, None, Some(_)) => Form::AtMost,
        (Some(_), None, None) => Form::Exact,
    });
    match (form, n) {
        (Form::Exact | Form::ByReference, Some(n)) if low.is_none() && high.is_none() => {
            Quantity { form, ..Quantity::exact(n) }
        }
        (Form::AtLeast, Some(n)) if low.is_none() => Quantity { high, ..Quantity::at_least(n) },
        (Form::MoreThan, Some(n)) if low.is_none() => Quantity { high, ..Quantity::more_than(n) },
        (Form::AtMost, Some(n)) if high.is_none() => Quantity::at_most(n),
        (Form::LessThan, Some(n)) if high.is_none() => Quantity::fewer_than(n),
        (Form::Approx, Some(n)) if low.is_none() && high.is_none() => Quantity::approx(n, conventions),
        _ => Quantity { form, n, low, high, low_soft, high_soft },
    }
}

fn window_of(date: &DateLine) -> DateWindow {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| DateWindow::parse(text, Basis::Stated));
    let (start, end) = (day(&date.start).and_then(|w| w.start), day(&date.end).and_then(|w| w.end));
    let mut window = match (start, end) {
        (Some(start), Some(end)) => DateWindow::between(start, end, Basis::Stated),
        (None, None) => {
            date.value.as_deref().and_then(|value| DateWindow::parse(value, Basis::Stated)).unwrap_or_default()
        }
        (start, end) => DateWindow { start, end, precision: Precision::Range, basis: Basis::Stated },
    };
    if window.is_known() {
        window.precision = date.precision.filter(|p| *p != Precision::Unknown).unwrap_or(window.precision);
        window.basis = date.basis.unwrap_or(window.basis);
    } else {
        window.basis = date.basis.unwrap_or_default();
    }
    window
}

fn attribution_of(line: &ClaimLine) -> Attribution {
    let more = line.more.clone().unwrap_or_default();
    let mut chain: Vec<_> =
        line.attribution.iter().filter(|name| !name.is_empty()).map(|name| asserter_of(name)).collect();
    for (asserter, side) in chain.iter_mut().zip(&more.sides) {
        asserter.side = match side.as_str() {
            "unknown" | "" => Side::Unknown,
            "independent" => Side::Independent,
            party => Side::Party(party.into()),
        };
    }
    for n in &more.anonymous {
        if let Some(asserter) = chain.get_mut(*n) {
            asserter.anonymous = true;
        }
    }
    Attribution {
        chain,
        via: line.via.as_deref().map(Name::from),
        identity_by: line.identity_by.iter().map(|name| name.as_str().into()).collect(),
    }
}

fn trace_of(line: &ClaimLine, anchoring: Anchoring<'_>) -> Trace {
    let provenance = |why: &super::Why| {
        let rule = || Name::from(why.rule.as_deref().unwrap_or(""));
        let how = match why.how.as_str() {
            "stated" => How::Stated,
            "hand" => How::Hand,
            "imported" => How::Imported { from: rule() },
            _ => How::Inferred { rule: rule() },
        };
        let evidence = why.evidence.chunks_exact(2).filter_map(|pair| span_of(anchoring, pair[0], pair[1])).collect();
        Provenance { how, evidence }
    };
    line.why.iter().filter_map(|why| Some((why.field?, provenance(why)))).collect()
}
