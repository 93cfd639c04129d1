//! `--backup`: the old file stays beside the new one.

use crate::support::{ARTICLE, CLEAN, Folder, qingwen};

#[test]
fn the_old_content_stays_beside_the_new() {
    for (option, backup) in [("--backup", "a.txt~"), ("--backup=.orig", "a.txt.orig")] {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", CLEAN)]);
        folder.run(&["clean", "-i", option, "a.txt", "b.txt"]).exits(0);
        assert_eq!((folder.read("a.txt").as_str(), folder.read(backup).as_str()), (CLEAN, ARTICLE));
        // A file that stays as it is needs no backup.
        assert_eq!(folder.names(), ["a.txt", backup, "b.txt"]);
    }
}

#[test]
fn a_backup_with_other_content_stays() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("a.txt~", "更早的文章。\n")]);
    folder.run(&["clean", "-i", "--backup", "a.txt"]).exits(0);
    assert_eq!(folder.read("a.txt~"), "更早的文章。\n");
    assert_eq!(folder.read("a.txt~2"), ARTICLE);
    // The same content is not kept twice.
    folder.write("a.txt", ARTICLE);
    folder.run(&["clean", "-i", "--backup", "a.txt"]).exits(0);
    assert_eq!(folder.names(), ["a.txt", "a.txt~", "a.txt~2"]);
    folder.write("a.txt", "街坊說,好。\n");
    folder.run(&["convert", "-i", "--to", "hans", "--backup", "a.txt"]).exits(0);
    assert_eq!(folder.read("a.txt~3"), "街坊說,好。\n");
}

#[test]
fn without_a_backup_the_file_stays_as_it_was() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    std::fs::create_dir(folder.path("a.txt~")).expect("a folder");
    let run = folder.run(&["clean", "-i", "--backup", "a.txt", "b.txt"]).exits(2);
    run.says("a.txt: cannot be replaced: no backup: ");
    assert_eq!((folder.read("a.txt").as_str(), folder.read("b.txt").as_str()), (ARTICLE, CLEAN));
}

#[cfg(unix)]
#[test]
fn a_backup_has_the_permissions_of_the_file_and_stands_beside_the_target_of_a_link() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    set_permissions(folder.path("a.txt"), Permissions::from_mode(0o600)).expect("permissions");
    symlink("a.txt", folder.path("link")).expect("a link");
    folder.run(&["clean", "-i", "--backup", "link"]).exits(0);
    assert_eq!(folder.names(), ["a.txt", "a.txt~", "link"]);
    let mode = metadata(folder.path("a.txt~")).expect("a backup").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_backup_needs_in_place_and_a_suffix_that_is_one() {
    qingwen(&["clean", "--backup", "a.txt"]).exits(2).says("--in-place");
    for suffix in ["--backup=", "--backup=/x"] {
        qingwen(&["clean", "-i", suffix, "a.txt"]).exits(2).says("a suffix has characters");
    }
}
