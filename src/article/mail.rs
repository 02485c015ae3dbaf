//! E-mail (EML), and pages that a browser saved as one (MHTML). Nothing that they refer to is
//! fetched, and attachments are not opened.

use mail_parser::{Encoding as Transfer, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::decode::{self, Decoded};
use super::format::Content;
use super::markup::Markup;
use super::metadata::Declared;
use super::read::ReadOptions;
use super::{Remark, html};

/// Reads an e-mail: its plain text, or its HTML where that says more. The error is a sentence
/// without the file's name.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let message = parse(bytes, options)?;
    let listed = message.text_body.len() + message.html_body.len();
    // Where an e-mail is cut, its parts are there and are listed nowhere.
    let anywhere = || (0..message.parts.len() as u32).filter(|id| !message.attachments.contains(id) || listed == 0);
    let first = |wanted: fn(&PartType<'_>) -> bool, ids: &[u32]| {
        let parts = ids.iter().copied().chain(anywhere()).filter_map(|id| message.parts.get(id as usize));
        let inline = |part: &&MessagePart<'_>| {
            wanted(&part.body) && !part.content_disposition().is_some_and(|d| d.is_attachment())
        };
        { parts }.find(inline).map(|part| decoded(&message, part, options))
    };
    let plain = first(|body| matches!(body, PartType::Text(_)), &message.text_body).transpose()?;
    let page = first(|body| matches!(body, PartType::Html(_)), &message.html_body).transpose()?;
    let page = match page {
        Some(Decoded { text, encoding, bad }) => Some((html::read(&text, true)?, encoding, bad)),
        None => None,
    };
    // Beside a newsletter there is often no more than "view this in your browser".
    let words = |text: &str| text.split_whitespace().count();
    let plain = plain.filter(|plain| {
        let words_of_page = page.as_ref().map_or(0, |(page, ..)| words(&page.text));
        words(&plain.text) > 0 && words(&plain.text) * 2 >= words_of_page
    });
    let mut content = match (plain, page) {
        (Some(Decoded { text, encoding, bad }), _) => Content {
            markup: Markup::of_plain(&text),
            text: Some(text),
            encoding: Some(encoding),
            remarks: bad_bytes(&bad),
            ..Content::default()
        },
        (None, Some((page, encoding, bad))) => {
            Content { encoding: Some(encoding), remarks: bad_bytes(&bad), ..Content::of_page(page, false) }
        }
        (None, None) => return Err("there is no text in this e-mail; what it carries may be an attachment".to_owned()),
    };
    let from = message.from().and_then(|from| from.first());
    let declared = Declared {
        title: message.subject().map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" ")),
        outlet: from.and_then(|from| from.name.as_deref()).map(|name| name.trim().to_owned()),
        url: None,
        published: message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339),
    };
    let full = |value: Option<String>| value.filter(|value| !value.is_empty());
    content.declared = Declared { title: full(declared.title), outlet: full(declared.outlet), ..declared };
    let names: Vec<&str> =
        message.attachments().map(|part| part.attachment_name().unwrap_or("without a name")).collect();
    if !names.is_empty() {
        const NAMED: usize = 5;
        let more = if names.len() > NAMED { ", …" } else { "" };
        let list = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let text = format!("What is attached to this e-mail is not read ({}): {list}{more}", names.len());
        content.remarks.push(Remark { span: None, text });
    }
    Ok(content)
}

/// Reads a page that a browser saved as one file.
pub(super) fn read_page(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let message = parse(bytes, options)?;
    let start = message
        .content_type()
        .and_then(|kind| kind.attribute("start"))
        .map(|id| id.trim_matches(['<', '>']).to_owned());
    let pages = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let root = pages().find(|part| start.is_some() && part.content_id() == start.as_deref()).or_else(|| pages().next());
    let root = root.ok_or("there is no page of HTML in it")?;
    let Decoded { text, encoding, bad } = decoded(&message, root, options)?;
    let page = html::read(&text, options.whole_page)?;
    let mut content = Content::of_page(page, options.whole_page);
    let header = |name: &'static str| match message.header(name) {
        Some(HeaderValue::Text(text)) => Some(text.trim().to_owned()),
        _ => None,
    };
    // What the browser says of the page: the address it was at, not that of a part of it.
    let address = header("Snapshot-Content-Location").or_else(|| root.content_location().map(str::to_owned));
    let address = address.filter(|address| address.starts_with("http://") || address.starts_with("https://"));
    let title = message.subject().map(str::to_owned).filter(|title| !title.trim().is_empty());
    content.declared = content.declared.or(Declared { url: address, title, ..Declared::default() });
    content.encoding = Some(encoding);
    content.remarks = bad_bytes(&bad);
    Ok(content)
}

fn parse<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Message<'a>, String> {
    refuse_nests(bytes, options.unpacking.depth)?;
    let message = MessageParser::default().parse(bytes);
    message.filter(|message| !message.parts.is_empty()).ok_or_else(|| "this is no e-mail: it has no head".to_owned())
}

/// Messages in messages make values in values, which are dropped recursively, and every part that
/// names a boundary is searched to the end of the file: both are counted before.
fn refuse_nests(bytes: &[u8], depth: usize) -> Result<(), String> {
    const HEADER: &[u8] = b"content-type";
    let mut nests = 0;
    for (place, _) in bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'c' | b'C')) {
        let begins = place == 0 || matches!(bytes[place - 1], b'\n' | b'\r');
        if !begins || !bytes[place..].get(..HEADER.len()).is_some_and(|name| name.eq_ignore_ascii_case(HEADER)) {
            continue;
        }
        let value = bytes[place..bytes.len().min(place + 400)].to_ascii_lowercase();
        let says = |word: &[u8]| value.windows(word.len()).any(|window| window == word);
        nests += usize::from(says(b"message") || says(b"digest") || says(b"multipart") || says(b"boundary"));
        if nests > depth {
            return Err(format!(
                "it has more than {depth} messages and parts inside each other; this is an attack, not a letter"
            ));
        }
    }
    Ok(())
}

