"""Numbers without a sign, which Spark does not have: each becomes the number of the same size with a sign."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_TOP = pa.scalar(1 << 63, pa.uint64())


def with_sign(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch for Spark. Numbers of 64 bits keep their order."""
    arrays = [_with_sign(array) for array in batch.columns]
    return pa.record_batch(arrays, batch.schema.names)


def without_sign(part: pa.Table | pa.RecordBatch, names: list[str]) -> pa.Table:
    """The columns of these names as they were before ``with_sign``."""
    table = part if isinstance(part, pa.Table) else pa.Table.from_batches([part])
    for at, name in enumerate(table.schema.names):
        if name in names:
            table = table.set_column(at, name, _without_sign(table[name].combine_chunks()))
    return table


def _with_sign(array: pa.Array) -> pa.Array:
    if pa.types.is_uint64(array.type):
        return pc.bit_wise_xor(array, _TOP).view(pa.int64())
    if pa.types.is_uint32(array.type):
        return array.cast(pa.int64())
    if pa.types.is_list(array.type) and pa.types.is_uint32(array.type.value_type):
        return _list(array, pa.int32())
    return array


def _without_sign(array: pa.Array) -> pa.Array:
    if pa.types.is_int64(array.type):
        return pc.bit_wise_xor(array.view(pa.uint64()), _TOP)
    return _list(array, pa.uint32())


def _list(array: pa.ListArray, numbers: pa.DataType) -> pa.ListArray:
    """A list whose numbers are taken for others of the same size."""
    return pa.ListArray.from_arrays(array.offsets, array.values.view(numbers))
