"""What the tests share."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

Article = dict[str, Any]
Command = Callable[..., list[Article]]


def run(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Runs the command of the wheel. In the folder of the package Python would take the sources instead."""
    line = [sys.executable, "-m", "qingwen", *words]
    return subprocess.run(
        line, capture_output=True, encoding="utf-8", timeout=300, cwd=ROOT / "tests", **more
    )


def texts(articles: list[Article]) -> list[str]:
    """The texts of articles."""
    return [article["text"] for article in articles]


def without(engine: str) -> None:
    """Skips a test where its engine is not installed."""
    pytest.importorskip(engine)
    if engine == "pyspark" and not shutil.which("java"):
        pytest.skip("Spark needs Java (Debian: openjdk-17-jre-headless)")
