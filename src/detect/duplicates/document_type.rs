//! The genre of a document, if texts of that genre repeat by nature, and the script of its lines.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use typed_index_collections::TiVec;

use super::table_of_contents::TablesOfContents;
use super::verse;
use super::work;
use super::wrapping::Wrapping;
use crate::analysis::{Row, View, ViewLine};
use crate::script::{Script, ScriptCount};

/// Minimum number of sentences of a lesson that occur in both scripts.
const LESSON_PAIRS: usize = 3;
/// The genre of a document as a whole, if texts of that genre repeat by nature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Genre {
    /// For each row, whether it is in a run of lines of verse. Whole runs are judged, so that the removal of a
    /// line does not expose the next one.
    stanzas: TiVec<Row, bool>,
    /// Whether it is a poem or a song: nearly all lines are short, or all are about equally long.
    verse: bool,
    /// Whether it is a law.
    statute: bool,
    /// Whether it is a lesson in the two scripts. This is found at its first use.
    lesson: OnceCell<bool>,
    /// The tables of contents. They are found at their first use.
    contents: OnceCell<TablesOfContents>,
    /// Where the page broke its lines. This is found at its first use.
    wrapping: OnceCell<Wrapping>,
    /// For each row, its script. It is found at its first use and then kept, because one long line may be the
    /// duplicate of many lines.
    scripts: TiVec<Row, OnceCell<Option<Script>>>,
}

impl Genre {
    pub fn of(view: &View) -> Self {
        Self {
            stanzas: verse::stanzas(view),
            verse: verse::is_verse(view),
            statute: view.is_statute(),
            lesson: OnceCell::new(),
            contents: OnceCell::new(),
            wrapping: OnceCell::new(),
            scripts: vec![OnceCell::new(); view.lines.len()].into(),
        }
    }

    /// Whether it is a poem or a song.
    pub fn is_verse(&self) -> bool {
        self.verse
    }

    /// Whether it is a law.
    pub fn is_statute(&self) -> bool {
        self.statute
    }

    /// Whether it is a lesson in the two scripts: several sentences stand right below the same sentence in
    /// the other script.
    pub fn is_lesson(&self, view: &View) -> bool {
        *self.lesson.get_or_init(|| {
            let filled: Vec<Row> = view.filled().collect();
            let is_pair = |pair: &&[Row]| {
                let same = view.lines[pair[0]].first == view.lines[pair[1]].first;
                let scripts = same.then(|| [pair[0], pair[1]].map(|row| self.script(view, row)));
                matches!(scripts, Some([Some(a), Some(b)]) if a != b)
            };
            let keys: BTreeSet<Row> =
                filled.windows(2).filter(is_pair).map(|pair| view.lines[pair[0]].first).collect();
            keys.len() >= LESSON_PAIRS
        })
    }

    /// Whether a line is the title of a poem, whose metre the lines below have.
    pub fn is_title_of_verse(&self, view: &View, row: Row) -> bool {
        verse::is_title(view, row)
    }

    /// Whether a line is an entry of a table of contents, or the heading that an entry names.
    pub fn is_in_contents(&self, view: &View, row: Row) -> bool {
        self.contents.get_or_init(|| TablesOfContents::of(view)).names(row)
    }

    /// Whether a line is a piece of a paragraph that the page broke into lines.
    pub fn is_piece(&self, view: &View, row: Row) -> bool {
        self.wrapping.get_or_init(|| Wrapping::of(view)).is_piece(view, row)
    }

    /// The script of most deciding characters of a line.
    pub fn script(&self, view: &View, row: Row) -> Option<Script> {
        let count = || {
            work::count(view.lines[row].text.len());
            ScriptCount::of(view.lines[row].text).majority()
        };
        *self.scripts.get(row)?.get_or_init(count)
    }

    /// Whether a line is in a run of lines of verse.
    pub fn in_verse(&self, row: Row) -> bool {
        self.stanzas.get(row).copied().unwrap_or_default()
    }
}

/// Whether some lines are in another script than others.
pub(crate) fn changes_script<'v, 't: 'v>(
    lines: impl IntoIterator<Item = &'v ViewLine<'t>>,
    others: impl IntoIterator<Item = &'v ViewLine<'t>>,
) -> bool {
    let (own, other) = (script(lines), script(others));
    own.is_some() && other.is_some() && own != other
}

/// The script of most deciding characters of some lines.
pub(crate) fn script<'v, 't: 'v>(lines: impl IntoIterator<Item = &'v ViewLine<'t>>) -> Option<Script> {
    let counts = lines.into_iter().map(|line| ScriptCount::of(line.text));
    counts.reduce(ScriptCount::plus)?.majority()
}
