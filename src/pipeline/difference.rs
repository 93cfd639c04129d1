//! The number of characters that a conversion changed.

/// Maximum number of characters in a clause whose edit distance is computed. For longer clauses it takes too
/// much time.
const DISTANCE_CHARACTERS: usize = 200;

/// The marks between clauses. Conversion keeps them, so a line is compared clause by clause.
const MARKS: [char; 6] = ['，', '。', ',', '；', '！', '？'];

/// The number of characters that differ between a line and its conversion, clause by clause.
pub(super) fn characters_changed(before: &str, after: &str) -> usize {
    if before == after {
        return 0;
    }
    let (changed, before_rest, after_rest) = in_place(before, after);
    match by_clause(before_rest, after_rest) {
        Some(of_rest) => changed + of_rest,
        None => before.chars().count().max(after.chars().count()),
    }
}

/// Compares the clauses whose characters correspond one to one, in one pass. Returns the number of characters
/// that differ, and the texts from the first clause on that is longer or shorter in one of them.
fn in_place<'t>(before: &'t str, after: &'t str) -> (usize, &'t str, &'t str) {
    let (mut of_before, mut of_after) = (before.chars(), after.chars());
    let mut start = (0, before, after);
    let mut changed = 0;
    loop {
        match (of_before.next(), of_after.next()) {
            (None, None) => return (changed, "", ""),
            (Some(a), Some(b)) => match (MARKS.contains(&a), MARKS.contains(&b)) {
                (false, false) => changed += usize::from(a != b),
                (true, true) => start = (changed, of_before.as_str(), of_after.as_str()),
                _ => return start,
            },
            _ => return start,
        }
    }
}

/// The number of characters that differ, clause by clause. `None` if one of the texts has more clauses.
fn by_clause(before: &str, after: &str) -> Option<usize> {
    let (mut of_before, mut of_after) = (before.split(MARKS), after.split(MARKS));
    let mut changed = 0;
    loop {
        match (of_before.next(), of_after.next()) {
            (None, None) => return Some(changed),
            (Some(before), Some(after)) => changed += clause_changed(before, after),
            _ => return None,
        }
    }
}

fn clause_changed(before: &str, after: &str) -> usize {
    if before == after {
        return 0;
    }
    let [characters, converted_characters] = [before, after].map(|clause| clause.chars().count());
    match characters.max(converted_characters) {
        _ if characters == converted_characters => {
            before.chars().zip(after.chars()).filter(|(a, b)| a != b).count()
        }
        longer if longer > DISTANCE_CHARACTERS => longer,
        _ => {
            let (before, after) = without_common_affixes(before, after);
            strsim::levenshtein(before, after)
        }
    }
}

/// Two clauses without their common prefix and suffix, which no edit changes.
fn without_common_affixes<'t>(before: &'t str, after: &'t str) -> (&'t str, &'t str) {
    let common = before.chars().zip(after.chars()).take_while(|(a, b)| a == b);
    let begin: usize = common.map(|(character, _)| character.len_utf8()).sum();
    let (before, after) = (&before[begin..], &after[begin..]);
    let common = before.chars().rev().zip(after.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = common.map(|(character, _)| character.len_utf8()).sum();
    (&before[..before.len() - end], &after[..after.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_clause_by_clause() {
        let pairs = [
            ("", "", 0),
            ("软件很好，里面", "軟體很好，裡面", 3),
            ("面包房的数据库，只", "麵包房的資料庫，隻", 5),
            ("里面的内存，和屏幕。", "裡面的記憶體，和螢幕。", 5),
            // If the numbers of clauses differ, all characters count.
            ("只有，一只", "只，有，一隻", 6),
            ("甲乙", "乙", 1),
        ];
        for (before, after, changed) in pairs {
            assert_eq!(characters_changed(before, after), changed, "{before}");
        }
    }

    #[test]
    fn one_pass_and_clause_by_clause_give_the_same_count() {
        for (before, after) in
            [("软件很好，里面", "軟體很好，裡面"), ("内存", "記憶體"), ("只。内存，里", "隻。記憶體，裡")]
        {
            assert_eq!(Some(characters_changed(before, after)), by_clause(before, after), "{before}");
        }
    }
}
