"""Ray Data: ``clean(dataset)`` cleans a column of texts with a pool of actors, and ``duplicates(dataset)`` finds copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import ray.data

from . import Cleaner, corpus
from ._options import check_options

__all__ = ["clean", "duplicates"]

_KNOWN = ["article", "date", "key", "characters", "script", "bands", "shingles"]


class _Clean:
    """Cleans batches in an actor."""

    def __init__(self, options: dict[str, Any], arguments: dict[str, Any]) -> None:
        self._cleaner = Cleaner(**options)
        self._arguments = arguments

    def __call__(self, batch: pa.Table) -> pa.Table:
        return pa.table(self._cleaner.clean_arrow(batch, **self._arguments))


class _Sign:
    """Signs batches in an actor."""

    def __init__(self, names: dict[str, str | None], cleaned: bool) -> None:
        self._names = names
        self._cleaned = cleaned

    def __call__(self, batch: pa.Table) -> pa.Table:
        columns = {ours: batch[theirs] for ours, theirs in self._names.items() if theirs}
        if "date" in columns:
            columns["date"] = columns["date"].cast(pa.string())
        signed = pa.table(corpus.sign(pa.table(columns), cleaned=self._cleaned))
        return signed.select([name for name in _KNOWN if name in signed.schema.names])


def clean(
    dataset: ray.data.Dataset,
    *,
    text: str = "text",
    title: str | None = None,
    source: str | None = None,
    report: bool = True,
    actors: int = 1,
    batch_size: int = 1000,
    **options: Any,
) -> ray.data.Dataset:
    """The dataset with clean texts, and with ``report`` the columns ``removals`` and ``metadata``.

    ``text``, ``title`` and ``source`` name columns. ``actors`` is the largest number of processes that clean. Ray starts as
    many as it has processors for. ``batch_size`` is the number of articles that one takes at a time. The options are those of
    ``Cleaner``. A file that they name must be at the same path on each machine.
    """
    arguments = {"text": text, "title": title, "report": report, "source": source}
    return _mapped(dataset, _Clean, (options, arguments), actors, batch_size)


def duplicates(
    dataset: ray.data.Dataset,
    *,
    number: str = "number",
    text: str = "text",
    date: str | None = None,
    cleaned: bool = False,
    actors: int = 1,
    batch_size: int = 1000,
    **options: Any,
) -> pa.Table:
    """The articles that are copies of others, with the columns of ``qingwen.corpus.duplicates``, whose options it takes.

    ``number`` names a column of different whole numbers, by which the articles are in order. ``text`` and ``date`` name
    columns too. The actors sign the articles, which takes nearly all of the time. What they find comes to the process that
    asks: about as many bytes as the texts. For a collection that is larger than its memory, ``qingwen.spark`` joins on the
    workers.
    """
    check_options(date is not None, **options)
    names = {"article": number, "text": text, "date": date}
    signed = _mapped(dataset, _Sign, (names, cleaned), actors, batch_size)
    parts = signed.iter_batches(batch_size=None, batch_format="pyarrow")
    return pa.table(corpus.duplicates(pa.concat_tables(parts), **options))


def _mapped(
    dataset: ray.data.Dataset,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
    actors: int,
    batch_size: int,
) -> ray.data.Dataset:
    """What a pool of actors makes of batches."""
    return dataset.map_batches(
        work,
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=actors),
        fn_constructor_args=arguments,
    )
