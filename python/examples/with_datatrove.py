"""Cleans JSON Lines with a pipeline of datatrove. Documents of which nothing stays are written beside the others."""

import sys
import tempfile
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from qingwen.datatrove import QingwenCleaner

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
pipeline = [
    JsonlReader(str(folder), glob_pattern="*.jsonl"),
    QingwenCleaner(title_field="title", to="tw", exclusion_writer=JsonlWriter(str(output / "dropped"))),
    JsonlWriter(str(output / "clean")),
]
print(LocalPipelineExecutor(pipeline, logging_dir=str(output / "logs")).run().get_repr())
