//! Tables with a head, parted by commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::{Column, Content, ReadOptions, Row, Rows, content};

/// The sign that parts the cells: the one that the head has most of.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| head.bytes().filter(|byte| byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes())
}

/// The names of the columns, each once: what has none, or one that was there before, gets a number.
fn head(reader: &mut csv::Reader<&[u8]>) -> Result<Vec<String>, String> {
    let head = reader.headers().map_err(|error| error.to_string())?;
    let mut names: Vec<String> = Vec::new();
    for (n, name) in head.iter().enumerate() {
        let name = name.trim();
        let taken = name.is_empty() || names.iter().any(|other| other == name);
        names.push(if taken { format!("{name}#{}", n + 1) } else { name.to_owned() });
        if names.len() > MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} columns; this is no table of articles"));
        }
    }
    Ok(names)
}

const MOST_COLUMNS: usize = 1_000;

pub(super) fn rows(text: &str) -> Result<Rows, String> {
    let mut reader = reader(text);
    let names = head(&mut reader)?;
    if names.is_empty() {
        return Err("there is no head with the names of its columns".to_owned());
    }
    let mut columns: Vec<_> = names.iter().map(|name| Column { name: name.clone(), ..Column::default() }).collect();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut record = StringRecord::new();
    loop {
        let line = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if record.len() > names.len() => {
                problems.push((line, format!("{} cells under {} names of columns", record.len(), names.len())));
            }
            Ok(true) => {
                for (column, cell) in columns.iter_mut().zip(&record) {
                    column.filled += usize::from(!cell.trim().is_empty());
                    column.characters += cell.chars().count();
                }
                rows.push(alone(&names, &record)?);
            }
            Err(error) => {
                problems.push((line, error.to_string()));
                if !error.is_io_error() && rows.is_empty() && problems.len() > 100 {
                    break;
                }
            }
        }
    }
    Ok(Rows { columns, rows, problems })
}

/// A table of one row, as a file.
fn alone(names: &[String], record: &StringRecord) -> Result<String, String> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(names).map_err(|error| error.to_string())?;
    writer.write_record(record).map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// Reads a table of one row.
pub(in super::super) fn read(text: &str, options: &ReadOptions) -> Result<Content, String> {
    let mut reader = reader(text);
    let names = head(&mut reader)?;
    let mut records = reader.records();
    let record = records.next().ok_or("there are no rows in it")?.map_err(|error| error.to_string())?;
    let more = records.count();
    let row: Row = names.into_iter().zip(record.iter().map(str::to_owned)).collect();
    content(row, 1 + more, options)
}
