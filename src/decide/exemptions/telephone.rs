//! Telephone numbers of an article, as in an authority's list of helplines.

use std::ops::RangeInclusive;

use super::word_lists::HELPLINES;

/// Numbers of digits in the parts of a telephone number: the area code and the rest.
const AREA: RangeInclusive<usize> = 3..=4;
const NUMBER: RangeInclusive<usize> = 6..=8;
/// Numbers of digits in a short number.
const SHORT_NUMBER: RangeInclusive<usize> = 3..=5;
/// Maximum number of characters in the name of a helpline.
const NAME_CHARACTERS: usize = 20;
/// The beginning of a number for which the caller does not pay.
const FREE: &str = "0800";

/// Whether a line begins with a telephone number. A date has no area code.
pub(crate) fn is_telephone(text: &str) -> bool {
    let Some((area, rest)) = text.split_once('-') else { return false };
    area.starts_with('0')
        && AREA.contains(&area.len())
        && digits(area) == area.len()
        && NUMBER.contains(&digits(rest))
}

/// Whether a line is the name of a helpline, and its number: a short one, or one for which the caller does not pay. The
/// numbers of offices and shops are longer.
pub(super) fn is_helpline(text: &str) -> bool {
    let Some((name, number)) = text.split_once([':', '：']) else { return false };
    let number = number.trim_start();
    let is_short = number.starts_with('1') && SHORT_NUMBER.contains(&digits(number)) && ends_there(number);
    is_name_of_helpline(name) && (is_short || number.starts_with(FREE) && is_telephone(number))
}

/// Whether a line is the name of a helpline, whose number is in the line below.
pub(crate) fn announces_helpline(text: &str) -> bool {
    text.trim().strip_suffix([':', '：']).is_some_and(is_name_of_helpline)
}

fn is_name_of_helpline(name: &str) -> bool {
    name.chars().count() <= NAME_CHARACTERS && HELPLINES.iter().any(|word| name.contains(word))
}

/// The number of digits at the beginning of a text.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether no other number follows the one at the beginning of a text.
fn ends_there(text: &str) -> bool {
    !text[digits(text)..].starts_with(['-', '－', '.', ' ', '/', '年'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_an_area_code_are_telephone_numbers() {
        for text in ["0571-5550000（24小時）", "0800-555000"] {
            assert!(is_telephone(text), "{text}");
        }
        for text in ["2023-08-24 08:25:00", "571-5550000", "0571-555", "老街 0571-5550000"] {
            assert!(!is_telephone(text), "{text}");
        }
    }

    #[test]
    fn helplines_have_a_name_and_a_short_or_free_number() {
        for text in ["老街生命線：1955", "街坊协谈专线: 1922（24小时）", "老街安心專線：0800-555000"]
        {
            assert!(is_helpline(text), "{text}");
        }
        for text in ["讀者服務專線：02-5555-1599", "客服热线：10055", "人气：1955", "熱線：讀者來信", "專線"]
        {
            assert!(!is_helpline(text), "{text}");
        }
        assert!(announces_helpline("老街心理援助热线（24小时）："));
        assert!(!announces_helpline("老街的热线") && !announces_helpline("里長說："));
    }
}
