"""Collections: copies of articles, and what a site prints on many pages.

All functions take Arrow data and give Arrow data back, so that an engine can hold the collection and group the rows. The
modules ``qingwen.spark``, ``qingwen.ray`` and ``qingwen.datatrove`` do this.

Copies: ``sign`` adds what is known of each article, and ``duplicates`` finds the copies. A site's lines: ``count_lines`` gives
a row for each line, and ``learn`` the model for ``Cleaner(corpus_model=…)``.

An article whose comparison key has fewer than ``SHORTEST_KEY`` characters is a copy only if all of the key is equal. In a bucket
of articles that share a band, each makes pairs with the first one and with at most ``BUCKET_NEIGHBOURS`` behind it.
"""

from ._qingwen import (
    BUCKET_NEIGHBOURS,
    SHORTEST_KEY,
    count_lines,
    duplicates,
    join_models,
    learn,
    shared,
    sign,
)

__all__ = [
    "BUCKET_NEIGHBOURS",
    "SHORTEST_KEY",
    "count_lines",
    "duplicates",
    "join_models",
    "learn",
    "shared",
    "sign",
]
