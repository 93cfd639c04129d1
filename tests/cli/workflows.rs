//! The commands of docs/workflows.md, the hooks of pre-commit and the action: each one is run as it is written.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{ARTICLE, CLEAN, Folder, TERMINAL, installed};

const PAGE: &str = include_str!("../../docs/workflows.md");
const HOOKS: &str = include_str!("../../.pre-commit-hooks.yaml");
const ACTION: &str = include_str!("../../.github/actions/qingwen-check/action.yml");

/// The code of a section, in one language.
#[track_caller]
fn code(section: &str, language: &str) -> &'static str {
    let start = format!("\n## {section}\n");
    let section = PAGE.split_once(&start).unwrap_or_else(|| panic!("no section {section}")).1;
    let section = section.split("\n## ").next().unwrap_or(section);
    let start = format!("```{language}\n");
    let code = section.split_once(&start).unwrap_or_else(|| panic!("no {language}")).1;
    code.split_once("```").expect("its end").0
}

/// The search path with the built command.
fn search_path() -> std::ffi::OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_qingwen")).parent().expect("a folder").to_owned();
    let paths = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(built).chain(env::split_paths(&paths))).expect("a search path")
}

/// Runs a program in a folder, with the built command in its path.
fn run(folder: &Folder, program: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    TERMINAL.iter().for_each(|variable| {
        command.env_remove(variable);
    });
    command.args(args).current_dir(folder.path("")).env("PATH", search_path()).env("HOME", folder.path(""));
    command.envs(variables.iter().copied()).output().expect("it runs")
}

#[track_caller]
fn succeeds(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

/// The shell. Every system on which the tests run has one.
fn shell() -> PathBuf {
    PathBuf::from("/bin/sh")
}

fn record(text: &str) -> String {
    format!("{{\"id\":\"n1\",\"text\":\"{}\"}}\n", text.replace('\n', "\\n").replace('"', "\\\""))
}

#[test]
fn pages_and_completions() {
    let folder = Folder::new();
    succeeds(&run(&folder, &shell(), &["-c", code("Install pages and completions", "sh")], &[]));
    assert!(folder.read(".local/share/man/man1/qingwen-clean.1").contains(".TH qingwen-clean 1"));
    assert!(folder.read(".local/share/bash-completion/completions/qingwen.bash").contains("_qingwen"));
    assert!(folder.read(".config/fish/completions/qingwen.fish").contains("complete -c qingwen"));
}

#[test]
fn a_pipe() {
    let Some(gzip) = installed("gzip") else { return };
    let folder = Folder::with(&[("news.jsonl", &record(ARTICLE))]);
    succeeds(&run(&folder, &gzip, &["news.jsonl"], &[]));
    let output = run(&folder, &shell(), &["-c", code("A pipe", "sh")], &[]);
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    let clean = run(&folder, &gzip, &["-dc", "clean.jsonl.gz"], &[]).stdout;
    assert_eq!(String::from_utf8(clean).expect("UTF-8"), record(CLEAN));
}

#[test]
fn cron() {
    let folder = Folder::with(&[("news.jsonl", &record(ARTICLE))]);
    let line = code("cron", "crontab").trim();
    let (times, command) = line.split_once(" cd ").expect("a time and a command");
    assert_eq!(times.split(' ').count(), 5, "{times}");
    assert!(!command.contains('%'), "cron takes % for a line end");
    let command = format!("cd {command}").replace("/data/news", ".");
    let output = run(&folder, &shell(), &["-c", &command], &[]);
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()));
    assert_eq!(folder.read("clean.jsonl"), record(CLEAN));
    assert_eq!(folder.records("report.jsonl")[0]["type"], "article");
}

#[test]
fn a_makefile() {
    let Some(make) = installed("make") else { return };
    let folder = Folder::with(&[("Makefile", code("Makefile", "make"))]);
    std::fs::create_dir(folder.path("raw")).expect("a folder");
    folder.write("raw/a.txt", ARTICLE);
    folder.write("raw/b.txt", CLEAN);
    succeeds(&run(&folder, &make, &["--jobs"], &[]));
    assert_eq!((folder.read("clean/a.txt").as_str(), folder.read("clean/b.txt").as_str()), (CLEAN, CLEAN));
    succeeds(&run(&folder, &make, &["check"], &[]));
    folder.write("clean/a.txt", ARTICLE);
    assert!(!run(&folder, &make, &["check"], &[]).status.success());
}

