"""Collections: what the functions and the engines find is what the command finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Article, run, without

from qingwen import Cleaner, QingwenError, corpus

pa = pytest.importorskip("pyarrow")

Copy = tuple[int, int, int, float, float, str]

SENTENCES = [
    "老街的夜市上個月搬到了河堤旁邊。",
    "攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲。",
    "只是離車站遠了一些，老客人要走上十分鐘才會到。",
    "市府說，年底以前會加開兩班公車。",
    "里長說，從前每個週末都有人來問路，現在安靜多了。",
    "賣蚵仔煎的老闆娘在這裡擺了三十年的攤子。",
    "她的兒子今年考上了大學，暑假回來幫忙收錢。",
    "河堤的另一邊要蓋一座圖書館，工程已經發包。",
]
MENU = "首頁\n老街人物選\n登入\n"


def story(start: int, length: int) -> str:
    """Some sentences, each with a number of its own story."""
    chosen = [SENTENCES[(start + step) % len(SENTENCES)] for step in range(length)]
    return "".join(f"{sentence}第{start}篇第{step}句。" for step, sentence in enumerate(chosen))


def collection() -> list[Article]:
    """Stories, copies in the other script, excerpts, the same story edited again and again, and texts that say nothing."""
    texts = [story(start * 31, 8) for start in range(20)]
    chain = list(story(977, 8))
    for step in range(60):
        chain[3 * step : 3 * step + 2] = f"改{step}"
        texts.append("".join(chain))
    hans = json.loads(run("convert", "--to", "hans", "--format", "jsonl", "-", input=record(texts[3])).stdout)
    texts += [
        hans["text"],
        texts[5][:150],
        texts[7] + texts[8],
        "",
        "——",
        "短文。",
        "短文！",
        texts[0] + "！",
    ]
    sources = ["老街網", "河堤報"]
    return [
        {"id": f"a{number}", "source": sources[number % 2], "number": number, "text": f"{text}\n{MENU}"}
        for number, text in enumerate(texts)
    ]


def record(text: str) -> str:
    return json.dumps({"text": text}, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def stories() -> list[Article]:
    return collection()


@pytest.fixture(scope="module")
def folder(stories: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the collection in a file."""
    folder = tmp_path_factory.mktemp("collection")
    lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in stories]
    (folder / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(stories: list[Article], folder: Path) -> list[Copy]:
    """The copies that the command finds."""
    return list(of_command(stories, folder))


def of_command(stories: list[Article], folder: Path, *options: str) -> Iterator[Copy]:
    report = folder / "report.jsonl"
    done = run(
        "corpus", "dedup", str(folder / "articles.jsonl"), "--report", str(report), "--force", *options
    )
    assert done.returncode == 0, done.stderr
    numbers = {article["id"]: article["number"] for article in stories}
    for row in map(json.loads, report.read_text(encoding="utf-8").splitlines()):
        if row["type"] == "duplicate":
            names = (numbers[row[name]] for name in ("doc", "of", "kept"))
            yield (*names, row["similarity"], row["containment"], row["kind"])  # type: ignore[misc]


def copies(rows: list[dict[str, Any]]) -> list[Copy]:
    """Rows of ``duplicates``, as the report has them."""
    names = ("article", "of", "kept")
    found = [
        (
            *(row[name] for name in names),
            round(row["similarity"], 4),
            round(row["containment"], 4),
            row["kind"],
        )
        for row in rows
    ]
    return sorted(found)  # type: ignore[arg-type]


def signed(stories: list[Article]) -> Any:
    table = pa.Table.from_pylist([{"article": it["number"], "text": it["text"]} for it in stories])
    return pa.table(corpus.sign(pa.Table.from_batches(table.to_batches(max_chunksize=7))))


def test_there_are_copies_of_each_kind(expected: list[Copy]) -> None:
    assert {copy[-1] for copy in expected} == {"same", "revision", "excerpt", "other-script"}
    assert len(expected) > 60


def test_copies_are_those_of_the_command(stories: list[Article], folder: Path, expected: list[Copy]) -> None:
    found = pa.record_batch(corpus.duplicates(signed(stories))).to_pylist()
    assert copies(found) == expected
    longest = pa.record_batch(corpus.duplicates(signed(stories), keep="longest")).to_pylist()
    assert copies(longest) == list(of_command(stories, folder, "--keep=longest")) != expected


def test_pairs_of_an_engine_give_the_same(stories: list[Article], expected: list[Copy]) -> None:
    table = signed(stories).combine_chunks()
    lists = table["shingles"].combine_chunks()
    places = [(a, b) for a in range(len(table)) for b in range(a)]
    shared = pa.array(corpus.shared(lists.take([a for a, _ in places]), lists.take([b for _, b in places])))
    lengths = [len(it) for it in lists]
    pairs = [
        {"a": a, "b": b, "a_shingles": lengths[a], "b_shingles": lengths[b], "shared": both.as_py()}
        for (a, b), both in zip(places, shared, strict=True)
        if lengths[a] and lengths[b]
    ]
    found = corpus.duplicates(table.drop_columns(["bands", "shingles"]), pa.Table.from_pylist(pairs))
    assert {copy[0] for copy in copies(pa.record_batch(found).to_pylist())} == {copy[0] for copy in expected}


@pytest.mark.parametrize(
    "options, message",
    [
        ({"keep": "best"}, "no such keep"),
        ({"keep": "target-script"}, "needs a script"),
        ({"to": "hant"}, "to is for"),
        ({"keep": "target-script", "to": "mars"}, 'no target named "mars"'),
        ({"similarity": 0.2}, "shares from 0.5 to 1"),
    ],
)
def test_a_wrong_option_is_an_error(stories: list[Article], options: dict[str, Any], message: str) -> None:
    with pytest.raises(QingwenError, match=message):
        corpus.duplicates(signed(stories), **options)


def test_a_wrong_table_is_an_error(stories: list[Article]) -> None:
    with pytest.raises(QingwenError, match="key"):
        corpus.duplicates(pa.table({"article": [1]}))
    pairs = pa.table({"a": [0], "b": [999], "a_shingles": [1], "b_shingles": [1], "shared": [1]})
    with pytest.raises(QingwenError, match="999, which is not among"):
        corpus.duplicates(signed(stories), pairs)
    with pytest.raises(QingwenError, match="no lists of 32-bit numbers"):
        corpus.shared(pa.array([1]), pa.array([1]))


def model(folder: Path) -> str:
    """The model that the command learns."""
    path = folder / "model.qwm"
    words = ["corpus", "learn", str(folder / "articles.jsonl"), "--source-field", "source", "-o", str(path)]
    done = run(*words, "--force", "--quiet")
    assert done.returncode == 0, done.stderr
    return path.read_text(encoding="utf-8")


def test_what_is_learned_is_that_of_the_command(stories: list[Article], folder: Path) -> None:
    counts = pa.table(corpus.count_lines(pa.Table.from_pylist(stories), threads=2))
    shuffled = counts.take(sorted(range(len(counts)), key=lambda row: hash((row, "x"))))
    learned = corpus.learn(shuffled)
    assert learned == model(folder)
    assert "老街人物選" in learned
    parts = [corpus.learn(counts.filter(pa.compute.field("source") == name)) for name in ("老街網", "河堤報")]
    assert corpus.join_models(parts) == learned
    with pytest.raises(QingwenError, match="two models have the source"):
        corpus.join_models([learned, learned])
    with pytest.raises(QingwenError, match="is no model"):
        corpus.join_models(["老街"])


def test_a_model_of_several_sources_needs_the_source(folder: Path) -> None:
    model(folder)
    cleaner = Cleaner(corpus_model=folder / "model.qwm")
    text = f"老街的貓回來了，鄰居都很高興。\n{MENU}"
    assert "老街人物選" not in cleaner.clean(text, source="老街網").text
    assert "老街人物選" in cleaner.clean(text, source="別的網").text
    many = cleaner.clean_many([text, text], sources=["老街網", "別的網"])
    assert ["老街人物選" in it.text for it in many] == [False, True]
    table = pa.table({"text": [text] * 2, "source": ["老街網", None]})
    cleaned = pa.table(cleaner.clean_arrow(table, source="source", report=False))
    assert ["老街人物選" in it for it in cleaned["text"].to_pylist()] == [False, True]


def test_ray(stories: list[Article], expected: list[Copy]) -> None:
    without("ray")
    import ray

    from qingwen.ray import duplicates

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
    try:
        dataset = ray.data.from_items(stories)
        assert copies(duplicates(dataset, batch_size=20).to_pylist()) == expected
    finally:
        ray.shutdown()


def test_datatrove(stories: list[Article], expected: list[Copy], folder: Path, tmp_path: Path) -> None:
    without("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from qingwen.datatrove import QingwenDedup, QingwenDuplicates, QingwenSignatures

    for part, articles in enumerate([stories[:40], stories[40:]]):
        path = tmp_path / f"in/{part}.jsonl"
        path.parent.mkdir(exist_ok=True)
        lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in articles]
        path.write_text("".join(lines), encoding="utf-8")
    reader = JsonlReader(str(tmp_path / "in"))
    shared = str(tmp_path / "shared")
    dropped = JsonlWriter(str(tmp_path / "dropped"), compression=None)
    kept = JsonlWriter(str(tmp_path / "out"), compression=None)
    pipelines = [
        ([reader, QingwenSignatures(shared, batch_size=16)], 2),
        ([QingwenDuplicates(shared)], 1),
        ([reader, QingwenDedup(shared, dropped), kept], 2),
    ]
    for number, (pipeline, tasks) in enumerate(pipelines):
        logs = str(tmp_path / f"logs{number}")
        stats = LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=logs).run()
    rows = {row["id"]: row for row in records(tmp_path / "dropped")}
    # datatrove's reader drops texts that are empty.
    names = {copy[0]: copy for copy in expected}
    assert {f"a{number}" for number in names} == set(rows)
    for number, (_, of, stays, *_) in names.items():
        metadata = rows[f"a{number}"]["metadata"]
        assert (metadata["duplicate_of"], metadata["duplicate_kept"]) == (f"a{of}", f"a{stays}")
    assert len(list(records(tmp_path / "out"))) + len(rows) == len(stories)
    assert stats.stats[1].stats["dropped_other-script"].total > 0


