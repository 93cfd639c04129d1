"""Compares qingwen with what a data engineer would run instead, on labelled articles, in one run on one thread.

python benches/peers.py LABELLED.jsonl

The file has a JSON object a line: ``text``, and ``labels`` by line number (``{"3-5": "share"}``; a line that is not named is
content). The table says for each tool how fast it is, how many articles it drops, which share of the lines that are no content
it leaves in, and which share of the characters of the content it takes out, dropped articles included. A line counts as left if
a line with the same comparison key is in the result.

Tools that are not installed are named and skipped: ``pip install opencc datatrove nltk py-data-juicer``.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingwen import Cleaner, fold

CONTENT = {"K", "H"}
# Metadata may stay or go.
UNSCORED = {"M", "U"}
# The tools take turns, and the quickest run is the one that other programs disturbed least.
ROUNDS = 3

Tool = Callable[[str], str | None]


@dataclass
class Score:
    """What a tool makes of the articles."""

    dropped: int = 0
    left: int = 0
    furniture: int = 0
    lost: int = 0
    content: int = 0

    def add(self, article: dict[str, Any], result: str | None) -> None:
        """Takes the result for an article; None if the tool drops it."""
        self.dropped += result is None
        left = Counter(map(fold, (result or "").splitlines()))
        for line, label in labelled(article):
            key = fold(line)
            stays = left[key] > 0
            left[key] -= stays
            if label in CONTENT:
                self.content += len(line)
                self.lost += 0 if stays else len(line)
            else:
                self.furniture += 1
                self.left += stays


def labelled(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The scored lines of an article with their labels."""
    labels: dict[int, str] = {}
    for span, label in article["labels"].items():
        first, _, last = span.partition("-")
        labels |= dict.fromkeys(range(int(first), int(last or first) + 1), label)
    for number, line in enumerate(article["text"].split("\n"), 1):
        label = labels.get(number, "K")
        if fold(line) and label not in UNSCORED:
            yield line, label


def qingwen(**options: Any) -> Tool:
    """The cleaner."""
    cleaner = Cleaner(**options)
    return lambda text: cleaner.clean(text).text or None


def opencc() -> Tool:
    """OpenCC alone converts, and removes nothing."""
    from opencc import OpenCC

    return OpenCC("s2tw").convert  # type: ignore[no-any-return]


def datatrove_filter(name: str, **options: Any) -> Tool:
    """A filter of datatrove, which keeps an article, drops it, or takes lines out of it."""
    from datatrove.data import Document
    from datatrove.pipeline import filters

    step = getattr(filters, name)(**options)

    def run(text: str) -> str | None:
        document = Document(text=text, id="")
        result = step.filter(document)
        kept = result[0] if isinstance(result, tuple) else result
        return document.text if kept else None

    return run


def data_juicer(name: str, **options: Any) -> Tool:
    """An operator of Data-Juicer that changes texts."""
    from data_juicer.ops import OPERATORS

    operator = OPERATORS.modules[name](**options)
    return lambda text: operator.process_batched({"text": [text]})["text"][0]  # type: ignore[no-any-return]


TOOLS: dict[str, Callable[[], Tool]] = {
    "qingwen, to=tw": lambda: qingwen(to="tw", profile="corpus"),
    "qingwen, no conversion": lambda: qingwen(to="keep", profile="corpus"),
    "OpenCC s2tw": opencc,
    "datatrove C4QualityFilter": lambda: datatrove_filter(
        "C4QualityFilter", language="zh", filter_no_terminal_punct=False
    ),
    "datatrove C4QualityFilter, as it comes": lambda: datatrove_filter("C4QualityFilter", language="zh"),
    "datatrove GopherRepetitionFilter, language zh": lambda: datatrove_filter(
        "GopherRepetitionFilter", language="zh"
    ),
    "Data-Juicer chinese_convert_mapper s2tw": lambda: data_juicer("chinese_convert_mapper", mode="s2tw"),
    "Data-Juicer remove_repeat_sentences_mapper": lambda: data_juicer("remove_repeat_sentences_mapper"),
}


def main() -> None:
    """Prints a row for each tool."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    bytes_of_text = sum(len(article["text"].encode()) for article in articles)
    tools: dict[str, Tool] = {}
    for name, make in TOOLS.items():
        try:
            tools[name] = make()
            tools[name](articles[0]["text"])
        except Exception as error:
            print(f"{name}: not run: {error!r}", file=sys.stderr)
            tools.pop(name, None)
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(ROUNDS):
        for name, tool in tools.items():
            times[name].append(timed(tool, articles))
    print("| tool | MB/s | articles dropped | furniture left | content lost |\n|---|---|---|---|---|")
    for name, tool in tools.items():
        score = Score()
        for article in articles:
            score.add(article, tool(article["text"]))
        speed = bytes_of_text / 1e6 / min(times[name])
        left, lost = 100 * score.left / score.furniture, 100 * score.lost / score.content
        print(f"| {name} | {speed:.2f} | {score.dropped} of {len(articles)} | {left:.1f} % | {lost:.2f} % |")


def timed(tool: Tool, articles: list[dict[str, Any]]) -> float:
    """Seconds of CPU time for all articles."""
    start = time.process_time()
    for article in articles:
        tool(article["text"])
    return time.process_time() - start


if __name__ == "__main__":
    main()
