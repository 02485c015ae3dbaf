use std::io::Write as _;

use super::*;
use crate::article::read::Unpacking;

/// A PDF of these objects, numbered from 1; the first is the catalogue. Each is a dictionary, or a
/// dictionary and a stream.
pub fn pdf(objects: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, (dictionary, stream)) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", n + 1).bytes());
        if stream.is_empty() {
            bytes.extend(dictionary.bytes());
        } else {
            bytes.extend(format!("<< /Length {} {dictionary} >>\nstream\n", stream.len()).bytes());
            bytes.extend(*stream);
            bytes.extend(b"\nendstream");
        }
        bytes.extend(b"\nendobj\n");
    }
    let xref = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).bytes());
    bytes
}

const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A PDF with a page for each of these contents.
pub fn of_pages(contents: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let pages = format!(
        "<< /Type /Pages /Count {} /Kids [ {kids} ] /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> >>",
        contents.len()
    );
    let mut objects: Vec<(String, &[u8])> =
        vec![("<< /Type /Catalog /Pages 2 0 R >>".to_owned(), b""), (pages, b""), (FONT.to_owned(), b"")];
    for (n, (dictionary, stream)) in contents.iter().enumerate() {
        objects.push((format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", 5 + 2 * n), b""));
        objects.push(((*dictionary).to_owned(), stream));
    }
    let objects: Vec<_> = objects.iter().map(|(dictionary, stream)| (dictionary.as_str(), *stream)).collect();
    pdf(&objects)
}

fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Lines of 12 points, each 15 below the last.
fn lines(lines: &[&str]) -> String {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj T*\n")).collect();
    format!("BT /F1 12 Tf 15 TL 50 700 Td\n{shown}ET\n")
}

fn content(bytes: &[u8]) -> Content {
    super::read(bytes, &ReadOptions::default()).expect("a document")
}

fn text(content: &str) -> String {
    super::tests::content(&of_pages(&[("", content.as_bytes().to_vec())])).text.unwrap_or_default()
}

#[test]
fn lines_become_paragraphs_and_the_text_says_that_their_order_is_not_sure() {
    let body = format!(
        "BT /F1 20 Tf 50 750 Td (Two Sides Swap Bodies) Tj ET {} BT /F1 12 Tf 15 TL 50 600 Td (A further 12 were found.) Tj ET",
        lines(&[
            "The two sides swapped the bodies of forty sol-",
            "diers on Monday, officials said, and named 38 of",
            "them."
        ])
    );
    let content = content(&of_pages(&[("/Filter /FlateDecode", flate(body.as_bytes()))]));
    assert_eq!(
        content.text.as_deref(),
        Some(
            "Two Sides Swap Bodies\n\nThe two sides swapped the bodies of forty soldiers on Monday, officials said, and named 38 of them.\n\nA further 12 were found.\n"
        )
    );
    assert_eq!(content.markup.blocks[0].kind, BlockKind::Heading(1));
    assert!(content.remarks[0].span.is_none() && content.remarks[0].text.contains("in which order"));
}

#[test]
fn letters_are_put_together_by_where_they_stand() {
    for (drawn, expected) in [
        // A space that is only a gap; kerning that is none.
        ("BT /F1 12 Tf 50 700 Td [(Forty) -400 (bo) 30 (dies)] TJ ET", "Forty bodies\n"),
        ("BT /F1 12 Tf 1 0 0 1 50 700 Tm (Forty) Tj 1 0 0 1 84 700 Tm (bodies) Tj ET", "Forty bodies\n"),
        // A table.
        ("BT /F1 12 Tf 50 700 Td (Side) Tj 200 0 Td (Bodies) Tj ET", "Side\tBodies\n"),
        // Signs of the encoding, escapes, a raised number.
        ("BT /F1 12 Tf 50 700 Td (\\223Forty\\224 \\(40\\) \\226) Tj ET", "“Forty” (40) –\n"),
        // Bold by drawing twice.
        ("BT /F1 12 Tf 50 700 Td (4) Tj 1 0 0 1 50.3 700 Tm (4) Tj ET", "4\n"),
        // A page that is turned.
        (
            "BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Forty bodies) Tj 0 1 -1 0 315 100 Tm (were named.) Tj ET",
            "Forty bodies were named.\n",
        ),
        // Scaled by the page and not by the font.
        ("12 0 0 12 50 700 cm BT /F1 1 Tf (Forty) Tj 2.9 0 Td (bodies) Tj ET", "Forty bodies\n"),
    ] {
        assert_eq!(text(drawn), expected, "{drawn}");
    }
}

#[test]
fn a_sentence_goes_on_over_the_page_and_what_repeats_there_is_left_out() {
    let page = |n: usize, body: &[&str]| {
        let head = format!("BT /F1 9 Tf 50 780 Td (The Example, page {n}) Tj ET ");
        ("", format!("{head}{}", lines(body)).into_bytes())
    };
    let content = content(&of_pages(&[
        page(1, &["The two sides swapped the bodies of forty"]),
        page(2, &["soldiers on Monday.", "Officials said so."]),
        page(3, &["A further 12 were found."]),
    ]));
    let text = content.text.unwrap_or_default();
    assert!(text.starts_with("The two sides swapped the bodies of forty soldiers on Monday."), "{text}");
    assert!(!text.contains("Example"), "{text}");
    assert!(content.remarks[1].text.starts_with("3 lines that repeat"), "{:?}", content.remarks);
}

#[test]
fn what_has_no_text_or_is_none_is_said() {
    let error = |bytes: &[u8]| super::read(bytes, &ReadOptions::default()).expect_err("refused");
    assert!(error(&of_pages(&[("", b"0 0 m 10 10 l S".to_vec())])).contains("only pictures"));
    assert!(error(b"%PDF-1.7\nnothing").contains("damaged"));
    assert!(error(b"").contains("damaged"));
    let mut large = of_pages(&[("", b"BT ET".to_vec())]);
    large.extend(b"\n<< /#45ncrypt 9 0 R >>\n");
    large.extend(vec![b' '; 1_000_001]);
    assert!(error(&large).contains("protected"));
}

#[test]
fn bombs_are_refused_or_left_out() {
    let limits = Unpacking::default();
    let error = |bytes: &[u8]| super::read(bytes, &ReadOptions::default()).expect_err("refused");
    let spaces = flate(&vec![b' '; 5_000_000]);
    // One that unpacks to a thousand times its length, once and twice packed.
    assert!(error(&of_pages(&[("/Filter /FlateDecode", spaces.clone())])).contains("nothing of it can be unpacked"));
    assert!(error(&of_pages(&[("/Filter [/FlateDecode /FlateDecode]", flate(&spaces))])).contains("nothing of it"));
    assert!(error(&of_pages(&[("/Filter 9 0 R", spaces.clone())])).contains("nothing of it"));
    // Beside a page that is sound, the page is read.
    let good = lines(&["Forty bodies."]).into_bytes();
    let content = content(&of_pages(&[("", good.clone()), ("/Filter /FlateDecode", spaces)]));
    assert_eq!(content.text.as_deref(), Some("Forty bodies.\n"));
    assert!(content.remarks.last().is_some_and(|remark| remark.text.starts_with("1 parts of this PDF")));
    // Forms that draw forms that draw forms: a few bytes come to billions.
    let twice = b"/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do".to_vec();
    let dictionaries: Vec<String> = (0..12)
        .map(|n| {
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", 5 + n)
        })
        .collect();
    let mut objects: Vec<(&str, &[u8])> = vec![
        ("<< /Type /Catalog /Pages 2 0 R >>", b""),
        ("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b""),
        (
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> >>",
            b"",
        ),
        ("", &twice),
    ];
    objects.extend(dictionaries.iter().skip(1).map(|dictionary| (dictionary.as_str(), &twice[..])));
    let options = ReadOptions { unpacking: Unpacking { bytes: 1_000_000, ..limits }, ..ReadOptions::default() };
    assert!(super::read(&pdf(&objects), &options).expect_err("refused").contains("again and again"));
}
