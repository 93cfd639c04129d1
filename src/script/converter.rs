//! Exact conversion: the same output as OpenCC 1.4.2 for a configuration, for every input.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::{Arc, LazyLock, OnceLock};

use super::builtin;
use super::composable::Manner;
use super::configuration;
use super::configuration::{ConfigurationError, UnknownConfiguration};
use super::dictionary::Dictionary;
use super::inspection::{Ambiguity, Stages, Trace};
use super::opencc::{ChainPlan, Note, Scratch};
use super::recipe::Recipe;
use super::stream::{ConvertReader, ConvertWriter};
use super::worker::Worker;

/// Converts text by one of OpenCC's configurations, byte for byte as OpenCC 1.4.2 does.
///
/// (OpenCC's library loses the text after a NUL character in a segment; here it is kept.)
///
/// The whole text is assumed to be in the configuration's source script. For text that mixes scripts use
/// [`Cleaner`](crate::Cleaner) or [`Target`](crate::Target), which convert only text that is in the other script. A
/// converter is immutable and is shared between threads. Clones share its tables. For OpenCC's configurations the
/// tables are part of the program and need no loading.
///
/// ```
/// let s2twp = qingwen::Converter::new("s2twp")?;
/// assert_eq!(s2twp.convert("鼠标里面的硅二极管坏了"), "滑鼠裡面的矽二極體壞了");
/// # Ok::<(), qingwen::convert::UnknownConfiguration>(())
/// ```
#[derive(Debug, Clone)]
pub struct Converter {
    inner: Arc<Inner>,
}

/// OpenCC's configurations. Each is made on first use and then shared.
static BUILTIN: LazyLock<HashMap<&str, OnceLock<Converter>>> = LazyLock::new(|| {
    builtin::configurations().iter().map(|configuration| (configuration.name, OnceLock::new())).collect()
});

#[derive(Debug)]
struct Inner {
    name: String,
    title: String,
    plan: ChainPlan,
    recipe: Recipe,
    manner: Manner,
    stages: OnceLock<Stages>,
    /// OpenCC itself, which replaces the plan.
    #[cfg(feature = "opencc")]
    reference: Option<super::reference::ReferenceEngine>,
}

impl Converter {
    /// A converter for one of OpenCC's configurations, such as `s2t` or `tw2sp`.
    ///
    /// # Errors
    /// [`UnknownConfiguration`] if OpenCC has no configuration of that name.
    pub fn new(configuration: &str) -> Result<Self, UnknownConfiguration> {
        let cell = BUILTIN.get(configuration);
        let cell = cell.ok_or_else(|| UnknownConfiguration { name: configuration.into() })?;
        Ok(cell.get_or_init(|| Self::builtin(configuration)).clone())
    }

