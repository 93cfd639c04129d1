"""Cleans JSON Lines with Spark."""

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from qingwen.spark import clean

# The workers take this Python too, and not the one that is first in PATH.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
session = SparkSession.builder.master("local[2]").appName("qingwen").getOrCreate()
cleaned = clean(session.read.json(str(path)), title="title", to="tw")
cleaned.select("id", "text", "removals.rule").show(truncate=False)
