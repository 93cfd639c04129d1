"""Memory: a service that cleans for days needs no more than at its start."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingwen import Cleaner, Converter, fold, inspect

STATUS = Path("/proc/self/status")


def resident() -> int:
    """The memory that the process uses, in KiB."""
    row = next(row for row in STATUS.read_text().splitlines() if row.startswith("VmRSS"))
    return int(row.split()[1])


@pytest.mark.skipif(not STATUS.exists(), reason="the machine does not say how much memory a process uses")
def test_calls_leave_nothing_behind() -> None:
    cleaner, converter = Cleaner(), Converter("s2t")

    def call(times: int) -> None:
        for number in range(times):
            cleaner.clean("街坊說,好。\n分享到:\n" + str(number))
            converter.convert("头发")
            fold("圍觀!")
            inspect("头发")

    call(2000)
    before = resident()
    call(20_000)
    # A leak of 100 bytes in each of the 80,000 calls would be 8,000 KiB.
    assert resident() - before < 4000
