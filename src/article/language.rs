//! Which parts of an article are not English.
//!
//! Decided block by block, since translated pages, bulletins in two languages and long quotations
//! are common: an English article stays one around a Russian paragraph, and the other way round.
//! A block is English where its small words are; only one that has hardly any is given to the
//! trigrams of the `whatlang` crate. Short blocks in Latin letters ("Kyiv: 1,000") tell nothing by
//! themselves and follow the rest of the article; a headline alone is taken as English.

use whatlang::{Lang, Script};

use super::{Block, BlockKind, Markup, Remark};
use crate::claim::{Name, Span};

/// A stretch of blocks in one language that is not English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignPassage {
    /// From the start of its first block to the end of its last.
    pub span: Span,
    /// The English name of the language: "Russian".
    pub language: Name,
}

/// What languages an article is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// The language of most of it, where that is not English.
    pub main: Option<Name>,
    /// The parts that are not English, in order, not overlapping.
    pub foreign: Vec<ForeignPassage>,
}

/// Words that make a text English: frequent in it, and no words of other languages in Latin letters.
const SMALL: &[&str] = &[
    "after", "and", "are", "at", "been", "but", "by", "for", "from", "had", "has", "have", "his", "into", "it", "its",
    "more", "of", "over", "said", "says", "than", "that", "the", "their", "they", "this", "to", "were", "which", "who",
    "will", "with", "would",
];
/// So many small words, of all that were looked at, make a block English.
const ENOUGH: usize = 3;
/// Blocks in Latin letters of fewer words tell nothing.
const FEWEST_WORDS: usize = 5;
/// So many words of a block are looked at. What follows them is in the same language.
const LOOKED_AT: usize = 60;
/// And so many bytes are given to the trigrams.
const SAMPLE: usize = 1200;

/// So many passages are pointed out one by one.
const POINTED_OUT: usize = 50;

impl Languages {
    /// Of a text without markup.
    pub fn of_plain(text: &str) -> Self {
        languages(text, &Markup::of_plain(text))
    }

    /// In a few words, for the line over an article: "in Russian", "partly in French and Russian";
    /// `None` where all is English.
    pub fn in_words(main: Option<&Name>, foreign: &[ForeignPassage]) -> Option<String> {
        if let Some(main) = main {
            return Some(format!("in {main}"));
        }
        let mut names: Vec<&str> = foreign.iter().map(|passage| &*passage.language).collect();
        names.sort_unstable();
        names.dedup();
        let (last, others) = names.split_last()?;
        Some(match others {
            [] => format!("partly in {last}"),
            others => format!("partly in {} and {last}", others.join(", ")),
        })
    }
}

/// The languages of an article, with what a reader should know of them.
pub(super) fn languages_of(text: &str, markup: &Markup) -> (Languages, Vec<Remark>) {
    let found = languages(text, markup);
    let mut remarks = Vec::new();
    if let Some(words) = Languages::in_words(found.main.as_ref(), &found.foreign) {
        remarks.push(Remark { span: None, text: format!("{words}: {ONLY}") });
    }
    let odd = found.foreign.iter().filter(|passage| found.main.as_ref() != Some(&passage.language));
    remarks.extend(
        odd.take(POINTED_OUT).map(|passage| Remark {
            span: Some(passage.span),
            text: format!("This is in {}: {ONLY}", passage.language),
        }),
    );
    (found, remarks)
}

/// What is suggested where a text is not English.
const ONLY: &str = "only numbers and dates are suggested there, to be checked.";

/// What a block shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    English,
    Foreign(&'static str),
}

