"""Cleans a data set of Hugging Face with ``map``, from Arrow to Arrow."""

import sys
from pathlib import Path

import pyarrow as pa
from datasets import load_dataset

from qingwen import Cleaner

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
cleaner = Cleaner(to="tw")
dataset = load_dataset("json", data_files=str(path), split="train").with_format("arrow")
cleaned = dataset.map(lambda batch: pa.table(cleaner.clean_arrow(batch, title="title")), batched=True)
for row in cleaned.with_format(None):
    print(row["id"], row["text"], [removal["rule"] for removal in row["removals"]])
