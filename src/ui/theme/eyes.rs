//! Whether the colours can be read and told apart, also by eyes that see fewer of them.

use super::*;

fn themes() -> [Theme; 2] {
    [Theme::light(), Theme::dark()]
}

/// Contrast that small words need (level AA of the Web Content Accessibility Guidelines 2.2).
const WORDS: f32 = 4.5;
/// Contrast that long texts need (level AAA).
const TEXT: f32 = 7.0;
/// Contrast that marks and frames need.
const MARKS: f32 = 3.0;

#[track_caller]
fn check(words: Color32, ground: Color32, least: f32, what: &str) {
    let found = contrast(words, ground);
    assert!(found >= least, "{what}: {words:?} on {ground:?} has {found:.2}, and needs {least}");
}

#[test]
fn all_words_stand_out_from_every_ground_that_they_stand_on() {
    for theme in themes() {
        let grounds = [theme.background, theme.panel, theme.reader, theme.field];
        let inks = [
            (theme.text, "text"),
            (theme.secondary, "secondary"),
            (theme.accent, "accent"),
            (theme.good, "good"),
            (theme.doubt, "doubt"),
            (theme.bad, "bad"),
        ];
        for (ink, name) in inks {
            for ground in grounds.into_iter().chain([theme.accent_ground]) {
                check(ink, ground, WORDS, name);
            }
        }
        for ground in grounds {
            check(theme.faint, ground, WORDS, "dimmed markup");
        }
        check(theme.on_accent, theme.accent, WORDS, "a button that is pressed first");
        for ground in [theme.panel, theme.reader] {
            for (name, tint) in &theme.categories {
                check(tint.line, ground, WORDS, name);
            }
        }
    }
}

#[test]
fn the_article_is_as_easy_to_read_under_marks_and_selection() {
    for theme in themes() {
        check(theme.text, theme.reader, TEXT, "the article");
        check(theme.text, theme.reader.blend(theme.selected()), TEXT, "selected");
        for shown in [false, true] {
            check(theme.text, theme.reader.blend(theme.hit(shown)), TEXT, "a hit");
        }
        for (name, tint) in &theme.categories {
            check(theme.text, tint.fill, TEXT, name);
            check(theme.text, tint.fill.blend(theme.selected()), TEXT, &format!("{name}, selected"));
            check(theme.text, tint.fill.blend(theme.hit(true)), WORDS, &format!("{name}, a hit"));
        }
    }
}

#[test]
fn marks_and_frames_stand_out() {
    for theme in themes() {
        for side in &theme.sides {
            check(*side, theme.panel, MARKS, "a side");
        }
        for ground in [theme.background, theme.panel, theme.reader, theme.field, theme.accent_ground] {
            check(theme.accent, ground, MARKS, "the frame of what has the keyboard");
        }
        for (name, tint) in &theme.categories {
            check(tint.line, tint.fill, MARKS, name);
        }
    }
}

/// How a colour is seen, in linear light: by most people, without red, green or blue cones. From
/// G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
/// of Color Vision Deficiency", 2009, at full severity.
const EYES: [(&str, [[f32; 3]; 3]); 4] = [
    ("most people", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn times(matrix: [[f32; 3]; 3], [x, y, z]: [f32; 3]) -> [f32; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// A colour as eyes see it, in Oklab (B. Ottosson, 2020), where distances are those that are felt.
fn seen(colour: Color32, eyes: [[f32; 3]; 3]) -> [f32; 3] {
    let [r, g, b, _] = egui::Rgba::from(colour).to_array();
    let light = times(eyes, [r, g, b]).map(|part| part.clamp(0.0, 1.0));
    let cones = [
        [0.412_221_46, 0.536_332_55, 0.051_445_995],
        [0.211_903_5, 0.680_699_5, 0.107_396_96],
        [0.088_302_46, 0.281_718_85, 0.629_978_7],
    ];
    let lab = [
        [0.210_454_26, 0.793_617_8, -0.004_072_047],
        [1.977_998_5, -2.428_592_2, 0.450_593_7],
        [0.025_904_037, 0.782_771_77, -0.808_675_77],
    ];
    times(lab, times(cones, light).map(f32::cbrt))
}

fn distance(a: Color32, b: Color32, eyes: [[f32; 3]; 3]) -> f32 {
    let (a, b) = (seen(a, eyes), seen(b, eyes));
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
}

/// Twice what is just seen to differ when two colours lie side by side.
const APART: f32 = 0.04;

#[test]
fn categories_are_told_apart_by_all_eyes() {
    for theme in themes() {
        for (eyes, matrix) in EYES {
            for (name, tint) in &theme.categories {
                for (other, beside) in theme.categories.range(name.clone()..).skip(1) {
                    let found = distance(tint.line, beside.line, matrix);
                    assert!(found >= APART, "{name} and {other} for {eyes}, dark {}: {found:.3}", theme.dark);
                }
            }
        }
    }
}

#[test]
fn good_and_bad_and_two_sides_are_told_apart_by_all_eyes() {
    for theme in themes() {
        for (eyes, matrix) in EYES {
            for (a, b) in [(theme.good, theme.bad), (theme.sides[0], theme.sides[1])] {
                let found = distance(a, b, matrix);
                assert!(found >= 2.0 * APART, "{a:?} and {b:?} for {eyes}, dark {}: {found:.3}", theme.dark);
            }
        }
    }
}

#[test]
fn the_measures_are_those_that_are_known() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    assert!((contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.01);
    let [lightness, a, b] = seen(Color32::WHITE, EYES[0].1);
    assert!((lightness - 1.0).abs() < 0.001 && a.abs() < 0.001 && b.abs() < 0.001);
    let (red, green) = (Color32::from_rgb(255, 0, 0), Color32::from_rgb(150, 130, 0));
    assert!(distance(red, green, EYES[2].1) < distance(red, green, EYES[0].1) / 2.0, "the red-green blind");
}