/// A part's characters, by the charset that it declares, or that its HTML does.
fn decoded(message: &Message<'_>, part: &MessagePart<'_>, options: &ReadOptions) -> Result<Decoded, String> {
    let raw = message.raw_message().get(part.raw_body_offset() as usize..part.raw_end_offset() as usize);
    let bytes = raw.and_then(|raw| match part.encoding {
        Transfer::None => Some(raw.to_vec()),
        Transfer::QuotedPrintable => mail_parser::decoders::quoted_printable::quoted_printable_decode(raw),
        Transfer::Base64 => mail_parser::decoders::base64::base64_decode(raw),
    });
    let bytes = bytes.unwrap_or_else(|| part.contents().to_vec());
    let declared = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    let declared = declared.or_else(|| part.is_text_html().then(|| decode::declared_in_markup(&bytes)).flatten());
    decode::decode(&bytes, options.encoding.as_deref(), declared.as_deref())
}

fn bad_bytes(bad: &[usize]) -> Vec<Remark> {
    let remark = || Remark { span: None, text: format!("{} sequences of bytes could not be decoded", bad.len()) };
    (!bad.is_empty()).then(remark).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "From: =?utf-8?Q?The_Example_=E2=80=94_News?= <news@example.org>\r\nTo: anna@example.org\r\n\
                        Subject: =?windows-1251?B?0uXr4A==?= swapped\r\nDate: Thu, 29 Jan 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n";

    fn mail(rest: &str) -> Content {
        read(format!("{HEAD}{rest}").as_bytes(), &ReadOptions::default()).expect("an e-mail")
    }

    #[test]
    fn a_letter_says_who_when_and_what() {
        let content = mail(
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nForty bod=\r\nies =E2=80=93 38 named.\r\n",
        );
        assert_eq!(content.text.as_deref(), Some("Forty bodies – 38 named.\n"));
        let Declared { outlet, title, published, .. } = content.declared;
        assert_eq!(outlet.as_deref(), Some("The Example — News"));
        assert_eq!(title.as_deref(), Some("Тела swapped"));
        assert_eq!(published.as_deref(), Some("2026-01-29T10:00:00+02:00"));
    }

    #[test]
    fn plain_text_goes_before_html_unless_it_says_little() {
        let both = |plain: &str| {
            let rest = format!(
                "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n\
                 --x\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+xu7w7vHuIGJvZGllcyB3ZXJlIHJldHVybmVkIG9uIE1vbmRheTwvcD4=\r\n--x--\r\n"
            );
            mail(&rest).text.unwrap_or_default()
        };
        assert_eq!(both("Forty bodies were returned on Monday").trim(), "Forty bodies were returned on Monday");
        assert_eq!(both("View online").trim(), "Жоросо bodies were returned on Monday");
    }

    #[test]
    fn attachments_are_named_and_not_opened() {
        let content = mail(
            "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nForty bodies.\r\n--x\r\nContent-Type: application/pdf\r\n\
             Content-Disposition: attachment; filename=\"list.pdf\"\r\n\r\n%PDF-1.7\r\n--x--\r\n",
        );
        assert_eq!(content.text.as_deref().map(str::trim), Some("Forty bodies."));
        assert!(content.remarks[0].text.ends_with("(1): list.pdf"), "{:?}", content.remarks);
    }

    #[test]
    fn a_page_saved_whole_is_its_main_text_and_address() {
        let body =
            "<p>The two sides swapped the bodies of forty soldiers on Monday, officials said.</p>=\r\n".repeat(6);
        let saved = format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/2026/01/29/swap\r\nSubject: Swap\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; type=\"text/html\"; boundary=\"----x\"\r\n\r\n------x\r\nContent-Type: text/html\r\nContent-ID: <f@x>\r\n\
             Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/2026/01/29/swap\r\n\r\n\
             <html><head><meta charset=3D\"utf-8\"></head><body><nav><a href=3D\"/\">Home</a></nav><article><h1>Swap =E2=80=93 40</h1>{body}</article></body></html>\r\n\
             ------x\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\nbody {{ }}\r\n------x--\r\n"
        );
        let read = |whole_page| {
            read_page(saved.as_bytes(), &ReadOptions { whole_page, ..ReadOptions::default() }).expect("a page")
        };
        let content = read(false);
        let text = content.text.unwrap_or_default();
        assert!(text.starts_with("Swap – 40\n\nThe two sides") && !text.contains("Home"), "{text}");
        assert_eq!(content.declared.url.as_deref(), Some("https://example.org/2026/01/29/swap"));
        assert!(read(true).text.is_some_and(|text| text.contains("Home")));
    }

    #[test]
    fn nests_and_what_is_no_letter_end_in_a_message() {
        for (file, word) in [
            ("Content-Type: message/rfc822\n\n".repeat(100_000), "inside each other"),
            ("CONTENT-TYPE: multipart/mixed; boundary=none\n\n".repeat(100_000), "inside each other"),
            (
                (0..5_000).map(|n| format!("Content-Type:\n multipart/digest; boundary=b{n}\n\n--b{n}\n\n")).collect(),
                "inside each other",
            ),
            (String::new(), "no e-mail"),
            (
                format!("{HEAD}Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"),
                "no text in this e-mail",
            ),
        ] {
            let error = read(file.as_bytes(), &ReadOptions::default()).expect_err(word);
            assert!(error.contains(word), "{error}");
        }
    }
}
