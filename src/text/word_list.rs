//! Lists in `dictionaries/`: one entry a line, and comments that start with `#`.

/// The entries of a list, in order.
pub(crate) fn list_entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_entries() {
        assert_eq!(list_entries("# 標題\n老街\n\n夜市#\n").collect::<Vec<_>>(), ["老街", "夜市#"]);
    }
}
