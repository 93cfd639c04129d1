//! A lookup table by character. Each page is computed when one of the page's characters is first looked up.

use std::sync::OnceLock;

/// Characters in a page.
const PAGE: usize = 256;
const PAGES: usize = (char::MAX as usize + 1) / PAGE;

/// A value for every character.
pub(crate) struct CharacterTable<T> {
    pages: [OnceLock<Box<[T; PAGE]>>; PAGES],
    describe: fn(char) -> T,
}

impl<T: Copy + Default> CharacterTable<T> {
    /// A table that holds the value of `describe` for each character.
    pub const fn new(describe: fn(char) -> T) -> Self {
        Self { pages: [const { OnceLock::new() }; PAGES], describe }
    }

    /// The value of a character.
    #[inline]
    pub fn get(&self, character: char) -> T {
        let code = character as usize;
        self.pages[code / PAGE].get_or_init(|| self.page(code / PAGE))[code % PAGE]
    }

    fn page(&self, number: usize) -> Box<[T; PAGE]> {
        let character = |at: usize| char::from_u32(u32::try_from(number * PAGE + at).ok()?);
        Box::new(std::array::from_fn(|at| character(at).map_or(T::default(), self.describe)))
    }
}
