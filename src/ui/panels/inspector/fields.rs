//! The fields of the form: what each holds, what was typed, and where it comes from.

mod completion;

use egui::{Response, RichText, Ui};

use super::draft::Draft;
use super::{Correction, Subject};
use crate::claim::{Basis, DateWindow, Field, How, Kind, Modality, Name, Reading, rule_in_words};
use crate::ui::state::{Chosen, Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;
use completion::{Known, completing};

const LABEL_WIDTH: f32 = 84.0;
/// In a form narrower than this, labels stand above their controls.
const NARROW: f32 = 242.0;

/// A field's label on the left, its control on the right; in a narrow form, below.
pub(super) fn row(ui: &mut Ui, view: &View<'_>, label: &str, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    if ui.available_width() < NARROW {
        return stacked(ui, view, label, control);
    }
    let layout = egui::Layout::left_to_right(egui::Align::TOP);
    ui.scope_builder(same(label).layout(layout), |ui| {
        let size = egui::vec2(LABEL_WIDTH, 24.0);
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(LABEL_WIDTH);
            ui.add(egui::Label::new(RichText::new(label).color(view.theme.secondary)).selectable(false));
        });
        ui.vertical(|ui| control(ui)).inner
    })
    .inner
}

/// A field's label, and below it its control, as wide as the form.
fn stacked(ui: &mut Ui, view: &View<'_>, label: &str, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.scope_builder(same(label), |ui| {
        ui.add(egui::Label::new(RichText::new(label).color(view.theme.secondary)).selectable(false));
        control(ui)
    })
    .inner
}

/// Whatever is drawn above it, the control stays the same one: the keyboard stays in it when a
/// suggestion becomes a claim.
fn same(label: &str) -> egui::UiBuilder {
    egui::UiBuilder::new().scope_id(egui::Id::unique(("field of the claim", label)))
}

/// Draws all fields. Gives back the correction that was made, if any.
pub(super) fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    subject: Subject<'_>,
    draft: &mut Draft,
    take_focus: bool,
) -> Option<Correction> {
    let mut correction = None;
    let reading = subject.reading();
    let mut take = |made: Option<Correction>| {
        if made.is_some() {
            correction = made;
        }
    };
    take(count(ui, view, subject, draft, take_focus));
    take(category(ui, view, reading));
    reason(ui, view, subject, Field::Category);
    take(party(ui, view, reading, draft));
    reason(ui, view, subject, Field::Party);
    take(direction(ui, view, reading, draft));
    reason(ui, view, subject, Field::From);
    reason(ui, view, subject, Field::To);
    take(date(ui, view, subject, draft));
    take(as_of(ui, view, subject, draft));
    take(chain(ui, view, reading, draft));
    reason(ui, view, subject, Field::Attribution);
    take(manner(ui, view, reading));
    reason(ui, view, subject, Field::Modality);
    reason(ui, view, subject, Field::Kind);
    take(subset(ui, view, reading, draft));
    remarks(ui, view, reading);
    correction
}

fn correction(reading: Reading, fields: &[Field], label: &str) -> Option<Correction> {
    Some(Correction { reading, fields: fields.to_vec(), label: label.into() })
}

