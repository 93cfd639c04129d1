//! The shingles of articles that wait for others with which they are compared.

use std::cmp::Ordering;
use std::io;

use foldhash::HashMap;

use crate::corpus::Shingles;
use crate::io::{BytesFile, Row, RowFile, SpillFolder, halves, whole};

/// The shingles of articles that wait. Those that do not fit into memory stand in a file.
pub(super) struct WaitingShingles {
    memory: HashMap<u32, InMemory>,
    /// Bytes in memory, and the most that may be there.
    bytes: u64,
    most: u64,
    /// The shingles in the file.
    file: BytesFile,
    /// By place in this file, in the order of the articles: the article, the place of its shingles, and their number.
    places: RowFile<4>,
}

struct InMemory {
    shingles: Shingles,
    /// How many articles with which it is compared have not come.
    missing: usize,
}

impl WaitingShingles {
    /// Nothing waits yet.
    pub fn new(folder: &SpillFolder, most: u64) -> io::Result<Self> {
        let (file, places) = (BytesFile::new(folder)?, RowFile::new(folder)?);
        Ok(Self { memory: HashMap::default(), bytes: 0, most, file, places })
    }

    /// Keeps the shingles of an article until so many others have come. Articles come in order.
    pub fn keep(&mut self, article: u32, shingles: &Shingles, missing: usize) -> io::Result<()> {
        let bytes = bytes_of(shingles);
        if self.bytes + bytes <= self.most {
            self.bytes += bytes;
            self.memory.insert(article, InMemory { shingles: shingles.clone(), missing });
            return Ok(());
        }
        let numbers: Vec<u8> = shingles.hashes().iter().flat_map(|hash| hash.to_le_bytes()).collect();
        let [upper, lower] = halves(self.file.push(&numbers)?);
        self.places.push(Row([article, upper, lower, shingles.count() as u32]))
    }

    /// Gives the shingles of an article for which another one has come.
    pub fn with<T>(&mut self, article: u32, compare: impl FnOnce(&Shingles) -> T) -> io::Result<T> {
        let Some(kept) = self.memory.get_mut(&article) else {
            return self.in_file(article).map(|shingles| compare(&shingles));
        };
        let compared = compare(&kept.shingles);
        kept.missing -= 1;
        if kept.missing == 0 {
            self.bytes -= bytes_of(&kept.shingles);
            self.memory.remove(&article);
        }
        Ok(compared)
    }

    fn in_file(&mut self, article: u32) -> io::Result<Shingles> {
        let (mut from, mut to) = (0, self.places.count());
        while from < to {
            let middle = from + (to - from) / 2;
            let Row([found, upper, lower, count]) = self.places.get(middle)?;
            match found.cmp(&article) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return self.read(whole([upper, lower]), count as usize),
            }
        }
        Err(io::Error::other("the shingles of an article are missing"))
    }

    fn read(&mut self, place: u64, count: usize) -> io::Result<Shingles> {
        let bytes = self.file.get(place, count * size_of::<u32>())?;
        let (numbers, _) = bytes.as_chunks::<{ size_of::<u32>() }>();
        Ok(Shingles::from_hashes(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect()))
    }
}

/// Memory that shingles take, with what surrounds them.
fn bytes_of(shingles: &Shingles) -> u64 {
    (size_of::<(u32, InMemory)>() + size_of_val(shingles.hashes())) as u64
}