def records(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of JSON Lines in a folder."""
    for path in sorted(folder.iterdir()):
        yield from map(json.loads, path.read_text(encoding="utf-8").split("\n")[:-1])


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


def test_spark(session: Any, stories: list[Article], expected: list[Copy], folder: Path) -> None:
    from qingwen.spark import duplicates, learn

    frame = session.createDataFrame(
        stories, "id string, source string, number long, text string"
    ).repartition(3)
    found = [row.asDict() for row in duplicates(frame).collect()]
    assert copies(found) == expected
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


def test_a_killed_worker_loses_nothing(session: Any, stories: list[Article], tmp_path: Path) -> None:
    """A worker that is killed once: its rows come again, and none comes twice."""
    import os
    import signal

    from qingwen.spark import clean

    killed = tmp_path / "killed"

    def kill_once(parts: Iterator[Any]) -> Iterator[Any]:
        for part in parts:
            if not killed.exists():
                killed.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield part

    schema = "id string, source string, number long, text string"
    frame = session.createDataFrame(stories, schema).repartition(3)
    rows = clean(frame.mapInArrow(kill_once, schema), to="tw", report=False).collect()
    assert killed.exists()
    cleaner = Cleaner(to="tw")
    assert {row["id"]: row["text"] for row in rows} == {
        article["id"]: cleaner.clean(article["text"]).text for article in stories
    }
    assert len(rows) == len(stories)
