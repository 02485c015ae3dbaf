//! Articles that are attacks: each ends in a message that names the file, or in what can be read of
//! it; none hangs, fills the memory, brings the program down, or makes it speak to anybody.

use std::io::{Cursor, Write as _};
use std::net::TcpListener;
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tallymark::article::{Article, ReadError, ReadOptions, hidden, read, split};
use tallymark::project::source;
use tallymark::session::{Command, Session, Severity};

/// What takes longer than this is taken to hang, on the slowest of machines.
const FOR_EVER: Duration = Duration::from_secs(120);

/// Reads a file on a thread with the stack that the program gives its own.
fn open(name: &str, bytes: Vec<u8>) -> Result<Article, ReadError> {
    let (sender, receiver) = mpsc::channel();
    let file = name.to_owned();
    let work = move || sender.send(read(&file, &bytes, &ReadOptions::default())).is_ok();
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread");
    let result = receiver.recv_timeout(FOR_EVER);
    result.unwrap_or_else(|_| panic!("{name} hangs, or brought its thread down: {:?}", thread.is_finished()))
}

fn refused(name: &str, bytes: Vec<u8>, words: &str) {
    let error = open(name, bytes).expect_err(words).to_string();
    assert!(error.starts_with(name) && error.contains(words), "{error}");
}

