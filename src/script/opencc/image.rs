//! Tables as bytes. The build script writes them (see `images`), and a program uses them in place.

use std::borrow::Cow;

use super::block::PlainCharacters;
use super::char_table::Marks;
use super::table_properties::Traits;
use super::tables::Tables;

/// Bytes at an address where any number may start.
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub B);

/// Sections start at multiples of this many bytes.
pub(super) const ALIGN: usize = 8;
/// Number of sections in an image.
pub(super) const SECTIONS: usize = 5;
/// Number of 32-bit numbers in the head: the lengths of the sections in bytes, then the traits.
const HEAD: usize = (SECTIONS + Traits::NUMBERS).next_multiple_of(ALIGN / 4);

impl Tables {
    /// The tables in an image and its pool; `None` if the image does not contain tables.
    pub fn from_image(image: &'static Aligned<[u8]>, pool: &'static [u8]) -> Option<Self> {
        let (head, mut rest) = image.0.split_at_checked(HEAD * size_of::<u32>())?;
        let head: &[u32] = bytemuck::try_cast_slice(head).ok()?;
        let mut section = |index: usize| {
            let (section, behind) = rest.split_at_checked(head[index] as usize)?;
            let padding = section.len().next_multiple_of(ALIGN) - section.len();
            rest = behind.get(padding.min(behind.len())..)?;
            Some(section)
        };
        Some(Self {
            marks: Marks {
                index: Cow::Borrowed(bytemuck::try_cast_slice(section(0)?).ok()?),
                marks: Cow::Borrowed(bytemuck::try_cast_slice(section(1)?).ok()?),
            },
            plain: PlainCharacters(Cow::Borrowed(bytemuck::try_cast_slice(section(2)?).ok()?)),
            keys: Cow::Borrowed(bytemuck::try_cast_slice(section(3)?).ok()?),
            slots: Cow::Borrowed(bytemuck::try_cast_slice(section(4)?).ok()?),
            pool: Cow::Borrowed(pool),
            traits: Traits::from_numbers(*head[SECTIONS..].first_chunk()?),
        })
    }
}