    /// The names of OpenCC's configurations, sorted.
    ///
    /// ```
    /// assert!(qingwen::Converter::configurations().contains(&"s2hk"));
    /// ```
    pub fn configurations() -> Vec<&'static str> {
        builtin::configurations().iter().map(|configuration| configuration.name).collect()
    }

    fn builtin(name: &str) -> Self {
        let configuration = builtin::configurations().iter().find(|known| known.name == name);
        let recipe =
            || Recipe { chain: configuration.map(|c| c.chain()).unwrap_or_default(), ..Recipe::default() };
        let plan = configuration.and_then(|configuration| configuration.plan());
        let title = configuration.map_or("", |configuration| configuration.title);
        Self::of(name, title, plan.unwrap_or_else(|| recipe().plan()), Recipe::default(), Manner::Composed)
    }

    fn of(name: &str, title: &str, plan: ChainPlan, recipe: Recipe, manner: Manner) -> Self {
        let (name, title) = (name.to_owned(), title.to_owned());
        let inner = Inner {
            name,
            title,
            plan,
            recipe,
            manner,
            stages: OnceLock::new(),
            #[cfg(feature = "opencc")]
            reference: None,
        };
        Self { inner: Arc::new(inner) }
    }

    #[cfg(feature = "opencc")]
    pub(super) fn reference(configuration: &str) -> Result<Self, super::EngineError> {
        use super::reference::ReferenceEngine;
        let known = builtin::configurations().iter().find(|known| known.name == configuration);
        let reference = match known {
            Some(known) => ReferenceEngine::builtin(known)?,
            None => ReferenceEngine::file(std::path::Path::new(configuration))?,
        };
        let base = Self::builtin(configuration);
        let inner = Inner {
            name: configuration.into(),
            title: base.title().into(),
            plan: base.inner.plan.clone(),
            recipe: base.inner.recipe.clone(),
            manner: Manner::Composed,
            stages: OnceLock::new(),
            reference: Some(reference),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// A converter for a configuration in OpenCC's own JSON format, with text dictionaries.
    ///
    /// `dictionary` returns the dictionary of a file that the configuration names, or `None` if there is no such file.
    /// In that case OpenCC's dictionary of that name is used. Compilation takes about 50 ms if OpenCC's large
    /// dictionaries are used.
    ///
    /// # Errors
    /// [`ConfigurationError`] if the JSON does not have OpenCC's form, or if a dictionary is missing or is compiled for
    /// OpenCC (`.ocd2`).
    ///
    /// ```
    /// use qingwen::{convert::Dictionary, Converter};
    /// let json = r#"{"name": "ours", "conversion_chain": [{"dict": {"type": "group",
    ///     "match_policy": "short_circuit", "dicts": [
    ///         {"type": "text", "file": "ours.txt"}, {"type": "ocd2", "file": "TSCharacters.ocd2"}]}}]}"#;
    /// let ours = Dictionary::parse("軟體\t软件\n").ok();
    /// let converter =
    ///     Converter::from_json("ours", json, |file| ours.clone().filter(|_| file == "ours.txt"))?;
    /// assert_eq!(converter.convert("軟體與體會"), "软件与体会");
    /// # Ok::<(), qingwen::convert::ConfigurationError>(())
    /// ```
    pub fn from_json(
        name: &str,
        json: &str,
        mut dictionary: impl FnMut(&str) -> Option<Dictionary>,
    ) -> Result<Self, ConfigurationError> {
        let configuration::Configuration { chain, inline } = configuration::parse(json)?;
        let mut recipe = Recipe { chain, dictionaries: inline, own: String::new() };
        let files: Vec<String> = recipe
            .files()
            .filter(|file| !recipe.dictionaries.contains_key(*file))
            .map(String::from)
            .collect();
        for file in files {
            if let Some(found) = dictionary(&file) {
                recipe.dictionaries.insert(file, found.text().to_owned());
            }
        }
        if let Some(file) = recipe.missing().next() {
            let is_compiled = file.ends_with(".ocd2") || file.ends_with(".ocd");
            return Err(
                if is_compiled { ConfigurationError::Compiled } else { ConfigurationError::Missing }(
                    file.into(),
                ),
            );
        }
        let title = recipe.chain.title.clone();
        let manner = Manner::of(&recipe.chain, &|name| recipe.dictionary(name));
        Ok(Self::of(name, &title, recipe.plan(), recipe, manner))
    }

    /// The same converter with users' dictionaries, which take precedence over all others. Their keys are matched
    /// first, the longest key first, and the replacement is final. If several dictionaries have the same key, the last
    /// one wins. Compilation takes about 50 ms.
    ///
    /// ```
    /// use qingwen::{convert::Dictionary, Converter};
    /// let names = Dictionary::parse("周杰伦\t周杰倫\n刘胡兰\t劉胡蘭\n干细胞\t幹細胞\n")?;
    /// let converter = Converter::new("s2twp")?.with_dictionaries(&[names]);
    /// assert_eq!(converter.convert("周杰伦的干细胞"), "周杰倫的幹細胞");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_dictionaries(&self, dictionaries: &[Dictionary]) -> Self {
        let mut recipe = self.recipe();
        let later = dictionaries.iter().rev().map(Dictionary::text).collect::<String>();
        recipe.own.insert_str(0, &later);
        Self::of(self.name(), self.title(), recipe.plan(), recipe, self.inner.manner)
    }

    /// The configuration's name.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// What the configuration converts, in OpenCC's words.
    pub fn title(&self) -> &str {
        &self.inner.title
    }

    /// The converted text; borrowed if nothing changes. Never panics.
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut output = String::with_capacity(text.len() + text.len() / 16);
        self.convert_into(text, &mut output);
        if output == text { Cow::Borrowed(text) } else { Cow::Owned(output) }
    }

    /// Appends the converted text to `output`.
    pub fn convert_into(&self, text: &str, output: &mut String) {
        self.convert_with(text, output, &mut Scratch::for_text(text.len()));
    }

    /// Appends the converted text. Returns notes, in order, of the places where a configuration with the words of a
    /// region may convert differently from the configuration without them.
    pub(super) fn convert_noting_words(&self, text: &str, output: &mut String) -> Vec<Note> {
        self.inner.plan.convert_noting(text, output, &mut Scratch::for_text(text.len()))
    }

    /// The segment that starts at byte `at` of a text, which must be the start of a character. Returns the segment's
    /// length and its replacement as UTF-8.
    pub(super) fn segment_at(&self, text: &str, at: usize) -> Option<(usize, &[u8])> {
        self.inner.plan.segment_at(text, at)
    }

    pub(super) fn convert_with(&self, text: &str, output: &mut String, scratch: &mut Scratch) {
        #[cfg(feature = "opencc")]
        if let Some(reference) = &self.inner.reference {
            return reference.convert_into(text, output);
        }
        match self.inner.manner {
            Manner::Composed => self.inner.plan.convert_into(text, output, scratch),
            Manner::Lines | Manner::Whole => output.push_str(&self.trace(text).output),
        }
    }

    /// A worker for one thread. It converts as the converter does, and reuses a buffer of its own.
    ///
    /// ```
    /// let worker = qingwen::Converter::new("t2s")?.worker();
    /// let mut output = String::new();
    /// ["漢", "字"].iter().for_each(|text| worker.convert_into(text, &mut output));
    /// assert_eq!(output, "汉字");
    /// # Ok::<(), qingwen::convert::UnknownConfiguration>(())
    /// ```
    pub fn worker(&self) -> Worker {
        Worker::new(self.clone())
    }

    /// A writer that converts what is written to it and writes the result to `inner`. The result does not depend on how
    /// the text is cut into writes. The writer buffers about 64 KiB. It buffers more only for text in which no part can
    /// be converted independently; such text occurs only by design. Call [`ConvertWriter::finish`] at the end.
    ///
    /// ```
    /// use std::io::Write;
    /// let mut writer = qingwen::Converter::new("s2t")?.writer(Vec::new());
    /// "头发".bytes().try_for_each(|byte| writer.write_all(&[byte]))?;
    /// assert_eq!(writer.finish()?, "頭髮".as_bytes());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn writer<W: Write>(&self, inner: W) -> ConvertWriter<W> {
        ConvertWriter::new(self.worker(), inner)
    }

    /// A reader that converts what `inner` gives. It buffers as much as [`Converter::writer`] does.
    ///
    /// ```
    /// let text = std::io::read_to_string(qingwen::Converter::new("t2s")?.reader("頭髮".as_bytes()))?;
    /// assert_eq!(text, "头发");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reader<R: Read>(&self, inner: R) -> ConvertReader<R> {
        ConvertReader::new(self.worker(), inner)
    }

    /// Converts and records every intermediate result.
    ///
    /// ```
    /// let trace = qingwen::Converter::new("s2tw")?.trace("出发");
    /// assert_eq!((trace.segments.len(), trace.output.as_str()), (1, "出發"));
    /// # Ok::<(), qingwen::convert::UnknownConfiguration>(())
    /// ```
    pub fn trace(&self, text: &str) -> Trace {
        self.stages().trace(&self.inner.plan.normalized(text))
    }

    /// The places where a dictionary of a step offers more than one replacement. Conversion takes the first.
    ///
    /// ```
    /// let found = qingwen::Converter::new("s2t")?.ambiguities("他干");
    /// assert_eq!(found[0].candidates, ["幹", "乾", "干", "榦"]);
    /// # Ok::<(), qingwen::convert::UnknownConfiguration>(())
    /// ```
    pub fn ambiguities(&self, text: &str) -> Vec<Ambiguity> {
        self.stages().ambiguities(&self.inner.plan.normalized(text))
    }

    /// Whether the chain is known. It is not known for a configuration file that only OpenCC reads.
    pub(super) fn is_known(&self) -> bool {
        !self.inner.recipe.chain.steps.is_empty() || BUILTIN.contains_key(self.name())
    }

    fn recipe(&self) -> Recipe {
        self.inner.recipe.clone().or_built_in(self.name())
    }

    /// The last place where a text may be cut so that its parts convert exactly as the whole text does, whatever
    /// follows.
    pub(super) fn cut(&self, text: &str) -> usize {
        match self.inner.manner {
            _ if !self.is_known() => 0,
            Manner::Composed => self.inner.plan.cut(text),
            manner => manner.cut(text),
        }
    }

    /// The text after normalisation, if that does not depend on what follows.
    pub(super) fn normalized_start(&self, text: &str) -> Option<String> {
        if self.inner.manner == Manner::Composed { self.inner.plan.normalized_start(text) } else { None }
    }

    fn stages(&self) -> &Stages {
        self.inner.stages.get_or_init(|| {
            let recipe = self.recipe();
            Stages::of(&recipe.chain, &|name| recipe.dictionary(name), &recipe.own)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unchanged_text_is_borrowed() {
        let t2s = Converter::new("t2s").unwrap();
        assert!(matches!(t2s.convert("清文 abc"), Cow::Borrowed(_)));
    }

    /// Regional words and phrases in both scripts, mixed with other text that may occur between them.
    fn wording() -> impl Strategy<Value = String> {
        let tables =
            ["TWPhrases", "HKPhrases", "STPhrases_GeneratedFromRegionalPhrases", "TWVariantsPhrases"];
        let keys = tables.into_iter().flat_map(builtin::dictionary_entries).map(|entry| entry.key.to_owned());
        let between =
            ["的", "，", "后", "里", "\u{2FF0}", "\u{F914}", "\u{2F800}", "A", "𠮷", "头发", "裏", "软"];
        let piece = prop::sample::select(keys.chain(between.map(String::from)).collect::<Vec<_>>());
        prop::collection::vec((piece, any::<bool>()), 0..12).prop_map(|pieces| {
            let simplified = Converter::new("t2s").unwrap();
            let converted = |(piece, is_simplified): &(String, bool)| {
                if *is_simplified { simplified.convert(piece).into_owned() } else { piece.clone() }
            };
            pieces.iter().map(converted).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn outside_notes_words_change_nothing(text in wording()) {
            for (words, without) in [("s2twp", "s2tw"), ("s2hkp", "s2hk"), ("tw2sp", "tw2s"), ("hk2sp", "hk2s")] {
                let (words, without) = (Converter::new(words).unwrap(), Converter::new(without).unwrap());
                let mut output = String::from("before");
                let notes = words.convert_noting_words(&text, &mut output);
                prop_assert_eq!(&output["before".len()..], words.convert(&text));
                let (mut expected, mut at, mut made) = (String::new(), 0, "before".len());
                for Note { source, output: becomes } in notes {
                    prop_assert!(at <= source.start && made <= becomes.start);
                    expected += &output[made..becomes.start];
                    expected += &without.convert(&text[source.clone()]);
                    (at, made) = (source.end, becomes.end);
                }
                expected += &output[made..];
                let plain = without.convert(&text);
                prop_assert_eq!(expected.chars().count(), plain.chars().count());
                // A word of one character gives no note, because it is replaced one for one anyway.
                let is_word = |c: char, word: char| words.convert(&c.to_string()) == word.to_string();
                let mut pairs = plain.chars().zip(expected.chars());
                prop_assert!(pairs.all(|(c, word)| c == word || is_word(c, word)), "{plain} {expected}");
            }
        }
    }

    #[test]
    fn segments_join_to_the_text() {
        let s2t = Converter::new("s2tw").unwrap();
        for text in ["", "出发", "x出发y头发", "⿰头发", "头发⿰头发"] {
            let trace = s2t.trace(text);
            assert_eq!(trace.segments.concat(), text);
            assert_eq!(trace.output, s2t.convert(text));
        }
    }

    #[test]
    fn a_converter_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Converter>();
    }
}
