"""Arrow in, Arrow out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support import Article, Command

from qingwen import Cleaner, QingwenError

pa = pytest.importorskip("pyarrow")

TEXT = "老街夜市搬走了\n記者 王小明／台北報導\n街坊說,好。\n分享到:"
CLEAN = "老街夜市搬走了\n記者 王小明／台北報導\n街坊說，好。\n"
TYPES = [pa.string(), pa.large_string(), pa.string_view()]


def table(articles: list[Article], **types: Any) -> Any:
    """Articles as a table of several batches."""
    whole = pa.Table.from_pylist(articles)
    return pa.Table.from_batches(whole.to_batches(max_chunksize=100))


def test_tables_are_cleaned_as_the_command_cleans(articles: list[Article], command: Command) -> None:
    cleaner = Cleaner(to="tw", profile="corpus")
    for threads in [1, 2]:
        data = cleaner.clean_arrow(table(articles), title="title", report=False, threads=threads)
        expected = command("--to=tw", "--profile=corpus", "--title-field=title")
        assert pa.table(data).to_pylist() == expected


def test_a_report_says_what_clean_says(articles: list[Article]) -> None:
    cleaner = Cleaner()
    rows = pa.table(cleaner.clean_arrow(table(articles))).to_pylist()
    for row, article in zip(rows, articles, strict=True):
        cleaned = cleaner.clean(article["text"])
        removals = [{**it, "evidence": json.loads(it["evidence"])} for it in row["removals"]]
        metadata = {name: value for name, value in row["metadata"].items() if value}
        assert (row["text"], removals) == (cleaned.text, json.loads(json.dumps(cleaned.removals)))
        assert metadata == cleaned.metadata


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_of_strings_comes_back_as_it_is(kind: Any) -> None:
    array = pa.array([TEXT, None, "", TEXT], kind).slice(1)
    cleaned = pa.array(Cleaner().clean_arrow(array, report=False))
    assert (cleaned.type, cleaned.to_pylist()) == (kind, [None, "", CLEAN])
    chunks = pa.chunked_array([array, array[:0], array[2:]])
    cleaned = pa.chunked_array(Cleaner().clean_arrow(chunks, report=False))
    assert (cleaned.type, cleaned.to_pylist()) == (kind, [None, "", CLEAN, CLEAN])


def test_strings_with_a_report_are_records() -> None:
    cleaned = pa.array(Cleaner().clean_arrow(pa.array([None, TEXT]))).to_pylist()
    assert cleaned[0] == {"text": None, "removals": None, "metadata": None}
    assert cleaned[1]["text"] == CLEAN
    assert cleaned[1]["metadata"]["byline"] == ["王小明"]
    assert [it["rule"] for it in cleaned[1]["removals"]] == ["share/bar"]


def test_other_columns_and_titles_without_text_stay() -> None:
    batch = pa.record_batch({"n": [1, 2], "body": [TEXT, None], "head": ["老街,夜市", "老街,夜市"]})
    cleaned = pa.record_batch(Cleaner().clean_arrow(batch, text="body", title="head", report=False))
    assert cleaned.schema == batch.schema
    assert cleaned["n"].buffers()[1].address == batch["n"].buffers()[1].address
    assert cleaned["head"].to_pylist() == ["老街，夜市", "老街,夜市"]


def test_a_stream_is_cleaned_while_it_is_read() -> None:
    taken = []

    def batches() -> Any:
        for number in range(5):
            taken.append(number)
            yield pa.record_batch({"text": [TEXT]})

    source = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    reader = pa.RecordBatchReader.from_stream(Cleaner().clean_arrow(source, report=False))
    assert reader.read_next_batch()["text"].to_pylist() == [CLEAN]
    assert taken == [0]
    assert reader.read_all().num_rows == 4


def test_empty_data_and_wrong_columns() -> None:
    batch = pa.record_batch({"text": pa.array([], pa.string())})
    assert pa.record_batch(Cleaner().clean_arrow(batch)).num_rows == 0
    for arguments, message in [
        ({"text": "body"}, 'no column named "body"; there are text'),
        ({"title": "head"}, 'no column named "head"'),
        ({"threads": 0}, "threads"),
    ]:
        with pytest.raises(QingwenError, match=message):
            Cleaner().clean_arrow(batch, **arguments)
    with pytest.raises(QingwenError, match="text: these are no strings, but Int64"):
        Cleaner().clean_arrow(pa.record_batch({"text": [1]}))
    with pytest.raises(QingwenError, match='column named "removals" already'):
        Cleaner().clean_arrow(pa.record_batch({"text": ["甲"], "removals": ["乙"]}))
    with pytest.raises(ValueError, match="__arrow_c_array__"):
        Cleaner().clean_arrow(["甲"])  # type: ignore[arg-type]
