//! Lines that can only be classified by their neighbours: blocks of code.

use super::row::{ValueRow, are_alike, is_table};
use super::spread::spreads;
use super::{CodePart, CodeVerdict, first_look, second_look};
use crate::analysis::code_lines as fenced_lines;

/// Minimum number of spaces in an indentation. One tab is also enough.
const INDENTATION: usize = 2;

/// For each line, whether it is code or data, which mending must leave unchanged. Such a line is fenced, or is
/// recognised by its own shape and that of its neighbours. A line that will be mended separates the lines around it,
/// exactly as it will after mending.
pub(crate) fn code_lines(lines: &[&str]) -> Vec<bool> {
    let mut code = fenced_lines(lines.iter().copied());
    let mut verdicts: Vec<CodeVerdict> = lines.iter().map(|line| first_look(line)).collect();
    // A line without Han is examined only for the sake of its neighbours, so its own verdict must not be part of the
    // result.
    let seen: Vec<bool> = verdicts.iter().map(|verdict| *verdict != CodeVerdict::Unseen).collect();
    look_at_neighbours(lines, &mut verdicts);
    decide_rows(&mut verdicts);
    decide_items(&mut verdicts);
    for run in verdicts.chunk_by_mut(|a, b| joins(a) == joins(b)) {
        decide_run(run);
    }
    decide_indented(lines, &seen, &mut verdicts);
    for ((code, verdict), seen) in code.iter_mut().zip(&verdicts).zip(&seen) {
        *code |= *seen && matches!(verdict, CodeVerdict::Kept | CodeVerdict::Code | CodeVerdict::Yaml);
    }
    for spread in spreads(lines) {
        code.get_mut(spread).into_iter().flatten().for_each(|code| *code = true);
    }
    code
}

/// Whether a line may be part of a block.
fn joins(verdict: &CodeVerdict) -> bool {
    !matches!(verdict, CodeVerdict::Blank | CodeVerdict::Prose | CodeVerdict::Kept)
}

/// Examines the lines without Han in runs that contain lines which need their neighbours for a verdict.
fn look_at_neighbours(lines: &[&str], verdicts: &mut [CodeVerdict]) {
    let mut start = 0;
    for run in verdicts.chunk_by_mut(|a, b| joins(a) == joins(b)) {
        let has_undecided = run.iter().any(|verdict| matches!(verdict, CodeVerdict::Maybe(_)));
        for (verdict, line) in run.iter_mut().zip(lines.iter().skip(start)).filter(|_| has_undecided) {
            if *verdict == CodeVerdict::Unseen {
                *verdict = second_look(line.trim());
            }
        }
        start += run.len();
    }
}

/// Decides whether consecutive rows are a table.
fn decide_rows(verdicts: &mut [CodeVerdict]) {
    let row = |verdict: &CodeVerdict| match verdict {
        CodeVerdict::Maybe(CodePart::Row(row)) => Some(*row),
        _ => None,
    };
    for verdicts in verdicts.chunk_by_mut(|a, b| are_alike(row(a), row(b))) {
        let rows: Vec<ValueRow> = verdicts.iter().map_while(row).collect();
        let is_table = is_table(&rows);
        for (verdict, row) in verdicts.iter_mut().zip(rows) {
            *verdict = match is_table {
                true => CodeVerdict::Kept,
                false if row.element => CodeVerdict::Maybe(CodePart::Piece),
                false => CodeVerdict::Prose,
            };
        }
    }
}

/// Decides items. Items directly below an entry of YAML belong to it.
fn decide_items(verdicts: &mut [CodeVerdict]) {
    let mut below = false;
    for verdict in verdicts {
        if *verdict == CodeVerdict::Maybe(CodePart::Item) {
            *verdict = if below { CodeVerdict::Code } else { CodeVerdict::Prose };
        } else {
            below = *verdict == CodeVerdict::Yaml;
        }
    }
}