fn text(name: &str, bytes: Vec<u8>) -> String {
    open(name, bytes).unwrap_or_else(|error| panic!("{error}")).text.to_string()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    zip(&[("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    zip(&[("content.xml", format!("<office:document-content>{body}</office:document-content>").as_bytes())])
}

fn epub(page: &str) -> Vec<u8> {
    let package = "<package><manifest><item id='a' href='a.html' media-type='text/html'/></manifest><spine><itemref idref='a'/></spine></package>";
    zip(&[
        ("META-INF/container.xml", b"<container><rootfile full-path='book.opf'/></container>"),
        ("book.opf", package.as_bytes()),
        ("a.html", page.as_bytes()),
    ])
}

/// A PDF with one page of this content.
fn pdf(packing: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
        2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n\
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >> endobj\n\
        4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj\n"
        .to_vec();
    bytes.extend(format!("5 0 obj << /Length {} {packing} >>\nstream\n", content.len()).bytes());
    bytes.extend(content);
    bytes.extend(b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    bytes
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn an_article_of_more_than_20_megabytes_is_refused_unless_that_is_allowed() {
    refused("a.txt", vec![b'a'; 20_000_001], "21 MB is more than the limit of 20 MB for an article");
    let options = ReadOptions { max_bytes: 30_000_000, ..ReadOptions::default() };
    assert!(read("a.txt", &vec![b'a'; 20_000_001], &options).is_ok());
    let options = ReadOptions { max_table_bytes: 1_000_000, ..ReadOptions::default() };
    let error = split("a.csv", &vec![b'a'; 1_000_001], &options).expect_err("too long");
    assert_eq!(error.to_string(), "a.csv: 2 MB is more than the limit of 1 MB for a table");
}

#[test]
fn what_is_written_small_and_read_large_is_refused() {
    // A text that its archive holds a hundredth of.
    let long = "<w:p><w:r><w:t>forty </w:t></w:r></w:p>".repeat(60_000);
    refused("a.docx", docx(&long), "unpacks to more than 100 times its length; this is an attack, not a document");
}

#[test]
fn a_zip_bomb_is_refused_by_its_ratio_its_size_and_its_entries() {
    let spaces = vec![b' '; 5_000_000];
    refused("a.docx", zip(&[("word/document.xml", &spaces)]), "more than 100 times its length");
    refused("a.odt", zip(&[("content.xml", &spaces)]), "more than 100 times its length");
    refused("a.epub", zip(&[("META-INF/container.xml", &spaces)]), "more than 100 times its length");
    let names: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused("a.docx", zip(&entries), "10001 entries, more than the limit of 10000");
    let mut options = ReadOptions::default();
    options.unpacking.bytes = 1_000_000;
    options.unpacking.ratio = 1_000_000;
    let error = read("a.docx", &zip(&[("word/document.xml", &spaces)]), &options).expect_err("too large");
    assert!(error.message.contains("more than the limit of 1 MB"), "{error}");
}

#[test]
fn an_archive_in_an_archive_is_never_opened() {
    let inner = zip(&[("word/document.xml", b"<w:document/>")]);
    refused("a.docx", zip(&[("inner.docx", &inner)]), "there is no “word/document.xml” in it");
}

#[test]
fn names_in_an_archive_lead_nowhere() {
    let package = "<package><manifest><item id='a' href='../../../../etc/passwd' media-type='text/html'/></manifest><spine><itemref idref='a'/></spine></package>";
    let book = zip(&[
        ("META-INF/container.xml", b"<container><rootfile full-path='book.opf'/></container>"),
        ("book.opf", package.as_bytes()),
        ("../escaped.html", b"<p>no</p>"),
    ]);
    refused("a.epub", book, "there are no words in its pages");
}

#[test]
fn entities_of_xml_are_not_expanded() {
    let laughs: String = (1..20).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect();
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 'ha'>{laughs}]><w:document><w:p><w:t>&l19;</w:t></w:p></w:document>"
    );
    refused(
        "a.docx",
        zip(&[("word/document.xml", bomb.as_bytes())]),
        "declares entities of its own; this is an attack",
    );
    refused("a.odt", zip(&[("content.xml", bomb.as_bytes())]), "declares entities of its own");
    let outside = "<!DOCTYPE x [<!ENTITY l19 SYSTEM 'file:///etc/passwd'>]><x/>";
    refused("a.docx", zip(&[("word/document.xml", outside.as_bytes())]), "declares entities of its own");
    // Where a page of HTML declares them, they stand for themselves.
    assert_eq!(text("a.html", b"<!DOCTYPE x [<!ENTITY a 'ha'>]><p>&a; forty".to_vec()).trim(), "]>\n\n&a; forty");
}

#[test]
fn nesting_without_end_ends_in_text_or_in_a_message() {
    let deep = |open: &str| open.repeat(200_000);
    refused("a.docx", docx(&"<w:p>".repeat(20_000)), "nested more than 256 deep");
    refused("a.odt", odt(&"<text:p>".repeat(20_000)), "nested more than 256 deep");
    refused("a.eml", deep("Content-Type: message/rfc822\n\n").into(), "inside each other");
    refused("a.mhtml", deep("Content-Type: multipart/mixed; boundary=x\n\n--x\n").into(), "inside each other");
    for open in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<a href=x>", "<p><b><i>"] {
        assert!(text("a.html", format!("{}deep", deep(open)).into()).contains("deep"), "{open}");
    }
    assert!(text("a.epub", epub(&format!("{}deep", "<div>".repeat(100_000)))).contains("deep"));
    for open in ["> ", "- ", "[", "![", "**", "*a_", "`", "(", "|", "<b>", "1. "] {
        assert!(text("a.md", format!("{}deep", open.repeat(20_000)).into()).contains("deep"), "{open}");
    }
    for open in ["[", "{\"a\":"] {
        let error = split("a.jsonl", deep(open).as_bytes(), &ReadOptions::default()).expect_err("no JSON");
        assert!(error.message.contains("line 1") && error.message.contains("recursion limit"), "{error}");
    }
    let arrays = format!("BT /F 12 Tf 50 700 Td {} (deep) Tj ET", deep("["));
    let _ = open("a.pdf", pdf("", arrays.as_bytes()));
    let states = format!("{} BT /F 12 Tf 50 700 Td (deep) Tj ET", "q ".repeat(200_000));
    assert_eq!(text("a.pdf", pdf("", states.as_bytes())), "deep\n");
}

#[test]
fn gigantic_attributes_end_in_text_or_in_a_message() {
    let many: String = (0..200_000).map(|n| format!(" a{n}='x'")).collect();
    refused("a.html", format!("<p{many}>deep").into(), "more than 5000 attributes");
    refused("a.epub", epub(&format!("<p{many}>deep")), "more than 5000 attributes");
    let long = "x".repeat(5_000_000);
    assert_eq!(text("a.html", format!("<p class='{long}' style='{long}' id={long}>deep").into()), "deep\n");
    assert_eq!(text("a.docx", docx(&format!("<w:p{many}><w:r><w:t>deep</w:t></w:r></w:p>"))), "deep\n");
}

#[test]
fn what_is_left_open_ends_in_text_or_in_a_message() {
    for page in ["<p>forty", "<p>forty<!-- no", "<p>forty<script>no", "<p>forty<a href='", "<table><td>forty"] {
        assert_eq!(text("a.html", page.into()), "forty\n", "{page}");
    }
    refused("a.docx", zip(&[("word/document.xml", b"<w:document><w:p>\n<w:r>")]), "it ends before its elements do");
    refused("a.docx", zip(&[("word/document.xml", b"<w:document>\n</w:p>")]), "its XML is damaged in line 2");
    let whole = docx("<w:p><w:r><w:t>forty</w:t></w:r></w:p>");
    refused("a.docx", whole[..whole.len() / 2].to_vec(), "its archive is damaged");
    refused("a.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog".to_vec(), "damaged");
    let cut = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nForty bodies";
    assert_eq!(text("a.eml", cut.into()).trim(), "Forty bodies");
}

#[test]
fn a_pdf_that_unpacks_to_gigabytes_is_refused() {
    let spaces = deflated(&vec![b' '; 5_000_000]);
    refused("a.pdf", pdf("/Filter /FlateDecode", &spaces), "nothing of it can be unpacked within the limits");
    refused("a.pdf", pdf("/Filter [/FlateDecode /FlateDecode]", &deflated(&spaces)), "nothing of it can be unpacked");
    refused("a.pdf", pdf("/Filter /RunLengthDecode", &[129, b' '].repeat(2_000_000)), "nothing of it can be unpacked");
}

#[test]
fn zero_bytes_are_refused_or_kept_and_named() {
    refused("a.txt", vec![0; 5_000], "full of control characters");
    let article = open("a.txt", b"Forty\0 bodies were returned".to_vec()).expect("a stray one is kept");
    assert_eq!(&*article.text, "Forty\0 bodies were returned");
    assert!(article.remarks.iter().any(|remark| remark.text.starts_with("NUL")), "{:?}", article.remarks);
    assert_eq!(text("a.html", b"<p>forty\0".to_vec()).trim_end_matches(['\0', '\u{fffd}', '\n']), "forty");
}

#[test]
fn a_single_bad_byte_is_shown_and_changes_nothing_else() {
    for name in ["a.txt", "a.md", "a.html", "a.eml"] {
        let head: &[u8] = if name == "a.eml" { b"Subject: x\n\n" } else { b"" };
        let article =
            open(name, [head, "“Forty” \u{2013} bod".as_bytes(), b"\xff", "ies’".as_bytes()].concat()).expect("a text");
        assert_eq!(article.text.trim(), "“Forty” – bod\u{fffd}ies’", "{name}");
        assert!(
            article.remarks.iter().any(|remark| remark.text.contains("could not be decoded")),
            "{:?}",
            article.remarks
        );
    }
}

#[test]
fn what_cannot_be_seen_is_named_with_its_place() {
    let article =
        open("a.txt", "The \u{202e}ytrof\u{202c} b\u{200b}odies, the \u{41a}remlin said.".into()).expect("a text");
    let found: Vec<_> = hidden(&article.text).into_iter().map(|hidden| hidden.name).collect();
    assert_eq!(
        found,
        [
            "direction override (U+202E)",
            "end of a change of direction (U+202C)",
            "space of no width (U+200B)",
            "“\u{41a}remlin” mixes scripts: “\u{41a}” only look Latin"
        ]
    );
    assert_eq!(article.remarks.iter().filter(|remark| remark.span.is_some()).count(), 4);
}

/// Opens paths as the window does, and gives what it says of them; at once, or it hangs.
#[cfg(unix)]
fn said_at_once(paths: Vec<PathBuf>) -> String {
    // The best of some tries: a machine under load is no reason.
    let mut best = Duration::MAX;
    let mut said = String::new();
    for _ in 0..5 {
        let paths = paths.clone();
        let (sender, receiver) = mpsc::channel();
        let begun = Instant::now();
        std::thread::spawn(move || {
            let sources = source::find(&paths);
            let loaded = source::load(&sources.files, &ReadOptions::default(), || {});
            let problems: Vec<_> = sources.problems.iter().chain(&loaded.problems).map(ToString::to_string).collect();
            sender.send(format!("{}; {:?}; {} articles", problems.join("; "), sources.skipped, loaded.articles.len()))
        });
        said = receiver.recv_timeout(FOR_EVER).expect("it hangs");
        best = best.min(begun.elapsed());
    }
    assert!(best < Duration::from_millis(100), "it took {best:?}");
    said
}

#[cfg(unix)]
#[test]
fn a_pipe_a_device_a_link_or_a_folder_in_place_of_a_file_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(place("pipe.txt")).status();
    let _socket = std::os::unix::net::UnixListener::bind(place("socket.txt")).expect("a socket");
    std::os::unix::fs::symlink("/dev/zero", place("zero.txt")).expect("a link");
    std::os::unix::fs::symlink(place("b.txt"), place("a.txt")).expect("a link");
    std::os::unix::fs::symlink(place("a.txt"), place("b.txt")).expect("a link");
    std::fs::create_dir(place("folder.txt")).expect("a folder");
    if made.is_ok_and(|status| status.success()) {
        assert!(said_at_once(vec![place("pipe.txt")]).contains("pipe"), "a pipe");
    } else {
        println!("skipped: this system makes no pipes");
    }
    assert!(said_at_once(vec![place("socket.txt")]).contains("not a file"));
    assert!(said_at_once(vec![place("zero.txt")]).contains("not a file"), "a link to a device is the device");
    assert!(said_at_once(vec![place("a.txt")]).contains("a.txt"), "a link to itself");
    assert!(said_at_once(vec![place("folder.txt")]).ends_with("0 articles"), "a folder with the name of a text");
    assert!(said_at_once(vec![place("none.txt")]).contains("no such file"));
    // And all of them in a folder that is opened.
    let said = said_at_once(vec![folder.path().to_owned()]);
    assert!(said.contains("links: 3") && said.ends_with("0 articles"), "{said}");
}

/// Everything that might make somebody fetch something, of one address.
fn page_of_traps(address: &str) -> String {
    format!(
        "<!DOCTYPE html SYSTEM \"{address}/dtd\"><html manifest=\"{address}/manifest\"><head>\
         <meta http-equiv=refresh content=\"0; url={address}/refresh\"><base href=\"{address}/\">\
         <link rel=stylesheet href=\"{address}/style.css\"><link rel=preload href=\"{address}/preload\" as=image>\
         <link rel=dns-prefetch href=\"{address}\"><link rel=canonical href=\"{address}/canonical\">\
         <style>@import url({address}/import.css); body {{ background: url({address}/background) }}</style>\
         <script src=\"{address}/script.js\"></script></head>\
         <body background=\"{address}/body\" onload=\"fetch('{address}/onload')\"><img src=\"{address}/image\" srcset=\"{address}/set 2x\">\
         <iframe src=\"{address}/frame\"></iframe><video poster=\"{address}/poster\" src=\"{address}/film\" autoplay></video>\
         <object data=\"{address}/object\"></object><embed src=\"{address}/embed\"><svg><image href=\"{address}/svg\"/></svg>\
         <p style=\"background-image:url({address}/inline)\">Forty bodies were returned on Monday, the ministry said.</p>\
         <a href=\"{address}/link\" ping=\"{address}/ping\">More</a></body></html>"
    )
}

#[test]
fn nothing_is_fetched_whatever_a_page_asks_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let page = page_of_traps(&address);
    let relations = format!(
        "<Relationships><Relationship Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate' \
         Target='{address}/template.dotm' TargetMode='External'/></Relationships>"
    );
    let body = "<w:document><w:p><w:r><w:t>Forty bodies were returned.</w:t></w:r></w:p></w:document>";
    let picture = format!(
        "<office:document-content><text:p>Forty <draw:image xlink:href='{address}/odt'/></text:p></office:document-content>"
    );
    let action = format!("/AA << /O << /S /URI /URI ({address}/uri) >> >> ");
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.html", page.clone().into()),
        ("b.mhtml", format!("Content-Type: text/html\nContent-Location: {address}/page\n\n{page}").into()),
        ("c.eml", format!("Subject: x\nContent-Type: text/html\nDisposition-Notification-To: a@b.example\n\n{page}").into()),
        ("d.epub", epub(&page)),
        ("e.docx", zip(&[("word/document.xml", body.as_bytes()), ("word/_rels/settings.xml.rels", relations.as_bytes())])),
        ("f.odt", zip(&[("content.xml", picture.as_bytes())])),
        ("g.pdf", pdf(&action, b"BT /F 12 Tf 50 700 Td (Forty bodies were returned.) Tj ET")),
        ("h.md", format!("![a]({address}/markdown) [b]: {address}/reference\n\nForty bodies were returned.\n\n<img src={address}/raw>").into()),
        ("i.txt", format!("{address}/text forty bodies").into()),
    ];
    for (name, bytes) in &files {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    let mut session = Session::new("anna");
    session.run(Command::Open(vec![folder.path().to_owned()]));
    session.settle();
    assert_eq!(session.workspace().articles.len(), files.len(), "{:?}", session.notices());
    // Opened again in another process, from the shell.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_tallymark"))
        .args(["suggest", "--whole-page"])
        .arg(folder.path())
        .output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let connection = listener.accept().map(|(_, from)| from);
    assert!(
        connection.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock),
        "somebody called: {connection:?}"
    );
}

