"""Measures the wheel: what a call costs on an empty text, what Arrow's columns beside the text cost, and how fast articles are
cleaned, each way.

python benches/throughput.py articles.jsonl
"""

import json
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from qingwen import Cleaner

# The best of some runs is the one that other programs disturbed least.
RUNS = 5
CALLS = 100_000


def seconds(work: Callable[[], object]) -> float:
    """The time of the quickest run."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def beside(cleaner: Cleaner, megabytes: int) -> float:
    """The time of a call for an empty text with a long column beside it. What is not copied takes the same, however long it
    is."""
    long = pa.array([b"x" * megabytes * 1_000_000], pa.binary())
    batch = pa.record_batch({"text": [""], "beside": long})
    calls = timeit.repeat(lambda: cleaner.clean_arrow(batch, report=False), number=CALLS // 100, repeat=RUNS)
    return min(calls) / (CALLS // 100)


def main() -> None:
    """Prints a row for each way."""
    cleaner = Cleaner()
    empty = min(timeit.repeat(lambda: cleaner.clean(""), number=CALLS, repeat=RUNS)) / CALLS
    print(f"clean, empty text: {empty * 1e6:.2f} µs")
    for megabytes in [0, 1, 1000]:
        print(f"clean_arrow, empty text, {megabytes} MB beside it: {beside(cleaner, megabytes) * 1e6:.1f} µs")
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    batch = pa.record_batch({"text": texts})
    ways: dict[str, Callable[[], object]] = {
        "clean": lambda: [cleaner.clean(text) for text in texts],
        "clean_many, 2 threads": lambda: list(cleaner.clean_many(texts, threads=2)),
        "clean_arrow": lambda: cleaner.clean_arrow(batch),
        "clean_arrow, no report": lambda: cleaner.clean_arrow(batch, report=False),
        "clean_arrow, no report, 2 threads": lambda: cleaner.clean_arrow(batch, report=False, threads=2),
    }
    for name, way in ways.items():
        print(f"{name}: {megabytes / seconds(way):.1f} MB/s")


if __name__ == "__main__":
    main()
