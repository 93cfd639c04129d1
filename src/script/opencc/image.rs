//! Tables as bytes, which the build script writes (see `images`) and a program uses in place.

use std::borrow::Cow;

use super::block::Plain;
use super::char_table::Marks;
use super::table_properties::Traits;
use super::tables::Tables;

/// Bytes that start where any number may.
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub B);

/// Sections start at multiples of so many bytes.
pub(super) const ALIGN: usize = 8;
/// Sections of an image.
pub(super) const SECTIONS: usize = 5;
/// Numbers in the head: the lengths of the sections in bytes, then the traits.
const HEAD: usize = (SECTIONS + Traits::NUMBERS).next_multiple_of(ALIGN / 4);

impl Tables {
    /// The tables of an image and its pool; `None` where none were written.
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
            plain: Plain(Cow::Borrowed(bytemuck::try_cast_slice(section(2)?).ok()?)),
            keys: Cow::Borrowed(bytemuck::try_cast_slice(section(3)?).ok()?),
            slots: Cow::Borrowed(bytemuck::try_cast_slice(section(4)?).ok()?),
            pool: Cow::Borrowed(pool),
            traits: Traits::from_numbers(*head[SECTIONS..].first_chunk()?),
        })
    }
}
