"""Cleans JSON Lines with DuckDB, in SQL."""

import sys
from pathlib import Path

import duckdb

from qingwen.duckdb import register

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
connection = duckdb.connect()
register(connection, to="tw")
query = "select id, qingwen_clean(text) as text from read_json(?, format = 'newline_delimited')"
for row in connection.execute(query, [str(path)]).fetchall():
    print(row)
