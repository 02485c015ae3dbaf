//! What is counted: the category, by noun, state, frame or parallel.

use std::cell::LazyCell;

use super::captivity::{TAKEN, of_capture, of_hold};
use super::clauses::{Verb, is_of_a_group, transfers};
use super::counted::Counted;
use super::governing::Tie;
use super::lexicon_pass::bit;
use super::predicates::{aboard, carried, is_on_bail, of_predicate};
use super::roles::Roles;
use super::scene::Scene;
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, Name, NounClass, Role};

/// A category, the unit that shows it, and the rule (empty: the words say it).
#[derive(Clone, Debug)]
pub(super) struct Category {
    pub(super) id: Name,
    pub(super) unit: usize,
    pub(super) rule: &'static str,
}

impl Category {
    pub(super) fn stated(id: &Name, unit: usize) -> Option<Self> {
        Some(Self { id: id.clone(), unit, rule: "" })
    }

    pub(super) fn by(id: &str, unit: usize, rule: &'static str) -> Option<Self> {
        Some(Self { id: id.into(), unit, rule })
    }
}

/// The rule of people who are handed over.
pub(super) const MOVED: &str = "people in a transfer";
/// The rule of soldiers who are handed over.
pub(super) const SOLDIERS_MOVED: &str = "soldiers in a transfer are prisoners";
/// The rule of women and children who are handed over.
pub(super) const FAMILIES_MOVED: &str = "women and children in a transfer";
/// The rule of people who are handed over among bodies.
pub(super) const LIKE_BODIES: &str = "handed over like the bodies before";
/// The rule of people who arrive, where many have left their homes.
pub(super) const LEFT: &str = "people on their way, where many have left their homes";
/// The rule of people who were pulled off something: out of danger, or out of a bus.
const PULLED_OFF: &str = "pulled off: read as saved, or as stopped where nobody was in danger";
/// The rule of people whom a ship has taken in.
const TAKEN_ABOARD: &str = "taken aboard: read as saved";
/// The rule of those whom the sea or a river gives back.
const GIVEN_UP: &str = "given back by the water: read as bodies";
/// The rule of people who are lost, of whom no more is told.
const LOST: &str = "lost: read as missing";
/// The rule of people who were shot, of whom no more is told.
const SHOT: &str = "shot: read as killed";
/// The rule of people of whom some died and some are missing or hurt.
const TWO_FATES: &str = "dead or missing: of both together";
/// The rule of people whom earth has buried.
const BURIED: &str = "buried by a slide or a quake: read as missing";
/// The rule of people who were shot in an arm or a leg.
const HIT: &str = "shot in a limb: read as wounded";
/// The rule of victims of a disaster, of whom no more is told, or who are given help.
pub(super) const BEFALLEN: &str = "victims of a disaster: those whom it befell";
/// The rule of victims, of whom no more is told.
pub(super) const VICTIMS: &str = "victims: read as the dead";

/// The category that phrase and frame give; `None` where nothing is said of people.
pub(super) fn of(
    sheet: &Sheet<'_>,
    scene: &Scene,
    phrase: &Counted<'_>,
    verbs: &[Verb],
    roles: &Roles,
) -> Option<Category> {
    let found = told(sheet, scene, phrase, verbs, roles)?;
    let by = |name: &str| {
        found.rule.is_empty()
            && sheet.frame(found.unit).is_some_and(|(frame, _)| &*sheet.frame_entry(frame).name == name)
    };
    // "60 dead or missing": of both together, and of neither alone.
    if matches!(&*found.id, "killed" | "missing" | "wounded") && is_of_two_fates(sheet, found.unit, &found.id) {
        return Category::by("other", found.unit, TWO_FATES);
    }
    // "The landslide buried more than 2,000 people": nobody has laid them to rest.
    if &*found.id == "killed" && by("bury") && !scene.conflict && under_earth(sheet, found.unit) {
        return Category::by("missing", found.unit, BURIED);
    }
    // "was shot in the leg": such a wound is survived.
    if &*found.id == "killed" && by("shoot") && hit_in_a_limb(sheet, found.unit) {
        return Category::by("wounded", found.unit, HIT);
    }
    let rule = match &*found.id {
        "killed" if by("shoot") => SHOT,
        "rescued" | "detained" if by("pull off") || by("pick up") => PULLED_OFF,
        _ => found.rule,
    };
    Some(Category { rule, ..found })
}

