#!/usr/bin/env python3
"""Compares the results of two programs for real text, byte for byte: `tests/compare.py OLD NEW`.

A change that keeps the behaviour must not change any result: the clean text, the report, the metadata and the exit code,
with the usual options and with others. The script needs the collections in ../shared. It prints the result of each file
and the first record that differs.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
COLLECTIONS = [
    "corpora/hans.jsonl.zst",
    "corpora/hant.jsonl.zst",
    "corpora/poetry.jsonl.zst",
    "corpora/cn_laws.jsonl.zst",
    "corpora/cn_broadcast.jsonl.zst",
    "gold/dev.jsonl",
    "gold/inject.dev.jsonl",
]
RUNS = [
    ["clean"],
    ["clean", "--to", "keep", "--punctuation", "keep", "--keep-twin", "longest"],
    ["clean", "--to", "tw", "--profile", "corpus", "--keep-twin", "target-script"],
    ["clean", "--certainty", "sure", "--profile", "light", "--to", "hans"],
]


def text_of(path: pathlib.Path) -> bytes:
    """The records of a collection. The program `zstd` unpacks compressed files."""
    if path.suffix == ".zst":
        return subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout
    return path.read_bytes()


def without_times(report: bytes) -> bytes:
    """The report without the parts that depend on the machine."""
    return re.sub(rb',"(seconds|bytes_per_second)":[0-9.e+-]+', b"", report)


def made_by(program: str, arguments: list[str], records: pathlib.Path, folder: pathlib.Path) -> dict[str, bytes]:
    """A program's results for records."""
    report = folder / "report.jsonl"
    metadata = ["--metadata-field", "metadata"]
    command = [program, *arguments, "--format", "jsonl", *metadata, "--report", report, records]
    done = subprocess.run(command, capture_output=True, check=False)
    return {
        "code": str(done.returncode).encode(),
        "text": done.stdout,
        "messages": done.stderr,
        "report": without_times(report.read_bytes()) if report.exists() else b"",
    }


def first_difference(old: bytes, new: bytes) -> str:
    """The first line that differs."""
    lines = zip(old.splitlines() + [b""], new.splitlines() + [b""], strict=False)
    for number, (before, after) in enumerate(lines, 1):
        if before != after:
            return f"line {number}\n  old: {before.decode()[:400]}\n  new: {after.decode()[:400]}"
    return "one is longer"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--records", type=int, default=0, help="number of records of each collection; 0 for all")
    arguments = parser.parse_args()
    differ = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for collection in COLLECTIONS:
            if not (SHARED / collection).exists():
                print(f"{collection}: is not here")
                continue
            lines = text_of(SHARED / collection).splitlines(keepends=True)
            lines = [line for line in lines if isinstance(json.loads(line).get("text"), str)]
            records = folder / "records.jsonl"
            records.write_bytes(b"".join(lines[: arguments.records or None]))
            for run in RUNS:
                old, new = (made_by(program, run, records, folder) for program in (arguments.old, arguments.new))
                wrong = [what for what in old if old[what] != new[what]]
                differ += bool(wrong)
                print(f"{collection}: {' '.join(run)}: {', '.join(wrong) or 'the same'}")
                for what in wrong:
                    print(f"  {what}: {first_difference(old[what], new[what])}")
    return min(differ, 1)


if __name__ == "__main__":
    sys.exit(main())
