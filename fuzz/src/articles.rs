//! What must hold of the readers of articles for any file, and files to try them on.
//!
//! Shared by the runner in this folder, the libFuzzer targets, and `tests/any_file.rs`, which replays
//! the corpus and a few thousand seeds in every test run.
//!
//! A file is composed of what its format is made of, well or badly put together, packed as the format
//! packs it, and sometimes broken afterwards: bytes exchanged, cut, doubled.

use std::io::{Cursor, Write as _};

use super::random::Random;
use tallymark::article::{Article, Format, ReadOptions, hidden, split};
use tallymark::claim::Span;

/// Panics with a sentence where something does not hold.
pub fn check(name: &str, bytes: &[u8]) {
    // Small limits, so that a file of some kilobytes comes up to them.
    let mut small = ReadOptions { max_bytes: 200_000, max_table_bytes: 400_000, ..ReadOptions::default() };
    small.unpacking.bytes = 2_000_000;
    small.unpacking.depth = 40;
    for options in [ReadOptions { whole_page: true, ..small.clone() }, small] {
        let Ok(opened) = split(name, bytes, &options) else { continue };
        for part in opened.parts.iter().take(20) {
            let Ok(article) = opened.read(part) else { continue };
            sound(&article, options.max_bytes);
            let again = opened.read(part).expect("what was read once is read again");
            assert_eq!((&article.text, &article.markup), (&again.text, &again.markup), "twice is not the same");
        }
    }
}

fn sound(article: &Article, limit: usize) {
    let text = &*article.text;
    assert!(text.len() <= limit, "a text beyond the limit");
    assert!(!text.contains('\r'), "a line end that is none");
    let fits = |span: Span, what: &str| {
        let words = Span::checked(text, span.start as usize, span.end as usize);
        assert!(words.is_some(), "{what} at {span:?} is no stretch of {text:?}");
    };
    let mut end = 0;
    for block in &article.markup.blocks {
        fits(block.span, "a block");
        assert!(block.span.start >= end && !block.span.of(text).trim().is_empty(), "{block:?} in {text:?}");
        end = block.span.end;
    }
    for spans in [&article.markup.syntax, &article.markup.links] {
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?} overlap");
        spans.iter().for_each(|span| fits(*span, "markup"));
    }
    for span in article.markup.strong.iter().chain(&article.markup.emphasis) {
        fits(*span, "emphasis");
    }
    for remark in &article.remarks {
        remark.span.into_iter().for_each(|span| fits(span, "a remark"));
    }
    hidden(text).into_iter().for_each(|hidden| fits(hidden.span, "what is hidden"));
}

/// A file with its name, made from a seed: the same everywhere.
pub fn file(random: &mut Random) -> (String, Vec<u8>) {
    let format = *random.pick(&Format::ALL);
    file_of(format, random)
}

/// A file of one format.
pub fn file_of(format: Format, random: &mut Random) -> (String, Vec<u8>) {
    let mut bytes = match format {
        Format::Text | Format::Markdown => compose(random, MARKS, 40).into_bytes(),
        Format::Html => html(random),
        Format::Mhtml | Format::Mail => mail(random),
        Format::Docx => {
            let body = nested(random, DOCX, SOUND_DOCX, 50);
            let body = format!("<?xml version='1.0'?><w:document><w:body>{body}</w:body></w:document>");
            let styles = "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style></w:styles>";
            zip(&[
                ("word/document.xml", &body),
                ("word/styles.xml", styles),
                ("word/footnotes.xml", &nested(random, DOCX, SOUND_DOCX, 8)),
            ])
        }
        Format::Odt => {
            let body = nested(random, ODT, "<text:p>Forty <text:span>bodies</text:span></text:p>", 50);
            zip(&[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", &format!("<office:text>{body}</office:text>")),
            ])
        }
        Format::Epub => {
            let pages = [compose(random, HTML, 30), compose(random, HTML, 10)];
            let package = "<package><metadata><dc:title>A</dc:title><dc:date>2026</dc:date></metadata><manifest>\
                           <item id='a' href='a%20b.html' media-type='text/html'/><item id='b' href='./x/../b.html' media-type='text/html'/></manifest>\
                           <spine><itemref idref='b'/><itemref idref='a'/><itemref idref='c'/></spine></package>";
            zip(&[
                ("META-INF/container.xml", "<container><rootfile full-path='o/p.opf'/></container>"),
                ("o/p.opf", package),
                ("o/a b.html", &pages[0]),
                ("o/b.html", &pages[1]),
            ])
        }
        Format::Pdf => pdf(random),
        Format::Csv => begun(random, "title,text\nA,Forty bodies were returned.\n", CELLS),
        Format::JsonLines => begun(random, "{\"text\":\"Forty bodies were returned.\"}\n", JSON),
    };
    // Most of what is packed is refused after the slightest damage.
    let packed = matches!(format, Format::Docx | Format::Odt | Format::Epub | Format::Pdf);
    if !packed || random.chance(30) {
        for _ in 0..random.below(4) {
            damage(random, &mut bytes);
        }
    }
    (format!("a.{}", random.pick(format.extensions())), bytes)
}