/// Whether a word for what became of people is joined with another, and no count stands between: "dead or missing",
/// "killed and wounded".
fn is_of_two_fates(sheet: &Sheet<'_>, unit: usize, id: &str) -> bool {
    let joined = |and: usize| sheet.is_any(and, words!["or", "and"]);
    let other = |at: usize| {
        let of_frame = || {
            let (frame, forms) = sheet.frame(at)?;
            forms
                .has(super::lexicon_pass::Forms::PARTICIPLE)
                .then(|| sheet.frame_entry(frame).category.as_deref())
                .flatten()
        };
        let found = sheet
            .noun(at)
            .filter(|_| !super::counted::is_plural(sheet.word(at)))
            .and_then(|noun| noun.category.as_deref());
        found.or_else(of_frame).is_some_and(|other| other != id && matches!(other, "killed" | "missing" | "wounded"))
    };
    let ends = |at: usize| sheet.what(at) != What::Word || sheet.noun(at).is_none() && sheet.count(at).is_none();
    // "missing and presumed dead": they are the same.
    let same = ["presumed", "feared", "believed", "assumed"].iter().any(|word| sheet.word(unit + 2).starts_with(word));
    // "have died or gone missing" is told of them as of the dead.
    !same
        && sheet.noun(unit).is_some()
        && joined(unit + 1)
        && other(unit + 2)
        && ends(unit + 3)
        && !sheet.is_any(unit + 3, words!["more", "others", "several", "many", "at"])
}

/// Whether a burial is that of a slide or a quake, by the words of its sentence.
fn under_earth(sheet: &Sheet<'_>, buried: usize) -> bool {
    const EARTH: &WordSet = words![
        "landslide",
        "landslides",
        "mudslide",
        "mudslides",
        "avalanche",
        "avalanches",
        "rubble",
        "debris",
        "mud",
        "soil",
        "snow",
        "collapse",
        "collapsed",
        "quake",
        "earthquake",
        "epicentre",
        "epicenter",
        "ruins",
        "rockslide",
        "rocks",
        "homes",
        "houses",
        "alive",
    ];
    const FUNERALS: &WordSet =
        words!["funeral", "funerals", "cemetery", "mourners", "grave", "graves", "coffin", "coffins", "burial", "laid"];
    let sentence = sheet.sentences[sheet.sentence_of(buried)].clone();
    // "The town buried 38 victims of the quake": who buries stands in front, and what buries does, too.
    let passive = buried > sentence.start && sheet.cue(buried - 1, Cue::Be);
    let end = if passive { sentence.end } else { buried };
    (sentence.start..end).any(|unit| EARTH.has(sheet.word(unit)))
        && !sentence.into_iter().any(|unit| FUNERALS.has(sheet.word(unit)))
}

/// Whether a shot is told to have hit an arm or a leg.
fn hit_in_a_limb(sheet: &Sheet<'_>, shot: usize) -> bool {
    const LIMBS: &WordSet = words![
        "leg", "legs", "arm", "arms", "foot", "feet", "hand", "hands", "shoulder", "thigh", "thighs", "knee", "knees",
        "ankle", "hip", "calf", "wrist", "elbow", "buttock", "buttocks",
    ];
    let behind = (shot + 1..shot + 6).take_while(|unit| sheet.what(*unit) == What::Word);
    sheet.any_cue(shot + 1, bit(Cue::In)) && behind.into_iter().any(|unit| LIMBS.has(sheet.word(unit)))
}

