//! What a fact is called: "bodies to Ukraine, 29 Jan 2026".

use crate::claim::{BOTH, Codebook, DateWindow};

use super::dating::words_of_value;
use super::placing::Cluster;
use super::statement::{Aside, Prepared, Shape};

/// The category, direction and part of a fact, without its time: "bodies to Ukraine".
pub(super) fn subject(prepared: &Prepared<'_>, codebook: &Codebook, cluster: &Cluster, subset: Option<&str>) -> String {
    let name = |sym| prepared.interner.name(sym).map(|name| &**name);
    let id = prepared.interner.str(cluster.key.category);
    let category = codebook.category(id).map_or_else(|| id.to_owned(), |c| c.label.to_lowercase());
    let (party, from, to) = (name(cluster.facet.party), name(cluster.facet.from), name(cluster.facet.to));
    let mut out = String::new();
    if cluster.key.aside == Aside::Additive {
        out.push_str("further ");
    }
    out.push_str(&category);
    match (party, from, to) {
        (Some(party), _, Some(to)) if party != to => out.extend([" of ", party, " to ", to]),
        (_, _, Some(to)) => out.extend([" to ", to]),
        (Some(BOTH), ..) if codebook.category(id).is_some_and(|c| !c.people) => {}
        (Some(BOTH), ..) => out.push_str(", both sides"),
        (Some(party), Some(from), None) if party != from => out.extend([" of ", party, " from ", from]),
        (_, Some(from), None) => out.extend([" from ", from]),
        (Some(party), None, None) => out.extend([", ", party]),
        (None, None, None) => {}
    }
    if let Some(subset) = subset {
        out.extend([" (", subset, ")"]);
    } else if cluster.key.aside == Aside::Part {
        out.push_str(" (a part)");
    }
    out
}

/// The time of a fact in words: "29 Jan 2026", "18 September, no year", "no date".
pub(super) fn time(prepared: &Prepared<'_>, cluster: &Cluster) -> String {
    if cluster.window.is_known() {
        return cluster.window.words();
    }
    let value = prepared.interner.str(cluster.partial);
    words_of_value(value).unwrap_or_else(|| if value.is_empty() { "no date".to_owned() } else { value.to_owned() })
}

/// The label of a fact.
pub(super) fn label(prepared: &Prepared<'_>, codebook: &Codebook, cluster: &Cluster, subset: Option<&str>) -> String {
    let subject = subject(prepared, codebook, cluster, subset);
    let time = time(prepared, cluster);
    match cluster.key.shape {
        Shape::Event => [&subject, ", ", &time].concat(),
        Shape::Plan => format!("planned: {subject}, {time}"),
        Shape::Hypothetical => format!("not certain: {subject}, {time}"),
        Shape::Status => format!("status: {subject}, {time}"),
        Shape::Period if is_one_word(&cluster.window) => format!("{subject} in {time}"),
        Shape::Period => format!("{subject}, over {time}"),
        Shape::ToDate => match cluster.window.end {
            Some(end) => format!("{subject}, to {}", crate::claim::day_words(end)),
            None => format!("{subject}, to date"),
        },
    }
}

fn is_one_word(window: &DateWindow) -> bool {
    matches!(window.precision, crate::claim::Precision::Year | crate::claim::Precision::Month)
}
