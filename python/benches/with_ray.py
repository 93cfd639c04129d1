"""Cleans a collection with Ray Data, or finds its copies. It shows what a run takes: `watched.py` starts it.

python benches/with_ray.py clean articles/ cleaned/
python benches/with_ray.py duplicates articles/ copies.parquet
"""

import sys

import pyarrow.parquet as pq
import ray

from qingwen.ray import clean, duplicates

ACTORS = 2

work, articles, output = sys.argv[1:]
ray.init(num_cpus=ACTORS, include_dashboard=False)
dataset = ray.data.read_json(articles)
if work == "clean":
    clean(dataset, actors=ACTORS, to="tw").write_parquet(output)
else:
    copies = duplicates(dataset, number="id", actors=ACTORS)
    pq.write_table(copies, output)
    print(copies.num_rows, "copies")
