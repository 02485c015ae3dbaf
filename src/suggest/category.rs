//! What is counted: the category, by noun, state, frame or parallel.

use super::clauses::{Verb, transfers};
use super::counted::{Counted, is_plural};
use super::lexicon_pass::{Forms, PartyWord, bit};
use super::roles::{Roles, Tie};
use super::scene::Scene;
use super::sheet::{Sheet, What};
use crate::claim::{Cue, Name, NounClass, Role};
use std::ops::Range;

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

/// The rule of people who were shot, of whom no more is told.
const SHOT: &str = "shot: read as killed";
/// The rule of victims, of whom no more is told.
const VICTIMS: &str = "victims: read as the dead";

/// The category that phrase and frame give; `None` where nothing is said of people.
pub(super) fn of(
    sheet: &Sheet<'_>,
    scene: &Scene,
    phrase: &Counted<'_>,
    verbs: &[Verb],
    roles: &Roles,
) -> Option<Category> {
    let found = told(sheet, scene, phrase, verbs, roles)?;
    let shot = found.rule.is_empty()
        && &*found.id == "killed"
        && sheet.frame(found.unit).is_some_and(|(frame, _)| &*sheet.frame_entry(frame).name == "shoot");
    Some(if shot { Category { rule: SHOT, ..found } } else { found })
}

/// "40 victims": the dead, unless it is said what they are victims of.
pub(super) fn of_victims(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> Option<Category> {
    const SURVIVED: &[&str] = &[
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
    let survived = sheet.cue(of, Cue::Of) && (of + 1..of + 5).any(|unit| sheet.is_any(unit, SURVIVED));
    if survived { None } else { Category::by("killed", at, VICTIMS) }
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
            && sheet.is_any(phrase.unit, &["hundreds", "dozens", "scores", "thousands"]);
        !entry.weak || noun || phrase.people || got || many
    });
    let class = phrase.class();
    // "five soldiers had fallen": others fall without dying.
    let entry = entry.filter(|(entry, _)| &*entry.name != "fall" || class == Some(NounClass::Military));
    // "Fourteen people have been brought out of the building": of a disaster, not of a front.
    let rescued = Name::from("rescued");
    let brought = |at: usize| sheet.word(at).starts_with("brought") || sheet.word(at).starts_with("bring");
    let of_frame = entry.and_then(|(entry, at)| {
        let out = scene.hurt && !scene.conflict && &*entry.name == "evacuate" && brought(at);
        let id = if out { Some(&rescued) } else { entry.category.as_ref() };
        id.map(|id| (id, at))
    });
    if matches!(class, Some(NounClass::Things | NounClass::Group)) {
        return None;
    }
    let fate = of_frame.is_some_and(|(id, _)| !matches!(&**id, "aboard" | "other" | "displaced"));
    let bodies = class == Some(NounClass::Bodies);
    if !fate
        && !bodies
        && let Some(unit) = aboard(sheet, phrase.phrase.end)
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
        let object = roles.verb.is_some_and(|(_, tie)| matches!(tie, Tie::Object | Tie::Dative));
        // "gave a toll of 12 dead" hands nobody over.
        let figure = |at: usize| (at + 1..phrase.phrase.start).any(|unit| sheet.cue(unit, Cue::Figures));
        let moved = moved && !entry.is_some_and(|(_, at)| figure(at));
        if moved && object && phrase.is_state(sheet) && noun.category.as_deref() == Some("killed") {
            return Category::by("bodies", at, "");
        }
        if matches!(noun.class, NounClass::Bodies | NounClass::Events | NounClass::Toll) || phrase.is_state(sheet) {
            return noun.category.as_ref().and_then(|id| Category::stated(id, at));
        }
        // "12 hostages were killed" are killed; "captured 12 hostages" are hostages; "80 passengers
        // were taken hostage" are hostages, "12 prisoners crossed the bridge" prisoners.
        let held = noun.category.as_deref().is_some_and(|id| matches!(id, "prisoners" | "hostages"));
        let aboard = noun.category.as_deref() == Some("aboard");
        if let Some((id, frame_at)) = of_frame
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
        // "relatives of the 23 dead miners", "searched for the two missing boys"
        if noun.category.is_none()
            && of_frame.is_none()
            && let Some((state, at)) = phrase.state
            && !entry.is_some_and(|(entry, _)| transfers(entry.subject))
        {
            return state.category.as_ref().and_then(|id| Category::stated(id, at));
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
        && (phrase.people || class == Some(NounClass::People))
        && scene.captives
    {
        return Category::by(scene.captive(sheet.words, None), at, "people in a transfer");
    }
    let back = roles.captivity || roles.home.is_some();
    if let (None, Some(home)) = (entry, roles.home) {
        // "300 of our people are home"
        let ours = class == Some(NounClass::People) && phrase.owner.is_some() && (scene.captives || scene.conflict);
        let held = class == Some(NounClass::Military) || ours;
        return held.then(|| Category { id: "prisoners".into(), unit: home, rule: "soldiers who are home again" });
    }
    let (entry, at) = entry?;
    if !(transfers(entry.subject) || back) {
        return None;
    }
    // "released", "swapped" tell that they were held; "sent home" tells it only between two foes.
    let freed = !MOVES.contains(&&*entry.name);
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
        Some(NounClass::Civilian) if scene.uprooted && !held && RETURNS.contains(&&*entry.name) => {
            Category::by("displaced", at, "people sent back")
        }
        Some(NounClass::Civilian) => Category::stated(&"civilians".into(), phrase.noun?.1),
        // Those who take hostages get fighters of theirs back for them.
        Some(NounClass::Military) if held && captive == "hostages" && is_of_a_group(phrase) => {
            Category::by("prisoners", at, "soldiers in a transfer are prisoners")
        }
        Some(NounClass::Military) if held || own || back || !SENDS.contains(&&*entry.name) => {
            Category::by(captive, at, "soldiers in a transfer are prisoners")
        }
        Some(NounClass::People) if held && is_frail(sheet, phrase) => {
            Category::by("civilians", at, "women and children in a transfer")
        }
        Some(NounClass::People) if held => Category::by(captive, at, "people in a transfer"),
        _ if phrase.people && held => Category::by(captive, at, "people in a transfer"),
        Some(NounClass::People) if back || own || RETURNS.contains(&&*entry.name) => {
            Category::by("displaced", at, "people sent back")
        }
        _ if phrase.people => Category::by("displaced", at, "people sent back"),
        _ => None,
    }
}

