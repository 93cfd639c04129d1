//! A run goes on with an interrupted one only if its settings, and the files that they name, are the same.

use std::fs;

use crate::resume::{Case, REPORTS, ended, killed_after_first_point, records};
use crate::support::Folder;

const JOURNAL: &str = "out.jsonl.qingwen-journal";

const RULE: &str = r#"
[[rule]]
id = "ad/tea"
title = "The greeting of a tea shop"
patterns = ["^老街茶行祝您"]
matches = ["老街茶行祝您有個好心情"]
"#;

const OTHER_RULE: &str = r#"
[[rule]]
id = "ad/tea"
title = "The greeting of a tea shop"
patterns = ["^老街茶行祝(您|你)"]
matches = ["老街茶行祝您有個好心情"]
"#;

/// What a run depends on: a file, its content, another content, and what the refusal says of it.
const FILES: [(&str, &str, &str, &str); 5] = [
    (
        "qingwen.toml",
        "certainty = \"sure\"\n[source.a]\nto = \"tw\"\n",
        "certainty = \"likely\"\n[source.a]\nto = \"tw\"\n",
        "certainty was \"sure\", and is \"likely\"",
    ),
    (
        "qingwen.toml",
        "certainty = \"sure\"\n[source.a]\nto = \"tw\"\n",
        "certainty = \"sure\"\n[source.a]\nto = \"hk\"\n",
        "to of source \"a\" was \"tw\", and is \"hk\"",
    ),
    ("rules/tea.toml", RULE, OTHER_RULE, "rules/tea.toml has changed since"),
    ("keep.txt", "老街茶行\n", "夜市\n", "keep.txt has changed since"),
    (".qingwen-keep", "other.txt\n", "", ".qingwen-keep has changed since"),
];

fn case() -> Case {
    let named = ["in.jsonl", "-o", "out.jsonl", "--rules", "rules", "--keep-lines", "keep.txt"];
    let files = FILES.iter().map(|(name, content, ..)| ((*name).to_owned(), content.as_bytes().to_vec()));
    let inputs = files.chain([("in.jsonl".to_owned(), records().into_bytes())]).collect();
    Case { name: "settings", args: [&named[..], &REPORTS].concat(), inputs, in_place: false }
}

/// What a run says that does not go on.
fn refusal(case: &Case, folder: &Folder, variable: (&str, &str)) -> String {
    let mut command = case.command(folder, &["--resume"]);
    let output = command.env(variable.0, variable.1).output().expect("the command runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    said
}

#[test]
fn a_run_with_other_settings_does_not_go_on() {
    let case = case();
    let undisturbed = case.folder();
    assert!(ended(case.start(&undisturbed, &[])).success());
    let folder = killed_after_first_point(&case, JOURNAL);
    for (name, content, other, difference) in FILES {
        folder.write(name, other);
        let said = refusal(&case, &folder, ("LANG", "C"));
        assert!(said.contains(&format!("the interrupted run was another one: {difference}")), "{said}");
        folder.write(name, content);
    }
    let said = refusal(&case, &folder, ("QINGWEN_PUNCTUATION", "keep"));
    assert!(said.contains("punctuation was not set, and is \"keep\"; --restart begins anew"), "{said}");
    // What changes no result may differ.
    let mut last = case.command(&folder, &["--resume"]);
    assert!(last.env("QINGWEN_COLOR", "never").output().expect("it runs").status.success());
    assert!(case.results(&folder) == case.results(&undisturbed));
}

/// A dictionary is named on the command line, and its content counts too.
#[test]
fn a_run_with_another_dictionary_does_not_go_on() {
    let args = vec!["in.jsonl", "-o", "out.jsonl", "--to", "tw", "--dict", "words.txt"];
    let words = ("words.txt".to_owned(), "老街\t老街\n".as_bytes().to_vec());
    let inputs = vec![("in.jsonl".to_owned(), records().into_bytes()), words];
    let case = Case { name: "dictionary", args, inputs, in_place: false };
    let folder = killed_after_first_point(&case, JOURNAL);
    folder.write("words.txt", "老街\t舊街\n");
    let said = refusal(&case, &folder, ("LANG", "C"));
    assert!(said.contains("words.txt has changed since"), "{said}");
    fs::remove_file(folder.path("words.txt")).expect("a file");
    refusal(&case, &folder, ("LANG", "C"));
}