fn text_field(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Response {
    let edit = egui::TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text(widgets::hint(hint));
    let response = ui.add(edit.margin(egui::Margin::symmetric(8, 4))).accessible_name(name);
    widgets::whole_on_hover(ui, response, text, crate::ui::fonts::size::BODY)
}

fn count(
    ui: &mut Ui,
    view: &mut View<'_>,
    subject: Subject<'_>,
    draft: &mut Draft,
    take_focus: bool,
) -> Option<Correction> {
    let reading = subject.reading();
    let before = draft.count.clone();
    let response = row(ui, view, "Count", |ui| text_field(ui, &mut draft.count, "Count", "e.g. more than 40"));
    if take_focus {
        response.request_focus();
        widgets::select_all(&response, &draft.count);
    }
    let typed = draft.count.trim();
    let live =
        if typed.is_empty() { Err("no number".to_owned()) } else { view.session.suggester().read_quantity(typed) };
    if draft.count != before {
        draft.count_error = None;
    }
    let unchanged = !response.has_focus() && draft.count_error.is_none();
    match (&live, &draft.count_error) {
        (_, Some(error)) => under(ui, error, view.theme.bad),
        (Ok(quantity), _) if !unchanged => under(ui, &format!("→ {}", quantity.reading()), view.theme.text),
        (Err(error), _) if !unchanged => under(ui, error, view.theme.doubt),
        _ => {
            under(ui, &reading.count.quantity.reading(), view.theme.secondary);
            reason(ui, view, subject, Field::Count);
        }
    }
    if !response.lost_focus() || draft.count == before && typed == super::draft_count(reading) {
        return None;
    }
    match live {
        Ok(quantity) if quantity != reading.count.quantity => {
            let mut reading = reading.clone();
            reading.count.quantity = quantity;
            correction(reading, &[Field::Count], "set count")
        }
        Ok(_) => None,
        Err(error) => {
            draft.count_error = Some(error);
            None
        }
    }
}

fn category(ui: &mut Ui, view: &mut View<'_>, reading: &Reading) -> Option<Correction> {
    let codebook = view.session.codebook();
    let mut chosen = reading.category.clone();
    row(ui, view, "What", |ui| {
        let now = codebook.category(&chosen);
        let label = now.map_or(&*chosen, |category| &category.label).to_owned();
        let tint = view.theme.category(now.map_or("other", |category| &category.colour));
        let shown = RichText::new(label).background_color(tint.fill).color(view.theme.text);
        let response = egui::ComboBox::from_id_salt("category")
            .selected_text(shown)
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for category in codebook.categories.iter().filter(|category| !category.retired) {
                    let digit = category.digit.map_or_else(String::new, |digit| format!("   {digit}"));
                    let response = ui.selectable_label(chosen == category.id, format!("{}{digit}", category.label));
                    if response.on_hover_text(&category.guideline).clicked() {
                        chosen = category.id.clone();
                    }
                }
            });
        response.response.accessible_name("Category")
    });
    (chosen != reading.category)
        .then(|| correction(Reading { category: chosen, ..reading.clone() }, &[Field::Category], "set category"))
        .flatten()
}

fn party(ui: &mut Ui, view: &mut View<'_>, reading: &Reading, draft: &mut Draft) -> Option<Correction> {
    let response = row(ui, view, "Of whom", |ui| completing(ui, view, &mut draft.party, "Of whom", Known::Party));
    let party = taken(&response, &draft.party, &reading.party)?;
    correction(Reading { party, ..reading.clone() }, &[Field::Party], "set party")
}

fn direction(ui: &mut Ui, view: &mut View<'_>, reading: &Reading, draft: &mut Draft) -> Option<Correction> {
    let mut swap = false;
    let mut made = None;
    let from = row(ui, view, "From", |ui| completing(ui, view, &mut draft.from, "From", Known::Party));
    if let Some(from) = taken(&from, &draft.from, &reading.from) {
        made = correction(Reading { from, ..reading.clone() }, &[Field::From], "set giver");
    }
    let to = row(ui, view, "To", |ui| {
        let response = completing(ui, view, &mut draft.to, "To", Known::Party);
        swap = ui
            .add(widgets::compact("Swap").shortcut_text("X"))
            .on_hover_text("Swap from and to")
            .accessible_name("Swap from and to")
            .clicked();
        response
    });
    if let Some(to) = taken(&to, &draft.to, &reading.to) {
        made = correction(Reading { to, ..reading.clone() }, &[Field::To], "set receiver");
    }
    if swap {
        let swapped = Reading { from: reading.to.clone(), to: reading.from.clone(), ..reading.clone() };
        made = correction(swapped, &[Field::From, Field::To], "swap direction");
    }
    made
}

