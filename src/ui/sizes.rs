//! How wide, or high, the places are: as they were left, in proportion to the window they are in.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use egui::{Panel, Vec2};

use super::state::Place;

/// Of a window so wide the standard widths are.
const STANDARD_WIDTH: f32 = 1440.0;

/// The sizes of the places around the text.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    /// What the user chose, and how much room there was then; of what comes from the last start,
    /// `None` until it is known how much there is.
    chosen: BTreeMap<Place, (f32, Option<f32>)>,
    /// What was drawn last, in how much room.
    drawn: BTreeMap<Place, (f32, f32)>,
    /// How much room the places share.
    room: Vec2,
}

impl Sizes {
    /// As they were remembered, in this much room.
    pub fn restored(sizes: &BTreeMap<Place, f32>, room: Option<(f32, f32)>) -> Self {
        let chosen = |(place, size): (&Place, &f32)| {
            (*place, (*size, room.map(|(width, height)| part(*place, Vec2::new(width, height)))))
        };
        Self { chosen: sizes.iter().map(chosen).collect(), ..Self::default() }
    }

    /// What is to be remembered: sizes, and the room that they are for.
    pub fn kept(&self) -> (BTreeMap<Place, f32>, Option<(f32, f32)>) {
        let sizes = self.chosen.keys().map(|place| (*place, self.wanted(*place).round())).collect();
        (sizes, (self.room.x > 0.0).then_some((self.room.x.round(), self.room.y.round())))
    }

    /// Takes note of how much room there is in this frame.
    pub fn begin(&mut self, room: Vec2) {
        self.room = room;
        for (place, (_, of)) in &mut self.chosen {
            of.get_or_insert(part(*place, room));
        }
    }

    /// How large a place shall be. Widths follow the window half-heartedly (a text gains nothing
    /// from a list twice as wide), the height of the facts all the way; back in the same room
    /// everything is as it was.
    fn wanted(&self, place: Place) -> f32 {
        let now = part(place, self.room);
        let (size, of) = match self.chosen.get(&place) {
            Some((size, of)) => (*size, of.unwrap_or(now)),
            None => match place {
                Place::Articles => (248.0, STANDARD_WIDTH),
                Place::Inspector => (316.0, STANDARD_WIDTH),
                Place::Reader | Place::Reconciliation => return (now * 0.36).clamp(190.0, 420.0),
            },
        };
        let ratio = now / of.max(1.0);
        size * if place == Place::Reconciliation { ratio } else { ratio.sqrt() }
    }

    /// The panel of a place with its size: what the user makes of it within bounds, and another
    /// one where the room has changed since it was drawn.
    pub fn panel(&self, place: Place, panel: Panel, bounds: RangeInclusive<f32>) -> Panel {
        let wanted = self.wanted(place).clamp(*bounds.start(), *bounds.end());
        let now = part(place, self.room);
        match self.drawn.get(&place) {
            Some((_, room)) if (room - now).abs() > 0.5 => panel.resizable(true).exact_size(wanted),
            _ => panel.resizable(true).default_size(wanted).size_range(bounds),
        }
    }

    /// Takes note of how large a place was drawn, and whether it was being dragged.
    pub fn end(&mut self, place: Place, size: f32, dragged: bool) {
        let now = part(place, self.room);
        if let Some((before, room)) = self.drawn.insert(place, (size, now))
            && dragged
            && (room - now).abs() <= 0.5
            && (before - size).abs() > 0.5
        {
            self.chosen.insert(place, (size, Some(now)));
        }
    }
}

/// The side of the room that a place has a share of.
fn part(place: Place, room: Vec2) -> f32 {
    if place == Place::Reconciliation { room.y } else { room.x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(sizes: &mut Sizes, room: (f32, f32)) -> [f32; 3] {
        sizes.begin(Vec2::new(room.0, room.1));
        [Place::Articles, Place::Inspector, Place::Reconciliation].map(|place| sizes.wanted(place).round())
    }

    #[test]
    fn sizes_follow_the_room_and_come_back_with_it() {
        let mut sizes = Sizes::default();
        assert_eq!(wanted(&mut sizes, (1440.0, 838.0)), [248.0, 316.0, 302.0]);
        assert_eq!(wanted(&mut sizes, (2560.0, 1378.0)), [331.0, 421.0, 420.0]);
        assert_eq!(wanted(&mut sizes, (720.0, 388.0)), [175.0, 223.0, 190.0]);

        sizes.begin(Vec2::new(1440.0, 838.0));
        sizes.end(Place::Articles, 248.0, false);
        sizes.end(Place::Articles, 300.0, true);
        sizes.end(Place::Reconciliation, 302.0, false);
        sizes.end(Place::Reconciliation, 400.0, true);
        assert_eq!(wanted(&mut sizes, (1440.0, 838.0)), [300.0, 316.0, 400.0], "as it was dragged");
        assert_eq!(wanted(&mut sizes, (720.0, 419.0)), [212.0, 223.0, 200.0]);
        assert_eq!(wanted(&mut sizes, (1440.0, 838.0)), [300.0, 316.0, 400.0], "nothing drifts");

        wanted(&mut sizes, (720.0, 419.0));
        let (kept, room) = sizes.kept();
        let mut restored = Sizes::restored(&kept, room);
        assert_eq!(wanted(&mut restored, (1440.0, 838.0))[0], 300.0);
    }

    #[test]
    fn what_was_drawn_in_another_room_is_no_choice() {
        let mut sizes = Sizes::default();
        sizes.begin(Vec2::new(1440.0, 838.0));
        sizes.end(Place::Inspector, 316.0, false);
        sizes.begin(Vec2::new(720.0, 388.0));
        sizes.end(Place::Inspector, 240.0, true);
        assert_eq!(wanted(&mut sizes, (1440.0, 838.0))[1], 316.0);
    }
}
