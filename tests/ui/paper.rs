//! Draws what the window shows with the processor alone, the same everywhere: no display, no
//! driver, no GPU. Triangles as the toolkit tessellates them, blended as its own painters do, in
//! gamma space with premultiplied alpha.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use egui::epaint::{ImageDelta, Mesh, Primitive, Vertex};
use egui::{ClippedPrimitive, Color32, ImageData, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;

/// A picture: its size in pixels, and for each pixel red, green, blue, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Texture {
    width: usize,
    pixels: Vec<Color32>,
}

/// The textures that a window has made so far; a renderer that only keeps them.
#[derive(Clone, Debug, Default)]
pub struct Textures(Rc<RefCell<BTreeMap<TextureId, Texture>>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, images) in delta.set.drain() {
            for image in &images {
                put(&mut textures, id, image);
            }
        }
        for id in delta.free.drain() {
            textures.remove(&id);
        }
    }
}

fn put(textures: &mut BTreeMap<TextureId, Texture>, id: TextureId, delta: &ImageDelta) {
    let ImageData::Color(image) = &delta.image;
    let [width, height] = image.size;
    match delta.pos {
        None => {
            textures.insert(id, Texture { width, pixels: image.pixels.clone() });
        }
        Some([left, top]) => {
            let Some(texture) = textures.get_mut(&id) else { return };
            for row in 0..height {
                let from = (top + row) * texture.width + left;
                texture.pixels[from..from + width].copy_from_slice(&image.pixels[row * width..(row + 1) * width]);
            }
        }
    }
}

/// Draws a frame's shapes on a ground.
pub fn draw(
    primitives: &[ClippedPrimitive],
    textures: &Textures,
    (width, height): (usize, usize),
    scale: f32,
    ground: Color32,
) -> Picture {
    let mut sheet = Sheet { width, height, pixels: vec![ground; width * height], scale };
    let textures = textures.0.borrow();
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        if let Primitive::Mesh(mesh) = primitive
            && let Some(texture) = textures.get(&mesh.texture_id)
        {
            sheet.mesh(mesh, texture, *clip_rect);
        }
    }
    Picture { width, height, rgb: sheet.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect() }
}

struct Sheet {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    scale: f32,
}

/// Subpixels of a pixel: corners are laid on this grid, so that what is inside is decided in whole numbers.
const GRID: i64 = 256;

impl Sheet {
    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect) {
        let bound = |value: f32, most: usize| ((value * self.scale).round().max(0.0) as usize).min(most);
        let (left, right) = (bound(clip.min.x, self.width), bound(clip.max.x, self.width));
        let (top, bottom) = (bound(clip.min.y, self.height), bound(clip.max.y, self.height));
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|n| mesh.vertices[corners[n] as usize]);
            self.triangle(corners, texture, [left, top, right, bottom]);
        }
    }

    fn triangle(&mut self, mut corners: [Vertex; 3], texture: &Texture, [left, top, right, bottom]: [usize; 4]) {
        let on_grid = |value: f32| (f64::from(value * self.scale) * GRID as f64).round() as i64;
        let mut at = corners.map(|corner| (on_grid(corner.pos.x), on_grid(corner.pos.y)));
        let side = |a: (i64, i64), b: (i64, i64), p: (i64, i64)| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
        let mut area = side(at[0], at[1], at[2]);
        if area == 0 {
            return;
        }
        if area < 0 {
            corners.swap(1, 2);
            at.swap(1, 2);
            area = -area;
        }
        // A pixel on an edge that two triangles share belongs to one of them.
        let owns = |a: (i64, i64), b: (i64, i64)| b.1 < a.1 || (b.1 == a.1 && b.0 > a.0);
        let edges = [(1, 2), (2, 0), (0, 1)].map(|(a, b)| (at[a], at[b], i64::from(!owns(at[a], at[b]))));
        let first =
            |values: [i64; 3], low: usize| (values.iter().min().copied().unwrap_or(0) / GRID).max(low as i64) as usize;
        let last = |values: [i64; 3], high: usize| {
            ((values.iter().max().copied().unwrap_or(0) / GRID + 1).max(0) as usize).min(high)
        };
        let (xs, ys) = (at.map(|p| p.0), at.map(|p| p.1));
        let flat = corners.iter().all(|corner| corner.color == corners[0].color && corner.uv == corners[0].uv);
        let even = flat.then(|| shade(&corners, [1.0, 0.0, 0.0], texture));
        for y in first(ys, top)..last(ys, bottom) {
            for x in first(xs, left)..last(xs, right) {
                let centre = (x as i64 * GRID + GRID / 2, y as i64 * GRID + GRID / 2);
                let inside = edges.map(|(a, b, own)| side(a, b, centre) - own);
                if inside.iter().any(|value| *value < 0) {
                    continue;
                }
                let colour = even.unwrap_or_else(|| {
                    let share = edges.map(|(a, b, _)| side(a, b, centre) as f32 / area as f32);
                    shade(&corners, share, texture)
                });
                let pixel = &mut self.pixels[y * self.width + x];
                *pixel = over(colour, *pixel);
            }
        }
    }
}

