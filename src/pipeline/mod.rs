//! The pipeline: it detects, decides, removes, converts and mends, and so determines the clean text of a
//! document.

mod difference;
mod draft;
mod evidence;
mod exceptions;
mod fixpoint;
mod mending;
mod options;
mod restore;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::decide::Step;
use crate::detect::patterns::RulePack;
use crate::metadata::Metadata;
use crate::rules::{Category, Certainty, rules};
use crate::script::{ScriptCount, Target};
use crate::text::{Span, TextHash};
pub use draft::BYTE_ORDER_MARK;
pub use evidence::Evidence;
pub use exceptions::Exceptions;
use options::Options;
pub use options::{CleanerBuilder, Entities, Profile, Punctuation, Radicals};
pub use restore::{restore, restore_lines};

/// Cleans articles. Immutable and cheap to share between threads; does no input or output.
///
/// ```
/// use qingwen::{Cleaner, Target};
/// let cleaner = Cleaner::builder().target(Target::Auto).build();
/// let article = "老街夜市搬走了嗎?\n\n夜市在上個月搬走,街坊說安靜了許多。\n\n老街夜市搬走了吗?\n\n分享到:";
/// let cleaned = cleaner.clean(article);
/// assert_eq!(cleaned.text, "老街夜市搬走了嗎？\n\n夜市在上個月搬走，街坊說安靜了許多。\n");
/// let rules: Vec<_> = cleaned.removals.iter().map(|removal| removal.rule.as_ref()).collect();
/// assert_eq!(rules, ["repeat/headline", "share/bar"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cleaner {
    options: Options,
}

/// A cleaned article, and what was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The clean text.
    pub text: String,
    /// The title that came with the article, converted and mended as the article is; `None` if none came.
    pub title: Option<String>,
    /// The removed lines in order, one record each.
    pub removals: Vec<Removal>,
    /// Everything that was removed, in order: removed lines with their terminators, blank lines that they
    /// left behind, and a byte-order mark. Everything else was kept. The removed and the kept parts tile the
    /// source.
    pub removed: Vec<RemovedSpan>,
    /// Kept lines that conversion or mending changed, in order.
    pub rewrites: Vec<Rewrite>,
    /// References of HTML and radicals in kept lines that became characters, in order.
    pub replacements: Vec<Replacement>,
    /// The results of the conversion.
    pub conversion: ConversionSummary,
    /// The article's metadata: byline, source, date and the like, in the form of the source, also if those
    /// lines are removed. Empty if the cleaner was not asked for it.
    pub metadata: Metadata,
}

/// A removed line, with its position and the reason for its removal.
///
/// It can be read back from the report:
///
/// ```
/// use qingwen::{Cleaner, clean::Removal};
/// let cleaned = Cleaner::default().clean("老街夜市搬走了。\n\n分享到：");
/// let json = serde_json::to_string(&cleaned.removals[0]).unwrap();
/// assert_eq!(serde_json::from_str::<Removal>(&json).unwrap(), cleaned.removals[0]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Removal {
    /// 1-based number of the physical line in the source.
    pub line: usize,
    /// Byte range of the line in the source, without its terminator.
    #[serde(flatten)]
    pub span: Span,
    /// The rule's category.
    pub category: Category,
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// The certainty of the rule.
    pub certainty: Certainty,
    /// The line in the form of the source.
    pub text: String,
    /// The evidence for the removal.
    pub evidence: Evidence,
}

/// A byte range that is not in the clean text.
///
/// [`restore()`] puts such spans back. They can be read from JSON again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedSpan {
    /// Byte range in the source.
    #[serde(flatten)]
    pub span: Span,
    /// The rule that removed it. It is `blank` for a blank line that a removal left behind, and
    /// [`BYTE_ORDER_MARK`] for a byte-order mark.
    pub rule: Cow<'static, str>,
    /// 1-based number of the physical line in the source.
    pub line: usize,
    /// The offset in bytes in the clean text at which the range was.
    pub at: usize,
    /// The hash of the clean text.
    pub clean: TextHash,
    /// The source's bytes in that range.
    pub text: String,
}

/// A kept line that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rewrite {
    /// 1-based number of the physical line in the source.
    pub line: usize,
    /// Byte range of the line in the source, without its terminator.
    #[serde(flatten)]
    pub span: Span,
    /// Whether conversion changed it.
    pub converted: bool,
    /// Whether mending of punctuation, white space and invisible characters changed it.
    pub mended: bool,
    /// Whether references of HTML or radicals in it became characters. [`Cleaned::replacements`] has them.
    pub replaced: bool,
    /// The line in the form of the clean text.
    pub text: String,
}

