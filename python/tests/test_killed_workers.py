"""Workers that are killed in the middle of ``clean``: nothing is lost, nothing comes twice, and the result is that of an
undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import Article, without

PARTS, BATCHES, ROWS = 3, 4, 5

# The job for Spark, once for each victim. The first worker that comes to its second batch kills a process: itself, or the
# executor that started it. It leaves a file with its name.
JOB = """
import os, signal, sys
from pathlib import Path
import qingwen.spark.cleaning
from qingwen import Cleaner
from qingwen.spark import job

class Killing:
    def __init__(self, **options):
        self.cleaner, self.batches = Cleaner(**options), 0

    def clean_arrow(self, batch, *arguments, **more):
        self.batches += batch.num_rows > 0
        if self.batches == 2 and is_first():
            daemon = parent(os.getpid())
            os.kill({"worker": os.getpid(), "executor": parent(daemon)}[victim], signal.SIGKILL)
        return self.cleaner.clean_arrow(batch, *arguments, **more)

def is_first():
    try:
        Path(killed).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

def parent(process):
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])

articles, results, *victims = sys.argv[1:]
for victim in victims:
    killed = f"{results}/killed-{victim}"
    if victim != "nobody":
        qingwen.spark.cleaning.Cleaner = Killing
    job.main([articles, "--output", f"{results}/{victim}", "--option", "to=tw"])
"""


def story(number: int) -> Article:
    text = f"老街的夜市第{number}次搬家了,攤販們說好。\n\n街坊说,安静了许多。\n分享到:\n"
    return {"id": number, "text": text}


@pytest.fixture(scope="module")
def articles_in_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several files of articles."""
    folder = tmp_path_factory.mktemp("articles")
    for part in range(PARTS):
        numbers = range(part * BATCHES * ROWS, (part + 1) * BATCHES * ROWS)
        lines = [json.dumps(story(number), ensure_ascii=False) + "\n" for number in numbers]
        (folder / f"{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def spark(articles: Path, results: Path, *victims: str, settings: str = "") -> None:
    """The job in a process of its own."""
    without("pyspark")
    settings += " --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 --driver-memory 512m"
    settings += f" --conf spark.sql.execution.arrow.maxRecordsPerBatch={ROWS}"
    settings += " --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    done = subprocess.run(
        [sys.executable, "-c", JOB, str(articles), str(results), *victims],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        cwd=results,
        env={**os.environ, "PYSPARK_SUBMIT_ARGS": settings},
    )
    assert done.returncode == 0, done.stderr
    assert all((results / f"killed-{victim}").exists() for victim in victims if victim != "nobody")


def rows(output: Path) -> list[dict[str, Any]]:
    """The articles that the job wrote."""
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(output / "articles").to_pylist()
    metrics = json.loads((output / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["articles"] == len(rows)
    return sorted(rows, key=lambda row: row["id"])


@pytest.fixture(scope="module")
def on_one_machine(articles_in_parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the job writes on one machine if nobody is killed, and if a worker is."""
    results = tmp_path_factory.mktemp("one_machine")
    spark(articles_in_parts, results, "nobody", "worker")
    return results


def test_spark_on_one_machine(on_one_machine: Path) -> None:
    undisturbed = rows(on_one_machine / "nobody")
    assert [row["id"] for row in undisturbed] == list(range(PARTS * BATCHES * ROWS))
    assert rows(on_one_machine / "worker") == undisturbed


def test_spark_on_a_cluster(articles_in_parts: Path, on_one_machine: Path, tmp_path: Path) -> None:
    cluster = "--master local-cluster[2,1,512] --conf spark.executor.memory=512m"
    spark(articles_in_parts, tmp_path, "executor", settings=cluster)
    assert rows(tmp_path / "executor") == rows(on_one_machine / "nobody")


def test_ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without("ray")
    import ray

    import qingwen.ray

    marker = tmp_path / "killed"

    class Killing(qingwen.ray._Clean):
        """The first actor that comes to its second batch kills its process."""

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self.batches = 0

        def __call__(self, batch: Any) -> Any:
            self.batches += 1
            if self.batches == 2 and not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return super().__call__(batch)

    def cleaned() -> list[dict[str, Any]]:
        stories = [story(number) for number in range(PARTS * BATCHES * ROWS)]
        dataset = ray.data.from_items(stories, override_num_blocks=PARTS)
        found = qingwen.ray.clean(dataset, actors=2, batch_size=ROWS, to="tw").take_all()
        return sorted(found, key=lambda row: row["id"])

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
    try:
        undisturbed = cleaned()
        assert [row["id"] for row in undisturbed] == list(range(PARTS * BATCHES * ROWS))
        monkeypatch.setattr(qingwen.ray, "_Clean", Killing)
        assert cleaned() == undisturbed
        assert marker.exists()
    finally:
        ray.shutdown()
