//! What requests come to: changes of the session, and of what is shown and chosen.

use super::App;
use super::actions::{Action, Ruling};
use super::dialogs::Purpose;
use super::state::{Chosen, Look, Place, Request, Sheet, ShownReason, WordTask};
use super::{steps, theme};
use crate::claim::{
    ArticleId, ClaimId, Edit, Grade, Name, Progress, Span, SuggestionKey, Transaction, Verdict, WordSort,
};
use crate::session::Command;

/// The articles that "Try the sample" opens, name and bytes: those of the samples that speak of
/// one series of exchanges.
const SAMPLE: &[(&str, &[u8])] = &[
    ("01-first-exchange-of-the-year.md", include_bytes!("../../samples/articles/01-first-exchange-of-the-year.md")),
    ("02-thursdays-exchange.txt", include_bytes!("../../samples/articles/02-thursdays-exchange.txt")),
    ("03-february-exchange.txt", include_bytes!("../../samples/articles/03-february-exchange.txt")),
    ("04-september-handover.txt", include_bytes!("../../samples/articles/04-september-handover.txt")),
    ("05-autumn-handover.html", include_bytes!("../../samples/articles/05-autumn-handover.html")),
    ("06-november-russian-count.txt", include_bytes!("../../samples/articles/06-november-russian-count.txt")),
    ("07-november-handover.txt", include_bytes!("../../samples/articles/07-november-handover.txt")),
    ("08-a-year-of-exchanges.md", include_bytes!("../../samples/articles/08-a-year-of-exchanges.md")),
];

/// The claim that an edit adds.
fn added(edit: &Edit) -> Option<&ClaimId> {
    match edit {
        Edit::Claim(change) if change.before.is_none() => change.after.as_ref().map(|claim| &claim.id),
        _ => None,
    }
}

