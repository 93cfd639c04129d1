//! Counts steps of comparison, so that a test can see that they grow with the lines and not with their square.
//! Outside of tests nothing is counted.

#[cfg(test)]
#[path = "../../../benches/repeats/families.rs"]
mod families;

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts steps.
#[inline]
pub(super) fn count(_steps: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + _steps));
}

#[cfg(test)]
mod tests {
    use super::super::{KeepTwin, find};
    use super::{STEPS, families};
    use crate::analysis::View;

    /// Steps that a document of so many lines takes.
    fn steps(size: usize, line: families::Line) -> usize {
        let lines: Vec<String> = (0..size).map(|number| line(number, size)).collect();
        let numbered: Vec<_> =
            lines.iter().enumerate().map(|(index, line)| (index + 1, line.as_str())).collect();
        let view = View::new(&numbered, None);
        STEPS.with(|steps| steps.set(0));
        find(&view, KeepTwin::First, None);
        STEPS.with(|steps| steps.get())
    }

    #[test]
    fn steps_grow_with_the_lines() {
        for (name, line) in families::FAMILIES {
            let (few, many) = (steps(1_000, *line), steps(8_000, *line));
            println!("{name}: {few} steps among 1,000 lines, {many} among 8,000");
            assert!(many <= 10 * few.max(1_000), "{name}: {few} steps among 1,000 lines, {many} among 8,000");
        }
    }
}
