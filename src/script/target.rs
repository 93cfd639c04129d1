//! Conversion towards a target: only what is in the other script is converted, clause by clause.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::Converter;
use super::builtin::dictionary_entries;
use super::context::{Region, Usage};
use super::identify::{Script, ScriptCount};
use super::mixed::{Span, convert_characters};

/// What the text should become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Target {
    /// The article's own majority script.
    #[default]
    Auto,
    /// No conversion.
    Keep,
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese in OpenCC's standard forms.
    Hant,
    /// Traditional Chinese in Taiwan's forms.
    Tw,
    /// Traditional Chinese in Hong Kong's forms.
    Hk,
    /// Taiwan's forms and words.
    TwPhrases,
    /// Hong Kong's forms and words.
    HkPhrases,
}

/// A name that is no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no target named {0:?}; there are {names}", names = Target::NAMES.map(|(name, _)| name).join(", "))]
pub struct UnknownTarget(pub String);

impl Target {
    /// Every target with its name on the command line.
    pub const NAMES: [(&'static str, Target); 8] = [
        ("auto", Target::Auto),
        ("keep", Target::Keep),
        ("hans", Target::Hans),
        ("hant", Target::Hant),
        ("tw", Target::Tw),
        ("hk", Target::Hk),
        ("twp", Target::TwPhrases),
        ("hkp", Target::HkPhrases),
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, target)| *target == self).map_or("", |(name, _)| name)
    }

    /// The script of the converted text; `None` where the article decides or nothing is converted.
    pub fn script(self) -> Option<Script> {
        match self {
            Target::Auto | Target::Keep => None,
            Target::Hans => Some(Script::Hans),
            Target::Hant | Target::Tw | Target::Hk | Target::TwPhrases | Target::HkPhrases => {
                Some(Script::Hant)
            }
        }
    }

    /// OpenCC's configuration for clauses that are in the other script.
    fn configuration(self) -> Option<&'static str> {
        match self {
            Target::Auto | Target::Keep => None,
            Target::Hans => Some("t2s"),
            Target::Hant => Some("s2t"),
            Target::Tw => Some("s2tw"),
            Target::Hk => Some("s2hk"),
            Target::TwPhrases => Some("s2twp"),
            Target::HkPhrases => Some("s2hkp"),
        }
    }
}

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(name: &str) -> Result<Self, UnknownTarget> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, target)| *target).ok_or_else(|| UnknownTarget(name.into()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The plan for one document: what its lines are converted to, decided from all of them.
#[derive(Debug, Clone)]
pub struct Conversion {
    /// The target, never [`Target::Auto`]: what `auto` came to.
    target: Target,
    /// The script of lines that decide nothing by themselves.
    document: Option<Script>,
    /// OpenCC's configuration for lines of the other script; compiled when the first such line comes.
    configuration: Option<&'static str>,
    /// Which forms the Traditional part of the document uses.
    usage: Usage,
    /// Whether a Traditional document holds Simplified characters, so that a clause may be Simplified of
    /// which no single character tells it.
    is_mixed: bool,
}

impl Conversion {
    /// Decides the conversion of a document from its lines.
    ///
    /// With [`Target::Auto`] the target is the script of most deciding characters; a Traditional document
    /// is taken to be of the region whose character forms it uses.
    ///
    /// ```
    /// use qingwen::{Conversion, Target};
    /// let conversion = Conversion::of(Target::Hans, ["圍觀廣州", "山水"]);
    /// assert_eq!(conversion.convert("圍觀廣州"), "围观广州");
    /// ```
    pub fn of<'t>(target: Target, lines: impl IntoIterator<Item = &'t str>) -> Self {
        if target == Target::Keep {
            return Self::undecided(target);
        }
        let lines: Vec<&str> = lines.into_iter().collect();
        let mut count = ScriptCount::default();
        let mut forms = Forms::default();
        for line in &lines {
            // What Japanese shares with either script says nothing of the article's.
            if !is_japanese(line) {
                count = count.plus(ScriptCount::of(line));
            }
            if target == Target::Auto {
                forms.count(line);
            }
        }
        let document = count.majority();
        let (target, converted_as) = match (target, document) {
            (Target::Auto, None) => (Target::Keep, Target::Keep),
            (Target::Auto, Some(Script::Hans)) => (Target::Hans, Target::Hans),
            (Target::Auto, Some(Script::Hant)) => (Target::Hant, forms.region()),
            _ => (target, target),
        };
        let is_mixed = count.hans > 0 && document == Some(Script::Hant);
        let mut this = Self {
            document,
            configuration: converted_as.configuration(),
            is_mixed,
            ..Self::undecided(target)
        };
        if let Some(region) = this.region().filter(|_| count.hans > 0) {
            this.usage = usage_of(&lines, region);
        }
        this
    }

    /// A plan that converts nothing.
    fn undecided(target: Target) -> Self {
        Self { target, document: None, configuration: None, usage: Usage::default(), is_mixed: false }
    }

    /// The region whose forms are chosen by context and usage; OpenCC's own standard is nobody's usage.
    fn region(&self) -> Option<Region> {
        match self.configuration {
            Some("s2tw" | "s2twp") => Some(Region::Tw),
            Some("s2hk" | "s2hkp") => Some(Region::Hk),
            _ => None,
        }
    }

    /// The target that was decided on.
    pub fn target(&self) -> Target {
        self.target
    }

    /// OpenCC's configuration that converts lines of the other script; `None` where nothing is converted.
    pub fn configuration(&self) -> Option<&'static str> {
        self.configuration
    }

    /// Whether a line is, at least in part, not in the target script.
    pub fn applies_to(&self, line: &str) -> bool {
        let Some(target) = self.target.script() else { return false };
        let count = ScriptCount::of(line);
        let others = count.hans + count.hant - count.in_script(target);
        let decided = count.hans + count.hant > 0;
        others > 0 || (!decided && self.document.is_some_and(|script| script != target))
    }

    /// The line in the target script; borrowed where it is so already.
    ///
    /// Clauses are decided one by one: one that is mostly in the other script is converted with the context
    /// of its phrases, and of one that is mostly in the target script only the characters that certainly are
    /// not. So what is right already stays right.
    pub fn convert<'t>(&self, line: &'t str) -> Cow<'t, str> {
        let may_apply = (self.is_mixed && self.region().is_some()) || self.applies_to(line);
        let configuration = self.configuration.filter(|_| may_apply);
        match configuration.map(Converter::new) {
            Some(Ok(converter)) => Cow::Owned(self.convert_clauses(&converter, line)),
            _ => Cow::Borrowed(line),
        }
    }

    fn convert_clauses(&self, converter: &Converter, line: &str) -> String {
        let mut output = String::with_capacity(line.len());
        let mut run = ("", Treatment::Leave);
        let mut start = 0;
        // Neighbouring clauses of one kind are converted together: some phrases hold a comma.
        for (clause, treatment) in self.treatments(line) {
            if treatment != run.1 {
                self.apply(run.1, converter, run.0, &mut output);
                start += run.0.len();
                run = ("", treatment);
            }
            run.0 = &line[start..start + run.0.len() + clause.len()];
        }
        self.apply(run.1, converter, run.0, &mut output);
        output
    }

    /// The clauses of a line, and what is done with each.
    fn treatments<'t>(&self, line: &'t str) -> Vec<(&'t str, Treatment)> {
        let clauses: Vec<(&str, ScriptCount)> =
            line.split_inclusive(CLAUSE_ENDS).map(|clause| (clause, ScriptCount::of(clause))).collect();
        let whole = clauses.iter().fold(ScriptCount::default(), |sum, (_, count)| sum.plus(*count));
        let of_line = whole.majority().or(self.document);
        let before = nearest(clauses.iter().map(|(_, count)| count.majority()));
        let mut after = nearest(clauses.iter().rev().map(|(_, count)| count.majority()));
        after.reverse();
        let around = before.into_iter().zip(after);
        let treated = clauses.into_iter().zip(around).map(|((clause, count), (before, after))| {
            let inherited = if before == after { before.or(of_line) } else { of_line };
            (clause, self.treatment(clause, count, inherited, before != after))
        });
        treated.collect()
    }

    /// Of a clause between two scripts less proof is asked for.
    fn treatment(
        &self,
        clause: &str,
        count: ScriptCount,
        inherited: Option<Script>,
        between: bool,
    ) -> Treatment {
        let Some(target) = self.target.script() else { return Treatment::Leave };
        let own = count.in_script(target);
        match count.hans + count.hant - own {
            0 if own == 0 && self.proves(clause, between) => Treatment::Convert,
            0 if own > 0 || inherited.is_none_or(|script| script == target) => Treatment::Leave,
            _ if is_japanese(clause) => Treatment::Leave,
            others if others > own => Treatment::Convert,
            others if others == own && inherited != Some(target) => Treatment::Convert,
            _ => Treatment::ConvertCharacters,
        }
    }

    /// Whether the neighbours of a character show that Traditional text would not write it so.
    fn proves(&self, clause: &str, between: bool) -> bool {
        let doubt = if between { DOUBT_BETWEEN } else { DOUBT };
        let region = self.region().filter(|_| self.is_mixed && !is_japanese(clause));
        region.is_some_and(|region| Span { region, usage: &self.usage }.proves(clause, doubt))
    }

    fn apply(&self, treatment: Treatment, converter: &Converter, text: &str, output: &mut String) {
        let span = self.region().map(|region| Span { region, usage: &self.usage });
        match (treatment, span) {
            (Treatment::Leave, _) => output.push_str(text),
            (Treatment::Convert, Some(span)) => span.convert_into(converter, text, output),
            (Treatment::Convert, None) => converter.convert_into(text, output),
            (Treatment::ConvertCharacters, Some(span)) => span.convert_strangers_into(text, output),
            (Treatment::ConvertCharacters, None) => convert_characters(converter, text, output),
        }
    }
}

