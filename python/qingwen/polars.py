"""Polars: ``pl.col("text").qingwen.clean()``. Importing this module adds ``qingwen`` to expressions.

A whole data frame, with a report and titles, needs no function of its own:
``pl.DataFrame(Cleaner().clean_arrow(frame, title="title"))``.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from . import Cleaner, Converter, fold

__all__ = ["QingwenExpr"]


@pl.api.register_expr_namespace("qingwen")
class QingwenExpr:
    """What ``qingwen`` does with an expression of strings.

    >>> import polars as pl
    >>> import qingwen.polars
    >>> frame = pl.DataFrame({"text": ["街坊說,好。\\n分享到:", None]})
    >>> frame.select(pl.col("text").qingwen.clean(to="hans"))["text"].to_list()
    ['街坊说，好。\\n', None]
    """

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def clean(self, **options: Any) -> pl.Expr:
        """The clean texts. The options are those of ``Cleaner``."""
        cleaner = Cleaner(**options)

        def clean(texts: pl.Series) -> pl.Series:
            return pl.Series(texts.name, cleaner.clean_arrow(texts, report=False))

        return self._expr.map_batches(clean, return_dtype=pl.String, is_elementwise=True)

    def convert(self, config: str | None = None, **options: Any) -> pl.Expr:
        """The converted texts. The options are those of ``Converter``."""
        return self._each(Converter(config, **options).convert)

    def fold(self) -> pl.Expr:
        """The comparison keys of the texts."""
        return self._each(fold)

    def _each(self, function: Any) -> pl.Expr:
        return self._expr.map_elements(function, return_dtype=pl.String)
