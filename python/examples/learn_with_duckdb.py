"""Learns what sites print on many pages, from a collection in parts: the command counts the lines of each part, DuckDB groups
the rows by site, and the command merges each group. So no process needs all sites in its memory."""

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from qingwen.corpus import join_models

GROUPS = 2


def qingwen(*words: object) -> None:
    """Runs the command."""
    subprocess.run([sys.executable, "-m", "qingwen", *map(str, words), "--quiet"], check=True)


parts = [Path(word) for word in sys.argv[1:]] or [Path(__file__).with_name("articles.jsonl")]
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    for number, part in enumerate(parts):
        qingwen(
            "corpus", "count", part, "-o", folder / f"counts-{number}.parquet", "--source-field", "source"
        )
    tables = str(folder / "counts-*.parquet")

    # What a table says of itself goes into each group, else `corpus merge` does not take it.
    query = (
        "select key::varchar, value::varchar from parquet_kv_metadata(?) where key::varchar like 'qingwen.%'"
    )
    marks = dict(duckdb.execute(query, [tables]).fetchall())
    models = []
    for group in range(GROUPS):
        grouped, model = folder / f"group-{group}.parquet", folder / f"group-{group}.qwm"
        # The rows of a page stand together, and a page that several parts have is there once.
        rows = f"select distinct * from '{tables}' where hash(source) % {GROUPS} = {group} order by source, page, line"
        duckdb.execute(f"copy ({rows}) to '{grouped}' (format parquet, kv_metadata {marks})")
        qingwen("corpus", "merge", grouped, "-o", model)
        models.append(model.read_text(encoding="utf-8"))
    Path("site.qwm").write_text(join_models(models), encoding="utf-8")

    query = "select text, count(distinct page) as pages from read_parquet(?) where key is not null group by all order by pages desc, text"
    print(duckdb.execute(query, [tables]).fetchmany(5))
