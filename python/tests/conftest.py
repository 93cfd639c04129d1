"""Articles, and what the command makes of them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from collection import Copy, collection, of_command
from support import ROOT, Article, Command, run

# Else the workers of Spark take the Python that is first in PATH.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    """The articles of the project's tests, and those of larger collections where they are."""
    paths = sorted(ROOT.glob("tests/cases/articles/**/input.txt")) + sorted(
        ROOT.glob("tests/labelled/*/*.txt")
    )
    texts = [path.read_text(encoding="utf-8") for path in paths]
    collection = ROOT.parent / "shared/gold/dev.jsonl"
    if collection.exists():
        texts += [json.loads(line)["text"] for line in collection.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 150
    return [{"id": str(n), "title": text.partition("\n")[0], "text": text} for n, text in enumerate(texts)]


@pytest.fixture(scope="session")
def command(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Command:
    """What the command makes of the articles with some options."""
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)

    def clean(*options: str) -> list[Article]:
        done = run("clean", str(path), "--quiet", "--no-config", *options)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    return clean


@pytest.fixture(scope="session")
def stories() -> list[Article]:
    """A small collection."""
    return collection()


@pytest.fixture(scope="session")
def folder(stories: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the collection in a file."""
    folder = tmp_path_factory.mktemp("collection")
    lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in stories]
    (folder / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def expected(stories: list[Article], folder: Path) -> list[Copy]:
    """The copies that the command finds."""
    return list(of_command(stories, folder))


@pytest.fixture(scope="session")
def newest(stories: list[Article], folder: Path, expected: list[Copy]) -> list[Copy]:
    """The copies that the command finds if the newest one stays."""
    found = list(of_command(stories, folder, "--keep=newest", "--date-field=date"))
    assert [copy[2] for copy in found] != [copy[2] for copy in expected]
    return found