/// "40 victims": the dead, unless it is said what they are victims of.
pub(super) fn of_victims(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> Option<Category> {
    const SURVIVED: &WordSet = words![
        "torture",
        "abuse",
        "rape",
        "trafficking",
        "violence",
        "fraud",
        "crime",
        "crimes",
        "persecution",
        "repression",
        "discrimination",
        "harassment",
        "exploitation",
        "landmines",
    ];
    let (_, at) = phrase.noun.filter(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "victim"))?;
    let of = phrase.phrase.end;
    if befallen(sheet, phrase, at) {
        return Category::by("other", at, BEFALLEN);
    }
    let survived = sheet.cue(of, Cue::Of) && (of + 1..of + 5).any(|unit| sheet.is_any(unit, SURVIVED));
    if survived { None } else { Category::by("killed", at, VICTIMS) }
}

/// Whether victims live: "relief for 60,000 flood victims", "reach the thousands of victims of the cyclone".
fn befallen(sheet: &Sheet<'_>, phrase: &Counted<'_>, victims: usize) -> bool {
    const DISASTERS: &WordSet = words![
        "flood",
        "floods",
        "flooding",
        "quake",
        "earthquake",
        "storm",
        "typhoon",
        "cyclone",
        "hurricane",
        "drought",
        "disaster",
        "tsunami",
        "landslide",
        "landslides",
        "mudslide",
        "mudslides",
        "famine",
    ];
    const HELP: &WordSet = words![
        "help",
        "helped",
        "helping",
        "assist",
        "assisted",
        "assisting",
        "aid",
        "aided",
        "relief",
        "assistance",
        "response",
        "support",
        "shelter",
        "food",
        "reach",
        "feed",
        "fed",
        "house",
        "tents",
        "treat",
        "serve",
        "served",
        "supplies",
    ];
    let start = phrase.phrase.start;
    let floor = sheet.sentences[sheet.sentence_of(start)].start.max(start.saturating_sub(6));
    let helped = (floor..start).any(|unit| HELP.has(sheet.word(unit)));
    let of = (phrase.phrase.end + 1..phrase.phrase.end + 5).take_while(|unit| sheet.what(*unit) == What::Word);
    let disaster = victims > phrase.unit + 1 && DISASTERS.has(sheet.word(victims - 1))
        || sheet.cue(phrase.phrase.end, Cue::Of) && of.into_iter().any(|unit| DISASTERS.has(sheet.word(unit)));
    disaster || helped && phrase.phrase.start > floor && sheet.any_cue(start - 1, bit(Cue::To) | bit(Cue::For))
}

