//! Faults in the middle of a run: full disks, folders that vanish, inputs that break off or change. Each one is named,
//! nothing looks whole that is not, and the other inputs are processed.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::Duration;

use crate::support::{ARTICLE, CLEAN, Folder, Run, TIMEOUT, installed, records};

/// Records that fill more than a pipe, and more than a run holds in memory.
fn many_records() -> String {
    let text = "街坊說,好。".repeat(100);
    (0..4000).map(|number| format!("{{\"id\":{number},\"text\":\"{text}\"}}\n")).collect()
}

fn program() -> &'static Path {
    assert_cmd::cargo::cargo_bin!("qingwen")
}

/// Starts the command in a folder.
fn start(folder: &Folder, args: &[&str], stdin: Stdio, stdout: Stdio) -> Child {
    let mut command = Command::new(program());
    command.args(args).current_dir(folder.path("")).stdin(stdin).stdout(stdout).stderr(Stdio::piped());
    command.spawn().expect("the command starts")
}

/// Waits for the end of a run.
fn ended(child: Child) -> Run {
    let output = child.wait_with_output().expect("the run ends");
    Run {
        code: output.status.code().unwrap_or_default(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs a script of the shell in a folder, in which `disk` is a small disk of its own and `$QINGWEN` is the command.
/// `None` where the system gives no such disk.
#[cfg(target_os = "linux")]
fn on_small_disk(folder: &Folder, script: &str) -> Option<Run> {
    let unshare = installed("unshare")?;
    fs::create_dir_all(folder.path("disk")).expect("a folder");
    let run = |script: &str| {
        let mut command = Command::new(&unshare);
        command.args(["-rm", "sh", "-c", script]).current_dir(folder.path("")).env("QINGWEN", program());
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("unshare runs");
        ended(child)
    };
    let mount = "mount -t tmpfs -o size=1m none disk";
    if run(mount).code != 0 {
        eprintln!("note: this user can mount no disk, so this test is skipped");
        return None;
    }
    Some(run(&format!("{mount} && {script}")))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_for_every_output() {
    for output in [
        "-o disk/out.jsonl",
        "-o disk/out.jsonl.gz",
        "-o disk/out.jsonl.zst",
        "--output-dir disk/out",
        "-q --report disk/report.jsonl",
        "-q --report-html disk/page.html",
        "-q --removed disk/removed.jsonl",
        "-q --rejects disk/rejects.jsonl",
        "-q --stats disk/stats.json",
    ] {
        let folder = Folder::with(&[("a.jsonl", "{\"text\":\"街坊說,好。\\n分享到:\"}\n{}\n")]);
        let script = format!(
            "head -c 2M /dev/zero >disk/full 2>&-; $QINGWEN clean a.jsonl {output}; code=$?; find disk -type f; exit $code"
        );
        let Some(run) = on_small_disk(&folder, &script) else { return };
        let name = output.split("disk/").nth(1).expect("a name");
        let run = run.exits(2).says("No space left on device").says(&format!("disk/{name}"));
        let left: Vec<_> = run.stdout.lines().filter(|line| line.starts_with("disk/")).collect();
        assert_eq!(left, ["disk/full"], "{output}");
    }
}

#[cfg(all(target_os = "linux", feature = "parquet"))]
#[test]
fn a_full_disk_is_named_for_tables() {
    for (command, table) in [("sign", "s.parquet"), ("count", "c.parquet")] {
        let folder = Folder::with(&[("a.jsonl", &many_records())]);
        let script = format!(
            "head -c 2M /dev/zero >disk/full 2>&-; $QINGWEN corpus {command} a.jsonl -o disk/{table}; \
             code=$?; find disk -type f; exit $code"
        );
        let Some(run) = on_small_disk(&folder, &script) else { return };
        let run = run.exits(2).says("No space left on device").says(&format!("disk/{table}"));
        assert_eq!(run.stdout, "disk/full\n", "{command}");
    }
}

/// A full disk loses nothing: the earlier report stays, and no temporary file does.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_for_temporary_files_is_named() {
    let folder = Folder::with(&[("a.jsonl", &many_records()), ("r.jsonl", "")]);
    let script = "head -c 2M /dev/zero >disk/full 2>&-; \
                  $QINGWEN corpus dedup a.jsonl --temp-dir disk --report r.jsonl -o u.jsonl; \
                  code=$?; find disk -mindepth 1; exit $code";
    let Some(run) = on_small_disk(&folder, script) else { return };
    run.exits(2).says("disk: cannot hold temporary files: No space left on device").prints("disk/full\n");
    assert_eq!(
        (folder.names(), folder.read("r.jsonl").as_str()),
        (vec!["a.jsonl".into(), "disk".into(), "r.jsonl".into()], "")
    );
}

/// In place, the files on the full disk stay, and those elsewhere are cleaned.
#[cfg(target_os = "linux")]
#[test]
fn a_file_on_a_full_disk_stays_as_it_was() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    let script = "cp a.txt disk; head -c 2M /dev/zero >disk/full 2>&-; $QINGWEN clean -i disk/a.txt b.txt; \
                  code=$?; cat disk/a.txt; exit $code";
    let Some(run) = on_small_disk(&folder, script) else { return };
    run.exits(2).says("disk/a.txt: cannot be replaced: ").says("No space left on device").prints(ARTICLE);
    assert_eq!(folder.read("b.txt"), CLEAN);
}

/// An index of articles that fills the disk stays as it was. When there is room again, the same command writes the same.
#[cfg(target_os = "linux")]
#[test]
fn an_index_on_a_full_disk_stays_as_it_was() {
    let article = |n: usize| {
        let text: String = (0..60).map(|line| format!("{n}年{line}月，第{}號攤位。", n * line)).collect();
        format!("{{\"id\":{n},\"text\":\"{text}\"}}\n")
    };
    let few: String = (0..3).map(article).collect();
    let many: String = (0..2000).map(article).collect();
    let folder = Folder::with(&[("few.jsonl", &few), ("many.jsonl", &many)]);
    folder.run(&["corpus", "dedup", "many.jsonl", "-q", "-o", "whole.jsonl"]).exits(0);
    let script = "set -- corpus dedup --against disk/seen.qwi -q; $QINGWEN \"$@\" few.jsonl -o few.new || exit 9; \
                  $QINGWEN \"$@\" many.jsonl -o many.new; code=$?; mount -o remount,size=64m none disk; \
                  $QINGWEN \"$@\" many.jsonl -o many.new || exit 8; \
                  $QINGWEN \"$@\" many.jsonl -o again.new || exit 7; ls disk; exit $code";
    let Some(run) = on_small_disk(&folder, script) else { return };
    run.exits(2).says("disk/seen.qwi: ").says("No space left on device").prints("seen.qwi\n");
    let new = folder.read("whole.jsonl").replace(&folder.read("few.new"), "");
    assert_eq!(folder.read("few.new"), few);
    assert!(folder.read("many.new") == new && folder.read("again.new").is_empty());
}

/// When there is room again, the run goes on.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_filled_the_disk_goes_on_later() {
    let folder = Folder::with(&[("a.jsonl", &many_records())]);
    folder.run(&["clean", "-q", "a.jsonl", "-o", "whole.jsonl"]).exits(0);
    let script = "mount -o remount,size=4m none disk; head -c 2M /dev/zero >disk/full; \
                  set -- clean a.jsonl -o disk/out.jsonl --checkpoint 100K --resume; \
                  $QINGWEN \"$@\"; [ $? = 2 ] && [ ! -e disk/out.jsonl ] || exit 9; \
                  rm disk/full; mount -o remount,size=16m none disk; \
                  $QINGWEN -v \"$@\" && cmp disk/out.jsonl whole.jsonl && ls disk";
    let Some(run) = on_small_disk(&folder, script) else { return };
    run.exits(0).says("No space left on device").prints("out.jsonl\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    for (args, message) in [
        ("a.txt -o disk/out.txt", "disk/out.txt: cannot be written: "),
        ("a.txt --output-dir disk/out", "disk/out: cannot be written: "),
        ("-q a.txt --report disk/report.jsonl", "disk/report.jsonl: cannot be written: "),
        ("-i disk/a.txt b.txt", "disk/a.txt: cannot be replaced: "),
    ] {
        let script = format!("cp a.txt disk; mount -o remount,ro none disk; $QINGWEN clean {args}");
        let Some(run) = on_small_disk(&folder, &script) else { return };
        run.exits(2).says(message).says("Read-only file system");
    }
    assert_eq!((folder.read("a.txt").as_str(), folder.read("b.txt").as_str()), (ARTICLE, CLEAN));
}

/// The folder of results vanishes between two inputs. The second input is a pipe, so that the run waits there.
#[test]
fn a_folder_of_results_that_vanishes_is_an_error() {
    let Some(mkfifo) = installed("mkfifo") else { return };
    let long = "街坊說,好。\n".repeat(10_000);
    for (output, more) in [("--output-dir", "out"), ("-o", "out/all.txt")] {
        let folder = Folder::with(&[("a.txt", &long)]);
        fs::create_dir(folder.path("out")).expect("a folder");
        let made = Command::new(&mkfifo).arg(folder.path("b.txt")).status().expect("mkfifo runs");
        assert!(made.success());
        let args = ["clean", "--threads", "1", "a.txt", "b.txt", output, more];
        let child = start(&folder, &args, Stdio::null(), Stdio::null());
        // The run opens the pipe when the first input is done.
        let mut pipe = fs::File::options().write(true).open(folder.path("b.txt")).expect("a pipe");
        fs::remove_dir_all(folder.path("out")).expect("the folder vanishes");
        pipe.write_all(ARTICLE.as_bytes()).expect("the pipe is read");
        drop(pipe);
        ended(child).exits(2).says("out/").says("No such file or directory");
        assert!(!folder.path("out/all.txt").exists() && !folder.path("out/a.txt").exists());
    }
}

/// A socket whose other end gives some bytes and is then lost.
fn broken_off(content: &str) -> Stdio {
    let (mut ours, theirs) = UnixStream::pair().expect("a socket");
    // What the other side never reads makes its end an error for this side.
    (&theirs).write_all(b"?").expect("a socket takes bytes");
    ours.write_all(content.as_bytes()).expect("a socket takes bytes");
    OwnedFd::from(theirs).into()
}

#[test]
fn an_input_that_breaks_off_is_named_and_the_others_are_done() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let message = "qingwen: standard input: Connection reset by peer";
    let text = start(&folder, &["clean", "-", "a.txt"], broken_off("街坊說,好。\n"), Stdio::piped());
    ended(text).exits(2).says(message).prints(CLEAN);
    let args = ["convert", "-c", "t2s", "-", "-o", "out.txt"];
    ended(start(&folder, &args, broken_off("頭髮\n"), Stdio::piped())).exits(2).says(message);
    let record = "{\"text\":\"街坊說,好。\"}\n";
    let args = ["clean", "--format", "jsonl", "-", "-o", "out.jsonl"];
    let broken = broken_off(&format!("{record}{record}{{\"text\":\"街坊"));
    ended(start(&folder, &args, broken, Stdio::piped())).exits(2).says(message);
    assert_eq!(records(&folder.read("out.jsonl")).len(), 2);
    assert_eq!(folder.names(), ["a.txt", "out.jsonl"]);
}