/// A piece of a kept line that represented a character.
///
/// ```
/// let source = "他說&ldquo;好";
/// let cleaned = qingwen::Cleaner::default().clean(source);
/// let [replacement] = cleaned.replacements.as_slice() else { panic!() };
/// assert_eq!((replacement.rule, replacement.span.of(source)), ("entity", "&ldquo;"));
/// assert_eq!(replacement.becomes, "“");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// 1-based number of the physical line in the source.
    pub line: usize,
    /// Byte range in the source.
    #[serde(flatten)]
    pub span: Span,
    /// `entity` for a character reference of HTML, `radical` for a radical.
    pub rule: &'static str,
    /// The source's bytes in that range.
    pub text: String,
    /// The characters that it represents. Conversion and mending may have changed them further.
    pub becomes: String,
}

/// The results of the conversion of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConversionSummary {
    /// The target. For `auto`, the target that was chosen, or `keep` if there was nothing to convert.
    #[serde(serialize_with = "target_name")]
    pub target: Target,
    /// OpenCC's configuration for lines of the other script.
    pub configuration: Option<&'static str>,
    /// The number of kept lines whose source has more deciding Simplified characters than Traditional ones.
    pub hans_lines: usize,
    /// The number of kept lines whose source has more deciding Traditional characters than Simplified ones.
    pub hant_lines: usize,
    /// The number of characters in kept lines that conversion changed.
    pub characters_changed: usize,
}

fn target_name<S: serde::Serializer>(target: &Target, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(target.name())
}

impl Cleaner {
    /// A builder with the default options: profile `article`, target `auto`, punctuation `auto`.
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder::default()
    }

    /// Builds the tables that the first articles would build, and compiles the patterns of all rules. A service calls
    /// this before its first article, so that all articles take equally long. It takes about as long as some hundred
    /// short articles, and changes no result.
    ///
    /// ```
    /// let cleaner = qingwen::Cleaner::default();
    /// cleaner.warm_up();
    /// assert_eq!(cleaner.clean("街坊說,好。").text, "街坊說，好。");
    /// ```
    pub fn warm_up(&self) {
        // The examples of a rule form an article in which the rule searches for them.
        rules().iter().for_each(|rule| drop(self.clean(&rule.matches.join("\n"))));
    }

    /// Cleans an article. It never fails and never panics, whatever the text.
    pub fn clean(&self, source: &str) -> Cleaned {
        self.clean_titled(source, None)
    }

    /// Cleans an article whose title came with it, beside the text.
    ///
    /// ```
    /// let cleaner = qingwen::Cleaner::default();
    /// let text = "夜市在上個月搬走。\n老街夜市搬走了吗？\n街坊說安靜了許多。";
    /// let cleaned = cleaner.clean_titled(text, Some("老街夜市搬走了嗎？"));
    /// assert_eq!(cleaned.text, "夜市在上個月搬走。\n街坊說安靜了許多。");
    /// let cleaned = cleaner.clean_titled(text, Some("老街夜市,搬走了?"));
    /// assert_eq!(cleaned.title.as_deref(), Some("老街夜市，搬走了？"));
    /// ```
    pub fn clean_titled(&self, source: &str, title: Option<&str>) -> Cleaned {
        self.clean_with(source, title, &Exceptions::default())
    }

    /// Cleans an article of which an editor keeps some lines. [`Exceptions`] has an example.
    pub fn clean_with(&self, source: &str, title: Option<&str>, exceptions: &Exceptions) -> Cleaned {
        self.clean_of_source(None, source, title, exceptions)
    }

    /// Cleans an article of a source. A model of a collection may know the lines that this source prints on
    /// many pages ([`CleanerBuilder::corpus_model`]). If the source is not known, a model with one source
    /// applies.
    ///
    /// ```
    /// use qingwen::Cleaner;
    /// use qingwen::clean::Exceptions;
    /// use qingwen::corpus::{LearnOptions, learn};
    /// let (menu, other) = ("首頁\n老街人物選\n登入\n", "河邊的舊書市集又要搬家了。\n");
    /// let stories = ["夜市在上個月搬走，街坊都說晚上安靜了許多。", "里長說，年底以前路燈會全部換新。"];
    /// let pages = stories.map(|story| format!("{story}\n{menu}"));
    /// let of_street = pages.iter().map(|page| ("老街網", page.as_str()));
    /// let model = learn(of_street.chain([("河邊網", other)]), &LearnOptions::default());
    /// let cleaner = Cleaner::builder().corpus_model(model.into()).build();
    /// let text = "老街的貓回來了，鄰居都很高興。\n首頁\n老街人物選\n";
    /// let cleaned = |source| cleaner.clean_of_source(Some(source), text, None, &Exceptions::default()).text;
    /// assert!(!cleaned("老街網").contains("人物選") && cleaned("河邊網").contains("人物選"));
    /// ```
    pub fn clean_of_source(
        &self,
        source: Option<&str>,
        text: &str,
        title: Option<&str>,
        exceptions: &Exceptions,
    ) -> Cleaned {
        fixpoint::clean(&self.options, self.options.learned(source), text, title, exceptions)
    }

    /// The user's rules.
    ///
    /// ```
    /// assert_eq!(qingwen::Cleaner::default().rules().rules().count(), 0);
    /// ```
    pub fn rules(&self) -> &RulePack {
        &self.options.rules
    }

    /// The changes that each policy made to the decision about each line, round by round.
    ///
    /// ```
    /// let cleaner = qingwen::Cleaner::default();
    /// let history = cleaner.history("老街夜市搬走了\n街坊說安靜了許多。\n分享到：", None);
    /// let step = history.iter().find(|step| step.line == 3).unwrap();
    /// assert_eq!((step.policy, step.goes.as_slice()), ("patterns", ["share/bar".to_owned()].as_slice()));
    /// ```
    pub fn history(&self, source: &str, title: Option<&str>) -> Vec<Step> {
        self.history_with(source, title, &Exceptions::default())
    }

    /// The same history for an article of which an editor keeps some lines.
    ///
    /// ```
    /// use qingwen::{Cleaner, clean::Exceptions};
    /// let text = "老街夜市搬走了\n街坊說安靜了許多。\n分享到：";
    /// let history = Cleaner::default().history_with(text, None, &Exceptions::everything());
    /// assert!(history.iter().any(|step| (step.line, step.policy) == (3, "kept lines") && step.goes.is_empty()));
    /// ```
    pub fn history_with(&self, source: &str, title: Option<&str>, exceptions: &Exceptions) -> Vec<Step> {
        fixpoint::history(&self.options, self.options.learned(None), source, title, exceptions)
    }
}

