"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Give freed memory back to the system, where allocators keep it for what may come.

    For the end of a large step: what comes next would need its own memory beside that, and a
    process that only waits would hold the most that it ever needed.
    """
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