/// Exchanges, takes away, doubles or moves some bytes.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    let length = 1 + random.below(16.min(bytes.len() - at));
    match random.below(6) {
        0 => bytes[at] = random.below(256) as u8,
        1 => bytes[at] ^= 1 << random.below(8),
        2 => drop(bytes.drain(at..at + length)),
        3 => {
            let piece = bytes[at..at + length].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, piece);
        }
        4 => bytes.truncate(at),
        _ => {
            let number = *random.pick(&[0u32, 1, 0xFF, 0x7FFF_FFFF, 0xFFFF_FFFF]);
            for (place, byte) in number.to_le_bytes().into_iter().enumerate() {
                if let Some(there) = bytes.get_mut(at + place) {
                    *there = byte;
                }
            }
        }
    }
}

fn compose(random: &mut Random, from: &[&str], most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(most) {
        match random.below(12) {
            0 => text.extend(char::from_u32(random.below(0x11_0000) as u32)),
            1 | 2 => text.push_str(random.pick::<&str>(WORDS)),
            _ => text.push_str(random.pick::<&str>(from)),
        }
    }
    text
}

/// Mostly a sound beginning, then anything.
fn begun(random: &mut Random, sound: &str, from: &[&str]) -> Vec<u8> {
    let head = if random.chance(70) { sound } else { "" };
    format!("{head}{}", compose(random, from, 40)).into_bytes()
}

/// Elements in each other, mostly closed in order.
fn nested(random: &mut Random, elements: &[&str], sound: &str, most: usize) -> String {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    for _ in 0..random.below(most) {
        match random.below(10) {
            0..=3 => {
                let element = *random.pick(elements);
                let name = element.split([' ', '/']).next().unwrap_or_default();
                text.push_str(&format!("<{element}>"));
                if !element.ends_with('/') {
                    open.push(name);
                }
            }
            4..=6 => {
                if let Some(name) = open.pop() {
                    text.push_str(&format!("</{name}>"));
                }
            }
            7 if random.chance(50) => text.push_str(sound),
            7 => text.push_str(random.pick::<&str>(&[
                "&amp;",
                "&#8220;",
                "&#0;",
                "&x;",
                "&",
                "<![CDATA[40]]>",
                "<!-- no -->",
                "<?x?>",
            ])),
            _ => text.push_str(random.pick::<&str>(WORDS)),
        }
    }
    if random.chance(90) {
        open.iter().rev().for_each(|name| text.push_str(&format!("</{name}>")));
    }
    text
}

