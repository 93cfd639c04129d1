"""Conversion, identification, keys and rules."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from support import Article, run, texts

from qingwen import Converter, QingwenError, convert, explain, fold, inspect, rules


def test_conversion_is_that_of_the_command(articles: list[Article], tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(it, ensure_ascii=False) + "\n" for it in articles), encoding="utf-8")
    for converter, words in [
        (Converter("s2twp"), ["-c", "s2twp"]),
        (Converter(to="hkp", regional_words="all"), ["--to=hkp", "--regional-words=all"]),
    ]:
        done = run("convert", str(path), "--quiet", "--no-config", "--text-field=text", *words)
        expected = [json.loads(line)["text"] for line in done.stdout.split("\n") if line]
        assert [converter.convert(text) for text in texts(articles)] == expected


def test_converters_are_pickled_and_take_dictionaries(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("周杰伦\t周杰倫\n", encoding="utf-8")
    converter = Converter("s2twp", dict=[names])
    assert converter.convert("周杰伦的软件") == "周杰倫的軟體"
    assert pickle.loads(pickle.dumps(converter)).convert("周杰伦的软件") == "周杰倫的軟體"


def test_errors_are_those_of_the_command() -> None:
    with pytest.raises(QingwenError, match="s2mars"):
        Converter("s2mars")
    with pytest.raises(QingwenError, match="no target named"):
        convert("头发", to="mars")
    with pytest.raises(QingwenError, match="required"):
        Converter()
    with pytest.raises(QingwenError, match="cannot be used with"):
        Converter("s2t", to="tw")


def test_pages_are_those_of_the_command() -> None:
    assert explain("guard/verse") == run("explain", "guard/verse").stdout
    with pytest.raises(QingwenError, match="did you mean share/bar"):
        explain("share/bra")
    assert rules() == [json.loads(line) for line in run("rules", "--json").stdout.splitlines()]


def test_inspection_and_keys() -> None:
    found = inspect("他在街上看着車來車往，心裏想着家")
    assert (found["script"], found["region"]) == ("hant", "hk")
    assert inspect("山水")["script"] == "shared"
    assert convert("头发", to="tw") == "頭髮"
    assert fold("★★★") == ""