fn date(ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>, draft: &mut Draft) -> Option<Correction> {
    let reading = subject.reading();
    let before = draft.date.clone();
    let response = row(ui, view, "When", |ui| text_field(ui, &mut draft.date, "When", "e.g. 29 Jan 2026"));
    if draft.date != before {
        draft.date_error = None;
    }
    let published = view.session.workspace().articles.get(subject.article()).map(|record| record.metadata.published);
    if let Some(error) = &draft.date_error {
        under(ui, error, view.theme.bad);
    } else {
        // The reason tells words and basis of its own: both would say things twice, or one against the other.
        let said = match &reading.date.text {
            _ if subject.why().contains_key(&Field::Date) => None,
            Some(text) => Some(format!("“{text}”, {}", reading.date.window.basis.word())),
            None => Some(reading.date.window.basis.word().to_owned()),
        };
        let extent = reading.date.extent.then(|| "over the whole of it".to_owned());
        let words: Vec<String> = said.into_iter().chain(extent).collect();
        if !words.is_empty() {
            under(ui, &words.join(", "), view.theme.secondary);
        }
        reason(ui, view, subject, Field::Date);
    }
    if !response.lost_focus() || draft.date.trim() == super::draft_date(&reading.date.window) {
        return None;
    }
    let mut reading = reading.clone();
    if draft.date.trim().is_empty() {
        reading.date = crate::claim::ClaimDate::default();
        return correction(reading, &[Field::Date], "clear date");
    }
    match view.session.suggester().read_date(draft.date.trim(), &published.unwrap_or_default()) {
        Ok(mut date) => {
            date.window.basis = Basis::Analyst;
            date.extent = reading.date.extent;
            reading.date = date;
            correction(reading, &[Field::Date], "set date")
        }
        Err(error) => {
            draft.date_error = Some(error);
            None
        }
    }
}

/// The day for which a figure was told, where it is another than the event's: "the toll stood at 15 on
/// Thursday" of a fire on Tuesday. Left empty it is the event's again.
fn as_of(ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>, draft: &mut Draft) -> Option<Correction> {
    let reading = subject.reading();
    let window = *reading.told_another_day()?;
    let before = draft.as_of.clone();
    let response = row(ui, view, "As of", |ui| text_field(ui, &mut draft.as_of, "As of", "The day of the event"));
    if draft.as_of != before {
        draft.as_of_error = None;
    }
    match &draft.as_of_error {
        Some(error) => under(ui, error, view.theme.bad),
        None => {
            let words = format!("{}: the day for which the figure was told", window.basis.word());
            under(ui, &words, view.theme.secondary);
        }
    }
    if !response.lost_focus() || draft.as_of.trim() == super::draft_date(&window) {
        return None;
    }
    let typed = draft.as_of.trim();
    if typed.is_empty() {
        return correction(Reading { as_of: None, ..reading.clone() }, &[], "clear “as of”");
    }
    let published = view.session.workspace().articles.get(subject.article()).map(|record| record.metadata.published);
    match view.session.suggester().read_date(typed, &published.unwrap_or_default()) {
        Ok(date) => {
            let as_of = Some(DateWindow { basis: Basis::Analyst, ..date.window });
            correction(Reading { as_of, ..reading.clone() }, &[], "set “as of”")
        }
        Err(error) => {
            draft.as_of_error = Some(error);
            None
        }
    }
}

