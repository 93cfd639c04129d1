//! The cleaners of a run: one for all articles, and one for each section of the configuration file.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use globset::{GlobBuilder, GlobMatcher};

use super::args::CleaningArgs;
use super::jobs::Article;
use super::markdown;
use super::settings::{ConfiguredCommand, SectionSource};
use crate::Cleaner;
use crate::clean::{Cleaned, CleanerBuilder};
use crate::io::is_markdown;
use crate::rules::Rule;

/// The cleaners of a run. Each is built once.
pub(super) struct Cleaners {
    all: CleanersByFile,
    sections: Vec<SectionCleaner>,
}

/// A cleaner for Markdown files, and one for all other texts.
struct CleanersByFile {
    markdown: Cleaner,
    others: Cleaner,
}

impl CleanersByFile {
    fn new(args: &CleaningArgs, with: impl Fn(CleanerBuilder) -> CleanerBuilder) -> anyhow::Result<Self> {
        let builder = with(args.builder()?);
        let markdown = markdown::keeping_marks(builder.clone(), args.removed()).build();
        Ok(Self { markdown, others: builder.build() })
    }

    fn of(&self, article: &Article) -> &Cleaner {
        if article.path.is_some_and(is_markdown) { &self.markdown } else { &self.others }
    }
}

/// A cleaner for the articles of a source.
struct SectionCleaner {
    /// A name or a host.
    name: String,
    /// The source as a pattern of paths, and the folder to which they are relative.
    paths: GlobMatcher,
    folder: PathBuf,
    /// The working folder.
    working: PathBuf,
    cleaners: CleanersByFile,
}

/// How well a section fits an article. The greatest is the most specific one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SectionFit {
    /// A pattern of so many characters matches the path.
    Path(usize),
    /// The host is this one of so many characters, or below it.
    Host(usize),
    /// The name is this one.
    Name,
}

impl Cleaners {
    /// The cleaners for the options of a command and the sections of its configuration. `with` adds what the command
    /// asks of all of them.
    ///
    /// # Errors
    /// If the options of one of them cannot be followed.
    pub fn new(
        args: &CleaningArgs,
        configuration: &ConfiguredCommand,
        with: impl Fn(CleanerBuilder) -> CleanerBuilder,
    ) -> anyhow::Result<Self> {
        // What is wrong outside of sections is not told of a section.
        let all = CleanersByFile::new(args, &with).map_err(|error| configuration.at_origin(error))?;
        let section = |(source, args): (SectionSource, CleaningArgs)| {
            let section = SectionCleaner::new(&source, &args, &with);
            section.with_context(|| format!("{}: source {:?}", source.place, source.name))
        };
        let sections =
            configuration.cleaning_by_source()?.into_iter().map(section).collect::<Result<_, _>>()?;
        Ok(Self { all, sections })
    }

    /// The cleaner for an article: that of the section that fits it best, else the one for all.
    fn of(&self, article: &Article) -> &Cleaner {
        let fitting = self.sections.iter().filter_map(|section| Some((section.fit(article)?, section)));
        fitting.max_by_key(|(fit, _)| *fit).map_or(&self.all, |(_, section)| &section.cleaners).of(article)
    }

    /// Cleans an article.
    pub fn clean(&self, article: &Article) -> Cleaned {
        let Article { publisher, text, title, exceptions, .. } = *article;
        self.of(article).clean_of_source(Some(publisher), text, title, exceptions)
    }

    /// The user's rules of all cleaners.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        let sections = self.sections.iter().map(|section| &section.cleaners.others);
        std::iter::once(&self.all.others).chain(sections).flat_map(|cleaner| cleaner.rules().rules())
    }
}

impl SectionCleaner {
    fn new(
        source: &SectionSource,
        args: &CleaningArgs,
        with: impl Fn(CleanerBuilder) -> CleanerBuilder,
    ) -> anyhow::Result<Self> {
        let paths = GlobBuilder::new(&source.name).literal_separator(true).build()?.compile_matcher();
        let folder = source.folder.canonicalize().unwrap_or_else(|_| source.folder.clone());
        let working = Path::new(".").canonicalize().unwrap_or_default();
        Ok(Self {
            name: source.name.clone(),
            paths,
            folder,
            working,
            cleaners: CleanersByFile::new(args, with)?,
        })
    }

    /// How well the section fits an article; `None` if it does not.
    fn fit(&self, article: &Article) -> Option<SectionFit> {
        let is_host = |host: &str| {
            let above = host.strip_suffix(&self.name.to_lowercase());
            above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
        };
        if article.site.name.as_deref() == Some(&self.name) {
            return Some(SectionFit::Name);
        }
        let length = self.name.chars().count();
        if article.site.host.as_deref().is_some_and(is_host) {
            return Some(SectionFit::Host(length));
        }
        article.path.is_some_and(|path| self.is_path(path)).then_some(SectionFit::Path(length))
    }

    /// Whether the pattern matches a path, as seen from the folder of the file.
    fn is_path(&self, path: &Path) -> bool {
        let whole = whole(&self.working, path);
        self.paths.is_match(whole.strip_prefix(&self.folder).unwrap_or(&whole))
    }
}

/// A path from the root, without looking at any file: it is asked for each article.
fn whole(working: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in working.join(path).components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_at_the_root() {
        let working = Path::new("/a/b");
        for (path, expected) in [("c/d", "/a/b/c/d"), ("./c/../d", "/a/b/d"), ("../c", "/a/c"), ("/c", "/c")]
        {
            assert_eq!(whole(working, Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
