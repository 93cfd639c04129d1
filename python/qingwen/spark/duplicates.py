"""Finds copies: Spark holds the articles, joins those that share a band, and connects the copies to clusters. The wheel signs,
compares, and says what each cluster comes to. The result is that of ``qingwen corpus dedup``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .. import corpus
from .._options import check_options
from .columns import with_sign, without_sign
from .components import components

SIGNED = "article long, date string, key long, characters long, script string, bands array<int>, shingles array<int>"
COMPARED = "a long, b long, a_shingles long, b_shingles long, shared long"
COPIES = "article long, of long, kept long, similarity double, containment double, kind string"


def duplicates(
    frame: DataFrame,
    *,
    number: str = "number",
    text: str = "text",
    date: str | None = None,
    cleaned: bool = False,
    keep: str = "first",
    to: str | None = None,
    similarity: float = 0.7,
    containment: float = 0.9,
) -> DataFrame:
    """The articles that are copies of others, with the columns of ``qingwen.corpus.duplicates``.

    ``number`` names a column of different whole numbers, by which the articles are in order. ``text`` and ``date`` name
    columns too. The options are those of ``qingwen.corpus.sign`` and ``qingwen.corpus.duplicates``.

    The frame is read twice, so it must give the same rows again. Spark checkpoints between steps: reliably if the context has
    a folder for it (``setCheckpointDir``), else on the workers alone. The articles of one cluster must fit into a worker's
    memory as numbers, about 100 bytes each.
    """
    options: dict[str, Any] = {"keep": keep, "to": to, "similarity": similarity, "containment": containment}
    check_options(date is not None, **options)
    date_column = F.col(date).cast("string") if date else F.lit(None).cast("string")
    articles = frame.select(
        F.col(number).cast("long").alias("article"), date_column.alias("date"), F.col(text)
    )
    signed = checkpointed(articles.mapInArrow(_signing(text, cleaned), SIGNED))
    known = _with_firsts(signed)
    pairs = checkpointed(_alike(_compared(signed, _candidates(known)), similarity, containment))
    same = known.where("article != first").select(F.col("article").alias("u"), F.col("first").alias("v"))
    edges = pairs.select(F.col("b").alias("u"), F.col("a").alias("v")).union(same)
    clusters = components(edges, checkpointed)
    return _copies(signed, pairs, clusters, options)


def checkpointed(frame: DataFrame) -> DataFrame:
    """The frame, computed once."""
    has_folder = frame.sparkSession.sparkContext.getCheckpointDir() is not None
    return frame.checkpoint() if has_folder else frame.localCheckpoint()


def _signing(text: str, cleaned: bool) -> Any:
    def sign(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts:
            signed = pa.record_batch(corpus.sign(part, text, cleaned))
            yield with_sign(signed.drop_columns([text]))

    return sign


def _with_firsts(signed: DataFrame) -> DataFrame:
    """The articles without their shingles, and ``first``: the first article with the same key."""
    same_key = Window.partitionBy("key", "characters")
    first = F.when(F.col("characters") > 0, F.min("article").over(same_key)).otherwise(F.col("article"))
    return signed.select("article", "key", "characters", "bands", first.alias("first"))


def _candidates(known: DataFrame) -> DataFrame:
    """The pairs of articles that share a band: each with the first one of the band and with some behind it. Of articles with
    the same key, the first one is compared."""
    compared = known.where(
        (F.col("article") == F.col("first")) & (F.col("characters") >= corpus.SHORTEST_KEY)
    )
    bands = compared.select("article", "key", "characters", F.posexplode("bands").alias("place", "band"))
    in_band = Window.partitionBy("place", "band").orderBy("key", "characters", "article")
    behind = [F.lead("article", step).over(in_band) for step in range(1, corpus.BUCKET_NEIGHBOURS + 1)]
    partners = F.array(F.first("article").over(in_band), *behind)
    found = bands.select("article", partners.alias("partners"))
    pairs = found.select("article", F.explode("partners").alias("partner")).where("article != partner")
    ordered = pairs.select(
        F.least("article", "partner").alias("a"), F.greatest("article", "partner").alias("b")
    )
    return ordered.distinct()


def _compared(signed: DataFrame, pairs: DataFrame) -> DataFrame:
    """The pairs with the numbers of their shingles."""

    def of(name: str) -> DataFrame:
        return signed.select(F.col("article").alias(name), F.col("shingles").alias(f"of_{name}"))

    return pairs.join(of("a"), "a").join(of("b"), "b").mapInArrow(_compare, COMPARED)


def _compare(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        table = without_sign(part, ["of_a", "of_b"])
        a, b = (table[name].combine_chunks() for name in ("of_a", "of_b"))
        lengths = [pa.compute.list_value_length(lists).cast(pa.int64()) for lists in (a, b)]
        shared = pa.array(corpus.shared(a, b)).cast(pa.int64())
        columns = [part.column("a"), part.column("b"), *lengths, shared]
        yield pa.record_batch(columns, ["a", "b", "a_shingles", "b_shingles", "shared"])


def _alike(pairs: DataFrame, similarity: float, containment: float) -> DataFrame:
    """The pairs that are alike enough."""
    shared, a, b = (F.col(name).cast("double") for name in ("shared", "a_shingles", "b_shingles"))
    is_copy: Column = shared / (a + b - shared) >= similarity
    return pairs.where(is_copy | (shared / F.least(a, b) >= containment))


def _copies(signed: DataFrame, pairs: DataFrame, clusters: DataFrame, options: dict[str, Any]) -> DataFrame:
    """What each cluster comes to."""
    articles = signed.select("article", "date", "key", "characters", "script").join(clusters, "article")
    # Else Spark cannot tell the two columns of this name apart.
    of_pairs = pairs.join(clusters.toDF("a", "cluster_of_pair"), "a")

    def settle(articles: pa.Table, pairs: pa.Table) -> pa.Table:
        articles = without_sign(articles, ["key"])
        return pa.Table.from_batches([pa.record_batch(corpus.duplicates(articles, pairs, **options))])

    grouped = articles.groupBy("cluster").cogroup(of_pairs.groupBy("cluster_of_pair"))
    return grouped.applyInArrow(settle, COPIES)
