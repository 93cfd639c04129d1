//! Articles that were read in the wrong encoding. Their lines are the text, and can often be repaired.

use crate::detect::Finding;
use crate::rules::RuleId;

/// Whether at least half of the lines that are not blank were read in the wrong encoding.
pub(super) fn is_misread(findings: &[Finding], lines: usize) -> bool {
    let is_mojibake = |finding: &&Finding| finding.rule.id == RuleId::RESIDUE_MOJIBAKE.id();
    findings.iter().filter(is_mojibake).count() * 2 >= lines.max(1)
}

#[cfg(test)]
mod tests {
    use crate::Cleaner;
    use crate::clean::Punctuation;

    /// `text` as it looks if its UTF-8 is read as Latin-1.
    fn misread(text: &str) -> String {
        text.bytes().map(|byte| if byte == b'\n' { '\n' } else { char::from(byte) }).collect()
    }

    #[test]
    fn an_article_that_was_misread_stays_and_a_line_that_was_misread_goes() {
        let article = misread("老街夜市搬走了\n\n街坊說，晚上安靜了許多。\n里長說，新址在河邊。\n");
        let cleaner = Cleaner::builder().punctuation(Punctuation::Keep).build();
        assert_eq!(cleaner.clean(&article).text, article);
        let line = format!("老街夜市搬走了\n\n街坊說，晚上安靜了許多。\n{}\n", misread("微信"));
        assert_eq!(cleaner.clean(&line).text, "老街夜市搬走了\n\n街坊說，晚上安靜了許多。\n");
    }
}
