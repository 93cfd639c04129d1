"""Measures the wheel: what a call costs on an empty text, what Arrow's columns beside the text cost, and how fast articles are
cleaned, each way.

python benches/throughput.py articles.jsonl
"""

import json
import sys
import time
import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa

from qingwen import Cleaner, fold

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


def microseconds(call: Callable[[], object]) -> float:
    """The time of the processor that a call takes."""
    times = timeit.repeat(call, number=CALLS, repeat=RUNS, timer=time.process_time)
    return min(times) / CALLS * 1e6


def beside(megabytes: int) -> pa.RecordBatch:
    """An empty text with a long column beside it. What is not copied takes the same time, however long it is."""
    return pa.record_batch({"text": [""], "beside": pa.array([b"x" * megabytes * 1_000_000], pa.binary())})


def main() -> None:
    """Prints a row for each way."""
    cleaner = Cleaner()
    print(f"fold, empty text: {microseconds(lambda: fold('')):.2f} µs")
    print(f"clean, empty text: {microseconds(lambda: cleaner.clean('')):.2f} µs")
    for megabytes in [0, 1, 1000]:
        call = partial(cleaner.clean_arrow, beside(megabytes), report=False)
        print(f"clean_arrow, empty text, {megabytes} MB beside it: {microseconds(call):.1f} µs")
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
