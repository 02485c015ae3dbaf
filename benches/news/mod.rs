//! News of any length, made for measurements.

use tallymark::claim::MONTHS;

/// News of a size in bytes, with so many figures spread over it.
pub fn news(bytes: usize, spans: usize) -> String {
    let filler = "The officials who spoke to reporters at the border on that day gave no further details, and those \
                  who had waited there since the morning were told to come back when the lists had been compared. ";
    let mut text = String::with_capacity(bytes + 1024);
    const TOWNS: [&str; 7] = ["Kharkiv", "Sumy", "Odesa", "Dnipro", "Lviv", "Poltava", "Chernihiv"];
    for n in 0..spans {
        let (town, month, day) = (TOWNS[n % 7], MONTHS[n / 28 % 12], n % 28 + 1);
        let count = n * 7919 % 9_000 + 20;
        text.push_str(&format!("On {day} {month} {count} soldiers were killed near {town} in clash {n}. "));
        let until = bytes / spans * (n + 1);
        while text.len() + filler.len() < until {
            text.push_str(filler);
        }
        if n % 3 == 2 {
            text.push_str("\n\n");
        }
    }
    text
}
