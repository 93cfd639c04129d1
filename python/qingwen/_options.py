"""What the modules for engines ask before they begin."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from . import corpus


def check_options(has_dates: bool, **options: Any) -> None:
    """Raises the error of an option of ``qingwen.corpus.duplicates`` that is wrong, before a worker has read anything."""
    columns = {
        "article": pa.array([], pa.int64()),
        "key": pa.array([], pa.uint64()),
        "characters": pa.array([], pa.uint32()),
        "bands": pa.array([], pa.list_(pa.uint32())),
    }
    dates = {"date": pa.array([], pa.string())} if has_dates else {}
    corpus.duplicates(pa.table(columns | dates), **options)