/// By clause, the script of the last one that has decided, itself included.
fn nearest(scripts: impl Iterator<Item = Option<Script>>) -> Vec<Option<Script>> {
    let mut last = None;
    let nearest = scripts.map(|script| {
        last = script.or(last);
        last
    });
    nearest.collect()
}

/// The forms which the clauses use that are certainly Traditional.
fn usage_of(lines: &[&str], region: Region) -> Usage {
    let mut usage = Usage::default();
    for clause in lines.iter().flat_map(|line| line.split_inclusive(CLAUSE_ENDS)) {
        let count = ScriptCount::of(clause);
        if count.hans == 0 && count.hant > 0 {
            usage.add(clause, region);
        }
    }
    usage
}

/// A clause of which no character tells the script is proven to be in the other one where Traditional text would
/// write some character of it so many times less often than another form; between clauses of two scripts less
/// will do.
const DOUBT: f64 = 0.01;
const DOUBT_BETWEEN: f64 = 0.1;

/// Marks that end a clause, and the half-width marks that mending makes of them: what a clause is must not depend
/// on whether the line was mended before.
const CLAUSE_ENDS: [char; 19] =
    ['，', '。', '！', '？', '；', '：', ',', '.', '!', '?', ';', ':', '"', '「', '」', '“', '”', '《', '》'];