/// Decides a run of lines. In a run with code, all parts are code. An assignment directly below the head of a section
/// makes the run code. Otherwise two consecutive assignments, entries, records or lines of a batch file are code.
fn decide_run(run: &mut [CodeVerdict]) {
    let is_section = |two: &[CodeVerdict]| {
        matches!(two, [CodeVerdict::Maybe(CodePart::Section), CodeVerdict::Maybe(CodePart::Assignment)])
    };
    let has_section = run.windows(2).any(is_section);
    if has_section || run.iter().any(|verdict| matches!(verdict, CodeVerdict::Code | CodeVerdict::Yaml)) {
        run.fill(CodeVerdict::Code);
        return;
    }
    for parts in run.chunk_by_mut(|a, b| a == b) {
        let alike = matches!(
            parts.first(),
            Some(CodeVerdict::Maybe(
                CodePart::Assignment | CodePart::Clauses | CodePart::Record | CodePart::Batch
            ))
        );
        if alike && parts.len() > 1 {
            parts.fill(CodeVerdict::Code);
        }
    }
}

/// An indented line belongs to the code directly above or below it if that has the same indentation.
fn decide_indented(lines: &[&str], seen: &[bool], verdicts: &mut [CodeVerdict]) {
    let below = (1..lines.len()).map(|at| (at, at - 1));
    let above = (1..lines.len()).rev().map(|at| (at - 1, at));
    for (at, beside) in below.chain(above) {
        let (Some(line), Some(CodeVerdict::Prose | CodeVerdict::Maybe(_))) =
            (lines.get(at), verdicts.get(at))
        else {
            continue;
        };
        let Some(indentation) = indentation(line) else { continue };
        let is_as_deep = lines.get(beside).and_then(|line| self::indentation(line)) == Some(indentation);
        let is_seen = seen.get(beside) == Some(&true);
        let beside_code =
            is_seen && matches!(verdicts.get(beside), Some(CodeVerdict::Code | CodeVerdict::Yaml));
        if let Some(verdict) = verdicts.get_mut(at).filter(|_| is_as_deep && beside_code) {
            *verdict = CodeVerdict::Code;
        }
    }
}

/// The spaces and tabs by which a line is indented.
fn indentation(line: &str) -> Option<&str> {
    let text = line.trim_start_matches([' ', '\t']);
    let indentation = line.get(..line.len() - text.len())?;
    (indentation.len() >= INDENTATION || indentation.contains('\t')).then_some(indentation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        code_lines(&lines).iter().map(|code| if *code { '#' } else { '.' }).collect()
    }

    /// Lines without Han are examined only for the sake of their neighbours, so they appear as a point here.
    #[test]
    fn neighbours_classify_lines_that_alone_are_ambiguous() {
        for (text, expected) in [
            ("# 安裝,設定\nnpm install \"茶,館\"", "##"),
            ("# 安裝,設定\n\nnpm install \"茶,館\"", "..#"),
            ("name: 茶館\n店主: 小林\n來源: 河邊", "###"),
            ("來源: 老街日報\n作者: 林小溪", ".."),
            ("tags:\n  - 茶,點心\n  - 老街", ".##"),
            ("- 茶,點心\n- 老街", ".."),
            ("[\n  \"茶,點心\",\n  \"老街\"\n]", ".##."),
            ("\"茶,點心\",\n\"老街\"", ".."),
            ("姓名,年齡,城市\n小林,18,河邊\n阿福,20,山腰", "###"),
            ("春天,夏天,秋天\n好冷,好熱,好累", ".."),
            ("title=老街,河邊\nname=茶館,點心", "##"),
            ("title: 老街,河邊\n\"茶,點心\",\ntitle: 老街,河邊", "..."),
            ("name: 小林\n小林,18,河邊\ntitle: 老街,河邊", "#.."),
            ("/*\n說明,一\n\n說明,二\n*/\n好,走", "#####."),
            ("; 茶館,設定\n[shop]\nname=茶館,一", "#.#"),
            ("[shop]\nDescription=茶館,一", ".#"),
            ("[微笑]\n店名=茶館,一", ".."),
            ("@echo off\nrem 收拾,打掃\necho 打掃好了,再見", ".##"),
            ("rem 收拾,打掃", "."),
            ("[INFO] 開門,迎客\n[INFO] 打掃,關門", "##"),
            ("def 開門():\n    return \"好\"\n    茶,點心", "###"),
            ("return \"好\"\n    茶,點心", "#."),
            ("+--+---+\n| 1 | 茶,點心 |\n+--+---+", ".#."),
            ("| 1 | 茶,點心 |", "."),
        ] {
            assert_eq!(kept(text), expected, "{text}");
        }
    }
}