/// What phrase and frame tell.
fn told(sheet: &Sheet<'_>, scene: &Scene, phrase: &Counted<'_>, verbs: &[Verb], roles: &Roles) -> Option<Category> {
    let verb = roles.verb.map(|(index, _)| &verbs[index]);
    let entry = verb.and_then(|v| v.frame.map(|frame| (sheet.frame_entry(frame), v.at)));
    let whither = entry.and_then(|(entry, at)| carried(sheet, &entry.name, at, phrase));
    // A common verb tells only where a known noun stands with it.
    let entry = entry.filter(|(entry, _)| {
        let noun = phrase.noun.is_some_and(|(noun, _)| {
            // "Germany sent 50 rescuers" hands nobody over.
            entry.category.is_some() || noun.category.is_some() || noun.class == NounClass::Military
        });
        // "Ukraine got 50 men": between two foes they were held.
        let got = scene.conflict && entry.subject == Role::Receiver && phrase.class() == Some(NounClass::People);
        // "Police hold hundreds after protests"
        let many = &*entry.name == "hold"
            && phrase.is_elliptical()
            && sheet.is_any(phrase.unit, words!["hundreds", "dozens", "scores", "thousands"]);
        !entry.weak || noun || phrase.people || got || many
    });
    let class = phrase.class();
    let sounds = phrase.unknown_head.is_some_and(|unit| sounds_like_people(sheet.word(unit)));
    // "They took 13 people", "the police count 87 taken": where people were kidnapped.
    let takes = |frame: Option<u16>| frame.is_some_and(|frame| &*sheet.frame_entry(frame).name == "take");
    let taken = verb.filter(|v| takes(v.frame)).map(|v| v.at);
    let taken = taken.or(phrase.marked.filter(|(frame, _)| takes(Some(*frame))).map(|(_, at)| at));
    let plain = class == Some(NounClass::People) || class == Some(NounClass::Civilian) || phrase.is_elliptical();
    let uncategorised = phrase.noun.is_none_or(|(noun, _)| noun.category.is_none());
    if let Some(at) = taken.filter(|_| plain && uncategorised && whither.is_none() && phrase.owner.is_none())
        && scene.captives
        && scene.captive(sheet.words, None) == "hostages"
        && (matches!(sheet.what(phrase.phrase.end), What::Punct | What::Break)
            || sheet.cue(phrase.phrase.end, Cue::From))
    {
        return Category::by("hostages", at, TAKEN);
    }
    // "Police searched for two gunmen": they are wanted, and not missed.
    let wanted = phrase
        .noun
        .is_some_and(|(noun, _)| is_of_a_group(noun) || noun.forms.first().is_some_and(|form| &**form == "suspect"));
    let entry = entry.filter(|(entry, _)| {
        let other = class == Some(NounClass::Military) || phrase.noun.is_some_and(|(noun, _)| noun.category.is_some());
        !(&*entry.name == "search for" && wanted) && !(&*entry.name == "move" && other)
    });
    // "five soldiers had fallen": others fall without dying.
    let entry = entry.filter(|(entry, _)| &*entry.name != "fall" || class == Some(NounClass::Military));
    // "Fourteen people have been brought out of the building": of a disaster, not of a front.
    let (rescued, detained) = (LazyCell::new(|| "rescued".into()), LazyCell::new(|| Name::from("detained")));
    let civilians = LazyCell::new(|| Name::from("civilians"));
    let brought = |at: usize| sheet.word(at).starts_with("brought") || sheet.word(at).starts_with("bring");
    let of_frame = entry.and_then(|(entry, at)| {
        let out = scene.hurt && !scene.conflict && &*entry.name == "evacuate" && brought(at);
        // "Fishermen pulled 42 people off the hull", "fighters pulled 15 men off the lorries"
        // "81 were picked up in the market" by the police, and out of no water.
        let picked = &*entry.name == "pick up" && sheet.word(at).starts_with("pick");
        let stopped = (&*entry.name == "pull off" || picked) && !scene.hurt;
        let besieged = &*entry.name == "trap" && scene.conflict && class == Some(NounClass::Civilian);
        let id = match entry.category.as_ref() {
            _ if out => Some(&*rescued),
            _ if stopped => Some(&*detained),
            // "half a million civilians remain trapped in the city": besieged, and not lost.
            _ if besieged => Some(&*civilians),
            id => id,
        };
        id.map(|id| (id, at))
    });
    if matches!(class, Some(NounClass::Things | NounClass::Group)) {
        return None;
    }
    let fate = of_frame.is_some_and(|(id, _)| !matches!(&**id, "aboard" | "other" | "displaced"));
    let bodies = class == Some(NounClass::Bodies);
    // "The lifeboat took 12 people on board": out of the water.
    let object = roles.verb.is_some_and(|(_, tie)| tie == Tie::Object);
    let took = verb.and_then(|v| v.frame).is_some_and(|frame| &*sheet.frame_entry(frame).name == "take");
    let on_board = phrase.noun.filter(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "those on board"));
    let on_board = on_board.map(|(_, at)| at).or_else(|| aboard(sheet, phrase.phrase.end));
    if let Some(unit) = on_board.filter(|_| object && took && scene.hurt) {
        return Category::by("rescued", unit, TAKEN_ABOARD);
    }
    // "the 1,150 political prisoners inside": those whom their noun tells stay what they are.
    let inside = phrase.noun.is_some_and(|(noun, _)| noun.category.is_some()) || scene.captives;
    if !fate
        && !bodies
        && let Some(unit) =
            aboard(sheet, phrase.phrase.end).filter(|unit| !inside || !sheet.is_any(*unit, super::predicates::INSIDE))
    {
        return Category::by("aboard", unit, "");
    }
    if let Some(found) = of_predicate(sheet, scene, phrase) {
        return Some(found);
    }
    if whither.is_some() {
        return whither;
    }
    if let Some((noun, at)) = phrase.noun {
        // "returned 64 dead", "and four dead ones": who is handed over dead is a body.
        let moved = entry.is_some_and(|(entry, _)| transfers(entry.subject) && entry.category.is_none());
        let object = roles.verb.is_some_and(|(_, tie)| matches!(tie, Tie::Object | Tie::Dative | Tie::Theme));
        // "gave a toll of 12 dead" hands nobody over.
        let figure = |at: usize| (at + 1..phrase.phrase.start).any(|unit| sheet.cue(unit, Cue::Figures));
        // "the figure of 400 dead given by the opposition" neither.
        let given = roles.verb.is_some_and(|(_, tie)| tie == Tie::Theme) && entry.is_some_and(|(entry, _)| entry.weak);
        let moved = moved && !given && !entry.is_some_and(|(_, at)| figure(at));
        // "received sixty of our martyrs": so are they, by whatever name.
        let dead = phrase.is_state(sheet) || noun.forms.first().is_some_and(|form| &**form == "martyr");
        if moved && object && dead && noun.category.as_deref() == Some("killed") {
            return Category::by("bodies", at, "");
        }
        // "received 31 deceased soldiers": so are they by what is said of them.
        let lifeless = phrase.state.filter(|(state, _)| state.category.as_deref() == Some("killed"));
        if let Some((_, state)) = lifeless.filter(|_| moved && object && noun.category.is_none()) {
            return Category::by("bodies", state, "");
        }
        if matches!(noun.class, NounClass::Bodies | NounClass::Events | NounClass::Toll) || phrase.is_state(sheet) {
            return noun.category.as_ref().and_then(|id| Category::stated(id, at));
        }
        // "scores of wounded people trapped in the zone" are wounded.
        let caught =
            of_frame.is_some_and(|(id, _)| &**id == "missing") && entry.is_some_and(|(e, _)| &*e.name == "trap");
        if let Some(id) = noun.category.as_ref().filter(|id| caught && &***id == "wounded") {
            return Category::stated(id, at);
        }
        // "the five injured soldiers were evacuated to a hospital"
        let hurt = phrase.state.filter(|(state, _)| state.category.as_deref() == Some("wounded"));
        if let Some((_, state)) = hurt.filter(|_| of_frame.is_some_and(|(id, _)| &**id == "displaced")) {
            return Category::by("wounded", state, "");
        }
        // "the death of 27 people and 140 new cases": who is sick is not dead with those before.
        let sick = noun.category.as_deref() == Some("other")
            && noun.forms.iter().any(|form| matches!(&**form, "case" | "confirmed case" | "infection"));
        let shared = roles.verb.is_some_and(|(_, tie)| matches!(tie, Tie::Parallel | Tie::Nominal));
        if sick && shared {
            return noun.category.as_ref().and_then(|id| Category::stated(id, at));
        }
        // "12 hostages were killed" are killed; "captured 12 hostages" are hostages; "80 passengers
        // were taken hostage" are hostages, "12 prisoners crossed the bridge" prisoners.
        let held = noun.category.as_deref().is_some_and(|id| matches!(id, "prisoners" | "hostages"));
        let aboard = noun.category.as_deref() == Some("aboard");
        // "Twelve inmates escaped": nobody rescued them.
        let fled = (held || noun.category.as_deref() == Some("detained"))
            && entry.is_some_and(|(entry, _)| &*entry.name == "escape");
        if let Some((id, frame_at)) = of_frame.filter(|_| !fled)
            && (noun.category.is_none()
                || aboard && !matches!(&**id, "other" | "aboard")
                || !(matches!(&**id, "prisoners" | "other" | "detained" | "aboard") || held && &**id == "displaced"))
        {
            return of_hold(sheet, scene, phrase, roles, id, frame_at)
                .or_else(|| of_capture(sheet, scene, phrase, id, frame_at))
                .or_else(|| Category::stated(id, frame_at));
        }
        // "of the 303 kidnapped pupils"
        if noun.category.is_none()
            && entry.is_none()
            && roles.home.is_none()
            && let Some((frame, at)) = phrase.marked
            && let Some(id) = &sheet.frame_entry(frame).category
        {
            return Category::stated(id, at);
        }
        // "relatives of the 23 dead miners", "searched for the two missing boys"; "the clinic received twelve
        // injured people" from nobody's captivity.
        let taken_in = |entry: &crate::claim::FrameEntry| {
            entry.subject == Role::Receiver && verb.is_some_and(|v| v.subject.party().is_none()) && !roles.captivity
        };
        if noun.category.is_none()
            && of_frame.is_none()
            && let Some((state, at)) = phrase.state
            && !entry.is_some_and(|(entry, _)| transfers(entry.subject) && !taken_in(entry))
        {
            return state.category.as_ref().and_then(|id| Category::stated(id, at));
        }
        // "captives" are of either kind.
        if noun.forms.first().is_some_and(|form| &**form == "captive") {
            let giver = roles.from.and_then(|from| from.party);
            return Category::by(scene.captive(sheet.words, giver), at, "");
        }
        if let Some(id) = &noun.category {
            // Detainees that are swapped are prisoners.
            let swapped = &**id == "detained"
                && !entry.is_some_and(|(_, at)| is_on_bail(sheet, at))
                && entry.is_some_and(|(entry, _)| transfers(entry.subject) && entry.category.is_none());
            return if swapped { Category::by("prisoners", at, "") } else { Category::stated(id, at) };
        }
    }
    if phrase.noun.is_none()
        && !phrase.people
        && let Some((frame, at)) = phrase.marked
        && let Some(id) = &sheet.frame_entry(frame).category
    {
        // "55 killed, some 230 lost": of a disaster, and of no army.
        if sheet.frame_entry(frame).subject == Role::Loser && !scene.conflict {
            return Category::by("missing", at, LOST);
        }
        return of_capture(sheet, scene, phrase, id, at).or_else(|| Category::stated(id, at));
    }
    if let Some((id, at)) = of_frame {
        // "captured 12 positions", "lost 3 seats": an unknown plural is people only where it sounds so.
        let lost = entry.is_some_and(|(entry, _)| entry.subject == Role::Loser);
        let certain = matches!(&**id, "killed" | "wounded") && !lost;
        let people = phrase.unknown_head.is_none_or(|unit| certain || sounds_like_people(sheet.word(unit)));
        let held = || {
            of_hold(sheet, scene, phrase, roles, id, at)
                .or_else(|| of_capture(sheet, scene, phrase, id, at))
                .or_else(|| Category::stated(id, at))
        };
        return if people { held() } else { None };
    }
    // "sixty freed men": let go by somebody, though not in this sentence.
    if entry.is_none()
        && let Some((frame, at)) = phrase.marked
        && matches!(&*sheet.frame_entry(frame).name, "free" | "release" | "swap" | "exchange" | "liberate")
        && (phrase.people || class == Some(NounClass::People) || sounds)
        && scene.captives
    {
        return Category::by(scene.captive(sheet.words, None), at, MOVED);
    }
    let back = roles.captivity || roles.home.is_some();
    if let (None, Some(home)) = (entry, roles.home) {
        // "300 of our people are home"
        let ours = class == Some(NounClass::People) && phrase.owner.is_some() && (scene.captives || scene.conflict);
        let held = class == Some(NounClass::Military) || ours;
        return held.then(|| Category { id: "prisoners".into(), unit: home, rule: "soldiers who are home again" });
    }
    // "1,940 people have reached the coast", "arrivals": where many have left their homes.
    let arrived = entry.filter(|(entry, _)| matches!(&*entry.name, "reach" | "arrive"));
    let arrivals = phrase.noun.filter(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "arrival"));
    if scene.leaving && (class == Some(NounClass::People) || phrase.people) && (arrived.is_some() || arrivals.is_some())
    {
        let at = arrived.map_or(phrase.unit, |(_, at)| at);
        return Category::by("displaced", at, LEFT);
    }
    let (entry, at) = entry?;
    if !(transfers(entry.subject) || back) {
        return None;
    }
    // "Seven were released on bail"
    if matches!(&*entry.name, "release" | "free") && (phrase.people || phrase.is_elliptical()) && is_on_bail(sheet, at)
    {
        return Category::by("detained", at, "");
    }
    // "The sea gave back the two others"
    if transfers(entry.subject)
        && (class == Some(NounClass::People) || phrase.people || phrase.is_elliptical())
        && let Some(water) = (at.saturating_sub(2)..at).find(|unit| sheet.is_any(*unit, WATERS))
    {
        return Category::by("bodies", water, GIVEN_UP);
    }
    // "released", "swapped" tell that they were held; "sent home" tells it only between two foes.
    let freed = !MOVES.has(&entry.name);
    let back_home = matches!(&*entry.name, "send home" | "send back" | "come home");
    let captives = scene.captives && !scene.uprooted;
    let held = freed || roles.captivity || captives || scene.conflict && !back_home;
    let own = phrase.party.is_some_and(|(party, _)| roles.from.is_none_or(|from| from.party != Some(party)));
    // Soldiers between two states are its prisoners, whoever else was kidnapped.
    let soldiers = class == Some(NounClass::Military) && scene.states;
    let captive =
        if soldiers { "prisoners" } else { scene.captive(sheet.words, roles.from.and_then(|from| from.party)) };
    match class {
        // "38,000 compatriots returned": among refugees.
        Some(NounClass::Civilian) if scene.uprooted && !held && RETURNS.has(&entry.name) => {
            Category::by("displaced", at, "people sent back")
        }
        // "Nine teachers freed": of those who were kidnapped.
        Some(NounClass::Civilian) if freed && captive == "hostages" && scene.hostages && !scene.conflict => {
            Category::by(captive, at, MOVED)
        }
        Some(NounClass::Civilian) => Category::stated(&"civilians".into(), phrase.noun?.1),
        // Those who take hostages get fighters of theirs back for them.
        Some(NounClass::Military)
            if held && captive == "hostages" && phrase.noun.is_some_and(|(noun, _)| is_of_a_group(noun)) =>
        {
            Category::by("prisoners", at, SOLDIERS_MOVED)
        }
        Some(NounClass::Military) if held || own || back || !SENDS.has(&entry.name) => {
            Category::by(captive, at, SOLDIERS_MOVED)
        }
        Some(NounClass::People) if held && is_frail(sheet, phrase) => Category::by("civilians", at, FAMILIES_MOVED),
        Some(NounClass::People) if held => Category::by(captive, at, MOVED),
        _ if held && (phrase.people || sounds) => Category::by(captive, at, MOVED),
        Some(NounClass::People) if back || own || RETURNS.has(&entry.name) => {
            Category::by("displaced", at, "people sent back")
        }
        _ if phrase.people => Category::by("displaced", at, "people sent back"),
        _ => None,
    }
}