/// Compressed records that end too early, wherever that is: the whole records before come through.
#[test]
fn compressed_data_that_ends_too_early_is_named() {
    let content: String =
        (0..2000).map(|number| format!("{{\"id\":{number},\"text\":\"第{number}個,好。\"}}\n")).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(content.as_bytes()).expect("memory");
    let gzip = gzip.finish().expect("memory");
    let zstd = zstd::encode_all(content.as_bytes(), 1).expect("memory");
    for (name, bytes, message) in [
        ("cut.jsonl.gz", gzip, "cut.jsonl.gz: damaged gzip data: it ends too early"),
        ("cut.jsonl.zst", zstd, "cut.jsonl.zst: damaged Zstandard data: "),
    ] {
        for part in 1..12 {
            let folder = Folder::with(&[("good.jsonl", "{\"text\":\"街坊說,好。\"}\n")]);
            folder.write(name, &bytes[..bytes.len() * part / 12]);
            folder.run(&["clean", name, "good.jsonl", "-o", "out.jsonl"]).exits(2).says(message);
            let records = records(&folder.read("out.jsonl"));
            assert_eq!(records.last().expect("a record")["text"], "街坊說，好。", "{name}: {part}");
            folder.run(&["clean", "-i", name]).exits(2).says(&format!("{name}: left as it was"));
            assert_eq!(folder.bytes(name).len(), bytes.len() * part / 12);
        }
    }
}

