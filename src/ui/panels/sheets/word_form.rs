//! What words in a text are: the form for a source, a party, a unit, or what is not a figure.

use egui::{RichText, TextEdit, Ui};

use crate::claim::{
    Beside, Change, Name, NounClass, NounEntry, PartyEntry, Side, SourceEntry, SuppressionEntry, Word, WordSort,
};
use crate::session::{Command, Session};
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View, WordTask};
use crate::ui::theme::space;

/// What is typed.
#[derive(Debug, Default)]
pub struct WordForm {
    task: Option<WordTask>,
    /// The entry that is changed, where it is one of the project's.
    before: Option<Word>,
    /// What the form begins from: fields that it does not show are kept.
    base: Option<Word>,
    /// The words as they stand in the text.
    said: String,
    name: String,
    /// Aliases of a source, other names of a party.
    also: String,
    descriptions: String,
    adjectives: String,
    side: String,
    category: Option<Name>,
    class: NounClass,
    place: Beside,
    /// For each place, the words that the selection gives.
    beside: [String; 3],
    /// How often the words stand in the article, for the words that were counted last.
    counted: Option<(String, usize)>,
    take_focus: bool,
}

impl WordForm {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        let task = view.state.word.clone().filter(|_| view.state.sheets.contains(&Sheet::Word));
        let Some(task) = task else {
            *self = Self::default();
            return;
        };
        if self.task.as_ref() != Some(&task) {
            *self = Self::of(task, view.session);
        }
        let sort = self.sort();
        let verb = if self.before.is_some() { "Change" } else { "Add" };
        let title = match sort {
            WordSort::NotAFigure => format!("{verb} what is not a figure"),
            sort => format!("{verb} a {}", sort.word()),
        };
        sheet::show(ctx, view, Sheet::Word, &title, 480.0, |ui, view| self.form(ui, view, verb));
    }

    fn sort(&self) -> WordSort {
        match &self.task {
            Some(WordTask::Teach { sort, .. } | WordTask::New(sort)) => *sort,
            Some(WordTask::Change(word)) => word.sort(),
            None => WordSort::Source,
        }
    }

    fn of(task: WordTask, session: &Session) -> Self {
        let mut form = Self { take_focus: true, ..Self::default() };
        match &task {
            WordTask::New(_) => {}
            WordTask::Change(word) => {
                form.before = Some((**word).clone());
                form.fill(word);
            }
            WordTask::Teach { sort, article, span } => {
                let text = session.article(article).map_or("", |article| &article.text);
                form.said = text.get(span.range()).map(words_of).unwrap_or_default();
                form.begin(*sort, session, text, span.range());
            }
        }
        form.task = Some(task);
        form
    }

    /// Begins from selected words, without guessing more than they say: from the entry that bears
    /// them already, or from a new one of that name.
    fn begin(&mut self, sort: WordSort, session: &Session, text: &str, range: std::ops::Range<usize>) {
        let layer = &session.workspace().lexicon;
        let word = match sort {
            WordSort::Source => {
                let known = session.lexicon().source_of(&self.said).cloned();
                Word::Source(
                    known.unwrap_or_else(|| SourceEntry { name: self.said.as_str().into(), ..SourceEntry::default() }),
                )
            }
            WordSort::Party => {
                let known = session.lexicon().party_of(&self.said).cloned();
                Word::Party(
                    known.unwrap_or_else(|| PartyEntry { name: self.said.as_str().into(), ..PartyEntry::default() }),
                )
            }
            WordSort::Unit => {
                let forms = vec![self.said.to_lowercase().into()];
                Word::Unit(NounEntry { forms, ..NounEntry::default() })
            }
            WordSort::NotAFigure => {
                self.beside = beside(text, range);
                let place = Beside::ALL.into_iter().find(|place| !self.beside[index(*place)].is_empty());
                let place = place.unwrap_or_default();
                let forms = vec![self.beside[index(place)].as_str().into()];
                Word::NotAFigure(SuppressionEntry { forms, place, ..SuppressionEntry::default() })
            }
        };
        if layer.has_word(sort, word.key()) {
            self.before = layer.words().into_iter().find(|own| own.sort() == sort && own.key() == word.key());
        }
        self.fill(&word);
    }

    fn fill(&mut self, word: &Word) {
        let list = |names: &[Name]| names.iter().map(|name| &**name).collect::<Vec<_>>().join(", ");
        match word {
            Word::Source(entry) => {
                self.name = entry.name.to_string();
                self.also = list(&entry.aliases);
                self.descriptions = list(&entry.descriptions);
                self.side = match &entry.side {
                    Side::Unknown => String::new(),
                    side => side.word().to_owned(),
                };
            }
            Word::Party(entry) => {
                self.name = entry.name.to_string();
                self.also = list(&entry.names);
                self.adjectives = list(&entry.adjectives);
            }
            Word::Unit(entry) => {
                self.name = list(&entry.forms);
                (self.category, self.class) = (entry.category.clone(), entry.class);
            }
            Word::NotAFigure(entry) => {
                self.name = list(&entry.forms);
                self.place = entry.place;
            }
        }
        self.base = Some(word.clone());
    }

    /// The entry as it is typed.
    fn word(&self, session: &Session) -> Word {
        let names = |text: &str| -> Vec<Name> {
            text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).map(Name::from).collect()
        };
        let name = self.name.trim();
        match self.sort() {
            WordSort::Source => {
                // Another name that is known: the words are one more alias of that source.
                let mut entry = match &self.base {
                    Some(Word::Source(base)) if self.before.is_some() || *base.name == *name => base.clone(),
                    _ => session.lexicon().source_with(name, ""),
                };
                let known = std::mem::take(&mut entry.aliases);
                if self.before.is_none() && self.is_known_otherwise(session) {
                    entry.aliases = known;
                } else {
                    entry.name = name.into();
                }
                let said = (self.before.is_none() && !self.said.is_empty()).then(|| Name::from(self.said.as_str()));
                for alias in names(&self.also).into_iter().chain(said) {
                    if alias != entry.name && !entry.aliases.contains(&alias) {
                        entry.aliases.push(alias);
                    }
                }
                let described = names(&self.descriptions);
                if !(described.is_empty() && self.is_known_otherwise(session)) {
                    entry.descriptions = described;
                }
                let side = side_of(&self.side, session);
                if side != Side::Unknown || !self.is_known_otherwise(session) {
                    entry.side = side;
                }
                entry.off = false;
                Word::Source(entry)
            }
            WordSort::Party => {
                let mut entry = match &self.base {
                    Some(Word::Party(base)) if self.before.is_some() || *base.name == *name => base.clone(),
                    _ => session.lexicon().party_with(name, ""),
                };
                if self.is_known_otherwise(session) {
                    entry = session.lexicon().party_with(name, &self.said);
                    for other in names(&self.also) {
                        if !entry.names.contains(&other) {
                            entry.names.push(other);
                        }
                    }
                } else {
                    entry.name = name.into();
                    entry.names = names(&self.also);
                    let said = Name::from(self.said.as_str());
                    let has = |list: &[Name]| list.contains(&said);
                    let listed = has(&entry.names) || has(&entry.people) || has(&entry.capital) || has(&entry.metonyms);
                    if self.before.is_none()
                        && !said.is_empty()
                        && said != entry.name
                        && !listed
                        && !names(&self.adjectives).contains(&said)
                    {
                        entry.names.push(said);
                    }
                    entry.adjectives = names(&self.adjectives);
                }
                entry.off = false;
                Word::Party(entry)
            }
            WordSort::Unit => {
                let base = match &self.base {
                    Some(Word::Unit(base)) => base.clone(),
                    _ => NounEntry::default(),
                };
                let (category, class) = (self.category.clone(), self.class);
                Word::Unit(NounEntry { forms: names(&self.name), category, class, off: false, ..base })
            }
            WordSort::NotAFigure => {
                let base = match &self.base {
                    Some(Word::NotAFigure(base)) => base.clone(),
                    _ => SuppressionEntry::default(),
                };
                let why =
                    if base.why.is_empty() { "said to be no figure in this project".into() } else { base.why.clone() };
                Word::NotAFigure(SuppressionEntry { forms: names(&self.name), place: self.place, why, off: false })
            }
        }
    }

    /// Whether the name that is typed is another's whom the program knows: then the words are added
    /// to that entry.
    fn is_known_otherwise(&self, session: &Session) -> bool {
        let name = self.name.trim();
        let own = self.base.as_ref().is_some_and(|base| base.key() == name);
        self.before.is_none()
            && !own
            && match self.sort() {
                WordSort::Source => session.lexicon().source_of(name).is_some(),
                WordSort::Party => session.lexicon().party_of(name).is_some(),
                _ => false,
            }
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>, verb: &str) {
        let sort = self.sort();
        let take_focus = std::mem::take(&mut self.take_focus);
        let first = match sort {
            WordSort::Source | WordSort::Party => field(ui, "Name", &mut self.name, "The fullest name"),
            WordSort::Unit => field(ui, "Words", &mut self.name, "stevedore, stevedores"),
            WordSort::NotAFigure => field(ui, "Words", &mut self.name, "Flight, Resolution"),
        };
        if take_focus {
            first.request_focus();
        }
        if self.is_known_otherwise(view.session) {
            let words = match self.said.as_str() {
                "" => "The program knows this name; what you enter is added to its entry.".to_owned(),
                said => format!("The program knows this name; “{said}” is added to its entry."),
            };
            reason(ui, view, &words);
        }
        match sort {
            WordSort::Source => self.source(ui, view),
            WordSort::Party => {
                field(ui, "Also called", &mut self.also, "Other names, with commas between");
                field(ui, "Adjectives", &mut self.adjectives, "Ruritanian");
                reason(ui, view, "By its names a party acts; by its adjectives it owns: “Ruritanian soldiers”.");
            }
            WordSort::Unit => self.unit(ui, view),
            WordSort::NotAFigure => self.place(ui, view),
        }
        self.frequency(ui, view);
        let word = self.word(view.session);
        let problem = word.problem();
        let touched = !self.name.trim().is_empty();
        if let Some(problem) = problem.as_ref().filter(|_| touched) {
            ui.label(RichText::new(problem).size(size::SMALL).color(view.theme.bad));
        }
        let changed = self.before.as_ref() != Some(&word);
        let ready = problem.is_none() && changed;
        match sheet::buttons(ui, view, verb, ready) {
            Some(false) => view.ask(Request::Sheet(Sheet::Word, false)),
            Some(true) => {
                // A word that the project's layer has under this name is changed, not added twice.
                let before = self.before.clone().or_else(|| {
                    let own = view.session.workspace().lexicon.words();
                    own.into_iter().find(|own| own.sort() == word.sort() && own.key() == word.key())
                });
                view.run(Command::ChangeWord(Change::between(before, Some(word))));
                view.ask(Request::Sheet(Sheet::Word, false));
            }
            _ => {}
        }
    }

    fn source(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        field(ui, "Also called", &mut self.also, "Other names and acronyms, with commas between");
        field(ui, "Described as", &mut self.descriptions, "the bureau, the agency");
        reason(ui, view, "Descriptions stand for it where the article has named it before.");
        sheet::row(ui, "Side", |ui| {
            let shown = if self.side.is_empty() { "unknown" } else { &self.side };
            let combo = egui::ComboBox::from_id_salt("side").selected_text(shown.to_owned()).width(200.0);
            let response = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.side, String::new(), "unknown");
                ui.selectable_value(&mut self.side, Side::Independent.word().to_owned(), Side::Independent.word());
                for party in crate::ui::widgets::parties(ui.ctx(), view.session).iter() {
                    ui.selectable_value(&mut self.side, party.to_string(), &**party);
                }
            });
            response.response.accessible_name("Side");
            let edit = TextEdit::singleline(&mut self.side).hint_text("or another party").desired_width(f32::INFINITY);
            ui.add(edit).accessible_name("Side in words");
        });
        if let Side::Party(name) = side_of(&self.side, view.session)
            && view.session.lexicon().party_of(&name).is_none()
        {
            reason(ui, view, &format!("“{name}” is no party that is known: add it as a party, too."));
        }
    }

    fn unit(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        reason(ui, view, "All forms, with commas between: the singular, the plural.");
        let codebook = view.session.codebook();
        sheet::row(ui, "Counts as", |ui| {
            let label = |id: &Option<Name>| match id {
                None => "as the verb says".to_owned(),
                Some(id) => {
                    codebook.category(id).map_or_else(|| id.to_string(), |category| category.label.clone().to_string())
                }
            };
            let combo =
                egui::ComboBox::from_id_salt("category of unit").selected_text(label(&self.category)).width(200.0);
            let response = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.category, None, label(&None));
                for category in codebook.categories.iter().filter(|category| !category.retired) {
                    ui.selectable_value(&mut self.category, Some(category.id.clone()), &*category.label);
                }
            });
            response.response.accessible_name("Counts as");
        });
        sheet::row(ui, "They are", |ui| {
            for (class, word) in [
                (NounClass::People, "people"),
                (NounClass::Military, "soldiers"),
                (NounClass::Civilian, "civilians"),
                (NounClass::Bodies, "bodies"),
            ] {
                if ui.add(egui::Button::selectable(self.class == class, word)).clicked() {
                    self.class = class;
                }
            }
        });
        let words = match &self.category {
            None => "“38 … were killed” counts the killed, “38 … were freed” the freed.",
            Some(_) => "A number before them always counts as this.",
        };
        reason(ui, view, words);
    }

    fn place(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        for place in Beside::ALL {
            sheet::row(ui, if place == Beside::ALL[0] { "Where" } else { "" }, |ui| {
                if ui.radio(self.place == place, place.words()).clicked() && self.place != place {
                    let untouched = self.name == self.beside[index(self.place)];
                    let given = &self.beside[index(place)];
                    if untouched && !given.is_empty() {
                        self.name.clone_from(given);
                    }
                    self.place = place;
                }
            });
        }
        reason(ui, view, "Such a number is never suggested, in no article of this project.");
    }

    /// How often the words stand in the article shown: whether they are the ones that are meant.
    fn frequency(&mut self, ui: &mut Ui, view: &View<'_>) {
        let article = view.state.article.as_ref().and_then(|id| view.session.article(id));
        let Some(article) = article else { return };
        let first = self.name.split([',', ';']).next().unwrap_or("").trim();
        if first.is_empty() {
            return;
        }
        let key = format!("{} {first}", article.id);
        if self.counted.as_ref().is_none_or(|(counted, _)| *counted != key) {
            let count = times(&article.text.to_lowercase(), &first.to_lowercase());
            self.counted = Some((key, count));
        }
        let count = self.counted.as_ref().map_or(0, |(_, count)| *count);
        let words = match count {
            0 => format!("“{first}” does not stand in this article."),
            1 => format!("“{first}” stands once in this article."),
            count => format!("“{first}” stands {count} times in this article."),
        };
        reason(ui, view, &words);
    }
}

