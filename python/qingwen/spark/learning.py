"""Learns what sites print on many pages: the wheel counts the lines of each page, Spark groups them by source, and the wheel
finds in each group what the source prints. The result is that of ``qingwen corpus learn``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from .. import corpus
from .columns import with_sign, without_sign


def learn(frame: DataFrame, *, source: str = "source", text: str = "text", title: str | None = None) -> str:
    """The model of a collection, as a text. Written to a file, it is for ``clean(…, corpus_model=…)``.

    ``source``, ``text`` and ``title`` name columns. ``source`` holds who published a page, such as a host. The pages of one
    source must fit into a worker's memory; of a larger one, take a sample.
    """
    columns = {name: F.col(name).cast("string") for name in (source, text, title) if name}
    pages = frame.select(*(column.alias(name) for name, column in columns.items()))
    count = _counting(text, title, source)
    [nothing] = count(iter([pa.RecordBatch.from_pylist([], to_arrow_schema(pages.schema))]))
    lines = pages.mapInArrow(count, from_arrow_schema(nothing.schema))
    models = lines.groupBy("source").applyInArrow(_learn, "model string").collect()
    return corpus.join_models([row["model"] for row in models])


def _counting(text: str, title: str | None, source: str) -> Any:
    def count(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts:
            yield with_sign(pa.record_batch(corpus.count_lines(part, text, title, source)))

    return count


def _learn(lines: pa.Table) -> pa.Table:
    """The model of a source."""
    return pa.table({"model": [corpus.learn(without_sign(lines, ["page", "key", "frame"]))]})
