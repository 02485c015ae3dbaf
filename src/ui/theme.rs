//! Colours, type and spacing: the only place that knows them, read from `assets/theme`.

use std::collections::BTreeMap;

use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals, vec2};
use serde::Deserialize;

use super::fonts::{self, size};
use super::state::Look;
use crate::claim::Side;
use crate::formats::picture;

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

/// Room that a scroll bar takes beside what it scrolls, in points.
pub const SCROLL_BAR: f32 = 10.0;

/// The typeface of the window, strong.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, fonts::semibold())
}

/// The typeface of articles and quotes.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, fonts::serif())
}

/// The typeface of articles, strong.
pub fn serif_strong(size: f32) -> FontId {
    FontId::new(size, fonts::serif_semibold())
}

/// The text style of what is secondary: [`size::SMALL`].
pub fn small() -> TextStyle {
    TextStyle::Small
}

/// The text style of reasons under fields: [`size::REASON`].
pub fn reason() -> TextStyle {
    TextStyle::Name("reason".into())
}

/// Gives a context the fonts, text styles, spacing and colours of both themes, once. Returns
/// whether it had them already; where not, the fonts are there from the next pass on.
pub fn install(ctx: &egui::Context) -> bool {
    let key = egui::Id::unique("tallymark theme installed");
    if ctx.data(|data| data.get_temp::<bool>(key)).unwrap_or(false) {
        return true;
    }
    ctx.data_mut(|data| data.insert_temp(key, true));
    ctx.set_fonts(fonts::definitions());
    ctx.options_mut(|options| {
        // The keys of the list of actions do it.
        options.zoom_with_keyboard = false;
        // Before the first pass: glyphs are drawn for one theme, and drawn anew for another.
        options.fallback_theme = egui::Theme::Light;
    });
    for (of, theme) in [(egui::Theme::Light, Theme::light()), (egui::Theme::Dark, Theme::dark())] {
        ctx.style_mut_of(of, |style| theme.dress(style));
    }
    false
}

/// Takes a look on. Called between passes, as glyphs are drawn anew for another theme.
pub fn set_look(ctx: &egui::Context, look: Look) {
    ctx.set_theme(match look {
        Look::System => egui::ThemePreference::System,
        Look::Light => egui::ThemePreference::Light,
        Look::Dark => egui::ThemePreference::Dark,
    });
}

impl Theme {
    fn dress(&self, style: &mut egui::Style) {
        style.text_styles = [
            (TextStyle::Heading, FontId::new(size::TITLE, fonts::semibold())),
            (TextStyle::Body, FontId::new(size::BODY, FontFamily::Proportional)),
            (TextStyle::Button, FontId::new(size::BODY, FontFamily::Proportional)),
            (TextStyle::Small, FontId::new(size::SMALL, FontFamily::Proportional)),
            (TextStyle::Monospace, FontId::new(size::SMALL, FontFamily::Monospace)),
            (reason(), FontId::new(size::REASON, FontFamily::Proportional)),
        ]
        .into();
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        style.explanation_tooltips = false;
        // Quick enough not to be waited for, slow enough to see where a panel went.
        style.animation_time = 0.1;
        self.space_out(&mut style.spacing);
        style.visuals = self.visuals();
    }

    fn space_out(&self, spacing: &mut egui::Spacing) {
        spacing.item_spacing = vec2(space::S, space::XS);
        spacing.button_padding = vec2(10.0, 5.0);
        // Rows of words stay close; buttons and fields get their height from their padding.
        spacing.interact_size = vec2(28.0, 20.0);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(6);
        spacing.menu_spacing = space::XS;
        spacing.menu_width = 320.0;
        spacing.icon_spacing = 6.0;
        spacing.combo_height = 320.0;
        spacing.tooltip_width = 360.0;
        spacing.indent = space::L;
        spacing.scroll = egui::style::ScrollStyle {
            bar_width: 8.0,
            floating_width: 6.0,
            // Room of its own: it never lies over words.
            floating_allocated_width: SCROLL_BAR,
            bar_inner_margin: 2.0,
            bar_outer_margin: 2.0,
            foreground_color: true,
            dormant_handle_opacity: 0.35,
            fade: egui::style::ScrollFadeStyle { strength: 0.0, ..Default::default() },
            ..egui::style::ScrollStyle::floating()
        };
    }

