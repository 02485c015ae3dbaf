//! What the head of a page, and marks in its body, say of the article.

use super::super::metadata::Declared;

/// What the head of a page, and marks in its body, say.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: String,
    /// Name or property, lower-cased, and content, in order.
    pub metas: Vec<(String, String)>,
    pub canonical: Option<String>,
    pub json_ld: Vec<String>,
    pub times: Vec<String>,
}

impl Head {
    pub fn declared(&self) -> Declared {
        let mut ld = Declared::default();
        for script in &self.json_ld {
            ld = ld.or(linked_data(script));
        }
        let meta = |names: &[&str]| {
            names.iter().find_map(|name| {
                let found = self.metas.iter().find(|(key, value)| key == name && !value.trim().is_empty());
                found.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
            })
        };
        let site = meta(&["og:site_name"]).or(ld.outlet).or_else(|| {
            meta(&["citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "application-name"])
        });
        let address = |url: String| url.contains("://").then_some(url);
        Declared {
            title: meta(&["og:title"])
                .or(ld.title)
                .or_else(|| meta(&["twitter:title", "dc.title", "citation_title"]))
                .map(|title| without_site(&title, site.as_deref()))
                .or_else(|| {
                    let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
                    (!title.is_empty()).then(|| without_site(&title, site.as_deref()))
                }),
            url: self
                .canonical
                .clone()
                .and_then(address)
                .or_else(|| meta(&["og:url"]).and_then(address))
                .or_else(|| ld.url.and_then(address)),
            published: meta(&[
                "article:published_time",
                "og:article:published_time",
                "datepublished",
                "parsely-pub-date",
                "sailthru.date",
                "publish-date",
                "publication_date",
                "publishdate",
                "pubdate",
                "dc.date.issued",
                "dc.date",
                "dcterms.created",
                "dcterms.date",
                "citation_publication_date",
                "date",
            ])
            .or(ld.published)
            .or_else(|| self.times.first().cloned()),
            outlet: site,
        }
    }
}

/// "Headline - Site" without the site, where the site is known, or is the shorter part behind a bar.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        if let Some((before, after)) = title.rsplit_once(separator) {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(after.trim()));
            if is_site || (separator == " | " && after.len() < before.len()) {
                return before.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// An article in JSON-LD. What does not parse says nothing.
fn linked_data(script: &str) -> Declared {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(script.trim()) else { return Declared::default() };
    let mut declared = Declared::default();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Array(items) => waiting.extend(items.iter().rev()),
            serde_json::Value::Object(fields) => {
                let text = |key: &str| fields.get(key).and_then(|v| v.as_str()).map(str::to_owned);
                let types = match fields.get("@type") {
                    Some(serde_json::Value::Array(types)) => types.iter().filter_map(|t| t.as_str()).collect(),
                    Some(serde_json::Value::String(name)) => vec![name.as_str()],
                    _ => Vec::new(),
                };
                if types.iter().any(|t| t.ends_with("Article") || t.ends_with("Posting") || *t == "Report") {
                    let publisher = fields.get("publisher").map(|p| p.as_array().and_then(|a| a.first()).unwrap_or(p));
                    let page = fields.get("mainEntityOfPage");
                    declared = declared.or(Declared {
                        title: text("headline"),
                        published: text("datePublished"),
                        outlet: publisher.and_then(|p| p.get("name").or(Some(p))?.as_str()).map(str::to_owned),
                        url: text("url")
                            .or_else(|| page.and_then(|p| p.get("@id").or(Some(p))?.as_str()).map(str::to_owned)),
                    });
                }
                waiting.extend(fields.get("@graph"));
                waiting.extend(fields.get("mainEntity"));
            }
            _ => {}
        }
    }
    declared
}