/// Selected words on one line.
fn words_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn index(place: Beside) -> usize {
    Beside::ALL.iter().position(|other| *other == place).unwrap_or(0)
}

/// The words before the number of a selection, behind it, and all of them, in the order of
/// [`Beside::ALL`]. A selection that is a number alone gets its neighbours.
fn beside(text: &str, range: std::ops::Range<usize>) -> [String; 3] {
    let Some(selected) = text.get(range.clone()) else { return Default::default() };
    let numeric = |c: char| c.is_numeric();
    let (first, last) = (selected.find(numeric), selected.rfind(numeric));
    let (Some(first), Some(last)) = (first, last) else {
        return [words_of(selected), words_of(selected), words_of(selected)];
    };
    let end = last + selected[last..].chars().next().map_or(1, char::len_utf8);
    let (mut before, mut behind) = (words_of(&selected[..first]), words_of(&selected[end..]));
    let line = |text: &str| text.rsplit('\n').next().unwrap_or("").to_owned();
    if before.is_empty() && behind.is_empty() {
        let head = line(&text[..range.start]);
        let tail = text[range.end..].lines().next().unwrap_or("").to_owned();
        before = head.split_whitespace().next_back().map(words_of).unwrap_or_default();
        behind = tail.split_whitespace().next().map(words_of).unwrap_or_default();
        let all = words_of(&format!("{before} {selected} {behind}"));
        return [before, behind, all];
    }
    [before, behind, words_of(selected)]
}

