"""Runs a command and says what it and all processes below it took. It may kill a worker in the middle.

python benches/watched.py --kill pyspark.daemon --after 60 --after 300 -- qingwen-spark articles.jsonl --output clean

Memory is looked at each second: the sum of what the processes have at one time, where memory that several of them share counts
once. It needs Linux.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A process as it is now. What has ended in the meantime has nothing."""

    def __init__(self, number: int) -> None:
        self.number = number
        fields = read(number, "stat").rpartition(")")[2].split()
        self.parent = int(fields[1]) if fields else 0
        self.seconds = sum(map(int, fields[11:13])) / TICKS if fields else 0.0

    def words(self) -> str:
        return read(self.number, "cmdline").replace("\0", " ")

    def bytes(self) -> int:
        rows = read(self.number, "smaps_rollup").splitlines()
        return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


def read(number: int, name: str) -> str:
    try:
        return Path(f"/proc/{number}/{name}").read_text(errors="replace")
    except OSError:
        return ""


def below(root: int) -> list[Process]:
    """A process and all below it."""
    everyone = [Process(int(path.name)) for path in Path("/proc").glob("[0-9]*")]
    found = {root}
    while more := {it.number for it in everyone if it.parent in found} - found:
        found |= more
    return [it for it in everyone if it.number in found]


def worker(processes: list[Process], kind: str) -> Process | None:
    """The process of a kind that has worked most, and has started none itself."""
    parents = {it.parent for it in processes}
    workers = [it for it in processes if kind in it.words() and it.number not in parents]
    return max(workers, key=lambda it: it.seconds, default=None)


def main() -> None:
    """Prints seconds, processor time and memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kill", metavar="WORD", help="what is in the command line of a worker")
    parser.add_argument(
        "--after", type=float, action="append", default=[], help="when to kill one, in seconds"
    )
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    moments = sorted(asked.after)
    peak, kinds, used = 0, {}, {}
    began = time.monotonic()
    process = subprocess.Popen(asked.command)
    while process.poll() is None:
        processes = below(process.pid)
        used |= {it.number: it.seconds for it in processes}
        memory = {it: it.bytes() for it in processes}
        if sum(memory.values()) > peak:
            peak = sum(memory.values())
            kinds = {f"{it.number} {it.words()[:60]}": size for it, size in memory.items() if size > 50e6}
        if moments and time.monotonic() - began > moments[0] and (victim := worker(processes, asked.kill)):
            seconds = time.monotonic() - began
            print(f"killed after {seconds:.0f} s: {victim.number} {victim.words()[:60]}", file=sys.stderr)
            os.kill(victim.number, signal.SIGKILL)
            moments.pop(0)
        time.sleep(1)
    print(
        f"exit code {process.returncode}, {time.monotonic() - began:.0f} s, processors {sum(used.values()):.0f} s"
    )
    print(f"peak {peak / 1e6:.0f} MB")
    for name, size in sorted(kinds.items(), key=lambda row: -row[1]):
        print(f"  {size / 1e6:.0f} MB {name}")


if __name__ == "__main__":
    main()
