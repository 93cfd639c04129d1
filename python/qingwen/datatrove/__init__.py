"""datatrove: steps of a pipeline. ``QingwenCleaner`` cleans documents. ``QingwenSignatures``, ``QingwenDuplicates`` and
``QingwenDedup`` drop copies."""

from .cleaning import QingwenCleaner
from .dedup import QingwenDedup, QingwenDuplicates, QingwenSignatures

__all__ = ["QingwenCleaner", "QingwenDedup", "QingwenDuplicates", "QingwenSignatures"]
