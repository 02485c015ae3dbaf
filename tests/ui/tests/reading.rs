//! How articles are read: the notice at a PDF's head, and reading an article otherwise.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tallymark::ui::state::Sheet;
use tallymark_ui_tests::harness_with;

const PDF: &str = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
    2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n\
    3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >> endobj\n\
    4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj\n\
    5 0 obj << /Length 70 >>\nstream\nBT /F 12 Tf 50 700 Td (The bodies of 40 soldiers were returned.) Tj ET\nendstream endobj\n\
    trailer << /Root 1 0 R >>\n%%EOF\n";

#[test]
fn a_pdf_says_at_its_head_that_its_order_is_not_sure() {
    let harness = harness_with(&[("a.pdf", PDF)]);
    harness.get_by_label("PDF: order of reading not sure");
    let harness = harness_with(&[("a.txt", "The bodies of 40 soldiers were returned.")]);
    assert!(harness.query_by_label_contains("order of reading").is_none());
}

#[test]
fn an_article_is_read_otherwise_by_name_of_the_action() {
    let mut harness = harness_with(&[("a.html", "<nav>Home</nav><p>The bodies of 40 soldiers were returned.</p>")]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("reopen".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Reread));
    harness.get_by_label_contains("reader html 1.");
    harness.get_by_label("Whole page").click();
    harness.run();
    harness.get_by_label("Reopen").click();
    harness.run();
    assert!(!harness.state().state().sheets.contains(&Sheet::Reread));
    // Of what is only in memory the bytes are not kept.
    assert!(harness.state().session().notices().iter().any(|notice| notice.text.contains("save the project first")));
}