/// What gives back those whom it has drowned or buried.
const WATERS: &WordSet = words![
    "sea",
    "ocean",
    "river",
    "lake",
    "water",
    "waters",
    "waves",
    "tide",
    "flood",
    "floodwaters",
    "mud",
    "rubble",
    "glacier",
    "ice",
];

/// Frames that move people who need not have been held.
const MOVES: &WordSet = words![
    "return",
    "send",
    "send back",
    "send home",
    "come home",
    "bring home",
    "bring back",
    "deliver",
    "transfer",
    "give",
    "get",
    "receive",
    "accept",
    "repatriate",
    "welcome back",
    "collect",
    "find",
    "identify",
    "deploy",
    "recover",
];

/// Those of them that bring people back to where they belong.
const RETURNS: &WordSet =
    words!["return", "send back", "send home", "come home", "bring home", "bring back", "repatriate", "welcome back"];

/// Those of them that move one's own soldiers as well.
const SENDS: &WordSet = words!["send", "deliver", "transfer", "give", "get", "deploy", "find", "identify", "collect"];

/// Whether the counted are women, children or old people by their noun.
fn is_frail(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    phrase.noun.is_some_and(|(_, at)| {
        ["woman", "women", "child", "girl", "boy", "elderly", "baby", "babies", "infant"]
            .iter()
            .any(|stem| sheet.word(at).contains(stem))
    })
}

