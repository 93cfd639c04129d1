//! Scores as the measure defines them: lines of content must stay, and metadata does not count.

use std::collections::BTreeMap;
use std::fmt;

use qingwen::Cleaner;

use crate::gold::Article;

/// Numbers of right and wrong removals, and of lines that were left.
#[derive(Default, Clone)]
pub struct Score {
    /// Lines that are not blank.
    pub lines: usize,
    pub right: usize,
    pub wrong: usize,
    pub left: usize,
    kept_characters: usize,
    lost_characters: usize,
    /// By label, the number of lines found and the number of all lines.
    pub by_label: BTreeMap<String, (usize, usize)>,
    /// Removals of repeats that are right as such, and all removals of repeats that count.
    pub repeats: (usize, usize),
    /// Headlines that are lost, and all headlines.
    pub headlines: (usize, usize),
    /// Lines with a wrong decision, for inspection.
    pub mistakes: Vec<String>,
}

impl Score {
    /// Cleans an article and counts the results.
    pub fn add(&mut self, cleaner: &Cleaner, article: &Article) {
        let cleaned = cleaner.clean_titled(&article.text, article.title.as_deref());
        let removed: BTreeMap<usize, &str> =
            cleaned.removals.iter().map(|removal| (removal.line, removal.rule.as_ref())).collect();
        for (number, line) in (1..).zip(article.text.split('\n')).filter(|(_, line)| !line.trim().is_empty())
        {
            let (label, rule) = (article.written[number].as_str(), removed.get(&number).copied());
            self.lines += 1;
            match label {
                "M" | "U" => continue,
                "K" | "H" => {
                    self.kept_characters += line.chars().count();
                    self.wrong += usize::from(rule.is_some());
                    self.lost_characters += rule.map_or(0, |_| line.chars().count());
                    if label == "H" {
                        self.headlines.0 += usize::from(rule.is_some());
                        self.headlines.1 += 1;
                    }
                    if let Some(rule) = rule {
                        self.mistakes.push(format!("LOST {label} {rule:22} {line}"));
                    }
                }
                _ => {
                    self.right += usize::from(rule.is_some());
                    self.left += usize::from(rule.is_none());
                    let count = self.by_label.entry(label.to_owned()).or_default();
                    count.0 += usize::from(rule.is_some());
                    count.1 += 1;
                    if rule.is_none() {
                        self.mistakes.push(format!("LEFT {label:22} {line}"));
                    }
                }
            }
            if rule.is_some_and(|rule| rule.ends_with("/repeat") || rule.starts_with("repeat/")) {
                self.repeats.0 += usize::from(!matches!(label, "K" | "H"));
                self.repeats.1 += 1;
            }
        }
    }

    /// Adds the numbers of other articles.
    pub fn join(&mut self, other: Self) {
        self.lines += other.lines;
        self.right += other.right;
        self.wrong += other.wrong;
        self.left += other.left;
        self.kept_characters += other.kept_characters;
        self.lost_characters += other.lost_characters;
        self.repeats = (self.repeats.0 + other.repeats.0, self.repeats.1 + other.repeats.1);
        self.headlines = (self.headlines.0 + other.headlines.0, self.headlines.1 + other.headlines.1);
        for (label, (found, all)) in other.by_label {
            let count = self.by_label.entry(label).or_default();
            *count = (count.0 + found, count.1 + all);
        }
        self.mistakes.extend(other.mistakes);
    }

    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.left).max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    pub fn lost(&self) -> f64 {
        100.0 * self.lost_characters as f64 / self.kept_characters.max(1) as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r) = (self.precision(), self.recall());
        let (lost, all) = self.headlines;
        write!(f, "precision {p:.4}  recall {r:.4}  F1 {:.4}  lost {:.3}%", self.f1(), self.lost())?;
        write!(f, "  headlines lost {lost}/{all}")
    }
}
