"""The scripts in ``examples`` run, each where its engine is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, without

EXAMPLES = ROOT / "python/examples"

SCRIPTS = [
    ("with_python.py", "qingwen", "街坊說安靜了許多"),
    ("with_polars.py", "polars", "share/bar"),
    ("with_duckdb.py", "duckdb", "街坊說安靜了許多"),
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


def test_every_script_is_tested_and_listed() -> None:
    scripts = {path.name for path in EXAMPLES.glob("*.py")}
    listed = re.findall(r"`python (\w+\.py)`", (EXAMPLES / "README.md").read_text(encoding="utf-8"))
    assert scripts == {script for script, _, _ in SCRIPTS} == set(listed)
