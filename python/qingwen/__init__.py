"""Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and boilerplate, into clean text.

>>> from qingwen import Cleaner
>>> cleaned = Cleaner().clean("圍觀!來看老街\\n\\n老街在這裡,街坊都來了。\\n\\n围观!来看老街\\n")
>>> cleaned.text
'圍觀！來看老街\\n\\n老街在這裡，街坊都來了。\\n'
>>> cleaned.removals[0]["rule"]
'repeat/headline'
"""

from functools import lru_cache

from ._qingwen import (
    FOLD_VERSION,
    CleanedTexts,
    Cleaner,
    Converter,
    QingwenError,
    __version__,
    explain,
    fold,
    inspect,
    restore,
    rules,
)
from .cleaned import Cleaned

__all__ = [
    "FOLD_VERSION",
    "Cleaned",
    "CleanedTexts",
    "Cleaner",
    "Converter",
    "QingwenError",
    "__version__",
    "convert",
    "explain",
    "fold",
    "inspect",
    "restore",
    "rules",
]


def convert(text: str, to: str) -> str:
    """Converts what is in the other script towards a target: ``Converter(to=to).convert(text)``.

    >>> from qingwen import convert
    >>> convert("头发乱了", to="tw")
    '頭髮亂了'
    """
    return _towards(to).convert(text)


@lru_cache
def _towards(to: str) -> Converter:
    return Converter(to=to)