/// A page: a sound one in which something was put, or nothing but pieces, deep or flat, in some
/// encoding, which it may tell the truth about.
fn html(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    let encoding =
        *random.pick(&["utf-8", "utf-8", "utf-8", "windows-1251", "koi8-r", "iso-2022-jp", "gb18030", "utf-16"]);
    let said = if random.chance(60) { encoding } else { random.pick::<&str>(CHARSETS) };
    let whole = random.chance(50);
    if whole {
        let declared = match random.below(4) {
            0 => String::new(),
            1 => format!("<meta charset={said}>"),
            2 => format!("<meta http-equiv='Content-Type' content='text/html; charset={said}'>"),
            _ => format!("<?xml version='1.0' encoding='{said}'?>"),
        };
        text.push_str(&format!(
            "<!doctype html><html><head>{declared}<title>Exchange</title></head><body><h1>Exchange</h1>"
        ));
    }
    for _ in 0..1 + random.below(6) {
        if whole {
            text.push_str("<p>Forty bodies were returned &mdash; 38 of them soldiers’. Вернули 12 тел.</p>");
        }
        match random.below(6) {
            // As deep as a page can be, closed or not.
            0 => {
                let element = *random.pick(NESTED);
                let times = *random.pick(&[3, 40, 400, 3_000]);
                text.push_str(&format!("<{element}>").repeat(times));
                text.push_str("Forty bodies");
                if random.chance(50) {
                    let name = element.split(' ').next().unwrap_or_default();
                    text.push_str(&format!("</{name}>").repeat(random.below(times + 2)));
                }
            }
            // Very many of the same beside each other.
            1 => {
                let piece = *random.pick(HTML);
                text.push_str(&piece.repeat(*random.pick(&[2, 20, 200, 2_000])));
            }
            // A tag of attributes.
            2 => {
                let attributes = (0..random.below(40)).map(|_| *random.pick(ATTRIBUTES)).collect::<Vec<_>>().join(" ");
                text.push_str(&format!("<{} {attributes}>", random.pick::<&str>(NESTED)));
            }
            // Rows and cells wherever they come.
            3 => {
                let pieces = [
                    "<table>",
                    "<tr>",
                    "<td>",
                    "<th colspan=99999>",
                    "<caption>",
                    "<tbody>",
                    "<thead>",
                    "</table>",
                    "</tr>",
                    "</td>",
                    "12",
                    "killed",
                    "<p>",
                    "<table><td>",
                ];
                for _ in 0..random.below(60) {
                    text.push_str(random.pick::<&str>(&pieces));
                }
            }
            4 => {
                for _ in 0..random.below(30) {
                    text.push_str(random.pick::<&str>(ENTITIES));
                }
            }
            _ => text.push_str(&compose(random, HTML, 40)),
        }
    }
    if whole && random.chance(70) {
        text.push_str("</body></html>");
    }
    match encoding {
        "utf-16" => {
            let little = random.chance(50);
            let mark = if random.chance(70) { "\u{feff}" } else { "" };
            let units = mark.encode_utf16().chain(text.encode_utf16());
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        }
        label => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
            encoding.encode(&text).0.into_owned()
        }
    }
}

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        // Not packed, so that what is broken afterwards is the text too.
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if writer.start_file(*name, options).is_err() || writer.write_all(text.as_bytes()).is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn mail(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..random.below(8) {
        text.push_str(random.pick::<&str>(HEADERS));
        text.push_str(random.pick::<&str>(&["\r\n", "\n"]));
    }
    text.push_str("Content-Type: multipart/related; boundary=b\r\n\r\n");
    for _ in 0..random.below(5) {
        text.push_str("--b\r\n");
        if random.chance(40) {
            text.push_str("Content-Type: text/html\r\n");
        }
        for _ in 0..random.below(4) {
            text.push_str(random.pick::<&str>(HEADERS));
            text.push_str("\r\n");
        }
        text.push_str("\r\n");
        text.push_str(&compose(random, HTML, 12));
        text.push_str(random.pick::<&str>(&["\r\n", "=\r\n", "=E2=80=99", "PHA+NDA8L3A+", "--b--\r\n", ""]));
    }
    text.into_bytes()
}

