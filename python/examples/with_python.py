"""Cleans JSON Lines with plain Python, on all processors."""

import json
import sys
from pathlib import Path

from qingwen import Cleaner

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
with path.open(encoding="utf-8") as file:
    articles = [json.loads(line) for line in file]
cleaner = Cleaner(to="tw")
cleaned = cleaner.clean_many((it["text"] for it in articles), (it["title"] for it in articles))
for article, result in zip(articles, cleaned):
    print(json.dumps({**article, "title": result.title, "text": result.text}, ensure_ascii=False))
