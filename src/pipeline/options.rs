//! The options of a cleaner.

use std::sync::Arc;

use crate::analysis::LineList;
use crate::decide::KeepTwin;
use crate::detect::classifier::Model;
use crate::detect::learned::{CorpusModel, SourceLines};
use crate::detect::patterns::RulePack;
use crate::rules::{Category, Certainty, Rule, Selector};
use crate::script::{ConversionOptions, Target};
use crate::typography::Replacing;

/// A set of categories to remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Profile {
    /// All but metadata.
    #[default]
    Article,
    /// All categories.
    Corpus,
    /// Repeats, and what the user's own lists, rules and models of collections name.
    Light,
}

impl Profile {
    /// Whether the profile removes a category.
    pub fn removes(self, category: Category) -> bool {
        match self {
            Profile::Article => category != Category::Metadata,
            Profile::Corpus => true,
            Profile::Light => matches!(category, Category::Repeat | Category::User | Category::Corpus),
        }
    }
}

/// Whether punctuation, spacing and invisible characters are mended. With `Keep`, references of HTML and
/// radicals are left too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Punctuation {
    /// Mend them in Chinese text.
    #[default]
    Auto,
    /// Leave them as they are.
    Keep,
}

/// Whether character references of HTML in prose, such as `&ldquo;` and `&nbsp;`, are decoded.
///
/// ```
/// use qingwen::clean::{Cleaner, Entities};
/// let text = "老街&nbsp;夜市，他說&ldquo;好&rdquo;。";
/// assert_eq!(Cleaner::default().clean(text).text, "老街 夜市，他說“好”。");
/// let keep = Cleaner::builder().entities(Entities::Keep).build();
/// assert_eq!(keep.clean(text).text, text);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Entities {
    /// Decode them, except in code and where they would become markup.
    #[default]
    Auto,
    /// Leave them as they are.
    Keep,
}

/// Whether radicals in prose (U+2E80–2FDF) become characters. The text of a PDF may have radicals in place of
/// the characters.
///
/// ```
/// use qingwen::clean::{Cleaner, Radicals};
/// assert_eq!(Cleaner::default().clean("⽂字很⻓，⽤不完。").text, "文字很长，用不完。");
/// let keep = Cleaner::builder().radicals(Radicals::Keep).build();
/// assert_eq!(keep.clean("⽂字很多。").text, "⽂字很多。");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Radicals {
    /// Replace them by the characters that they represent.
    #[default]
    Auto,
    /// Leave them as they are.
    Keep,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Options {
    pub profile: Profile,
    pub remove: Vec<Selector>,
    pub keep: Vec<Selector>,
    pub target: Target,
    pub conversion: ConversionOptions,
    pub punctuation: Punctuation,
    pub entities: Entities,
    pub radicals: Radicals,
    /// Whether to search for metadata.
    pub metadata: bool,
    /// The line model, unless it is the built-in one.
    pub model: Option<Arc<Model>>,
    /// The choice of the line that is kept, of the lines that say the same.
    pub keep_twin: KeepTwin,
    /// The least certainty of the rules that are applied. `None` applies all of them.
    pub certainty: Option<Certainty>,
    /// The user's rules.
    pub rules: RulePack,
    /// Lists of lines to keep in any case.
    pub keep_lines: Vec<LineList>,
    /// Lists of lines to remove in any case.
    pub remove_lines: Vec<LineList>,
    /// Models of collections.
    pub corpus_models: Vec<Arc<CorpusModel>>,
}

impl Options {
    /// The lines that the models of collections know of a source's articles.
    pub fn learned(&self, source: Option<&str>) -> Option<&SourceLines> {
        self.corpus_models.iter().find_map(|model| model.of_source(source))
    }

    /// The replacements in prose. They are a part of mending, so there are none without it.
    pub fn replacing(&self) -> Replacing {
        let mends = self.punctuation == Punctuation::Auto;
        Replacing {
            entities: mends && self.entities == Entities::Auto,
            radicals: mends && self.radicals == Radicals::Auto,
        }
    }

