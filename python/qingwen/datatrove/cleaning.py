"""Cleans documents."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from datatrove.data import Document
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.writers.disk_base import DiskWriter

from .. import Cleaner


class QingwenCleaner(BaseFilter):  # type: ignore[misc]
    """Cleans the text of each document, and drops documents of which nothing stays.

    Args:
        title_field: the field of ``metadata`` that has the title. It is converted and mended like the text.
        source_field: the field of ``metadata`` that says who published it, for the option ``corpus_model``.
        report: whether ``metadata`` gets the fields ``removals`` and ``metadata``.
        exclusion_writer: takes the documents of which nothing stays, with their texts as they were.
        batch_size: number of documents that are cleaned together.
        threads: number of threads. datatrove runs tasks beside each other, so one is enough.
        options: the options of ``Cleaner``.

    The statistics count the removed lines by category: ``removed_lines``, ``removed_lines_share``, ….
    """

    name = "清文 qingwen"

    def __init__(
        self,
        title_field: str | None = None,
        source_field: str | None = None,
        report: bool = True,
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = 100,
        threads: int = 1,
        **options: Any,
    ) -> None:
        super().__init__(exclusion_writer, batch_size)
        self.title_field = title_field
        self.source_field = source_field
        self.report = report
        self.threads = threads
        self.cleaner = Cleaner(**options)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Cleans one document."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Cleans some documents together."""
        beside = {"title": self.title_field, "source": self.source_field}
        names: dict[str, Any] = {name: name if field else None for name, field in beside.items()}
        cleaned = self.cleaner.clean_arrow(_table(batch, beside), threads=self.threads, **names)
        return [self._take(doc, row) for doc, row in zip(batch, pa.record_batch(cleaned).to_pylist())]

    def _take(self, doc: Document, row: dict[str, Any]) -> bool | tuple[bool, str]:
        """Gives a document its clean text, if something stays."""
        for removal in row["removals"]:
            self.stat_update("removed_lines", f"removed_lines_{removal['category']}")
        if not row["text"].strip():
            return False, "nothing_stays"
        doc.text = row["text"]
        if self.title_field and row["title"] is not None:
            doc.metadata[self.title_field] = row["title"]
        if self.report:
            doc.metadata.update(removals=row["removals"], metadata=row["metadata"])
        return True


def _table(batch: list[Document], beside: dict[str, str | None]) -> pa.RecordBatch:
    """The texts of documents, and what stands beside them in their metadata."""
    columns = {"text": [doc.text for doc in batch]}
    columns |= {name: [doc.metadata.get(field) for doc in batch] for name, field in beside.items()}
    return pa.record_batch(columns, pa.schema({name: pa.large_string() for name in columns}))
