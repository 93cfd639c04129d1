//! Exceptions: the lines that an editor keeps, whatever rules and the line model say.

use std::collections::HashSet;

use crate::analysis::Folded;
use crate::typography::Replacing;

/// The lines of an article that are never removed. They are still converted and mended.
///
/// A line is told by its comparison key ([`fold`](crate::fold)), so that it stays known after it was converted and
/// mended. A line of which the key is empty, such as `———`, is told by its text.
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
    /// Nothing is removed.
    ///
    /// ```
    /// use qingwen::clean::Exceptions;
    /// assert!(Exceptions::everything().keeps("分享到："));
    /// ```
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// The same exceptions and one more: lines that say what this one says.
    pub fn line(mut self, line: &str) -> Self {
        self.lines.insert(key(line));
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
        self.everything || !self.lines.is_empty() && self.lines.contains(&key(line))
    }
}

/// What a line comes to in comparison, with references of HTML and radicals read: cleaning reads them too.
fn key(line: &str) -> String {
    let read = Replacing { entities: true, radicals: true }.apply(line);
    let folded = Folded::of(&read);
    if folded.key.is_empty() { read.trim().to_owned() } else { folded.key.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_in_either_script_with_any_marks_and_before_and_after_mending() {
        let exceptions = Exceptions::default().line("  ———  ").line("老街&nbsp;的⽤戶");
        for kept in ["———", "老街 的用户。", "老街&nbsp;的⽤戶"] {
            assert!(exceptions.keeps(kept), "{kept}");
        }
        for other in ["***", "", "老街"] {
            assert!(!exceptions.keeps(other), "{other}");
        }
    }
}