/// "lists 31 people as missing", "38 people alive", "six were in the regional hospital", "funerals for 58
/// soldiers": what stands right behind the counted, or in front of them, tells what they are.
fn of_predicate(sheet: &Sheet<'_>, scene: &Scene, phrase: &Counted<'_>) -> Option<Category> {
    let sounds = phrase.unknown_head.is_some_and(|unit| sounds_like_people(sheet.word(unit)));
    let named = phrase.noun.is_some_and(|(noun, _)| noun.category.is_none());
    let plain = phrase.is_elliptical() || phrase.people || named || sounds;
    let living = plain || phrase.class() == Some(NounClass::Civilian);
    let end = phrase.phrase.end;
    let state = |unit: usize| {
        let of_noun = sheet.noun(unit).filter(|_| !is_plural(sheet.word(unit))).and_then(|n| n.category.as_ref());
        let of_frame = || {
            let (frame, forms) = sheet.frame(unit)?;
            forms.has(Forms::PARTICIPLE).then(|| sheet.frame_entry(frame).category.as_ref()).flatten()
        };
        of_noun
            .or_else(of_frame)
            .filter(|id| matches!(&***id, "missing" | "killed" | "wounded" | "displaced" | "detained"))
    };
    if living
        && sheet.is_any(end, &["as"])
        && let Some(id) = state(end + 1)
    {
        return Category::stated(id, end + 1);
    }
    if plain && !scene.captives && sheet.is_any(end, &["alive"]) {
        return Category::by("rescued", end, "");
    }
    // The words that bury somebody are one with their preposition.
    let before = phrase.unit.saturating_sub(1);
    let buries = |frame: u16| &*sheet.frame_entry(frame).name == "bury";
    if living && sheet.frame(before).is_some_and(|(frame, forms)| buries(frame) && forms.has(Forms::NOUN)) {
        return Category::by("killed", before, "");
    }
    // "Six people were in the regional hospital with severe burns", "three remain in intensive care"
    let mut at = end;
    while at < end + 4
        && (sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Adverb))
            || sheet.word(at).starts_with("remain")
            || sheet.is_any(at, &["still", "being", "lie", "lay", "treated"]))
    {
        at += 1;
    }
    if living && at > end && sheet.any_cue(at, bit(Cue::In)) {
        let hospital = (at + 1..at + 6)
            .take_while(|unit| sheet.what(*unit) == What::Word)
            .find(|unit| sheet.is_any(*unit, &["hospital", "hospitals", "intensive care", "intensive"]));
        return hospital.and_then(|unit| Category::by("wounded", unit, ""));
    }
    None
}