/// Of what changes more things than these at once, not one of them is chosen afterwards.
const FEW: usize = 256;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, request: Request) {
        if !matches!(request, Request::Act(Action::ShowWords) | Request::Row(_)) {
            self.state.reason = None;
        }
        match request {
            Request::Run(command) => self.run(command),
            Request::Act(action) => self.act(ctx, action),
            Request::ShowArticle(article) => self.show_article(article),
            Request::Jump(article, span) => self.jump(article, span),
            Request::Choose(chosen) => self.state.chosen = self.as_decided(chosen),
            Request::ShowClaim(claim) => self.show_claim(&claim),
            Request::ShowSuggestion(key) => self.show_suggestion(&key),
            Request::Select(selection) => self.state.selection = selection,
            Request::ShowFact(fact) => {
                if fact.is_some() {
                    self.state.folded.remove(&Place::Reconciliation);
                }
                self.state.fact = fact;
            }
            Request::Focus(place) => self.focus(place),
            Request::Row(row) => self.state.row = Some(row),
            Request::Mark(marked) => self.state.marked = marked,
            Request::Sheet(sheet, open) => {
                if open {
                    self.state.sheets.insert(sheet);
                } else {
                    self.state.sheets.remove(&sheet);
                }
            }
            Request::Replace(path) => {
                if let Some(article) = self.state.article.clone() {
                    self.session.run(Command::Replace { article, path });
                }
            }
            Request::SavePicture(path) => {
                let svg = self.reconciliation.svg(&self.session, &super::widgets::parties(ctx, &self.session));
                self.session.run(Command::SavePicture { path, svg });
            }
            Request::Word(task) => {
                self.state.word = Some(task);
                self.state.sheets.insert(Sheet::Word);
            }
            Request::Look(look) => self.set_look(ctx, look),
            Request::Keys(keys) => self.state.keys = keys,
        }
    }

    fn set_look(&mut self, ctx: &egui::Context, look: Look) {
        self.state.look = look;
        theme::set_look(ctx, look);
    }

    fn show_article(&mut self, article: ArticleId) {
        if self.state.article.as_ref() == Some(&article) {
            return;
        }
        let of_it = steps::chosen_span(&self.session, &self.state).is_some_and(|(of, _)| of == article);
        if !of_it {
            self.state.chosen = Chosen::Nothing;
        }
        self.state.article = Some(article);
        self.state.selection = None;
    }

    fn jump(&mut self, article: ArticleId, span: Span) {
        self.show_article(article);
        self.state.jump = Some(vec![span]);
    }

    fn show_claim(&mut self, id: &ClaimId) {
        let Some(claim) = self.session.claim(id) else { return };
        let (article, span) = (claim.article.clone(), claim.span());
        self.state.chosen = self.as_decided(Chosen::Claim(id.clone()));
        self.jump(article, span);
    }

    /// A claim that was made provisionally stands for its suggestion, and is decided as that.
    fn as_decided(&self, chosen: Chosen) -> Chosen {
        match &chosen {
            Chosen::Claim(id) if self.session.is_provisional(id) => {
                self.session.suggestion_of(id).cloned().map_or(chosen, Chosen::Suggestion)
            }
            _ => chosen,
        }
    }

    fn show_suggestion(&mut self, key: &SuggestionKey) {
        let Some(suggestion) = steps::suggestion(&self.session, key) else { return };
        let span = suggestion.span;
        self.state.chosen = Chosen::Suggestion(key.clone());
        self.jump(key.article.clone(), span);
    }

    fn focus(&mut self, place: Place) {
        self.state.folded.remove(&place);
        self.state.focus = Some(place);
        self.state.active = place;
    }

    /// Runs a command, and chooses what it leaves to be looked at.
    fn run(&mut self, command: Command) {
        match command {
            Command::Accept(key) => self.decide(key.clone(), Command::Accept(key)),
            Command::Reject(key) => self.decide(key.clone(), Command::Reject(key)),
            Command::AcceptAs { ref suggestion, .. } => {
                let key = suggestion.clone();
                self.session.run(command);
                self.choose_claim_of(&key);
            }
            Command::Tag { ref category, .. } => {
                self.state.last_tag = Some(category.clone());
                let before = self.session.history().last().map(|done| done.id.clone());
                self.session.run(command);
                let done = self.session.history().last().filter(|done| Some(&done.id) != before.as_ref());
                let new = done.and_then(|done| done.edits.iter().find_map(added));
                if let Some(id) = new.cloned() {
                    self.state.chosen = Chosen::Claim(id);
                    self.state.selection = None;
                }
            }
            Command::Restore(key) => {
                self.session.run(Command::Restore(key.clone()));
                // Where its words are read otherwise by now, that reading is what waits.
                let there = steps::suggestion(&self.session, &key).is_some();
                let other = if there { None } else { self.session.counterpart(&key).cloned() };
                self.show_suggestion(&other.unwrap_or(key));
            }
            Command::DeleteClaims(claims) => {
                let waits_again = match claims.as_slice() {
                    [only] => self.session.claim(only).and_then(|claim| claim.suggestion.clone()),
                    _ => None,
                };
                self.session.run(Command::DeleteClaims(claims));
                self.let_go();
                if let Some(key) = waits_again.filter(|key| steps::suggestion(&self.session, key).is_some()) {
                    self.state.chosen = Chosen::Suggestion(key);
                }
            }
            Command::NewProject | Command::OpenProject(_) => {
                self.forget_project();
                self.session.run(command);
            }
            Command::Undo => {
                let undone = self.session.history().last().filter(|done| done.edits.len() <= FEW).cloned();
                self.session.run(Command::Undo);
                self.show_changed(undone.as_ref(), false);
            }
            Command::Redo => {
                let before = self.session.history().len();
                self.session.run(Command::Redo);
                // Of very many edits the redo may only have begun.
                let redone = self.session.history().get(before).filter(|done| done.edits.len() <= FEW).cloned();
                self.show_changed(redone.as_ref(), true);
            }
            command => self.session.run(command),
        }
        self.let_go();
    }

    /// What was filtered, sorted and scrolled in a project is nothing to the next one.
    fn forget_project(&mut self) {
        self.articles = super::panels::articles::ArticleList::default();
        self.reconciliation = super::panels::reconciliation::ReconciliationPanel::default();
        self.state.row = None;
        self.state.fact = None;
        self.state.marked.clear();
    }

    /// Decides on a suggestion and goes on to the next one; stays where there is none, or where the
    /// new claim is to be corrected.
    fn decide(&mut self, key: SuggestionKey, command: Command) {
        let stay = self.editing;
        let was_chosen = self.state.chosen == Chosen::Suggestion(key.clone());
        let next = steps::following(&self.session, &self.state, &key);
        self.session.run(command);
        if steps::suggestion(&self.session, &key).is_some() {
            return; // It could not be decided; a notice says why.
        }
        match next {
            Some(next) if was_chosen && !stay => self.state.chosen = Chosen::Suggestion(next),
            _ if was_chosen => {
                self.state.chosen = Chosen::Nothing;
                self.choose_claim_of(&key);
            }
            _ => {}
        }
    }

    fn choose_claim_of(&mut self, key: &SuggestionKey) {
        let decision = self.session.workspace().decision_for(key).map(|decision| &decision.verdict);
        if let Some(Verdict::Accepted { claim }) = decision {
            self.state.chosen = Chosen::Claim(claim.clone());
        }
    }

    /// Lets go of what is chosen where it is no longer there.
    pub(super) fn let_go(&mut self) {
        let there = match &self.state.chosen {
            Chosen::Nothing => true,
            Chosen::Claim(id) => self.session.claim(id).is_some(),
            Chosen::Suggestion(key) => steps::suggestion(&self.session, key).is_some(),
        };
        if !there {
            self.state.chosen = Chosen::Nothing;
        }
    }

    /// After undo and redo: shows what has changed, as it then stands.
    fn show_changed(&mut self, transaction: Option<&Transaction>, forwards: bool) {
        for edit in transaction.iter().flat_map(|transaction| &transaction.edits) {
            match edit {
                Edit::Claim(change) => {
                    let now = if forwards { &change.after } else { &change.before };
                    if let Some(claim) = now {
                        let id = claim.id.clone();
                        return self.show_claim(&id);
                    }
                }
                Edit::Decision(change) => {
                    let now = if forwards { &change.after } else { &change.before };
                    if now.is_none()
                        && let Some(decision) = change.before.as_ref().or(change.after.as_ref())
                    {
                        let key = decision.suggestion.clone();
                        return self.show_suggestion(&key);
                    }
                }
                _ => {}
            }
        }
        // What has gone leaves the place where it was.
        if let Some((article, span)) = self.session.last_touched().map(|(article, span)| (article.clone(), span))
            && self.session.workspace().articles.contains_key(&article)
        {
            match span {
                Some(span) => self.jump(article, span),
                None => self.show_article(article),
            }
        }
    }

    /// An action of the list.
    fn act(&mut self, ctx: &egui::Context, action: Action) {
        if !action.enabled(&self.session, &self.state) {
            return;
        }
        if let Some(sheet) = action.sheet() {
            let open = self.state.sheets.contains(&sheet);
            return self.carry_out(ctx, Request::Sheet(sheet, !open));
        }
        if let Some(scope) = action.find() {
            self.state.find = Some(scope);
            return;
        }
        match action {
            Action::NewProject => self.run(Command::NewProject),
            Action::OpenArticles => self.ask(ctx, Purpose::Articles),
            Action::OpenFolder => self.ask(ctx, Purpose::Folder),
            Action::OpenProject => self.ask(ctx, Purpose::Project),
            Action::ImportMetadata => self.ask(ctx, Purpose::Metadata),
            Action::ReplaceArticle => self.ask(ctx, Purpose::Replacement),
            Action::SaveAs => self.ask(ctx, Purpose::SaveAs),
            Action::Export(place) => self.ask(ctx, Purpose::Export(place)),
            Action::SavePicture => self.ask(ctx, Purpose::Picture),
            Action::CopyView => {
                let table = self.reconciliation.table(&self.session);
                ctx.copy_text(table.tsv());
                let view = self.reconciliation.view().label();
                let words = format!("{view}: {} copied as a table.", crate::formats::views::counted_rows(&table));
                self.session.say(words);
            }
            Action::CountSuggestions => {
                let count = !self.session.counts_suggestions();
                self.session.run(Command::CountSuggestions(count));
            }
            Action::TrySample => self.session.add_articles(SAMPLE),
            Action::Save => self.session.run(Command::Save),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Action::Undo => self.run(Command::Undo),
            Action::Redo => self.run(Command::Redo),
            Action::ToggleDone => self.toggle_done(),
            Action::RemoveArticles => {
                for article in self.state.concerned() {
                    self.session.run(Command::RemoveArticle(article));
                }
            }
            Action::Toggle(place) => {
                if !self.state.folded.remove(&place) {
                    self.state.folded.insert(place);
                }
            }
            Action::NextPlace | Action::PreviousPlace => {
                self.focus(self.state.place_after(if action == Action::NextPlace { 1 } else { -1 }));
                self.keyboard.by_place = true;
            }
            Action::OpenMenu(menu) => {
                self.state.menu = Some(menu);
                self.enter_menu(ctx);
            }
            Action::ShowView(view) => {
                self.reconciliation.open(view);
                self.focus(Place::Reconciliation);
            }
            Action::Rule(ruling) => self.begin_ruling(ruling),
            Action::NextArticle | Action::PreviousArticle => {
                let forwards = action == Action::NextArticle;
                let next = steps::neighbour_article(self.articles.order(), self.state.article.as_ref(), forwards);
                if let Some(article) = next {
                    self.show_article(article);
                }
            }
            Action::FilterArticles => {
                self.state.folded.remove(&Place::Articles);
                self.articles.focus_filter();
            }
            Action::Threshold(grade) => self.state.threshold = grade,
            Action::SetLook(look) => self.set_look(ctx, look),
            Action::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Action::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Action::ZoomReset => ctx.set_zoom_factor(1.0),
            Action::FullScreen => {
                let on = ctx.input(|input| input.viewport().fullscreen).unwrap_or(false);
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!on));
            }
            Action::Best(rule) => self.session.run(Command::SetBestRule(rule)),
            Action::AcceptAllSureEverywhere => {
                self.session.run(Command::AcceptAll { article: None, at_least: Grade::Sure });
                self.let_go();
            }
            _ => self.act_on_claims(action),
        }
    }

    /// An action on suggestions and claims.
    fn act_on_claims(&mut self, action: Action) {
        match action {
            Action::NextSuggestion | Action::PreviousSuggestion => {
                let forwards = action == Action::NextSuggestion;
                if let Some(key) = steps::neighbour(&self.session, &self.state, forwards) {
                    self.state.chosen = Chosen::Suggestion(key);
                    self.state.selection = None;
                } else if let Some(key) =
                    steps::waiting_elsewhere(&self.session, &self.state, self.articles.order(), forwards)
                {
                    self.show_suggestion(&key);
                }
            }
            Action::Accept | Action::Reject => {
                if let Chosen::Suggestion(key) = self.state.chosen.clone() {
                    self.run(if action == Action::Accept { Command::Accept(key) } else { Command::Reject(key) });
                }
            }
            Action::Edit => self.focus(Place::Inspector),
            Action::AcceptAllSure => {
                let article = self.state.article.clone();
                self.session.run(Command::AcceptAll { article, at_least: Grade::Sure });
                self.let_go();
            }
            Action::Tag(digit) => {
                let category = self.session.codebook().category_of_digit(digit);
                if let Some(category) = category.map(|category| category.id.clone()) {
                    self.tag(category);
                }
            }
            Action::TagAgain => {
                if let Some(category) = self.state.last_tag.clone() {
                    self.tag(category);
                }
            }
            Action::AddEvidence => {
                if let Some(claim) = steps::with_evidence(&self.session, &self.state) {
                    self.session.run(Command::ChangeClaim { claim: Box::new(claim), label: "add words".into() });
                    self.state.selection = None;
                }
            }
            Action::Teach(sort) => self.teach(sort),
            Action::Swap => self.swap(),
            Action::Nudge(nudge) | Action::NudgeLetter(nudge) => {
                let by_letter = matches!(action, Action::NudgeLetter(_));
                let Chosen::Claim(id) = &self.state.chosen else { return };
                let Some(claim) = self.session.claim(id) else { return };
                let article = self.session.article(&claim.article);
                if let Some(claim) = article.and_then(|article| steps::nudged(claim, &article.text, nudge, by_letter)) {
                    self.session.run(Command::ChangeClaim { claim: Box::new(claim), label: "move boundary".into() });
                }
            }
            Action::NextClaim | Action::PreviousClaim => {
                let forwards = action == Action::NextClaim;
                if let Some(claim) = steps::neighbour_claim(&self.session, &self.state, forwards) {
                    self.state.chosen = Chosen::Claim(claim.id.clone());
                    self.state.selection = None;
                }
            }
            Action::DeleteClaim => {
                if let Chosen::Claim(id) = self.state.chosen.clone() {
                    self.run(Command::DeleteClaims(vec![id]));
                }
            }
            Action::ChooseNothing if self.state.selection.take().is_none() => {
                self.state.chosen = Chosen::Nothing;
            }
            Action::ShowFact => {
                let Chosen::Claim(id) = &self.state.chosen else { return };
                let fact = self.session.shown_facts().facts_of(id).next().map(|(fact, _)| fact.id.clone());
                if fact.is_some() {
                    self.state.fact = fact;
                    self.reconciliation.follow_anew();
                    self.focus(Place::Reconciliation);
                }
            }
            Action::ShowWords => self.show_words(),
            _ => {}
        }
    }

    /// Opens the form of a ruling on what the keyboard is at, or on what is chosen.
    fn begin_ruling(&mut self, ruling: Ruling) {
        let Some(row) = steps::ruled(&self.session, &self.state) else { return };
        if self.reconciliation.begin(ruling, &row, &self.session) {
            self.state.folded.remove(&Place::Reconciliation);
            self.state.active = Place::Reconciliation;
        } else {
            self.session.say("This claim has joined no fact yet.".to_owned());
        }
    }

    /// Lights up the words of the next reason of what is chosen, or of the row that the keyboard is at,
    /// and says which it is; after the last comes the first.
    fn show_words(&mut self) {
        let Some(of) = steps::reasoned(&self.session, &self.state) else { return };
        let reasons = steps::reasons(&self.session, &of);
        let before = self.state.reason.take().filter(|shown| shown.of == of);
        if reasons.is_empty() {
            self.session.say("None of its fields rests on words of the text.".to_owned());
            return;
        }
        let place = before.map_or(0, |shown| (shown.place + 1) % reasons.len());
        let reason = &reasons[place];
        let quotes = self.session.article(&reason.article).map_or_else(Vec::new, |article| {
            let words = |span: &Span| format!("“{}”", super::words::shown(article, *span));
            reason.spans.iter().map(words).collect()
        });
        let words = format!("Reason {} of {}, {}: {}", place + 1, reasons.len(), reason.of, quotes.join(", "));
        self.show_article(reason.article.clone());
        self.state.jump = Some(reason.spans.clone());
        self.state.reason = Some(ShownReason { of, place, field: reason.field, words });
    }

    fn tag(&mut self, category: Name) {
        if let (Some(article), Some(span)) = (self.state.article.clone(), self.state.selection) {
            self.run(Command::Tag { article, span, category });
        } else if let Chosen::Claim(id) = &self.state.chosen
            && let Some(claim) = self.session.claim(id)
        {
            let mut claim = claim.clone();
            self.state.last_tag = Some(category.clone());
            claim.reading.category = category;
            let by_hand = crate::claim::Provenance { how: crate::claim::How::Hand, evidence: Vec::new() };
            claim.trace.insert(crate::claim::Field::Category, by_hand);
            self.session.run(Command::ChangeClaim { claim: Box::new(claim), label: "set category".into() });
        }
    }

    /// Asks what the selected words are; of a chosen suggestion, those of its count.
    fn teach(&mut self, sort: WordSort) {
        let chosen = steps::chosen_reading(&self.session, &self.state).and_then(|reading| reading.count.span);
        let of = steps::chosen_span(&self.session, &self.state);
        let selected = self.state.article.clone().zip(self.state.selection);
        let words = selected.or_else(|| of.map(|(article, span)| (article, chosen.unwrap_or(span))));
        if let Some((article, span)) = words {
            self.state.word = Some(WordTask::Teach { sort, article, span });
            self.state.sheets.insert(Sheet::Word);
        }
    }

    fn swap(&mut self) {
        match self.state.chosen.clone() {
            Chosen::Nothing => {}
            Chosen::Claim(id) => {
                let Some(claim) = self.session.claim(&id) else { return };
                let (reading, trace) = steps::swapped(&claim.reading, &claim.trace);
                let claim = crate::claim::Claim { reading, trace, ..claim.clone() };
                self.session.run(Command::ChangeClaim { claim: Box::new(claim), label: "swap direction".into() });
            }
            Chosen::Suggestion(key) => {
                let Some(suggestion) = steps::suggestion(&self.session, &key) else { return };
                let (reading, trace) = steps::swapped(&suggestion.reading, &suggestion.trace);
                self.run(Command::AcceptAs { suggestion: key, reading: Box::new(reading), trace });
            }
        }
    }

    fn toggle_done(&mut self) {
        let concerned = self.state.concerned();
        let articles = &self.session.workspace().articles;
        let done = |id: &ArticleId| articles.get(id).is_some_and(|record| record.progress == Progress::Done);
        let progress = if concerned.iter().all(done) { Progress::InProgress } else { Progress::Done };
        for article in concerned {
            self.session.run(Command::SetProgress(article, progress));
        }
    }

    fn ask(&mut self, ctx: &egui::Context, purpose: Purpose) {
        let ctx = ctx.clone();
        let name = self.session.project_name().to_lowercase().replace(char::is_whitespace, "-");
        self.dialogs.ask(purpose, &name, Box::new(move || ctx.request_repaint()));
    }
}
