//! Dates in ISO 8601.

/// A date, with or without a time, as `YYYY-MM-DD`, `YYYY-MM-DDThh:mm` or `YYYY-MM-DDThh:mm:ss`; `None` if there is no
/// such day or time. Year, month and day must be in this order, so nothing is guessed.
pub(crate) fn iso(written: &str) -> Option<String> {
    let numbers: Vec<u32> = written
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().ok())
        .collect::<Option<_>>()?;
    let (&[year, month, day], time) = numbers.split_first_chunk::<3>()?;
    if !(1..=days(year, month)?).contains(&day) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match time {
        [] => Some(date),
        [hour @ 0..=23, minute @ 0..=59] => Some(format!("{date}T{hour:02}:{minute:02}")),
        [hour @ 0..=23, minute @ 0..=59, second @ 0..=59, ..] => {
            Some(format!("{date}T{hour:02}:{minute:02}:{second:02}"))
        }
        _ => None,
    }
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}
