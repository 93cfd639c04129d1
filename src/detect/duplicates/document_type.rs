//! The genre of a document, if texts of that genre repeat by nature, and the script of its lines.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use typed_index_collections::TiVec;

use super::work;
use crate::analysis::{Row, View, ViewLine};
use crate::script::{Script, ScriptCount};

/// Maximum number of characters of a line of verse.
pub(crate) const VERSE_CHARACTERS: usize = 24;
/// Minimum number of lines of a poem or a song, its title included.
const VERSE_LINES: usize = 5;
/// Minimum number of sentences of a lesson that occur in both scripts.
const LESSON_PAIRS: usize = 3;
/// Minimum number of short lines in a stanza.
const STANZA_LINES: usize = 3;

/// The genre of a document as a whole, if texts of that genre repeat by nature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Genre {
    /// For each row, whether it is in a run of short lines. Whole runs are judged, so that the removal of a
    /// line does not expose the next one.
    stanzas: TiVec<Row, bool>,
    /// Whether it is a poem or a song: nearly all lines are short.
    verse: bool,
    /// Whether it is a law.
    statute: bool,
    /// Whether it is a lesson in the two scripts. This is found at its first use.
    lesson: OnceCell<bool>,
    /// For each row, its script. It is found at its first use and then kept, because one long line may be the
    /// duplicate of many lines.
    scripts: TiVec<Row, OnceCell<Option<Script>>>,
}

impl Genre {
    pub fn of(view: &View) -> Self {
        let lines: Vec<_> = view.filled().map(|row| &view.lines[row]).collect();
        let long = lines.iter().filter(|line| line.shape.characters > VERSE_CHARACTERS).count();
        Self {
            stanzas: stanzas(view),
            verse: lines.len() >= VERSE_LINES && long * 10 <= lines.len(),
            statute: view.is_statute(),
            lesson: OnceCell::new(),
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

    /// The script of most deciding characters of a line.
    pub fn script(&self, view: &View, row: Row) -> Option<Script> {
        let count = || {
            work::count(view.lines[row].text.len());
            ScriptCount::of(view.lines[row].text).majority()
        };
        *self.scripts.get(row)?.get_or_init(count)
    }

    /// Whether a line is in a run of short lines.
    pub fn in_verse(&self, row: Row) -> bool {
        self.stanzas.get(row).copied().unwrap_or_default()
    }
}

/// For each row, whether it is in a run of short lines. Blank lines do not count.
fn stanzas(view: &View) -> TiVec<Row, bool> {
    let filled: Vec<Row> = view.filled().collect();
    let mut stanzas: TiVec<Row, bool> = vec![false; view.lines.len()].into();
    let short = |row: &Row| view.lines[*row].shape.characters <= VERSE_CHARACTERS;
    for run in filled.chunk_by(|a, b| short(a) == short(b)) {
        if run.len() >= STANZA_LINES && short(&run[0]) {
            run.iter().for_each(|row| stanzas[*row] = true);
        }
    }
    stanzas
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
