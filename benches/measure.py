"""Measures `qingwen clean` on files of JSON Lines, and OpenCC's library with the same texts. benches/run.sh calls it.

The runs take turns within each round, and the table has the medians. CPU time is that of all threads, in user and
kernel. Of OpenCC it is only the time of `convert`, without reading the file. Memory is the peak of the process.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time

# The target of `clean`, and OpenCC's configuration for the same purpose.
TARGETS = {"twp": "s2twp", "hans": "t2s"}
THREADS = [1, 2]
MEGABYTE = 1_000_000


def texts(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def peak(usage):
    return usage.ru_maxrss * 1024


def clean(program, path, target, threads):
    """CPU seconds, wall-clock seconds and peak memory of a run."""
    command = [program, "clean", "--no-config", "--quiet", "--to", target, "--threads", str(threads), path]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"benches/measure.py: {' '.join(command)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, peak(usage)


def convert(configuration, path):
    """The same for OpenCC, in a process of its own."""
    command = [sys.executable, __file__, "--convert", configuration, path]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def convert_here(configuration, path):
    import opencc

    converter = opencc.OpenCC(configuration)
    converter.convert("后来")
    articles = texts(path)
    cpu, wall = time.process_time(), time.monotonic()
    for article in articles:
        converter.convert(article)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    print(json.dumps([cpu, wall, peak(resource.getrusage(resource.RUSAGE_SELF))]))


def measured(program, path, rounds):
    """By run, the medians of its measures."""
    runs = {}
    for target, configuration in TARGETS.items():
        for threads in THREADS:
            runs[target, threads] = lambda t=target, n=threads: clean(program, path, t, n)
        runs[target, "OpenCC"] = lambda c=configuration: convert(c, path)
    measures = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            measures[name].append(run())
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in measures.items()}


def rows(program, path, rounds):
    size = sum(len(text.encode()) for text in texts(path))
    medians = measured(program, path, rounds)
    for (target, how), (cpu, wall, memory) in medians.items():
        opencc, alone = medians[target, "OpenCC"][0], medians[target, 1][1]
        is_opencc = how == "OpenCC"
        what = f"OpenCC `{TARGETS[target]}`" if is_opencc else f"`clean --to {target} --threads {how}`"
        ratio = "" if is_opencc else f"{cpu / opencc:.2f}"
        faster = "" if is_opencc else f"{alone / wall:.2f}"
        name = f"{os.path.basename(path)}, {size / MEGABYTE:.1f} MB of text"
        yield (
            f"| {name} | {what} | {cpu:.2f} s | {wall:.2f} s | {size / MEGABYTE / cpu:.1f} MB/s "
            f"| {memory / MEGABYTE:.0f} MB | {ratio} | {faster} |"
        )


def main():
    parser = argparse.ArgumentParser(prog="benches/run.sh", description=__doc__.split("\n")[0])
    parser.add_argument("--program", help=argparse.SUPPRESS)
    parser.add_argument("--convert", metavar="CONFIGURATION", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each run is measured")
    parser.add_argument("files", nargs="+", metavar="FILE", help='JSON Lines with a field "text"')
    args = parser.parse_args()
    if args.convert:
        return convert_here(args.convert, args.files[0])
    print("| input | run | CPU time | time | text a second of CPU | memory | CPU ÷ OpenCC | ÷ one thread |")
    print("|---|---|---|---|---|---|---|---|")
    for path in args.files:
        for row in rows(args.program, path, args.rounds):
            print(row, flush=True)


main()