/// "taken to a hospital in Chania", "carried 640 people out of the town": where people are brought tells why.
fn carried(sheet: &Sheet<'_>, frame: &str, verb: usize, phrase: &Counted<'_>) -> Option<Category> {
    const REACH: usize = 9;
    let plain = phrase.is_elliptical() || phrase.people || phrase.noun.is_some_and(|(noun, _)| noun.category.is_none());
    let from = phrase.phrase.end.max(verb + 1);
    let behind = |first: &[&str]| (from..from + 3).find(|unit| sheet.is_any(*unit, first));
    if !plain {
        return None;
    }
    if matches!(frame, "take" | "transfer" | "transport" | "carry")
        && let Some(to) = behind(&["to", "into"])
    {
        let end = (to + 1..to + REACH).find(|unit| sheet.what(*unit) != What::Word).unwrap_or(to + REACH);
        let hospital = (to + 1..end)
            .find(|unit| sheet.is_any(*unit, &["hospital", "hospitals", "clinic", "clinics", "infirmary"]));
        return hospital.and_then(|unit| Category::by("wounded", unit, ""));
    }
    if frame == "send"
        && let Some(to) = behind(&["to"])
        && let Some(grave) = (to + 1..to + 3).find(|unit| sheet.is_any(*unit, &["graves", "deaths"]))
    {
        return Category::by("killed", grave, "");
    }
    let out = matches!(frame, "take" | "transport" | "carry").then(|| behind(&["out"])).flatten()?;
    sheet.cue(out + 1, Cue::Of).then(|| Category::by("displaced", out, "")).flatten()
}

/// "were released on bond": those whom a court or the police let go were never prisoners of a side.
pub(super) fn is_on_bail(sheet: &Sheet<'_>, verb: usize) -> bool {
    (verb + 1..verb + 7).any(|unit| {
        sheet.is_any(unit, &["on", "without", "under"])
            && sheet.is_any(unit + 1, &["bail", "bond", "parole", "charge", "charges", "caution", "guarantee"])
    })
}

