"""Drops copies, in three pipelines as datatrove's own MinHash:

1. a reader and ``QingwenSignatures`` sign the documents, with any number of tasks;
2. ``QingwenDuplicates`` alone finds the copies, with one task;
3. the same reader with as many tasks as before, ``QingwenDedup`` and what follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from datatrove.data import Document, DocumentsPipeline
from datatrove.io import DataFolderLike, get_datafolder
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.writers.disk_base import DiskWriter
from datatrove.utils.batching import batched

from .. import corpus

SIGNATURES = "signatures"
DUPLICATES = "duplicates.parquet"


class QingwenSignatures(PipelineStep):  # type: ignore[misc]
    """Signs documents, and writes what is found into a folder. Nothing comes after it in a pipeline.

    Args:
        folder: the folder that the three pipelines share.
        cleaned: whether what cleaning leaves of a document is compared. It takes seven times as long.
        batch_size: number of documents that are signed together.
    """

    name = "清文 qingwen: signatures"
    type = "🫂 - DEDUP"

    def __init__(self, folder: DataFolderLike, cleaned: bool = False, batch_size: int = 1000) -> None:
        super().__init__()
        self.folder = get_datafolder(folder)
        self.cleaned = cleaned
        self.batch_size = batch_size

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> None:
        """Signs the documents of a task."""
        schema = pa.record_batch(self._signed([])).schema
        with (
            self.folder.open(f"{SIGNATURES}/{rank:05d}.parquet", "wb") as file,
            pq.ParquetWriter(file, schema) as writer,
        ):
            for batch in batched(data, self.batch_size):
                writer.write_batch(self._signed(batch))
                self.stat_update("total", value=len(batch))

    def _signed(self, batch: list[Document]) -> pa.RecordBatch:
        columns = {"name": [doc.id for doc in batch], "text": [doc.text for doc in batch]}
        texts = pa.record_batch(columns, pa.schema({"name": pa.string(), "text": pa.large_string()}))
        return pa.record_batch(corpus.sign(texts, cleaned=self.cleaned)).drop_columns(["text"])


class QingwenDuplicates(PipelineStep):  # type: ignore[misc]
    """Finds the copies among signed documents. It runs as one task, and needs about as much memory as the texts have bytes.

    Args:
        folder: the folder that the three pipelines share.
        options: the options of ``qingwen.corpus.duplicates``. ``keep="newest"`` is not among them.
    """

    name = "清文 qingwen: duplicates"
    type = "🫂 - DEDUP"

    def __init__(self, folder: DataFolderLike, **options: Any) -> None:
        super().__init__()
        self.folder = get_datafolder(folder)
        self.options = options

    def run(self, data: DocumentsPipeline = None, rank: int = 0, world_size: int = 1) -> None:
        """Finds the copies of all tasks."""
        articles = pa.concat_tables(self._tables())
        numbered = articles.append_column("article", pa.array(range(len(articles)), pa.int64()))
        found = pa.table({"article": [], "of": [], "kept": []})
        if len(articles):
            found = pa.Table.from_batches([pa.record_batch(corpus.duplicates(numbered, **self.options))])
        for column in ("of", "kept"):
            found = found.append_column(f"{column}_name", articles["name"].take(found[column]))
        place = articles.select(["rank", "row"]).take(found["article"])
        for column in place.schema.names:
            found = found.append_column(column, place[column])
        with self.folder.open(DUPLICATES, "wb") as file:
            pq.write_table(found, file)
        self.stat_update("total", value=len(articles))
        self.stat_update("duplicates", value=len(found))

    def _tables(self) -> Iterator[pa.Table]:
        """The documents of each task, with their places."""
        for rank, path in enumerate(sorted(self.folder.list_files(SIGNATURES))):
            with self.folder.open(path, "rb") as file:
                table = pq.read_table(file)
            table = table.append_column("rank", pa.array([rank] * len(table), pa.int64()))
            yield table.append_column("row", pa.array(range(len(table)), pa.int64()))


class QingwenDedup(BaseFilter):  # type: ignore[misc]
    """Drops the copies that ``QingwenDuplicates`` found. The reader and the number of tasks must be those of
    ``QingwenSignatures``.

    Args:
        folder: the folder that the three pipelines share.
        exclusion_writer: takes the copies. Their ``metadata`` name the document of which they are copies (``duplicate_of``),
            the one that stays (``duplicate_kept``), and how alike they are.

    The statistics count the copies by kind: ``dropped_same``, ``dropped_revision``, ….
    """

    name = "清文 qingwen: dedup"

    def __init__(self, folder: DataFolderLike, exclusion_writer: DiskWriter | None = None) -> None:
        super().__init__(exclusion_writer)
        self.folder = get_datafolder(folder)
        self._row = 0
        self._copies: dict[int, dict[str, Any]] = {}

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Drops the copies of a task."""
        with self.folder.open(DUPLICATES, "rb") as file:
            rows = pq.read_table(file, filters=[("rank", "==", rank)]).to_pylist()
        self._row, self._copies = 0, {row["row"]: row for row in rows}
        yield from super().run(data, rank, world_size)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether a document stays."""
        copy = self._copies.get(self._row)
        self._row += 1
        if copy is None:
            return True
        doc.metadata.update(
            duplicate_of=copy["of_name"],
            duplicate_kept=copy["kept_name"],
            similarity=copy["similarity"],
            containment=copy["containment"],
        )
        return False, copy["kind"]