/// The chain of attribution: innermost first; links can be typed over, moved outwards, dropped.
fn chain(ui: &mut Ui, view: &mut View<'_>, reading: &Reading, draft: &mut Draft) -> Option<Correction> {
    let mut moved = None;
    let mut dropped = None;
    let mut left = false;
    // Names of sources are long: they have the whole width of the form.
    stacked(ui, view, "Who says", |ui| {
        let count = draft.chain.len();
        for i in 0..count {
            let is_last = i + 1 == count;
            let drop_name = format!("Drop {}", draft.chain[i]);
            let buttons = if is_last { widgets::SIGN } else { 2.0 * widgets::SIGN + space::XS };
            let name = if i == 0 { "Source".to_owned() } else { format!("Relayed by {i}") };
            let field = |ui: &mut Ui| completing(ui, view, &mut draft.chain[i], &name, Known::Source);
            let (field, pressed) = widgets::before_end(ui, buttons, field, |ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                let down = (!is_last)
                    .then(|| widgets::sign(ui, "↓", "Move outwards").accessible_name("Move outwards").clicked());
                (down == Some(true), widgets::sign(ui, "×", "Drop").accessible_name(drop_name).clicked())
            });
            left |= field.lost_focus();
            if pressed.0 {
                moved = Some(i);
            }
            if pressed.1 {
                dropped = Some(i);
            }
        }
        let hint = if count == 0 { "The outlet itself" } else { "Relayed by…" };
        let response = text_field(ui, &mut draft.new_source, "Add a source", hint);
        left |= response.lost_focus();
        let via = text_field(ui, &mut draft.via, "On the platform", "On which platform");
        left |= via.lost_focus();
        response
    });
    if let Some(i) = moved {
        draft.chain.swap(i, i + 1);
    }
    if let Some(i) = dropped {
        draft.chain.remove(i);
    }
    if !(left || moved.is_some() || dropped.is_some()) {
        return None;
    }
    let mut next = reading.clone();
    next.attribution.chain = draft.asserters(&reading.attribution.chain);
    next.attribution.via = named(&draft.via);
    (next != *reading).then(|| correction(next, &[Field::Attribution], "set source")).flatten()
}

fn manner(ui: &mut Ui, view: &mut View<'_>, reading: &Reading) -> Option<Correction> {
    let (mut modality, mut kind) = (reading.modality, reading.kind);
    row(ui, view, "How said", |ui| {
        let width = ui.available_width();
        let response =
            egui::ComboBox::from_id_salt("modality").selected_text(modality.word()).width(width).show_ui(ui, |ui| {
                for option in Modality::ALL {
                    ui.selectable_value(&mut modality, option, option.word());
                }
            });
        response.response.accessible_name("How said")
    });
    row(ui, view, "Sort", |ui| {
        let width = ui.available_width();
        let response = egui::ComboBox::from_id_salt("kind").selected_text(kind.word()).width(width).show_ui(ui, |ui| {
            for option in Kind::ALL {
                ui.selectable_value(&mut kind, option, option.word());
            }
        });
        response.response.accessible_name("Sort of figure")
    });
    if modality != reading.modality {
        return correction(Reading { modality, ..reading.clone() }, &[Field::Modality], "set modality");
    }
    (kind != reading.kind)
        .then(|| correction(Reading { kind, ..reading.clone() }, &[Field::Kind], "set kind"))
        .flatten()
}

fn subset(ui: &mut Ui, view: &mut View<'_>, reading: &Reading, draft: &mut Draft) -> Option<Correction> {
    let hint = "e.g. officers";
    let response = row(ui, view, "Subset", |ui| text_field(ui, &mut draft.subset, "Subset", hint));
    let subset = taken(&response, &draft.subset, &reading.subset)?;
    correction(Reading { subset, ..reading.clone() }, &[], "set subset")
}

fn remarks(ui: &mut Ui, view: &View<'_>, reading: &Reading) {
    let attribution = &reading.attribution;
    if !attribution.identity_by.is_empty() {
        let names: Vec<&str> = attribution.identity_by.iter().map(|name| &**name).collect();
        under(ui, &format!("identity vouched for by {}", names.join(", ")), view.theme.doubt);
    }
    if let Some(part) = reading.distributive {
        under(
            ui,
            &format!("{} of {} claims made of these words", u32::from(part.index) + 1, part.of),
            view.theme.secondary,
        );
    }
    if reading.additive.is_some() {
        under(ui, "added to another count", view.theme.secondary);
    }
    if reading.part_of.is_some() {
        under(ui, "a part of another count", view.theme.secondary);
    }
    for flag in &reading.flags {
        use crate::claim::ClaimFlag::*;
        let words = match flag {
            DirectionUnclear => "the text's directions contradict one another: check",
            FramingDiffers => "another party describes this in other terms",
            LostReadAsKilled => "“lost” was read as killed",
            Caveat => "the text says that the true number is likely different",
            RoundedNotation => "rounded notation",
            Corrects => "corrected in the text",
        };
        under(ui, words, view.theme.doubt);
    }
}