    fn visuals(&self) -> Visuals {
        let start = if self.dark { Visuals::dark() } else { Visuals::light() };
        let radius = CornerRadius::same(6);
        let raised = if self.dark { mix(self.panel, self.text, 0.06) } else { self.panel };
        let hover = mix(raised, self.accent, 0.08);
        let widget = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, edge),
            fg_stroke: Stroke::new(1.0, text),
            corner_radius: radius,
            expansion: 0.0,
        };
        let shadow = |strength: u8| Shadow {
            offset: [0, 6],
            blur: 20,
            spread: 0,
            color: Color32::from_black_alpha(if self.dark { strength.saturating_mul(3) } else { strength }),
        };
        Visuals {
            dark_mode: self.dark,
            override_text_color: None,
            weak_text_color: Some(self.secondary),
            widgets: Widgets {
                noninteractive: widget(self.panel, self.line, self.text),
                inactive: widget(raised, mix(self.line, self.text, 0.05), self.text),
                hovered: widget(hover, mix(self.line, self.accent, 0.5), self.text),
                active: widget(self.accent_ground, self.accent, self.text),
                open: widget(raised, mix(self.line, self.accent, 0.5), self.text),
            },
            selection: Selection { bg_fill: self.accent_ground, stroke: Stroke::new(1.5, self.accent) },
            hyperlink_color: self.accent,
            faint_bg_color: self.field,
            extreme_bg_color: self.field,
            text_edit_bg_color: Some(self.field),
            code_bg_color: self.field,
            warn_fg_color: self.doubt,
            error_fg_color: self.bad,
            window_corner_radius: CornerRadius::same(10),
            window_shadow: shadow(40),
            window_fill: self.panel,
            window_stroke: Stroke::new(1.0, self.line),
            window_highlight_topmost: false,
            menu_corner_radius: CornerRadius::same(8),
            panel_fill: self.panel,
            popup_shadow: shadow(32),
            text_cursor: egui::style::TextCursorStyle {
                stroke: Stroke::new(1.5, self.accent),
                // A blinking cursor redraws the window for ever: at rest nothing is drawn here.
                blink: false,
                ..start.text_cursor.clone()
            },
            striped: false,
            slider_trailing_fill: true,
            disabled_alpha: 0.55,
            ..start
        }
    }

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
        let dark = ctx.global_style().visuals.dark_mode;
        let key = egui::Id::unique(("tallymark theme", dark));
        // Nothing of the context may be asked for inside: it is locked.
        ctx.data_mut(|data| {
            data.get_temp_mut_or_insert_with(key, || {
                std::sync::Arc::new(if dark { Self::dark() } else { Self::light() })
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

    /// What lies over the words that are selected, half clear: they stay as easy to read.
    pub fn selected(&self) -> Color32 {
        self.accent.gamma_multiply(if self.dark { 0.14 } else { 0.24 })
    }

    /// What lies over a hit of a search, half clear; stronger over the one shown.
    pub fn hit(&self, shown: bool) -> Color32 {
        self.doubt.gamma_multiply(match (self.dark, shown) {
            (true, false) => 0.14,
            (true, true) => 0.28,
            (false, false) => 0.16,
            (false, true) => 0.3,
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
                let place = picture::place_of(name, parties);
                self.sides[picture::colour_of(place, self.sides.len())]
            }
            Side::Independent => self.good,
            Side::Unknown => self.secondary,
        }
    }
}

/// A colour between two, `share` of the way from the first.
pub fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share)
}

/// The contrast of two opaque colours by the Web Content Accessibility Guidelines, from 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let light = |colour: Color32| {
        let [r, g, b, _] = egui::Rgba::from(colour).to_array();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod eyes;

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
    #[test]
    fn parties_have_marks_of_their_own() {
        use picture::SideShape;
        let parties: Vec<crate::claim::Name> = (0..23).map(|n| format!("party {n}").into()).collect();
        // One that the order does not know, too.
        let sides: Vec<Side> =
            parties.iter().cloned().chain(["another".into()]).map(Side::Party).chain([Side::Independent]).collect();
        for theme in [Theme::light(), Theme::dark()] {
            let mark = |side| format!("{:?} {:?}", SideShape::of(side, &parties), theme.side(side, &parties));
            let marks: std::collections::BTreeSet<String> = sides.iter().map(mark).collect();
            assert_eq!(marks.len(), sides.len(), "{marks:?}");
            let shapes = sides[..6].iter().map(|side| format!("{:?}", SideShape::of(side, &parties)));
            assert_eq!(
                shapes.collect::<std::collections::BTreeSet<_>>().len(),
                6,
                "six are told apart without colours"
            );
        }
    }
}
