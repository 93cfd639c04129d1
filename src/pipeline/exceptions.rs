//! Exceptions: the lines that an editor keeps, whatever rules and the line model decide.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::analysis::Folded;
use crate::script::Converter;
use crate::typography::Replacing;

/// The configurations that replace the words of a region by those of the mainland.
static FROM_WORDS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    ["tw2sp", "hk2sp"].iter().filter_map(|configuration| Converter::new(configuration).ok()).collect()
});

/// The lines of an article that are never removed. They are still converted and mended.
///
/// A line is identified by its comparison key ([`fold`](crate::fold)), with its own words or with those of
/// the mainland. So it is still known after it was converted and mended. A line with an empty key, such as
/// `———`, is identified by its text.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::clean::Exceptions;
/// let text = "老街夜市搬走了\n街坊說安靜了許多。\n分享到:\n";
/// let exceptions = Exceptions::default().line("分享到：");
/// let cleaned = Cleaner::default().clean_with(text, None, &exceptions);
/// assert_eq!(cleaned.text, "老街夜市搬走了\n街坊說安靜了許多。\n分享到：\n");
/// assert!(cleaned.removals.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exceptions {
    everything: bool,
    lines: HashSet<String>,
}

impl Exceptions {
    /// Exceptions for all lines: nothing is removed.
    ///
    /// ```
    /// use qingwen::clean::Exceptions;
    /// assert!(Exceptions::everything().keeps("分享到："));
    /// ```
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// These exceptions and one more, for lines that say the same as `line`.
    pub fn line(mut self, line: &str) -> Self {
        self.lines.extend(keys(line));
        self
    }

    /// Whether a line is never removed.
    ///
    /// ```
    /// use qingwen::clean::Exceptions;
    /// let exceptions = Exceptions::default().line("老街的貓");
    /// assert!(exceptions.keeps("老街的猫！") && !exceptions.keeps("老街的狗"));
    /// ```
    pub fn keeps(&self, line: &str) -> bool {
        self.everything || !self.lines.is_empty() && keys(line).iter().any(|key| self.lines.contains(key))
    }
}

/// The keys that identify a line. References of HTML and radicals are replaced first, because cleaning
/// replaces them too. Cleaning may also choose the words of a region, so there is a key with the words of the
/// mainland.
fn keys(line: &str) -> Vec<String> {
    let replaced = Replacing { entities: true, radicals: true }.apply(line);
    let folded = Folded::of(&replaced);
    if folded.key.is_empty() {
        return vec![replaced.trim().to_owned()];
    }
    let converted = FROM_WORDS.iter().map(|converter| converter.convert(&replaced));
    let mut keys: Vec<String> = converted.map(|text| Folded::of(&text).key.clone()).collect();
    keys.push(folded.key.clone());
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_identified_in_either_script_with_any_marks_and_before_and_after_mending() {
        let exceptions = Exceptions::default().line("  ———  ").line("老街&nbsp;的⽤戶");
        for kept in ["———", "老街 的用户。", "老街&nbsp;的⽤戶"] {
            assert!(exceptions.keeps(kept), "{kept}");
        }
        let exceptions = exceptions.line("系统 软件 鼠标 网络 信息");
        assert!(exceptions.keeps("系統 軟體 滑鼠 網路 資訊") && exceptions.keeps("系統 軟件 滑鼠 網絡 資訊"));
        for other in ["***", "", "老街"] {
            assert!(!exceptions.keeps(other), "{other}");
        }
    }
}
