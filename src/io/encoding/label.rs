//! Names of encodings, as `--encoding` takes them.

use encoding_rs::Encoding;

/// Names that are common and not in the standard of encodings, each with the one that is.
const ALIASES: [(&str, &str); 10] = [
    ("cp936", "gbk"),
    ("ms936", "gbk"),
    ("cp54936", "gb18030"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
    ("cp932", "shift_jis"),
    ("utf16", "utf-16"),
    ("utf16le", "utf-16le"),
    ("utf16be", "utf-16be"),
    ("utf-8-sig", "utf-8"),
];

/// The names that are suggested for a misspelt one.
const KNOWN: [&str; 12] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5-hkscs",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1252",
];

/// How alike a suggested name must be.
const ALIKE: f64 = 0.6;

/// The encoding of a name.
///
/// # Errors
/// If there is none. The message suggests a name.
pub(crate) fn by_label(name: &str) -> Result<&'static Encoding, String> {
    let name = name.trim().to_ascii_lowercase();
    let standard = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, name)| name);
    Encoding::for_label_no_replacement(standard.as_bytes())
        .ok_or_else(|| format!("no such encoding; {}", hint(&name)))
}

fn hint(name: &str) -> String {
    let likeness = |known: &&str| strsim::normalized_damerau_levenshtein(name, known);
    let best = KNOWN.into_iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match best.filter(|known| likeness(known) >= ALIKE) {
        Some(known) => format!("did you mean {known}?"),
        None => format!("known are {} and the other names of the WHATWG's standard", KNOWN.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_misspelt_ones_answered() {
        for (name, encoding) in
            [("GB18030", "gb18030"), (" gb2312 ", "GBK"), ("cp936", "GBK"), ("UTF16LE", "UTF-16LE")]
        {
            assert_eq!(by_label(name).map(Encoding::name), Ok(encoding));
        }
        assert!(by_label("gb18300").unwrap_err().contains("did you mean gb18030?"));
        assert!(by_label("klingon").unwrap_err().contains("known are utf-8, "));
        assert!(by_label("hz-gb-2312").is_err());
    }
}
