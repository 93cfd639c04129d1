//! A first draft of a rule, from a line that it is to remove.

use super::one_line;
use super::pack::RulePack;
use crate::analysis::Row;

impl RulePack {
    /// A rule in the form of a pack's file, which removes a line and nothing else. The pattern is on the
    /// line's key, or on the line itself if a key keeps nothing of it. `spares` is empty, and the user must
    /// fill it in.
    ///
    /// ```
    /// use qingwen::clean::RulePack;
    /// let rule = RulePack::draft("ad/tea", "老街茶行，好茶！");
    /// assert!(rule.contains("patterns = [\"^老街茶行好茶$\"]"));
    /// let pack = RulePack::read([("tea.toml", rule.as_str())])?;
    /// assert_eq!(pack.rules().next().map(|rule| rule.id), Some("ad/tea"));
    /// # Ok::<(), qingwen::clean::RulePackError>(())
    /// ```
    pub fn draft(id: &str, line: &str) -> String {
        let line = line.trim();
        let view = one_line(line);
        let words = view.lines[Row::default()].words();
        let (on, text) = if words.is_empty() { ("on = \"text\"\n", line) } else { ("", words) };
        let pattern = quoted(&format!("^{}$", regex::escape(text)));
        let (id, example) = (quoted(id), quoted(line));
        format!(
            "[[rule]]\nid = {id}\ntitle = {example}\n{on}patterns = [{pattern}]\nwhy = \"\"\nproblems = \"\"\n\
             matches = [{example}]\nspares = []\n"
        )
    }
}

/// A text as a string of TOML, which has the escapes of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7F}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_a_rule_that_removes_its_line() {
        for line in ["老街茶行（1.5元）\"好\"\\", "＊＊＊", "点个在看 👍", "a\u{7F}\tb", "C++"]
        {
            let text = RulePack::draft("user/new", line);
            let pack = RulePack::read([("new.toml", text.as_str())]).expect(&text);
            let failures: Vec<String> = pack.failures().iter().map(|fault| fault.to_string()).collect();
            assert_eq!(
                failures,
                ["new.toml: user/new: `spares` is empty: it needs lines that stay"],
                "{text}"
            );
        }
    }
}