/// What Airflow has under these names, as far as the page uses it: a task runs its command at once.
const AIRFLOW: [(&str, &str); 5] = [
    ("airflow/__init__.py", ""),
    (
        "airflow/sdk.py",
        "class DAG:\n    def __init__(self, name, schedule, start_date, catchup): pass\n    def __enter__(self): pass\n    def __exit__(self, *error): pass\n",
    ),
    ("airflow/providers/__init__.py", ""),
    ("airflow/providers/standard/__init__.py", ""),
    (
        "airflow/providers/standard/operators/bash.py",
        "import subprocess\n\nclass BashOperator:\n    def __init__(self, task_id, cwd, bash_command):\n        subprocess.run(bash_command, shell=True, check=True)\n    def __rshift__(self, other): pass\n",
    ),
];

#[test]
fn airflow() {
    let Some(python) = installed("python3") else { return };
    let folder = Folder::with(&[("news.jsonl", &record(ARTICLE)), ("dag.py", code("Airflow", "python"))]);
    std::fs::create_dir_all(folder.path("airflow/providers/standard/operators")).expect("folders");
    AIRFLOW.iter().for_each(|(name, module)| folder.write(name, module));
    succeeds(&run(&folder, &python, &["dag.py"], &[]));
    assert_eq!(folder.read("clean.jsonl"), record(CLEAN));
}

/// The values of a key in YAML, where each stands on a line of its own.
fn values<'y>(yaml: &'y str, key: &str) -> Vec<&'y str> {
    let key = format!("{key}: ");
    yaml.lines().filter_map(|line| line.trim_start_matches(['-', ' ']).strip_prefix(&key)).collect()
}

#[test]
fn the_hooks_of_pre_commit() {
    assert_eq!(values(HOOKS, "id"), ["qingwen-check", "qingwen-fix"]);
    let used = values(code("pre-commit", "yaml"), "id");
    assert!(used.iter().all(|id| values(HOOKS, "id").contains(id)), "{used:?}");
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", CLEAN)]);
    let run_hook =
        |entry: &str| run(&folder, &shell(), &["-c", &format!("{entry} a.txt b.txt")], &[]).status.code();
    let [check, fix] = values(HOOKS, "entry").try_into().expect("two hooks");
    assert_eq!((run_hook(check), folder.read("a.txt").as_str()), (Some(1), ARTICLE));
    assert_eq!((run_hook(fix), folder.read("a.txt").as_str()), (Some(1), CLEAN));
    assert_eq!((run_hook(fix), run_hook(check)), (Some(0), Some(0)));
}

#[test]
fn the_action() {
    let Some(bash) = installed("bash") else { return };
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("articles/2026")).expect("folders");
    folder.write("articles/2026/a.txt", ARTICLE);
    folder.write("articles/b.txt", CLEAN);
    let script = ACTION.rsplit_once("run: |\n").expect("the last step").1;
    let check = |paths| {
        run(&folder, &bash, &["-e", "-c", script], &[("PATHS", paths), ("ARGUMENTS", "--keep share")])
    };
    let output = check("articles/**/*.txt");
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        found
            .contains("::warning file=articles/2026/a.txt,line=5,col=1,endColumn=10,title=repeat/headline::")
    );
    assert!(!found.contains("share/bar"), "{found}");
    assert_eq!(check("articles/b.txt").status.code(), Some(0));
    assert_eq!(check("none/*.txt").status.code(), Some(1));
}

#[test]
fn sarif_for_a_code_host() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("articles")).expect("a folder");
    folder.write("articles/a.txt", ARTICLE);
    let upload = code("GitHub Actions", "sh");
    succeeds(&run(&folder, &shell(), &["-c", upload], &[]));
    let log: serde_json::Value = serde_json::from_str(&folder.read("qingwen.sarif")).expect("JSON");
    assert!(log["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()), "{log}");
    folder.write("articles/b.txt", "%PDF-1.7\n");
    assert!(!run(&folder, &shell(), &["-c", upload], &[]).status.success());
}
