"""Functions that numba compiles once and keeps on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile `function` at its first call, without the interpreter's lock while it runs.

    numba keeps the machine code beside the module, or in the user's cache folder where the
    package cannot be written to. Where neither can be, every process compiles for itself.
    """
    try:
        return numba.njit(function, cache=True, nogil=True)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(function, nogil=True)  # type: ignore[no-any-return]