/// The colour at a point of a triangle, given its shares of the three corners.
fn shade(corners: &[Vertex; 3], share: [f32; 3], texture: &Texture) -> Color32 {
    let mix = |of: &dyn Fn(&Vertex) -> f32| (0..3).map(|n| of(&corners[n]) * share[n]).sum::<f32>();
    let height = texture.pixels.len() / texture.width.max(1);
    let texel = |value: f32, size: usize| ((value * size as f32).floor().max(0.0) as usize).min(size.saturating_sub(1));
    let (x, y) = (texel(mix(&|v| v.uv.x), texture.width), texel(mix(&|v| v.uv.y), height));
    let texel = texture.pixels.get(y * texture.width + x).copied().unwrap_or(Color32::WHITE).to_array();
    let part = |n: usize| {
        let tint = mix(&|v| f32::from(v.color.to_array()[n]));
        (tint * f32::from(texel[n]) / 255.0).round().clamp(0.0, 255.0) as u8
    };
    Color32::from_rgba_premultiplied(part(0), part(1), part(2), part(3))
}

fn over(colour: Color32, ground: Color32) -> Color32 {
    match colour.a() {
        255 => return colour,
        0 if colour == Color32::TRANSPARENT => return ground,
        _ => {}
    }
    let rest = 255 - u32::from(colour.a());
    let part = |above: u8, below: u8| (u32::from(above) + (u32::from(below) * rest + 127) / 255).min(255) as u8;
    Color32::from_rgb(part(colour.r(), ground.r()), part(colour.g(), ground.g()), part(colour.b(), ground.b()))
}

impl Picture {
    /// Of so many pixels of a thousand, any colour differs by more than a twentieth: letters may be
    /// drawn a shade otherwise on another processor. All of them where the sizes differ.
    pub fn differs(&self, other: &Self) -> f64 {
        if (self.width, self.height) != (other.width, other.height) {
            return 1000.0;
        }
        let far = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 12);
        let count = self.rgb.chunks(3).zip(other.rgb.chunks(3)).filter(|pair| far(*pair)).count();
        count as f64 * 1000.0 / (self.width * self.height).max(1) as f64
    }

    /// Writes it as a PNG file.
    pub fn write(&self, path: &std::path::Path) -> Result<(), String> {
        let file = std::fs::File::create(path).map_err(|error| error.to_string())?;
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&self.rgb).map_err(|error| error.to_string())
    }

    /// Reads what [`Picture::write`] wrote.
    pub fn read(path: &std::path::Path) -> Result<Self, String> {
        let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut reader =
            png::Decoder::new(std::io::BufReader::new(file)).read_info().map_err(|error| error.to_string())?;
        let mut rgb = vec![0; reader.output_buffer_size().ok_or("too large")?];
        let info = reader.next_frame(&mut rgb).map_err(|error| error.to_string())?;
        rgb.truncate(info.buffer_size());
        if info.color_type != png::ColorType::Rgb {
            return Err(format!("{}: not a picture of the tests", path.display()));
        }
        Ok(Self { width: info.width as usize, height: info.height as usize, rgb })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn texture() -> Texture {
        Texture { width: 1, pixels: vec![Color32::WHITE] }
    }

    fn square(colour: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_max(pos2(1.0, 1.0), pos2(3.0, 3.0)), colour);
        mesh
    }

    #[test]
    fn two_triangles_of_a_square_cover_each_pixel_once() {
        let mut sheet = Sheet { width: 4, height: 4, pixels: vec![Color32::BLACK; 16], scale: 1.0 };
        sheet.mesh(&square(Color32::from_rgba_premultiplied(100, 0, 0, 100)), &texture(), Rect::EVERYTHING);
        let reds: Vec<u8> = sheet.pixels.iter().map(Color32::r).collect();
        assert_eq!(reds, [0, 0, 0, 0, 0, 100, 100, 0, 0, 100, 100, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn nothing_is_drawn_outside_of_the_clip() {
        let mut sheet = Sheet { width: 4, height: 4, pixels: vec![Color32::BLACK; 16], scale: 1.0 };
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(2.0, 4.0));
        sheet.mesh(&square(Color32::WHITE), &texture(), clip);
        assert_eq!(sheet.pixels.iter().filter(|pixel| **pixel == Color32::WHITE).count(), 2);
    }

    #[test]
    fn what_is_half_clear_lets_half_through() {
        let half = Color32::from_rgba_premultiplied(0, 64, 0, 128);
        assert_eq!(over(half, Color32::from_rgb(200, 100, 0)), Color32::from_rgb(100, 114, 0));
        assert_eq!(over(Color32::TRANSPARENT, Color32::RED), Color32::RED);
        assert_eq!(over(Color32::BLUE, Color32::RED), Color32::BLUE);
    }

    #[test]
    fn pictures_are_compared_pixel_by_pixel() {
        let picture = Picture { width: 10, height: 10, rgb: vec![100; 300] };
        let mut other = picture.clone();
        assert_eq!(picture.differs(&other), 0.0);
        other.rgb[7] = 105;
        assert_eq!(picture.differs(&other), 0.0, "a shade");
        other.rgb[7] = 200;
        assert_eq!(picture.differs(&other), 10.0);
        assert_eq!(picture.differs(&Picture { width: 5, height: 20, ..picture.clone() }), 1000.0);
    }
}