/// The run has begun and cannot end, because no one reads its output.
#[test]
fn a_file_that_changes_while_it_is_read_is_an_error() {
    let content = many_records();
    let folder = Folder::with(&[("a.jsonl", &content), ("b.jsonl", "{\"text\":\"街坊說,好。\"}\n")]);
    let mut child = start(&folder, &["clean", "a.jsonl", "b.jsonl"], Stdio::null(), Stdio::piped());
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut [0]).expect("some output");
    folder.write("a.jsonl", format!("{content}{{\"text\":\"新,的\"}}\n"));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("UTF-8");
    ended(child).exits(2).says("qingwen: a.jsonl: changed while it was read\n");
    assert!(rest.ends_with("{\"text\":\"街坊說，好。\"}\n"), "the other input is cleaned");
}

/// The first request to end waits for a record that cannot be written. So only a further one can end the run.
#[test]
fn a_second_request_ends_a_run_at_once() {
    let folder = Folder::with(&[("a.jsonl", &many_records())]);
    let args = ["clean", "a.jsonl", "--report", "report.jsonl"];
    let mut child = start(&folder, &args, Stdio::null(), Stdio::piped());
    child.stdout.as_mut().expect("a pipe").read_exact(&mut [0]).expect("some output");
    while child.try_wait().expect("a state").is_none() {
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
        sleep(Duration::from_millis(20));
    }
    assert_eq!(child.wait().expect("it has ended").code(), Some(130));
    assert_eq!(folder.names(), ["a.jsonl"]);
}

