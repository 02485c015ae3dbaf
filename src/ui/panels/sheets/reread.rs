//! How the article that is shown is read: encoding, whole page or main text, column of a table.

use egui::{ComboBox, RichText, TextEdit, Ui};

use crate::article::Format;
use crate::claim::ArticleId;
use crate::session::{ArticleReading, Command};
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::space;

/// Encodings of news, the commonest first; any other can be typed.
const ENCODINGS: &[&str] = &[
    "UTF-8",
    "windows-1251",
    "windows-1252",
    "KOI8-R",
    "KOI8-U",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "ISO-8859-2",
    "ISO-8859-5",
    "IBM866",
    "UTF-16LE",
    "UTF-16BE",
    "GB18030",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
];

/// What is chosen.
#[derive(Debug, Default)]
pub struct Reread {
    article: Option<ArticleId>,
    encoding: String,
    whole_page: bool,
    column: String,
}

impl Reread {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Reread) {
            self.article = None;
            return;
        }
        let Some(id) = view.state.article.clone() else {
            view.ask(Request::Sheet(Sheet::Reread, false));
            return;
        };
        if self.article.as_ref() != Some(&id) {
            let record = view.session.workspace().articles.get(&id);
            let ArticleReading { encoding, whole_page, column } = record.map(ArticleReading::of).unwrap_or_default();
            let text = |value: Option<crate::claim::Name>| value.map_or_else(String::new, |value| value.to_string());
            *self = Self { article: Some(id), encoding: text(encoding), whole_page, column: text(column) };
        }
        sheet::show(ctx, view, Sheet::Reread, "Reopen with encoding", 440.0, |ui, view| self.form(ui, view));
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let record = self.article.as_ref().and_then(|id| view.session.workspace().articles.get(id));
        let Some(record) = record else { return };
        let format = Format::of_name(&record.name).unwrap_or(Format::Text);
        let now = format!("Now: {}, {}; reader {}.", record.encoding, record.encoding_reason, record.reader);
        ui.label(RichText::new(now).color(view.theme.secondary));
        ui.add_space(space::S);
        if !format.is_table() {
            sheet::row(ui, "Encoding", |ui| {
                let shown =
                    if self.encoding.is_empty() { "As the file says" } else { self.encoding.as_str() }.to_owned();
                let choice = ComboBox::from_id_salt("encodings").selected_text(shown).show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.encoding, String::new(), "As the file says");
                    for encoding in ENCODINGS {
                        ui.selectable_value(&mut self.encoding, (*encoding).to_owned(), *encoding);
                    }
                });
                choice.response.accessible_name("Encoding");
                let edit = TextEdit::singleline(&mut self.encoding).hint_text("or another label").desired_width(130.0);
                ui.add(edit).accessible_name("Label of the encoding");
            });
        }
        if matches!(format, Format::Html | Format::Mhtml) {
            sheet::row(ui, "Of the page", |ui| {
                ui.radio_value(&mut self.whole_page, false, "Main text");
                ui.radio_value(&mut self.whole_page, true, "Whole page");
            });
        }
        if format.is_table() {
            sheet::row(ui, "Text column", |ui| {
                let edit = TextEdit::singleline(&mut self.column).hint_text("guessed").desired_width(f32::INFINITY);
                ui.add(edit).accessible_name("Text column");
            });
        }
        let words = "The bytes stay as they were opened. The text becomes a new version; claims go along, and what \
                     cannot is listed. It can be undone.";
        ui.label(RichText::new(words).size(size::REASON).color(view.theme.secondary));
        match sheet::buttons(ui, view, "Reopen", self.article.is_some()) {
            None => {}
            Some(false) => view.ask(Request::Sheet(Sheet::Reread, false)),
            Some(true) => {
                if let Some(article) = self.article.clone() {
                    view.run(Command::Reread { article, reading: self.reading() });
                }
                view.ask(Request::Sheet(Sheet::Reread, false));
            }
        }
    }

    fn reading(&self) -> ArticleReading {
        let full = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(Into::into);
        ArticleReading { encoding: full(&self.encoding), whole_page: self.whole_page, column: full(&self.column) }
    }
}