/// Japanese shares characters with both scripts. One の alone is a fashion of Chinese shop signs.
fn is_japanese(clause: &str) -> bool {
    let kana = |c: &char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ');
    clause.chars().filter(kana).take(2).count() == 2
}

/// What is done with a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    /// It is in the target script.
    Leave,
    /// It is in the other script.
    Convert,
    /// It is in the target script but for single characters.
    ConvertCharacters,
}

/// Counts the characters of a Traditional document whose form differs by region.
#[derive(Debug, Default)]
struct Forms {
    /// Uses of forms that the Taiwan and the Hong Kong table would change.
    against: [usize; 2],
    /// Uses of forms that those tables produce.
    for_region: [usize; 2],
}

/// Which regional tables have a character as a key, and as a result.
#[derive(Debug, Clone, Copy, Default)]
struct Regional {
    key: [bool; 2],
    result: [bool; 2],
}

static REGIONAL: LazyLock<HashMap<char, Regional>> = LazyLock::new(|| {
    let mut table: HashMap<char, Regional> = HashMap::new();
    for (region, name) in ["TWVariants", "HKVariants"].into_iter().enumerate() {
        for entry in dictionary_entries(name) {
            entry.key.chars().for_each(|c| table.entry(c).or_default().key[region] = true);
            entry.default().chars().for_each(|c| table.entry(c).or_default().result[region] = true);
        }
    }
    table
});

