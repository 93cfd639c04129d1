//! Conversion towards a target. Only text in the other script is converted, clause by clause.

mod choice;
mod clause_plan;
mod document_script;
mod evidence;
mod merge;
mod mixed_phrases;
mod options;
mod pairs;
mod protect;
mod protected_ranges;
mod quotes;
mod region;
mod simplified;
mod span_converter;
mod uniform;
mod usage;
mod wording;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Converter;
use super::identify::{Script, ScriptCount};
use super::target::Target;
use super::variants::Usage;
use crate::text::{CodeBlocks, Document};
pub use choice::Choice;
use clause_plan::{Treatment, treatments};
use document_script::{LineTally, ScriptEvidence};
pub use options::{ConversionOptions, OptionError, RegionalWords, Variants};
use pairs::Choices;
use span_converter::SpanConverter;
use uniform::Uniform;
pub use usage::CollectionUsage;

/// The plan for one document: the conversion of its lines, decided from all of them.
#[derive(Debug, Clone)]
pub struct Conversion {
    /// The target. It is never [`Target::Auto`], but the target that `auto` was resolved to.
    target: Target,
    /// The target with its region, if `target` comes from `auto`.
    forms: Target,
    /// OpenCC's conversion for clauses of the other script; `None` if nothing is converted.
    converter: Option<Converter>,
    /// The setting of the whole document.
    whole: ScriptEvidence,
    /// For each line, the setting of its part of the document, if parts are decided separately.
    parts: Vec<ScriptEvidence>,
    /// For each line, the evidence of its characters; empty if lines were not examined one by one.
    tallies: Vec<LineTally>,
    /// The lines that are never converted.
    code: CodeBlocks,
    /// The result for a document that is in one script.
    uniform: Option<Uniform>,
    /// The forms that the Traditional part of the document uses.
    usage: Arc<Usage>,
    options: ConversionOptions,
}

