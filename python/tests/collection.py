"""A small collection with copies of each kind and a menu on every page, and what the command finds in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from support import Article, run

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
SCHEMA = "id string, source string, number long, date string, text string"
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
        {
            "id": f"a{number}",
            "source": sources[number % 2],
            "number": number,
            # The newest copy is neither the first nor the last one. Some have no date.
            "date": f"2026-03-{1 + number * 11 % 28:02} 10:{number % 60:02}:00" if number % 9 else None,
            "text": f"{text}\n{MENU}",
        }
        for number, text in enumerate(texts)
    ]


def record(text: str) -> str:
    return json.dumps({"text": text}, ensure_ascii=False) + "\n"


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
            yield (*names, row["similarity"], row["containment"], row["kind"])


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
    return sorted(found)


def model(folder: Path) -> str:
    """The model that the command learns."""
    path = folder / "model.qwm"
    words = ["corpus", "learn", str(folder / "articles.jsonl"), "--source-field", "source", "-o", str(path)]
    done = run(*words, "--force", "--quiet")
    assert done.returncode == 0, done.stderr
    return path.read_text(encoding="utf-8")


def with_times(stories: list[Article]) -> Any:
    """The stories as a table, with dates that are points in time."""
    table = pa.Table.from_pylist(stories)
    times = pc.strptime(table["date"], "%Y-%m-%d %H:%M:%S", "us")
    return table.set_column(table.schema.get_field_index("date"), "date", times)
