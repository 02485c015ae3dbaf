//! Colours, type and spacing: the only place that knows them, read from `assets/theme`.

use std::collections::BTreeMap;

use egui::Color32;
use serde::Deserialize;

use crate::claim::Side;

/// A category's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// Behind the words.
    pub fill: Color32,
    /// The line beneath them, the frame around them, the label in the margin.
    pub line: Color32,
}

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether it is dark.
    pub dark: bool,
    /// Behind everything.
    pub background: Color32,
    /// Behind panels and fields' surroundings.
    pub panel: Color32,
    /// Behind the article.
    pub reader: Color32,
    /// Words.
    pub text: Color32,
    /// Words of second rank.
    pub secondary: Color32,
    /// Separators and frames.
    pub line: Color32,
    /// What is chosen, focused, first.
    pub accent: Color32,
    /// Behind what is chosen.
    pub accent_ground: Color32,
    /// Words on the accent colour.
    pub on_accent: Color32,
    /// Behind fields and lesser rows.
    pub field: Color32,
    /// Marks that need not be read.
    pub faint: Color32,
    /// Corroborated, saved.
    pub good: Color32,
    /// Inferred, in doubt.
    pub doubt: Color32,
    /// Conflicting, failed.
    pub bad: Color32,
    /// Sides of sources, in order of appearance.
    pub sides: Vec<Color32>,
    categories: BTreeMap<String, Tint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    dark: bool,
    background: String,
    panel: String,
    reader: String,
    text: String,
    secondary: String,
    line: String,
    accent: String,
    accent_ground: String,
    on_accent: String,
    field: String,
    faint: String,
    good: String,
    doubt: String,
    bad: String,
    sides: Vec<String>,
    categories: BTreeMap<String, (String, String)>,
}

/// Space in points: a grid of 4.
pub mod space {
    /// Half a step.
    pub const XS: f32 = 4.0;
    /// One step.
    pub const S: f32 = 8.0;
    /// A step and a half.
    pub const M: f32 = 12.0;
    /// Two steps.
    pub const L: f32 = 16.0;
    /// Three steps.
    pub const XL: f32 = 24.0;
}

/// The typeface of the window, strong.
pub fn strong(size: f32) -> egui::FontId {
    egui::FontId::new(size, egui::FontFamily::Proportional)
}

/// The typeface of articles and quotes.
pub fn serif(size: f32) -> egui::FontId {
    egui::FontId::new(size, egui::FontFamily::Proportional)
}

/// The typeface of articles, strong.
pub fn serif_strong(size: f32) -> egui::FontId {
    egui::FontId::new(size, egui::FontFamily::Proportional)
}

impl Theme {
    /// The light theme.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn light() -> Self {
        Self::parse(include_str!("../../assets/theme/light.ron")).expect("assets/theme/light.ron is checked by a test")
    }

    /// The dark theme.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn dark() -> Self {
        Self::parse(include_str!("../../assets/theme/dark.ron")).expect("assets/theme/dark.ron is checked by a test")
    }

    /// The theme that a context shows.
    pub fn of(ctx: &egui::Context) -> std::sync::Arc<Self> {
        let key = egui::Id::unique(("tallymark theme", ctx.global_style().visuals.dark_mode));
        ctx.data_mut(|data| {
            data.get_temp_mut_or_insert_with(key, || {
                std::sync::Arc::new(if ctx.global_style().visuals.dark_mode { Self::dark() } else { Self::light() })
            })
            .clone()
        })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: ThemeFile = ron::from_str(text).map_err(|error| error.to_string())?;
        let colour = |hex: &str| Color32::from_hex(hex).map_err(|error| format!("{hex}: {error:?}"));
        let mut categories = BTreeMap::new();
        for (name, (fill, line)) in &file.categories {
            categories.insert(name.clone(), Tint { fill: colour(fill)?, line: colour(line)? });
        }
        Ok(Self {
            dark: file.dark,
            background: colour(&file.background)?,
            panel: colour(&file.panel)?,
            reader: colour(&file.reader)?,
            text: colour(&file.text)?,
            secondary: colour(&file.secondary)?,
            line: colour(&file.line)?,
            accent: colour(&file.accent)?,
            accent_ground: colour(&file.accent_ground)?,
            on_accent: colour(&file.on_accent)?,
            field: colour(&file.field)?,
            faint: colour(&file.faint)?,
            good: colour(&file.good)?,
            doubt: colour(&file.doubt)?,
            bad: colour(&file.bad)?,
            sides: file.sides.iter().map(|hex| colour(hex)).collect::<Result<_, _>>()?,
            categories,
        })
    }

    /// The colours of a category, by the colour name that the codebook gives it.
    pub fn category(&self, colour: &str) -> Tint {
        let plain = Tint { fill: self.accent_ground, line: self.accent };
        self.categories.get(colour).copied().unwrap_or(plain)
    }

    /// The names of colours that a category can have.
    pub fn category_colours(&self) -> impl Iterator<Item = &str> {
        self.categories.keys().map(String::as_str)
    }

    /// The colour of a side, given the parties of the project in a fixed order.
    pub fn side(&self, side: &Side, parties: &[crate::claim::Name]) -> Color32 {
        match side {
            Side::Party(name) => {
                let place = parties.iter().position(|party| party == name).unwrap_or(0);
                self.sides[place % self.sides.len()]
            }
            Side::Independent => self.good,
            Side::Unknown => self.secondary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Codebook;

    #[test]
    fn both_themes_read_and_know_every_category_of_the_built_in_codebook() {
        for theme in [Theme::light(), Theme::dark()] {
            assert!(theme.sides.len() >= 2);
            for category in Codebook::built_in().categories {
                assert!(theme.categories.contains_key(&*category.colour), "{}", category.colour);
            }
        }
    }
}
