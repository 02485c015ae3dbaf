//! The fonts of the window: Inter for the interface, Source Serif 4 for articles, both under the
//! Open Font License (`assets/fonts`), with Noto for scripts that these lack, and the toolkit's own
//! fonts behind them; for the rest, those of the system.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

/// Inter medium, for what stands out a little.
pub fn medium() -> FontFamily {
    FontFamily::Name("medium".into())
}

/// Inter semibold, for titles of panels and rows.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Inter with figures of one width, for columns of numbers.
pub fn tabular() -> FontFamily {
    FontFamily::Name("tabular".into())
}

/// Source Serif 4, for articles and quotes.
pub fn serif() -> FontFamily {
    FontFamily::Name("serif".into())
}

/// Source Serif 4 semibold, for headings and strong words of articles.
pub fn serif_semibold() -> FontFamily {
    FontFamily::Name("serif semibold".into())
}

/// Source Serif 4 italic, for emphasis in articles.
pub fn serif_italic() -> FontFamily {
    FontFamily::Name("serif italic".into())
}

/// Sizes in points. The proportional family is Inter regular.
pub mod size {
    /// The interface.
    pub const BODY: f32 = 13.0;
    /// What is secondary.
    pub const SMALL: f32 = 12.0;
    /// Reasons under fields, names of keys.
    pub const REASON: f32 = 11.5;
    /// Titles of windows and pages.
    pub const TITLE: f32 = 16.0;
    /// An article's words.
    pub const ARTICLE: f32 = 17.0;
    /// An article's title.
    pub const ARTICLE_TITLE: f32 = 22.0;
}

/// Figures of one width at the size of the interface.
pub fn figures() -> FontId {
    FontId::new(size::BODY, tabular())
}

/// The toolkit's fonts, with ours before them.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 12] = [
        ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
        ("Inter medium", include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
        ("Inter semibold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
        ("Inter tabular", include_bytes!("../../assets/fonts/Inter-Tabular.ttf")),
        ("Source Serif", include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf")),
        ("Source Serif semibold", include_bytes!("../../assets/fonts/SourceSerif4-SemiBold.ttf")),
        ("Source Serif italic", include_bytes!("../../assets/fonts/SourceSerif4-Italic.ttf")),
        // In one colour: most systems have emoji as pictures only, which the toolkit does not draw.
        ("Noto Emoji", include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf")),
        ("Noto Arabic", include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf")),
        ("Noto Devanagari", include_bytes!("../../assets/fonts/NotoSansDevanagari-Regular.ttf")),
        ("Noto Hebrew", include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf")),
        ("Noto Thai", include_bytes!("../../assets/fonts/NotoSansThai-Regular.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let behind = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let noto = ["Noto Emoji", "Noto Arabic", "Noto Devanagari", "Noto Hebrew", "Noto Thai"];
    let chain = |first: &[&str]| -> Vec<String> {
        let ours = first.iter().chain(&noto).map(|name| (*name).to_owned());
        // The toolkit's emoji are an older cut of the same.
        ours.chain(behind.iter().cloned()).collect()
    };
    fonts.families.insert(FontFamily::Proportional, chain(&["Inter"]));
    fonts.families.insert(medium(), chain(&["Inter medium"]));
    fonts.families.insert(semibold(), chain(&["Inter semibold"]));
    fonts.families.insert(tabular(), chain(&["Inter tabular", "Inter"]));
    fonts.families.insert(serif(), chain(&["Source Serif", "Inter"]));
    fonts.families.insert(serif_semibold(), chain(&["Source Serif semibold", "Inter semibold"]));
    fonts.families.insert(serif_italic(), chain(&["Source Serif italic", "Source Serif", "Inter"]));
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_names_fonts_that_are_there() {
        let fonts = definitions();
        for (family, names) in &fonts.families {
            assert!(!names.is_empty(), "{family:?}");
            assert!(*family == FontFamily::Monospace || names.iter().any(|name| name == "Noto Emoji"));
            for name in names {
                assert!(fonts.font_data.contains_key(name), "{family:?}: {name}");
            }
        }
    }
}