/// The next bytes of an output. Where none come, the test fails and does not hang.
fn next(output: &Arc<Mutex<ChildStdout>>, bytes: usize) -> String {
    let (sender, receiver) = channel();
    let output = Arc::clone(output);
    spawn(move || {
        let mut read = vec![0; bytes];
        output.lock().expect("a reader").read_exact(&mut read).expect("bytes");
        sender.send(read)
    });
    String::from_utf8(receiver.recv_timeout(TIMEOUT).expect("bytes in time")).expect("UTF-8")
}

/// With `--flush`, a record comes out while the program that writes records waits for it.
#[test]
fn a_record_comes_out_before_the_next_one_goes_in() {
    let folder = Folder::new();
    for threads in ["1", "2"] {
        let args = ["clean", "-q", "--format", "jsonl", "--flush", "--threads", threads];
        let mut child = start(&folder, &args, Stdio::piped(), Stdio::piped());
        let (mut stdin, stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        let stdout = Arc::new(Mutex::new(stdout));
        let expected = "{\"text\":\"街坊說，好。\"}\n";
        for _ in 0..3 {
            stdin.write_all("{\"text\":\"街坊說,好。\"}\n".as_bytes()).expect("it is read");
            assert_eq!(next(&stdout, expected.len()), expected);
        }
        drop(stdin);
        ended(child).exits(0);
    }
}
