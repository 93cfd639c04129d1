"""Spark: ``clean(frame)`` cleans a column of texts, ``duplicates(frame)`` finds copies, and ``learn(frame)`` finds what sites
print on many pages. ``qingwen-spark`` is a job that does all of it."""

from .cleaning import clean
from .duplicates import duplicates
from .learning import learn

__all__ = ["clean", "duplicates", "learn"]
