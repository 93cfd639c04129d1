"""Collections: copies of articles, and what a site prints on many pages.

All functions take Arrow data and give Arrow data back, so that an engine can hold the collection and group the rows. The
modules ``qingwen.spark``, ``qingwen.ray`` and ``qingwen.datatrove`` do this.

Copies: ``sign`` adds what is known of each article, and ``duplicates`` finds the copies. A site's lines: ``count_lines`` gives
a row for each line, and ``learn`` the model for ``Cleaner(corpus_model=…)``.
"""

from ._qingwen import count_lines, duplicates, join_models, learn, shared, sign

__all__ = ["count_lines", "duplicates", "join_models", "learn", "shared", "sign"]