/// The numbers of lines with mostly Simplified and mostly Traditional characters.
fn count_lines<'t>(lines: impl Iterator<Item = &'t str>) -> (usize, usize) {
    let (mut hans, mut hant) = (0, 0);
    for count in lines.map(ScriptCount::of) {
        hans += usize::from(count.hans > count.hant);
        hant += usize::from(count.hant > count.hans);
    }
    (hans, hant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::KeepTwin;

    #[test]
    fn no_two_lines_are_removed_for_each_other() {
        let text = "颱風過後的果園\n台风过后的果园\n\
            風停了,果園裡滿地都是落果。農民阿福說,今年的收成大概只剩三成。\n\
            阿福家的果园在半山腰,路断了,车上不去。他背着竹篓走了两个小时。\n\
            果園裡滿地都是落果。 資料圖片\n果园里满地都是落果。 资料图片\n\
            政府說會補助,但是要先拍照、填表、等人來看。阿福拍了,填了,等了兩個星期。\n\
            政府说会补助,但是要先拍照、填表、等人来看。阿福拍了,填了,等了两个星期。\n\
            阿福拍了,填了,等了兩個星期。\n分享至Facebook\n";
        for keep in [KeepTwin::First, KeepTwin::TargetScript, KeepTwin::Longest] {
            for target in [Target::Hans, Target::Hant, Target::Keep] {
                let cleaned = Cleaner::builder().target(target).keep_twin(keep).build().clean(text);
                let removals = cleaned.removals.iter();
                let pairs: Vec<[usize; 2]> = removals
                    .filter_map(|removal| Some([removal.line, removal.evidence.duplicate_of()?]))
                    .collect();
                let each_other = pairs.iter().find(|[line, original]| pairs.contains(&[*original, *line]));
                assert_eq!(each_other, None, "{keep:?} {target:?}: {:?}", cleaned.removals);
            }
        }
    }

    #[test]
    fn lines_that_the_model_would_remove_one_after_another_are_kept() {
        let by_model =
            |cleaned: &Cleaned| cleaned.removals.iter().any(|removal| removal.rule.starts_with("model/"));
        let foot = "老街的夜市搬走了\n夜市在上個月搬走，街坊都說晚上安靜了許多。\n上一頁\n回到頁首\nx\n聯絡客服\n\
                    網站地圖\n關於我們\n";
        assert!(by_model(&Cleaner::default().clean(foot)));
        for line in ["說說說說", "x", "http://", "上一頁", "微信"] {
            let text = format!("{line}\n").repeat(400);
            let cleaned = Cleaner::default().clean(&text);
            assert!(!by_model(&cleaned), "{line}");
            assert_eq!(Cleaner::default().clean(&cleaned.text).text, cleaned.text);
        }
    }
}
