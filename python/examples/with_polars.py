"""Cleans JSON Lines with Polars, and counts which rules removed lines."""

import sys
from pathlib import Path

import polars as pl

from qingwen import Cleaner

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
frame = pl.read_ndjson(path)
cleaned = pl.DataFrame(Cleaner(to="tw").clean_arrow(frame, title="title", threads=2))
print(cleaned.select("id", "title", "text"))
removals = cleaned.select(pl.col("removals").explode()).drop_nulls().unnest("removals")
print(removals.group_by("rule").len().sort("len", descending=True))