impl Conversion {
    /// Decides the conversion of a document from its lines, with the default options.
    ///
    /// With [`Target::Auto`] the target is the script of most deciding characters. The region of a Traditional document
    /// is the one whose character forms it uses.
    ///
    /// ```
    /// use qingwen::{Conversion, Target};
    /// let conversion = Conversion::of(Target::Hans, ["圍觀廣州", "山水"]);
    /// assert_eq!(conversion.convert("圍觀廣州"), "围观广州");
    /// ```
    pub fn of<'t>(target: Target, lines: impl IntoIterator<Item = &'t str>) -> Self {
        Self::with(target, &ConversionOptions::default(), lines)
    }

    /// Decides the conversion of a document from its lines. Options that do not apply to the target have no effect;
    /// [`ConversionOptions::check`] reports them.
    ///
    /// ```
    /// use qingwen::{convert::ConversionOptions, Conversion, Target};
    /// let options = ConversionOptions::default().protect("周杰伦")?;
    /// let conversion = Conversion::with(Target::Tw, &options, ["周杰伦说"]);
    /// assert_eq!(conversion.convert("周杰伦说"), "周杰伦說");
    /// # Ok::<(), qingwen::convert::OptionError>(())
    /// ```
    pub fn with<'t>(
        target: Target,
        options: &ConversionOptions,
        lines: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let lines: Vec<&str> = lines.into_iter().collect();
        Self::decided(target, options, lines.iter().copied(), None)
    }

    /// Like [`Conversion::with`] for the document's lines, but faster: a document in one script, as most are, is
    /// decided in a single pass over its text.
    ///
    /// ```
    /// use qingwen::{clean::Document, convert::ConversionOptions, Conversion, Target};
    /// let document = Document::new("圍觀廣州\r\n山水\n");
    /// let conversion = Conversion::of_document(Target::Hans, &ConversionOptions::default(), &document);
    /// assert_eq!(conversion.convert_document(&document), "围观广州\r\n山水\n");
    /// ```
    pub fn of_document(target: Target, options: &ConversionOptions, document: &Document) -> Self {
        let lines = document.lines().iter().map(|line| document.text(line));
        let uniform = if target == Target::Keep { None } else { Uniform::of(document, target, options) };
        Self::decided(target, options, lines, uniform)
    }

    fn decided<'t>(
        target: Target,
        options: &ConversionOptions,
        lines: impl Iterator<Item = &'t str> + Clone,
        uniform: Option<Uniform>,
    ) -> Self {
        let keep = Self {
            target: Target::Keep,
            forms: Target::Keep,
            converter: None,
            whole: ScriptEvidence::default(),
            parts: Vec::new(),
            tallies: Vec::new(),
            code: CodeBlocks::default(),
            uniform: None,
            usage: Arc::default(),
            options: options.clone(),
        };
        if target == Target::Keep {
            return keep;
        }
        let code = match &uniform {
            Some(uniform) => uniform.code.clone(),
            None => CodeBlocks::of(lines.clone()),
        };
        // Text that is never converted gives no evidence about the article.
        let counted = lines.clone().enumerate().filter(|(index, _)| !code.hold(*index));
        let tally = |(index, line)| match code.hold(index) {
            true => LineTally::default(),
            false => LineTally::of(line, options, target),
        };
        let (tallies, whole) = match &uniform {
            Some(uniform) => (Vec::new(), ScriptEvidence::of_count(uniform.count)),
            None => {
                let tallies: Vec<LineTally> = lines.clone().enumerate().map(tally).collect();
                let whole = ScriptEvidence::of(&tallies);
                (tallies, whole)
            }
        };
        let is_traditional = |(index, _): &(usize, &str)| match tallies.get(*index) {
            Some(tally) => tally.is_traditional(whole.script),
            None => whole.script == Some(Script::Hant),
        };
        let traditional = || counted.clone().filter(is_traditional).map(|(_, line)| line);
        let (target, forms) = match (target, whole.script) {
            (Target::Auto, None) => return keep,
            (Target::Auto, Some(Script::Hans)) => (Target::Hans, Target::Hans),
            (Target::Auto, Some(Script::Hant)) => {
                (Target::Hant, region::of_article(counted.clone().map(|(_, line)| line), traditional()))
            }
            _ => (target, target),
        };
        let configuration = match forms {
            Target::Hans => region::to_simplified(traditional()),
            _ => forms.region().map_or("s2t", |region| region.row().configuration),
        };
        let mut this = Self { target, forms, whole, converter: Converter::new(configuration).ok(), ..keep };
        let own_usage = options.variants == Variants::Usage && whole.count.hans > 0 && uniform.is_none();
        match (forms.region(), &options.usage) {
            (Some(region), Some(collection)) => {
                // The article has no influence beyond its paragraphs, so that it may be cut between them.
                this.usage = collection.of(region);
                this.parts = document_script::by_part(lines.clone(), &tallies);
            }
            (Some(region), None) if own_usage => {
                let traditional = counted.clone().filter(|(index, _)| tallies[*index].has_traditional());
                this.usage = Arc::new(usage::of_lines(traditional.map(|(_, line)| line), region));
            }
            _ => {}
        }
        Self { tallies, code, uniform, ..this }
    }

    /// The target that was chosen.
    pub fn target(&self) -> Target {
        self.target
    }

    /// OpenCC's configuration that converts lines of the other script; `None` if nothing is converted.
    pub fn configuration(&self) -> Option<&'static str> {
        let name = self.converter.as_ref()?.name();
        let name = if self.forms.has_words() { format!("{name}p") } else { name.to_owned() };
        Converter::configurations().into_iter().find(|known| *known == name)
    }

    /// Whether a line is not in the target script, at least in part.
    pub fn applies_to(&self, line: &str) -> bool {
        self.whole.applies_to(ScriptCount::of(line), self.target)
    }

    /// The line in the target script; borrowed if it is already in that script.
    ///
    /// Each clause is decided separately. A clause that is mostly in the other script is converted with the context of
    /// its phrases. In a clause that is mostly in the target script, only the characters that are certainly not in that
    /// script are converted. So text that is already right stays right.
    pub fn convert<'t>(&self, line: &'t str) -> Cow<'t, str> {
        self.convert_in(line, LineTally::of(line, &self.options, self.target), self.whole)
    }

    /// Like [`Conversion::convert`], for the line with this index in the document. With a collection's usage a line is
    /// judged within its paragraph, up to the next blank lines, and not by the whole document.
    ///
    /// ```
    /// use qingwen::{convert::{CollectionUsage, ConversionOptions}, Conversion, Target};
    /// let mut usage = CollectionUsage::default();
    /// usage.add("臺灣的樓臺。");
    /// let options = ConversionOptions::default().usage(usage);
    /// let conversion = Conversion::with(Target::Tw, &options, ["台湾", "", "说"]);
    /// assert_eq!(conversion.convert_line(0, "台湾"), "臺灣");
    /// ```
    pub fn convert_line<'t>(&self, index: usize, line: &'t str) -> Cow<'t, str> {
        if self.converter.is_none() || self.code.hold(index) {
            return Cow::Borrowed(line);
        }
        let tally = self.tallies.get(index).copied();
        let tally = tally.unwrap_or_else(|| LineTally::of(line, &self.options, self.target));
        self.convert_in(line, tally, self.parts.get(index).copied().unwrap_or(self.whole))
    }

    /// Converts all lines of a document to the target script. It works like [`Conversion::convert_line`], but does
    /// common work for neighbouring lines only once.
    ///
    /// ```
    /// use qingwen::{clean::Document, Conversion, Target};
    /// let document = Document::new("圍觀廣州\r\n山水\n");
    /// let lines = document.lines().iter().map(|line| document.text(line));
    /// let conversion = Conversion::of(Target::Hans, lines);
    /// assert_eq!(conversion.convert_document(&document), "围观广州\r\n山水\n");
    /// ```
    pub fn convert_document(&self, document: &Document) -> String {
        let source = document.source();
        let mut output = String::with_capacity(source.len() + source.len() / 16);
        if self.uniform.as_ref().is_some_and(Uniform::is_all_plain) {
            self.apply(self.simple(0), source, 0..source.len(), &mut output);
            return output;
        }
        let mut done = 0;
        let mut run = None;
        for (index, line) in document.lines().iter().enumerate() {
            let simple = self.simple(index).filter(|_| !document.has_separators());
            if simple.is_none() || simple != run {
                self.apply(run, source, done..line.span.start, &mut output);
                done = line.span.start;
            }
            if simple.is_none() {
                output.push_str(&self.convert_line(index, document.text(line)));
                done = line.span.end;
            }
            run = simple;
        }
        self.apply(run, source, done..source.len(), &mut output);
        output
    }

    /// The treatment of a whole line, if this does not require a look at its clauses.
    fn simple(&self, index: usize) -> Option<Treatment> {
        let setting = self.parts.get(index).copied().unwrap_or(self.whole);
        if self.code.hold(index) || self.options.keep_quotes {
            return None;
        }
        match &self.uniform {
            Some(uniform) if !uniform.is_plain(index) => None,
            Some(uniform) => LineTally::of_uniform(uniform.count).treatment(setting, self.target),
            None => self.tallies.get(index)?.treatment(setting, self.target),
        }
    }

    /// Appends the converted form of lines of a document that have the same treatment, given as a byte range of its
    /// source. Without a treatment the text is appended unchanged, for example the text between lines.
    fn apply(&self, treatment: Option<Treatment>, source: &str, range: Range<usize>, output: &mut String) {
        let choices = self.uniform.as_ref().and_then(|uniform| uniform.choices(range.clone()));
        let choices = choices.map(|choices| Choices { places: choices, start: range.start });
        let text = &source[range];
        match self.converter.as_ref().zip(treatment) {
            Some((converter, treatment)) => self.span(converter).apply(treatment, text, choices, output),
            None => output.push_str(text),
        }
    }

    fn convert_in<'t>(&self, line: &'t str, tally: LineTally, setting: ScriptEvidence) -> Cow<'t, str> {
        let Some(converter) = &self.converter else {
            return Cow::Borrowed(line);
        };
        let all_words = self.options.regional_words == RegionalWords::All && self.forms.has_words();
        let simple = tally.treatment(setting, self.target).filter(|_| !self.options.keep_quotes);
        if simple == Some(Treatment::Leave) && !all_words {
            return Cow::Borrowed(line);
        }
        let span = self.span(converter);
        let mut output = String::with_capacity(line.len() + line.len() / 16);
        match simple {
            Some(treatment) => span.apply(treatment, line, None, &mut output),
            None => self.convert_clauses(line, setting, span, &mut output),
        }
        if output == line { Cow::Borrowed(line) } else { Cow::Owned(output) }
    }

    fn convert_clauses(&self, line: &str, setting: ScriptEvidence, span: SpanConverter, output: &mut String) {
        let fixed = self.options.fixed(line, setting, self.target);
        let clauses = evidence::clauses(line, &fixed, setting, self.target);
        let mut start = 0;
        for (text, treatment) in treatments(line, &clauses, setting, self.target, span) {
            fixed.cut(text, start, output, |text, output| span.apply(treatment, text, None, output));
            start += text.len();
        }
    }

    fn span<'c>(&'c self, converter: &'c Converter) -> SpanConverter<'c> {
        SpanConverter { converter, forms: self.forms, usage: &self.usage, options: &self.options }
    }

    /// The choices among several Traditional forms that the conversion of a line makes, in the order of the line, with
    /// the reason for each. Protected text has no choices.
    ///
    /// ```
    /// use qingwen::{Conversion, Target};
    /// let conversion = Conversion::of(Target::Tw, ["皇后的头发"]);
    /// let choices = conversion.choices(0, "皇后的头发");
    /// assert_eq!(choices.last().map(|choice| choice.to_string()).as_deref(), Some("发→髮 because 头发: 18 to 2"));
    /// ```
    pub fn choices(&self, index: usize, line: &str) -> Vec<Choice> {
        let setting = self.parts.get(index).copied().unwrap_or(self.whole);
        let has_choices = self.forms.region().is_some() && !self.code.hold(index);
        let Some(converter) = self.converter.as_ref().filter(|_| has_choices) else {
            return Vec::new();
        };
        let fixed = self.options.fixed(line, setting, self.target);
        let clauses = evidence::clauses(line, &fixed, setting, self.target);
        let span = self.span(converter);
        let mut choices = Vec::new();
        let mut start = 0;
        for (text, treatment) in treatments(line, &clauses, setting, self.target, span) {
            for free in fixed.free(start, text.len()) {
                if treatment != Treatment::Leave {
                    let strangers = treatment == Treatment::ConvertCharacters;
                    choices.extend(span.choices(&line[free.clone()], free.start, strangers));
                }
            }
            start += text.len();
        }
        choices
    }
}