/// Frames that move people who need not have been held.
const MOVES: &[&str] = &[
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
const RETURNS: &[&str] =
    &["return", "send back", "send home", "come home", "bring home", "bring back", "repatriate", "welcome back"];

/// Those of them that move one's own soldiers as well.
const SENDS: &[&str] = &["send", "deliver", "transfer", "give", "get", "deploy", "find", "identify", "collect"];

/// Whether the counted are called as an armed group's people are.
fn is_of_a_group(phrase: &Counted<'_>) -> bool {
    const OF_A_GROUP: &[&str] =
        &["fighter", "militant", "rebel", "insurgent", "jihadist", "jihadi", "guerrilla", "gunman", "commander"];
    let form = phrase.noun.and_then(|(noun, _)| noun.forms.first());
    form.is_some_and(|form| OF_A_GROUP.contains(&&**form))
}

/// Whether the counted are women, children or old people by their noun.
fn is_frail(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    phrase.noun.is_some_and(|(_, at)| {
        ["woman", "women", "child", "girl", "boy", "elderly", "baby", "babies", "infant"]
            .iter()
            .any(|stem| sheet.word(at).contains(stem))
    })
}

/// Soldiers, or people of one of two foes, whom the other holds are its prisoners.
fn of_hold(
    sheet: &Sheet<'_>,
    scene: &Scene,
    phrase: &Counted<'_>,
    roles: &Roles,
    id: &str,
    at: usize,
) -> Option<Category> {
    let holds = id == "detained" && sheet.frame(at).is_some_and(|(frame, _)| &*sheet.frame_entry(frame).name == "hold");
    let own = phrase.party.filter(|(party, _)| scene.conflict && scene.has(*party));
    let agent = roles.agent.and_then(|slot| slot.party);
    let foe = own.is_some_and(|(party, _)| agent.is_none_or(|agent| agent != party));
    let civilian = phrase.class() == Some(NounClass::Civilian);
    if holds && foe && !civilian {
        return Category::by("prisoners", at, "people of one of two foes, held by the other");
    }
    // "the gunmen are still holding six teachers": where people were taken and nobody is a prisoner, those whom
    // neither the police nor a court holds.
    let state = agent.is_some_and(|agent| sheet.words.parties[agent as usize].state);
    let lawful = (at.saturating_sub(8)..at).any(|unit| {
        sheet.any_cue(unit, bit(Cue::Body))
            || sheet.is_any(unit, &["police", "authorities", "court", "army", "officers"])
    });
    let kidnapped =
        holds && phrase.owner.is_none() && scene.captive(sheet.words, agent) == "hostages" && !state && !lawful;
    if kidnapped { Category::by("hostages", at, "held by those who took people") } else { None }
}

/// "23 combatants abducted by the Thai army": soldiers whom soldiers take are no hostages.
fn of_capture(sheet: &Sheet<'_>, scene: &Scene, phrase: &Counted<'_>, id: &str, at: usize) -> Option<Category> {
    let soldiers = phrase.class() == Some(NounClass::Military)
        || phrase.below.is_some_and(|noun| noun.class == NounClass::Military)
        || phrase.is_elliptical() && scene.states;
    let by_army = sheet.cue(at + 1, Cue::By)
        && (at + 2..at + 7).take_while(|unit| sheet.what(*unit) == What::Word).any(|unit| {
            // "Thai army" may be one unit, the name of a body.
            let last = sheet.word(unit).rsplit(' ').next().unwrap_or_default();
            ["army", "military", "forces", "troops", "navy", "guards"].contains(&last)
        });
    (id == "hostages" && soldiers && by_army).then(|| Category {
        id: "prisoners".into(),
        unit: at,
        rule: "soldiers whom an army took",
    })
}

/// Whether an unknown plural looks like a word for people: "hackers", "lobbyists", "Congolese".
pub(super) fn sounds_like_people(word: &str) -> bool {
    ["ers", "ists", "ants", "ians", "ors", "men", "women", "ees", "ese", "ites", "kids", "mates"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// "181 people aboard", "three soldiers were also on the plane": the unit that says so.
fn aboard(sheet: &Sheet<'_>, end: usize) -> Option<usize> {
    if sheet.cue(end, Cue::Aboard) {
        return Some(end);
    }
    let mut at = end;
    while at < end + 4 && (sheet.cue(at, Cue::Be) || sheet.cue(at, Cue::Adverb) || sheet.cue(at, Cue::Have)) {
        at += 1;
    }
    if sheet.cue(at, Cue::Aboard) && at > end {
        return Some(at);
    }
    let on = sheet.cue(at, Cue::In) && sheet.cue(at + 1, Cue::Determiner);
    (on && (at + 2..at + 4).any(|unit| sheet.cue(unit, Cue::Vessel))).then_some(at)
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

/// "The death toll rose to 45", "put the toll at 41": the word for a count in front of the number.
pub(super) fn of_toll(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let person = phrase.noun.is_some_and(|(noun, _)| noun.category.is_none() && noun.class == NounClass::People);
    if !(phrase.is_elliptical() || person) {
        return None;
    }
    let mut before = phrase.phrase.start.checked_sub(1).filter(|unit| *unit >= sentence.start)?;
    while before > sentence.start && sheet.cue(before, Cue::Adverb) && !sheet.cue(before, Cue::ToDate) {
        before -= 1;
    }
    if sheet.reporting(before).is_some()
        && let Some(id) = toll_of(sheet.word(before))
    {
        return Category::stated(&id.into(), before);
    }
    const REACHES: &[&str] = &[
        "reach",
        "reached",
        "reaches",
        "reaching",
        "hit",
        "hits",
        "past",
        "passed",
        "passes",
        "above",
        "exceeded",
        "exceeds",
        "surpassed",
        "surpasses",
        "tops",
        "topped",
        ":",
        "nears",
        "neared",
        "from",
        "down from",
        "up from",
        "raised from",
        "revised from",
        "stands at",
        "stood at",
        "climbs",
        "reach",
        "exceed",
        "pass",
        "top",
        "surpass",
        "passes",
        "exceeds",
        "total",
        "totaled",
        "totalled",
        "was",
        "is",
        "rises",
        "rose",
        "climbed",
        "jumps",
        "jumped",
        "grew",
        "grows",
        "soars",
        "soared",
        "mounts",
    ];
    let opens = sheet.tokens.read_of(sheet.units[phrase.unit].first as usize..sheet.units[phrase.unit].last as usize);
    let leads = REACHES.iter().any(|word| opens.starts_with(word) && opens.as_bytes().get(word.len()) == Some(&b' '))
        || sheet.any_cue(before, bit(Cue::To) | bit(Cue::In) | bit(Cue::Of) | bit(Cue::Be) | bit(Cue::ToDate))
        || sheet.is_any(before, REACHES);
    if !leads {
        return None;
    }
    for unit in (sentence.start..before).rev() {
        // "the number of martyrs has reached", "the number of Ukrainians returned to"
        if sheet.is_any(unit, &["number", "total number"]) && sheet.cue(unit + 1, Cue::Of) {
            let found = (unit + 2..before.min(unit + 7)).find_map(|at| {
                let of_noun = sheet.noun(at).and_then(|noun| noun.category.clone());
                let of_frame = || {
                    let (frame, forms) = sheet.frame(at)?;
                    forms.has(Forms::PARTICIPLE).then(|| sheet.frame_entry(frame).category.clone()).flatten()
                };
                of_noun.or_else(of_frame).and_then(|id| Category::stated(&id, at))
            });
            return found;
        }
        if sheet.is_noun(unit, NounClass::Toll) {
            return match &sheet.noun(unit)?.category {
                Some(id) => Category::stated(id, unit),
                None => Category::by("killed", unit, "a toll without a word is of the dead"),
            };
        }
        if sheet.is_punct_any(unit, &[";", ":"]) || sheet.what(unit) == What::Break {
            return None;
        }
    }
    None
}

/// What "put the toll at", "put the number of injured at" puts.
fn toll_of(words: &str) -> Option<&'static str> {
    let has = |word: &str| words.contains(word);
    match () {
        () if has("injured") || has("wounded") => Some("wounded"),
        () if has("missing") => Some("missing"),
        () if has("displaced") => Some("displaced"),
        () if has("toll") || has("dead") || has("deaths") || has("killed") => Some("killed"),
        () => None,
    }
}

/// "bringing to 14 the number of bodies recovered there": the words for the count behind it.
pub(super) fn of_toll_behind(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let behind = phrase.phrase.end;
    let at = behind + usize::from(sheet.any_cue(behind, bit(Cue::Determiner)));
    if !phrase.is_elliptical() || at == behind {
        return None;
    }
    if let Some(noun) = sheet.noun(at).filter(|noun| noun.class == NounClass::Toll) {
        let id = noun.category.clone().unwrap_or_else(|| "killed".into());
        return Category::stated(&id, at);
    }
    if !(sheet.is_any(at, &["number", "total"]) && sheet.cue(at + 1, Cue::Of)) {
        return None;
    }
    (at + 2..sentence.end.min(at + 8)).find_map(|unit| {
        let of_noun = sheet.noun(unit).and_then(|noun| noun.category.clone());
        let of_frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.clone());
        of_noun.or_else(of_frame).and_then(|id| Category::stated(&id, unit))
    })
}

/// "Fifteen soldiers were among 29 people killed": the whole stands behind.
pub(super) fn among(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let mut at = phrase.phrase.end;
    while sheet.cue(at, Cue::Be) || sheet.cue(at, Cue::Adverb) {
        at += 1;
    }
    if at == phrase.phrase.end || !sheet.is_any(at, &["among"]) {
        return None;
    }
    (at + 1..sentence.end.min(at + 8)).find_map(|unit| {
        let of_noun = sheet.noun(unit).and_then(|noun| noun.category.clone());
        let of_frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.clone());
        let id = of_noun.or_else(of_frame)?;
        Some(Category { id, unit, rule: "a part of the whole" })
    })
}

/// A dash between a label and its figure: "Missing – 12".
fn is_dash(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_punct_any(unit, &["-", "\u{2013}", "\u{2014}"]) && !sheet.is_glued(unit) && !sheet.is_glued(unit + 1)
}

/// Whether a sentence tells who those before are: "Among them are 280 soldiers and 20 civilians".
pub(super) fn tells_of_them(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> bool {
    let opens = sentence.start..sentence.end.min(sentence.start + 2);
    opens.into_iter().any(|unit| {
        sheet.is_any(unit, &["among"]) && sheet.is_any(unit + 1, &["them", "those", "these"]) && phrase.unit <= unit + 9
    })
}

/// "Of the dead, 84 were Egyptians", "The dead include 41 protesters": the whole that a count is a part of.
pub(super) fn of_whole(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let mut at = phrase.phrase.start;
    let mut linked = false;
    // "Killed: 45" is a label, and no part of anything.
    let mut colon = false;
    while at > sentence.start {
        let unit = at - 1;
        let link = sheet.word(unit).starts_with("includ")
            || sheet.word(unit).starts_with("compris")
            || sheet.is_punct_any(unit, &[",", ":"])
            || is_dash(sheet, unit)
            || sheet.cue(unit, Cue::Be);
        colon |= sheet.is_punct(unit, ":") || is_dash(sheet, unit);
        if !(link || sheet.cue(unit, Cue::Adverb)) {
            break;
        }
        linked |= link;
        at = unit;
    }
    if !linked || at == sentence.start {
        return None;
    }
    let unit = at - 1;
    if let Some(noun) = sheet.noun(unit)
        && noun.class == NounClass::People
        && let Some(id) = &noun.category
        && (!sheet.word(unit).ends_with('s') || opens_with_all(sheet, sentence, unit))
    {
        // "Of the 12 dead, five": a counted whole comes before; "the dead" is one without a count.
        return Category::by(id, unit, if colon { "" } else { "a part of the whole" });
    }
    let (frame, forms) = sheet.frame(unit)?;
    let those = unit > sentence.start && sheet.is_any(unit - 1, &["those", "people", "persons"]);
    let id = sheet.frame_entry(frame).category.as_ref()?;
    let rule = if colon { "" } else { "a part of the whole" };
    (forms.has(Forms::PARTICIPLE) && (those || colon)).then(|| Category { id: id.clone(), unit, rule })
}

/// The noun of "Of the teachers, four are men", which says of itself nothing of what happened to them.
pub(super) fn whole_noun<'a>(
    sheet: &Sheet<'a>,
    phrase: &Counted<'_>,
    sentence: &Range<usize>,
) -> Option<&'a crate::claim::NounEntry> {
    let comma = phrase.phrase.start.checked_sub(1).filter(|unit| sheet.is_punct(*unit, ","))?;
    let unit = comma.checked_sub(1).filter(|unit| *unit > sentence.start)?;
    let noun = sheet.noun(unit).filter(|noun| noun.category.is_none() && noun.class != NounClass::Things)?;
    (phrase.is_elliptical() && is_plural(sheet.word(unit)) && opens_with_all(sheet, sentence, unit)).then_some(noun)
}