/// The languages of a text with its blocks.
pub(super) fn languages(text: &str, markup: &Markup) -> Languages {
    let read = |block: &Block| block.kind != BlockKind::Furniture;
    let blocks: Vec<(Span, Shown)> = (markup.blocks.iter().filter(|block| read(block)))
        .filter_map(|block| Some((block.span, shown(text.get(block.span.range())?))))
        .collect();
    let weight = |of: &dyn Fn(Shown) -> bool| -> u64 {
        blocks.iter().filter(|(_, shown)| of(*shown)).map(|(span, _)| span.len() as u64).sum()
    };
    let mut languages: Vec<&'static str> =
        blocks.iter().filter_map(|(_, s)| if let Shown::Foreign(name) = s { Some(*name) } else { None }).collect();
    if languages.is_empty() {
        return Languages::default();
    }
    languages.sort_unstable();
    languages.dedup();
    let english = weight(&|shown| shown == Shown::English);
    let main = (languages.into_iter().map(|name| (weight(&|shown| shown == Shown::Foreign(name)), name)))
        .filter(|(weight, _)| *weight > english)
        .max_by_key(|(weight, name)| (*weight, std::cmp::Reverse(*name)))
        .map(|(_, name)| name);
    let mut foreign: Vec<ForeignPassage> = Vec::new();
    let mut broken = true;
    for (span, shown) in blocks {
        let name = match (shown, main) {
            (Shown::Foreign(name), _) => name,
            (Shown::Nothing, Some(main)) => main,
            _ => {
                broken = true;
                continue;
            }
        };
        match foreign.last_mut().filter(|last| !broken && *last.language == *name) {
            Some(last) => last.span.end = span.end,
            None => foreign.push(ForeignPassage { span, language: name.into() }),
        }
        broken = false;
    }
    Languages { main: main.map(Name::from), foreign }
}

fn shown(block: &str) -> Shown {
    let (mut words, mut small) = (0, 0);
    let (mut latin, mut other) = (0, 0);
    for word in block.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty()) {
        // Without spaces between words, letters are what can be counted.
        if word.is_ascii() {
            latin += word.len();
            small += usize::from(is_small(word));
        } else {
            for letter in word.chars().take(400) {
                if is_latin(letter) { latin += 1 } else { other += 1 }
            }
        }
        words += 1;
        if small >= ENOUGH && small * 12 >= words && other <= latin {
            return Shown::English;
        }
        if words >= LOOKED_AT {
            break;
        }
    }
    if other <= latin && (words < FEWEST_WORDS || small * 12 >= words && small > 0) {
        return if small > 0 { Shown::English } else { Shown::Nothing };
    }
    if other + latin < 2 {
        return Shown::Nothing;
    }
    named(block, other > latin)
}

/// The language of a block that is not in English words, by its trigrams.
fn named(block: &str, other_script: bool) -> Shown {
    let end = (0..=SAMPLE.min(block.len())).rev().find(|at| block.is_char_boundary(*at)).unwrap_or(0);
    let Some(info) = whatlang::detect(&block[..end]) else {
        return if other_script { Shown::Foreign("a language that is not English") } else { Shown::Nothing };
    };
    match info.lang() {
        // A script of its own is no English, however sure the language is.
        _ if other_script && info.script() == Script::Latin => Shown::Nothing,
        lang if other_script => Shown::Foreign(by_letters(block, lang)),
        Lang::Eng => Shown::Nothing,
        lang if info.is_reliable() => Shown::Foreign(lang.eng_name()),
        _ => Shown::Nothing,
    }
}

/// Letters that only one of two close languages has decide more surely than trigrams of a few words.
fn by_letters(block: &str, lang: Lang) -> &'static str {
    let ukrainian = |c: char| matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ');
    let russian = |c: char| matches!(c, 'ы' | 'э' | 'ъ' | 'ё' | 'Ы' | 'Э' | 'Ъ' | 'Ё');
    match lang {
        Lang::Rus | Lang::Ukr | Lang::Bel | Lang::Bul | Lang::Srp | Lang::Mkd => {
            match (block.chars().any(ukrainian), block.chars().any(russian)) {
                (true, false) if lang != Lang::Bel => "Ukrainian",
                (false, true) if lang != Lang::Bul && lang != Lang::Bel => "Russian",
                // Every eighth letter of Ukrainian is one of its own.
                (false, false) if lang == Lang::Ukr && block.chars().count() > 40 => "Russian",
                _ => lang.eng_name(),
            }
        }
        // Without a word of the one or the other, Han letters alone are Chinese.
        Lang::Cmn => "Chinese",
        lang => lang.eng_name(),
    }
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii() || matches!(u32::from(letter), 0xC0..=0x24F | 0x1E00..=0x1EFF)
}

