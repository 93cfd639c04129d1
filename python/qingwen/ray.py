"""Ray Data: ``clean(dataset)`` cleans a column of texts with a pool of actors."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import ray.data

from . import Cleaner

__all__ = ["clean"]


class _Clean:
    """Cleans batches in an actor."""

    def __init__(self, options: dict[str, Any], arguments: dict[str, Any]) -> None:
        self._cleaner = Cleaner(**options)
        self._arguments = arguments

    def __call__(self, batch: pa.Table) -> pa.Table:
        return pa.table(self._cleaner.clean_arrow(batch, **self._arguments))


def clean(
    dataset: ray.data.Dataset,
    *,
    text: str = "text",
    title: str | None = None,
    report: bool = True,
    actors: int = 1,
    batch_size: int = 1000,
    **options: Any,
) -> ray.data.Dataset:
    """The dataset with clean texts, and with ``report`` the columns ``removals`` and ``metadata``.

    ``text`` and ``title`` name columns. ``actors`` is the largest number of processes that clean. Ray starts as many as it
    has processors for. ``batch_size`` is the number of articles that one takes at a time. The options are those of ``Cleaner``. A file that they name must be at the same path
    on each machine.
    """
    return dataset.map_batches(
        _Clean,
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=actors),
        fn_constructor_args=(options, {"text": text, "title": title, "report": report}),
    )
