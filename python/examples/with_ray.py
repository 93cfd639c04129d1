"""Cleans JSON Lines with Ray Data, in two actors."""

import sys
from pathlib import Path

import ray.data

from qingwen.ray import clean

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
for row in clean(ray.data.read_json(str(path)), title="title", actors=2, to="tw").take_all():
    print(row["id"], row["text"])