fn is_small(word: &str) -> bool {
    if word.len() > 5 {
        return false;
    }
    let mut lower = [0; 5];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    SMALL.binary_search_by(|small| small.as_bytes().cmp(lower)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_of(text: &str) -> Option<String> {
        languages(text, &Markup::of_plain(text)).main.map(|name| name.to_string())
    }

    #[test]
    fn small_words_are_sorted() {
        assert!(SMALL.is_sorted());
    }

    #[test]
    fn articles_in_other_languages_are_recognised() {
        for (text, expected) in [
            ("Россия передала Украине тела 1000 погибших военнослужащих. Украина передала России 38 тел.", "Russian"),
            ("Україна повернула тіла 1000 загиблих захисників. Росії передали 38 тіл.", "Ukrainian"),
            (
                "La Russie a remis jeudi à l'Ukraine les corps de 1 000 soldats, a annoncé le ministère dans un \
                 communiqué publié sur son site.",
                "French",
            ),
            (
                "Russland hat der Ukraine am Donnerstag die Leichen von 1.000 Soldaten übergeben, wie die Behörden in \
                 Kiew mitteilten.",
                "German",
            ),
            (
                "Rusia entregó el jueves a Ucrania los cuerpos de 1.000 soldados, según informó el ministerio en un \
                 comunicado.",
                "Spanish",
            ),
            ("سلمت روسيا أوكرانيا جثث 1000 جندي يوم الخميس، بحسب ما أعلنت الوزارة.", "Arabic"),
            ("רוסיה העבירה לאוקראינה את גופותיהם של 1,000 חיילים ביום חמישי, כך מסר המשרד.", "Hebrew"),
            (
                "Rusya perşembe günü Ukrayna'ya 1.000 askerin cenazesini teslim etti, bakanlık yaptığı açıklamada \
                 bunu doğruladı.",
                "Turkish",
            ),
            ("俄罗斯周四向乌克兰移交了1000名士兵的遗体,乌克兰则归还了38具遗体。", "Chinese"),
            ("ロシアは木曜日、兵士1000人の遺体をウクライナに引き渡した。", "Japanese"),
            ("러시아는 목요일 우크라이나에 병사 1000명의 시신을 넘겨주었다.", "Korean"),
        ] {
            assert_eq!(main_of(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn english_is_not_taken_for_anything_else() {
        for text in [
            "",
            "1,000",
            "Kyiv receives 1,000 bodies",
            "Ukraine, Russia swap 300 POWs",
            "Russia, Ukraine exchange prisoners, bodies",
            "38 killed, 120 injured in Kharkiv missile strike",
            "Hamas frees three Israeli hostages; Israel releases 183 Palestinian prisoners",
            "Zelensky: Russia returns 6,057 bodies under Istanbul agreements",
            "Kremlin aide Medinsky confirms second-stage repatriation",
            "Azerbaijan, Armenia swap 32 captives via Georgia mediators",
            "M23 rebels seize Goma airport; 700 dead, 2,800 wounded",
            "Death toll rises",
            "PKK, SDF, HTS, IRGC, UNIFIL",
            "Mostafa Abdel-Fattah Al-Masri, Ibrahim Hassan, Fatima Al-Zahra",
            "Moscow Times | Wikipedia | Telegram | RBC",
            "Dnipropetrovsk Zaporizhzhia Kharkiv Donetsk Luhansk Kherson Mykolaiv",
            "Russia handed over the bodies of 1,000 soldiers to Ukraine on Thursday, the ministry said.",
            "Residents fear fresh attacks following heavy overnight shelling",
        ] {
            assert_eq!(main_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_mixed_article_is_read_block_by_block() {
        let text = "Bodies exchanged\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine on Thursday, and \
                    the ministry said that it had received them.\n\nРоссия передала Украине тела 1000 погибших \
                    военнослужащих.\n\n38\n\nUkraine returned the bodies of 38 servicemen, who were from the Kursk \
                    region.";
        let found = languages(text, &Markup::of_plain(text));
        assert_eq!(found.main, None);
        let passages: Vec<_> = found.foreign.iter().map(|f| (f.span.of(text), &*f.language)).collect();
        assert_eq!(passages, [("Россия передала Украине тела 1000 погибших военнослужащих.", "Russian")]);
    }

    #[test]
    fn what_is_too_short_to_tell_follows_the_article() {
        let text = "Échange de corps\n\nLa Russie a remis jeudi à l'Ukraine les corps de 1 000 soldats, a annoncé le \
                    ministère dans un communiqué publié sur son site.\n\n38 corps";
        let found = languages(text, &Markup::of_plain(text));
        assert_eq!(found.main.as_deref(), Some("French"));
        assert_eq!(found.foreign.len(), 1);
        assert_eq!(found.foreign[0].span, Span::new(0, text.len()));
    }
}