/// Whether an unknown plural looks like a word for people: "hackers", "lobbyists", "Congolese".
pub(super) fn sounds_like_people(word: &str) -> bool {
    const THINGS: &WordSet = words![
        "towers",
        "flowers",
        "papers",
        "numbers",
        "rivers",
        "powers",
        "orders",
        "containers",
        "trailers",
        "tankers",
        "launchers",
        "bunkers",
        "shelters",
        "quarters",
        "headquarters",
        "letters",
        "corners",
        "borders",
        "centers",
        "counters",
        "chapters",
        "doors",
        "floors",
        "motors",
        "tractors",
        "errors",
        "reactors",
        "colors",
        "mirrors",
        "sectors",
        "factors",
        "corridors",
        "excavators",
        "generators",
        "elevators",
        "plants",
        "restaurants",
        "grants",
        "pants",
        "hectares",
        "freighters",
        "trawlers",
        "cruisers",
        "choppers",
        "bombers",
        "carriers",
        "boosters",
        "servers",
        "printers",
        "filters",
        "layers",
        "meters",
        "posters",
        "banners",
        "stickers",
        "summers",
        "winters",
        "answers",
        "offers",
        "matters",
        "manners",
        "fingers",
        "shoulders",
        "boulders",
        "ladders",
        "craters",
        "fires",
        "wires",
        "tires",
        "acres",
        "theaters",
        "semiconductors",
        "monitors",
        "sensors",
        "detectors",
        "indicators",
        "burners",
        "coolers",
        "freezers",
        "computers",
        "scooters",
        "rickshaws",
        "bulldozers",
        "diggers",
        "loaders",
        "dumpers",
        "tenders",
        "disasters",
        "encounters",
        "transfers",
        "covers",
        "members of parliament",
        "suspenders",
    ];
    if THINGS.has(word) {
        return false;
    }
    ["ers", "herds", "ists", "ants", "ians", "ors", "men", "women", "ees", "ese", "ites", "kids", "mates"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// What an elliptical count counts, by the noun in front of it or the topic: "Gets 35", "157 for 157".
pub(super) fn of_parallel(sheet: &Sheet<'_>, phrase: &Counted<'_>, verbs: &[Verb], roles: &Roles) -> Option<Category> {
    let (index, tie) = roles.verb?;
    let verb = &verbs[index];
    if tie != Tie::Object || !verb.frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject)) {
        return None;
    }
    // "swapped prisoners on a 157-for-157 basis"
    (verb.at + 1..phrase.phrase.start).find_map(|unit| {
        let id = sheet.noun(unit)?.category.clone()?;
        let id = if &*id == "detained" { "prisoners".into() } else { id };
        Some(Category { id, unit, rule: "the noun behind the verb" })
    })
}