    /// Whether the lines of a rule are removed. The name of a rule wins over the name of its category, and
    /// `keep` over `remove`.
    pub fn removes(&self, rule: &Rule) -> bool {
        if self.certainty.is_some_and(|least| rule.certainty > least) {
            return false;
        }
        let selects = |list: &[Selector], by_id: bool| {
            list.iter()
                .any(|selector| matches!(selector, Selector::Rule(_)) == by_id && selector.covers(rule))
        };
        for by_id in [true, false] {
            if selects(&self.keep, by_id) {
                return false;
            }
            if selects(&self.remove, by_id) {
                return true;
            }
        }
        self.profile.removes(rule.category)
    }
}

/// Builds a [`Cleaner`](super::Cleaner).
///
/// ```
/// use qingwen::clean::{Profile, Punctuation};
/// use qingwen::rules::{Category, Selector};
/// use qingwen::{Cleaner, Target};
/// let cleaner = Cleaner::builder()
///     .profile(Profile::Corpus)
///     .keep(Selector::Category(Category::Legal))
///     .target(Target::Hans)
///     .punctuation(Punctuation::Keep)
///     .build();
/// assert_eq!(cleaner.clean("圍觀,來看").text, "围观,来看");
/// ```
#[derive(Debug, Clone, Default)]
pub struct CleanerBuilder {
    options: Options,
}

impl CleanerBuilder {
    /// The profile, which says which categories are removed.
    pub fn profile(mut self, profile: Profile) -> Self {
        self.options.profile = profile;
        self
    }

    /// Removes a category or a rule, even if the profile does not remove it.
    pub fn remove(mut self, selector: Selector) -> Self {
        self.options.remove.push(selector);
        self
    }

    /// Keeps a category or a rule, even if the profile removes it.
    pub fn keep(mut self, selector: Selector) -> Self {
        self.options.keep.push(selector);
        self
    }

    /// The target of the conversion.
    pub fn target(mut self, target: Target) -> Self {
        self.options.target = target;
        self
    }

    /// The options of the conversion towards the target.
    ///
    /// ```
    /// use qingwen::convert::ConversionOptions;
    /// use qingwen::{Cleaner, Target};
    /// let options = ConversionOptions::default().protect("周杰伦")?;
    /// let cleaner = Cleaner::builder().target(Target::Tw).conversion(options).build();
    /// assert_eq!(cleaner.clean("周杰伦说").text, "周杰伦說");
    /// # Ok::<(), qingwen::convert::OptionError>(())
    /// ```
    pub fn conversion(mut self, options: ConversionOptions) -> Self {
        self.options.conversion = options;
        self
    }

    /// Whether punctuation and spacing are mended.
    pub fn punctuation(mut self, punctuation: Punctuation) -> Self {
        self.options.punctuation = punctuation;
        self
    }

    /// Whether character references of HTML are decoded. With punctuation `Keep` they are not.
    ///
    /// ```
    /// use qingwen::clean::{Cleaner, Entities};
    /// let keep = Cleaner::builder().entities(Entities::Keep).build();
    /// assert_eq!(keep.clean("茶&middot;點").text, "茶&middot;點");
    /// ```
    pub fn entities(mut self, entities: Entities) -> Self {
        self.options.entities = entities;
        self
    }

    /// Whether radicals become the characters that they represent. With punctuation `Keep` they do not.
    ///
    /// ```
    /// use qingwen::clean::{Cleaner, Radicals};
    /// let keep = Cleaner::builder().radicals(Radicals::Keep).build();
    /// assert_eq!(keep.clean("⽂字").text, "⽂字");
    /// ```
    pub fn radicals(mut self, radicals: Radicals) -> Self {
        self.options.radicals = radicals;
        self
    }

    /// Whether [`Cleaned::metadata`](super::Cleaned::metadata) is filled. By default it is not, because it
    /// takes time.
    ///
    /// ```
    /// let cleaner = qingwen::Cleaner::builder().metadata(true).build();
    /// assert_eq!(cleaner.clean("老街夜市搬走了\n作者：林小溪\n").metadata.byline, ["林小溪"]);
    /// ```
    pub fn metadata(mut self, wanted: bool) -> Self {
        self.options.metadata = wanted;
        self
    }

