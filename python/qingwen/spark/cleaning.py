"""Cleans a column of texts with ``mapInArrow``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from .. import Cleaner


def clean(
    frame: DataFrame,
    *,
    text: str = "text",
    title: str | None = None,
    source: str | None = None,
    report: bool = True,
    **options: Any,
) -> DataFrame:
    """The data frame with clean texts, and with ``report`` the columns ``removals`` and ``metadata``.

    ``text``, ``title`` and ``source`` name columns. The options are those of ``Cleaner``. A file that they name must be at the same
    path on each worker.
    """
    cleaner = Cleaner(**options)

    def batch(part: pa.RecordBatch) -> pa.RecordBatch:
        return pa.record_batch(cleaner.clean_arrow(part, text, title, report, source=source))

    def batches(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(batch, parts)

    nothing = pa.RecordBatch.from_pylist([], to_arrow_schema(frame.schema))
    return frame.mapInArrow(batches, from_arrow_schema(batch(nothing).schema))
