"""Engines: what they make of the articles is what the command makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Article, Command, texts, without

from qingwen import Cleaner, fold

OPTIONS: dict[str, Any] = {"to": "tw", "profile": "corpus"}
WORDS = ["--to=tw", "--profile=corpus", "--title-field=title"]


@pytest.fixture
def expected(command: Command) -> list[Article]:
    """The articles as the command cleans them."""
    return command(*WORDS)


def without_title(command: Command) -> list[str]:
    return texts(command(*WORDS[:2]))


def columns(rows: list[dict[str, Any]]) -> list[Article]:
    """Rows without their report, by their numbers."""
    for row in rows:
        assert isinstance(row.pop("removals"), list)
        assert "byline" in row.pop("metadata")
    return sorted(rows, key=lambda row: int(row["id"]))


def test_polars(articles: list[Article], command: Command, expected: list[Article]) -> None:
    without("polars")
    import polars as pl

    import qingwen.polars  # noqa: F401

    frame = pl.DataFrame(articles)
    cleaned = frame.lazy().with_columns(pl.col("text").qingwen.clean(**OPTIONS)).collect()
    assert cleaned["text"].to_list() == without_title(command)
    whole = pl.DataFrame(Cleaner(**OPTIONS).clean_arrow(frame, title="title"))
    assert columns(whole.to_dicts()) == expected
    keys = frame.select(pl.col("title").qingwen.fold().alias("key"), pl.col("title").qingwen.convert("t2s"))
    assert keys["key"].to_list() == [fold(it["title"]) for it in articles]


def test_duckdb(articles: list[Article], command: Command) -> None:
    without("duckdb")
    import duckdb
    import pyarrow as pa

    from qingwen.duckdb import register

    connection = duckdb.connect()
    register(connection, **OPTIONS)
    rows = pa.Table.from_pylist([*articles, {"id": "x", "title": None, "text": None}])
    connection.register("articles", rows)
    query = "select qingwen_clean(text), qingwen_fold(title) from articles"
    found = connection.sql(query).fetchall()
    assert [text for text, _ in found] == [*without_title(command), None]
    assert [key for _, key in found] == [*(fold(it["title"]) for it in articles), None]


def test_datatrove(articles: list[Article], expected: list[Article], tmp_path: Path) -> None:
    without("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from qingwen.datatrove import QingwenCleaner

    source = tmp_path / "in/articles.jsonl"
    source.parent.mkdir()
    nothing = {"id": "nothing", "title": None, "text": "分享到:\n微信\n"}
    lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in [*articles, nothing]]
    source.write_text("".join(lines), encoding="utf-8")
    dropped = JsonlWriter(str(tmp_path / "dropped"), compression=None)
    step = QingwenCleaner(title_field="title", exclusion_writer=dropped, **OPTIONS)
    pipeline = [JsonlReader(str(source.parent)), step, JsonlWriter(str(tmp_path / "out"), compression=None)]
    stats = LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "logs")).run()
    rows = [{**row.pop("metadata"), **row} for row in records(tmp_path / "out")]
    found = [{"id": row["id"], "title": row["title"], "text": row["text"]} for row in rows]
    stays = [article for article in expected if article["text"].strip()]
    assert sorted(found, key=lambda row: int(row["id"])) == stays
    assert all(isinstance(row["removals"], list) for row in rows)
    excluded = {row["id"]: row for row in records(tmp_path / "dropped")}
    assert excluded["nothing"]["text"] == nothing["text"]
    assert excluded["nothing"]["metadata"]["filter_reason"] == "nothing_stays"
    counts = stats.stats[1].stats
    assert counts["removed_lines"].total > counts["removed_lines_share"].total > 0


def records(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of JSON Lines in a folder."""
    for path in sorted(folder.iterdir()):
        yield from map(json.loads, path.read_text(encoding="utf-8").split("\n")[:-1])


def test_datasets(articles: list[Article], expected: list[Article], tmp_path: Path) -> None:
    without("datasets")
    import datasets
    import pyarrow as pa

    datasets.disable_progress_bars()
    cleaner = Cleaner(**OPTIONS)
    dataset = datasets.Dataset.from_list(articles).with_format("arrow")
    clean = lambda batch: pa.table(cleaner.clean_arrow(batch, title="title"))  # noqa: E731
    cleaned = dataset.map(clean, batched=True, batch_size=50, num_proc=2).with_format(None)
    assert columns(cleaned.to_list()) == expected


def test_spark(articles: list[Article], expected: list[Article]) -> None:
    without("pyspark")
    from pyspark.sql import SparkSession

    from qingwen.spark import clean

    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "512m"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    try:
        frame = session.createDataFrame(articles, "id string, title string, text string").repartition(3)
        rows = [row.asDict(recursive=True) for row in clean(frame, title="title", **OPTIONS).collect()]
        assert columns(rows) == expected
    finally:
        session.stop()


def test_ray(articles: list[Article], expected: list[Article]) -> None:
    without("ray")
    import ray

    from qingwen.ray import clean

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
    try:
        dataset = ray.data.from_items(articles)
        assert columns(clean(dataset, title="title", batch_size=100, **OPTIONS).take_all()) == expected
    finally:
        ray.shutdown()
