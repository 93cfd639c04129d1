//! The articles with which each article is compared.

use std::io;
use std::iter::Peekable;
use std::sync::Arc;

use super::articles::Articles;
use crate::clean::TextHash;
use crate::io::{Row, RowFile, Rows, Sorter, SpillFolder};
use crate::text::BloomFilter;

/// The articles with which each article is compared. They are asked in the order of the articles.
pub(super) struct Partners {
    rows: Peekable<Rows<2>>,
    needed: Arc<NeededTexts>,
}

/// The texts of articles that are compared, and perhaps of some others.
pub(in crate::cli) struct NeededTexts(BloomFilter);

impl NeededTexts {
    /// Whether a text may be that of an article that is compared.
    pub fn may_hold(&self, text: TextHash) -> bool {
        self.0.may_hold(text.bits())
    }
}

impl Partners {
    /// The partners in pairs that were found, perhaps more than once.
    pub fn of(pairs: Sorter<2>, articles: &mut Articles, folder: &SpillFolder) -> io::Result<Self> {
        let (rows, compared) = distinct(pairs, folder)?;
        let (mut rows, mut texts) = (rows.into_rows(), BloomFilter::with_room(compared));
        let mut last = None;
        for row in &mut rows {
            let Row([article, _]) = row?;
            if last.replace(article) != Some(article) {
                texts.add(articles.text(article.into())?.bits());
            }
        }
        Ok(Self { rows: rows.rewind().peekable(), needed: Arc::new(NeededTexts(texts)) })
    }

    /// The texts of articles that are compared.
    pub fn needed(&self) -> Arc<NeededTexts> {
        Arc::clone(&self.needed)
    }

    /// Whether there are partners of articles that have not come.
    pub fn has_next(&mut self) -> bool {
        self.rows.peek().is_some()
    }

    /// Whether the next article has partners.
    pub fn has(&mut self, article: u32) -> bool {
        self.rows.peek().is_some_and(|row| row.as_ref().is_ok_and(|row| row.0[0] == article))
    }

    /// The partners of the next article.
    pub fn next(&mut self, article: u32) -> io::Result<Vec<u32>> {
        let mut partners = Vec::new();
        let is_own = |row: &io::Result<Row<2>>| row.as_ref().map_or(true, |row| row.0[0] == article);
        while let Some(row) = self.rows.next_if(is_own) {
            partners.push(row?.0[1]);
        }
        Ok(partners)
    }
}

/// The pairs, each once, and the number of articles in them.
fn distinct(pairs: Sorter<2>, folder: &SpillFolder) -> io::Result<(RowFile<2>, usize)> {
    let (mut rows, mut articles) = (RowFile::new(folder)?, 0);
    let mut last: Option<Row<2>> = None;
    for row in pairs.sorted()? {
        let row = row?;
        if last == Some(row) {
            continue;
        }
        articles += usize::from(last.is_none_or(|last| last.0[0] != row.0[0]));
        rows.push(row)?;
        last = Some(row);
    }
    Ok((rows, articles))
}
