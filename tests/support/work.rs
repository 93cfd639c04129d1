//! Counts steps of comparison, and checks that they grow with the number of lines and not with its square. This is a
//! part of `src/detect/duplicates` in tests, because the counter is only visible inside.

use std::cell::Cell;

use crate::analysis::View;
use crate::decide::KeepTwin;
use crate::decide::duplicates::find;
use crate::detect::duplicates::document_type::Genre;
use crate::detect::headline::Titles;

#[path = "../../benches/repeats/families.rs"]
mod families;

thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Counts steps.
pub(super) fn count(steps: usize) {
    STEPS.set(STEPS.get() + steps);
}

/// The number of steps for a document with a number of lines.
fn steps(size: usize, line: families::Line) -> usize {
    let lines: Vec<String> = (0..size).map(|number| line(number, size)).collect();
    let numbered: Vec<_> = lines.iter().enumerate().map(|(index, line)| (index + 1, line.as_str())).collect();
    let view = View::new(&numbered, None);
    STEPS.set(0);
    find(&view, Titles::of(&view), &Genre::of(&view), KeepTwin::First, None);
    STEPS.get()
}

#[test]
fn steps_grow_with_the_lines() {
    let mut all = 0;
    for (name, line) in families::FAMILIES {
        let (few, many) = (steps(1_000, *line), steps(8_000, *line));
        all += few;
        println!("{name}: {few} steps among 1,000 lines, {many} among 8,000");
        assert!(many <= 10 * few.max(1_000), "{name}: {few} steps among 1,000 lines, {many} among 8,000");
    }
    assert!(all > 0, "no step is counted");
}
