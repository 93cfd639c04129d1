"""A job for Spark that cleans a collection: ``qingwen-spark INPUT… --output FOLDER``, or ``spark-submit`` with this file.

It reads Parquet or JSON Lines, and writes into the folder:

* ``articles``: the records with clean texts, and the columns ``removals`` and ``metadata`` (Parquet)
* ``rejects``: the records that have no text, with the ``reason`` (Parquet)
* ``duplicates``: with ``--dedup``, the copies, which are not among the articles (Parquet)
* ``model.qwm``: with ``--learn``, what was learned of each source
* ``metrics.json``: how many records, copies, rejects and removals there are
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from qingwen.spark import clean, duplicates, learn

NUMBER = "qingwen_number"
CORRUPT = "_corrupt_record"


def main(words: list[str] | None = None) -> None:
    """Runs the job."""
    asked = arguments(words)
    session = _session()
    session.sparkContext.setCheckpointDir(f"{asked.output}/checkpoints")
    run(session, asked)


def _session() -> SparkSession:
    """The session that spark-submit has prepared, or one on this machine.

    Spark on one machine takes the first failure of a task for the last, and a cluster tries a task again. A killed worker is not
    the end of this job on one machine either. Spark reads the variable if no master is named elsewhere.
    """
    os.environ.setdefault("MASTER", "local[*,4]")
    return SparkSession.builder.appName("qingwen").getOrCreate()


def run(session: SparkSession, asked: argparse.Namespace) -> dict[str, Any]:
    """Runs the job in a session, and returns the metrics."""
    records = _numbered(_read(session, asked.inputs))
    reason = _reason(records, asked.text_field)
    _write(
        records.withColumn("reason", reason).where("reason is not null").drop(NUMBER), asked.output, "rejects"
    )
    readable = records.where(reason.isNull()).drop(CORRUPT)
    if asked.dedup:
        readable = _without_copies(session, readable, asked)
    options: dict[str, Any] = _options(asked)
    if asked.learn:
        model = learn(readable, source=asked.source_field, text=asked.text_field, title=asked.title_field)
        file = Path(asked.output, "model.qwm")
        file.write_text(model, encoding="utf-8")
        options["corpus_model"] = file
    source = asked.source_field if asked.source_field in readable.columns else None
    cleaned = clean(readable, text=asked.text_field, title=asked.title_field, source=source, **options)
    _write(cleaned.drop(NUMBER), asked.output, "articles")
    return _metrics(session, asked)


def _without_copies(session: SparkSession, records: DataFrame, asked: argparse.Namespace) -> DataFrame:
    """The records that are no copies. The copies are written."""
    copies = duplicates(
        records,
        number=NUMBER,
        text=asked.text_field,
        date=asked.date_field,
        keep=asked.keep,
        to=_options(asked).get("to") if asked.keep == "target-script" else None,
    )
    _write(_named(copies, records, asked.id_field), asked.output, "duplicates")
    written = session.read.parquet(f"{asked.output}/duplicates")
    return records.join(written.select(F.col("article").alias(NUMBER)), NUMBER, "left_anti")


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    known = parser()
    asked = known.parse_args(words)
    if asked.keep == "newest" and asked.date_field is None:
        known.error("--keep newest needs --date-field")
    if asked.keep == "target-script" and "to" not in _options(asked):
        known.error("--keep target-script needs --option to=hans or to=hant")
    return asked


def _options(asked: argparse.Namespace) -> dict[str, str]:
    """The options of ``Cleaner``."""
    return dict(option.split("=", 1) for option in asked.option)


def parser() -> argparse.ArgumentParser:
    """The options of the job."""
    parser = argparse.ArgumentParser(
        prog="qingwen-spark", description="Cleans a collection of articles with Spark."
    )
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="files or folders of Parquet or JSON Lines"
    )
    parser.add_argument(
        "--output", required=True, metavar="FOLDER", help="the folder for the results; it must not exist"
    )
    parser.add_argument("--text-field", default="text", metavar="NAME", help="the field with the text")
    parser.add_argument("--title-field", metavar="NAME", help="the field with the title")
    parser.add_argument(
        "--source-field", default="source", metavar="NAME", help="who published it, for --learn"
    )
    parser.add_argument(
        "--id-field", metavar="NAME", help="the field that names a record among the duplicates"
    )
    parser.add_argument("--dedup", action="store_true", help="leave copies out")
    parser.add_argument(
        "--keep",
        default="first",
        choices=["first", "longest", "newest", "target-script"],
        help="which of several copies stays",
    )
    parser.add_argument("--date-field", metavar="NAME", help="the field with the date, for --keep newest")
    parser.add_argument(
        "--learn", action="store_true", help="learn what each source prints on many pages, and remove it"
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of Cleaner, such as to=tw",
    )
    return parser


def _read(session: SparkSession, inputs: list[str]) -> DataFrame:
    """The records of the files."""
    if _are_parquet(session, inputs):
        return session.read.parquet(*inputs).select("*", "_metadata")
    schema = session.read.json(inputs).schema
    if CORRUPT not in schema.names:
        schema = schema.add(CORRUPT, "string")
    return session.read.schema(schema).json(inputs).select("*", "_metadata")


def _are_parquet(session: SparkSession, inputs: list[str]) -> bool:
    """Whether the files are Parquet, by their names. An input may be a folder, or a pattern."""
    # Only the names are read. The function takes the last ending of a name.
    named = session.read.format("binaryFile").load(inputs).select(F.regexp_extract("path", r"\.(\w+)$", 1))
    endings = {row[0].lower() for row in named.distinct().collect()}
    if "parquet" in endings and len(endings) > 1:
        raise SystemExit("qingwen-spark: some inputs are Parquet and others are not; read them in two runs")
    return "parquet" in endings


def _numbered(records: DataFrame) -> DataFrame:
    """The records with numbers that are in the order of the input, with gaps. Spark reads the parts of files in any order, so
    the numbers come from the names of the files, the places of the parts, and the rows in each part."""
    part = F.struct("_metadata.file_path", "_metadata.file_block_start")
    placed = records.select("*", part.alias("part"))
    parts = [row["part"] for row in placed.select("part").distinct().collect()]
    ranks = [(part, rank) for rank, part in enumerate(sorted(parts))]
    ranked = records.sparkSession.createDataFrame(ranks, placed.select("part").schema.add("rank", "long"))
    # Below 33 bits the function numbers the rows of a partition, which ascend within a part.
    row = F.monotonically_increasing_id().bitwiseAND(F.lit((1 << 33) - 1))
    placed = placed.withColumn("row", row).join(F.broadcast(ranked), "part")
    return placed.withColumn(NUMBER, F.shiftleft("rank", 33) + F.col("row")).drop(
        "part", "rank", "row", "_metadata"
    )


def _reason(records: DataFrame, text: str) -> Column:
    """Why a record cannot be cleaned; null if it can."""
    if text not in records.columns:
        fields = ", ".join(name for name in records.columns if name not in (NUMBER, CORRUPT))
        raise SystemExit(f"qingwen-spark: no field {text!r}; there are {fields}")
    has_corrupt = CORRUPT in records.columns
    is_corrupt = F.col(CORRUPT).isNotNull() if has_corrupt else F.lit(False)
    no_text = F.when(F.col(text).isNull(), f"the field {text!r} has no text")
    return F.when(is_corrupt, "the line is no JSON").otherwise(no_text)


def _named(copies: DataFrame, records: DataFrame, name: str | None) -> DataFrame:
    """The copies with the names of the records, if there is a field for them."""
    if name is None:
        return copies
    for column in ("article", "of", "kept"):
        names = records.select(F.col(NUMBER).alias(column), F.col(name).alias(f"{column}_{name}"))
        copies = copies.join(names, column)
    return copies


def _write(frame: DataFrame, folder: str, name: str) -> None:
    frame.write.parquet(f"{folder}/{name}")


def _metrics(session: SparkSession, asked: argparse.Namespace) -> dict[str, Any]:
    """How much of everything there is, as a file and on the output."""
    articles = session.read.parquet(f"{asked.output}/articles")
    removed = articles.select(F.explode("removals.category").alias("category")).groupBy("category").count()
    metrics = {
        "articles": articles.count(),
        "rejects": session.read.parquet(f"{asked.output}/rejects").count(),
        "duplicates": session.read.parquet(f"{asked.output}/duplicates").count() if asked.dedup else 0,
        "removed_lines": {row["category"]: row["count"] for row in removed.sort("category").collect()},
    }
    written = json.dumps(metrics, indent=2)
    Path(asked.output, "metrics.json").write_text(written + "\n", encoding="utf-8")
    print(written)
    return metrics


if __name__ == "__main__":
    main()