/// "Of the survivors, 29 are Gambians": all of them, without a count.
fn opens_with_all(sheet: &Sheet<'_>, sentence: &Range<usize>, noun: usize) -> bool {
    noun >= sentence.start + 2
        && sheet.cue(noun - 1, Cue::Determiner)
        && sheet.cue(noun - 2, Cue::Of)
        && (noun - 2 == sentence.start || !sheet.cue(noun - 3, Cue::And) && sheet.what(noun - 3) != What::Word)
}

/// "At least 23 Armenians remain in Azerbaijani custody": held, without a verb of holding.
pub(super) fn of_custody(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let people = phrase.people
        || phrase.is_elliptical()
        || matches!(
            phrase.class(),
            Some(NounClass::Civilian | NounClass::Military | NounClass::People | NounClass::Bystanders)
        );
    if !people {
        return None;
    }
    let mut stays = false;
    for unit in phrase.phrase.end..sentence.end.min(phrase.phrase.end + 24) {
        stays |= sheet.cue(unit, Cue::Be)
            || sheet.word(unit).starts_with("remain")
            || sheet.is_any(unit, &["still", "held"]);
        // "four dead and 120 in jail"
        let inside = unit <= phrase.phrase.end + 2 && sheet.cue(phrase.phrase.end, Cue::In) && unit > phrase.phrase.end;
        if sheet.cue(unit, Cue::Captivity) && (stays || inside) {
            let party = (unit.saturating_sub(2)..unit)
                .find(|at| sheet.party_by(*at, &[PartyWord::Adjective, PartyWord::Name, PartyWord::Metonym]).is_some());
            let prison =
                sheet.is_any(unit, &["captivity", "custody", "jail", "jails", "prison", "prisons", "detention"]);
            if party.is_none() && !prison {
                return None;
            }
            let id = if party.is_some() { "prisoners" } else { "detained" };
            return Category::by(id, unit, "");
        }
    }
    None
}