fn side_of(text: &str, session: &Session) -> Side {
    match text.trim() {
        "" | "unknown" => Side::Unknown,
        text if text == Side::Independent.word() => Side::Independent,
        text => Side::Party(session.lexicon().party_of(text).map_or_else(|| text.into(), |party| party.name.clone())),
    }
}

/// How often words stand in a text, as whole words; both in lower case.
fn times(text: &str, words: &str) -> usize {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole =
        |at: &usize| !letter(text[..*at].chars().next_back()) && !letter(text[at + words.len()..].chars().next());
    text.match_indices(words).map(|(at, _)| at).filter(whole).count()
}

fn field(ui: &mut Ui, label: &str, text: &mut String, hint: &str) -> egui::Response {
    let response = sheet::row(ui, label, |ui| {
        ui.add(TextEdit::singleline(text).hint_text(crate::ui::widgets::hint(hint)).desired_width(f32::INFINITY))
            .accessible_name(label)
    });
    ui.add_space(space::XS);
    response
}

fn reason(ui: &mut Ui, view: &View<'_>, words: &str) {
    sheet::row(ui, "", |ui| {
        ui.add(egui::Label::new(RichText::new(words).size(size::REASON).color(view.theme.secondary)).wrap());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_beside_a_number_are_those_of_the_selection_or_its_neighbours() {
        let text = "The crash of Flight 370 killed 239 people.";
        for (selected, expected) in [
            ("Flight 370", ["Flight", "", "Flight 370"]),
            ("370", ["Flight", "killed", "Flight 370 killed"]),
            ("239 people", ["", "people", "239 people"]),
            ("crash of", ["crash of", "crash of", "crash of"]),
        ] {
            let at = text.find(selected).expect("there");
            assert_eq!(beside(text, at..at + selected.len()), expected, "{selected}");
        }
    }

    #[test]
    fn words_are_counted_whole() {
        assert_eq!(times("the bureau, bureaus and the bureau", "the bureau"), 2);
        assert_eq!(times("bureaus", "bureau"), 0);
    }
}
