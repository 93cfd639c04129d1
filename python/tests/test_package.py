"""The package as it is installed: the command, the version, the documentation and the types."""

from __future__ import annotations

import ast
import doctest
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, run, without

import qingwen
from qingwen import cleaned, corpus

PACKAGE = Path(qingwen.__file__).parent
ENGINES = ["polars", "duckdb", "datatrove", "spark", "ray"]


def test_the_tests_run_on_the_wheel() -> None:
    assert PACKAGE != ROOT / "python" / "qingwen"


def test_the_command_runs() -> None:
    assert run("clean", "-", "--quiet", input="街坊說,好。").stdout == "街坊說，好。"
    assert run("check", "-", input="街坊說,好。").returncode == 1
    failed = run("clean", "missing.txt")
    assert (failed.returncode, "missing.txt" in failed.stderr) == (2, True)
    assert run("clean", "--none").returncode == 2


def test_all_have_one_version() -> None:
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{qingwen.__version__}"\n' in manifest
    assert run("--version").stdout.split() == ["qingwen", qingwen.__version__]


def test_the_licence_and_the_notice_are_in_the_wheel() -> None:
    files = metadata.files("qingwen") or []
    for name in ["LICENSE", "NOTICE"]:
        found = next(file for file in files if file.name == name)
        assert found.read_text() == (ROOT / name).read_text(encoding="utf-8")


def documented() -> list[tuple[str, str]]:
    """The public items with their documentation, and the README."""
    items: list[tuple[str, Any]] = [("qingwen", qingwen), ("Cleaned.restore", cleaned.Cleaned.restore)]
    items += [(f"corpus.{name}", getattr(corpus, name)) for name in corpus.__all__]
    for name in qingwen.__all__:
        item = getattr(qingwen, name)
        items.append((name, item))
        methods = vars(item).items() if isinstance(item, type) else []
        items += [
            (f"{name}.{method}", it) for method, it in methods if not method.startswith("_") and callable(it)
        ]
    pages = [(name, item.__doc__) for name, item in items if not isinstance(item, str | int)]
    return pages + [("README.md", (ROOT / "python/README.md").read_text(encoding="utf-8"))]


def engine_pages() -> list[tuple[str, str]]:
    """The documentation of the modules for engines."""
    paths = [(engine, path) for engine in ENGINES for path in PACKAGE.glob(f"{engine}*/*.py")]
    paths += [(engine, PACKAGE / f"{engine}.py") for engine in ENGINES if (PACKAGE / f"{engine}.py").exists()]
    sources = [(engine, ast.parse(path.read_text(encoding="utf-8"))) for engine, path in paths]
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [
        (name, ast.get_docstring(it) or "")
        for name, tree in sources
        for it in ast.walk(tree)
        if isinstance(it, kinds)
    ]


@pytest.mark.parametrize("name, page", documented() + [page for page in engine_pages() if ">>>" in page[1]])
def test_examples_run(name: str, page: str) -> None:
    assert page and page.strip(), f"{name} has no documentation"
    if name in ENGINES:
        without(name)
    examples = doctest.DocTestParser().get_doctest(page.replace("```", ""), {}, name, name, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert runner.run(examples).failed == 0


def test_every_item_has_an_example() -> None:
    without = {name for name, page in documented() if ">>>" not in page}
    assert without == {"Cleaned", "CleanedTexts", "QingwenError"}


def options(*headings: str) -> set[str]:
    """The options that the help of ``clean`` has under some headings."""
    parts = re.split(r"^(\w+):\n", run("clean", "--help").stdout, flags=re.MULTILINE)
    pages = dict(zip(parts[1::2], parts[2::2]))
    found = "".join(pages[heading] for heading in headings)
    return {
        name.replace("-", "_") for name in re.findall(r"^ +(?:-\w, )?--([\w-]+)", found, flags=re.MULTILINE)
    }


def keywords(name: str) -> set[str]:
    """The keywords of a class in the stubs."""
    tree = ast.parse((PACKAGE / "_qingwen.pyi").read_text(encoding="utf-8"))
    found = next(it for it in tree.body if isinstance(it, ast.ClassDef) and it.name == name)
    new = next(it for it in found.body if isinstance(it, ast.FunctionDef) and it.name == "__new__")
    return {argument.arg for argument in new.args.kwonlyargs}


def test_the_types_name_all_options_of_the_command() -> None:
    # --learn reads all inputs of a run.
    assert keywords("Cleaner") == options("Cleaning", "Conversion") - {"learn"}
    assert keywords("Converter") == options("Conversion") | {"to"}
    documentation = qingwen.Cleaner.__doc__ or ""
    assert all(f"``{name}``" in documentation for name in keywords("Cleaner"))


def test_types_are_checked() -> None:
    pytest.importorskip("mypy")
    line = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--ignore-missing-imports",
        f"--cache-dir={os.devnull}",
    ]
    typed = Path(__file__).with_name("typed.py")
    done = subprocess.run([*line, "-p", "qingwen"], capture_output=True, encoding="utf-8", cwd=typed.parent)
    assert (done.returncode, done.stdout) == (0, "")
    done = subprocess.run([*line, typed.name], capture_output=True, encoding="utf-8", cwd=typed.parent)
    wrong = [
        n
        for n, row in enumerate(typed.read_text(encoding="utf-8").splitlines(), 1)
        if row.endswith("# wrong")
    ]
    assert [int(row.split(":")[1]) for row in done.stdout.splitlines() if " error: " in row] == wrong
