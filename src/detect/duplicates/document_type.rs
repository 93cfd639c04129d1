//! What kind of text a document is, where its kind repeats by nature, and in which script its lines are.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use typed_index_collections::TiVec;

use super::work;
use crate::analysis::{Row, View, ViewLine};
use crate::script::{Script, ScriptCount};

/// Characters of a line of verse at most.
pub(crate) const VERSE_CHARACTERS: usize = 24;
/// Lines of a poem or a song at least, its title included.
const VERSE_LINES: usize = 5;
/// Sentences of a lesson at least that stand in both scripts.
const LESSON_PAIRS: usize = 3;
/// Short lines that make a stanza.
const STANZA_LINES: usize = 3;

/// What kind of text a document is as a whole, where its kind repeats by nature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Genre {
    /// By row, whether it stands in a run of short lines. Whole runs are judged, so that taking a line away
    /// does not lay the next one bare.
    stanzas: TiVec<Row, bool>,
    /// A poem or a song: nearly all lines are short.
    verse: bool,
    /// A law.
    statute: bool,
    /// A lesson in the two scripts; found when it is first asked for.
    lesson: OnceCell<bool>,
    /// By row, its script; counted when it is first asked for, because one long line may be the twin of many.
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

    /// A poem or a song.
    pub fn is_verse(&self) -> bool {
        self.verse
    }

    /// A law.
    pub fn is_statute(&self) -> bool {
        self.statute
    }

    /// A lesson in the two scripts: several sentences stand right below the same in the other script.
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

    /// Whether a line stands in a run of short lines.
    pub fn in_verse(&self, row: Row) -> bool {
        self.stanzas.get(row).copied().unwrap_or_default()
    }
}

/// By row, whether it stands in a run of short lines, blank ones not counted.
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

/// Whether lines are in the other script than other lines.
pub(crate) fn changes_script<'v, 't: 'v>(
    lines: impl IntoIterator<Item = &'v ViewLine<'t>>,
    others: impl IntoIterator<Item = &'v ViewLine<'t>>,
) -> bool {
    let (own, other) = (script(lines), script(others));
    own.is_some() && other.is_some() && own != other
}

/// The script of most deciding characters of lines.
pub(crate) fn script<'v, 't: 'v>(lines: impl IntoIterator<Item = &'v ViewLine<'t>>) -> Option<Script> {
    let counts = lines.into_iter().map(|line| ScriptCount::of(line.text));
    counts.reduce(ScriptCount::plus)?.majority()
}
