//! JSON objects, one a line. What is nested in them is named with points: "source.name".

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Column, Content, ReadOptions, Row, Rows, content};

/// Keys deeper than this, and more of them than this, tell nothing of an article.
const DEEPEST: usize = 4;
const MOST_KEYS: usize = 1_000;

fn row(line: &str) -> Result<Row, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("this is no JSON: {error}"))?;
    if !value.is_object() {
        return Err("this is JSON, but no object with keys and values".to_owned());
    }
    let mut row = Row::new();
    gather(&value, String::new(), 0, &mut row);
    Ok(row)
}

fn gather(value: &Value, name: String, depth: usize, row: &mut Row) {
    if row.len() >= MOST_KEYS {
        return;
    }
    match value {
        Value::Object(fields) if depth < DEEPEST => {
            for (key, value) in fields {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                gather(value, name, depth + 1, row);
            }
        }
        Value::String(text) => row.push((name, text.clone())),
        Value::Number(number) => row.push((name, number.to_string())),
        // Paragraphs in a list are a text.
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => {
            let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            row.push((name, lines.join("\n\n")));
        }
        Value::Object(_) | Value::Array(_) | Value::Bool(_) | Value::Null => {}
    }
}

pub(super) fn rows(text: &str) -> Result<Rows, String> {
    let mut columns: Vec<Column> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match row(line) {
            Ok(row) => {
                for (name, value) in row {
                    if places.len() >= MOST_KEYS && !places.contains_key(&name) {
                        continue;
                    }
                    let place = *places.entry(name.clone()).or_insert_with(|| {
                        columns.push(Column { name, ..Column::default() });
                        columns.len() - 1
                    });
                    columns[place].filled += usize::from(!value.trim().is_empty());
                    columns[place].characters += value.chars().count();
                }
                rows.push(format!("{}\n", line.trim()));
            }
            Err(message) => problems.push((n + 1, message)),
        }
    }
    if rows.is_empty() {
        return Err(match problems.first() {
            Some((line, message)) => format!("line {line}: {message}; an article is expected in each line"),
            None => "there are no lines in it".to_owned(),
        });
    }
    Ok(Rows { columns, rows, problems })
}

/// Reads a file of one object.
pub(in super::super) fn read(text: &str, options: &ReadOptions) -> Result<Content, String> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().ok_or("there are no lines in it")?;
    let more = lines.count();
    content(row(first)?, 1 + more, options)
}
