"""What cleaning gives: the clean text, and records of what was done. The records are those of the command's report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from . import _qingwen


class Removal(TypedDict):
    """A removed line: where it stood, and why it went."""

    line: int
    """Number of the line in the source, from 1."""
    start: int
    """First byte of the line in the source as UTF-8."""
    end: int
    """Byte behind the line, without its terminator."""
    category: str
    rule: str
    certainty: str
    text: str
    """The line as it stood in the source."""
    evidence: dict[str, Any]
    """What the removal rests on. ``kind`` says which fields there are."""


class Removed(TypedDict):
    """A piece of the source that is not in the clean text."""

    line: int
    start: int
    end: int
    rule: str
    """The rule; ``blank`` for a blank line that was left behind."""
    at: int
    """The byte of the clean text before which the piece stood."""
    clean: str
    """The hash of the clean text."""
    text: str


class Rewrite(TypedDict):
    """A kept line that changed."""

    line: int
    start: int
    end: int
    converted: bool
    mended: bool
    replaced: bool
    text: str
    """The line as it stands in the clean text."""


class Replacement(TypedDict):
    """A reference of HTML or a radical in a kept line that became characters."""

    line: int
    start: int
    end: int
    rule: str
    text: str
    becomes: str


class Conversion(TypedDict):
    """What conversion found and did."""

    target: str
    """The target; what ``auto`` came to."""
    configuration: str | None
    hans_lines: int
    hant_lines: int
    characters_changed: int


class Metadata(TypedDict, total=False):
    """What the article says of itself. Only what it says is there."""

    byline: list[str]
    editor: list[str]
    source: str
    account: str
    date: str
    date_iso: str
    original_title: str
    photo_credit: list[str]


@dataclass(slots=True)
class Cleaned:
    """A cleaned article, and what was done to it."""

    text: str
    """The clean text."""
    title: str | None
    """The title that came with the article, converted and mended."""
    removals: list[Removal]
    """The removed lines, in order."""
    removed: list[Removed]
    """All that was taken out, in order. ``restore`` puts it back."""
    rewrites: list[Rewrite]
    """The kept lines that changed, in order."""
    replacements: list[Replacement]
    """What became characters in kept lines, in order."""
    conversion: Conversion
    metadata: Metadata

    def restore(self, lines: Sequence[int] | None = None) -> str:
        """The clean text with what was removed, or with some removed lines by their numbers in the source.

        >>> from qingwen import Cleaner
        >>> cleaned = Cleaner().clean("街坊說,好。\\n分享到:\\n微信\\n")
        >>> cleaned.text
        '街坊說，好。\\n'
        >>> cleaned.restore()
        '街坊說，好。\\n分享到:\\n微信\\n'
        >>> cleaned.restore([2])
        '街坊說，好。\\n分享到:\\n'
        """
        return _qingwen.restore(self.text, self.removed, lines)
