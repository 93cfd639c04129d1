"""Spark: what it finds in a collection, and its job, are those of the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from collection import SCHEMA, Copy, copies, model, with_times
from support import Article, without

from qingwen import Cleaner, QingwenError

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    without("pyspark")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.sql.shuffle.partitions": "3",
        "spark.task.maxFailures": "3",
    }
    session = SparkSession.builder.master("local[2,3]").config(map=settings).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def test_spark(
    session: Any, stories: list[Article], expected: list[Copy], newest: list[Copy], folder: Path
) -> None:
    from qingwen.spark import duplicates, learn

    frame = session.createDataFrame(stories, SCHEMA).repartition(3)
    found = [row.asDict() for row in duplicates(frame).collect()]
    assert copies(found) == expected
    dated = [row.asDict() for row in duplicates(frame, date="date", keep="newest").collect()]
    assert copies(dated) == newest
    with pytest.raises(QingwenError, match="needs dates"):
        duplicates(frame, keep="newest")
    assert learn(frame) == model(folder)


def test_the_job(
    session: Any, stories: list[Article], expected: list[Copy], folder: Path, tmp_path: Path
) -> None:
    import argparse

    from qingwen.spark import job

    # A small file comes first by its name and last by its size, so Spark reads it last.
    text = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "0.jsonl").write_text("".join(text[:5]) + "{no JSON\n" + '{"id": "none"}\n', encoding="utf-8")
    (tmp_path / "1.jsonl").write_text("".join(text[5:]), encoding="utf-8")
    output = tmp_path / "out"
    words = [str(tmp_path / "0.jsonl"), str(tmp_path / "1.jsonl"), "--output", str(output)]
    words += ["--dedup", "--learn", "--id-field", "id", "--option", "to=tw"]
    asked: argparse.Namespace = job.parser().parse_args(words)
    session.sparkContext.setCheckpointDir(str(tmp_path / "checkpoints"))
    metrics = job.run(session, asked)
    assert metrics["rejects"] == 2
    assert metrics["articles"] + metrics["duplicates"] == len(stories)
    pairs = {
        (row["article_id"], row["of_id"]) for row in session.read.parquet(f"{output}/duplicates").collect()
    }
    assert pairs == {(f"a{copy[0]}", f"a{copy[1]}") for copy in expected}
    articles = {row["id"]: row["text"] for row in session.read.parquet(f"{output}/articles").collect()}
    cleaner = Cleaner(to="tw", corpus_model=output / "model.qwm")
    for article in stories:
        if article["id"] in articles:
            cleaned = cleaner.clean(article["text"], source=article["source"]).text
            assert articles[article["id"]] == cleaned
    reasons = {row["reason"] for row in session.read.parquet(f"{output}/rejects").collect()}
    assert reasons == {"the line is no JSON", "the field 'text' has no text"}


def test_the_job_reads_a_folder_of_parquet(
    session: Any, stories: list[Article], newest: list[Copy], tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    from qingwen.spark import job

    table = with_times(stories)
    nothing = pa.Table.from_pylist([{"id": "none", "text": None}], table.schema)
    (tmp_path / "in").mkdir()
    pq.write_table(pa.concat_tables([table[:5], nothing]), tmp_path / "in/0.parquet")
    pq.write_table(table[5:], tmp_path / "in/1.parquet", row_group_size=20)
    output = tmp_path / "out"
    words = [str(tmp_path / "in"), "--output", str(output), "--dedup", "--id-field", "id"]
    words += ["--keep", "newest", "--date-field", "date", "--option", "to=tw"]
    metrics = job.run(session, job.arguments(words))
    assert (metrics["rejects"], metrics["duplicates"]) == (1, len(newest))
    rows = session.read.parquet(f"{output}/duplicates").collect()
    found = {(row["article_id"], row["of_id"], row["kept_id"]) for row in rows}
    assert found == {tuple(f"a{number}" for number in copy[:3]) for copy in newest}
    gone = {copy[0] for copy in newest}
    cleaner = Cleaner(to="tw")
    stays = {it["id"]: cleaner.clean(it["text"]).text for it in stories if it["number"] not in gone}
    articles = session.read.parquet(f"{output}/articles").collect()
    assert {row["id"]: row["text"] for row in articles} == stays
    assert len(articles) == len(stays)


@pytest.mark.parametrize(
    "words, message",
    [
        (["--keep", "newest"], "--date-field"),
        (["--keep", "target-script"], "--option to="),
        (["--keep", "best"], "invalid choice"),
    ],
)
def test_what_the_job_refuses(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    without("pyspark")
    from qingwen.spark import job

    with pytest.raises(SystemExit):
        job.arguments(["in", "--output", "out", *words])
    assert message in capsys.readouterr().err


def test_the_job_refuses_inputs_of_two_formats(session: Any, folder: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from qingwen.spark import job

    pq.write_table(pa.table({"text": ["短文。"]}), tmp_path / "0.parquet")
    words = [str(folder / "articles.jsonl"), str(tmp_path / "0.parquet"), "--output", str(tmp_path / "out")]
    with pytest.raises(SystemExit, match="two runs"):
        job.run(session, job.arguments(words))
