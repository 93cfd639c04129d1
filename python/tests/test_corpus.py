"""Collections: what the functions and the engines find is what the command finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from collection import MENU, Copy, copies, model, of_command, with_times
from support import Article, without

from qingwen import Cleaner, QingwenError, corpus

pa = pytest.importorskip("pyarrow")


def signed(stories: list[Article]) -> Any:
    rows = [{"article": it["number"], "date": it["date"], "text": it["text"]} for it in stories]
    table = pa.Table.from_pylist(rows)
    return pa.table(corpus.sign(pa.Table.from_batches(table.to_batches(max_chunksize=7))))


def test_there_are_copies_of_each_kind(expected: list[Copy]) -> None:
    assert {copy[-1] for copy in expected} == {"same", "revision", "excerpt", "other-script"}
    assert len(expected) > 60


def test_copies_are_those_of_the_command(
    stories: list[Article], folder: Path, expected: list[Copy], newest: list[Copy]
) -> None:
    found = pa.record_batch(corpus.duplicates(signed(stories))).to_pylist()
    assert copies(found) == expected
    dated = pa.record_batch(corpus.duplicates(signed(stories), keep="newest")).to_pylist()
    assert copies(dated) == newest
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
    with pytest.raises(QingwenError, match="newest.* needs dates"):
        corpus.duplicates(signed(stories).drop_columns(["date"]), keep="newest")
    pairs = pa.table({"a": [0], "b": [999], "a_shingles": [1], "b_shingles": [1], "shared": [1]})
    with pytest.raises(QingwenError, match="999, which is not among"):
        corpus.duplicates(signed(stories), pairs)
    with pytest.raises(QingwenError, match="no lists of 32-bit numbers"):
        corpus.shared(pa.array([1]), pa.array([1]))


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


def test_ray(stories: list[Article], expected: list[Copy], newest: list[Copy]) -> None:
    without("ray")
    import ray

    from qingwen.ray import duplicates

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
    try:
        dataset = ray.data.from_items(stories)
        assert copies(duplicates(dataset, batch_size=20).to_pylist()) == expected
        dated = ray.data.from_arrow(with_times(stories))
        assert copies(duplicates(dated, date="date", keep="newest").to_pylist()) == newest
        with pytest.raises(QingwenError, match="needs dates"):
            duplicates(dataset, keep="newest")
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
