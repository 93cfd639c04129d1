//! Markdown files: the marks of pictures and of lines between parts stay there.

use crate::support::Folder;

const HANT: &str = "\
# 修傘鋪要搬了

![](https://example.org/1.jpg)

巷口的修傘鋪下月搬到河邊，老闆何伯說租金便宜一半。

---

![黃昏的河邊](b.jpg)

街坊擔心路遠，何伯答應每週三回來收一次傘。
";
const HANS: &str = "\
修伞铺要搬了
============

![](https://example.org/1.jpg)

巷口的修伞铺下月搬到河边，老板何伯说租金便宜一半。

---

街坊担心路远，何伯答应每周三回来收一次伞。
";

/// The lines of a text that are no marks.
fn without_marks(text: &str) -> Vec<&str> {
    let is_mark = |line: &&str| line.starts_with("![") || line.starts_with("---") || line.starts_with("===");
    text.lines().filter(|line| !line.is_empty() && !is_mark(line)).collect()
}

#[test]
fn pictures_and_lines_stay_in_markdown_files() {
    for (name, text) in [("a.md", HANT), ("b.markdown", HANS)] {
        Folder::with(&[(name, text)]).run(&["clean", "--quiet", name]).exits(0).prints(text);
    }
}

#[test]
fn they_go_in_texts_and_records() {
    for text in [HANT, HANS] {
        let folder = Folder::with(&[("a.txt", text)]);
        let run = folder.run(&["clean", "--quiet", "a.txt"]).exits(0);
        assert_eq!(
            without_marks(&run.stdout),
            run.stdout.lines().filter(|l| !l.is_empty()).collect::<Vec<_>>()
        );
        assert_eq!(without_marks(&run.stdout), without_marks(text));
    }
    let record = "{\"text\":\"修傘鋪要搬了\\n![](a.jpg)\\n巷口的修傘鋪下月搬到河邊。\"}\n";
    let folder = Folder::with(&[("a.jsonl", record)]);
    let expected = "{\"text\":\"修傘鋪要搬了\\n巷口的修傘鋪下月搬到河邊。\"}\n";
    folder.run(&["clean", "--quiet", "a.jsonl"]).exits(0).prints(expected);
}

#[test]
fn the_rules_can_be_asked_for() {
    let folder = Folder::with(&[("a.md", HANT)]);
    let args = ["clean", "--quiet", "--remove", "residue/picture", "--remove", "residue/separator", "a.md"];
    let run = folder.run(&args).exits(0);
    assert_eq!(run.stdout.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(), without_marks(HANT));
}
