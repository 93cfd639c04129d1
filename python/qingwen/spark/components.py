"""The connected parts of a graph, by alternating large-star and small-star steps (Kiveris and others, “Connected Components in
MapReduce and Beyond”, 2014). The steps need joins alone, and a chain of n articles takes about log n rounds."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def components(edges: DataFrame, checkpointed: Callable[[DataFrame], DataFrame]) -> DataFrame:
    """The columns ``article`` and ``cluster``: for each end of an edge, the smallest article to which edges lead from it.

    ``edges`` has the columns ``u`` and ``v``. ``checkpointed`` computes a frame once, so that plans do not grow with the
    rounds.
    """
    stars = checkpointed(edges.where("u != v").distinct())
    while True:
        before, stars = stars, checkpointed(_small_star(_large_star(stars)))
        if _are_same(before, stars):
            break
    leaves = stars.select(F.col("u").alias("article"), F.col("v").alias("cluster"))
    return leaves.union(stars.select("v", "v").distinct())


def _large_star(edges: DataFrame) -> DataFrame:
    """Connects the larger neighbours of each article to its smallest one, itself included."""
    both = edges.union(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
    smallest = both.groupBy("u").agg(F.least(F.min("v"), F.first("u")).alias("m"))
    larger = both.join(smallest, "u").where("v > u")
    return larger.select(F.col("v").alias("u"), F.col("m").alias("v")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Connects the smaller neighbours of each article, and itself, to the smallest one."""
    down = edges.select(F.greatest("u", "v").alias("u"), F.least("u", "v").alias("v"))
    smallest = down.groupBy("u").agg(F.min("v").alias("m"))
    neighbours = down.join(smallest, "u").where("v != m").select(F.col("v").alias("u"), F.col("m").alias("v"))
    return neighbours.union(smallest.select(F.col("u"), F.col("m").alias("v"))).distinct()


def _are_same(a: DataFrame, b: DataFrame) -> bool:
    return a.exceptAll(b).isEmpty() and b.exceptAll(a).isEmpty()