    /// The least certainty of the rules that are applied. With `Sure`, rules that are only `Likely` right
    /// remove nothing, those of the line model included. By default both kinds are applied.
    ///
    /// ```
    /// use qingwen::{Cleaner, rules::Certainty};
    /// let careful = Cleaner::builder().certainty(Certainty::Sure).build();
    /// let cleaned = careful.clean("老街夜市搬走了。\n\n分享到：");
    /// assert!(cleaned.removals.iter().all(|removal| removal.certainty == Certainty::Sure));
    /// ```
    pub fn certainty(mut self, least: Certainty) -> Self {
        self.options.certainty = Some(least);
        self
    }

    /// The choice of the line that is kept, of the lines that say the same. The default is the first line.
    pub fn keep_twin(mut self, keep: KeepTwin) -> Self {
        self.options.keep_twin = keep;
        self
    }

    /// The user's rules, which work like the built-in ones. A later call replaces the rules of an earlier
    /// one; a pack may have any number of files.
    ///
    /// ```
    /// use qingwen::Cleaner;
    /// use qingwen::clean::RulePack;
    /// let file = RulePack::draft("user/tea", "老街茶行祝您有個好心情");
    /// let pack = RulePack::read([("tea.toml", file.as_str())])?;
    /// let cleaner = Cleaner::builder().rules(pack).build();
    /// assert_eq!(cleaner.clean("老街夜市搬走了。\n老街茶行祝您有个好心情\n").text, "老街夜市搬走了。\n");
    /// # Ok::<(), qingwen::clean::RulePackError>(())
    /// ```
    pub fn rules(mut self, pack: RulePack) -> Self {
        self.options.rules = pack;
        self
    }

    /// Keeps the lines of a list, whatever rules and the model decide. It may be called more than once, and
    /// all lists count. A line matches a list in the form of the source, or in the form after conversion and
    /// mending.
    ///
    /// ```
    /// use qingwen::{Cleaner, clean::LineList};
    /// let cleaner = Cleaner::builder().keep_lines(LineList::parse("keep.txt", "分享到")).build();
    /// assert_eq!(cleaner.clean("老街夜市搬走了。\n分享到：\n").text, "老街夜市搬走了。\n分享到：\n");
    /// ```
    pub fn keep_lines(mut self, list: LineList) -> Self {
        self.options.keep_lines.push(list);
        self
    }

    /// Removes the lines of a list at any position, by the rule `user/line`. It may be called more than once.
    /// A list to keep wins over a list to remove.
    ///
    /// ```
    /// use qingwen::{Cleaner, clean::LineList};
    /// let cleaner = Cleaner::builder().remove_lines(LineList::parse("remove.txt", "老街茶行 好茶")).build();
    /// assert_eq!(cleaner.clean("老街夜市搬走了。\n老街茶行，好茶！\n").text, "老街夜市搬走了。\n");
    /// ```
    pub fn remove_lines(mut self, list: LineList) -> Self {
        self.options.remove_lines.push(list);
        self
    }

    /// Removes the lines that a model of a collection knows as printed on many pages of the article's source.
    /// It may be called more than once: the first model that knows the source counts.
    /// [`Cleaner::clean_of_source`](super::Cleaner::clean_of_source) says which source an article has.
    ///
    /// ```
    /// use qingwen::Cleaner;
    /// use qingwen::corpus::{LearnOptions, learn};
    /// let menu = "首頁\n老街人物選\n登入\n";
    /// let stories = ["夜市在上個月搬走，街坊都說晚上安靜了許多。", "里長說，年底以前路燈會全部換新。"];
    /// let pages = stories.map(|story| format!("{story}\n{menu}"));
    /// let model = learn(pages.iter().map(|page| ("老街網", page.as_str())), &LearnOptions::default());
    /// let cleaner = Cleaner::builder().corpus_model(model.into()).build();
    /// let cleaned = cleaner.clean(&format!("老街的貓回來了，鄰居都很高興。\n{menu}"));
    /// assert_eq!(cleaned.text, "老街的貓回來了，鄰居都很高興。\n");
    /// ```
    pub fn corpus_model(mut self, model: Arc<CorpusModel>) -> Self {
        self.options.corpus_models.push(model);
        self
    }

    /// The line model.
    #[cfg(feature = "training")]
    pub(crate) fn model(mut self, model: Arc<Model>) -> Self {
        self.options.model = Some(model);
        self
    }

    /// The cleaner.
    pub fn build(self) -> super::Cleaner {
        super::Cleaner { options: self.options }
    }
}
