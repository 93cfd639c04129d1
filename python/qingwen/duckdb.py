"""DuckDB: ``register(connection)`` adds functions to SQL."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from . import Cleaner, fold

__all__ = ["register"]


def register(connection: duckdb.DuckDBPyConnection, **options: Any) -> None:
    """Adds ``qingwen_clean(text)`` and ``qingwen_fold(text)`` to a connection. The options are those of ``Cleaner``.

    >>> import duckdb
    >>> from qingwen.duckdb import register
    >>> connection = duckdb.connect()
    >>> register(connection, to="hans")
    >>> connection.sql("select qingwen_clean('街坊說,好。') as text").fetchall()
    [('街坊说，好。',)]
    """
    cleaner = Cleaner(**options)

    def clean(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array(cleaner.clean_arrow(texts, report=False))

    arrow: Any = "arrow"
    connection.create_function("qingwen_clean", clean, ["VARCHAR"], "VARCHAR", type=arrow)
    connection.create_function("qingwen_fold", fold, ["VARCHAR"], "VARCHAR")
