//! What may be chosen on the command line about the reading of articles.

use crate::article::ReadOptions;

/// How articles are read.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct Reading {
    /// Read articles in this encoding, whatever they say: utf-8, windows-1251, koi8-r, …
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// The whole page of HTML and MHTML rather than its main text
    #[arg(long)]
    whole_page: bool,
    /// The column of tables, or key of JSON Lines, that holds the text of the articles [default: guessed, and said]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Articles larger than this are not read
    #[arg(long, value_name = "MB", default_value_t = 20)]
    max_article: u32,
    /// Tables larger than this are not read
    #[arg(long, value_name = "MB", default_value_t = 500)]
    max_table: u32,
    /// What one DOCX, ODT, EPUB or PDF may unpack to
    #[arg(long, value_name = "MB", default_value_t = 100)]
    max_unpacked: u32,
    /// How many times its packed length something in it may come to
    #[arg(long, value_name = "TIMES", default_value_t = 100)]
    max_ratio: u32,
    /// How many entries its archive may have
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    max_entries: u32,
    /// How deep its elements may be nested
    #[arg(long, value_name = "COUNT", default_value_t = 256)]
    max_depth: u32,
}

impl Reading {
    /// The same as the readers know it.
    pub fn options(&self) -> ReadOptions {
        const MEGABYTE: usize = 1_000_000;
        let mut options = ReadOptions {
            encoding: self.encoding.as_deref().map(Into::into),
            whole_page: self.whole_page,
            column: self.text_column.as_deref().map(Into::into),
            max_bytes: self.max_article as usize * MEGABYTE,
            max_table_bytes: self.max_table as usize * MEGABYTE,
            ..ReadOptions::default()
        };
        options.unpacking.bytes = self.max_unpacked as usize * MEGABYTE;
        options.unpacking.ratio = self.max_ratio as usize;
        options.unpacking.entries = self.max_entries as usize;
        options.unpacking.depth = self.max_depth as usize;
        options
    }
}
