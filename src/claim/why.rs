//! Why a suggestion reads as it does: the whole trace, and its grade with the reason, in words.

use super::{BUILT_IN, ClaimFlag, Field, Grade, How, Modality, Name, Provenance, Reading, Suggestion, Trace};

impl Field {
    /// What the field is called in a sentence about it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Kind => "sort of figure",
            Self::Category => "category",
            Self::Party => "party",
            Self::From => "giver",
            Self::To => "receiver",
            Self::Date => "date",
            Self::Attribution => "source",
            Self::Modality => "manner",
        }
    }
}

/// A rule of the trace as it is said to a reader. Most rules are named by what they do; those that
/// are terms of the trade are put in plain words.
pub fn rule_in_words(rule: &str) -> &str {
    match rule {
        "two-party complement" => "the other of the two parties",
        "usual opposite" => "the party that it usually faces",
        "parallel count" => "as the count beside it",
        "people in a transfer" => "people who are handed over are prisoners",
        "soldiers in a transfer are prisoners" => "soldiers who are handed over alive are prisoners",
        rule => rule,
    }
}

/// The trace with what goes without saying: a figure that no word makes a plan is an event, one that
/// nobody is named for is the outlet's own.
pub fn whole_trace(reading: &Reading, trace: &Trace) -> Trace {
    let mut whole = trace.clone();
    let mut add = |field: Field, rule: &str| {
        whole.entry(field).or_insert_with(|| Provenance::inferred(rule, []));
    };
    if reading.attribution.chain.is_empty() {
        add(Field::Attribution, "nobody is named for it: the outlet's own voice");
    }
    match (reading.modality, reading.attribution.chain.is_empty()) {
        (Modality::Reported, true) => add(Field::Modality, "no word makes it a plan, a doubt or a denial"),
        (Modality::Reported, false) => add(Field::Modality, "its source says it, and no word makes it doubtful"),
        _ => {}
    }
    if reading.kind == super::Kind::Event {
        add(Field::Kind, "no word makes it a plan, a period or a count to date");
    }
    whole
}

impl Suggestion {
    /// Where each field comes from, with what goes without saying; an outside suggester's as it
    /// gave it.
    pub fn why(&self) -> Trace {
        if *self.suggester == *BUILT_IN { whole_trace(&self.reading, &self.trace) } else { self.trace.clone() }
    }

    /// The grade and its reason: "likely: the giver is inferred".
    pub fn grade_in_words(&self) -> String {
        let grade = self.grade.word();
        if *self.suggester != *BUILT_IN {
            return format!("{grade}: graded by {}", self.suggester);
        }
        let Self { reading, trace, .. } = self;
        let reason = match self.grade {
            Grade::Sure => {
                if inferred(trace).is_empty() {
                    "every field is stated".to_owned()
                } else {
                    "every field is stated, or follows by a rule that has not failed".to_owned()
                }
            }
            Grade::Likely => doubts(reading, trace).unwrap_or_else(|| "not every field is stated".to_owned()),
            Grade::Check => {
                let quantity = &reading.count.quantity;
                if reading.modality == Modality::Denied {
                    "the text denies or withdraws it".to_owned()
                } else if reading.modality == Modality::Hypothetical {
                    "it is hoped, feared or conditional".to_owned()
                } else if reading.flags.contains(&ClaimFlag::DirectionUnclear) {
                    "the text's directions contradict one another".to_owned()
                } else if quantity.low == Some(0) && quantity.high == Some(0) {
                    "it counts nobody".to_owned()
                } else if let Some(How::Inferred { rule }) = trace.get(&Field::Category).map(|p| &p.how) {
                    format!("the category is inferred ({})", rule_in_words(rule))
                } else {
                    doubts(reading, trace).unwrap_or_else(|| "it leans on other figures".to_owned())
                }
            }
        };
        format!("{grade}: {reason}")
    }
}

/// The fields that decide the grade and that no word states.
fn inferred(trace: &Trace) -> Vec<Field> {
    let decisive = [Field::Category, Field::Party, Field::From, Field::To];
    let is = |field: &Field| matches!(trace.get(field).map(|found| &found.how), Some(How::Inferred { .. }));
    decisive.into_iter().filter(is).collect()
}

/// "the category and the giver are inferred, the receiver is not told"
fn doubts(reading: &Reading, trace: &Trace) -> Option<String> {
    let list = |fields: &[Field], one: &str, many: &str| {
        let names: Vec<String> = fields.iter().map(|field| format!("the {}", field.word())).collect();
        let (last, others) = names.split_last()?;
        Some(match others {
            [] => format!("{last} {one}"),
            others => format!("{} and {last} {many}", others.join(", ")),
        })
    };
    let moved = reading.from.is_some() || reading.to.is_some();
    let slots: [(Field, &Option<Name>, bool); 3] =
        [(Field::Party, &reading.party, true), (Field::From, &reading.from, moved), (Field::To, &reading.to, moved)];
    let missing: Vec<Field> =
        slots.iter().filter(|(_, name, wanted)| *wanted && name.is_none()).map(|(field, ..)| *field).collect();
    let parts = [list(&inferred(trace), "is inferred", "are inferred"), list(&missing, "is not told", "are not told")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{ArticleId, Count, Quantity, Span};

    fn suggestion(grade: Grade, change: impl FnOnce(&mut Suggestion)) -> Suggestion {
        let span = Span::new(0, 2);
        let mut suggestion = Suggestion {
            article: ArticleId("a".into()),
            span,
            reading: Reading::new(Count { span: Some(span), quantity: Quantity::exact(38) }, "bodies"),
            trace: Trace::from([(Field::Count, Provenance::stated([span]))]),
            grade,
            suggester: BUILT_IN.into(),
            score: None,
        };
        change(&mut suggestion);
        suggestion
    }

    #[test]
    fn a_grade_says_why() {
        let infer = |s: &mut Suggestion, field| {
            s.trace.insert(field, Provenance::inferred("two-party complement", []));
        };
        let whole = |s: &mut Suggestion| {
            (s.reading.party, s.reading.from) = (Some("A".into()), Some("B".into()));
            s.reading.to = Some("A".into());
        };
        for (suggestion, expected) in [
            (suggestion(Grade::Sure, whole), "sure: every field is stated"),
            (
                suggestion(Grade::Sure, |s| infer(s, Field::From)),
                "sure: every field is stated, or follows by a rule that has not failed",
            ),
            (
                suggestion(Grade::Likely, |s| {
                    whole(s);
                    infer(s, Field::From);
                }),
                "likely: the giver is inferred",
            ),
            (
                suggestion(Grade::Likely, |s| {
                    s.reading.from = Some("B".into());
                    infer(s, Field::From);
                    infer(s, Field::Category);
                }),
                "likely: the category and the giver are inferred, the party and the receiver are not told",
            ),
            (
                suggestion(Grade::Check, |s| s.reading.modality = Modality::Denied),
                "check: the text denies or withdraws it",
            ),
            (suggestion(Grade::Check, |s| s.suggester = "mine".into()), "check: graded by mine"),
        ] {
            assert_eq!(suggestion.grade_in_words(), expected);
        }
    }

    #[test]
    fn the_whole_trace_leaves_no_field_of_a_reading_out() {
        let why = suggestion(Grade::Sure, |_| {}).why();
        for field in [Field::Count, Field::Kind, Field::Attribution, Field::Modality] {
            assert!(why.contains_key(&field), "{field:?}");
        }
        let outside = suggestion(Grade::Check, |s| s.suggester = "mine".into());
        assert_eq!(outside.why(), outside.trace);
    }
}