/// Where a field comes from: grey where stated, ochre where inferred. Each of the words that it rests
/// on can be followed, by a click or with the keyboard.
fn reason(ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>, field: Field) {
    let why = subject.why();
    let Some(provenance) = why.get(&field) else { return };
    let Some(article) = view.session.article(subject.article()) else { return };
    let reading = subject.reading();
    let named = |word: &str, name: &Option<Name>| match name {
        Some(name) => format!("{word}: {name}, "),
        None => format!("{word}: "),
    };
    // Two fields share these reasons' place, so each says which it is about.
    let prefix = match field {
        Field::From => named("from", &reading.from),
        Field::To => named("to", &reading.to),
        Field::Modality => format!("{}: ", reading.modality.word()),
        Field::Kind => format!("{}: ", reading.kind.word()),
        _ => String::new(),
    };
    let evidence = &provenance.evidence;
    let (before, colour) = match &provenance.how {
        How::Stated if evidence.is_empty() => (format!("{prefix}stated"), view.theme.secondary),
        How::Stated => (format!("{prefix}stated: "), view.theme.secondary),
        How::Inferred { rule } => {
            let rule = rule_in_words(rule);
            if evidence.is_empty() {
                (format!("{prefix}inferred: {rule}"), view.theme.doubt)
            } else {
                (format!("{prefix}inferred: {rule}, from "), view.theme.doubt)
            }
        }
        How::Hand => (format!("{prefix}set by hand"), view.theme.secondary),
        How::Imported { from } => (format!("{prefix}as {from} has it"), view.theme.secondary),
    };
    let links: Vec<(String, crate::claim::Span)> = evidence
        .iter()
        .map(|span| (format!("“{}”", cut(&crate::ui::words::shown(article, *span), 48)), *span))
        .collect();
    let mut jump = None;
    let of = match subject {
        Subject::Claim(claim) => Chosen::Claim(claim.id.clone()),
        Subject::Suggestion(found) => Chosen::Suggestion(found.key()),
    };
    let lit = view
        .state
        .reason
        .as_ref()
        .is_some_and(|shown| shown.field == Some(field) && shown.of == crate::ui::steps::Reasoned::Chosen(of));
    let ground = if lit { view.theme.hit(true) } else { egui::Color32::TRANSPARENT };
    indented(ui, |ui| {
        let row = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(0.0, 1.0);
            let text = |words: &str| RichText::new(words).size(widgets::REASON).color(colour).background_color(ground);
            ui.label(text(&before));
            for (n, (words, span)) in links.iter().enumerate() {
                let from = before.trim_end().trim_end_matches(", from").trim_end_matches(':');
                let name = format!("Show {words}: {} {from}", field.word());
                // What parts two of them stays with the first: no line begins with it.
                let shown = if n + 1 < links.len() { format!("{words}, ") } else { words.clone() };
                // No stop of Tab on the way from field to field: keys go through these words by an action.
                let words = egui::Label::new(text(&shown).underline()).sense(egui::Sense::CLICK);
                let link =
                    ui.add(words).on_hover_text("Show these words").on_hover_cursor(egui::CursorIcon::PointingHand);
                link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
                if link.clicked() {
                    jump = Some(*span);
                }
            }
        });
        if lit && view.state.jump.is_some() {
            row.response.scroll_to_me(None);
        }
    });
    if let Some(span) = jump {
        view.ask(Request::Jump(subject.article().clone(), span));
    }
}

fn under(ui: &mut Ui, text: &str, colour: egui::Color32) {
    indented(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(text).size(widgets::REASON).color(colour)).wrap());
    });
}

/// Under the controls, not under their labels, on every line.
fn indented(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        if ui.available_width() >= NARROW {
            ui.add_space(LABEL_WIDTH + space::S);
        }
        ui.vertical(add);
    });
}

fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn named(text: &str) -> Option<Name> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// What a text field was left with, where it differs from what is there.
fn taken(response: &Response, typed: &str, now: &Option<Name>) -> Option<Option<Name>> {
    let typed = named(typed);
    (response.lost_focus() && typed != *now).then_some(typed)
}
