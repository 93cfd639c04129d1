//! Blocks of code between fences.

use std::ops::Range;

/// A fence is a line before or after a block of code. It begins with this text.
pub(crate) const FENCE: &str = "```";

/// The number of backticks that a fence begins with; 0 if the line is not a fence.
pub(crate) fn marks(line: &str) -> usize {
    let line = line.trim_start();
    if line.starts_with(FENCE) { line.bytes().take_while(|byte| *byte == b'`').count() } else { 0 }
}

/// The blocks of a text, as line ranges in order, fences included.
#[derive(Debug, Clone, Default)]
pub(crate) struct CodeBlocks(Vec<Range<usize>>);

impl CodeBlocks {
    pub fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        Self::between(lines.map(marks))
    }

    /// Finds the blocks, given the number of backticks at the start of each line. The partner of a fence is
    /// the next fence with at least as many backticks. A fence without a partner encloses nothing.
    pub fn between(marks: impl Iterator<Item = usize>) -> Self {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        // Fences that have no partner yet, each with fewer backticks than the one before.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (line, marks) in marks.enumerate().filter(|(_, marks)| *marks > 0) {
            let Some(partner) = open.iter().position(|(_, least)| *least <= marks) else {
                open.push((line, marks));
                continue;
            };
            let start = open[partner].0;
            open.truncate(partner);
            blocks.truncate(blocks.partition_point(|block| block.start < start));
            blocks.push(start..line + 1);
        }
        Self(blocks)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a line lies in a block or is one of its fences.
    pub fn hold(&self, line: usize) -> bool {
        self.0.get(self.0.partition_point(|block| block.end <= line)).is_some_and(|block| block.start <= line)
    }

    pub fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_ends_at_the_next_fence_of_at_least_its_length() {
        for (lines, held) in [
            ("a\n```rs\nb\n```\nc", ".###."),
            ("````\n```\nb\n```\n````", "#####"),
            ("```\na\n````\nb\n```\nc\n```", "###.###"),
            ("````\na\n```\nb\n```", "..###"),
            ("a\n```\nb", "..."),
            ("  ```\n``\n```", "###"),
        ] {
            let blocks = CodeBlocks::of(lines.lines());
            let hold = |line| if blocks.hold(line) { '#' } else { '.' };
            assert_eq!((0..held.len()).map(hold).collect::<String>(), held, "{lines}");
            assert_eq!(blocks.iter().flatten().count(), held.matches('#').count(), "{lines}");
        }
    }
}
