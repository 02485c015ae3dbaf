//! A picture as SVG.

use svg::node::element::{Circle, Group, Line, Polygon, Rectangle, Text, Title};
use svg::{Document, Node};

use super::{At, Ink, Mark, Picture, Shape, SideShape};

/// How wide a character is at most, as a share of the size of the words: what cannot be measured
/// here is cut generously.
const WIDEST: f32 = 0.62;

impl Picture {
    /// The picture as an SVG file: no script, nothing loaded, words as words. `colour` gives each
    /// ink as `#RRGGBB`.
    pub fn svg(&self, colour: &dyn Fn(&Ink) -> String) -> String {
        let ground =
            Rectangle::new().set("width", self.width).set("height", self.height).set("fill", colour(&Ink::Ground));
        let mut document = Document::new()
            .set("viewBox", (0, 0, self.width, self.height))
            .set("width", self.width)
            .set("height", self.height)
            .set("role", "img")
            .set("font-family", "Inter, 'Helvetica Neue', Arial, sans-serif")
            .add(Title::new(self.title.as_str()))
            .add(ground);
        for mark in &self.marks {
            append(&mut document, mark, colour);
        }
        format!("{document}\n")
    }
}

fn append(document: &mut Document, mark: &Mark, colour: &dyn Fn(&Ink) -> String) {
    let mut group = Group::new();
    if let Some(title) = &mark.title {
        group.append(Title::new(title.as_str()));
    }
    let paint = |ink: &Option<Ink>| ink.as_ref().map_or_else(|| "none".to_owned(), colour);
    let stroke = |edge: &Option<(Ink, f32)>| match edge {
        Some((ink, width)) => (colour(ink), *width),
        None => ("none".to_owned(), 0.0),
    };
    match &mark.shape {
        Shape::Line { from, to, ink, width } => group.append(
            Line::new()
                .set("x1", from.0)
                .set("y1", from.1)
                .set("x2", to.0)
                .set("y2", to.1)
                .set("stroke", colour(ink))
                .set("stroke-width", *width),
        ),
        Shape::Bar { min, max, radius, fill, edge } => {
            let (ink, width) = stroke(edge);
            group.append(
                Rectangle::new()
                    .set("x", min.0)
                    .set("y", min.1)
                    .set("width", (max.0 - min.0).max(0.0))
                    .set("height", (max.1 - min.1).max(0.0))
                    .set("rx", *radius)
                    .set("fill", colour(fill))
                    .set("stroke", ink)
                    .set("stroke-width", width),
            );
        }
        Shape::Circle { centre, radius, fill, edge } => {
            group.append(circle(*centre, *radius, paint(fill), stroke(edge)));
        }
        Shape::Side { centre, size, shape, ink } => {
            let ink = colour(ink);
            match shape {
                SideShape::Disc => group.append(circle(*centre, size / 2.0, ink, ("none".to_owned(), 0.0))),
                SideShape::Ring => group.append(circle(*centre, size / 2.0, "none".to_owned(), (ink, 1.5))),
                _ => {
                    let corners = shape.corners(*centre, *size);
                    let points = corners.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
                    group.append(Polygon::new().set("points", points).set("fill", ink));
                }
            }
        }
        Shape::Words { at, from_right, size, ink, text, most } => group.append(
            Text::new(cut(text, (most / (size * WIDEST)) as usize))
                .set("x", at.0)
                .set("y", at.1)
                .set("dominant-baseline", "central")
                .set("text-anchor", if *from_right { "end" } else { "start" })
                .set("font-size", *size)
                .set("fill", colour(ink)),
        ),
    }
    document.append(group);
}

fn circle((x, y): At, radius: f32, fill: String, (stroke, width): (String, f32)) -> Circle {
    Circle::new()
        .set("cx", x)
        .set("cy", y)
        .set("r", radius)
        .set("fill", fill)
        .set("stroke", stroke)
        .set("stroke-width", width)
}

fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