/// Files that cannot be read among such as can.
fn mixed_folder(sound: usize, broken: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: String, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    for n in 0..sound {
        write(format!("{n:05}.txt"), format!("{n} bodies were returned on Monday, the ministry said.").as_bytes());
    }
    for n in 0..broken {
        let bytes: &[u8] = if n % 2 == 0 { b"\x89PNG\r\n\x1a\n" } else { &[0; 100] };
        write(format!("broken-{n:05}.txt"), bytes);
    }
    folder
}

#[test]
fn a_folder_ends_with_one_list_of_what_failed_and_why() {
    let folder = mixed_folder(40, 30);
    let mut session = Session::new("anna");
    session.run(Command::Open(vec![folder.path().to_owned()]));
    session.settle();
    assert_eq!(session.workspace().articles.len(), 40);
    let errors: Vec<_> = session.notices().iter().filter(|notice| notice.severity == Severity::Error).collect();
    let [list] = &errors[..] else { panic!("one list: {errors:?}") };
    assert!(
        list.text.starts_with("30 could not be read, and were left out:\n• broken-00000.txt: this is a PNG image"),
        "{}",
        list.text
    );
    assert_eq!(list.text.lines().count(), 31);
    assert!(list.text.contains("broken-00001.txt: this is no text"), "{}", list.text);
}

#[test]
fn opening_many_files_can_be_stopped_and_keeps_what_was_read() {
    let folder = mixed_folder(3_000, 0);
    let mut session = Session::new("anna");
    session.run(Command::Open(vec![folder.path().to_owned()]));
    // Stopped as soon as it says how far it is.
    let begun = Instant::now();
    while session.jobs().first().is_none_or(|job| job.progress.is_none()) && begun.elapsed() < FOR_EVER {
        session.poll();
        std::thread::sleep(Duration::from_millis(1));
    }
    let job = session.jobs().first().expect("a job that is shown").id;
    session.run(Command::StopJob(job));
    session.settle();
    let read = session.workspace().articles.len();
    assert!((1..3_000).contains(&read), "{read} were read");
    let told = session.notices().iter().any(|notice| notice.text == format!(
        "Opening was stopped: {} of 3000 files were not read. What was read before is here; open the folder again to read the rest.",
        3_000 - read
    ));
    assert!(told, "{:?}", session.notices());
    // Undone as one action.
    session.run(Command::Undo);
    assert_eq!(session.workspace().articles.len(), 0);
}