impl Forms {
    fn count(&mut self, line: &str) {
        for forms in line.chars().filter_map(|character| REGIONAL.get(&character)) {
            for region in 0..2 {
                self.against[region] += usize::from(forms.key[region]);
                self.for_region[region] += usize::from(forms.result[region] && !forms.key[region]);
            }
        }
    }

    /// The region whose forms the document uses most; OpenCC's standard where it uses neither's.
    fn region(&self) -> Target {
        let score = |region: usize| self.for_region[region] as i64 - self.against[region] as i64;
        let (tw, hk) = (score(0), score(1));
        match (tw >= 0 && tw >= hk, hk >= 0) {
            (true, _) => Target::Tw,
            (false, true) => Target::Hk,
            (false, false) => Target::Hant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_in_the_target_script_is_not_touched() {
        let conversion = Conversion::of(Target::Tw, ["群峰系統只是設備", "围观"]);
        assert_eq!(conversion.convert("群峰系統只是設備"), "群峰系統只是設備");
        assert_eq!(conversion.convert("围观"), "圍觀");
    }

    #[test]
    fn a_region_s_own_forms_are_traditional() {
        for target in [Target::Hant, Target::Tw, Target::Hk, Target::TwPhrases, Target::Auto] {
            let conversion = Conversion::of(target, ["群峰系統只是設備，說明了質量", "山峰與人群"]);
            assert_eq!(conversion.convert("群峰系統只是設備，說明了質量"), "群峰系統只是設備，說明了質量");
            assert_eq!(conversion.convert("山峰與人群"), "山峰與人群");
        }
    }

    #[test]
    fn names_and_japanese_stay() {
        let conversion =
            Conversion::of(Target::Hk, ["李慧琼說，梁頌恒行吓先，國際感覚（こくさい感覚の国）。"]);
        let line = "李慧琼說，梁頌恒行吓先，国際のニュース";
        assert_eq!(conversion.convert(line), line);
    }

    #[test]
    fn what_is_right_in_a_mixed_line_stays() {
        let conversion = Conversion::of(Target::Tw, ["系統只是設備，說明了質量"]);
        assert_eq!(
            conversion.convert("說明了系統只是设備，鼠标里面的头发，設備說明了質量"),
            "說明了系統只是設備，鼠標裡面的頭髮，設備說明了質量"
        );
    }

    #[test]
    fn a_line_wholly_in_the_other_script_is_converted_as_opencc_does() {
        let line = "圍觀!來看「廣州」掃黑,於是乾杯;后來一不做，二不休。";
        let conversion = Conversion::of(Target::Hans, [line]);
        assert_eq!(conversion.convert(line), Converter::new("t2s").unwrap().convert(line));
    }

    #[test]
    fn a_line_without_deciding_characters_follows_its_document() {
        let hans = Conversion::of(Target::Hant, ["后面是头发", "后面"]);
        assert_eq!(hans.convert("后面"), "後面");
        let hant = Conversion::of(Target::Hant, ["皇后的頭髮", "皇后"]);
        assert_eq!(hant.convert("皇后"), "皇后");
    }

    #[test]
    fn auto_takes_the_majority_and_its_region() {
        let taiwan = Conversion::of(Target::Auto, ["為了這裡的群眾", "说"]);
        assert_eq!((taiwan.target(), taiwan.configuration()), (Target::Hant, Some("s2tw")));
        let hong_kong = Conversion::of(Target::Auto, ["為了這裏的羣眾，着衞説"]);
        assert_eq!(hong_kong.configuration(), Some("s2hk"));
        assert_eq!(Conversion::of(Target::Auto, ["山水"]).target(), Target::Keep);
    }

    #[test]
    fn names_and_targets_agree() {
        for (name, target) in Target::NAMES {
            assert_eq!((name.parse(), target.to_string()), (Ok(target), name.to_owned()));
        }
        assert!("cn".parse::<Target>().unwrap_err().to_string().contains("twp"));
    }
}