fn pdf(random: &mut Random) -> Vec<u8> {
    let mut content = String::new();
    if random.chance(60) {
        content.push_str("BT /F 12 Tf 50 700 Td (Forty bodies were returned.) Tj ");
    }
    for _ in 0..random.below(60) {
        content.push_str(random.pick::<&str>(DRAWN));
        content.push(' ');
    }
    let filter = *random.pick(&[
        "",
        "",
        "/Filter /FlateDecode",
        "/Filter /ASCIIHexDecode",
        "/Filter /LZWDecode",
        "/Filter [/ASCII85Decode /RunLengthDecode]",
    ]);
    let stream = match filter {
        "/Filter /FlateDecode" => {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            let _ = encoder.write_all(content.as_bytes());
            encoder.finish().unwrap_or_default()
        }
        "/Filter /ASCIIHexDecode" => content.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
        _ => content.into_bytes(),
    };
    let font = *random.pick(&[
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 32 /LastChar 34 /Widths [250 300 -400] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 5 0 R >> /Encoding << /Differences [65 /a /b] >> /FirstChar 65 /LastChar 66 /Widths [500 600] >>",
        "4 0 R",
    ]);
    let page = *random.pick(&["/Contents 5 0 R", "/Contents [5 0 R 5 0 R 3 0 R]", "/Contents 5 0 R /Rotate 90", ""]);
    let mut bytes = format!(
        "%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R 2 0 R] >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {page} /Resources << /Font << /F 4 0 R >> /XObject << /X 5 0 R /Y 6 0 R >> >> >> endobj\n\
         4 0 obj {font} endobj\n5 0 obj << /Length {} /Subtype /Form {filter} >>\nstream\n",
        stream.len()
    )
    .into_bytes();
    bytes.extend(&stream);
    bytes.extend(b"\nendstream endobj\n6 0 obj << /Subtype /Form /Matrix [2 0 0 2 1] /Length 12 >>\nstream\n/X Do /Y Do  \nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    bytes
}

/// Words, and characters that break readers of text.
const WORDS: &[&str] = &[
    "Forty bodies were returned. ",
    "1,000",
    "38 ",
    "\r\n",
    "\n\n",
    "\r",
    "\t",
    "\0",
    "\u{a0}",
    "\u{feff}",
    "😀",
    "e\u{301}",
    "“",
    "’s",
    "â€™",
    "\u{fffd}",
    "\u{202e}",
    "\u{200b}",
    "Кremlin",
    "ไทย",
    "January 29, 2026\n",
    "KYIV, Jan 29 (Reuters) - ",
    "18/9",
    "https://a.example/2026/01/29/x ",
    "Published: 2026-13-45\n",
    "word ",
    "- ",
    "pris-\n",
    "ﬁve ",
];
const MARKS: &[&str] = &[
    "# ",
    "**",
    "*",
    "_",
    "[a](",
    ")",
    "![",
    "](x)",
    "> ",
    "- ",
    "1. ",
    "| a | b |\n",
    "|---|---|\n",
    "\n---\n",
    "`",
    "```\n",
    "<b>",
    "\\",
    "&amp;",
    "[^1]",
    "---\ntitle: x\n---\n",
];
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div hidden>",
    "<br>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul><li>",
    "<h1>",
    "</h1>",
    "<b>",
    "</b>",
    "<q>",
    "<sup>2</sup>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "</title>",
    "<article>",
    "</article>",
    "<nav>",
    "<pre>",
    "&amp;",
    "&#x0;",
    "&#",
    "<a href=\"",
    "\">",
    "<meta charset=utf-16>",
    "<meta property='og:title' content='",
    "'>",
    "<svg>",
    "<![CDATA[",
    "<",
    ">",
    "<template>",
    "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"x\"}</script>",
    "<plaintext>",
    "<?xml version='1.0' encoding='koi8-r'?>",
    "<div style='display:none'>",
    "<p aria-hidden=true>",
    "<noscript>",
    "</noscript>",
    "<iframe srcdoc='<p>x'>",
    "<select><option>",
    "<textarea>",
    "<xmp>",
    "<math><mi>",
    "<svg><foreignObject><p>",
    "<frameset>",
    "<body>",
    "</body>",
    "</html>",
    "<form>",
    "<button>",
    "<p/>",
    "</br>",
    "<wbr>",
    "<ruby>x<rt>",
    "<details><summary>",
    "<blockquote>",
    "<dl><dt>",
    "<ol start=999999999999>",
    "<h9>",
    "<a href=#><a href=#>",
    "<b><p></b>",
    "<P CLASS=x>",
    "<object>",
    "<video>",
    "<main>",
    "<aside>",
    "<footer>",
    "<time datetime='2026-01-29T10:00:00Z'>",
    "<time datetime='99999-99-99'>",
    "<meta property='article:published_time' content='2026-13-45'>",
    "<meta property='og:site_name' content='The Example'>",
    "<script type='application/ld+json'>{\"@graph\":[{\"datePublished\":{",
    "<script type='application/ld+json'>[[[[[[",
    "<link rel=canonical href='http://a.example/x'>",
    "<!-->",
    "<!--->",
    "<!doctype",
    "</>",
    "<\0>",
    "<p a=\0\"\0'>",
];
const NESTED: &[&str] = &[
    "div",
    "span",
    "b",
    "i",
    "a href=x",
    "font",
    "table",
    "td",
    "ul",
    "li",
    "blockquote",
    "p",
    "svg",
    "math",
    "ruby",
    "q",
    "sup",
    "pre",
    "h1",
    "select",
    "template",
    "details",
    "form",
    "nobr",
    "button",
    "dd",
    "center",
    "x-y",
];
const ATTRIBUTES: &[&str] = &[
    "hidden",
    "class=a",
    "class=b",
    "style='display : NONE'",
    "id=\"",
    "'",
    "=",
    "= =",
    "href=&amp",
    "a",
    "A",
    "\u{e9}=1",
    "title='&#x110000;'",
    "aria-hidden='true'",
    "lang=ru",
    "dir=rtl",
    "charset=utf-7",
    "content='text/html;charset=",
    "/",
];
const ENTITIES: &[&str] = &[
    "&amp;",
    "&amp",
    "&AMP;amp;",
    "&nbsp;",
    "&shy;",
    "&zwj;",
    "&rlm;",
    "&#0;",
    "&#x0",
    "&#128;",
    "&#x9f;",
    "&#55296;",
    "&#xD83D;&#xDE00;",
    "&#1114112;",
    "&#99999999999999999999;",
    "&#x;",
    "&#;",
    "&;",
    "&NotEqualTilde;",
    "&notin",
    "&not;in;",
    "&lt;p&gt;",
    "&lt",
    "&quot;",
    "&CounterClockwiseContourIntegral;",
    "&hellip",
    "&#13;",
    "&#10;&#10;",
    "&thinsp;",
    "38",
];
const CHARSETS: &[&str] = &[
    "utf-8",
    "utf-16",
    "utf-7",
    "utf-32",
    "koi8-r",
    "windows-1252",
    "iso-8859-8-i",
    "x-user-defined",
    "replacement",
    "iso-2022-kr",
    "hz-gb-2312",
    "big5",
    "",
    "\"",
    "x",
];
const DOCX: &[&str] = &[
    "w:p",
    "w:p",
    "w:p",
    "w:r",
    "w:r",
    "w:t",
    "w:t",
    "w:t xml:space='preserve'",
    "w:b/",
    "w:b w:val='0'/",
    "w:i/",
    "w:vanish/",
    "w:pStyle w:val='1'/",
    "w:numPr/",
    "w:tab/",
    "w:br/",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:del",
    "w:moveFrom",
    "mc:Fallback",
    "w:txbxContent",
    "w:noBreakHyphen/",
    "w:instrText",
];
const SOUND_DOCX: &str = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Forty bodies</w:t></w:r></w:p>";
const ODT: &[&str] = &[
    "text:p",
    "text:p",
    "text:p",
    "text:h text:outline-level='9'",
    "text:span",
    "text:s text:c='3'/",
    "text:s text:c='99999999999999999999'/",
    "text:tab/",
    "text:line-break/",
    "text:list-item",
    "text:note",
    "text:note-body",
    "text:note-citation",
    "table:table-row",
    "table:table-cell",
    "office:annotation",
    "text:tracked-changes",
];
const HEADERS: &[&str] = &[
    "Subject: =?utf-8?B?0KLQtdC70LA=?=",
    "Subject: =?x?Q?=",
    "From: The Example <a@b.example>",
    "Date: Thu, 29 Jan 2026 10:00:00 +0200",
    "Date: 99",
    "Content-Type: text/html; charset=koi8-r",
    "Content-Type: text/plain; charset=\"",
    "Content-Type: multipart/alternative; boundary=b",
    "Content-Type: message/rfc822",
    "Content-Type: multipart/digest; boundary=\"c\"",
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Transfer-Encoding: base64",
    "Content-Location: http://a.example/",
    "Snapshot-Content-Location: http://a.example/",
    "Content-Disposition: attachment; filename*=utf-8''%ff",
    "Content-ID: <a>",
    ": ",
    "X",
    " folded",
];
const CELLS: &[&str] = &[
    "title",
    "text",
    "url",
    "source",
    "date",
    ",",
    ",",
    ",",
    ";",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "\"a,b\"",
    "<p>Forty</p>",
    "1769688000",
    "2026-01-29",
    "tass.com",
];
const JSON: &[&str] = &[
    "{\"text\":\"Forty bodies.\"}\n",
    "{\"title\":\"x\",\"body\":\"Two\",\"source\":{\"name\":\"TASS\"}}\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"text\":",
    ",",
    "\\u0000",
    "\\ud800",
    "1e999",
    "null",
    "\n",
    "{\"content\":[\"a\",\"b\"]}\n",
];
const DRAWN: &[&str] = &[
    "BT",
    "ET",
    "/F 12 Tf",
    "/F 0 Tf",
    "/F -1e30 Tf",
    "/G 9 Tf",
    "50 700 Td",
    "0 -15 Td",
    "200 0 Td",
    "1 0 0 1 50 600 Tm",
    "0 1 -1 0 300 100 Tm",
    "0 0 0 0 0 0 Tm",
    "1e38 0 0 1e38 1e38 1e38 cm",
    "2 0 0 2 0 0 cm",
    "15 TL",
    "T*",
    "(Forty bod-) Tj",
    "(ies were returned.) Tj",
    "(\\223a\\224) '",
    "1 2 (b) \"",
    "[(Fo) -400 (rty) 99999 <feff> ] TJ",
    "<00410042> Tj",
    "q",
    "Q",
    "/X Do",
    "/Y Do",
    "3 Tr",
    "100 Tz",
    "0 Tz",
    "5 Tc",
    "5 Ts",
    "BI /W 1 /H 1 ID x EI",
    "(unclosed",
    ">>",
    "]",
    "/Span << /ActualText (x) >> BDC",
    "EMC",
];
