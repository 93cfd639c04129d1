"""The scripts in ``examples`` run, each where its engine is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, Article, run, without

EXAMPLES = ROOT / "python/examples"

SCRIPTS = [
    ("with_python.py", "qingwen", "街坊說安靜了許多"),
    ("with_polars.py", "polars", "share/bar"),
    ("with_duckdb.py", "duckdb", "街坊說安靜了許多"),
    ("learn_with_duckdb.py", "duckdb", "分享到"),
    ("with_datatrove.py", "datatrove", "removed_lines_share"),
    ("with_datasets.py", "datasets", "街坊說安靜了許多"),
    ("with_spark.py", "pyspark", "街坊說安靜了許多"),
    ("with_ray.py", "ray", "街坊說安靜了許多"),
]


@pytest.mark.parametrize("script, engine, shown", SCRIPTS)
def test_an_example_runs(script: str, engine: str, shown: str, tmp_path: Path) -> None:
    without(engine)
    line = [sys.executable, str(EXAMPLES / script)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=300, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout


def test_the_groups_of_duckdb_give_the_model_of_one_run(stories: list[Article], tmp_path: Path) -> None:
    without("duckdb")
    # A page that two parts have counts once.
    parts = {"1.jsonl": stories[:45], "2.jsonl": stories[40:]}
    for name, articles in {**parts, "all.jsonl": stories}.items():
        lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in articles]
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    script = [sys.executable, str(EXAMPLES / "learn_with_duckdb.py"), *parts]
    subprocess.run(script, check=True, timeout=300, cwd=tmp_path)
    paths = [str(tmp_path / "all.jsonl"), "-o", str(tmp_path / "all.qwm")]
    done = run("corpus", "learn", *paths, "--source-field", "source", "--quiet")
    assert done.returncode == 0, done.stderr
    learned = (tmp_path / "site.qwm").read_text(encoding="utf-8")
    assert learned == (tmp_path / "all.qwm").read_text(encoding="utf-8")
    assert "老街人物選" in learned


def test_every_script_is_tested_and_listed() -> None:
    scripts = {path.name for path in EXAMPLES.glob("*.py")}
    listed = re.findall(r"`python (\w+\.py)`", (EXAMPLES / "README.md").read_text(encoding="utf-8"))
    assert scripts == {script for script, _, _ in SCRIPTS} == set(listed)
